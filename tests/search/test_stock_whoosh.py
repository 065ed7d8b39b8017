"""Stock Whoosh answers from our segments, and from an index of its own, as the fast execution does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage
from whoosh.scoring import BM25F

from search import query as q
from search.analysis import stems, words
from search.engine import SearchRequest
from search.whoosh import execution
from search.whoosh.codec import WRITTEN, ArrayIndex, schema
from search.whoosh.compiler import compile_query
from tests.search import executions
from tests.search.test_execution import collections

trees = st.recursive(
    executions.leaves.filter(
        lambda leaf: (
            # Whoosh's union drops documents that score nothing, so that "every document" in an OR is not every one there
            not isinstance(leaf, q.FieldMatch | q.MatchAll)
            # Whoosh counts the words between each two, we all of them together: the same for two words
            and not (isinstance(leaf, q.Phrase) and leaf.slop and len([w for t in leaf.words for w in words(t)]) != 2)
        )
    ),
    lambda inner: st.one_of(
        st.builds(q.And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(lambda one, other: q.And((one, q.Not(other))), inner, inner),
    ),
    max_leaves=5,
)


def stock(index, tree, number_of):
    """Rows and scores by Whoosh's own searcher; ``number_of`` tells the row of a document."""
    with index.searcher(weighting=BM25F(B=0.75, K1=1.2)) as searcher:
        vocabulary = [word.decode() for word in searcher.reader().lexicon(WRITTEN)]
        found = searcher.search(compile_query(tree, vocabulary), limit=None)
        return {number_of(hit.docnum): hit.score for hit in found}


def ours(snapshot, tree, bases):
    found = snapshot.matches(SearchRequest(tree, interviewer=True))
    return {bases[match.segment] + match.row: match.score for match in found}


def own_index(segments, deleted):
    """The same records in an index as Whoosh writes it."""
    index = RamStorage().create_index(schema())
    for rows in segments:
        writer = index.writer()
        for row in rows:
            text = words(row.text)
            writer.add_document(
                text=" ".join(stems(text)), written=" ".join(text), title=" ".join(stems(words(row.title)))
            )
        writer.commit(merge=False)
    writer = index.writer()
    base = 0
    for rows, gone in zip(segments, deleted, strict=True):
        for row in gone:
            writer.delete_document(base + row)
        base += len(rows)
    writer.commit(merge=False)
    return index


def same(one, other, rel=1e-5):
    assert one.keys() == other.keys()
    assert list(one.values()) == pytest.approx([other[row] for row in one], rel=rel)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(trees, min_size=1, max_size=4))
def test_whoosh_finds_and_scores_the_same(tmp_path_factory, content, queries):
    segments, deleted = content
    kept = [
        (rows, [number for number in gone if number < len(rows)]) for rows, gone in zip(*content, strict=True) if rows
    ]
    segments, deleted = [rows for rows, _ in kept], [gone for _, gone in kept]
    folder = tmp_path_factory.mktemp("index")
    names, overlays = executions.generation(execution, folder, segments, deleted)
    snapshot = executions.opened(execution, folder, names, overlays)
    bases = [sum(map(len, segments[:number])) for number in range(len(segments))]
    reading, own = ArrayIndex(folder, names), own_index(segments, deleted)
    for tree in queries:
        found = ours(snapshot, tree, bases)
        same(found, stock(reading, tree, int))
        same(found, stock(own, tree, int), rel=0.1)  # Whoosh's own files keep lengths in a byte, up to a tenth too long


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(trees, min_size=1, max_size=3))
def test_a_merged_segment_is_the_one_written_of_the_rows_that_are_left(tmp_path_factory, content, queries):
    segments, deleted = content
    folder = tmp_path_factory.mktemp("parts")
    names, overlays = executions.generation(execution, folder, segments, deleted)
    gone = [overlay.deleted for overlay in overlays]
    execution.merge_segments(folder, "merged", list(zip(names, gone, strict=True)))
    left = [row for rows, lost in zip(segments, deleted, strict=True) for at, row in enumerate(rows) if at not in lost]
    execution.write_segment(folder, "written", left)
    overlay = executions.overlay_of(left, [])
    answers = []
    for name in ("merged", "written"):
        execution.write_columns(folder, [name], [overlay], executions.Entities(), executions.People())
        snapshot = executions.opened(execution, folder, [name], [overlay])
        answers.append([snapshot.execute(SearchRequest(tree, per_page=200, interviewer=True)) for tree in queries])
        if left:
            for tree in queries:
                same(ours(snapshot, tree, [0]), stock(ArrayIndex(folder, [name]), tree, int))
        list(snapshot.problems())
    for merged, written in zip(*answers, strict=True):
        assert merged == written
    for part in (
        "words",
        "words-at",
        "lists",
        "rows",
        "counts",
        "positions",
        "stems",
        "checkpoints",
        "title-rows",
        "record-ids.text",
    ):
        assert (folder / f"merged.{part}").read_bytes() == (folder / f"written.{part}").read_bytes(), part


def test_whoosh_may_not_write(tmp_path):
    executions.generation(execution, tmp_path, [[]], [[]])
    with pytest.raises(Exception, match="cannot write"):
        ArrayIndex(tmp_path, ["s0"]).writer()
    assert isinstance(compile_query(q.MatchNone(), []), type(wq.NullQuery))
