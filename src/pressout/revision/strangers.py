"""Strangers: Word files that do not come from the article that they are to be taken back into, and how they are turned away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pressout.diagnostics import PressoutError, Report
from pressout.prepare import prepare
from pressout.readers.docx import read_word
from pressout.readers.docx.values import Layout, Line, WordFile
from pressout.renderers import render
from pressout.revision.handoff import Label
from pressout.revision.origins import like, tokens
from pressout.revision.shapes import shape_of
from pressout.revision.takeback import Base

# Share of the article's runs of three words that a file without a handoff's id must have to be taken for the article's.
# Of another article they have 2 % at most; after 60 edits of all kinds, the untracked among them, 66 % and more are left.
KINDRED = 0.25
RUN = 3  # words; two articles on one matter share most of their words, and hardly any three in a row
SHOWN = 60  # characters of a file's first words, by which its owner knows it
OURS = "pressout"  # the application that a Word file names that pressout wrote, and no other program has saved since

Runs = Counter[tuple[str, ...]]


def refuse_strangers(file: WordFile, found: Label | None, start: Base, current: str, path: Path) -> None:
    """Raise PressoutError where nothing ties a file to an article.

    A handoff's id does, where what was handed out is the article as it was; without an id, the file's own words do.
    """
    article = Path(start.source.name).name
    if found is not None:
        if _share(_runs([start.source.text]), _runs([current])) < KINDRED:
            hint = f"name the article that was handed out{f', {found.source},' if found.source else ''} with --source"
            raise PressoutError(f"handoff {found.id} was not made of '{article}', which is another text", hint=hint, file=str(path))
        return
    if _share(_words(start.sent.file), _words(file)) < KINDRED:
        hint = f"take back the Word file that 'pressout handoff {article}' made; words of another file go in by hand"
        raise PressoutError(f"this is {_seems(file)}, and its text is not that of '{article}'", hint=hint, file=str(path))
    if _is_built(file, start):
        hint = f"edit the file that 'pressout handoff {article}' makes; what was changed in this one goes in by hand"
        raise PressoutError("this file was made by 'pressout build', not by 'pressout handoff'", hint=hint, file=str(path))


def nameless(file: WordFile, path: Path) -> PressoutError:
    """What to say of a file that has no handoff's id, where no article is named."""
    hint = "take back the file that 'pressout handoff' made; where this is that file, name its article with --source"
    return PressoutError(f"this is {_seems(file)}; it does not say which handoff it comes from", hint=hint, file=str(path))


def _seems(file: WordFile) -> str:
    """What a file without a handoff's id seems to be."""
    if file.application == OURS:
        return "a file of 'pressout build'"
    first = next((text for line in file.lines if (text := " ".join(line.text_now.split()))), "")
    begins = f"that begins '{first[:SHOWN]}{'...' if len(first) > SHOWN else ''}'" if first else "without words"
    return f"a Word file {f'of {file.application} ' if file.application else ''}{begins}"


def _words(file: WordFile) -> Runs:
    return _runs(line.text_before for line in file.lines)


def _runs(texts: Iterable[str]) -> Runs:
    """The runs of words in each text; a short one is a run itself."""
    found = Runs()
    for text in texts:
        words = [token.casefold() for token in tokens(like(text)) if token.isalnum()]
        found.update(tuple(words[at : at + RUN]) for at in range(max(bool(words), len(words) - RUN + 1)))
    return found


def _share(wanted: Runs, there: Runs) -> float:
    """How much of what is wanted is there; all of it where nothing is wanted."""
    return (wanted & there).total() / wanted.total() if wanted else 1.0


# Files of a build: their questions and boxes have styles of their own, their headings other levels


def _is_built(file: WordFile, start: Base) -> bool:
    """Whether a file says so itself, or has the styles of a build wherever these are not those of a handoff."""
    if any(line.anchors for line in file.lines):
        return False
    if file.application == OURS:
        return True
    handed, built, now = _styles(start.sent.file.lines), _styles(_built(start).lines), _styles(file.lines)
    said = list(_said({text: (handed[text], built[text], now[text]) for text in handed if text in built and text in now}))
    return 2 * sum(said) > len(said)


def _said(styles: Mapping[str, tuple[str, str, str]]) -> Iterator[bool]:
    """Whether each paragraph that a build sets otherwise is set so. Each has its styles in a handoff, in a build and in the file.

    Google Docs keeps no styles but those of headings: there a question that is none any more says that it never was one.
    """
    headings = [now == handed for handed, built, now in styles.values() if handed == built and _heading(handed)]
    keeps = 2 * sum(headings) > len(headings)
    for handed, built, now in styles.values():
        if handed != built and now in (handed, built):
            yield now == built
        elif keeps and _heading(handed) != _heading(built) and _heading(now) in (_heading(handed), _heading(built)):
            yield _heading(now) == _heading(built)


def _heading(style: str) -> str:
    """The style if it is that of a heading or a title, else nothing."""
    return style if shape_of(Layout(style)).kind in ("heading", "title") else ""


def _styles(lines: tuple[Line, ...]) -> dict[str, str]:
    """The style of each paragraph, by its words."""
    return {like(line.text_before): line.before.style for line in lines if line.text_before.strip()}


def _built(start: Base) -> WordFile:
    """The article as a build draws it."""
    edition = replace(start.edition, anchors=False)
    document = prepare(start.article.document, start.theme, edition, Report())
    return read_word(render("docx", document, start.theme, edition, Report()).data, start.source.name)
