"""The summary of a run as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexer.article import Skipped

if TYPE_CHECKING:  # what runs without an index does not wait for its machinery
    from indexer.collection import Summary

MAX_LISTED = 500
"""Skipped inputs named one by one; of more, the rest is counted."""


def summary_lines(summary: Summary, location: str) -> Iterator[str]:
    """What was done, what the index holds, what was left out and why."""
    yield f"{printable(location)}, generation {summary.generation}, {summary.seconds:.1f} s"
    done = [
        f"{count:,} {what}"
        for count, what in (
            (summary.stored, "stored"),
            (summary.unchanged, "unchanged"),
            (summary.deleted, "deleted"),
            (summary.duplicates, "with an id that came again (the last one counts)"),
        )
        if count
    ]
    yield f"  articles   {summary.articles:>9,}  {', '.join(done)}".rstrip()
    share = f"{summary.attributed:,} attributed ({summary.attributed / summary.quotes:.0%})" if summary.quotes else ""
    yield f"  quotes     {summary.quotes:>9,}  {share}".rstrip()
    yield f"  speakers   {summary.speakers:>9,}  {summary.named - summary.speakers:,} more are named"
    yield f"  topics     {summary.topics:>9,}"
    yield f"  skipped    {len(summary.skipped):>9,}"
    yield from skipped_lines(summary.skipped)
    for article_id in summary.missing:
        yield f"  not in the index: {printable(article_id)}"
    if summary.corrections or summary.ignored:
        yield f"  corrections {summary.corrections:>8,}"
    for problem in summary.ignored:
        yield f"    ignored: {printable(problem)}"


def skipped_lines(skipped: Sequence[Skipped]) -> Iterator[str]:
    """Each input that was left out, with its reason."""
    for item in skipped[:MAX_LISTED]:
        yield f"    {printable(item.origin)}: {printable(item.reason)}"
    if len(skipped) > MAX_LISTED:
        yield f"    and {len(skipped) - MAX_LISTED:,} more"


def printable(text: str) -> str:
    """Text that can do nothing to a terminal: control characters and undecodable bytes are shown as escapes."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )
