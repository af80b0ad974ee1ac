"""Who may not mark what, and what the records say about it.

Ties are derived over sets: one query a ground, joined in the database, so 350 jurors against
2,000 entries cost as much as their real ties and not as all their pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.models import Conflict, Juror
from leitai.rooms.jury.rules import PUBLIC_MAIL, ConflictGround
from leitai.rooms.submissions.models import Entry
from leitai.rooms.submissions.rules import HANDED_IN


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    juror: int
    entry: int
    ground: str


# `sign` is what an organisation is known by: its row, its normal name, its registration code.
SIGNS = """
WITH sign AS (
  SELECT id AS org, 'id:' || id AS sign FROM people_organisation
  UNION ALL SELECT id, 'key:' || key FROM people_organisation WHERE key <> ''
  UNION ALL SELECT id, 'code:' || upper(code) FROM people_organisation WHERE code <> ''
), juror AS (
  SELECT id, user_id, organisation_id, lower(email) AS email FROM jury_juror
  WHERE contest_id = %(contest)s AND state IN ('invited', 'active')
), juror_org AS (
  SELECT id AS juror, organisation_id AS org FROM juror WHERE organisation_id IS NOT NULL
  UNION SELECT j.id, a.organisation_id FROM juror j
    JOIN people_affiliation a ON a.user_id = j.user_id
    WHERE a.until IS NULL OR a.until >= CURRENT_DATE
), juror_sign AS (
  SELECT DISTINCT juror, sign FROM juror_org JOIN sign USING (org)
), entry AS (
  SELECT id, organisation_id FROM submissions_entry
  WHERE contest_id = %(contest)s AND state = ANY(%(states)s)
), member AS (
  SELECT m.entry_id AS entry, m.user_id, lower(m.email) AS email FROM submissions_member m
    JOIN entry e ON e.id = m.entry_id
  UNION SELECT m.entry_id, m.user_id, lower(u.email) FROM submissions_member m
    JOIN entry e ON e.id = m.entry_id JOIN people_user u ON u.id = m.user_id
), entry_org AS (
  SELECT id AS entry, organisation_id AS org FROM entry WHERE organisation_id IS NOT NULL
  UNION SELECT m.entry, a.organisation_id FROM member m
    JOIN people_affiliation a ON a.user_id = m.user_id
    WHERE a.until IS NULL OR a.until >= CURRENT_DATE
), entry_sign AS (
  SELECT DISTINCT entry, sign FROM entry_org JOIN sign USING (org)
)
"""

GROUNDS = {
    ConflictGround.SAME_ORGANISATION: """
        SELECT juror, entry FROM juror_sign JOIN entry_sign USING (sign)""",
    ConflictGround.EMAIL_DOMAIN: """
        SELECT j.id, d.entry FROM juror j JOIN (
          SELECT entry, split_part(email, '@', 2) AS domain FROM member
          UNION SELECT e.entry, lower(unnest(o.email_domains)) FROM entry_org e
            JOIN people_organisation o ON o.id = e.org
        ) d ON d.domain = split_part(j.email, '@', 2)
        WHERE d.domain <> '' AND d.domain <> ALL(%(public)s)""",
    ConflictGround.PORTFOLIO: """
        SELECT j.juror, e.entry FROM people_holding h
          JOIN sign i ON i.org = h.investor_id JOIN juror_sign j ON j.sign = i.sign
          JOIN sign f ON f.org = h.firm_id JOIN entry_sign e ON e.sign = f.sign""",
    ConflictGround.OWN_DEMAND: """
        SELECT j.juror, a.entry_id FROM submissions_answer a JOIN entry e ON e.id = a.entry_id
          JOIN demands_demand d ON d.id = a.demand_id
          JOIN sign o ON o.org = d.owner_id JOIN juror_sign j ON j.sign = o.sign""",
    ConflictGround.TEAM_MEMBER: """
        SELECT j.id, m.entry FROM juror j
          JOIN member m ON m.user_id = j.user_id OR (m.email <> '' AND m.email = j.email)""",
}


def derived_ties(contest: Contest) -> frozenset[Tie]:
    """Every tie between juror and entry that the records show."""
    values = {
        "contest": contest.pk,
        "states": [str(state) for state in HANDED_IN],
        "public": sorted(PUBLIC_MAIL),
    }
    return frozenset(tie for ground in GROUNDS for tie in _ties(ground, values))


def _ties(ground: ConflictGround, values: dict[str, object]) -> Iterator[Tie]:
    with connection.cursor() as cursor:
        cursor.execute(SIGNS + GROUNDS[ground], values)
        for juror, entry in cursor.fetchall():
            yield Tie(juror, entry, ground.value)


def has_conflict(juror: Juror, entry_id: int) -> bool:
    return Conflict.objects.in_force().filter(juror=juror, entry=entry_id).exists()


def conflicts(contest: Contest) -> QuerySet[Conflict]:
    """For the organisers' list, the newest first."""
    return (
        Conflict.objects.filter(juror__contest=contest)
        .select_related("juror", "entry", "by", "lifted_by")
        .order_by("-pk")
    )


def titles(juror: Juror) -> QuerySet[Entry]:
    """What a juror may look through to declare conflicts; what is declared already is gone."""
    known = Conflict.objects.in_force().filter(juror=juror).values("entry")
    return (
        Entry.objects.filter(contest=juror.contest_id, state__in=HANDED_IN)
        .exclude(pk__in=known)
        .select_related("scenario")
        .order_by("code")
    )
