"""The contrast of a PDF's text is that of the colours on the page: what is too faint is named, and what stands out never is."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from conftest import every_article, pressout
from pressout.verify.pdf.contrast import Contrasts, Faint, contrasts

SIDE = 300  # points of a page
TEXT = "BT /Plain 10 Tf 50 100 Td (Some words here) Tj ET"
DARK = "0 g 0 0 300 300 re f"


def page(content: str, **entries: Any) -> bytes:
    """A file of one page; /Form holds black text of 10 points, /Picture a wedge of all greys, and /Half paints half through."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(SIDE, SIDE))
        sheet = pdf.pages[0].obj
        faces = {"Plain": "/Helvetica", "Bold": "/Helvetica-Bold"}
        fonts = {f"/{name}": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(face)) for name, face in faces.items()}
        look = {"/Font": Dictionary(fonts), "/ExtGState": Dictionary(Half=Dictionary(ca=0.5, CA=0.5))}
        form = pdf.make_stream(
            b"BT /Plain 10 Tf 0 g 5 5 Td (Within a form) Tj ET",
            Subtype=Name.Form,
            BBox=Array([0, 0, 200, 200]),
            Matrix=Array([1, 0, 0, 1, 10, 20]),
            Resources=Dictionary(look),
            Group=Dictionary(S=Name.Transparency),
        )
        wedge = Image.linear_gradient("L").rotate(90).tobytes()
        grey = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
        picture = pdf.make_stream(wedge, Subtype=Name.Image, Width=256, Height=256, **grey)
        sheet.Resources = Dictionary({**look, "/XObject": Dictionary(Form=form, Picture=picture)})
        sheet.Contents = pdf.make_stream(content.encode())
        for key, value in entries.items():
            sheet[f"/{key}"] = value
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def seen(content: str, **entries: Any) -> Contrasts:
    return contrasts(page(content, **entries))


def pairs(found: Contrasts) -> list[tuple[str, str]]:
    return [(each.ink, each.ground) for each in found.faint]


def wcag(first: str, second: str) -> float:
    """The ratio by WCAG 2.2's definitions, sum by sum."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(first), light(second)))
    return (lighter + 0.05) / (darker + 0.05)


def painted(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.5f}" for at in (1, 3, 5)) + " rg"


@pytest.mark.parametrize("ground", ["#ffffff", "#ffff00", "#fff3cd", "#1a237e", "#777777"])
@pytest.mark.parametrize("ink", ["#000000", "#767676", "#777777", "#b3b3b3", "#c62828", "#ffffff"])
def test_a_text_is_faint_below_four_and_a_half(ink: str, ground: str) -> None:
    found = seen(f"{painted(ground)} 0 0 300 300 re f {painted(ink)} {TEXT}").faint
    ratio = wcag(ink, ground)
    wanted = [Faint(1, "Some words here", ink, ground, pytest.approx(ratio, abs=0.006), 4.5)] if ratio < 4.5 else []  # type: ignore[arg-type]
    assert list(found) == wanted


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("BT /Plain 17 Tf 50 100 Td (Words) Tj ET", 4.5),
        ("BT /Plain 18 Tf 50 100 Td (Words) Tj ET", 3),
        ("BT /Bold 13 Tf 50 100 Td (Words) Tj ET", 4.5),
        ("BT /Bold 14 Tf 50 100 Td (Words) Tj ET", 3),
        ("q 2 0 0 2 0 0 cm BT /Plain 9 Tf 50 50 Td (Words) Tj ET Q", 3),
        ("BT /Plain 1 Tf 0 18 -18 0 90 100 Tm (Words) Tj ET", 3),
        ("BT /Plain 10 Tf 50 100 Td (* * *) Tj ET", 3),
    ],
)
def test_large_text_may_be_fainter(text: str, needed: float) -> None:
    """Grey of 3.36 to 1 passes for what is large, or is no text; one of 2.52 never does."""
    assert [each.needed for each in seen(f"0.55 g {text}").faint] == ([4.5] if needed == 4.5 else [])
    assert [each.needed for each in seen(f"0.65 g {text}").faint] == [needed]


PAINTED = {
    "white on white": (f"1 g {TEXT}", [("#ffffff", "#ffffff")]),
    "half let through": (f"0 g /Half gs {TEXT}", [("#7f7f7f", "#ffffff")]),
    "on a bar no higher than itself": (f"0 g 40 95 200 20 re f .1 g {TEXT}", [("#1a1a1a", "#000000")]),
    "white on a bar": (f"0 g 40 95 200 20 re f 1 g {TEXT}", []),
    "only stroked": (f"1 Tr 0.8 G 0 g {TEXT}", [("#cccccc", "#ffffff")]),
    "filled and stroked": (f"2 Tr 0.8 G 0 g {TEXT}", []),
    "invisible": (f"3 Tr 1 g {TEXT}", []),
    "an artifact": (f"/Artifact BMC 0.8 g {TEXT} EMC", [("#cccccc", "#ffffff")]),
    "struck through in its colour": (f"0.4 g {TEXT} 0.4 G 1 w 50 103 m 130 103 l S", []),
    "underlined in its colour": (f"0.4 g {TEXT} 0.4 G 1 w 50 99 m 130 99 l S", []),
    "a dash on a rule": ("0 g BT /Plain 10 Tf 50 100 Td (-x) Tj ET 0 G 0.6 w 50 103 m 130 103 l S", []),
    "in a form": ("/Form Do", []),
    "in a form on dark": (f"{DARK} /Form Do", [("#000000", "#000000")]),
    "in a turned form on a bar": ("0 g 240 0 40 300 re f 0 2 -2 0 300 0 cm /Form Do", [("#000000", "#000000")]),
    "in a form half let through": ("q /Half gs /Form Do Q", [("#7f7f7f", "#ffffff")]),
    "only spaces": ("1 g BT /Plain 10 Tf 50 100 Td (   ) Tj ET", []),
    "half on white, half on yellow": (f"1 1 0 rg 0 0 85 300 re f 1 0 0 rg {TEXT}", [("#ff0000", "#ffff00")]),
}


@pytest.mark.parametrize("case", PAINTED)
def test_the_colours_are_those_on_the_page(case: str) -> None:
    content, wanted = PAINTED[case]
    assert pairs(seen(content)) == wanted


@pytest.mark.parametrize(
    "entries", [{"Rotate": 90}, {"Rotate": 180}, {"CropBox": Array([30, 30, 280, 280])}, {"UserUnit": 3}], ids=str
)
def test_a_turned_or_cut_page_is_seen_in_its_place(entries: dict[str, Any]) -> None:
    assert pairs(seen(f"0 g 40 95 200 20 re f .1 g {TEXT}", **entries)) == [("#1a1a1a", "#000000")]


def test_text_on_a_picture_is_not_judged_and_named() -> None:
    found = seen(f"q 300 0 0 300 0 0 cm /Picture Do Q 1 g {TEXT}")
    assert (found.judged, found.faint) == (0, ())
    assert [str(each.message) for each in found.diagnostics()] == [
        "'Some words here' on page 1 stands on a picture or a shade of many colours: not judged"
    ]


def test_each_pair_of_colours_is_one_warning() -> None:
    second, third = (TEXT.replace("50 100", f"50 {height}").replace("Some", "Other") for height in (60, 20))
    found = seen(f"0.8 g {TEXT} 0.8 g {second} 0.7 g {third}")
    lines = [(each.severity.name, each.message) for each in found.diagnostics()]
    assert lines == [
        ("WARNING", "'Some words here' and 1 more on page 1 is #cccccc on #ffffff, 1.6 to 1: less than 4.5"),
        ("WARNING", "'Other words here' on page 1 is #b3b3b3 on #ffffff, 2.1 to 1: less than 4.5"),
    ]


def test_verify_warns_and_tells_machines(tmp_path: Path) -> None:
    (tmp_path / "faint.pdf").write_bytes(page(f"0.7 g {TEXT}"))
    said = pressout("verify", "faint.pdf", "--json", folder=tmp_path)
    (file,) = json.loads(said.out)["files"]
    (check,) = (each for each in file["checks"] if each["name"] == "contrast")
    assert [each["severity"] for each in check["found"]] == ["warning"]
    assert file["details"]["contrast"]["judged"] == 1
    assert file["details"]["contrast"]["faint"][0]["ink"] == "#b3b3b3"
    assert "contrast: 1 warning" in pressout("verify", "faint.pdf", folder=tmp_path).out


@every_article
def test_every_article_stands_out(library: Path, article: Path, theme: str) -> None:
    found = contrasts((library / theme / f"{article.stem}.pdf").read_bytes())
    assert found.judged > 100
    assert found.diagnostics() == []


def test_ten_pages_are_looked_at_in_a_moment(library: Path) -> None:
    data = (library / "report" / "accessible-publishing.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = len(pdf.pages)
    spent = []
    for _ in range(3):
        start = time.process_time()
        contrasts(data)
        spent.append(time.process_time() - start)
    assert min(spent) / pages < 0.03, (spent, pages)
