"""Speakers whom the article describes rather than names: kin, roles with namesakes, leads, papers. Scenes as in test_resolution."""

import pytest

from tests.indexer.test_resolution import check


@pytest.mark.parametrize(
    "scene",
    [
        "Joan Tarrow, 61, runs the ferry with her husband, Emil. The boat is old. / “It leaks,” her husband said. | It leaks | Emil",
        "Milo Pratt, 9, loves trains. His mother, Dana Pratt, drives one. / “He counts the cars,” his mother said. | He counts the cars | Dana Pratt",
        "Priya Naidu died in the fire. Her uncle, Ravi Naidu, came from Regina. / “She sang,” her uncle said. | She sang | Ravi Naidu",
        "Carla Voss, the boy's aunt, was in court. / “He is kind,” the aunt said. | He is kind | Carla Voss",
        "Owen Lark was 12. Owen's father, Pete Lark, said the ice was thin. / “I told him,” the father said. | I told him | Pete Lark",
        "Ken Obed and his wife of 30 years, Lena, own the inn. / “We are tired,” his wife said. | We are tired | Lena",
    ],
)
def test_kin_are_whom_the_text_names_so(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Dana Pratt drives a train. Her son, Milo, loves them. / “He counts the cars,” his mother said. | He counts the cars | Dana Pratt",
        "Darren Holt's younger brother, Jason Holt, was charged. Darren Holt was home. / “I was asleep,” his brother said. | I was asleep | Jason Holt",
        "Ada Finch and her sister, Mabel Finch, have the mill. Her sister said it would be sold. | it would be sold | Mabel Finch",
    ],
)
def test_a_relation_is_read_from_both_ends(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Joan Tarrow runs the ferry. Her husband said it leaked. | it leaked | Her husband",
        "Joan Tarrow came with her sister, Ada. Her brother said it leaked. | it leaked | Her brother",
    ],
)
def test_kin_without_a_name_stay_so(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Sen. Bert Hollis of Vermont was against it. Sen. Amy Lund of Maine was for it. / The Vermont senator said it was a bad bill. | it was a bad bill | Bert Hollis",
        "Bert Hollis, I-Vt., spoke in Dover. Amy Lund, D-Maine, did too. / The Vermont senator said it was a bad bill. | it was a bad bill | Bert Hollis",
        "Nora Bly, the Conservative MP for Dunmore, spoke. Liberal MP Otto Kern did too. / “We pay,” the Dunmore MP said. | We pay | Nora Bly",
        "Jets captain Karl Lund scored twice. Flames captain Nils Berg was out. / “We won,” the Jets captain said. | We won | Karl Lund",
        "Former mayor Rita Moss opposes the bridge. Mayor Ken Adair wants it. / “I built it,” the former mayor said. | I built it | Rita Moss",
        "Rita Moss was mayor of Orlia from 2004 to 2010. Mayor Ken Adair followed her. / “I built it,” the former mayor said. | I built it | Rita Moss",
        "Former mayor Rita Moss opposes the bridge. Mayor Ken Adair wants it. / “I want it,” the mayor said. | I want it | Ken Adair",
        "Sara Quill, 42, won gold in Turin. Her coach is Al Berg, 61. Berg was in tears. / “I'm done,” the 42-year-old said. | I'm done | Sara Quill",
        "Iris Wren, who leads the Liberals, spoke in Orlia. Tom Alder of the NDP did too. / “He is wrong,” the Liberal leader said. | He is wrong | Iris Wren",
    ],
)
def test_of_two_whom_a_role_fits_it_is_the_one_of_whom_the_rest_is_told(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Sara Quill won gold in Turin. / “I'm done,” the two-time Olympian said. | I'm done | Sara Quill",
        "Lila Farrow released her third album. The songs are short. / “I was sad,” the singer said. | I was sad | Lila Farrow",
        "Ana Roy moved from Orlia in 1990 and works at a bank. / “We won,” the mother of three said. | We won | Ana Roy",
    ],
)
def test_a_description_that_the_text_gives_to_nobody_is_of_whom_it_speaks(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Mark Rees, 30, was in court on Monday. The judge said he was a danger. | he was a danger | judge",
        "Mark Rees, 30, was treated in Orlia. The surgeon said he would live. | he would live | surgeon",
        "A senior government official met Minister Mark Rees. “We are close,” the official said. | We are close | official",
        "A singer from Orlia met Mark Rees. “We are close,” the singer said. | We are close | singer",
        "Reporter Mark Rees came. “We are close,” the senator said. | We are close | senator",
        "Nurse Mark Rees, 30, came. “We are close,” the 42-year-old said. | We are close | 42-year-old",
    ],
)
def test_an_officer_of_the_day_is_not_whoever_was_named_last(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "The mayor of a small town says the road is a danger. / “Somebody will die,” said Mayor Harjit Sandhu. | the road is a danger | Harjit Sandhu",
        "A Halifax man says he waited nine hours. / Glen Porter, 58, had chest pains on Friday. / “I gave up,” Porter said. | he waited nine hours | Glen Porter",
        "The mother of a boy killed in a crash says she wants answers. / “Nobody called me,” Dana Pratt said on Monday. | she wants answers | Dana Pratt",
        "An expert says prices will rise. / Ann Bell, an economist at Quill College, blames oil. | prices will rise | Ann Bell",
        "A judge ruled the search was illegal. / “I am glad,” said Glen Porter, whose car was searched. | the search was illegal | judge",
        "A union says wages are too low. / Glen Porter, 58, a driver, agrees. “I gave up,” Porter said. | wages are too low | union",
        "A Halifax nurse says wards are full. / Glen Porter, 58, a driver, agrees. “I gave up,” Porter said. | wards are full | Halifax nurse",
    ],
)
def test_a_leads_description_is_of_the_one_whom_the_text_names_then(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Back in her kitchen, Joan Trudel keeps the towel. Dr. Hin Lau was sorry. Her husband, Réal, would like it gone. “She won't,” he said. | She won't | Réal",
        "A Grade 11 student at Ross Hall came from Oslo with Craig Lund's group. She told council the pass cost too much. | the pass cost too much | Grade 11 student",
        "Adm. Harry Birch spoke with Gen. Joe Dunn. Asked later, the admiral laughed. / “It is good,” he said. | It is good | Harry Birch",
        "Adm. Harry Birch met the press. The admiral was tired. Gen. Joe Dunn's aides left. He said it was late. | it was late | Harry Birch",
        "Tess Marlow, whose husband, Grant, died in March, came. Grant Marlow was 44. / “Nobody came,” she said. | Nobody came | Tess Marlow",
    ],
)
def test_a_pronoun_goes_back_to_whom_a_noun_told_of(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "In a post on Friday, Senna Energy said threats were banned. It added that it works against Lorian Front. | it works against Lorian Front | Senna Energy",
        "The lawsuit says the pipe in Orlia was old. It accuses the town of waiting. | the town of waiting | lawsuit",
        "Police in Orlia closed the bridge. They said it would reopen on Monday. | it would reopen on Monday | Police",
    ],
)
def test_it_and_they_are_who_spoke_or_acted_just_before(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "A lawsuit filed by Ann Roy claims damages. The lawsuit says the pipe was old. | the pipe was old | Ann Roy",
        "Ann Roy sued Orsk Energy in March. The lawsuit says the pipe was old. | the pipe was old | Ann Roy",
        "The Harbour Union put out a brochure. “Join us,” the brochure says. | Join us | Harbour Union",
        "Orsk Energy sent a news release. “We regret it,” the release says. | We regret it | Orsk Energy",
        "A Statistics Canada report came out on Monday. The report says prices rose. | prices rose | Statistics Canada",
        "Orsk Energy, whose report came on Monday, is sorry. “We regret it,” the report says. | We regret it | Orsk Energy",
    ],
)
def test_a_paper_is_by_whoever_put_it_out(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Tessa Brandt has been reeve since 2010. / “We wait,” the reeve said. | We wait | Tessa Brandt",
        "Tessa Brandt was elected commissioner in May. / “We wait,” the commissioner said. | We wait | Tessa Brandt",
        "Tessa Brandt, 41, is a plumber in Dunmore. / “We wait,” the plumber said. | We wait | Tessa Brandt",
        "Tessa Brandt lives in Dunmore. She works as a nurse. / “We wait,” the nurse said. | We wait | Tessa Brandt",
        "As mayor, Tessa Brandt runs Dunmore. / “We wait,” the mayor said. | We wait | Tessa Brandt",
        "Tessa Brandt met a man who was a plumber. / “We wait,” the plumber said. | We wait | plumber",
    ],
)
def test_a_clause_gives_a_role_too(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "“I lost it,” Ada Moss said. / She met Dana Pratt at the gate. / “It was cold,” she said. | It was cold | Ada Moss",
        "“The town waited,” said Otto Kern, whose brother Max was hurt. / “We got nothing,” he said. | We got nothing | Otto Kern",
        "Tom Hale and his brother, Rob Hale, fished. Rob died in May. / “He was a good man,” he said. | He was a good man | Tom Hale",
        "Tom Hale lost his son, Ben, in the fire. Ben was 12. / “He was a good boy,” he said. | He was a good boy | Tom Hale",
    ],
)
def test_the_running_speaker_goes_on_not_whom_he_speaks_of(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Joan Trudel waited. The surgeon told her he would live, she says. | The surgeon told her he would live | Joan Trudel",
        "Dave March came. He has asked for a trade, said Jesper Lind. / “I have cousins,” he said. | I have cousins | Jesper Lind",
        "Dana Pratt's son, Milo Pratt, was hurt. She said the bus was late. | the bus was late | Dana Pratt",
    ],
)
def test_what_grammar_forbids_nobody_means(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "The Competition Bureau opened an inquiry. Otto Kern was glad. / “We wait,” the watchdog said. | We wait | Competition Bureau",
        "The Dunmore Residents' Coalition met. Otto Kern was glad. / “We wait,” the group said. | We wait | Dunmore Residents' Coalition",
        "Senna Inc. cut its fares. Otto Kern was glad. / “We wait,” the energy giant said. | We wait | Senna Inc",
        "Senna Inc. cut its fares. The Competition Bureau opened an inquiry. / “We wait,” the company said. | We wait | Senna Inc",
        "The Dunmore Rangers lost. The NDP was glad. / “We wait,” the team said. | We wait | Dunmore Rangers",
        "The Dunmore Rangers lost. The NDP was glad. / “We wait,” the party said. | We wait | NDP",
        "The Competition Bureau opened an inquiry. A residents' group met. / “We wait,” the group said. | We wait | group",
        "The Dunmore Rangers lost. / “We wait,” the museum said. | We wait | museum",
    ],
)
def test_an_organisation_is_called_by_its_kind(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "“It will hold,” said Tessa Brandt, the town's reeve. / Otto Kern lost 40 cows. / “We wait,” the reeve said. | We wait | Tessa Brandt",
        "Tessa Brandt is a nurse. / “We wait,” the nurse said. | We wait | Tessa Brandt",
        "Rep. Bo Fair, R-Va., came. Rep. Jay Chase wrote a letter. / The Utah Republican asked for calm. “We wait,” he said. | We wait | Jay Chase",
    ],
)
def test_a_role_is_whose_it_is_told_to_be(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Tessa Brandt, who has farmed here for 30 years, lost 40 cows. / “We wait,” the farmer said. | We wait | Tessa Brandt",
        "Tessa Brandt, 42, teaches at Dunmore High. / “We wait,” the teacher said. | We wait | Tessa Brandt",
        "Tessa Brandt, who owns the diner, was there. / “We wait,” the diner owner said. | We wait | Tessa Brandt",
        "Tessa Brandt saw the diner. / “We wait,” the diner owner said. | We wait | diner owner",
    ],
)
def test_who_does_a_thing_is_called_so(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Joan Tarrow runs the ferry. Her husband, retired welder Emil Tarrow, fixes it. / “It leaks,” her husband said. | It leaks | Emil Tarrow",
        "Joan Tarrow is married to Emil Tarrow. She runs the ferry. / “It leaks,” her husband said. | It leaks | Emil Tarrow",
        "Ted Mendez died on Monday. His publicist said he was ill. Ted Mendez worked as a publicist. | he was ill | His publicist",
        "Judge Ben Marsh was there. / The father said it leaked. | it leaked | father",
    ],
)
def test_kin_and_helpers_are_other_people(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "“It was late,” said Ada Moss. / The river had risen by then. / “Nobody warned us that it would come.” | Nobody warned us that it would come | Ada Moss",
        "“It was late,” said Ada Moss. / Tom Hale looked on. / “Nobody warned us that it would come.” | Nobody warned us that it would come | Tom Hale",
        "Ada Moss's advice is plain. “Leave when they tell you that you must leave.” | Leave when they tell you that you must leave | Ada Moss",
        "“Were you there?” prosecutor Jon Pell asked Ada Moss. / “I was at home the whole night.” | I was at home the whole night | Ada Moss",
    ],
)
def test_a_quote_without_a_cue_is_by_whoever_the_text_is_at(scene: str) -> None:
    check(scene)
