"""Pictures are written anew: what is kept is what can be seen, without place, time or camera."""

import io
import struct

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.evidence.packages import refuse

MOST_PIXELS = 50_000_000
"""A page of A3 scanned at 400 dots an inch has 31 million."""
QUALITY = 90
BROKEN = (
    *(OSError, UnidentifiedImageError, SyntaxError, ValueError, EOFError, OverflowError, TypeError, IndexError),
    *(KeyError, ZeroDivisionError, struct.error, Warning),
)
"""What Pillow raises for pictures that are not what they say."""


def written_anew(content: bytes, form: str) -> bytes:
    """The picture, turned as its camera meant it, as a new file of the same form (PNG or JPEG) with nothing else in it.

    Raises Invalid for what is damaged or has far too many pixels. Of a moving picture the first frame stays.
    """
    # WeasyPrint, where it shares the process, lets Pillow take what is cut off.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise too_many_pixels()
            picture.load()
            return _saved(_turned(picture), form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise too_many_pixels() from fault
    except BROKEN as fault:
        raise refuse("The picture is damaged: it cannot be shown") from fault


def too_many_pixels() -> Invalid:
    return refuse(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller")


def _turned(picture: Image.Image) -> Image.Image:
    """As the camera was held; as it stands where what the camera noted cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except BROKEN:
        return picture


def _saved(picture: Image.Image, form: str) -> bytes:
    stream = io.BytesIO()
    if form == "JPEG":
        kept = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
        _bare(kept).save(stream, "JPEG", quality=QUALITY)
    else:
        _bare(picture).save(stream, "PNG")
    return stream.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """The same pixels, palette and transparency, without whatever else the file said."""
    kept = picture.copy()
    transparency = picture.info.get("transparency")
    kept.info = {} if transparency is None else {"transparency": transparency}
    return kept
