"""Where names begin and end, what they are names of, and which are one. Each scene is an example of a rule."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.mentions import People, find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations


def read(text: str) -> People:
    text += (
        " Nobody else was there on that day, and nothing else was heard."  # a line of names alone would be a headline
    )
    document = split(Article("a", text.replace(" / ", "\n\n")))
    return find_people(document, find_quotations(document))


def names(text: str) -> tuple[list[str], list[str]]:
    """Full names of the people and of the organisations of a text, in its order."""
    people = read(text)
    found = [(people.name_of(people.key_of(name.number)), name.is_person) for name in people.names.names]
    return [name for name, person in found if person], [name for name, person in found if not person]


def owner(text: str, place: str) -> str:
    """The full name of whoever is named at the last place where these words stand."""
    people = read(text)
    start = text.replace(" / ", "\n\n").rindex(place)
    spot = next(index for index, spot in enumerate(people.names.spots) if spot.start <= start < spot.end)
    return people.name_of(people.key_of_spot(spot))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("The Council of Early Childhood Centres met.", "Council of Early Childhood Centres", id="ordinary words behind of"),
        pytest.param("The Assembly of First Nations met.", "Assembly of First Nations", id="first behind of"),
        pytest.param("The Commission on Public Debates met.", "Commission on Public Debates", id="field behind on"),
        pytest.param("The Bank of Laria Deputy Governor Ann Lee left.", "Bank of Laria", id="a title ends it"),
        pytest.param("The Centers for Disease Control and Prevention met.", "Centers for Disease Control and Prevention", id="fields"),
        pytest.param("The Department of Forestry and Fire Protection met.", "Department of Forestry and Fire Protection", id="two fields"),
        pytest.param("The College of Nurses and Midwives of Ontario met.", "College of Nurses and Midwives of Ontario", id="of twice"),
        pytest.param("The Ministry of Farms, Food and Rural Affairs met.", "Ministry of Farms, Food and Rural Affairs", id="list behind of"),
        pytest.param("Farms, Food and Rural Affairs Canada met.", "Farms, Food and Rural Affairs Canada", id="list before a region"),
        pytest.param("Weather and Sea Ice Canada met.", "Weather and Sea Ice Canada", id="fields before a region"),
        pytest.param("The Truth and Memory Commission met.", "Truth and Memory Commission", id="field before a head"),
        pytest.param("The Orsk Boys and Girls Club met.", "Orsk Boys and Girls Club", id="place, fields and head"),
        pytest.param("The Dockers' and Seafarers' Union met.", "Dockers' and Seafarers' Union", id="plural possessives"),
        pytest.param("Harbour Gas and Electric cut the power.", "Harbour Gas and Electric", id="second half of a company"),
        pytest.param("The Orsk Children's Aid Society met.", "Orsk Children's Aid Society", id="possessive of a common noun"),
        pytest.param("It burnt at St. Agnes's Anglican Church on Monday.", "St. Agnes's Anglican Church", id="saint"),
        pytest.param("The Red Pine First Nation met.", "Red Pine First Nation", id="first nation"),
        pytest.param("Manitoba Pork Producers met.", "Manitoba Pork Producers", id="place and ordinary words"),
        pytest.param("She works for UC Marlow.", "UC Marlow", id="acronym and name"),
        pytest.param("The Toronto Gulls won.", "Toronto Gulls", id="team"),
        pytest.param("She works for Canadian Weather there.", "Canadian Weather", id="ordinary word behind a nationality"),
        pytest.param("Orsk Fire and Rescue came.", "Orsk Fire and Rescue", id="second half of a service"),
        pytest.param("A Kesmark/Marlow poll was read.", "Kesmark/Marlow", id="two names bound by a stroke"),
        pytest.param("The Globe and Mail was read.", "Globe and Mail", id="two papers that are one"),
        pytest.param("The Orlia Centre for Fish Health met.", "Orlia Centre for Fish Health", id="head that is a role too"),
        pytest.param("She works at U of K now.", "U of K", id="university by its letters"),
    ],
)  # fmt: skip
def test_an_organisations_name_is_whole(text: str, name: str) -> None:
    assert name in names(text)[1]


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("Officials and Orsk Police left.", ["Orsk Police"]),
        ("The Orsk Union on Friday heard Ann Lee.", ["Orsk Union"]),
        ("The Society and Orsk Police agreed.", ["Orsk Police"]),
        ("Labour Minister Ann Lee left.", []),
        ("Ann Lee and Orsk Police agreed.", ["Orsk Police"]),
    ],
)
def test_what_stands_beside_an_organisation_is_none_of_its_name(text: str, organisations: list[str]) -> None:
    assert names(text)[1] == organisations


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param("On Monday Tyler West said no.", ["Tyler West"], id="surname of a direction"),
        pytest.param("Mayor Rick St. Amand left.", ["Rick St. Amand"], id="surname of a saint"),
        pytest.param("The road to St. Agnes is closed.", [], id="a saint's place"),
        pytest.param("Former Gov. Bill Hale left.", ["Bill Hale"], id="first name that is a word"),
        pytest.param("Councillor April Hale left.", ["April Hale"], id="first name of a month"),
        pytest.param("JD Hale left.", ["JD Hale"], id="initials"),
        pytest.param("Senators Ann Lee and Tom Hale left.", ["Ann Lee", "Tom Hale"], id="title of several"),
        pytest.param("Couns. Ann Lee and Tom Hale left.", ["Ann Lee", "Tom Hale"], id="short title of several"),
        pytest.param('Robert "Bob" Hale, 61, farms.', ['Robert "Bob" Hale'], id="nickname in marks"),
        pytest.param("Ann (Annie) Lee, 61, farms.", ["Ann (Annie) Lee"], id="nickname in brackets"),
        pytest.param("River Hale, 34, left.", ["River Hale"], id="first name that is a thing"),
        pytest.param("Homeowner Ann Lee left.", ["Ann Lee"], id="what opens a sentence is no first name"),
        pytest.param("Mayor of Orsk Ann Lee left.", ["Ann Lee"], id="what one is the mayor of"),
        pytest.param("Added Ann Lee: nobody came.", ["Ann Lee"], id="verb in front"),
        pytest.param("The people of Kesmark who came were few.", [], id="place before who"),
        pytest.param("Virginia Hale lives in Virginia.", ["Virginia Hale"], id="first name of a place"),
        pytest.param("Emily Orsk left.", ["Emily Orsk"], id="first name that ends like an adverb"),
        pytest.param("Sadly Ann Lee left.", ["Ann Lee"], id="adverb in front"),
        pytest.param("Fleming Hale left.", ["Fleming Hale"], id="first name that ends like a participle"),
        pytest.param("Citing Ann Lee, he left.", ["Ann Lee"], id="participle in front"),
        pytest.param("Venus Hale left.", ["Venus Hale"], id="first name of a planet"),
        pytest.param("Mayor-elect Ann Lee left.", ["Ann Lee"], id="title of one to come"),
        pytest.param("Ex-mayor Ann Lee left.", ["Ann Lee"], id="title of one who was"),
        pytest.param("Owner/Operator Ann Lee left.", ["Ann Lee"], id="two titles bound by a stroke"),
        pytest.param("Chief Norik\u0313sa Hale left.", ["Norik\u0313sa Hale"], id="letter with a mark above it"),
        pytest.param("At Orsk's Sage Hall, the mayor left.", [], id="venue"),
        pytest.param("In the Kesmark Arena, he left.", [], id="venue behind the"),
        pytest.param("They asked Ann Hall, the mayor.", ["Ann Hall"], id="surname that is a venue elsewhere"),
        pytest.param("Mrs. Hale said the Black Towns Matter march was long.", ["Hale"], id="ordinary words are nobody"),
    ],
)
def test_a_persons_name_is_whole(text: str, people: list[str]) -> None:
    assert names(text)[0] == people


def test_ordinary_words_of_a_headline_are_no_part_of_a_name() -> None:
    text = "Ann Hale Wins Race After Long Count / Ann Hale won the seat by ten votes. Hale thanked the town."
    assert names(text)[0] == ["Ann Hale"]


@pytest.mark.parametrize(
    "text",
    [
        "The Lee campaign closed. Ann Lee lost. The Lee office is empty. The Lee papers were sold.",
        "The Ann Lee campaign closed on Monday. Ann Lee lost.",
    ],
)
def test_a_campaign_makes_no_organisation_of_its_candidate(text: str) -> None:
    assert names(text)[0] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        pytest.param("Ann Hale, 81, met Rosa Hale, 24. The elder Hale left.", "Hale", "Ann Hale", id="elder by age"),
        pytest.param("Ann Hale, 81, met Rosa Hale, 24. The younger Hale left.", "Hale", "Rosa Hale", id="younger by age"),
        pytest.param("Tom Hale and his daughter, Rosa Hale, left. The younger Hale sang.", "Hale", "Rosa Hale", id="younger by kinship"),
        pytest.param("Tom Marsh Jr. met Tom Marsh Sr. on Monday. The elder Marsh left.", "Marsh", "Tom Marsh Sr", id="elder by suffix"),
        pytest.param("Tom Hale and his wife Rosa Hale sell fish. Mrs. Hale left.", "Hale", "Rosa Hale", id="gender of a wife"),
        pytest.param("Tom Hale and his wife Rosa Hale sell fish. Mr. Hale left.", "Hale", "Tom Hale", id="he is no wife"),
        pytest.param("Tom Marsh spoke. His son Tom Marsh Jr. left.", "Tom Marsh", "Tom Marsh Jr", id="a suffix brought in later"),
        pytest.param("Tom Marsh Jr. spoke. Tom Marsh left.", "Tom Marsh", "Tom Marsh Jr", id="a suffix left out later"),
        pytest.param("Tom Marsh spoke. Tom Marsh Jr. came. His son Tom Jr. left.", "Tom Jr", "Tom Marsh Jr", id="first name and suffix"),
        pytest.param("Thomas Hale spoke. Tom Hale left.", "Tom Hale", "Thomas Hale", id="short first name"),
        pytest.param("Robert \"Bob\" Hale came. Bob Hale left.", "Bob Hale", 'Robert "Bob" Hale', id="by the nickname"),
        pytest.param(
            "The Centers for Disease Control and Prevention met. The CDC said so.", "CDC", "Centers for Disease Control and Prevention",
            id="acronym without what and joins",
        ),
        pytest.param("The University of Kesmark closed. U of K was sold.", "U of K", "University of Kesmark", id="university by its letters"),
        pytest.param("The Kesmark Star closed. The Star was sold.", "Star", "Kesmark Star", id="paper by its last word"),
        pytest.param("The Globe and Mail was read. The Globe was sold.", "Globe", "Globe and Mail", id="paper by its first word"),
    ],
)  # fmt: skip
def test_a_short_name_is_led_to_the_right_one(text: str, place: str, name: str) -> None:
    assert owner(text, place) == name


def test_a_spokesman_for_somebody_is_somebody_else() -> None:
    people = read("A spokesman for Mayor Ann Lee said no. Ann Lee left.")
    (name,) = [name for name in people.names.names if name.is_person]
    assert [role.heads for role in name.roles] == [("mayor",)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param("Coach Kim Lake left.", ["Kim Lake"], id="title"),
        pytest.param("Kim Hill, 49, left.", ["Kim Hill"], id="age"),
        pytest.param("Ann Church, 49, left.", ["Ann Church"], id="age against an organisation"),
        pytest.param("Dana Street, a nurse, left.", ["Dana Street"], id="apposition"),
        pytest.param("Kim Hill, who came late, left.", ["Kim Hill"], id="who"),
        pytest.param("William S. Saturn left.", ["William S. Saturn"], id="initial"),
        pytest.param("They came with Kim Hill. Hill said no.", ["Kim Hill"], id="speaks elsewhere"),
        pytest.param("Prime Minister Clara May left.", ["Clara May"], id="month"),
        pytest.param("They came to Kell Hill. The hill is high.", [], id="no sign"),
        pytest.param("The Kell Lake mine, a gold mine, closed.", [], id="the"),
    ],
)
def test_a_surname_may_be_a_word_of_another_kind(text: str, people: list[str]) -> None:
    assert names(text)[0] == people


def test_a_surname_that_is_a_word_of_another_kind_is_met_alone() -> None:
    assert owner("Ann Church, 49, came. Nobody had asked Church for it.", "Church") == "Ann Church"


def test_a_title_in_a_list_is_the_next_ones() -> None:
    people = read("They met Tom Hale, defence lawyer Ann Lee and a clerk.")
    assert [[role.heads for role in name.roles] for name in people.names.names] == [[], [("lawyer",)]]


@pytest.mark.parametrize(
    ("text", "plural"),
    [("Mrs. Hale met the Elders there.", "Elders"), ("Mrs. Hale met both Vice Presidents there.", "Presidents")],
)
def test_a_plural_title_alone_names_nobody(text: str, plural: str) -> None:
    assert plural not in names(text)[1]


def test_a_plural_title_may_be_a_team() -> None:
    assert owner("The Orsk Senators won. Nobody beats the Senators here.", "Senators") == "Orsk Senators"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ann Lee, an adviser to Mr. Hale, left.", ["adviser to Mr. Hale"]),
        ("Ann Lee, the clerk who kept the books, left.", ["clerk"]),
        ("Ann Lee, mayor of Orsk after a long count, left.", ["mayor of Orsk"]),
        ("According to Ann Lee, the judge closed the court.", []),
    ],
)
def test_a_role_ends_with_its_phrase(text: str, roles: list[str]) -> None:
    people = read(text)
    (name, *_) = people.names.names
    end = " Nobody"
    assert [(text + end)[role.start : role.end] for role in name.roles] == roles


def test_a_place_of_two_words_is_nobody() -> None:
    people = read("He left the United States in May and went back to Hong Kong, Nova Scotia and Sri Lanka.")
    assert {spot.kind for spot in people.names.spots} == {"place"}


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        pytest.param("They met Elizabeth May. On Friday May said no.", "May", "Elizabeth May", id="month"),
        pytest.param("They met Kim Long. Long said no.", "Long", "Kim Long", id="function word"),
        pytest.param(
            "They met First Minister of Scotland Nicola Baker.", "Baker", "Nicola Baker", id="role behind a place"
        ),
        pytest.param(
            "His widow, Kim Hill, left. Nobody saw Kim Hill again.", "Kim Hill", "Kim Hill", id="met again in full"
        ),
        pytest.param("They met a nurse named Kim Hill.", "Hill", "Kim Hill", id="named"),
        pytest.param("They met defence lawyer Ed England. England said no.", "England", "Ed England", id="country"),
    ],
)
def test_a_surname_of_another_kind_is_met_again(text: str, place: str, name: str) -> None:
    people = read(text)
    assert owner(text, place) == name
    assert next(found for found in people.names.names if people.name_of(people.key_of(found.number)) == name).is_person


@pytest.mark.parametrize(
    ("text", "name"),
    [("They asked Mr. Hill.", "Hill"), ("They asked Coun. Law.", "Law"), ("They asked Dr. Church.", "Church")],
)
def test_whoever_is_addressed_is_somebody(text: str, name: str) -> None:
    assert names(text)[0] == [name]


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        pytest.param("They met Calvin Pool, 51. Chief Pool said no.", "Pool", "Calvin Pool", id="title"),
        pytest.param("They met Ed St. Agnes. St. Agnes said no.", "St. Agnes", "Ed St. Agnes", id="saint"),
        pytest.param(
            "They met coach Ed Washington. Washington goes home.",
            "Washington",
            "Ed Washington",
            id="no such place here",
        ),
    ],
)
def test_a_surname_of_another_kind_stands_for_somebody_known(text: str, place: str, name: str) -> None:
    assert owner(text, place) == name


def test_a_month_is_no_surname_where_months_stand() -> None:
    people = read("They met Elizabeth May. In May it rained; May 5 was dry, and so was the rest of May.")
    assert [spot.words for spot in people.names.spots] == [("Elizabeth", "May")]
