"""Prepare: what holds for every document, however odd or large."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pressout.diagnostics import Report, Span
from pressout.edition import Edition
from pressout.languages import guessed_language
from pressout.model import (
    Attributes,
    Block,
    Callout,
    Cell,
    Column,
    CrossReference,
    Definition,
    DefinitionList,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteReference,
    Paragraph,
    Phrase,
    QuestionAnswer,
    Quote,
    Row,
    Section,
    Table,
    Text,
    Verse,
)
from pressout.prepare import prepare
from pressout.prepare.slugs import as_name, slug
from pressout.theme import load_theme
from pressout.walk import everything, inside, plain_text, rewrite, walk

PLAIN = load_theme("plain", Report())


def prepared(*blocks: Block, report: Report | None = None, notes: tuple[Note, ...] = ()) -> Document:
    document = Document(Metadata(title=(Text("T"),), lang="en"), blocks, notes, name="a.md")
    return prepare(document, PLAIN, Edition(), report or Report())


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def heading(level: int, words: str, name: str = "", span: Span | None = None) -> Heading:
    return Heading(level, (Text(words),), attributes=Attributes(id=name), span=span)


# Anchors

# XML 1.0, fifth edition, section 2.3, productions 4 and 4a, without the colon
START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = re.compile(rf"[{START}][{START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("What’s in cloud.gov?", "whats-in-cloudgov"),
        ("Été & Übermaß, œuvre", "ete-ubermass-oeuvre"),
        ("Ελληνικά ίχνη", "ελληνικά-ίχνη"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("हिन्दी में", "हिन्दी-में"),
        ("日本語の見出し", "日本語の見出し"),
        ("10 ways to win", "ways-to-win"),
        ("x² + ½", "x2-1-2"),
        ("2024/25", "thing-2024-25"),
        ("🎉!", "thing"),
        ("", "thing"),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("字" * 100, "字" * 60),
    ],
)
def test_anchors_are_made_of_words(words: str, name: str) -> None:
    assert slug(words, "thing") == name


@given(st.text(max_size=30))
def test_an_anchor_is_a_name_in_xml(words: str) -> None:
    for name in (slug(words, "thing"), as_name(words) or "x"):
        assert NAME.fullmatch(name)
        etree.fromstring(f"<{name}/>")


NAMES = st.sampled_from(["", "", "a", "a-2", "note-1", "1st", "a b", "é"])
WORDS = st.sampled_from(["A", "a 2", "Note 1", "é", "", "?", "2024"])
HEADINGS = st.builds(heading, st.integers(1, 6), WORDS, NAMES)
FIGURES = st.builds(lambda name: Figure((Image("a.png", "a"),), attributes=Attributes(id=name)), NAMES)
PHRASES = st.builds(lambda name: paragraph(Phrase((Text("x"),), attributes=Attributes(id=name))), NAMES)
ITEMS = st.builds(lambda name: List((ListItem((paragraph("x"),), attributes=Attributes(id=name)),)), NAMES)
CELLS = st.builds(lambda name: Table((Column(),), (), (Row((Cell((), attributes=Attributes(id=name)),)),)), NAMES)
TERMS = st.builds(lambda name: DefinitionList((Definition(((Text("x"),),), (), attributes=Attributes(id=name)),)), NAMES)
BLOCKS = st.one_of(HEADINGS, FIGURES, PHRASES, ITEMS, CELLS, TERMS)


@given(st.lists(BLOCKS, max_size=12))
@settings(deadline=None)
def test_every_target_has_a_name_of_its_own(blocks: list[Block]) -> None:
    done = prepared(*blocks, Division(tuple(blocks)))
    names = [piece.attributes.id for piece in everything(done) if piece.attributes.id]
    assert len(names) == len(set(names))
    assert all(NAME.fullmatch(name) for name in names)
    assert not any(name in ("note-1", "note-1-mark") for name in names)
    for piece in everything(done):
        match piece:
            case Section() | Figure() | Table() | QuestionAnswer():
                assert piece.attributes.id
            case _:
                continue


def test_a_name_made_of_words_stays_when_others_come_after() -> None:
    one = [piece.attributes.id for piece in prepared(heading(1, "A"), heading(1, "A")).blocks]
    two = [piece.attributes.id for piece in prepared(heading(1, "A"), heading(1, "A"), heading(1, "A"), heading(1, "B")).blocks]
    assert two[: len(one)] == one == ["a", "a-2"]


# Sections


@given(st.lists(HEADINGS, max_size=15))
def test_levels_are_dense_and_every_heading_is_kept(headings: list[Heading]) -> None:
    done = prepared(*headings)
    found = [piece for piece in walk(done.blocks) if isinstance(piece, Section)]
    first_is_title = bool(headings) and headings[0].level == 1 and plain_text(headings[0].content).lower() == "t"
    assert len(found) == len(headings) - first_is_title
    _check_levels(done.blocks, 1)


def _check_levels(blocks: tuple[Block, ...], level: int) -> None:
    for block in blocks:
        match block:
            case Section(heading=Heading(level=found), blocks=inner):
                assert found == level
                _check_levels(inner, level + 1)
            case _:
                continue


def test_a_heading_keeps_its_own_language_and_gives_the_rest_to_its_section() -> None:
    given = Attributes(id="x", classes=("a",), lang="fr", dir="rtl", values=(("k", "v"),))
    section = prepared(Heading(1, (Text("A"),), attributes=given)).blocks[0]
    assert isinstance(section, Section)
    assert section.attributes == Attributes(id="x", classes=("a",), values=(("k", "v"),))
    assert section.heading.attributes == Attributes(lang="fr", dir="rtl")


def test_a_section_reaches_from_its_heading_to_its_last_block() -> None:
    blocks = (heading(1, "A", span=Span("a.md", 1, 1, 0, 3)), Paragraph((Text("x"),), span=Span("a.md", 3, 1, 5, 6)))
    section = prepared(*blocks).blocks[0]
    assert section.span == Span("a.md", 1, 1, 0, 6)


# No word is lost


@given(st.lists(st.one_of(BLOCKS, st.builds(lambda: paragraph("Q: why? ", Emphasis((Text("b"),))))), max_size=8))
@settings(deadline=None)
def test_words_are_kept_in_order(blocks: list[Block]) -> None:
    done = prepared(heading(1, "FAQ"), *blocks)
    assert plain_text(done.blocks) == "FAQ" + plain_text(blocks)


def test_a_callout_has_a_title_in_the_document_and_its_notes() -> None:
    callout = Callout("tip", (paragraph("x"),))
    done = prepared(callout, paragraph(NoteReference("a")), notes=(Note("a", (callout,)),))
    assert plain_text(done.blocks) == plain_text(done.notes) + "x"[:0] == "Tipx"


# Large and deep


def _many(count: int) -> dict[str, Callable[[], tuple[tuple[Block, ...], tuple[Note, ...]]]]:
    spans = [Span("a.md", line, 1, line, line) for line in range(count)]
    return {
        "headings": lambda: (tuple(heading(2, "Same", span=span) for span in spans), ()),
        "ids": lambda: (tuple(heading(2, "A", "a", span) for span in spans), ()),
        "notes": lambda: (
            tuple(paragraph(NoteReference(str(line))) for line in range(count)),
            tuple(Note(str(line), (paragraph(NoteReference(str(line + 1))),)) for line in range(count)),
        ),
        "unused notes": lambda: ((), tuple(Note(str(line), (paragraph("x"),), span=spans[line]) for line in range(count))),
        "references": lambda: (tuple(paragraph(CrossReference("x", span=span)) for span in spans), ()),
        "links": lambda: (tuple(paragraph(Link((Text("a"),), f"#{line}", span=spans[line])) for line in range(count)), ()),
        "figures": lambda: (tuple(Figure((Image("a.png", span=span),), (Text("c"),)) for span in spans), ()),
        "questions": lambda: ((heading(1, "FAQ"), *(heading(2, "Why?") for _ in range(count))), ()),
        "lines": lambda: ((heading(1, "FAQ"), paragraph(*(part for _ in range(count) for part in ("Q: a", Text('"b"'))))), ()),
    }


@pytest.mark.parametrize("kind", _many(0))
def test_ten_times_as_much_takes_about_ten_times_as_long(kind: str) -> None:
    """A step that looks through all for each would take a hundred times as long."""
    times = []
    for count in (300, 3_000):
        blocks, notes = _many(count)[kind]()
        start = time.process_time()
        prepared(*blocks, notes=notes)
        times.append(time.process_time() - start)
    assert times[1] < 40 * max(times[0], 0.01)


def _nested(kind: str, depth: int) -> Block:
    block: Block = paragraph("deep")
    run: Inline = Text("deep")
    for _ in range(depth):
        match kind:
            case "quotes":
                block = Quote((block,), attribution=(Text("by"),))
            case "lists":
                block = List((ListItem((block,)),))
            case "divisions":
                block = Division((heading(2, "by"), block))
            case "tables":
                block = Table((Column(),), (), (Row((Cell((block,)),)),), caption=(Text("by"),))
            case _:
                run = Emphasis((run, Text("by")))
                block = Paragraph((run,))
    return block


@pytest.mark.parametrize("kind", ["quotes", "lists", "divisions", "tables", "marks"])
@pytest.mark.parametrize("depth", [25, 3_000])
def test_what_is_nested_too_deep_is_set_flat_and_said(kind: str, depth: int) -> None:
    report = Report()
    done = prepared(_nested(kind, depth), report=report)
    words = plain_text(done.blocks)
    assert (words.count("deep"), words.count("by")) == (1, 0 if kind == "lists" else depth)
    said = [str(diagnostic) for diagnostic in report.diagnostics if "nested" in diagnostic.message]
    assert len(said) == (depth > 30)


def test_a_tree_of_any_depth_is_walked_and_rewritten() -> None:
    deep = _nested("quotes", 20_000)
    again = rewrite((deep,), lambda block: (block,), lambda run: run)
    assert again[0] is deep, "what is not changed is the same"
    shouted = rewrite((deep,), lambda block: (block,), lambda run: tuple(Text("BY") for _ in run))
    assert plain_text(shouted) == "BY" * 20_001


def test_rewriting_follows_the_reading_order() -> None:
    table = Table((), (), (Row((Cell((paragraph("2"),)),)),), caption=(Text("1"),), source=(Text("3"),))
    blocks = (table, Quote((paragraph("4"),), attribution=(Text("5"),)), Verse(((Text("6"),),), (Text("7"),)))
    seen: list[str] = []

    def note(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
        seen.append(plain_text(run))
        return run

    rewrite(blocks, lambda block: (block,), note)
    assert [words for words in seen if words] == list("1234567") == list(plain_text(blocks))
    assert [inside(block, lambda inner: inner, lambda run: run) for block in blocks] == list(blocks)


# Languages


SPANIARDS = "María de los Ángeles del Río, Juan de la Maza, Mario de la Vega y Santos, Ana de las Casas, José de la Luz y Caballero"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "هذا نص قصير كتب باللغة العربية"),
        ("be", "Гэта кароткі тэкст, які напісаны па-беларуску, і ён ужо ёсць"),
        ("de", "Das ist ein kurzer Text, der auf Deutsch geschrieben ist und von der Sprache handelt"),
        ("el", "Αυτό είναι ένα σύντομο κείμενο στα ελληνικά"),
        ("en", "This is a short text that was written in English, and it is about the language"),
        ("es", "Este es un texto corto que está escrito en la lengua de los libros y de las cartas"),
        ("fa", "این یک متن کوتاه است که به زبان فارسی نوشته شده و چیزی نمی‌گوید"),
        ("fr", "Ceci est un texte court qui est écrit dans la langue des livres et des lettres"),
        ("he", "זהו טקסט קצר שנכתב בעברית"),
        ("hi", "यह हिन्दी में लिखा हुआ एक छोटा पाठ है"),
        ("it", "Questo è un testo breve che è scritto nella lingua dei libri e delle lettere di una volta"),
        ("ja", "これは日本語で書かれた短い文章です"),
        ("ko", "이것은 한국어로 쓴 짧은 글입니다"),
        ("nl", "Dit is een korte tekst die in het Nederlands is geschreven en van de taal gaat"),
        ("pl", "To jest krótki tekst, który nie jest długi i który się czyta w domu na ławce"),
        ("pt", "Este é um texto curto que não é longo e que foi escrito para os leitores com uma carta"),
        ("ru", "Это короткий текст, который написан на русском языке"),
        ("ta", "இது தமிழில் எழுதப்பட்ட ஒரு சிறிய உரை"),
        ("zh-Hans", "这是一篇用中文写的短文，说的是语言"),
        ("zh-Hant", "這是一篇用中文寫的短文，說的是語言"),
        ("en", ""),
        ("en", "Lorem ipsum 1234"),
        ("en", "A note Read me."),
        ("en", "W xxxxxxxxxxxxxxxx"),
        ("en", "Do: as a page. No: as a file. Do: a list. No: a table, as no reader has a pen."),
        ("de", "Der Hund und die Katze sind auch da"),
        (
            "en",
            f"The jury was made up of {SPANIARDS}. This is what it said to them: the prize of Juan de la Cruz is for the young.",
        ),
        (
            "en",
            "Paintings by Jan van der Meer, Rogier van der Weyden and Jan de Bray; by them Pieter van den Berge and Van der Ast",
        ),
        (
            "en",
            "Works of João da Silva dos Santos, Maria da Luz, José de Os Lusíadas, Ana dos Reis Costa do Mar and António de Sousa",
        ),
        (
            "es",
            "Los lectores de The Guardian y de The Lord of the Rings que llegan a la web leen lo que no dijo el de On the Road",
        ),
        ("es", "A los que preguntan qué hacer o no hacer se les da la carta de que se habla, o una copia, por si no la han visto"),
        (
            "pt",
            "Para os leitores que não sabem o que fazer, o jornal da cidade tem uma carta com a resposta do dia e a do ano passado",
        ),
        ("fr", "Le musée de la ville montre Jean de La Fontaine et les fables que les enfants lisent dans la cour pour le plaisir"),
        (
            "it",
            "La mostra di Maria della Valle e di Piero della Francesca che si apre alla fiera è una delle più belle per i bambini",
        ),
        ("de", "Herr von der Tann und Frau zu Guttenberg reden mit den Leuten, die der Bürgermeister auf das Fest geladen hat"),
    ],
)
def test_a_language_is_told_by_its_letters_and_small_words(lang: str, text: str) -> None:
    assert guessed_language(text) == lang


def test_direction_follows_the_language_unless_it_is_given() -> None:
    def direction(metadata: Metadata) -> str:
        return prepare(Document(metadata, ()), PLAIN, Edition(), Report()).metadata.dir

    assert [direction(Metadata(lang="ar")), direction(Metadata(lang="en")), direction(Metadata(lang="ar", dir="ltr"))] == [
        "rtl",
        "ltr",
        "ltr",
    ]
