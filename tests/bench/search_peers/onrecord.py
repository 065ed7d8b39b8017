"""OnRecord itself, by its public face."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from search_peers.records import FACETS, Question, read_lines


class OnRecord:
    """The engine itself, through its public face: one article a record."""

    def __init__(self, folder: Path) -> None:
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

    def question(self, query: dict[str, Any], faceted: bool) -> Question:
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
