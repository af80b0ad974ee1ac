"""Several counts in one question, for pages that show many figures."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def counts(*several: QuerySet) -> tuple[int, ...]:
    """How many rows each has, in their order; one query."""
    parts, given = [], []
    for n, rows in enumerate(several):
        try:
            sql, params = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # asked for nothing: Django would not even ask
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) AS n{n})")  # noqa: S608 (Django's own words)
        given.extend(params)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return tuple(cursor.fetchone())
