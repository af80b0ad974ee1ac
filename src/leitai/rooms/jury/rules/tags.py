"""Reasons that a juror ticks, in the order in which the rules name them."""

from collections.abc import Collection, Iterable

from leitai.foundation.words import choose
from leitai.rooms.contests.rules.schema import JuryRule, Words

Tag = tuple[str, Words]


def tags_of(rule: JuryRule) -> tuple[Tag, ...]:
    return (*rule.strengths, *rule.weaknesses)


def ticked(tags: Collection[str], code: str, *, is_on: bool, known: Collection[Tag]) -> list[str]:
    """The tags after one was ticked or unticked; those the rules no longer know stay behind.

    >>> ticked(["b", "old"], "a", is_on=True, known=[("a", Words()), ("b", Words())])
    ['a', 'b', 'old']
    """
    wanted = {*tags, code} if is_on else {*tags} - {code}
    named = [one for one, _words in known if one in wanted]
    return named + sorted(wanted - set(named))


def tag_names(rule: JuryRule, codes: Iterable[str]) -> list[str]:
    """What was ticked, in words; a reason the rules have dropped since goes by its code."""
    known = dict(tags_of(rule))
    named = ((code, known.get(code)) for code in codes)
    return [choose(words.zh, words.en) or code if words else code for code, words in named]
