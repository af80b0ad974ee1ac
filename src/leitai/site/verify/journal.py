"""Does each line of the journal follow from the one before it? On the way, what it tells."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_noop

from leitai.foundation.chain import GENESIS, digest
from leitai.site.verify.findings import Check, Row, Source
from leitai.site.verify.rows import UNFIT, unfit
from leitai.site.verify.story import Story

WORDS = ("book", "verb", "about_type", "about_id", "by_id", "at", "data")
NOT_NEXT = gettext_noop("Line {found} of the journal stands where line {expected} should.")
BROKEN = gettext_noop(
    "Line {number} of the journal ({verb}) was changed: the hash of its words is {expected}, "
    "and it says {found}."
)
SHORT = gettext_noop("The journal ends with line {found} ({hash}); it should end with {expected}.")
UNLIKE_DIGEST = gettext_noop(
    "Line {number} has the hash {found}; the digest that was published says {expected}. The lines "
    "up to here were written anew."
)
NO_SUCH_LINE = gettext_noop("The published digest is of line {number}, and there is none.")
Head = tuple[int, str]


def chained(
    source: Source, story: Story, *, end: Head | None = None, digests: Collection[Head] = ()
) -> Check:
    """`end` is where the journal should end, `digests` are hashes somebody noted down before."""
    check = Check("journal")
    noted = dict(digests)
    previous, number = GENESIS, 0
    for n, line in source.rows("journal"):
        check.looked_at += 1
        if bad := unfit(line, ("number", "hash", *WORDS)):
            check.say(UNFIT, "journal", n, column=bad, found=repr(line.get(bad))[:80])
            continue
        _line(check, n, line, number, previous)
        if line.get("number") in noted:
            _compare(check, n, line, noted.pop(line["number"]))
        number, previous = line["number"], line["hash"]
        story.hear(n, line)
    if end and end != (number, previous):
        check.say(SHORT, "journal", check.looked_at, expected=f"{end[0]} ({end[1]})",
                  found=number, hash=previous)  # fmt: skip
    for missing in noted:
        check.say(NO_SUCH_LINE, "journal", number=missing)
    story.head = (number, previous)
    return check


def _line(check: Check, n: int, line: Row, number: int, previous: str) -> None:
    if line.get("number") != number + 1:
        check.say(NOT_NEXT, "journal", n, line.get("id"), expected=number + 1,
                  found=line.get("number"))  # fmt: skip
    expected = _digest(previous, line)
    if line.get("hash") != expected:
        check.say(BROKEN, "journal", n, line.get("id"), number=line.get("number"),
                  verb=line.get("verb"), expected=expected, found=line.get("hash"))  # fmt: skip


def _digest(previous: str, line: Row) -> str:
    words: dict[str, Any] = {word: line.get(word) for word in WORDS}
    return digest(previous, line.get("number", 0), **words)


def _compare(check: Check, n: int, line: Row, expected: str) -> None:
    if line.get("hash") != expected:
        check.say(UNLIKE_DIGEST, "journal", n, line.get("id"), number=line["number"],
                  found=line.get("hash"), expected=expected)  # fmt: skip
