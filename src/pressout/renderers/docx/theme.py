"""theme1.xml: the theme's colours and faces where Word's own galleries look for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pressout.renderers.docx.xml import Element, add, root
from pressout.theme.looks import Theme

BLACK, WHITE = "#000000", "#ffffff"
ACCENTS = 6
# The accents that Word has slots for: the theme's own colours, the strongest first
FIRST = ("accent", "muted", "hair", "tint", "mark")


def theme_part(theme: Theme) -> Element:
    """A theme as Word wants it: twelve colours, two families, and three of each effect, which are none."""
    element = root("a:theme", "a")
    element.set("name", theme.name)
    parts = add(element, "a:themeElements")
    scheme = add(parts, "a:clrScheme", name=theme.name)
    for slot, colour in _colours(theme):
        add(add(scheme, f"a:{slot}"), "a:srgbClr", val=colour.removeprefix("#").upper())
    fonts = add(parts, "a:fontScheme", name=theme.name)
    for slot, use in (("majorFont", "display"), ("minorFont", "text")):
        family = add(fonts, f"a:{slot}")
        add(family, "a:latin", typeface=theme.fonts[use].family if use in theme.fonts else "")
        add(family, "a:ea", typeface="")
        add(family, "a:cs", typeface="")
    _write_effects(add(parts, "a:fmtScheme", name=theme.name))
    return element


def _colours(theme: Theme) -> Iterator[tuple[str, str]]:
    known: Mapping[str, str] = theme.colours
    text, accent = known.get("text", BLACK), known.get("accent", BLACK)
    own = [known[name] for name in FIRST if name in known]
    own += [colour for name, colour in known.items() if name not in (*FIRST, "text")]
    accents = (own + [accent] * ACCENTS)[:ACCENTS]
    yield from (("dk1", text), ("lt1", WHITE), ("dk2", accent), ("lt2", known.get("tint", WHITE)))
    yield from ((f"accent{number}", colour) for number, colour in enumerate(accents, 1))
    link = theme.style("link").colour
    yield from (("hlink", link), ("folHlink", link))


def _write_effects(scheme: Element) -> None:
    """Three plain fills, lines, effects and grounds: fewer are not allowed."""
    for group, wanted in (
        ("a:fillStyleLst", "fill"),
        ("a:lnStyleLst", "line"),
        ("a:effectStyleLst", "effect"),
        ("a:bgFillStyleLst", "fill"),
    ):
        element = add(scheme, group)
        for width in ("6350", "12700", "19050"):
            match wanted:
                case "fill":
                    add(add(element, "a:solidFill"), "a:schemeClr", val="phClr")
                case "line":
                    line = add(element, "a:ln", w=width)
                    add(add(line, "a:solidFill"), "a:schemeClr", val="phClr")
                case _:
                    add(add(element, "a:effectStyle"), "a:effectLst")
