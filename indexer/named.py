"""Which of the names in an article are people or organisations that it mentions.

Left out, unless words are credited to them or addressed to them, are

- places: "in Orlia", "the north of Laria", "Kesmark, Ontario", a name that stands nowhere but behind "in" or "near" ("in Kesmark");
- a single word that has its capital only where a sentence begins, of which the article gives no other sign: "Tell me", "Um, no".

A turn's own label ("ANN LEE:") says who speaks; it mentions nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.document import EntityMention, Quotation, Quote
from indexer.local_names import LocalName
from indexer.located import is_located
from indexer.mentions import People
from indexer.name_tokens import Tokens
from search.records import LocalEntity

_WITHIN = frozenset(("in", "near", "across", "outside", "throughout"))
_BREAKS = frozenset(":)]*•—–")
_MANY = 100
_SIGN = -0.5
"""Evidence against a person that makes an organisation: "the Courier", "which"."""


@dataclass(frozen=True, slots=True)
class Named:
    """People and organisations of an article, and where they are named, in text order."""

    entities: tuple[LocalEntity, ...]
    mentions: tuple[EntityMention, ...]


def find_named(people: People, quotations: Sequence[Quotation], quotes: Sequence[Quote]) -> Named:
    """Keep of everyone found those who speak, are spoken to, or are mentioned."""
    names = people.names.names
    others = {people.key_of(name.number) for name in names if not is_mentioned(people.tokens, name)} - _parties(quotes)
    entities = people.entities(quotes, besides=others)
    mentions = (mention for mention in people.mentions if mention.entity not in others)
    return Named(entities, tuple(_without_labels(mentions, quotations)))


def is_mentioned(tokens: Tokens, name: LocalName) -> bool:
    """Whether a name is a person's or an organisation's, by what its places in the text show."""
    if name.is_person or not name.spots:
        return name.is_person
    if all(spot.kind == "place" or _within(tokens, spot.first) for spot in name.spots):
        return False
    if any(spot.kind in ("single", "person") and is_located(tokens, spot) for spot in name.spots[:_MANY]):
        return False
    unsure = all(spot.kind == "single" and _must_be_capital(tokens, spot.first) for spot in name.spots)
    return not unsure or name.person <= _SIGN


def _parties(quotes: Iterable[Quote]) -> set[str]:
    """The keys of everyone who speaks, is addressed, or passes on what others said."""
    said = [quote.attribution for quote in quotes]
    return {key for one in said for key in (one.entity, one.addressee, one.relayed_by) if key is not None}


def _must_be_capital(tokens: Tokens, first: int) -> bool:
    """Whether a word would have its capital there whatever it is; a letter alone always has it."""
    return tokens.fresh[first] or tokens.words[first - 1] in _BREAKS or len(tokens.words[first]) == 1


def _within(tokens: Tokens, first: int) -> bool:
    return first > 0 and tokens.lower[first - 1] in _WITHIN


def _without_labels(mentions: Iterable[EntityMention], quotations: Sequence[Quotation]) -> Iterator[EntityMention]:
    labels = sorted((q.source.start, q.source.end) for q in quotations if q.type == "turn" and q.source is not None)
    at = 0
    for mention in mentions:
        while at < len(labels) and labels[at][1] <= mention.start:
            at += 1
        if at == len(labels) or mention.start < labels[at][0] or mention.end > labels[at][1]:
            yield mention
