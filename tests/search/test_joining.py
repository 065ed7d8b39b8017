"""Postings of several segments become those of one, word by word, in portions of a bounded size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.whoosh import inverting
from search.whoosh.building import write_segment
from search.whoosh.joining import Source, merged
from search.whoosh.segment import Segment
from tests.search import executions

Expected = dict[bytes, list[tuple[int, list[int]]]]


def postings(segment: Segment) -> Expected:
    """Rows and positions of each word."""
    found: Expected = {}
    spot = 0
    for number, word in enumerate(segment.words):
        found[word] = []
        begin, end = segment.lists.bounds(number)
        for row, count in zip(segment.lists.rows[begin:end], segment.lists.counts.slice(begin, end), strict=True):
            found[word].append((int(row), segment.positions.slice(spot, spot + int(count)).tolist()))
            spot += int(count)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(executions.row_lists(), max_size=3), st.sampled_from([1, 4, 1000]), st.data())
def test_portions_hold_all_and_no_more_than_they_may(tmp_path_factory, content, bound, data):
    folder = tmp_path_factory.mktemp("parts")
    sources, expected, done = [], {}, 0
    for number, rows in enumerate(content):
        write_segment(folder, f"s{number}", rows)
        segment = Segment(folder, f"s{number}")
        there = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))), bool)
        new = np.where(there, np.cumsum(there) - 1 + done, -1)
        done += int(there.sum())
        sources.append(Source(segment.words, segment.lists, new, segment.positions))
        for word, places in postings(segment).items():
            kept = [(int(new[row]), spots) for row, spots in places if there[row]]
            if kept:
                expected.setdefault(word, []).extend(kept)
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inverting, "AT_ONCE", bound)
        for words, part in merged(sources):
            assert len(words) == len(part.sizes)
            assert len(part.rows) <= bound or len(words) == 1
            counts = part.counts.slice(0, len(part.counts)).tolist()
            spots = iter(part.positions.slice(0, len(part.positions)).tolist())
            places = iter([(int(r), [next(spots) for _ in range(n)]) for r, n in zip(part.rows, counts, strict=True)])
            for word, size in zip(words, part.sizes.tolist(), strict=True):
                found[word] = [next(places) for _ in range(size)]
    assert list(found) == sorted(expected)
    assert found == expected
