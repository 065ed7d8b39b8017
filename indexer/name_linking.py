"""Which names of an article are the same one.

"Mikhail Gusman", "Mikhail Guzman" and "Gusman" become one; "Anar Rzayev" and "Gunel Rzayeva" stay two.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter

from indexer.acronyms import with_spelled_out
from indexer.local_names import LocalName, LocalNames
from indexer.name_evidence import opens_line, read_evidence
from indexer.name_keys import Key, core_of, first_agree, is_part
from indexer.name_tokens import Tokens
from indexer.people_words import W, lexicon, plural_of_role
from indexer.spelling import fold, is_variant
from indexer.spots import Spot

_MOST = 40  # namesakes looked at; an article has hardly more
_MANY = 1000
_SAYING = frozenset(
    "said says told tells added adds wrote writes testified recalled recalls explained explains".split()
)
_START = attrgetter("start")
_GENERIC = W.COLLECTIVE | W.ORG_HEAD


def link_names(tokens: Tokens, spots: list[Spot]) -> LocalNames:
    """Group the spots of one article into entities.

    Full names come first, then shorter ones are tied to them: by surname, by first name, by acronym, by spelling.
    """
    return _Linker(tokens, with_spelled_out(tokens, spots)).run()


class _Linker:
    def __init__(self, tokens: Tokens, spots: list[Spot]) -> None:
        self.tokens = tokens
        self.spots = [spot for spot in spots if spot.kind != "thing" and not _is_common(tokens, spot)]
        self.keys = [tuple(filter(None, map(fold, spot.words))) for spot in self.spots]
        self.owner = [-1] * len(self.spots)
        self.names: list[LocalName] = []
        self.exact: dict[Key, int] = {}
        self.by_last: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.acronyms: dict[str, int] = {}

    def run(self) -> LocalNames:
        order = range(len(self.spots))
        text = [index for index in order if not self._in_headline(index)]
        for index in text:
            if len(self.keys[index]) > 1 and self.spots[index].kind != "single":
                self._add_full(index)
        self._define_acronyms()
        for index in text:
            if self.keys[index] and self.owner[index] < 0:
                self._add_short(index)
        for index in order:
            if self.keys[index] and self.owner[index] < 0:
                self._add_from_headline(index)
        kept = [index for index in order if self.owner[index] >= 0]
        found = LocalNames(self.names, [self.spots[i] for i in kept], [self.owner[i] for i in kept], [])
        read_evidence(self.tokens, found)
        return _in_order(found)

    def _in_headline(self, index: int) -> bool:
        return self.tokens.paragraph[self.spots[index].first] in self.tokens.headline

    def _add_from_headline(self, index: int) -> None:
        """A headline's capitals say little: its names are those of the text, by their last word where they are longer."""
        key = self.keys[index]
        number = self.exact.get(key)
        if number is None and len(key) > 1:
            ends = [n for n in self.by_last.get(key[-1], ()) if self._personal(n)]
            number = ends[0] if ends else self.exact.get(key[-1:])
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

    def _new(self, index: int) -> int:
        key = self.keys[index]
        number = len(self.names)
        self.names.append(LocalName(number, key))
        self.exact[key] = number
        core = core_of(key)
        self.by_last.setdefault(core[-1], []).append(number)
        for word in set(core):
            self.by_word.setdefault(word, []).append(number)
        return number

    def _give(self, index: int, number: int) -> None:
        self.owner[index] = number
        spot, name = self.spots[index], self.names[number]
        name.spots.append(spot)
        key = self.keys[index]
        if len(key) > len(name.full) and spot.kind == name.spots[0].kind:
            name.full = key
        self.exact.setdefault(key, number)

    def _add_full(self, index: int) -> None:
        spot, key = self.spots[index], self.keys[index]
        known = self.exact.get(key)
        if known is None and spot.kind == "person":
            known = self._same_person(key)
        if known is None:
            known = self._new(index)
        self._give(index, known)

    def _same_person(self, key: Key) -> int | None:
        core = core_of(key)
        for number in self._latest(self.by_last, core[-1]):
            other = core_of(self.names[number].full)
            if len(other) > 1 and self._personal(number) and first_agree(core, other):
                return number
        for number in self._latest(self.by_word, core[0]):
            other = core_of(self.names[number].full)
            if len(other) > 1 and self._personal(number) and other[0] == core[0] and is_variant(core[-1], other[-1]):
                return number
            if len(core) > 1 and len(other) > len(core) and other[: len(core)] == core and self._personal(number):
                return number
            if 1 < len(other) < len(core) and core[: len(other)] == other and self._personal(number):
                return number
        return None

    @staticmethod
    def _latest(index: Mapping[str, list[int]], word: str) -> list[int]:
        """The last of the names that hold a word: a list of thousands of namesakes is no news, and must not cost their square."""
        return index.get(word, [])[-_MOST:]

    def _personal(self, number: int) -> bool:
        return self.names[number].spots[0].kind == "person"

    def _define_acronyms(self) -> None:
        """Tie "UN" to "United Nations": by initials, and by a bracket right behind the name."""
        for name in self.names:
            spot = name.spots[0]
            if spot.kind == "person" and len(name.full) < 3:
                continue
            initials = "".join(word[0] for word in spot.words if word[0].isupper()).lower()
            if len(initials) > 1:
                self.acronyms.setdefault(initials, name.number)
        words = self.tokens.words
        for index, spot in enumerate(self.spots):
            if (
                len(spot.words) == 1
                and spot.first > 1
                and words[spot.first - 1] == "("
                and index
                and self.owner[index] < 0
            ):
                before = self.spots[index - 1]
                if (
                    before.last == spot.first - 2
                    and self.owner[index - 1] >= 0
                    and spot.words[0][0] in before.words[0] + "".join(word[0] for word in before.words)
                ):
                    self.acronyms[self.keys[index][0]] = self.owner[index - 1]

    def _add_short(self, index: int) -> None:
        spot, key = self.spots[index], self.keys[index]
        number: int | None = None
        if spot.kind in ("person", "single"):
            number = self._person_for(index, key)
        if number is None and len(key) == 1 and spot.words[0].isupper():
            number = self.acronyms.get(key[0])
            if number is None and self._is_label(spot):
                number = self._person_with_initials(key[0])
        if number is None:
            number = self.exact.get(key)
        if number is None and len(key) == 1 and spot.kind in ("single", "organisation"):
            heads = [
                n
                for n in self._latest(self.by_word, key[0])
                if not self._personal(n) and core_of(self.names[n].full)[0] == key[0]
            ]
            if (
                len(heads) == 1
                and self.names[heads[0]].spots[0].kind == "organisation"
                and not lexicon().get(key[0], 0)
            ):
                number = heads[0]
            if number is None and spot.words[0].isupper():
                ends = [n for n in self._latest(self.by_last, key[0]) if not self._personal(n)]
                number = (
                    ends[0] if len(ends) == 1 and len(self.names[ends[0]].full) > 1 else None
                )  # "RCMP": "Orlia RCMP"
        if number is None and spot.kind != "place" and len(key) == 1 and spot.kind == "single":
            number = self._by_spelling(key[0])
        if number is None and key == ("police",) and len(self._forces()) > 1:
            return
        if number is None and len(key) == 1 and lexicon().get(key[0], 0) & _GENERIC:
            number = self._organisation_with(index, key[0])
            if number is None:
                return  # "the Commission" of which the article gives no name is a noun
        self._give(index, self._new(index) if number is None else number)

    def _forces(self) -> set[int]:
        """The police forces that the article names in full."""
        return {n for word in ("police", "rcmp") for n in self._latest(self.by_word, word) if not self._personal(n)}

    def _is_label(self, spot: Spot) -> bool:
        words = self.tokens.words
        return spot.last + 1 < len(words) and words[spot.last + 1] in (":", ")") and opens_line(self.tokens, spot.first)

    def _person_with_initials(self, word: str) -> int | None:
        """The one person whose initials a label gives: "TH:" for Tom Hale."""
        found = [
            name.number
            for name in self.names[:_MANY]
            if self._personal(name.number) and "".join(w[0] for w in name.full) == word
        ]
        return found[0] if len(found) == 1 else None

    def _organisation_with(self, index: int, word: str) -> int | None:
        """The organisation before this place whose name holds a word: "the Society" for "Royal Harbour Society"."""
        at = self.spots[index].first
        found = [
            (max(s.first for s in self.names[n].spots[-_MANY:] if s.first < at), n)
            for n in self._latest(self.by_word, word)
            if not self._personal(n) and any(s.first < at for s in self.names[n].spots[-_MANY:])
        ]
        return max(found, default=(0, None))[1]

    def _person_for(self, index: int, key: Key) -> int | None:
        """The person that a short name means: by surname, else by another word of the name."""
        core = core_of(key)
        lasts = [
            n for n in self._latest(self.by_last, core[-1]) if self._personal(n) and is_part(core, self.names[n].full)
        ]
        if not lasts:
            lasts = [
                n
                for n in self._latest(self.by_word, core[0])
                if self._personal(n) and is_part(core, self.names[n].full)
            ]
        if len(lasts) < 2:
            return lasts[0] if lasts else None
        return self._likeliest(index, lasts)

    def _likeliest(self, index: int, candidates: list[int]) -> int:
        """Of several people with the name: whose title agrees, then whose full name the article leans on and gave last."""
        spot = self.spots[index]
        paragraph = self.tokens.paragraph[spot.first]

        def weight(number: int) -> tuple[float, int]:
            name = self.names[number]
            score = 0.0
            if spot.gender:
                genders = {s.gender for s in name.spots[-_MANY:]} - {""}
                score += 4 if spot.gender in genders else -4 if genders else 0
            before = [s for s in name.spots[-_MANY:] if s.first < spot.first]
            if before:
                gap = paragraph - self.tokens.paragraph[before[-1].first]
                score += 2.5 if gap == 0 else 1.5 if gap == 1 else 1.0 if gap < 4 else 0.5
                full = sum(len(s.words) > 1 for s in before)
                # a name that is always given in full is in full to tell it from the other, who is then the short one
                short = len(before) - full
                score += min(2.0, 0.5 * short)
                score += 0.75 * any(self._speaks(s) for s in before[-_MANY:])
            return score, -number

        return max(candidates, key=weight)

    def _speaks(self, spot: Spot) -> bool:
        """Whether a reporting word touches a name: "Ann Hale said", "said Ann Hale", "Ann Hale, a nurse, said" is not read."""
        plain, last = self.tokens.plain, spot.last
        after = plain[last + 1 : last + 3]
        return (
            bool(after)
            and (after[0] in _SAYING or (after[0] == "," and after[-1] in _SAYING))
            or (spot.title > 0 and plain[spot.title - 1] in _SAYING)
        )

    def _by_spelling(self, word: str) -> int | None:
        if len(self.by_last) > _MANY:
            return None
        found = [
            number
            for last, numbers in self.by_last.items()
            if last[:1] == word[:1] and is_variant(last, word)
            for number in numbers
            if self._personal(number) and len(self.names[number].full) > 1
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
    return (
        word in tokens.common
        or bool(tokens.bits[spot.first] & (W.PLURAL | W.COLLECTIVE | W.REPORT))
        or (word.endswith("s") and plural_of_role(word))
    )
