"""Papers as they come from a scanner, a camera or a download: made fit to be kept for years."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 20_000_000
"""Bytes of a file as it comes in."""
_LONGEST_SIDE = 2200
"""Pixels: a page of A4 at about 190 to the inch, which prints well."""
_QUALITY = 85
_PDF, _JPEG, _PNG = "application/pdf", "image/jpeg", "image/png"
_TEXT = "text/plain; charset=utf-8"
_STARTS = ((b"%PDF-", _PDF), (b"\xff\xd8\xff", _JPEG), (b"\x89PNG\r\n\x1a\n", _PNG))


def tidy_scan(content: bytes) -> tuple[bytes, str]:
    """Return what is kept of a paper, and its media type.

    A photograph is turned upright, made no larger than it needs to be, and loses what the camera
    wrote about place and time. Anything else is kept byte for byte.

    Raises:
        EntryError: If it is empty, too large, or no PDF, JPEG, PNG or text.
    """
    if not content or len(content) > LARGEST:
        raise EntryError(
            what=_("This file cannot be kept."),
            why=_("It is empty.")
            if not content
            else _("It is larger than {most} megabytes.").format(most=LARGEST // 1_000_000),
            next_step=_("Choose another file, or scan the paper again with less detail."),
        )
    media_type = next((kind for start, kind in _STARTS if content.startswith(start)), "")
    if media_type == _PDF:
        return content, _PDF
    if media_type:
        return _tidy_picture(content, media_type), media_type
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise EntryError(
            what=_("This file cannot be kept."),
            why=_("It is no PDF, photograph (JPEG or PNG) or text."),
            next_step=_("Save it as a PDF or a JPEG, and choose that."),
        )
    return content, _TEXT


def _tidy_picture(content: bytes, media_type: str) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only a picture needs it

    try:
        with warnings.catch_warnings():
            # A picture of absurd size is a trap, not a receipt.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                return _written(upright, media_type)
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        raise EntryError(
            what=_("This picture cannot be kept."),
            why=_("It is damaged, or far too large to open."),
            next_step=_("Take the photograph again, or save it again as a JPEG."),
        ) from None


def _written(picture: Image, media_type: str) -> bytes:
    """Write a picture again: the same pixels give the same bytes."""
    target = io.BytesIO()
    if media_type == _PNG:
        picture.save(target, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(target, "JPEG", quality=_QUALITY, optimize=True)
    return target.getvalue()
