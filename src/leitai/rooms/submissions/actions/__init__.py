"""What happens to entries. Each deed stands in the file of its subject."""

from leitai.rooms.submissions.actions.answers import (
    answer_demand,
    remove_answer,
    take_back_consent,
)
from leitai.rooms.submissions.actions.attachments import (
    attach,
    kinds_of,
    note_reading,
    note_viewing,
    remove_attachment,
)
from leitai.rooms.submissions.actions.checks import (
    accept_entry,
    merge_entry,
    put_back_entry,
    refuse_entry,
    return_entry,
)
from leitai.rooms.submissions.actions.drafts import (
    BadAnswer,
    Saved,
    begin_entry,
    give_codes,
    may_begin,
    save_field,
    set_kind,
    show_card,
)
from leitai.rooms.submissions.actions.hand_in import (
    fill_columns,
    hand_in,
    may_hand_in,
    receipt,
    vector_of,
    withdraw_entry,
)
from leitai.rooms.submissions.actions.imports import (
    Preview,
    import_entries,
    import_fields,
    preview_import,
)
from leitai.rooms.submissions.actions.leaving import forget_person, hand_on_no_more
from leitai.rooms.submissions.actions.team import (
    add_member,
    change_captain,
    invitation_token,
    invite_again,
    join,
    read_invitation,
    remove_member,
)

__all__ = [
    "BadAnswer", "Preview", "Saved", "accept_entry", "add_member", "answer_demand", "attach",
    "begin_entry", "change_captain", "fill_columns", "forget_person", "give_codes", "hand_in",
    "hand_on_no_more", "import_entries", "import_fields", "invitation_token", "invite_again",
    "join", "kinds_of", "may_begin",
    "may_hand_in", "merge_entry", "note_reading", "note_viewing", "preview_import",
    "put_back_entry",
    "read_invitation", "receipt", "refuse_entry", "remove_answer", "remove_attachment",
    "remove_member", "return_entry", "save_field", "set_kind", "show_card", "take_back_consent",
    "vector_of", "withdraw_entry",
]  # fmt: skip
