"""A generation written in steps is the one written at once; what a page shows is what was written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import query as q
from search.engine import Engine, Filter, SearchRequest, Sort, Variants
from search.errors import NotFoundError, SearchIndexError
from search.records import IndexedArticle, Review
from search.whoosh import writer as writing
from search.whoosh.engine import WhooshEngine
from search.whoosh.segment import Segment
from tests.search.newsroom import article, tables

WORDS = ("we need more sandbags", "the bridge will hold", "“nobody” was hurt — Zoë's words", "")
REQUESTS = (
    SearchRequest(sort=Sort.NEWEST, per_page=200),
    SearchRequest(q.Word("bridges"), sort=Sort.OLDEST, per_page=200),
    SearchRequest(q.FieldMatch("speaker", ("quill",)), sort=Sort.NEWEST, per_page=200, fold=True),
    SearchRequest(
        filters=(Filter("kind", ("quote",)), Filter("outlet", ("Harbour Echo",)), Filter("speaker", ("bo-tarn",)))
    ),
    SearchRequest(q.Phrase(("will", "hold")), first_day="2011-01-01", sort=Sort.NEWEST, min_confidence=0.5),
)


def contents(engine: Engine) -> list[object]:
    """Everything that a reader can find, by means that do not depend on how segments lie."""
    seen: list[object] = []
    for request in REQUESTS:
        found = engine.search(request)
        hits = engine.fetch(request, found)
        seen += [found.total, dict(found.facets), found.counts, found.undated_left_out, found.uncertain_left_out]
        seen += [(hit.record, hit.article, hit.speaker, hit.speakers, hit.mentions, hit.topics) for hit in hits]
        seen += [(hit.before, hit.after, hit.variants, hit.review) for hit in hits]
    stats = engine.stats()
    seen += [stats.articles, stats.quotes, stats.paragraphs, stats.attributed, stats.outlets, stats.topics]
    seen += [stats.first_day, stats.last_day, engine.speakers("").speakers, engine.suggest("b", 20)]
    return seen


def about() -> dict[str, dict]:
    """Tables that say something of some articles, there or not."""
    return {
        "variants": {f"a{n}-q": f"g{n % 2}" for n in range(6)},
        "attributions": {"a1-q": "person-2", "a2-q": "", "a30-q": ""},
        "reviews": {"a3-q": Review("confirmed", "desk"), "a31-q": Review("disputed")},
    }


steps = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["add", "add", "delete"]), st.integers(0, 8), st.sampled_from(WORDS)),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, deadline=None)
@given(steps, st.sampled_from([2, 100_000]), st.sampled_from([2, 8]), st.sampled_from([2, 5, 1 << 25]))
def test_updates_end_where_a_rebuild_would(tmp_path_factory, steps, spill, tier, most):
    """Whatever is added, replaced and deleted, in whatever portions, with spills and merges in between."""
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "SPILL_ROWS", spill)
        patch.setattr(writing, "TIER", tier)
        patch.setattr(writing, "MOST_ROWS", most)
        patch.setattr(os, "fsync", lambda handle: None)
        stepwise, there = WhooshEngine(folder / "a"), {}
        for step in steps:
            with stepwise.update() as writer:
                for action, number, words in step:
                    if action == "add":
                        there[number] = words
                        writer.add(article(number, words))
                    else:
                        assert writer.delete(f"a{number}") == (there.pop(number, None) is not None)
                hashes = {number: writer.content_hash(f"a{number}") for number in range(9)}
                assert {number for number, found in hashes.items() if found} == set(there)
                assert all(
                    hashes[number] == article(number, words).article.content_hash for number, words in there.items()
                )
                entities = [entry.entity for entry in writer.entities()]
                quotes = [(quote.id, quote.text, quote.entity) for quote in writer.quotes()]
                writer.commit(tables(sorted(there), **about()))
            at_once = sorted((article(number, words) for number, words in there.items()), key=lambda a: a.article.id)
            assert entities == [entity for indexed in at_once for entity in indexed.article.entities]
            assert quotes == [quote_of(indexed) for indexed in at_once]
        rebuilt = WhooshEngine(folder / "b")
        with rebuilt.rebuild() as writer:
            for number, words in there.items():
                writer.add(article(number, words))
            writer.commit(tables(sorted(there), **about()))
        assert max(segment_sizes(stepwise) + segment_sizes(rebuilt), default=0) <= most
        assert contents(stepwise) == contents(rebuilt)
        assert stepwise.check() == rebuilt.check() == ()


def quote_of(indexed: IndexedArticle) -> tuple[str, str, str]:
    quote = indexed.records[1]
    return quote.id, quote.text, quote.attribution.entity


@pytest.fixture
def engine(tmp_path) -> WhooshEngine:
    engine = WhooshEngine(tmp_path)
    with engine.rebuild() as writer:
        for number in range(6):
            writer.add(article(number))
        writer.commit(tables(range(6), **about()))
    return engine


def test_a_hit_stands_in_its_paragraph_with_its_people(engine):
    hit = engine.record("a4-q")
    assert (hit.before + hit.record.text + hit.after) == hit.article.text
    assert hit.record.text == hit.article.text[hit.record.start : hit.record.end]
    assert hit.speaker.name == "Ada Quill"
    assert [topic.label for topic in hit.topics] == ["festival"]
    paragraph = engine.record("a4-p")
    assert paragraph.speaker is None
    assert [speaker.name for speaker in paragraph.speakers] == ["Ada Quill"]
    assert [speaker.name for speaker in paragraph.mentions] == ["Ada Quill", "Bo Tarn"]
    assert engine.article_records("a4") == (paragraph, hit)
    assert engine.article("a4") == article(4).article


def test_what_readers_ruled_is_applied_when_read(engine):
    assert engine.record("a1-q").speaker.id == "person-2"
    assert engine.record("a2-q").speaker is None
    assert engine.record("a2-q").record.attribution.entity == "a2#0", "the record itself stays"
    assert engine.record("a3-q").review == Review("confirmed", "desk")
    assert engine.record("a4-q").review is None
    found = engine.search(SearchRequest(filters=(Filter("speaker", ("person-2",)), Filter("kind", ("quote",)))))
    assert {match.id for match in found.matches} == {"a1-q"}


def test_near_copies_are_listed_earliest_first(engine):
    assert engine.record("a3-q").variants == Variants(("a1-q", "a3-q", "a5-q"), articles=3, outlets=2)
    assert engine.record("a3-p").variants == Variants(("a3-p",))


def test_a_hit_of_a_page_has_its_score(engine):
    request = SearchRequest(q.Word("sandbag"))
    found = engine.search(request)
    hits = engine.fetch(request, found)
    assert [hit.record.id for hit in hits] == [match.id for match in found.matches]
    assert [hit.score for hit in hits] == [match.score for match in found.matches]
    assert min(hit.score for hit in hits) > 0
    assert {hit.record.text[start:end] for hit in hits for start, end in hit.highlights} == {"sandbags"}


def test_a_misspelt_query_that_finds_nothing_is_put_right(engine):
    assert engine.search(SearchRequest(q.Word("sandbegs"))).suggestion == "sandbags"
    assert engine.search(SearchRequest(q.Word("sandbags"))).suggestion == ""
    elsewhere = SearchRequest(q.Word("sandbegs"), filters=(Filter("outlet", ("Nowhere News",)),))
    assert engine.search(elsewhere).suggestion == "", "it would find nothing either"


def test_a_stream_has_every_match_in_order(engine):
    request = SearchRequest(sort=Sort.NEWEST, per_page=1, page=3)
    days = [hit.article.day for hit in engine.stream(request)]
    assert len(days) == 12
    assert days == sorted(days, reverse=True)


def test_what_is_not_there_is_told_by_name(engine):
    for look, key in (
        (engine.record, "r"),
        (engine.article, "a99"),
        (engine.article_records, "a99"),
        (engine.speaker, "x"),
    ):
        with pytest.raises(NotFoundError, match=repr(key)):
            look(key)


def test_suggestions_come_from_people_topics_outlets_and_words(engine):
    found = {(s.kind, s.text) for s in engine.suggest("lin")}
    assert found == {("outlet", "Lindmoor Post"), ("word", "lindmoor")}
    first = engine.suggest("quil")[0]
    assert (first.kind, first.text, first.query, first.count) == ("speaker", "Ada Quill", 'speaker:"Ada Quill"', 2)
    assert ("topic", "arts and culture") in {(s.kind, s.text) for s in engine.suggest("cult")}
    assert ("word", "need more sandbags") in {(s.kind, s.query) for s in engine.suggest("need more sand")}
    assert engine.suggest("") == engine.suggest("?!") == engine.suggest("quill", 0) == ()


def test_stats_count_what_is_there(engine):
    stats = engine.stats()
    assert (stats.articles, stats.quotes, stats.paragraphs, stats.attributed) == (6, 6, 6, 6)
    assert (stats.speakers, stats.topics, stats.outlets) == (4, 3, 2)
    assert (stats.first_day, stats.last_day) == ("2010-01-17", "2015-06-17")
    assert stats.size_bytes > 1000
    assert stats.generation == engine.generation()


def test_the_tables_before_are_at_hand_for_the_next_writer(engine):
    with engine.rebuild() as writer:
        before = writer.previous()
        assert {speaker.slug for speaker in before.speakers} == {speaker.slug for speaker in tables([]).speakers}
        assert before.attributions == about()["attributions"]
        assert before.variants == about()["variants"]
    with WhooshEngine(Path(engine.location) / "another").rebuild() as writer:
        assert writer.previous() is None


def test_an_index_of_nothing_answers(tmp_path):
    engine = WhooshEngine(tmp_path)
    with engine.rebuild() as writer:
        writer.commit(tables([]))
    found = engine.search(SearchRequest(q.Word("anything")))
    assert (found.total, found.matches) == (0, ())
    assert engine.check() == ()
    assert engine.stats().first_day == ""
    assert list(engine.stream(SearchRequest())) == []


def test_an_article_without_records_is_kept(engine):
    silent = IndexedArticle(article(70).article, ())
    with engine.update() as writer:
        writer.add(silent)
        assert writer.content_hash("a70") == silent.article.content_hash
        writer.commit(tables(range(6)))
    assert engine.article("a70") == silent.article
    assert engine.article_records("a70") == ()
    assert engine.check() == ()


def segment_sizes(engine):
    """Rows of each segment, deleted ones included."""
    generation = Path(engine.location) / "generations" / engine.generation()
    return [Segment(generation, path.stem).rows for path in generation.glob("s*.segment")]


def test_no_segment_has_more_rows_than_one_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS", 7)
    monkeypatch.setattr(writing, "SPILL_ROWS", 4)
    engine = WhooshEngine(tmp_path)
    with engine.rebuild() as writer:
        for number in range(10):
            writer.add(article(number))
        writer.add(article(3, "in other words"))
        writer.commit(tables(range(10)))
    assert segment_sizes(engine) == [4, 4, 4, 4, 4]  # two segments of 2 were brought together
    assert engine.search(SearchRequest()).total == 20
    assert engine.check() == ()
    with engine.update() as writer:
        few = article(11)
        with pytest.raises(SearchIndexError, match="article a11 has 8 records: 7 is the most"):
            writer.add(IndexedArticle(few.article, few.records * 4))


def test_many_small_updates_keep_segments_few(engine, monkeypatch):
    monkeypatch.setattr(writing, "TIER", 3)
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    for number in range(10, 26):
        with engine.update() as writer:
            writer.add(article(number))
            writer.commit(tables([*range(6), *range(10, number + 1)]))
    generation = Path(engine.location) / "generations" / engine.generation()
    assert len(list(generation.glob("s*.by-id"))) <= 6
    assert engine.search(SearchRequest()).total == 44
    assert engine.check() == ()


def test_an_index_of_many_segments_needs_few_file_handles(engine, monkeypatch):
    """A mapped file keeps a handle; a machine allows a process about a thousand."""
    monkeypatch.setattr(writing, "TIER", 1000)
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    for number in range(10, 30):
        with engine.update() as writer:
            writer.add(article(number))
            writer.commit(tables(range(6)))
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("handles can be counted on Linux only")
    before = len(list(handles.iterdir()))
    another = WhooshEngine(engine.location)
    assert another.search(SearchRequest()).total == 52
    assert len(list(handles.iterdir())) - before < 30
