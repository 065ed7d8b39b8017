"""Invented articles for tests of storage: small, numbered, each with a paragraph and a quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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

PEOPLE = ("Ada Quill", "Bo Tarn", "Célia Montferrand", "Dov Ilmarinen")
TOPICS = (
    TopicTerm("medtop:01000000", "arts and culture", 1),
    TopicTerm("medtop:20000002", "festival", 2, ("medtop:01000000",)),
    TopicTerm("medtop:17000000", "weather", 1),
)


def article(number: int, words: str = "we need more sandbags", version: str = "1", outlet: str = "") -> IndexedArticle:
    """Article ``a{number}``: a paragraph and a direct quote in it. ``version`` goes into the content hash and headline."""
    name = f"a{number}"
    speaker = PEOPLE[number % len(PEOPLE)]
    text = f"The river rose again in Lindmoor. “{words},” said {speaker}, the mayor. Nobody asked Bo Tarn."
    start, end = text.index(words), text.index(words) + len(words)
    cue, who = text.index("said"), text.index(speaker, end)
    entities = (
        LocalEntity(f"{name}#0", speaker, "person", (speaker.split()[1],), ("mayor",), "she", 1),
        LocalEntity(f"{name}#1", "Bo Tarn", "person"),
    )
    stored = StoredArticle(
        id=name,
        url=f"https://lindmoor.example/{number}",
        title=f"River rises, part {version}",
        outlet=outlet or ("Lindmoor Post", "Harbour Echo", "")[number % 3],
        author="Per Writer",
        published="" if number % 7 == 6 else f"20{10 + number % 10}-0{1 + number % 9}-17",
        language="en",
        genre="news",
        text=text,
        content_hash=f"{number}:{version}:{words}",
        topics=(RecordTopic("medtop:17000000", 0.9),),
        entities=entities,
    )
    paragraph = Record(
        id=f"{name}-p", kind="paragraph", article_id=name, part="body", ordinal=0, start=0, end=len(text), text=text,
        paragraph_start=0, paragraph_end=len(text), speakers=(f"{name}#0",), mentions=(f"{name}#0", f"{name}#1"),
        topics=(RecordTopic("medtop:17000000", 0.9),),
    )  # fmt: skip
    quote = Record(
        id=f"{name}-q", kind="quote", article_id=name, part="body", ordinal=1, start=start, end=end, text=words,
        paragraph_start=0, paragraph_end=len(text), quote_type="direct", cue="said", cue_lemma="say",
        cue_start=cue, cue_end=cue + 4, topics=(RecordTopic("medtop:20000002", 0.7, "record"),),
        attribution=Attribution(f"{name}#0", speaker, who, who + len(speaker), "mayor", rule="named", confidence=0.9),
    )  # fmt: skip
    return IndexedArticle(stored, (paragraph, quote))


def tables(
    numbers: Iterable[int],
    variants: Mapping[str, str] | None = None,
    attributions: Mapping[str, str] | None = None,
    reviews: Mapping[str, Review] | None = None,
) -> CollectionTables:
    """Tables over the articles of these numbers."""
    numbers = list(numbers)
    speakers = []
    for place, name in enumerate(PEOPLE):
        spoken = [n for n in numbers if n % len(PEOPLE) == place]
        members = [f"a{n}#0" for n in spoken] + ([f"a{n}#1" for n in numbers] if name == "Bo Tarn" else [])
        speakers.append(
            Speaker(
                id=f"person-{place}",
                slug=name.lower().replace(" ", "-"),
                name=name,
                kind="person",
                aliases=(name, name.split()[1]),
                roles=(Role("mayor", "2010-01-17", "2019-09-17", len(spoken)),),
                members=tuple(members),
                quotes=len(spoken),
                old_slugs=(f"{name.split()[0].lower()}-of-lindmoor",),
            )
        )
    return CollectionTables(tuple(speakers), TOPICS, variants or {}, attributions or {}, reviews or {}, "test")
