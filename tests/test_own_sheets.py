"""Sheets of a theme's own: what they say wrongly is told with file and line, and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressout.diagnostics import PressoutError, Report
from pressout.edition import Edition
from pressout.model import Document
from pressout.order import Order, complete
from pressout.pipeline import read_article
from pressout.prepare import prepare
from pressout.renderers.pdf.render import render
from pressout.theme import load_theme

ARTICLE = """\
---
title: Sheets
lang: en
---

## One

Words with a [link](#two), [another](https://example.org) and a note.[^n]

## Two {#two}

| a | b |
|---|---|
| c | d |

[^n]: The note.
"""
# What a print.css says, a line each, and what is said of it there, by column; without one, where no place can be told
VAIN = {
    "@page { margin: banana }": "9: ignored `margin: banana `, invalid value",
    "@page a b c { margin: 0 }": "1: unsupported @page selector ' a b c ', the whole @page rule was ignored",
    "@page { @top-middle { content: 'x' } }": "9: unknown @page rule",
    "@page { @top-left { content: string(t, sideways) } }": "21: ignored `content: string(t, sideways) `, invalid value",
    "@import url(http://example.org/a.css);": "1: @import rule ' url(http://example.org/a.css)' not at the beginning of the sheet",
    "@font-face { font-family: X }": "1: missing src descriptor",
    "h2 { position: running(a b) }": "6: ignored `position: running(a b) `, invalid value",
    "p::before { content: url(http://example.org/x.png) }": "26: failed to load image at 'http://example.org/x.png': only files",
    "p { background: url(</x.png) }": "5: ignored `background: url(</x.png) `, an address must be whole",
    "}} p { color: red }": "1: invalid or unsupported selector",
    "@supports (display: grid) { }": "1: unknown rule",
    "@counter-style x { system: cyclic }": "1: in counter style 'x', counter style 'cyclic' needs at least one symbol",
    "a::after { content: target-counter(attr(href), page) }": "0: content discarded: target points to undefined anchor",
    "p { color: re": "5: ignored `color: re",
}
# Rules that no page can be laid out with
DEADLY = {
    "a::after { content: target-counter(attr(href), pages) }": 2,
    "p { color: red }\np { width: var( ) }\np { color: blue }": 3,
    "td { position: running(c) }\n@page { @top-left { content: element(c) } }": 2,
    "p {" * 3000: 2,
}
HARMLESS = """@page { @top-left { content: string(never) element(nowhere) }; margin: 40cm }
p { counter-increment: x 99999999999999999999; break-before: page; orphans: 99999; margin: -9999cm }
p::before { content: counter(x, lower-roman) counter(x, hebrew) }
h1 { position: running(m) }
@page { @top-right { content: element(m) } }
"""


def drawn(folder: Path, sheet: str) -> list[str]:
    """What is said of a print.css whose second line begins with `sheet`, as `line:column: message`."""
    (folder / "theme.toml").write_text('extends = "plain"\n')
    (folder / "print.css").write_text(f"/* mine, </ */\n{sheet}", encoding="utf-8")
    (folder / "article.md").write_text(ARTICLE)
    report, theme = Report(), load_theme(folder, Report())
    document: Document = read_article(folder / "article.md", complete(Order(), folder / "article.md"), report)
    render(prepare(document, theme, Edition(), report), theme, Edition(), report)
    return [str(each).removeprefix(f"{folder / 'print.css'}:") for each in report.diagnostics]


def test_what_a_sheet_says_in_vain_has_its_line(tmp_path: Path) -> None:
    found = drawn(tmp_path, "\n".join(VAIN))
    for line, expected in enumerate(VAIN.values(), 2):
        column, _, words = expected.partition(": ")
        place = "" if column == "0" else f"{line}:{column}:"
        assert any(said.startswith(f"{place} warning: {words}") for said in found), "\n".join(found)


@pytest.mark.parametrize("sheet", DEADLY, ids=[sheet[:30] for sheet in DEADLY])
def test_a_rule_that_no_page_can_be_laid_out_with_is_named(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(PressoutError) as raised:
        drawn(tmp_path, sheet)
    place = f"{tmp_path / 'print.css'}:{DEADLY[sheet]}:1"
    assert str(raised.value).startswith(f"{place}: error: no page can be laid out with this rule")


def test_what_is_merely_odd_is_drawn(tmp_path: Path) -> None:
    assert drawn(tmp_path, HARMLESS) == []


def test_a_sheet_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").write_text('extends = "plain"\n')
    (tmp_path / "print.css").write_bytes(b"/* caf\xe9 */\n")
    with pytest.raises(PressoutError, match=r"print\.css:1:7: error: byte 7 is 0xe9, which is not UTF-8"):
        load_theme(tmp_path, Report())
    (tmp_path / "print.css").write_bytes("\ufeffp { color: red }\n".encode())
    assert load_theme(tmp_path, Report()).print_css.endswith("\np { color: red }\n")
