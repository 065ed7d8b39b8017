"""How fast the embedded engine builds, opens and searches, beside Tantivy, SQLite FTS5 and stock Whoosh.

    python tests/bench/search_bench.py --records FILE --queries FILE --engines onrecord,tantivy,sqlite,whoosh --rounds 5 --json OUT

Every engine gets the same records (JSON lines, plain or gzipped: id, text, speaker, topic, source, date, kind), with the
same fields: stems of the text, words as written (``--stems-only`` leaves these out of the peers), and speaker, topic, outlet,
month and kind to count. Each engine is built in a process of its own and searched in another, one after the other, each on
one thread. A round asks all queries of a type once; nothing found is kept between rounds. A search is timed from the
request to the answer with ten ids and, faceted, the counts of five facets over all matches.

Queries: ``{"type", "op": and|or|phrase|prefix|fuzzy|all, "words", "filter": {"speaker" | "topic" | "date": ...}}``.

Hits are compared with Tantivy's. Where a query's differ, both counts are made again record by record, each by the words that
the engine itself reads (:mod:`search_peers.explaining`: apostrophes, accents, tables of the stemmers). Counts that these do not give
exactly make the bench fail; there is no tolerance. SQLite (Porter's older rules) and stock Whoosh (the same, without stop words) are only
reported.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from search_peers.explaining import different
from search_peers.measuring import ENGINES, apart, built, searched
from search_peers.records import read_lines
from search_peers.tables import report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--engines", default="onrecord,tantivy,sqlite,whoosh")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--folder", type=Path, help="where indexes are built; kept, and used again if there (default: a temporary one)"
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="most time for one type of query on one engine")
    chosen = parser.parse_args()
    for variable in (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "RAYON_NUM_THREADS",
    ):  # heeded by the processes of the engines
        os.environ.setdefault(variable, "1")
    names = chosen.engines.split(",")
    if unknown := set(names) - set(ENGINES):
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="search-bench-"))
    queries = list(read_lines(chosen.queries))
    search: dict[str, Any] = {}
    build: dict[str, Any] = {}
    try:
        for name in names:
            place, note = folder / name, folder / f"{name}.json"
            if not note.exists():
                shutil.rmtree(place, ignore_errors=True)
                folder.mkdir(parents=True, exist_ok=True)
                note.write_text(json.dumps(apart(built, name, place, chosen.records)))
            build[name] = json.loads(note.read_text())
            print(name, "built", build[name], flush=True)
            search[name] = apart(searched, name, place, queries, chosen.rounds, chosen.seconds)
            build[name] |= {"open_ms": search[name].pop("open_ms"), "anon_mb": search[name].pop("anon_mb")}
    finally:
        if chosen.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    report(search, build)
    sys.stdout.flush()
    explained, differences = different(search, queries, chosen.records)
    if chosen.json:
        plain = {name: {mode: engine[mode] for mode in ("top", "faceted")} for name, engine in search.items()}
        chosen.json.write_text(
            json.dumps({"search": plain, "build": build, "explained": explained, "differences": differences}, indent=1)
        )
    for difference in explained:
        print("explained", difference)
    for difference in differences:
        print("DIFFERENT", difference)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
