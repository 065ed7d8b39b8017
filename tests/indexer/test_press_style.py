"""Names and speakers as papers and broadcasters write them: "Mr Baker", "Lord Vexler", lists, sources, papers."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.attribution import attribute
from indexer.mentions import find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations

OPENING = "The harbour reopened this week after long repairs to its gates.\n\n"


def credited(text: str) -> list[str | None]:
    """The full name of each quote's speaker; a slash is a new paragraph."""
    document = split(Article("a", OPENING + text.replace(" / ", "\n\n")))
    quotations = find_quotations(document)
    people = find_people(document, quotations)
    keys = [quote.attribution.entity for quote in attribute(document, quotations, people)]
    return [people.name_of(key) if key else None for key in keys]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Alan Baker came. “The pump works,” said Mr Baker.", ["Alan Baker"]),
        ("Oliver Welsh, editor of a magazine, came. “The pump works,” said Mr Welsh.", ["Oliver Welsh"]),
        ("“The pump works,” said Ms Church.", ["Church"]),
        ("Mrs May said it was late.", ["May"]),
        ("“We are open,” said Mr Speaker.", ["Mr Speaker"]),
    ],
)
def test_whoever_has_a_title_of_surnames_is_called_by_one(text: str, speakers: list[str]) -> None:
    """Any word behind "Mr" or "Mrs" is a surname, but those of offices."""
    assert credited(text) == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lord Vexler said it was late.", "Lord Vexler"),
        ("Pope Anselm IV said peace was near.", "Pope Anselm IV"),
        ("Queen Maud II said it was late.", "Queen Maud II"),
        ("Lord Vexler came. Tom Vexler, Lord Vexler to his peers, is late. “Yes,” Lord Vexler said.", "Tom Vexler"),
        ("Prince Ulric Hale said it was late.", "Ulric Hale"),
        ("Mr Vexler said it was late.", "Vexler"),
    ],
)
def test_a_title_of_rank_is_part_of_a_name_without_a_surname(text: str, speaker: str) -> None:
    """Lords and popes are called by their titles, unless the article gives the full name."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Charles A Vexler, a director of Orsk Steel, said it was wrong.", "Charles A Vexler"),
        ("Coach Erik Ten Holt said it was poor.", "Erik Ten Holt"),
        ("Arnel dela Rosa said it rained.", "Arnel dela Rosa"),
        ("Mara Vexler came. “No,” said Vexler afterwards.", "Mara Vexler"),
        ("“No,” said a later owner.", "later owner"),
    ],
)
def test_names_keep_their_small_words_and_no_others(text: str, speaker: str) -> None:
    """An initial without its dot and a particle are the name's, an adverb behind it is not."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The tide is high, newspaper The Hindu reported.", "The Hindu"),
        ("The dam holds, The Hill reported. The Hill said it might not.", "The Hill"),
        ("He climbed the Hill. Mara Vexler said it was late.", "Mara Vexler"),
        ("According to the Herald on Sunday, the dam holds.", "Herald on Sunday"),
        ("Orsk beat the Herald on Monday, Mara Vexler said.", "Mara Vexler"),
        ("According to Larpress news agency, the ship sank.", "Larpress"),
        ("Former Larian Ambassador to the United Nations Ona Vell said it was late.", "Ona Vell"),
        ("A source within the Transport Ministry said it was late.", "source within the Transport Ministry"),
        ("Initial reports said two had died.", "Initial reports"),
        ("Reports from Norway say the ship sank.", "Reports from Norway"),
        ("The U.S. Weather Survey said it rained.", "U.S. Weather Survey"),
        ("The High Court of England and Wales said it was wrong.", "High Court of England and Wales"),
        ("The Larian Institute of Volcanoes (Larvolcs) met. Larvolcs said it shook.", "Larian Institute of Volcanoes"),
        ("The Gull Gas and Electric Company shut it. GG&E said it was sorry.", "Gull Gas and Electric Company"),
        ("The United States Weather Survey met. The USWS said it rained.", "United States Weather Survey"),
    ],
)
def test_papers_and_bodies_are_called_by_their_whole_names(text: str, speaker: str) -> None:
    """Words of other kinds are names behind a capital “The”; short forms go back to the long one."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Orsk Foods, Kesmark Mills and Lorn Energy all said that sales fell.",
            "Orsk Foods, Kesmark Mills and Lorn Energy",
        ),
        ("Hale, Kern, and Vexler argued it was late.", "Hale, Kern, and Vexler"),
        ("In Norway, Hale and Kern said it was late.", "Hale and Kern"),
        ("After beating Vexler, Hale and Kern said it was late.", "Hale and Kern"),
        ("Tom Hale, of Norway, and Ann Kern came, and Kern said it was late.", "Ann Kern"),
    ],
)
def test_a_list_of_speakers_is_whole(text: str, speaker: str) -> None:
    """Whoever speaks with others is not credited alone, nor is the end of their list."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The dock was shut by the government which claims the union owes money.", "government"),
        ("A court met a bill which critics claim would ruin the port.", "critics"),
        ("One of the cooks who sent the letter said it was late.", "One of the cooks"),
        (
            "The Larian Court of Appeal met in June. According to the ruling, the dock is safe.",
            "Larian Court of Appeal",
        ),
        ("Deputy Prime Minister Max Kern failed. The prime minister said it was late.", "prime minister"),
        (
            "Prime Minister Ona Vell came. / Rain fell. Deputy Prime Minister for Finance and Minister of Trade Max Kern failed. The prime "
            "minister said it was late.",
            "Ona Vell",
        ),
        ("The chancellor said it was late. / Later, ex-chancellor Max Kern came.", "chancellor"),
        ("The chancellor said it was late. / Later, ex-Green chancellor Max Kern came.", "chancellor"),
        ("The council met, with some critics claiming it was late.", "critics"),
        (
            "Green Party spokesman Max Kern left. The mayor's official spokesman said it was late.",
            "mayor's official spokesman",
        ),
        ("Green Party spokesman Max Kern left. The Green Party's spokesman said it was late.", "Max Kern"),
    ],
)
def test_nouns_mean_who_holds_the_office_they_name(text: str, speaker: str) -> None:
    """A deputy, a former holder and another's spokesman are not meant; “which” hangs on the noun before it."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Orsk Foods shut a shop. In a statement, the company said it was sorry. “We regret it,” the statement said.",
            "Orsk Foods",
        ),
        ("Max Kern, in a statement delivered late, said he would go. The statement also said he was ill.", "Max Kern"),
        ("Ulf Hale wrote a letter. In a letter, a nurse said it was late. “It rains,” the letter said.", "nurse"),
        ("In a letter, the party said it was late. “It rains,” the letter said.", "party"),
        ("Orsk Fire Service came. The blaze was put out, a fire service statement said.", "Orsk Fire Service"),
        ("The tram will come, according to the Herald on Sunday. / It says the port has paid.", "Herald on Sunday"),
        (
            "The tram will come, the Orsk Telegraph said. Rain fell. / The paper says work starts in May.",
            "Orsk Telegraph",
        ),
        ("A book by Harbour Wire reporter Mara Vexler came. The book claims that they met.", "Mara Vexler"),
    ],
)
def test_what_is_written_speaks_for_whoever_the_text_brings_it_in_with(text: str, speaker: str) -> None:
    """The nearest one who brings it in counts, by name or by noun; another's letter is none of it."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mara Vexler was asked if Lord Ashby would come back. “I am sure that he would.”", "Mara Vexler"),
        ("“It rains,” said Tom Hale. Mara Vexler was asked if it would last. “It will.”", "Mara Vexler"),
        ("“It rains,” said Tom Hale. Asked about the dam, Mara Vexler shrugged. “It holds.”", "Mara Vexler"),
        ("“It rains,” said Tom Hale. Mara Vexler slept. “It will last.”", "Tom Hale"),
        ("“We won,” said Tom Hale. Green coach Max Kern praised the crew. “They were great.”", "Max Kern"),
        ("“We won,” said Tom Hale. Hale then praised Max Kern. “He was great.”", "Tom Hale"),
    ],
)
def test_whoever_was_asked_answers(text: str, speaker: str) -> None:
    """A bare quote behind a question is by the one who was asked, behind praise by whom it brought in, whoever spoke before."""
    assert credited(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Critics, including Tom Hale and Mara Vexler, said it was early.", "Critics"),
        (
            "Opponents of the bill, including Lord Vexler and the Bishop of Orsk, the Rt Rev Max Kern, said it would fail.",
            "Opponents of the bill",
        ),
        ("Officials such as Mayor Ann Kern said it was late.", "Officials"),
        (
            "Researchers from the University of Orsk and Kesmark University said eels sleep.",
            "Researchers from the University of Orsk and Kesmark University",
        ),
        ("Vexler and others in the Green Party warned that it was late.", "Vexler and others in the Green Party"),
        ("Vexler and his lawyers have said it was wrong.", "Vexler and his lawyers"),
        (
            "“It rains,” said Tom Hale. Green spokeswoman Mara Vexler repeated her calls for a dam. “It will last.”",
            "Mara Vexler",
        ),
    ],
)
def test_a_group_speaks_whoever_of_it_is_named(text: str, speaker: str) -> None:
    """Those included in a group do not speak for it; whoever is joined to others is not left out, or alone; news brings in the next speaker."""
    assert credited(text)[-1] == speaker


def test_a_lead_s_charity_is_the_body_that_speaks_next() -> None:
    """A body that a lead does not name is the next one to speak, unless its name tells another kind."""
    lead = "Millions will lose their jobs under the new rules, a charity has warned.\n\n"
    text = (
        lead
        + "The World Trade Organisation said no. Orsk Relief condemned the move. Orsk Relief said it would cost jobs. It added that pay would fall."
    )
    document = split(Article("a", text))
    quotations = find_quotations(document)
    people = find_people(document, quotations)
    speakers = [people.name_of(q.attribution.entity or "") for q in attribute(document, quotations, people)]
    assert speakers[0] == speakers[-1] == "Orsk Relief"


def test_a_question_is_not_by_whoever_was_asked() -> None:
    assert credited("Asked whether she would resign if it rained, Mara Vexler replied: “It is too early to say.”") == [
        None,
        "Mara Vexler",
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Our kids are cold,” shouted one man from the back.", "man from the back"),
        ("“Our kids are cold,” said one Harbour parent.", "Harbour parent"),
        ("“Our kids are cold,” said one of them.", None),
        ("Promoter Gil Vexler said it was early.", "Gil Vexler"),
    ],
)
def test_one_is_part_of_whoever_has_no_name(text: str, speaker: str | None) -> None:
    assert credited(text)[-1] == speaker
