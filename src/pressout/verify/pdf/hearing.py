"""What somebody who listens to a PDF would stumble over: its tags, and the words that stand in for what is seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pressout.diagnostics import Diagnostic
from pressout.languages import KNOWN, told_language
from pressout.terms import language
from pressout.verify.findings import error, listed, note, pages, warning
from pressout.verify.pdf.facts import Facts
from pressout.verify.pdf.links import links_of
from pressout.verify.pdf.tables import crooked, tables_of
from pressout.verify.pdf.tags import Tag, TagTree

HEADINGS = tuple(f"H{level}" for level in range(1, 7))
# WCAG 2.2, failure F30: file names and what programs and cameras write are no text in place of a picture
FILE_NAME = re.compile(r"\S(?:[^/\\]*[^/\\.\s])?\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|heic|avif|eps|pdf)", re.IGNORECASE)
SAYS_NOTHING = re.compile(r"(?:image|picture|photo|figure|graphic|img|dsc[fn]?|pict?|screenshot|untitled)[-_ ]*\d*", re.IGNORECASE)
# Links that say nothing of where they lead, if they are heard alone (WCAG 2.2, 2.4.9), in the languages that pressout knows
NOWHERE = re.compile(
    "here|click here|this link|link|more|read more|learn more|hier|hier klicken|klicken sie hier|mehr|weiterlesen|ici|cliquez ici"
    "|en savoir plus|lire la suite|aquí|haga clic aquí|más|leer más|qui|clicca qui|leggi tutto|tutaj|kliknij tutaj|więcej|здесь"
    "|тут|подробнее|aqui|clique aqui|saiba mais|klik hier|meer|lees meer|εδώ|こちら|ここ|这里|点击这里|這裡|點擊這裡|여기"
    "|כאן|هنا|اینجا|यहाँ|यहां|இங்கே"
)
BULLET = re.compile(r"\s*[•◦▪‣●○■∙·]\s*\S")
FEW = 2  # paragraphs with a bullet each that are not yet a list
TELLING = 500  # letters that tell a language


def tags(pdf: Any, facts: Facts) -> Iterator[Diagnostic]:
    """Everything that is wrong with a tag tree, or that there is none."""
    if not facts.tagged:
        yield error("has no tags: a screen reader guesses what is a heading, a list, a table, and in which order to read")
        return
    words = words_of(facts.tree)
    yield from _figures(facts.tree)
    yield from _headings(facts.tree, words)
    yield from _tables(facts.tree)
    yield from _lists(facts.tree, words)
    yield from _links(pdf)
    yield from _link_words(facts.tree, words)
    yield from _language(facts)


def words_of(tree: TagTree) -> Mapping[int, str]:
    """What each element says with all that stands in it, by the element's identity."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for piece in tree.pieces:
        for above in piece.tag.within():
            found[id(above)].append(piece.text)
    return {key: " ".join("".join(texts).split()) for key, texts in found.items()}


def _figures(tree: TagTree) -> Iterator[Diagnostic]:
    for kind in ("Figure", "Formula"):
        silent = []
        for number, tag in enumerate((tag for tag in tree.tags if tag.standard == kind), 1):
            alternative = str(tag.element.get("/Alt", "")).strip()
            if FILE_NAME.fullmatch(alternative):
                yield error(f"the text in place of {kind.lower()} {number} is a file's name: '{alternative}'")
            elif SAYS_NOTHING.fullmatch(alternative):
                yield error(f"the text in place of {kind.lower()} {number} says nothing: '{alternative}'")
            elif not (alternative or "/ActualText" in tag.element):
                silent.append(number)
        if silent:
            yield error(
                f"the {listed(kind.lower(), silent)} {'has no text in its' if len(silent) == 1 else 'have no text in their'} place"
            )


def _headings(tree: TagTree, words: Mapping[int, str]) -> Iterator[Diagnostic]:
    headings = [tag for tag in tree.tags if tag.standard in HEADINGS]
    levels = [HEADINGS.index(tag.standard) + 1 for tag in headings]
    if levels and levels[0] != 1:
        yield error(f"its first heading is H{levels[0]}, not H1")
    if not levels and not any(tag.standard == "H" for tag in tree.tags):
        yield warning("has no headings: a listener cannot go from one to the next")
    for above, level in sorted(set(pairwise(levels))):
        if level > above + 1:
            yield error(f"leaves a level of headings out: H{level} follows H{above}")
    shown = {id(above) for tag in tree.tags if tag.standard in ("Figure", "Formula") for above in tag.within()}
    if empty := [number for number, tag in enumerate(headings, 1) if not words.get(id(tag)) and id(tag) not in shown]:
        yield error(f"the {listed('heading', empty)} {'has' if len(empty) == 1 else 'have'} no words")


def _tables(tree: TagTree) -> Iterator[Diagnostic]:
    for number, table in enumerate(tables_of(tree), 1):
        kinds = {tag.standard for tag in table.parts}
        if "TD" in kinds and "TH" not in kinds:
            yield error(f"table {number} has no header cells: a listener does not know what its figures mean")
        elif "TR" not in kinds:
            yield error(f"table {number} has no rows")
        if widths := crooked(table):
            yield error(f"table {number} has rows of {' and '.join(map(str, widths))} columns: a listener loses count")
        if table.heads and not any(map(_tells_its_cells, table.heads)):
            yield warning(f"the header cells of table {number} do not say whether they head rows or columns")


def _tells_its_cells(head: Tag) -> bool:
    """By its scope, or by a name that cells refer to (ISO 14289-1, 7.5)."""
    return "/ID" in head.element or "/C" in head.element or "/Scope" in head.attributes()


def _lists(tree: TagTree, words: Mapping[int, str]) -> Iterator[Diagnostic]:
    bulleted = [
        tag
        for tag in tree.tags
        if tag.standard == "P" and BULLET.match(words.get(id(tag), "")) and not any(above.standard == "L" for above in tag.within())
    ]
    if len(bulleted) >= FEW:
        yield warning(f"{len(bulleted)} paragraphs begin with a bullet and are in no list: a listener does not hear how long it is")


def _links(pdf: Any) -> Iterator[Diagnostic]:
    linked = {number: (page, links) for number, page in enumerate(pdf.pages, 1) if (links := links_of(page))}
    loose = {
        number: count for number, (_, links) in linked.items() if (count := sum("/StructParent" not in each for each in links))
    }
    if loose:
        yield error(f"{sum(loose.values())} links on {pages(loose)} are in no tag")
    if astray := [number for number, (page, _) in linked.items() if str(page.obj.get("/Tabs")) != "/S"]:
        yield warning(f"the tab key goes through the links of {pages(astray)} in no order that is told")


def _link_words(tree: TagTree, words: Mapping[int, str]) -> Iterator[Diagnostic]:
    said = [words.get(id(tag), "") for tag in tree.tags if tag.standard == "Link"]
    if vague := [each for each in said if NOWHERE.fullmatch(each.strip(" .…»>→").casefold())]:
        others = f" and {len(vague) - 1} more" if len(vague) > 1 else ""
        yield note(f"a link says '{vague[0]}'{others}: who goes from link to link hears no more than that")


def _language(facts: Facts) -> Iterator[Diagnostic]:
    """Whether the text is in the language that the file says, but for code and parts that say another; where the letters tell."""
    text = " ".join(piece.text for piece in facts.tree.pieces if not any(map(_is_foreign, piece.tag.within())))
    said, read = language(facts.language), told_language(text)
    if sum(map(str.isalpha, text)) < TELLING or said not in KNOWN or not read:
        return
    if said.partition("-")[0] != read.partition("-")[0]:
        yield warning(f"says that its language is '{facts.language}', and its text reads as '{read}'")


def _is_foreign(tag: Tag) -> bool:
    return tag.standard == "Code" or ("/Lang" in tag.element and tag.parent is not None)
