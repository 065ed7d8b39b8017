"""A small invented collection, built by hand, and the app over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.engine import open_engine
from search.records import (
    Attribution,
    CollectionTables,
    IndexedArticle,
    LocalEntity,
    Record,
    RecordTopic,
    Review,
    Role,
    Speaker,
    StoredArticle,
    TopicTerm,
)
from web.app import create_app

TOPICS = (
    TopicTerm("medtop:11000000", "politics and government", 1),
    TopicTerm("medtop:20000638", "government budget", 2, ("medtop:11000000",)),
    TopicTerm("medtop:17000000", "weather", 1),
)
NASTY = '<script>alert("x")</script> & <b onmouseover=x>'


def make(
    name: str, text: str, quotes: list[dict[str, Any]], people: dict[str, dict[str, Any]], **given: Any
) -> IndexedArticle:
    """An article of one paragraph; ``quotes`` name their words, cue and speaker as they stand in ``text``."""
    keys = {person: f"{name}#{place}" for place, person in enumerate(people)}
    entities = tuple(
        LocalEntity(keys[p], p, facts.get("kind", "person"), (), tuple(facts.get("roles", ())))
        for p, facts in people.items()
    )
    topics = (RecordTopic("medtop:20000638", 0.9), RecordTopic("medtop:17000000", 0.4))
    stored = StoredArticle(
        id=name,
        url=given.get("url", f"https://post.example/{name}"),
        title=given.get("title", f"Title of {name}"),
        outlet=given.get("outlet", "Brackwater Post"),
        author=given.get("author", "Ines Farrow"),
        published=given.get("published", "2024-03-05"),
        language="en",
        genre="news",
        text=text,
        content_hash=name,
        topics=topics,
        entities=entities,
    )
    speakers = tuple(dict.fromkeys(keys[quote["by"]] for quote in quotes if quote.get("by")))
    records = [
        Record(
            id=f"p-{name}", kind="paragraph", article_id=name, part="body", ordinal=0, start=0, end=len(text), text=text,
            paragraph_start=0, paragraph_end=len(text), speakers=speakers, mentions=tuple(keys.values()), topics=topics,
        )
    ]  # fmt: skip
    for place, quote in enumerate(quotes):
        start = text.index(quote["words"])
        cue = text.index(quote["cue"]) if quote.get("cue") else None
        written = quote.get("written", "")
        at = text.index(written) if written else None
        said = Attribution(
            entity=keys[quote["by"]] if quote.get("by") else None,
            as_written=written,
            start=at,
            end=None if at is None else at + len(written),
            role=quote.get("role", ""),
            links=tuple(quote.get("links", ())),
            rule=quote.get("rule", "subject of the cue"),
            confidence=quote.get("confidence", 0.93),
        )
        records.append(
            Record(
                id=f"q-{name}-{place}", kind="quote", article_id=name, part="body", ordinal=place + 1, start=start,
                end=start + len(quote["words"]), text=quote["words"], paragraph_start=0, paragraph_end=len(text),
                quote_type=quote["type"], cue=quote.get("cue", ""), cue_lemma=quote.get("lemma", quote.get("cue", "")),
                cue_start=cue, cue_end=None if cue is None else cue + len(quote["cue"]), attribution=said,
                mentions=(), topics=topics,
            )
        )  # fmt: skip
    return IndexedArticle(stored, tuple(records))


ORLA, BEN = "Orla Venn", "Ben Castellane"

ARTICLES = (
    make(
        "budget",
        "“The budget leaves nothing for the harbour,” said Orla Venn, the mayor of Brackwater. She denied that the council "
        "had known of the deficit.",
        [
            {"words": "The budget leaves nothing for the harbour,", "type": "direct", "cue": "said", "lemma": "say",
             "by": ORLA, "written": "Orla Venn", "role": "mayor of Brackwater"},
            {"words": "the council had known of the deficit", "type": "indirect", "cue": "denied", "lemma": "deny", "by": ORLA,
             "written": "She", "confidence": 0.6, "links": ["“She” follows Orla Venn, the subject of the sentence before"]},
        ],
        {ORLA: {"roles": ["mayor of Brackwater"]}, BEN: {}},
        title="Harbour left out of the budget",
    ),
    make(
        "budget-wire",
        "The mayor spoke on Tuesday. “The budget leaves nothing at all for the harbour,” Venn told reporters.",
        [{"words": "The budget leaves nothing at all for the harbour,", "type": "direct", "cue": "told", "lemma": "tell",
          "by": ORLA, "written": "Venn", "confidence": 0.97}],
        {ORLA: {"roles": ["mayor"]}},
        outlet="Saltmarsh Wire", published="2024-03-06T09:30+01:00", author="",
    ),
    make(
        "denial",
        "Mayor Orla Venn again denied that her council had known of the deficit.",
        [{"words": "her council had known of the deficit", "type": "indirect", "cue": "denied", "lemma": "deny", "by": ORLA,
          "written": "Mayor Orla Venn"}],
        {ORLA: {"roles": ["mayor"]}},
        outlet="Saltmarsh Wire", published="2024-03-07", title="Mayor denies it again",
    ),
    make(
        "storm",
        "Ben Castellane, who runs the ferry, said the storm had taken the “last good pier”. Officials said repairs would wait.",
        [
            {"words": "the storm had taken the “last good pier”", "type": "mixed", "cue": "said", "lemma": "say", "by": BEN,
             "written": "Ben Castellane", "role": "who runs the ferry"},
            {"words": "repairs would wait", "type": "indirect", "cue": "said", "lemma": "say", "by": "Officials",
             "written": "Officials", "confidence": 0.3},
        ],
        {BEN: {}, ORLA: {}, "Officials": {"kind": "unnamed"}},
        published="", title="Storm takes pier", url="https://post.example/a,b?x=1&y=2#top",
    ),
    make(
        "https://odd.example/a//b?c=d",
        f"«{NASTY}» rief Bürgermeister Jürgen Weiß. שלום עולם «مرحبا بالعالم» done.",
        [{"words": NASTY, "type": "direct", "cue": "rief", "lemma": "rufen", "by": "Jürgen <i>Weiß</i>", "written": "Jürgen Weiß",
          "role": NASTY, "links": [NASTY], "rule": NASTY},
         {"words": "مرحبا بالعالم", "type": "direct"}],
        {"Jürgen <i>Weiß</i>": {}},
        title=NASTY, outlet=NASTY, author=NASTY, url="javascript:alert(1)", published="2021-11-30",
    ),
)  # fmt: skip


def tables() -> CollectionTables:
    """Who is who in the collection."""
    names: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    quotes: dict[str, int] = {}
    for indexed in ARTICLES:
        for entity in indexed.article.entities:
            names.setdefault(entity.name, []).append(entity.key)
            kinds[entity.name] = entity.kind
        for record in indexed.records:
            if record.attribution and record.attribution.entity:
                name = next(e.name for e in indexed.article.entities if e.key == record.attribution.entity)
                quotes[name] = quotes.get(name, 0) + 1
    speakers = [
        Speaker(
            id=f"s{place}",
            slug={ORLA: "orla-venn", BEN: "ben-castellane", "Officials": "officials"}.get(name, "jurgen-weiss"),
            name=name,
            kind=kinds[name],
            aliases=(name, "Venn") if name == ORLA else (name,),
            roles=(Role("mayor of Brackwater", "2024-03-05", "2024-03-06", 2),) if name == ORLA else (),
            members=tuple(keys),
            quotes=quotes.get(name, 0),
            old_slugs=("o-venn",) if name == ORLA else (),
        )
        for place, (name, keys) in enumerate(names.items())
    ]
    return CollectionTables(
        speakers=tuple(speakers),
        topics=TOPICS,
        variants={"q-budget-0": "v1", "q-budget-wire-0": "v1", "q-budget-1": "v2", "q-denial-0": "v2"},
        reviews={"q-storm-0": Review("confirmed", "A. Reader", "2024-05-01", "asked him")},
        extractor="test-1",
    )


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the collection; do not write to it."""
    folder = tmp_path_factory.mktemp("web") / "index"
    engine = open_engine(str(folder))
    with engine.rebuild() as writer:
        for indexed in ARTICLES:
            writer.add(indexed)
        writer.commit(tables())
    engine.close()
    return folder


@pytest.fixture(scope="session")
def app(index: Path) -> Iterator[Flask]:
    """The application over the collection."""
    engine = open_engine(str(index))
    yield create_app(engine)
    engine.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks the application without a network."""
    return app.test_client()
