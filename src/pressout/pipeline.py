"""The pipeline: an article, or a collection of them, read, prepared, drawn in each format that is wanted, and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from pressout.collection.joining import Piece, as_member, dated, join
from pressout.collection.listing import read_listing
from pressout.collection.looks import collected
from pressout.diagnostics import PressoutError, Report, Severity
from pressout.edition import Edition, Output
from pressout.files import read_source, standard_input, write_whole
from pressout.model import Document
from pressout.order import STANDARD_INPUT, Order, complete, edition_for, is_collection, moment, new_folder, targets, theme_name
from pressout.prepare import prepare
from pressout.readers import read
from pressout.renderers import render
from pressout.theme import Theme, load_theme

Preparation = Callable[[Document, Theme, Edition, Report], Document]
Watch = Callable[[str], AbstractContextManager[object]]  # told each stage by name, entered and left around its work


@dataclass(frozen=True, slots=True)
class Proof:
    """An article as the renderers get it."""

    document: Document
    theme: Theme
    edition: Edition


@dataclass(frozen=True, slots=True)
class Built:
    """What was made of one article or collection: the prepared document, and each file with what was written into it."""

    document: Document
    files: Mapping[Path, Output]


def build(source: Path, order: Order, report: Report, watch: Watch = nullcontext) -> Built:
    """Make the files of one article, or of a collection; raises PressoutError, with nothing written, where no output makes sense.

    `watch` is called with the name of each stage: read, prepare, each format, write.
    """
    built = make(source, order, report, watch)
    with watch("write"):
        _write(built.files, report)
    return built


def make(source: Path, order: Order, report: Report, watch: Watch = nullcontext) -> Built:
    """What `build` makes, and nothing written."""
    order = complete(order, source, report)
    proof = proof_of(source, order, report, watch)
    refuse_faults(report, strict=order.strict)
    outputs = _drawn(proof, order, source, report, watch)
    refuse_faults(report, strict=order.strict)
    return Built(proof.document, outputs)


def _write(outputs: Mapping[Path, Output], report: Report) -> None:
    """All files; the folders that are made for them are named, and where one cannot be written, those that were."""
    written: list[str] = []
    for path, output in outputs.items():
        folder = new_folder(path)
        try:
            write_whole(path, output.data)
        except PressoutError:
            if written:
                report.note(f"was written before that: {', '.join(written)}")
            raise
        if folder:
            report.note(folder)
        written.append(str(path))


def proof_of(source: Path, order: Order, report: Report, watch: Watch = nullcontext, prepared: Preparation = prepare) -> Proof:
    """The article or collection as the renderers get it; `order` is complete."""
    if is_collection(source):
        return _proof_of_many(source, order, report, watch, prepared)
    with watch("read"):
        document = read_article(source, order, report)
    with watch("prepare"):
        return check(document, order, report, prepared)


def _proof_of_many(source: Path, order: Order, report: Report, watch: Watch, prepared: Preparation) -> Proof:
    """Each article of a collection read and prepared, then all of them joined; what is wrong with any is reported."""
    listing = read_listing(source, report)
    name = theme_name(order, Document(listing.metadata, (), folder=listing.folder))
    order = replace(order, edition=edition_for(order, listing.metadata))
    theme = collected(load_theme(name, report, order.edition.paper, order.edition.variant))

    def member(document: Document) -> Document:
        return prepared(as_member(document, report), theme, order.edition, report)

    found = [_member(listed.path, order, member, report, watch) for listed in listing.articles]
    pieces = [piece for piece in found if piece]
    refuse_faults(report, strict=False)
    edition = replace(order.edition, moment=moment(dated(listing.metadata, pieces)))
    return Proof(join(listing, pieces, report), theme, edition)


def _member(source: Path, order: Order, member: Callable[[Document], Document], report: Report, watch: Watch) -> Piece | None:
    """An article of a collection; what keeps it from being read is reported, and the others are still looked at."""
    try:
        with watch("read"):
            document = read_article(source, replace(order, form=source.suffix.lower()), report)
        with watch("prepare"):
            made = member(document)
    except PressoutError as error:
        report.add(error.diagnostic)
        return None
    return Piece(made, source)


def read_articles(source: Path, order: Order, report: Report) -> tuple[Document, ...]:
    """The article, or those of a collection in their order, as their readers give them; `order` is complete."""
    if not is_collection(source):
        return (read_article(source, order, report),)
    paths = (listed.path for listed in read_listing(source, report).articles)
    return tuple(read_article(path, replace(order, form=path.suffix.lower()), report) for path in paths)


def read_article(source: Path, order: Order, report: Report) -> Document:
    """The article as its reader gives it; `order` is complete."""
    if is_collection(source):
        raise PressoutError("is a collection, and this reads one article", file=str(source), hint="name one of its articles")
    text = standard_input(report) if source == STANDARD_INPUT else read_source(source, report)
    document = read(text, report, order.form)
    if not document.blocks:
        report.warn("the article has no text", file=document.name, hint="write it below the front matter")
    lang = document.metadata.lang or order.project.lang
    return replace(document, metadata=replace(document.metadata, lang=lang))


def check(document: Document, order: Order, report: Report, prepared: Preparation = prepare) -> Proof:
    """The article prepared; what is wrong with it is in the report."""
    edition = edition_for(order, document.metadata)
    theme = load_theme(theme_name(order, document), report, edition.paper, edition.variant)
    return Proof(prepared(document, theme, edition, report), theme, edition)


def _drawn(proof: Proof, order: Order, source: Path, report: Report, watch: Watch) -> dict[Path, Output]:
    """Each format that is wanted; an EPUB that shall have page numbers after the PDF, even where that is not wanted itself."""
    wanted = targets(order, source)
    outputs: dict[Path, Output] = {}
    for form, path in wanted.items():
        if form == "epub" and (order.page_list or (order.page_list is None and "pdf" in wanted)):
            printed = wanted.get("pdf", path.with_name(path.name.removesuffix(".epub").removesuffix(".kepub") + ".pdf"))
            pages = (outputs.get(printed) or draw("pdf", proof, report, watch)).pages
            paged = replace(proof, edition=replace(proof.edition, pages=pages, paginated=printed.name))
            outputs[path] = draw(form, paged, report, watch)
        else:
            outputs[path] = draw(form, proof, report, watch)
    return outputs


def draw(form: str, proof: Proof, report: Report, watch: Watch = nullcontext) -> Output:
    """The article in one format."""
    with watch(form):
        return render(form, proof.document, proof.theme, proof.edition, report)


def refuse_faults(report: Report, *, strict: bool) -> None:
    """Raises PressoutError where the input is wrong, or, strictly, not quite right."""
    if report.count(Severity.ERROR):
        raise PressoutError("nothing was written, because of the errors above")
    warnings = report.count(Severity.WARNING)
    if strict and warnings:
        raise PressoutError(f"nothing was written, because of {warnings} warning{'s' * (warnings > 1)}, and --strict")
