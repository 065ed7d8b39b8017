"""The way to a real cluster: secured, with credentials, over nodes that hang or hang up; and what is said when it fails."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.collection import Settings, reindex
from search.engine import SearchRequest, open_engine
from search.errors import ConfigurationError, EngineUnavailableError, SearchIndexError
from search.parser import parse
from tests.search.opensearch.front_door import (
    Answer,
    Asked,
    Door,
    HangUpError,
    basic,
    certificate,
    needs,
    open_door,
    pass_on,
)
from web.cli import run

pytestmark = pytest.mark.opensearch

ARTICLE = '{"id": "a1", "text": "The ferry sailed.\\n\\n\\"We sail at nine,\\" said Tom Hale, the captain."}\n'


@pytest.fixture
def node(cluster_address: str) -> str:
    """One node of the cluster."""
    return cluster_address.rsplit("/", 1)[0].split(",")[0]


@pytest.fixture
def name(cluster_address: str) -> str:
    return cluster_address.rsplit("/", 1)[1]


@pytest.fixture
def door(node: str) -> Iterator[Door]:
    with open_door(node) as opened:
        yield opened


@pytest.fixture
def articles(tmp_path: Path) -> str:
    path = tmp_path / "a.jsonl"
    path.write_text(ARTICLE, "utf-8")
    return str(path)


@pytest.fixture
def signed(tmp_path: Path) -> Callable[..., Any]:
    if shutil.which("openssl") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("openssl is not installed: no certificate can be made")
    return lambda *given: certificate(tmp_path, *given)


def whole_way(address: str, articles: str) -> None:
    """Index, then search, through ``address``."""
    engine = open_engine(address)
    try:
        reindex(engine, [articles], Settings())
        assert engine.search(SearchRequest(query=parse("nine kind:quote"))).total == 1
        assert engine.check() == ()
    finally:
        engine.close()


def refusal(address: str) -> str:
    engine = open_engine(address)
    try:
        with pytest.raises(EngineUnavailableError) as caught:
            engine.generation()
        return str(caught.value)
    finally:
        engine.close()


def test_secured_and_with_a_password(
    node: str, name: str, articles: str, signed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = signed("127.0.0.1")
    stranger, _ = signed("localhost")
    with open_door(node, context, needs(basic("desk", "pass:wörd ł"))) as door:
        address = f"opensearch:https://127.0.0.1:{door.port}/{name}"
        monkeypatch.setenv("ONRECORD_OPENSEARCH_USER", "desk")
        monkeypatch.setenv("ONRECORD_OPENSEARCH_PASSWORD", "pass:wörd ł")
        assert "its certificate is not trusted): set ONRECORD_OPENSEARCH_CA" in refusal(address)
        monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(stranger))
        assert "its certificate is not trusted" in refusal(address)
        assert door.seen == []  # the password was told to nobody
        monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(trusted))
        whole_way(address, articles)
        monkeypatch.setenv("ONRECORD_OPENSEARCH_PASSWORD", "wrong")
        assert "refuses these credentials): set ONRECORD_OPENSEARCH_USER" in refusal(address)
        monkeypatch.delenv("ONRECORD_OPENSEARCH_USER")
        assert "refuses these credentials" in refusal(address)
        assert "no node can be reached" in refusal(address.replace("https:", "http:"))


def test_an_api_key(
    node: str, name: str, articles: str, signed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = signed("127.0.0.1")
    monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(trusted))
    with open_door(node, context, needs("ApiKey c2VjcmV0")) as door:
        address = f"opensearch:https://127.0.0.1:{door.port}/{name}"
        monkeypatch.setenv("ONRECORD_OPENSEARCH_API_KEY", "c2VjcmV0")
        whole_way(address, articles)
        monkeypatch.setenv("ONRECORD_OPENSEARCH_API_KEY", "b2xk")
        assert "refuses these credentials" in refusal(address)


def test_a_certificate_for_another_name(
    node: str, name: str, articles: str, signed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = signed("localhost")
    monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(trusted))
    with open_door(node, context) as door:
        whole_way(f"opensearch:https://localhost:{door.port}/{name}", articles)
        said = refusal(f"opensearch:https://127.0.0.1:{door.port}/{name}")
        assert "its certificate is for another name): use the host name that the certificate gives" in said


def test_a_certificate_that_has_expired(
    node: str, name: str, signed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = signed("127.0.0.1", -1)
    monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(trusted))
    with open_door(node, context) as door:
        assert "has expired" in refusal(f"opensearch:https://127.0.0.1:{door.port}/{name}")


def test_a_cluster_without_tls(node: str) -> None:
    said = refusal(f"opensearch:{node.replace('http:', 'https:')}/news")
    assert "it does not speak TLS there): write http:// instead of https://" in said


def test_a_file_that_holds_no_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_OPENSEARCH_CA", str(tmp_path / "none.pem"))
    with pytest.raises(ConfigurationError, match="No such file"):
        open_engine("opensearch:https://127.0.0.1:9200/news")
    (tmp_path / "none.pem").write_text("hello", "utf-8")
    with pytest.raises(ConfigurationError, match="no PEM certificates"):
        open_engine("opensearch:https://127.0.0.1:9200/news")


def test_no_right_to_write_and_a_full_disk(door: Door, name: str, articles: str) -> None:
    def error(kind: str, reason: str) -> Answer:
        return 403, {
            "error": {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason},
            "status": 403,
        }

    def say(kind: str, reason: str) -> None:
        door.rule = lambda asked, onward: error(kind, reason) if asked.method == "PUT" else onward()

    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{name}")
    say("security_exception", "no permissions for [indices:admin/create]")
    with pytest.raises(EngineUnavailableError, match=r"may not do this: .*indices:admin/create.*ask its administrator"):
        reindex(engine, [articles], Settings())
    say("cluster_block_exception", "index blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];")
    with pytest.raises(SearchIndexError, match=r"takes no changes .*read-only.*free disk space"):
        reindex(engine, [articles], Settings())
    engine.close()


def test_a_node_that_hangs_is_passed_over(node: str, name: str, articles: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that takes connections and never answers, as one with a dead disk does."""
    whole_way(f"opensearch:{node}/{name}", articles)
    monkeypatch.setenv("ONRECORD_OPENSEARCH_TIMEOUT", "1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = f"127.0.0.1:{silent.getsockname()[1]}"
        engine = open_engine(f"opensearch:http://{hanging},{node.split('://')[1]}/{name}")
        for _ in range(6):
            assert engine.search(SearchRequest(query=parse("nine"))).total == 2
        engine.close()
        said = refusal(f"opensearch:http://{hanging}/{name}")
    assert "no node answers in time): try again when it is less busy" in said


def test_what_a_busy_node_refuses_is_sent_again(
    door: Door, name: str, articles: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first bulk is cut off, the next answered by 503 as a whole, in the next every document is refused for now."""
    monkeypatch.setattr("search.opensearch.bulk.FIRST_WAIT", 0.01)
    refusals = iter(range(3))

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        step = next(refusals, 3) if "_bulk" in asked.path else 3
        if step == 0:
            raise HangUpError
        if step == 1:
            return 503, {"error": {"type": "unavailable", "reason": "later"}, "status": 503}
        status, content = onward()
        if step == 2:
            for item in content["items"]:
                item["index"].update(status=429, error={"type": "rejected", "reason": "queue is full"})
        return status, content

    door.rule = rule
    whole_way(f"opensearch:http://127.0.0.1:{door.port}/{name}", articles)
    assert sum("_bulk" in line for line in door.seen) >= 4


def test_what_is_refused_for_good_ends_the_run_and_leaves_nothing(
    door: Door, node: str, name: str, articles: str
) -> None:
    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        status, content = onward()
        if "_bulk" in asked.path:
            content["items"][0]["index"].update(status=400, error={"type": "mapper", "reason": "no such field"})
        return status, content

    door.rule = rule
    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{name}")
    with pytest.raises(SearchIndexError, match=r"refused document 'r:.*' \(no such field\)"):
        reindex(engine, [articles], Settings())
    door.rule = pass_on
    assert engine.check()[0].startswith("there is no index")
    reindex(engine, [articles], Settings())  # the lock was given back
    engine.close()


@pytest.mark.parametrize("lost", ["_aliases", "DELETE"])
def test_a_swap_whose_answer_is_lost_is_not_undone(door: Door, name: str, articles: str, lost: str) -> None:
    """The alias moved although nobody heard of it, or what is old cannot be removed: the new generation is served."""
    engine = open_engine(f"opensearch:http://127.0.0.1:{door.port}/{name}")
    for _ in range(2):
        before = reindex(engine, [articles], Settings()).generation

    def rule(asked: Asked, onward: Callable[[], Answer]) -> Answer:
        if asked.method == "DELETE" and lost == "DELETE" and "-lock" not in asked.path:
            return 503, {"error": {"type": "unavailable", "reason": "later"}, "status": 503}
        answer = onward()
        if asked.method == "POST" and asked.path.startswith("/_aliases") and lost == "_aliases":
            raise HangUpError
        return answer

    door.rule = rule
    after = reindex(engine, [articles], Settings()).generation
    assert after != before
    assert engine.generation() == after
    door.rule = pass_on
    assert engine.search(SearchRequest(query=parse("nine"))).total == 2
    engine.close()


def test_failures_are_one_line(door: Door, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither the client's own log nor a traceback reaches the terminal."""
    door.rule = lambda asked, onward: (503, {"error": {"type": "no_master", "reason": "no manager"}, "status": 503})
    assert run(["stats", "--index", f"opensearch:http://127.0.0.1:{door.port}/news"]) == 1
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "overloaded or lacks shards, status 503, no_master: no manager): try again later" in said
