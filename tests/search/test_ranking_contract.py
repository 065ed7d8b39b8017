"""What every engine must put first when a search is read as people mean it: the embedded one, and a real cluster's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engine import Engine
from search.records import IndexedArticle
from search.request import build_request
from tests.search.stories import Said, Story, indexed, tables

NEWS = (
    Story("strike", [
        ("Nobody sailed from Aldmoor.", Said("We will not board a ferry without pumps", "Tom Hale")),
        ("Rovers fans waited on the quay.", Said("Our strike goes on", "Marit Hale")),
        ("The weather was fine.", None),
    ], title="Ferry strike strands commuters"),
    Story("other", [("A strike of lightning hit the ferry office.", None), ("The tram strike is over.", None)], title="Tram"),
    Story("old", [("She said the lantern burns.", Said("the lantern burns", "Nina Quist"))], published="2019-02-03"),
    Story("new", [("She said the lantern burns.", Said("the lantern burns", "Nina Quist"))], published="2023-02-03"),
    Story("forms", [("Pumps were checked on every boat.", None), ("A pump was checked on every boat.", None)], title="Forms"),
    Story("heads", [
        ("Sluice gates reopened early", None),  # the headline, a record of its own
        ("They met.", Said("Sluice gates reopened late", "Nina Quist")),
    ], title="Sluice gates reopened early"),
    Story("same", [("Crates of oranges", Said("Crates of oranges", "Nina Quist", type="turn"))], published="2020-01-01"),
)  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with engine.rebuild() as writer:
        for story in NEWS:
            writer.add(_headed(indexed(story)) if story.id == "heads" else indexed(story))
        writer.commit(tables(NEWS))
    return engine


def _headed(article: IndexedArticle) -> IndexedArticle:
    first, *others = article.records
    return replace(article, records=(replace(first, part="headline"), *others))


def found(engine: Engine, query: str) -> list[str]:
    asked = build_request([("q", query), ("per_page", "50"), ("facet", "none")])
    return [match.id for match in engine.search(asked.request).matches]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # together: each word in the record or its headline, at least one in the record
        ("ferry strike", {"other-p0", "strike-p0", "strike-q0", "strike-p1", "strike-q1"}),
        ("commuters ferry", {"strike-p0", "strike-q0"}),
        ("strands commuters", set()),  # by the headline alone nothing is found
        ('commuters "a ferry"', {"strike-p0", "strike-q0"}),
        ("ferry -strike", {"strike-p0", "strike-q0"}),  # what is left out is left out by the record's own words
        ("tram strike", {"other-p0", "other-p1"}),
        ("strike", {"other-p0", "other-p1", "strike-p1", "strike-q1"}),  # alone: in the record
        ("commuters OR lantern", {"old-p0", "old-q0", "new-p0", "new-q0"}),
        ('"ferry strike"', set()),
        ("title:ferry", {"strike-p0", "strike-q0", "strike-p1", "strike-q1", "strike-p2"}),
        ("title:stranding weather", {"strike-p2"}),  # by stem
        ("title:comm* weather", {"strike-p2"}),
        ('title:"commuters ferry" weather', {"strike-p2"}),
    ],
)
def test_what_is_searched_together_may_stand_in_the_headline(filled: Engine, query: str, expected: set[str]) -> None:
    assert set(found(filled, query)) == expected


def test_a_quote_goes_before_its_paragraph(filled: Engine) -> None:
    for query, quote, paragraph in (
        ("board pumps", "strike-q0", "strike-p0"),
        ("crates oranges", "same-q0", "same-p0"),  # the very same words
        ("lantern", "new-q0", "new-p0"),
    ):
        ranking = found(filled, query)
        assert ranking.index(quote) < ranking.index(paragraph)


def test_a_headline_gives_way_to_a_quote_that_matches_as_well(filled: Engine) -> None:
    first, *others = found(filled, "sluice gates")
    assert (first, set(others)) == ("heads-q1", {"heads-p0", "heads-p1"})


@pytest.mark.parametrize("query", ["speaker:quist", "NOT lang:fr speaker:quist", "speaker:quist OR cue:nothing"])
def test_of_fields_alone_quotes_go_first_and_the_newest_of_each(filled: Engine, query: str) -> None:
    quotes = ["heads-q1", "new-q0", "same-q0", "old-q0"]
    assert found(filled, query) == [*quotes, "heads-p1", "new-p0", "same-p0", "old-p0"]


def test_words_as_typed_go_before_their_other_forms(filled: Engine) -> None:
    for query, first, second in (("pump", "forms-p1", "forms-p0"), ("pumps", "forms-p0", "forms-p1")):
        ranking = found(filled, query)
        assert ranking.index(first) < ranking.index(second)


def test_the_newer_of_equals_goes_first(filled: Engine) -> None:
    assert found(filled, "lantern") == ["new-q0", "old-q0", "new-p0", "old-p0"]


def test_how_a_query_was_read_is_told_as_it_was_typed() -> None:
    assert build_request([("q", "ferry strike")]).read_as == "ferry AND strike"
