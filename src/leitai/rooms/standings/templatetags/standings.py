"""What templates say about standings: {% load standings %}."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leitai.foundation.words import choose
from leitai.rooms.standings.forms import FORMULAS
from leitai.rooms.standings.models import Place, Standing
from leitai.rooms.standings.rules import Outcome, SpecialKind
from leitai.rooms.standings.rules.feedback import Doubt
from leitai.rooms.standings.rules.words import tie_words
from leitai.values.score import publish

register = template.Library()
register.filter(tie_words)

TONES = {Outcome.IN: "done", Outcome.RESERVE: "wait"}


@register.filter
def formula_words(code: str) -> str:
    return str(FORMULAS.get(code, code))


@register.filter
def outcome_words(code: str) -> str:
    return str(Outcome(code).label)


@register.filter
def special_words(code: str) -> str:
    """Of a row in a notice: which special place, or moved up from the reserves."""
    return _("moved up from the reserves") if code == "promoted" else str(SpecialKind(code).label)


@register.simple_tag
def outcome_tag(place: Place) -> SafeString:
    tone = TONES.get(Outcome(place.outcome), "")
    return format_html('<span class="tag {}">{}</span>', tone, place.get_outcome_display())


@register.filter
def score(value: Decimal | None, standing: Standing) -> str:
    """With as many places as the rules say."""
    return "–" if value is None else str(publish(value, places=standing.body["places"]))


@register.filter
def plain(value: Decimal | None) -> str:
    """Without the column's trailing zeros."""
    return "–" if value is None else f"{value.normalize():f}"


@register.filter
def of(mean: Decimal, high: Decimal) -> str:
    return f"{publish(mean, places=1)} / {plain(high)}"


@register.filter
def percent(share: int) -> str:
    return f"{share} %"


@register.filter
def said(words: dict[str, str]) -> str:
    """{"zh", "en"} in the reader's language."""
    return choose(words.get("zh", ""), words.get("en", ""))


@register.filter
def having(rows: Iterable[dict[str, Any]], outcome: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["outcome"] == outcome]


@register.filter
def as_query(form: Any) -> str:
    """The filters as they go on into the address of the next page, with a closing `&`."""
    given = {k: v for k, v in form.data.items() if k in form.fields and v}
    return f"{urlencode(given)}&" if given else ""


@register.filter
def doubt_words(doubted: dict[int, set[Doubt]], sheet_id: int) -> list[str]:
    """Why this comment should be read first."""
    return [str(d.label) for d in Doubt if d in doubted.get(sheet_id, ())]
