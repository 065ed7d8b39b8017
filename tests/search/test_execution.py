"""The fast execution answers as the slow and simple one does: rows, order, scores, counts, facets, pages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import SearchRequest
from search.whoosh import execution, inverting, ranking, scan
from tests.search import executions


def answers(snapshot, request):
    """Everything that an execution says, page by page by cursor."""
    first = raw = snapshot.execute(request)
    pages = [raw.matches]
    while raw.next_cursor and len(pages) < 40:
        raw = snapshot.execute(replace(request, cursor=raw.next_cursor))
        pages.append(raw.matches)
    matches = [(match.segment, match.row) for page in pages for match in page]
    scores = [match.score for page in pages for match in page]
    return replace(first, matches=(), next_cursor="", facets={}), dict(first.facets), matches, scores, pages


@st.composite
def collections(draw):
    segments = [
        [row._replace(id=f"{row.id}-{number}", article_id=f"{row.article_id}-{number}") for row in rows]
        for number, rows in enumerate(draw(st.lists(executions.row_lists(), min_size=1, max_size=3)))
    ]
    deleted = [draw(st.lists(st.integers(0, max(len(s) - 1, 0)), unique=True, max_size=len(s))) for s in segments]
    if draw(st.booleans()):
        deleted = [[] for _ in segments]
    return segments, deleted


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(executions.requests | executions.everything, min_size=1, max_size=4), st.booleans())
def test_arrays_answer_as_a_plain_scan_does(tmp_path_factory, content, requests, small):
    segments, deleted = content
    fast_folder, slow_folder = tmp_path_factory.mktemp("fast"), tmp_path_factory.mktemp("slow")
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(inverting, "AT_ONCE", 3)
            patch.setattr(ranking, "_BLOCK", 1)
        fast = executions.opened(
            execution, fast_folder, *executions.generation(execution, fast_folder, segments, deleted)
        )
        slow = executions.opened(scan, slow_folder, *executions.generation(scan, slow_folder, segments, deleted))
        assert list(fast.problems()) == []
        for request in requests:
            ours, facets, rows, scores, _ = answers(fast, request)
            theirs, their_facets, their_rows, their_scores, _ = answers(slow, request)
            assert ours == theirs
            assert facets == their_facets
            assert scores == pytest.approx(their_scores, rel=1e-5)
            if len(set(np.round(their_scores, 4))) == len(set(their_scores)):
                assert rows == their_rows
            assert {(m.segment, m.row) for m in fast.matches(request)} == {
                (m.segment, m.row) for m in slow.matches(request)
            }
        for name in ("outlet", "topic", "kind", "speaker"):
            assert dict(fast.values(name)) == dict(slow.values(name))
        for prefix in ("", "r", "ri", "z"):
            assert fast.words(prefix, 5) == slow.words(prefix, 5)


def test_scores_where_every_row_fits_and_days_are_given(tmp_path):
    """Rows of a stretch of days come newest first, but are scored in their own order."""
    rows = [
        [executions.a_row("r0", "river", "2020-01-05", "", "", ())],
        [executions.a_row("r1", "", "2020-01-06", "", "", ())],
    ]
    snapshot = executions.opened(execution, tmp_path, *executions.generation(execution, tmp_path, rows, [[], []]))
    request = SearchRequest(q.Or((q.Word("river"), q.MatchAll())), last_day="2020-12-31")
    assert [match.segment for match in snapshot.execute(request).matches] == [0, 1]
    assert [match.segment for match in snapshot.matches(request)] == [0, 1]
