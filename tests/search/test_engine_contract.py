"""What every engine must do, in one suite: the embedded one always, the distributed one on a real cluster."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search.engine import Engine, Filter, SearchRequest, Sort
from search.errors import BadRequestError, CursorError, IndexLockedError, IndexMissingError, NotFoundError
from search.parser import parse
from search.query import FieldMatch
from search.records import Review
from tests.search.stories import Said, Story, indexed, tables

STORIES = (
    Story("ferry", [
        ("The ferry stopped on Monday, Tom Hale said.", Said("We have asked for working life jackets since spring", "Tom Hale")),
        ("Crews want cork.", Said("the search for common ground goes on", "Marit Hale", "add", "indirect", 0.4)),
        ("It rained in Aldmoor, where Nina Quist keeps a shop.", None),
    ], title="Ferry strike strands commuters", mentions=("Nina Quist",)),
    Story("wire", [
        ("A strike stopped the ferry.", Said("We have asked for working life jackets since spring", "T. Hale")),
        ("Nobody sailed.", Said("The café at Łódź Square was searched", "Nina Quist", "deny", "mixed", 0.7)),
    ], title="Strike", outlet="Harbour Wire", author="Mina Falk", published="2024-04-02T09:30+02:00"),
    Story("cup", [
        ("Rovers won the cup.", Said("I did not think, I kicked", "Marit Hale", topics=("medtop:15000000",))),
        ("Was it luck?", Said("Was it luck?", "Nina Quist", "ask", "turn", 0.95, interviewer=True)),
    ], title="Rovers win", published="2022-05-19", language="en", genre="interview", topics=("medtop:15000000",)),
    Story("note", [("Searching grounds commonly finds jacket and lives.", None)], outlet="", author="", published="",
          language="", topics=("medtop:20000344",)),
)  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine)
    return engine


def fill(engine: Engine, stories: tuple[Story, ...] = STORIES, **more: object) -> str:
    with engine.rebuild() as writer:
        for story in stories:
            writer.add(indexed(story))
        return writer.commit(tables(stories, **more))


def ids(engine: Engine, query: str = "", **more: object) -> list[str]:
    request = SearchRequest(query=parse(query), per_page=100, **more)  # type: ignore[arg-type]
    return [match.id for match in engine.search(request).matches]


def facet(engine: Engine, name: str, query: str = "", *filters: Filter) -> dict[str, int]:
    result = engine.search(SearchRequest(query=parse(query), filters=filters))
    return {value.value: value.count for value in result.facets[name].values}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferry", {"ferry-p0", "wire-p0"}),
        ("asking jacket", {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),  # stems
        ("cafe lodz", {"wire-p1", "wire-q1"}),  # diacritics
        ('"search for common ground"', {"ferry-p1", "ferry-q1"}),  # stop words count
        ('"searching for common ground"', set()),  # words as written
        ('"Ask for"', set()),
        ('"life jackets"', {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),
        ('"asked jackets"~4', {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),
        ('"asked jackets"~2', set()),
        ('"jackets asked"~4', set()),  # in this order
        ("luck OR cork", {"cup-p1", "ferry-p1"}),
        ("strike -ferry", set()),
        ("jacket NOT spring", {"note-p0"}),
        ("NOT (jacket OR ferry)", {"ferry-p1", "ferry-q1", "ferry-p2", "wire-p1", "wire-q1", "cup-p0", "cup-q0", "cup-p1"}),
        ("common*", {"ferry-p1", "ferry-q1", "note-p0"}),
        ("j?ckets", {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),
        ("fery~", {"ferry-p0", "wire-p0"}),
        ("sping~", {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),
        ("sprnig~", {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),  # neighbours swapped: one step
        ("speaker:hale kind:quote", {"ferry-q0", "ferry-q1", "wire-q0", "cup-q0"}),
        ('speaker:"tom hale"', {"ferry-p0", "ferry-q0", "wire-p0", "wire-q0"}),
        ("speaker:mar* kind:quote", {"ferry-q1", "cup-q0"}),
        ("mentions:quist", {"ferry-p2"}),
        ("topic:sport kind:quote", {"cup-q0"}),
        ('topic:"economy business"', {"ferry-p0", "ferry-q0", "ferry-p1", "ferry-q1", "ferry-p2", "wire-p0", "wire-q0", "wire-p1", "wire-q1", "note-p0"}),
        ("topic:medtop:20000344", {"note-p0"}),
        ("outlet:harbour", {"wire-p0", "wire-q0", "wire-p1", "wire-q1"}),
        ('author:"mina falk" kind:quote', {"wire-q0", "wire-q1"}),
        ("cue:deny", {"wire-q1"}),
        ("lang:en genre", set()),
        ("!!!", set()),
        ("nowhere", set()),
    ],
)  # fmt: skip
def test_what_a_query_finds(filled: Engine, query: str, expected: set[str]) -> None:
    assert set(ids(filled, query)) == expected


def test_nothing_asked_finds_everything_but_the_questions_of_interviews(filled: Engine) -> None:
    everything = set(ids(filled))
    assert len(everything) == 13
    assert "cup-q1" not in everything
    assert "cup-q1" in ids(filled, interviewer=True)


def test_kinds_sum_to_the_total_and_ignore_a_chosen_kind(filled: Engine) -> None:
    result = filled.search(SearchRequest())
    assert sum(value.count for value in result.facets["kind"].values) == result.total == 13
    chosen = filled.search(SearchRequest(filters=(Filter("kind", ("quote",)),)))
    assert chosen.total == 5
    assert dict(chosen.counts.kinds) == {"quote": 5, "paragraph": 8}
    assert {v.value: (v.count, v.selected) for v in chosen.facets["kind"].values} == {
        "paragraph": (8, False),
        "quote": (5, True),
    }


def test_a_field_that_cannot_be_asked_for_is_told(filled: Engine) -> None:
    for ask in (
        lambda: filled.search(SearchRequest(filters=(Filter("published", ("2024-03",)),))),
        lambda: filled.search(SearchRequest(filters=(Filter("nothing", ("x",)),))),
        lambda: filled.search(SearchRequest(facets=("speaker", "published"))),
        lambda: filled.search(SearchRequest(FieldMatch("quote_type", ("direct",)))),
    ):
        with pytest.raises(BadRequestError, match=r"there is no .*(filter|facet|clause)"):
            ask()


def test_a_facet_ignores_its_own_choice_and_heeds_the_others(filled: Engine) -> None:
    gull, quotes = Filter("outlet", ("The Gull",)), Filter("kind", ("quote",))
    assert facet(filled, "outlet", "", gull) == {"The Gull": 8, "Harbour Wire": 4}
    assert facet(filled, "outlet", "", gull, quotes) == {"The Gull": 3, "Harbour Wire": 2}
    assert facet(filled, "speaker", "", gull, quotes) == {"marit-hale": 2, "tom-hale": 1}
    both = Filter("outlet", ("The Gull", "Harbour Wire"))
    assert filled.search(SearchRequest(filters=(both, quotes))).total == 5


def test_months_ignore_the_days_chosen_and_everything_else_heeds_them(filled: Engine) -> None:
    in_march = SearchRequest(first_day="2024-03-01", last_day="2024-03-31", filters=(Filter("kind", ("quote",)),))
    found = filled.search(in_march)
    assert {v.value: v.count for v in found.facets["month"].values} == {"2022-05": 1, "2024-03": 2, "2024-04": 2}
    assert {v.value: v.count for v in found.facets["outlet"].values} == {"The Gull": 2}
    assert (found.total, dict(found.counts.kinds)) == (2, {"quote": 2, "paragraph": 3})


def test_facets_of_every_kind(filled: Engine) -> None:
    assert facet(filled, "cue") == {"say": 3, "add": 1, "deny": 1}
    assert facet(filled, "author") == {"Lena Orsk": 8, "Mina Falk": 4}
    assert facet(filled, "month") == {"2022-05": 3, "2024-03": 5, "2024-04": 4}
    assert list(facet(filled, "month")) == ["2022-05", "2024-03", "2024-04"]
    assert facet(filled, "topic") == {"medtop:04000000": 10, "medtop:15000000": 3, "medtop:20000344": 1}
    assert facet(filled, "quote_type") == {"direct": 3, "indirect": 1, "mixed": 1}
    topics = filled.search(SearchRequest()).facets["topic"].values
    assert [(t.label, t.level, t.parent) for t in topics if t.value == "medtop:20000344"] == [
        ("economy", 2, "medtop:04000000")
    ]
    people = filled.search(SearchRequest()).facets["speaker"].values
    assert {(p.value, p.label, p.count) for p in people} >= {
        ("tom-hale", "Tom Hale", 4),
        ("marit-hale", "Marit Hale", 4),
    }


@pytest.mark.parametrize("chosen", [(), (Filter("speaker", ("tom-hale", "the-crews")),)])
def test_a_facet_tells_names_from_words_for_somebody_unnamed(engine: Engine, chosen: tuple[Filter, ...]) -> None:
    crews = Story("crews", [("Rain.", Said("We are wet", "the crews")), ("Cork.", Said("No cork", "Tom Hale"))])
    kinds = {"the crews": "unnamed"}
    with engine.rebuild() as writer:
        writer.add(indexed(crews))
        writer.commit(tables([crews], kinds=kinds))
    facets = engine.search(SearchRequest(filters=chosen)).facets
    assert {(v.label, v.kind) for v in facets["speaker"].values} == {("the crews", "unnamed"), ("Tom Hale", "person")}
    assert {v.kind for v in facets["outlet"].values} == {""}


def test_only_the_facets_asked_for_are_counted(filled: Engine) -> None:
    assert set(filled.search(SearchRequest(facets=("kind",))).facets) == {"kind"}
    assert not filled.search(SearchRequest(facets=())).facets


def test_a_short_facet_says_how_many_more_and_lists_the_chosen(filled: Engine) -> None:
    chosen = Filter("cue", ("deny",))
    found = filled.search(SearchRequest(filters=(chosen,), facet_size=1)).facets["cue"]
    assert [(v.value, v.selected) for v in found.values] == [("say", False), ("deny", True)]
    assert found.more == 1


def test_filters_never_change_scores(filled: Engine) -> None:
    plain = {m.id: m.score for m in filled.search(SearchRequest(query=parse("life jackets"))).matches}
    filters = (Filter("speaker", ("tom-hale",)), Filter("topic", ("medtop:04000000",)))
    narrowed = filled.search(SearchRequest(query=parse("life jackets kind:quote"), filters=filters)).matches
    assert narrowed
    assert all(match.score == pytest.approx(plain[match.id], rel=1e-5) for match in narrowed)


def test_speakers_can_be_chosen_by_id_slug_and_old_slug_and_left_out(filled: Engine) -> None:
    for key in ("tom-hale", "id-tom-hale", "thomas-hale"):
        assert set(ids(filled, "kind:quote", filters=(Filter("speaker", (key,)),))) == {"ferry-q0", "wire-q0"}
    left = ids(filled, "kind:quote", filters=(Filter("speaker", ("tom-hale",), exclude=True),))
    assert set(left) == {"ferry-q1", "wire-q1", "cup-q0"}
    assert ids(filled, filters=(Filter("speaker", ("nobody",)),)) == []


def test_days_are_inclusive_and_undated_articles_are_told(filled: Engine) -> None:
    result = filled.search(SearchRequest(first_day="2024-03-05", last_day="2024-04-02"))
    assert result.total == 9
    assert result.undated_left_out == 1
    assert filled.search(SearchRequest(first_day="2024-03-06")).total == 4
    assert filled.search(SearchRequest(last_day="2022-05-19")).total == 3


def test_uncertain_attributions_can_be_left_out_and_are_told(filled: Engine) -> None:
    result = filled.search(SearchRequest(query=parse("kind:quote"), min_confidence=0.8))
    assert (result.total, result.uncertain_left_out) == (3, 2)


def test_order_by_day_puts_undated_last_either_way(filled: Engine) -> None:
    newest, oldest = ids(filled, sort=Sort.NEWEST), ids(filled, sort=Sort.OLDEST)
    assert newest[0].startswith("wire")
    assert oldest[0].startswith("cup")
    assert newest[-1] == oldest[-1] == "note-p0"


def test_relevance_counts_the_headline_and_breaks_ties_by_day_then_id(filled: Engine) -> None:
    assert ids(filled, "strike OR stopped")[0] == "wire-p0"
    assert ids(filled, "jackets", filters=(Filter("kind", ("quote",)),)) == ["wire-q0", "ferry-q0"]


@pytest.mark.parametrize("sort", list(Sort))
def test_cursors_visit_everything_once_and_belong_to_their_search(filled: Engine, sort: Sort) -> None:
    request = SearchRequest(query=parse("the OR ferry OR NOT zebra"), sort=sort, per_page=3)
    whole = [match.id for match in filled.search(SearchRequest(query=request.query, sort=sort, per_page=100)).matches]
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        result = filled.search(SearchRequest(query=request.query, sort=sort, per_page=3, cursor=cursor))
        seen += [match.id for match in result.matches]
        cursor = result.next_cursor
        if not cursor:
            break
    assert seen == whole
    first = filled.search(request)
    assert [
        m.id for m in filled.search(SearchRequest(query=request.query, sort=sort, per_page=3, page=2)).matches
    ] == whole[3:6]
    with pytest.raises(CursorError):
        filled.search(SearchRequest(query=parse("other"), sort=sort, per_page=3, cursor=first.next_cursor))
    with pytest.raises(CursorError):
        filled.search(SearchRequest(cursor="no cursor"))


def test_variants_fold_to_one_hit_and_totals_count_all(engine: Engine) -> None:
    fill(engine, variants={"ferry-q0": "g1", "wire-q0": "g1"})
    request = SearchRequest(query=parse("jackets kind:quote"), fold=True)
    result = engine.search(request)
    assert (result.total, len(result.matches), result.counts.variant_groups) == (2, 1, 1)
    (hit,) = engine.fetch(request, result)
    assert hit.variants.ids == ("ferry-q0", "wire-q0")
    assert (hit.variants.articles, hit.variants.outlets) == (2, 2)


def test_distinct_articles_and_outlets_are_counted(filled: Engine) -> None:
    counts = filled.search(SearchRequest(query=parse("jackets"))).counts
    assert (counts.articles, counts.outlets, counts.variant_groups) == (3, 2, 2)


def test_a_hit_has_all_that_a_page_shows(filled: Engine) -> None:
    request = SearchRequest(query=parse('"common ground" kind:quote'))
    (hit,) = filled.fetch(request, filled.search(request))
    assert hit.record.text == "the search for common ground goes on"
    assert [hit.record.text[a:b] for a, b in hit.highlights] == ["common ground"]
    assert hit.speaker is not None
    assert (hit.speaker.name, hit.article.title) == ("Marit Hale", "Ferry strike strands commuters")
    assert hit.before.startswith("Crews want cork.")
    assert [term.label for term in hit.topics] == ["economy, business and finance"]
    assert hit.title_highlights == ()
    paragraph = filled.record("ferry-p0")
    assert [who.name for who in paragraph.speakers] == ["Tom Hale"]
    assert [who.name for who in filled.record("ferry-p2").mentions] == ["Nina Quist"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("striking jackets", ["strike"]),  # by stem, as words match
        ("title:commut* cork", ["commuters"]),
        ('title:"ferry strike" OR jackets', ["Ferry", "strike"]),
        ("ferry OR -stranding", ["Ferry"]),  # what is left out is not marked
        ("kind:quote", []),
    ],
)
def test_what_matched_in_a_headline_is_marked(filled: Engine, query: str, marked: list[str]) -> None:
    hit = next(
        hit for hit in filled.stream(SearchRequest(query=parse(query), refined=True)) if hit.article.id == "ferry"
    )
    assert [hit.article.title[a:b] for a, b in hit.title_highlights] == marked


def test_rulings_of_readers_are_applied(engine: Engine) -> None:
    rulings = {
        "attributions": {"ferry-q0": "id-nina-quist"},
        "reviews": {"ferry-q0": Review("corrected", "ed", "2024-05-01", "she said it")},
    }
    fill(engine, **rulings)
    assert "ferry-q0" in ids(engine, "speaker:quist kind:quote")
    assert ids(engine, filters=(Filter("review", ("corrected",)),)) == ["ferry-q0"]
    hit = engine.record("ferry-q0")
    assert hit.speaker is not None
    assert hit.speaker.name == "Nina Quist"
    assert hit.review == rulings["reviews"]["ferry-q0"]
    assert facet(engine, "review") == {"unreviewed": 4, "corrected": 1}


def test_articles_and_records_come_back_as_they_went_in(filled: Engine) -> None:
    given = indexed(STORIES[0])
    assert filled.article("ferry") == given.article
    assert tuple(hit.record for hit in filled.article_records("ferry")) == given.records
    for look in (filled.article, filled.record, filled.speaker, filled.article_records):
        with pytest.raises(NotFoundError):
            look("nothing of this name")


def test_speakers_are_listed_and_found_by_beginnings_of_names(filled: Engine) -> None:
    assert [who.slug for who in filled.speakers().speakers] == ["marit-hale", "nina-quist", "tom-hale"]
    assert [who.slug for who in filled.speakers("hal to").speakers] == ["tom-hale"]
    page = filled.speakers("", page=2, per_page=2)
    assert (page.total, [who.slug for who in page.speakers]) == (3, ["tom-hale"])
    assert filled.speaker("thomas-hale").id == filled.speaker("id-tom-hale").id == "id-tom-hale"
    assert set(filled.speaker("tom-hale").members) == {"ferry#0", "wire#0"}


def test_suggestions_lead_to_searches(filled: Engine) -> None:
    found = {(s.kind, s.text) for s in filled.suggest("ha")}
    assert {("speaker", "Tom Hale"), ("speaker", "Marit Hale"), ("outlet", "Harbour Wire")} <= found
    assert ("topic", "sport") in {(s.kind, s.text) for s in filled.suggest("spo")}
    for suggestion in filled.suggest("ha"):
        assert ids(filled, suggestion.query)
    assert filled.suggest("") == ()


def test_suggestions_for_a_field_complete_its_value_and_keep_the_rest(filled: Engine) -> None:
    people = filled.suggest("ferry speaker:ha")
    assert people
    assert {found.kind for found in people} == {"speaker"}
    assert all(found.query == f'ferry speaker:"{found.text}"' for found in people)
    assert [found.query for found in filled.suggest('jackets -Outlet:"harbour wi')] == [
        'jackets -outlet:"Harbour Wire"'
    ]
    assert [found.query for found in filled.suggest("(topic:spo")] == ['(topic:"sport"']
    assert {found.query for found in filled.suggest("mentions:ha")} >= {'mentions:"Tom Hale"'}
    assert filled.suggest("title:fer") == filled.suggest("role:may") == filled.suggest("speaker:") == ()


def test_a_misspelt_word_is_put_right(filled: Engine) -> None:
    assert filled.search(SearchRequest(query=parse("jakcets"))).suggestion == "jackets"
    assert filled.search(SearchRequest(query=parse("jackets"))).suggestion == ""


def test_a_stream_has_every_match_in_order(filled: Engine) -> None:
    request = SearchRequest(query=parse("ferry OR jackets"), sort=Sort.NEWEST, per_page=1)
    streamed = [hit.record.id for hit in filled.stream(request)]
    assert streamed == ids(filled, "ferry OR jackets", sort=Sort.NEWEST)


def test_stats_and_check(filled: Engine) -> None:
    stats = filled.stats()
    assert (stats.articles, stats.quotes, stats.paragraphs, stats.speakers) == (4, 5, 8, 3)
    assert (stats.first_day, stats.last_day, stats.extractor) == ("2022-05-19", "2024-04-02", "test")
    assert filled.check() == ()
    assert {term.id for term in filled.topics()} >= {"medtop:15000000"}


def test_nothing_there_is_told(engine: Engine) -> None:
    with pytest.raises(IndexMissingError):
        engine.search(SearchRequest())


def test_adding_and_deleting_end_where_a_rebuild_would(engine: Engine) -> None:
    first = STORIES[:2]
    fill(engine, first)
    changed = Story(
        "wire", [("All sail again.", Said("Back to sea", "Tom Hale"))], title="Calm", published="2024-04-03"
    )
    after = (changed, *STORIES[2:])
    with engine.update() as writer:
        assert writer.content_hash("wire") == indexed(STORIES[1]).article.content_hash
        for story in after:
            writer.add(indexed(story))
        assert writer.delete("ferry")
        assert not writer.delete("ferry")
        assert writer.content_hash("ferry") is None
        assert [entity.article_id for entity in writer.entities()] == ["cup", "cup", "wire"]
        assert [quote.id for quote in writer.quotes()] == ["cup-q0", "cup-q1", "wire-q0"]
        writer.commit(tables(after))
    updated = [(i, facet(engine, "speaker"), facet(engine, "month")) for i in ids(engine, sort=Sort.NEWEST)]
    fill(engine, after)
    assert updated == [(i, facet(engine, "speaker"), facet(engine, "month")) for i in ids(engine, sort=Sort.NEWEST)]
    assert ids(engine, "jackets", filters=(Filter("kind", ("quote",)),)) == []


def test_a_merged_speaker_reaches_articles_that_did_not_change(engine: Engine) -> None:
    fill(engine)
    merged = tables(STORIES)
    tom, marit = (next(s for s in merged.speakers if s.slug == slug) for slug in ("tom-hale", "marit-hale"))
    import dataclasses

    one = dataclasses.replace(tom, members=(*tom.members, *marit.members), old_slugs=("marit-hale",), quotes=4)
    rest = tuple(speaker for speaker in merged.speakers if speaker not in (tom, marit))
    with engine.update() as writer:
        writer.commit(dataclasses.replace(merged, speakers=(one, *rest)))
    assert len(ids(engine, filters=(Filter("speaker", ("tom-hale",)), Filter("kind", ("quote",))))) == 4
    assert engine.speaker("marit-hale").slug == "tom-hale"
    assert "marit-hale" not in facet(engine, "speaker")


def test_nothing_shows_before_the_commit_and_another_engine_sees_it_after(opener: Callable[[], Engine]) -> None:
    writing, reading = opener(), opener()
    generation = fill(writing, STORIES[:1])
    assert reading.generation() == generation
    with writing.rebuild() as writer:
        writer.add(indexed(STORIES[1]))
        assert set(ids(reading, "kind:quote")) == {"ferry-q0", "ferry-q1"}
    assert reading.generation() == generation
    with writing.update() as writer:
        writer.add(indexed(STORIES[1]))
        new = writer.commit(tables(STORIES[:2]))
    assert reading.generation() == new
    assert "wire-q0" in ids(reading, "kind:quote")
    writing.close()
    reading.close()


def test_a_result_is_fetched_from_the_generation_that_was_searched(opener: Callable[[], Engine]) -> None:
    engine = opener()
    fill(engine)
    request = SearchRequest(query=parse("cork"))
    result = engine.search(request)
    fill(engine, STORIES[1:])
    assert [hit.record.id for hit in engine.fetch(request, result)] == ["ferry-p1"]
    engine.close()


def test_there_is_one_writer_at_a_time(opener: Callable[[], Engine]) -> None:
    one, other = opener(), opener()
    with one.rebuild(), pytest.raises(IndexLockedError):
        other.rebuild()
    with other.rebuild() as writer:
        writer.commit(tables(()))
    assert ids(one) == []
    one.close()
    other.close()
