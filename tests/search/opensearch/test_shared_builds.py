"""Several machines index one collection: what they promote is what one machine would have built."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from indexer.collection import Settings, add, reindex
from indexer.corrections import Corrections, Erratum
from indexer.sharing import abandon, promote, write_share
from search.engine import Engine, SearchRequest, open_engine
from search.errors import ConfigurationError, IndexMissingError, SearchIndexError
from search.opensearch.connection import connect, parse_address
from search.parser import parse
from search.sharing import InputSeen, Promoted, Share, UnfinishedBuildError, share_number
from web.cli import run

PEOPLE = ("Tom Hale", "Marit Hale", "Nina Orsk", "Odd Brekke", "Ines Falk")
PLACES = ("quay", "market", "mill", "lighthouse", "brewery", "school", "chapel")


def article(number: int) -> dict[str, str]:
    """Every third prints again what another says; some call people by surname and role only."""
    who, place = PEOPLE[number % 5], PLACES[number % 7]
    common = f'"The old {PLACES[number // 3 % 7]} must not be sold to anybody who will not keep the lamps burning," said {who}, a councillor.'
    text = f"""Aldmoor's council met at the {place} on Monday, and the {place} was cold.

"We counted {number} lamps at the {place} this week," said {who}, a councillor.

{common if number % 3 == 0 else f"{who.split()[-1]} added that nobody had paid for the {place}."}
"""
    return {"id": f"https://gull.example/{number}?{'long=way&' * (70 if number == 4 else 0)}", "title": f"The {place}",
            "outlet": f"Gull {number % 4}", "published": f"2024-03-{1 + number % 28:02}", "text": text}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for half in (0, 1):
        lines = [json.dumps(article(number)) for number in range(60) if number % 2 == half]
        (tmp_path / f"{half}.jsonl").write_text("\n".join([*lines, lines[0]]), "utf-8")
    return [str(tmp_path / "0.jsonl"), str(tmp_path / "1.jsonl")]


@pytest.fixture
def cluster(cluster_address: str) -> Iterator[Engine]:
    engine = open_engine(f"opensearch:{cluster_address}")
    yield engine
    engine.close()


def everything(engine: Engine) -> dict[str, Any]:
    """All that a reader can see of a collection."""
    hits = [replace(hit, score=0.0) for hit in engine.stream(SearchRequest(query=parse("")))]
    result = engine.search(SearchRequest(query=parse("lamps OR sold"), facet_size=500))
    stats = engine.stats()
    return {
        "hits": sorted(hits, key=lambda hit: hit.record.id),
        "speakers": engine.speakers(per_page=500),
        "facets": result.facets,
        "counts": result.counts,
        "top": [match.id for match in result.matches],
        "topics": engine.topics(),
        "sums": (stats.articles, stats.quotes, stats.paragraphs, stats.attributed, stats.speakers, stats.extractor),
        "sound": engine.check(),
    }


@pytest.mark.opensearch
@pytest.mark.parametrize("before", [False, True], ids=["first", "over-another"])
def test_three_shares_promoted_are_one_reindex(
    cluster: Engine, cluster_address: str, files: list[str], before: bool
) -> None:
    rulings = Corrections(
        errata=(
            Erratum("line 1", "rename", "", "Odd Brekke", "Odd Brekke Lund", "", "", "", "", ""),
            Erratum("line 2", "dispute", "", "", "", article(5)["id"], "5 lamps", "me", "2024-04-01", "was it five?"),
            Erratum("line 3", "attribute", "", "", "Ines Falk", article(7)["id"], "7 lamps", "me", "", ""),
        )
    )
    plain = open_engine(f"opensearch:{cluster_address}p")
    try:
        if before:
            for engine in (plain, cluster):
                reindex(engine, files[:1], Settings())
        one = reindex(plain, files, Settings(corrections=rulings))
        served = cluster.generation() if before else None
        stored = 0
        for number in (2, 3, 1):
            stored += write_share(cluster, files, Share(number, 3), Settings()).stored
            if before:
                assert cluster.generation() == served
            else:
                with pytest.raises(IndexMissingError):
                    cluster.generation()
        assert stored == 60
        both = promote(cluster, Settings(corrections=rulings))
        assert not isinstance(both, Promoted)
        assert cluster.generation() == both.generation
        assert (both.corrections, both.ignored) == (one.corrections, one.ignored) == (3, ())
        found = everything(cluster)
        assert found == everything(plain)
        assert any(hit.variants.articles > 1 for hit in found["hits"])
        assert {hit.speaker.name for hit in found["hits"] if hit.speaker} >= {"Odd Brekke Lund", "Ines Falk"}
        assert promote(cluster, Settings()) == Promoted(both.generation, again=True)
    finally:
        client = connect(parse_address(f"{cluster_address}p"))
        plain.close()
        client.indices.delete(index=f"{cluster_address.rsplit('/', 1)[1]}p-*")
        client.close()


@pytest.mark.opensearch
def test_machines_that_begin_at_the_same_moment_join_one_build(cluster_address: str, files: list[str]) -> None:
    """Nothing is there yet: neither locks nor a build nor its index, and every machine may be the first."""
    start = threading.Barrier(5)
    generations: list[str] = []
    errors: list[BaseException] = []

    def machine(number: int) -> None:
        engine = open_engine(f"opensearch:{cluster_address}")
        try:
            start.wait()
            generations.append(write_share(engine, files, Share(number, 5), Settings()).generation)
        except BaseException as error:
            errors.append(error)
        finally:
            engine.close()

    machines = [threading.Thread(target=machine, args=(number,)) for number in range(1, 6)]
    for one in machines:
        one.start()
    for one in machines:
        one.join()
    assert errors == []
    assert len(generations) == 5
    assert len(set(generations)) == 1
    engine = open_engine(f"opensearch:{cluster_address}")
    assert not isinstance(promote(engine, Settings()), Promoted)
    assert engine.stats().articles == 60
    engine.close()


@pytest.mark.opensearch
def test_what_is_missing_is_named_and_nothing_is_served(cluster: Engine, files: list[str]) -> None:
    with pytest.raises(UnfinishedBuildError, match="there is no generation to promote"):
        promote(cluster, Settings())
    write_share(cluster, files, Share(2, 4), Settings())
    with pytest.raises(UnfinishedBuildError, match=r"3 shares are missing: 1/4, 3/4, 4/4: .*--shard 1/4 PATH"):
        promote(cluster, Settings())
    with pytest.raises(ConfigurationError, match="divided into 4 shares, not 3"):
        write_share(cluster, files, Share(1, 3), Settings())
    for number in (1, 3):
        write_share(cluster, files, Share(number, 4), Settings())
    write_share(cluster, files[:1], Share(4, 4), Settings())
    with pytest.raises(
        UnfinishedBuildError, match=r"share 4/4 was made of other input \(30 articles\) than most \(60\)"
    ):
        promote(cluster, Settings())
    write_share(cluster, files, Share(4, 4), Settings())  # written again: what it held is replaced
    assert not isinstance(promote(cluster, Settings()), Promoted)
    assert cluster.stats().articles == 60


@pytest.mark.opensearch
def test_documents_that_vanished_are_missed(cluster: Engine, cluster_address: str, files: list[str]) -> None:
    for number in (1, 2):
        generation = write_share(cluster, files, Share(number, 2), Settings()).generation
    address = parse_address(cluster_address)
    client = connect(address)
    index = f"{address.name}-{generation}"
    query = {"bool": {"filter": [{"term": {"share": 2}}, {"term": {"sort": "article"}}]}}
    client.delete_by_query(index=index, body={"query": query}, params={"refresh": "true", "max_docs": 1})
    client.close()
    with pytest.raises(UnfinishedBuildError, match=r"share 2/2 sent \d+ documents and \d+ are there"):
        promote(cluster, Settings())
    with pytest.raises(IndexMissingError):
        cluster.generation()


@pytest.mark.opensearch
def test_a_promotion_that_was_cut_off_is_completed_by_another(
    cluster: Engine, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.opensearch import publishing

    for number in (1, 2):
        write_share(cluster, files, Share(number, 2), Settings())

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    rulings = Corrections(
        errata=(Erratum("1", "attribute", "", "", "Ines Falk", article(7)["id"], "7 lamps", "", "", ""),)
    )
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "swap", cut)
        with pytest.raises(KeyboardInterrupt):
            promote(cluster, Settings(corrections=rulings))
    with pytest.raises(SearchIndexError, match="'onrecord promote' is writing"):
        write_share(cluster, files, Share(1, 2), Settings())
    assert not isinstance(promote(cluster, Settings()), Promoted)  # without the ruling: nothing is left of it
    said = cluster.search(SearchRequest(query=parse('"7 lamps" kind:quote')))
    hits = cluster.fetch(SearchRequest(), said)
    assert {hit.speaker.name for hit in hits if hit.speaker} == {"Nina Orsk"}
    assert {hit.review for hit in hits} == {None}


@pytest.mark.opensearch
def test_articles_added_meanwhile_are_not_lost_unseen(cluster: Engine, files: list[str]) -> None:
    reindex(cluster, files[:1], Settings())
    for number in (1, 2):
        write_share(cluster, files[:1], Share(number, 2), Settings())
    add(cluster, files[1:], Settings())
    with pytest.raises(SearchIndexError, match="may lack articles"):
        promote(cluster, Settings())
    assert cluster.stats().articles == 60
    promote(cluster, Settings(), replace=True)
    assert cluster.stats().articles == 30


@pytest.mark.opensearch
def test_a_rebuild_leaves_the_unpublished_generation_and_abandoning_removes_it(
    cluster: Engine, cluster_address: str, files: list[str]
) -> None:
    generation = write_share(cluster, files, Share(1, 2), Settings()).generation
    for _ in range(3):
        reindex(cluster, files, Settings())
    address = parse_address(cluster_address)
    client = connect(address)
    assert client.indices.exists(index=f"{address.name}-{generation}")
    assert abandon(cluster) == generation
    assert not client.indices.exists(index=f"{address.name}-{generation}")
    client.close()
    assert abandon(cluster) == ""
    assert cluster.stats().articles == 60


@pytest.mark.opensearch
def test_a_collection_whose_name_begins_another_leaves_that_one_alone(
    cluster: Engine, cluster_address: str, files: list[str]
) -> None:
    """``news`` keeps two generations of its own and none of ``news-2024``."""
    year = open_engine(f"opensearch:{cluster_address}-2024")
    reindex(year, files, Settings())
    for _ in range(3):
        reindex(cluster, files[:1], Settings())
    assert year.stats().articles == 60
    assert cluster.stats().articles == 30
    year.close()


@pytest.mark.opensearch
def test_the_commands(
    cluster_address: str, files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_INDEX", f"opensearch:{cluster_address}")
    assert run(["reindex", "--shard", "1/2", *files]) == 0
    assert "share 1/2 of generation" in capsys.readouterr().out
    assert run(["promote"]) == 1
    assert "1 share is missing: 2/2: run 'onrecord reindex --shard 2/2 PATH...'" in capsys.readouterr().err
    assert run(["reindex", "--shard", "2/2", *files]) == 0
    assert run(["promote"]) == 0
    assert "articles          60" in capsys.readouterr().out
    assert run(["promote"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert run(["promote", "--abandon"]) == 0


def test_a_folder_has_no_shares(tmp_path: Path, files: list[str]) -> None:
    engine = open_engine(str(tmp_path / "index"))
    with pytest.raises(
        ConfigurationError, match=r"--shard needs a cluster .* folder of this one: give --index opensearch:"
    ):
        write_share(engine, files, Share(1, 2), Settings())
    with pytest.raises(ConfigurationError, match="promote needs a cluster"):
        promote(engine, Settings())
    engine.close()


@given(st.lists(st.text(), unique=True), st.integers(1, 50))
def test_shares_divide_and_lose_nothing(ids: list[str], of: int) -> None:
    parts = [[name for name in ids if Share(number, of).takes(name)] for number in range(1, of + 1)]
    assert sorted(name for part in parts for name in part) == sorted(ids)


def test_the_share_of_an_article_is_the_same_on_every_machine_and_in_every_version() -> None:
    assert [share_number(f"article {number}", 8) for number in range(8)] == [2, 6, 4, 7, 3, 8, 1, 4]


@given(st.dictionaries(st.text(), st.text(max_size=3)), st.randoms())
def test_what_was_read_does_not_depend_on_its_order(hashes: dict[str, str], random: object) -> None:
    items = list(hashes.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert InputSeen.of(dict(items)) == InputSeen.of(hashes)
    assert InputSeen.of({**hashes, "one more": "1"}) != InputSeen.of({**hashes, "one more": "2"})


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "2", "2/", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_share_is_told(text: str) -> None:
    from indexer.cli import reindex as command

    result = CliRunner().invoke(command, ["--shard", text, "x"])
    assert result.exit_code == 2
    assert "is not a share such as 2/8" in result.output
