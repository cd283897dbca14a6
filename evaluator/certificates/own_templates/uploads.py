"""Files that somebody sends for a template: its YAML, and pictures; each problem in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from flask_babel import LazyString, lazy_gettext

from evaluator.web.wording import gettext
from reports.certificate.pictures import Picture, PictureRefused, take

MOST_BYTES = 100_000
_PICTURE = re.compile(r"[\w\-][\w.\-]{0,59}\.(png|jpe?g)", re.IGNORECASE)
REFUSALS: Mapping[str, LazyString] = {
    "large": lazy_gettext("The picture is larger than 6 MB. Save a smaller one and choose it."),
    "pixels": lazy_gettext("The picture has more than 18 million points. Scale it down."),
    "broken": lazy_gettext("This is no PNG or JPEG, or it is broken. Save it anew as PNG."),
    "inks": lazy_gettext(
        "The picture is in inks (CMYK) and does not say which. Save it in RGB and choose it."
    ),
}


class UploadRefused(Exception):
    """A file that cannot be taken; its words say why."""


def text_of(content: bytes) -> str:
    """Return the text of an uploaded template with plain line ends; raises UploadRefused."""
    if len(content) > MOST_BYTES:
        raise UploadRefused(gettext("A template has at most 100 KB."))
    try:
        return plain_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UploadRefused(
            gettext("The file is not UTF-8. Save it as UTF-8 and choose it again.")
        ) from None


def plain_lines(text: str) -> str:
    """Return a text with the line ends of files; browsers send those of the network."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def title_of(file_name: str) -> str:
    """Return what an uploaded template is called until it can be read."""
    stem = PurePosixPath(file_name.replace("\\", "/")).stem[:40]
    return stem or gettext("Uploaded template")


def picture_of(file_name: str, content: bytes) -> tuple[str, Picture]:
    """Return an uploaded picture under its name; raises UploadRefused."""
    name = PurePosixPath(file_name.replace("\\", "/")).name.replace(" ", "_")
    if not _PICTURE.fullmatch(name):
        raise UploadRefused(
            gettext(
                "“%(name)s” cannot be used as a name. Allowed are names such as emblem.png: "
                "letters, digits, - and _, ending in .png or .jpg.",
                name=name,
            )
        )
    try:
        return name, take(content)
    except PictureRefused as refused:
        raise UploadRefused(str(REFUSALS[refused.code])) from None
