"""Building and asking an engine, each in a process of its own, and what that costs."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from search_peers.onrecord import OnRecord
from search_peers.records import read_lines
from search_peers.sqlite_peer import SQLite
from search_peers.tantivy_peer import Tantivy
from search_peers.whoosh_peer import StockWhoosh

ENGINES: dict[str, type] = {"onrecord": OnRecord, "tantivy": Tantivy, "sqlite": SQLite, "whoosh": StockWhoosh}


def size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "bench.json") / 1e6


def anonymous_mb() -> float:
    """Memory of this process that no file stands behind (Linux; -1 elsewhere)."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024
    except OSError:
        return -1.0


def built(name: str, folder: Path, records: Path) -> dict[str, float]:
    """Build an engine; runs in a process of its own."""
    count = sum(1 for _ in read_lines(records))
    began, cpu = time.perf_counter(), time.process_time()
    ENGINES[name](folder).build(records)
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "records": count, "records_per_s": count / wall, "records_per_cpu_s": count / spent, "disk_mb": size_mb(folder),
        "peak_mb": peak,
    }  # fmt: skip


def searched(name: str, folder: Path, queries: list[dict[str, Any]], rounds: int, seconds: float) -> dict[str, Any]:
    """Ask every query ``rounds`` times, after one round that is not timed; runs in a process of its own."""
    engine = ENGINES[name](folder)
    warm = ENGINES[name](folder)
    warm.open()
    began = time.perf_counter()
    engine.open()
    answer: dict[str, Any] = {"open_ms": (time.perf_counter() - began) * 1000, "top": {}, "faceted": {}, "each": {}}
    engine.prepare()
    kinds = list(dict.fromkeys(query["type"] for query in queries))
    for mode in ("top", "faceted"):
        for kind in kinds:
            timed: list[tuple[int, list[float], list[float]]] = []
            until = time.perf_counter() + seconds
            for number, query in enumerate(queries):
                if query["type"] != kind:
                    continue
                ask = engine.question(query, mode == "faceted")
                if ask is None or (time.perf_counter() > until and timed):
                    continue
                hits, _ = ask()
                cpu, wall = [], []
                for _ in range(rounds):
                    began, spent = time.perf_counter(), time.process_time()
                    ask()
                    cpu.append((time.process_time() - spent) * 1000)
                    wall.append((time.perf_counter() - began) * 1000)
                    if time.perf_counter() > until:
                        break
                timed.append((hits, cpu, wall))
                if mode == "faceted":
                    answer["each"][number] = hits
            if timed:
                answer[mode][kind] = summary(timed)
    answer["anon_mb"] = anonymous_mb()
    return answer


def summary(timed: list[tuple[int, list[float], list[float]]]) -> dict[str, float]:
    """Median and 95th percentile over the queries of a type, of each query's median over the rounds."""
    cpu = sorted(statistics.median(one[1]) for one in timed)
    wall = sorted(statistics.median(one[2]) for one in timed)
    last = min(len(cpu) - 1, round(0.95 * (len(cpu) - 1)))
    return {
        "median_ms": statistics.median(cpu), "p95_ms": cpu[last], "wall_median_ms": statistics.median(wall),
        "wall_p95_ms": wall[last], "hits": statistics.median(one[0] for one in timed), "queries": len(timed),
    }  # fmt: skip


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)
