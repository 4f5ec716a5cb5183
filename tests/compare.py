# ruff: noqa: E501
"""Comparison: the kinds of input/specimen.md through pandoc and pressout; what each format then holds of them.

    python tests/compare.py

writes docs/comparison.md. A kind is native where its format has a thing of its own for it and the file holds that; imitated where
it is only made to look so; lost where nothing tells it from running text, or its words are gone. All is asked of the finished
files by XPath: of an EPUB's pages, of a Word file's parts with their styles, of a PDF's structure tree and its lines of text. No
question knows a name that one of the tools has made up. And each is asked of a control too: the same words without any marks, made
by both tools, where nothing may be found. A question that finds its kind there would find it anywhere.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
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
# Words of paragraphs that are nothing but running text
RUNNING = ("A paragraph of running text", "A second paragraph ends with", "Units stand in the head", "Text runs on beside", "Words")

OF_ANY_TEXT = ("printed pages",)  # the control has pages as well


@dataclass(frozen=True)
class Kind:
    """A kind of the specimen: words of it, and what is asked of each format to see it; after `or else` what only looks like it."""

    name: str
    words: str
    epub: str
    docx: str
    pdf: str


KINDS = (
    Kind("title", "A specimen of every kind", "//h1[says('A specimen of every kind')]", "//p[@name='Title'][says('A specimen of every kind')]", "//H1[says('A specimen of every kind')] | //Title[says('A specimen of every kind')]"),
    Kind("abstract", "The specimen is a test", "//*[@role='doc-abstract' or @type='abstract'][says('The specimen is a test')]", "//p[@own][says('The specimen is a test')]", ""),
    Kind("headings", "Quotations", "//h2[says('Quotations')]", "//p[starts-with(@name, 'heading ')][says('Quotations')]", "//H2[says('Quotations')]"),
    Kind("section with a role", "Introduction", "//section[@role='doc-introduction' or @type='introduction'][says('Introduction')]", "", ""),
    Kind("emphasis", "emphasis", "//p[says('It has')]//em[says('emphasis')]", "//r[t='emphasis'][slanted()]", "//line/i[.='emphasis']"),
    Kind("link", "link to a site", "//a[@href='https://www.example.org/type?page=2&lang=en'][says('link to a site')]", "//hyperlink[says('link to a site')]", "//Link[says('link to a')]"),
    Kind("small capitals", "phrase in small capitals", "//span[@class][says('phrase in small capitals')]", "//r[says('phrase in small capitals')][has('smallCaps')]", ""),
    Kind("highlight", "highlighted phrase", "//mark[says('highlighted phrase')]", "//r[says('highlighted phrase')][has('highlight') or has('shd')]", ""),
    Kind("abbreviation", "HTML", "//abbr[@title='HyperText Markup Language'][.='HTML']", "", "//*[@E='HyperText Markup Language']"),
    Kind("subscript", "Water is H", "//p[says('Water is')]/sub[.='2']", "//p[says('Water is')]/r[t='2'][has('vertAlign')]", "//line[.='2'][preceding-sibling::line[1][contains(., 'Water is H')]/@size > @size]"),
    Kind("nested list", "the third level", "//ul//ul//ul[says('the third level')]", "//p[pPr/numPr/ilvl/@val='2'][says('the third level')]", "//L//L//L[says('the third level')]"),
    Kind("list that starts at 3", "Fourth", "//ol[@start='3'][li[1][says('Third')]]", "//p[says('Third')][counted_from('3')]", "//LI[Lbl[says('3.')]][LBody[says('Third')]]"),
    Kind("task list", "printed", "//li[says('printed')][contains(@class, 'task') or .//input[@type='checkbox']]", "//p[says('printed')][signed('☐')] or else //p[contains(., '☐')][says('printed')]", "//LI[Lbl[says('☐')]][LBody[says('printed')]]"),
    Kind("definitions", "The length of a line", "//dl[dt[says('Measure')]]/dd[says('The length of a line')]", "//p[@own][says('The length of a line')]", "//LI[Lbl[says('Measure')]][LBody[says('The length of a line')]] or else //L[says('The length of a line')]"),
    Kind("quotation", "A block quotation of two", "//blockquote[says('A block quotation of two')]", "//p[@own][says('A block quotation of two')]", "//BlockQuote[says('A block quotation of two')]"),
    Kind("epigraph", "Set each page as if", "//*[@role='doc-epigraph' or @type='epigraph'][says('Set each page as if')] or else //*[@class='epigraph'][says('Set each page as if')]", "//p[@own][says('Set each page as if')]", "//BlockQuote[says('Set each page as if')]"),
    Kind("pull quote", "A page is a promise", "//*[@role='doc-pullquote' or @type='pullquote'][says('A page is a promise')] or else //*[@class='pull-quote'][says('A page is a promise')]", "//p[@own][says('A page is a promise')]", "//BlockQuote[says('A page is a promise')] or else //*[@own='Aside'][says('A page is a promise')]"),
    Kind("verse", "The stick falls straight", "//*[self::span or self::div][@class='line'][says('The stick falls straight')][not(says('the forme'))] or else //*[says('The stick falls straight')]/br", "//p[@own][says('The stick falls straight')][not(says('the forme'))] or else //p[says('The stick falls straight')]//br", "//line[starts-with(., 'The stick falls')][contains(., 'type stands tight')][not(contains(., 'forme'))]"),
    Kind("table with a head", "Great Primer", "//table[says('Great Primer')]/thead//th[@scope] or else //table[says('Great Primer')]/thead//th", "//tbl[says('Great Primer')]/tr/trPr/tblHeader", "//Table[says('Great Primer')]//*[self::TH[@Scope] or self::TD[@Headers]] or else //Table[says('Great Primer')]//TH"),
    Kind("table's number", "Type sizes under", "//caption[says('Type sizes under')][says('Table 1')]", "//p[says('Type sizes under')][says('Table 1')][.//instrText[contains(., 'SEQ')]] or else //p[says('Type sizes under')][says('Table 1')]", "//Caption[says('Type sizes under')][says('Table 1')] or else //line[contains(., 'Table 1')]"),
    Kind("table's source", "Conversions at", "//*[@class][says('Conversions at')][not(says('Pica'))][not(self::body)] or else //*[@data-source]", "//p[@own][says('Conversions at')]", "//*[count(Table) = 1][Table[says('Great Primer')]]/*[self::P or self::Caption][says('Conversions at')]"),
    Kind("spans in a table", "Size in mm", "//th[@colspan='2'][says('Size in mm')]", "//tc[tcPr/gridSpan/@val='2'][says('Size in mm')]", "//TH[@ColSpan='2'][says('Size in mm')]"),
    Kind("figure and caption", "A grey wedge shows", "//figure[.//img]/figcaption[says('A grey wedge shows')]", "//p[@name='caption'][says('A grey wedge shows')] or else //p[@own][says('A grey wedge shows')]", "//Figure[Caption[says('A grey wedge shows')]] | //*[.//Figure][Caption[says('A grey wedge shows')]][not(.//Caption[2])]"),
    Kind("alt text", "", "//img[contains(@alt, 'ten equal steps')]", "//docPr[contains(@descr, 'ten equal steps')]", "//Figure[contains(@Alt, 'ten equal steps')]"),
    Kind("decorative picture", "", "//img[@alt=''][@role='presentation' or @role='none'] or else //img[@alt='']", "//docPr//decorative", ""),
    Kind("figure's number", "", "//figcaption[says('A grey wedge shows')][says('Figure 1')]", "//p[says('A grey wedge shows')][says('Figure 1')][.//instrText[contains(., 'SEQ')]]", "//Caption[says('A grey wedge shows')][says('Figure 1')]"),
    Kind("credit", "Drawn for this specimen", "//figure//*[@class][says('Drawn for this specimen')][not(says('A grey wedge'))] or else //*[@data-credit]", "//r[rPr/rStyle][says('Drawn for this specimen')] | //p[@own][says('Drawn for this specimen')]", "//Caption[says('Drawn for this specimen')]"),
    Kind("code, coloured", "def fold", "//pre//span[@class][.='def']", "//r[t='def'][rPr/color or has('color')]", "//line/b[starts-with(., 'def')]"),
    Kind("footnote", "A plain note", "//aside[@role='doc-footnote' or @type='footnote'][says('A plain note')]", "//footnote[says('A plain note')]", "//Note[says('A plain note')] or else //L[says('A plain note')]"),
    Kind("note used twice", "", "//p[says('once more')]/a[3][.='1']", "//p[says('once more')]//instrText[contains(., 'NOTEREF')]", "//line[contains(., 'once more')][following-sibling::line[1]='1']"),
    Kind("callout", "Something a reader should", "//aside[@role='note'][says('Something a reader should')] or else //div[@class='note'][says('Something a reader should')]", "//p[@own][says('Something a reader should')]", "//Note[says('Something a reader should')] or else //*[@own='Aside'][says('Something a reader should')]"),
    Kind("reference to a figure", "", "//p[says('See')][says('the section')]//a[.='Figure 1'][contains(@href, '#')]", "//p[says('See')][says('the section')]//instrText[contains(., ' REF ')]", "//P[says('the section')]//Link[says('Figure 1')]"),
    Kind("reference to a page", "", "//p[contains(., 'on page')]/a[contains(@href, '#')][number(.) > 0]", "//p[says('the section')]//instrText[contains(., 'PAGEREF')]", "//line[number(substring(substring-after(., 'on page '), 1, 1)) > 0]"),
    Kind("break between thoughts", "", "//hr[following::p[says('A thematic break stands')]]", "//p[following-sibling::p[1][says('A thematic break stands')]][pPr/pBdr or @own] or else //pict", ""),
    Kind("passage in French", "Où donc est", "//*[@lang='fr'][says('Où donc est')]", "//p[says('Où donc est')]//lang[starts-with(@val, 'fr')]", "//*[starts-with(@Lang, 'fr')][says('Où donc est')]"),
    Kind("passage in Arabic", "", "//*[@dir='rtl'][says('الطباعة')]", "//p[pPr/bidi][says('الطباعة')]", "//*[starts-with(@Lang, 'ar')]"),
    Kind("question and answer", "Is this an article", "//*[@role='doc-qna' or @type='qna'][says('Is this an article')]", "//p[@own][not(starts-with(@name, 'heading'))][says('Is this an article')] or else //p[@own][says('Is this an article')]", "//Sect[H3[says('Is this an article')]][not(says('Why is it so short'))] or else //H3[says('Is this an article')]"),
    Kind("printed pages", "", "//nav[@type='page-list'][.//a]", "", "//labels"),
)  # fmt: skip


def main() -> int:
    """Make the files, ask them, write the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder)
        rows = [(kind, {tool: {form: _verdict(kind, form, folder / tool) for form in FORMS} for tool in TOOLS}) for kind in KINDS]
        blind = [
            f"{kind.name} in {tool}'s {form}"
            for kind in KINDS
            for tool in TOOLS
            for form in FORMS
            if _is_blind(kind, form, folder / tool)
        ]
    if blind:
        print("found where there is none:", *blind, sep="\n  ")
        return 1
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
    _make_control(folder)


def _make_control(folder: Path) -> None:
    """The specimen's words in plain paragraphs, as an e-book of pandoc's has them, under a title of their own."""
    words = folder / "words.txt"
    book = folder / "pandoc" / "specimen.epub"
    subprocess.run(
        [pypandoc.get_pandoc_path(), "-t", "plain", "--wrap=none", book, "-o", words], check=True, stderr=subprocess.DEVNULL
    )
    lines = (re.sub(r"[^\w\s.,:;?]", "", line).strip() for line in words.read_text(encoding="utf-8").splitlines())
    control = folder / "control.md"
    # A letter before each line, lest a number or a bullet begin it
    control.write_text("\n\n".join(f"Words {line}" for line in lines if line), encoding="utf-8")
    subprocess.run([PRESSOUT, "build", "-q", control, "--out", folder / "pressout"], check=True, stderr=subprocess.DEVNULL)
    for form in FORMS:
        options = [option.replace("=weasyprint", f"={PRESSOUT.with_name('weasyprint')}") for option in PDF_ENGINE if form == "pdf"]
        command = [pypandoc.get_pandoc_path(), "-s", "-f", READ_AS, *options, control, "-o", folder / "pandoc" / f"control.{form}"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


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


def _is_blind(kind: Kind, form: str, folder: Path) -> bool:
    """Whether the question finds its kind where there are only words."""
    native = getattr(kind, form).partition(" or else ")[0]
    return bool(native) and kind.name not in OF_ANY_TEXT and bool(_tree(folder / f"control.{form}").xpath(native))


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
    if path.suffix == ".docx":
        _name_styles(root)


def _name_styles(root: etree._Element) -> None:
    """Each paragraph of a Word file with its style's name, and `own` where running text has another."""
    names = {style.get("styleId"): style.find("name").get("val") for style in root.iter("style")}
    for line in root.iter("p"):
        style = line.find("pPr/pStyle")
        line.set("name", names.get(style.get("val"), "") if style is not None else "Normal")
    running = {line.get("name") for line in root.iter("p") if any(_says(line, words) for words in RUNNING)}
    for line in root.iter("p"):
        if line.get("name") not in running:
            line.set("own", "yes")


def _read_pdf(path: Path, root: etree._Element) -> None:
    """The structure tree with its text and the attributes that say something, then the lines of text in their type."""
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, check=True, text=True).stdout
    _structure(told, root)
    with pikepdf.open(path) as pdf:
        elements = [element for element in root.iter(etree.Element) if element is not root and element.tag != "words"]
        if "/StructTreeRoot" in pdf.Root:
            nodes = list(_nodes(pdf.Root.StructTreeRoot.get("/K")))
            assert len(nodes) == len(elements), (path, len(nodes), len(elements))
            for node, element in zip(nodes, elements, strict=True):
                _note_attributes(node, element)
        if "/PageLabels" in pdf.Root:
            etree.SubElement(root, "labels")
    lines = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", path], capture_output=True, check=True).stdout
    found = etree.fromstring(lines, etree.XMLParser(recover=True))
    sizes = {font.get("id"): font.get("size") for font in found.iter("fontspec")}
    for line in found.iter("text"):
        line.tag = "line"
        line.set("size", sizes.get(line.get("font"), "0"))
        root.append(line)


def _structure(told: str, root: etree._Element) -> None:
    """The elements that pdfinfo tells of, two blanks for each level, with their words between quotation marks."""
    open_elements = [root]
    for line in told.splitlines():
        words = re.fullmatch(r' *"(.*)"', line)
        named = re.fullmatch(r"( *)([A-Z][A-Za-z0-9]*)( <[^>]*>)?( \((?:block|inline)\))?:?", line)
        if words:
            before = open_elements[-1]
            target = etree.SubElement(before, "words")
            target.text = words[1]
        elif named:
            del open_elements[len(named[1]) // 2 + 1 :]
            open_elements.append(etree.SubElement(open_elements[-1], named[2]))


def _nodes(node: object) -> Iterator[pikepdf.Dictionary]:
    """The elements of a structure tree, each before those that it holds."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _nodes(node.get("/K"))


def _note_attributes(node: pikepdf.Dictionary, element: etree._Element) -> None:
    attributes = node.get("/A")
    element.set("own", str(node.S).lstrip("/"))
    for holder in (node, *(attributes if isinstance(attributes, pikepdf.Array) else [attributes])):
        if isinstance(holder, pikepdf.Dictionary):
            for key in ("/Alt", "/Lang", "/ColSpan", "/Scope", "/Headers", "/E"):
                if key in holder:
                    element.set(key[1:], str(holder[key]))


# What the questions may ask beside XPath's own functions


def _says(node: etree._Element, words: str) -> bool:
    """Whether these are among the words that a reader sees of an element."""
    return _letters(words) in _letters("".join(node.xpath(".//text()[not(parent::instrText)]")))


def _defined(run: etree._Element) -> list[etree._Element]:
    """What dresses a run of a Word file: its own properties, and those of its style."""
    style = run.find("rPr/rStyle")
    named = style.get("val") if style is not None else ""
    dressed = [
        run.find("rPr"),
        *(each.find("rPr") for each in run.getroottree().iter("style") if named and each.get("styleId") == named),
    ]
    return [each for each in dressed if each is not None]


def _has(run: etree._Element, name: str) -> bool:
    return any(each.find(name) is not None for each in _defined(run))


def _level(line: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """The definition of the list level of a Word paragraph, and what its list says of it instead."""
    number, level = (line.find(f"pPr/numPr/{name}") for name in ("numId", "ilvl"))
    if number is None or level is None:
        return None, None
    root, depth = line.getroottree(), level.get("val")
    instance = next(each for each in root.iter("num") if each.get("numId") == number.get("val"))
    abstract = next(
        each for each in root.iter("abstractNum") if each.get("abstractNumId") == instance.find("abstractNumId").get("val")
    )
    found = next(each for each in abstract.iter("lvl") if each.get("ilvl") == depth)
    return found, next((each for each in instance.iter("lvlOverride") if each.get("ilvl") == depth), None)


def _value(element: etree._Element | None, path: str) -> str:
    found = None if element is None else element.find(path)
    return "" if found is None else found.get("val", "")


def _counted_from(line: etree._Element, start: str) -> bool:
    level, override = _level(line)
    return (_value(override, "startOverride") or _value(level, "start")) == start


def _signed(line: etree._Element, sign: str) -> bool:
    level, override = _level(line)
    return sign in (_value(override, "lvl/lvlText"), _value(level, "lvlText"))


functions = etree.FunctionNamespace(None)
functions["says"] = lambda context, words: _says(context.context_node, words)
functions["has"] = lambda context, name: _has(context.context_node, name)
functions["slanted"] = lambda context: _has(context.context_node, "i")
functions["counted_from"] = lambda context, start: _counted_from(context.context_node, start)
functions["signed"] = lambda context, sign: _signed(context.context_node, sign)


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
Each kind is looked for at its own words, by what its format has for it; of styles in Word only the names that are Word's own count, or
that a style is not that of running text. All questions were asked of a control too: the specimen's words without any marks, made by
both tools. None found its kind there, but for printed pages, which any text has.

*Native*: the format has a thing of its own for it, and the file holds that. *Imitated*: made to look so. *Lost*: nothing tells it from
running text; *words too*: nor are its words there. A dash: the format has nothing for it, or nothing that a program can see.

| Kind | {heads} |
|---|{rules}
{rows}

{sums}

## How it was seen

By XPath, without namespaces: in an EPUB's pages, in the parts of a Word file, in a PDF's structure tree as `pdfinfo -struct-text` tells it,
with its attributes, and in the lines of text that `pdftohtml -xml` gives. `says` is true where the element has these words, whatever
lines they stand in; `@name` is the name of a paragraph's style, `@own` marks one that no running text has; `has` asks a run or its
character style; in a PDF `@own` is the name of an element before its role map makes it another; `counted_from` and `signed` the list that a paragraph belongs to. What stands behind *or else* is seen as an imitation.

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
