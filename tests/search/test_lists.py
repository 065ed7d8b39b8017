"""Postings on disk: what is written is read, the same with and without compiled loops, and damage is told."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import IndexDamagedError
from search.whoosh import lists
from search.whoosh.lists import Lists, ListsWriter
from search.whoosh.packing import packed

near = st.integers(0, 300)
steps = st.sampled_from([0, 1, 65535, 65536, 131071, 3 << 16, (1 << 25) - 400])
row_lists = st.lists(st.lists(st.builds(int.__add__, near, steps), unique=True, max_size=30).map(sorted), max_size=12)
counts = st.sampled_from([1, 2, 254, 255, 256, 70000])


def write(folder: Path, parts: list[list[list[int]]], count: int) -> None:
    writer = ListsWriter(folder, "s")
    for part in parts:
        rows = np.array([row for one in part for row in one], np.uint32)
        writer.add(np.array([len(one) for one in part], np.int64), rows, packed(np.full(len(rows), count)))
        assert [len(writer.written().rows)] == writer.written().begins[-1:].tolist()
    writer.finish()


@given(st.lists(row_lists, max_size=3), counts, st.data())
def test_what_is_written_is_read(parts: list[list[list[int]]], count: int, data: st.DataObject) -> None:
    whole = [one for part in parts for one in part]
    files = []
    for compiled in (True, False):
        with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
            if not compiled:
                patch.setattr(lists, "BUILD_KERNEL", None)
                patch.setattr(lists, "_unpack", None)
            write(Path(name), parts, count)
            read = Lists.load(Path(name), "s")
            assert [read.rows.of_lists(n, n + 1).tolist() for n in range(len(whole))] == whole
            first = data.draw(st.integers(0, len(whole)))
            last = data.draw(st.integers(first, len(whole)))
            begin, end = int(read.begins[first]), int(read.begins[last])
            assert read.rows[begin:end].tolist() == [row for one in whole[first:last] for row in one]
            assert read.counts.slice(begin, end).tolist() == [count] * (end - begin)
            highest = max((row for one in whole for row in one), default=-1)
            assert not list(read.rows.problems(highest + 1))
            assert highest < 0 or list(read.rows.problems(highest)) == ["name rows that are not there"]
            read.forget()
            assert read.rows[0 : len(read.rows)].tolist() == [row for one in whole for row in one]
            files.append({path.name: path.read_bytes() for path in Path(name).iterdir()})
    assert files[0] == files[1]


def test_damage_is_told(tmp_path: Path) -> None:
    write(tmp_path, [[[1, 70000], [5]]], 1)
    for file, content, found in (
        ("s.steps", np.array([[0, 0], [1, 7], [0, 0]], "<u2"), "do not fit their steps"),
        ("s.lists", np.array([0, 3, 2, 3], "<u8"), None),
        ("s.lists", np.array([0, 1, 3], "<u8"), "do not fit their steps"),
        ("s.steps-at", np.array([0, 3, 1], "<u4"), None),
        ("s.steps-at", np.array([0, 9, 3], "<u4"), "are out of order"),
        ("s.rows", np.array([1, 2], "<u2"), None),
        ("s.counts", np.array([1, 2], "u1"), None),
    ):
        whole = (tmp_path / file).read_bytes()
        content.tofile(tmp_path / file)
        if found is None:
            with pytest.raises(IndexDamagedError):
                Lists.load(tmp_path, "s")
        else:
            read = Lists.load(tmp_path, "s")
            assert list(read.rows.problems(1 << 20)) == [found]
            with pytest.raises(IndexDamagedError):
                read.rows.of_lists(0, 1)
        (tmp_path / file).write_bytes(whole)
    assert not list(Lists.load(tmp_path, "s").rows.problems(70001))
