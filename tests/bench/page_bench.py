"""How long the server takes for a search page: the whole answer, from the address to the packed HTML.

    python tests/bench/page_bench.py RECORDS.jsonl[.gz] QUERIES.jsonl [--index DIR|URL] [--limit N] [--rounds N]

RECORDS: lines ``{"text", "speaker", "topic": [words], "source", "date", "kind"}``; four of them make an article.
QUERIES: lines ``{"op", "words", "filter"}``. Each query is asked as a page with all facets, ten results and gzip; once to
warm up, then ``--rounds`` times. An index that is not there yet is built of the
records first; without ``--index`` in a temporary folder.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from search.engine import open_engine
from search.errors import IndexMissingError
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
from web.app import create_app

PER_ARTICLE = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--index", metavar="DIR|URL")
    parser.add_argument("--limit", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(options.index or Path(folder) / "index"))
        try:
            engine.generation()
        except IndexMissingError:
            build(engine, options.records, options.limit)
        client = create_app(engine).test_client()
        addresses = [address(json.loads(line)) for line in options.queries.open(encoding="utf-8")]
        print(f"{engine.stats().quotes + engine.stats().paragraphs:,} records, {len(addresses)} queries")
        for page in addresses:
            ask(client, page)
        times, sizes = [], []
        for page in addresses * options.rounds:
            began = time.perf_counter()
            sizes.append(ask(client, page))
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        print(
            f"page: median {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms, "
            f"worst {times[-1]:.1f} ms; {statistics.median(sizes) / 1000:.1f} kB packed"
        )
        engine.close()


def ask(client: Any, page: str) -> int:
    answer = client.get(page, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != 200:
        raise SystemExit(f"{page} answered {answer.status_code}")
    return len(answer.data)


def address(query: dict[str, Any]) -> str:
    """A query of the file as the page's address; filters of the file name values, the page's name slugs and ids."""
    words = query["words"]
    text = {
        "or": " OR ".join(words),
        "phrase": f'"{" ".join(words)}"',
        "prefix": " ".join(f"{w}*" for w in words),
        "fuzzy": " ".join(f"{w}~" for w in words),
    }.get(query["op"], " ".join(words))
    pairs = [("q", text)]
    for name, value in query.get("filter", {}).items():
        values = value if isinstance(value, list) else [value]
        if name == "kind":
            pairs += [("kind", v) for v in values]
        elif name == "source":
            pairs += [("outlet", v) for v in values]
        elif name == "speaker":
            pairs += [("speaker", slug(v)) for v in values]
        elif name == "topic":
            pairs += [("topic", topic_id(v)) for v in values]
        elif name in ("date", "range", "dates"):
            pairs += [("from", values[0]), ("to", values[-1])]
        elif name in ("from", "to"):
            pairs.append((name, values[0]))
        else:
            raise SystemExit(f"unknown filter {name}")
    return "/?" + urlencode(pairs)


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def topic_id(word: str) -> str:
    """A made-up topic for each topic word."""
    number = int.from_bytes(word.encode()[:3].ljust(3, b"\0"), "big") + len(word)
    return f"medtop:{number:08d}"


def build(engine: Any, records: Path, limit: int) -> None:
    began = time.perf_counter()
    members: dict[str, list[str]] = {}
    topics: dict[str, TopicTerm] = {}
    with engine.rebuild() as writer:
        lines = read(records, limit)
        for number, group in enumerate(iter(lambda: tuple(itertools.islice(lines, PER_ARTICLE)), ())):
            writer.add(article(f"a{number}", group, members, topics))
        speakers = tuple(
            Speaker(f"s{n}", slug(name), name, "person", (name,), (), tuple(keys), len(keys))
            for n, (name, keys) in enumerate(members.items())
        )
        writer.commit(CollectionTables(speakers, tuple(topics.values()), extractor="bench"))
    print(f"indexed in {time.perf_counter() - began:.0f} s")


def read(path: Path, limit: int) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else file as lines:
        for line in itertools.islice(lines, limit):
            yield json.loads(line)


def article(
    name: str, group: tuple[dict[str, Any], ...], members: dict[str, list[str]], topics: dict[str, TopicTerm]
) -> IndexedArticle:
    text, records, entities = "", [], []
    for place, line in enumerate(group):
        start = len(text)
        text += line["text"] + "\n\n"
        end, key = start + len(line["text"]), f"{name}#{place}"
        members.setdefault(line["speaker"], []).append(key)
        entities.append(LocalEntity(key, line["speaker"], "person"))
        tagged = []
        for word in line["topic"]:
            topics.setdefault(topic_id(word), TopicTerm(topic_id(word), word, 1))
            tagged.append(RecordTopic(topic_id(word)))
        is_quote = line["kind"] == "quote"
        said = Attribution(key, line["speaker"], rule="named", confidence=0.5 + place / 8) if is_quote else None
        records.append(
            Record(
                f"{name}-{place}", line["kind"], name, "body", place, start, end, line["text"], start, end,
                quote_type="direct" if is_quote else "", cue="said" if is_quote else "", cue_lemma="say" if is_quote else "",
                attribution=said, speakers=() if is_quote else (key,), mentions=(key,), topics=tuple(tagged),
            )
        )  # fmt: skip
    first = group[0]
    stored = StoredArticle(
        name, f"https://news.example/{name}", " ".join(first["text"].split()[:8]), first["source"], first["speaker"],
        first["date"], "en", "news", text, name, (), tuple(entities),
    )  # fmt: skip
    return IndexedArticle(stored, tuple(records))


if __name__ == "__main__":
    main()
