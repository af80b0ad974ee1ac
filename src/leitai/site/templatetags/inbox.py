"""How many letters wait to be read: {% load inbox %}{% unread_letters as n %}."""

from django import template
from django.template.context import Context

from leitai.rooms.messages import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_letters(context: Context) -> int:
    """One query a page, for people who are signed in."""
    request = context.get("request")
    if request is None or not hasattr(request, "at"):
        return 0
    return queries.unread(request.user, at=request.at)
