"""Marks: what the first characters of a line of plain text say it is: an item, a question, an answer, a note, a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BULLETS = "-*•–‣▪▫■□●○◦·►▸▶➤➢➔✓✔✅☑⁃∙◆◇❖★☆・"
BULLET = re.compile(rf"[{re.escape(BULLETS)}](?:[ \t\u00a0\u2002\u2003\u3000]+(?=\S)|(?<=[•‣▪●◦・])(?=\w))")
NUMBER = re.compile(r"[(（]?(\d{1,3})(?:(?:[.)．）]| ?[-–])[ \t\u00a0\u3000]+|[、）][ \t\u3000]*|[.)][ \t]*(?=[^\W\d_a-z]))(?=\S)")
CIRCLED = re.compile(r"([\u2460-\u2473])[ \t\u3000]*(?=\S)")
LETTER = re.compile(r"\(?([a-zа-яα-ω])\)[ \t\u00a0]+(?=\S)", re.IGNORECASE)
# The letters that lists count with
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "αβγδεζηθικλμνξοπρστυφχψω")
DEPTH = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?[ \t\u00a0\u3000]+(?=\S)")
RULE = re.compile(r"([=\-_*~#•·.])(?:[ \t]*\1){2,}")
# "3.", "Step 3:", "Tip 3 –", "第3章"
LABEL = re.compile(r"[(（]?([^\W\d]{0,12}[ \u00a0]?)(\d{1,2})[ \u00a0]?(?:[.):：）、]|[章節节回部]|[-–—](?=\s)|$)(?!\d)")
LONGEST_RULE = 200  # characters
QUESTION_WORDS = (
    "q|question|f|frage|pregunta|pergunta|p|domanda|d|vraag|v|pytanie|вопрос|в|питання|п|пытанне|ερώτηση|ε|"
    "질문|問|问|質問|سؤال|س|پرسش|שאלה|ש|प्रश्न|सवाल|கேள்வி"
)
ANSWER_WORDS = (
    "a|answer|antwort|réponse|respuesta|resposta|risposta|r|antwoord|odpowiedź|o|ответ|о|відповідь|адказ|απάντηση|α|"
    "답변|답|答|回答|جواب|ج|إجابة|پاسخ|پ|תשובה|ת|उत्तर|जवाब|பதில்"
)
QUESTION = re.compile(
    rf"(?:(?:{QUESTION_WORDS})[ \u00a0]?\d{{0,3}}[ \u00a0]?[:：]|Q\d{{0,3}}[.)])[ \t\u00a0\u3000]*(?=\S)", re.IGNORECASE
)
ANSWER = re.compile(
    rf"(?:(?:{ANSWER_WORDS})[ \u00a0]?\d{{0,3}}[ \u00a0]?[:：]|A\d{{0,3}}[.)])[ \t\u00a0\u3000]*(?=\S)", re.IGNORECASE
)
NOTE = re.compile(r"\[(\d{1,3}|\*)\][:.]?[ \t\u00a0]+(?=\S)")
NOTE_MARK = re.compile(r"\[(\d{1,3}|\*)\]")
ATTRIBUTION = re.compile(r"(?:[—―][ \t\u00a0]*(?=[^\W\d_]|@|“|\")|[-–](?=[^\W\d_a-zß-ÿа-яα-ω]))")


@dataclass(frozen=True, slots=True)
class ItemMark:
    """`length` is how many characters the mark takes; `value` the number it gives, a letter's place in its alphabet."""

    kind: Literal["bullet", "number", "letter"]
    length: int
    value: int = 0


def item_mark(text: str) -> ItemMark | None:
    """The mark of a list's item at the start of the text, if there is one and words behind it."""
    if found := BULLET.match(text):
        return ItemMark("bullet", found.end())
    if found := NUMBER.match(text):
        return ItemMark("number", found.end(), int(found[1]))
    if found := CIRCLED.match(text):
        return ItemMark("number", found.end(), ord(found[1]) - 0x245F)
    if (found := LETTER.match(text)) and (place := _place(found[1].lower())):
        return ItemMark("letter", found.end(), place)
    return None


def _place(letter: str) -> int:
    return max(alphabet.find(letter) for alphabet in ALPHABETS) + 1


def counted_label(text: str) -> tuple[str, int]:
    """The word and the number with which a heading begins, as in "Step 3: Print"; nothing and 0 where there are none."""
    found = LABEL.match(text)
    return (found[1].strip().casefold(), int(found[2])) if found else ("", 0)


def is_rule(text: str) -> bool:
    """Whether the line is drawn, not written: "* * *", "-----"."""
    return len(text) <= LONGEST_RULE and RULE.fullmatch(text) is not None


def begins_anew(text: str) -> bool:
    """Whether the line cannot go on with what the line before began."""
    return bool(item_mark(text) or is_rule(text) or NOTE.match(text) or ATTRIBUTION.match(text) or _says_colon(text))


def _says_colon(text: str) -> bool:
    """`Q:` or `A:`; `A.` alone may as well be somebody's initial at the start of a wrapped line."""
    return any(found and found[0].rstrip().endswith((":", "：")) for found in (QUESTION.match(text), ANSWER.match(text)))
