"""What the records say about jurors and entries.

Ties are found over sets: one query a ground, joined in the database, so 350 jurors against
2,000 entries cost as much as their real ties and not as all their pairs. A tie that ended longer
ago than the rules of the jury count is over.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from leitai.rooms.contests.models import Contest
from leitai.rooms.jury.rules import PUBLIC_MAIL, ConflictGround, ConflictSource
from leitai.rooms.submissions.rules import HANDED_IN, MemberRole


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    juror: int
    entry: int
    ground: str
    source: str = ConflictSource.DERIVED.value
    evidence: Any = field(default=None, compare=False)  # which record says so, until when


# `sign` is what an organisation is known by: its row, its normal name, its registration code.
SIGNS = """
WITH sign AS (
  SELECT id AS org, 'id:' || id AS sign FROM people_organisation
  UNION ALL SELECT id, 'key:' || key FROM people_organisation WHERE key <> ''
  UNION ALL SELECT id, 'code:' || upper(code) FROM people_organisation WHERE code <> ''
), juror AS (
  SELECT id, user_id, organisation_id, expert_id, lower(email) AS email FROM jury_juror
  WHERE contest_id = %(contest)s AND state IN ('invited', 'active')
), juror_org AS (
  SELECT id AS juror, organisation_id AS org, NULL::date AS until FROM juror
    WHERE organisation_id IS NOT NULL
  UNION SELECT j.id, a.organisation_id, a.until FROM juror j
    JOIN people_affiliation a ON a.user_id = j.user_id
    WHERE a.until IS NULL OR a.until >= %(since)s
  UNION SELECT j.id, p.organisation_id, make_date(p.until, 12, 31) FROM juror j
    JOIN jury_post p ON p.expert_id = j.expert_id
    WHERE p.until IS NULL OR make_date(p.until, 12, 31) >= %(since)s
), juror_sign AS (
  SELECT DISTINCT juror, sign, juror_org.org, until FROM juror_org JOIN sign USING (org)
), entry AS (
  SELECT id, organisation_id FROM submissions_entry
  WHERE contest_id = %(contest)s AND state = ANY(%(states)s)
), member AS (
  SELECT m.entry_id AS entry, m.user_id, lower(m.email) AS email, m.role, m.name
    FROM submissions_member m JOIN entry e ON e.id = m.entry_id
  UNION SELECT m.entry_id, m.user_id, lower(u.email), m.role, m.name FROM submissions_member m
    JOIN entry e ON e.id = m.entry_id JOIN people_user u ON u.id = m.user_id
), entry_org AS (
  SELECT id AS entry, organisation_id AS org FROM entry WHERE organisation_id IS NOT NULL
  UNION SELECT m.entry, a.organisation_id FROM member m
    JOIN people_affiliation a ON a.user_id = m.user_id
    WHERE a.until IS NULL OR a.until >= %(since)s
), entry_sign AS (
  SELECT DISTINCT entry, sign FROM entry_org JOIN sign USING (org)
)
"""

GROUNDS = {
    ConflictGround.SAME_ORGANISATION: """
        SELECT juror, entry, jsonb_build_object(
            'zh', o.name_zh, 'en', o.name_en, 'until', until, 'by', split_part(sign, ':', 1))
        FROM juror_sign j JOIN entry_sign USING (sign) JOIN people_organisation o ON o.id = j.org
        ORDER BY until DESC NULLS FIRST""",
    ConflictGround.EMAIL_DOMAIN: """
        SELECT j.id, d.entry, jsonb_build_object('domain', d.domain) FROM juror j JOIN (
          SELECT entry, split_part(email, '@', 2) AS domain FROM member
          UNION SELECT e.entry, lower(unnest(o.email_domains)) FROM entry_org e
            JOIN people_organisation o ON o.id = e.org
        ) d ON d.domain = split_part(j.email, '@', 2)
        WHERE d.domain <> '' AND d.domain <> ALL(%(public)s)""",
    ConflictGround.PORTFOLIO: """
        SELECT j.juror, e.entry, jsonb_build_object(
            'zh', o.name_zh, 'en', o.name_en, 'until', h.until, 'source', h.source)
        FROM people_holding h
          JOIN people_organisation o ON o.id = h.firm_id
          JOIN sign i ON i.org = h.investor_id JOIN juror_sign j ON j.sign = i.sign
          JOIN sign f ON f.org = h.firm_id JOIN entry_sign e ON e.sign = f.sign
        WHERE h.until IS NULL OR h.until >= %(since)s""",
    ConflictGround.OWN_DEMAND: """
        SELECT j.juror, a.entry_id, jsonb_build_object('zh', o.name_zh, 'en', o.name_en)
        FROM submissions_answer a JOIN entry e ON e.id = a.entry_id
          JOIN demands_demand d ON d.id = a.demand_id
          JOIN people_organisation o ON o.id = d.owner_id
          JOIN sign s ON s.org = d.owner_id JOIN juror_sign j ON j.sign = s.sign""",
    ConflictGround.TEAM_MEMBER: """
        SELECT j.id, m.entry, jsonb_build_object() FROM juror j
          JOIN member m ON m.user_id = j.user_id OR (m.email <> '' AND m.email = j.email)
        WHERE m.role <> %(advisor)s""",
    ConflictGround.MENTOR: """
        SELECT j.id, m.entry, jsonb_build_object() FROM juror j
          JOIN member m ON m.user_id = j.user_id OR (m.email <> '' AND m.email = j.email)
        WHERE m.role = %(advisor)s""",
    ConflictGround.EARLIER_TEAM: """
        , mine AS (
          SELECT DISTINCT j.id AS juror, m.id AS member, past.id AS past, ed.year FROM juror j
            JOIN submissions_member m
              ON m.user_id = j.user_id OR (m.email <> '' AND lower(m.email) = j.email)
            JOIN submissions_entry past ON past.id = m.entry_id AND past.contest_id <> %(contest)s
            JOIN contests_contest c ON c.id = past.contest_id
            JOIN contests_edition ed ON ed.id = c.edition_id AND ed.year >= %(year)s
        ), mate AS (
          SELECT mine.juror, mine.year, m.user_id, lower(m.email) AS email FROM mine
            JOIN submissions_member m ON m.entry_id = mine.past AND m.id <> mine.member
        )
        SELECT mate.juror, member.entry, jsonb_build_object('year', max(mate.year)) FROM mate
          JOIN member ON member.user_id = mate.user_id
            OR (member.email <> '' AND member.email = mate.email)
          GROUP BY mate.juror, member.entry""",
}

# What jurors said of houses and people, whichever entries those turn out to stand behind.
SAID = """
SELECT t.juror_id, e.entry,
    jsonb_build_object('zh', o.name_zh, 'en', o.name_en, 'year', t.until), t.ground
  FROM jury_declaredtie t JOIN juror j ON j.id = t.juror_id
  JOIN people_organisation o ON o.id = t.organisation_id
  JOIN sign s ON s.org = t.organisation_id JOIN entry_sign e ON e.sign = s.sign
  WHERE t.taken_back_at IS NULL AND (t.until IS NULL OR t.until >= %(year)s)
UNION ALL
SELECT t.juror_id, m.entry, jsonb_build_object('person', m.name, 'year', t.until), t.ground
  FROM jury_declaredtie t JOIN juror j ON j.id = t.juror_id
  JOIN member m ON (t.email <> '' AND m.email = lower(t.email))
    OR (t.email = '' AND t.name <> '' AND lower(btrim(m.name)) = lower(btrim(t.name)))
  WHERE t.organisation_id IS NULL AND t.taken_back_at IS NULL
    AND (t.until IS NULL OR t.until >= %(year)s)
"""


def ties(contest: Contest, *, at: datetime) -> frozenset[Tie]:
    """Every tie between juror and entry that the records show, and that jurors spoke of."""
    years = contest.rules.jury.conflict_years
    today = at.date()
    values = {
        "contest": contest.pk,
        "states": [str(state) for state in HANDED_IN],
        "public": sorted(PUBLIC_MAIL),
        "advisor": MemberRole.ADVISOR.value,
        "since": today.replace(year=today.year - years, day=min(today.day, 28)),
        "year": today.year - years,
    }
    return frozenset([*_derived(values), *_said(values)])


def _derived(values: dict[str, Any]) -> Iterator[Tie]:
    for ground, question in GROUNDS.items():
        for juror, entry, evidence in _rows(SIGNS + question, values):
            told = {k: v for k, v in json.loads(evidence).items() if v}
            yield Tie(juror, entry, ground.value, evidence=told)


def _said(values: dict[str, Any]) -> Iterator[Tie]:
    for juror, entry, evidence, ground in _rows(SIGNS + SAID, values):
        told = {k: v for k, v in json.loads(evidence).items() if v}
        yield Tie(juror, entry, ground, source=ConflictSource.DECLARED.value, evidence=told)


def _rows(question: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())
