"""Whose words stand in a speaker's place. What is said stands behind |, and behind it who said it."""

import pytest

from indexer.article import Article
from indexer.attribution import attribute
from indexer.mentions import find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations


def speaker(text: str, said: str) -> str:
    """The name that a quote of a text is credited to; a slash is a new paragraph."""
    document = split(Article("a", text.replace(" / ", "\n\n")))
    quotations = find_quotations(document)
    people = find_people(document, quotations)
    for quote in attribute(document, quotations, people):
        if document.text[quote.quotation.start : quote.quotation.end].strip(" .,?”“") == said:
            return people.name_of(quote.attribution.entity) if quote.attribution.entity else ""
    return "no such quote"


def check(scene: str) -> None:
    text, said, name = (part.strip() for part in scene.split("|"))
    assert speaker(text, said) == name


@pytest.mark.parametrize(
    "scene",
    [
        "“It was one loud whistle,” said Corin Mabee, adding that the crowd was fair. | the crowd was fair | Corin Mabee",
        "The inquiry said the crew was “asleep” and found the lamp was out. | the lamp was out | inquiry",
        "A report by the harbour master in June found the pier had lost two piles, and concluded it was unsafe. | it was unsafe | report",
    ],
)
def test_a_cue_without_a_subject_shares_that_of_the_quote_before_in_its_sentence(scene: str) -> None:
    check(scene)


def test_a_cue_without_a_subject_shares_none_with_another_sentence() -> None:
    check(
        "“It was one loud whistle,” said Corin Mabee. It was alleged that the crowd was fair. | the crowd was fair | "
    )


@pytest.mark.parametrize(
    "scene",
    [
        "Nadia Frame, who lost her boat near Dunmore Bay, Man., in May, said the town must dig. | the town must dig | Nadia Frame",
        "The Open Harbour Alliance, which includes Fish Count, Clear Coast and the Dory Society, said the plan was weak. | the plan was weak | Open Harbour Alliance",
        "Nadia Frame, the editor of the diocese's weekly newspaper, The Lantern, said bishops were tired. | bishops were tired | Nadia Frame",
    ],
)  # fmt: skip
def test_names_in_what_is_told_of_a_speaker_do_not_speak(scene: str) -> None:
    check(scene)


def test_those_included_do_not_speak_for_the_group_behind_another_verb() -> None:
    check("Twelve former wardens, including Ines Varga, Mats Larkin, and Hugh Denby, signed a letter saying the vote was fair. | the vote was fair | former wardens")  # fmt: skip


def test_a_share_behind_by_is_nobody_who_speaks() -> None:
    check("Tenants of the tower say by 55 to 41 per cent that the lift is unsafe. | the lift is unsafe | Tenants of the tower")  # fmt: skip


def test_a_place_in_capitals_that_is_no_known_name_is_read_whole() -> None:
    check("Police in Quern River say a man is missing. | a man is missing | Police in Quern River")


def test_one_of_several_is_read_whole_behind_the_cue() -> None:
    check("They had been beaten, said one of the sailors. | They had been beaten | one of the sailors")


def test_what_is_told_of_an_unnamed_speaker_is_no_part_of_the_label() -> None:
    check("A woman who lives above the shop said the dog barked. | the dog barked | woman")
