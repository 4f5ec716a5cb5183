"""Lines that hold several passages of the source, as names beside each other or a caption with its credit: whose each sign is."""

from __future__ import annotations

from collections.abc import Sequence

from pressout.revision.homes import Homed, Sending
from pressout.revision.origins import Origin
from pressout.revision.returned import Sign


def shares(entry: Homed, line: int, sent: Sending) -> dict[int, list[Sign]] | None:
    """The signs of a paragraph by the passages that they belong to.

    What pressout had put between the passages parts them. None where the editor has changed that, for then nobody can tell.
    """
    keys = sent.keys[line]
    turns = _turns(sent.where[line], keys)
    found: dict[int, list[Sign]] = {key: [] for key in keys}
    key = keys[0]
    for sign in entry.draft.signs:
        if not sign.generated:
            found[key].append(sign)
        elif not turns:
            return None
        else:
            key = turns.pop(0)
    return None if turns else found


def _turns(origins: Sequence[Origin | None], keys: Sequence[int]) -> list[int]:
    """For each sign that pressout had put in: the passage that goes on behind it."""
    turns: list[int] = []
    key = keys[-1]
    for origin in reversed(origins):
        if origin is None:
            turns.insert(0, key)
        else:
            key = origin.key
    return turns
