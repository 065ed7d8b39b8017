"""Who stands in a speaker's place, and what is said there: what the one tells of the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TypeAlias

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.word_table import HE, SHE

SpeakerSpan: TypeAlias = tuple[int, int, int, int]
"""Words in a speaker's place and what is said there: start, end, start, end."""

_END = 1 << 62
_KILLED = frozenset("killed murdered dead drowned".split())
_DEATH = frozenset("death killing late murder body lost".split())
_TELLS_DEATH = _KILLED | _DEATH | {"died"}


class Stretches:
    """Stretches of text, none within another.

    Args:
        spans: Start and end of each, sorted.
    """

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]

    def hold(self, start: int) -> bool:
        """Whether a character stands in one of them."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and start < self._spans[at][1]


class Spoken:
    """The speakers' places of an article.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        spans: Words in a speaker's place with what is said there, sorted.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, spans: Sequence[SpeakerSpan]) -> None:
        self._tokens = tokens
        self._names = names
        self._spans = spans
        self._starts = [span[0] for span in spans]
        self._name_starts = [[spot.start for spot in name.spots] for name in names.names]

    def at(self, start: int) -> SpeakerSpan | None:
        """The speaker's place that a character stands in."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and start < self._spans[at][1]:
            return self._spans[at]
        return None

    def speaks_of(self, pronoun: str, start: int, end: int) -> bool:
        """Whether what is said speaks of a man, where the pronoun is "he", or of a woman: “He was kind,” he said."""
        tokens = self._tokens
        first, stop = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        return not (HE if pronoun in HE else SHE).isdisjoint(tokens.lower[first:stop])

    def names_inside(self, number: int, start: int, end: int) -> bool:
        """Whether somebody is named between two characters."""
        starts = self._name_starts[number]
        at = bisect_left(starts, start)
        return at < len(starts) and starts[at] < end

    def speaker_behind(self, pronoun: int) -> int | None:
        """Who is named behind what a pronoun stands in, as its speaker: "He has a cold, said Orsk" is of Orsk himself."""
        start = self._tokens.starts[pronoun]
        at = bisect_right(self._told_by, (start, _END)) - 1
        if at < 0 or start >= self._told_by[at][1]:
            return None
        first, end = self._told_by[at][2:]
        spots = self._names.spots
        index = bisect_left(spots, first, key=lambda spot: spot.start)
        if index == len(spots) or spots[index].start >= end:
            return None
        number = self._names.owner[index]
        return number if self._names.names[number].is_person else None

    @cached_property
    def _told_by(self) -> list[tuple[int, int, int, int]]:
        """What is said ahead of its speaker's words, with those words, sorted."""
        return sorted((span[2], span[3], span[0], span[1]) for span in self._spans if span[2] < span[0])

    @cached_property
    def dead(self) -> frozenset[int]:
        """Everyone of whom the text tells that they died, as they do not speak: "Max Hale was killed", "her late husband, Max"."""
        lower = self._tokens.lower
        found: set[int] = set()
        if _TELLS_DEATH.isdisjoint(self._tokens.vocabulary):
            return frozenset()
        for spot, number in zip(self._names.spots, self._names.owner, strict=True):
            behind = lower[spot.last + 1 : spot.last + 4]
            dies = "died" in behind[:2] or (behind[:1] == ["was"] and not _KILLED.isdisjoint(behind))
            if dies or not _DEATH.isdisjoint(lower[max(0, spot.title - 4) : spot.title]):
                found.add(number)
        return frozenset(found)
