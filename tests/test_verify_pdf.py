"""The checks of PDFs find what they are for: each fault, planted on purpose, is named, and a right file has none."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from conftest import every_article, need, pressout
from pressout.diagnostics import Report, Severity
from pressout.model import Document, Metadata, Paragraph, Text
from pressout.order import Order, complete
from pressout.pipeline import build, proof_of
from pressout.verify.pdf.examine import own_checks
from pressout.verify.pdf.labels import page_labels
from pressout.verify.pdf.source import compare
from pressout.verify.pdf.tags import Piece, Tag, TagTree, tag_tree
from pressout.verify.pdf.validators import verapdf

WORDS = "Printers used to show their types on a specimen sheet. " * 90
ARTICLE = f"""\
---
title: Planted
lang: en
toc: true
---

## One {{#one}}

{WORDS}

![A grey wedge](wedge.png){{width=50%}}

### Two

See [the first](#one) and [a site](https://example.org/).[^note]

| Paper | Width |
|---|---|
| A4 | 210 |

- an item
- another

[^note]: A note of its own.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with one of each thing that can be wrong, and its PDF."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "planted.md").write_text(ARTICLE)
    Image.linear_gradient("L").convert("RGB").resize((900, 600)).save(folder / "wedge.png")
    said = pressout("build", "planted.md", "--theme", "plain", "--paper", "A5", "--to", "pdf", "--out", ".", folder=folder)
    assert said.status == 0, said.errors
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> bytes:
    return (folder / "planted.pdf").read_bytes()


def found(data: bytes) -> list[str]:
    return [diagnostic.message for diagnostic in own_checks(data)]


def changed(data: bytes, change: Callable[[Any], object], **options: Any) -> bytes:
    """The file with a fault in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, **options)
        return target.getvalue()


def element(pdf: Any, kind: str) -> Any:
    """The first structure element of a kind."""
    return next(tag.element for tag in tag_tree(pdf, {}).tags if tag.kind == kind)


def font(pdf: Any) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def link(pdf: Any, kind: str) -> Any:
    """The first link that has an entry."""
    return next(each for page in pdf.pages for each in page.get("/Annots", []) if kind in each)


def edit(pdf: Any, change: Callable[[bytes], bytes], number: int = 0) -> None:
    """Write the content of a page anew."""
    page = pdf.pages[number]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def lay_bare(pdf: Any) -> None:
    """Take the letters of a page out of the tags."""
    edit(pdf, lambda content: re.sub(rb"/\w+\s*<<[^>]*/MCID[^>]*>>\s*BDC", b"/Span BMC", content), len(pdf.pages) - 1)


def scan(pdf: Any) -> None:
    """A page that is a picture, as a scanner makes it."""
    picture = next(iter(pages_with_pictures(pdf)[0].Resources.XObject.values()))
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
    pdf.pages[-1].Contents = pdf.make_stream(b"/Artifact BMC q 144 0 0 96 0 0 cm /Scan Do Q EMC")


def coarse(pdf: Any) -> None:
    """A picture over the whole width of the paper."""
    scan(pdf)
    pdf.pages[-1].Contents = pdf.make_stream(b"/Artifact BMC q 595 0 0 397 0 0 cm /Scan Do Q EMC")


def pages_with_pictures(pdf: Any) -> list[Any]:
    return [page for page in pdf.pages if any("/Width" in thing for thing in page.Resources.get("/XObject", {}).values())]


def drawn(content: str) -> Callable[[Any], None]:
    """A change that draws more on the first page, outside the tags; /Face is one of its fonts."""

    def change(pdf: Any) -> None:
        resources = pdf.pages[0].Resources
        resources.Font.Face = font(pdf)
        looks = {"Sheer": {"/ca": 0.5}, "Over": {"/OP": True, "/op": True, "/OPM": 1}}
        for name, look in looks.items():
            resources.ExtGState[f"/{name}"] = pikepdf.Dictionary(look)
        edit(pdf, lambda before: b"/Artifact BMC q " + content.encode() + b" Q EMC " + before)

    return change


def letters(look: str, codes: str = "00010002") -> Callable[[Any], None]:
    """A change that writes two letters by the numbers of their glyphs."""
    return drawn(f"BT 10 10 Td {look} <{codes}> Tj ET")


def trace(pdf: Any) -> None:
    """A page whose text is drawn as outlines."""
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[-1].Contents = pdf.make_stream(b"/Artifact BMC 0 0 m " + b"1 2 3 4 5 6 c " * 300 + b"f EMC")


def call(title: str) -> Callable[[Any], None]:
    """A change of the title in both its places."""

    def change(pdf: Any) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
            metadata["dc:title"] = title

    return change


def flatten(pdf: Any) -> None:
    """Make of a list paragraphs that begin with its signs."""
    kinds = {"L": "Div", "LI": "P", "Lbl": "Span", "LBody": "Span"}
    for tag in tag_tree(pdf, {}).tags:
        if tag.kind in kinds:
            tag.element.S = pikepdf.Name(f"/{kinds[tag.kind]}")


def hide_layer(pdf: Any) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))


def remark(pdf: Any) -> None:
    said = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Really?")
    pdf.pages[1].Annots = pikepdf.Array([said])


def forget_profile(pdf: Any) -> None:
    drop(root, "/OutputIntents")(pdf)
    drop(root, "/Metadata")(pdf)
    drawn("1 0 0 rg 0 0 9 9 re f")(pdf)


def cut_close(pdf: Any) -> None:
    for page in pdf.pages:
        page.TrimBox, page.CropBox = pikepdf.Array([0, 0, 500, 700]), pikepdf.Array([20, 20, 500, 700])


def lose_cell(pdf: Any) -> None:
    row = element(pdf, "TD").P
    row.K = pikepdf.Array(list(row.K)[:1])


def forget_scope(pdf: Any) -> None:
    for tag in tag_tree(pdf, {}).tags:
        if tag.kind == "TH":
            del tag.element["/A"]


def skip(pdf: Any) -> None:
    element(pdf, "H3").S = pikepdf.Name.H5


def forget_heads(pdf: Any) -> None:
    for tag in tag_tree(pdf, {}).tags:
        if tag.kind == "TH":
            tag.element.S = pikepdf.Name.TD


def put(place: Callable[[Any], Any], name: str, value: Any) -> Callable[[Any], None]:
    """A change of one entry."""

    def change(pdf: Any) -> None:
        place(pdf)[name] = value

    return change


def drop(place: Callable[[Any], Any], name: str) -> Callable[[Any], None]:
    """A change that takes one entry away."""

    def change(pdf: Any) -> None:
        del place(pdf)[name]

    return change


def root(pdf: Any) -> Any:
    return pdf.Root


FAULTS: dict[str, Callable[[Any], object]] = {
    "has no tags": drop(root, "/StructTreeRoot"),
    "does not say its language": drop(root, "/Lang"),
    "says a language that is none: 'english!'": put(root, "/Lang", "english!"),
    "does not have its title shown": drop(root, "/ViewerPreferences"),
    "has no XMP metadata": drop(root, "/Metadata"),
    "does not say what its pages are called": drop(root, "/PageLabels"),
    "the outline's entry 'Planted' leads to a page that is not there": lambda pdf: put(
        lambda pdf: pdf.Root.Outlines.First, "/Dest", pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary()), pikepdf.Name.Fit])
    )(pdf),
    "a link on page 1 leads to the place 'nowhere'": put(lambda pdf: link(pdf, "/Dest"), "/Dest", "nowhere"),
    "leads to an empty address": put(lambda pdf: link(pdf, "/A").A, "/URI", " "),
    "is not embedded": drop(lambda pdf: font(pdf).DescendantFonts[0].FontDescriptor, "/FontFile2"),
    "is embedded whole": put(font, "/BaseFont", pikepdf.Name("/Source-Serif")),
    "does not say which letters it draws": drop(font, "/ToUnicode"),
    "stand for nothing": lambda pdf: font(pdf).ToUnicode.write(b"1 beginbfchar <FFFF> <0041> endbfchar"),
    "is a picture without text under it": scan,
    "ppi: below 150, readers see the pixels": coarse,
    "are in no tag: a screen reader": lay_bare,
    "mixes RGB and CMYK": lambda pdf: edit(pdf, lambda content: b"0 0 0 1 k 1 0 0 rg " + content),
    "does not say what its colours look like": drop(root, "/OutputIntents"),
    "has pages of 2 sizes": lambda pdf: pdf.add_blank_page(page_size=(300, 300)),
    "lies outside its paper": put(lambda pdf: pdf.pages[0].obj, "/TrimBox", pikepdf.Array([0, 0, 9999, 9999])),
    "lies outside its BleedBox": put(lambda pdf: pdf.pages[0].obj, "/BleedBox", pikepdf.Array([50, 50, 300, 300])),
    "the figure 1 has no text in its place": drop(lambda pdf: element(pdf, "Figure"), "/Alt"),
    "H5 follows H2": skip,
    "its first heading is H3, not H1": put(lambda pdf: element(pdf, "H1"), "/S", pikepdf.Name.H3),
    "has no header cells": forget_heads,
    "links on page 1 are in no tag": drop(lambda pdf: link(pdf, "/Dest"), "/StructParent"),
    "goes through the links of page 1": drop(lambda pdf: pdf.pages[0].obj, "/Tabs"),
    "its title is that of a file: 'planted.docx'": call("planted.docx"),
    "its title is that of a file: 'Microsoft Word - planted'": call("Microsoft Word - planted"),
    "has two titles, 'Planted' and 'Another'": lambda pdf: put(lambda pdf: pdf.docinfo, "/Title", "Another")(pdf),
    "pages and no outline": drop(root, "/Outlines"),
    "the outline has an entry without words": put(lambda pdf: pdf.Root.Outlines.First, "/Title", " "),
    "page 2 is printed as '2' and called 'xiii'": put(
        root, "/PageLabels", pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r, St=12)])
    ),
    "says that its language is 'de', and its text reads as 'en'": put(root, "/Lang", "de"),
    "the heading 2 has no words": put(lambda pdf: element(pdf, "H2"), "/K", pikepdf.Array()),
    "the text in place of figure 1 is a file's name: 'wedge.png'": put(lambda pdf: element(pdf, "Figure"), "/Alt", "wedge.png"),
    "the text in place of figure 1 says nothing: 'IMG_2041'": put(lambda pdf: element(pdf, "Figure"), "/Alt", "IMG_2041"),
    "table 1 has rows of 1 and 2 columns": lose_cell,
    "the header cells of table 1 do not say whether they head rows or columns": forget_scope,
    "2 paragraphs begin with a bullet and are in no list": flatten,
    "a link says 'here'": put(lambda pdf: element(pdf, "Link"), "/ActualText", "here"),
    "white prints over what is there on page 1": drawn("/Over gs 0 0 0 0 k 0 0 9 9 re f"),
    "has 340% of ink on page 1": drawn("1 1 0.9 0.5 k 0 0 9 9 re f"),
    "2 small letters on page 1 are made of four inks": letters("/Face 9 Tf 0.1 0.1 0.1 0.9 k"),
    "2 letters on page 1 are smaller than 5 pt": letters("/Face 4 Tf"),
    "2 letters on page 1 are not painted": letters("/Face 12 Tf 3 Tr"),
    "2 letters are not in the font": letters("/Face 12 Tf", "00000000"),
    "has lines thinner than 0.25 pt on page 1": drawn("0.5 0 0 0.5 0 0 cm 0.4 w 0 0 m 99 0 l S"),
    "things let through what lies beneath on page 1": drawn("/Sheer gs 0 0 9 9 re f"),
    "has RGB without a profile": forget_profile,
    "has shapes and no letters": trace,
    "page 1 has no TrimBox, and others do": drop(lambda pdf: pdf.pages[0].obj, "/TrimBox"),
    "the CropBox of page 1 cuts into its TrimBox": cut_close,
    "its layer 'Draft' is switched off": hide_layer,
    "holds 1 remark on page 2": remark,
    "holds a script": put(root, "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")),
}


def test_a_right_file_has_no_fault(whole: bytes) -> None:
    assert found(whole) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(whole: bytes, fault: str) -> None:
    messages = found(changed(whole, FAULTS[fault]))
    assert any(fault in message for message in messages), messages


def test_what_cannot_be_read_is_said_in_one_line(whole: bytes) -> None:
    locked = changed(whole, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert found(locked) == ["is protected by a password"]
    assert found(b"") == found(b"no PDF at all") == ["is no PDF"]
    assert found(whole[: len(whole) // 2]) == ["is cut short: its end is missing"]
    assert found(whole[:500] + whole[-500:])[0].startswith("is damaged")


def test_a_cover_that_is_a_picture_is_no_fault(whole: bytes) -> None:
    def lay_before(pdf: Any) -> None:
        scan(pdf)
        pdf.pages.insert(0, pdf.pages[-1])
        del pdf.pages[-1]

    said = own_checks(changed(whole, lay_before))
    assert [(each.severity, each.message[:19]) for each in said if "picture" in each.message] == [
        (Severity.NOTE, "page 1 is a picture")
    ]


def test_the_text_of_a_scan_may_be_unseen(whole: bytes) -> None:
    def read_over(pdf: Any) -> None:
        scan(pdf)
        pdf.pages[-1].Resources.Font = pikepdf.Dictionary(Face=font(pdf))
        edit(pdf, lambda before: before + b" /P BMC BT 3 Tr /Face 12 Tf <00010002> Tj ET EMC", len(pdf.pages) - 1)

    assert not [
        message for message in found(changed(whole, read_over)) if "picture without text" in message or "painted" in message
    ]


def test_pages_are_called_as_pdfium_calls_them(whole: bytes) -> None:
    """Covers, prefixes, numbers of five styles, and one that begins in the middle."""
    from pypdfium2 import PdfDocument

    styles = [
        {},
        {"P": "A-"},
        {"S": "/D", "St": 7},
        {"S": "/r", "St": 1988},
        {"S": "/R", "P": "x "},
        {"S": "/a", "St": 27},
        {"S": "/A"},
    ]

    def call_all(pdf: Any) -> None:
        for _ in range(20):
            pdf.add_blank_page()
        ranges = [pikepdf.Dictionary({f"/{key}": _value(value) for key, value in style.items()}) for style in styles]
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[each for at, style in enumerate(ranges) for each in (3 * at, style)])

    data = changed(whole, call_all)
    with PdfDocument(data) as document, pikepdf.open(io.BytesIO(data)) as pdf:
        assert list(page_labels(pdf)) == [document.get_page_label(index) for index in range(len(document))]


def _value(value: str | int) -> Any:
    return pikepdf.Name(value) if isinstance(value, str) and value.startswith("/") else value


def test_an_owners_password_is_said(whole: bytes) -> None:
    locked = changed(whole, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert any(message.startswith("is encrypted") for message in found(locked))


# The article beside its PDF


def held(folder: Path, pdf: str) -> dict[str, Any]:
    """What `pressout verify --source` says as JSON of a file that was made of planted.md."""
    said = pressout("verify", pdf, "--source", "planted.md", "--theme", "plain", "--json", folder=folder)
    (answer,) = json.loads(said.out)["files"]
    return dict(answer, status=said.status)


def test_the_whole_article_is_in_its_pdf(folder: Path) -> None:
    answer = held(folder, "planted.pdf")
    article = answer["details"]["article"]
    assert answer["status"] == 0
    assert article["missing"] == article["displaced"] == []
    assert article["elements"]["TR"] == {"article": 2, "file": 2}


@every_article
def test_every_article_is_whole(library: Path, article: Path, theme: str) -> None:
    pdf = library / theme / f"{article.stem}.pdf"
    said = pressout("verify", pdf, "--source", article, "--theme", theme)
    assert said.status == 0, said.out


def test_what_the_pdf_lacks_of_its_article_is_named(folder: Path, whole: bytes) -> None:
    def lose(pdf: Any) -> None:
        element(pdf, "TD").S = pikepdf.Name.Span
        element(pdf, "H3").K = pikepdf.Array()

    (folder / "lost.pdf").write_bytes(changed(whole, lose))
    answer = held(folder, "lost.pdf")
    messages = [each["message"] for check in answer["checks"] for each in check["found"] if check["name"] == "its article"]
    assert answer["status"] == 1
    assert messages == ["has 3 TH and TD elements where the article has 4", "a text of the article is missing: 'Two'"]


def test_one_lost_text_does_not_displace_the_others() -> None:
    """The text that is gone says what another says near the end: what stands between them is still where it was."""
    texts = ["One", "Here", *(f"Passage {number}" for number in range(9)), "Here", "End"]
    document = Document(Metadata(), tuple(Paragraph((Text(text),)) for text in texts))
    assert _lacks(document, [*texts[:1], *texts[2:]]) == ([], ["Here"])
    assert _lacks(document, [*texts[:2], *texts[3:]]) == (["Passage 0"], [])
    assert _lacks(document, texts) == ([], [])
    assert _lacks(document, ["End", *texts[:-1]]) == ([], ["End"])


def _lacks(document: Document, said: list[str]) -> tuple[list[str], list[str]]:
    paragraph = Tag("P", "P", {})
    found = compare(document, TagTree([paragraph], [Piece(paragraph, text) for text in said]))
    return list(found.missing), list(found.displaced)


def test_a_page_for_people_and_a_status(folder: Path) -> None:
    right = pressout("verify", "planted.pdf", folder=folder)
    (folder / "cut.pdf").write_bytes((folder / "planted.pdf").read_bytes()[:9000])
    wrong = pressout("verify", "planted.pdf", "cut.pdf", folder=folder)
    assert (right.status, wrong.status) == (0, 1)
    assert "claims: PDF/UA-1, PDF/A-3a" in right.out
    assert len(right.out.splitlines()) < 40
    assert "is cut short" in wrong.out


# Validators


def test_a_claim_that_is_not_kept_is_found(folder: Path, whole: bytes) -> None:
    need(importlib.util.find_spec("page"), "page-validation")
    (folder / "claims.pdf").write_bytes(changed(whole, put(lambda pdf: element(pdf, "Note"), "/S", pikepdf.Name.Nonsense)))
    said = pressout("verify", "claims.pdf", folder=folder)
    assert said.status == 1
    assert "page-validation ua1: 1 error" in said.out


def test_verapdf_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in says what veraPDF 1.28 says: the real one has an installer of its own."""
    rule = {"ruleStatus": "FAILED", "specification": "ISO 14289-1:2014", "clause": "7.1", "testNumber": 5, "failedChecks": 3}
    details = {"ruleSummaries": [{**rule, "description": "No type without a standard one"}]}
    answer = {"report": {"jobs": [{"validationResult": [{"compliant": False, "details": details}]}]}}
    program = tmp_path / "verapdf"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(answer)}\nEND\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert [each.message for each in verapdf(tmp_path / "any.pdf", "ua1")] == [
        "ISO 14289-1:2014 7.1-5: No type without a standard one (3 times)"
    ]


def test_notes_that_moved_to_the_end_are_no_fault(tmp_path: Path) -> None:
    """They stand in a section that the article does not have; another one that it does not have is a fault still."""
    long = " ".join(f"Sentence {number} of a note that runs on for more than a page." for number in range(240))
    article = f"---\nlang: en\n---\n\n# A\n\n## One\n\nWords.[^n]\n\n[^n]: {long}\n"
    path, issue = tmp_path / "issue.pdf", tmp_path / "issue.toml"
    (tmp_path / "a.md").write_text(article)
    issue.write_text('title = "All"\narticles = ["a.md"]\n')
    report = Report()
    build(issue, Order(files=(path,)), report)
    assert any("the PDF has its notes at the end" in each.message for each in report.diagnostics)

    def sections() -> tuple[int, int]:
        document = proof_of(issue, complete(Order(), issue), Report()).document
        with pikepdf.open(path) as pdf:
            return compare(document, tag_tree(pdf, {})).counts["Sect and Aside"]

    assert sections() == (3, 3)
    (tmp_path / "a.md").write_text(article.replace("## One\n\n", ""))
    assert sections() == (2, 3)
