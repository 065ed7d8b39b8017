"""Plain words in one compiled pass: the same answer, to the last bit, as going step by step by NumPy."""

from __future__ import annotations

import contextlib
import random
import weakref
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import Filter, SearchRequest
from search.whoosh import (
    collection,
    counting,
    execution,
    few,
    matching,
    onepass,
    ranking,
    scoring,
    selecting,
    terms,
    wordsearch,
)
from search.whoosh.budget import Budget
from tests.search import executions
from tests.search.test_execution import collections

if wordsearch.KERNEL is None:
    pytest.skip("the compiled loops are not built here", allow_module_level=True)

words = st.builds(q.Word, executions.word_texts)
plain = st.one_of(
    words,
    st.builds(q.And, st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(q.Or, st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(q.Phrase, st.lists(executions.word_texts, min_size=1, max_size=4).map(tuple)),
)
requests = st.builds(
    lambda request, query, page: replace(request, query=query, page=page),
    executions.requests,
    plain,
    st.sampled_from([1, 1, 2]),
)


def by_numpy(snapshot, request):
    with pytest.MonkeyPatch.context() as patch:
        for module in (collection, counting, few, matching, onepass, ranking, scoring, selecting, terms, wordsearch):
            patch.setattr(module, "KERNEL", None)
        return snapshot.execute(request)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(requests, min_size=1, max_size=5))
def test_one_pass_is_the_same_as_step_by_step(tmp_path_factory, content, asked):
    folder = tmp_path_factory.mktemp("index")
    snapshot = executions.opened(execution, folder, *executions.generation(execution, folder, *content))
    for request in asked:
        for wanted in (request, replace(request, facets=(), distinct=False)):
            answer = by_numpy(snapshot, wanted)
            assert snapshot.execute(wanted) == answer
            with pytest.MonkeyPatch.context() as patch:  # a collection has many values seldom here
                patch.setattr(few.Few, "are", lambda *_: True)
                assert snapshot.execute(wanted) == answer


@pytest.mark.parametrize("refined", [False, True])
@pytest.mark.parametrize(
    "query",
    [
        q.Word("river"),
        q.And((q.Word("river"), q.Word("plan"))),
        q.Or((q.Word("river"), q.Word("bridges"))),
        q.Phrase(("river", "bridge")),
    ],
)
def test_what_people_type_takes_one_pass(large, monkeypatch, refined, query):
    monkeypatch.setattr(matching.Matcher, "evaluate", None)  # the way step by step
    found = large.execute(SearchRequest(query, (Filter("outlet", ("Post",)),), refined=refined, fold=True))
    assert found.total


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Wider than the windows that the loops look at, and than what shares an upper half; the second begins amid a number of bits."""
    dice = random.Random(11)
    segments = []
    for segment, size in enumerate((70_001, 6_000)):
        rows = []
        for number in range(size):
            texts = [word for at, word in enumerate(executions.WORDS) if dice.random() < 0.5 / (at + 1)]
            article = number // 5
            row = executions.a_row(
                f"r{segment}-{number}", " ".join(texts * dice.choice([1, 1, 2])), f"202{article % 2}-01-05",
                ("Post", "Echo")[article % 3 == 0], "plan bridge" if article % 7 == 0 else "the river" if article % 9 == 0 else "",
                (dice.choice(["p0", "p1", "p2"]),),
            )  # fmt: skip
            kind = {"kind": "paragraph", "quote_type": "", "cue": ""} if number % 4 == 0 else {}
            rows.append(row._replace(article_id=f"a{segment}-{article}", **kind))
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
        meant = replace(request, refined=True, fold=True)
        for wanted in (request, replace(request, facets=(), distinct=False), meant, replace(meant, per_page=7, page=3)):
            found = large.execute(wanted)
            assert found == by_numpy(large, wanted)
            assert found.total or "missing" in texts


def test_it_is_the_same_in_texts_too_long_for_a_byte(tmp_path):
    """Counts and positions above 255, where the arrays hold the rest elsewhere."""
    texts = [
        "river " * 700 + "bridge",
        "plan " * 255 + "river bridge",
        "rise " + "plan river " * 300 + "of the",
        "river bridge",
    ]
    rows = [executions.a_row(f"r{at}", text, "", "Post", "", ()) for at, text in enumerate(texts * 3)]
    snapshot = executions.opened(execution, tmp_path, *executions.generation(execution, tmp_path, [rows], [[]]))
    for query in (
        q.Word("river"), q.And((q.Word("river"), q.Word("plan"))), q.Or((q.Word("bridge"), q.Word("plan"))),
        q.Phrase(("river", "bridge")), q.Phrase(("river", "of", "the")), q.Phrase(("plan", "river", "plan")), q.Phrase(("river",)),
        q.Phrase(("river", "plan", "of")),
    ):  # fmt: skip
        found = snapshot.execute(SearchRequest(query))
        assert found == by_numpy(snapshot, SearchRequest(query))
    assert snapshot.execute(SearchRequest(q.Phrase(("river", "bridge")))).total == 9


@pytest.mark.parametrize("interviewer", [False, True])
def test_what_the_loops_were_told_to_read_lives_as_long(tmp_path, interviewer):
    """Of two threads that come first at the same time, the collection keeps the arrays of one; the other's stay in use."""
    names = executions.generation(
        execution, tmp_path, [[executions.a_row(f"r{at}", "river", "", "", "", ()) for at in range(3)]], [[0]]
    )[0]
    whole = collection.Collection(tmp_path, names)
    one_pass = onepass.OnePass(whole)
    wanted = onepass.Wanted([whole.postings(whole.word("river"))])
    before = one_pass.run(wanted, Budget(10_000, 100), onepass.Kept(5), None, interviewer)
    kept = ("quotes", "there" if interviewer else "shown")
    read = [weakref.ref(vars(whole.columns).pop(name)) for name in kept]
    assert all(array() is not None for array in read)
    assert one_pass.run(wanted, Budget(10_000, 100), onepass.Kept(5), None, interviewer) == before


def test_a_damaged_list_leaves_nothing_behind_for_the_next_search(tmp_path):
    names = executions.generation(execution, tmp_path, [[executions.a_row("r0", "river", "", "", "", ())] * 4], [[]])[0]
    whole = collection.Collection(tmp_path, names)
    with pytest.raises(IndexError):
        whole.union([np.array([1, 2], np.uint32), np.array([99], np.uint32)])
    for kernel in (collection.KERNEL, None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(collection, "KERNEL", kernel)
            assert whole.union([np.array([3], np.uint32), np.array([0], np.uint32)]).tolist() == [0, 3]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_flipped_byte_makes_it_read_outside_its_arrays(tmp_path_factory, data):
    """A wrong answer is another test's matter (checksums); here the process must live on."""
    folder = tmp_path_factory.mktemp("flipped")
    rows = [
        executions.a_row(f"r{at}", f"the river of the {word} rise", "2020-01-05", "Post", "river plan", ("p1",))
        for at, word in enumerate(executions.WORDS * 2)
    ]
    rows = [row._replace(article_id=f"a{at // 4}") for at, row in enumerate(rows)]
    names, overlays = executions.generation(execution, folder, [rows, rows], [[1], []])
    parts = (
        "lists",
        "rows",
        "steps",
        "steps-at",
        "counts",
        "positions",
        "checkpoints",
        "lengths",
        "title-rows",
        "title-lists",
        "title-counts",
        "runs",
        "stem-list",
    )
    files = [f"s{data.draw(st.integers(0, 1))}.{part}" for part in parts]
    files += [
        f"columns.{part}" for part in ("facets", "rank", "lengths", "runs", "state", "speaker-rows", "topic-rows")
    ]
    path = folder / data.draw(st.sampled_from(files))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.sampled_from([0, 1, 0x7F, 0xFE, 0xFF]))
    path.write_bytes(content)
    queries = (
        q.Word("river"), q.And((q.Word("the"), q.Word("river"))), q.Or((q.Word("of"), q.Word("plan"))),
        q.Phrase(("river", "of", "the")), q.Phrase(("the", "plan")),
    )  # fmt: skip
    chosen = ((), (Filter("speaker", ("1",)), Filter("topic", ("medtop:02",))))
    with contextlib.suppress(Exception):
        snapshot = executions.opened(execution, folder, names, overlays)
        for query in queries:
            for filters in chosen:
                for meant in (False, True):
                    with contextlib.suppress(Exception):
                        assert snapshot.execute(SearchRequest(query, filters, refined=meant, fold=meant)).total >= 0
