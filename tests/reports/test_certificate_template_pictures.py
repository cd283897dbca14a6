"""Pictures of a district: taken in by what they show, never by what else a file holds."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from reports.certificate.pictures import (
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_KEPT,
    Picture,
    PictureRefused,
    embedded,
    take,
)


def file(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def colour_of(picture: Picture) -> tuple[int, ...]:
    return Image.open(io.BytesIO(picture.content)).getpixel((0, 0))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("image", "form"),
    [
        (Image.new("RGB", (30, 20), (200, 10, 20)), "PNG"),
        (Image.new("RGB", (30, 20), (200, 10, 20)), "JPEG"),
        (Image.new("L", (30, 20), 120), "PNG"),
        (Image.new("P", (30, 20)), "PNG"),
        (Image.new("1", (30, 20)), "PNG"),
        (Image.new("I;16", (30, 20)), "PNG"),
        (Image.new("RGBA", (30, 20), (200, 10, 20, 255)), "PNG"),
    ],
)
def test_picture_is_kept_in_plain_colours(image, form):
    made = take(file(image, form))
    assert (made.width, made.height) == (30, 20)
    kept = Image.open(io.BytesIO(made.content))
    assert (kept.mode, kept.format) == ("RGB", form)
    assert made.media_type == f"image/{form.lower()}"
    colours, opacity = embedded(made)
    assert opacity is None
    if form == "PNG":  # each row begins with the way in which it is predicted
        assert len(zlib.decompress(colours.data)) == 20 * (1 + 30 * 3)
    else:
        assert colours.data == made.content


def test_sixteen_bits_of_grey_are_scaled():
    grey = Image.frombytes("I;16", (2, 1), bytes([0, 128, 0, 64]))
    kept = Image.open(io.BytesIO(take(file(grey)).content))
    assert [kept.getpixel((n, 0)) for n in (0, 1)] == [(128, 128, 128), (64, 64, 64)]


def test_what_is_see_through_stays_so():
    made = take(file(Image.new("RGBA", (4, 4), (200, 10, 20, 90))))
    assert colour_of(made) == (200, 10, 20, 90)
    _, opacity = embedded(made)
    assert opacity is not None
    assert len(zlib.decompress(opacity.data)) == 4 * (1 + 4)


def test_texts_and_what_hangs_behind_are_gone():
    more = PngImagePlugin.PngInfo()
    more.add_text("Comment", "秘密")
    content = file(Image.new("RGB", (9, 9)), pnginfo=more) + b"<?php system($_GET[1]); ?>"
    made = take(content)
    assert made.content == take(file(Image.new("RGB", (9, 9)))).content
    assert "秘密".encode() not in made.content


def test_picture_is_turned_as_the_camera_held_it():
    exif = Image.Exif()
    exif[0x0112] = 6
    made = take(file(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert (made.width, made.height) == (20, 40)


def test_colours_are_brought_to_srgb_by_their_profile():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = take(file(Image.new("RGB", (4, 4), (200, 10, 20)), icc_profile=lab))
    assert max(abs(a - b) for a, b in zip(colour_of(made), (200, 10, 20), strict=True)) <= 1


def test_large_picture_is_made_as_large_as_paper_needs():
    made = take(file(Image.new("RGB", (4800, 1200))))
    assert (made.width, made.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_picture_that_stays_heavy_is_made_smaller():
    noise = Image.effect_noise((1500, 1200), 90)
    made = take(file(Image.merge("RGB", (noise, noise.rotate(180), noise))))
    assert len(made.content) <= MOST_KEPT
    assert made.width < 1500


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "broken"),
        (b"%PDF-1.7", "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "broken"),
        (b"x" * (MOST_BYTES + 1), "large"),
        (file(Image.new("1", (6000, 6000))), "pixels"),
        (file(Image.new("CMYK", (9, 9)), "JPEG"), "inks"),
        (file(Image.new("RGB", (9, 9)), "GIF"), "broken"),
        (file(Image.new("RGB", (400, 400), (9, 9, 9)), "JPEG")[:300], "broken"),
    ],
)
def test_what_is_no_picture_for_paper_is_refused(content, code):
    with pytest.raises(PictureRefused) as refusal:
        take(content)
    assert refusal.value.code == code


def test_taking_a_kept_picture_again_changes_nothing():
    once = take(file(Image.new("RGBA", (50, 50), (1, 2, 3, 4))))
    assert take(once.content) == once == Picture.of(once.content)
