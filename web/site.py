"""What every view of one app shares: its engine, and what is known of the collection that it answers from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import current_app, g

from search.engine import Engine, Stats
from search.records import Speaker, TopicTerm

EXTENSION = "onrecord"
_LEADING = 6  # most quoted people on the front page
_LOOKED_AT = 30
_REMEMBERED = 500
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once a generation."""

    generation: str
    stats: Stats
    topics: dict[str, TopicTerm]
    leading: tuple[Speaker, ...]
    remembered: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Site:
    """One collection on the web.

    Attributes:
        engine: Answers every question; each call sees exactly one generation.
        per_page: Results on a page when the address does not say.
    """

    engine: Engine
    per_page: int = 10
    _known: _Known | None = field(default=None, init=False)

    def generation(self) -> str:
        """The generation that a search would see now; within one request it is asked for once."""
        if "generation" not in g:
            g.generation = self.engine.generation()
        return cast(str, g.generation)

    def stats(self) -> Stats:
        """What is in the generation that a search would see now; counted once a generation."""
        return self._current().stats

    def topics(self) -> dict[str, TopicTerm]:
        """The topic vocabulary by id."""
        return self._current().topics

    def leading(self) -> tuple[Speaker, ...]:
        """The most quoted speakers who have a name."""
        return self._current().leading

    def speaking(self) -> int:
        """How many speak, of all who are named."""
        return self._current().stats.speakers

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What took long to find out, remembered for as long as the collection stays the same."""
        remembered = self._current().remembered
        found = remembered.get(key)
        if found is None:
            found = make()
            if len(remembered) < _REMEMBERED:
                remembered[key] = found
        return cast(_T, found)

    def _current(self) -> _Known:
        generation = self.generation()
        known = self._known
        if known is None or known.generation != generation:
            found = self.engine.speakers("", 1, _LOOKED_AT).speakers
            known = _Known(
                generation,
                self.engine.stats(),
                {term.id: term for term in self.engine.topics()},
                tuple(who for who in found if who.quotes and who.kind == "person")[:_LEADING],
            )
            self._known = known
        return known


def site() -> Site:
    """The site of the request being answered."""
    return cast(Site, current_app.extensions[EXTENSION])


def utc_now() -> str:
    """The present time as every answer carries it: ``2026-01-31T09:30:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
