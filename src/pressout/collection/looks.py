"""Looks of a collection: a theme's, one level down, so that an article's title looks as the theme's titles do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pressout.theme import Style, Theme
from pressout.theme.looks import Chapters

LEVELS = 6
LEVEL_BELOW = {f"heading-{level + 1}": f"heading-{level}" for level in range(1, LEVELS)}


def collected(theme: Theme) -> Theme:
    """The theme for a collection: its title, contents by article, each article on a page of its own."""
    title = replace(theme.style("title"), keep_with_next=True, space_before=0)
    styles = {**theme.styles, **_shifted(theme.styles), "heading-1": title}
    # A margin that titles reach into is on the other side of an article that is written the other way
    styles |= {role: replace(style, outdent=max(style.outdent, 0)) for role, style in styles.items()}
    page = replace(theme.page, right_head="chapter", left_head="title" if theme.page.mirrored else "chapter")
    return replace(
        theme,
        styles=styles,
        sections={name: {**looks, **_shifted(looks)} for name, looks in theme.sections.items()},
        page=page,
        front=replace(theme.front, lists=False),
        chapters=Chapters("right" if theme.chapters.start == "right" else "page", pages=-1),
        contents_levels=1,
        numbered=False,
    )


def _shifted(looks: Mapping[str, Style]) -> Mapping[str, Style]:
    """The looks of headings, each as that of the level above it."""
    return {below: looks[above] for below, above in LEVEL_BELOW.items() if above in looks}
