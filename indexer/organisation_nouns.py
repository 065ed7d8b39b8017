"""Organisations by their common nouns: which company "the company" is, whom "it" means, whose "the report"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import PREPOSITIONS, is_verb
from indexer.people_words import W
from indexer.speaker_phrases import Phrase
from indexer.spelling import fold

_LOOK_BACK = 40
_SAME = {
    "agency": ("news", "press", "bureau"), "newspaper": ("times", "post", "daily", "herald", "journal", "guardian", "tribune"),
    "paper": ("times", "post", "daily", "herald", "journal", "guardian", "tribune"), "outlet": ("news", "times", "post"),
    "firm": ("group",), "network": ("news", "tv"), "force": ("police", "rcmp", "constabulary"), "service": ("police",), "board": ("board",),
    "regulator": ("commission", "authority", "agency", "office", "board"), "watchdog": ("commission", "authority", "agency", "office"),
    "utility": ("hydro", "power", "water", "energy", "electric"), "airline": ("air", "airlines", "airways", "jet"), "broadcaster": ("news", "tv", "broadcasting"), "union": ("union", "workers"),
}  # fmt: skip
_PRESS = frozenset(
    "times post daily herald journal guardian tribune news press agency newspaper magazine telegraph mail globe star sun chronicle gazette "
    "observer independent reuters bbc cnn cbc abc nbc cbs npr pbs fox sky bloomberg broadcasting television tv radio".split()
)
_BUSINESSES = frozenset(
    "company firm corporation retailer airline bank manufacturer maker carmaker automaker giant chain carrier developer producer miner "
    "operator supplier startup start-up business".split()
)
_LEGAL_FORMS = frozenset("inc corp corporation ltd limited llc plc co company group holdings gmbh ag".split())
_PUBLIC = _PRESS | frozenset(
    "court police ministry department university college school union party association society federation government council committee "
    "commission parliament senate congress house board hospital institute foundation army navy church league".split()
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a noun means. ``sureness`` as in :class:`indexer.references.Reference`."""

    entity: int
    rule: str
    why: str
    sureness: float


class OrganisationNouns:
    """Finds which organisation a common noun points back to."""

    def __init__(self, tokens: Tokens, names: LocalNames) -> None:
        self._tokens = tokens
        self._names = names
        self._spot_firsts = [spot.first for spot in names.spots]

    def resolve(self, phrase: Phrase, bits: int) -> Resolved | None:
        """Return which organisation a definite noun means, or None.

        Args:
            phrase: The words in a speaker's place.
            bits: Classes of the noun.
        """
        if phrase.head in ("report", "reports", "article", "story"):
            return self._latest_organisation(
                phrase, lambda number: bool(_PRESS & set(self._names.names[number].full)), 1
            )
        if bits & (W.COLLECTIVE | W.ORGANISATION):
            return self._organisation(phrase)
        return None

    def before(self, phrase: Phrase) -> Resolved | None:
        """The organisation nearest before, preferring one that opens its sentence ("it said")."""
        return self._latest_organisation(phrase, lambda _: True)

    def _organisation(self, phrase: Phrase) -> Resolved | None:
        tokens = self._tokens
        wanted = {fold(tokens.lower[i]) for i in range(phrase.first, phrase.stop)} & {
            fold(phrase.head),
            *_SAME.get(phrase.head, ()),
        }
        kin = {phrase.head, *_SAME.get(phrase.head, ())} | wanted
        found = self._latest_organisation(phrase, lambda number: bool(kin & set(self._names.names[number].full)))
        alone = phrase.head in _BUSINESSES and phrase.stop - phrase.first < 3
        return found or (self._business(phrase) if alone else None)

    def _business(self, phrase: Phrase) -> Resolved | None:
        """Rule "the company": of the businesses named until there the one that acts or owns most, or has a legal form.

        Shares of Orsk Energy Corp. fell. Orsk Energy cut its dividend. The company said it would recover.
        """
        tokens, names = self._tokens, self._names
        acts: dict[int, int] = {}
        for index in range(bisect_left(self._spot_firsts, phrase.first)):
            spot, number = names.spots[index], names.owner[index]
            name = names.names[number]
            legal = bool(_LEGAL_FORMS & set(name.full))
            inner = not legal and spot.first > 0 and tokens.lower[spot.first - 1] in PREPOSITIONS
            if spot.kind == "place" or inner or name.is_person or _PUBLIC & set(name.full):
                continue
            acts[number] = acts.get(number, 0) + (spot.owner or is_verb(tokens.lower[spot.last + 1])) + 2 * legal
        best = max(acts.items(), key=lambda pair: (pair[1], -pair[0]), default=(-1, 0))
        return Resolved(best[0], "the company", "the business that the text speaks of", 0.7) if best[1] else None

    def _latest_organisation(self, phrase: Phrase, fits: Callable[[int], bool], paragraphs: int = 6) -> Resolved | None:
        """Rule "organisation noun": the last organisation of that kind: the Harbour Union met; the union said ..."""
        tokens, names = self._tokens, self._names
        at = bisect_left(self._spot_firsts, phrase.first) - 1
        for index in range(at, max(-1, at - _LOOK_BACK), -1):
            number = names.owner[index]
            name = names.names[number]
            if names.spots[index].kind == "place" or name.is_person or not fits(number):
                continue
            gap = tokens.paragraph[phrase.first] - tokens.paragraph[names.spots[index].first]
            if gap > paragraphs:
                break
            return Resolved(number, "organisation noun", "the last one of that kind", 1.5)
        return None
