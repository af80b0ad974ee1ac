"""Each action is one transaction that knows who acts and when, and only actions change things."""

import ast

import pytest

from tests.house.reading import calls, functions, rooms

# The machine itself acts, on the order of a person whom an earlier action wrote down.
OF_THE_MACHINE = {"jury.compute_draw"}
CHANGES = {
    "hold", "move", "save", "create", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "delete",
}  # fmt: skip

ACTIONS = [
    pytest.param(f"{room}.{node.name}", node, id=f"{room}.{node.name}")
    for room in rooms()
    for node in functions(room, "actions")
]


def changes_something(node: ast.FunctionDef) -> bool:
    """Readers may stand beside the actions they help; whoever writes is an action."""
    if "transaction.atomic" in ast.unparse(node).split("def ")[0] or "transaction.atomic" in calls(
        node
    ):
        return True
    called = calls(node)
    return bool({name.split(".")[-1] for name in called} & CHANGES) or any(
        name.startswith("journal.") and name != "journal.book_of" for name in called
    )


@pytest.mark.parametrize(("name", "node"), [a for a in ACTIONS if changes_something(a.values[1])])
def test_every_action_knows_who_and_when(name, node):
    told = {argument.arg for argument in node.args.kwonlyargs}

    assert not node.args.args, "arguments that could be swapped"
    assert "at" in told
    assert "by" in told or name in OF_THE_MACHINE


def test_an_action_without_a_person_would_be_seen():
    careless = ast.parse("def seal(sheet):\n    move(sheet, 'sealed', moves=MOVES)").body[0]
    reader = ast.parse("def total_of(sheet):\n    return sum(sheet.marks)").body[0]

    assert changes_something(careless)
    assert not changes_something(reader)
    assert len([a for a in ACTIONS if changes_something(a.values[1])]) > 50
