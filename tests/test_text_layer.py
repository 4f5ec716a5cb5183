"""The text layer: the tag tree tells each word of an article as it is read, in every script; poppler reads those of its pages."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from conftest import ARTICLES, pressout
from pressout.cli import main
from text_layer import given, printed, told, words_of

IN_SCRIPTS = {
    "ru": "Набор рассыпали сразу после печати, и вторая корректура обходилась дороже первой.",
    "el": "Οι τυπογράφοι διόρθωναν πάντοτε το κείμενο πριν από την εκτύπωση, σελίδα προς σελίδα.",
    "hi": "मुद्रण से पहले प्रत्येक पृष्ठ की त्रुटियाँ सुधारी जाती थीं, और विद्यार्थी किताबें पढ़ते थे।",
    "ta": "அச்சிடும் முன் ஒவ்வொரு பக்கத்தையும் திருத்துவார்கள்; கொள்கை மாறவில்லை.",
    "ja": "印刷の前に、職人は一頁ずつ校正をして、誤りを直しました。それから紙を湿らせます。",
    "zh": "印刷之前，工匠逐页校对，改正错误，然后把纸弄湿。",
}
FROM_THE_RIGHT = {
    "he": "המדפיסים תיקנו את הטעויות (לפני ההדפסה) ב־1455, ואחר כך הגיע ה־proof הראשון, 42 שורות בכל עמוד.",
    "ar": "كان الطابعون يصحّحون الأخطاء (قبل الطباعة) في عام 1455، ثم وصلت أول proof إلى المحل، والآن لا يفعلون ذلك.",
    "fa": "چاپگران پیش از چاپ، غلط‌ها را (صفحه به صفحه) درست می‌کردند؛ در سال ۱۴۵۵ نخستین proof آماده شد و خلاصه‌ای نوشتند.",
}
PARAGRAPHS = 12  # more than a page


def built(folder: Path, lang: str, text: str) -> tuple[Path, tuple[list[str], list[str]]]:
    """The PDF of a text, and the words of the page that it was laid out from."""
    article = folder / "text.md"
    article.write_text(f"---\ntitle: {text[:12]}\nlang: {lang}\n---\n\n{text}\n", "utf-8")
    done = CliRunner().invoke(main, ["build", str(article), "--to", "pdf", "--out", str(folder), "--quiet"])
    assert done.exit_code == 0, done.output
    return folder / "text.pdf", words_of(CliRunner().invoke(main, ["inspect", str(article), "--stage", "html"]).stdout.encode())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_tags_tell_every_word_of_an_article(library: Path, article: Path) -> None:
    for theme in ("briefing", "report"):
        words = words_of(pressout("inspect", article, "--stage", "html", "--theme", theme).out.encode())
        assert given(words, told(library / theme / f"{article.stem}.pdf")) == len(words[0]) + len(words[1])


@pytest.mark.parametrize("lang", IN_SCRIPTS)
def test_both_give_every_word(tmp_path: Path, lang: str) -> None:
    pdf, words = built(tmp_path, lang, "\n\n".join([f"{IN_SCRIPTS[lang]} *{IN_SCRIPTS[lang]}*"] * PARAGRAPHS))
    assert (given(words, told(pdf)), given(words, printed(pdf))) == (len(words[0]), len(words[0]))


@pytest.mark.parametrize("lang", FROM_THE_RIGHT)
def test_what_is_drawn_from_the_right_is_told_as_it_is_read(tmp_path: Path, lang: str) -> None:
    """Letter for letter, with the spaces at which lines ended and the brackets that the page mirrors."""
    sentence = FROM_THE_RIGHT[lang]
    paragraph = f"{sentence} **{sentence}** {sentence} [{sentence}](https://example.org/) {sentence}"
    pdf, words = built(tmp_path, lang, "\n\n".join([paragraph] * PARAGRAPHS))
    assert given(words, told(pdf)) == len(words[0])
    spoken = " ".join([sentence] * 5)
    assert told(pdf).count(spoken) == PARAGRAPHS


def test_poppler_turns_the_lines_of_hebrew(tmp_path: Path) -> None:
    pdf, words = built(tmp_path, "he", FROM_THE_RIGHT["he"].replace("proof", "דף"))
    assert given(words, printed(pdf)) == len(words[0])


def test_a_line_of_hebrew_in_a_latin_text(tmp_path: Path) -> None:
    """The lines of such a paragraph are told as one, without the hyphens of their ends; a note stays at its mark."""
    text = "An extraordinarily long demonstration of hyphenation, עברית (כאן), notwithstanding typographical considerations. " * 4
    pdf, words = built(tmp_path, "en", f"{text}Before[^n] after it.\n\n[^n]: הערה (קצרה).")
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 1
    assert given(words, told(pdf)) == len(words[0]) + len(words[1])
    assert text.strip() in " ".join(told(pdf).split())
    assert told(pdf).index("Before") < told(pdf).index("הערה (קצרה).") < told(pdf).index("after it.")


def test_a_measure_that_finds_what_is_lost() -> None:
    words = (["one", "two", "three"], ["note"])
    assert given(words, "one two\fhead three note") == 4
    assert given(words, "one three note") == 3
    assert given(words, "one owt three") == 2
    assert given(words, "one two th\fhead\nree") == 3


def test_verify_knows_the_order_of_hebrew(tmp_path: Path) -> None:
    first, second = "קודם תיקנו את הטעויות.", "אחר כך הדפיסו את הספר."
    pdf, _ = built(tmp_path, "he", f"{first}\n\n{second}")
    for blocks, status in (((first, second), 0), ((second, first), 1), ((first, "משפט שאינו בספר."), 1)):
        (tmp_path / "text.md").write_text(f"---\ntitle: {first[:12]}\nlang: he\n---\n\n{blocks[0]}\n\n{blocks[1]}\n", "utf-8")
        said = pressout("verify", pdf, "--source", "text.md", "--json", folder=tmp_path)
        assert said.status == status, said.out
