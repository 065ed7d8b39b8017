"""``onrecord extract``: read, extract and print, one article after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import IO

from indexer.article import Skipped
from indexer.document import Extraction
from indexer.extract_json import to_line
from indexer.extracting import tagger
from indexer.feed import Silent, read_all
from indexer.pipeline import extract
from indexer.summary_text import skipped_lines
from search.records import RecordTopic, TopicTerm


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
            _show(found, topics, terms)
        else:
            sys.stdout.write(to_line(found, topics, terms) + "\n")
            sys.stdout.flush()
    return printed, skipped


def _show(found: Extraction, topics: Iterable[RecordTopic], terms: Mapping[str, TopicTerm]) -> None:
    """Print a table; what draws it is loaded for it, as programs that ask for lines do not wait for it."""
    from rich.console import Console

    from indexer.extract_table import to_table

    Console().print(to_table(found, topics, terms))
