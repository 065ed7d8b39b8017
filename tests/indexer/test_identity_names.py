"""Who is who: organisations with their letters, owners and namesakes; parts of names that may be missing."""

from indexer.identity.names import person_name
from indexer.identity.registry import identify
from tests.indexer.named_news import News, org, p


def test_short_names_of_organisations_differ_for_a_reason() -> None:
    news = News().article("a", org("Brelling")).article("b", org("Broling")).article("c", org("AHO"))
    news.article("d", org("Aldmoor Heron Observatory"))
    assert not news.same("a#0", "b#0")
    assert not news.same("c#0", "d#0")


def test_an_acronym_is_led_back_where_one_article_has_both() -> None:
    news = News().article("a", org("AHO"), org("Aldmoor Heron Observatory")).article("b", org("AHO"))
    assert news.same("b#0", "a#1")


def test_what_somebody_used_to_be_does_not_split_them() -> None:
    news = News().article("a", p("Bram Castell", "former banker", "opposition leader"))
    news.article("b", p("Bram Castell", "senator")).article("c", p("Bram Castell", "banker"))
    assert news.same("a#0", "b#0")


def test_a_title_is_no_part_of_the_name() -> None:
    news = News().article("a", p("President-elect Selma Brandt"), p("Ida Olsen")).article("b", p("Selma Brandt"))
    assert "Selma Brandt" in news.speakers()
    assert news.same("a#0", "b#0")


def test_institutions_that_every_country_has_stay_apart_without_company_in_common() -> None:
    news = News().article("a", org("Supreme Court"), p("Selma Brandt")).article("b", org("Supreme Court"))
    news.article("c", org("The Supreme Court"), p("Selma Brandt"))
    news.article("d", org("Velmar Embassy"), p("Ida Olsen")).article("e", org("Embassy of Velmar"))
    assert news.same("a#0", "c#0")
    assert not news.same("a#0", "b#0")
    assert not news.same("d#0", "e#0")


def test_an_institution_without_its_owner_is_the_one_the_article_names() -> None:
    news = News().article("a", org("US Supreme Court"), org("Supreme Court")).article("b", org("Supreme Court"))
    news.article("c", org("US Supreme Court"), org("UK Supreme Court"), org("Supreme Court"))
    assert news.same("a#0", "a#1")
    assert not news.same("a#0", "b#0")
    assert not news.same("c#0", "c#2")
    assert not news.same("c#1", "c#2")


def test_a_country_before_a_long_name_says_nothing_new_unless_two_countries_have_it() -> None:
    news = News().article("a", org("United States Heron Rescue Board")).article("b", org("Heron Rescue Board"))
    assert news.same("a#0", "b#0")
    news.article("c", org("UK Heron Rescue Board"))
    assert not news.same("a#0", "b#0")
    assert not news.same("a#0", "c#0")


def test_states_by_their_short_and_their_full_names() -> None:
    news = News().article("a", org("Kingdom of Velmar")).article("b", org("Velmar"))
    news.article("c", org("USA")).article("d", org("United States")).article("e", org("U.S."))
    assert news.same("a#0", "b#0")
    assert news.same("c#0", "d#0")
    assert news.same("e#0", "d#0")


def test_letters_alone_lead_to_no_name_that_no_article_gives_with_them() -> None:
    news = News().article("a", org("AHO"), p("Selma Brandt"), p("Olaf Quill"))
    news.article("b", org("Aldmoor Heron Observatory"), p("Selma Brandt"), p("Olaf Quill"))
    assert not news.same("a#0", "b#0")


def test_a_particle_is_nobodys_first_name() -> None:
    assert person_name("de Brisande Rovell").given == ()
    assert person_name("Anna de Brisande").surname == "de brisande"
    assert person_name("Senators Selma Brandt") == person_name("Selma Brandt")


def test_what_is_grouped_as_an_organisation_is_described_as_one() -> None:
    news = News().article("a", org("Brelling"), {"name": "BRELLING", "kind": "unnamed"}).article("b", p("BRELLING"))
    assert {speaker.kind for speaker in identify(news.entities)} == {"organisation"}


def test_well_known_organisations_go_by_letters_and_other_names_without_explanation() -> None:
    news = News().article("a", org("AFP")).article("b", p("Agence France-Presse")).article("c", org("PG&E"))
    news.article("d", org("Pacific Gas and Electric Company")).article("e", org("Islamic State")).article(
        "f", org("ISIL")
    )
    assert news.same("a#0", "b#0")
    assert {speaker.kind for speaker in identify(news.entities)} == {"organisation"}
    assert news.same("c#0", "d#0")
    assert news.same("e#0", "f#0")


def test_names_that_well_known_organisations_share_need_company_in_common() -> None:
    news = News().article("a", org("ABC News"), p("Selma Brandt")).article("b", org("ABC News"), p("Ida Olsen"))
    news.article("c", org("ABC News"), p("Selma Brandt")).article("d", org("ABC")).article("e", org("ABC"))
    assert news.same("a#0", "c#0")
    assert not news.same("a#0", "b#0")
    assert not news.same("d#0", "e#0")


def test_a_country_before_a_short_name_is_left_out_in_the_same_company() -> None:
    news = (
        News()
        .article("a", org("US Heron Party"), p("Selma Brandt"))
        .article("b", org("Heron Party"), p("Selma Brandt"))
    )
    news.article("c", org("Heron Party"), p("Ida Olsen")).article("d", org("UK Heron Party"), p("Olaf Quill"))
    assert news.same("a#0", "b#0")
    assert not news.same("d#0", "b#0")
    news.article("e", org("US Supreme Court"), p("Bram Vey")).article("f", org("Supreme Court"), p("Bram Vey"))
    assert news.same("e#0", "f#0")


def test_the_arabic_article_may_be_written_or_not() -> None:
    names = ("Karim al-Sadani", "Karim el-Sadani", "Karim Sadani", "Karim Al Sadani")
    assert len({person_name(name) for name in names}) == 1
    assert person_name("Al Sadani").given == ("al",)


def test_titles_behind_a_place_are_no_part_of_the_name() -> None:
    assert person_name("Aldmoor County Sheriff Ann Lee") == person_name("Ann Lee")
    assert person_name("Sayyid Karim Sadani") == person_name("Karim Sadani")


def test_the_second_of_two_first_names_leads_to_one_person_in_the_same_company() -> None:
    news = (
        News().article("a", p("Rolf Tarik Erdan"), p("Selma Brandt")).article("b", p("Tarik Erdan"), p("Selma Brandt"))
    )
    news.article("c", p("Mona Ida Olsen"), p("Bram Vey")).article("d", p("Ida Olsen"), p("Olaf Quill"))
    assert news.same("a#0", "b#0")
    assert not news.same("c#0", "d#0")


def test_a_first_name_alone_is_the_one_named_with_the_same_people() -> None:
    news = News().article("a", p("Fedora Marn"), p("Oskar Marn")).article("b", p("Fedora"), p("Oskar Marn"))
    news.article("c", p("Fedora"), p("Bram Vey"))
    assert news.same("a#0", "b#0")
    assert not news.same("a#0", "c#0")


def test_a_name_that_says_which_it_is_goes_before_one_that_does_not() -> None:
    news = News().article("a", org("US Supreme Court"), org("Supreme Court"))
    for number in range(3):
        news.article(f"b{number}", org("Supreme Court"), org("US Supreme Court"))
    assert "US Supreme Court" in news.speakers()
