"""`leitai rank` on real marks: low marks good, steps, holes, and panels of nine."""

import csv
import io
from decimal import Decimal

import openpyxl
import pandas

from leitai.site import cli


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_grant_reviews_end_to_end(real_file, tmp_path):
    out, report = tmp_path / "places.csv", tmp_path / "report.html"
    words = ["rank", str(real_file("aibs_reviews.csv")), "--scale", "1.0-5.0/0.1"]
    words += ["--direction", "down", "--criteria", "overall", "--places", "20"]

    assert cli.main([*words, "-o", str(out), "--report", str(report)]) == 0

    rows = table(out)
    marks = pandas.read_csv(real_file("aibs_reviews.csv"), dtype={"proposal": str})
    means = marks.groupby("proposal")["overall"].mean()
    assert len(rows) == 72
    assert all(abs(float(r["score"]) - means[r["entry"]]) <= 0.0051 for r in rows)
    assert [int(r["place"]) for r in rows] == sorted(int(r["place"]) for r in rows)
    assert abs(sum(float(r["chance"]) for r in rows) - 20) < 0.2
    assert "Low marks are good." in report.read_text()


def test_a_wide_criterion_with_holes_is_refused_unless_it_may_be_blank(real_file, tmp_path, capsys):
    out = tmp_path / "o.csv"
    words = ["rank", str(real_file("aibs_reviews.csv")), "--scale", "1.0-5.0/0.1", "-o", str(out)]
    words += ["--direction", "down", "--criteria", "innovation,impact"]

    assert cli.main(words) == 1
    assert "J65" in capsys.readouterr().err
    assert cli.main([*words, "--optional", "impact"]) == 0


def test_thousands_of_reviews_by_jurors_who_hardly_meet(real_file, tmp_path, capsys):
    out = tmp_path / "places.xlsx"
    words = ["rank", str(real_file("nih_reviews.csv")), "--scale", "1-9", "--direction", "down"]
    words += ["--criteria", "overall", "-o", str(out)]

    assert cli.main([*words, "--places", "400", "--report", str(tmp_path / "r.html")]) == 0
    assert cli.main([*words, "--formula", "z_mean"]) == 1

    told = capsys.readouterr().err
    assert "The jury falls into 973 parts" in told
    assert openpyxl.load_workbook(out).active.max_row == 2077


def test_every_official_panel_score_comes_out(real_file, tmp_path):
    out = tmp_path / "scores.csv"
    words = ["rank", str(real_file("skating_panels.csv")), "--scale", "0-10/0.25"]
    words += ["--entry", "competition,segment,performance,component", "--jurors", "j1..j9"]
    words += ["--absent", "0", "--formula", "drop_high_low", "-o", str(out)]

    assert cli.main(words) == 0

    found = {row["entry"]: Decimal(row["score"]) for row in table(out)}
    official = pandas.read_csv(real_file("skating_panels.csv"), dtype=str)
    keys = official[["competition", "segment", "performance", "component"]].agg(" · ".join, axis=1)
    wrong = {
        key: (found.get(key), score)
        for key, score in zip(keys, official["panel_score"])
        if found.get(key) != Decimal(score)
    }
    assert len(found) == 8630
    assert wrong == {}
