"""The ways the platform says no."""

from leitai.values.verdict import Verdict


class Refusal(Exception):
    """A no on its way to the person who asked; it carries the verdict that explains it."""

    status = 409

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


class NotAllowed(Refusal):
    """You may not do this, and you may know that it exists."""

    status = 403


class NotFound(Refusal):
    """You may not even know whether this exists; says the same as a wrong address."""

    status = 404


class NotPossible(Refusal):
    """Nobody may do this now."""


def require(verdict: Verdict) -> None:
    """Go on only if the rules say yes."""
    if not verdict:
        raise NotPossible(verdict)
