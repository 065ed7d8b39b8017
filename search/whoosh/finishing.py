"""The end of a generation: what belongs to it as a whole, brought to the disk and looked at as a reader would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from search.errors import IndexDamagedError
from search.records import CollectionTables
from search.whoosh import arrays, durable, execution, manifest
from search.whoosh.opened import OpenGeneration, load_overlays
from search.whoosh.rulings import rule
from search.whoosh.segments import Segments
from search.whoosh.tables import Tables, numbered, write_groups, write_tables


class Laid:
    """A generation whose segments are there: lays out its tables and columns, then seals it with a manifest."""

    def __init__(self, folder: Path, segments: Segments, tables: CollectionTables) -> None:
        """Write what belongs to this generation alone."""
        self._folder, self._segments, self._tables = folder, segments, tables
        names = segments.names
        for number, name in enumerate(names):
            arrays.save(folder / f"deleted.{name}", sorted(segments.deleted[number]), arrays.U4)
        speakers = numbered(tables.speakers)
        write_tables(folder, speakers, tables)
        rulings = rule(segments, len(names), tables, speakers)
        rulings.save(folder, names)
        write_groups(folder, rulings.variant_groups)
        written, overlays = Tables(folder), load_overlays(folder, segments)
        execution.write_columns(folder, names, overlays, written.entities, written)
        snapshot = execution.open_snapshot(folder, names, overlays, written)
        self._topics, self._outlets = len(snapshot.values("topic")), len(snapshot.values("outlet"))

    def seal(self, known: Mapping[str, manifest.FileEntry], generation: str, previous: str, made: int) -> None:
        """Bring every file to the disk, then the manifest that names them.

        Args:
            known: Files shared with the generation before, which are on the disk.
            generation: The name of this one.
            previous: The name of the one before, or empty.
            made: How many segments were ever made in this folder of generations.
        """
        files = {}
        for path in sorted(self._folder.iterdir()):
            if path.name not in known:
                durable.sync_file(path)
            files[path.name] = known.get(path.name) or manifest.entry_of(path)
        sealed = manifest.Manifest(
            generation=generation,
            previous=previous,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            extractor=self._tables.extractor,
            segments=tuple(self._segments.names),
            segments_made=made,
            totals=self._totals(),
            files=files,
        )
        durable.write_bytes(self._folder / manifest.NAME, sealed.dump())
        durable.sync_folder(self._folder)

    def _totals(self) -> manifest.Totals:
        tallies, speakers = self._segments.tallies(), self._tables.speakers
        quotes, attributed, paragraphs = (int(total) for total in tallies[:, :3].sum(axis=0))
        days = tallies[:, 3][tallies[:, 3] > 0]
        return manifest.Totals(
            articles=len(tallies),
            quotes=quotes,
            paragraphs=paragraphs,
            attributed=attributed,
            speakers=sum(speaker.quotes > 0 for speaker in speakers),
            named=len(speakers),
            topics=self._topics,
            outlets=self._outlets,
            first_day=date.fromordinal(int(days.min())).isoformat() if len(days) else "",
            last_day=date.fromordinal(int(days.max())).isoformat() if len(days) else "",
        )


def verify(folder: Path) -> None:
    """Open what was written as a reader would.

    Raises:
        IndexDamagedError: It is not what it should be.
    """
    generation = OpenGeneration(folder)
    try:
        for problem in generation.snapshot.problems():
            raise IndexDamagedError(str(folder), problem)
    finally:
        generation.close()
