"""Who is who: names brought together, namesakes kept apart, the same in any order."""

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.identity.names import fold, person_name, slug_of
from indexer.identity.registry import identify
from indexer.identity.spelling import alike, same_given
from search.engine import EntityInArticle
from search.records import CollectionTables, LocalEntity, Speaker
from tests.indexer.named_news import News, org, p


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oskar Gusmanov", "Oskar Guzmanov"),  # transliteration
        ("Zoë Brandström", "Zoe Brandstrom"),  # diacritics
        ("Yulia Karst-Volny", "Julia Karst Volny"),
        ("Дарья Волкова", "Darya Volkova"),  # another script
        ("Anton K. Velmar", "Anton Velmar"),  # middle initial
        ("Dr. Pia Okonjo", "Pia Okonjo"),
        ("William Tarnish", "Bill Tarnish"),
        ("R. Dunmarrow", "Ruth Dunmarrow"),
        ("Pedro Almira Solano", "Pedro Almira"),
        ("Bruno Falk Jr.", "Bruno Falk"),
    ],
)
def test_one_person_however_written(one: str, other: str) -> None:
    news = News().article("a", p(one, "mayor of Aldmoor")).article("b", p(other, "mayor of Aldmoor"))
    assert news.same("a#0", "b#0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tom Hale", "Marit Hale"),
        ("Anar Rezov", "Anara Rezova"),  # the feminine form is somebody else
        ("Rob Teller", "Rob Tiller"),  # short surnames differ by more than spelling
        ("Bruno Falk Jr.", "Bruno Falk Sr."),
        ("Anna B. Lind", "Anna C. Lind"),
        ("Carl Osterman", "Carla Osterman"),
    ],
)
def test_two_people_of_similar_name(one: str, other: str) -> None:
    news = News().article("a", p(one)).article("b", p(other))
    assert not news.same("a#0", "b#0")


def test_namesakes_stay_two_by_walk_of_life_and_company() -> None:
    news = (
        News()
        .article("a", p("Ann Lee", "striker for Aldmoor Rovers"), p("Coach Bram Vey"))
        .article("b", p("Ann Lee", "the Rovers striker"), p("Bram Vey"))
        .article("c", p("Ann Lee", "minister for fisheries"), p("Selma Brandt"))
        .article("d", p("Ann Lee", "fisheries minister"), p("Olaf Quill"))
    )
    assert news.same("a#0", "b#0")
    assert news.same("c#0", "d#0")
    assert not news.same("a#0", "c#0")
    slugs = sorted(speaker.slug for speaker in identify(news.entities) if speaker.name == "Ann Lee")
    assert slugs == ["ann-lee", "ann-lee-2"]


def test_a_change_of_office_is_not_another_person() -> None:
    news = (
        News()
        .article("a", p("Ann Lee", "singer"), p("Olaf Quill"))
        .article("b", p("Ann Lee", "senator"), p("Olaf Quill"))
        .article("c", p("Ann Lee"))
    )
    assert len(news.speakers()["Ann Lee"]) == 3


def test_two_of_one_name_in_one_article_stay_two() -> None:
    news = News().article("a", p("Jan Moor"), p("Jan Moor")).article("b", p("Jan Moor"))
    speakers = [speaker for speaker in identify(news.entities) if speaker.name == "Jan Moor"]
    assert sorted(len(speaker.members) for speaker in speakers) == [1, 2]


def test_a_spelling_is_refused_where_one_article_names_both() -> None:
    news = News().article("a", p("Oskar Gusmanov")).article("b", p("Oskar Guzmanov"))
    news.article("c", p("Oskar Gusmanov"), p("Oskar Guzmanov"))
    assert not news.same("a#0", "b#0")


def test_pronouns_tell_namesakes_apart() -> None:
    news = News().article("a", p("Kim Aster", pronouns="he")).article("b", p("Kim Aster", pronouns="she"))
    assert not news.same("a#0", "b#0")


def test_a_surname_alone_is_the_one_who_is_known_or_met_in_the_same_company() -> None:
    news = News()
    for number in range(4):
        news.article(f"a{number}", p("Selma Brandt", "president"))
    news.article("b", p("Brandt"))
    news.article("c", p("Tom Hale", "union leader"), p("Olaf Quill")).article("d", p("Marit Hale", "chief executive"))
    news.article("e", p("Hale"), p("Olaf Quill")).article("f", p("Hale"))
    assert news.same("b#0", "a0#0")
    assert news.same("e#0", "c#0")
    assert not news.same("f#0", "c#0")
    assert not news.same("f#0", "d#0")


def test_organisations_with_their_acronyms_and_spellings() -> None:
    news = (
        News()
        .article("a", org("Aldmoor Harbour Organisation", "AHO"))
        .article("b", org("AHO"))
        .article("c", org("The Aldmoor Harbor Organization"))
        .article("d", org("Department of Tides"))
        .article("e", org("Tides Department"))
        .article("f", org("University of Senna"))
        .article("g", org("Senna University"))
        .article("h", org("Senna Lines Ltd"))
        .article("i", org("Senna Lines"))
    )
    for one, other in (("a#0", "b#0"), ("a#0", "c#0"), ("d#0", "e#0"), ("h#0", "i#0")):
        assert news.same(one, other)
    assert not news.same("f#0", "g#0")


def test_an_acronym_of_two_organisations_is_left_alone() -> None:
    news = News().article("a", org("Centre for Dune Care", "CDC")).article("b", org("Council of Dairy Cooks", "CDC"))
    news.article("c", org("CDC"))
    assert not news.same("c#0", "a#0")
    assert not news.same("c#0", "b#0")


def test_unnamed_speakers_group_by_wording_and_never_with_a_person() -> None:
    news = (
        News()
        .article("a", {"name": "officials", "kind": "unnamed"})
        .article("b", {"name": "The officials", "kind": "unnamed"})
        .article("c", {"name": "a baker", "kind": "unnamed"})
        .article("d", p("Baker"))
    )
    assert news.same("a#0", "b#0")
    assert not news.same("c#0", "d#0")


def test_what_is_told_of_a_speaker() -> None:
    news = (
        News()
        .article("a", p("Anton Kuzmich", "poet", aliases=("Kuzmich",)), day="2023-05-02")
        .article("b", p("Anton Kuzmitch", "poet", "deputy director"), day="2021-01-09")
        .article("c", p("Anton Kuzmich", "Poet"), day="")
    )
    (speaker,) = identify(news.entities)
    assert (speaker.name, speaker.slug, speaker.kind, speaker.quotes) == ("Anton Kuzmich", "anton-kuzmich", "person", 3)
    assert speaker.aliases == ("Anton Kuzmich", "Anton Kuzmitch", "Kuzmich")
    first = speaker.roles[0]
    assert (first.text, first.first_day, first.last_day, first.articles) == ("poet", "2021-01-09", "2023-05-02", 3)
    assert first.article == "b"


def test_ids_and_slugs_stay_and_old_ones_lead_on() -> None:
    before = identify(News().article("a", p("J. Smitherton")).entities)
    news = News().article("a", p("J. Smitherton")).article("b", p("Joan Smitherton"))
    (after,) = identify(news.entities, CollectionTables(speakers=before))
    assert after.id == before[0].id
    assert after.slug == "joan-smitherton"
    assert after.old_slugs == ("j-smitherton",)
    (still,) = identify(news.entities, CollectionTables(speakers=(after,)))
    assert still == after


def test_who_absorbs_another_answers_to_both_addresses() -> None:
    news = News().article("a", p("Ida Olsen")).article("b", p("Ida Olsen"))
    apart = tuple(
        Speaker(id=f"s{n}", slug=slug, name="Ida Olsen", kind="person", aliases=("Ida Olsen",), members=(f"{n}#0",))
        for n, slug in (("a", "ida-olsen"), ("b", "ida-olsen-2"))
    )
    (one,) = identify(news.entities, CollectionTables(speakers=apart))
    assert one.id == "sa"
    assert set(one.old_slugs) == {"ida-olsen-2", "sb"}


def test_an_id_survives_the_loss_of_every_article_entity_key() -> None:
    before = identify(News().article("a", p("Ida Olsen")).entities)
    (after,) = identify(News().article("z", p("Ida Olsen")).entities, CollectionTables(speakers=before))
    assert after.id == before[0].id


NAMES = st.sampled_from(
    [
        "Ann Lee",
        "Anne Lee",
        "A. Lee",
        "Lee",
        "Tom Hale",
        "Hale",
        "Thomas Hale",
        "Bill Weld",
        "Ann B. Lee",
        "ANN LEE",
        "Нина Ли",
        "",
        "?",
    ]
)
ROLES = st.lists(st.sampled_from(["mayor", "striker", "former mayor", "nurse", ""]), max_size=2).map(tuple)
ENTITY = st.builds(
    LocalEntity,
    key=st.just(""),
    name=NAMES,
    kind=st.sampled_from(["person", "organisation", "unnamed"]),
    roles=ROLES,
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    pronouns=st.sampled_from(["", "he", "she", "they"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ENTITY, max_size=4), max_size=8), st.randoms())
def test_every_entity_has_one_speaker_whatever_the_order(
    articles: list[list[LocalEntity]], chance: random.Random
) -> None:
    entities = [
        EntityInArticle(f"a{a}", "Gull", "2024-01-01", dataclasses.replace(entity, key=f"a{a}#{n}"))
        for a, article in enumerate(articles)
        for n, entity in enumerate(article)
    ]
    speakers = identify(entities)
    assert sorted(key for speaker in speakers for key in speaker.members) == sorted(e.entity.key for e in entities)
    assert len({speaker.id for speaker in speakers}) == len({speaker.slug for speaker in speakers}) == len(speakers)
    chance.shuffle(entities)
    assert identify(entities) == speakers
    assert identify(entities, CollectionTables(speakers=speakers)) == speakers
    for speaker in speakers:
        kinds = {entity.entity.kind for entity in entities if entity.entity.key in speaker.members}
        assert "unnamed" not in kinds or speaker.kind != "person"


@given(st.text(max_size=40))
def test_any_text_is_a_name(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert slug_of(text)
    person_name(text)


def test_likeness_of_words() -> None:
    assert alike("zelensky", "zelenskyy")
    assert alike("mohammed", "muhammad")
    assert not alike("rzayev", "rzayeva")
    assert not alike("alexander", "alexandra")
    assert same_given("mitch", "mitchell")
    assert not same_given("maria", "mary")
