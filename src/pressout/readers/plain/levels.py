"""Levels of a plain text's headings, guessed from their order, their numbers and their likeness."""

from __future__ import annotations

from pressout.readers.plain.marks import DEPTH

TOP = 2  # the level of the highest headings of the body, as the title is level 1


def heading_levels(texts: list[str], places: list[int], tops: set[int]) -> list[int]:
    """A level for each heading: `places` tells which follow each other directly, `tops` which are surely at the top."""
    levels: list[int] = []
    for number, place in enumerate(places):
        follows_heading = number > 0 and places[number - 1] == place - 1
        leads_heading = number + 1 < len(places) and places[number + 1] == place + 1
        numbered = DEPTH.match(texts[number])
        if numbered:
            levels.append(TOP + numbered[1].count("."))
        elif number in tops or not levels:
            levels.append(TOP)
        elif follows_heading:
            levels.append(levels[-1] + 1 if levels[-1] == TOP else levels[-1])
        elif leads_heading:
            levels.append(TOP)
        else:
            levels.append(levels[-1])
    return levels
