"""Which names of an article are the same one.

"Mikhail Gusman", "Mikhail Guzman" and "Gusman" become one; "Anar Rzayev" and "Gunel Rzayeva" stay two. Full names come first
(here), then shorter ones are tied to them: people's by :mod:`indexer.namesakes`, organisations' by
:mod:`indexer.organisation_linking`.
"""

from __future__ import annotations

from operator import attrgetter

from indexer.acronyms import with_spelled_out
from indexer.local_names import LocalNames
from indexer.name_evidence import opens_line, read_evidence
from indexer.name_index import NameIndex
from indexer.name_keys import Key, core_of, first_agree, generations_agree, key_of, letters_of
from indexer.name_tokens import Tokens
from indexer.namesakes import Namesakes
from indexer.organisation_linking import OrganisationLinks
from indexer.people_words import W, plural_of_role
from indexer.spelling import is_variant
from indexer.spots import Spot

_MANY = 1000
_START = attrgetter("start")
_ADJECTIVES = frozenset(
    "initial preliminary unconfirmed conflicting contradictory previous recent various numerous leaked unverified subsequent separate "
    "additional internal confidential detailed graphic eyewitness".split()
)
"""What stands before reports and witnesses where a sentence begins: "Initial reports said"."""


def link_names(tokens: Tokens, spots: list[Spot]) -> LocalNames:
    """Group the spots of one article into entities."""
    return _Linker(tokens, with_spelled_out(tokens, spots)).run()


class _Linker:
    def __init__(self, tokens: Tokens, spots: list[Spot]) -> None:
        self.tokens = tokens
        self.spots = [spot for spot in spots if spot.kind != "thing" and not _is_common(tokens, spot)]
        self.keys = [key_of(spot.words) for spot in self.spots]
        self.owner = [-1] * len(self.spots)
        self.index = NameIndex()
        self.people = Namesakes(tokens, self.index)
        self.organisations = OrganisationLinks(tokens, self.index)

    def run(self) -> LocalNames:
        order = range(len(self.spots))
        text = [index for index in order if not self._in_headline(index)]
        for index in text:
            key = self.keys[index]
            if len(key) > 1 and len(core_of(key)) > 1 and self.spots[index].kind != "single":
                self._add_full(index)
        self.organisations.define_acronyms(self.spots, self.keys, self.owner)
        for index in text:
            if self.keys[index] and self.owner[index] < 0:
                self._add_short(index)
        for index in order:
            if self.keys[index] and self.owner[index] < 0:
                self._add_from_headline(index)
        kept = [index for index in order if self.owner[index] >= 0]
        found = LocalNames(self.index.names, [self.spots[i] for i in kept], [self.owner[i] for i in kept], [])
        read_evidence(self.tokens, found)
        return _in_order(found)

    def _in_headline(self, index: int) -> bool:
        return self.tokens.paragraph[self.spots[index].first] in self.tokens.headline

    def _add_from_headline(self, index: int) -> None:
        """A headline's capitals say little: its names are those of the text, by their last word where they are longer."""
        key = self.keys[index]
        number = self.index.exact.get(key)
        if number is None and len(key) > 1:
            ends = [n for n in self.index.ending(key[-1]) if self.index.personal(n)]
            number = ends[0] if ends else self.index.exact.get(key[-1:])
            if number is not None:
                spot = self.spots[index]
                last = spot.words[-1]
                self.spots[index] = spot._replace(
                    start=spot.end - len(last), words=(last,), first=spot.last, title=spot.last
                )
                self.keys[index] = key[-1:]
        if number is None:
            self._add_short(index)
        else:
            self._give(index, number)

    def _give(self, index: int, number: int) -> None:
        self.owner[index] = number
        spot, name = self.spots[index], self.index.names[number]
        name.spots.append(spot)
        key = self.keys[index]
        if len(key) > len(name.full) and spot.kind == name.spots[0].kind:
            name.full = key
        self.index.exact.setdefault(key, number)

    def _add_full(self, index: int) -> None:
        spot, key = self.spots[index], self.keys[index]
        known = self.index.exact.get(key)
        if known is None and spot.kind == "person":
            known = self._same_person(key)
        if known is None:
            known = self.index.add(key)
            if key[0] == "university" and len(key) == 3:  # "U of O" for the University of Orlia
                self.index.exact.setdefault(("u", key[1], key[2][0]), known)
        self._give(index, known)

    def _same_person(self, key: Key) -> int | None:
        """The person whose full name this is another form of: with an initial, a short first name, one letter's difference."""
        core = core_of(key)
        names, ends = self.index.names, self.index.ending(core[-1])
        letters = letters_of(key) if ends else frozenset()
        for number in [number for number in ends if not letters.isdisjoint(letters_of(names[number].full))]:
            full = names[number].full
            other = core_of(full)
            if (
                len(other) > 1
                and self.index.personal(number)
                and first_agree(core, other)
                and generations_agree(key, full)
            ):
                return number
        for number in self.index.holding(core[0]):
            full = self.index.names[number].full
            other = core_of(full)
            if len(other) < 2 or not self.index.personal(number) or not generations_agree(key, full):
                continue
            short, long = sorted((core, other), key=len)
            if (other[0] == core[0] and is_variant(core[-1], other[-1])) or long[: len(short)] == short:
                return number
        return None

    def _add_short(self, index: int) -> None:
        number = self._known(index)
        if number is None:
            key = self.keys[index]
            if len(key) == 1 and not self.spots[index].personal and self.organisations.is_noun(key[0]):
                number = self.organisations.holding(self.spots[index], key[0])
                if number is None:
                    return  # "the Commission" of which the article gives no name is a noun
            elif len(key) == 1 and key[0].endswith("s") and plural_of_role(key[0]) and not self.index.ending(key[0]):
                return  # "the Elders"; but "the Senators" who are the Orsk Senators
        self._give(index, self.index.add(self.keys[index]) if number is None else number)

    def _known(self, index: int) -> int | None:
        """The name that a short one means, if any."""
        spot, key = self.spots[index], self.keys[index]
        number: int | None = None
        if spot.kind in ("person", "single"):
            number = self.people.person_for(spot, key)
        if number is None and len(key) == 1:
            capitals = spot.words[0].isupper()
            number = self.organisations.acronym(key[0].replace("&", ""), capitals)
            if number is None and capitals and self._is_label(spot):
                number = self._person_with_initials(key[0])
        if number is None:
            number = self.index.exact.get(key)
        if number is None and len(key) == 1 and spot.kind in ("single", "organisation"):
            number = self.organisations.by_one_word(spot, key[0])
        if number is None and len(key) == 1 and spot.kind == "single":
            number = self._by_spelling(key[0])
        return number

    def _is_label(self, spot: Spot) -> bool:
        words = self.tokens.words
        return spot.last + 1 < len(words) and words[spot.last + 1] in (":", ")") and opens_line(self.tokens, spot.first)

    def _person_with_initials(self, word: str) -> int | None:
        """The one person whose initials a label gives: "TH:" for Tom Hale."""
        found = [
            name.number
            for name in self.index.names[:_MANY]
            if self.index.personal(name.number) and "".join(w[0] for w in name.full) == word
        ]
        return found[0] if len(found) == 1 else None

    def _by_spelling(self, word: str) -> int | None:
        if len(self.index.by_last) > _MANY:
            return None
        found = [
            number
            for last in self.index.lasts.get(word[:1], ())
            if is_variant(last, word)
            for number in self.index.by_last[last]
            if self.index.personal(number) and len(self.index.names[number].full) > 1
        ]
        return found[0] if len(found) == 1 else None


def _in_order(found: LocalNames) -> LocalNames:
    """Number the entities by first appearance."""
    for name in found.names:
        if len(name.spots) > 1:
            name.spots.sort(key=_START)
        if len(name.roles) > 1:
            name.roles.sort(key=_START)
    names = sorted((name for name in found.names if name.spots), key=lambda name: name.spots[0].start)
    new = {name.number: number for number, name in enumerate(names)}
    for number, name in enumerate(names):
        name.number = number
    return LocalNames(names, found.spots, [new[number] for number in found.owner], found.titles)


def _is_common(tokens: Tokens, spot: Spot) -> bool:
    """Whether a single capitalised word is only an ordinary word at the start of a sentence."""
    if spot.kind != "single" or spot.first != spot.last or not tokens.fresh[spot.first]:
        return False
    word = tokens.lower[spot.first]
    if word in _ADJECTIVES and word.capitalize() not in tokens.proper:
        following = spot.last + 1
        return following < len(tokens.words) and bool(tokens.bits[following] & (W.REPORT | W.PLURAL))
    return (
        word in tokens.written
        or bool(tokens.bits[spot.first] & (W.PLURAL | W.COLLECTIVE | W.REPORT))
        or (word.endswith("s") and plural_of_role(word))
    )
