"""Lookups: what WeasyPrint searches from end to end for each heading and page of a document, kept so that it is found at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pydyf
import weasyprint.layout
from weasyprint.css.targets import TargetCollector
from weasyprint.layout import page

Waiting = dict[tuple[Any, str], Any]  # by box and property: what waits for the number of a page

_cache_page = TargetCollector.cache_target_page_counters
_make_pages = weasyprint.layout.make_all_pages
_style_page = page.set_page_type_computed_styles
_index: WeakKeyDictionary[Any, Index] = WeakKeyDictionary()
_kept_references: WeakKeyDictionary[pydyf.PDF, tuple[bytes, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Index:
    """All that waits for page numbers, by the anchor whose page it is, and that which is no content of a box."""

    every: Waiting
    by_anchor: dict[str, Waiting]
    others: Waiting


def look_up() -> None:
    """Teach WeasyPrint 70.0 and pydyf to look up what they search: their time grows with the square of a document's length else."""
    TargetCollector.cache_target_page_counters = _cache_page_of
    weasyprint.layout.make_all_pages = _make_all_pages
    page.set_page_type_computed_styles = _style_one_page
    pydyf.PDF.page_references = property(_page_references)


def _cache_page_of(collector: Any, anchor: str, *more: Any) -> None:
    """Tell those that wait for the page of this anchor; each of all is asked else, for each anchor."""
    if collector.collecting:
        return
    before = collector.counter_lookup_items
    collector.counter_lookup_items = _index_of(collector).by_anchor.get(anchor, {})
    _cache_page(collector, anchor, *more)
    collector.counter_lookup_items = before


def _make_all_pages(context: Any, *more: Any) -> Iterator[Any]:
    """The pages. What comes after them asks, for each box that waits, for all that is no content: in our pages, nothing."""
    collector = context.target_collector
    index = _index_of(collector)
    collector.counter_lookup_items = index.every
    yield from _make_pages(context, *more)
    collector.counter_lookup_items = index.others


def _index_of(collector: Any) -> Index:
    """Nothing begins to wait once pages are made, so that the index is made once."""
    if collector not in _index:
        every: Waiting = collector.counter_lookup_items
        by_anchor: dict[str, Waiting] = {}
        for key, item in every.items():
            for anchor in item.missing_target_counters:
                by_anchor.setdefault(anchor, {})[key] = item
        others = {key: item for key, item in every.items() if key[1] != "content"}
        _index[collector] = Index(every, by_anchor, others)
    return _index[collector]


def _style_one_page(page_type: Any, html: Any, style_for: Any) -> None:
    """The styles of a page and its margins, without a search among the rules of those before it, which nothing asks for again."""
    style_for.get_cascaded_styles().clear()
    _style_page(page_type, html, style_for)


def _page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """The references of all pages so far; made anew each time that one is wanted else."""
    kids = pdf.pages["Kids"]  # three entries for each page: its number, 0, R
    if len(_kept_references.get(pdf, ())) * 3 != len(kids):
        _kept_references[pdf] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return _kept_references[pdf]
