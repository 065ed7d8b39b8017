"""A progress bar on standard error: share of the input, articles, rate, time left."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class ProgressBar:
    """Implements :class:`indexer.feed.Progress`; silent where standard error is no terminal."""

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(stderr=True)
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.0f}/s"),
            TextColumn("left"),
            TimeRemainingColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task: TaskID | None = None
        self._articles = 0
        self._begun = time.monotonic()

    def __enter__(self) -> Self:
        self._bar.start()
        self._task = self._bar.add_task("reading", total=None, articles=0, rate=0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def expect(self, size: int | None) -> None:
        """Bytes of input to come in all, or None when that cannot be known."""
        if self._task is not None:
            self._bar.update(self._task, total=size)

    def read(self, size: int) -> None:
        """About this many bytes more have been read."""
        if self._task is not None:
            self._bar.advance(self._task, size)

    def stored(self, articles: int) -> None:
        """This many articles more are done with."""
        self._articles += articles
        if self._task is not None:
            rate = self._articles / max(time.monotonic() - self._begun, 0.001)
            self._bar.update(self._task, articles=self._articles, rate=rate)

    def stage(self, name: str) -> None:
        """A new stage began."""
        if self._task is not None:
            self._bar.update(self._task, description=name)
