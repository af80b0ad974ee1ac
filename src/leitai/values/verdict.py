"""An answer that can say why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or a no with its reason. A no counts as False, so verdicts join with `and` and `or`.

    `code` is stable and travels in the JSON; `reason` is for people and may be a lazy translation.
    """

    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return not self.code


YES = Verdict()


def no(code: str, reason: str) -> Verdict:
    return Verdict(code, reason)
