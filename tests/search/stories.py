"""Small invented articles for the engines, and the tables that belong to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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

TERMS = (
    TopicTerm("medtop:04000000", "economy, business and finance", 1),
    TopicTerm("medtop:20000344", "economy", 2, ("medtop:04000000",)),
    TopicTerm("medtop:15000000", "sport", 1),
    TopicTerm("medtop:17000000", "weather", 1),
)


@dataclass(frozen=True)
class Said:
    """A quote: words, who, and how."""

    words: str
    who: str
    cue: str = "say"
    type: str = "direct"
    confidence: float = 0.9
    interviewer: bool = False
    topics: tuple[str, ...] = ()
    as_written: str = ""


@dataclass(frozen=True)
class Story:
    """An article whose paragraphs hold a lead of plain words and at most one quote each."""

    id: str
    paragraphs: Sequence[tuple[str, Said | None]]
    title: str = ""
    outlet: str = "The Gull"
    author: str = "Lena Orsk"
    published: str = "2024-03-05"
    language: str = "en"
    genre: str = "news"
    topics: tuple[str, ...] = ("medtop:04000000",)
    mentions: tuple[str, ...] = field(default=())
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def indexed(story: Story) -> IndexedArticle:
    """What an indexer would hand to a writer."""
    names = list(dict.fromkeys([said.who for _, said in story.paragraphs if said and said.who] + list(story.mentions)))
    keys = {name: f"{story.id}#{number}" for number, name in enumerate(names)}
    topics = tuple(RecordTopic(name, 0.9) for name in story.topics)
    text, records = "", []
    for number, (lead, said) in enumerate(story.paragraphs):
        begin = len(text)
        quote_start = begin + len(lead) + 2
        text += f"{lead} “{said.words}”" if said else lead
        end = len(text)
        mentions = tuple(keys[name] for name in story.mentions if name in lead)
        records.append(Record(
            f"{story.id}-p{number}", "paragraph", story.id, "body", len(records), begin, end, text[begin:end], begin, end,
            speakers=(keys[said.who],) if said and said.who and not said.interviewer else (), mentions=mentions, topics=topics,
        ))  # fmt: skip
        if said:
            own = tuple(RecordTopic(name, 0.8, "record") for name in said.topics)
            records.append(Record(
                f"{story.id}-q{number}", "quote", story.id, "body", len(records), quote_start, quote_start + len(said.words),
                said.words, begin, end, said.type, f"{said.cue}s", said.cue, topics=topics + own,
                attribution=Attribution(keys.get(said.who), said.as_written or said.who, rule="test", confidence=said.confidence),
                interviewer=said.interviewer,
            ))  # fmt: skip
        text += "\n\n"
    spoken = [said.who for _, said in story.paragraphs if said]
    article = StoredArticle(
        story.id, f"https://gull.example/{story.id}", story.title, story.outlet, story.author, story.published,
        story.language, story.genre, text, f"hash of {story}", topics,
        tuple(
            LocalEntity(key, name, "person", roles=story.roles.get(name, ()), quotes=spoken.count(name))
            for name, key in keys.items()
        ),
    )  # fmt: skip
    return IndexedArticle(article, tuple(records))


def tables(stories: Iterable[Story], kinds: Mapping[str, str] | None = None, **more: object) -> CollectionTables:
    """Tables in which everybody of one name is one person; "Tom Hale" and "T. Hale" are one too.

    ``kinds`` names those who are something else.
    """
    members: dict[str, list[str]] = {}
    quotes: dict[str, int] = {}
    for story in stories:
        for entity in indexed(story).article.entities:
            name = "Tom Hale" if entity.name == "T. Hale" else entity.name
            members.setdefault(name, []).append(entity.key)
            quotes[name] = quotes.get(name, 0) + entity.quotes
    people = (
        Speaker(
            id=f"id-{name.lower().replace(' ', '-')}",
            slug=name.lower().replace(" ", "-"),
            name=name,
            kind=(kinds or {}).get(name, "person"),
            aliases=(name, "T. Hale") if name == "Tom Hale" else (name,),
            members=tuple(members[name]),
            quotes=quotes[name],
            old_slugs=("thomas-hale",) if name == "Tom Hale" else (),
        )
        for name in sorted(members)
    )
    return CollectionTables(tuple(people), TERMS, extractor="test", **more)  # type: ignore[arg-type]
