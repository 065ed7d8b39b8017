"""What only a cluster can do to a search: parts missing, points in time lost, limits of its own; and that none of it is silent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from opensearchpy import OpenSearch

from search.engine import Engine, SearchRequest, Sort, open_engine
from search.errors import (
    BadRequestError,
    ConfigurationError,
    EngineUnavailableError,
    IndexLockedError,
    SearchIndexError,
)
from search.opensearch import lock, scanning
from search.opensearch.connection import Address, connect, parse_address
from search.opensearch.lock import WriterLock
from search.opensearch.mapping import mapping, settings
from search.parser import parse
from search.query import And, FieldMatch, Or, Word
from search.records import FORMAT_VERSION
from tests.search.opensearch.front_door import Answer, Asked, Door, open_door
from tests.search.stories import Said, Story, indexed, tables

pytestmark = pytest.mark.opensearch


def stories(number: int, **more: Any) -> list[Story]:
    return [
        Story(
            f"a{n}",
            [(f"The ferry sailed, number{n}.", Said(f"the sea is number{n} today", f"Tom Hale{n % 3}"))],
            **more,
        )
        for n in range(number)
    ]


def fill(engine: Engine, told: list[Story], fresh: bool = True) -> str:
    with engine.rebuild() if fresh else engine.update() as writer:
        for story in told:
            writer.add(indexed(story))
        return writer.commit(tables(told))


@pytest.fixture
def address(cluster_address: str) -> Address:
    return parse_address(cluster_address)


@pytest.fixture
def client(address: Address) -> Iterator[OpenSearch]:
    opened = connect(address)
    yield opened
    opened.close()


@pytest.fixture
def engine(cluster_address: str) -> Iterator[Engine]:
    opened = open_engine(f"opensearch:{cluster_address}")
    yield opened
    opened.close()


@pytest.fixture
def door(cluster_address: str) -> Iterator[Door]:
    with open_door(cluster_address.rsplit("/", 1)[0].split(",")[0]) as opened:
        yield opened


def failing(where: str) -> Callable[[Asked, Callable[[], Answer]], Answer]:
    """A rule by which one shard fails in answers to what has ``where`` in its path."""

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        status, content = onward()
        if where in asked.path:
            content["_shards"].update(failed=1, total=content["_shards"]["total"] + 1)
        return status, content

    return rule


def test_a_shard_that_fails_is_told_and_never_left_out_in_silence(door: Door, address: Address) -> None:
    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{address.name}")
    fill(engine, stories(3))
    door.rule = failing("_search?search_type=dfs")
    assert engine.search(SearchRequest(query=parse("ferry"))).partial
    door.rule = failing("_search")
    with pytest.raises(SearchIndexError, match=r"1 shards of .* do not answer"):
        list(engine.stream(SearchRequest(query=parse("ferry"))))
    with pytest.raises(SearchIndexError, match="do not answer"), engine.update() as writer:
        list(writer.quotes())
    door.rule = failing("_count")
    with pytest.raises(SearchIndexError, match="do not answer"):
        fill(engine, stories(4))
    engine.close()


def test_a_document_that_cannot_be_reached_is_no_speaker_less_quote(door: Door, address: Address) -> None:
    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{address.name}")
    fill(engine, stories(1))

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        status, content = onward()
        if "_mget" in asked.path:
            named = {"_id": "s:x", "error": {"type": "no_shard_available_action_exception"}}
            content["docs"] = [named if doc["_id"].startswith("s:") else doc for doc in content["docs"]]
        return status, content

    door.rule = rule
    with pytest.raises(EngineUnavailableError, match="lacks shards"):
        engine.search(SearchRequest(query=parse("kind:quote")))
    engine.close()


def test_a_quote_whose_article_cannot_be_reached_is_not_left_out_in_silence(door: Door, address: Address) -> None:
    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{address.name}")
    fill(engine, stories(1))

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        status, content = onward()
        if "_mget" in asked.path:
            named = {"_id": "a:x", "error": {"type": "no_shard_available_action_exception"}}
            content["docs"] = [named if doc["_id"].startswith("a:") else doc for doc in content["docs"]]
        return status, content

    request = SearchRequest(query=parse("kind:quote"))
    result = engine.search(request)
    door.rule = rule
    with pytest.raises(EngineUnavailableError, match="lacks shards"):
        engine.fetch(request, result)
    with pytest.raises(EngineUnavailableError, match="lacks shards"):
        engine.article("a0")
    engine.close()


def test_an_export_whose_point_in_time_is_lost_says_so(
    engine: Engine, client: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning.scan, "__defaults__", (10,))
    fill(engine, stories(300))
    hits = engine.stream(SearchRequest(query=parse("ferry")))
    next(hits)
    client.delete_all_pits()
    with pytest.raises(SearchIndexError, match="was removed, or nothing was read for 10m: run it again"):
        list(hits)


def test_an_export_outlives_a_rebuild(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning.scan, "__defaults__", (10,))
    fill(engine, stories(300))
    hits = engine.stream(SearchRequest(query=parse("ferry")))
    next(hits)
    fill(engine, stories(2))
    assert len(list(hits)) == 299


@pytest.mark.parametrize("join", [And, Or])
def test_a_query_of_too_many_words_is_the_askers_fault(engine: Engine, join: Callable[[Any], Any]) -> None:
    fill(engine, stories(2))
    with pytest.raises(BadRequestError, match="too many words for the cluster: search for fewer"):
        engine.search(SearchRequest(query=join(tuple(Word(f"word{n}") for n in range(3000)))))
    assert engine.search(SearchRequest(query=join(tuple(Word("ferry") for _ in range(300))))).total == 2


def test_pages_end_at_ten_thousand_and_cursors_do_not(engine: Engine) -> None:
    """Undated articles come last; a cursor leads through all, ties of score and day included."""
    told = stories(12) + [Story(f"u{n}", [("The ferry sailed.", None)], published="") for n in range(7)]
    fill(engine, told)
    for sort in Sort:
        request = SearchRequest(query=parse("ferry"), sort=sort, per_page=2, facets=())
        found: list[str] = []
        cursor = ""
        while True:
            page = engine.search(SearchRequest(**{**_fields(request), "cursor": cursor}))
            found += [match.id for match in page.matches]
            if not (cursor := page.next_cursor):
                break
        assert len(found) == len(set(found)) == 19
    with pytest.raises(BadRequestError, match="pages reach 10,000 hits deep"):
        engine.search(SearchRequest(page=1001, per_page=10))
    with pytest.raises(BadRequestError, match="speakers reaches 10,000 deep"):
        engine.speakers(page=201, per_page=50)


def _fields(request: SearchRequest) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__slots__}


def test_a_name_that_too_many_bear_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.opensearch.people.MOST", 3)
    fill(engine, stories(9))
    with pytest.raises(BadRequestError, match="3 speakers and more are called 'tom ha': write more of the name"):
        engine.search(SearchRequest(query=FieldMatch("speaker", ("tom", "ha"), True)))


def test_an_alias_of_two_collections_is_told(engine: Engine, client: OpenSearch, address: Address) -> None:
    fill(engine, stories(1))
    other = client.indices.create(
        index=f"{address.name}-other",
        body={"settings": settings(1), "mappings": mapping("g", "", ""), "aliases": {address.name: {}}},
    )
    assert other["acknowledged"]
    with pytest.raises(ConfigurationError, match="is an alias of 2 indices: give the name of one collection"):
        engine.generation()


def test_an_index_in_the_collections_place_is_told(engine: Engine, client: OpenSearch, address: Address) -> None:
    client.indices.create(index=address.name)
    try:
        with pytest.raises(SearchIndexError, match=f"has format None, this version reads format {FORMAT_VERSION}"):
            engine.generation()
    finally:
        client.indices.delete(index=address.name)


def test_what_the_administrator_set_stays(
    engine: Engine, client: OpenSearch, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_OPENSEARCH_REPLICAS", "0")
    monkeypatch.setenv("ONRECORD_OPENSEARCH_SHARDS", "3")
    fill(engine, stories(30))

    def setting(name: str) -> str:
        ((_, found),) = client.indices.get_settings(index=address.name).items()
        return str(found["settings"]["index"][name])

    assert (setting("number_of_replicas"), setting("number_of_shards")) == ("0", "3")
    client.indices.put_settings(index=address.name, body={"index": {"number_of_replicas": 2}})
    fill(engine, stories(31), fresh=False)
    assert setting("number_of_replicas") == "2"
    result = engine.search(SearchRequest(query=parse("ferry")))
    assert result.total == 31
    assert not any(facet.approximate for facet in result.facets.values())
    monkeypatch.setenv("ONRECORD_OPENSEARCH_REPLICAS", "many")
    with pytest.raises(ConfigurationError, match="ONRECORD_OPENSEARCH_REPLICAS is 'many': give a number from 0 to 10"):
        fill(engine, stories(1))


def test_a_closed_year_is_not_changed_but_can_be_built_anew(
    engine: Engine, client: OpenSearch, address: Address
) -> None:
    fill(engine, stories(3))
    client.indices.put_settings(index=address.name, body={"index.blocks.write": True})
    with pytest.raises(
        SearchIndexError, match=r"takes no changes \(.*blocked by.*lift the block, or 'onrecord reindex'"
    ):
        fill(engine, stories(4), fresh=False)
    assert engine.search(SearchRequest(query=parse("ferry"))).total == 3
    fill(engine, stories(4))
    assert engine.search(SearchRequest(query=parse("ferry"))).total == 4


def test_documents_that_vanish_are_found_by_the_check(engine: Engine, client: OpenSearch, address: Address) -> None:
    fill(engine, stories(5))
    assert engine.check() == ()
    client.delete_by_query(index=address.name, body={"query": {"term": {"id": "a2-q0"}}}, params={"refresh": "true"})
    (problem,) = engine.check()
    assert "was committed with 18 documents and has 17" in problem


def test_ids_and_words_of_any_length_and_kind(engine: Engine) -> None:
    long = "https://gull.example/?" + "é" * 400
    odd = Story("a,b#c/d e", [("The ferry\ud800 sailed.", None)], title="half a \udc00 pair", outlet="The \ud800 Gull")
    told = [Story(long, [("The ferry sailed.", Said("no", "Tom Hale"))]), odd]
    fill(engine, told)
    assert {match.id for match in engine.search(SearchRequest(query=parse("ferry"))).matches} == {
        f"{long}-p0",
        f"{odd.id}-p0",
    }
    for story in told:
        assert engine.article(story.id) == indexed(story).article
        assert engine.article_records(story.id)
    with engine.update() as writer:
        assert writer.delete(long)
        writer.commit(tables(told[1:]))
    assert engine.search(SearchRequest(query=parse("ferry"))).total == 1
    assert engine.check() == ()


def test_an_overtaken_writer_swaps_nothing_in(
    engine: Engine, address: Address, client: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that was out of reach for long, and whose lock another took over meanwhile, does not swap."""
    monkeypatch.setattr(lock, "REFRESH", 3600.0)
    served = fill(engine, stories(2))
    late = engine.rebuild()
    with pytest.raises(IndexLockedError, match=r"process \d+ on .* is writing"):
        engine.rebuild()
    monkeypatch.setattr(lock, "STALE", 0.1)
    time.sleep(0.2)
    second = WriterLock(client, address)
    second.acquire()
    monkeypatch.setattr(lock, "REFRESH", 0.05)
    assert engine.generation() == served
    for story in stories(1):
        late.add(indexed(story))
    with pytest.raises(SearchIndexError, match="another process took over writing"):
        late.commit(tables(stories(1)))
    assert engine.generation() == served
    second.must_be_held()
    second.release()
    fill(engine, stories(4))
    assert engine.stats().articles == 4


def test_a_live_writer_with_a_clock_that_is_wrong_is_not_overtaken(
    address: Address, client: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its beats look an hour old to the other machine, which watches for a while and sees them come."""
    monkeypatch.setattr(lock, "REFRESH", 0.05)
    monkeypatch.setattr(lock, "STALE", 1.0)
    first = WriterLock(client, address)
    first.acquire()
    with monkeypatch.context() as other_clock:
        other_clock.setattr(lock, "now", lambda: time.time() + 3600)
        with pytest.raises(IndexLockedError):
            WriterLock(client, address).acquire()
    first.must_be_held()
    first.release()
