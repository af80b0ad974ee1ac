"""What programs are told."""

from datetime import datetime

from ninja import Schema


class LetterOut(Schema):
    id: int
    subject: str
    sender: str
    text: str
    written_at: datetime
    is_read: bool
