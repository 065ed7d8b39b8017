"""Ids and slugs that stay: each group of entities takes over what its members had in the generation before.

An id is made once, from the first name that its bearer is known by, and then handed on from generation to generation by
the members. Who absorbs another keeps the other's id and slug as old ones, so that every address ever given still leads
somewhere.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.identity.names import fold, slug_of
from search.records import CollectionTables, Speaker


@dataclass(frozen=True, slots=True)
class Nameless:
    """A group that wants an id: what is known of it so far.

    Attributes:
        kind: ``person``, ``organisation`` or ``unnamed``.
        name: Canonical name.
        words: Folded words of every member's name.
        members: Entity keys, sorted.
        weight: How often it appears; the heavier of two namesakes gets the plain slug.
    """

    kind: str
    name: str
    words: frozenset[str]
    members: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where a speaker is found: permanent id, slug, and what else leads there."""

    id: str
    slug: str
    old_slugs: tuple[str, ...] = ()


def assign(groups: Sequence[Nameless], previous: CollectionTables | None) -> list[Address]:
    """Give every group an id and a slug.

    Args:
        groups: In any order; the outcome does not depend on it.
        previous: The tables of the generation before, or None.

    Returns:
        An address for each group, in the order given. Nobody keeps as an old one what somebody has now: who was merged and
        is parted again has their own address back.
    """
    heirs = _heirs(groups, previous.speakers if previous else ())
    order = sorted(range(len(groups)), key=lambda n: (-groups[n].weight, groups[n].name, groups[n].members))
    ids = _Ids({heirs[n][0].id for n in heirs})
    addresses: dict[int, Address] = {}
    slugs = _slugs(groups, order, heirs)
    for n in order:
        old = heirs.get(n, [])
        group = groups[n]
        own_id = old[0].id if old else ids.make(group)
        former = {name for speaker in old for name in (speaker.slug, *speaker.old_slugs)}
        former |= {speaker.id for speaker in old[1:]}
        addresses[n] = Address(own_id, slugs[n], tuple(sorted(former - {slugs[n], own_id})))
    taken = {name for address in addresses.values() for name in (address.id, address.slug)}
    return [
        replace(addresses[n], old_slugs=tuple(name for name in addresses[n].old_slugs if name not in taken))
        for n in range(len(groups))
    ]


def _heirs(groups: Sequence[Nameless], before: Sequence[Speaker]) -> dict[int, list[Speaker]]:
    """For each group the former speakers whose addresses it takes over, the one whose id it keeps first.

    A former speaker goes to the group that most of its members went to. Without common members (its articles were
    edited) the name decides, if only one nobody else has claimed bears it.
    """
    at: dict[str, int] = {key: n for n, group in enumerate(groups) for key in group.members}
    claims: list[tuple[int, str, int, Speaker]] = []
    orphans: dict[tuple[str, str], list[Speaker]] = defaultdict(list)
    for speaker in before:
        votes = Counter(n for key in speaker.members if (n := at.get(key)) is not None and _alike(groups[n], speaker))
        if votes:
            best = min(votes, key=lambda n: (-votes[n], fold(groups[n].name) != fold(speaker.name), groups[n].members))
            claims.append((votes[best], speaker.id, best, speaker))
        else:
            orphans[speaker.kind, fold(speaker.name)].append(speaker)
    heirs: dict[int, list[Speaker]] = defaultdict(list)
    for _, _, n, speaker in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
        heirs[n].append(speaker)
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        if n not in heirs:
            free[group.kind, fold(group.name)].append(n)
    for name, speakers in orphans.items():
        if len(speakers) == 1 and len(free.get(name, ())) == 1:
            heirs[free[name][0]].append(speakers[0])
    return heirs


def _alike(group: Nameless, speaker: Speaker) -> bool:
    """Keys count entities within an article, so that after an edit one may have gone to another: names must touch."""
    if group.kind != speaker.kind and "unnamed" in (group.kind, speaker.kind):
        return False
    return any(not group.words.isdisjoint(fold(name).split()) for name in (speaker.name, *speaker.aliases))


def _slugs(groups: Sequence[Nameless], order: Sequence[int], heirs: Mapping[int, list[Speaker]]) -> dict[int, str]:
    """A slug for each: the one it had where that still says its name, else a free one; heavier groups choose first."""
    slugs: dict[int, str] = {}
    taken: set[str] = set()
    for n in order:
        wanted = slug_of(groups[n].name)
        for speaker in heirs.get(n, ()):
            if _is_numbered(speaker.slug, wanted) and speaker.slug not in taken:
                slugs[n] = speaker.slug
                taken.add(speaker.slug)
                break
    following: Counter[str] = Counter()
    for n in order:
        if n in slugs:
            continue
        base = slug = slug_of(groups[n].name)
        while slug in taken:
            following[base] += 1
            slug = f"{base}-{following[base] + 1}"
        slugs[n] = slug
        taken.add(slug)
    return slugs


def _is_numbered(slug: str, base: str) -> bool:
    return slug == base or (slug.startswith(f"{base}-") and slug[len(base) + 1 :].isdigit())


class _Ids:
    """Makes ids nobody has."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken

    def make(self, group: Nameless) -> str:
        occurrence = 0
        while True:
            seed = f"{group.kind}\x1f{fold(group.name)}\x1f{occurrence}"
            made = "s" + hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()[:12]
            if made not in self._taken:
                self._taken.add(made)
                return made
            occurrence += 1
