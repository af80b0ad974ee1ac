"""PDFs are opened in a process of their own, which may die of them without taking us along."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from leitai.foundation.files.bad import BadFile

HERE = Path(__file__).parent
PATIENCE_SECONDS = 40  # by the wall's clock; the process itself stops after 20 on the processor
WRONGS = {
    "script": (
        _("The PDF holds a script or an action that runs when someone opens it."),
        _("Print it to a new PDF, which leaves these out, and send that."),
    ),
    "attachment": (
        _("The PDF has other files attached inside it."),
        _("Take them out, or print it to a new PDF, and send the files one by one."),
    ),
    "encrypted": (
        _("The PDF has a password or is locked."),
        _("Save it without a password and send that."),
    ),
    "too_many": (
        _("The PDF has more pages or parts than we can look through."),
        _("Split it, or print it to a new PDF, and send that."),
    ),
    "broken": (
        _("The PDF is damaged and cannot be opened."),
        _("Open it, print it to a new PDF, and send that."),
    ),
}


def check_pdf(stream: BinaryIO) -> int:
    """The number of pages of a PDF that does nothing but lie there; else `BadFile`."""
    with tempfile.TemporaryFile() as answer:
        ended_well = run_alone("pdf_scan.py", stream, answer)
        answer.seek(0)
        found: dict[str, Any] = json.loads(answer.read()) if ended_well else {"code": "too_many"}
    if "pages" not in found:
        refuse(found["code"])
    return int(found["pages"])


def refuse(code: str) -> None:
    raise BadFile(code, *WRONGS[code])


def run_alone(program: str, stream: BinaryIO, answer: IO[bytes], *words: str) -> bool:
    """Run one of our small programs over a file; False if it did not end well or in time."""
    command = [sys.executable, "-I", str(HERE / program), *words]
    with _on_disk(stream) as file:
        try:
            done = subprocess.run(
                command,
                stdin=file,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={"PYTHONIOENCODING": "utf-8"},
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """A real file at its beginning, which another process can be given."""
    with tempfile.TemporaryFile() as file:
        stream.seek(0)
        copyfileobj(stream, file)
        file.seek(0)
        yield file
