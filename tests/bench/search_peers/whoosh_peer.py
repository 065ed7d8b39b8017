"""Whoosh as it comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search_peers.records import FACETS, Question, read_lines, yyyymmdd


class StockWhoosh:
    """Whoosh as it comes, by its own writer and searcher."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path) -> None:
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.NUMERIC(stored=True), text=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), stored=True),
            speaker=fields.ID(stored=True, sortable=True), topic=fields.KEYWORD(stored=True, commas=True),
            outlet=fields.ID(stored=True, sortable=True), date=fields.NUMERIC(int, stored=True, sortable=True),
            month=fields.ID(sortable=True), kind=fields.ID(stored=True, sortable=True),
            written=fields.TEXT(analyzer=analysis.StandardAnalyzer(stoplist=None)),
        )  # fmt: skip
        self._folder.mkdir(parents=True)
        writer = index.create_in(str(self._folder), schema).writer(limitmb=512)
        for row in read_lines(records):
            writer.add_document(
                id=row["id"], text=row["text"], speaker=row["speaker"], topic=",".join(row["topic"]), outlet=row["source"],
                date=yyyymmdd(row["date"]), month=row["date"][:7], kind=row["kind"],
                written=row["text"],
            )  # fmt: skip
        writer.commit()

    def open(self) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(self._folder)).searcher()

    def prepare(self) -> None:
        self._analyzer = self._searcher.schema["text"].analyzer

    def question(self, query: dict[str, Any], faceted: bool) -> Question | None:
        from whoosh import query as wq
        from whoosh import sorting

        op, words = query["op"], query["words"]
        stems = [token.text for word in words for token in self._analyzer(word, mode="query")]
        if words and not stems:
            return None
        if op in ("and", "or"):
            terms = [wq.Term("text", word) for word in stems]
            asked = terms[0] if len(terms) == 1 else (wq.And if op == "and" else wq.Or)(terms)
        elif op == "phrase":
            asked = wq.Phrase("written", words)
        elif op == "prefix":
            asked = wq.Prefix("written", words[0])
        elif op == "fuzzy":
            asked = wq.FuzzyTerm("written", words[0], maxdist=1, prefixlength=0)
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
