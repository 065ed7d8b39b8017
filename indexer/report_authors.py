"""Who wrote "the report": whoever the article names with it where it brings it in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TypeAlias

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.speaker_phrases import Phrase

_FAR = 600
_PLACES = 4
_NEAR = 6
_ISSUING = frozenset(
    "released releases published publishes issued issues tabled tables filed files presented presents produced submitted unveiled wrote "
    "completed prepared posted sent sends circulated distributed shared launched".split()
)
_BY = frozenset(("by", "from"))
_ARTICLES = frozenset("a an its his her their the".split())
_SAID = frozenset("said says wrote added announced confirmed stated warned".split())
_BOOKS = frozenset("book memoir novel autobiography biography".split())
_SUING = frozenset(("sued", "sues", "suing"))
_SUITS = frozenset(("lawsuit", "suit", "complaint", "filing"))

ByNoun: TypeAlias = Callable[[Phrase], int | None]


class ReportAuthors:
    """Finds the authors of reports.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
    """

    def __init__(self, tokens: Tokens, names: LocalNames) -> None:
        self._tokens = tokens
        self._names = names

    def author(self, phrase: Phrase, by_noun: ByNoun) -> int | None:
        """Return who wrote what a definite noun means, or None where the text does not say so.

        Args:
            phrase: The noun.
            by_noun: Tells which organisation a definite noun means (not kept: two that hold each other outlive their article).

        Orsk Health released a report. The report said ... In a report, Orsk Health said ... A report by Orsk Health came.
        """
        lower = self._tokens.lower
        looked = 0
        for at in range(phrase.first - 1, max(-1, phrase.first - _FAR), -1):
            if lower[at] == phrase.head:
                found = self._owner(at)
                if found is None:
                    found = self._behind(at, by_noun)
                if found is None:
                    found = self._issuer(at)
                if found is None:
                    found = self._in_it(at, by_noun)
                looked += 1
                if found is not None or looked == _PLACES or self._somebody_says_in(at):
                    return found
            elif lower[at] in _SUING and phrase.head in _SUITS:
                return self._named_at(at - 1)
        return None

    def _owner(self, at: int) -> int | None:
        """Orsk Health's latest report; an Orsk Health report; Orsk Health, whose report came."""
        if self._tokens.lower[at - 1] == "whose":
            return self._named_at(at - 2 - (self._tokens.words[at - 2] == ","))
        if (named := self._named_at(at - 1)) is not None and not self._names.names[named].is_person:
            return named
        for token in range(at - 1, max(-1, at - 4), -1):
            if self._tokens.owner[token]:
                return self._named_at(token)
        return None

    def _behind(self, at: int, by_noun: ByNoun) -> int | None:
        """A report by Orsk Health; a suit filed by Lena Orsk; in a report to the town, Orsk Health said."""
        tokens = self._tokens
        lower, words = tokens.lower, tokens.words
        if at + 2 >= len(words):
            return None
        if lower[at + 1] in _BY:
            return self._writer(at + 2, at) if lower[at] in _BOOKS else self._opening(at + 2, at)
        if lower[at + 1].endswith("ed") and lower[at + 2] in _BY:
            return self._opening(at + 3, at)
        if self._opening_in(at) is not None:
            for comma in range(at + 1, min(at + 10, len(words) - 1)):
                if words[comma] == ",":
                    found = self._opening(comma + 1, at)
                    if found is not None or lower[comma + 1] != "the":
                        return found
                    nouns = range(comma + 2, min(comma + 5, len(words)))
                    return next((n for noun in nouns if (n := self._noun(noun, by_noun)) is not None), None)
        return None

    def _opening_in(self, at: int) -> int | None:
        """The "in" that opens the sentence right before what is written: "*In* a report to the town"."""
        tokens = self._tokens
        opens = next((token for token in range(at - 1, max(-1, at - 5), -1) if tokens.fresh[token]), None)
        return opens if opens is not None and tokens.lower[opens] == "in" else None

    def _in_it(self, at: int, by_noun: ByNoun) -> int | None:
        """Orsk Health, in a report, said; Orsk Health said in a report; the company said in a report."""
        tokens = self._tokens
        lower = tokens.lower
        if (
            at < 4
            or lower[at - 1] not in _ARTICLES
            or lower[at - 2] != "in"
            or tokens.sentence[at - 4] != tokens.sentence[at]
        ):
            return None
        if tokens.words[at - 3] == "," or lower[at - 3] in _SAID:
            found = self._named_at(at - 4)
            return found if found is not None else self._noun(at - 4, by_noun)
        return None

    def _somebody_says_in(self, at: int) -> bool:
        """Whether it is brought in by somebody whom no name tells: "In a report, she said"."""
        opens = self._opening_in(at)
        return opens is not None and self._tokens.lower[at - 1] in _ARTICLES

    def _noun(self, token: int, by_noun: ByNoun) -> int | None:
        """The organisation that a noun ending at a token means: "*the energy company* said in a report"."""
        tokens = self._tokens
        for first in range(token - 1, max(-1, token - 4), -1):
            if tokens.lower[first] == "the":
                start, end = tokens.starts[first], tokens.ends[token]
                return by_noun(Phrase(start, end, "noun", None, tokens.lower[token], first, token + 1, True))
            if not tokens.words[first].islower():
                break
        return None

    def _issuer(self, at: int) -> int | None:
        """Orsk Health released a report; put out a report."""
        tokens = self._tokens
        verb = next((t for t in range(at - 1, max(-1, at - 7), -1) if self._issues(t)), -1)
        if verb < 0 or tokens.sentence[verb] != tokens.sentence[at]:
            return None
        token = verb - 1
        while token > 0 and tokens.lower[token] in ("also", "has", "have", "had", "recently", "just"):
            token -= 1
        return self._named_at(token)

    def _issues(self, token: int) -> bool:
        lower = self._tokens.lower
        return lower[token] in _ISSUING or (lower[token] in ("put", "puts") and lower[token + 1] == "out")

    def _opening(self, token: int, sentence_of: int) -> int | None:
        """The name that begins at a token, behind an article."""
        tokens = self._tokens
        if tokens.sentence[token] != tokens.sentence[sentence_of]:
            return None
        index = bisect_left(self._names.at.firsts, token)
        if index < len(self._names.at.firsts) and self._names.at.firsts[index] - token <= 1 + (
            tokens.lower[token] == "the"
        ):
            return self._not_a_place(index)
        return None

    def _writer(self, token: int, sentence_of: int) -> int | None:
        """The first person near behind a token: "a book by Harbour Wire reporter *Lena Orsk*"."""
        for index in range(bisect_left(self._names.at.firsts, token), len(self._names.at.firsts)):
            spot = self._names.spots[index]
            if spot.first > token + _NEAR or self._tokens.sentence[spot.first] != self._tokens.sentence[sentence_of]:
                return None
            if self._names.names[self._names.owner[index]].is_person:
                return self._names.owner[index]
        return None

    def _named_at(self, token: int) -> int | None:
        index = self._names.at.spot_at(token)
        return None if index is None else self._not_a_place(index)

    def _not_a_place(self, index: int) -> int | None:
        return None if self._names.spots[index].kind == "place" else self._names.owner[index]
