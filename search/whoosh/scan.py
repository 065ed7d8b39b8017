"""Execution without any index: every row looked at for every query. Slow and simple, the measure of the fast one."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import Filter, SearchRequest, Sort
from search.errors import CursorError
from search.records import FACETS, FIELD, REVIEWS, FieldType
from search.whoosh.rows import IndexRow
from search.whoosh.scan_matching import Found, ScanMatcher, ScanRow
from search.whoosh.snapshot import Entities, Names, Overlay, RawFacet, RawMatch, RawResult


def write_segment(folder: Path, name: str, rows: Iterable[IndexRow]) -> None:
    """Keep the rows as JSON lines."""
    with (folder / f"{name}.rows.jsonl").open("w", encoding="utf-8", errors="surrogatepass") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")


def merge_segments(folder: Path, name: str, parts: Sequence[tuple[str, NDArray[np.uint32]]]) -> None:
    """One segment of several."""
    rows = (
        row for part, deleted in parts for number, row in enumerate(_read_rows(folder, part)) if number not in deleted
    )
    write_segment(folder, name, rows)


def write_columns(
    folder: Path, names: Sequence[str], overlays: Sequence[Overlay], entities: Entities, tables: Names
) -> None:
    """For each row the numbers of its speakers, and of those mentioned."""
    columns = []
    for name, overlay in zip(names, overlays, strict=True):
        for number, row in enumerate(_read_rows(folder, name)):
            speakers = _numbers(row.speakers, entities)
            if number in overlay.corrected:
                speakers = [overlay.corrected[number]] if overlay.corrected[number] >= 0 else []
            columns.append([speakers, _numbers(row.mentions, entities)])
    (folder / "columns.json").write_text(json.dumps(columns))


def open_snapshot(folder: Path, names: Sequence[str], overlays: Sequence[Overlay], tables: Names) -> ScanSnapshot:
    """Read everything into memory."""
    columns = iter(json.loads((folder / "columns.json").read_text()))
    rows = []
    for segment, (name, overlay) in enumerate(zip(names, overlays, strict=True)):
        deleted = set(overlay.deleted.tolist())
        for number, row in enumerate(_read_rows(folder, name)):
            speakers, mentions = next(columns)
            review = REVIEWS[overlay.reviews.get(number, 0)]
            group = overlay.groups.get(number, -1)
            gone, corrected = number in deleted, number in overlay.corrected
            rows.append(ScanRow.of(row, segment, number, gone, corrected, speakers, mentions, group, review, tables))
    return ScanSnapshot(rows, tables)


def _read_rows(folder: Path, name: str) -> Iterator[IndexRow]:
    with (folder / f"{name}.rows.jsonl").open(encoding="utf-8", errors="surrogatepass") as file:
        for line in file:
            values: list[Any] = json.loads(line)
            yield IndexRow(*[tuple(value) if isinstance(value, list) else value for value in values])  # type: ignore[arg-type]


def _numbers(keys: Iterable[str], entities: Entities) -> list[int]:
    numbers = (entities.speaker_number(key) for key in keys)
    return list(dict.fromkeys(number for number in numbers if number is not None))


class ScanSnapshot:
    """Implements :class:`search.whoosh.snapshot.Snapshot`."""

    def __init__(self, rows: list[ScanRow], tables: Names) -> None:
        self._rows, self._tables = rows, tables
        self._matcher = ScanMatcher(rows, tables)
        self._live = self._matcher.live

    def execute(self, request: SearchRequest) -> RawResult:
        """Find one page of matches, totals and facets."""
        scores = self._matcher.scored(request)
        found = self._select(scores, request)
        ordered = self._ordered(found, scores, request)
        page, cursor = self._page(ordered, scores, request)
        kinds = Counter(self._rows[p].row.kind for p in self._select(scores, request, but="kind"))
        dated = request.first_day or request.last_day
        undated = self._select(scores, replace(request, first_day="", last_day="")) if dated else set()
        unsure = self._select(scores, replace(request, min_confidence=0.0)) - found if request.min_confidence else set()
        distinct = request.distinct
        return RawResult(
            total=len(found),
            matches=tuple(self._match(place, scores) for place in page),
            facets={name: self._facet(name, scores, request) for name in request.facets or FACETS}
            if request.facets is None or request.facets
            else {},
            kinds=dict(kinds),
            variant_groups=self._groups(found) if distinct else -1,
            articles=len({self._rows[p].row.article_id for p in found}) if distinct else -1,
            outlets=len({self._rows[p].row.outlet for p in found} - {""}) if distinct else -1,
            undated_left_out=sum(not self._rows[p].row.day for p in undated),
            uncertain_left_out=len(unsure),
            next_cursor=cursor,
        )

    def matches(self, request: SearchRequest) -> Iterator[RawMatch]:
        """All matches in order."""
        scores = self._matcher.scored(request)
        ordered = self._ordered(self._select(scores, request), scores, replace(request, fold=False))
        return (self._match(place, scores) for place in ordered)

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """Words as written that begin so, with the number of records."""
        counts = Counter(w for p in self._live for w in set(self._rows[p].words) if w.startswith(prefix))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]

    def near(self, word: str) -> Sequence[tuple[str, int]]:
        """Every word with the same first letter."""
        return self.words(word[:1], len(self._rows) * 1000)

    def values(self, field_name: str) -> Mapping[str, int]:
        """Every value of a field with the number of records."""
        return Counter(str(value) for p in self._live for value in self._rows[p].values[field_name])

    def problems(self) -> Iterator[str]:
        """None."""
        return iter(())

    def _match(self, place: int, scores: Found) -> RawMatch:
        return RawMatch(self._rows[place].segment, self._rows[place].number, scores[place])

    def _groups(self, found: set[int]) -> int:
        """Groups among quotes, a quote without near-copies being a group of its own."""
        quotes = [p for p in found if self._rows[p].row.kind == "quote"]
        groups = [self._rows[p].group for p in quotes]
        return len({group for group in groups if group >= 0}) + sum(group < 0 for group in groups)

    # Choosing

    def _select(self, scores: Found, request: SearchRequest, but: str = "") -> set[int]:
        """What the query found and the filters let through, those on the field ``but`` ignored."""
        filters = [(clause, self._filter_keys(clause)) for clause in request.filters if clause.field != but]

        def keep(place: int) -> bool:
            row = self._rows[place]
            day = row.row.day
            if (
                but != "published"
                and (request.first_day or request.last_day)
                and not (day and day >= request.first_day and (not request.last_day or day <= request.last_day))
            ):
                return False
            if row.row.kind == "quote" and row.row.confidence < request.min_confidence:
                return False
            if row.row.interviewer and not request.interviewer:
                return False
            return all(clause.exclude != bool(keys & set(row.values[clause.field])) for clause, keys in filters)

        return {place for place in scores if keep(place)}

    def _filter_keys(self, clause: Filter) -> set[Any]:
        if FIELD[clause.field].type is FieldType.IDENTITY:
            return {self._tables.speaker_number(value) for value in clause.values} - {None}
        return set(clause.values)

    def _ordered(self, found: set[int], scores: Found, request: SearchRequest) -> list[int]:
        ordered = sorted(found, key=lambda place: self._key(place, scores, request.sort))
        if not request.fold:
            return ordered
        seen: set[int] = set()
        folded = []
        for place in ordered:
            group = self._rows[place].group
            if group < 0 or group not in seen:
                folded.append(place)
                seen.add(group)
        return folded

    def _key(self, place: int, scores: Found, sort: Sort) -> tuple[Any, ...]:
        row = self._rows[place].row
        day = int(row.day.replace("-", "") or 0)
        newest = (not day, -day, row.id)
        if sort is Sort.RELEVANCE:
            return (-scores[place], *newest)
        return newest if sort is Sort.NEWEST else (not day, day, row.id)

    def _page(self, ordered: list[int], scores: Found, request: SearchRequest) -> tuple[list[int], str]:
        begin = (max(request.page, 1) - 1) * request.per_page
        digest = hashlib.sha256(repr(replace(request, page=1, cursor="", facets=())).encode()).hexdigest()[:16]
        if request.cursor:
            try:
                owner, key = json.loads(base64.urlsafe_b64decode(request.cursor.encode()))
                if owner != digest:
                    raise CursorError
                begin = sum(list(self._key(place, scores, request.sort)) <= key for place in ordered)
            except (ValueError, TypeError) as error:
                raise CursorError from error
        page = ordered[begin : begin + request.per_page]
        if not page or begin + len(page) >= len(ordered):
            return page, ""
        last = json.dumps([digest, self._key(page[-1], scores, request.sort)])
        return page, base64.urlsafe_b64encode(last.encode()).decode()

    def _facet(self, name: str, scores: Found, request: SearchRequest) -> RawFacet:
        field = FACETS[name]
        found = self._select(scores, request, but=field.name)
        counts = Counter(value for place in found for value in self._rows[place].values[field.name])
        chosen = {key for clause in request.filters if clause.field == field.name for key in self._filter_keys(clause)}
        if field.type is FieldType.DAY:
            return RawFacet(tuple(sorted(counts.items())))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        size = len(ranked) if field.values else request.facet_size
        listed = ranked[:size] + [pair for pair in ranked[size:] if pair[0] in chosen]
        listed += [(value, 0) for value in sorted(chosen - counts.keys())]
        if field.type is FieldType.TOPIC:
            terms = self._tables.topic_terms()
            listed.sort(key=lambda pair: terms[pair[0]].level if pair[0] in terms else 9)
        return RawFacet(tuple(listed), len(counts) - sum(value in counts for value, _ in listed))
