"""How fast the embedded engine builds, opens and searches, beside Tantivy, SQLite FTS5 and stock Whoosh.

    python tests/bench/search_bench.py --records FILE --queries FILE --engines onrecord,tantivy,sqlite,whoosh --rounds 5 --json OUT

Every engine gets the same records (JSON lines, plain or gzipped: id, text, speaker, topic, source, date, kind), with the
same fields: stems of the text, words as written (``--stems-only`` leaves these out of the peers), and speaker, topic, outlet,
month and kind to count. Each engine is built in a process of its own and searched in another, one after the other, each on
one thread. A round asks all queries of a type once; nothing found is kept between rounds. A search is timed from the
request to the answer with ten ids and, faceted, the counts of five facets over all matches.

Queries: ``{"type", "op": and|or|phrase|prefix|fuzzy|all, "words", "filter": {"speaker" | "topic" | "date": ...}}``.

Hits are compared with Tantivy's (else the first engine's). Documented differences: Tantivy and SQLite divide words at
apostrophes ("they'll" counts as "they", "Clinton's" as "clinton") and Tantivy's stemmer has older tables; SQLite stems by
Porter's older rules, stock Whoosh too, and it leaves out stop words. So onrecord may differ from Tantivy by 20% (or 3 hits)
of a query, which is what a word such as "can" loses to "can't"; the other engines are only reported. With ``--stems-only`` phrases, prefixes
and misspellings are matched on stems by the peers and on words as written by onrecord, and are only reported.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FACETS = ("speaker", "topic", "outlet", "month", "kind")
EXACT = ("term_freq", "term_mid", "term_rare", "and2", "or2", "or3", "and_filter", "match_all")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def yyyymmdd(day: str) -> int:
    return int(day.replace("-", ""))


class OnRecord:
    """The engine itself, through its public face: one article a record."""

    def __init__(self, folder: Path, stems_only: bool) -> None:
        self._folder = folder

    def build(self, records: Path) -> None:
        from search.engine import open_engine
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

        people: dict[str, list[str]] = {}
        topics: dict[str, RecordTopic] = {}
        with open_engine(str(self._folder)).rebuild() as writer:
            for row in read_lines(records):
                name, text = str(row["id"]), row["text"]
                key = f"{name}#0"
                people.setdefault(row["speaker"], []).append(key)
                for topic in row["topic"]:
                    if topic not in topics:
                        topics[topic] = RecordTopic(f"medtop:{len(topics):08d}", 1.0, "record")
                quote = row["kind"] == "quote"
                record = Record(
                    name, row["kind"], name, "body", 0, 0, len(text), text, 0, len(text), "direct" if quote else "",
                    attribution=Attribution(key, confidence=1.0) if quote else None,
                    speakers=() if quote else (key,), topics=tuple([topics[topic] for topic in row["topic"]]),
                )  # fmt: skip
                article = StoredArticle(
                    name, "", "", row["source"], "", row["date"], "en", "news", text, name,
                    entities=(LocalEntity(key, row["speaker"], "person"),),
                )  # fmt: skip
                writer.add(IndexedArticle(article, (record,)))
            speakers = tuple(
                Speaker(f"p{number}", f"p-{number}", name, "person", (name,), members=tuple(keys), quotes=len(keys))
                for number, (name, keys) in enumerate(people.items())
            )
            terms = tuple(TopicTerm(topic.id, label, 1) for label, topic in topics.items())
            writer.commit(CollectionTables(speakers=speakers, topics=terms))
        (self._folder / "bench.json").write_text(
            json.dumps({
                "speaker": {speaker.name: speaker.slug for speaker in speakers},
                "topic": {term.label: term.id for term in terms},
            })
        )  # fmt: skip

    def open(self) -> None:
        from search.engine import open_engine

        self._engine = open_engine(str(self._folder))
        self._engine.generation()

    def prepare(self) -> None:
        self._names = json.loads((self._folder / "bench.json").read_text())

    def question(self, query: dict[str, Any], faceted: bool) -> Callable[[], tuple[int, int]]:
        from search import query as q
        from search.engine import Filter, SearchRequest

        words = query["words"]
        node: q.Node = {
            "and": lambda: q.And(tuple(map(q.Word, words))) if len(words) > 1 else q.Word(words[0]),
            "or": lambda: q.Or(tuple(map(q.Word, words))),
            "phrase": lambda: q.Phrase(tuple(words)),
            "prefix": lambda: q.Prefix(words[0]),
            "fuzzy": lambda: q.Fuzzy(words[0]),
            "all": q.MatchAll,
        }[query["op"]]()
        chosen = query["filter"]
        first, last = chosen.get("date", ("", ""))
        request = SearchRequest(
            node,
            tuple(Filter(field, (self._names[field].get(value, "?"),)) for field, value in chosen.items() if field != "date"),
            first_day=first, last_day=last, per_page=10, facets=FACETS if faceted else (), distinct=False,
        )  # fmt: skip
        search = self._engine.search

        def ask() -> tuple[int, int]:
            found = search(request)
            return found.total, len([match.id for match in found.matches])

        return ask


class Tantivy:
    """Tantivy by its Python binding, one segment writer thread."""

    def __init__(self, folder: Path, stems_only: bool) -> None:
        self._folder, self._stems_only = folder, stems_only

    def build(self, records: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True)
        schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
        if not self._stems_only:
            schema.add_text_field("written", stored=False, tokenizer_name="default")
        for field in ("speaker", "topic", "outlet", "month", "kind"):
            schema.add_text_field(field, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("date", stored=True, indexed=True, fast=True)
        self._folder.mkdir(parents=True)
        index = tantivy.Index(schema.build(), path=str(self._folder))
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for row in read_lines(records):
            both = {} if self._stems_only else {"written": row["text"]}
            writer.add_document(
                tantivy.Document(
                    id=row["id"], text=row["text"], speaker=row["speaker"], topic=row["topic"], outlet=row["source"],
                    month=row["date"][:7], kind=row["kind"], date=yyyymmdd(row["date"]), **both,
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def prepare(self) -> None:
        import tantivy

        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self._analyzer = builder.filter(tantivy.Filter.stemmer("english")).build()
        self._aggregations = {
            "speaker": {"terms": {"field": "speaker", "size": 30, "segment_size": 20000}},
            "topic": {"terms": {"field": "topic", "size": 30}},
            "outlet": {"terms": {"field": "outlet", "size": 30, "segment_size": 200}},
            "month": {"terms": {"field": "month", "size": 1000, "segment_size": 1000}},
            "kind": {"terms": {"field": "kind", "size": 2}},
        }

    def question(self, query: dict[str, Any], faceted: bool) -> Callable[[], tuple[int, int]]:
        searcher, aggregations = self._searcher, self._aggregations

        def ask() -> tuple[int, int]:
            asked = self._query(query)
            hits = searcher.search(asked, 10, count=False).hits
            ids = [searcher.doc(address)["id"][0] for _, address in hits]
            if not faceted:
                return -1, len(ids)
            found = searcher.aggregate(asked, aggregations)
            counts = {name: {b["key"]: b["doc_count"] for b in found[name]["buckets"]} for name in aggregations}
            return int(sum(counts["kind"].values())), len(ids)

        return ask

    def _query(self, query: dict[str, Any]) -> Any:
        import tantivy

        make, schema, op, words = tantivy.Query, self._index.schema, query["op"], query["words"]
        written = "text" if self._stems_only else "written"
        stemmed = [self._analyzer.analyze(word)[0] for word in words]
        plain = stemmed if self._stems_only else words
        if op in ("and", "or"):
            terms = [make.term_query(schema, "text", word, "freq") for word in stemmed]
            occur = tantivy.Occur.Must if op == "and" else tantivy.Occur.Should
            asked = terms[0] if len(terms) == 1 else make.boolean_query([(occur, term) for term in terms])
        elif op == "phrase":
            asked = make.phrase_query(schema, written, plain)
        elif op == "prefix":
            asked = make.regex_query(schema, written, words[0] + ".*")
        elif op == "fuzzy":
            asked = make.fuzzy_term_query(schema, written, plain[0], 1)
        else:
            asked = make.all_query()
        for field, value in query["filter"].items():
            if field == "date":
                kind = tantivy.FieldType.Integer
                narrow = make.range_query(schema, "date", kind, yyyymmdd(value[0]), yyyymmdd(value[1]))
            else:
                narrow = make.term_query(schema, field, value, "basic")
            must = tantivy.Occur.Must
            asked = make.boolean_query([(must, asked), (must, make.const_score_query(narrow, 0.0))])
        return asked


class SQLite:
    """SQLite FTS5 with side tables for the facets; no fuzzy search."""

    def __init__(self, folder: Path, stems_only: bool) -> None:
        self._folder, self._stems_only = folder, stems_only

    def _connect(self) -> Any:
        import sqlite3

        self._folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._folder / "index.db", isolation_level=None)
        connection.executescript("pragma cache_size=-524288; pragma temp_store=memory; pragma mmap_size=4000000000")
        return connection

    def build(self, records: Path) -> None:
        db = self._connect()
        db.executescript(
            """pragma journal_mode=off; pragma synchronous=off;
            create table docs(id integer primary key, text text);
            create table meta(id integer primary key, speaker int, outlet int, kind int, month int, date int);
            create table names(facet text, id int, name text, primary key(facet, id)) without rowid;
            create table topics(id int, topic int, primary key(id, topic)) without rowid;
            create virtual table stems using fts5(text, content='docs', content_rowid='id', tokenize='porter unicode61');"""
        )
        if not self._stems_only:
            db.execute(
                "create virtual table written using fts5(text, content='docs', content_rowid='id', tokenize='unicode61')"
            )
        known: dict[str, dict[str, int]] = {name: {} for name in ("speaker", "outlet", "kind", "month", "topic")}

        def number(facet: str, value: str) -> int:
            return known[facet].setdefault(value, len(known[facet]))

        db.execute("begin")
        for row in read_lines(records):
            name, text, date = row["id"], row["text"], row["date"]
            db.execute("insert into docs values(?, ?)", (name, text))
            values = (number("speaker", row["speaker"]), number("outlet", row["source"]), number("kind", row["kind"]))
            db.execute(
                "insert into meta values(?, ?, ?, ?, ?, ?)", (name, *values, number("month", date[:7]), yyyymmdd(date))
            )
            for topic in dict.fromkeys(row["topic"]):
                db.execute("insert into topics values(?, ?)", (name, number("topic", topic)))
            db.execute("insert into stems(rowid, text) values(?, ?)", (name, text))
            if not self._stems_only:
                db.execute("insert into written(rowid, text) values(?, ?)", (name, text))
        for facet, values_ in known.items():
            db.executemany("insert into names values(?, ?, ?)", [(facet, at, value) for value, at in values_.items()])
        db.execute("commit")
        db.executescript(
            "create index by_speaker on meta(speaker); create index by_date on meta(date); create index by_topic on topics(topic, id);"
            "insert into stems(stems) values('optimize'); analyze;"
        )
        if not self._stems_only:
            db.execute("insert into written(written) values('optimize')")
        db.close()

    def open(self) -> None:
        self._db = self._connect()

    def prepare(self) -> None:
        self._numbers = {(facet, name): at for facet, at, name in self._db.execute("select facet, id, name from names")}
        self._names = {(facet, at): name for (facet, name), at in self._numbers.items()}
        self._db.execute("create temp table found(id integer primary key)")

    def question(self, query: dict[str, Any], faceted: bool) -> Callable[[], tuple[int, int]] | None:
        op, words, clauses, values = query["op"], query["words"], [], []
        if op == "fuzzy":
            return None
        table = "written" if op in ("phrase", "prefix") and not self._stems_only else "stems"
        match = {
            "and": " AND ".join(f'"{word}"' for word in words), "or": " OR ".join(f'"{word}"' for word in words),
            "phrase": '"' + " ".join(words) + '"', "prefix": f'"{words[0]}" *' if words else "", "all": "",
        }[op]  # fmt: skip
        for field, value in query["filter"].items():
            if field == "date":
                clauses.append("date between ? and ?")
                values += [yyyymmdd(value[0]), yyyymmdd(value[1])]
            else:
                clauses.append(
                    "speaker = ?"
                    if field == "speaker"
                    else "exists(select 1 from topics t where t.id = meta.id and t.topic = ?)"
                )
                values.append(self._numbers.get((field, value), -1))
        where = " and ".join(clauses)
        if not match:
            select = "select id from meta" + (f" where {where}" if where else "")
        elif not where:
            select, values = f"select rowid as id from {table} where {table} match ?", [match]
        else:
            select = f"select {table}.rowid as id from {table} join meta on meta.id = {table}.rowid where {table} match ? and {where}"
            values = [match, *values]
        ordered = select + (" order by rank" if match else "") + " limit 10"
        run = self._db.execute

        def ask() -> tuple[int, int]:
            ids = [row[0] for row in run(ordered, values)]
            if not faceted:
                return -1, len(ids)
            run("delete from found")
            run(f"insert into found {select}", values)
            counts = {}
            for field in ("speaker", "outlet", "kind", "month"):
                rows = run(
                    f"select {field}, count(*) c from found cross join meta on meta.id = found.id group by 1 order by c desc"
                )
                counts[field] = {self._names[field, at]: count for at, count in rows}
            rows = run("select topic, count(*) from found cross join topics t on t.id = found.id group by 1")
            counts["topic"] = {self._names["topic", at]: count for at, count in rows}
            return sum(counts["kind"].values()), len(ids)

        return ask


class StockWhoosh:
    """Whoosh as it comes, by its own writer and searcher."""

    def __init__(self, folder: Path, stems_only: bool) -> None:
        self._folder, self._stems_only = folder, stems_only

    def build(self, records: Path) -> None:
        from whoosh import analysis, fields, index

        plain = {} if self._stems_only else {"written": fields.TEXT(analyzer=analysis.StandardAnalyzer(stoplist=None))}
        schema = fields.Schema(
            id=fields.NUMERIC(stored=True), text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), stored=True),
            speaker=fields.ID(stored=True, sortable=True), topic=fields.KEYWORD(stored=True, commas=True),
            outlet=fields.ID(stored=True, sortable=True), date=fields.NUMERIC(int, stored=True, sortable=True),
            month=fields.ID(sortable=True), kind=fields.ID(stored=True, sortable=True), **plain,
        )  # fmt: skip
        self._folder.mkdir(parents=True)
        writer = index.create_in(str(self._folder), schema).writer(limitmb=512)
        for row in read_lines(records):
            both = {} if self._stems_only else {"written": row["text"]}
            writer.add_document(
                id=row["id"], text=row["text"], speaker=row["speaker"], topic=",".join(row["topic"]), outlet=row["source"],
                date=yyyymmdd(row["date"]), month=row["date"][:7], kind=row["kind"], **both,
            )  # fmt: skip
        writer.commit()

    def open(self) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(self._folder)).searcher()

    def prepare(self) -> None:
        self._analyzer = self._searcher.schema["text"].analyzer

    def question(self, query: dict[str, Any], faceted: bool) -> Callable[[], tuple[int, int]] | None:
        from whoosh import query as wq
        from whoosh import sorting

        op, words = query["op"], query["words"]
        written = "text" if self._stems_only else "written"
        stems = [token.text for word in words for token in self._analyzer(word, mode="query")]
        if words and not stems:
            return None
        if op in ("and", "or"):
            terms = [wq.Term("text", word) for word in stems]
            asked = terms[0] if len(terms) == 1 else (wq.And if op == "and" else wq.Or)(terms)
        elif op == "phrase":
            asked = wq.Phrase(written, stems if self._stems_only else words)
        elif op == "prefix":
            asked = wq.Prefix(written, words[0])
        elif op == "fuzzy":
            asked = wq.FuzzyTerm(written, words[0], maxdist=1, prefixlength=0)
        else:
            asked = wq.Every()
        narrow = None
        for field, value in query["filter"].items():
            if field == "date":
                narrow = wq.NumericRange("date", yyyymmdd(value[0]), yyyymmdd(value[1]))
            else:
                narrow = wq.Term(field, value)
        searcher = self._searcher

        def ask() -> tuple[int, int]:
            if not faceted:
                return -1, len([hit["id"] for hit in searcher.search(asked, limit=10, filter=narrow)])
            grouped = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in FACETS if name != "topic"}
            grouped["topic"] = sorting.FieldFacet("topic", allow_overlap=True, maptype=sorting.Count)
            found = searcher.search(asked, limit=10, filter=narrow, groupedby=grouped)
            ids = [found[at]["id"] for at in range(min(10, found.scored_length()))]
            counts = {name: dict(found.groups(name)) for name in grouped}
            return sum(counts["kind"].values()), len(ids)

        return ask


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


def built(name: str, folder: Path, records: Path, stems_only: bool) -> dict[str, float]:
    """Build an engine; runs in a process of its own."""
    count = sum(1 for _ in read_lines(records))
    began, cpu = time.perf_counter(), time.process_time()
    ENGINES[name](folder, stems_only).build(records)
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "records": count, "records_per_s": count / wall, "records_per_cpu_s": count / spent, "disk_mb": size_mb(folder),
        "peak_mb": peak,
    }  # fmt: skip


def searched(
    name: str, folder: Path, queries: list[dict[str, Any]], rounds: int, seconds: float, stems_only: bool
) -> dict[str, Any]:
    """Ask every query ``rounds`` times, after one round that is not timed; runs in a process of its own."""
    engine = ENGINES[name](folder, stems_only)
    warm = ENGINES[name](folder, stems_only)
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


def different(results: dict[str, Any], queries: list[dict[str, Any]], stems_only: bool) -> list[str]:
    """Queries where onrecord and Tantivy differ beyond what is documented."""
    if "onrecord" not in results or "tantivy" not in results:
        return []
    found = []
    for number, query in enumerate(queries):
        ours, theirs = (results[name]["each"].get(number) for name in ("onrecord", "tantivy"))
        if ours is None or theirs is None or (stems_only and query["type"] not in EXACT):
            continue
        if abs(ours - theirs) > max(3, 0.2 * theirs):
            found.append(f"query {number} ({query['type']} {' '.join(query['words'])}): {ours} hits, Tantivy {theirs}")
    return found


def report(search: dict[str, Any], build: dict[str, Any]) -> None:
    """Print the tables."""
    for mode in ("faceted", "top"):
        kinds = list(dict.fromkeys(kind for engine in search.values() for kind in engine[mode]))
        print(f"\n{mode}: median / p95 of process CPU, ms (ratio to Tantivy)")
        print(f"{'type':12}{'hits':>9}" + "".join(f"{name:>30}" for name in search))
        for kind in kinds:
            cells = []
            for engine in search.values():
                if kind not in engine[mode]:
                    cells.append(f"{'-':>30}")
                    continue
                cell, base = engine[mode][kind], search.get("tantivy", {}).get(mode, {}).get(kind)
                ratio = (
                    f" ({cell['median_ms'] / base['median_ms']:.2f} {cell['p95_ms'] / base['p95_ms']:.2f})"
                    if base
                    else ""
                )
                cells.append(f"{cell['median_ms']:>9.2f} /{cell['p95_ms']:>8.2f}{ratio:>11}")
            hits = next(
                (int(engine["faceted"][kind]["hits"]) for engine in search.values() if kind in engine["faceted"]), 0
            )
            print(f"{kind:12}{hits:>9}" + "".join(cells))
    print("\nbuild")
    for name, figures in build.items():
        print(f"{name:12}" + "  ".join(f"{what} {value:,.1f}" for what, value in figures.items()))


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
    parser.add_argument("--stems-only", action="store_true", help="peers without the field of words as written")
    chosen = parser.parse_args()
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
                note.write_text(json.dumps(apart(built, name, place, chosen.records, chosen.stems_only)))
            build[name] = json.loads(note.read_text())
            print(name, "built", build[name], flush=True)
            search[name] = apart(searched, name, place, queries, chosen.rounds, chosen.seconds, chosen.stems_only)
            build[name] |= {"open_ms": search[name].pop("open_ms"), "anon_mb": search[name].pop("anon_mb")}
    finally:
        if chosen.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    differences = different(search, queries, chosen.stems_only)
    report(search, build)
    if chosen.json:
        plain = {name: {mode: engine[mode] for mode in ("top", "faceted")} for name, engine in search.items()}
        chosen.json.write_text(json.dumps({"search": plain, "build": build, "differences": differences}, indent=1))
    for difference in differences:
        print("DIFFERENT", difference)
    return 1 if differences else 0


sys.path.insert(0, str(ROOT))
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

if __name__ == "__main__":
    sys.exit(main())
