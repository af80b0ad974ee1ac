"""leitai demo, and leitai demo play"""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from leitai.foundation import live
from leitai.rooms.finals.models import Heat, Session
from leitai.site.demo.load.cast import mail
from leitai.site.demo.load.whole import load
from leitai.site.demo.plan import SIZES
from leitai.site.demo.play.evening import Evening, playable
from leitai.site.demo.play.pace import Pace, Stopped


class Command(BaseCommand):
    help = (
        "fill an empty database with the fictional Haiwan edition; “demo play” plays a heat of it"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", nargs="?", choices=["load", "play"], default="load")
        parser.add_argument("--size", choices=list(SIZES), default="demo")
        parser.add_argument("--seed", type=int, default=3, help="another seed, another fiction")
        parser.add_argument("--now", type=_moment, help="as if it were this moment (ISO)")
        playing = parser.add_argument_group("play")
        playing.add_argument("--heat", type=int, help="its number; the next one that is ready")
        pace = "minutes of the evening in one of ours; 0: no waiting"
        playing.add_argument("--speed", type=float, default=60, help=pace)
        again = "made-up entries; may be played as often as you like"
        playing.add_argument("--rehearsal", action="store_true", help=again)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "play":
            self._play(options["heat"], options["speed"], is_rehearsal=options["rehearsal"])
        else:
            self._load(options["size"], options["seed"], options["now"] or timezone.now())

    def _load(self, size: str, seed: int, now: datetime) -> None:
        if get_user_model().objects.exists():
            raise CommandError(
                "The database is not empty, and demo data are only written into an empty one. "
                "Choose another data folder or database."
            )
        load(size=size, seed=seed, now=now, tell=self._tell)

    def _tell(self, part: str, seconds: float) -> None:
        self.stdout.write(f"{seconds:6.1f} s  {part}")
        self.stdout.flush()

    # --- playing

    def _play(self, number: int | None, speed: float, *, is_rehearsal: bool) -> None:
        pace, heat = Pace(speed), self._heat(number, is_rehearsal=is_rehearsal)
        evening = Evening(
            heat=heat, by=self._organiser(), now=timezone.now, wait=pace.wait, tell=self._say,
            is_rehearsal=is_rehearsal,
        )  # fmt: skip
        self._say(f"{heat.stage.contest.name}, heat {heat.number}: {heat}")
        with pace.listening():
            try:
                session = evening.play(self._where)
            except Stopped:
                evening.stop()
                self._say("Stopped; the clock stands. Play again to go on from here.")
                return
        self._say(f"Over. {reverse('finals:result', args=[heat.pk])}"
                  if not is_rehearsal else f"The rehearsal {session.pk} is over.")  # fmt: skip

    def _heat(self, number: int | None, *, is_rehearsal: bool) -> Heat:
        ours = Heat.objects.filter(
            stage__contest__edition__programme__slug="haiwan", stage__contest__slug="direct"
        ).select_related("stage__contest__edition", "stage__contest__ruleset")
        if not ours.exists():
            raise CommandError("There are no demo heats here; fill an empty database first.")
        left = playable(list(ours))
        if is_rehearsal:
            left = [heat for heat in left if heat.state != "live"]
        chosen = [h for h in left if number in (None, h.number)]
        if chosen:
            return chosen[0]
        numbers = ", ".join(str(heat.number) for heat in left) or "none"
        raise CommandError(
            f"Heat {number} is played already, or there is none; a heat is played once, since its "
            f"sheets are sealed. Left: {numbers}. A rehearsal can always be repeated."
        )

    def _organiser(self) -> Any:
        return get_user_model().objects.get(email=mail("organiser"))

    def _where(self, session: Session) -> None:
        """Where one can watch; the board's link holds a ticket, so nobody need sign in for it."""
        token = live.token(session.topic("board"), timezone.now())
        self._say(f"Board:  {reverse('finals:board', args=[session.pk])}?token={token}")
        self._say(f"Phones: {reverse('finals:hall', args=[session.pk])}")
        self._say(f"Desk:   {reverse('finals:own_desk', args=[session.pk])}")

    def _say(self, words: str) -> None:
        self.stdout.write(f"{timezone.localtime():%H:%M:%S}  {words}")
        self.stdout.flush()


def _moment(words: str) -> datetime:
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else timezone.make_aware(moment)
