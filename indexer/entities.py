"""The entities of one article as its records know them: key, fullest name, kind, aliases and roles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from typing import Protocol

from indexer.document import Document, Quote
from indexer.local_names import LocalName, LocalNames
from indexer.name_keys import SUFFIXES
from indexer.name_tokens import Tokens
from indexer.papers import shows_name
from indexer.roles import Role
from indexer.spots import Spot
from search.records import LocalEntity

_QUANTITY = re.compile(
    r"(?:(?:a|an|the|this|that|these|those|some|several|many|most|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands"
    r"|a few|a number|\d[\d,.]*) (?:of (?:the |its |his |her |their |those |these )?)?(?=\w))+",
    re.IGNORECASE,
)


_PRONOUNS = {"m": "he", "f": "she", "": ""}
_KEPT_TITLES = frozenset(
    "lord lady baron baroness viscount viscountess earl pope king queen prince princess emperor empress sultan".split()
)
"""Titles that are part of a name without a surname of its own: "Lord Vexler", "Queen Maud II"."""


def _is_share(words: str) -> bool:
    """Whether what is left of a speaker's words without their number says of how many: "29 *percent*", "four *in 10*"."""
    return words.startswith(("percent", "per cent", "in ", "out of "))


class Genders(Protocol):
    """What the article's own evidence says of an entity's gender."""

    def gender_of(self, entity: int) -> str:
        """``m``, ``f`` or empty."""


class Entities:
    """Everyone named in an article, and the unnamed who speak there.

    Args:
        document: The article.
        tokens: Its words.
        names: Everyone named.
    """

    def __init__(self, document: Document, tokens: Tokens, names: LocalNames) -> None:
        self._article = document.article.id
        self._text = document.text
        self._tokens = tokens
        self._names = names
        self._full_names: dict[int, str] = {}
        self._unnamed: dict[str, int] = {}
        self._unnamed_names: list[str] = []

    def key(self, number: int) -> str:
        """The entity key of a local name."""
        return f"{self._article}#{number}"

    def unnamed_key(self, words: str) -> str:
        """The entity key of a speaker without a name, who stands as written ("officials")."""
        quantity = _QUANTITY.match(words)
        if (
            quantity is not None
            and not words.casefold().startswith("one of ")
            and not _is_share(words[quantity.end() :])
        ):
            words = words[quantity.end() :]
        known = words.casefold()
        if known not in self._unnamed:
            self._unnamed[known] = len(self._unnamed_names)
            self._unnamed_names.append(words)
        return self.key(len(self._names.names) + self._unnamed[known])

    def name_of(self, key: str) -> str:
        """The fullest name of an entity, as it stands in the text."""
        number = int(key.rpartition("#")[2])
        total = len(self._names.names)
        return self._unnamed_names[number - total] if number >= total else self.full_name(self._names.names[number])

    def kind_of(self, key: str) -> str:
        """``person``, ``organisation`` or ``unnamed``."""
        number = int(key.rpartition("#")[2])
        if number >= len(self._names.names):
            return "unnamed"
        return "person" if self._names.names[number].is_person else "organisation"

    def role_at(self, key: str, position: int) -> str:
        """The role given to an entity at or nearest before a position; its first one when none came before."""
        number = int(key.rpartition("#")[2])
        if number >= len(self._names.names) or not self._names.names[number].roles:
            return ""
        roles = self._names.names[number].roles
        at = bisect_right(roles, position, key=lambda role: role.start) - 1
        return self._role_text(roles[max(at, 0)])

    def full_name(self, name: LocalName) -> str:
        """The written form with the most words, the first of equals."""
        known = self._full_names.get(name.number)
        if known is not None:
            return known
        best = name.spots[0] if len(name.spots) == 1 else self._fullest(name.spots)
        start = self._kept_title(best)
        full = " ".join(self._text[best.start if start is None else start : best.end].split())
        self._full_names[name.number] = full
        return full

    def _fullest(self, spots: Sequence[Spot]) -> Spot:
        """The spot that gives a name best: in the article itself rather than a headline, with most words, with a title that is part of it."""
        paragraph, headline = self._tokens.paragraph, self._tokens.headline
        if headline:
            spots = [spot for spot in spots if paragraph[spot.first] not in headline] or spots
        most = max([len(spot.words) for spot in spots])
        longest = sorted([spot for spot in spots if len(spot.words) == most])
        return next((spot for spot in longest if self._kept_title(spot) is not None), longest[0])

    def _kept_title(self, spot: Spot) -> int | None:
        """Where a name begins that has its title or article in it: "*Lord* Vexler", "*Pope* Anselm IV", "*The* Hill"; not "Lord Tom Vexler"."""
        title = spot.first - 1
        if title >= 0 and len(spot.words) == 1 and spot.kind == "organisation" and shows_name(self._tokens, title):
            return self._tokens.starts[title]
        if title < spot.title or self._tokens.lower[title] not in _KEPT_TITLES:
            return None
        if any(word.lower() not in SUFFIXES for word in spot.words[1:]) and self._tokens.lower[title] != "pope":
            return None
        return self._tokens.starts[title]

    def _role_text(self, role: Role) -> str:
        return " ".join(self._text[role.start : role.end].split())

    def found(self, quotes: Iterable[Quote], genders: Genders, besides: Container[str]) -> tuple[LocalEntity, ...]:
        """Everyone named besides those with some keys, and the unnamed who speak, with what the article says of them."""
        counts: dict[str, int] = {}
        for quote in quotes:
            if quote.attribution.entity is not None:
                counts[quote.attribution.entity] = counts.get(quote.attribution.entity, 0) + 1
        listed: list[LocalEntity] = []
        for name in self._names.names:
            key = self.key(name.number)
            if key in besides:
                continue
            full = self.full_name(name)
            written = dict.fromkeys([self._text[spot.start : spot.end] for spot in name.spots])
            written.pop(full, None)
            gender = genders.gender_of(name.number) if name.is_person else ""
            listed.append(
                LocalEntity(
                    key=key,
                    name=full,
                    kind="person" if name.is_person else "organisation",
                    aliases=tuple(written),
                    roles=tuple(dict.fromkeys(map(self._role_text, name.roles))),
                    pronouns=_PRONOUNS[gender],
                    quotes=counts.get(key, 0),
                )
            )
        for index, words in enumerate(self._unnamed_names):
            key = self.key(len(self._names.names) + index)
            listed.append(LocalEntity(key=key, name=words, kind="unnamed", quotes=counts.get(key, 0)))
        return tuple(listed)
