"""The tables of a generation: speakers, topics, variants and rulings, written anew with each and read piece by piece.

``speakers.*`` and ``members.*`` (blobs), ``labels`` (slug, kind and name of each speaker) with ``labels-at``,
``speaker-ids.*`` (ids, slugs and old slugs), ``entity-ids.*`` (from the keys of article-local entities to speakers),
``names.*`` (name index), ``groups.*`` (variant groups) and ``tables.json`` (the small rest).
Speakers are numbered most quoted first, then by name, then by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from search.analysis import words
from search.encoding import dump, parse
from search.errors import IndexDamagedError, NotFoundError
from search.records import CollectionTables, Review, Role, Speaker, TopicTerm
from search.whoosh import arrays
from search.whoosh.blobs import Blobs, BlobWriter
from search.whoosh.ids import Ids, IdsWriter
from search.whoosh.names import NameIndex, write_names


@dataclass(frozen=True, slots=True)
class VariantGroup:
    """Near-copies of one quote. ``quotes`` are ids, earliest first."""

    id: str
    quotes: tuple[str, ...]
    articles: int
    outlets: int


def numbered(speakers: Sequence[Speaker]) -> list[Speaker]:
    """Speakers in the order of their numbers."""
    return sorted(speakers, key=lambda speaker: (-speaker.quotes, speaker.name.casefold(), speaker.id))


def write_tables(folder: Path, speakers: Sequence[Speaker], tables: CollectionTables) -> None:
    """Write all tables but the variant groups; ``speakers`` are those of ``tables`` as :func:`numbered`."""
    people, members = BlobWriter(folder, "speakers"), BlobWriter(folder, "members")
    labels = []
    for s in speakers:
        roles = [[role.text, role.first_day, role.last_day, role.articles, role.article] for role in s.roles]
        people.append(dump([s.id, s.slug, s.name, s.kind, s.aliases, roles, s.quotes, s.old_slugs, s.wikidata]))
        members.append(dump(s.members))
        labels.append(f"{s.slug}\n{s.kind}\n{s.name}".encode("utf-8", "surrogatepass"))
    people.finish()
    members.finish()
    (folder / "labels").write_bytes(b"".join(labels))
    arrays.save(folder / "labels-at", np.cumsum([0, *map(len, labels)]), arrays.U4)
    _write_ids(folder, speakers)
    write_names(folder, ((speaker.name, *speaker.aliases) for speaker in speakers))
    rest = {
        "topics": [[term.id, term.label, term.level, term.ancestors] for term in tables.topics],
        "attributions": dict(tables.attributions),
        "reviews": {quote: asdict(review) for quote, review in tables.reviews.items()},
        "extractor": tables.extractor,
    }
    (folder / "tables.json").write_bytes(dump(rest))


def write_groups(folder: Path, groups: Sequence[VariantGroup]) -> None:
    """Write the variant groups, numbered as they come."""
    writer = BlobWriter(folder, "groups")
    for group in groups:
        writer.append(dump([group.id, group.quotes, group.articles, group.outlets]))
    writer.finish()


def _write_ids(folder: Path, speakers: Sequence[Speaker]) -> None:
    ids, entities = IdsWriter(folder, "speaker-ids"), IdsWriter(folder, "entity-ids")
    for number, speaker in enumerate(speakers):
        for key in dict.fromkeys((speaker.id, speaker.slug, *speaker.old_slugs)):
            ids.add(key, number)
        for key in speaker.members:
            entities.add(key, number)
    ids.finish()
    entities.finish()


class Entities:
    """From the key of an article-local entity to its speaker's number.

    Keys are compared by their 64-bit hashes alone: among ten million, two agree with a chance of 3 in a million.

    Attributes:
        ids: The hashes with the numbers, as arrays.
    """

    def __init__(self, ids: Ids) -> None:
        self.ids = ids

    def speaker_number(self, key: str) -> int | None:
        """The speaker that an entity is, or None."""
        found = self.ids.find(key)
        return found[0] if found else None


_MOST_LABELS = 20_000


class Tables:
    """Reads the tables of one generation. Safe from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._speakers = Blobs(folder, "speakers")
        self._members = Blobs(folder, "members")
        self._groups = Blobs(folder, "groups")
        self._labels = arrays.load_bytes(folder / "labels")
        self._labels_at = arrays.load(folder / "labels-at", arrays.U4)
        self._known_numbers: dict[str, int | None] = {}
        self._known_labels: dict[int, tuple[str, str, str]] = {}
        self._ids = Ids(folder, "speaker-ids")
        self.entities = Entities(Ids(folder, "entity-ids"))
        self._names = NameIndex(folder)
        self._content = arrays.load_bytes(folder / "tables.json")
        if len(self._members) != len(self._speakers) or len(self._labels_at) != len(self._speakers) + 1:
            raise IndexDamagedError(str(folder), "the tables of speakers do not belong together")

    def speaker_count(self) -> int:
        """How many speakers there are."""
        return len(self._speakers)

    def speaker(self, number: int, members: bool = False) -> Speaker:
        """A speaker by number; the article-local members only if asked for, since a few people have very many."""
        try:
            speaker_id, slug, name, kind, aliases, roles, quotes, old, wikidata = parse(self._speakers[number])
            return Speaker(
                id=speaker_id,
                slug=slug,
                name=name,
                kind=kind,
                aliases=tuple(aliases),
                roles=tuple(Role(*role) for role in roles),
                members=tuple(parse(self._members[number])) if members else (),
                quotes=quotes,
                old_slugs=tuple(old),
                wikidata=wikidata,
            )
        except (ValueError, TypeError) as error:
            raise IndexDamagedError(str(self._folder), f"speaker number {number} cannot be read") from error

    def label(self, number: int) -> tuple[str, str, str]:
        """Slug, name and kind of a speaker by number; those asked for are kept, since the same few head most facets."""
        known = self._known_labels.get(number)
        if known is not None:
            return known
        content = self._labels[int(self._labels_at[number]) : int(self._labels_at[number + 1])]
        slug, kind, name = content.decode("utf-8", "surrogatepass").split("\n", 2)
        if len(self._known_labels) < _MOST_LABELS:
            self._known_labels[number] = slug, name, kind
        return slug, name, kind

    def speaker_number(self, key: str) -> int | None:
        """The number of a speaker by id, slug or old slug; in this order where somebody else's old slug is the same."""
        if key in self._known_numbers:
            return self._known_numbers[key]
        found: list[tuple[int, int]] = []
        for number in self._ids.find(key):
            speaker = self.speaker(number)
            rank = (speaker.id, speaker.slug, *speaker.old_slugs)
            if key in rank:
                found.append((min(rank.index(key), 2), number))
        best = min(found)[1] if found else None
        if len(self._known_numbers) < _MOST_LABELS:
            self._known_numbers[key] = best
        return best

    def find_speaker(self, key: str) -> Speaker:
        """A speaker with members, by id, slug or old slug.

        Raises:
            NotFoundError: There is none.
        """
        number = self.speaker_number(key)
        if number is None:
            raise NotFoundError("speaker", key)
        return self.speaker(number, members=True)

    def speakers_named(self, words: Sequence[str], prefix: bool = False) -> Sequence[int]:
        """Everyone with an alias that has each of ``words`` (folded) among its words; the last may begin one."""
        found: list[int] = self._names.in_one_alias(words, prefix).tolist()
        return found

    def speakers_listed(self, query: str) -> Sequence[int]:
        """Numbers of those for whom each word of ``query`` begins a word of some alias; of everyone for no words."""
        prefixes = words(query)
        if not prefixes:
            return range(0) if query.strip() else range(self.speaker_count())
        found: list[int] = self._names.in_any_alias(prefixes).tolist()
        return found

    def group(self, number: int) -> VariantGroup:
        """A variant group by number."""
        group_id, quotes, articles, outlets = parse(self._groups[number])
        return VariantGroup(group_id, tuple(quotes), articles, outlets)

    def group_count(self) -> int:
        """How many variant groups there are."""
        return len(self._groups)

    @cached_property
    def _rest(self) -> dict[str, Any]:
        try:
            return {str(key): value for key, value in parse(bytes(self._content)).items()}
        except (ValueError, AttributeError) as error:
            raise IndexDamagedError(str(self._folder), "tables.json cannot be read") from error

    @cached_property
    def topics(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id, in its own order."""
        terms = (TopicTerm(name, label, level, tuple(above)) for name, label, level, above in self._rest["topics"])
        return {term.id: term for term in terms}

    @cached_property
    def topic_labels(self) -> Mapping[str, tuple[str, int, str]]:
        """Label, level and the topic above, by id."""
        return {
            name: (term.label, term.level, term.ancestors[-1] if term.ancestors else "")
            for name, term in self.topics.items()
        }

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""
        return self.topics

    @cached_property
    def attributions(self) -> Mapping[str, str]:
        """Quote id -> speaker id, as readers corrected it."""
        return {str(quote): str(speaker) for quote, speaker in self._rest["attributions"].items()}

    @cached_property
    def reviews(self) -> Mapping[str, Review]:
        """Quote id -> ruling."""
        return {quote: Review(**review) for quote, review in self._rest["reviews"].items()}

    @property
    def extractor(self) -> str:
        """Version of the extractor that made the records."""
        return str(self._rest["extractor"])

    def everything(self) -> CollectionTables:
        """All tables in memory, as a writer wants them."""
        groups = (self.group(number) for number in range(self.group_count()))
        return CollectionTables(
            speakers=tuple(self.speaker(number, members=True) for number in range(self.speaker_count())),
            topics=tuple(self.topics.values()),
            variants={quote: group.id for group in groups for quote in group.quotes},
            attributions=self.attributions,
            reviews=self.reviews,
            extractor=self.extractor,
        )
