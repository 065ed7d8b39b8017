"""``reindex --shard`` and ``promote`` on the command line: progress, summary, exit status."""

from __future__ import annotations

import sys
from contextlib import closing

import click

from indexer import sharing
from indexer.collection import Settings
from indexer.corrections import corrections_folder, load_corrections
from indexer.progress import ProgressBar
from indexer.run_command import naming_skipped, terminable
from indexer.summary_text import printable, skipped_lines, summary_lines
from search.engine import open_engine
from search.sharing import Promoted, Share


def run_share(given: tuple[str, ...], location: str, share: Share, strict: bool, workers: int) -> None:
    """Write one share and print what it holds.

    Raises:
        OnRecordError: It failed; the share counts as unfinished.
    """
    with closing(open_engine(location)) as engine, naming_skipped(), terminable(), ProgressBar() as progress:
        settings = Settings(workers=workers, stdin=sys.stdin.buffer, progress=progress)
        summary = sharing.write_share(engine, given, share, settings)
    click.echo(f"{printable(location)}, share {share} of generation {summary.generation}, {summary.seconds:.1f} s")
    click.echo(f"  articles   {summary.stored:>9,}  of {summary.read:,} read")
    click.echo(f"  skipped    {len(summary.skipped):>9,}")
    for line in skipped_lines(summary.skipped):
        click.echo(line)
    click.echo("  not served yet: run 'onrecord promote' when all shares are done")
    if strict and summary.skipped:
        click.get_current_context().exit(1)


def run_promote(location: str, corrections: str | None, replace: bool, strict: bool) -> None:
    """Serve what the shares hold.

    Raises:
        OnRecordError: It cannot be served; what is served stays.
    """
    with closing(open_engine(location)) as engine, terminable(), ProgressBar() as progress:
        rulings = load_corrections(corrections_folder(location, corrections))
        summary = sharing.promote(engine, Settings(corrections=rulings, progress=progress), replace)
    if isinstance(summary, Promoted):
        click.echo(f"{printable(location)}: generation {summary.generation} was promoted before; nothing to do")
        return
    for line in summary_lines(summary, location):
        click.echo(line)
    if strict and summary.ignored:
        click.get_current_context().exit(1)


def run_abandon(location: str) -> None:
    """Remove the unpublished generation and say which it was."""
    with closing(open_engine(location)) as engine:
        generation = sharing.abandon(engine)
    done = f"removed the unpublished generation {generation}" if generation else "there is no unpublished generation"
    click.echo(f"{printable(location)}: {done}")
