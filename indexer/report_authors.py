"""Who wrote "the report": whoever the article names with it where it brings it in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.speaker_phrases import Phrase

_FAR = 600
_PLACES = 4
_ISSUING = frozenset(
    "released releases published publishes issued issues tabled tables filed files presented presents produced submitted unveiled wrote "
    "completed prepared posted sent sends circulated distributed shared launched".split()
)
_BY = frozenset(("by", "from"))
_SUING = frozenset(("sued", "sues", "suing"))
_SUITS = frozenset(("lawsuit", "suit", "complaint", "filing"))


class ReportAuthors:
    """Finds the authors of reports.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
    """

    def __init__(self, tokens: Tokens, names: LocalNames) -> None:
        self._tokens = tokens
        self._names = names
        self._firsts = [spot.first for spot in names.spots]

    def author(self, phrase: Phrase) -> int | None:
        """Return who wrote what a definite noun means, or None where the text does not say so.

        Orsk Health released a report. The report said ... In a report, Orsk Health said ... A report by Orsk Health came.
        """
        lower = self._tokens.lower
        looked = 0
        for at in range(phrase.first - 1, max(-1, phrase.first - _FAR), -1):
            if lower[at] == phrase.head:
                found = self._owner(at)
                if found is None:
                    found = self._behind(at)
                if found is None:
                    found = self._issuer(at)
                if found is not None:
                    return found
                looked += 1
                if looked == _PLACES:
                    break
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

    def _behind(self, at: int) -> int | None:
        """A report by Orsk Health; a suit filed by Lena Orsk; in a report to the town, Orsk Health said."""
        tokens = self._tokens
        lower, words = tokens.lower, tokens.words
        if at + 2 >= len(words):
            return None
        if lower[at + 1] in _BY:
            return self._opening(at + 2, at)
        if lower[at + 1].endswith("ed") and lower[at + 2] in _BY:
            return self._opening(at + 3, at)
        opens = next((token for token in range(at - 1, max(-1, at - 5), -1) if tokens.fresh[token]), None)
        if opens is not None and lower[opens] == "in":
            for comma in range(at + 1, min(at + 10, len(words) - 1)):
                if words[comma] == ",":
                    return self._opening(comma + 1, at)
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
        index = bisect_left(self._firsts, token)
        if index < len(self._firsts) and self._firsts[index] - token <= 1 + (tokens.lower[token] == "the"):
            return self._not_a_place(index)
        return None

    def _named_at(self, token: int) -> int | None:
        index = bisect_right(self._firsts, token) - 1
        if index < 0 or self._names.spots[index].last < token:
            return None
        return self._not_a_place(index)

    def _not_a_place(self, index: int) -> int | None:
        return None if self._names.spots[index].kind == "place" else self._names.owner[index]
