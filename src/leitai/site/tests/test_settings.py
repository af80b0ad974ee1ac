"""The settings keep the promises of the house."""

import pytest
from django.core.management import call_command

from leitai.site import environment


def test_django_finds_nothing_wrong():
    call_command("check", fail_level="WARNING")


def test_a_database_url_with_a_socket_and_a_password_is_understood():
    url = "postgresql://ada:s%40fe@/contest?host=%2Ftmp%2Fa%20b&sslmode=require"

    assert environment.database(url) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "contest",
        "USER": "ada",
        "PASSWORD": "s@fe",
        "HOST": "/tmp/a b",
        "PORT": "",
        "OPTIONS": {"sslmode": "require"},
    }


def test_another_kind_of_database_is_refused_with_the_way_out():
    with pytest.raises(ValueError, match="postgresql://"):
        environment.database("mysql://localhost/contest")


def test_a_secret_is_made_once_and_only_for_our_eyes(tmp_path):
    first = environment.kept_secret(tmp_path / "data" / "secret")

    assert environment.kept_secret(tmp_path / "data" / "secret") == first
    assert len(first) >= 50
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600


def test_mail_goes_to_files_until_there_is_a_server(tmp_path, monkeypatch):
    monkeypatch.delenv("LEITAI_MAIL", raising=False)
    assert environment.mail(tmp_path)["EMAIL_FILE_PATH"] == tmp_path

    monkeypatch.setenv("LEITAI_MAIL", "smtps://ada:pw@mail.example.org")
    words = environment.mail(tmp_path)
    assert (words["EMAIL_HOST"], words["EMAIL_PORT"], words["EMAIL_USE_SSL"]) == (
        "mail.example.org",
        465,
        True,
    )


def test_a_demo_writes_to_nobody(monkeypatch):
    monkeypatch.setenv("LEITAI_DEMO", "1")
    assert environment.demo()

    monkeypatch.setenv("LEITAI_MAIL", "smtp://mail.example.org")
    with pytest.raises(ValueError, match="only one"):
        environment.demo()
