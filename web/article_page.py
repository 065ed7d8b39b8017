"""One quote on its own page, and one article with every quote marked by speaker."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup, escape

from search.engine import Engine, Hit
from search.errors import NotFoundError
from search.passage import passage
from search.records import StoredArticle
from search.titles import title_of
from web.card import Card, card_of, name_of
from web.citation import cite
from web.dates import readable
from web.marked_text import Mark, marked
from web.site import site, utc_now
from web.text_fragment import original

pages = Blueprint("articles", __name__)

_COLOURS = 8  # speakers of an article are told apart by so many colours, then by name


@dataclass(frozen=True, slots=True)
class Variant:
    """A near-copy of a quote, with what is worded differently."""

    card: Card
    difference: Markup
    itself: bool


@pages.get("/quotes/<path:record_id>")
def quote(record_id: str) -> str:
    """One quote: in its paragraph, with evidence, variants and citations."""
    engine = site().engine
    hit = engine.record(record_id)
    card = card_of(hit)
    return render_template(
        "quote.html",
        card=card,
        hit=hit,
        paragraph=_paragraph(hit),
        variants=_variants(engine, hit),
        citation=cite(hit, card, site().stats(), utc_now()),
    )


def _paragraph(hit: Hit) -> Markup:
    """The paragraph that holds the record, with the record marked in it."""
    record = hit.record
    start, end = min(record.paragraph_start, record.start), max(record.paragraph_end, record.end)
    marks = [Mark(record.start, record.end, "mark")]
    if record.cue_start is not None and record.cue_end is not None:
        marks.append(Mark(record.cue_start, record.cue_end, "span", "cue"))
    return marked(hit.article.text, start, end, marks)


def _variants(engine: Engine, hit: Hit) -> list[Variant]:
    variants = []
    for record_id in hit.variants.ids if len(hit.variants.ids) > 1 else ():
        try:
            other = hit if record_id == hit.record.id else engine.record(record_id)
        except NotFoundError:  # the index was rebuilt between the two reads
            continue
        difference = Markup("") if other is hit else differing(_passage(hit), _passage(other))
        variants.append(Variant(card_of(other), difference, other is hit))
    return variants


def _passage(hit: Hit) -> str:
    """The words with those that report them: a denial is never shown without its "denied"."""
    start, end = passage(hit.record, hit.article.text)
    return hit.article.text[start:end]


def differing(one: str, other: str) -> Markup:
    """The words of ``other``, with those that ``one`` lacks in ``<ins>`` and those it lacks itself in ``<del>``."""
    before, after = one.split(), other.split()
    parts: list[str] = []
    matcher = difflib.SequenceMatcher(
        None, [w.casefold() for w in before], [w.casefold() for w in after], autojunk=False
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            parts.append(str(escape(" ".join(after[k:m]))))
            continue
        if j > i:
            parts.append(f"<del>{escape(' '.join(before[i:j]))}</del>")
        if m > k:
            parts.append(f"<ins>{escape(' '.join(after[k:m]))}</ins>")
    return Markup(" ".join(parts))  # noqa: S704 - pieces are escaped above


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of an article: colour number, name and the address of their page."""

    name: str
    slug: str
    colour: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article: plain words, or (a part of) a quote with its card."""

    words: Markup
    card: Card | None = None
    colour: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an article. ``part`` is ``headline``, ``body``, ``caption``, or ``aside`` when nothing is taken of it."""

    part: str
    anchor: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words without any marking."""
        return Markup("").join(piece.words for piece in self.pieces).unescape()


@pages.get("/articles/<path:article_id>")
def article(article_id: str) -> str:
    """The article's text with its quotes marked."""
    engine = site().engine
    stored = engine.article(article_id)
    hits = engine.article_records(article_id)
    quotes = [hit for hit in hits if hit.record.kind == "quote"]
    voices = _voices(quotes)
    blocks = _blocks(stored, hits, voices)
    headline = next((block for block in blocks if block.part == "headline" and block.text == stored.title), None)
    blocks = [block for block in blocks if block is not headline]
    return render_template(
        "article.html",
        article=stored,
        title=title_of(stored),
        date=readable(stored.published),
        headline=headline,
        blocks=blocks,
        voices=list(voices.values()),
        topics=[term for topic in stored.topics if (term := site().topics().get(topic.id))],
        quotes=len(quotes),
        original=stored.url if original(stored.url, "", 0, 0) else "",
    )


def _voices(quotes: Sequence[Hit]) -> dict[str, Voice]:
    counts: dict[str, list[Hit]] = {}
    for hit in quotes:
        counts.setdefault(_voice_key(hit), []).append(hit)
    voices = {}
    for place, (key, hits) in enumerate(counts.items()):
        speaker = hits[0].speaker if hits[0].speaker and hits[0].speaker.kind != "unnamed" else None
        voices[key] = Voice(name_of(hits[0]), speaker.slug if speaker else "", place % _COLOURS, len(hits))
    return voices


def _voice_key(hit: Hit) -> str:
    return hit.speaker.id if hit.speaker else f"?{name_of(hit)}"


def _blocks(article: StoredArticle, hits: Sequence[Hit], voices: dict[str, Voice]) -> list[Block]:
    """The whole text in order: paragraphs as records know them, and what lies between them (bylines, footers) beside."""
    paragraphs = [hit.record for hit in hits if hit.record.kind == "paragraph"]
    quotes = sorted((hit for hit in hits if hit.record.kind == "quote"), key=lambda hit: hit.record.start)
    blocks, at, shown = [], 0, set[str]()
    for record in sorted(paragraphs, key=lambda record: record.start):
        blocks.extend(_asides(article.text, at, record.start))
        inside = [hit for hit in quotes if hit.record.start < record.end and hit.record.end > record.start]
        blocks.append(
            Block(record.part, record.id, _pieces(article.text, record.start, record.end, inside, voices, shown))
        )
        at = max(at, record.end)
    blocks.extend(_asides(article.text, at, len(article.text)))
    return blocks


def _asides(text: str, start: int, end: int) -> list[Block]:
    lines = [line.strip() for line in text[start:end].splitlines()]
    return [Block("aside", "", (Piece(escape(line)),)) for line in lines if line]


def _pieces(
    text: str, start: int, end: int, quotes: Sequence[Hit], voices: dict[str, Voice], shown: set[str]
) -> tuple[Piece, ...]:
    """Cut a paragraph at its quotes; a quote over several paragraphs is noted where it begins."""
    pieces, at = [], start
    for hit in quotes:
        low, high = max(hit.record.start, at), min(hit.record.end, end)
        if low >= high:
            continue
        pieces.append(Piece(escape(text[at:low])))
        colour = voices[_voice_key(hit)].colour
        pieces.append(Piece(escape(text[low:high]), card_of(hit), colour, hit.record.id not in shown))
        shown.add(hit.record.id)
        at = high
    pieces.append(Piece(escape(text[at:end])))
    return tuple(pieces)
