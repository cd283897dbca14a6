"""Pictures are kept as pictures alone, upright, and say when they were taken."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from image_files import exif, photo, picture
from office_files import zipped
from PIL import Image

from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.verdict import JPEG, PNG, WEBP, Removed


@pytest.mark.parametrize(("name", "kind"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_image_keeps_its_picture_alone(name: str, kind: str) -> None:
    kept = check(picture(name, exif=exif()) + zipped({"evil.js": "evil"}))
    assert (kept.media_type, kept.removed) == (kind, (Removed.METADATA, Removed.LOCATION))
    assert kept.taken_on == date(2026, 3, 5)
    for trace in (b"SECRET CAMERA", b"Exif", b"eXIf", b"EXIF", b"evil", b"PK"):
        assert trace not in kept.content
    with Image.open(BytesIO(kept.content)) as image:
        assert (image.size, len(image.getexif())) == ((40, 30), 0)


def test_photo_is_turned_upright_before_its_orientation_goes() -> None:
    kept = check(photo(orientation=6))
    with Image.open(BytesIO(kept.content)) as image:
        red, _, blue = image.convert("RGB").getpixel((15, 2))  # type: ignore[misc]
        assert (image.size, red > 200, blue < 60) == ((30, 40), True, True)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "1970:01:01 00:00:00", "nonsense"])
def test_photo_of_a_camera_without_a_clock_has_no_day(taken: str) -> None:
    assert check(photo(taken)).taken_on is None


@pytest.mark.parametrize(
    ("name", "mode", "colour"),
    [("JPEG", "L", 90), ("JPEG", "CMYK", "red"), ("PNG", "P", 3), ("PNG", "RGBA", "red"),
     ("PNG", "I;16", 9), ("PNG", "1", 1), ("WEBP", "RGBA", "red"), ("PNG", "LA", 9)],
)  # fmt: skip
def test_image_of_every_mode_is_kept(name: str, mode: str, colour: object) -> None:
    out = BytesIO()
    Image.new(mode, (8, 8), colour).save(out, name)  # type: ignore[arg-type]
    assert check(out.getvalue()).removed == ()


def test_image_that_moves_keeps_its_first_picture() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    kept = check(out.getvalue())
    assert kept.removed == (Removed.ANIMATION,)
    with Image.open(BytesIO(kept.content)) as image:
        assert getattr(image, "n_frames", 1) == 1
