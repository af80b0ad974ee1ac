"""One door for tables of every kind."""

import io
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.kinds import looks_like_page
from leitai.foundation.tables.csvs import read_csv
from leitai.foundation.tables.limits import Limits
from leitai.foundation.tables.table import BadTable, Table
from leitai.foundation.tables.xlsx import read_xlsx

OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_table(
    stream: BinaryIO,
    name: str,
    *,
    max_rows: int = 200_000,
    max_cells: int = 4_000_000,
    max_bytes: int = 64 * 1024 * 1024,
) -> Table:
    """The table in a CSV or XLSX stream, judged by what it holds and not by what it is called.

    Raises `BadTable` (a `BadFile`) if it cannot be read; nothing else, whatever the bytes.
    Bad cells do not stop the reading: they are in the sheets as flaws and problems for `check`.
    """
    data = stream.read(max_bytes + 1)
    _refuse_by_size(data, max_bytes)
    limits = Limits(max_rows=max_rows, max_cells=max_cells)
    try:
        if data.startswith(b"PK"):
            return read_xlsx(io.BytesIO(data), name, limits=limits)
        _refuse_by_kind(data)
        return read_csv(data, name, limits=limits)
    except BadFile as bad:
        raise (
            bad if isinstance(bad, BadTable) else BadTable(bad.code, bad.reason, bad.mend)
        ) from bad


def _refuse_by_size(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise BadTable(
            "too_large",
            _("The table is larger than {most} MB."),
            _("Split it into several files."),
            most=max_bytes // 1024 // 1024,
        )
    if not data.strip():
        raise BadTable("empty", _("The file is empty."), _("Fill in the table and send it again."))


def _refuse_by_kind(data: bytes) -> None:
    if data.startswith(OLD_OFFICE):
        raise BadTable(
            "old_office",
            _("This is an old .xls workbook, or one with a password; we cannot read it."),
            _("Open it, remove any password, save it as .xlsx, and send that."),
        )
    if data.startswith(b"%PDF") or looks_like_page(data[:4096]):
        raise BadTable(
            "not_a_table",
            _("This is a document or a web page and not a table, whatever its name."),
            _("Open the table in a spreadsheet program and save it as .xlsx or CSV."),
        )
