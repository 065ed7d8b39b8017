"""What is stored: articles, records, the people in them, and the one field table.

Everything that must agree about fields (engine schemas and mappings, filters, facets, API parameters, query prefixes,
help page) is derived from :data:`FIELDS`; nothing else lists them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FORMAT_VERSION = 2
"""Version of the stored format; an index of another version is refused with a clear message."""

KINDS = ("quote", "paragraph")
PARTS = ("headline", "body", "caption")
QUOTE_TYPES = ("direct", "indirect", "mixed", "turn")
SPEAKER_KINDS = ("person", "organisation", "unnamed", "none")
GENRES = ("news", "interview", "transcript", "press-release", "opinion")
REVIEWS = ("unreviewed", "confirmed", "corrected", "disputed")


class FieldType(enum.Enum):
    """How a field is matched."""

    TEXT = "text"  # analysed words: stems, and words as written
    WORDS = "words"  # words as written, in no order
    KEYWORD = "keyword"  # one exact value
    IDENTITY = "identity"  # article-local people, mapped to speakers by the generation's table
    TOPIC = "topic"  # topic ids with their ancestors
    DAY = "day"  # calendar day; facet by month
    NUMBER = "number"  # 0..1


@dataclass(frozen=True, slots=True)
class Field:
    """One searchable field of a record.

    Attributes:
        name: Name in records, API parameters, facets and UI.
        type: How it is matched.
        label: What a person reads above its facet.
        help: One sentence for help page and API description.
        multi: Whether a record can have several values.
        prefix: Query prefix without the colon (``speaker``), or empty.
        param: API filter parameter (repeatable), or empty.
        facet: Facet name, or empty.
        values: The closed list of values, or empty when open.
    """

    name: str
    type: FieldType
    label: str
    help: str
    multi: bool = False
    prefix: str = ""
    param: str = ""
    facet: str = ""
    values: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("text", FieldType.TEXT, "Text", "The words of the quote or paragraph."),
    Field("title", FieldType.TEXT, "Headline", "The headline of the article; its words also count for ranking.", prefix="title"),
    Field("speaker", FieldType.IDENTITY, "Speaker", "Who is reported to have said it; on a paragraph, the speakers of its quotes.",
          multi=True, prefix="speaker", param="speaker", facet="speaker"),
    Field("mentions", FieldType.IDENTITY, "Mentioned", "People and organisations named in the text, speaking or not.",
          multi=True, prefix="mentions", param="mentions", facet="mentions"),
    Field("role", FieldType.WORDS, "Role", "What its article calls the speaker: an office, a title, a profession.",
          multi=True, prefix="role"),
    Field("topic", FieldType.TOPIC, "Topic", "IPTC Media Topics; a topic finds everything below it too.",
          multi=True, prefix="topic", param="topic", facet="topic"),
    Field("outlet", FieldType.KEYWORD, "Outlet", "The publisher of the article.", prefix="outlet", param="outlet", facet="outlet"),
    Field("author", FieldType.KEYWORD, "Author", "The byline of the article.", prefix="author", param="author", facet="author"),
    Field("kind", FieldType.KEYWORD, "Kind", "quote or paragraph.", prefix="kind", param="kind", facet="kind", values=KINDS),
    Field("quote_type", FieldType.KEYWORD, "Quote type", "direct, indirect, mixed, or turn (of an interview or transcript).",
          param="quote_type", facet="quote_type", values=QUOTE_TYPES),
    Field("cue", FieldType.KEYWORD, "Cue", "The reporting word, by its dictionary form.", prefix="cue", param="cue", facet="cue"),
    Field("lang", FieldType.KEYWORD, "Language", "Language code of the article.", prefix="lang", param="lang", facet="lang"),
    Field("part", FieldType.KEYWORD, "Part", "headline, body or caption.", param="part", facet="part", values=PARTS),
    Field("genre", FieldType.KEYWORD, "Genre", "Kind of article.", param="genre", facet="genre", values=GENRES),
    Field("review", FieldType.KEYWORD, "Review", "What a reader of this collection has ruled about the quote.",
          param="review", facet="review", values=REVIEWS),
    Field("published", FieldType.DAY, "Published", "Day of publication in the article's own zone.", facet="month"),
    Field("confidence", FieldType.NUMBER, "Confidence", "How sure the attribution is, 0 to 1."),
)  # fmt: skip

FIELD: Mapping[str, Field] = MappingProxyType({f.name: f for f in FIELDS})
PREFIXES: Mapping[str, Field] = MappingProxyType({f.prefix: f for f in FIELDS if f.prefix})
PARAMS: Mapping[str, Field] = MappingProxyType({f.param: f for f in FIELDS if f.param})
FACETS: Mapping[str, Field] = MappingProxyType({f.facet: f for f in FIELDS if f.facet})


@dataclass(frozen=True, slots=True)
class RecordTopic:
    """A topic given to an article or a record.

    Attributes:
        id: IPTC id, ``medtop:01000000``.
        score: 0..1.
        origin: ``publisher``, ``article`` (inherited from it) or ``record`` (its own words).
    """

    id: str
    score: float = 1.0
    origin: str = "article"


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """One term of the topic vocabulary as stored with a generation. ``ancestors`` run from the top level down."""

    id: str
    label: str
    level: int
    ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """A person, organisation or unnamed speaker as ONE article knows them.

    Attributes:
        key: ``{article id}#{n}``: what records point at. Never shown to people.
        name: The fullest name in the article, or the unnamed speaker's words ("officials").
        kind: ``person``, ``organisation`` or ``unnamed``.
        aliases: Every other way the article writes the name, without pronouns.
        roles: Roles and titles the article gives ("spokeswoman for the ministry"), in order of appearance.
        pronouns: The pronoun forms bound to them in the article: ``he``, ``she``, ``they``, ``it``, or empty.
        quotes: How many quotes of the article are theirs.
    """

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    pronouns: str = ""
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a quote is attributed to, and why.

    Offsets are characters into the article's text. ``entity`` is a :class:`LocalEntity` key or None when nobody is named.

    Attributes:
        entity: Key of the speaker in this article, or None.
        as_written: The speaker's words in the text ("she", "the minister"), or empty.
        start: Where ``as_written`` begins, or None.
        end: Where it ends, or None.
        role: The role given at or nearest before this place, or empty.
        links: The readable chain that led from the words to the name.
        rule: Name of the rule that decided, with a short reason.
        confidence: 0..1, calibrated.
        addressee: Entity key of whom it was told to, or None.
        relayed_by: Entity key of who passed it on ("as reported by Hurriyet"), or None.
    """

    entity: str | None
    as_written: str = ""
    start: int | None = None
    end: int | None = None
    role: str = ""
    links: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 0.0
    addressee: str | None = None
    relayed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """The unit of search: one quote or one paragraph of one article.

    ``text == article.text[start:end]`` always.

    Attributes:
        id: Stable id; of a quote: from article id, normalised text and occurrence.
        kind: ``quote`` or ``paragraph``.
        article_id: The article it stands in.
        part: ``headline``, ``body`` or ``caption``.
        ordinal: Place in the article in reading order, from 0, over all its records.
        start: First character in the article's text.
        end: One past the last character.
        text: The words.
        paragraph_start: Where the paragraph (or paragraphs) that hold it begin.
        paragraph_end: Where they end.
        quote_type: ``direct indirect mixed turn``, or empty on a paragraph.
        cue: The reporting words as written, or empty.
        cue_lemma: Their dictionary form, or empty; the value of the cue facet.
        cue_start: Where the cue begins, or None.
        cue_end: Where it ends, or None.
        attribution: Who said it; None on a paragraph.
        speakers: On a paragraph: entity keys of the speakers of its quotes.
        mentions: Entity keys of everyone named in it.
        topics: Its topics, best first, without ancestors.
        interviewer: True on a turn of the one who asks; left out of results unless asked for.
    """

    id: str
    kind: str
    article_id: str
    part: str
    ordinal: int
    start: int
    end: int
    text: str
    paragraph_start: int
    paragraph_end: int
    quote_type: str = ""
    cue: str = ""
    cue_lemma: str = ""
    cue_start: int | None = None
    cue_end: int | None = None
    attribution: Attribution | None = None
    speakers: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    topics: tuple[RecordTopic, ...] = ()
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with what the extractor found in it, as the article store keeps it.

    Attributes:
        published: ISO 8601 at its own precision (``2024-03-05`` or ``2024-03-05T14:30+01:00``), or empty.
        content_hash: Of everything that indexing depends on; equal means nothing to do.
        topics: Article-level topics, best first.
        entities: The people and organisations of this article.
    """

    id: str
    url: str
    title: str
    outlet: str
    author: str
    published: str
    language: str
    genre: str
    text: str
    content_hash: str
    topics: tuple[RecordTopic, ...] = ()
    entities: tuple[LocalEntity, ...] = ()

    @property
    def day(self) -> str:
        """The calendar day of publication in the article's own zone (``YYYY-MM-DD``), or empty."""
        return self.published[:10] if len(self.published) >= 10 else ""


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """What a writer takes: an article and all its records in reading order."""

    article: StoredArticle
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role somebody is given, with when and in how many articles it was read, and the earliest of these.

    Days are empty when the articles are undated.
    """

    text: str
    first_day: str = ""
    last_day: str = ""
    articles: int = 1
    article: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person or organisation across the whole collection.

    Attributes:
        id: Opaque and permanent.
        slug: For addresses; ``old_slugs`` redirect to it.
        name: Canonical name.
        kind: ``person``, ``organisation`` or ``unnamed``.
        aliases: Every way the collection writes them, the name first.
        members: The :class:`LocalEntity` keys that are this speaker.
        quotes: Number of quotes attributed to them.
    """

    id: str
    slug: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    members: tuple[str, ...] = ()
    quotes: int = 0
    old_slugs: tuple[str, ...] = ()
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A reader's ruling on one quote."""

    status: str
    by: str = ""
    day: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CollectionTables:
    """What is known of the collection as a whole; written anew with every generation.

    Attributes:
        speakers: Everyone, each with the article-local entities that are theirs.
        topics: The vocabulary that the records' topics come from.
        variants: Quote id -> variant group id, only for quotes that have a near-copy in another article.
        attributions: Quote id -> speaker id, where a reader corrected the attribution ("" = nobody).
        reviews: Quote id -> ruling.
        extractor: Version of the extractor that made the records.
    """

    speakers: tuple[Speaker, ...] = ()
    topics: tuple[TopicTerm, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    attributions: Mapping[str, str] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    extractor: str = ""
