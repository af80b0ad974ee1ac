"""The polite no to a file: what is wrong with it, and what its owner can do."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leitai.foundation.refusals import Refusal
from leitai.values.verdict import no


class BadFile(Refusal):
    """A file we will not take. `reason` says what is wrong and `mend` what to do about it.

    Both are translatable, and `values` fill their braces, so they are read in the language
    of whoever looks. Nothing of a file refused this way has been kept.
    """

    def __init__(self, code: str, reason: str, mend: str, /, **values: object) -> None:
        self.code = code
        self.reason = format_lazy(reason, **values)
        self.mend = format_lazy(mend, **values)
        self.status = 413 if code == "too_large" else 422
        both = format_lazy(_("{reason} {mend}"), reason=self.reason, mend=self.mend)
        super().__init__(no(code, both))
