"""The current generation, opened once and exchanged when a newer one is published."""

from __future__ import annotations

import logging
import threading

from search.errors import IndexDamagedError, IndexMissingError, IndexVersionError, SearchIndexError
from search.whoosh.generations import Generations, Stamp
from search.whoosh.opened import OpenGeneration

_log = logging.getLogger(__name__)
_PATIENCE = 5


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
            IndexVersionError: It is of another version.
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

    def open_apart(self, tolerant: bool) -> OpenGeneration | None:
        """Open the current generation for a writer, or None when there is none (or, if ``tolerant``, no whole one)."""
        try:
            return self._open()
        except IndexMissingError:
            return None
        except SearchIndexError:
            if tolerant:
                return None
            raise

    def close(self) -> None:
        """Let go of the generation."""
        with self._guard:
            if self._opened is not None:
                self._opened[1].close()
                self._opened = None

    def _open(self) -> OpenGeneration:
        """Open what the pointer names; where that is damaged, the latest generation that is whole."""
        trouble: SearchIndexError | None = None
        for _ in range(_PATIENCE):  # between reading the pointer and opening, a writer may have moved on twice
            try:
                name = self._generations.current()
                return OpenGeneration(self._generations.path(name))
            except IndexVersionError:
                raise
            except (IndexMissingError, IndexDamagedError) as error:
                unchanged = trouble is not None and str(trouble) == str(error)
                trouble = error
                if unchanged or next(self._generations.complete(), None) is None:
                    break
        for name in self._generations.complete():
            try:
                generation = OpenGeneration(self._generations.path(name))
            except SearchIndexError:
                continue
            _log.warning("%s; answering from generation %s", trouble, name)
            return generation
        raise trouble or IndexMissingError(str(self._generations.folder))
