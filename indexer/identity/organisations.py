"""Organisations across the collection: one name in its wordings, and its acronym."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from indexer.identity.evidence import Evidence
from indexer.identity.institutions import is_institution, is_shared, known_organisations
from indexer.identity.names import fold
from indexer.identity.spelling import alike, skeleton, sound
from indexer.identity.unions import Unions
from indexer.people_words import W, lexicon

_SMALL = frozenset("the of for and in on at to de la le les des du der die und y".split())
_LEGAL = frozenset("inc ltd limited llc plc corp corporation co company gmbh ag sa spa nv bv oy ab as pty".split())
_PLACES = {
    "us": "united states",
    "usa": "united states",
    "uk": "united kingdom",
    "eu": "european union",
    "un": "united nations",
}
_OWNERS = tuple(frozenset(place.split()) for place in ("united states", "united kingdom", "european union"))
_STATE = re.compile(
    r"^(?:the )?(?:islamic republic|federal republic|federative republic|kingdom|commonwealth|sultanate|principality|grand duchy)"
    r" of (?:the )?(?=\w)"
)
_DOTTED = re.compile(r"\b(?:[a-z] ){1,5}[a-z]\b")
_WORD_ORDER_TELLS = frozenset({"university", "college", "school", "institute"})

LEADS = 5
"""How many times as many articles must spell out an acronym in one way as in any other for it to be taken so elsewhere."""

FEWEST_LETTERS = 3
"""Letters from which an acronym may be led back to a name that no article gives with it."""

OWN_WORDS = 3
"""Words from which a name is an institution's own, with its country's name or without."""

FEWEST_OWNED = 2
"""Words that a name must have besides its country's for the country to be left out."""

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
        if letters and letters not in _PLACES:
            short[letters].append(n)
        else:
            named[_wording(name)].append(n)
    for words, group in named.items():
        if is_shared(words):
            _tie(group, evidence, unions)
        else:
            _join_all(group, unions)
    for letters, group in short.items():
        if is_shared((letters,)):
            _tie(group, evidence, unions)
        else:
            _join_all(group, unions)
    _link_spellings({words: group for words, group in named.items() if not is_shared(words)}, unions)
    _link_known(named, short, unions)
    _link_owned(named, evidence, unions)
    _link_owners(named, evidence, unions)
    _link_acronyms(named, short, evidence, unions)


def _join_all(group: Sequence[int], unions: Unions) -> None:
    for n in group[1:]:
        unions.join(group[0], n)


def _tie(group: Sequence[int], evidence: Evidence, unions: Unions) -> None:
    """Merge bearers of a name that many institutions share only where their articles name somebody else in common."""
    first: dict[str, int] = {}
    own = {word for n in group for word in fold(evidence.items[n].entity.name).split() if word not in _SMALL}
    for n in group:
        for name in sorted(evidence.company(n)):
            if own.isdisjoint(name.split()):
                unions.join(first.setdefault(name, n), n)


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
    folded = _STATE.sub("", _DOTTED.sub(lambda match: match.group().replace(" ", ""), fold(name)))
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


def _link_known(named: dict[tuple[str, ...], list[int]], short: dict[str, list[int]], unions: Unions) -> None:
    """Merge the names of well-known organisations, which news does not explain ("AFP")."""
    for names in known_organisations():
        groups = [short.get(acronym_letters(name)) or named.get(_wording(name)) for name in names]
        there = [group[0] for group in groups if group]
        for n in there[1:]:
            unions.join(there[0], n)


def is_shared_name(name: str) -> bool:
    """Whether a name does not say which organisation it is ("Supreme Court")."""
    return is_shared(_wording(name))


def is_known_organisation(name: str) -> bool:
    """Whether a name, letters apart, is one of a well-known organisation, whatever an article takes it for."""
    return _wording(name) in _known_wordings()


@cache
def _known_wordings() -> frozenset[tuple[str, ...]]:
    return frozenset(_wording(name) for names in known_organisations() for name in names if not acronym_letters(name))


def _link_owned(named: dict[tuple[str, ...], list[int]], evidence: Evidence, unions: Unions) -> None:
    """Merge "Supreme Court" with the one owned such name of its article ("Velmar Supreme Court")."""
    fuller: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for words, group in named.items():
        if len(words) > 1:
            for n in group:
                fuller[evidence.article[n]].append(words)
    for words, group in named.items():
        if not is_shared(words):
            continue
        for n in group:
            owned = {
                other
                for other in fuller[evidence.article[n]]
                if len(other) > len(words) and set(words) < set(other) and not is_shared(other)
            }
            if len(owned) == 1 and _is_owner(set(*owned) - set(words)):
                unions.join(named[owned.pop()][0], n)


def _is_owner(words: set[str]) -> bool:
    """Whether these words are a country, a place or its people, as far as known."""
    known = lexicon()
    return words in _OWNERS or all(
        known.get(word, 0) & (W.PLACE | W.DEMONYM) and not is_institution({word}) for word in words
    )


def _link_owners(named: dict[tuple[str, ...], list[int]], evidence: Evidence, unions: Unions) -> None:
    """Merge a name with the same under its country's name ("US Libertarian Party").

    A long name is the institution's own, if only one country's is known; of a shorter one each article's bearer needs
    company in common with one country's alone.
    """
    owners: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for words in named:
        for owner in _OWNERS:
            if owner < set(words) and len(words) - len(owner) >= FEWEST_OWNED:
                owners[tuple(word for word in words if word not in owner)].append(words)
    for words, owned in owners.items():
        if words not in named:
            continue
        if len(words) >= OWN_WORDS:
            if len(owned) == 1:
                unions.join(named[owned[0]][0], named[words][0])
            continue
        company = {other: _company(unions.members(named[other][0]), words, evidence) for other in owned}
        for n in named[words]:
            met = [other for other in owned if not company[other].isdisjoint(evidence.company(n))]
            if len(met) == 1:
                unions.join(named[met[0]][0], n)


def _company(members: Sequence[int], words: Sequence[str], evidence: Evidence) -> set[str]:
    """Whom these are named with, leaving out names with a word of their own."""
    return {name for n in members for name in evidence.company(n) if set(words).isdisjoint(name.split())}


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
    """How much says that an acronym stands for a name that merely has its letters: nothing unless one article has both."""
    return unions.apart(acronym, root) and evidence.shared(unions.members(acronym), unions.members(root)) + 1


def initials_of(name: str) -> set[str]:
    """What the name's acronym can be: first letters, with and without its small words."""
    words = fold(name).split()
    words = words[1:] if words[:1] == ["the"] else words
    telling = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in chosen) for chosen in (words, telling) if len(chosen) >= 2}
