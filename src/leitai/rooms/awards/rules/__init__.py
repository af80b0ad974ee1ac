"""Does the contest allow it? Who is proposed for which award, and when a certificate is given."""

from leitai.rooms.awards.rules.naming import Names, Paper, clean, paper_for, slip_words
from leitai.rooms.awards.rules.numbers import may_use_prefix, number_of, read_number, tidy_prefix
from leitai.rooms.awards.rules.proposing import Candidate, Given, propose
from leitai.rooms.awards.rules.states import (
    CERTIFICATE_MOVES,
    SLATE_MOVES,
    CertificateState,
    Ground,
    Object,
    SlateState,
    may_approve,
    may_change,
    may_issue,
    may_name,
    may_publish,
    may_revoke,
    may_take_back,
)

__all__ = [
    "CERTIFICATE_MOVES", "SLATE_MOVES", "Candidate", "CertificateState", "Given", "Ground",
    "Names", "Object", "Paper", "SlateState", "clean", "may_approve", "may_change", "may_issue",
    "may_name", "may_publish", "may_revoke", "may_take_back", "may_use_prefix", "number_of",
    "paper_for", "propose", "read_number", "slip_words", "tidy_prefix",
]  # fmt: skip
