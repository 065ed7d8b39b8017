"""The compiled inner loops beside NumPy: the same answers, and no crash on numbers that point nowhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.whoosh import inverting, library, lists
from search.whoosh.conditions import Packed
from search.whoosh.kernel import KERNEL
from search.whoosh.kernel_build import BUILD_KERNEL
from search.whoosh.library import address
from search.whoosh.occurrences import CompiledOccurrences, PlainOccurrences, Texts
from search.whoosh.selecting import Sieve

if KERNEL is None and not (os.environ.get("CI") and shutil.which("cc") and os.environ.get("ONRECORD_KERNEL") != "off"):
    pytest.skip("the compiled loops are not built here", allow_module_level=True)

ascending = st.lists(st.integers(0, 400), unique=True, max_size=80).map(sorted)


def test_they_are_there_where_a_compiler_is() -> None:
    assert KERNEL is not None


def rows_of(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, np.int64)


@given(ascending, ascending)
def test_intersect(one: list[int], two: list[int]) -> None:
    assert KERNEL.intersect(rows_of(one), rows_of(two)).tolist() == sorted(set(one) & set(two))


@given(st.lists(st.tuples(ascending, st.integers(0, 50)), max_size=4))
def test_union(pieces: list[tuple[list[int], int]]) -> None:
    bits = np.zeros(8, np.uint64)
    arrays = [(np.array(numbers, np.uint32), base) for numbers, base in pieces]
    wide = [(rows_of(numbers), 0) for numbers, _ in pieces]
    wanted = sorted({number + base for numbers, base in pieces for number in numbers})
    assert KERNEL.union(arrays, 500, bits).tolist() == wanted
    assert KERNEL.union(wide, 500, bits).tolist() == sorted({n for numbers, _ in pieces for n in numbers})
    assert not bits.any()


def test_union_of_rows_that_are_not_there_says_nothing() -> None:
    bits = np.zeros(2, np.uint64)
    assert KERNEL.union([(np.array([3, 900], np.uint32), 0)], 100, bits) is None
    assert KERNEL.union([(rows_of([-5]), 0)], 100, bits) is None
    assert not bits.any()


def where(table: np.ndarray) -> tuple[int, int, int]:
    return table.view(f"V{table.dtype.itemsize}").__array_interface__["data"][0], len(table), table.dtype.itemsize


TABLE = np.dtype({"names": ["a", "b", "c"], "formats": ["<u4", "<u2", "<u1"], "offsets": [0, 4, 6], "itemsize": 16})


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9), st.integers(0, 3)), min_size=1), st.data())
def test_count(codes: list[tuple[int, int, int]], data: st.DataObject) -> None:
    table = np.zeros(len(codes), TABLE)
    table[:] = codes
    rows = data.draw(st.lists(st.integers(0, len(codes) - 1), max_size=40))
    tallies = KERNEL.count(where(table), rows_of(rows), [(0, 4, 31), (4, 2, 10), (6, 1, 4)])
    for name, tally in zip("abc", tallies, strict=True):
        wanted = Counter(int(table[name][row]) for row in rows)
        assert {at: int(tally[at]) for at in np.flatnonzero(tally)} == dict(wanted)


def test_count_of_codes_and_rows_that_are_not_there_says_nothing() -> None:
    table = np.zeros(3, TABLE)
    table["a"][1] = 7
    assert KERNEL.count(where(table), rows_of([0, 1]), [(0, 4, 7)]) is None
    assert KERNEL.count(where(table), rows_of([0, 3]), [(0, 4, 8)]) is None
    assert KERNEL.count(where(table), rows_of([-1]), [(0, 4, 8)]) is None


def sieve_of(table: np.ndarray, conditions: list[tuple[str, tuple[int, ...]]]) -> Sieve:
    """Conditions on the fields of a table: (group, codes of 10 in column b that fit)."""
    (at, _, stride), forms = where(table), []
    masks = [np.isin(np.arange(10), codes) for _, codes in conditions]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(group for group, _ in conditions))}
    for (group, _), mask in zip(conditions, masks, strict=True):
        number = numbers[group]
        mask_at = mask.__array_interface__["data"][0]
        forms.append((group, Packed((0, at, stride, 4, 2, mask_at, len(mask), 1, 0, 0, 0.0)).bytes_for(number)))
    tallies = {group: ("b", np.zeros(10, np.int64)) for group, _ in conditions}
    return Sieve(forms, masks, where(table), tallies, {"b": (4, 2)})


@given(
    st.lists(st.integers(0, 9), min_size=1),
    st.lists(st.tuples(st.sampled_from("xyz"), st.sets(st.integers(0, 9)).map(tuple)), max_size=4),
)
def test_sift(codes: list[int], conditions: list[tuple[str, tuple[int, ...]]]) -> None:
    table = np.zeros(len(codes), TABLE)
    table["b"] = codes
    rows = rows_of(list(range(0, len(codes), 2)))
    failed = {row: {name for name, fits in conditions if codes[row] not in fits} for row in rows.tolist()}
    sieve = sieve_of(table, conditions)
    assert KERNEL.sift(sieve.at, len(codes), rows).tolist() == [row for row, names in failed.items() if not names]
    for name, (_, tally) in sieve.apart().items():
        alone = Counter(codes[row] for row, names in failed.items() if names == {name})
        assert {at: int(tally[at]) for at in np.flatnonzero(tally)} == dict(alone)
    assert KERNEL.sift(sieve.at, len(codes), rows_of([len(codes)])) is None


def test_sift_of_a_code_that_is_none_says_nothing() -> None:
    table = np.zeros(1, TABLE)
    table["b"] = 10
    assert KERNEL.sift(sieve_of(table, [("a", (1,))]).at, 1, rows_of([0])) is None


@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=1), st.data())
def test_expand(lists: list[list[int]], data: st.DataObject) -> None:
    by_list = data.draw(st.lists(st.integers(0, 5), min_size=len(lists), max_size=len(lists)))
    at = np.cumsum([0, *map(len, lists)]).astype(np.uint32)
    flat = np.array([value for one in lists for value in one], np.uint32)
    wanted = Counter()
    for one, count in zip(lists, by_list, strict=True):
        for value in one:
            wanted[value] += count
    found = KERNEL.expand(rows_of(by_list), at, flat, 10)
    assert found.tolist() == [wanted[value] for value in range(10)]
    assert KERNEL.expand(rows_of([1]), np.array([0, 1], np.uint32), np.array([10], np.uint32), 10) is None
    assert KERNEL.expand(rows_of([1]), np.array([0, 9], np.uint32), np.array([1], np.uint32), 10) is None


@given(st.lists(st.integers(0, 6), max_size=60), st.integers(0, 1), st.integers(1, 12))
def test_largest(tally: list[int], first: int, most: int) -> None:
    numbers, counts, above = KERNEL.largest(rows_of(tally), first, most)
    wanted = sorted(((-count, at) for at, count in enumerate(tally) if count and at >= first))
    assert list(zip(numbers, counts, strict=True)) == [(at, -count) for count, at in wanted[:most]]
    assert above == len(wanted)


class Room:
    """What :meth:`Kernel.largest_of` needs for ten values."""

    def __init__(self) -> None:
        self.tally, self.met, self.found = np.zeros(10, np.int64), np.empty(10, np.uint32), np.empty(8, np.int64)

    def largest_of(self, column: list[int], rows: list[int], first: int, most: int) -> tuple[list[int], list[int], int]:
        packed = np.array(column, np.int64)
        above = KERNEL.largest_of(
            address(packed), rows_of(rows), first, most, *map(address, (self.tally, self.met, self.found))
        )
        assert not self.tally.any()
        kept = min(max(above, 0), most)
        return self.found[:kept].tolist(), self.found[most : most + kept].tolist(), above


@given(st.lists(st.integers(0, 9), min_size=1), st.data(), st.integers(0, 2), st.integers(0, 4), st.booleans())
def test_largest_of_few_rows(codes: list[int], data: st.DataObject, first: int, most: int, several: bool) -> None:
    table = np.zeros(len(codes), TABLE)
    table["b"] = codes
    rows = data.draw(st.lists(st.integers(0, len(codes) - 1), max_size=12))
    lists = [[code, (code + 3) % 10] if several else [code - 1] for code in range(10)]
    at = np.cumsum([0, *map(len, lists)]).astype(np.uint32)
    flat = np.array([value for one in lists for value in one], np.int64).astype(np.uint32)
    sets = [address(at), address(flat), len(flat), 10, 0] if several else [0, 0, 0, 10, 1]
    counted = Counter(value for row in rows for value in lists[codes[row]] if value >= first)
    wanted = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    found = Room().largest_of([*where(table), 4, 2, 10, *sets], rows, first, most)
    assert found == ([value for value, _ in wanted], [count for _, count in wanted], len(counted))


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        ([0, 3], {}),  # a row that is not there
        ([-1], {}),
        ([0, 1], {5: 7}),  # fewer codes than a row has
        ([0, 1], {9: 5}),  # fewer values
        ([0, 1], {4: 8}),  # a column wider than a code
    ],
)
def test_largest_of_what_is_not_there_says_nothing_and_leaves_nothing_behind(
    rows: list[int], changed: dict[int, int]
) -> None:
    table = np.zeros(3, TABLE)
    table["b"] = [3, 7, 1]
    column = [*where(table), 4, 2, 10, 0, 0, 0, 10, 0]
    for place, value in changed.items():
        column[place] = value
    assert Room().largest_of(column, rows, 0, 4)[2] < 0
    at, flat = np.array([0, 9, 1, 1], np.uint32), np.zeros(2, np.uint32)
    for code in (0, 1):  # a list that goes beyond the values, and one that ends before it begins
        table["b"] = code
        lists = [address(at), address(flat), 2]
        assert Room().largest_of([*where(table), 4, 2, 3, *lists, 10, 0], [0], 0, 4)[2] < 0


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 99)), unique_by=lambda pair: pair[1], max_size=90),
    st.integers(1, 20),
)
def test_best(found: list[tuple[int, int]], most: int) -> None:
    found.sort(key=lambda pair: pair[1])
    rank = np.random.default_rng(1).permutation(100).astype(np.uint32)
    scores, rows = np.array([s for s, _ in found], np.float32), rows_of([row for _, row in found])
    places = KERNEL.best(scores, rows, rank, most)
    wanted = sorted(range(len(found)), key=lambda at: (-found[at][0], rank[found[at][1]]))[:most]
    assert places.tolist() == wanted
    assert KERNEL.best(np.ones(1, np.float32), rows_of([100]), rank, 1) is None


@given(st.dictionaries(st.integers(0, 99), st.integers(1, 254), max_size=60), ascending, st.integers(0, 9))
def test_score(postings: dict[int, int], wanted: list[int], base: int) -> None:
    wanted = [row for row in wanted if row < 120]
    listed = np.array(sorted(postings), np.uint32)
    counts = np.array([postings[row] for row in sorted(postings)], np.uint8)
    lengths = np.linspace(0.3, 2.0, 120).astype(np.float32)
    scores = np.zeros(len(wanted), np.float32)
    weight = np.float32(2.7)
    assert KERNEL.score(scores, rows_of(wanted), listed, counts, base, lengths, weight)
    for row, score in zip(wanted, scores, strict=True):
        count = np.float32(postings.get(row - base, 0))
        assert score == (count * weight / (lengths[row] + count) if count else 0)


def test_score_leaves_large_counts_and_rows_that_are_not_there_alone() -> None:
    one, scores, lengths = np.array([1], np.uint32), np.zeros(1, np.float32), np.ones(3, np.float32)
    assert not KERNEL.score(scores, rows_of([1]), one, np.array([255], np.uint8), 0, lengths, np.float32(1))
    assert not KERNEL.score(scores, rows_of([3]), one, np.array([1], np.uint8), 0, lengths, np.float32(1))


def test_a_library_of_another_source_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path(library.__file__).parent
    for path in (here / "_kernel.so", *here.glob("kernel*.[ch]")):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(library, "_HERE", tmp_path)
    assert library.load() is not None
    for source in here.glob("kernel*.[ch]"):
        (tmp_path / source.name).write_bytes(source.read_bytes() + b"\n")
        assert library.load() is None
        shutil.copy(source, tmp_path)
    assert library.load() is not None
    monkeypatch.setenv("ONRECORD_KERNEL", "off")
    assert library.load() is None


texts = st.lists(st.text("abÉ’'_-9 \u0301\U00020000\U0001f600\ud800ø", max_size=30) | st.text(max_size=20), max_size=8)


@given(texts)
def test_occurrences_are_those_of_the_regular_expression(given_texts: list[str]) -> None:
    plain, compiled = PlainOccurrences(), CompiledOccurrences(BUILD_KERNEL)
    for part in (given_texts[:3], given_texts[3:]):
        plain.extend(part)
        compiled.extend(part)
    simple, quick = plain.finish(), compiled.finish()
    assert spelled(quick) == spelled(simple)
    assert quick.begins.tolist() == simple.begins.tolist()


def spelled(texts: Texts) -> list[str]:
    """The words of all occurrences."""
    return [texts.words[texts.word_of[number]] for number in texts.numbers]


@given(st.lists(st.lists(st.integers(0, 6), max_size=12), max_size=9), st.integers(1, 300))
@example([[0], [4], [1, 1]], 279)
def test_inversion_and_union_are_those_of_numpy(rows: list[list[int]], times: int) -> None:
    rows = [row * times for row in rows]
    words = np.array([word for row in rows for word in row], np.uint32)
    begins = np.cumsum([0, *map(len, rows)])
    list_of = np.array([3, 1, 0, 6, 5, 2, 4], np.uint32)
    group_of = np.array([0, -1, 1, 0, 1, 0, -1])
    answers = []
    for loops in (BUILD_KERNEL, None):
        with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
            patch.setattr(inverting, "BUILD_KERNEL", loops)
            patch.setattr(lists, "BUILD_KERNEL", loops)
            patch.setattr(lists, "_unpack", loops and lists._unpack)
            writer = lists.ListsWriter(Path(folder), "s")
            parts = list(inverting.invert(words, list_of, begins, 7))
            for part in parts:
                writer.add(part.sizes, part.rows, part.counts)
            joined = list(inverting.union(group_of, writer.written(), 2))
            writer.finish()
            answers.append([plainly(parts), plainly(joined)])
    assert answers[0] == answers[1]


def plainly(parts: list[inverting.Postings]) -> list[list[int]]:
    """Sizes, rows, counts and positions of all parts together."""
    pieces = [(p.sizes, p.rows, p.counts.slice(0, 9**9), p.positions.slice(0, 9**9)) for p in parts]
    return [[int(n) for piece in kind for n in piece] for kind in zip(*pieces, strict=True)]
