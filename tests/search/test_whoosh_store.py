"""Articles, records and tables come back as they were stored, whatever they hold."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.encoding import dump_article, dump_record, parse_article, parse_record
from search.errors import IndexDamagedError, NotFoundError
from search.records import (
    Attribution,
    CollectionTables,
    LocalEntity,
    Record,
    RecordTopic,
    Review,
    Role,
    Speaker,
    StoredArticle,
)
from search.whoosh.blobs import Blobs, BlobWriter
from search.whoosh.ids import IdTable, IdTableWriter, key_of
from search.whoosh.rowmap import RowMap
from search.whoosh.store import Store, StoreWriter, merge_stores
from search.whoosh.tables import Tables, VariantGroup, numbered, write_groups, write_tables
from tests.search.newsroom import TOPICS, article, tables

any_text = st.text(st.characters(), max_size=30)  # lone surrogates too: broken input holds them
keys = st.one_of(st.sampled_from(["a#0", "a#12", "a#", "a#01", "b#1", "a#１", ""]), any_text)
optional_int = st.none() | st.integers(0, 10**9)
topics = st.lists(
    st.builds(
        RecordTopic,
        st.sampled_from(["medtop:01000000", "medtop:123", "01000000", "medtop:１１１１１１１１"]) | any_text,
        st.floats(0, 1),
        st.sampled_from(["publisher", "article", "record"]),
    ),
    max_size=3,
).map(tuple)
attributions = st.builds(
    Attribution, st.none() | keys, any_text, optional_int, optional_int, any_text, st.lists(any_text, max_size=2).map(tuple),
    any_text, st.floats(0, 1), st.none() | keys, st.none() | keys,
)  # fmt: skip
entities = st.builds(
    LocalEntity, keys, any_text, any_text, st.lists(any_text, max_size=2).map(tuple),
    st.lists(any_text, max_size=2).map(tuple), any_text, st.integers(0, 99),
)  # fmt: skip
articles = st.builds(
    StoredArticle, st.just("a"), any_text, any_text, any_text, any_text, any_text, any_text, any_text, any_text,
    any_text, topics, st.lists(entities, max_size=3).map(tuple),
)  # fmt: skip
records = st.builds(
    Record, any_text, st.sampled_from(["quote", "paragraph"]), st.just("a"), st.sampled_from(["headline", "body"]),
    st.integers(0, 99), st.integers(0, 40), st.integers(0, 40), any_text, st.integers(0, 99), st.integers(0, 99),
    any_text, any_text, any_text, optional_int, optional_int, st.none() | attributions,
    st.lists(keys, max_size=3).map(tuple), st.lists(keys, max_size=3).map(tuple), topics, st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(articles)
def test_an_article_comes_back_as_it_was(stored):
    assert parse_article(dump_article(stored)) == stored


@settings(deadline=None)
@given(records, articles)
def test_a_record_comes_back_as_it_was(record, stored):
    assert parse_record(dump_record(record, stored), record.id, stored) == record


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=60), st.integers(1, 200))
def test_pieces_come_back_by_number_and_in_order(tmp_path_factory, pieces, block):
    folder = tmp_path_factory.mktemp("blobs")
    writer = BlobWriter(folder, "b", block)
    assert [writer.append(piece) for piece in pieces] == list(range(len(pieces)))
    writer.finish()
    blobs = Blobs(folder, "b")
    assert list(blobs) == pieces
    order = random.Random(7).sample(range(len(pieces)), len(pieces))
    assert [blobs[number] for number in order] == [pieces[number] for number in order]
    for outside in (-1, len(pieces)):
        with pytest.raises(IndexDamagedError):
            blobs[outside]


@settings(max_examples=40, deadline=None)
@given(st.lists(any_text, unique=True, max_size=40))
def test_ids_lead_to_numbers_and_back(tmp_path_factory, ids):
    folder = tmp_path_factory.mktemp("ids")
    writer = IdTableWriter(folder, "i")
    for text in ids:
        writer.append(text)
    writer.finish()
    table = IdTable(folder, "i")
    assert [table[number] for number in range(len(table))] == ids
    assert [table.find(text) for text in ids] == [[number] for number in range(len(ids))]
    assert table.find("an id that nobody has given") == []
    assert table.keys.tolist() == sorted(key_of(text) >> 32 for text in ids), "one at a time as all at once"


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 1000), st.integers(-1, 1000), max_size=30))
def test_a_sparse_column_is_a_mapping(pairs):
    column = RowMap.of(pairs)
    assert dict(column) == pairs
    assert column.get(2000) is None


def test_an_id_added_again_is_found_twice(tmp_path):
    writer = StoreWriter(tmp_path, "s")
    for version in "12":
        writer.add(article(3, version=version))
    writer.finish()
    store = Store(tmp_path, "s")
    assert store.article_ids.find("a3") == [0, 1]
    assert store.record_ids.find("a3-q") == [1, 3]


def test_merged_stores_hold_what_was_not_deleted_in_the_same_order(tmp_path):
    for name, numbers in (("s1", range(5)), ("s2", range(5, 9))):
        writer = StoreWriter(tmp_path, name)
        for number in numbers:
            writer.add(article(number))
        writer.finish()
    merge_stores(tmp_path, "s3", [(Store(tmp_path, "s1"), [1, 4]), (Store(tmp_path, "s2"), [])])
    merged = Store(tmp_path, "s3")
    left = [0, 2, 3, 5, 6, 7, 8]
    assert [merged.article_ids[number] for number in range(merged.articles)] == [f"a{number}" for number in left]
    for place, number in enumerate(left):
        expected = article(number)
        piece = merged.piece(place)
        assert piece.article == expected.article
        assert [piece.record(row) for row in piece.rows] == list(expected.records)
    assert merged.tallies.slice(0, 99).tolist() == [1, 1, 1] * 7


def write(folder, given: CollectionTables) -> Tables:
    write_tables(folder, numbered(given.speakers), given)
    write_groups(folder, [VariantGroup("g", ("a1-q", "a2-q"), 2, 1)])
    return Tables(folder)


def test_tables_come_back_as_they_were(tmp_path):
    review = Review("disputed", "desk", "2020-01-02", "says who?")
    given = tables(range(9), {"a1-q": "g", "a2-q": "g"}, {"a3-q": "", "a4-q": "person-1"}, {"a5-q": review})
    found = write(tmp_path, given).everything()
    assert sorted(found.speakers, key=lambda s: s.id) == list(given.speakers)
    assert found.topics == TOPICS
    assert (found.variants, found.attributions, found.reviews) == (given.variants, given.attributions, given.reviews)
    assert found.extractor == "test"


def person(number: int, name: str, *aliases: str, quotes: int = 0, old: tuple[str, ...] = ()) -> Speaker:
    slug = name.lower().replace(" ", "-")
    return Speaker(f"p{number}", slug, name, "person", (name, *aliases), (Role("r"),), (), quotes, old)


@pytest.fixture
def people(tmp_path) -> Tables:
    return write(
        tmp_path,
        CollectionTables(
            (
                person(1, "Ana Müller-Lied", "A. Mueller", quotes=5),
                person(2, "Ana Stone", "Müller's deputy", quotes=9, old=("ana-rock", "bo-stone")),
                person(3, "Bo Stone", quotes=9),
                person(4, "Anastasia Lied"),
            )
        ),
    )


def names(people: Tables, numbers) -> list[str]:
    return [people.speaker(number).name for number in numbers]


def test_speakers_are_numbered_most_quoted_first_then_by_name(people):
    order = ["Ana Stone", "Bo Stone", "Ana Müller-Lied", "Anastasia Lied"]
    assert names(people, range(people.speaker_count())) == order
    assert [people.label(number)[1] for number in range(4)] == order


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ana Stone", "Bo Stone", "Ana Müller-Lied", "Anastasia Lied"]),
        ("ana", ["Ana Stone", "Ana Müller-Lied", "Anastasia Lied"]),
        ("ANA s", ["Ana Stone"]),
        ("muller a", ["Ana Stone", "Ana Müller-Lied"]),
        ("lied ana", ["Ana Müller-Lied", "Anastasia Lied"]),
        ("stone deputy", ["Ana Stone"]),
        ("zz", []),
        ("!?", []),
    ],
)
def test_speakers_are_listed_by_beginnings_of_any_of_their_names(people, query, found):
    assert names(people, people.speakers_listed(query)) == found


@pytest.mark.parametrize(
    ("words", "prefix", "found"),
    [
        (["stone"], False, ["Ana Stone", "Bo Stone"]),
        (["ana"], False, ["Ana Stone", "Ana Müller-Lied"]),
        (["ana"], True, ["Ana Stone", "Ana Müller-Lied", "Anastasia Lied"]),
        (["stone", "deputy"], False, []),
        (["an", "stone"], True, []),
        (["stone", "an"], True, ["Ana Stone"]),
        (["sto"], False, []),
        ([], True, []),
        (["\udfff"], True, []),
    ],
)
def test_a_named_speaker_has_all_words_in_one_name(people, words, prefix, found):
    assert names(people, people.speakers_named(words, prefix)) == found


def test_a_speaker_is_found_by_id_slug_and_old_slug_the_present_bearer_first(people):
    assert people.find_speaker("p2").name == "Ana Stone"
    assert people.find_speaker("ana-rock").name == "Ana Stone"
    assert people.find_speaker("bo-stone").name == "Bo Stone"
    with pytest.raises(NotFoundError):
        people.find_speaker("nobody")
