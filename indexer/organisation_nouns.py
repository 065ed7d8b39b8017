"""Organisations by their common nouns: which company "the company" is, whose "the report", whom "it" means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple

from indexer.clause_places import ClausePlaces
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import PREPOSITIONS, is_verb
from indexer.people_words import W
from indexer.report_authors import ReportAuthors
from indexer.speaker_phrases import Phrase
from indexer.spelling import fold
from indexer.spots import Spot

_LOOK_BACK = 40
_PAPERS = tuple(
    "times post daily herald journal guardian tribune telegraph mail globe star sun observer independent gazette chronicle courier mirror".split()
)
_SAME = {
    "agency": ("news", "press", "bureau", "statistics"), "newspaper": _PAPERS, "paper": _PAPERS, "outlet": ("news", "times", "post"),
    "firm": ("group",), "network": ("news", "tv"), "force": ("police", "rcmp", "constabulary"), "service": ("police",), "board": ("board",),
    "regulator": ("commission", "authority", "agency", "office", "board", "regulator"), "watchdog": ("commission", "authority", "agency", "office"),
    "utility": ("hydro", "power", "water", "energy", "electric"), "airline": ("air", "airlines", "airways", "jet"),
    "broadcaster": ("news", "tv", "broadcasting"), "union": ("union", "workers", "local", "brotherhood", "teamsters", "unifor", "cupe"),
    "school": ("school", "academy", "collegiate"), "hospital": ("hospital", "infirmary"), "tribunal": ("tribunal", "board"),
    "bank": ("bank", "bancorp"), "charity": ("foundation", "charity", "society", "trust"), "league": ("league",), "club": ("club", "fc"),
    "railway": ("railway", "rail", "railroad"), "brewery": ("brewery", "brewing"), "authority": ("authority",),
}  # fmt: skip
_PRESS = frozenset(
    "times post daily herald journal guardian tribune news press agency newspaper magazine telegraph mail globe star sun chronicle gazette "
    "observer independent reuters bbc cnn cbc abc nbc cbs npr pbs fox sky bloomberg broadcasting television tv radio".split()
)
_BUSINESSES = frozenset(
    "company firm corporation retailer airline bank manufacturer maker carmaker automaker giant chain carrier developer producer miner "
    "operator supplier startup start-up business grocer brewer lender insurer drugmaker builder shipper publisher".split()
)
_LEGAL_FORMS = frozenset("inc corp corporation ltd limited llc plc co company group holdings gmbh ag".split())
_PUBLIC = _PRESS | frozenset(
    "court police rcmp ministry department university college school union party association society federation government council committee "
    "commission parliament senate congress house board hospital institute foundation army navy church league local exchange".split()
)
_BRIDGED = frozenset(
    "airline agency organisation organization charity group think-tank utility retailer broadcaster network firm company lender regulator "
    "watchdog department ministry non-profit nonprofit corporation carrier manufacturer maker carmaker automaker miner producer operator "
    "brewer insurer drugmaker startup start-up developer supplier chain giant".split()
)
"""Nouns that can be the first to tell what kind of organisation a name is."""

_RULINGS = frozenset("ruling verdict judgment judgement".split())
_COURTS = frozenset("court tribunal".split())
_POLICE = frozenset("police rcmp constabulary".split())
FORCES = frozenset("police mounties".split())
"""Plural nouns for the one force that an article names."""

_WITHIN = frozenset("in at on near from of outside across around to into through".split())
_SURE_PLACE = frozenset("in at near outside across around".split())
_NOUNS = W.COLLECTIVE | W.ORGANISATION


class Resolved(NamedTuple):
    """Whom a noun means. ``sureness`` as in :class:`indexer.references.Reference`."""

    entity: int
    rule: str
    why: str
    sureness: float


class OrganisationNouns:
    """Finds which organisation a common noun points back to.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        places: In which place of its clause each name stands.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, places: ClausePlaces) -> None:
        self._tokens = tokens
        self._names = names
        self._places = places
        self._authors = ReportAuthors(tokens, names)

    def resolve(self, phrase: Phrase, bits: int) -> Resolved | None:
        """Return which organisation a definite noun means, or None.

        Args:
            phrase: The words in a speaker's place.
            bits: Classes of the noun.
        """
        if bits & W.REPORT and (author := self._authors.author(phrase, self._number)) is not None:
            return Resolved(author, "report", "the text says who wrote it", 1.0)
        if phrase.head in _RULINGS:
            return self._latest(phrase, lambda number: bool(_COURTS & set(self._names.names[number].full)))
        if phrase.head in ("report", "reports", "article", "story"):
            return self._latest(phrase, lambda number: bool(_PRESS & set(self._names.names[number].full)), 1)
        if bits & _NOUNS or phrase.head in _BUSINESSES or phrase.head in _BRIDGED:
            return self._organisation(phrase)
        return None

    def _number(self, phrase: Phrase) -> int | None:
        found = self._organisation(phrase)
        return found.entity if found is not None else None

    def force(self, phrase: Phrase) -> Resolved | None:
        """Rule "the force": "police" are the force that an article names, if it names only one.

        Orlia RCMP are looking into a crash. Police said it was late.
        """
        lower, words = self._tokens.lower, self._tokens.words
        found = {
            name.number
            for name in self._names.names
            if not name.is_person and _POLICE & set(name.full) and (len(name.full) > 1 or name.full[0] == "rcmp")
        }
        if len(found) != 1:
            return None
        number = found.pop()
        own = set(self._names.names[number].full)
        others = [lower[at] for at in range(phrase.first, phrase.stop) if words[at].isalpha() and lower[at] != "the"]
        if any(word != phrase.head and word not in own for word in others):
            return None
        return Resolved(number, "the force", "the only force that the text names", 1.5)

    def before(self, phrase: Phrase) -> Resolved | None:
        """Rule "it": of the organisations named before, the nearest one that acts rather than is a place to be in.

        Orsk Energy trades on the Harbour Exchange. It said profit fell.  ->  Orsk Energy
        """
        tokens, names = self._tokens, self._names
        at = bisect_left(self._names.at.firsts, phrase.first) - 1
        best: tuple[float, int] | None = None
        for index in range(at, max(-1, at - _LOOK_BACK), -1):
            spot, number = names.spots[index], names.owner[index]
            sentences = tokens.sentence[phrase.first] - tokens.sentence[spot.first]
            if tokens.paragraph[phrase.first] - tokens.paragraph[spot.first] > 3 or sentences > 8:
                break
            if spot.kind == "place" or names.names[number].is_person or not self._can_act(number):
                continue
            level = self._places.level(index)
            previous = tokens.lower[max(0, spot.first - 1 - spot.after_the)]
            score = -sentences + (level if level > 0 else -2 if previous in _WITHIN else 0)
            if best is None or score > best[0]:
                best = (score, number)
        if best is None:
            return None
        return Resolved(best[1], "organisation noun", "the nearest organisation that acts", 1.5)

    def _can_act(self, number: int) -> bool:
        """Whether something shows that a name is an organisation's and no place's."""
        tokens = self._tokens
        spots = self._names.names[number].spots[:_LOOK_BACK]
        if all(tokens.lower[max(0, spot.first - 1 - spot.after_the)] in _SURE_PLACE for spot in spots):
            return any(tokens.bits[at] & W.ORGANISATION for at in range(spots[0].first, spots[0].last + 1))
        return any(
            spot.kind == "organisation" or tokens.lower[max(0, spot.first - 1 - spot.after_the)] not in _WITHIN
            for spot in spots
        )

    def _organisation(self, phrase: Phrase) -> Resolved | None:
        """Rule "organisation noun": the last one whose name holds the noun or one of its kind, or that the text calls so."""
        tokens = self._tokens
        kin = {phrase.head, fold(phrase.head), *_SAME.get(phrase.head, ())}
        fitting = [
            name.number for name in self._names.names if not name.is_person and self._is_called(name.number, kin)
        ]
        if len(fitting) == 1 and self._seen_before(phrase, fitting[0]):
            return Resolved(fitting[0], "organisation noun", "the only one of that kind", 1.5)
        found = self._latest(phrase, lambda number: number in fitting)
        if found is not None:
            return found
        if (bridged := self._of_no_kind(phrase)) is not None or phrase.head not in _BUSINESSES:
            return bridged
        based = any(tokens.words[at].endswith("-based") for at in range(phrase.first, phrase.stop))
        return self._business(phrase) if based or phrase.stop - phrase.first < 3 else None

    def _of_no_kind(self, phrase: Phrase) -> Resolved | None:
        """Rule "organisation noun", of a name that does not tell its kind: Senna Energy cut its fares. The utility said ...

        It must open a sentence of the paragraph or of the one before, as the only one.
        """
        if phrase.head not in _BRIDGED:
            return None
        tokens, names = self._tokens, self._names
        found: set[int] = set()
        for index in range(bisect_left(self._names.at.firsts, phrase.first) - 1, -1, -1):
            spot, number = names.spots[index], names.owner[index]
            if tokens.paragraph[phrase.first] - tokens.paragraph[spot.first] > 1:
                break
            known = names.names[number].is_person or spot.kind == "place" or spot.owner
            if known or self._places.level(index) != 2 or not self._can_act(number) or not self._surely_named(spot):
                continue
            if any(tokens.bits[at] & W.COLLECTIVE for at in range(spot.first, spot.last + 1)):
                return None
            found.add(number)
        if len(found) != 1:
            return None
        return Resolved(found.pop(), "organisation noun", "the organisation that the text speaks of there", 0.7)

    def _surely_named(self, spot: Spot) -> bool:
        """Whether a capital is a name's and not only that of a sentence's first word ("Governments spend")."""
        word = self._tokens.words[spot.first]
        lone = spot.kind == "single" and self._tokens.fresh[spot.first]
        odd = not word[1:].islower() and (
            len(word) < 6 or not word.isupper()
        )  # "WestLine", "BASF"; "OAKVILLE" is a dateline
        return not lone or word in self._tokens.proper or odd

    def _is_called(self, number: int, kin: set[str]) -> bool:
        return bool(kin & set(self._names.names[number].full) or kin & self._called.get(number, set()))

    def _seen_before(self, phrase: Phrase, number: int) -> bool:
        return self._names.names[number].spots[0].first < phrase.first or self._looks_ahead(phrase)

    def _looks_ahead(self, phrase: Phrase) -> bool:
        """Whether a noun stands as headlines put it, ahead of the name it means: "Company says", "union says"."""
        return phrase.stop - phrase.first == 1 or self._tokens.paragraph[phrase.first] in self._tokens.headline

    @cached_property
    def _called(self) -> dict[int, set[str]]:
        """Common nouns that the text sets beside a name: "Orsk & Hale, a grocer", "the grocer, Orsk & Hale," "grocer Orsk & Hale"."""
        tokens = self._tokens
        called: dict[int, set[str]] = {}
        for spot, number in zip(self._names.spots, self._names.owner, strict=True):
            if spot.kind == "place" or self._names.names[number].is_person:
                continue
            for at in (*self._before_name(spot.first), *self._behind_name(spot.last)):
                if tokens.bits[at] & _NOUNS or tokens.lower[at] in _BUSINESSES:
                    called.setdefault(number, set()).add(tokens.lower[at])
        return called

    def _before_name(self, first: int) -> Iterable[int]:
        at = first - 1
        if at > 1 and self._tokens.words[at] == ",":
            at -= 1
        return (at,) if at > 0 and self._tokens.words[at].islower() else ()

    def _behind_name(self, last: int) -> Iterable[int]:
        tokens = self._tokens
        if (
            last + 2 >= len(tokens.words)
            or tokens.words[last + 1] != ","
            or tokens.lower[last + 2] not in ("a", "an", "the")
        ):
            return
        for at in range(last + 3, min(last + 9, len(tokens.words))):
            if not tokens.words[at][0].isalnum() or tokens.sentence[at] != tokens.sentence[last]:
                return
            if tokens.lower[at] in ("of", "that", "which", "in", "with", "for", "representing", "based"):
                return
            following = tokens.lower[at + 1] if at + 1 < len(tokens.words) else "."
            if not following[0].isalnum() or following in (
                "of",
                "that",
                "which",
                "in",
                "with",
                "for",
                "representing",
                "based",
            ):
                yield at

    def _business(self, phrase: Phrase) -> Resolved | None:
        """Rule "the company": of the businesses named until there the one that acts or owns most, or has a legal form.

        Shares of Orsk Energy Corp. fell. Orsk Energy cut its dividend. The company said it would recover.
        """
        tokens, names = self._tokens, self._names
        acts: dict[int, int] = {}
        for index in range(
            len(names.spots) if self._looks_ahead(phrase) else bisect_left(self._names.at.firsts, phrase.first)
        ):
            spot, number = names.spots[index], names.owner[index]
            name = names.names[number]
            legal = bool(_LEGAL_FORMS & set(name.full))
            inner = not legal and spot.first > 0 and tokens.lower[spot.first - 1] in PREPOSITIONS
            person = name.is_person and not name.could_be_body
            if spot.kind == "place" or inner or person or _PUBLIC & set(name.full):
                continue
            if len(name.full) == 1 and (
                tokens.bits[spot.first] or (spot.kind == "single" and tokens.fresh[spot.first])
            ):
                continue  # "Labour" is a party or a portfolio, the capital of "Short strikes" says nothing
            told = spot.first > 0 and is_verb(tokens.lower[spot.first - 1])  # "..., says Orsk Energy"
            doing = (
                told
                or self._places.level(index) == 2
                or (spot.last + 1 < len(tokens.lower) and is_verb(tokens.lower[spot.last + 1]))
            )
            acts[number] = acts.get(number, 0) + (spot.owner or doing) + 2 * legal
        best = max(acts.items(), key=lambda pair: (pair[1], -pair[0]), default=(-1, 0))
        return Resolved(best[0], "the company", "the business that the text speaks of", 0.7) if best[1] else None

    def _latest(self, phrase: Phrase, fits: Callable[[int], bool], paragraphs: int = 6) -> Resolved | None:
        """Rule "organisation noun": the last organisation of that kind: the Harbour Union met; the union said ..."""
        tokens, names = self._tokens, self._names
        at = bisect_left(self._names.at.firsts, phrase.first) - 1
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
