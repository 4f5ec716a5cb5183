"""The styles that a Word file needs: each role of the theme under Word's name, and the derived ones that a text asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pressout.renderers.code_looks import code_looks
from pressout.renderers.css.fonts import upright
from pressout.renderers.docx.fonts import Typefaces
from pressout.renderers.docx.looks import CELLS, ON_DEMAND, SMALL_CELLS, WORD_ROLES, drawn_by, fitted, inside_box
from pressout.renderers.docx.properties import (
    BOLD,
    RUN_ORDER,
    Properties,
    difference,
    end_inset,
    ground,
    rule_attributes,
    run_properties,
    start_inset,
)
from pressout.renderers.docx.xml import BUILTINS, style_id, style_name
from pressout.theme.looks import BASES, INLINE_ROLES, ROLES, Style, Theme, framed

BOX = "box"  # among the containers of a setting: the section as a whole

# Roles that dress letters inside a line
CHARACTER_ROLES = (*INLINE_ROLES, "credit")
NOTE_MARKS = ("note-mark", "endnote-mark")

# Character styles for which a theme has no role
MARKS: Mapping[str, Properties] = {
    "caption-label": {"w:b": {}, "w:bCs": {}},
    "emphasis": {"w:i": {}, "w:iCs": {}},
    "inserted": {"w:u": {"val": "single"}},
    "strikethrough": {"w:strike": {}},
    "strong": {"w:b": {}, "w:bCs": {}},
    "subscript": {"w:vertAlign": {"val": "subscript"}},
    "superscript": {"w:vertAlign": {"val": "superscript"}},
    "underline": {"w:u": {"val": "single"}},
}
# What Word's readers expect of these beyond what a theme can say
CUSTOMS: Mapping[str, Properties] = {
    "code": {"w:noProof": {}},
    "keyboard": {"w:noProof": {}},
    "link": {"w:u": {"val": "single"}},
    "note-mark": {"w:vertAlign": {"val": "superscript"}},
    "endnote-mark": {"w:vertAlign": {"val": "superscript"}},
}
SIZE, SIZES = "w:sz", ("w:sz", "w:szCs")
BOLD_SWITCHES = ("w:b", "w:bCs")
TITLES = ("callout-title", "details-summary")  # the first lines of boxes that have one
# Roles that stand inside others and yet say all of their letters by themselves
OWN_LETTERS = (
    "attribution",
    *TITLES,
    *CELLS,
    *SMALL_CELLS,
    "thematic-break",
    "spacer",
    "gap",
    "title-drop",
)
LETTERS = ("font", "size", "leading", "weight", "italic", "small_caps", "uppercase", "tracking", "colour", "align", "hyphens")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a paragraph stands, as far as its style shows it: the section whose look it takes, and what encloses it.

    `containers` are the roles, from the outermost on, that draw a ground or a rule round what is in them, or hand on their letters.
    """

    section: str = ""
    containers: tuple[str, ...] = ()


PLAIN = Setting()


@dataclass(frozen=True, slots=True)
class WordStyle:
    """A style as it will stand in styles.xml; `role` is pressout's, `base` the identifier of the style it is based on."""

    name: str
    id: str
    type: Literal["paragraph", "character"]
    role: str = ""
    base: str = ""
    look: Style = field(default_factory=Style)
    run: Properties = field(default_factory=dict)

    @property
    def indent(self) -> float:
        """Where the text stands from the line's start, in points."""
        return self.look.indent + start_inset(self.look)

    @property
    def outdent(self) -> float:
        return self.look.outdent + end_inset(self.look)


@dataclass(slots=True)
class Styles:
    """The styles of one file: every role's from the start, a derived one from when it is first asked for."""

    theme: Theme
    typefaces: Typefaces
    sheet: dict[str, WordStyle] = field(default_factory=dict)
    paragraphs: dict[tuple[str, Setting], WordStyle] = field(default_factory=dict)
    characters: dict[tuple[frozenset[str], str], WordStyle] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role in (*ROLES, *WORD_ROLES):
            if role not in CHARACTER_ROLES and not role.endswith(ON_DEMAND):
                self.paragraph(role)
        for mark in (*MARKS, *CHARACTER_ROLES, "endnote-mark"):
            self.character(frozenset({mark}), self.paragraph("body"))

    def look(self, role: str, section: str = "") -> Style:
        """The look of a role of the theme's or of Word's own."""
        return fitted(role, self.theme.style(WORD_ROLES.get(role, role), section), self.theme)

    def encloses(self, role: str, section: str) -> bool:
        """Whether what stands inside a block of this role shows it: by a ground, by rules, by letters that it takes over."""
        look, body = self.look(role, section), self.theme.style("body")
        return bool(drawn_by(look)) or any(getattr(look, name) != getattr(body, name) for name in LETTERS)

    # Paragraph styles

    def paragraph(self, role: str, setting: Setting = PLAIN) -> WordStyle:
        """The style of a paragraph of that role in that setting."""
        found = self.paragraphs.get((role, setting))
        if found is None:
            found = self.paragraphs[role, setting] = self._paragraph(role, setting)
            self.sheet[found.id] = found
        return found

    def _paragraph(self, role: str, setting: Setting) -> WordStyle:
        plain = self.look(role)
        if setting == PLAIN:
            builtin = BUILTINS.get(role)
            name = style_name(role)
            return WordStyle(name, builtin.id if builtin else style_id(name), "paragraph", role, self._base(role), plain)
        # What a container draws, its own paragraphs draw by themselves
        own = setting.containers[-1:] == (role.removesuffix("-inner"),)
        containers = setting.containers[:-1] if own else setting.containers
        look = self._enclosed(role, setting.section, containers)
        if look == plain:
            return self.paragraph(role)
        name = self._derived_name(role, setting.section, containers)
        return WordStyle(name, style_id(name), "paragraph", role, self.paragraph(role).id, look)

    def _base(self, role: str) -> str:
        """The style that a role's is based on: that of the role whose look it takes, but for headings and their like.

        What is based on a heading is a heading to Word: it would be numbered, and listed in the contents.
        """
        if role == "list-continue":  # what is based on an item's style is an item
            return self.paragraph("body").id
        if role.endswith("-turned"):  # the tab of a narrower page would come first
            return "Normal"
        base = WORD_ROLES.get(role) or BASES.get(role)
        if base is None or base == "title" or base.startswith("heading-"):
            return "Normal"
        return self.paragraph(base).id

    def _enclosed(self, role: str, section: str, containers: tuple[str, ...]) -> Style:
        look, body = self.look(role, section), self.theme.style("body")
        for container in reversed(containers):
            box = self.container(container, section)
            look = inside_box(look, box)
            if container != BOX and role not in OWN_LETTERS:
                taken = {name: getattr(box, name) for name in LETTERS if getattr(look, name) == getattr(body, name)}
                look = replace(look, **taken)
            if (container == BOX and role.startswith("heading-")) or role in TITLES:
                # The first thing in it leaves the space above the whole, the last that below
                look = replace(look, space_before=max(look.space_before, box.space_before))
            if container == BOX and box.keep_together:
                look = replace(look, keep_with_next=True, keep_together=True)
            if role == "attribution":
                look = replace(look, space_after=max(look.space_after, box.space_after))
        return look

    def container(self, container: str, section: str) -> Style:
        """The look of what encloses other blocks: a section's box, a quote, a callout."""
        return self.theme.sections[section][BOX] if container == BOX else self.theme.style(container, section)

    def _derived_name(self, role: str, section: str, containers: tuple[str, ...]) -> str:
        """ "Key Points List Bullet": the section, what encloses the paragraph, its kind."""
        shows_section = BOX in containers or WORD_ROLES.get(role, role) in self.theme.sections.get(section, {})
        outer = [section] * shows_section + [container for container in containers if container != BOX]
        words = [style_name(name).title() for name in outer]
        kind = style_name(role).title()
        if words and kind.startswith(f"{words[-1]} ") and not kind.startswith("Callout "):
            return " ".join([*words[:-1], kind, "Inner"])  # not "Details Details Summary"
        return " ".join([*words, kind.removeprefix("Callout ") if words and words[-1].startswith("Callout") else kind])

    # Character styles

    def character(self, marks: frozenset[str], around: WordStyle) -> WordStyle:
        """The style of a run with these marks in a paragraph of the style `around`."""
        found = self.characters.get((marks, around.id))
        if found is None:
            found = self.characters[marks, around.id] = self._character(marks, around)
            self.sheet.setdefault(found.id, found)
        return found

    def _character(self, marks: frozenset[str], around: WordStyle) -> WordStyle:
        """One style for all the marks, because a run has one; a style of its own where the paragraph's look asks for it.

        Word sets bold type of a bold style upright (ECMA-376 part 1, 17.7.3: toggle properties), LibreOffice does not: so in a
        bold paragraph the style has no bold at all. Sizes inside a line are shares of the line's size.
        """
        properties: dict[str, Mapping[str, str]] = {}
        for mark in sorted(marks):
            properties |= self._mark(mark)
        single = BUILTINS.get(next(iter(marks))) if len(marks) == 1 else None
        name = single.name if single else " ".join(sorted(style_name(mark).title() for mark in marks))
        fitted = self._adapted(around, marks, properties)
        if fitted != properties:
            name = f"{around.name.title()} {name.title()}"
            single = None
        identifier = single.id if single else style_id(name)
        ordered = {path: fitted[path] for path in RUN_ORDER if path in fitted}
        return WordStyle(name, identifier, "character", "", "DefaultParagraphFont", around.look, ordered)

    def _adapted(self, around: WordStyle, marks: frozenset[str], properties: Properties) -> Properties:
        fitted = dict(properties)
        if around.look.weight >= BOLD:
            for switch in BOLD_SWITCHES:
                fitted.pop(switch, None)
        share = around.look.size / self.theme.styles["body"].size
        if SIZE in fitted and share != 1 and not marks.isdisjoint(INLINE_ROLES):
            fitted |= {path: {"val": str(round(int(fitted[SIZE]["val"]) * share))} for path in SIZES}
        return fitted

    def _mark(self, mark: str) -> Properties:
        if mark == "emphasis" and (upright(self.typefaces.lang) or self.theme.upright):
            return MARKS["strong"]
        if mark in MARKS:
            return MARKS[mark]
        if code := code_looks(self.theme).get(mark):
            marks = [*["strong"] * code.bold, *["emphasis"] * code.italic]
            return {path: value for name in marks for path, value in MARKS[name].items()} | {
                "w:color": {"val": code.colour.removeprefix("#").upper()}
            }
        look = self.theme.style("note-mark" if mark in NOTE_MARKS else mark)
        usual = self.theme.style("caption" if mark == "credit" else "body")
        own = difference(run_properties(look, self.typefaces), run_properties(usual, self.typefaces))
        if mark in NOTE_MARKS:  # Word makes raised letters smaller by itself
            own = {path: values for path, values in own.items() if path not in SIZES}
        frame = {"w:bdr": rule_attributes(look.rule_below)} if framed(look) else {}
        shade = {"w:shd": ground(look.background)} if look.background else {}
        return {**own, **frame, **shade, **CUSTOMS.get(mark, {})}
