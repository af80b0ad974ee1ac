"""The words of a decision record on paper."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from leitai.foundation.words import choose
from leitai.rooms.stages.models import Stage
from leitai.rooms.standings.models import Place, Standing
from leitai.values.score import publish


def record_words(stage: Stage, told: dict[str, Any]) -> dict[str, Any]:
    """Everything as text; the source only lays it out."""
    standing, decision = told["standing"], told["decision"]
    signed = {s.name: f"{timezone.localtime(s.at):%Y-%m-%d %H:%M}" for s in told["signatures"]}
    return {
        "language": "zh" if get_language() == "zh-hans" else "en",
        "title": _("Decision record"),
        "where": f"{stage.contest.edition.name} · {stage.contest.name} · {stage.name}",
        "facts": [
            [_("Standing"), str(standing.number)],
            [_("Formula"), str(told["formula"])],
            [_("Decided"), f"{timezone.localtime(decision.at):%Y-%m-%d %H:%M %Z}"],
        ],
        "text": decision.text, "reasons": told["reasons"], "reasons_title": _("Reasons"),
        "notes": [*_special(told), *_vacant(told)],
        "columns": [pgettext("in a ranking", "Place"), _("Entry code"), _("Entry"), _("Score")],
        "places_title": _("Entries that go on"),
        "places": [_row(place, standing) for place in told["places"]],
        "reserves_title": _("Reserves, in this order"),
        "reserves": [_row(place, standing) for place in told["reserves"]],
        "present_title": _("Present"),
        "left": _("left the room for {codes}"),
        "people": [
            [name, title, _left(left), signed.get(name, "")]
            for name, title, left in told["present"] or _signers(told)
        ],
        "signature": _("Signature"), "date": _("Date"), "signed": _("signed on line"),
        "inputs": [_("Made of the marks"), standing.inputs],
        "digest": [_("Digest"), decision.digest],
    }  # fmt: skip


def _signers(told: dict[str, Any]) -> list[list[Any]]:
    """Of records from before people present were listed."""
    return [[s.name, s.title, []] for s in told["signatures"]]


def _left(codes: list[str]) -> str:
    return _("left the room for {codes}").format(codes=", ".join(codes)) if codes else ""


def _special(told: dict[str, Any]) -> list[str]:
    words = _("{code}: {kind}, proposed by {who}; {yes} for, {against} against. {state}: {why}")
    return [
        words.format(
            code=p.entry.code, kind=p.get_kind_display(), who=p.proposer, yes=p.votes_for or 0,
            against=p.votes_against or 0, why=p.why, state=p.get_state_display(),
        )
        for p in told["special"]
    ]  # fmt: skip


def _vacant(told: dict[str, Any]) -> list[str]:
    words = _("Places left empty ({group}): {n}. {why}")
    return [
        words.format(n=v["places"], group=v["group"] or _("all together"), why=v["why"])
        for v in told["vacant"]
    ]


def _row(place: Place, standing: Standing) -> list[str]:
    entry, digits = place.entry, standing.body["places"]
    score = "–" if place.score is None else str(publish(place.score, places=digits))
    rank = "–" if place.rank is None else str(place.rank)
    return [rank, entry.code, choose(entry.title_zh, entry.title_en), score]
