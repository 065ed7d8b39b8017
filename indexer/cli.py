"""The commands that read articles: ``reindex``, ``add``, ``delete`` and ``extract``.

What a command needs is imported when it runs: ``extract`` starts without the index's machinery.
"""

from __future__ import annotations

import os
import sys

import click

from search.location import index_option
from search.sharing import Share


def usable_processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_workers = click.option(
    "--workers",
    envvar="ONRECORD_WORKERS",
    type=click.IntRange(1, 256),
    default=usable_processors,
    show_default="one a processor",
    metavar="N",
    help="Processes that extract.",
)
_strict = click.option(
    "--strict", envvar="ONRECORD_STRICT", is_flag=True, help="End with status 1 when any input was skipped."
)
_corrections = click.option(
    "--corrections",
    envvar="ONRECORD_CORRECTIONS",
    type=click.Path(file_okay=False),
    default=None,
    show_default="the index folder's name with .corrections added",
    metavar="DIR",
    help="Folder with your aliases.csv and errata.csv.",
)
_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def _share(text: str) -> Share:
    """``2/8``."""
    number, slash, of = text.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 10_000):
        raise click.BadParameter(f"{text!r} is not a share such as 2/8, the second of eight")
    return Share(int(number), int(of))


@click.command()
@_paths
@index_option
@click.option(
    "--shard",
    "share",
    envvar="ONRECORD_SHARD",
    type=_share,
    default=None,
    metavar="N/M",
    help="On a cluster: index only the N-th of M shares, to be served by 'onrecord promote'.",
)
@_workers
@_corrections
@_strict
def reindex(
    paths: tuple[str, ...], location: str, share: Share | None, workers: int, corrections: str | None, strict: bool
) -> None:
    """Build the index anew from PATH... and swap it in.

    PATH is a file, a folder, a glob pattern, or - for JSON lines from standard input. Until the new generation is whole,
    searches go on in the old one.

    With --shard several machines build one generation together: all are given the same PATH..., each another N, and
    'onrecord promote' ends it.
    """
    if share is not None:
        from indexer.run_sharing import run_share

        run_share(paths, location, share, strict, workers)
        return
    from indexer.run_command import run_command

    run_command("reindex", paths, location, strict, workers, corrections)


@click.command()
@index_option
@_corrections
@click.option(
    "--replace",
    envvar="ONRECORD_REPLACE",
    is_flag=True,
    help="Even if the collection was changed since the generation was begun.",
)
@click.option("--abandon", envvar="ONRECORD_ABANDON", is_flag=True, help="Remove the unpublished generation instead.")
@_strict
def promote(location: str, corrections: str | None, replace: bool, abandon: bool, strict: bool) -> None:
    """Serve the generation that 'reindex --shard' filled.

    Makes sure that every share is there and of the same input, tells who is who across all of them, and swaps the generation in.
    """
    from indexer.run_sharing import run_abandon, run_promote

    if abandon:
        run_abandon(location)
    else:
        run_promote(location, corrections, replace, strict)


@click.command()
@_paths
@index_option
@_workers
@_corrections
@_strict
def add(paths: tuple[str, ...], location: str, workers: int, corrections: str | None, strict: bool) -> None:
    """Add PATH... to the index; articles that have not changed are left alone.

    The index ends as a full reindex would leave it. Changes in aliases.csv and errata.csv take effect too.
    """
    from indexer.run_command import run_command

    run_command("add", paths, location, strict, workers, corrections)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@index_option
@_corrections
@_strict
def delete(ids: tuple[str, ...], location: str, corrections: str | None, strict: bool) -> None:
    """Take the articles with these IDs out of the index."""
    from indexer.run_command import run_command

    run_command("delete", ids, location, strict, 1, corrections)


@click.command()
@_paths
@click.option(
    "--format",
    "form",
    envvar="ONRECORD_FORMAT",
    type=click.Choice(["table", "jsonl"]),
    default=lambda: "table" if sys.stdout.isatty() else "jsonl",
    show_default="table on a terminal, else jsonl",
    help="A table to read, or one JSON line an article.",
)
@click.option(
    "--all-topics",
    envvar="ONRECORD_ALL_TOPICS",
    is_flag=True,
    help="Print the score of every topic, not only of those given.",
)
@_strict
def extract(paths: tuple[str, ...], form: str, all_topics: bool, strict: bool) -> None:
    """Print what is found in PATH..., without any index.

    PATH is a file, a folder, a glob pattern, or - for JSON lines {"id", "text", ...} from standard input.
    """
    from indexer.extract_stream import print_extractions

    printed, skipped = print_extractions(paths, form, all_topics, sys.stdin.buffer)
    if skipped and (strict or not printed):  # nothing could be read: that is a failure whatever was asked
        click.get_current_context().exit(1)
