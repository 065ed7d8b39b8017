"""A generation, open for reading: its manifest, stores, tables and snapshot in one place."""

from __future__ import annotations

from pathlib import Path

from search.errors import IndexDamagedError
from search.whoosh import arrays, execution, manifest
from search.whoosh.damage import blaming
from search.whoosh.generations import Lease
from search.whoosh.rowmap import RowMap
from search.whoosh.segments import Segments
from search.whoosh.snapshot import Overlay, Snapshot
from search.whoosh.tables import Tables


class OpenGeneration:
    """Reads one generation. Safe from several threads; its files stay readable until it is let go of.

    Attributes:
        folder: Where it lies.
        manifest: What belongs to it.
        name: The generation's name.
        segments: Articles and records.
        tables: Speakers, topics, variants, rulings.
        overlays: For each segment what this generation says about its rows.
        snapshot: Finds rows.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = manifest.read(folder)
        self.name = self.manifest.generation
        self._lease = Lease(folder)
        self._verify_sizes()
        with blaming(folder):
            self.segments = Segments(folder)
            for name in self.manifest.segments:
                self.segments.append(name, set(arrays.load(folder / f"deleted.{name}", arrays.U4).tolist()))
            self.tables = Tables(folder)
            self.overlays = load_overlays(folder, self.segments)
            self.snapshot: Snapshot = execution.open_snapshot(folder, self.segments.names, self.overlays, self.tables)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(entry.size for entry in self.manifest.files.values())

    def close(self) -> None:
        """Let the folder be cleared away; mapped files stay readable to whoever still uses them."""
        self._lease.close()

    def _verify_sizes(self) -> None:
        for name, entry in self.manifest.files.items():
            try:
                size = (self.folder / name).stat().st_size
            except OSError as error:
                raise IndexDamagedError(str(self.folder), f"{name} is missing") from error
            if size != entry.size:
                raise IndexDamagedError(str(self.folder), f"{name} has {size} bytes instead of {entry.size}")


def load_overlays(folder: Path, segments: Segments) -> list[Overlay]:
    """Map what a generation says about the rows of each segment."""
    return [
        Overlay(
            deleted=segments.deleted_rows(number),
            corrected=RowMap.load(folder, f"corrected.{name}"),
            groups=RowMap.load(folder, f"grouped.{name}"),
            reviews=RowMap.load(folder, f"reviews.{name}"),
        )
        for number, name in enumerate(segments.names)
    ]
