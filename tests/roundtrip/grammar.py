"""Articles by a grammar of blocks: every kind of passage an editor can meet, in the many ways that authors write them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

STOCK = (
    *("paper", "press", "type", "margin", "ink", "plate", "proof", "sheet", "folio", "gutter", "column", "leading", "measure"),
    *("galley", "stone", "quoin", "chase", "sort", "case", "bench", "apprentice", "evening", "lamp", "window", "street", "river"),
    *("harbour", "ship", "letter", "answer", "question", "number", "year", "city", "people"),
)


@dataclass
class Pen:
    """Writes one article; `notes` and `links` are the definitions that it owes, `emphasis` the author's way of marking it."""

    random: random.Random
    emphasis: str = "*"
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)


def generated(source: random.Random, blocks: int = 12) -> str:
    """An article of some blocks, front matter and definitions included."""
    pen = Pen(source, source.choice("*_"))
    body = [pen.random.choice(BLOCKS)(pen) for _ in range(blocks)]
    front = f"---\ntitle: {words(pen, 4)}\nauthor: {words(pen, 2)}\n---"
    tail = [*pen.notes, "\n".join(pen.links)] if pen.links else pen.notes
    return "\n\n".join([front, _paragraph(pen), *body, _paragraph(pen), *tail]) + "\n"


def words(pen: Pen, count: int) -> str:
    return " ".join(pen.random.choice(STOCK) for _ in range(count)).capitalize()


# Phrases


def _phrase(pen: Pen) -> str:
    text = words(pen, pen.random.randint(1, 3)).lower()
    mark = pen.emphasis
    defined = pen.random.choice((None,) * 18 + (_reference, _note))
    if defined:
        return defined(pen, text)
    return pen.one(
        *[text] * 8,
        f"{mark}{text}{mark}",
        f"**{text}**",
        f"**{text} {mark}{text}{mark}**",
        f"`{text}`",
        f"[{text}](https://example.org/{len(text)})",
        f"~~{text}~~",
        f"“{text}”",
        f'"{text}"',
        f"\\*{text}",
        f"{text} &amp; {text}",
        f"<https://example.org/{len(text)}>",
    )


def _reference(pen: Pen, text: str) -> str:
    pen.links.append(f"[{text}]: https://example.org/{len(pen.links)}")
    return f"[{text}]"


def _note(pen: Pen, text: str) -> str:
    label = f"n{len(pen.notes)}"
    pen.notes.append(f"[^{label}]: {words(pen, 5)}.")
    return f"{text}[^{label}]"


def _sentence(pen: Pen) -> str:
    phrases = [_phrase(pen) for _ in range(pen.random.randint(3, 6))]
    return f"{words(pen, 1)} {pen.one(' ', ' ', ', ').join(phrases)}."


# Blocks


def _paragraph(pen: Pen) -> str:
    return pen.one(" ", " ", "\n", "\\\n").join(_sentence(pen) for _ in range(pen.random.randint(1, 3)))


def _heading(pen: Pen) -> str:
    text = words(pen, 3)
    return pen.one(f"## {text}", f"## {text}", f"### {text}", f"## {text} ##", f"{text}\n{'-' * len(text)}")


def _bullets(pen: Pen) -> str:
    marker = pen.one("-", "*", "+")
    items = [f"{marker} {_sentence(pen)}" for _ in range(pen.random.randint(2, 4))]
    items.insert(1, f"  {marker} {words(pen, 3)}")
    return pen.one("\n", "\n", "\n\n").join(items)


def _numbers(pen: Pen) -> str:
    first = pen.random.choice((1, 1, 3))
    return "\n".join(f"{number}. {_sentence(pen)}" for number in range(first, first + 3))


def _items(pen: Pen) -> str:
    """A list whose items have more than one paragraph."""
    return "\n\n".join(f"- {words(pen, 4)}.\n\n  {_sentence(pen)}" for _ in range(2))


def _quote(pen: Pen) -> str:
    return f"> {_sentence(pen)}\n>\n> {_sentence(pen)}" if pen.random.random() < 0.5 else f"> {_sentence(pen)}"


def _code(pen: Pen) -> str:
    line = words(pen, 3).lower()
    return pen.one(f"```python\n{line}\n    {line}\n```", f"    {line}\n    {line}")


def _table(pen: Pen) -> str:
    rows = "\n".join(f"| {words(pen, 2)} | {_cell(pen)} |" for _ in range(3))
    return f"| {words(pen, 1)} | {words(pen, 2)} |\n|---|---:|\n{rows}"


def _cell(pen: Pen) -> str:
    text = words(pen, 2)
    return pen.one(text, f"**{text}**", f"{text} \\| {text}", f"`{text}`")


def _callout(pen: Pen) -> str:
    return f"> [!NOTE]\n> {_sentence(pen)}"


def _terms(pen: Pen) -> str:
    return f"{words(pen, 1)}\n: {_sentence(pen)}"


BLOCKS: tuple[Callable[[Pen], str], ...] = (
    *[_paragraph] * 6,
    *[_heading] * 3,
    *[_bullets] * 2,
    _numbers,
    _items,
    _quote,
    _quote,
    _code,
    _table,
    _callout,
    _terms,
)
