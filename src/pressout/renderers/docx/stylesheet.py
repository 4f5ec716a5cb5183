"""styles.xml: Word's defaults, the theme's roles as styles in the order of a gallery, and the style of tables."""

from __future__ import annotations

from collections.abc import Mapping

from pressout.renderers.docx.languages import is_tall, kind, tag
from pressout.renderers.docx.page import page_width, turned_width
from pressout.renderers.docx.properties import (
    RUN_ORDER,
    Properties,
    difference,
    ground,
    paragraph_properties,
    rule_attributes,
    run_properties,
    write_properties,
)
from pressout.renderers.docx.story import WordFile
from pressout.renderers.docx.styles import CUSTOMS, WordStyle
from pressout.renderers.docx.tables import TABLE_STYLES, cell_margin
from pressout.renderers.docx.xml import BUILTINS, Element, add, root, style_name, twips
from pressout.theme.looks import TABLE, TABLES, Rule, Style

# What a writer types after a paragraph of a role, where it is not more of the same
NEXT: Mapping[str, str] = {
    **dict.fromkeys((f"heading-{level}" for level in range(1, 7)), "body"),
    **dict.fromkeys(("logo", "series", "title", "subtitle", "standfirst", "authors", "date", "keywords", "imprint"), "body"),
    **dict.fromkeys(("caption", "table-caption", "source-note", "spacer", "figure", "thematic-break"), "body"),
    **dict.fromkeys(("attribution", "pull-quote", "epigraph", "code-block", "contents-title"), "body"),
    "term": "definition",
    "question": "answer",
    "callout-title": "callout",
}
# The gallery, in the order in which writers look for them; the other styles are found in the full list
GALLERY = (
    *("Body Text", "Title", "Subtitle", "Standfirst", "heading 1", "heading 2", "heading 3", "List Bullet", "List Number"),
    *("Quote", "Emphasis", "Strong", "Code", "Code Block", "caption", "Question", "Answer", "Callout Title", "Callout"),
)
OTHERS = 99  # the rank of a style that no gallery shows
OUTLINE = {**{f"heading-{level}": level - 1 for level in range(1, 7)}, "question": 1}
LISTS = {"list-bullet": "1", "list-number": "2"}  # the first two lists of a file, which belong to these styles
# The order of Word's schema (ECMA-376 part 1, CT_PPrBase)
ORDER = (
    *("w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl", "w:numPr/w:ilvl", "w:numPr/w:numId"),
    *("w:pBdr/w:top", "w:pBdr/w:left", "w:pBdr/w:bottom", "w:pBdr/w:right", "w:shd", "w:tabs/w:tab", "w:suppressAutoHyphens"),
    *("w:bidi", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"),
)


def stylesheet(file: WordFile) -> Element:
    """The styles of all the theme's roles, and those that the file's text has turned out to need."""
    sheet = root("w:styles", "w")
    _write_defaults(sheet, file)
    _write_word_styles(sheet, file)
    for style in file.styles.sheet.values():
        _write_style(sheet, style, file)
    for role in TABLES:
        _write_table_style(sheet, role, file)
    return sheet


# What all styles rest on


def _plain(file: WordFile) -> Style:
    """The body's letters and leading, with nothing round them: what Word calls Normal."""
    body = file.theme.styles["body"]
    return Style(font=body.font, size=body.size, leading=body.leading, weight=body.weight, italic=body.italic, colour=body.colour)


def _runs(look: Style, file: WordFile) -> Properties:
    return run_properties(look, file.styles.typefaces)


def _paragraphs(look: Style, file: WordFile) -> Properties:
    return paragraph_properties(look, file.rtl, is_tall(file.lang))


def _write_defaults(sheet: Element, file: WordFile) -> None:
    defaults = add(sheet, "w:docDefaults")
    letters = add(add(defaults, "w:rPrDefault"), "w:rPr")
    nothing = _runs(Style(size=0, colour="", font=""), file)
    write_properties(letters, difference(_runs(_plain(file), file), {**nothing, "w:spacing": {"val": "0"}}))
    languages = {"val": "en-US", "eastAsia": "en-US", "bidi": "ar-SA"}
    add(letters, "w:lang", **{**languages, kind(file.lang): tag(file.lang)})
    add(defaults, "w:pPrDefault")
    # Styles that are not in this file keep out of sight until they are used
    add(
        sheet,
        "w:latentStyles",
        defLockedState="0",
        defUIPriority=str(OTHERS),
        defSemiHidden="1",
        defUnhideWhenUsed="1",
        defQFormat="0",
        count="376",
    )


def _write_word_styles(sheet: Element, file: WordFile) -> None:
    """The four styles that every file of Word's has."""
    normal = add(sheet, "w:style", type="paragraph", default="1", styleId="Normal")
    add(normal, "w:name", val="Normal")
    add(normal, "w:qFormat")
    own = {key: value for key, value in _paragraphs(_plain(file), file).items() if key in ("w:spacing", "w:suppressAutoHyphens")}
    direction: Properties = {"w:bidi": {}} if file.rtl else {}
    write_properties(add(normal, "w:pPr"), _ordered({"w:widowControl": {}, **own, **direction}))
    for kind_of_style, identifier, name in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
        ("table", "TableNormal", "Normal Table"),
        ("numbering", "NoList", "No List"),
    ):
        style = add(sheet, "w:style", type=kind_of_style, default="1", styleId=identifier)
        add(style, "w:name", val=name)
        add(style, "w:uiPriority", val=str(OTHERS))
        add(style, "w:semiHidden")
        add(style, "w:unhideWhenUsed")
        if kind_of_style == "table":
            _write_cell_margins(add(style, "w:tblPr"), across=5.4, along=0)


def _ordered(properties: Properties) -> Properties:
    return {path: properties[path] for path in ORDER if path in properties}


# The styles of roles


def _write_style(sheet: Element, style: WordStyle, file: WordFile) -> None:
    own = {} if any(style.name == builtin.name for builtin in BUILTINS.values()) else {"customStyle": "1"}
    element = add(sheet, "w:style", type=style.type, **own, styleId=style.id)
    add(element, "w:name", val=style.name)
    add(element, "w:basedOn", val=style.base)
    if style.role in NEXT:
        add(element, "w:next", val=file.styles.paragraph(NEXT[style.role]).id)
    add(element, "w:uiPriority", val=str(GALLERY.index(style.name) + 1 if style.name in GALLERY else OTHERS))
    if style.name in GALLERY:
        add(element, "w:qFormat")
    if style.type == "character":
        _write_group(element, "w:rPr", style.run)
        return
    base = file.styles.sheet[style.base].look if style.base in file.styles.sheet else _plain(file)
    _write_group(element, "w:pPr", _ordered({**_own_paragraph(style, base, file), **_structure(style, file)}))
    letters = difference(_runs(style.look, file), _runs(base, file))
    letters = {**letters, **(CUSTOMS["code"] if style.role == "code-block" else {})}
    _write_group(element, "w:rPr", {path: letters[path] for path in RUN_ORDER if path in letters})


def _own_paragraph(style: WordStyle, base: Style, file: WordFile) -> Properties:
    return difference(_paragraphs(style.look, file), _paragraphs(base, file))


def _structure(style: WordStyle, file: WordFile) -> Properties:
    """What makes a style a heading or a list item."""
    structure: dict[str, Mapping[str, str]] = {}
    if style.base not in file.styles.sheet or file.styles.sheet[style.base].role != style.role:
        if style.role in LISTS:
            structure["w:numPr/w:numId"] = {"val": LISTS[style.role]}
        if style.role in OUTLINE:
            structure["w:outlineLvl"] = {"val": str(OUTLINE[style.role])}
        if style.role.startswith("running-head"):
            page = file.theme.page
            width = turned_width(page) if style.role.endswith("-turned") else page_width(page)
            structure["w:tabs/w:tab"] = {"val": "right", "pos": twips(width)}
        if style.role.startswith("heading-") and file.numbers:
            structure["w:numPr/w:ilvl"] = {"val": str(OUTLINE[style.role])}
            structure["w:numPr/w:numId"] = {"val": str(file.numbers["heading"])}
    return structure


def _write_group(parent: Element, name: str, properties: Properties) -> None:
    if properties:
        write_properties(add(parent, name), properties)


# Tables


def _write_table_style(sheet: Element, role: str, file: WordFile) -> None:
    """Tables have a rule above and one below, a thin one under the head, and, but for a comparison, no verticals."""
    table, cell, head = file.theme.styles[role], file.theme.style("table-cell"), file.theme.style("table-head")
    style = add(sheet, "w:style", type="table", customStyle="1", styleId=TABLE_STYLES[role])
    add(style, "w:name", val="Article Table" if role == TABLE else f"{style_name(role)} Table")
    add(style, "w:basedOn", val="TableNormal")
    add(style, "w:uiPriority", val=str(OTHERS))
    add(style, "w:qFormat")
    properties = add(style, "w:tblPr")
    rules = {"w:top": table.rule_above, "w:bottom": table.rule_below, "w:insideH": cell.rule_below, "w:insideV": table.rule_start}
    _write_rules(properties, "w:tblBorders", rules)
    _write_cell_margins(properties, across=cell_margin(cell), along=cell.padding)
    behind = cell.background or table.background
    if behind:
        add(add(style, "w:tcPr"), "w:shd", **ground(behind))
    inside = add(add(style, "w:tblStylePr", type="firstRow"), "w:tcPr")
    _write_rules(inside, "w:tcBorders", {"w:bottom": head.rule_below})
    if head.background:
        add(inside, "w:shd", **ground(head.background))
    add(inside, "w:vAlign", val="bottom")


def _write_rules(parent: Element, name: str, rules: Mapping[str, Rule]) -> None:
    drawn = {side: rule for side, rule in rules.items() if rule.width}
    if drawn:
        borders = add(parent, name)
        for side, rule in drawn.items():
            add(borders, side, **rule_attributes(rule))


def _write_cell_margins(properties: Element, *, across: float, along: float) -> None:
    margins = add(properties, "w:tblCellMar")
    for side, points in (("w:top", along), ("w:left", across), ("w:bottom", along), ("w:right", across)):
        add(margins, side, w=twips(points), type="dxa")
