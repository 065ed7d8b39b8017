"""A real cluster that is hurt on purpose: nodes killed, writers killed, queues too small, generations swapped under load."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engine import Engine, SearchRequest, open_engine
from search.errors import OnRecordError
from search.opensearch import lock
from search.parser import parse
from tests.search.stories import Said, Story, indexed, tables

pytestmark = pytest.mark.opensearch
ROOT = Path(__file__).resolve().parents[3]


def stories(number: int, words: str = "the sea") -> list[Story]:
    return [
        Story(f"a{n}", [(f"Harbour news number{n}.", Said(f"{words} is number{n} today", "Tom Hale"))], title="News")
        for n in range(number)
    ]


def fill(engine: Engine, told: list[Story]) -> str:
    with engine.rebuild() as writer:
        for story in told:
            writer.add(indexed(story))
        return writer.commit(tables(told))


def total(engine: Engine, query: str = "kind:quote") -> int:
    result = engine.search(SearchRequest(query=parse(query), facets=()))
    assert not result.partial
    return result.total


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Three nodes of our own, with a short queue for writes, so that they can be killed and choked."""
    if not os.environ.get("ONRECORD_OPENSEARCH_URL"):
        message = "no OpenSearch cluster: set ONRECORD_OPENSEARCH_URL to run these tests, which start another one"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    spec = importlib.util.spec_from_file_location("cluster", Path(__file__).with_name("cluster.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    cluster = module.Cluster(tmp_path_factory.mktemp("cluster"), 3, http_base=19400, heap="400m", write_queue=2)
    cluster.start()
    yield cluster
    cluster.stop()


def address(cluster: Any) -> str:
    hosts = ",".join(url.split("://")[1] for url in cluster.urls)
    return f"opensearch:http://{hosts}/t{uuid.uuid4().hex[:10]}"


def test_generations_swap_under_load_without_an_error(nodes: Any) -> None:
    place = address(nodes)
    engine = open_engine(place)
    fill(engine, stories(20))
    errors: list[str] = []
    seen: set[int] = set()
    over = threading.Event()

    def ask() -> None:
        own = open_engine(place)
        while not over.is_set():
            try:
                seen.add(total(own))
            except Exception as error:
                errors.append(repr(error))
        own.close()

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    for number in (25, 30, 35):
        fill(engine, stories(number))
        time.sleep(1.2)
    over.set()
    for client in clients:
        client.join()
    engine.close()
    assert not errors
    assert seen <= {20, 25, 30, 35}
    assert 35 in seen


def test_full_queues_only_delay(nodes: Any) -> None:
    """Eight writers at once on nodes that queue two writes: refused bulks are sent again until everything is there."""
    failures: list[str] = []
    places = [address(nodes) for _ in range(8)]

    def write(place: str) -> None:
        engine = open_engine(place)
        try:
            fill(engine, stories(300))
            if total(engine) != 300:
                failures.append(f"{place}: {total(engine)}")
        except Exception as error:
            failures.append(repr(error))
        finally:
            engine.close()

    writers = [threading.Thread(target=write, args=(place,)) for place in places]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures


def test_a_writer_that_is_killed_leaves_what_was_served(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = address(nodes)
    engine = open_engine(place)
    before = fill(engine, stories(10))
    program = (
        "import sys; sys.path.insert(0, '.');"
        "from tests.search.opensearch.test_cluster_faults import fill, stories;"
        "from search.engine import open_engine;"
        f"engine = open_engine({place!r}); print('begun', flush=True);"
        "\nwhile True: fill(engine, stories(2000, 'other words'))"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    time.sleep(2.5)
    served = engine.generation()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert total(engine) in (10, 2000)
    assert engine.check() == ()
    if served == before:
        assert total(engine, '"the sea"') == 20
    monkeypatch.setattr(
        lock, "STALE", 0.5
    )  # the killed writer's lock grows stale by itself; the test does not wait so long
    time.sleep(1)
    fill(engine, stories(12))
    assert total(engine) == 12
    engine.close()


def test_a_node_killed_while_searching_and_while_writing(nodes: Any) -> None:
    place = address(nodes)
    engine = open_engine(place)
    fill(engine, stories(200))
    _green(engine, place)
    answers: list[int] = []
    errors: list[str] = []
    over = threading.Event()

    def ask() -> None:
        own = open_engine(place)
        while not over.is_set():
            try:
                result = own.search(SearchRequest(query=parse("kind:quote"), facets=()))
                if not result.partial:
                    answers.append(result.total)
            except OnRecordError as error:
                errors.append(str(error))
        own.close()

    client = threading.Thread(target=ask)
    client.start()
    time.sleep(1)
    nodes.nodes[2].kill()
    time.sleep(6)
    over.set()
    client.join()
    assert set(answers) == {200}
    assert not errors
    with contextlib.suppress(
        OnRecordError
    ):  # the new index may have lain on a node that is away; the old one is served
        fill(engine, stories(220))
    assert total(engine) in (200, 220)
    nodes.nodes[2].start()
    nodes.wait(3)
    fill(engine, stories(230))
    assert total(engine) == 230
    engine.close()


def _green(engine: Engine, place: str) -> None:
    from search.opensearch.connection import connect, parse_address

    parsed = parse_address(place.removeprefix("opensearch:"))
    client = connect(parsed)
    end = time.monotonic() + 60
    while client.cluster.health(index=f"{parsed.name}-2*")["status"] != "green" and time.monotonic() < end:
        time.sleep(0.5)
    client.close()
