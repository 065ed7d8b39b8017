"""A collection kept in step with its articles: add and delete leave what a reindex would, and nothing is lost on the way."""

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import extracting
from indexer.article import Skipped
from indexer.collection import NothingReadError, Settings, add, delete, reindex
from indexer.extracting import WorkerDiedError
from indexer.feed import Silent
from search.engine import Engine, open_engine
from search.errors import IndexMissingError
from search.records import CollectionTables, Speaker

FERRY = """Ferry crews in Aldmoor walked out on Thursday, leaving commuters on the quay.

"We have asked for working life jackets since spring," said Tom Hale, who leads the seafarers' union. "We are asking for cork."

Marit Hale, the chief executive of Senna Lines, said that talks would resume on Friday.
"""
WIRE = """A strike by ferry crews stranded thousands on Thursday.

"We have asked for working life jackets since spring," union leader Tom Hale said.

"The walkout is an ambush on the travelling public," said Marit Hale, chief executive of Senna Lines.
"""
BREAD = """Bakers in Little Senna have raised the price of a loaf.

"Flour costs twice what it did last year," said Nina Orsk, a baker. Tom Hale, who leads the seafarers' union, said that bread was dear.
"""


def write(folder: Path, **texts: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.jsonl"
        article = {"id": name, "text": text, "outlet": f"{name} Gazette", "published": "2024-03-0" + str(len(name))}
        path.write_text(json.dumps(article) + "\n", "utf-8")
        paths.append(str(path))
    return paths


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(str(tmp_path / "index"))
    yield engine
    engine.close()


def tables(engine: Engine) -> CollectionTables:
    with engine.update() as writer:
        found = writer.previous()
    assert found is not None
    return found


def content(engine: Engine) -> tuple[object, ...]:
    """Everything a reader can see, but for the order that speakers are kept in."""
    known = tables(engine)
    speakers = {speaker.id: speaker for speaker in known.speakers}
    with engine.update() as writer:
        entities, quotes = sorted(writer.entities(), key=repr), sorted(writer.quotes(), key=repr)
    return speakers, known.variants, known.attributions, known.reviews, entities, quotes


def speakers(engine: Engine) -> dict[str, Speaker]:
    return {speaker.name: speaker for speaker in tables(engine).speakers}


def test_a_reindex_says_what_it_did(engine: Engine, tmp_path: Path) -> None:
    summary = reindex(engine, write(tmp_path / "news", ferry=FERRY, wire=WIRE), Settings())
    assert (summary.stored, summary.articles, summary.unchanged, summary.duplicates) == (2, 2, 0, 0)
    assert summary.quotes >= summary.attributed >= 5
    assert summary.generation == engine.generation()
    found = speakers(engine)
    assert {"Tom Hale", "Marit Hale"} <= set(found)
    assert len(found["Tom Hale"].members) == 2
    assert len(set(tables(engine).variants.values())) == 1
    assert engine.check() == ()


def test_add_and_delete_leave_what_a_reindex_would(engine: Engine, tmp_path: Path) -> None:
    ferry, wire, bread = write(tmp_path / "news", ferry=FERRY, wire=WIRE, bread=BREAD)
    reindex(engine, [ferry], Settings())
    add(engine, [wire, bread], Settings())
    delete(engine, ["ferry"], Settings())
    add(engine, [ferry], Settings())
    added = content(engine)
    reindex(engine, [bread, ferry, wire], Settings())
    assert content(engine) == added
    with_new_index = open_engine(str(tmp_path / "other"))
    reindex(with_new_index, [wire, ferry, bread], Settings())
    assert content(with_new_index) == added
    with_new_index.close()


def test_what_has_not_changed_is_not_extracted_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path / "news", ferry=FERRY, wire=WIRE)
    generation = reindex(engine, paths, Settings()).generation
    monkeypatch.setattr(extracting, "index", lambda *_: pytest.fail("extracted again"))
    summary = add(engine, paths, Settings())
    assert (summary.unchanged, summary.stored, summary.generation) == (2, 0, generation)
    assert summary.skipped == ()


def test_a_changed_article_takes_the_place_of_the_old_one(engine: Engine, tmp_path: Path) -> None:
    reindex(engine, write(tmp_path / "news", ferry=FERRY, wire=WIRE), Settings())
    summary = add(engine, write(tmp_path / "news", wire=BREAD), Settings())
    assert (summary.stored, summary.articles) == (1, 2)
    assert engine.article("wire").text == BREAD
    assert "Nina Orsk" in speakers(engine)


def test_of_two_articles_with_one_id_the_last_counts(engine: Engine, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": "same", "text": text}) + "\n" for text in (FERRY, WIRE, BREAD, BREAD))
    summary = reindex(engine, ["-"], Settings(stdin=io.BytesIO(lines.encode())))
    assert (summary.stored, summary.duplicates, summary.articles) == (1, 3, 1)
    assert engine.article("same").text == BREAD


def test_bad_inputs_are_named_and_the_rest_is_kept(engine: Engine, tmp_path: Path) -> None:
    (good,) = write(tmp_path / "news", ferry=FERRY)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "broken.jsonl").write_bytes(b'{"text": \n{"id": "x"}\n')
    paths = [good, str(tmp_path / "empty.txt"), str(tmp_path / "broken.jsonl"), str(tmp_path / "nowhere")]
    summary = reindex(engine, paths, Settings())
    assert summary.articles == 1
    assert len(summary.skipped) == 4
    assert {item.origin.rpartition("/")[2] for item in summary.skipped} == {
        "empty.txt", "broken.jsonl:1", "broken.jsonl:2", "nowhere",
    }  # fmt: skip
    assert all(item.reason for item in summary.skipped)


def test_an_article_the_extractor_fails_on_is_skipped(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extracting.index

    def index(article: object, tagger: object) -> object:
        if getattr(article, "id", "") == "wire":
            raise ZeroDivisionError("oh")
        return real(article, tagger)  # type: ignore[arg-type]

    monkeypatch.setattr(extracting, "index", index)
    summary = reindex(engine, write(tmp_path / "news", ferry=FERRY, wire=WIRE), Settings())
    assert summary.articles == 1
    ((skipped),) = summary.skipped
    assert skipped == Skipped(skipped.origin, "the extractor failed on it (ZeroDivisionError: oh)")


def test_nothing_to_read_leaves_the_index_as_it_is(engine: Engine, tmp_path: Path) -> None:
    generation = reindex(engine, write(tmp_path / "news", ferry=FERRY), Settings()).generation
    with pytest.raises(NothingReadError) as caught:
        reindex(engine, [str(tmp_path / "nowhere")], Settings())
    assert [item.reason for item in caught.value.skipped] == ["no such file or folder"]
    assert engine.generation() == generation


def test_add_begins_an_index_and_delete_needs_one(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        delete(engine, ["ferry"], Settings())
    with pytest.raises(NothingReadError):
        add(engine, [str(tmp_path / "nowhere")], Settings())
    with pytest.raises(IndexMissingError):
        engine.generation()
    assert add(engine, write(tmp_path / "news", ferry=FERRY), Settings()).articles == 1


def test_what_was_never_there_cannot_be_deleted(engine: Engine, tmp_path: Path) -> None:
    generation = reindex(engine, write(tmp_path / "news", ferry=FERRY, wire=WIRE), Settings()).generation
    assert delete(engine, ["nobody"], Settings()).missing == ("nobody",)
    assert engine.generation() == generation
    summary = delete(engine, ["wire", "nobody", "wire"], Settings())
    assert (summary.deleted, summary.missing, summary.articles) == (1, ("nobody",), 1)


def many(folder: Path, articles: int) -> str:
    """Enough text to start worker processes."""
    folder.mkdir(exist_ok=True)
    path = folder / "many.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            text = "\n".join(part.replace("Tom", f"Tom{number % 7}") for part in (FERRY, WIRE, BREAD))
            file.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")
    return str(path)


def test_workers_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "BATCH_CHARACTERS", 1_000)
    path = many(tmp_path / "news", 8)
    found = []
    for workers in (1, 2):
        engine = open_engine(str(tmp_path / f"index{workers}"))
        reindex(engine, [path], Settings(workers=workers))
        found.append(content(engine))
        engine.close()
    assert found[0] == found[1]


def test_a_worker_that_dies_costs_nothing_but_the_run(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "BATCH_CHARACTERS", 1_000)
    generation = reindex(engine, write(tmp_path / "news", ferry=FERRY), Settings()).generation

    class Killing(Silent):
        def stored(self, articles: int) -> None:
            for child in multiprocessing.active_children():
                child.kill()

    with pytest.raises(WorkerDiedError):
        reindex(engine, [many(tmp_path / "news", 12)], Settings(workers=2, progress=Killing()))
    assert engine.generation() == generation
    assert engine.check() == ()
    assert reindex(engine, [str(tmp_path / "news" / "ferry.jsonl")], Settings()).articles == 1


SLOW = """
import sys
from indexer import extracting
from web.cli import run
if __name__ == "__main__":
    extracting.BATCH_CHARACTERS = 1_000
    sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_leaves_the_last_generation(engine: Engine, tmp_path: Path, how: signal.Signals) -> None:
    summary = reindex(engine, write(tmp_path / "news", ferry=FERRY), Settings())
    (tmp_path / "slow.py").write_text(SLOW, "utf-8")
    command = [sys.executable, str(tmp_path / "slow.py"), "reindex", many(tmp_path / "news", 2000)]
    command += ["--index", engine.location, "--workers", "2"]
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    workers = _children_that_work(run.pid)
    assert run.poll() is None
    run.send_signal(how)
    _, words = run.communicate(timeout=30)
    if how != signal.SIGKILL:
        assert run.returncode == 1
        assert words.strip() == "onrecord: stopped: nothing was changed"
    _wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), "workers that outlive their parent")
    assert engine.generation() == summary.generation
    assert engine.check() == ()
    assert add(engine, write(tmp_path / "news", wire=WIRE), Settings()).articles == 2


def _children_that_work(pid: int) -> list[int]:
    """The run's two workers, once they have had a moment to begin."""
    workers: list[int] = []

    def found() -> bool:
        workers[:] = [
            child
            for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()
        ]
        return len(workers) == 2

    _wait(found, "two workers")
    time.sleep(0.3)
    return workers


def _wait(condition: object, what: str) -> None:
    end = time.monotonic() + 30
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, f"no {what}"
        time.sleep(0.05)
