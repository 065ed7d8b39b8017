"""Whom the text speaks of just now: the last speaker, whom pronouns and descriptions go back to even without a name.

A neighbour said the road was shut. She had heard a bang, *she* said.       the neighbour, who has no name
Hale asked for calm. “I am no doctor,” *the mother of three* said.          Hale
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from indexer.discourse import Discourse
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import tells_age
from indexer.people_words import W
from indexer.speaker_phrases import Phrase
from indexer.word_table import HE

_DESCRIBING = frozenset(
    "native resident mother father grandmother grandfather mom mum dad veteran rookie star singer actor actress author novelist musician "
    "retiree pensioner farmer rancher entrepreneur billionaire businessman businesswoman survivor pontiff monarch tycoon mogul champion "
    "forward winger centre center blueliner netminder goalie goaltender defenceman defenseman striker midfielder goalkeeper quarterback pitcher skater swimmer sprinter "
    "teenager teen elder politician lawmaker democrat republican liberal conservative woman man".split()
)
_NOT_A_PERSON = W.COLLECTIVE | W.REPORT | W.PLURAL | W.ORGANISATION
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class _Last:
    """The latest words in a speaker's place, and whom they mean."""

    phrase: Phrase
    key: str
    kind: str


class Focus:
    """The last speaker of an article as it goes on.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        discourse: Knows what gender the article gives them, and what stands in quotation marks.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, discourse: Discourse) -> None:
        self._tokens = tokens
        self._names = names
        self._discourse = discourse
        self._spot_firsts = [spot.first for spot in names.spots]
        self._last: _Last | None = None
        self._unnamed: Phrase | None = None  # the words that first meant the unnamed speaker in focus

    def spoke(self, phrase: Phrase, key: str, kind: str) -> None:
        """Take note of a speaker."""
        if self._last is not None and phrase.first < self._last.phrase.first:
            return
        if phrase.form != "pronoun":
            self._unnamed = phrase if kind == "unnamed" else None
        elif kind != "unnamed":
            self._unnamed = None
        self._last = _Last(phrase, key, kind)

    def unnamed(self, phrase: Phrase, bound: int | None) -> str | None:
        """The unnamed speaker just before, if "he" or "she" goes back to it rather than to the name ``bound``.

        A neighbour said the road was shut. She said it was late.  ->  the neighbour
        """
        last, words = self._last, self._unnamed
        if last is None or words is None or last.kind != "unnamed" or words.plural or words.form != "noun":
            return None
        tokens = self._tokens
        if phrase.head not in ("he", "she") or last.phrase.first >= phrase.first:
            return None
        if tokens.paragraph[phrase.first] - tokens.paragraph[last.phrase.first] > 1:
            return None
        bits = [tokens.bits[at] for at in range(words.first, words.stop) if tokens.lower[at] == words.head]
        head = bits[0] if bits else 0
        if not (head & W.ROLE or tells_age(words.head) or words.head in _DESCRIBING or words.head == "person"):
            return None
        if head & _NOT_A_PERSON or head & (W.FEMALE if phrase.head in HE else W.MALE):
            return None
        if bound is not None and self._named_between(bound, last.phrase.first, phrase.first):
            return None
        return last.key

    def described(self, phrase: Phrase) -> int | None:
        """The person whom a definite description means that the article gives to nobody else.

        Hale asked for calm. “I am no doctor,” the mother of three said.  ->  Hale
        """
        tokens = self._tokens
        if not (tells_age(phrase.head) or phrase.head in _DESCRIBING):
            return None
        if any(phrase.head in name.full for name in self._names.names if not name.is_person):
            return None  # "the centre" of an article on a Harbour Centre
        bits = tokens.bits[phrase.stop - 1]
        forbidden = "f" if bits & W.MALE else "m" if bits & W.FEMALE else ""
        at = bisect_left(self._spot_firsts, phrase.first) - 1
        for index in range(at, max(-1, at - _LOOK_BACK), -1):
            spot, number = self._names.spots[index], self._names.owner[index]
            if tokens.paragraph[phrase.first] - tokens.paragraph[spot.first] > 1:
                return None
            if (
                self._names.names[number].is_person
                and not spot.owner
                and not self._discourse.is_quoted(spot.start)
                and (not forbidden or self._discourse.gender_of(number) != forbidden)
            ):
                return number
        return None

    def _named_between(self, number: int, first: int, stop: int) -> bool:
        low, high = bisect_left(self._spot_firsts, first), bisect_left(self._spot_firsts, stop)
        return any(
            self._names.owner[index] == number and not self._discourse.is_quoted(self._names.spots[index].start)
            for index in range(low, high)
        )
