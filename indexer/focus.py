"""Whom the text speaks of just now: the last speaker, whom pronouns and descriptions go back to even without a name.

A neighbour said the road was shut. She had heard a bang, *she* said.       the neighbour, who has no name
Hale asked for calm. “I am no doctor,” *the mother of three* said.          Hale
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

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


class _Last(NamedTuple):
    """The latest words in a speaker's place, and whom they mean."""

    phrase: Phrase
    key: str
    kind: str


class Running(NamedTuple):
    """Who spoke just before: entity key, kind, and where the words for them begin."""

    key: str
    kind: str
    start: int


_SENTENCES_OF_LETTER = 3
_SENTENCES_OF_REPORT = 8
_ISSUED = frozenset("report study survey poll research findings figures data analysis".split())
_AROUND = 12  # words


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
        self._last: _Last | None = None
        self._body: _Last | None = None  # the organisation that spoke last
        self._brought_in: Phrase | None = None  # the latest words for a report that nobody is named with
        self._issuers: dict[str, _Last] = {}
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
        if phrase.form == "report" and kind == "unnamed" and not phrase.definite:
            self._brought_in = phrase
        elif kind == "organisation":
            self._body = self._last
            if self._brought_in is not None and self._sentences(self._brought_in, phrase) <= _SENTENCES_OF_LETTER:
                self._issuers.setdefault(self._brought_in.head, self._last)
            self._brought_in = None

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
        if (
            bound is not None
            and bound < len(self._names.names)
            and self._named_between(bound, last.phrase.first, phrase.first)
        ):
            return None
        return last.key

    def body(self, phrase: Phrase) -> Running | None:
        """The organisation, or the body or paper without a name, that spoke in the sentence before "it" or "they".

        In a post, the union said talks had failed. It added ...  ->  the union
        """
        last = self._last
        if last is None or last.phrase.first >= phrase.first:
            return None
        tokens = self._tokens
        sentences = tokens.sentence[phrase.first] - tokens.sentence[last.phrase.first]
        if sentences > 1 or tokens.paragraph[phrase.first] - tokens.paragraph[last.phrase.first] > 1:
            return None
        words = self._unnamed or last.phrase
        if last.kind == "person":
            number = int(last.key.rpartition("#")[2])
            lone = self._names.names[number].could_be_body and not self._discourse.gender_of(number)
            return Running(last.key, last.kind, last.phrase.start) if lone else None
        if last.kind != "organisation" and (last.kind != "unnamed" or not self._is_body(words)):
            return None
        return Running(last.key, last.kind, last.phrase.start)

    def writer(self, phrase: Phrase) -> Running | None:
        """Whoever spoke in the sentence that brought in what is written: In a letter, a nurse said it leaked. *The letter* said ..."""
        last = self._last
        if last is None or last.phrase.first >= phrase.first:
            return None
        tokens = self._tokens
        sentence = tokens.sentence[last.phrase.first]
        if tokens.sentence[phrase.first] - sentence > _SENTENCES_OF_LETTER:
            return None
        around = range(max(0, last.phrase.first - _AROUND), min(len(tokens.lower), last.phrase.stop + _AROUND))
        brings = any(
            tokens.lower[at] == phrase.head and tokens.sentence[at] == sentence and "in" in tokens.lower[at - 3 : at]
            for at in around
            if not phrase.first <= at < phrase.stop
        )
        return Running(last.key, last.kind, last.phrase.start) if brings else None

    def issuer(self, phrase: Phrase) -> Running | None:
        """The organisation whose report it is, where the text does not tell: the one that spoke right behind it, or else last before it.

        A report says sales fell. They fell by a third, according to Orsk Data. *The report* said ...  ->  Orsk Data
        Orsk Data said sales fell. *The report* said ...  ->  Orsk Data
        """
        body = self._issuers.get(phrase.head, self._body)
        if body is None or phrase.head not in _ISSUED or body.phrase.first >= phrase.first:
            return None
        bare = phrase.stop - phrase.first == 2  # not "the congressional report"
        near = self._sentences(body.phrase, phrase) <= _SENTENCES_OF_REPORT
        told = phrase.head in self._issuers
        return Running(body.key, body.kind, body.phrase.start) if bare and (told or near) else None

    def _sentences(self, earlier: Phrase, later: Phrase) -> int:
        return self._tokens.sentence[later.first] - self._tokens.sentence[earlier.first]

    def _is_body(self, words: Phrase) -> bool:
        if words.form == "report" and not words.plural:
            return True
        bits = [self._tokens.bits[at] for at in range(words.first, words.stop) if self._tokens.lower[at] == words.head]
        return bool(bits) and not words.plural and bool(bits[-1] & (W.COLLECTIVE | W.REPORT | W.ORGANISATION))

    def _named_between(self, number: int, first: int, stop: int) -> bool:
        low, high = bisect_left(self._names.at.firsts, first), bisect_left(self._names.at.firsts, stop)
        return any(
            self._names.owner[index] == number and not self._discourse.is_quoted(self._names.spots[index].start)
            for index in range(low, high)
        )
