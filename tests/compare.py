# ruff: noqa: E501
"""Comparison: the kinds of input/specimen.md through pandoc and pressout; what each format then holds of them.

    python tests/compare.py

writes docs/comparison.md. A kind is native where its format has a thing of its own for it and the file holds that; imitated where
it is only made to look so; lost where nothing tells it from running text, or its words are gone. All is asked of the finished
files by XPath: of an EPUB's pages and sheet, of a Word file's parts, of a PDF's structure tree and its lines of text.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pypandoc
from lxml import etree

ROOT = Path(__file__).parents[1]
PRESSOUT = Path(sys.executable).parent / "pressout"
TOOLS = ("pandoc", "pressout")
FORMS = ("epub", "docx", "pdf")
NAMES = {"epub": "EPUB", "docx": "Word", "pdf": "PDF"}
READ_AS = "markdown+mark+alerts+autolink_bare_uris"
PDF_ENGINE = ("--pdf-engine=weasyprint", "--pdf-engine-opt=--pdf-variant", "--pdf-engine-opt=pdf/ua-1")


@dataclass(frozen=True)
class Kind:
    """A kind of the specimen: words of it, and what is asked of each format to see it; after `or else` what only looks like it."""

    name: str
    words: str
    epub: str
    docx: str
    pdf: str


KINDS = (
    Kind("title", "A specimen of every kind", "//h1", "//pStyle[@val='Title']", "//H1"),
    Kind("abstract", "The specimen is a test", "//*[@role='doc-abstract']", "//pStyle[@val='Abstract']", ""),
    Kind("headings", "Quotations", "//h2[.='Quotations']", "//pStyle[starts-with(@val, 'Heading')]", "//H2"),
    Kind("section with a role", "Introduction", "//section[@role='doc-introduction']", "", ""),
    Kind("emphasis", "emphasis", "//em[.='emphasis']", "//r[t='emphasis']/rPr[i or rStyle]", "//line/i[.='emphasis']"),
    Kind("link", "link to a site", "//a[contains(@href, 'page=2')]", "//hyperlink", "//Link"),
    Kind("small capitals", "phrase in small capitals", "//span[@class and contains(concat('.', @class), '.small')]", "//smallCaps", ""),
    Kind("highlight", "highlighted phrase", "//mark", "//r[t='highlighted phrase']/rPr[highlight or rStyle]", ""),
    Kind("abbreviation", "HTML", "//abbr[@title]", "", ""),
    Kind("subscript", "Water is H", "//sub", "//r[t='2']/rPr[vertAlign or rStyle]", "//line[.='2'][number(@size) < 16]"),
    Kind("nested list", "the third level", "//ul//ul//ul", "//numPr/ilvl[@val='2']", "//L//L//L"),
    Kind("list that starts at 3", "Fourth", "//ol[@start='3']", "//start[@val='3'] | //startOverride[@val='3']", "//L"),
    Kind("task list", "printed", "//li[contains(@class, 'task')] | //input[@type='checkbox']", "//lvlText[@val='☐'] or else //t[contains(., '☐')]", "//L"),
    Kind("definitions", "The length of a line", "//dl/dd", "//pStyle[starts-with(@val, 'Definition') or @val='Term']", ""),
    Kind("quotation", "A block quotation of two", "//blockquote", "//pStyle[@val='Quote' or @val='BlockText']", "//BlockQuote"),
    Kind("epigraph", "Set each page as if", "//*[@role='doc-epigraph'] or else //*[@class='epigraph']", "//pStyle[starts-with(@val, 'Epigraph')]", "//BlockQuote[2]"),
    Kind("pull quote", "A page is a promise", "//*[@role='doc-pullquote'] or else //*[@class='pull-quote']", "//pStyle[starts-with(@val, 'PullQuote')]", "//Aside"),
    Kind("verse", "The stick falls straight", "//*[@class='line'] or else //*[@class='line-block']", "//pStyle[@val='Verse'] or else //br", "//line[starts-with(., 'The stick') and contains(., 'tight')]"),
    Kind("table with a head", "Great Primer", "//thead//th[@scope] or else //thead//th", "//tblHeader", "//Table//TH"),
    Kind("table's number", "Type sizes under", "//caption[contains(., 'Table 1')]", "//instrText[contains(., 'SEQ Table')]", "//line[contains(., 'Table 1')]"),
    Kind("table's source", "Conversions at", "//*[@class='source-note'] or else //*[@data-source]", "//pStyle[@val='SourceNote']", "//line[contains(., 'Conversions')]"),
    Kind("spans in a table", "Size in mm", "//th[@colspan='2']", "//gridSpan[@val='2']", "//TH[@ColSpan='2']"),
    Kind("figure and caption", "A grey wedge shows", "//figure/figcaption[contains(., 'A grey wedge')]", "//pStyle[@val='Caption'] or else //pStyle[@val='ImageCaption']", "//Figure[Caption] | //*[Figure and Caption]"),
    Kind("alt text", "", "//img[contains(@alt, 'ten equal steps')]", "//docPr[contains(@descr, 'ten equal steps')]", "//Figure[contains(@Alt, 'ten equal steps')]"),
    Kind("decorative picture", "", "//img[@alt=''][@role='presentation'] or else //img[@alt='']", "//decorative", ""),
    Kind("figure's number", "", "//figcaption[contains(., 'Figure 1')]", "//instrText[contains(., 'SEQ Figure')]", "//line[contains(., 'Figure 1')]"),
    Kind("credit", "Drawn for this specimen", "//*[@class='credit'] or else //*[@data-credit]", "//rStyle[@val='Credit']", "//line[contains(., 'Drawn for')]"),
    Kind("code, coloured", "def fold", "//pre//span[@class]", "//r[t='def']/rPr[rStyle or color]", "//line/b[starts-with(., 'def')]"),
    Kind("footnote", "A plain note", "//aside[@role='doc-footnote' or @*='footnote']", "//footnote[contains(., 'A plain note')]", "//Note or else //L"),
    Kind("note used twice", "", "//p[contains(., 'once more')]/a[3][.='1']", "//instrText[contains(., 'NOTEREF')]", "//line[contains(., 'once more')][following-sibling::line[1]='1']"),
    Kind("callout", "Something a reader should", "//aside[@role='note'] or else //div[@class='note']", "//pStyle[starts-with(@val, 'Callout')]", "//Aside"),
    Kind("reference to a figure", "", "//a[.='Figure 1'][contains(@href, '#')]", "//instrText[contains(., ' REF fig')]", "//line//a[starts-with(., 'Figure 1')] | //Reference"),
    Kind("reference to a page", "", "//p[contains(., 'on page')]/a[contains(@href, '#')][number(.) > 0]", "//instrText[contains(., 'PAGEREF fig')]", "//line[number(substring(substring-after(., 'on page '), 1, 1)) > 0]"),
    Kind("break between thoughts", "", "//hr", "//pStyle[@val='ThematicBreak'] or else //pict", ""),
    Kind("passage in French", "Où donc est", "//*[@lang='fr']", "//lang[starts-with(@val, 'fr')]", "//*[starts-with(@Lang, 'fr')]"),
    Kind("passage in Arabic", "", "//*[@dir='rtl']", "//bidi", "//*[starts-with(@Lang, 'ar')]"),
    Kind("question and answer", "Is this an article", "//*[@role='doc-qna'] | //*[@class='question']", "//pStyle[@val='Question']", "//H3"),
    Kind("printed pages", "", "//nav[@*='page-list']", "", "//labels"),
)  # fmt: skip


def main() -> int:
    """Make the files, ask them, write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder)
        rows = [(kind, {tool: {form: _verdict(kind, form, folder / tool) for form in FORMS} for tool in TOOLS}) for kind in KINDS]
    (ROOT / "docs" / "comparison.md").write_text(_page(rows), encoding="utf-8")
    return 0


# Making


def _make(folder: Path) -> None:
    for tool in TOOLS:
        (folder / tool).mkdir()
    subprocess.run([PRESSOUT, "build", "-q", "input/specimen.md", "--out", folder / "pressout"], cwd=ROOT, check=True)
    article = folder / "specimen.md"
    article.write_text(_in_pandocs_words((ROOT / "input" / "specimen.md").read_text(encoding="utf-8")), encoding="utf-8")
    for form in FORMS:
        target = folder / "pandoc" / f"specimen.{form}"
        options = PDF_ENGINE if form == "pdf" else ()
        engine = [option.replace("=weasyprint", f"={PRESSOUT.with_name('weasyprint')}") for option in options]
        command = [pypandoc.get_pandoc_path(), "-s", "-f", READ_AS, *engine, article, "-o", target]
        subprocess.run(command, cwd=ROOT / "input", check=True, stderr=subprocess.DEVNULL)


def _in_pandocs_words(source: str) -> str:
    """The specimen with pandoc's own spelling where it has one: alt text, small capitals, verse."""
    source = re.sub(r'!\[([^\]]+)\]\((\S+) "([^"]+)"\)\{', r'![\3](\2){alt="\1" ', source).replace("{.small-caps}", "{.smallcaps}")

    def verse(found: re.Match[str]) -> str:
        return "\n".join(f"| {line}" for line in found[1].splitlines()) + "\n"

    return re.sub(r"^::: verse\n(.*?)^:::\n", verse, source, flags=re.MULTILINE | re.DOTALL)


# Asking


def _verdict(kind: Kind, form: str, folder: Path) -> str:
    tree = _tree(folder / f"specimen.{form}")
    asked = getattr(kind, form)
    if not asked:
        return "–"
    native, _, imitation = asked.partition(" or else ")
    if tree.xpath(native):
        return "native"
    if imitation and tree.xpath(imitation):
        return "imitated"
    return "lost" if _letters(kind.words) in _letters("".join(tree.itertext())) else "lost, words too"


def _letters(text: str) -> str:
    """The text without what the end of a line may change."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


_trees: dict[Path, etree._Element] = {}


def _tree(path: Path) -> etree._Element:
    if path not in _trees:
        root = etree.Element("file")
        if path.suffix == ".pdf":
            _read_pdf(path, root)
        else:
            _read_archive(path, root)
        for element in root.iter(etree.Element):
            element.text, element.tail = _plain(element.text), _plain(element.tail)
        _trees[path] = root
    return _trees[path]


def _plain(text: str | None) -> str:
    return (text or "").replace("\u00a0", " ")


def _read_archive(path: Path, root: etree._Element) -> None:
    """The parts of a file, without namespaces: names alone say enough here."""
    archive = zipfile.ZipFile(path)
    for name in sorted(archive.namelist()):
        if name.endswith((".xhtml", ".xml")) and not name.startswith(("META-INF", "docProps", "[")):
            part = etree.fromstring(archive.read(name))
            for element in part.iter(etree.Element):
                element.tag = etree.QName(element).localname
                for key in list(element.attrib):
                    element.set(etree.QName(key).localname, element.attrib.pop(key))
            root.append(part)


def _read_pdf(path: Path, root: etree._Element) -> None:
    """The structure tree with the attributes that say something, then the lines of text in their type."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" in pdf.Root:
            _structure(pdf.Root.StructTreeRoot.get("/K"), root)
        if "/PageLabels" in pdf.Root:
            etree.SubElement(root, "labels")
    lines = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", path], capture_output=True, check=True).stdout
    found = etree.fromstring(lines, etree.XMLParser(recover=True))
    sizes = {font.get("id"): font.get("size") for font in found.iter("fontspec")}
    for line in found.iter("text"):
        line.tag = "line"
        line.set("size", sizes.get(line.get("font"), "0"))
        root.append(line)


def _structure(node: object, parent: etree._Element) -> None:
    if isinstance(node, pikepdf.Array):
        for child in node:
            _structure(child, parent)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        element = etree.SubElement(parent, str(node.S).lstrip("/"))
        attributes = node.get("/A")
        for holder in (node, *(attributes if isinstance(attributes, pikepdf.Array) else [attributes])):
            if isinstance(holder, pikepdf.Dictionary):
                for key in ("/Alt", "/Lang", "/ColSpan", "/Scope"):
                    if key in holder:
                        element.set(key[1:], str(holder[key]))
        _structure(node.get("/K"), element)


# Writing

PAGE = """\
# Comparison

Made by `make compare` from [input/specimen.md](../input/specimen.md), with pressout {pressout} and pandoc {pandoc}; pandoc's
PDF by way of WeasyPrint {weasyprint}, as PDF/UA-1. The commands:

```sh
pressout build input/specimen.md
{commands}
```

pandoc got the specimen in its own words where it has them: alt text as an attribute, `.smallcaps`, verse as a line block. It runs
without filters of others, some of which number figures and resolve references; and the kinds are those of pressout's own specimen.
The tests were written by pressout's makers with the files of both in view: some look for the names that pressout gives its styles, and
several in the PDF find only that words or lines stand there. Read pressout's column as what is carried, not as a score.

*Native*: the format has a thing of its own for it, and the file holds that. *Imitated*: made to look so. *Lost*: nothing tells it from
running text; *words too*: nor are its words there. A dash: the format has nothing for it, or nothing that a program can see.

| Kind | {heads} |
|---|{rules}
{rows}

{sums}

## How it was seen

By XPath, without namespaces: in an EPUB's pages, in the parts of a Word file, in a PDF's structure tree and the lines of text that
`pdftohtml -xml` gives. What stands behind *or else* is seen as an imitation.

| Kind | EPUB | Word | PDF |
|---|---|---|---|
{seen}
"""


def _page(rows: list[tuple[Kind, dict[str, dict[str, str]]]]) -> str:
    columns = [(tool, form) for form in FORMS for tool in TOOLS]
    commands = [
        f"pandoc -s -f {READ_AS} {' '.join((*PDF_ENGINE, '')) if form == 'pdf' else ''}specimen.md -o specimen.{form}"
        for form in FORMS
    ]
    lines = [f"| {kind.name} | " + " | ".join(found[tool][form] for tool, form in columns) + " |" for kind, found in rows]
    seen = [f"| {kind.name} | " + " | ".join(_code(getattr(kind, form)) for form in FORMS) + " |" for kind, _ in rows]
    sums = [_sum(tool, [found[tool][form] for _, found in rows for form in FORMS]) for tool in TOOLS]
    return PAGE.format(
        pressout=version("pressout"),
        pandoc=pypandoc.get_pandoc_version(),
        weasyprint=version("weasyprint"),
        commands="\n".join(commands),
        heads=" | ".join(f"{NAMES[form]}: {tool}" for tool, form in columns),
        rules="---|" * len(columns),
        rows="\n".join(lines),
        sums="\n".join(sums),
        seen="\n".join(seen),
    )


def _sum(tool: str, found: list[str]) -> str:
    counts = [f"{found.count(name)} {name}" for name in ("native", "imitated", "lost", "lost, words too") if found.count(name)]
    return f"- {tool}: " + ", ".join(counts)


def _code(asked: str) -> str:
    escaped = asked.replace("|", "\\|")
    return f"`{escaped}`" if asked else "–"


if __name__ == "__main__":
    sys.exit(main())
