"""Typography: what a language sets for straight signs, and that every printed piece knows its source."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressout.model import (
    Attributes,
    Code,
    CrossReference,
    Document,
    Emphasis,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Metadata,
    NoteReference,
    Paragraph,
    Phrase,
    Section,
    SoftBreak,
    Strong,
    Text,
)
from pressout.prepare.typographic import Piece, Stretch, typographic
from pressout.prepare.typography import run_pieces, set_run, set_typography
from pressout.walk import plain_text


def printed(text: str, lang: str) -> str:
    """What is printed, its spaces that do not break shown: ~ is U+00A0, _ is U+202F."""
    return shown("".join(piece.text for piece in typographic(text, lang)))


def shown(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ('"Hello," she said, "isn\'t it \'fine\'?"', "“Hello,” she said, “isn’t it ‘fine’?”"),
        ('"Nested "quotes" here"', "“Nested ‘quotes’ here”"),
        ("\"'Inner' first,\" he said", "“‘Inner’ first,” he said"),
        ('("what?") ["x"]', "(“what?”) [“x”]"),
        ('yes--"no"--yes', "yes–“no”–yes"),
        ('"A paragraph that another one ends', "“A paragraph that another one ends"),
        ("'tis the '90s, rock 'n' roll, the dogs' tails", "’tis the ’90s, rock ’n’ roll, the dogs’ tails"),
        ("the '60s' end, 'really'", "the ’60s’ end, ‘really’"),
        ("6'2\" tall, a 12\" disc, 5' long", "6'2\" tall, a 12\" disc, 5' long"),
        ('"in 1990" and "a 12"', "“in 1990” and “a 12”"),
        ("a -- b --- c---d, 1990--2000", "a~– b~— c—d, 1990–2000"),
        ("a – b — c - d", "a~– b~— c - d"),
        ("run --help or -v, <!-- x -->, ----", "run --help or -v, <!-- x -->, ----"),
        ("wait... what.... ../x .../y", "wait… what.... ../x .../y"),
        ('http://a.b/c--d?e="f" me--you@x.org', 'http://a.b/c--d?e="f" me--you@x.org'),
        ('{{ "a" | b: "c" }} {% if "x" -- %}', '{{ "a" | b: "c" }} {% if "x" -- %}'),
        ('the text "per day: " next', "the text “per day: ” next"),
        (' " ', ' " '),
        ('"', '"'),
    ],
)
def test_english(source: str, output: str) -> None:
    assert printed(source, "en") == output


@pytest.mark.parametrize(
    ("lang", "source", "output"),
    [
        ("ar", 'قال "نعم"', "قال «نعم»"),
        ("be", '"Так" -- сказаў', "«Так»~— сказаў"),
        ("de", "\"Ist's 'so'?\", fragte er", "„Ist’s ‚so‘?“, fragte er"),
        ("de-CH", '"So"', "«So»"),
        ("el", "\"Ναι 'ναι'\"", "«Ναι “ναι”»"),
        ("es", '¿"Qué"? --dijo', "¿«Qué»? --dijo"),
        ("es", "---Hola ---dijo", "—Hola —dijo"),
        ("fa", '"بله"', "«بله»"),
        ("fr", 'Il dit: "Bonjour!"; puis "Au revoir" ?', "Il dit~: «~Bonjour_!~»_; puis «~Au revoir~»_?"),
        ("fr", "« mot » et «mot», à 10:30 (!) :) quoi?!", "«~mot~» et «~mot~», à 10:30 (!) :) quoi_?!"),
        ("fr", "L'\"idée\" qu'il eut", "L’«~idée~» qu’il eut"),
        ("fr", "déjà\u00a0: oui\u00a0!", "déjà~: oui~!"),
        ("fr-CA", '"Bonjour!": oui; non', "«~Bonjour!~»~: oui; non"),
        ("fr-CH", '"Bonjour!"', "«_Bonjour_!_»"),
        ("he", 'צה"ל אמר "שלום", ג\'ירפה', "צה״ל אמר ”שלום”, ג׳ירפה"),
        ("hi", '"हाँ" -- ठीक', "“हाँ”~– ठीक"),
        ("it", "\"L'idea\" è 'mia'", "«L’idea» è “mia”"),
        ("ja", '彼は"はい"と...', "彼は“はい”と……"),
        ("ko", "\"네\" '네'", "“네” ‘네’"),
        ("nl", "'s avonds zei hij 'ja'", "’s avonds zei hij ‘ja’"),
        ("pl", '"Tak" i w domu', "„Tak” i~w~domu"),
        ("pt", '"Sim"', "“Sim”"),
        ("pt-PT", '"Sim"', "«Sim»"),
        ("ru", "\"Да 'нет'\" -- и ушёл", "«Да „нет“»~— и ушёл"),
        ("ta", '"ஆம்"', "“ஆம்”"),
        ("zh-Hans", '他说"你好"--再见...', "他说“你好”——再见……"),
        ("zh-Hant", "他說\"你好'嗎'\"", "他說「你好『嗎』」"),
        ("xx", '"so"', "“so”"),
    ],
)
def test_a_language_sets_its_own_signs(lang: str, source: str, output: str) -> None:
    assert printed(source, lang) == output


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("漢字\n漢字", "漢字漢字"),
        ("漢字。\nEnd", "漢字。End"),
        ("漢字\nEnd", "漢字\nEnd"),
        ("한글\n한글", "한글\n한글"),
        ("a\nb", "a\nb"),
    ],
)
def test_line_ends_between_ideographs_are_no_spaces(source: str, output: str) -> None:
    assert printed(source, "ja") == output


def test_a_piece_knows_how_much_it_stands_for() -> None:
    assert typographic('a -- "b"...', "en") == (
        Piece("a", 1),
        Piece("\u00a0–", 3),
        Piece(" ", 1),
        Piece("“", 1),
        Piece("b", 1),
        Piece("”", 1),
        Piece("…", 3),
    )


SIGNS = st.text(st.sampled_from("ab1é漢א \n\"'-.:;!?«»()\u00a0\ufffc"), max_size=40)
LANGUAGES = st.sampled_from(["en", "de", "fr", "pl", "he", "ja", "ru"])


@given(SIGNS, LANGUAGES)
def test_pieces_cover_the_text_and_keep_its_words(text: str, lang: str) -> None:
    pieces = typographic(text, lang)
    assert sum(piece.length for piece in pieces) == len(text)
    assert all(piece.length > 0 for piece in pieces)
    words = re.findall(r"\w+", text)
    if lang != "ja" and "漢" not in text:
        assert re.findall(r"\w+", "".join(piece.text for piece in pieces)) == words


@given(SIGNS, LANGUAGES)
def test_what_stands_between_changes_nothing_but_itself(text: str, lang: str) -> None:
    """A stretch of code is printed as it is, in whatever text."""
    pieces = typographic(f"{text}\"'--'\"{text}", lang, [Stretch(len(text), len(text) + 6, "zxx")])
    output, place = "", 0
    for piece in pieces:
        output, place = output + piece.text, place + piece.length
        if place >= len(text) + 6:
            break
    assert "\"'--'\"" in output


LEAVES = st.sampled_from(
    [
        Text("'a\""),
        Text(' "b'),
        Text("--"),
        Text("漢"),
        SoftBreak(),
        LineBreak(),
        Code("'x\""),
        Emphasis((Text('"c'),)),
        NoteReference("n"),
    ]
)


@given(st.lists(LEAVES, max_size=8), LANGUAGES)
def test_a_run_prints_what_its_pieces_say(run: list[Text], lang: str) -> None:
    pieces = "".join(piece.text for piece in run_pieces(tuple(run), lang))
    assert plain_text(set_run(tuple(run), lang)) == pieces.replace("\ufffc", "").replace("\n", " ")


def set_in(lang: str, *run: object) -> Inlines:
    return set_run(run, lang)  # type: ignore[arg-type]


def test_a_quotation_goes_on_through_marks() -> None:
    run = set_in("en", Text('He said "'), Emphasis((Text("yes"),)), Text('" and "'), Code('"'), Text('".'))
    assert plain_text(run) == 'He said “yes” and “"”.'


def test_code_addresses_and_verbatim_text_stay() -> None:
    verbatim = Phrase((Text('"--"'),), attributes=Attributes(classes=("verbatim",)))
    address = Link((Text("a.org/b--c"),), "https://a.org/b--c")
    words = Link((Text('"words"'),), "https://a.org/--")
    assert set_in("en", Code('"x"'), Text(" "), verbatim, Text(" "), address, Text(" "), words) == (
        Code('"x"'),
        Text(" "),
        verbatim,
        Text(" "),
        address,
        Text(" "),
        Link((Text("“words”"),), "https://a.org/--"),
    )


def test_a_phrase_in_another_language_has_its_signs() -> None:
    french = Phrase((Text('"oui"'),), attributes=Attributes(lang="fr"))
    assert shown(plain_text(set_in("en", Text('"so" '), french, Text(' "so"')))) == "“so” «~oui~» “so”"


def test_a_line_end_that_is_nothing_goes_and_one_that_was_asked_for_stays() -> None:
    assert set_in("ja", Text("漢"), SoftBreak(), Text("字"), LineBreak(), Text("漢")) == (
        Text("漢"),
        Text("字"),
        LineBreak(),
        Text("漢"),
    )


def test_the_words_of_a_reference_are_set_on_their_own() -> None:
    reference = CrossReference("x", content=(Text('"A"'),))
    run = set_in("en", Text('"see '), reference, Text(' there"'))
    assert plain_text(run) == "“see “A” there”"


def test_a_document_is_set_in_the_languages_of_its_parts() -> None:
    heading = Heading(1, (Text('"A"'),), attributes=Attributes(lang="de"))
    body = (Paragraph((Text('"b"'),)), Paragraph((Text('"c"'),), attributes=Attributes(lang="fr")))
    document = Document(Metadata(title=(Text('"T"'),), lang="en"), (Section(heading, body),))
    done = set_typography(document)
    assert plain_text(done.metadata.title) == "“T”"
    assert shown(plain_text(done.blocks)) == "„A““b”«~c~»"


@pytest.mark.parametrize("unit", ['"', "'", ' "a', " 'a", "a'", "-", ". ", "a.", "\n", " :", '"(', "a@", "x://"])
def test_no_text_takes_more_than_its_length(unit: str) -> None:
    """Ten times the text takes about ten times as long: what were quadratic would take a hundred times."""
    times = []
    for size in (3_000, 30_000):
        start = time.process_time()
        typographic(unit * size, "fr")
        times.append(time.process_time() - start)
    assert times[1] < 35 * max(times[0], 0.004)


def test_strong_text_is_no_wall() -> None:
    assert plain_text(set_in("de", Strong((Text('"Ja'),)), Text('", sagte er'))) == "„Ja“, sagte er"
