"""Which full names are worth comparing: pairs from blocks of like-sounding names, near-linear in their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from indexer.identity.names import PersonName
from indexer.identity.spelling import alike, full_forms, same_given, skeleton, sound

Key: TypeAlias = tuple[str, str]

BLOCK = 60
"""Names compared each with each; in a bigger block only neighbours in the order of their sound are."""

NEIGHBOURS = 8

LONG = 7
"""Letters a surname needs for one slip of the pen to be forgiven."""

ALIAS, TURNED, SPELLING, SHORT, COMPOUND = 5, 3, 3, 2, 1
"""How strong the likeness is: one article gives both names to one person; first and last name turned round; two
spellings; a short form of the first name; a second surname, or the first of two first names, left out."""


def name_pairs(
    full: Mapping[Key, Sequence[object]],
    aliases: Iterable[tuple[Key, Key]],
    compounds: Iterable[tuple[Key, PersonName]] = (),
) -> set[tuple[int, Key, Key]]:
    """Pairs of names that may be one person's, with the strength of the likeness.

    Args:
        full: First name and surname of everyone known by both.
        aliases: Pairs that some article gives to one person.
        compounds: Names of more than two words, with their key.
    """
    best: dict[tuple[Key, Key], int] = {}
    for strength, one, other in _all(full, aliases, compounds):
        pair = (min(one, other), max(one, other))
        best[pair] = max(best.get(pair, 0), strength)
    return {(strength, *pair) for pair, strength in best.items()}


def _all(
    full: Mapping[Key, Sequence[object]],
    aliases: Iterable[tuple[Key, Key]],
    compounds: Iterable[tuple[Key, PersonName]],
) -> Iterator[tuple[int, Key, Key]]:
    for one, other in aliases:
        yield ALIAS, one, other
    for given, surname in full:
        if (surname, given) in full and given < surname:
            yield TURNED, (given, surname), (surname, given)
        for longer in full_forms(given):
            if (longer, surname) in full:
                yield SHORT, (given, surname), (longer, surname)
    for key, name in compounds:
        for word in name.given[1:]:
            if len(word) > 2 and (name.given[0], word) in full:
                yield COMPOUND, (name.given[0], word), key
            if len(word) > 2 and (word, name.surname) in full:
                yield COMPOUND, (word, name.surname), key
    for one, other in _like_sounding(full):
        if same_given(one[0], other[0]) and alike(one[1], other[1]):
            yield SPELLING if alike(one[0], other[0]) else SHORT, one, other
    yield from _slips(full)


def _like_sounding(full: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Pairs whose surnames have the same consonants and whose first names begin with the same sound."""
    blocks: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for given, surname in full:
        blocks[skeleton(surname), sound(given)[:1]].append((given, surname))
    for keys in blocks.values():
        if len(keys) <= BLOCK:
            yield from combinations(sorted(keys), 2)
            continue
        keys.sort(key=lambda key: (sound(key[0]), sound(key[1]), key))
        for place, key in enumerate(keys):
            for other in keys[place + 1 : place + 1 + NEIGHBOURS]:
                yield key, other


def _slips(full: Iterable[Key]) -> Iterator[tuple[int, Key, Key]]:
    """Pairs with the same first name whose long surnames differ by one slip, found by leaving out each letter in turn."""
    found: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for given, surname in sorted(full):
        if len(surname) >= LONG:
            shortened = {surname, *(surname[:at] + surname[at + 1 :] for at in range(1, len(surname)))}
            for form in shortened:
                found[given, form].append((given, surname))
    for keys in found.values():
        for one, other in combinations(keys[:NEIGHBOURS], 2):
            if alike(one[1], other[1]):
                yield SPELLING, one, other
