#!/usr/bin/env python3
"""Are the right quotes one event? variants_bench.py PAIRS.jsonl ARTICLES... [--json OUT]

Each line of PAIRS: ``{"a": {"article": ID, "start": N, "end": N, "text": TEXT}, "b": {...}, "same_event": true | false}``. The
articles are indexed, each quote is found again by its place (half of its characters or more in common), and what is
printed is the precision of the pairs that are grouped and their recall, every error, and the pairs of which a quote was
not found at all. ``--list N`` prints instead N pairs that were grouped, chosen by hashing, to be labelled by hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from indexer.collection import Settings, reindex
from search.engine import Engine, SearchRequest, open_engine
from search.query import FieldMatch
from search.records import Record

Pair = dict[str, Any]


class Events:
    """Quotes by article, and the group that each belongs to."""

    def __init__(self, engine: Engine) -> None:
        self.quotes: dict[str, list[Record]] = defaultdict(list)
        self.group: dict[str, str] = {}
        for hit in engine.stream(SearchRequest(query=FieldMatch("kind", ("quote",)), interviewer=True)):
            self.quotes[hit.article.id].append(hit.record)
        with engine.update() as writer:
            tables = writer.previous()
        self.group.update(tables.variants if tables else {})

    def find(self, side: dict[str, Any]) -> str | None:
        """The quote at a place, or None."""
        best, found = 0.5, None
        for record in self.quotes.get(side["article"], ()):
            common = min(record.end, side["end"]) - max(record.start, side["start"])
            whole = max(record.end, side["end"]) - min(record.start, side["start"])
            if whole and common / whole >= best:
                best, found = common / whole, record.id
        return found

    def same(self, one: str, other: str) -> bool:
        """Whether two quotes are grouped."""
        return one == other or (one in self.group and self.group[one] == self.group.get(other))

    def grouped(self, most: int) -> list[Pair]:
        """Pairs of quotes of different articles that are grouped."""
        groups: dict[str, list[tuple[str, Record]]] = defaultdict(list)
        for article, records in sorted(self.quotes.items()):
            for record in records:
                if record.id in self.group:
                    groups[self.group[record.id]].append((article, record))
        pairs = [
            {side: {"article": article, "start": r.start, "end": r.end, "text": r.text} for side, (article, r) in both}
            for members in groups.values()
            for pair in combinations(members, 2)
            if pair[0][0] != pair[1][0]
            for both in [tuple(zip("ab", pair, strict=True))]
        ]
        return sorted(pairs, key=lambda pair: hashlib.sha256(json.dumps(pair).encode()).hexdigest())[:most]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("articles", nargs="+", help="files or folders, as 'onrecord reindex' takes them")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="print pairs that were grouped")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "index"))
        reindex(engine, given.articles, Settings())
        events = Events(engine)
        engine.close()
    if given.list:
        for pair in events.grouped(given.list):
            print(json.dumps(pair, ensure_ascii=False))
        return
    counts = {"right": 0, "wrongly_one": 0, "wrongly_two": 0, "apart": 0, "not_found": 0}
    for pair in map(json.loads, given.pairs.read_text("utf-8").splitlines()):
        one, other = events.find(pair["a"]), events.find(pair["b"])
        if one is None or other is None:
            name = "not_found"
        elif events.same(one, other):
            name = "right" if pair["same_event"] else "wrongly_one"
        else:
            name = "wrongly_two" if pair["same_event"] else "apart"
        counts[name] += 1
        if name in ("wrongly_one", "wrongly_two", "not_found"):
            print(f"{name}: {pair['a']['text'][:120]}  |  {pair['b']['text'][:120]}  {pair.get('note', '')}")
    found = {
        **counts,
        "precision": round(counts["right"] / max(1, counts["right"] + counts["wrongly_one"]), 4),
        "recall": round(counts["right"] / max(1, counts["right"] + counts["wrongly_two"]), 4),
    }
    print(json.dumps(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
