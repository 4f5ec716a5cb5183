"""Pictures: found below the article's folder only, usable everywhere, harmless, and fine enough or said not to be."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL import ImageCms, ImageFile

from pressout.bitmaps import as_bitmap
from pressout.diagnostics import Report, Span
from pressout.edition import Edition
from pressout.model import Attributes, Document, Figure, Image, Metadata, Paragraph, Picture, Text
from pressout.pictures import NoPicture, as_picture, find_picture
from pressout.prepare import prepare
from pressout.prepare.pictures import type_width
from pressout.theme import PageLayout, load_theme
from pressout.vectors import as_vector


def drawn(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **settings: object) -> bytes:
    """A picture of four fields, each of another colour."""
    image = Pillow.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1] // 2))
    image.paste("yellow", (0, size[1] // 2, size[0] // 2, size[1]))
    image = image.convert(mode)
    if mode == "RGBA":
        image.putalpha(200)
    data = io.BytesIO()
    image.save(data, form, **settings)
    return data.getvalue()


def opened(picture: Picture | NoPicture) -> Pillow.Image:
    assert isinstance(picture, Picture), picture
    return Pillow.open(io.BytesIO(picture.data))


def found(folder: Path, target: str) -> Picture:
    picture = find_picture(folder, target)
    assert isinstance(picture, Picture), picture
    return picture


def why(picture: Picture | NoPicture) -> str:
    assert isinstance(picture, NoPicture), picture
    return picture.reason


# Where they are


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "inside"
    (inside / "deep er").mkdir(parents=True)
    (tmp_path / "outside.png").write_bytes(drawn("PNG"))
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    (inside / "here.png").symlink_to(inside / "deep er" / "Bild ä.png")
    (inside / "deep er" / "Bild ä.png").write_bytes(drawn("PNG"))
    (inside / "plain.gif").write_bytes(drawn("GIF"))
    (inside / "empty.png").write_bytes(b"")
    (inside / "text.png").write_bytes(b"no picture")
    (inside / "cut.jpg").write_bytes(drawn("JPEG", (400, 300))[:1500])
    (inside / "cut.png").write_bytes(drawn("PNG", (400, 300))[:300])
    os.mkfifo(inside / "pipe.png")
    return inside


@pytest.mark.parametrize(
    "target",
    [
        "deep er/Bild ä.png",
        "deep%20er/Bild%20%C3%A4.png",
        "deep er/Bild a\u0308.png",
        "./deep er/../deep er/Bild ä.png",
        "deep er\\Bild ä.png",
        "deep er/Bild ä.png?raw=true#top",
        "here.png",
    ],
)
def test_a_picture_is_found_however_it_is_spelt(folder: Path, target: str) -> None:
    picture = found(folder, target)
    assert picture.data == (folder / "deep er" / "Bild ä.png").read_bytes()
    assert picture.name.isascii()
    assert picture.name == found(folder, "deep er/Bild ä.png").name


@pytest.mark.parametrize("target", ["../outside.png", "link.png", "/etc/hostname", "deep%20er/../../outside.png", "..", "/"])
def test_nothing_outside_the_folder_is_read(folder: Path, target: str) -> None:
    assert why(find_picture(folder, target)) in ("is outside the article's folder",)


@pytest.mark.parametrize("target", ["https://example.org/a.png", "//example.org/a.png", "FTP://x/y", "file:///etc/hostname"])
def test_no_network_is_asked(folder: Path, target: str) -> None:
    assert why(find_picture(folder, target)) == "is on a network, and none is asked"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("none.png", "is missing"),
        ("a\0b.png", "is missing"),
        ("deep er", "cannot be read: it is a folder"),
        ("", "cannot be read: it is a folder"),
        ("pipe.png", "is no file"),
        ("x" * 5000, "cannot be read: file name too long"),
        ("empty.png", "is no picture that can be read (PNG, JPEG, GIF, WebP, SVG, TIFF, BMP and AVIF can)"),
        ("text.png", "is no picture that can be read (PNG, JPEG, GIF, WebP, SVG, TIFF, BMP and AVIF can)"),
        ("cut.jpg", "is broken"),
        ("cut.png", "is broken"),
    ],
)
def test_a_picture_that_cannot_be_had_says_why(folder: Path, target: str, reason: str) -> None:
    assert why(find_picture(folder, target)) == reason


def test_what_another_library_allows_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # WeasyPrint does so when it is imported
    assert why(find_picture(folder, "cut.jpg")) == why(find_picture(folder, "cut.png")) == "is broken"


def test_the_file_that_was_meant_is_named(folder: Path) -> None:
    missing = find_picture(folder, "Plain.GIF")
    assert isinstance(missing, Picture) or missing.hint == "did you mean 'plain.gif'?"
    assert find_picture(folder, "deep%20er/Bild.png") == NoPicture("is missing", "did you mean 'deep er/Bild ä.png'?")


def test_an_article_without_a_folder_has_no_pictures() -> None:
    assert why(find_picture(None, "a.png")) == "has no folder to be looked for in"


def test_an_address_may_hold_the_picture_itself() -> None:
    data = drawn("PNG")
    picture = find_picture(None, f"data:image/jpeg;base64,{base64.b64encode(data).decode()}")
    assert isinstance(picture, Picture)
    assert (picture.data, picture.media_type, picture.name[-4:]) == (data, "image/png", ".png")
    assert why(find_picture(None, "data:image/png;base64,%%%")) == "is broken"


def test_a_picture_that_is_heavier_than_memory_is_not_read(folder: Path) -> None:
    with (folder / "heavy.png").open("wb") as file:
        file.truncate(300_000_000)
    assert why(find_picture(folder, "heavy.png")) == "has more than 200 MB"


# What is made of them


@pytest.mark.parametrize(("form", "kind"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")])
def test_what_all_formats_know_keeps_its_bytes(form: str, kind: str) -> None:
    data = drawn(form)
    assert as_picture(data, "a.bin") == Picture(f"a.bin.{kind[-3:].replace('peg', 'jpg')}", kind, 40, 30, data)


def test_the_bytes_say_what_a_picture_is() -> None:
    picture = as_picture(drawn("PNG"), "shot.jpg")
    assert isinstance(picture, Picture)
    assert (picture.name, picture.media_type) == ("shot.png", "image/png")


@pytest.mark.parametrize(
    ("form", "settings", "kind"),
    [
        ("WEBP", {"lossless": True}, "image/png"),
        ("WEBP", {"quality": 90}, "image/jpeg"),
        ("WEBP", {"quality": 90, "mode": "RGBA"}, "image/png"),
        ("TIFF", {}, "image/png"),
        ("BMP", {}, "image/png"),
        ("AVIF", {}, "image/jpeg"),
    ],
)
def test_what_word_cannot_show_is_drawn_anew(form: str, settings: dict[str, str], kind: str) -> None:
    picture = as_picture(drawn(form, **settings), "a.webp")
    image = opened(picture)
    assert (image.size, image.get_format_mimetype()) == ((40, 30), kind)
    assert near(image, (10, 5), (255, 0, 0))


def near(image: Pillow.Image, place: tuple[int, int], colour: tuple[int, int, int], slack: int = 12) -> bool:
    pixel = image.convert("RGB").getpixel(place)
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= slack for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))])
def test_a_photograph_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    image = opened(as_picture(drawn("JPEG", exif=exif), "a.jpg"))
    assert image.size == size
    assert image.getexif().get(0x0112, 1) == 1
    corner = {1: (38, 2), 3: (2, 28), 6: (28, 38), 8: (2, 2)}[orientation]  # where the blue field is
    assert near(image, corner, (0, 0, 255), 40)


def test_the_colours_of_a_printing_press_become_those_of_a_screen() -> None:
    image = opened(as_picture(drawn("JPEG", mode="CMYK"), "a.jpg"))
    assert (image.mode, near(image, (10, 5), (255, 0, 0), 30)) == ("RGB", True)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_colour_profile_is_applied(mode: str) -> None:
    """Under a profile whose red and blue have changed places, red means blue."""
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = screen.replace(b"rXYZ", b"?").replace(b"bXYZ", b"rXYZ").replace(b"?", b"bXYZ").replace(*_renamed("sRGB", "swap"))
    image = opened(as_picture(drawn("PNG", mode=mode, icc_profile=swapped), "a.png"))
    assert "icc_profile" not in image.info
    assert near(image, (10, 5), (0, 0, 255), 40)
    plain = drawn("PNG", mode=mode, icc_profile=screen)
    assert as_picture(plain, "a.png") == Picture("a.png", "image/png", 40, 30, plain)


def _renamed(old: str, new: str) -> tuple[bytes, bytes]:
    """A profile's name is written in UTF-16."""
    return old.encode("utf-16-be"), new.encode("utf-16-be")


def test_a_broken_profile_is_passed_over() -> None:
    data = drawn("PNG", icc_profile=b"no profile")
    assert as_picture(data, "a.png") == Picture("a.png", "image/png", 40, 30, data)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("widest", [0, 20])
def test_every_kind_of_png_can_be_shown(mode: str, widest: int) -> None:
    data = io.BytesIO()
    (Pillow.new(mode, (40, 30)) if mode == "I;16" else Pillow.open(io.BytesIO(drawn("PNG"))).convert(mode)).save(data, "PNG")
    image = opened(as_picture(data.getvalue(), "a.png", widest))
    assert image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


@pytest.mark.parametrize(("form", "settings"), [("JPEG", {}), ("PNG", {"mode": "RGBA"}), ("WEBP", {"mode": "RGBA"})])
def test_a_picture_is_made_no_wider_than_it_prints(form: str, settings: dict[str, str]) -> None:
    image = Pillow.effect_noise((800, 600), 80).convert(settings.get("mode", "RGB"))
    data = io.BytesIO()
    image.save(data, form)
    picture = as_picture(data.getvalue(), "a.png", 500)
    assert opened(picture).size == (500, 375)
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (500, 375)
    assert as_picture(data.getvalue(), "a.png", 500) == picture
    assert len(picture.data) < len(data.getvalue())


def test_a_picture_on_its_side_is_measured_upright() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    data = io.BytesIO()
    Pillow.effect_noise((900, 1200), 80).convert("RGB").save(data, "JPEG", exif=exif)
    assert opened(as_picture(data.getvalue(), "a.jpg", 500)).size == (500, 375)


def test_a_moving_picture_still_moves() -> None:
    frames = [Pillow.new("RGB", (900, 30), colour) for colour in ("red", "blue")]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    assert as_picture(data.getvalue(), "a.gif", 500) == Picture("a.gif", "image/gif", 900, 30, data.getvalue())


def test_a_screenshot_of_few_colours_does_not_grow() -> None:
    data = io.BytesIO()
    Pillow.effect_noise((600, 400), 80).convert("1").save(data, "PNG")
    assert as_picture(data.getvalue(), "a.png", 590) == Picture("a.png", "image/png", 600, 400, data.getvalue())


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    data = io.BytesIO()
    Pillow.new("1", (10_000, 10_000)).save(data, "PNG")
    assert as_bitmap(data.getvalue(), "bomb.png") == "has more than 89 million pixels, more than any page can show"


# Vectors

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def vector(content: str, attributes: str = 'viewBox="0 0 20 10"', before: str = "") -> Picture:
    picture = as_vector(f"{before}<svg {NAMESPACES} {attributes}>{content}</svg>".encode(), "a.svg")
    assert isinstance(picture, Picture), picture
    return picture


def test_a_vector_picture_cannot_act_nor_lead_out() -> None:
    picture = vector(
        "<script>run()</script><style>@import 'https://example.org/a.css'; .a { fill: url(http://example.org/d) }</style>"
        "<text>&secret;words</text><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>run()</p></foreignObject>"
        '<image xlink:href="file:///etc/hostname"/><rect fill="url( https://example.org/b)" width="20" onclick="run()"/>'
        '<a href="javascript:run()"><animate attributeName="xlink:href" values="javascript:run()"/></a>'
        '<style>.b { background: \\75rl(https://example.org/c) }</style><image href="data:image/svg+xml,run()"/>',
        'viewBox="0 0 20 &ten;" onload="run()" xmlns:ink="urn:ink" ink:path="/home/me"',
        '<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY ten "10">]>',
    )
    text = picture.data.decode()
    wild = ("script", "run()", "@import", "example.org", "file:", "onload", "onclick", "&secret", "foreignObject", "75rl", "/home")
    assert not [words for words in wild if words in text]
    assert "words" in text
    assert (picture.width, picture.height) == (20, 10)


def test_what_a_vector_picture_holds_itself_stays() -> None:
    kept = (
        '<use xlink:href="#a"/>',
        '<circle fill="url(#gradient)" r="1"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>.a { fill: red }</style>",
        '<animate attributeName="x" to="3"/>',
    )
    text = vector("".join(kept)).data.decode()
    assert [part for part in kept if part in text] == list(kept)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10mm" height="1in"', (38, 96)),
        ('width="100%" height="100%" viewBox="0 0 20 10"', (20, 10)),
        ('width="40" viewBox="0,0,20,10"', (40, 20)),
        ('height="40px" viewBox="-5 -5 2e1 10"', (80, 40)),
        ("", (300, 150)),
        ('width="0" height="-3"', (300, 150)),
        ('width="1.2.3" height="1e999" viewBox="a b"', (100_000, 100_000)),
    ],
)
def test_a_vector_picture_has_a_size(attributes: str, size: tuple[int, int]) -> None:
    picture = vector("", attributes)
    assert (picture.width, picture.height) == size
    assert 'width="' in picture.data.decode()
    assert "viewBox" in picture.data.decode()


@pytest.mark.parametrize("attributes", ['width="0" height="0"', 'width="0px" height="0%" viewBox="0 0 20 10"'])
def test_a_vector_picture_of_no_size_is_said(attributes: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}></svg>'.encode()
    assert why(as_picture(data, "a.svg")) == "is 0 wide and 0 high, so there is nothing to see"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<g>", "is broken"),
        ('<g id="a"><use href="#a"/></g>', "repeats itself into more than 200000 shapes"),
        (
            "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(9)) + '<use href="#a8"/>',
            "repeats itself into more than 200000 shapes",
        ),
    ],
)
def test_a_vector_picture_that_would_not_end_is_refused(content: str, reason: str) -> None:
    assert as_vector(f"<svg {NAMESPACES}>{content}</svg>".encode(), "a.svg") == reason


def test_entities_that_multiply_are_not_unfolded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 10}">' for n in range(10))
    data = f'<!DOCTYPE svg [{entities}]><svg {NAMESPACES} width="&e9;"><text>&e9;</text></svg>'.encode()
    assert as_vector(data, "a.svg") == "is broken"


def test_other_markup_is_no_picture() -> None:
    assert why(as_picture(b"<html><body/></html>", "a.svg")) == "is no picture that can be read"


def test_a_vector_picture_may_be_in_utf_16() -> None:
    data = f'<?xml version="1.0" encoding="utf-16"?><svg {NAMESPACES} width="3" height="2"><text>ä</text></svg>'.encode("utf-16")
    assert isinstance(as_picture(data, "a.svg"), Picture)


# In a document

SPAN = Span("a.md", 3, 1, 20, 30)


def prepared(folder: Path, *images: Image) -> tuple[tuple[Image, ...], list[str]]:
    report = Report()
    document = Document(Metadata(title=(Text("T"),), lang="en"), (Figure(images),), folder=folder)
    done = prepare(document, load_theme("plain", report), Edition(), report).blocks[0]
    assert isinstance(done, Figure)
    return done.images, [str(diagnostic) for diagnostic in report.diagnostics]


def test_one_picture_is_one_however_often_it_is_shown(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(drawn("PNG"))
    (tmp_path / "c.png").write_bytes(drawn("PNG", (41, 30)))
    (tmp_path / "c.jpg").write_bytes(drawn("PNG", (42, 30)))
    images, said = prepared(tmp_path, *(Image(name, "alt") for name in ("a.png", "a.png", "b.png", "c.png", "c.jpg")))
    pictures = [image.picture for image in images]
    assert pictures[0] is pictures[1] is pictures[2]
    assert [picture.name for picture in pictures[2:] if picture] == ["a.png", "c.png", "c-2.png"]
    assert said == []


def test_a_missing_picture_is_said_where_it_stands_and_the_image_stays(tmp_path: Path) -> None:
    images, said = prepared(tmp_path, Image("fig2.png", "alt", span=SPAN))
    assert images == (Image("fig2.png", "alt"),)
    assert said == ["a.md:3:1: warning: the picture 'fig2.png' is missing"]


def test_a_missing_alt_text_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "fig2.png").write_bytes(drawn("PNG"))
    _, said = prepared(tmp_path, Image("fig2.png", " ", span=SPAN), Image("fig2.png", decorative=True))
    assert said == [
        "a.md:3:1: warning: the picture 'fig2.png' has no alt text\n"
        "  hint: write ![what it shows](fig2.png), or ![](fig2.png){.decorative}"
    ]


def test_a_picture_too_coarse_for_print_is_said_with_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(drawn("PNG", (300, 200)))
    wide = Image("a.png", "alt", attributes=Attributes(values=(("width", "100%"),)), span=SPAN)
    narrow = Image("a.png", "alt", attributes=Attributes(values=(("width", "5cm"),)))
    tiny = Image("a.png", "alt", attributes=Attributes(values=(("width", "1em"),)))
    room = type_width(load_theme("plain", Report()).page)
    _, said = prepared(tmp_path, wide, narrow, tiny)
    assert len(said) == 1
    assert f"'a.png' is 300 pixels wide and would print at {300 / room * 72:.0f} ppi" in said[0]


def test_a_picture_keeps_three_hundred_pixels_to_the_inch(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(drawn("PNG", (4000, 100)))
    images, _ = prepared(tmp_path, Image("a.png", "alt"))
    room = type_width(load_theme("plain", Report()).page)
    assert images[0].picture is not None
    assert 0 <= images[0].picture.width - room / 72 * 300 < 1


def test_pictures_in_lines_and_notes_are_found_too(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(drawn("PNG"))
    report = Report()
    document = Document(Metadata(lang="en"), (Paragraph((Image("a.png", "alt"),)),), folder=tmp_path)
    done = prepare(document, load_theme("plain", report), Edition(), report).blocks[0]
    assert isinstance(done, Paragraph)
    image = done.content[0]
    assert isinstance(image, Image)
    assert image.picture is not None


def test_an_article_without_pictures_needs_no_library_for_them() -> None:
    code = "import sys, pressout.prepare; sys.exit(any(name in sys.modules for name in ('PIL', 'lxml')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_type_is_as_wide_as_the_page_without_its_margins() -> None:
    assert type_width(PageLayout(width=500, inner=60, outer=40)) == 400
