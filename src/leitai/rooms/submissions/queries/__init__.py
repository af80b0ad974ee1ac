"""What do we know about entries?"""

from leitai.rooms.submissions.queries.entries import (
    answer_consents,
    body,
    can_answer,
    card_consents,
    differences,
    label,
    last_change,
    last_number,
    missing,
    name_of,
    new_card_consent,
    revision,
    role_in,
    scenarios,
    seats,
    seats_of,
    standing_of,
    title_of,
    words_of,
)
from leitai.rooms.submissions.queries.funnel import funnel
from leitai.rooms.submissions.queries.lists import cards, desk, facets, of_regions, reached

__all__ = [
    "answer_consents", "body", "can_answer", "card_consents", "cards", "desk", "differences",
    "facets", "funnel", "label", "last_change", "last_number", "missing", "name_of",
    "new_card_consent", "of_regions",
    "reached", "revision", "role_in", "scenarios", "seats", "seats_of", "standing_of", "title_of",
    "words_of",
]  # fmt: skip
