"""What jurors do before the papers open, and how organisers see to it."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible
from leitai.foundation.states import hold
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.jury import notices, queries
from leitai.rooms.jury.actions.jurors import edit_juror
from leitai.rooms.jury.models import Juror, Promise, Undertaking
from leitai.values.verdict import no

A_DAY = 20 * 3600  # seconds between two reminders


@transaction.atomic
def write_undertaking(
    *, edition: Edition, text_zh: str, text_en: str, by: Any, at: datetime
) -> Undertaking:
    """The next version; whoever accepted an earlier one is asked again before papers open."""
    hold(edition)
    now = queries.undertaking(edition)
    if now and (now.text_zh, now.text_en) == (text_zh, text_en):
        raise NotPossible(no("nothing_changed", _("These are the words already in force.")))
    if not (text_zh.strip() or text_en.strip()):
        raise NotPossible(no("words_missing", _("An undertaking needs words.")))
    made = Undertaking.objects.create(
        edition=edition, version=now.version + 1 if now else 1, text_zh=text_zh, text_en=text_en,
        by=by, at=at,
    )  # fmt: skip
    journal.write("jury.undertaking_written", about=made, by=by, at=at, version=made.version)
    return made


@transaction.atomic
def accept_undertaking(*, undertaking: Undertaking, by: Any, at: datetime) -> Promise:
    """In the words of the language it was read in; said twice it is one promise."""
    hold(undertaking.edition)
    now = queries.undertaking(undertaking.edition)
    if now != undertaking:
        raise NotPossible(no("newer_version", _("There is a newer version; please read that one.")))
    promise, made = Promise.objects.get_or_create(
        undertaking=undertaking, person=by,
        defaults={
            "language": translation.get_language() or "",
            "digest": hashlib.sha256(undertaking.text.encode()).hexdigest(), "at": at,
        },
    )  # fmt: skip
    if made:
        version = undertaking.version
        journal.write("jury.undertaking_accepted", about=promise, by=by, at=at, version=version)
    return promise


@transaction.atomic
def tell_profile(*, juror: Juror, changes: dict[str, Any], by: Any, at: datetime) -> Juror:
    """The juror says what they know, when they are free and how much they wish to read."""
    edit_juror(juror=juror, changes=changes, by=by, at=at)
    juror.profiled_at = at
    juror.save(update_fields=["profiled_at"])
    return juror


@transaction.atomic
def say_all_ties_named(*, juror: Juror, by: Any, at: datetime) -> Juror:
    hold(juror)
    juror.tied_at = at
    juror.save(update_fields=["tied_at"])
    journal.write("jury.ties_named", about=juror, by=by, at=at)
    return juror


@transaction.atomic
def remind_unready(*, contest: Contest, jurors: Collection[Juror], by: Any, at: datetime) -> int:
    """One letter each, saying what is missing, and none twice in a day."""
    told = 0
    for juror in jurors:
        if juror.reminded_at is None or (at - juror.reminded_at).total_seconds() >= A_DAY:
            notices.juror_unready(juror, at=at)
            told += 1
            Juror.objects.filter(pk=juror.pk).update(reminded_at=at)
    journal.write("jury.unready_reminded", about=contest, by=by, at=at, n=told)
    return told
