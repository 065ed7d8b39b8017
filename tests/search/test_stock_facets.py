"""Stock Whoosh, over an index of its own, selects by days and values and counts facets as the fast execution does."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import fields, sorting
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage

from search.analysis import stems, words
from search.engine import Filter, SearchRequest
from search.whoosh import execution
from search.whoosh.codec import schema
from search.whoosh.compiler import compile_query
from tests.search import executions
from tests.search.test_execution import collections
from tests.search.test_stock_whoosh import trees

SINGLE = ("outlet", "author", "kind", "cue", "month")
SEVERAL = ("speaker", "topic")


def values_of(row, overlay, number):
    """What a row is counted under, by facet."""
    speakers = {int(key[1:]) for key in row.speakers if int(key[1:]) < len(executions.SPEAKERS)}
    if number in overlay.corrected:
        speakers = {overlay.corrected[number]} - {-1}
    topics = {name for topic in row.topics for name in (topic, *getattr(executions.TOPICS.get(topic), "ancestors", ()))}
    single = {"outlet": row.outlet, "author": row.author, "kind": row.kind, "cue": row.cue, "month": row.day[:7]}
    return single | {"speaker": ",".join(map(str, sorted(speakers))), "topic": ",".join(sorted(topics))}


def own_index(segments, deleted, overlays):
    """The same records in an index as Whoosh writes it, a column for each facet."""
    shape = schema()
    for name in SINGLE:
        shape.add(name, fields.ID(sortable=True))
    for name in SEVERAL:
        shape.add(name, fields.KEYWORD(commas=True))
    shape.add("day", fields.NUMERIC(int, sortable=True))
    index, base = RamStorage().create_index(shape), 0
    for rows, overlay in zip(segments, overlays, strict=True):
        writer = index.writer()
        for number, row in enumerate(rows):
            text = words(row.text)
            counted = {name: value for name, value in values_of(row, overlay, number).items() if value}
            if row.day:
                counted["day"] = int(row.day.replace("-", ""))
            writer.add_document(
                text=" ".join(stems(text)), written=" ".join(text), title=" ".join(stems(words(row.title))), **counted
            )
        writer.commit(merge=False)
    writer = index.writer()
    for rows, gone in zip(segments, deleted, strict=True):
        for number in gone:
            writer.delete_document(base + number)
        base += len(rows)
    writer.commit(merge=False)
    return index


def by_whoosh(index, request, but=""):
    """Documents, and how many have each value, the filters on one field left aside; months leave aside the days."""
    every = [
        wq.Or([wq.Term(clause.field, value) for value in clause.values])
        for clause in request.filters
        if clause.field != but
    ]
    if but != "month" and (request.first_day or request.last_day):
        first, last = (
            int(day.replace("-", "") or edge) for day, edge in ((request.first_day, 1), (request.last_day, 99999999))
        )
        every.append(wq.NumericRange("day", first, last))
    with index.searcher() as searcher:
        vocabulary = [word.decode() for word in searcher.reader().lexicon("written")]
        facets = {name: sorting.FieldFacet(name, maptype=sorting.Count) for name in SINGLE}
        facets |= {name: sorting.FieldFacet(name, allow_overlap=True, maptype=sorting.Count) for name in SEVERAL}
        query = compile_query(request.query, vocabulary)
        found = searcher.search(query, limit=None, filter=wq.And(every) if every else None, groupedby=facets)
        counts = {name: {value: count for value, count in found.groups(name).items() if value} for name in facets}
        return {hit.docnum for hit in found}, counts


filters = st.one_of(
    st.builds(Filter, st.just("outlet"), st.sampled_from([("Post",), ("Post", "Echo")])),
    st.builds(Filter, st.just("kind"), st.sampled_from([("quote",), ("paragraph",)])),
    st.builds(Filter, st.just("topic"), st.sampled_from([("medtop:01",), ("medtop:02", "medtop:03")])),
    st.builds(Filter, st.just("speaker"), st.sampled_from([("0",), ("1", "2")])),
)
requests = st.builds(
    SearchRequest,
    query=trees,
    filters=st.lists(filters, max_size=2, unique_by=lambda one: one.field).map(tuple),
    first_day=st.sampled_from(["", "2020-01-06"]),
    last_day=st.sampled_from(["", "2020-12-31"]),
    interviewer=st.just(True),
    per_page=st.just(200),
    facet_size=st.just(200),
    facets=st.just((*SINGLE, *SEVERAL)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(collections(), st.lists(requests, min_size=1, max_size=3), st.booleans())
def test_whoosh_selects_and_counts_the_same(tmp_path_factory, content, asked, merged):
    kept = [(rows, [n for n in gone if n < len(rows)]) for rows, gone in zip(*content, strict=True) if rows]
    segments, deleted = [rows for rows, _ in kept], [gone for _, gone in kept]
    folder = tmp_path_factory.mktemp("index")
    names, overlays = executions.generation(execution, folder, segments, deleted)
    if merged and names:
        left = [row for rows, gone in kept for at, row in enumerate(rows) if at not in gone]
        execution.merge_segments(
            folder, "m", [(name, overlay.deleted) for name, overlay in zip(names, overlays, strict=True)]
        )
        names, segments, deleted, overlays = ["m"], [left], [[]], [executions.overlay_of(left, [])]
        execution.write_columns(folder, names, overlays, executions.Entities(), executions.People())
    snapshot = executions.opened(execution, folder, names, overlays)
    index = own_index(segments, deleted, overlays)
    bases = [sum(map(len, segments[:number])) for number in range(len(segments))]
    for request in asked:
        found, raw = by_whoosh(index, request)[0], snapshot.execute(request)
        assert {bases[match.segment] + match.row for match in raw.matches} == found
        assert raw.total == len(found)
        for name, facet in raw.facets.items():
            theirs = by_whoosh(index, request, but=name)[1][name]
            assert {str(value): count for value, count in facet.values if count} == theirs
        assert dict(raw.kinds) == by_whoosh(index, request, but="kind")[1]["kind"]
