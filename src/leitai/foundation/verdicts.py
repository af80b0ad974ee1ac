"""The two refusals that every room's permissions share."""

from django.utils.translation import gettext_lazy as _

from leitai.values.verdict import Verdict, no

HIDDEN: Verdict = no("hidden", _("There is nothing at this address, or it is not open to you."))
SIGN_IN: Verdict = no("sign_in", _("Please sign in first."))
