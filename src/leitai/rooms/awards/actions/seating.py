"""The seats of a list, filled by place."""

from datetime import datetime

from leitai.rooms.awards import queries, rules
from leitai.rooms.awards.models import Award, Slate
from leitai.rooms.people.models import User


def seat(*, slate: Slate, by: User | None, at: datetime) -> None:
    """All awards by place anew; named and special ones stay. Whoever calls holds the slate."""
    known = slate.contest.rules.awards
    out = {one["entry"] for one in slate.taken_out}
    able = [c for c in queries.candidates(slate.publication) if c.entry not in out]
    empty = {(v["code"], v["group"]): v["seats"] for v in slate.vacant}
    why = {(v["code"], v["group"]): v["why"] for v in slate.vacant}
    orders = {award.code: n for n, award in enumerate(known)}
    by_code = {award.code: award for award in known}
    slate.awards.filter(by_place=True).delete()
    there = set(slate.awards.values_list("code", "group", "position"))
    fresh = (g for g in rules.propose(known, able, vacant=empty)
             if (g.code, g.group, g.position) not in there)  # fmt: skip
    Award.objects.bulk_create(
        Award(
            slate=slate, order=orders[given.code], code=given.code, group=given.group,
            position=given.position, entry_id=given.entry, is_tied=given.is_tied,
            is_vacant=given.is_vacant, by_place=not by_code[given.code].named,
            name_zh=by_code[given.code].name.zh, name_en=by_code[given.code].name.en,
            object=by_code[given.code].object,
            why=why.get((given.code, given.group), "") if given.is_vacant else "",
        )
        for given in fresh
    )  # fmt: skip
