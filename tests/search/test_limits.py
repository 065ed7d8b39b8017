"""A search that meets a limit says so, and what it says is right as far as it goes; one that does not say so is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import Filter, Limits, SearchRequest, open_engine
from search.parser import parse
from search.whoosh import execution
from search.whoosh.budget import Budget
from tests.search import executions
from tests.search.stories import Said, Story, indexed, tables
from tests.search.test_execution import collections

STORIES = tuple(
    Story(f"a{at}", [(f"The harbour{word} opened.", Said(f"we saw harbour{word} lights", "Tom Hale"))])
    for at, word in enumerate(("", "master", "front", "side"))
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    opened = open_engine(str(tmp_path_factory.mktemp("limits") / "index"))
    with opened.rebuild() as writer:
        for story in STORIES:
            writer.add(indexed(story))
        writer.commit(tables(STORIES))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "text", ["", "harbour", "harbour lights", "harbour OR lights", '"we saw"', "harbour*", "h*r", "lihgts~", "-harbour", "kind:quote"]
)  # fmt: skip
@pytest.mark.parametrize("filters", [(), (Filter("kind", ("quote",)),)])
def test_no_time_at_all_is_told_and_nothing_wrong_with_it(engine, text, filters):
    request = SearchRequest(parse(text), filters)
    whole = engine.search(request)
    found = engine.search(replace(request, limits=Limits(time_ms=0)))
    assert found.partial
    assert not whole.partial
    assert found.total <= whole.total
    assert {match.id for match in found.matches} <= {match.id for match in whole.matches}
    assert not found.suggestion
    assert engine.fetch(request, found) is not None


def test_words_beyond_the_limit_are_left_out_and_told(engine):
    request = SearchRequest(parse("harbour*"), per_page=100)
    whole = engine.search(request)
    assert (whole.total, whole.partial) == (8, False)
    assert engine.search(replace(request, limits=Limits(terms=4))) == replace(whole, took_ms=pytest.approx(0, abs=1e9))
    for terms in range(4):
        found = engine.search(replace(request, limits=Limits(terms=terms)))
        assert found.partial
        assert found.total == 2 * terms
        assert sum(value.count for value in found.facets["kind"].values) == found.total
    assert [m.id for m in engine.search(replace(request, limits=Limits(terms=1))).matches] == ["a0-p0", "a0-q0"]


def test_what_a_limited_clause_would_bar_is_not_listed(engine):
    request = SearchRequest(parse("lights -harbour*"))
    assert engine.search(request).total == 0
    found = engine.search(replace(request, limits=Limits(terms=2)))
    assert (found.total, found.partial) == (0, True)


def part_of(found, whole):
    """Whether an answer that says it is partial tells nothing but what is."""
    rows = {(match.segment, match.row) for match in whole.matches}
    counts = dict(whole.kinds)
    values = {name: dict(facet.values) for name, facet in whole.facets.items()}
    return (
        found.total <= whole.total
        and {(match.segment, match.row) for match in found.matches} <= rows
        and all(count <= counts.get(kind, 0) for kind, count in found.kinds.items())
        and all(
            count <= values[name].get(value, 0) for name, facet in found.facets.items() for value, count in facet.values
        )
        and found.undated_left_out <= whole.undated_left_out
        and found.articles <= whole.articles
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(executions.requests, min_size=1, max_size=4), st.integers(0, 8), st.integers(0, 4))
def test_whatever_is_asked_and_wherever_it_stops(tmp_path_factory, content, requests, steps, terms):
    """Time that is up after so many looks at the clock, and so many words for a clause."""
    folder = tmp_path_factory.mktemp("index")
    snapshot = executions.opened(execution, folder, *executions.generation(execution, folder, *content))
    for asked in requests:
        request = replace(asked, per_page=200, facet_size=200, fold=False)
        whole = snapshot.execute(request)
        assert not whole.partial
        looks = iter(range(1000))

        def spent(budget, looks=looks):
            up = next(looks) >= steps
            budget.partial = budget.partial or up
            return up

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Budget, "spent", spent)
            stopped = snapshot.execute(request)
        limited = snapshot.execute(replace(request, limits=Limits(terms=terms)))
        for found in (stopped, limited):
            assert part_of(found, whole) if found.partial else found == whole


def test_a_limit_of_words_is_one_for_each_clause(engine):
    both = q.Or((q.Prefix("harbourm"), q.Prefix("harbourf")))
    assert not engine.search(SearchRequest(both, limits=Limits(terms=1))).partial
