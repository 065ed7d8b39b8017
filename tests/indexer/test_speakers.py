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


@pytest.mark.parametrize(
    "scene",
    [
        "Nadia Frame keeps goats. / The mother of two said the well was dry. | the well was dry | Nadia Frame",
        "Ola Larkin, from Norrby, scored twice on Friday. / The Swede said he just shot it. | he just shot it | Ola Larkin",
        "Ola Larkin, who plays centre, scored twice. / “I just shot it,” the Winnipegger said. | I just shot it | Ola Larkin",
        "Ola Larkin, from Quern, scored twice. / “I just shot it,” the Quern, Alta., native said. | I just shot it | Ola Larkin",
        "Ola Larkin scored twice. / “I just shot it,” the former third-round pick said. | I just shot it | Ola Larkin",
        "Nadia Frame lost her lease. / “It is my whole life,” the Dunmore mom said. | It is my whole life | Nadia Frame",
        "Nadia Frame sings for a living. / The 41-year-old crowd-pleaser said she would stop. | she would stop | Nadia Frame",
        "Nadia Frame voted against it. / The rookie MP said she was never asked. | she was never asked | Nadia Frame",
        "Lord Vexler praised the crew. Over supper, the Liberal peer and former minister said the crown was tired. | the crown was tired | Lord Vexler",
    ],
)  # fmt: skip
def test_a_description_means_whoever_the_text_speaks_of(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Quern's fire chief says the hall is unsafe. / Max Denby spoke on Friday. | the hall is unsafe | Max Denby",
        "The hall is unsafe, its manager has said. / Nadia Frame told the council that the roof leaks. | The hall is unsafe | Nadia Frame",
        "A juggler's agent has announced that the tour is off. / Max Denby spoke on Friday. | the tour is off | Max Denby",
        "The crew was asleep, a witness has told the court. / Max Denby was the first to speak. | The crew was asleep | Max Denby",
    ],
)  # fmt: skip
def test_somebody_s_officer_in_a_lead_is_named_where_the_next_paragraph_opens(scene: str) -> None:
    check(scene)


def test_somebody_s_wife_or_lawyer_in_a_lead_is_not_just_anybody_named_next() -> None:
    check(
        "The singer's lawyer says the tour is off. / Max Denby bought tickets in May. | the tour is off | singer's lawyer"
    )


@pytest.mark.parametrize(
    "scene",
    [
        "Max Denby said the film was fine. “Have you read it?” Mr. Denby's lawyer Ines Varga said. | Have you read it | Ines Varga",
        "Max Denby said the dock was safe. “For whom?” Coun. Ines Varga, of Ward 4, asked. | For whom | Ines Varga",
        "Max Denby said the dock was safe. “For whom?” Ines Varga pressed. | For whom | Ines Varga",
        "Ines Varga rose. Max Denby said the dock was safe. / “For the gulls,” a tired Varga retorted. | For the gulls | Ines Varga",
        "Ines Varga rose. Max Denby said the dock was safe. / “For whom?” snapped Varga. | For whom | Ines Varga",
    ],
)  # fmt: skip
def test_a_name_right_behind_a_quote_with_any_verb_says_it(scene: str) -> None:
    check(scene)


def test_what_leads_to_the_next_quote_is_no_tag_of_the_one_before() -> None:
    check("Max Denby of the dock board said, “Is it safe?” Harbour councillor Ines Varga said, “It has held for years.” | Is it safe | Max Denby")  # fmt: skip


@pytest.mark.parametrize(
    "scene",
    [
        "Nadia Frame, spokeswoman for the dairy firm Quern said milk was short. | milk was short | Nadia Frame",
        "The club was blamed, with the Sailors' Union accusing it of losing a crew. | it of losing a crew | Sailors' Union",
        "Reeve Nadia Frame has been quoted as telling ratepayers the road would wait. | the road would wait | Nadia Frame",
        "One of the school's top teachers, Nadia Frame, said nobody was hired. | nobody was hired | Nadia Frame",
        "One of the map's makers, lichenologist Nadia Frame, said nobody was paid. | nobody was paid | Nadia Frame",
        "A dairy spokesperson, Nadia Frame, declined to discuss the leak but said milk was short. | milk was short | Nadia Frame",
        "Some former deckhands are angry. One said the crew was ruined. | the crew was ruined | former deckhands",
        "“Then sell the boat,” somebody called from the back. | Then sell the boat | somebody",
        "At the Senna Centre, the mayor said the road would wait. | the road would wait | mayor",
    ],
)  # fmt: skip
def test_words_in_a_speaker_s_place(scene: str) -> None:
    check(scene)


def test_an_office_told_of_nobody_is_held_by_whom_the_text_speaks_of() -> None:
    check("Nadia Frame told the fair to go on. / The chancellor said the vote was clear. | the vote was clear | Nadia Frame")  # fmt: skip


@pytest.mark.parametrize(
    "scene",
    [
        "Max and Ines Varga make suits. The couple said it was fun. | it was fun | Max and Ines Varga",
        "Max Denby and his wife, Ines, make suits. / The couple said it was fun. | it was fun | Max Denby and his wife, Ines",
        "Max Denby and Ines Varga rowed home. / The pair said it was fun. / They said the sea was flat. | the sea was flat | Max Denby and Ines Varga",
    ],
)  # fmt: skip
def test_a_couple_is_the_two_named_together(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Nadia Frame was asked sharply by divers whether the bus ran. | whether the bus ran | divers",
        "The island's dairy watchdog, the Office of the Milk Warden (OMW), said farms must wait. | farms must wait | Office of the Milk Warden",
        "Ola Larkin was hurt, with Quern coach Max Denby claiming it had been a hard week. | it had been a hard week | Max Denby",
        "Nadia Frame's kettle sings at dawn. / “The milk is sour,” the mother of three said. | The milk is sour | Nadia Frame",
        "Nadia Frame opened the debate, which Max Denby had sought. But the chancellor said Denby was late. | Denby was late | Nadia Frame",
        "Coun. Nadia Frame rose first. / The mayor said the budget was late. | the budget was late | mayor",
    ],
)  # fmt: skip
def test_speakers_behind_other_words(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Marie-Ève d'Aubigny said it was late. “It is cold,” d'Aubigny said. | It is cold | Marie-Ève d'Aubigny",
        "Max Denby's mother, Ines, said he was kind. “He was my boy,” she said. | He was my boy | Ines",
        "The mill's owner, Max Denby, says his man Ola Larkin has the time. “I doubt that,” he says. | I doubt that | Max Denby",
        "The guild went on, with former Gov. Max Denby saying the plan was unfair. | the plan was unfair | Max Denby",
    ],
)  # fmt: skip
def test_whoever_speaks_is_in_focus_and_not_whose_they_are(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "The mill is shut. “It was our whole town,” said the Rev. Otto Vexler, of Senna Bay Baptist Church. | It was our whole town | Otto Vexler",
        "The mill is shut. “It was our whole town,” added the Hon. Otto Vexler. | It was our whole town | Otto Vexler",
        "The mill is shut. “It was our whole town,” said the Most Rev. Ines Vexler, archbishop of Orlia. | It was our whole town | Ines Vexler",
        "The mill is old, according to the Rev. Otto Vexler. | The mill is old | Otto Vexler",
    ],
)
def test_an_article_before_a_short_title_opens_the_name_behind_the_cue(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Vexler Foods only this spring said the old mill was sound. | the old mill was sound | Vexler Foods",
        "Vexler Foods has earlier this week said the mill would close. | the mill would close | Vexler Foods",
        "Mayor Ines Vexler last week said the mill would close. | the mill would close | Ines Vexler",
        "The harbour board last night said the mill would close. | the mill would close | harbour board",
        "A study released last month found the mill would close. | the mill would close | study",
    ],
)
def test_a_time_between_subject_and_cue_speaks_for_nobody(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize("joint", ["even though", "although"])
def test_a_clause_behind_though_begins_with_its_own_subject(joint: str) -> None:
    check(f"The team was small, {joint} a number of miners said they liked it. | they liked it | number of miners")


@pytest.mark.parametrize(
    "scene",
    [
        "Vexler Foods cut 40 jobs. The company would not speak of its talks with the Harbour Union, but it said the mill was safe. | the mill was safe | Vexler Foods",
        "The union will meet Vexler Inc. today and it said miners were angry. | miners were angry | union",
        "The report praised the Senna Health Board, but it said waits were long. | waits were long | report",
    ],
)
def test_it_behind_a_conjunction_is_the_subject_of_its_sentence(scene: str) -> None:
    check(scene)


def test_a_surname_means_whoever_of_the_namesakes_was_named_last_in_full() -> None:
    check(
        "Voters came early. / Candidate Laura Vexler met Walter Brock on Sunday. He spoke of Vexler and her plans. / The hall was full. "
        "/ The band was loud. / Former mayor Peter Vexler came late. A clerk said that Vexler owed her rent. / The doors closed. "
        "/ For her part, Laura Vexler sought to look ahead. / “This is not who we are,” Vexler said. | This is not who we are | Laura Vexler"
    )
