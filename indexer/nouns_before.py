"""The noun that "it" or "they" goes back to, where no name is what it means: the union, a letter, residents."""

from __future__ import annotations

from bisect import bisect_left

from indexer.name_tokens import Tokens
from indexer.names_at import NamesAt
from indexer.noun_words import PREPOSITIONS, is_verb
from indexer.people_words import W, plural_of_role

_DETERMINERS = frozenset("the a an its this that his her their".split())
_BY = frozenset(("by", "from"))
_ENDS = frozenset('to about on in for after of that which , . ; : which who " “ ”'.split())
_BODY = W.COLLECTIVE | W.ORGANISATION
_WRITTEN_OR_BODY = _BODY | W.REPORT
_LONGEST = 6
_NO_PEOPLE = frozenset("percent they those some several many most both all everyone".split())
_JOINING = frozenset("but and though although while because".split())
_STATE = frozenset("city state province country nation kingdom republic maker family media brand site website".split())
"""Nouns of places, things and crowds: "it" behind them is hardly somebody who speaks."""


class NounsBefore:
    """Finds nouns in the sentence before a pronoun.

    Args:
        tokens: Of the article.
        named: Tells where its names stand.
    """

    def __init__(self, tokens: Tokens, named: NamesAt) -> None:
        self._tokens = tokens
        self._named_at = named

    def find(self, pronoun: int) -> range | None:
        """Return the tokens of the noun phrase that "it" means, or None.

        It opens the clause that "it" is joined to, or stands in the sentence before.
        """
        tokens = self._tokens
        if (subject := self._joined(pronoun)) is not None:
            return subject
        number = tokens.sentence[pronoun] - 1
        first = bisect_left(tokens.sentence, number)
        stop = bisect_left(tokens.sentence, number + 1)
        if first >= stop or tokens.paragraph[pronoun] - tokens.paragraph[first] > 1:
            return None
        return self._subject(first, stop) or self._written(first, stop)

    def _joined(self, pronoun: int) -> range | None:
        """Rule "joined clauses": behind a conjunction "it" is the subject that opens the sentence, not a name within its object.

        *The bank* would not speak of its talks with the Harbour Union, but it said ...  ->  the bank
        """
        tokens = self._tokens
        if not pronoun or tokens.lower[pronoun - 1] not in _JOINING:
            return None
        first = bisect_left(tokens.sentence, tokens.sentence[pronoun])
        return self._subject(first, pronoun) if first < pronoun else None

    def several(self, pronoun: int) -> range | None:
        """Return the tokens of the plural noun that opens the sentence before "they", or None.

        Residents of the hill are angry. The officers came back. Police closed the bridge.
        """
        tokens = self._tokens
        number = tokens.sentence[pronoun] - 1
        first = bisect_left(tokens.sentence, number)
        stop = bisect_left(tokens.sentence, number + 1)
        if first >= stop or tokens.paragraph[pronoun] - tokens.paragraph[first] > 1:
            return None
        for at in range(first, min(first + _LONGEST, stop - 1)):
            word = tokens.lower[at]
            if not word[0].isalnum() or self._named(at) or tokens.owner[at] or word in PREPOSITIONS:
                return None
            people = tokens.bits[at] & W.PLURAL and word not in _NO_PEOPLE or plural_of_role(word)
            if people and not tokens.bits[at + 1] & (W.ROLE | W.COLLECTIVE | W.PLURAL):
                return range(first, at + 1)
            if is_verb(word) and at > first:
                return None
        return None

    def _subject(self, first: int, stop: int) -> range | None:
        """The union disputes that. The port authority said it would wait."""
        tokens = self._tokens
        if tokens.lower[first] not in _DETERMINERS:
            return None
        for at in range(first + 1, min(first + _LONGEST, stop - 1)):
            if not tokens.words[at][0].isalpha() or self._named(at):
                return None
            ends = not tokens.bits[at + 1] & (_BODY | W.ROLE) and tokens.lower[at + 1] != "of"
            if tokens.bits[at] & _WRITTEN_OR_BODY and ends and tokens.lower[at] not in _STATE and not tokens.owner[at]:
                return range(first, at + 1)
            if is_verb(tokens.lower[at]) or tokens.bits[at] & W.ROLE:
                return None
        return None

    def _written(self, first: int, stop: int) -> range | None:
        """Staff got a short e-mail from the head. A letter by Lena Orsk came."""
        tokens = self._tokens
        for at in range(first + 1, stop - 2):
            if not tokens.bits[at] & W.REPORT or tokens.lower[at + 1] not in _BY or self._named(at):
                continue
            end = at + 2
            while end < stop and tokens.lower[end] not in _ENDS and end - at < 8:
                end += 1
            return range(at + 2, end) if end > at + 2 else None
        return None

    def _named(self, token: int) -> bool:
        return self._named_at.spot_at(token) is not None
