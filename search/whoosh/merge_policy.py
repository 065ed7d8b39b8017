"""Which segments are brought together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.whoosh.segments import Segments


def due(segments: Segments, fresh: bool, tier: int, most: int) -> list[int]:
    """Numbers of the segments to make one of next, ascending; empty when there is nothing to gain.

    Args:
        segments: All there are.
        fresh: Whether none of them is shared with the generation before: then as few are left as there can be.
        tier: Else, how many segments of about one size make one; sizes are alike within this factor.
        most: Rows that a segment may have.
    """
    deleted = segments.deleted
    halved = [len(gone) * 2 > store.articles for store, gone in zip(segments.stores, deleted, strict=True)]
    if not fresh and any(halved):
        return [halved.index(True)]
    rows = [store.rows - len(segments.deleted_rows(part)) for part, store in enumerate(segments.stores)]
    tiers: dict[int, list[int]] = {}
    for part, count in enumerate(rows):
        tiers.setdefault(0 if fresh else int(np.log(count + 1) / np.log(tier)), []).append(part)
    for _, parts in sorted(tiers.items()):
        fitting = _fitting(parts, rows, most)
        if len(fitting) >= (2 if fresh else tier):
            return fitting
    return [part for part, gone in enumerate(deleted) if gone][:1] if fresh else []


def _fitting(parts: Sequence[int], rows: Sequence[int], most: int) -> list[int]:
    """The smallest of some segments, in order, as many as one segment may hold the rows of."""
    smallest = sorted(parts, key=lambda part: rows[part])
    room = int(np.cumsum([rows[part] for part in smallest]).searchsorted(most, "right"))
    return sorted(smallest[:room])
