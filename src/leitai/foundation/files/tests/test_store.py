import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from leitai.foundation.files import pictures, store
from leitai.foundation.files.bad import BadFile
from leitai.foundation.files.testing import a_pdf, a_picture
from leitai.foundation.models import StoredFile

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def a_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "leitai.foundation.files.folder.FileFolder"},
    }
    return tmp_path / "files"


def kept(content: bytes, name: str = "plan.pdf", *, allow=("pdf", "png", "jpeg", "webp")):
    upload = SimpleUploadedFile(name, content)
    return store.keep(upload, allow=allow, limit_bytes=4 * MIB, by=None, at=NOON)


def files_in(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
def test_a_file_is_kept_under_its_hash_and_read_back():
    content = a_pdf()

    stored = kept(content, "计划书.pdf")

    with store.open_kept(stored) as file:
        assert file.read() == content
    assert (stored.name, stored.kind, stored.size, stored.stored_at) == (
        "计划书.pdf",
        "application/pdf",
        len(content),
        NOON,
    )


@pytest.mark.django_db
def test_equal_files_share_one_content(a_folder):
    content = a_pdf()

    first, second = kept(content), kept(content, "copy.pdf")

    assert first.sha256 == second.sha256 and first.pk != second.pk
    assert len(files_in(a_folder)) == 1


@pytest.mark.django_db
def test_of_a_refused_file_nothing_is_kept(a_folder):
    with pytest.raises(BadFile):
        kept(a_pdf(script="x"))

    assert not StoredFile.objects.exists() and files_in(a_folder) == []


@pytest.mark.django_db
def test_a_picture_loses_the_place_it_was_taken_at():
    exif = Image.Exif()
    exif[0x010F] = "A phone"
    exif[0x0112] = 6  # lying on its side

    stored = kept(a_picture("JPEG", size=(8, 4), exif=exif) + b"<script>", "photo.jpg")

    with store.open_kept(stored) as file, Image.open(file) as picture:
        assert picture.size == (4, 8) and not picture.getexif()
        file.seek(0)
        content = file.read()
    assert b"phone" not in content and b"<script>" not in content


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 40)

    with pytest.raises(BadFile) as refusal:
        pictures.repainted(io.BytesIO(a_picture()), "png")

    assert refusal.value.code == "too_many_pixels" and "8 × 6" in str(refusal.value.reason)


def test_a_damaged_picture_is_refused():
    with pytest.raises(BadFile) as refusal:
        pictures.repainted(io.BytesIO(a_picture()[:40]), "png")

    assert refusal.value.code == "broken"


class Endless:
    """An upload of two gigabytes that says so if more than it should be is read of it."""

    name = "film.mp4"

    def __init__(self, *, may_be_read: int) -> None:
        self.left = may_be_read

    def read(self, size: int) -> bytes:
        self.left -= size
        assert self.left >= 0, "read on after the limit"
        return b"\0" * size


def test_reading_stops_at_the_limit():
    with pytest.raises(BadFile) as refusal:
        store.keep(
            Endless(may_be_read=MIB + store.CHUNK_BYTES),
            allow={"mp4"},
            limit_bytes=MIB,
            by=None,
            at=NOON,
        )

    assert refusal.value.code == "too_large" and refusal.value.status == 413


def test_a_write_that_breaks_off_leaves_nothing_behind(a_folder):
    class Breaking(io.BytesIO):
        def chunks(self, size: int = 0):
            yield b"half"
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        default_storage.save("ab/cd", Breaking())

    assert files_in(a_folder) == []


@pytest.mark.django_db
def test_the_sweep_takes_old_contents_that_no_row_knows(a_folder):
    stored = kept(a_pdf())
    orphan, _ = store.write(io.BytesIO(b"orphan"))
    now = datetime.now(UTC)

    assert store.sweep_orphans(at=now) == 0
    assert store.sweep_orphans(at=now + timedelta(days=2)) == 1

    assert files_in(a_folder) == [stored.sha256[2:]]
    assert not default_storage.exists(store.place(orphan))
