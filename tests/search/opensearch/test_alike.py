"""Both engines give one answer to any request: the embedded one is the oracle of the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import Engine, Filter, SearchRequest, SearchResult, Sort, open_engine
from search.records import CollectionTables
from tests.search.conftest import joined
from tests.search.stories import TERMS, Said, Story, indexed, tables

pytestmark = pytest.mark.opensearch

WHO = ("Tom Hale", "T. Hale", "Marit Hale", "Nina Quist", "")
LINES = (
    "the ferry has sailed again",
    "search for common ground",
    "no life jackets on the ferry",
    "I, too, searched",
    "the sea",
)
STORIES = tuple(
    Story(
        f"a{n}",
        [
            (f"The ferry number{n % 3} stopped at Łódź Quay.", Said(LINES[n % 5], WHO[n % 5], ("say", "add")[n % 2], ("direct", "indirect")[n % 2], 0.4 + 0.1 * (n % 6))),
            (f"{WHO[n % 3]} keeps a shop; commons are common.", Said(LINES[n % 4], WHO[n % 4], interviewer=n % 7 == 3) if n % 3 else None),
        ],
        title=("Ferry strike", "Common ground", "")[n % 3],
        outlet=("The Gull", "Harbour Wire", "Café Léman", "")[n % 4],
        author=("Lena Orsk", "")[n % 2],
        published=("2024-03-05", "2024-04-02T09:30+02:00", "", "2022-05-19", "2022")[n % 5],
        language=("en", "fr", "")[n % 3],
        genre=("news", "interview")[n % 2],
        topics=(TERMS[n % 4].id,),
        mentions=("Nina Quist",) if n % 2 else (),
        roles={"Tom Hale": ("mayor of Lodz", "Sport editor"), "Nina Quist": ("deputy mayor",)} if n % 3 else {},
    )
    for n in range(40)
)  # fmt: skip
TABLES: CollectionTables = tables(STORIES, variants={f"a{n}-q0": f"v{n % 5}" for n in range(0, 40, 2)})

words = st.sampled_from(
    ["ferry", "ferries", "searching", "Common", "ground", "the", "lodz", "I", "none", "—", "life jackets", "number1"]
)
patterns = st.sampled_from(["f*", "*y", "?he", "c?mm*", "*", "j\\*", "—*", "num[12]*", "*r*1"])
fields = st.sampled_from(["speaker", "mentions", "topic", "outlet", "author", "kind", "cue", "lang", "title", "role"])
values = st.sampled_from(
    ["hale", "tom", "t", "quist", "gull", "caf", "leman", "economy", "sport", "en", "quote", "add", "mayor", "—"]
)
leaves = st.one_of(
    st.just(q.MatchAll()),
    st.just(q.MatchNone()),
    st.builds(q.Word, words, st.booleans()),
    words.map(q.Prefix),
    st.lists(words, max_size=4).flatmap(lambda ws: st.integers(0, 3).map(lambda slop: q.Phrase(tuple(ws), slop))),
    patterns.map(q.Wildcard),
    words.map(q.Fuzzy),
    st.builds(q.FieldMatch, fields, st.lists(values, min_size=1, max_size=2).map(tuple), st.booleans()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: q.And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: q.Or(tuple(parts))),
        inner.map(q.Not),
        inner.map(q.Unscored),
    ),
    max_leaves=5,
)
choices = {
    "speaker": ["tom-hale", "marit-hale", "id-nina-quist", "thomas-hale", "nobody"],
    "topic": [term.id for term in TERMS],
    "outlet": ["The Gull", "Café Léman", "none"],
    "kind": ["quote", "paragraph"],
    "quote_type": ["direct", "indirect"],
    "cue": ["say", "add"],
    "lang": ["en", "fr"],
    "genre": ["news", "interview"],
}  # fmt: skip
filters = st.sampled_from(sorted(choices)).flatmap(
    lambda name: st.builds(
        Filter,
        st.just(name),
        st.lists(st.sampled_from(choices[name]), min_size=1, max_size=2, unique=True).map(tuple),
        st.booleans(),
    )
)
requests = st.builds(
    SearchRequest,
    query=trees,
    refined=st.booleans(),
    filters=st.lists(filters, max_size=3).map(tuple),
    first_day=st.sampled_from(["", "2022-05-19", "2024-03-06"]),
    last_day=st.sampled_from(["", "2024-03-31"]),
    min_confidence=st.sampled_from([0.0, 0.6]),
    interviewer=st.booleans(),
    sort=st.sampled_from(list(Sort)),
    per_page=st.just(200),
    facet_size=st.sampled_from([1, 2, 30]),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[tuple[Engine, Engine]]:
    import os
    import uuid

    urls = os.environ.get("ONRECORD_OPENSEARCH_URL", "")
    if not urls:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no OpenSearch cluster: set ONRECORD_OPENSEARCH_URL")
    name = f"t{uuid.uuid4().hex[:12]}"
    engines = (
        open_engine(str(tmp_path_factory.mktemp("alike") / "index")),
        open_engine(f"opensearch:{joined(urls)}/{name}"),
    )
    for engine in engines:
        with engine.rebuild() as writer:
            for story in STORIES:
                writer.add(indexed(story))
            writer.commit(TABLES)
    yield engines
    for engine in engines:
        engine.close()
    from search.opensearch.connection import connect, parse_address

    client = connect(parse_address(joined(urls)))
    client.indices.delete(index=f"{name}-*")
    client.close()


def seen(result: SearchResult, request: SearchRequest) -> dict[str, object]:
    """What both must say.

    The order of hits is each engine's own where it goes by score, and so is which of equally frequent values a facet lists
    last, which may be a chosen one.
    """
    ids = [match.id for match in result.matches]
    facets = {
        name: (
            sorted((v.count for v in facet.values), reverse=True)[: request.facet_size],
            {v.value for v in facet.values if v.selected or v.excluded},
            sum(v.count > 0 for v in facet.values) + facet.more,
        )
        for name, facet in result.facets.items()
    }
    return {
        "total": result.total,
        "ids": sorted(ids) if request.sort is Sort.RELEVANCE else ids,
        "facets": facets,
        "counts": result.counts,
        "left out": (result.undated_left_out, result.uncertain_left_out),
        "partial": result.partial,
    }


@settings(max_examples=150)
@given(request=requests)
def test_any_request(both: tuple[Engine, Engine], request: SearchRequest) -> None:
    embedded, cluster = both
    ours, theirs = (engine.search(request) for engine in (embedded, cluster))
    assert seen(theirs, request) == seen(ours, request)
    for name, facet in ours.facets.items():
        counts = {value.value: value for value in theirs.facets[name].values}
        assert all(counts.get(value.value, value) == value for value in facet.values)
    if request.sort is not Sort.RELEVANCE:
        wanted = replace(request, facets=(), fold=True)
        folded = [[hit.id for hit in engine.search(wanted).matches] for engine in (embedded, cluster)]
        assert folded[0] == folded[1]
