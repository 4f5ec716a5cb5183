"""A small editor for tests: tracked edits at named words, written straight into a Word file's XML."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

WHO = 'w:author="Ed Itor" w:date="2026-11-01T09:00:00Z"'
RUN = re.compile(r"<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>(?P<text>[^<]*)</w:t></w:r>")


def change(data: bytes, part: str, edit: dict[str, str] | None = None, **parts: str) -> bytes:
    """The package with pieces of one part's XML replaced, and with parts added."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode()
                for old, new in (edit or {}).items():
                    assert old in text, old
                    text = text.replace(old, new, 1)
                content = text.encode()
            archive.writestr(name, content)
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def document(data: bytes, part: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(part).decode()


def replace(data: bytes, old: str, new: str, part: str = "word/document.xml", author: str = "Ed Itor") -> bytes:
    """Delete some words of one run and type others, both tracked; either may be empty if the other says where."""
    who = WHO.replace("Ed Itor", author)
    for found in RUN.finditer(document(data, part)):
        at = found["text"].find(escape(old))
        if at < 0:
            continue
        look, text = found["look"] or "", found["text"]

        def run(words: str, tag: str = "t", look: str = look) -> str:
            return f'<w:r>{look}<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>' if words else ""

        gone = f'<w:del w:id="9001" {who}>{run(escape(old), "delText")}</w:del>'
        typed = f'<w:ins w:id="9002" {who}>{run(escape(new))}</w:ins>' if new else ""
        return change(data, part, {found[0]: run(text[:at]) + gone + typed + run(text[at + len(escape(old)) :])})
    raise AssertionError(f"no run has '{old}'")


def untracked(data: bytes, old: str, new: str) -> bytes:
    return change(data, "word/document.xml", {old: new})


def mark(data: bytes, words: str, tag: str) -> bytes:
    """A run of just these words made bold or italic, tracked."""
    for found in RUN.finditer(document(data)):
        at = found["text"].find(words)
        if at < 0 or found["look"]:
            continue
        text = found["text"]
        look = f'<w:rPr><w:{tag}/><w:rPrChange w:id="9003" {WHO}><w:rPr/></w:rPrChange></w:rPr>'
        pieces = [("", text[:at]), (look, words), ("", text[at + len(words) :])]
        runs = "".join(f'<w:r>{style}<w:t xml:space="preserve">{piece}</w:t></w:r>' for style, piece in pieces if piece)
        return change(data, "word/document.xml", {found[0]: runs})
    raise AssertionError(f"no plain run has '{words}'")


def comment(data: bytes, words: str, text: str) -> bytes:
    """A comment on these words."""
    whole = document(data)
    found = next(run for run in RUN.finditer(whole) if words in run["text"])
    around = f'<w:commentRangeStart w:id="7"/>{found[0]}<w:commentRangeEnd w:id="7"/>'
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
    part = f'<w:comments {namespace}><w:comment w:id="7" {WHO}>{said}</w:comment></w:comments>'
    return change(data, "word/document.xml", {found[0]: around}, **{"word/comments.xml": part})
