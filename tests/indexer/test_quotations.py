"""Which words are a quote: every rule by its example, paragraphs that real news would not spare us, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.article import Article
from indexer.document import Extraction
from indexer.extracting import tagger
from indexer.paragraphs import split
from indexer.pipeline import extract
from indexer.quotations import find_quotations
from tests.indexer.nasty import NASTY, Found

OPENING = "Some first paragraph stands here, so that what follows is no headline of it.\n\n"


def quotes(text: str, opening: str = OPENING) -> list[tuple[str, str]]:
    """Type and words of each quote."""
    document = split(Article("a", opening + text))
    return [(quote.type, document.text[quote.start : quote.end]) for quote in find_quotations(document)]


def rules(text: str) -> list[str]:
    document = split(Article("a", OPENING + text))
    return [quote.rule for quote in find_quotations(document)]


RULES = [
    ("that clause", "The mayor said that the dam would hold on Monday.", "the dam would hold on Monday"),
    ("that clause", "The mayor said on Monday that the dam would hold.", "the dam would hold"),
    ("that clause", "Hale told Harbour News that she would stay.", "she would stay"),
    ("that clause", "Police said in a statement that two men had been held.", "two men had been held"),
    ("that clause", "She said that the plan, launched in May, goes on.", "the plan, launched in May, goes on"),
    ("that clause", "The council denied that it had been told.", "it had been told"),
    ("clause without that", "The mayor said the dam would hold.", "the dam would hold"),
    ("clause without that", "She said the dam, built in 1931, would hold.", "the dam, built in 1931, would hold"),
    ("clause without that", "The union claimed the firm had lied.", "the firm had lied"),
    ("clause without that", "Critics argue the town needs a plan.", "the town needs a plan"),
    ("clause without that", "Keefer said he's day-to-day.", "he's day-to-day"),
    ("clause without that", "Mr. Orsk said Mr. Hale should leave the race.", "Mr. Hale should leave the race"),
    (
        "clause without that",
        "She said the mayor knew that the dam would hold.",
        "the mayor knew that the dam would hold",
    ),
    ("clause without that", "Police are warning the road may stay shut.", "the road may stay shut"),
    ("clause without that", "The inquest heard the pilot had been asleep.", "the pilot had been asleep"),
    ("that clause", "A survey of nurses found that most were tired.", "most were tired"),
    ("clause before", "The dam would hold, he told the Harbour News on Monday.", "The dam would hold"),
    ("that clause", "A clerk said that the dam would hold, the Herald reported.", "the dam would hold"),
    ("clause without that", "She said last week the dam would hold.", "the dam would hold"),
    ("clause without that", "She said there were five dams in the valley.", "there were five dams in the valley"),
    (
        "according to, clause after",
        "According to the wire, which cited a clerk, the dam would hold.",
        "the dam would hold",
    ),
    (
        "clause without that",
        "She said the driver, who was not hurt, stayed there.",
        "the driver, who was not hurt, stayed there",
    ),
    ("clause before", "That's not good enough, says Ann Hale, a nurse at the dam.", "That's not good enough"),
    ("reported question", "Asked if the dam had quit on them, the mayor bristled.", "if the dam had quit on them"),
    (
        "clause before",
        "Ann Hale, 58, used the money for a caravan, the court heard.",
        "Ann Hale, 58, used the money for a caravan",
    ),
    ("clause before", "Most nurses were tired, the study found.", "Most nurses were tired"),
    ("clause without that", "He went on to say the dam would hold.", "the dam would hold"),
    ("clause before", "The dam would hold, the mayor said on Monday.", "The dam would hold"),
    ("clause before", "The dam would hold, said Ann Lee, a diver who had seen it.", "The dam would hold"),
    (
        "clause before",
        "The plan would cost homes, said Harbour housing critic Alan Kettle.",
        "The plan would cost homes",
    ),
    ("told, clause without that", "He told reporters at a Sunday meeting the man had run.", "the man had run"),
    ("according to, clause after", "According to the mayor, the dam would hold.", "the dam would hold"),
    ("according to, clause before", "The dam would hold, according to the mayor.", "The dam would hold"),
    ("call for", "The mayor called for new elections in the valley.", "new elections in the valley"),
    ("call for", "She called on the council to resign.", "the council to resign"),
    ("told, clause without that", "Hale told the paper she would stay until spring.", "she would stay until spring"),
    ("told, clause without that", "He told the court Orsk had never called him.", "Orsk had never called him"),
    ("called so", "The mayor called the plan a waste of money.", "the plan a waste of money"),
    ("object and infinitive", "The force is asking people to stay at home.", "people to stay at home"),
    ("reported question", "She asked whether the dam would hold.", "whether the dam would hold"),
    ("infinitive", "The firm promised to rebuild the dam.", "to rebuild the dam"),
    ("infinitive", "Hale was said to be recovering at home.", "to be recovering at home"),
    ("object and infinitive", "She urged voters to stay at home.", "voters to stay at home"),
    ("object and infinitive", "He accused the firm of lying about the leak.", "the firm of lying about the leak"),
    ("gerund", "He admitted taking the money.", "taking the money"),
    ("judgement", "She called the dam “a disgrace” and left.", "the dam “a disgrace”"),
    ("described as", "He described the dam as unsafe.", "the dam as unsafe"),
    ("warning of", "She warned of floods in the lower valley.", "floods in the lower valley"),
    ("denial", "The firm denied the charges of fraud.", "the charges of fraud"),
    ("quoted part", "He noted “it is of use to point out that the bridge stands” again.", None),
    ("between marks", "“We won,” said Tom Hale on the quay.", "We won,"),
    ("clause before, quoted end", "The dam was “built to last,” Orsk said.", "The dam was “built to last,”"),
    (
        "clause before, quoted end",
        "''Old dams'' are ''not what they were,'' said Ann Lee, a diver.",
        "''Old dams'' are ''not what they were,''",
    ),
    ("as reported", "As the Herald reported on Monday, the dam would hold.", "the dam would hold"),
    ("as reported", "But as a clerk noted, the dam would hold.", "the dam would hold"),
    ("claim that", "The firm denied all claims that the dam leaks.", "all claims that the dam leaks"),
    ("that clause", "Hale denied the charge of theft and said that he was ill.", None),
    ("told to", "She told the crew to stay at home.", "to stay at home"),
    ("told to", "He reminded residents not to drink from the well until it is clean.", None),
    ("relative", "Orsk walked to the gate, which she said was shut for good.", "was shut for good"),
    ("told, clause without that", "She told jurors they would hear that a diver saw it.", None),
    (
        "told, clause without that",
        "Hale told the board Senna Lines had paid for the gates.",
        "Senna Lines had paid for the gates",
    ),
    ("that clause", "She told the show “Harbour Hour” on Friday that the dam would hold.", "the dam would hold"),
    ("that clause", "She noted, unprompted, that the dam would hold.", "the dam would hold"),
    ("that clause", "She said that the dam would hold, as reported by Harbour News.", "the dam would hold"),
    ("that clause", "She said that the dam would hold, according to Harbour News.", "the dam would hold"),
    ("infinitive", "The firm promised to mend a gate that broke.", "to mend a gate that broke"),
    (
        "object and infinitive",
        "Lee urged the board to ask that the dam be drained.",
        "the board to ask that the dam be drained",
    ),
    (
        "reported question",
        "Orsk was asked repeatedly by divers whether the dam would hold.",
        "whether the dam would hold",
    ),
    ("clause without that", "She said they, too, would look at the dam.", "they, too, would look at the dam"),
    ("clause without that", "She said low-lying fields by the river, the older ones, would flood.", None),
    ("clause without that", "He stood up to say the dam would hold.", "the dam would hold"),
    ("clause before", "The dam would hold, Orsk said after the vote.", "The dam would hold"),
    ("clause before", "Divers, among them Hale, agree on the plan, officials said.", None),
    (
        "according to, clause after",
        "According to Ann Lee, the harbour's head diver, the dam would hold.",
        "the dam would hold",
    ),
    (
        "clause without that",
        "“We won,” said Tom Hale, who added the dam would hold.",
        None,
    ),
]


@pytest.mark.parametrize(("rule", "sentence", "said"), RULES, ids=[f"{rule}: {text[:40]}" for rule, text, _ in RULES])
def test_each_rule_finds_its_example(rule: str, sentence: str, said: str | None) -> None:
    found = quotes(sentence)
    assert rule in rules(sentence)
    if said is not None:
        assert len(found) == 1
    if said is not None:
        assert found[0][1] == said


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor would not say whether the dam would hold.",
        "The agency did not mention if anybody was hurt.",
        "Both sides claimed victory in the first round.",
        "The film “One Last Winter” opened on Friday.",
        "The so-called “Orchard affair” cost him his job.",
        "The claims of the firm were heard in the states of the north.",
        "Analysis: what the flood means",
        "Oakland recorded 46 confirmed floods last year, more than in the year before.",
    ],
)
def test_what_reports_nothing_is_no_quote(sentence: str) -> None:
    assert quotes(sentence) == []


PASSAGES = [
    ("Said Hale said the dam would hold.", [("indirect", "the dam would hold")]),
    ("She met Said Hale in May.", []),
    ("The dam would hold, Orsk said after the storm passed.", [("indirect", "The dam would hold")]),
    (
        "Orsk said after the storm passed, crews would mend it.",
        [("indirect", "after the storm passed, crews would mend it")],
    ),
    (
        "Orsk said the dam would hold but denied that the gates leaked.",
        [("indirect", "the dam would hold"), ("indirect", "the gates leaked")],
    ),
    ("They chanted “Save the dam!” at noon.", [("direct", "Save the dam!")]),
    ("Orsk shot back that “seals can't read.”", [("direct", "seals can't read.")]),
    ("In her book “The Long Quay,” Orsk wrote that the dam was old.", [("indirect", "the dam was old")]),
    ("Orsk spoke about her “long years” at sea.", [("mixed", "her “long years” at sea")]),
    ("Orsk told Harbour host Tom Hale on Monday that the dam was “a joke.”", [("mixed", "the dam was “a joke.”")]),
    ("Orsk said in Silver Springs that “a stone” had hit the dam.", [("mixed", "“a stone” had hit the dam")]),
    ("The gates, Orsk said, “are as old as I am.”", [("indirect", "The gates"), ("direct", "are as old as I am.")]),
    ("Orsk said, “the gates are old” beyond repair.", [("mixed", "“the gates are old” beyond repair")]),
    (
        "That culture, Orsk said, rewards old divers.",
        [("indirect", "That culture"), ("indirect", "rewards old divers")],
    ),
    ("Orsk said it broke about 3:15 a.m. Sunday.", [("indirect", "it broke about 3:15 a.m. Sunday")]),
    ("Her doctor told her the bone would heal, she said.", [("indirect", "Her doctor told her the bone would heal")]),
    ("Orsk declared herself “cured” of it.", [("mixed", "herself “cured” of it")]),
    (
        "Orsk announced the new gate, to be built in May, would be wide.",
        [("indirect", "the new gate, to be built in May, would be wide")],
    ),
    (
        "Orsk said the gate, built in 1931, was never meant to close and added that it leaks.",
        [("indirect", "the gate, built in 1931, was never meant to close"), ("indirect", "it leaks")],
    ),
    ("It may rain (she said the dam would hold) all week.", [("indirect", "the dam would hold")]),
    ("The dam, she said, would hold until May.", [("indirect", "The dam"), ("indirect", "would hold until May")]),
    (
        "He said the dam would hold, adding that repairs could wait.",
        [("indirect", "the dam would hold"), ("indirect", "repairs could wait")],
    ),
    (
        "While the mayor said the dam was safe, engineers warned it could fail.",
        [("indirect", "the dam was safe"), ("indirect", "it could fail")],
    ),
    (
        "Officials said the road was shut; the bridge, they said, would open.",
        [("indirect", "the road was shut"), ("indirect", "the bridge"), ("indirect", "would open")],
    ),
    (
        "The dam, according to the mayor, would hold until May.",
        [("indirect", "The dam"), ("indirect", "would hold until May")],
    ),
    (
        "Orsk called the plan “a shame,” but said the dam would hold.",
        [("mixed", "the plan “a shame,”"), ("indirect", "the dam would hold")],
    ),
    (
        "Orsk tweeted he was late: “Thousands of people in the square #harbour” and left.",
        [("indirect", "he was late"), ("direct", "Thousands of people in the square #harbour")],
    ),
    (
        "He said he had “no choice but to support Kyle,” adding: “You either believe in your people or you don't.”",
        [
            ("mixed", "he had “no choice but to support Kyle,”"),
            ("direct", "You either believe in your people or you don't."),
        ],
    ),
    ("According to the Herald, a clerk said the dam would hold.", [("indirect", "the dam would hold")]),
    (
        "Hale said the vote was “a farce” and that he would appeal.",
        [("mixed", "the vote was “a farce” and that he would appeal")],
    ),
    ("The agency tweeted the response “required all hands”.", [("mixed", "the response “required all hands”")]),
    ("“We built it,” Hale said, “and it will hold.”", [("direct", "We built it,"), ("direct", "and it will hold.")]),
    (
        "“We won,” Tom Hale said. “All of us did, and we will again.”",
        [("direct", "We won,"), ("direct", "All of us did, and we will again.")],
    ),
    ("He said: “It has to hold.”", [("direct", "It has to hold.")]),
    ('“We won," she said.', [("direct", "We won,")]),
    ("''We won,'' she said.", [("direct", "We won,")]),
    ("'I never saw it,' Asare said. 'Nobody did.'", [("direct", "I never saw it,"), ("direct", "Nobody did.")]),
    ("The dogs' owner didn't say, and '90s bands don't mind.", []),
    ("«Nous avons gagné», said Tom Hale.", [("direct", "Nous avons gagné")]),
    ("„Wir haben gewonnen“, said Tom Hale.", [("direct", "Wir haben gewonnen")]),
    (
        '"We won," she said, "and the "Two Rivers" fair will go on."',
        [("direct", "We won,"), ("direct", 'and the "Two Rivers" fair will go on.')],
    ),
    ("“We won [...] all of us,” she said.", [("direct", "We won [...] all of us,")]),
    (
        'She said: "The dam held. "All of us worked at it. "We sleep now." The road is open. "Come home," she said.',
        [
            ("direct", "The dam held."),
            ("direct", "All of us worked at it."),
            ("direct", "We sleep now."),
            ("direct", "Come home,"),
        ],
    ),
    (
        '"He looked at the dam. "It holds," he said. I left," said Tom Hale.',
        [("direct", 'He looked at the dam. "It holds," he said. I left,')],
    ),
    ("“We won.\n\n“All of us did,” she said.", [("direct", "We won."), ("direct", "All of us did,")]),
    ("Hale was blunt: “We never closed this one. He left.", [("direct", "We never closed this one.")]),
    ('He is 6\' 2" tall and the board was 12" wide.', []),
    ("WE WILL REBUILD THE DAM, MAYOR SAYS", [("indirect", "WE WILL REBUILD THE DAM")]),
]


@pytest.mark.parametrize(("text", "wanted"), PASSAGES, ids=[text[:45] for text, _ in PASSAGES])
def test_passages(text: str, wanted: list[tuple[str, str]]) -> None:
    assert quotes(text) == wanted


BODY = "\n\nThe dam was shut. On Monday Tom Hale, the mayor, spoke in Tarnholm about the dam and its cost."


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Mayor: we will rebuild the dam", ("indirect", "we will rebuild the dam", "Mayor")),
        ("Worst flood in decades: police", ("indirect", "Worst flood in decades", "police")),
        ("Hale: ‘It will hold’", ("direct", "It will hold", "Hale")),
        ("Analysis: what the flood means", None),
        ("Tarnholm: what to see and do", None),
    ],
)
def test_headlines_quote_by_a_colon(headline: str, wanted: tuple[str, str, str] | None) -> None:
    extraction = extract(Article("a", headline + BODY), tagger())
    found = [
        (q.quotation.type, extraction.document.text[q.quotation.start : q.quotation.end], q.attribution.as_written)
        for q in extraction.quotes
    ]
    assert found == ([wanted] if wanted else [])


PIECES = [
    "“We won,” said Tom Hale.", "\"", "“", "”", "'", "‘", "’", "«", "»", "„", "[...]", "(", ")", " ", "\n", "\n\n", "said", " she said", ", ",
    "According to ", "that ", "Mayor Lena Orsk", "HALE: ", "Q: ", "((Ann Lee)) ", ".", "?", "…", "—", "the dam would hold", "“It holds.", " not ",
    "told reporters ", "Dr. ", "U.S. ", "\u200b", "\u202e", "\x00", "🙂", "e\u0301", "İ", "ß", "\u2028", "\t", "1,000", "6' 2\"", "x" * 300,
    "By Ann Lee\n", "Photo: ", "the mayor and the council ", "He ", "They ", "and ", ";", ":", "-", "who ", "asked ", "denied ",
]  # fmt: skip
texts = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def found_in(text: str) -> Extraction:
    """Extract any text whatever and hold the result to what always holds.

    Nothing crashes, nothing overlaps, every span lies in the text and says what it spans, and twice is the same.
    """
    article = Article("a", text)
    extraction = extract(article, tagger())
    source, end = extraction.document.text, 0
    for quote in extraction.quotes:
        quotation, attribution = quote.quotation, quote.attribution
        assert end <= quotation.start < quotation.end <= len(source)
        words = source[quotation.start : quotation.end]
        assert words == words.strip()
        end = quotation.end
        if quotation.cue is not None:
            assert source[quotation.cue.start : quotation.cue.end] == quotation.cue.text
        if attribution.start is not None and attribution.end is not None and attribution.as_written:
            assert source[attribution.start : attribution.end] == attribution.as_written
        assert 0 < attribution.confidence < 1
        assert quotation.first_paragraph <= quotation.last_paragraph < len(extraction.document.paragraphs)
    assert extract(article, tagger()) == extraction
    return extraction


@given(texts)
@example("“ACCORDING TO a" + "0" * 112)  # a speaker of one endless word, where the text ends
def test_any_text_at_all(text: str) -> None:
    found_in(text)


@pytest.mark.parametrize(("text", "wanted"), NASTY, ids=[ascii(text)[:45] for text, _ in NASTY])
def test_nasty_passages(text: str, wanted: Found | None) -> None:
    for opening in ("", OPENING):
        extraction = found_in(opening + text)
    if wanted is not None:
        names = {entity.key: entity.name for entity in extraction.entities}
        assert wanted == [
            (
                q.quotation.type,
                extraction.document.text[q.quotation.start : q.quotation.end],
                names.get(q.attribution.entity or "", ""),
            )
            for q in extraction.quotes
        ]


def test_nasty_passages_together_are_one_article_like_any_other() -> None:
    found_in("\n\n".join(text for text, _ in NASTY))
