"""Articles, records and speakers to the cluster's documents and back."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from search.encoding import dump, dump_article, dump_record, parse, parse_article, parse_record
from search.opensearch.words import stems_of, words_of
from search.records import CollectionTables, LocalEntity, Record, Review, Role, Speaker, StoredArticle
from search.roles import called

Document = dict[str, Any]

LONGEST_NAME = 500
"""Bytes of a document's name; a cluster takes 512."""


def document_name(sort: str, own: str) -> str:
    """The ``_id`` of a record, article or speaker; of an id that is too long (an address with a query) its hash."""
    name = f"{sort[0]}:{own}"
    raw = name.encode("utf-8", "surrogatepass")
    return name if len(raw) <= LONGEST_NAME else f"{sort[0]}#{hashlib.sha256(raw).hexdigest()}"


@dataclass(frozen=True)
class Overlay:
    """What a generation's tables say about records: who the entities are, variant groups, rulings.

    Attributes:
        speaker_of: Entity key -> speaker id.
        ancestors: Topic id -> the topics above it, top level first.
    """

    speaker_of: Mapping[str, str] = field(default_factory=dict)
    ancestors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    attributions: Mapping[str, str] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: CollectionTables) -> Overlay:
        """Turn tables around for look-up."""
        return cls(
            speaker_of={key: speaker.id for speaker in tables.speakers for key in speaker.members},
            ancestors={term.id: term.ancestors for term in tables.topics},
            variants=tables.variants,
            attributions=tables.attributions,
            reviews=tables.reviews,
        )


Known = Mapping[str, LocalEntity]
"""The entities of an article, by key."""


def record_document(record: Record, article: StoredArticle, known: Known, overlay: Overlay) -> Document:
    """A record as it is indexed; empty fields are left out."""
    quote = record.kind == "quote"
    topics = [above for t in record.topics for above in (*overlay.ancestors.get(t.id, ()), t.id)]
    text_words = words_of(record.text)
    document: Document = {
        "sort": "record",
        "id": record.id,
        "article_id": article.id,
        "ordinal": record.ordinal,
        "kind": record.kind,
        "part": record.part,
        "quote_type": record.quote_type,
        "cue": record.cue_lemma,
        "outlet": article.outlet,
        "author": article.author,
        "lang": article.language,
        "genre": article.genre,
        "published": article.day,
        "topic": list(dict.fromkeys(topics)),
        "entities": list(dict.fromkeys([*_speaker_keys(record), *record.mentions])),
        "confidence": (record.attribution.confidence if record.attribution else 0.0) if quote else 1.0,
        "text_words": " ".join(text_words),
        "text_stems": " ".join(stems_of(text_words)),
        "title_stems": " ".join(stems_of(words_of(article.title))),
        **table_fields(record, article, known, overlay),
    }
    for name in ("outlet", "author", "kind", "cue", "lang"):
        document[f"{name}_words"] = " ".join(words_of(document[name]))
    document = {name: value for name, value in document.items() if value not in ("", [], None)}
    document["interviewer"] = record.interviewer
    return document


def table_fields(record: Record, article: StoredArticle, known: Known, overlay: Overlay) -> Document:
    """What the collection's tables say of a record, empty fields too: sent alone, it replaces what they said before."""
    people, roles = _people(_speaker_keys(record), overlay), called(record, known)
    if record.id in overlay.attributions:  # what the article calls whoever did not say it is not theirs
        people, roles = [overlay.attributions[record.id]] if overlay.attributions[record.id] else [], ()
    review = overlay.reviews.get(record.id)
    return {
        "speaker": people,
        "role_words": " ".join(roles),
        "mentions": _people(record.mentions, overlay),
        "review": (review.status if review else "unreviewed") if record.kind == "quote" else None,
        "group": overlay.variants.get(record.id, record.id),
        "variant": overlay.variants.get(record.id),
        "blob": pack({"record": dump_record(record, article).decode("utf-8", "surrogatepass"),
                      "review": asdict(review) if review else None}),
    }  # fmt: skip


def _speaker_keys(record: Record) -> list[str]:
    said = record.attribution
    return [said.entity] if record.kind == "quote" and said and said.entity else list(record.speakers)


def read_record(document: Mapping[str, Any], article: StoredArticle) -> tuple[Record, Review | None]:
    """A record as it was stored, and its ruling."""
    blob = unpack(document["blob"])
    record = parse_record(blob["record"].encode("utf-8", "surrogatepass"), document["id"], article)
    return record, Review(**blob["review"]) if blob["review"] else None


def article_document(article: StoredArticle) -> Document:
    """An article as it is kept; it is not searched."""
    return {
        "sort": "article",
        "id": article.id,
        "article_id": article.id,
        "content_hash": article.content_hash,
        "blob": _squeeze(dump_article(article)),
    }


def read_article(document: Document) -> StoredArticle:
    """An article as it was stored."""
    return parse_article(_stretch(document["blob"]))


def speaker_document(speaker: Speaker) -> Document:
    """A speaker, found by the words of all names."""
    aliases = dict.fromkeys((speaker.name, *speaker.aliases))
    return {
        "sort": "speaker",
        "id": speaker.id,
        "keys": list(dict.fromkeys((speaker.id, speaker.slug, *speaker.old_slugs))),
        "order": " ".join(words_of(speaker.name)),
        "alias_words": [" ".join(words_of(alias)) for alias in aliases],
        "quotes": speaker.quotes,
        "blob": pack({**asdict(speaker), "members": ()}),
        "members": pack(speaker.members),
    }


SPEAKER_SHOWN = ["sort", "blob"]
"""Fields that tell everything of a speaker but the members: of somebody much quoted these are many, and pages show none."""


def read_speaker(document: Document) -> Speaker:
    """A speaker as stored; without members if the document is read without them."""
    fields = unpack(document["blob"])
    if "members" in document:
        fields["members"] = unpack(document["members"])
    tuples: Mapping[str, Callable[[Any], Any]] = {
        "aliases": tuple,
        "members": tuple,
        "old_slugs": tuple,
        "roles": lambda roles: tuple(Role(**role) for role in roles),
    }
    return Speaker(**{name: tuples.get(name, lambda value: value)(value) for name, value in fields.items()})


def pack(value: object) -> str:
    """Any JSON value as text that the cluster stores and does not look into."""
    return _squeeze(dump(value))


def unpack(text: str) -> Any:
    """What :func:`pack` was given."""
    return parse(_stretch(text))


def _squeeze(content: bytes) -> str:
    return base64.b85encode(zlib.compress(content, 6)).decode("ascii")


def _stretch(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


def _people(keys: list[str] | tuple[str, ...], overlay: Overlay) -> list[str]:
    found = (overlay.speaker_of.get(key) for key in keys)
    return list(dict.fromkeys(person for person in found if person is not None))
