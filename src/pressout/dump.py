"""Dump: a document as JSON and as indented text, every kind and value shown, for people and for tests."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pressout.diagnostics import Span
from pressout.model import Attributes, Column, Document, Inline, Metadata, Picture

Json = dict[str, Any] | list[Any] | str | int | float | bool | None

INLINE = frozenset(kind.__name__ for kind in get_args(Inline))
# Fields that hold what a node is made of: their names say nothing that the node's own name does not
UNNAMED = frozenset({"content", "blocks", "items", "cells", "images", "text"})


def as_json(value: object) -> Json:
    """The value as JSON: a node is an object with its `kind` and the fields that are not at their default; bytes are left out."""
    match value:
        case str():
            return str(value)
        case None | bool() | int() | float():
            return value
        case datetime.date():
            return value.isoformat()
        case Path():
            return value.name
        case Mapping():
            return {str(key): as_json(each) for key, each in value.items()}
        case tuple() | list():
            return [as_json(each) for each in value]
        case Span(line=line, column=column, start=start, end=end):
            return {"line": line, "column": column, "start": start, "end": end}
        case Picture(name=name, media_type=media_type, width=width, height=height):
            return f"{name} {media_type} {width}x{height}"
        case Column(align=align, width=width):
            return " ".join(filter(None, [align or "auto", f"{width:g}" if width else ""]))
        case Attributes() | Metadata():
            return _fields(value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {"kind": type(value).__name__} | _fields(value)
        case _:
            return str(value)


def _fields(value: Any) -> dict[str, Json]:
    """The fields of a dataclass that are not at their default; a document's folder is the machine's, not the document's."""
    shown = (
        (field.name, getattr(value, field.name), field)
        for field in dataclasses.fields(value)
        if field.name not in ("folder", "spans")
    )
    return {name: as_json(each) for name, each, field in shown if each != _default(field)}


def _default(field: dataclasses.Field[Any]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def as_text(document: Document, *, spans: bool = False) -> str:
    """The document as indented lines: a block a line, its inlines behind a colon; `spans` adds `@line:column` to each block."""
    metadata = _metadata_lines(document.metadata)
    blocks = [as_json(block) for block in (*document.blocks, *document.notes)]
    lines = [*metadata, *(line for block in blocks for line in _node_lines(block, "", spans=spans))]
    return "".join(f"{line}\n" for line in lines)


def metadata_text(metadata: Metadata) -> str:
    """The metadata as lines, a key a line."""
    return "".join(f"{line}\n" for line in _metadata_lines(metadata))


def _metadata_lines(metadata: Metadata) -> Iterator[str]:
    for name, value in _fields(metadata).items():
        yield from _field_lines(name, value, "", spans=False, unnamed=False)


def _node_lines(node: Any, indent: str, *, spans: bool) -> Iterator[str]:
    """A node's own line, with its plain values, then what it holds, two spaces deeper."""
    plain = [_setting(name, value) for name, value in node.items() if name != "kind" and not _holds_nodes(value)]
    place = f" @{node['span']['line']}:{node['span']['column']}" if spans and "span" in node else ""
    head = " ".join([node["kind"] + place, *filter(None, plain)])
    held = [(name, value) for name, value in node.items() if _holds_nodes(value)]
    if held and held[0][0] in UNNAMED and _is_inlines(held[0][1]):
        head = f"{head}: {_inlines(held.pop(0)[1])}"
    yield indent + head
    for name, value in held:
        yield from _field_lines(name, value, indent + "  ", spans=spans, unnamed=name in UNNAMED)


def _field_lines(name: str, value: Any, indent: str, *, spans: bool, unnamed: bool) -> Iterator[str]:
    """A field's lines: inlines on one line, blocks below one another, a list of lists one after the other."""
    if isinstance(value, dict) and "kind" in value:
        yield from _node_lines(value, indent, spans=spans)
    elif not _holds_nodes(value):
        yield f"{indent}{name}: {value!r}"
    elif _is_inlines(value):
        yield f"{indent}{name}: {_inlines(value)}"
    elif isinstance(value[0], list):
        for each in value:
            yield from _field_lines(name, each, indent, spans=spans, unnamed=False)
    else:
        if not unnamed:
            yield f"{indent}{name}"
        deeper = indent if unnamed else indent + "  "
        for each in value:
            yield from _node_lines(each, deeper, spans=spans)


def _setting(name: str, value: Any) -> str:
    if name == "span":
        return ""
    if name == "attributes":
        return _attributes(value)
    return f"{name}={value!r}"


def _attributes(value: dict[str, Any]) -> str:
    """Attributes as the source writes them: `{#id .class lang=fr key="value"}`."""
    ids = [f"#{value['id']}"] if "id" in value else []
    classes = [f".{name}" for name in value.get("classes", ())]
    pairs = [f"{key}={value[key]}" for key in ("lang", "dir") if key in value]
    return "{" + " ".join([*ids, *classes, *pairs, *(f'{key}="{each}"' for key, each in value.get("values", ()))]) + "}"


def _inlines(nodes: list[Any]) -> str:
    return " ".join(map(_inline, nodes))


def _inline(node: dict[str, Any]) -> str:
    """An inline in one stretch: text as a quoted string, any other kind as `Kind(settings inlines)`."""
    if node["kind"] == "Text" and "attributes" not in node:
        return repr(node["text"])
    settings = [_setting(name, value) for name, value in node.items() if name not in ("kind", "text") and not _holds_nodes(value)]
    text = [repr(node["text"])] if "text" in node else []
    inside = [_inlines(value) for value in node.values() if _holds_nodes(value)]
    words = " ".join(filter(None, [*settings, *text, *inside]))
    return f"{node['kind']}({words})" if words else node["kind"]


def _holds_nodes(value: Any) -> bool:
    match value:
        case {"kind": _}:
            return True
        case [first, *_]:
            return _holds_nodes(first)
        case _:
            return False


def _is_inlines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) and each["kind"] in INLINE for each in value)
