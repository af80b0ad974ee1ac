"""A line of the journal on any room's page: {% load journal_lines %}{{ line|in_words }}."""

from django import template

from leitai.foundation.models import Line
from leitai.site.pages.journal_words import told

register = template.Library()


@register.filter
def in_words(line: Line) -> str:
    return str(told([line])[0]["words"])
