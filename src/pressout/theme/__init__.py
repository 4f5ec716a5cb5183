"""Themes: a theme.toml, and those that it extends, made into one frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pressout.diagnostics import Diagnostic, PressoutError, Report, Severity
from pressout.files import decoded, reason, themes_folder
from pressout.model import Image, Picture
from pressout.pictures import NoPicture, find_picture
from pressout.settings_file import Name
from pressout.theme.file import Setting, Settings, did_you_mean, read_settings
from pressout.theme.fonts import family_files, known_families
from pressout.theme.keys import BOX, HEADING, PAGE, PAPERS, Key
from pressout.theme.looks import (
    BASES,
    SPECIAL_TABLES,
    TABLE,
    TITLE_BLOCK,
    Alignment,
    Chapters,
    Font,
    Front,
    House,
    PageLayout,
    Rule,
    Style,
    Theme,
)
from pressout.theme.values import Scope, convert
from pressout.theme.variants import varied

__all__ = ["Alignment", "Font", "PageLayout", "Rule", "Style", "Theme", "load_theme", "theme_names"]

FILE = "theme.toml"
BASE = "plain"  # every role has its look there
SHEETS = ("print.css", "epub.css")
COVER = "cover.svg.jinja"
FONTS = ("text", "display", "mono")
WHERE = ("folder", "package")
NOWHERE = 'put its TTF files into the theme\'s folder, or name the installed font package that holds it: package = "..."'
WIDEST_LOGO = 2400  # pixels: 200 mm at 300 to the inch
MEASURE = 72.0  # points: a narrower page holds no text
LEVELS = tuple(f"heading-{level}" for level in range(1, 7))


def theme_names() -> tuple[str, ...]:
    """The names of the themes that come with pressout."""
    return tuple(sorted(path.parent.name for path in themes_folder().glob(f"*/{FILE}")))


def own_themes(folder: Path) -> Mapping[str, Path]:
    """The themes in the folder `themes` there by their names; none where that is the folder of pressout's own."""
    own = folder / "themes"
    if not own.is_dir() or own.resolve() == themes_folder().resolve():
        return {}
    return {path.parent.name: path.parent for path in sorted(own.glob(f"*/{FILE}"))}


def find_theme(name: str, folder: Path) -> str:
    """What a theme that is named in that folder is called from here: its path where it is the folder's own, else what it is.

    A path is meant from the folder; a name is that of a theme in it, then of one in its folder `themes`, then of one of pressout's.
    """
    if not name or "/" in name or (folder / name / FILE).is_file():
        return str(folder / name) if name else ""
    return str(own_themes(folder).get(name, name))


def load_theme(name_or_path: str | Path, report: Report, paper: str = "", variant: str = "") -> Theme:
    """The theme of that name, or the one in that folder or theme.toml, with all that it extends.

    `paper`, where it says anything, is taken instead of the theme's; `variant` is one of variants.VARIANTS. PressoutError is
    raised for the first thing that is wrong with it; the others are in the report by then.
    """
    found = Report()
    lineage = _lineage(theme_folder(name_or_path), found)
    settings = {name: setting for own in reversed(lineage.values()) for name, setting in own.items()}
    theme = _build(list(lineage), _on_paper(settings, paper) if paper else settings, found)
    for diagnostic in found.diagnostics:
        report.add(diagnostic)
    _raise_first(found.diagnostics)
    return varied(theme, variant) if variant else theme


def _on_paper(settings: Settings, paper: str) -> Settings:
    """The settings with another paper; a width and height of the theme's own no longer count."""
    place = settings.get(("page", "paper")) or next(iter(settings.values()))
    kept = {name: setting for name, setting in settings.items() if name not in (("page", "width"), ("page", "height"))}
    return {**kept, ("page", "paper"): Setting(paper, _paper_key(), place.span)}


def _paper_key() -> Key:
    key = PAGE["paper"]
    assert isinstance(key, Key)
    return key


def _raise_first(diagnostics: Iterable[Diagnostic]) -> None:
    for problem in diagnostics:
        if problem.severity is Severity.ERROR:
            raise PressoutError(problem.message, problem.span, hint=problem.hint, file=problem.file)


def theme_folder(name_or_path: str | Path) -> Path:
    """The folder of a theme: a path wins where there is a theme, else it is a name. PressoutError where there is none."""
    path = Path(name_or_path)
    folder = path.parent if path.name == FILE else path
    if (folder / FILE).is_file():
        return folder
    if str(name_or_path) in theme_names():
        return themes_folder() / name_or_path
    if (folder / FILE).is_dir():
        raise PressoutError("is a folder, and a theme's settings are a file", file=str(folder / FILE))
    if folder.is_dir():
        raise PressoutError(f"there is no {FILE} in it", file=str(folder), hint="begin one with `pressout themes new`")
    hint = did_you_mean(str(name_or_path), (*own_themes(Path()), *theme_names()))
    raise PressoutError(f"there is no theme '{name_or_path}'", hint=hint)


def _lineage(folder: Path, report: Report) -> dict[Path, Settings]:
    """The settings of a theme by its folder, then those of the theme which it extends, and so on to the base of all."""
    base = (themes_folder() / BASE).resolve()
    lineage: dict[Path, Settings] = {}
    while True:
        lineage[folder] = read_settings(folder / FILE, report)
        extends = lineage[folder].get(("extends",))
        if extends:
            folder = _parent(extends, folder, lineage)
        elif folder.resolve() != base:
            folder = base
        else:
            return lineage


def _parent(extends: Setting, folder: Path, lineage: Iterable[Path]) -> Path:
    """A theme beside this one, else one of pressout's. Never a path: a stranger's theme reads nothing outside its folder."""
    name, span = extends.value, extends.span
    if not isinstance(name, str):
        raise PressoutError(f"'extends' takes {extends.key.kind.value}", span)
    places = [path / name for path in (folder.parent, themes_folder()) if name == Path(name).name]
    found = next((place for place in places if (place / FILE).is_file()), None)
    if not found:
        raise PressoutError(f"there is no theme '{name}'", span, hint=did_you_mean(name, theme_names()))
    if found.resolve() in [known.resolve() for known in lineage]:
        raise PressoutError(f"'{name}' extends this theme in turn", span, hint="let one of them extend 'plain'")
    return found


def _build(folders: list[Path], settings: Settings, report: Report) -> Theme:
    names = _scope(settings, report)
    page = _page(settings, names, report)
    scope = replace(names, whole=page.width)
    styles = _styles(settings, scope, report)
    top = {name[0]: convert(name[0], setting, scope, report) for name, setting in settings.items() if len(name) == 1}
    contents = _changes(_under(settings, "contents"), scope, report)
    print_sheets, epub_sheets = ({str(folder / name): _sheet(folder, name) for folder in reversed(folders)} for name in SHEETS)
    return Theme(
        name=folders[0].resolve().name,
        description=str(top.get("description") or ""),
        folder=folders[0],
        page=page,
        colours=scope.colours,
        fonts={use: _font(use, settings, folders, report) for use in FONTS},
        styles=styles,
        sections=_sections(settings, styles, scope, report),
        contents_pages=contents.get("pages", 8),
        contents_levels=contents.get("levels", 2),
        house=_house(_under(settings, "house"), scope, report),
        front=Front(**_changes(_under(settings, "front"), scope, report)),
        chapters=Chapters(**_changes(_under(settings, "chapters"), scope, report)),
        line=scope.line,
        numbered=bool(top.get("numbered")),
        cover=next(filter(None, (_sheet(folder, COVER) for folder in folders)), ""),
        print_css="".join(print_sheets.values()),
        print_sheets=print_sheets,
        epub_css="".join(epub_sheets.values()),
    )


def _under(settings: Settings, *table: str) -> dict[Name, Setting]:
    """The settings in one table, by what is left of their names."""
    size = len(table)
    return {name[size:]: setting for name, setting in settings.items() if name[:size] == table}


def _scope(settings: Settings, report: Report) -> Scope:
    """The names that the rest of a theme refers to: colours first, because nothing else is needed to read them."""
    empty = Scope({}, {}, 0.0)
    scale = {name[0]: setting for name, setting in _under(settings, "scale").items()}
    line = convert("line", scale.pop("line"), empty, report) if "line" in scale else None
    sizes = {name: convert(name, setting, empty, report) for name, setting in scale.items()}
    return Scope(
        _colours(_under(settings, "colour"), report),
        {name: size for name, size in sizes.items() if isinstance(size, float)},
        line if isinstance(line, float) else Style().leading,
    )


def _colours(settings: Settings, report: Report) -> Mapping[str, str]:
    """The theme's colours; one may be the name of another, written before or after it."""
    colours: dict[str, str] = {}
    waiting = {name[0]: setting for name, setting in settings.items()}
    while waiting:
        # where each waits for another they go in a circle: read at once, each is then a name that is not known
        ready = [name for name in waiting if str(waiting[name].value) not in waiting] or list(waiting)
        scope = Scope(dict(colours), {}, 0.0)
        for name in ready:
            colours[name] = str(convert(name, waiting.pop(name), scope, report) or Style().colour)
    return colours


def _styles(settings: Settings, scope: Scope, report: Report) -> Mapping[str, Style]:
    """The look of every role: that of the role it is based on, changed by what the theme says of it."""
    styles = {"body": _style(Style(), _under(settings, "style", "body"), scope, report)}
    for role, base in BASES.items():
        styles[role] = _style(styles[base], _under(settings, "style", role), scope, report)
    table = _style(_plain_box(styles), _under(settings, "style", TABLE), scope, report)
    special = {kind: _style(table, _under(settings, "style", kind), scope, report) for kind in SPECIAL_TABLES}
    title = _style(_plain_box(styles), _under(settings, "style", TITLE_BLOCK), scope, report)
    return {**styles, TABLE: table, **special, TITLE_BLOCK: title}


def _style(base: Style, own: Settings, scope: Scope, report: Report) -> Style:
    size = own.get(("size",))
    em = convert("size", size, scope, Report()) if size else base.size
    inner = replace(scope, em=em if isinstance(em, float) else base.size)
    rules = {name[0].replace("-", "_") for name in own if len(name) == 2}
    changed = {
        rule: replace(getattr(base, rule), **_changes(_under(own, rule.replace("_", "-")), inner, report)) for rule in sorted(rules)
    }
    return replace(base, **changed, **_changes(own, inner, report))


def _changes(own: Settings, scope: Scope, report: Report) -> dict[str, Any]:
    """The values of one table's own keys by the names of the fields that hold them; those that cannot be used are left out."""
    values = {name[0]: convert(name[0], setting, scope, report) for name, setting in own.items() if len(name) == 1}
    return {name.replace("-", "_"): value for name, value in values.items() if value is not None}


def _sections(settings: Settings, styles: Mapping[str, Style], scope: Scope, report: Report) -> Mapping[str, Mapping[str, Style]]:
    """The looks inside sections, each that of the same role outside, changed by what the theme says of it there."""
    sections: dict[str, dict[str, Style]] = {}
    for role, kind in dict.fromkeys(name[:2] for name in _under(settings, "section")):
        own = _under(settings, "section", role, kind)
        looks = sections.setdefault(role, {})
        if kind == HEADING:
            own_levels = {level: own | _under(settings, "section", role, level) for level in LEVELS}
            looks |= {level: _style(styles[level], changes, scope, report) for level, changes in own_levels.items()}
        else:
            looks.setdefault(kind, _style(_plain_box(styles) if kind == BOX else styles[kind], own, scope, report))
    return sections


def _plain_box(styles: Mapping[str, Style]) -> Style:
    """A box before anything is said of it: the body's letters, and neither ground nor space."""
    body = styles["body"]
    return Style(font=body.font, size=body.size, leading=body.leading, colour=body.colour)


def _page(settings: Settings, scope: Scope, report: Report) -> PageLayout:
    own = _under(settings, "page")
    paper = convert("paper", own.pop(("paper",)), scope, report) if ("paper",) in own else None
    width, height = PAPERS[paper if isinstance(paper, str) else "A4"]
    sizes = _changes(_taken(own, "width", "height"), scope, report)
    page = PageLayout(**({"width": width, "height": height} | sizes))
    across = replace(scope, whole=page.width)
    along = replace(scope, whole=page.height)
    page = replace(page, **_changes(_taken(own, "top", "bottom"), along, report), **_changes(own, across, report))
    lines = int((page.height - page.top - page.bottom) // scope.line)
    if lines < 1 or page.width - page.inner - page.outer < MEASURE:
        sides = {"top": page.top, "bottom": page.bottom} if lines < 1 else {"inner": page.inner, "outer": page.outer}
        widest = settings.get(("page", max(sides, key=lambda side: sides[side])))
        report.error("the margins leave no room for text", widest.span if widest else None)
    return replace(page, bottom=round(page.height - page.top - lines * scope.line, 2))


def _taken(settings: dict[Name, Setting], *names: str) -> Settings:
    return {(name,): settings.pop((name,)) for name in names if (name,) in settings}


def _font(use: str, settings: Settings, folders: list[Path], report: Report) -> Font:
    """A font with its files, looked for in the folders of the theme and those that it extends, then where pressout has its own."""
    own = _under(settings, "font", use)
    place = own[("family",)].span
    # where a theme's files are is said of the family that it names, not of one that a child puts in its place
    own = {name: setting for name, setting in own.items() if name[0] not in WHERE or setting.span.file == place.file}
    values = _changes(own, Scope({}, {}, 0.0), report)
    family, folder, package = (values.pop(name, "") for name in ("family", *WHERE))
    inside = [path for parent in folders for path in (parent, *_inside(parent, folder))]
    places = [*inside, themes_folder() / "fonts"]
    files = family_files(family, places, package)
    if not files and family:
        near = get_close_matches(family, set(known_families(places)), 1)
        hint = f"did you mean '{near[0]}'?" if near else NOWHERE
        report.error(f"the font '{family}' is nowhere", place, hint=hint)
    return Font(family, files, **values)


def _house(own: Settings, scope: Scope, report: Report) -> House:
    """Who publishes. The logo stands in the folder of the theme that names it, which need not be the one that is asked for."""
    values = _changes(own, scope, report)
    target, alt = values.pop("logo", ""), values.pop("logo_alt", "")
    if not target:
        return House(**values)
    span = own[("logo",)].span
    match find_picture(Path(span.file).parent, target, WIDEST_LOGO, "theme"):
        case Picture() as picture:
            name = f"logo-{picture.name}"  # no picture of an article is to take its place
            logo = Image(target, alt, decorative=not alt, picture=replace(picture, name=name), span=span)
            return House(logo, **values)
        case NoPicture(reason=reason, hint=hint):
            report.error(f"the logo '{target}' {reason}", span, hint=hint)
            return House(**values)


def _inside(theme: Path, folder: str) -> list[Path]:
    """A folder of the theme, if it is one: a theme reads nothing outside its own folder."""
    path = (theme / folder).resolve()
    return [path] if folder and path.is_relative_to(theme.resolve()) and path.is_dir() else []


def _sheet(theme: Path, name: str) -> str:
    """A text of the theme, or nothing; its lines end as those of sheets do."""
    path = (theme / name).resolve()
    if not path.is_file() or not path.is_relative_to(theme.resolve()):
        return ""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PressoutError(f"cannot be read: {reason(error)}", file=str(theme / name)) from None
    text = decoded(data, str(theme / name)).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
