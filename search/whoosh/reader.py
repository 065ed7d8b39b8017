"""The current generation, opened once and exchanged when a newer one is published."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from search.errors import IndexDamagedError, IndexMissingError, SearchIndexError
from search.whoosh.damage import blaming
from search.whoosh.generations import Generations, Stamp
from search.whoosh.opened import OpenGeneration

_log = logging.getLogger(__name__)


class Reader:
    """Hands out the current generation. Safe from several threads."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._guard = threading.Lock()
        self._opened: tuple[Stamp, OpenGeneration] | None = None

    def current(self) -> OpenGeneration:
        """The current generation; the same object until another is published.

        Raises:
            IndexMissingError: Nothing has been built yet.
            IndexDamagedError: No generation is whole.
            IndexVersionError: It was written by another version.
        """
        opened, stamp = self._opened, self._generations.stamp()
        if opened is not None and opened[0] == stamp:
            return opened[1]
        with self._guard:
            opened, stamp = self._opened, self._generations.stamp()
            if opened is None or opened[0] != stamp:
                opened = (stamp, self._open())
                self._opened = opened
            return opened[1]

    @contextlib.contextmanager
    def reading(self) -> Iterator[OpenGeneration]:
        """The current generation for one call; what fails because of a damaged file is told so."""
        generation = self.current()
        with blaming(generation.folder):
            yield generation

    def open_base(self) -> OpenGeneration | None:
        """Open the current generation for a writer to go on from, or None when there is none.

        Raises:
            SearchIndexError: It is not whole; an older one is not taken in its place.
        """
        try:
            return self._open_current()
        except IndexMissingError:
            return None

    def open_any(self) -> OpenGeneration | None:
        """Open the current generation or the latest whole one, or None: whoever builds anew can do without."""
        try:
            return self._open()
        except SearchIndexError:
            return None

    def close(self) -> None:
        """Let go of the generation."""
        with self._guard:
            if self._opened is not None:
                self._opened[1].close()
                self._opened = None

    def _open(self) -> OpenGeneration:
        """Open what the pointer names; where that is damaged, the latest generation that is whole."""
        try:
            return self._open_current()
        except IndexDamagedError as error:
            for name in self._generations.complete():
                try:
                    generation = OpenGeneration(self._generations.path(name))
                except SearchIndexError:
                    continue
                _log.warning("%s; answering from generation %s", error, name)
                return generation
            raise

    def _open_current(self) -> OpenGeneration:
        """Open what the pointer names, again where a writer moved on twice between reading it and opening."""
        name = ""
        while True:
            before, name = name, self._generations.current()
            try:
                return OpenGeneration(self._generations.path(name))
            except IndexMissingError as error:
                if name == before:
                    problem = f"generation {name} is missing"
                    raise IndexDamagedError(str(self._generations.folder), problem) from error
            except IndexDamagedError:
                if name == before:
                    raise
