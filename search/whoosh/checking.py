"""Verifying an index: one sentence for each damage, from the pointer down to single records."""

from __future__ import annotations

from collections.abc import Iterator

from search.errors import IndexDamagedError, IndexMissingError, SearchIndexError
from search.whoosh import manifest
from search.whoosh.damage import damaged_files
from search.whoosh.generations import Generations
from search.whoosh.opened import OpenGeneration


def check(generations: Generations) -> Iterator[str]:
    """Verify the current generation: pointer, manifest, sizes, checksums, structure, and ids across files.

    Raises:
        IndexMissingError: There is no index at all.
    """
    try:
        name = generations.current()
    except IndexDamagedError as error:
        yield f"{error.happened}."
        name = next(generations.complete(), "")
    if not name:
        return
    folder = generations.path(name)
    try:
        damaged = list(damaged_files(folder))
        yield from damaged
        if damaged:
            return
        generation = OpenGeneration(folder)
    except IndexMissingError:
        yield f"Generation {name} has no {manifest.NAME}."
        return
    except SearchIndexError as error:
        yield f"{error.happened}."
        return
    try:
        yield from generation.snapshot.problems()
        yield from _records(generation)
        yield from _people(generation)
    except IndexDamagedError as error:
        yield f"{error.happened}."
    finally:
        generation.close()


def _records(generation: OpenGeneration) -> Iterator[str]:
    """Every record against its article, its ids and the totals."""
    articles = quotes = paragraphs = 0
    seen: set[str] = set()
    segments = generation.segments
    for segment, piece in segments.pieces():
        articles += 1
        article, store = piece.article, segments.stores[segment]
        keys = {entity.key for entity in article.entities}
        for row in piece.rows:
            record = piece.record(row)
            quotes += record.kind == "quote" and not record.interviewer
            paragraphs += record.kind == "paragraph"
            if record.id in seen:
                yield f"Record id {record.id} stands for two records."
            seen.add(record.id)
            if row not in store.record_ids.find(record.id):
                yield f"Record {record.id} cannot be found by its id."
            if record.text != article.text[record.start : record.end]:
                yield f"Record {record.id} is not what stands in its article."
            said = record.attribution
            named = {*record.speakers, *record.mentions} | ({said.entity} if said and said.entity else set())
            for key in sorted(named - keys):
                yield f"Record {record.id} names {key}, whom its article does not know."
    totals = generation.manifest.totals
    for unit, found, wanted in (
        ("articles", articles, totals.articles),
        ("quotes", quotes, totals.quotes),
        ("paragraphs", paragraphs, totals.paragraphs),
    ):
        if found != wanted:
            yield f"Generation {generation.name} has {found} {unit} instead of {wanted}."


def _people(generation: OpenGeneration) -> Iterator[str]:
    """Every speaker against the table of ids."""
    tables = generation.tables
    for number in range(tables.speaker_count()):
        speaker = tables.speaker(number)
        if tables.speaker_number(speaker.id) != number:
            yield f"Speaker {speaker.id} cannot be found by id."
        if tables.label(number) != (speaker.slug, speaker.name, speaker.kind):
            yield f"The label of speaker {speaker.id} is not theirs."
