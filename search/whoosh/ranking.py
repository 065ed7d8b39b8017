"""The order of hits: score, then newest, then record id; or by day. Pages by number or by cursor."""

from __future__ import annotations

import base64
import hashlib
import marshal
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import SearchRequest, Sort
from search.errors import CursorError
from search.whoosh.collection import Collection
from search.whoosh.kernel import KERNEL
from search.whoosh.terms import Rows, Scores
from search.whoosh.vocabulary import decode, encode

_LAST = struct.Struct("<8sdI")
"""Of the last hit on a page: whose search it was, its score and its day; its id follows."""
_BLOCK = 64
_FEW = 200  # hits that are kept in order while looking at all
_UNDATED = 99_999_999


class Order:
    """Orders the rows that a request found."""

    def __init__(self, collection: Collection, request: SearchRequest) -> None:
        self._collection, self._request = collection, request
        self._relevance = request.sort is Sort.RELEVANCE
        self._digest = b""

    def keys(self, rows: Rows) -> NDArray[Any]:
        """Ascending in the order of equal scores."""
        columns = self._collection.columns
        if self._request.sort is not Sort.OLDEST:
            rank: NDArray[Any] = columns.rank.take(rows)
            return rank
        day = columns.day.take(rows).astype(np.int64)
        keys: NDArray[Any] = np.where(day == 0, _UNDATED, day) << 32 | columns.rank.take(rows)
        return keys

    def best(self, rows: Rows, scores: Scores | None, count: int) -> NDArray[np.intp]:
        """Places of the first ``count`` rows, in order."""
        if scores is None or not self._relevance:
            return _smallest(self.keys(rows), count)
        if KERNEL is not None and 0 < count <= _FEW:
            best = KERNEL.best(scores, rows, self._collection.columns.rank, count)
            if best is not None:
                return best
        places = _largest(scores, count)
        if len(places) > count:
            least = scores[places].min() if count else np.float32(0)
            sure, ties = places[scores[places] > least], places[scores[places] == least]
            ties = ties[_smallest(self.keys(rows[ties]), count - len(sure))]
            places = np.concatenate([sure, ties])
        found: NDArray[np.intp] = places[np.lexsort((self.keys(rows[places]), -scores[places]))]
        return found

    def cursor(self, row: int, score: float) -> str:
        """What leads to the hits after this one."""
        day, record_id = self._collection.columns.day.item(row), encode(self._collection.record_id(row))
        return base64.urlsafe_b64encode(_LAST.pack(self._owner(), score, day) + record_id).decode()

    def after(self, cursor: str, rows: Rows, scores: Scores | None) -> NDArray[np.bool_]:
        """Which rows come after the hit that a cursor was made at.

        Raises:
            CursorError: It is damaged or of another search.
        """
        try:
            content = base64.urlsafe_b64decode(cursor.encode())
            owner, score, day = _LAST.unpack_from(content)
            record_id = decode(content[_LAST.size :])
        except (ValueError, struct.error) as error:
            raise CursorError from error
        if owner != self._owner():
            raise CursorError
        place = self._place(day, record_id)
        keys = self.keys(rows)
        if self._request.sort is Sort.OLDEST:
            place |= (day or _UNDATED) << 32
        later: NDArray[np.bool_] = keys >= place
        if scores is None or not self._relevance:
            return later
        later = (scores < np.float32(score)) | ((scores == np.float32(score)) & later)
        return later

    def _place(self, day: int, record_id: str) -> int:
        """How many rows are newer, or of the same day with an id that is not above ``record_id``."""
        columns = self._collection.columns
        low, high = 0, columns.rows
        while low < high:
            middle = (low + high) >> 1
            row = int(columns.newest[middle])
            here = int(columns.day[row])
            if here > day or (here == day and self._collection.record_id(row) <= record_id):
                low = middle + 1
            else:
                high = middle
        return low

    def _owner(self) -> bytes:
        """Tells searches apart, whatever page, facets and limits they ask for."""
        if not self._digest:
            r = self._request
            filters = [(clause.field, clause.values, clause.exclude) for clause in r.filters]
            days = (r.first_day, r.last_day)
            asked = (_spelt(r.query), r.refined, filters, days, r.min_confidence, r.interviewer, r.sort.value, r.fold)
            # marshal's second format is the same for equal values and quick; no reader takes it apart again
            self._digest = hashlib.blake2b(marshal.dumps(asked, 2), digest_size=8).digest()
        return self._digest


def _spelt(node: Any) -> tuple[Any, ...]:
    """A query tree as plain tuples: what tells queries apart, cheaper to write out than the tree itself."""
    values = [getattr(node, name) for name in node.__slots__]
    return type(node).__name__, *(
        tuple(_spelt(v) if hasattr(v, "__slots__") else v for v in value)
        if isinstance(value, tuple)
        else _spelt(value)
        if hasattr(value, "__slots__")
        else value
        for value in values
    )


def one_of_each(order: Order, rows: Rows, scores: Scores | None, groups: NDArray[np.int64]) -> NDArray[np.intp]:
    """Places of the rows without a group (-1), and of the first row of every group, ascending."""
    grouped = np.flatnonzero(groups >= 0)
    if not len(grouped):
        return np.arange(len(rows))
    ranked = grouped[order.best(rows[grouped], None if scores is None else scores[grouped], len(grouped))]
    _, first = np.unique(groups[ranked], return_index=True)
    keep = groups < 0
    keep[ranked[first]] = True
    return np.flatnonzero(keep)


def _smallest(keys: NDArray[Any], count: int) -> NDArray[np.intp]:
    """Places of the ``count`` smallest of different keys, in order."""
    if count < len(keys):
        places = np.argpartition(keys, count)[:count] if count else np.empty(0, np.intp)
    else:
        places = np.arange(len(keys))
    return places[np.argsort(keys[places])]


def _largest(scores: Scores, count: int) -> NDArray[np.intp]:
    """Places of the ``count`` largest and of all that equal the least of these, in no order."""
    if count >= len(scores):
        return np.arange(len(scores))
    if not count:
        return np.empty(0, np.intp)
    whole = len(scores) // _BLOCK * _BLOCK
    if whole // _BLOCK > 4 * count:
        # The count-th largest of the blocks' maxima is a bound: at least so many scores reach it.
        tops = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
        bound = np.partition(tops, len(tops) - count)[len(tops) - count]
        places = np.flatnonzero(scores >= bound)
        within = scores[places]
    else:
        places, within = np.arange(len(scores)), scores
    least = np.partition(within, len(within) - count)[len(within) - count]
    found: NDArray[np.intp] = places[within >= least]
    return found
