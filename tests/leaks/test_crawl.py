"""Everybody walks through every door in every phase, and reads nothing that is not theirs."""

import pytest

from tests.leaks import crawl
from tests.leaks.who import ROLES

pytestmark = pytest.mark.django_db
ALONE, TALKING, CLOSED = ("independent", True), ("discussion", True), ("closed", True)
OPEN = ("discussion", False)
# Whose answers differ from those in the first phase.
LATER = ("juror", "juror elsewhere", "conflicted juror", "chair", "secretariat", "supervisor",
         "conflicted organiser")  # fmt: skip
ALL = ("/",)
PHASED = (
    "/jury/",
    "/api/jury/",
    "/entries/",
    "/api/submissions/",
    "/standings/",
    "/desk/",
    "/files/",
)
WALKS = [
    *((ALONE, role) for role in ROLES),
    *((TALKING, role) for role in (*LATER, "rival captain")),
    *((CLOSED, role) for role in (*LATER, "rival captain", "anonymous")),
    *((OPEN, role) for role in (*LATER[:4], "anonymous", "rival captain")),
]


@pytest.mark.parametrize(
    ("world", "role"), WALKS, indirect=["world"], ids=[f"{w[0]}-{w[1]}-{r}" for w, r in WALKS]
)
def test_nobody_reads_what_is_not_theirs(world, role):
    wanted = ALL if world.phase == "independent" else PHASED
    found = crawl.findings(world, role, wanted=lambda address: address.startswith(wanted))

    assert not found, "\n".join(map(str, found))


def test_what_may_be_read_is_really_there(world):
    """Or the crawl would praise a site that shows nothing."""
    read = crawl.read(world, "organiser")
    wanted = {kind for kind in {c.kind for c in world.canaries.values()}
              if crawl.cell(world, "organiser", kind) == "all"}  # fmt: skip

    assert len(read & wanted) > 0.75 * len(wanted), sorted(wanted - read)
