"""Pictures are painted anew: what is kept holds nothing but pixels."""

import tempfile
import warnings
from typing import IO, BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from leitai.foundation.files.bad import BadFile

MOST_PIXELS = 50_000_000
FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}


def repainted(stream: BinaryIO, kind: str) -> IO[bytes]:
    """The same picture in a new file of the same kind, upright, and without the place and camera
    that phones write into it. Of an animation the first frame stays."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            _repaint(stream, FORMATS[kind], target)
    except BadFile:
        target.close()
        raise
    except Exception:
        # The decoders raise many kinds of error on damaged pictures; all mean the same to people.
        target.close()
        raise BadFile(
            "broken",
            _("The picture is damaged and cannot be read."),
            _("Open it in a picture program, save it again, and send that."),
        ) from None
    target.seek(0)
    return target


def _repaint(stream: BinaryIO, format_: str, target: IO[bytes]) -> None:
    stream.seek(0)
    with Image.open(stream, formats=[format_]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise BadFile(
                "too_many_pixels",
                _("The picture is {width} × {height} pixels, more than we can paint."),
                _("Make it smaller than {most} million pixels and send that."),
                width=picture.width,
                height=picture.height,
                most=MOST_PIXELS // 1_000_000,
            )
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        pixels = upright.convert("RGBA" if has_alpha and format_ != "JPEG" else "RGB")
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    options = {"quality": 90} if format_ in {"JPEG", "WEBP"} else {"optimize": False}
    fresh.save(target, format_, **options)
