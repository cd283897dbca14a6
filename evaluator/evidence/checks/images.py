"""Images: decoded within bounds, turned upright and written anew, so that only the picture stays.

What else a file carried is gone by it: EXIF with the place and the device, comments, previews and
whatever hangs behind the picture.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import get_sampling

from evaluator.evidence.checks.verdict import JPEG, PNG, WEBP, Checked, Reason, Refused, Removed

MOST_PIXELS = 64_000_000
"""A photo of a recent telephone; decoded it takes about 200 MB."""
# The library warns above its own bound and refuses only what is twice as large.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

_FORMATS = {"JPEG": JPEG, "MPO": JPEG, "PNG": PNG, "WEBP": WEBP}
_EXIF, _GPS, _TAKEN = 0x8769, 0x8825, 0x9003
_PLAIN_MODES = {
    JPEG: frozenset({"L", "RGB"}),
    PNG: frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}),
    WEBP: frozenset({"RGB", "RGBA"}),
}


def check_image(content: bytes) -> Checked:
    """Return an image written anew without anything beside the picture; raises Refused."""
    try:
        return _written_anew(content)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(Reason.TOO_MANY_PIXELS) from error
    except MemoryError as error:
        raise Refused(Reason.NOT_CHECKED) from error
    except Exception as error:  # Decoders raise whatever comes up on broken or hostile content.
        raise Refused(Reason.BROKEN) from error


def _written_anew(content: bytes) -> Checked:
    with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Refused(Reason.TOO_MANY_PIXELS, f"{image.width} × {image.height}")
        media_type = _FORMATS[image.format or ""]
        image.load()
        upright = ImageOps.exif_transpose(image)
        removed = _removed(image)
        return Checked(_written(image, upright, media_type), media_type, removed, _taken_on(image))


def _removed(image: Image.Image) -> tuple[Removed, ...]:
    found = []
    exif = image.getexif()
    if exif or image.info.keys() & {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"}:
        found.append(Removed.METADATA)
    if exif.get_ifd(_GPS):
        found.append(Removed.LOCATION)
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        found.append(Removed.ANIMATION)
    return tuple(found)


def _taken_on(image: Image.Image) -> date | None:
    """Return the day on which a photo was taken; a camera whose clock was never set says none."""
    text = str(image.getexif().get_ifd(_EXIF).get(_TAKEN, ""))[:10]
    try:
        # A camera writes its local time and no zone; only the day is of interest.
        day = datetime.strptime(text, "%Y:%m:%d").date()  # noqa: DTZ007
    except ValueError:
        return None
    return day if day.year >= 2000 else None


def _written(source: Image.Image, upright: Image.Image, media_type: str) -> bytes:
    picture = _plain(upright, media_type)
    out = BytesIO()
    picture.save(out, media_type.removeprefix("image/").upper(), **_options(source, media_type))
    return out.getvalue()


def _plain(image: Image.Image, media_type: str) -> Image.Image:
    """Return a picture in a mode of its format, without any of the texts that came with it."""
    picture = image
    if image.mode not in _PLAIN_MODES[media_type]:
        see_through = media_type != JPEG and image.has_transparency_data
        picture = image.convert("RGBA" if see_through else "RGB")
    kept = {"transparency"} if picture.mode in ("P", "L", "RGB") and media_type == PNG else set()
    picture.info = {name: value for name, value in picture.info.items() if name in kept}
    return picture


def _options(source: Image.Image, media_type: str) -> dict[str, Any]:
    """Return how to write: a JPEG by its own tables, so that it loses next to nothing again."""
    if media_type == WEBP:
        return {"quality": 90}
    tables = getattr(source, "quantization", None)
    if media_type == PNG or not tables or source.mode not in ("L", "RGB"):
        return {}
    return {"qtables": tables, "subsampling": get_sampling(source)}
