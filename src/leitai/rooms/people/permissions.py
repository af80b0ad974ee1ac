"""May this person change who they are, or speak for somebody?"""

from typing import Any

from leitai.foundation.verdicts import SIGN_IN
from leitai.values.verdict import YES, Verdict


def be_known(user: Any) -> Verdict:
    """Anybody who is signed in, about themselves."""
    return YES if user.is_authenticated else SIGN_IN
