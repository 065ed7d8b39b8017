"""Organisations across the collection: one name in its wordings, and its acronym."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from indexer.identity.evidence import Evidence
from indexer.identity.names import fold
from indexer.identity.spelling import alike, skeleton, sound
from indexer.identity.unions import Unions

_SMALL = frozenset("the of for and in on at to de la le les des du der die und y".split())
_LEGAL = frozenset("inc ltd limited llc plc corp corporation co company gmbh ag sa spa nv bv oy ab as pty".split())
_PLACES = {
    "us": "united states",
    "usa": "united states",
    "uk": "united kingdom",
    "eu": "european union",
    "un": "united nations",
}
_DOTTED = re.compile(r"\b(?:[a-z] ){1,5}[a-z]\b")
_WORD_ORDER_TELLS = frozenset({"university", "college", "school", "institute"})

LEADS = 5
"""How many times as many articles must spell out an acronym in one way as in any other for it to be taken so elsewhere."""

FEWEST_LETTERS = 3
"""Letters from which an acronym may be led back to a name that no article gives with it."""

SLIP = 5
"""Letters from which a word of a name may have another spelling."""

SLIP_ALONE = 10
"""The same where the name is that word alone and sounds differ: Boeing is not Beijing."""


def group_organisations(numbers: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge in ``unions`` the entities that are one organisation. An organisation may be two entities of one article.

    ``numbers`` are the organisations among the entities, ascending.
    """
    named: dict[tuple[str, ...], list[int]] = defaultdict(list)
    short: dict[str, list[int]] = defaultdict(list)
    for n in numbers:
        name = evidence.items[n].entity.name
        letters = acronym_letters(name)
        if letters:
            short[letters].append(n)
        else:
            named[_wording(name)].append(n)
    for group in (*named.values(), *short.values()):
        for n in group[1:]:
            unions.join(group[0], n)
    _link_spellings(named, unions)
    _link_acronyms(named, short, evidence, unions)


def acronym_letters(name: str) -> str:
    """The letters of an acronym (``U.N.`` -> ``un``), or empty when the name is none."""
    letters = name.replace(".", "").replace("&", "")
    letters = letters[:-1] if letters[-1:] == "s" and letters[:-1].isupper() else letters
    if 2 <= len(letters) <= 7 and letters.isalpha() and sum(map(str.isupper, letters)) * 2 > len(letters):
        return letters.lower() if letters[:2].isupper() else ""
    return ""


@lru_cache(maxsize=1 << 16)
def _wording(name: str) -> tuple[str, ...]:
    """The words of a name that count, in an order of their own: "Department of State" is "State Department"."""
    words = _words(name)
    return words if _WORD_ORDER_TELLS & set(words) else tuple(sorted(words))


def _words(name: str) -> tuple[str, ...]:
    folded = _DOTTED.sub(lambda match: match.group().replace(" ", ""), fold(name))
    expanded = " ".join(_PLACES.get(word, word) for word in folded.split()).split()
    words = [word for word in expanded if word not in _SMALL]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return tuple(words or expanded or [name])


def _link_spellings(named: dict[tuple[str, ...], list[int]], unions: Unions) -> None:
    """Merge names that differ only in the spelling of words (Organization, Organisation); short names differ for a reason."""
    blocks: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(named):
        blocks[tuple(map(skeleton, words))].append(words)
    for names in blocks.values():
        for one, other in pairwise(names):
            if all(map(_one_word, one, other) if len(one) > 1 else map(_one_name, one, other)):
                unions.join(named[one][0], named[other][0])


def _one_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= SLIP and alike(one, other))


def _one_name(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SLIP or DamerauLevenshtein.distance(one, other, score_cutoff=1) > 1:
        return False
    return sound(one) == sound(other) or (len(one) >= SLIP_ALONE and alike(one, other))


def _link_acronyms(
    named: dict[tuple[str, ...], list[int]], short: dict[str, list[int]], evidence: Evidence, unions: Unions
) -> None:
    """Merge an acronym with the name it stands for: the one that articles give with it, else one met in its company."""
    given: dict[str, Counter[int]] = defaultdict(Counter)
    fitting: dict[str, set[int]] = defaultdict(set)
    for words, group in named.items():
        for n in group:
            entity, root = evidence.items[n].entity, unions.root(n)
            for alias in {acronym_letters(alias) for alias in entity.aliases} - {""}:
                given[alias][root] += 1
            if len(words) >= FEWEST_LETTERS:
                for letters in initials_of(entity.name):
                    if letters in short and len(letters) >= FEWEST_LETTERS:
                        fitting[letters].add(root)
    for letters, group in short.items():
        for alias in (alias for n in group for alias in evidence.items[n].entity.aliases):
            if _wording(alias) in named:
                given[letters][unions.root(named[_wording(alias)][0])] += 1
    for letters in sorted(short):
        own = short[letters][0]
        votes = given.get(letters) or Counter(
            {root: met for root in fitting.get(letters, ()) if (met := _met(own, root, evidence, unions))}
        )
        leading = sorted(votes, key=lambda root: (-votes[root], min(unions.members(root))))
        if leading and (len(leading) == 1 or votes[leading[0]] >= LEADS * votes[leading[1]]):
            unions.join(leading[0], own)


def _met(acronym: int, root: int, evidence: Evidence, unions: Unions) -> int:
    """How much says that an acronym stands for a name that merely has its letters; most where one article has both."""
    some, others = unions.members(acronym), unions.members(root)
    return evidence.shared(some, others) + 100 * unions.apart(acronym, root)


def initials_of(name: str) -> set[str]:
    """What the name's acronym can be: first letters, with and without its small words."""
    words = fold(name).split()
    words = words[1:] if words[:1] == ["the"] else words
    telling = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in chosen) for chosen in (words, telling) if len(chosen) >= 2}
