"""Runs writers that die: each in a forked child, stopped at one operation on the file system. Prints JSON lines.

    python tests/search/crash_harness.py kill FOLDER EVERY    SIGKILL before the n-th operation
    python tests/search/crash_harness.py full FOLDER EVERY    the n-th operation fails: no space left on device
    python tests/search/crash_harness.py limit FOLDER         no file may grow beyond some bytes: writes end half-way
    python tests/search/crash_harness.py order FOLDER         what was not on the disk when it began to count

``n`` is each ``EVERY``-th operation, and each of the last twelve, where the generation is published. ``FOLDER`` is made, and
used for all of it. Operations are seen through audit events and a wrapped ``os.fsync``, so that the
code under test needs no seam for it.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

from search.engine import SearchRequest
from search.errors import OnRecordError
from search.whoosh.engine import WhooshEngine
from tests.search.newsroom import article, tables

EVENTS = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.copyfile"}
LAST = 12
AFTER = [1, 2, 3, 4, 5, 6, 7]


class Tripwire:
    """Counts operations below a folder and does something at one of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count, self.at, self.action = str(folder), -1, -1, None
        self.synced: set[str] = set()
        self.unsynced: list[str] = []
        self._fsync = os.fsync
        os.fsync = self.fsync
        sys.addaudithook(self.hook)

    def arm(self, at: int, action: str) -> None:
        """Begin to count; at operation ``at`` (from 1; -1 for never) do ``action``."""
        self.count, self.at, self.action = 0, at, action

    def hook(self, event: str, args: tuple) -> None:
        reading = event == "open" and not (args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if self.count >= 0 and event in EVENTS and not reading and self.folder in str(args[0]):
            if event == "os.rename" and str(args[1]).endswith("/current"):
                self.inspect(Path(str(args[0])))
            self.step()

    def fsync(self, handle) -> None:
        number = handle if isinstance(handle, int) else handle.fileno()
        if self.count >= 0:
            self.step()
        self.synced.add(str(Path(f"/proc/self/fd/{number}").readlink()))
        self._fsync(handle)

    def step(self) -> None:
        self.count += 1
        if self.count == self.at:
            if self.action == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.action == "full":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def inspect(self, pointer: Path) -> None:
        """When a generation begins to count: its files, folders and the pointer must be on the disk."""
        name = pointer.read_text().strip()
        generations = pointer.parent / "generations"
        built = str(generations / f"building-{name}")
        for path in (generations / name).iterdir():
            if f"{built}/{path.name}" not in self.synced and path.stat().st_nlink == 1:
                self.unsynced.append(path.name)
        self.unsynced += [path for path in (built, str(generations), str(pointer)) if path not in self.synced]


def write(folder: Path, wire: Tripwire | None = None, at: int = -1, action: str = "") -> None:
    """Change, delete and add articles, so that every step of an update is taken."""
    engine = WhooshEngine(folder)
    if wire is not None:
        wire.arm(at, action)
    with engine.update() as writer:
        writer.add(article(6))
        writer.add(article(7))
        writer.add(article(1, version="2"))
        writer.delete("a0")
        writer.commit(tables(AFTER, {"a2-q": "g", "a6-q": "g"}))


def state(folder: Path) -> dict:
    """What a fresh engine finds, and whether the next writer gets through."""
    engine = WhooshEngine(folder)
    found = engine.search(SearchRequest())
    hits = engine.fetch(SearchRequest(), found)
    answer = {"total": found.total, "hits": len(hits), "damage": list(engine.check())}
    write(folder)
    after = engine.search(SearchRequest())
    answer["next"] = after.total
    answer["next_damage"] = list(engine.check())
    folders = [path.name for path in (folder / "generations").iterdir() if not path.name[0].isdigit()]
    beside = {path.name for path in folder.iterdir()} - {"current", "generations", "lock"}
    answer["left"] = folders + sorted(beside)
    answer["generations"] = len(list((folder / "generations").iterdir()))
    return answer


def prepare(folder: Path) -> None:
    """An index of six articles in two segments, with two generations behind it."""
    engine = WhooshEngine(folder)
    for batch in ((0, 1, 2), (3, 4, 5)):
        with engine.update() as writer:
            for number in batch:
                writer.add(article(number))
            writer.commit(tables(range(batch[-1] + 1)))


def in_child(job) -> int:
    """Run a job in a forked process. Returns its wait status."""
    child = os.fork()
    if not child:
        code = 1
        try:
            job()
            code = 0
        except OnRecordError as error:
            print(json.dumps({"error": str(error)}), flush=True)
            code = 3
        except BaseException as error:
            print(json.dumps({"unexpected": repr(error)}), flush=True)
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def limited(folder: Path, size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    write(folder)


def main(mode: str, folder: Path, every: int = 1) -> None:
    folder.mkdir()
    template, work = folder / "template", folder / "work"
    prepare(template)
    wire = Tripwire(work)

    def fresh() -> Path:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(template, work)
        return work

    if mode == "order":
        write(fresh(), wire)
        print(json.dumps({"operations": wire.count, "unsynced": wire.unsynced}))
        return
    if mode == "limit":
        for size in (0, 100, 400, 1000):
            status = in_child(lambda size=size: limited(fresh(), size))
            print(json.dumps({"limit": size, "exit": os.waitstatus_to_exitcode(status), **state(work)}), flush=True)
        return
    counted, counting = os.pipe()
    in_child(lambda: write(fresh(), wire) or os.write(counting, str(wire.count).encode()))
    operations = int(os.read(counted, 20))
    for at in range(1, operations + 1):
        if at % every == 0 or at > operations - LAST:
            status = in_child(lambda at=at: write(fresh(), wire, at, mode))
            print(json.dumps({"at": at, "exit": os.waitstatus_to_exitcode(status), **state(work)}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), *map(int, sys.argv[3:]))
