"""When public pages must not tell who is behind an entry."""

from collections.abc import Collection

from leitai.rooms.contests.rules.schema import Rules


def is_veiled(rules: Rules, *, unveiled: Collection[str]) -> bool:
    """From the first day until the last blind stage is judged: a name that stood on a card for
    one morning is known to every juror who looked."""
    return any(stage.panel.blind and stage.code not in unveiled for stage in rules.stages)
