"""Tantivy by its Python binding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from search_peers.records import Question, read_lines, yyyymmdd


class Tantivy:
    """Tantivy by its Python binding, one segment writer thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, records: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True)
        schema.add_text_field("text", stored=True, tokenizer_name="en_stem")
        schema.add_text_field("written", stored=False, tokenizer_name="default")
        for field in ("speaker", "topic", "outlet", "month", "kind"):
            schema.add_text_field(field, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("date", stored=True, indexed=True, fast=True)
        self._folder.mkdir(parents=True)
        index = tantivy.Index(schema.build(), path=str(self._folder))
        writer = index.writer(heap_size=512_000_000, num_threads=1)
        for row in read_lines(records):
            writer.add_document(
                tantivy.Document(
                    id=row["id"], text=row["text"], speaker=row["speaker"], topic=row["topic"], outlet=row["source"],
                    month=row["date"][:7], kind=row["kind"], date=yyyymmdd(row["date"]), written=row["text"],
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

    def question(self, query: dict[str, Any], faceted: bool) -> Question:
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
        stemmed = [self._analyzer.analyze(word)[0] for word in words]
        if op in ("and", "or"):
            terms = [make.term_query(schema, "text", word, "freq") for word in stemmed]
            occur = tantivy.Occur.Must if op == "and" else tantivy.Occur.Should
            asked = terms[0] if len(terms) == 1 else make.boolean_query([(occur, term) for term in terms])
        elif op == "phrase":
            asked = make.phrase_query(schema, "written", words)
        elif op == "prefix":
            asked = make.regex_query(schema, "written", words[0] + ".*")
        elif op == "fuzzy":
            asked = make.fuzzy_term_query(schema, "written", words[0], 1)
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
