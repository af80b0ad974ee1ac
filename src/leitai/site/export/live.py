"""The rows of a contest as they are in the database now, for the same checks as an export."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from leitai.rooms.contests.models import Contest
from leitai.site.export.rows import Reader
from leitai.site.export.snapshot import snapshot
from leitai.site.export.tables import TABLES
from leitai.site.verify.archive import Unreadable
from leitai.site.verify.checking import Report, of_rows
from leitai.site.verify.findings import Row
from leitai.site.verify.journal import Head

BY_KIND = {table.kind: table for table in TABLES}


class Live:
    is_public = False

    def __init__(self, contest: Contest) -> None:
        self.reader = Reader(contest, is_public=False)

    def rows(self, kind: str) -> Iterator[tuple[int, Row]]:
        yield from enumerate(self.reader.rows(BY_KIND[kind]), 1)


def verify(contest: Contest, *, digests: Collection[Head] = ()) -> Report:
    """All at one moment: what is written meanwhile is not seen."""
    with snapshot():
        return of_rows(Live(contest), digests=digests)


def found(slugs: str) -> Contest:
    """The contest that was named on the command line."""
    edition, _slash, contest = slugs.partition("/")
    held = Contest.objects.select_related("edition").filter(edition__slug=edition, slug=contest)
    if (one := held.first()) is not None:
        return one
    there = [f"{c.edition.slug}/{c.slug}" for c in Contest.objects.select_related("edition")[:20]]
    words = _("There is no contest {slugs}. There are: {there}.")
    raise Unreadable(words.format(slugs=slugs, there=", ".join(there)))
