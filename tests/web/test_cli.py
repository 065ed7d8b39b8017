"""The ``onrecord`` command as typed: composition, one way to fail, and serving."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.cli import COMMANDS, run

ROOT = Path(__file__).parents[2]
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_help_lists_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capfd.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", shown, re.M), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Usage: onrecord {command}" in capfd.readouterr().out


def test_topics_are_explained_under_the_headline_as_it_stands(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Square brackets are no commands to the terminal."""
    article = tmp_path / "a.txt"
    article.write_text("[/b] Minister [sic] speaks\n\nThe parliament voted on the budget of the government.\n", "utf-8")
    assert run(["topics", "explain", str(article)]) == 0
    assert "[/b] Minister [sic] speaks" in capfd.readouterr().out


def test_a_search_on_the_terminal_tells_how_it_was_read(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def shown(*words: str) -> str:
        assert run(["search", *words, "--index", str(index)]) == 0
        return capfd.readouterr().out

    question = "what did orla venn say about the harbour?"
    table = shown(question, "--format", "table")
    assert table.startswith('Nothing has all of these words; read as a question: speaker:"orla venn" harbour\n')
    assert "nothing for the harbour" in table
    answer = json.loads(shown(question, "--format", "jsonl"))
    assert (answer["total"], answer["suggestion"]) == (0, 'speaker:"orla venn" harbour')
    assert shown('"', "--format", "table") == 'There is no word in " to search for.\n'
    assert "Officials (no name)" in shown("", "--format", "table", "--facet", "speaker")


def test_a_table_for_spreadsheets_and_lines_for_programs(index: Path, tmp_path: Path) -> None:
    for form, begins in (("csv", b"\xef\xbb\xbfid,kind"), ("jsonl", b'{"id": "')):
        path = tmp_path / f"out.{form}"
        assert run(["export", "budget", "--format", form, "--output", str(path), "--index", str(index)]) == 0
        assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["bogus"], 2),
        (["serve", "--port", "99999"], 2),
        (["serve", "--bogus"], 2),
        (["reindex"], 2),
        (["stats", "--index", "/nowhere/at/all"], 1),
        (["search", "x", "--index", "gopher:x"], 1),
        (["serve", "--index", "opensearch:"], 2),
    ],
)
def test_failures_are_one_line_that_says_what_to_do(
    arguments: list[str], code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert re.fullmatch(r"onrecord: [^\n]+: [^\n]+\n", err)
    assert "Traceback" not in err


def test_a_port_in_use_is_a_clear_error(index: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert run(["serve", "--index", str(index), "--port", port]) == 2
    assert "choose another --host or --port" in capfd.readouterr().err


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """``onrecord serve`` as a process of its own, on a folder where there is no index yet."""
    folder = tmp_path_factory.mktemp("served") / "index"
    command = [sys.executable, "-m", "web", "serve", "--index", str(folder), "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://\S+:\d+", line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield found.group(), folder
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert "indexing the sample articles" in errors


def get(address: str) -> bytes:
    with NO_PROXY.open(address, timeout=30) as answer:
        content: bytes = answer.read()
    return content


def test_serving_builds_the_sample_collection_first(served: tuple[str, Path]) -> None:
    base, _ = served
    found = json.loads(get(f"{base}/api/v1/search?q=%22working+life+jackets%22&kind=quote"))
    assert {hit["speaker"]["name"] for hit in found["hits"]} == {"Tom Hale"}
    assert b"Who said what" in get(f"{base}/")


def test_a_running_server_shows_a_new_index_without_a_restart(served: tuple[str, Path], tmp_path: Path) -> None:
    base, folder = served
    before = json.loads(get(f"{base}/healthz"))["generation"]
    article = tmp_path / "late.txt"
    article.write_text(
        "Lighthouse lit again\nBy Ida Moss\nPublished: 2 May 2025\n\n"
        "“The lamp is back where sailors expect it,” said Petra Lindgren, the keeper of Grayholm.\n",
        encoding="utf-8",
    )
    subprocess.run(
        [sys.executable, "-m", "web", "add", str(article), "--index", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    after = json.loads(get(f"{base}/api/v1/search?q=%22where+sailors+expect%22&kind=quote"))
    assert after["generation"] != before
    assert after["total"] == 1
