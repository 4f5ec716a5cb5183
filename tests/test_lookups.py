"""What is looked up instead of being searched comes out as before, and its cost grows with a document's length, not its square."""

from __future__ import annotations

from typing import Any

import pydyf
import pytest
import weasyprint.layout
from weasyprint import HTML
from weasyprint.css.targets import CounterLookupItem, TargetCollector, TargetLookupItem
from weasyprint.layout import page

from pressout.renderers.pdf import lookups, render  # noqa: F401  the second teaches WeasyPrint

SHEET = """
@page { size: 6cm 4cm; @bottom-center { content: counter(page) " of " counter(pages) ", " string(part) } }
@page :first { @top-left { content: "First" } }
h2 { bookmark-label: content() " on " counter(page) ", first on " target-counter("#h0", page); string-set: part content() }
a::after { content: target-counter(attr(href), page) }
p::after { content: " before " target-counter("#h9", page) }
"""


def heads(count: int) -> str:
    """A contents list, then headings with a word each, some of which look back to those before them."""
    rows = "".join(f"<p><a href='#h{n}'>Head {n}, </a></p>" for n in range(count))
    text = "".join(f"<h2 id=h{n}>Head {n}</h2><p>Words, <a href='#h{n // 2}'>see </a></p>" for n in range(count))
    return f"<html lang=en><title>Heads</title><style>{SHEET}</style>{rows}{text}</html>"


def untaught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TargetCollector, "cache_target_page_counters", lookups._cache_page)
    monkeypatch.setattr(weasyprint.layout, "make_all_pages", lookups._make_pages)
    monkeypatch.setattr(page, "set_page_type_computed_styles", lookups._style_page)


def test_the_same_file_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = HTML(string=heads(12)).write_pdf(uncompressed_pdf=True)
    untaught(monkeypatch)
    assert ours == HTML(string=heads(12)).write_pdf(uncompressed_pdf=True)


def test_headings_and_pages_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the headings ask twice as often; without the index it is four times."""
    assert grown(monkeypatch) < 2.2
    untaught(monkeypatch)
    assert grown(monkeypatch) > 3.5


def grown(monkeypatch: pytest.MonkeyPatch) -> float:
    few, many = (asked(heads(count), monkeypatch) for count in (10, 20))
    return many / few


def asked(html: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many boxes were asked whether they wait for an anchor, and how many rules were looked through for a page's margins."""
    count = 0

    def missing(item: Any) -> Any:
        nonlocal count
        count += 1
        return item.kept

    def styled(page_type: Any, html: Any, style_for: Any) -> None:
        nonlocal count
        style(page_type, html, style_for)
        count += len(style_for.get_cascaded_styles())

    style = page.set_page_type_computed_styles
    with monkeypatch.context() as patch:
        kept = property(missing, lambda item, value: setattr(item, "kept", value))
        patch.setattr(CounterLookupItem, "missing_target_counters", kept, raising=False)
        patch.setattr(page, "set_page_type_computed_styles", styled)
        HTML(string=html).render()
    return count


def test_who_waits_for_a_page_is_told() -> None:
    collector = TargetCollector()
    items = {name: CounterLookupItem(None, [], {name: ["page"]}) for name in "ab"}
    collector.counter_lookup_items = {(name, "content"): item for name, item in items.items()}
    collector.target_lookup_items = {name: TargetLookupItem("up-to-date") for name in items}
    collector.collecting = False
    collector.cache_target_page_counters("b", {"page": [1]}, 0, [])
    assert {name: item.pending for name, item in items.items()} == {"a": False, "b": True}


def test_references_of_pages_are_made_once() -> None:
    pdf = pydyf.PDF()
    for number in range(1, 4):
        pdf.add_page(pydyf.Dictionary())
        assert pdf.page_references is pdf.page_references
        assert pdf.page_references == tuple(f"{kid} 0 R".encode() for kid in pdf.pages["Kids"][::3])
        assert len(pdf.page_references) == number
