"""Stopping an upload that is too large before it fills anything."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.inspect import too_large
from leitai.foundation.middleware import Refusals

# What a form may weigh beside its files.
FORM_BYTES = 5 * 1024 * 1024
USUAL_LIMIT_BYTES = 64 * 1024 * 1024
View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_upload(limit_bytes: int) -> Callable[[View], View]:
    """Say on a view how large a request's files may be together; others get the usual limit."""

    def mark(view: View) -> View:
        view.upload_limit_bytes = limit_bytes  # type: ignore[attr-defined]
        return view

    return mark


def usual_limit() -> int:
    return getattr(settings, "UPLOAD_LIMIT_BYTES", USUAL_LIMIT_BYTES)


class UploadLimit:
    """Answers a request that is too large without reading it, with a page for people.

    It stands after the session and the language, and before the check of forms, which would
    read the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.content_type != "multipart/form-data":
            return None
        limit = getattr(view, "upload_limit_bytes", usual_limit())
        if _announced(request) > limit + FORM_BYTES:
            return self._refusal(request, too_large(limit))
        request.upload_handlers.insert(0, Meter(request, limit_bytes=limit))
        _ = request.FILES  # read now, so that the view never sees half an upload
        refused: BadFile | None = getattr(request, "upload_refused", None)
        return self._refusal(request, refused) if refused else None

    def _refusal(self, request: HttpRequest, refused: BadFile) -> HttpResponse | None:
        return Refusals(self.get_response).process_exception(request, refused)


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if str(length).isdigit() else 0


class Meter(FileUploadHandler):
    """Counts the bytes of a request's files as they come, and stops at the limit."""

    chunk_size = 64 * 2**10

    def __init__(self, request: HttpRequest, *, limit_bytes: int) -> None:
        super().__init__(request)
        self.limit_bytes = limit_bytes
        self.total = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.total += len(raw_data)
        if self.total > self.limit_bytes:
            assert self.request is not None
            self.request.upload_refused = too_large(self.limit_bytes)
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""
