"""The fonts and pictures that verify sees in the PDFs of other programs are those that poppler sees."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFont

from pressout.verify.pdf.examine import examine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures: one in colours, one grey, one packed as JPEG."""
    wedge = Image.linear_gradient("L")
    wedge.convert("RGB").resize((900, 600)).save(tmp_path / "wedge.png")
    wedge.resize((640, 400)).save(tmp_path / "grey.png")
    wedge.rotate(90).convert("RGB").resize((500, 700)).save(tmp_path / "photo.jpg")
    return tmp_path


# One picture, at its own size or narrow, by way of pandoc


def pandoc(folder: Path, width: str, ending: str, *options: str) -> Path:
    """The article in another format, for a program to print."""
    import pypandoc

    (folder / "other.md").write_text(f"# One\n\nWith *emphasis* and `code`.\n\n![A wedge](wedge.png){width}\n")
    target = folder / f"other.{ending}"
    pypandoc.convert_file(folder / "other.md", {"typ": "typst"}.get(ending, ending), outputfile=target, extra_args=list(options))
    return target


def typst(folder: Path, width: str) -> Path:
    import typst

    typst.compile(pandoc(folder, width, "typ", "--standalone"), output=folder / "made.pdf")
    return folder / "made.pdf"


def libreoffice(folder: Path, width: str) -> Path:
    source = pandoc(folder, width, "odt", f"--resource-path={folder}")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
    subprocess.run(command, capture_output=True, check=True)
    return source.with_suffix(".pdf")


def chromium(folder: Path, width: str) -> Path:
    source = pandoc(folder, width, "html", "--standalone")
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    subprocess.run(["chromium", *quiet, f"--print-to-pdf={folder / 'made.pdf'}", source], capture_output=True, check=True)
    return folder / "made.pdf"


PRINTERS = {"typst": (typst, ""), "libreoffice": (libreoffice, "soffice"), "chromium": (chromium, "chromium")}


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("width", ["", "{width=8cm}"], ids=["natural", "narrow"])
def test_poppler_agrees(folder: Path, printer: str, width: str) -> None:
    make, program = PRINTERS[printer]
    if program and not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    agree(make(folder, width), pictures=1)


# Several pictures, scaled, turned, squeezed, grey and packed, and fonts of several kinds


def typst_pictures(folder: Path) -> Path:
    import typst

    (folder / "many.typ").write_text("""\
= One
With _emphasis_, *strength*, `code` and $x^2$.
#image("wedge.png", width: 8cm)
#rotate(30deg, image("grey.png", width: 5cm))
#image("photo.jpg", width: 4cm, height: 9cm, fit: "stretch")
#pagebreak()
#scale(x: 50%, image("photo.jpg", width: 6cm))
""")
    typst.compile(folder / "many.typ", output=folder / "made.pdf")
    return folder / "made.pdf"


def weasyprint(folder: Path) -> Path:
    from weasyprint import HTML

    page = """<p>With <em>emphasis</em>, <strong>strength</strong>, <code>code</code>
        <p><img src="wedge.png" style="width: 8cm"> <img src="grey.png" style="width: 5cm; transform: rotate(-20deg)">
        <p style="break-before: page"><img src="photo.jpg" style="width: 4cm; height: 9cm">
        <img src="photo.jpg" style="width: 2cm">"""
    HTML(string=page, base_url=f"{folder}/").write_pdf(folder / "made.pdf")
    return folder / "made.pdf"


def pillow(folder: Path) -> Path:
    """Pages that are pictures, as a scanner makes them; in a PDF of Pillow's, all have one resolution."""
    first, *others = (Image.open(folder / name) for name in ("wedge.png", "grey.png", "photo.jpg"))
    first.save(folder / "made.pdf", save_all=True, append_images=others, resolution=133)
    return folder / "made.pdf"


def pdfium(folder: Path) -> Path:
    """Two of the fonts that every reader has, one embedded whole, and pictures by matrices of our own."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for height, face in ((800, b"Helvetica"), (780, b"Times-BoldItalic")):
        write(raw, document, page, raw.FPDFText_LoadStandardFont(document, face), height)
    data = font_of_pillow()
    letters = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    write(raw, document, page, raw.FPDFText_LoadFont(document, letters, len(data), raw.FPDF_FONT_TRUETYPE, True), 760)
    for matrix in (
        pypdfium2.PdfMatrix().scale(200, 300).translate(50, 50),
        pypdfium2.PdfMatrix().scale(100, 140).rotate(25).translate(350, 300),
    ):
        picture = pypdfium2.PdfImage.new(document)
        picture.load_jpeg(folder / "photo.jpg")
        picture.set_matrix(matrix)
        page.insert_obj(picture)
    page.gen_content()
    document.save(folder / "made.pdf")
    return folder / "made.pdf"


def font_of_pillow() -> bytes:
    """The TrueType font that Pillow brings with it."""
    font = ImageFont.load_default(12)
    assert isinstance(font, ImageFont.FreeTypeFont)
    assert isinstance(font.path, BytesIO)
    return font.path.getvalue()


def write(raw: Any, document: Any, page: Any, font: Any, height: float) -> None:
    """A line in a font of the document."""
    text = raw.FPDFPageObj_CreateTextObj(document, font, 12)
    said = (ctypes.c_ushort * 6)(*map(ord, "Words"), 0)
    raw.FPDFText_SetText(text, said)
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 50, height)
    raw.FPDFPage_InsertObject(page, text)


MAKERS: dict[str, tuple[Callable[[Path], Path], int]] = {
    "typst": (typst_pictures, 4),
    "weasyprint": (weasyprint, 4),
    "pillow": (pillow, 3),
    "pdfium": (pdfium, 2),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_poppler_agrees_on_many_pictures(folder: Path, maker: str) -> None:
    make, pictures = MAKERS[maker]
    agree(make(folder), pictures)


# What poppler says


def agree(pdf: Path, pictures: int) -> None:
    """Each font once, each picture in its place in the order of drawing, within two pixels to the inch."""
    _, facts = examine(pdf.read_bytes())
    assert facts is not None
    assert sorted((font.name, font.embedded, font.subset, font.mapped) for font in facts.fonts) == poppler_fonts(pdf)
    mine, theirs = [(each.page, *each.ppi) for each in facts.drawn.pictures], poppler_pictures(pdf)
    assert len(mine) == len(theirs) == pictures
    assert all(abs(one - other) <= 2 for pair in zip(mine, theirs, strict=True) for one, other in zip(*pair, strict=True)), (
        mine,
        theirs,
    )


def poppler_fonts(pdf: Path) -> list[tuple[str, bool, bool, bool]]:
    """Each font's name, and whether it is embedded, subset, and mapped to letters."""
    rows = [line.split() for line in listed("pdffonts", pdf)]
    return sorted((row[0], row[-5] == "yes", row[-4] == "yes", row[-3] == "yes") for row in rows)


def poppler_pictures(pdf: Path) -> list[tuple[int, int, int]]:
    """The page of each picture, and its pixels to the inch; masks are left out."""
    rows = [line.split() for line in listed("pdfimages", "-list", pdf)]
    return [(int(row[0]), int(row[-4]), int(row[-3])) for row in rows if row[2] == "image"]


def listed(*command: str | Path) -> list[str]:
    """The rows of a table that a program of poppler's prints, without its head."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[2:]
