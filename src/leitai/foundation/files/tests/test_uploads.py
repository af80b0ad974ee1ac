import io

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from leitai.foundation.files import uploads
from leitai.foundation.files.uploads import FORM_BYTES, UploadLimit, takes_upload

BORDER = "a-border"
MIB = 1024 * 1024


class Body(io.RawIOBase):
    """A form with one endless file, which tells how much of it was read."""

    def __init__(self) -> None:
        self.head = (
            f'--{BORDER}\r\nContent-Disposition: form-data; name="plan"; filename="plan.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n%PDF-"
        ).encode()
        self.was_read = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "asked for everything at once"
        head, self.head = self.head[:size], self.head[size:]
        self.was_read += size
        return head + b"x" * (size - len(head))


def a_request(body: Body, *, length: int, **headers: str) -> HttpRequest:
    request = RequestFactory(headers=headers).post("/")
    request.META["CONTENT_TYPE"] = f"multipart/form-data; boundary={BORDER}"
    request.META["CONTENT_LENGTH"] = str(length)
    request._set_content_type_params(request.META)
    request._stream, request._read_started = body, False
    return request


def answer(request: HttpRequest, *, limit: int) -> HttpResponse | None:
    @takes_upload(limit)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return UploadLimit(view).process_view(request, view, (), {})


def test_two_gigabytes_are_refused_without_reading_one_byte():
    body = Body()
    request = a_request(body, length=2 * 1024 * MIB, Accept="application/json")

    response = answer(request, limit=20 * MIB)

    assert (response.status_code, body.was_read) == (413, 0)


def test_an_upload_that_passes_the_limit_is_cut_off_there():
    body = Body()
    request = a_request(body, length=MIB + FORM_BYTES, Accept="application/json")

    response = answer(request, limit=MIB)

    assert response.status_code == 413
    assert body.was_read <= MIB + 4 * 64 * 1024


def test_the_refusal_is_a_page_for_people(db):
    request = a_request(Body(), length=2 * 1024 * MIB)

    page = answer(request, limit=20 * MIB)

    assert page.status_code == 413 and "20 MB" in page.content.decode()


def test_an_upload_below_the_limit_reaches_the_view(rf):
    plan = io.BytesIO(b"%PDF-")
    plan.name = "plan.pdf"
    request = rf.post("/", {"plan": plan})

    assert answer(request, limit=MIB) is None
    assert request.FILES["plan"].read() == b"%PDF-"


def test_views_that_say_nothing_have_the_usual_limit(settings):
    settings.UPLOAD_LIMIT_BYTES = MIB
    request = a_request(Body(), length=MIB + FORM_BYTES + 1, Accept="application/json")

    response = UploadLimit(HttpResponse).process_view(request, lambda r: None, (), {})

    assert response.status_code == 413
    assert uploads.usual_limit() == MIB


@pytest.mark.parametrize("length", ["", "many", "-5"])
def test_a_senseless_length_is_no_length(rf, length):
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = length

    assert uploads._announced(request) == 0
