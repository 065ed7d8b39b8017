"""Plain words in one compiled pass: the same answer, to the last bit, as going step by step by NumPy."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import Filter, SearchRequest
from search.whoosh import collection, counting, execution, matching, phrases, ranking, selecting, wordsearch
from tests.search import executions
from tests.search.test_execution import collections

if wordsearch.KERNEL is None:
    pytest.skip("the compiled loops are not built here", allow_module_level=True)

words = st.builds(q.Word, executions.word_texts)
plain = st.one_of(
    words,
    st.builds(q.And, st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(q.Or, st.lists(words, min_size=1, max_size=4).map(tuple)),
)
requests = st.builds(
    lambda request, query, fold: replace(request, query=query, fold=fold and request.fold),
    executions.requests,
    plain,
    st.integers(0, 3).map(lambda number: number == 0),
)


def by_numpy(snapshot, request):
    with pytest.MonkeyPatch.context() as patch:
        for module in (collection, counting, matching, phrases, ranking, selecting, wordsearch):
            patch.setattr(module, "KERNEL", None)
        return snapshot.execute(request)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(requests, min_size=1, max_size=5))
def test_one_pass_is_the_same_as_step_by_step(tmp_path_factory, content, asked):
    folder = tmp_path_factory.mktemp("index")
    snapshot = executions.opened(execution, folder, *executions.generation(execution, folder, *content))
    for request in asked:
        for wanted in (request, replace(request, facets=(), distinct=False)):
            assert snapshot.execute(wanted) == by_numpy(snapshot, wanted)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Two segments of some thousand rows, wider than the windows that the loops look at."""
    dice = random.Random(11)
    segments = []
    for segment in range(2):
        rows = []
        for number in range(6000):
            texts = [word for at, word in enumerate(executions.WORDS) if dice.random() < 0.7 / (at + 1) ** 0.5]
            rows.append(
                executions.a_row(
                    f"r{segment}-{number}", " ".join(texts * dice.choice([1, 1, 2])), dice.choice(["2020-01-05", "2021-03-01"]),
                    dice.choice(["Post", "Echo"]), "plan bridge" if number % 7 == 0 else "",
                    (dice.choice(["p0", "p1", "p2"]),),
                )
            )  # fmt: skip
        segments.append(rows)
    folder = tmp_path_factory.mktemp("large")
    gone = [list(range(0, 6000, 13)), []]
    return executions.opened(execution, folder, *executions.generation(execution, folder, segments, gone))


@pytest.mark.parametrize("make", [q.And, q.Or])
@pytest.mark.parametrize("chosen", [(), (Filter("outlet", ("Post",)),), (Filter("speaker", ("1",)),)])
def test_it_is_the_same_over_many_rows(large, make, chosen):
    for texts in (
        ("river",),
        ("river", "on"),
        ("of", "plan", "bridge"),
        ("no", "river", "rise", "the"),
        ("the", "missing"),
    ):
        query = make(tuple(map(q.Word, texts)))
        request = SearchRequest(query, chosen, last_day="2020-12-31" if len(texts) == 3 else "", per_page=200)
        for wanted in (request, replace(request, facets=(), distinct=False)):
            found = large.execute(wanted)
            assert found == by_numpy(large, wanted)
            assert found.total or "missing" in texts
