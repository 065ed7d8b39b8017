"""People across the collection: namesakes told apart, then the forms of one name brought together.

full names -> namesakes -> spellings, short forms, compound and turned-round names -> initials -> surnames alone
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from indexer.identity.candidates import name_pairs
from indexer.identity.evidence import Evidence
from indexer.identity.names import PersonName, person_name
from indexer.identity.namesakes import compatible, tell_apart
from indexer.identity.spelling import same_given, sound
from indexer.identity.unions import Unions

Key: TypeAlias = tuple[str, str]
"""First name and surname, folded."""

COMMON_SURNAME = 3
"""A surname borne under this many first names says little about who is meant."""

SECOND_SURNAME = 5
"""Letters of a surname that may be followed by a second one (Pedro Almira, Pedro Almira Solano); shorter may be a middle name."""

PROMINENT = 2
"""Articles somebody must be in to be known by surname alone without further evidence."""

LEADS = 10
"""How many times as prominent as the next bearer of the surname that must be, where there are several."""

_CANDIDATES = 40


def group_people(numbers: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge in ``unions`` the entities that are one person.

    ``numbers`` are the people among the entities, ascending.
    """
    full: dict[Key, list[int]] = defaultdict(list)
    initials: dict[PersonName, list[int]] = defaultdict(list)
    bare: dict[str, list[int]] = defaultdict(list)
    for n in numbers:
        name = person_name(evidence.items[n].entity.name)
        if not name.given:
            bare[name.surname].append(n)
        elif len(name.given[0]) == 1:
            initials[name].append(n)
        else:
            full[name.given[0], name.surname].append(n)
    for key in sorted(full):
        tell_apart(full[key], evidence, unions)
    for name in sorted(initials, key=repr):
        tell_apart(initials[name], evidence, unions)
    _Linker(full, evidence, unions).link(initials, bare)


class _Linker:
    """Brings the forms of names together."""

    def __init__(self, full: dict[Key, list[int]], evidence: Evidence, unions: Unions) -> None:
        self._full, self._evidence, self._unions = full, evidence, unions
        self._givens: dict[str, set[str]] = defaultdict(set)
        self._surnames: dict[str, set[str]] = defaultdict(set)
        for given, surname in sorted(full):
            self._givens[surname].add(given)
            self._surnames[given].add(surname)

    def link(self, initials: dict[PersonName, list[int]], bare: dict[str, list[int]]) -> None:
        """Link full names with each other, then initials, then bare surnames."""
        self._link_spellings()
        bearers = self._bearers()
        for name in sorted(initials, key=repr):
            self._link_initials(name, initials[name], bearers)
        bearers = self._bearers()
        for surname in sorted(bare):
            self._link_bare(bare[surname], bearers.get(surname, []))

    def _link_spellings(self) -> None:
        """Merge full names that are one, the surest first."""
        pairs = name_pairs(self._full, self._alias_keys(), self._compounds())
        for strength, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
            for a in self._roots(self._full[one]):
                for b in self._roots(self._full[other]):
                    if not self._conflict(a, b) and (strength >= SURE or self._supported(one, other, a, b)):
                        self._unions.merge(a, b)

    def _alias_keys(self) -> Iterator[tuple[Key, Key]]:
        """Pairs of full names that one article gives one person."""
        for key, numbers in self._full.items():
            for n in numbers:
                for alias in self._evidence.items[n].entity.aliases:
                    name = person_name(alias)
                    if name.given and (other := (name.given[0], name.surname)) in self._full and other != key:
                        yield key, other

    def _compounds(self) -> Iterator[tuple[Key, PersonName]]:
        """Full names of more than two words."""
        for key, numbers in self._full.items():
            for name in {person_name(self._evidence.items[n].entity.name) for n in numbers}:
                if len(name.given) > 1:
                    yield key, name

    def _supported(self, one: Key, other: Key, a: int, b: int) -> bool:
        """Whether something besides the likeness of the names says they are one person."""
        if self._evidence.shared(self._unions.members(a), self._unions.members(b)):
            return True
        for short, full in ((one, other), (other, one)):
            if any(short[1] == form.given[-1] for form in self._forms(self._full[full]) if len(form.given) > 1):
                return len(short[1]) >= SECOND_SURNAME and self._givens[short[1]] == {short[0]}
        if one[1] == other[1] and same_given(one[0], other[0]):
            givens = self._givens[one[1]]
            return len(givens) <= COMMON_SURNAME and all(
                given in (one[0], other[0]) or not (same_given(given, one[0]) or same_given(given, other[0]))
                for given in givens
            )
        return one[0] == other[0] and sound(one[1]) == sound(other[1]) and len(one[1]) >= 6

    def _conflict(self, a: int, b: int) -> bool:
        """Whether the two groups cannot be one person."""
        unions, evidence = self._unions, self._evidence
        some, others = unions.members(a), unions.members(b)
        if unions.root(a) == unions.root(b) or unions.apart(a, b):
            return True
        if {evidence.gender(some), evidence.gender(others)} == {"he", "she"}:
            return True
        return not all(
            compatible(one, other)
            for one in self._forms(some)
            for other in self._forms(others)
            if one.surname == other.surname
        )

    def _forms(self, members: Sequence[int]) -> set[PersonName]:
        return {person_name(self._evidence.items[n].entity.name) for n in members}

    def _roots(self, numbers: Sequence[int]) -> list[int]:
        return sorted({self._unions.root(n) for n in numbers})

    def _bearers(self) -> dict[str, list[int]]:
        """People by surname, the most prominent first."""
        found: dict[str, set[int]] = defaultdict(set)
        for (_, surname), numbers in self._full.items():
            found[surname].update(self._unions.root(n) for n in numbers)
        unions = self._unions
        return {
            surname: sorted(roots, key=lambda root: (-unions.articles(root), min(unions.members(root))))
            for surname, roots in found.items()
        }

    def _link_initials(self, name: PersonName, numbers: Sequence[int], bearers: dict[str, list[int]]) -> None:
        """Merge "J. Smith" with the one John or Jane Smith that it can be."""
        for mine in self._roots(numbers):
            able = [
                root
                for root in bearers.get(name.surname, ())[:_CANDIDATES]
                if any(_initials_of(name, form) for form in self._forms(self._unions.members(root)))
                and not self._conflict(mine, root)
            ]
            support = {root: self._shared(mine, root) for root in able}
            able.sort(key=lambda root: -support[root])
            if not able:
                continue
            if len(able) == 1:
                sure = support[able[0]] > 0 or len(self._givens[name.surname]) < COMMON_SURNAME
            else:
                sure = support[able[0]] > support[able[1]]
            if sure:
                self._unions.merge(able[0], mine)

    def _link_bare(self, numbers: Sequence[int], bearers: list[int]) -> None:
        """Merge each article's "Smith" with the Smith it means; those left are one only where something ties them."""
        evidence, unions = self._evidence, self._unions
        able = bearers[:_CANDIDATES]
        fame = {root: unions.articles(root) for root in able}
        gender = {root: evidence.gender(unions.members(root)) for root in able}
        signs = {root: evidence.signs(unions.members(root)) for root in able}
        meant: dict[int, int] = {}
        for n in numbers:
            pronoun, own = evidence.items[n].entity.pronouns, evidence.signs([n])
            scores = sorted(
                (
                    (len(own & signs[root]), fame[root], -place, root)
                    for place, root in enumerate(able)
                    if {pronoun, gender[root]} != {"he", "she"} and not unions.apart(n, root)
                ),
                reverse=True,
            )
            if scores and self._is_meant(scores):
                meant[n] = scores[0][3]
        for n, root in meant.items():
            self._unions.merge(root, n)
        self._link_first_names([n for n in numbers if n not in meant])

    def _link_first_names(self, numbers: Sequence[int]) -> None:
        """Merge each article's "Nina" with the one Nina whom articles name with the same people; else as unknown."""
        evidence, unions = self._evidence, self._unions
        left = []
        for n in numbers:
            name = person_name(evidence.items[n].entity.name).surname
            known = self._roots([m for surname in self._surnames[name] for m in self._full[name, surname]])
            own = evidence.company(n)
            met = [root for root in known if any(not own.isdisjoint(evidence.company(m)) for m in unions.members(root))]
            if len(met) != 1 or self._conflict(met[0], n) or not unions.merge(met[0], n):
                left.append(n)
        tell_apart_unknown(left, evidence, unions)

    @staticmethod
    def _is_meant(scores: Sequence[tuple[int, int, int, int]]) -> bool:
        shared, fame, *_ = scores[0]
        if len(scores) == 1:
            return shared > 0 or fame >= PROMINENT
        most_famous_other = max(other[1] for other in scores[1:])
        return shared > scores[1][0] or (fame >= PROMINENT and fame >= LEADS * most_famous_other)

    def _shared(self, a: int, b: int) -> int:
        return self._evidence.shared(self._unions.members(a), self._unions.members(b))


SURE = 4
"""Strength from which a pair of full names needs no further support; see :func:`indexer.identity.candidates.name_pairs`."""


def tell_apart_unknown(numbers: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge bearers of a single name ("Nina") only where company or a role ties them: single names are common."""
    sharing: dict[tuple[str, str], int] = {}
    for n in numbers:
        signs = [("named with", name) for name in evidence.company(n)] + [
            ("role", word) for word in evidence.role_words(n)
        ]
        for sign in sorted(signs):
            unions.merge(sharing.setdefault(sign, n), n)


def _initials_of(short: PersonName, full: PersonName) -> bool:
    """Whether ``short`` (``j r smith``) abbreviates ``full`` (``john robert smith``)."""
    if not full.given or full.given[0][0] != short.given[0]:
        return False
    return all(
        mine[0] == theirs[0] and (len(mine) == 1 or len(theirs) == 1 or mine == theirs)
        for mine, theirs in zip(short.given[1:], full.given[1:], strict=False)
    )
