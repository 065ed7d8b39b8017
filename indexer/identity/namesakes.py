"""Entities of one name: one person, or several who share it?

One, unless something speaks against it. What ties two articles' bearers of a name together is a telling word of a role or
somebody they are both named with; what drives two such sets apart is another walk of life, another pronoun, or "Jr".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.identity.evidence import Evidence
from indexer.identity.names import PersonName, person_name
from indexer.identity.unions import Unions

_HEADS = 8
"""Most people of one name that a bearer is compared with; keeps hostile input linear."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """What is known of somebody: present and past walks of life, pronoun, suffix, middle names."""

    walks: frozenset[str]
    past: frozenset[str]
    gender: str
    names: frozenset[PersonName]

    def against(self, other: _Profile) -> bool:
        """Whether the two cannot well be one person."""
        return (
            _elsewhere(self.walks, self.past, other.walks, other.past)
            or bool(self.gender and other.gender and self.gender != other.gender)
            or any(not compatible(a, b) for a in self.names for b in other.names)
        )


def _elsewhere(walks: frozenset[str], past: frozenset[str], others: frozenset[str], their_past: frozenset[str]) -> bool:
    """Whether two lead different lives; what somebody used to be is no contradiction to what they are."""
    return bool(walks and others) and not (walks & others or walks & their_past or past & others)


def compatible(one: PersonName, other: PersonName) -> bool:
    """Whether two forms with the same first and last name leave room for one person: no clash of suffix or middle name."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    a, b = one.given[1:], other.given[1:]
    if not a or not b:
        return True
    short, full = sorted((a, b), key=len)
    rest = iter(full)
    return all(any(_begins(word, candidate) for candidate in rest) for word in short)


def _begins(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def tell_apart(numbers: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge the entities of one first and last name in ``unions``, into as many people as there is reason for.

    ``numbers`` are the entities of that name, ascending.
    """
    if not _may_differ(numbers, evidence):
        _merge_all(numbers, unions)
        return
    _tie(numbers, evidence, unions)
    people: list[tuple[list[int], _Profile]] = []
    for tied in sorted(unions.groups(numbers), key=lambda group: (-len(group), group)):
        profile = _profile(tied, evidence)
        for place, (known, other) in enumerate(people):
            if not profile.against(other) and unions.merge(known[0], tied[0]):
                people[place] = (known, _both(other, profile))
                break
        else:
            people.append((tied, profile))


def _may_differ(numbers: Sequence[int], evidence: Evidence) -> bool:
    """Whether anything at all could speak against one person; for most names nothing does."""
    walks: set[frozenset[str]] = set()
    genders: set[str] = set()
    names: set[PersonName] = set()
    for n in numbers:
        walks.add(evidence.walks(n))
        genders.add(evidence.items[n].entity.pronouns)
        names.add(person_name(evidence.items[n].entity.name))
    told = [found for found in walks if found]
    return (
        {"he", "she"} <= genders
        or any(a.isdisjoint(b) for a in told for b in told)
        or any(not compatible(a, b) for a in names for b in names)
    )


def _merge_all(numbers: Sequence[int], unions: Unions) -> None:
    """All one, but for those that one article names side by side."""
    heads: list[int] = []
    for n in numbers:
        if not any(unions.merge(head, n) for head in heads[:_HEADS]):
            heads.append(n)


def _tie(numbers: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge bearers that share a telling role word or company, where their middle names allow it.

    A pronoun is no obstacle here: a pronoun misread is more likely than a man and a woman of one name in one company.
    """
    sharing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in numbers:
        for name in evidence.company(n):
            sharing["named with", name].append(n)
        for word in evidence.role_words(n):
            sharing["role", word].append(n)
    for sign in sorted(sharing):
        heads: list[int] = []
        for n in sharing[sign]:
            if not any(_names_agree(head, n, evidence) and unions.merge(head, n) for head in heads[:_HEADS]):
                heads.append(n)


def _names_agree(a: int, b: int, evidence: Evidence) -> bool:
    return compatible(person_name(evidence.items[a].entity.name), person_name(evidence.items[b].entity.name))


def _profile(numbers: Iterable[int], evidence: Evidence) -> _Profile:
    numbers = list(numbers)
    return _Profile(
        walks=frozenset(walk for n in numbers for walk in evidence.walks(n)),
        past=frozenset(walk for n in numbers for walk in evidence.past(n)),
        gender=evidence.gender(numbers),
        names=frozenset(person_name(evidence.items[n].entity.name) for n in numbers),
    )


def _both(one: _Profile, other: _Profile) -> _Profile:
    genders = {one.gender, other.gender} - {""}
    return _Profile(
        one.walks | other.walks,
        one.past | other.past,
        genders.pop() if len(genders) == 1 else "",
        one.names | other.names,
    )
