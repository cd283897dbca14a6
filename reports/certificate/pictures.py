"""A district's own pictures, such as its emblem or seal: taken in, kept, and put into documents.

Nothing of a file that somebody sends comes into a document: it is decoded within bounds, turned
upright, brought to sRGB, made no larger than paper needs, and written anew: what was JPEG as JPEG,
everything else as PNG. Both are put into documents as they are kept.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 6_000_000
MOST_PIXELS = 18_000_000
MOST_KEPT = 2_500_000  # bytes of what is kept
LONGEST_SIDE = 3600  # 300 mm at 300 dots an inch
FORMATS = ("PNG", "JPEG")
_JPEG = b"\xff\xd8"
_QUALITY = 90
_SMALLER = 0.8
_CHUNK = struct.Struct(">I4s")
_PREDICTED = b"/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %d>>"


class PictureRefused(ValueError):
    """A file that is no picture for a template; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code}: {values}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: a JPEG or PNG in sRGB, the latter perhaps see-through in places."""

    content: bytes = field(repr=False)
    width: int
    height: int
    digest: str

    @classmethod
    def of(cls, content: bytes) -> Picture:
        """Give the picture of what was taken in before."""
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            return cls(content, *image.size, sha256(content).hexdigest())

    @property
    def media_type(self) -> str:
        """What browsers call its form."""
        return "image/jpeg" if self.content.startswith(_JPEG) else "image/png"


def take(content: bytes) -> Picture:
    """Take in a PNG or JPEG that somebody sends; raises PictureRefused."""
    if len(content) > MOST_BYTES:
        raise PictureRefused("large", most=MOST_BYTES // 1_000_000)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise PictureRefused("pixels", most=MOST_PIXELS // 1_000_000)
            form = image.format or ""
            image.load()
            made = _in_srgb(ImageOps.exif_transpose(image))
    except PictureRefused:
        raise
    except Exception as error:  # decoders raise whatever comes up on broken or hostile content
        raise PictureRefused("broken") from error
    made.info = {}
    made.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    content = _written(made, form)
    while len(content) > MOST_KEPT:
        smaller = made.width * _SMALLER, made.height * _SMALLER
        made.thumbnail(smaller, Image.Resampling.LANCZOS)
        content = _written(made, form)
    return Picture.of(content)


def _written(image: Image.Image, form: str) -> bytes:
    out = BytesIO()
    options = {"quality": _QUALITY, "subsampling": 0} if form == "JPEG" else {}
    image.save(out, form, **options)
    return out.getvalue()


def _in_srgb(image: Image.Image) -> Image.Image:
    """Give a picture in sRGB by the profile that it names; inks without one mean no colour."""
    profile = image.info.get("icc_profile")
    if image.mode == "CMYK" and not profile:
        raise PictureRefused("inks")
    if image.mode.startswith("I"):  # sixteen bits of grey, which Pillow would cut off, not scale
        image = image.point(lambda value: value / 256).convert("L")
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
class Stream:
    """A part of a picture as it stands in a document, and how it is packed."""

    data: bytes
    packing: bytes


@lru_cache(maxsize=16)
def embedded(picture: Picture) -> tuple[Stream, Stream | None]:
    """Give a picture's colours, and how opaque each point is; the same in every process."""
    if picture.content.startswith(_JPEG):
        return Stream(picture.content, b"/DCTDecode"), None
    with Image.open(BytesIO(picture.content), formats=("PNG",)) as image:
        if image.mode != "RGBA":
            return _predicted(picture.content, 3, picture.width), None
        colours, opacity = image.convert("RGB"), image.getchannel("A")
    return (
        _predicted(_written(colours, "PNG"), 3, picture.width),
        _predicted(_written(opacity, "PNG"), 1, picture.width),
    )


def _predicted(png: bytes, colours: int, columns: int) -> Stream:
    """Give the points of a PNG, which PDF packs in the same way."""
    data, at = b"", 8
    while at < len(png):
        length, kind = _CHUNK.unpack_from(png, at)
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return Stream(data, _PREDICTED % (colours, columns))
