"""What happens to programmes, editions, contests and their rules."""

from leitai.rooms.contests.actions.appointments import appoint, end_appointment, forget_person
from leitai.rooms.contests.actions.contests import (
    archive_contest,
    change_contest,
    discard_draft,
    keep_draft,
    open_contest,
    publish_contest,
    unpublish_contest,
    write_rules,
)
from leitai.rooms.contests.actions.documents import copy_edition, import_edition
from leitai.rooms.contests.actions.editions import (
    archive_edition,
    change_edition,
    found_edition,
    found_programme,
    name_organisation,
    order_organisations,
    publish_edition,
    remove_organisation,
    set_scenarios,
    unpublish_edition,
)
from leitai.rooms.contests.actions.exports import ask_for_export, note_export, take_export

__all__ = [
    "appoint",
    "archive_contest",
    "archive_edition",
    "ask_for_export",
    "change_contest",
    "change_edition",
    "copy_edition",
    "discard_draft",
    "end_appointment",
    "forget_person",
    "found_edition",
    "found_programme",
    "import_edition",
    "keep_draft",
    "name_organisation",
    "note_export",
    "open_contest",
    "order_organisations",
    "publish_contest",
    "publish_edition",
    "remove_organisation",
    "set_scenarios",
    "take_export",
    "unpublish_contest",
    "unpublish_edition",
    "write_rules",
]
