"""``onrecord extract``: read, extract and print, one article after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO

from rich.console import Console

from indexer.article import Skipped
from indexer.extract_json import to_line, to_table
from indexer.extracting import tagger
from indexer.feed import Silent, read_all
from indexer.pipeline import extract
from indexer.summary_text import skipped_lines


def print_extractions(paths: Iterable[str], form: str, all_topics: bool, stdin: IO[bytes]) -> tuple[int, list[Skipped]]:
    """Print what is found in each article as soon as it is found.

    Args:
        paths: As :func:`indexer.feed.read_all` takes them.
        form: ``jsonl`` or ``table``.
        all_topics: Print every topic with its score instead of those the article is given.
        stdin: Read for the path ``-``.

    Returns:
        How many articles were printed, and what was left out; each of these was also named on standard error.
    """
    terms = {term.id: term for term in tagger().terms()}
    console = Console()
    skipped: list[Skipped] = []
    printed = 0
    for item in read_all(paths, stdin, Silent()):
        if isinstance(item, Skipped):
            skipped.append(item)
            for line in skipped_lines([item]):
                print(f"onrecord: skipped {line.strip()}", file=sys.stderr)
            continue
        printed += 1
        found = extract(item, tagger())
        topics = tagger().scores(found.document) if all_topics else found.topics
        if form == "table":
            console.print(to_table(found, topics, terms))
        else:
            sys.stdout.write(to_line(found, topics, terms) + "\n")
            sys.stdout.flush()
    return printed, skipped
