"""What a juror's own browser is given for the time without a network: {% load juror_device %}."""

from typing import Any

from django import template
from django.utils.crypto import salted_hmac
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def vault_key(user: Any) -> str:
    """The key to what waits on this person's devices.

    It comes with the juror's own pages and leaves with them at sign-out, so that whoever uses the
    device next finds nothing to read.
    """
    return salted_hmac("leitai.jury.vault", str(user.pk), algorithm="sha256").hexdigest()


@register.simple_tag
def marking_words() -> SafeString:
    """What the scripts of the juror's pages say."""
    words = {
        "on_server": _("Saved on the server, {time}"),
        "waiting": _("Kept on this device; changes waiting: {n}"),
        "sending": _("Sending; changes waiting: {n}"),
        "signed_out": _("Signed out; changes kept on this device: {n}. Sign in to send them."),
        "other_person": _("Somebody else is signed in; your changes stay on this device: {n}"),
        "choose": _("Also changed on another device: please choose"),
        "theirs": _("On another device or in another window you wrote:"),
        "blank": _("(blank)"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "now": _("Changed on another device meanwhile: {value}"),
        "refused": _("Not saved: {reason}"),
        "not_sealed": _("Not sealed: {reason}"),
        "seal_withdrawn": _("The sheet was changed, so it is not sealed. Press Seal again."),
        "seal_waits": _("sealing waits"),
        "row_waits": _("changes on this device: {n}"),
        "row_choose": _("please choose"),
        "sign_in": _("Sign in"),
        "taken": _("{n} of {all} on this device"),
        "loading": _("Opening the paper…"),
        "not_opened": _("The paper could not be opened here. The link above downloads it."),
        "page_of": _("Page {n} of {all}"),
        "hit_of": _("{n} of {all}"),
        "no_hit": _("Not found"),
        "no_text": _("This paper has no text that could be searched."),
    }
    return json_script(words, "marking-words")
