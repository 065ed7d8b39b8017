#!/usr/bin/env python3
"""Do words of a headline, or of a quote, find the article they come from? known_item_bench.py ARTICLES... [--json OUT]

Every article of the collection is asked for by the words of its own headline (all of them, and four chosen by hashing),
and by the words of one of its quotes; what is printed is the mean reciprocal rank of that article among the first ten
(MRR@10), an article counted where its first record stands. OnRecord is asked as the search page and the API ask it, one
search over quotes and paragraphs together; Tantivy and Whoosh hold the same records as documents (stemmed, BM25, any of
the words), once with the text alone and once with the headline as a second field. No engine knows the ids.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.collection import Settings, reindex
from search.engine import Engine, open_engine
from search.records import Record, StoredArticle
from search.request import build_request

ENOUGH = 10
"""Articles looked at."""

DEPTH = 100
"""Records looked at to find them."""

CHOSEN = 4
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SMALL = frozenset(
    "a an and are as at be by for from has have he her his in into is it its of on or over s she that the their they this to"
    " was were will with".split()
)

Ask = Callable[[str], Sequence[str]]
"""A query to article ids, one for each record found, best first."""


@dataclass(frozen=True, slots=True)
class Document:
    """A record as every engine gets it."""

    article: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Words, and the article that they were taken from."""

    words: str
    article: str


def questions(articles: Iterable[tuple[StoredArticle, Sequence[Record]]]) -> dict[str, list[Question]]:
    """What is asked, by type."""
    asked: dict[str, list[Question]] = {"headline": [], f"headline, {CHOSEN} words": [], "quote": []}
    for article, records in articles:
        words = _WORD.findall(article.title)
        telling = [word for word in words if word.lower() not in _SMALL]
        if len(telling) >= CHOSEN:
            asked["headline"].append(Question(" ".join(words), article.id))
            some = sorted(telling, key=lambda word: _hash(article.id + word))[:CHOSEN]
            chosen = " ".join(word for word in telling if word in some)
            asked[f"headline, {CHOSEN} words"].append(Question(chosen, article.id))
        quotes = [r.text for r in records if r.kind == "quote" and not r.interviewer and 6 <= len(r.text.split()) <= 60]
        if quotes:
            quote = min(quotes, key=lambda text: _hash(article.id + text))
            asked["quote"].append(Question(" ".join(_WORD.findall(quote)), article.id))
    return asked


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def onrecord(engine: Engine) -> Ask:
    """Ask as the page does, all kinds together."""

    def ask(words: str) -> list[str]:
        asked = build_request([("q", words), ("per_page", str(DEPTH)), ("facet", "none")])
        result = engine.search(asked.request)
        return [hit.article.id for hit in engine.fetch(asked.request, result)]

    return ask


def tantivy(documents: Sequence[Document], titled: bool) -> Ask:
    """Ask Tantivy for any of the words."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("article", stored=True, tokenizer_name="raw")
    for field in ("text", "title"):
        schema.add_text_field(field, tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for document in documents:
        writer.add_document(tantivy.Document(article=document.article, title=document.title, text=document.text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, fields = index.searcher(), ["text", "title"] if titled else ["text"]

    def ask(words: str) -> list[str]:
        query = index.parse_query(re.sub(r"['’]", " ", words).lower(), fields)
        return [searcher.doc(address)["article"][0] for _, address in searcher.search(query, DEPTH).hits]

    return ask


def whoosh(documents: Sequence[Document], titled: bool, folder: Path) -> Ask:
    """Ask stock Whoosh for any of the words."""
    import whoosh.index
    from whoosh import fields
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.qparser import MultifieldParser, OrGroup

    text = fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, cachesize=-1))
    index = whoosh.index.create_in(str(folder), fields.Schema(article=fields.STORED, title=text, text=text))
    writer = index.writer()
    for document in documents:
        writer.add_document(article=document.article, title=document.title, text=document.text)
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(["text", "title"] if titled else ["text"], index.schema, group=OrGroup)

    def ask(words: str) -> list[str]:
        query = parser.parse(re.sub(r"['’]", " ", words).lower())
        return [hit["article"] for hit in searcher.search(query, limit=DEPTH)]

    return ask


def mean_reciprocal_rank(ask: Ask, asked: Sequence[Question]) -> float:
    """MRR@10, articles counted once."""
    total = 0.0
    for question in asked:
        ranking = list(dict.fromkeys(ask(question.words)))[:ENOUGH]
        total += 1 / (ranking.index(question.article) + 1) if question.article in ranking else 0.0
    return total / len(asked) if asked else 0.0


def measure(paths: Sequence[str], folder: Path, peers: bool) -> dict[str, Any]:
    """Build all engines and ask them everything."""
    engine = open_engine(str(folder / "onrecord"))
    reindex(engine, paths, Settings())
    records: dict[str, list[Record]] = {}
    articles: dict[str, StoredArticle] = {}
    everything = build_request([("interviewer", "true")])
    for hit in engine.stream(everything.request):
        records.setdefault(hit.article.id, []).append(hit.record)
        articles[hit.article.id] = hit.article
    documents = [
        Document(article, articles[article].title, record.text)
        for article, found in sorted(records.items())
        for record in sorted(found, key=lambda record: record.ordinal)
        if not record.interviewer
    ]
    asked = questions((articles[article], records[article]) for article in sorted(records))
    engines: dict[str, Ask] = {"OnRecord": onrecord(engine)}
    if peers:
        (folder / "text").mkdir()
        (folder / "titled").mkdir()
        engines["Tantivy, text"] = tantivy(documents, titled=False)
        engines["Tantivy, text and headline"] = tantivy(documents, titled=True)
        engines["Whoosh, text"] = whoosh(documents, False, folder / "text")
        engines["Whoosh, text and headline"] = whoosh(documents, True, folder / "titled")
    table = {
        name: {kind: mean_reciprocal_rank(ask, some) for kind, some in asked.items()} for name, ask in engines.items()
    }
    engine.close()
    return {
        "articles": len(articles),
        "records": len(documents),
        "questions": {kind: len(some) for kind, some in asked.items()},
        "mrr_at_10": table,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", help="files or folders, as 'onrecord reindex' takes them")
    parser.add_argument("--no-peers", action="store_true", help="only OnRecord")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(given.articles, Path(folder), not given.no_peers)
    kinds = list(found["questions"])
    print(f"{found['articles']} articles, {found['records']} records; MRR@10")
    heads = [f"{kind} ({count})" for kind, count in found["questions"].items()]
    print(" " * 28 + "".join(f"{head:>28}" for head in heads))
    for name, row in found["mrr_at_10"].items():
        print(f"{name:28}" + "".join(f"{row[kind]:28.3f}" for kind in kinds))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
