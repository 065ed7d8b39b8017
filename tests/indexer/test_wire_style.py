"""Short reports in the style of wire services: bare clauses, quoted words behind any verb, sources with their own sources."""

from __future__ import annotations

import pytest

from indexer.article import Article
from indexer.attribution import attribute
from indexer.mentions import find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations

OPENING = "Some first paragraph stands here, so that what follows is no headline of it.\n\n"


def quotes(text: str) -> list[tuple[str, str]]:
    """Type and words of each quote."""
    document = split(Article("a", OPENING + text))
    return [(quote.type, document.text[quote.start : quote.end]) for quote in find_quotations(document)]


def credited(text: str) -> dict[str, tuple[str, str]]:
    """Each quote's first word with the full name of whoever is credited and of who passes it on; a slash is a new paragraph."""
    document = split(Article("a", OPENING + text.replace(" / ", "\n\n")))
    quotations = find_quotations(document)
    people = find_people(document, quotations)

    def name(key: str | None) -> str:
        return people.name_of(key) if key else ""

    return {
        document.text[quote.quotation.start : quote.quotation.end].split()[0].strip("“”"): (
            name(quote.attribution.entity),
            name(quote.attribution.relayed_by),
        )
        for quote in attribute(document, quotations, people)
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The owners were abroad; the Norland embassy confirmed two divers from Oak also drowned there.", "two divers from Oak also drowned there"),
        ("Both clerks indicated they would resign.", "they would resign"),
        ("Upon hearing of the letter he claimed theft had been common.", "theft had been common"),
        ("The Harbour Gazette states the vessel was a tanker.", "the vessel was a tanker"),
        ("Ines Holm, head of Wave Foods, stated they have no plans for Norland.", "they have no plans for Norland"),
    ],
)  # fmt: skip
def test_a_clause_without_that_is_told_by_its_verb(text: str, said: str) -> None:
    assert quotes(text) == [("indirect", said)]


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Colette Marain was robbed in May. / Mme Marain said thieves had come twice.", "thieves", "Colette Marain"),
        ("According to Quill Harbor's first selectman, Dirk Ansel, ten people were aboard.", "ten", "Dirk Ansel"),
        ("One news site, Orbis Daily, said boats had been sold.", "boats", "Orbis Daily"),
        ("To this, Ian Brody of global victims group Healing Now said, “Bishops should resign.”", "Bishops", "Ian Brody"),
        ("According to court documents obtained by Harbour News, men had been freed.", "men", "court documents"),
        ("Ode was described as “obsessed with boats” by Mayor Lena Brandt in March.", "obsessed", "Lena Brandt"),
        ("Tidetable.com further reported storms were near.", "storms", "Tidetable.com"),
        ("“Storms were near,” Oaknews.ca reported.", "Storms", "Oaknews.ca"),
        ("Fire Chief Tom Reyes and Mayor Lena Brandt said bridges were safe.", "bridges",
         "Fire Chief Tom Reyes and Mayor Lena Brandt"),
        ("Tom Reyes and Lena Brandt said bridges were safe. / They said ferries would sail.", "ferries", "Tom Reyes and Lena Brandt"),
        ("The zoo said bears were old. It said lions had died.", "lions", "zoo"),
        ("Officials in Norway and Sweden said storms were near.", "storms", "Officials in Norway and Sweden"),
        ("In Norway, Petra Holm said storms were near.", "storms", "Petra Holm"),
        ("Quill Foods sold its shops. / The chain's press release said prices would fall.", "prices", "Quill Foods"),
        ("Mr. Tom Hale wept. On Mrs. Orsk's coat he said mud was everywhere.", "mud", "Tom Hale"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, word: str, speaker: str) -> None:
    assert credited(text)[word][0] == speaker


def test_an_outlet_behind_per_passes_on() -> None:
    assert credited("“You would stop the panic,” said Ruben Zeller per Orbis News.") == {
        "You": ("Ruben Zeller", "Orbis News")
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The chief inspector told the inquiry “Simple checks weren't made.”", [("direct", "Simple checks weren't made.")]),
        (
            "President Ada Lund tweeted “Deeply moved by the courage of the crew” and offered flowers to the wounded.",
            [("direct", "Deeply moved by the courage of the crew")],
        ),
        ("Per the ministry, gates will stay closed until spring.", [("indirect", "gates will stay closed until spring")]),
        ("Gates will stay closed until spring, per Harbour News.", [("indirect", "Gates will stay closed until spring")]),
        ("Per the rules of the league, gates will stay closed until spring.", []),
        ("Sales fell by forty per cent, per head of the staff.", []),
        ("One girl was, according to the fire service, among the wounded.", [("indirect", "One girl was"), ("indirect", "among the wounded")]),
        ("The paper cited the navy as stating Orsk Lines owned the vessel.", [("indirect", "Orsk Lines owned the vessel")]),
        (
            "The clerk said Norland would reply, while the union called for new talks.",
            [("indirect", "Norland would reply"), ("indirect", "new talks")],
        ),
        ("Ode was described as “obsessed with boats” by the police in March.", [("direct", "obsessed with boats")]),
        ("The plan was described by Lena Brandt as “a disgrace”.", [("direct", "a disgrace")]),
        ("The mayor thanked “the divers and crews for their calm and tireless work”.",
         [("direct", "the divers and crews for their calm and tireless work")]),
        ("The Harbour Institute said in its report, the northern ridge makes the bay unsafe.",
         [("indirect", "the northern ridge makes the bay unsafe")]),
        ("Orsk said on Monday, the third time in a week.", []),
        (
            "Sales fell in “an odd week,” while Wave Foods, in a post on Tuesday, called it “a sad day for soap”.",
            [("mixed", "it “a sad day for soap”")],
        ),
        ("The talks were “long,” and he said he hoped for rain.", [("indirect", "he hoped for rain")]),
        ("The clerk said late on Monday no crew would be sent out.", [("indirect", "no crew would be sent out")]),
        ("A storm with reported gusts that broke windows on Monday has killed nine people.", []),
        ("Meanwhile, the total reported losses rose to 40 million from 12 million.", []),
        ("The agency, when announcing the arrest in May, gave no name.", []),
    ],
)  # fmt: skip
def test_what_is_a_report_and_where_it_ends(text: str, said: list[tuple[str, str]]) -> None:
    assert quotes(text) == said


def test_nobody_is_told_on_a_programme_in_marks() -> None:
    assert quotes("“It rained,” Orsk told Harbour TV's “Meet the Council.”") == [("direct", "It rained,")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The shop was said to have begun sales in June 2015.", "to have begun sales in June 2015"),
        ("Orsk urged the fee be waived.", "the fee be waived"),
        ("Ines Holm urged the port to think again and spoke with Captain Hale about it.", "the port to think again"),
        ("They said gates were shut in Norway, Sweden, Chile, Peru, the Isle of Rill and Japan.",
         "gates were shut in Norway, Sweden, Chile, Peru, the Isle of Rill and Japan"),
        ("The Herald reported the failed landing at Oak, which has a short runway, was a mistake.",
         "the failed landing at Oak, which has a short runway, was a mistake"),
        ("Quill says her son — who has asthma — waited nine hours.", "her son — who has asthma — waited nine hours"),
        ("An autopsy showed the boy had drowned.", "the boy had drowned"),
        ("Quill told her manager she'll stay until May.", "she'll stay until May"),
        ("Quill told her supervisor what she had heard.", "what she had heard"),
        ("Asked what comes after that, she shrugged.", "what comes after that"),
        ("Quill, who asked not to be named, said the gate was shut.", "the gate was shut"),
        ("The board said they believe gas, which leaks often in old pipes, was the cause.",
         "they believe gas, which leaks often in old pipes, was the cause"),
        ("Captain Mona Rusk told the press a search with three boats covering 160 square miles (~415 km2) had found nothing.",
         "a search with three boats covering 160 square miles (~415 km2) had found nothing"),
    ],
)  # fmt: skip
def test_a_clause_is_whole(text: str, said: str) -> None:
    assert quotes(text) == [("indirect", said)]


def test_quoted_words_that_stop_are_all_that_is_said() -> None:
    assert quotes("Minister Ada Lund said “We could not win,” and the city flag is at half-mast.") == [
        ("direct", "We could not win,")
    ]


def test_a_post_on_a_site_is_no_clause() -> None:
    assert quotes("Ines Holm, in a post on Facebook, wrote: “All of us grieve today.”") == [
        ("direct", "All of us grieve today.")
    ]


def test_quoted_words_end_where_another_speaks_meanwhile() -> None:
    assert quotes(
        "Ines Holm said it “gives us a chance,” while captain Max Orsk called it “the best in the league.”"
    ) == [
        ("mixed", "it “gives us a chance,”"),
        ("mixed", "it “the best in the league.”"),
    ]


def test_what_is_denied_is_not_what_is_added() -> None:
    assert quotes("The company has denied wrongdoing, saying it followed the rules.") == [
        ("indirect", "it followed the rules")
    ]


def test_who_is_told_of_theft_is_no_quote() -> None:
    assert quotes("The theft in the harbour is reported to the Harbour Society.") == []


@pytest.mark.parametrize(
    "text",
    [
        ", per the clerk, per the clerk, it rained.",
        ", according to the clerk, it rained.",
        "Per,",
        "said in May,",
        "one early Sweden ,",
    ],
)
def test_marks_with_nothing_before_them_are_survived(text: str) -> None:
    assert all(words in OPENING + text for _, words in quotes(text))
    credited(text)
