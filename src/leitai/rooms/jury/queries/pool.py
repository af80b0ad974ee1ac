"""Experts of a programme, and what they have done for it."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leitai.rooms.contests.models import Programme
from leitai.rooms.jury.models import Expert, Juror, Sheet
from leitai.rooms.jury.rules import SheetState
from leitai.rooms.people.models import Holding, Organisation

LATE = Q(sealed_at__gt=F("stage__closes_at"))


def experts(programme: Programme) -> QuerySet[Expert]:
    """With past service counted: `juries`, `sealed` and, of these, `late`."""
    return (
        Expert.objects.present()
        .filter(programme=programme)
        .select_related("organisation")
        .annotate(
            n_juries=_count(Juror.objects.filter(expert=OuterRef("pk")), "expert"),
            sealed=_count(_sealed(), "juror__expert"),
            late=_count(_sealed().filter(LATE), "juror__expert"),
        )
        .order_by("name", "pk")
    )


def service(expert: Expert) -> list[dict[str, Any]]:
    """Contest by contest; for organisers alone."""
    rows = Juror.objects.filter(expert=expert).select_related("contest__edition")
    rows = rows.annotate(
        sealed=Count("sheets", filter=Q(sheets__state=SheetState.SEALED)),
        late=Count(
            "sheets",
            filter=Q(
                sheets__state=SheetState.SEALED, sheets__sealed_at__gt=F("sheets__stage__closes_at")
            ),
        ),
        left_open=Count("sheets", filter=Q(sheets__state=SheetState.ASSIGNED)),
    )
    return [
        {"juror": j, "contest": j.contest, "sealed": j.sealed, "late": j.late, "open": j.left_open}
        for j in rows.order_by("-contest__edition__year", "pk")
    ]


def own_expertise(user: Any) -> QuerySet[Expert]:
    """The pools somebody is in, or has been asked into."""
    mine = Expert.objects.present().filter(Q(user=user) | Q(user=None, email__iexact=user.email))
    return mine.select_related("programme", "organisation").order_by("programme", "pk")


def portfolio(house: Organisation | None) -> QuerySet[Holding]:
    return Holding.objects.filter(investor=house).select_related("firm").order_by("firm__key", "pk")


def _sealed() -> QuerySet[Sheet]:
    return Sheet.objects.sealed().filter(juror__expert=OuterRef("pk"))


def _count(rows: QuerySet, group: str) -> Coalesce:
    """Counted beside the row, so that two counts do not multiply each other."""
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))
