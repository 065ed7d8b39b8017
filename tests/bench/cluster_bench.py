#!/usr/bin/env python3
"""The two engines on the same records and queries: same answers, and what the cluster takes.

    python tests/bench/cluster_bench.py --records FILE --queries FILE --cluster http://HOST:PORT[,HOST:PORT] [--most N] [--json OUT]

Records and queries are those of ``search_bench.py``. Both engines are filled through their writers; every query is asked of
both with five facets. Prints records/s of the cluster's bulk, its search times as the product sees them (request to
SearchResult, wall; "page": with the hits read too), in how many queries totals and facet counts agree exactly, and how much the first ten overlap.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from search_peers.records import FACETS, read_lines

from search import query as q
from search.engine import Engine, Facet, Filter, SearchRequest, SearchResult, open_engine
from search.records import (
    Attribution,
    CollectionTables,
    IndexedArticle,
    LocalEntity,
    Record,
    RecordTopic,
    Speaker,
    StoredArticle,
    TopicTerm,
)


def indexed(row: dict[str, Any], topics: dict[str, str]) -> IndexedArticle:
    name, text, quote = str(row["id"]), row["text"], row["kind"] == "quote"
    key = f"{name}#0"
    given = tuple(RecordTopic(topics[topic], 1.0, "record") for topic in row["topic"])
    record = Record(
        name, row["kind"], name, "body", 0, 0, len(text), text, 0, len(text), "direct" if quote else "",
        attribution=Attribution(key, confidence=1.0) if quote else None, speakers=() if quote else (key,), topics=given,
    )  # fmt: skip
    entities = (LocalEntity(key, row["speaker"], "person"),)
    article = StoredArticle(name, "", "", row["source"], "", row["date"], "en", "news", text, name, (), entities)
    return IndexedArticle(article, (record,))


def fill(engine: Engine, rows: list[dict[str, Any]]) -> tuple[float, dict[str, dict[str, str]]]:
    """Fill an engine; returns seconds of commit, where the cluster's bulk happens, and what names are called there."""
    topics = {
        topic: f"medtop:{number:08d}" for number, topic in enumerate(sorted({t for r in rows for t in r["topic"]}))
    }
    people: dict[str, list[str]] = {}
    with engine.rebuild() as writer:
        for row in rows:
            people.setdefault(row["speaker"], []).append(f"{row['id']}#0")
            writer.add(indexed(row, topics))
        speakers = tuple(
            Speaker(f"p{n:06d}", f"p-{n:06d}", name, "person", (name,), members=tuple(keys), quotes=len(keys))
            for n, (name, keys) in enumerate(sorted(people.items()))
        )
        terms = tuple(TopicTerm(topic, label, 1) for label, topic in topics.items())
        began = time.perf_counter()
        writer.commit(CollectionTables(speakers=speakers, topics=terms))
        seconds = time.perf_counter() - began
    return seconds, {"speaker": {s.name: s.slug for s in speakers}, "topic": topics}


def request(query: dict[str, Any], names: dict[str, dict[str, str]]) -> SearchRequest:
    words, chosen = query["words"], query["filter"]
    nodes: dict[str, Any] = {
        "and": lambda: q.And(tuple(map(q.Word, words))) if len(words) > 1 else q.Word(words[0]),
        "or": lambda: q.Or(tuple(map(q.Word, words))),
        "phrase": lambda: q.Phrase(tuple(words)),
        "prefix": lambda: q.Prefix(words[0]),
        "fuzzy": lambda: q.Fuzzy(words[0]),
        "all": q.MatchAll,
    }
    first, last = chosen.get("date", ("", ""))
    filters = tuple(Filter(f, (names[f].get(v, "?"),)) for f, v in chosen.items() if f != "date")
    return SearchRequest(nodes[query["op"]](), filters, first, last, facets=FACETS, distinct=False)


def unlike_facets(one: SearchResult, other: SearchResult) -> list[str]:
    """Facets whose counts differ.

    A facet lists its most frequent values and those that are chosen. Which of equally frequent values are listed last is each
    engine's own (the embedded one goes by how much a speaker is quoted in all, the cluster by id): so every value
    that both list must have one count, and the counts of what is listed unchosen must be the same. How many values there
    are in all is compared by :func:`off`.
    """
    unlike = []
    for name, facet in one.facets.items():
        sides = (facet, other.facets[name])
        a, b = ({v.value: v.count for v in side.values} for side in sides)
        differs = {value: (a[value], b[value]) for value in a.keys() & b.keys() if a[value] != b[value]}
        most = min(len(a), len(b))
        frequent = [sorted(counts.values(), reverse=True)[: most - len(chosen(facet))] for counts in (a, b)]
        if differs or frequent[0] != frequent[1]:
            unlike.append(f"{name}: {differs or frequent}")
    return unlike


def off(one: SearchResult, other: SearchResult) -> float:
    """How far the cluster's numbers of distinct values, which it estimates, are off at the most, as a share."""
    share = 0.0
    for name, facet in one.facets.items():
        exact, other_count = (sum(v.count > 0 for v in f.values) + f.more for f in (facet, other.facets[name]))
        share = max(share, abs(exact - other_count) / max(exact, 1))
    return share


def chosen(facet: Facet) -> list[str]:
    return [value.value for value in facet.values if value.selected or value.excluded]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--cluster", required=True, help="addresses, without a name")
    parser.add_argument("--most", type=int, default=None, help="records to take")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    rows = list(islice(read_lines(arguments.records), arguments.most))
    queries = list(read_lines(arguments.queries))
    first, *more = arguments.cluster.split(",")
    hosts = ",".join([first.rstrip("/"), *(host.split("://")[-1].rstrip("/") for host in more)])
    with tempfile.TemporaryDirectory() as folder:
        embedded, cluster = open_engine(folder), open_engine(f"opensearch:{hosts}/bench")
        _, names = fill(embedded, rows)
        seconds, _ = fill(cluster, rows)
        totals = facets = 0
        worst = 0.0
        overlaps, took, shown = [], [], []
        unlike: list[str] = []
        for query in queries:
            asked = request(query, names)
            ours = embedded.search(asked)
            cluster.search(asked)
            began = time.perf_counter()
            theirs = cluster.search(asked)
            took.append((time.perf_counter() - began) * 1000)
            cluster.fetch(asked, theirs)
            shown.append((time.perf_counter() - began) * 1000)
            totals += ours.total == theirs.total
            differing = unlike_facets(ours, theirs)
            facets += not differing
            worst = max(worst, off(ours, theirs))
            unlike += [f"{query['type']} {query['words']} {query['filter']}: {line}" for line in differing]
            if ours.total != theirs.total:
                unlike.append(f"{query['type']} {query['words']}: {ours.total} and {theirs.total}")
            a, b = ({match.id for match in result.matches} for result in (ours, theirs))
            if a and query["type"] != "match_all":
                overlaps.append(len(a & b) / len(a))
        size = cluster.stats().size_bytes
        cluster.close()
        embedded.close()
    took.sort()
    shown.sort()
    result = {
        "records": len(rows),
        "bulk_records_per_s": len(rows) / seconds,
        "search_p50_ms": statistics.median(took),
        "search_p95_ms": took[int(0.95 * (len(took) - 1))],
        "page_p50_ms": statistics.median(shown),
        "page_p95_ms": shown[int(0.95 * (len(shown) - 1))],
        "bytes_per_record": size / len(rows),
        "queries": len(queries),
        "same_total": totals,
        "same_facets": facets,
        "distinct_off_by": worst,
        "top10_overlap": statistics.mean(overlaps),
    }
    for name, value in result.items():
        print(f"{name:20} {value:,.4f}" if isinstance(value, float) else f"{name:20} {value:,}")
    for line in unlike[:10]:
        print("  differs:", line)
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return 0 if totals == len(queries) else 1


if __name__ == "__main__":
    sys.exit(main())
