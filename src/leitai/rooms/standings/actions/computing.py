"""A standing is computed, and ties at the line are settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitai.algorithms import formulas
from leitai.foundation import journal
from leitai.foundation.refusals import NotPossible, require
from leitai.foundation.states import hold
from leitai.rooms.contests.rules.cutting import PlacesDoNotFit
from leitai.rooms.contests.rules.words import PLACES_DO_NOT_FIT, told
from leitai.rooms.jury import actions as seats
from leitai.rooms.jury import queries as jury
from leitai.rooms.jury.models import Draw
from leitai.rooms.people.models import User
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings import queries, rules
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules import State
from leitai.values.verdict import no


@transaction.atomic
def compute_standing(
    *,
    stage: Stage,
    formula: str = "",
    why: str = "",
    despite_missing: bool = False,
    rulings: Sequence[rules.Ruling] = (),
    by: User,
    at: datetime,
) -> Standing:
    """Places from the raw marks as they are sealed now; a new number, nothing overwritten.

    Another formula than the rule's needs a reason (`why`), which stands in the record.
    """
    hold(stage)
    seats.restore_lapsed(stage=stage, by=None, at=at)  # if the worker did not come first
    sheets, missing = queries.sheets(stage), len(jury.missing(stage))
    require(rules.may_compute(sealed=len(sheets), missing=missing, despite_missing=despite_missing))
    rule = _between_heats(stage, _rule(stage, formula, why))
    last = queries.newest(stage)
    number = last.number + 1 if last else 1
    seed = queries.seed_of(stage)
    entries = queries.entries(stage)
    made = _reckon(rule, sheets, entries, seed, rulings)
    standing = Standing.objects.create(
        stage=stage, number=number, formula=rule.formula, body=rule.model_dump(mode="json"),
        quotas=_quotas(made), notes=_notes(made, missing, why), inputs=rules.fingerprint(sheets),
        rulings=[{"order": list(r.order), "why": r.why} for r in rulings], seed=seed, by=by, at=at,
    )  # fmt: skip
    out = rules.places(made, entries=entries, digits=rule.places)
    Place.objects.bulk_create((_place(standing, p) for p in out), batch_size=2000)
    supersede(stage, besides=standing, states=[State.DRAFT])
    journal.write(
        "standings.standing_computed", about=standing, by=by, at=at, number=number,
        formula=rule.formula, inputs=standing.inputs,
    )  # fmt: skip
    return standing


def _rule(stage: Stage, formula: str, why: str) -> Any:
    if not formula or formula == stage.rule.formula:
        return stage.rule
    if not why.strip():
        raise NotPossible(
            no("no_reason", _("This is not the formula of the rules; please say why you use it."))
        )
    return stage.rule.model_copy(update={"formula": formula})


def _between_heats(stage: Stage, rule: Any) -> Any:
    """Marks of different halls are not put side by side: where heats were planned, wild cards are
    left open, for whoever can say which jurors sat in several."""
    in_heats = stage.participations.filter(heat__isnull=False)
    if rule.quota.by != "heat" or rule.quota.rest != "best" or not in_heats.exists():
        return rule
    return rule.model_copy(update={"quota": rule.quota.model_copy(update={"rest": "open"})})


def _reckon(
    rule: Any,
    sheets: Sequence[rules.SheetIn],
    entries: dict[int, rules.EntryIn],
    seed: str,
    rulings: Sequence[rules.Ruling],
) -> rules.Reckoning:
    try:
        return rules.reckon(rule, sheets=sheets, entries=entries, seed=seed, rulings=rulings)
    except formulas.NotComparable as refusal:
        raise NotPossible(no(refusal.notes[0].code, told(refusal.notes))) from refusal
    except PlacesDoNotFit as refusal:
        raise NotPossible(no("places_do_not_fit", PLACES_DO_NOT_FIT)) from refusal


def _quotas(made: rules.Reckoning) -> dict[str, dict[str, int]]:
    names = ("places", "candidates", "floor", "whole", "by_remainder")
    shares = made.cut.shares.items()
    return {group: {name: getattr(share, name) for name in names} for group, share in shares}


def _notes(made: rules.Reckoning, missing: int, why: str) -> list[dict[str, Any]]:
    noted: list[dict[str, Any]] = [
        {"code": "cut_tie", "group": tie.group, "places_left": tie.places_left,
         "entries": list(tie.entries)}
        for tie in made.cut.ties
    ]  # fmt: skip
    if missing:
        noted.append({"code": "sheets_missing", "n": missing})
    if why:
        noted.append({"code": "other_formula", "why": why})
    return noted


def _place(standing: Standing, place: rules.PlaceOut) -> Place:
    return Place(
        standing=standing, entry_id=place.entry, rank=place.rank, group_rank=place.group_rank,
        score=place.score, raw=place.raw, sheets=place.sheets, spread=place.spread,
        outcome=place.outcome, broken_by=place.broken_by,
    )  # fmt: skip


def supersede(stage: Stage, *, besides: Standing, states: Sequence[str]) -> None:
    older = Standing.objects.filter(stage=stage, state__in=states).exclude(pk=besides.pk)
    older.update(state=State.SUPERSEDED)


@transaction.atomic
def settle_tie(
    *, standing: Standing, order: Sequence[int], why: str, by: User, at: datetime
) -> Standing:
    """The chair puts the level entries into an order; a new standing is made with it."""
    hold(standing.stage)
    hold(standing)
    tied = next((n["entries"] for n in standing.open_ties if set(n["entries"]) == set(order)), [])
    require(rules.may_settle_tie(standing.state, tied=tied, order=order, why=why))
    journal.write("standings.tie_settled", about=standing, by=by, at=at, order=list(order))
    return compute_standing(
        stage=standing.stage, formula=standing.formula, why=_told_before(standing),
        despite_missing=True, rulings=[*queries.rulings(standing), rules.Ruling(tuple(order), why)],
        by=by, at=at,
    )  # fmt: skip


def _told_before(standing: Standing) -> str:
    return next((n["why"] for n in standing.notes if n["code"] == "other_formula"), "")


@transaction.atomic
def ask_second_look(
    *, standing: Standing, way: str, each: int | None, budget: int | None, by: User, at: datetime
) -> Draw:
    """Ask the jury's room for more reviews near the line; a proposal, which changes no sheet."""
    stage = standing.stage
    hold(stage)
    require(queries.may_look_again(standing))
    if way == "band":
        band = queries.band(standing)
        return seats.look_at_band(stage=stage, ranks=band, each=each or 0, by=by, at=at)
    by_group, total = queries.has_groups(standing.rule), standing.rule.quota.total
    places = queries.shares_of(standing) if by_group else {"": total}
    return seats.look_where_telling(
        stage=stage, budget=budget or 0, places=places, by_group=by_group, by=by, at=at
    )
