"""The pages on fairness: in both languages, open to all, and right in their arithmetic."""

import re
from decimal import Decimal

import pytest

from leitai.algorithms import formulas
from leitai.algorithms.formulas import Sheet
from leitai.site.pages.fairness import FOLDER, FRONT, PAGES
from leitai.values.score import publish

LANGUAGES = ("en", "zh")
ROW = re.compile(r"^\| (E\d) \| (.+) \|$", re.MULTILINE)
JURORS = ("Ada", "Bao", "Chen", "Dora")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_page(language):
    assert {p.stem for p in (FOLDER / language).glob("*.md")} == {FRONT, *PAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_words_come_first_and_formulas_after(language, page):
    text = (FOLDER / language / f"{page}.md").read_text()
    headings = {"en": ["In plain words", "With formulas"], "zh": ["平常话", "公式"]}

    assert re.findall("^## (.+)$", text, re.MULTILINE) == headings[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_example_is_what_the_formulas_give(language):
    text = (FOLDER / language / "scores.md").read_text()
    sheets = [
        Sheet(entry=entry, juror=juror, score=Decimal(mark))
        for entry, marks in ROW.findall(text)
        for juror, mark in zip(JURORS, marks.split(" | "), strict=True)
    ]
    told = [re.findall(r"\d+\.\d\d", line) for line in text.splitlines()]
    told = [line for line in told if len(line) == 4]

    assert told == [
        [str(publish(value, places=2)) for _, value in sorted(found.values.items())]
        for found in (
            formulas.raw_mean(sheets),
            formulas.drop_extremes(sheets),
            formulas.median(sheets),
            formulas.juror_z(sheets, least=1, centre=Decimal(50), spread=Decimal(10)),
        )
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", *(f"{name}/" for name in PAGES)])
def test_anybody_may_read_them_in_their_own_language(client, page):
    for language, word in (("en", "the"), ("zh-hans", "的")):
        client.cookies["leitai_language"] = language
        answer = client.get(f"/fairness/{page}")

        assert answer.status_code == 200
        assert word in answer.content.decode()
        assert "style=" not in answer.content.decode()


@pytest.mark.django_db
def test_other_names_lead_nowhere(client):
    assert client.get("/fairness/performance/").status_code == 404
