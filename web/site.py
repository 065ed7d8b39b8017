"""What every view of one app shares: its engine, and what is known of the collection that it answers from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

from flask import current_app

from search.engine import Engine, Stats
from search.records import TopicTerm

EXTENSION = "onrecord"


@dataclass(slots=True)
class Site:
    """One collection on the web.

    Attributes:
        engine: Answers every question; each call sees exactly one generation.
        per_page: Results on a page when the address does not say.
    """

    engine: Engine
    per_page: int = 10
    _known: tuple[str, Stats, dict[str, TopicTerm]] | None = field(default=None, init=False)

    def stats(self) -> Stats:
        """What is in the generation that a search would see now; counted once a generation."""
        return self._current()[1]

    def topics(self) -> dict[str, TopicTerm]:
        """The topic vocabulary by id."""
        return self._current()[2]

    def _current(self) -> tuple[str, Stats, dict[str, TopicTerm]]:
        generation = self.engine.generation()
        known = self._known
        if known is None or known[0] != generation:
            known = (generation, self.engine.stats(), {term.id: term for term in self.engine.topics()})
            self._known = known
        return known


def site() -> Site:
    """The site of the request being answered."""
    return cast(Site, current_app.extensions[EXTENSION])


def utc_now() -> str:
    """The present time as every answer carries it: ``2026-01-31T09:30:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
