"""Canvas: a bitmap of few flat colours and the mixtures at their edges, which packs small and fast."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pressout.diagnostics import PressoutError

if TYPE_CHECKING:
    from PIL.Image import Image

# The highest degree of cover; between 0 and it lie the mixtures that make an edge smooth. Three pairs of colours that meet then
# leave the palette at 16 entries, and a pixel takes half a byte.
FULL = 5
COLOURS = 16  # flat colours at most: a pixel's flat colour and its degree of cover then go into one byte
ENTRIES = 256  # what the palette of a PNG holds
DEGREES = [level * FULL // 255 for level in range(256)]  # by a mask's level
COVERED = [255 * (degree > 0) for degree in DEGREES]
RUNS = 3  # zlib's Z_RLE, which packs flat areas as small as the default strategy and in a third of the time

Colour = tuple[int, int, int]


class Canvas:
    """A cover in true colours takes 0.03 s of CPU more to fill and pack, and 0.2 MB in the finished file instead of 0.02."""

    _pictures: list[tuple[Image, tuple[int, int]]]  # in all their colours, above all else

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image

        self.image = Image.new("L", (width, height))  # of palette entries; it becomes a picture with a palette when it is packed
        self._flat: list[Colour] = []  # the flat colours in the order of their first use
        self._entries: list[Colour] = []  # the palette
        self._ground: list[int] = []  # for each entry, the flat colour that it counts as when something is drawn over it
        self._mixed: dict[tuple[int, int], list[int]] = {}  # the entries from one flat colour to another
        self._pictures = []
        self._flat_colour("#ffffff")

    def rectangle(self, colour: str, box: tuple[int, int, int, int]) -> None:
        """Fill left, top, right, bottom."""
        self.image.paste(self._entries.index(self._flat[self._flat_colour(colour)]), box)

    def cover(self, colour: str, mask: Image, left: int, top: int) -> None:
        """Lay the colour over what is there, as much at each pixel as the mask says: 0 nothing, 255 all."""
        from PIL import ImageChops

        box = (left, top, left + mask.width, top + mask.height)
        over = self._flat_colour(colour)
        below = self.image.crop(box)
        entries = [entry for entry, count in enumerate(below.histogram()) if count]
        if len(entries) == 1:
            mixed = self._mixtures(self._ground[entries[0]], over)
            self.image.paste(mask.point([mixed[degree] for degree in DEGREES]), box)
            return
        grounds = {self._ground[entry] for entry in entries}
        table = [0] * ENTRIES
        for ground in sorted(grounds):
            table[ground * COLOURS : ground * COLOURS + FULL + 1] = self._mixtures(ground, over)
        flat = below.point([ground * COLOURS for ground in self._ground] + [0] * (ENTRIES - len(self._ground)))
        pairs = ImageChops.add(flat, mask.point(DEGREES))
        self.image.paste(pairs.point(table), box, mask.point(COVERED))

    def picture(self, picture: Image, left: int, top: int) -> None:
        """Lay a picture with its transparency over everything."""
        self._pictures.append((picture, (left, top)))

    def png(self) -> bytes:
        """The finished picture."""
        self.image.putpalette([value for entry in self._entries for value in entry])
        packed = io.BytesIO()
        if self._pictures:
            whole = self.image.convert("RGB")
            for picture, place in self._pictures:
                whole.paste(picture, place, picture)
            whole.save(packed, "PNG")
            return packed.getvalue()
        self.image.save(packed, "PNG", compress_type=RUNS)
        return packed.getvalue()

    def _flat_colour(self, colour: str) -> int:
        """The number of a flat colour among the flat ones; it enters the palette when it is first used."""
        value = _colour(colour)
        if value not in self._flat:
            if len(self._flat) == COLOURS:
                raise PressoutError(f"a cover has {COLOURS} colours at most, and '{colour}' is one more")
            self._flat.append(value)
            self._add(value, len(self._flat) - 1)
        return self._flat.index(value)

    def _add(self, value: Colour, ground: int) -> int:
        self._entries.append(value)
        self._ground.append(ground)
        return len(self._entries) - 1

    def _mixtures(self, under: int, over: int) -> list[int]:
        """The entries for each degree of cover; where the palette is full, edges are hard."""
        if (under, over) not in self._mixed:
            low, high = self._flat[under], self._flat[over]
            ends = self._entries.index(low), self._entries.index(high)
            room = len(self._entries) + FULL - 1 <= ENTRIES and under != over
            between = [
                self._add(_mix(low, high, degree / FULL), over if 2 * degree > FULL else under) if room else ends[2 * degree > FULL]
                for degree in range(1, FULL)
            ]
            self._mixed[under, over] = [ends[0], *between, ends[1]]
        return self._mixed[under, over]


def _mix(low: Colour, high: Colour, share: float) -> Colour:
    red, green, blue = (round(start + (end - start) * share) for start, end in zip(low, high, strict=True))
    return red, green, blue


def _colour(value: str) -> Colour:
    if len(value) == 4 and value.startswith("#"):
        value = "#" + "".join(digit * 2 for digit in value[1:])
    try:
        red, green, blue = bytes.fromhex(value.removeprefix("#"))
    except ValueError:
        raise PressoutError(f"'{value}' is no colour for a cover", hint="write it as #rrggbb") from None
    return red, green, blue
