"""A table as an answer to a request: something to keep in a folder."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from leitai.foundation.tables.write import write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str, title: str = "Sheet1"
) -> HttpResponseBase:
    """`name` ends in .csv, sent row by row, or in .xlsx; no cache keeps either."""
    answer: HttpResponseBase
    if name.endswith(".csv"):
        answer = StreamingHttpResponse(write_csv(headers, rows), content_type="text/csv")
    else:
        book = io.BytesIO()
        write_xlsx(book, headers, rows, title=title)
        answer = HttpResponse(book.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
