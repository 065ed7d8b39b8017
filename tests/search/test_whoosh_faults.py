"""What a crash, a full disk, a damaged file or a second writer leaves behind: the last whole generation, answering."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from search.engine import SearchRequest
from search.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexVersionError,
    OnRecordError,
    SearchIndexError,
)
from search.whoosh.engine import WhooshEngine
from tests.search.newsroom import article, tables

ROOT = Path(__file__).parents[2]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are staged in forked processes")


def build(folder: Path, count: int = 6) -> WhooshEngine:
    engine = WhooshEngine(folder)
    with engine.rebuild() as writer:
        for number in range(count):
            writer.add(article(number))
        writer.commit(tables(range(count), {"a1-q": "g", "a4-q": "g"}))
    return engine


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def harness(folder: Path, *args: str) -> list[dict]:
    """Run the crash harness, in memory where the system has such a folder, since it writes very much."""
    memory = Path("/dev/shm")
    place = memory / f"onrecord-{os.getpid()}-{args[0]}" if os.access(memory, os.W_OK) else folder / "crashes"
    command = [sys.executable, str(ROOT / "tests/search/crash_harness.py"), args[0], str(place), *args[1:]]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def outcomes(lines: list[dict]) -> list[dict]:
    return [line for line in lines if "exit" in line]


def assert_recovered(outcome: dict) -> None:
    """Before or after, never between; and the next writer needs nobody to clean up."""
    assert outcome["total"] in (12, 14), outcome
    assert outcome["hits"] == 10, outcome
    assert outcome["damage"] == outcome["next_damage"] == outcome["left"] == [], outcome
    assert outcome["next"] == 14, outcome
    assert outcome["generations"] == 2, outcome


@needs_fork
def test_a_writer_killed_anywhere_leaves_the_last_generation(tmp_path):
    found = outcomes(harness(tmp_path, "kill", "24"))
    assert len(found) > 15
    assert {outcome["exit"] for outcome in found} == {-signal.SIGKILL}
    assert {outcome["total"] for outcome in found} == {12, 14}, "killed before and after the swap"
    for outcome in found:
        assert_recovered(outcome)


@needs_fork
def test_a_disk_that_is_full_at_any_step_is_told_in_one_line(tmp_path):
    lines = harness(tmp_path, "full", "40")
    assert not [line for line in lines if "unexpected" in line]
    assert all("No space left on device" in line["error"] for line in lines if "error" in line)
    found = outcomes(lines)
    assert len(found) > 15
    assert {outcome["exit"] for outcome in found} <= {0, 3}, "0 where the failing step was only a note or a clearing"
    for outcome in found:
        assert_recovered(outcome)


@needs_fork
def test_a_write_that_ends_half_way_changes_nothing(tmp_path):
    found = outcomes(harness(tmp_path, "limit"))
    assert len(found) == 4
    for outcome in found:
        assert outcome["exit"] == 3
        assert outcome["total"] == 12
        assert_recovered(outcome)


@needs_fork
def test_nothing_counts_before_it_is_on_the_disk(tmp_path):
    [order] = harness(tmp_path, "order")
    assert order["operations"] > 50
    assert order["unsynced"] == []


def test_an_exception_while_writing_leaves_no_trace(tmp_path):
    engine = build(tmp_path)
    before, names = engine.generation(), names_in(tmp_path / "generations")

    def fail_half_way():
        with engine.update() as writer:
            writer.add(article(50))
            raise KeyError("reader")

    with pytest.raises(KeyError):
        fail_half_way()
    assert (engine.generation(), names_in(tmp_path / "generations")) == (before, names)
    with engine.update() as writer:
        writer.commit(tables(range(6)))


def test_a_writer_left_without_commit_changes_nothing(tmp_path):
    engine = build(tmp_path)
    with engine.update() as writer:
        writer.delete("a1")
    assert engine.search(SearchRequest()).total == 12
    with pytest.raises(SearchIndexError, match="has ended"):
        writer.add(article(9))


def test_a_second_writer_is_told_who_holds_the_index(tmp_path):
    engine = build(tmp_path)
    with engine.update(), pytest.raises(IndexLockedError, match=str(os.getpid())):
        WhooshEngine(tmp_path).update()
    with engine.update():
        pass


HOLD = """
    import os, sys, time
    from search.whoosh.engine import WhooshEngine
    writer = WhooshEngine(sys.argv[1]).update()
    if len(sys.argv) > 2 and os.fork() == 0:   # a worker that outlives the writer
        time.sleep(30)
    print("held", flush=True)
    time.sleep(30)
"""


def hold(folder: Path, *args: str) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(HOLD), str(folder), *args],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    return process


def test_another_process_is_named_and_its_death_frees_the_index(tmp_path):
    build(tmp_path)
    process = hold(tmp_path)
    with process.stdout:
        with pytest.raises(IndexLockedError, match=f"process {process.pid} on "):
            WhooshEngine(tmp_path).update()
        process.kill()
        process.wait()
    with WhooshEngine(tmp_path).update() as writer:
        writer.commit(tables(range(6)))


@needs_fork
def test_a_worker_that_outlives_a_killed_writer_does_not_hold_the_index(tmp_path):
    build(tmp_path)
    process = hold(tmp_path, "with a worker")
    with process.stdout:
        process.kill()
        process.wait()
        with WhooshEngine(tmp_path).update() as writer:
            writer.commit(tables(range(6)))
        os.killpg(process.pid, signal.SIGKILL)


def test_a_folder_that_may_not_be_written_is_read_and_refused_in_one_line(tmp_path):
    build(tmp_path)
    script = """
        import os, sys
        from search.engine import SearchRequest
        from search.errors import SearchIndexError
        from search.whoosh.engine import WhooshEngine
        if os.geteuid() == 0:   # who may write anywhere
            os.setgid(65534)
            os.setuid(65534)
        engine = WhooshEngine(sys.argv[1])
        print(engine.search(SearchRequest()).total, len(engine.check()))
        try:
            engine.update()
        except SearchIndexError as error:
            print(error)
    """
    for path in [*tmp_path.rglob("*"), tmp_path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    outside = [folder for folder in tmp_path.parents if folder.stat().st_uid == os.geteuid() and folder != Path("/")]
    modes = {folder: folder.stat().st_mode for folder in outside}
    try:
        for folder in outside:
            folder.chmod(0o755 if modes[folder] & 0o1000 == 0 else modes[folder] & 0o7777)
        sources = [path for path in sys.path if "site-packages" in path]
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sources])},
            capture_output=True, text=True,
        )  # fmt: skip
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode & 0o7777)
        for path in [tmp_path, *tmp_path.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.stdout.splitlines()[:1] == ["12 0"], done.stderr
    assert "cannot write to" in done.stdout
    assert "Permission denied" in done.stdout


def files_of(engine: WhooshEngine, folder: Path) -> list[Path]:
    return sorted((folder / "generations" / engine.generation()).iterdir())


def test_every_damaged_file_is_named_and_the_generation_before_answers(tmp_path):
    build(tmp_path, 5)
    engine = build(tmp_path)
    whole = engine.generation()
    for path in files_of(engine, tmp_path):
        content = path.read_bytes()
        for damage in ("cut", "gone"):
            if damage == "gone":
                path.unlink()
            elif content:
                path.write_bytes(content[: len(content) // 2])
            else:
                path.write_bytes(b"x")
            reopened = WhooshEngine(tmp_path)
            assert reopened.generation() != whole, f"{path.name} {damage}"
            assert reopened.search(SearchRequest()).total == 10
            problems = reopened.check()
            assert any(path.name in problem for problem in problems), (path.name, damage, problems)
            assert all(problem.endswith(".") for problem in problems)
            with pytest.raises(SearchIndexError):
                reopened.update()
            path.write_bytes(content)
    assert WhooshEngine(tmp_path).generation() == whole
    assert WhooshEngine(tmp_path).check() == ()


def test_every_flipped_bit_is_found_and_crashes_nothing(tmp_path):
    engine = build(tmp_path)
    request = SearchRequest()
    for path in files_of(engine, tmp_path):
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            path.write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
            flipped = WhooshEngine(tmp_path)
            assert any(path.name in problem for problem in flipped.check()), (path.name, place)
            try:
                flipped.fetch(request, flipped.search(request))
                list(flipped.stream(request))
                flipped.suggest("qu")
                flipped.speakers("a")
            except OnRecordError:
                pass
        path.write_bytes(content)
    assert WhooshEngine(tmp_path).check() == ()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"../../etc", b"20990101T000000000000-abcdef\n"])
def test_a_damaged_pointer_is_told_and_healed_by_the_next_writer(tmp_path, content):
    build(tmp_path)
    (tmp_path / "current").write_bytes(content)
    engine = WhooshEngine(tmp_path)
    assert engine.search(SearchRequest()).total == 12
    assert engine.check() != ()
    with pytest.raises(IndexDamagedError):
        engine.update()
    with engine.rebuild() as writer:
        writer.add(article(1))
        writer.commit(tables([1]))
    assert engine.search(SearchRequest()).total == 2
    assert engine.check() == ()


def test_when_nothing_is_whole_it_says_so_and_can_be_built_anew(tmp_path):
    engine = build(tmp_path)
    for path in files_of(engine, tmp_path):
        if path.name.endswith(".blob"):
            path.write_bytes(b"")
    damaged = WhooshEngine(tmp_path)
    with pytest.raises(IndexDamagedError, match=r"is damaged .* rebuild it"):
        damaged.search(SearchRequest())
    assert len(damaged.check()) > 1
    assert build(tmp_path).search(SearchRequest()).total == 12


def test_another_format_version_is_refused_by_name(tmp_path, monkeypatch):
    build(tmp_path)
    monkeypatch.setattr("search.whoosh.manifest.FORMAT_VERSION", 99)
    engine = WhooshEngine(tmp_path)
    with pytest.raises(IndexVersionError, match="format 5, this version reads format 99"):
        engine.search(SearchRequest())
    assert any("format" in problem for problem in engine.check())


def test_no_index_is_told_with_what_to_do(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        (tmp_path / "file").write_text("not a folder")
        with pytest.raises(IndexMissingError, match="onrecord reindex"):
            WhooshEngine(folder).search(SearchRequest())
        with pytest.raises(IndexMissingError):
            WhooshEngine(folder).check()
    with pytest.raises(SearchIndexError, match="cannot write to"):
        WhooshEngine(tmp_path / "file").rebuild()


def test_opening_an_index_runs_no_code(tmp_path, monkeypatch):
    build(tmp_path)

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("unpickled")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    engine = WhooshEngine(tmp_path)
    request = SearchRequest()
    assert len(engine.fetch(request, engine.search(request))) == 10
    with engine.update() as writer:
        writer.add(article(9))
        writer.commit(tables([*range(6), 9]))
    assert engine.check() == ()


def test_what_was_found_is_read_from_the_generation_searched(tmp_path):
    engine = build(tmp_path)
    request = SearchRequest(per_page=50)
    found = engine.search(request)
    stream = engine.stream(request)
    first = next(stream)
    for _ in range(3):
        with engine.rebuild() as writer:
            writer.add(article(40))
            writer.commit(tables([40]))
    assert engine.search(request).total == 2
    assert {hit.record.id for hit in engine.fetch(request, found)} == {
        f"a{n}-{kind}" for n in range(6) for kind in "pq"
    }
    assert len({first.record.id} | {hit.record.id for hit in stream}) == 12


def test_searching_threads_see_one_generation_each_time_while_it_is_exchanged(tmp_path):
    engine = build(tmp_path, 1)
    sizes = {engine.generation(): 2}
    wrong: list[object] = []
    ended = threading.Event()

    def search() -> None:
        while not ended.is_set():
            try:
                request = SearchRequest(per_page=50)
                found = engine.search(request)
                wrong.extend([found] * (len(engine.fetch(request, found)) != found.total))
                seen.append((found.generation, found.total))
            except Exception as error:
                wrong.append(error)

    seen: list[tuple[str, int]] = []
    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 6):
        with engine.update() as writer:
            writer.add(article(number))
            sizes[writer.commit(tables(range(number + 1)))] = 2 * number + 2
    ended.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert {sizes[generation] for generation, _ in seen} <= set(sizes.values())
    assert all(sizes[generation] == total for generation, total in seen)


def test_generations_that_nobody_reads_are_cleared_away(tmp_path):
    engine = build(tmp_path)
    other = WhooshEngine(tmp_path)
    pinned = other.generation()
    for _ in range(4):
        build(tmp_path)
    assert len(names_in(tmp_path / "generations")) == 3, "the current one, the one before, the one in use"
    assert pinned in names_in(tmp_path / "generations")
    other.close()
    engine.close()
    build(tmp_path)
    assert len(names_in(tmp_path / "generations")) == 2
