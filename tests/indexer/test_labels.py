"""How speakers without a name are called: with all that belongs to their noun, and nothing besides."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.name_tokens import read_tokens
from indexer.paragraphs import split
from indexer.premodifiers import share_begin
from tests.indexer.test_press_style import credited


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Anti-mining groups said it leaked.", "Anti-mining groups", id="hyphen"),
        pytest.param("Crime experts said it leaked.", "Crime experts", id="noun"),
        pytest.param("Housing advocates said it leaked.", "Housing advocates", id="field in -ing"),
        pytest.param("Retired divers said it leaked.", "Retired divers", id="participle"),
        pytest.param("It rained, and festival organizers said it leaked.", "festival organizers", id="behind and"),
        pytest.param("Last year festival organizers said it leaked.", "festival organizers", id="behind a time"),
        pytest.param("Yesterday crime experts said it leaked.", "crime experts", id="behind a day"),
        pytest.param("On Friday the council said it leaked.", "council", id="a day is none of it"),
        pytest.param("A dam ministers say is safe will open.", "ministers", id="clause about a noun"),
        pytest.param("It hid some facts that officials said were private.", "officials", id="clause behind that"),
        pytest.param("A few divers said it leaked.", "few divers", id="a few"),
    ],
)
def test_a_plural_noun_is_called_with_what_stands_before_it(text: str, speaker: str) -> None:
    assert credited(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("About 26% said it leaked.", "About 26%", id="sign"),
        pytest.param("Nearly 30 per cent of renters said it leaked.", "Nearly 30 per cent of renters", id="of whom"),
        pytest.param("Four in 10 said it leaked.", "Four in 10", id="in ten"),
        pytest.param("Six in 10 renters said it leaked.", "Six in 10 renters", id="in ten of whom"),
        pytest.param("More than half said it leaked.", "More than half", id="half"),
        pytest.param("A third of the divers said it leaked.", "third of the divers", id="fraction"),
    ],
)
def test_a_share_of_those_asked_speaks(text: str, speaker: str) -> None:
    assert credited(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "36 people accused in the riot said it leaked.", "people accused in the riot", id="participle in -ed"
        ),
        pytest.param("Owners opposing the dam said it leaked.", "Owners opposing the dam", id="participle in -ing"),
        pytest.param("One of the divers, Lena Orsk, said it leaked.", "Lena Orsk", id="name of one of several"),
        pytest.param("One of the divers, ichthyologist Lena Orsk, said it leaked.", "Lena Orsk", id="with a title"),
    ],
)
def test_what_tells_who_several_are_is_part_of_them(text: str, speaker: str) -> None:
    assert credited(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Later at the hall union leader Lena Orsk said it leaked.", "Lena Orsk", id="time and place"),
        pytest.param("Speaking in Kesmark Mayor Lena Orsk said it leaked.", "Lena Orsk", id="participle"),
        pytest.param(
            "Mayor Lena Orsk has been quoted as telling staff it leaked.", "Lena Orsk", id="quoted as telling"
        ),
        pytest.param("Mayor Lena Orsk said no. Tom Hale said it leaked.", "Tom Hale", id="a no ends the sentence"),
    ],
)
def test_what_opens_a_sentence_is_no_part_of_its_speaker(text: str, speaker: str) -> None:
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("The survey, by Kesmark Data, found that 40 per cent would move.", "Kesmark Data", id="by, between commas"),
        pytest.param("The survey, published by Kesmark Data, found that 40 per cent would move.", "Kesmark Data", id="published by"),
        pytest.param("According to research from Kesmark Data, voters are angry about the dam.", "Kesmark Data", id="research"),
        pytest.param("A Harbour News investigation came. The investigation found that it leaked.", "Harbour News", id="investigation"),
    ],
)  # fmt: skip
def test_what_is_written_speaks_for_who_issued_it(text: str, speaker: str) -> None:
    assert credited(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param(
            "Kesmark Data said that sales fell. “Spring was poor,” the report said.",
            ["Kesmark Data"] * 2,
            id="spoke last",
        ),
        pytest.param(
            "Sales fell, a report says. They halved in May, according to Kesmark Data. Orlia Bank said that rates rose. "
            "“Spring was poor,” the report said.",
            ["report", "Kesmark Data", "Orlia Bank", "Kesmark Data"],
            id="spoke behind it",
        ),
        pytest.param(
            "Kesmark Data said that sales fell. “Spring was poor,” the congressional report said.",
            ["Kesmark Data", "congressional report"],
            id="another's",
        ),
        pytest.param(
            "Orsk's Canada, by Tom Hale, says the country is tired. It says that nobody votes.",
            ["Orsk's Canada"] * 2,
            id="a book is no country",
        ),
    ],
)
def test_a_report_is_by_the_body_that_spoke_before_it(text: str, speakers: list[str]) -> None:
    """Where the text does not say who issued it; a book speaks under its title."""
    assert credited(text) == speakers


@pytest.mark.parametrize(("text", "begin"), [("Cent of it is per", None), ("10 per cent", 0)])
def test_a_share_begins_in_its_article(text: str, begin: int | None) -> None:
    tokens = read_tokens(split(Article("a", text)))
    at = tokens.lower.index("cent")
    assert share_begin(tokens, at) == begin


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("“It leaked,” said Orsk ahead of the May regatta.", "Orsk", id="what came ahead"),
        pytest.param(
            "Captain Lena Orsk who painted the hull insisted that it leaked.", "Lena Orsk", id="open relative"
        ),
        pytest.param("Tom Hale of Sailors Coalition Malta said it leaked.", "Tom Hale", id="a member"),
        pytest.param("Orlia Relief, along with the Fish Union have said it leaked.", "Orlia Relief", id="along with"),
        pytest.param("Lena Orsk, together with the Fish Union, said it leaked.", "Lena Orsk", id="together with"),
        pytest.param("Lena Orsk shook her head, and on Facebook said it leaked.", "Lena Orsk", id="and on"),
        pytest.param("His cousin is Wim Orsk and Tom Hale says it leaked.", "Tom Hale", id="a name told"),
        pytest.param("The yard found a partner in Quill Data, which warns it leaked.", "Quill Data", id="which"),
        pytest.param("Part of Orsk's letter says it leaked.", "Orsk", id="a part of what was written"),
        pytest.param(
            "Divers from across Norway's northern fleet have claimed it leaked.",
            "Divers from across Norway's northern fleet",
            id="from across",
        ),
    ],
)
def test_what_stands_about_a_speaker_takes_nothing_of_their_place(text: str, speaker: str) -> None:
    assert credited(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Lena A. I. Orsk, a diver, said it leaked.", "Lena A. I. Orsk", id="two initials"),
        pytest.param("Lena A. Orsk, a diver, said it leaked.", "Lena A. Orsk", id="an A"),
        pytest.param("There is no Plan A. Orsk said it leaked.", "Orsk", id="an A that ends its sentence"),
        pytest.param("It was I. Orsk said it leaked.", "Orsk", id="an I that ends its sentence"),
        pytest.param("It rained. Malaysia Today said it leaked.", "Malaysia Today", id="a paper of today"),
        pytest.param("In Malaysia today Tom Hale said it leaked.", "Tom Hale", id="today"),
    ],
)
def test_small_words_are_parts_of_names_where_a_capital_or_a_stop_shows_it(text: str, speaker: str) -> None:
    assert credited(text)[-1] == speaker
