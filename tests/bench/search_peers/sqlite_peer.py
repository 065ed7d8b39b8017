"""SQLite FTS5."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search_peers.records import Question, read_lines, yyyymmdd


class SQLite:
    """SQLite FTS5 with side tables for the facets; no fuzzy search."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
            db.execute("insert into written(rowid, text) values(?, ?)", (name, text))
        for facet, values_ in known.items():
            db.executemany("insert into names values(?, ?, ?)", [(facet, at, value) for value, at in values_.items()])
        db.execute("commit")
        db.executescript(
            "create index by_speaker on meta(speaker); create index by_date on meta(date); create index by_topic on topics(topic, id);"
            "insert into stems(stems) values('optimize'); analyze;"
        )
        db.execute("insert into written(written) values('optimize')")
        db.close()

    def open(self) -> None:
        self._db = self._connect()

    def prepare(self) -> None:
        self._numbers = {(facet, name): at for facet, at, name in self._db.execute("select facet, id, name from names")}
        self._names = {(facet, at): name for (facet, name), at in self._numbers.items()}
        self._db.execute("create temp table found(id integer primary key)")

    def question(self, query: dict[str, Any], faceted: bool) -> Question | None:
        op, words, clauses, values = query["op"], query["words"], [], []
        if op == "fuzzy":
            return None
        table = "written" if op in ("phrase", "prefix") else "stems"
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
