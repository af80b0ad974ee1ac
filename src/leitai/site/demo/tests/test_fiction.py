"""Nobody real is in it, nothing is blank, and nothing is said twice."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import datetime

from leitai.site.demo.names import brands, check_value, is_denied
from leitai.site.demo.words import Text, table

PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
ID = re.compile(r"(?<!\d)[1-9]\d{16}[\dX](?!\d)")


def everything(value, path=""):
    """Every leaf of a story, with the way to it."""
    if isinstance(value, Text):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from everything(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from everything(item, path)
    else:
        yield path, value


def test_phones_and_addresses_cannot_reach_anyone(full):
    people = [value for path, value in everything(full) if path.endswith(".phone")]
    mails = [value for path, value in everything(full) if path.endswith(".email")]

    assert all(phone == "" or re.fullmatch(r"100\d{8}", phone) for phone in people)
    assert all(re.fullmatch(r"[a-z]+(\.[a-z0-9]+)*@example\.org", mail) for mail in mails)


def test_two_people_never_share_an_address(full):
    people = [m.person for e in full.entries if e.duplicate_of is None for m in e.team]
    people += [juror.person for juror in full.jurors] + [p.contact for p in full.partners]
    people += [demand.contact for demand in full.demands]

    assert max(Counter(person.email for person in people).values()) == 1


def test_no_text_holds_a_real_looking_phone_or_id(full):
    for _, value in everything(full):
        for words in value if isinstance(value, Text) else (value,):
            if isinstance(words, str):
                assert not PHONE.search(words), words
                assert not ID.search(words), words


def test_credit_codes_fail_their_check_on_purpose(full):
    codes = {value for path, value in everything(full) if path.endswith("credit_code")}
    long_codes = [code for code in codes if len(code) == 18]

    assert len(long_codes) > 1000
    for code in long_codes:
        assert "0123456789ABCDEFGHJKLMNPQRTUWXY"[check_value(code[:17])] != code[17]


def test_300_brands_and_no_known_one(full):
    assert len(brands()) >= 300
    assert len({brand.zh for brand in brands()}) == len(brands())
    names = {e.entrant.name for e in full.entries} | {p.name for p in full.partners}
    assert not [name for name in names if is_denied(name.zh) or is_denied(name.en)]
    assert is_denied(table("fields")["deny"]["brands"][0] + "科技")


def test_firms_names_are_unique_but_for_the_planted_pair(full):
    own = [e for e in full.entries if e.entrant.kind != "institute" and e.duplicate_of is None]
    repeated = [name for name, n in Counter(e.entrant.name.zh for e in own).items() if n > 1]

    pair = next(s for s in full.situations if s.key == "same_organisation").entries
    assert repeated == [next(e.entrant.name.zh for e in own if e.number in pair)]
    english = Counter(e.entrant.name.en for e in own)
    assert sum(n > 1 for n in english.values()) == 1


def test_titles_and_one_liners_differ_and_stay_short(full):
    own = [entry for entry in full.entries if entry.duplicate_of is None]

    for field in ("title", "one_liner"):
        for language in (0, 1):
            said = [getattr(entry, field)[language] for entry in own]
            assert len(set(said)) == len(said)
    assert max(len(entry.one_liner.zh) for entry in own) <= 40
    assert max(len(entry.one_liner.en.split()) for entry in own) <= 20
    assert max(len(entry.summary.zh) for entry in own) <= 500


def test_what_is_promised_in_both_languages_is_there(full):
    empty = {"reason", "unit", "background", "pain"}  # not every entry is refused, nor has a unit
    for path, value in everything(full):
        if isinstance(value, Text) and path.rpartition(".")[2] not in empty:
            assert value.zh.strip() and value.en.strip(), path
            assert "{" not in value.zh + value.en, value
    published = [demand for demand in full.demands if demand.state == "published"]
    assert all(d.background.zh and d.background.en and d.pain.zh and d.pain.en for d in published)
    for entry in full.entries:
        assert 3 <= len(re.findall(r"。", entry.summary.zh)) <= 6, entry.summary.zh


def test_about_a_third_of_the_people_bear_overseas_names(full):
    people = [member.person for entry in full.entries for member in entry.team]
    share = sum(person.country != "CN" for person in people) / len(people)

    assert 0.22 < share < 0.38
    names = {person.name.en for person in people}
    assert any("'" in name for name in names)
    assert any(" " not in name for name in names)
    assert any(not name.isascii() for name in names)


def test_nothing_happens_without_a_time_zone(full):
    instants = [value for _, value in everything(full) if isinstance(value, datetime)]

    assert all(instant.tzinfo is not None for instant in instants)
