"""docs/made says what the code does."""

from leitai.site import made


def test_the_drawn_pages_have_not_drifted():
    assert made.drifted() == [], "draw them again: leitai draw_docs"


def test_a_page_that_drifted_would_be_seen(tmp_path):
    for name, text in made.draw().items():
        (tmp_path / name).write_text(text)
    (tmp_path / "states.md").write_text("as it was last year")

    assert made.drifted(tmp_path) == ["states.md"]


def test_every_permission_says_whom_it_admits():
    silent = [line for line in made.permissions().splitlines() if line.endswith("|  |")]
    assert silent == []
