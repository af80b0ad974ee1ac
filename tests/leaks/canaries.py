"""Words that stand nowhere else, one for each column of each row, and how to find them again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import EmailField, Field, JSONField, Model, URLField

from leitai.foundation.models import Letter, StoredFile
from leitai.rooms.demands.models import Demand
from leitai.rooms.jury.models import Juror
from leitai.rooms.jury.testing import TOTALS
from leitai.rooms.people.models import Organisation, User
from leitai.rooms.standings.models import Appeal, AppealFile
from leitai.rooms.submissions.models import Entry
from tests.leaks.fields import JSONS, class_of, name_of, planted_fields

DEPTH = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = re.compile(r"qxz[a-z]{4}q", re.IGNORECASE)


@dataclass(frozen=True)
class Canary:
    """What was planted where, and whose business it is."""

    word: str
    kind: str
    where: str
    pk: int = 0
    entry: int | None = None
    people: frozenset[int] = frozenset()  # the person it is about, or who wrote it


def words() -> Iterator[str]:
    """`qxzaaaaq`, `qxzaaabq`, …: in this order, as rows are."""
    for number in range(26**4):
        rest = [LETTERS[number // 26**place % 26] for place in (3, 2, 1, 0)]
        yield f"qxz{''.join(rest)}q"


def plant(world: Any) -> None:
    told, kinds = words(), _kinds_of_people(world)
    for model, rows in world.rows.items():
        columns = planted_fields(model)
        for row in rows if columns else []:
            if getattr(row, "contest_id", None) not in (None, world.contest.pk):
                continue
            _plant_row(world, row, columns, told, kinds)
    from tests.leaks.world import SCORES, write_files

    for word, kind, entry in write_files(world, told):
        _note(world, Canary(word, kind, "a version and its files", 0, entry.pk))
    for side, score in SCORES.items():
        entry = world.entries[side].pk
        _note(world, Canary(score, "standing", "standings.Place.score", 0, entry))
    for sheet, total in zip(world.entries["A"].sheets.order_by("pk"), TOTALS):
        juror = frozenset({sheet.juror.user_id})
        _note(world, Canary(total, "mark", "jury.Seal.total", sheet.pk, sheet.entry_id, juror))
    _addresses(world)


def _note(world: Any, canary: Canary) -> None:
    world.canaries[canary.word] = canary


def _plant_row(world: Any, row: Any, columns: list[Field], told: Iterator[str], kinds: Any) -> None:
    values = {}
    entry, people = near(row)
    for column in columns:
        word = next(told)
        kind = _kind(column, row, kinds)
        if isinstance(row, Organisation):
            entry = row.entries.values_list("pk", flat=True).first()
        _note(world, Canary(word, kind, name_of(column), row.pk, entry, people))
        values[column.name] = as_value(column, word)
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def as_value(column: Field, word: str) -> Any:
    if isinstance(column, JSONField):
        return JSONS[name_of(column)](word)
    if isinstance(column, ArrayField):
        return [word]
    if isinstance(column, EmailField):
        return f"{word}@example.org"
    return f"https://example.org/{word}" if isinstance(column, URLField) else word


def near(row: Model, depth: int = DEPTH) -> tuple[int | None, frozenset[int]]:
    """The entry a row belongs to, and the persons who wrote it or whom it is about."""
    if isinstance(row, Entry):
        return row.pk, frozenset()
    if isinstance(row, User):
        return None, frozenset({row.pk})
    if isinstance(row, Juror):
        return None, frozenset({row.user_id} - {None})
    if isinstance(row, Appeal):
        return row.entry_id, frozenset({row.objector.by_id} if depth == DEPTH else ())
    if isinstance(row, StoredFile):
        of = row.attachment_set.first() or AppealFile.objects.filter(file=row).first()
        return near(getattr(of, "appeal", of)) if of and depth == DEPTH else (None, frozenset())
    if isinstance(row, Demand):
        speakers = row.owner.affiliations.values_list("user", flat=True)
        return None, frozenset(speakers if depth == DEPTH else ())
    entry, people = None, frozenset()
    for f in row._meta.concrete_fields if depth else []:
        if not f.is_relation or f.name in {"other", "edition", "contest", "stage", "chair"}:
            continue
        end = getattr(row, f.name)
        if end is None or type(end) is type(row):
            continue
        its_entry, its_people = near(end, depth - 1)
        entry, people = entry or its_entry, people | its_people
    return entry, people


def _kinds_of_people(world: Any) -> dict[int, str]:
    kinds = {j.user_id: "juror" for j in Juror.objects.all()}
    for team in world.teams.values():
        kinds |= dict.fromkeys(team, "team")
    return kinds


def _kind(column: Field, row: Any, kinds: dict[int, str]) -> str:
    kind = class_of(column)
    assert kind, name_of(column)
    if kind.startswith("person"):
        return kind.replace("person", kinds.get(row.pk, "staff"))
    if kind == "organisation":
        return _kind_of_organisation(row)
    if kind == "hidden demand":
        demand = row if hasattr(row, "visibility") else row.demand
        return kind if demand.visibility == "masked" else "public demand"
    if kind == "file":
        return "paper" if row.attachment_set.exists() else "appeal"
    return kind


def _kind_of_organisation(row: Organisation) -> str:
    if row.entries.exists():
        return "house"
    return "hidden demand" if row.demands.filter(visibility="masked").exists() else "public firm"


def _addresses(world: Any) -> None:
    """Everybody's address is proved, and somebody has a letter there."""
    people = User.objects.order_by("pk")
    for person in people:
        person.emailaddress_set.all().delete()
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    first, second = world.roles["captain"], world.roles["rival captain"]
    for letter, reader in zip(Letter.objects.order_by("pk"), (first, second)):
        address = User.objects.get(pk=reader.pk).email
        Letter.objects.filter(pk=letter.pk).update(to=address)
        for word, canary in list(world.canaries.items()):
            if canary.where.startswith("foundation.Letter") and canary.pk == letter.pk:
                world.canaries[word] = Canary(
                    word, "letter", canary.where, letter.pk, None, frozenset({reader.pk})
                )
