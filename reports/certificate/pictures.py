"""A district's own pictures, such as its emblem or seal: taken in, kept, and put into documents.

Nothing of a file that somebody sends comes into a document: it is decoded within bounds, turned
upright, brought to sRGB, made no larger than paper needs, and written anew.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 3_000_000
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1600  # of what is kept: 135 mm at 300 dots an inch
FORMATS = ("PNG", "JPEG")
_LEVEL = 6


class PictureRefused(ValueError):
    """A file that is no picture for a template; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code}: {values}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: a PNG in sRGB, perhaps see-through in places."""

    content: bytes = field(repr=False)
    width: int
    height: int
    digest: str

    @classmethod
    def of(cls, content: bytes) -> Picture:
        """Give the picture of a PNG that was taken in before."""
        with Image.open(BytesIO(content), formats=("PNG",)) as image:
            return cls(content, *image.size, sha256(content).hexdigest())


def take(content: bytes) -> Picture:
    """Take in a PNG or JPEG that somebody sends; raises PictureRefused."""
    if len(content) > MOST_BYTES:
        raise PictureRefused("large", most=MOST_BYTES // 1_000_000)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused("pixels", most=MOST_PIXELS // 1_000_000)
            image.load()
            made = _in_srgb(ImageOps.exif_transpose(image))
    except PictureRefused:
        raise
    except Exception as error:  # decoders raise whatever comes up on broken or hostile content
        raise PictureRefused("broken") from error
    made.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    made.info = {}
    out = BytesIO()
    made.save(out, "PNG", optimize=True)
    return Picture.of(out.getvalue())


def _in_srgb(image: Image.Image) -> Image.Image:
    """Give a picture in sRGB by the profile that it names; inks without one mean no colour."""
    profile = image.info.get("icc_profile")
    if image.mode == "CMYK" and not profile:
        raise PictureRefused("inks")
    see_through = image.has_transparency_data
    opacity = image.convert("RGBA").getchannel("A") if see_through else None
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        plain = image.convert("RGB") if image.mode == "RGBA" else image
        turned = ImageCms.profileToProfile(
            plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        assert turned is not None  # noqa: S101 - it is only where it is done in place
        image = turned
    made = image.convert("RGB")
    if opacity is not None and opacity.getextrema()[0] != 255:
        made.putalpha(opacity)
    return made


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as streams of a document: its colours, and how opaque each point is."""

    colours: bytes
    opacity: bytes | None


@lru_cache(maxsize=16)
def embedded(picture: Picture) -> Embedded:
    """Give a picture as it stands in documents; the same in every process."""
    with Image.open(BytesIO(picture.content), formats=("PNG",)) as image:
        image.load()
        opacity = image.getchannel("A").tobytes() if image.mode == "RGBA" else None
        colours = image.convert("RGB").tobytes()
    packed = zlib.compress(opacity, _LEVEL) if opacity is not None else None
    return Embedded(zlib.compress(colours, _LEVEL), packed)
