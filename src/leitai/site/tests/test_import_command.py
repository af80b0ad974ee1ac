"""`leitai import WHAT FILE`: each room brings its own command, and one word finds it."""

import pytest
from django.core.management import CommandError

from leitai.rooms.contests.testing import a_contest
from leitai.rooms.jury.models import Sheet
from leitai.site import cli
from leitai.site.management.commands.leitai_import import Command


def run(*words):
    Command().run_from_argv(["leitai", "leitai_import", *words])


@pytest.mark.parametrize("words", [[], ["nonsense", "file.csv"]])
def test_what_can_be_imported_is_told(words, capsys):
    with pytest.raises(SystemExit) as end:
        run(*words)

    assert end.value.code == 2
    assert "leitai import entries|reviews FILE" in capsys.readouterr().err


def test_help_tells_of_the_named_command(capsys):
    with pytest.raises(SystemExit):
        run("reviews", "--help")

    told = capsys.readouterr().out
    assert "usage: leitai import reviews" in told and "--scale" in told


def test_the_overview_names_import_once():
    words = cli._commands()

    assert words["import"] == "leitai_import"
    assert not {word for word in words if word.startswith("import_")}


@pytest.mark.django_db(transaction=True)  # the command hangs up when it is done
def test_reviews_go_in_by_two_words(tmp_path):
    file = tmp_path / "marks.csv"
    file.write_text("entry,juror,fit\n1,a,7\n")

    run("reviews", str(file), "--new", "old/y1", "--criteria", "fit", "--scale", "1-9")

    assert Sheet.objects.get().total == 7


@pytest.mark.django_db(transaction=True)  # the command hangs up when it is done
def test_a_refusal_says_which_contests_there_are(tmp_path, capsys):
    a_contest()
    file = tmp_path / "marks.csv"
    file.write_text("entry,juror,fit\n1,a,7\n")

    with pytest.raises((SystemExit, CommandError)):
        run("reviews", str(file), "--contest", "nowhere/x")

    assert "haiwan-3/venture" in capsys.readouterr().err
