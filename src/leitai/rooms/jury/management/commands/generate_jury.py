"""A jury of invented people for a contest that came without one."""

import random
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury import actions
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.rules import JurorKind, JurorState
from leitai.rooms.people.models import User

FAMILY = (
    "Abara", "Aldana", "Brandvik", "Castellan", "Dorvin", "Eskola", "Farrand", "Gavril", "Hollin",
    "Ivarsen", "Jaskolka", "Kivela", "Lorne", "Maddox", "Norling", "Okoro", "Pellar", "Quist",
    "Rasmin", "Solberg", "Tavares", "Ulvik", "Vantor", "Wexley", "Yarrow", "Zeller",
)  # fmt: skip
GIVEN = (
    "Ada", "Bo", "Cleo", "Dario", "Emi", "Finn", "Greta", "Hugo", "Ines", "Jun", "Kai", "Lena",
    "Milo", "Nora", "Otis", "Pia", "Rui", "Sana",
)  # fmt: skip
TAGS_EACH = 6


class Command(BaseCommand):
    help = "Make jurors with expertise drawn from the entries' own keywords, ready to be seated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contest", required=True, help="edition/contest, or the contest's id")
        parser.add_argument("--size", type=int, default=120)
        parser.add_argument("--from-keywords", action="store_true", help="take tags from entries")
        parser.add_argument("--investors", type=float, default=0.0, help="their share, 0 to 1")
        parser.add_argument("--seed", type=int, default=1)

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        contest = self._contest(options["contest"])
        size = options["size"]
        if not 1 <= size <= 5000:
            raise CommandError("A jury has between 1 and 5000 members; choose another --size.")
        lots = random.Random(options["seed"])  # noqa: S311 - invented people, no secrets
        known = _keywords(contest) if options["from_keywords"] else Counter()
        if options["from_keywords"] and not known:
            raise CommandError("No entry of this contest has keywords yet; import entries first.")
        begin = Juror.objects.filter(contest=contest).count()
        investors = round(size * options["investors"])
        rows = [
            _person(begin + n, contest, known, lots, is_investor=n < investors) for n in range(size)
        ]
        at = timezone.now()
        made = actions.import_jurors(contest=contest, rows=rows, by=None, at=at, send=False)
        for juror in made:
            user, _new = User.objects.get_or_create(
                email=juror.email, defaults={"name": juror.name}
            )
            actions.accept_invitation(juror=juror, by=user, at=at)
        active = Juror.objects.filter(contest=contest, state=JurorState.ACTIVE).count()
        self.stdout.write(f"{len(made)} jurors made; {contest} now has {active} ready to be drawn.")

    def _contest(self, words: str) -> Contest:
        found = Contest.objects.all()
        if words.isdecimal():
            found = found.filter(pk=int(words))
        else:
            edition, _slash, slug = words.rpartition("/")
            found = found.filter(slug=slug, **({"edition__slug": edition} if edition else {}))
        if len(found) != 1:
            raise CommandError(f"{len(found)} contests are called “{words}”; say edition/contest.")
        return found[0]


def _keywords(contest: Contest) -> Counter[str]:
    """What entries are about, each word as often as it is used, however it is written."""
    tags = contest.entries.values_list("tags", flat=True)
    return Counter(tag.strip().casefold()[:40] for row in tags for tag in row if tag.strip())


def _person(
    n: int, contest: Contest, known: Counter[str], lots: random.Random, *, is_investor: bool
) -> actions.Invited:
    """Expertise follows the entries: a word used often is known to many."""
    name = f"{GIVEN[n % len(GIVEN)]} {FAMILY[n // len(GIVEN) % len(FAMILY)]}"
    drawn = (
        lots.choices(list(known), weights=list(known.values()), k=3 * TAGS_EACH) if known else []
    )
    return actions.Invited(
        name=name,
        email=f"juror.{contest.pk}.{n + 1}@example.org",
        kind=JurorKind.INVESTOR if is_investor else JurorKind.TECHNICAL,
        tags=list(dict.fromkeys(drawn))[:TAGS_EACH],
    )
