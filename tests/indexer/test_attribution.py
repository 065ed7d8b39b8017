"""Who said it: each rule with its example. In the texts, {...} is a speaker's words and <...> what is said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article
from indexer.attribution import attribute
from indexer.document import Cue, Document, Paragraph, Quotation, Quote, Span
from indexer.extracting import tagger
from indexer.mentions import People, find_people
from indexer.paragraphs import split
from indexer.pipeline import extract
from indexer.quotations import find_quotations

OPENING = "Some first paragraph stands here, so that what follows is no headline of it.\n\n"
_SENTENCE = re.compile(r"\S.*?(?:(?<!\bMr)(?<!\bMrs)(?<!\bSen)[.?!][”\"]?(?=\s|$)|$)")
_CUES = {"said": "say", "told": "tell", "asked": "ask", "says": "say"}


def read(marked: str) -> tuple[Document, list[Quotation]]:
    """A document with its quotations from marked text; paragraphs end with a line."""
    text, opened, quotations = "", [], []
    sources: list[Span] = []
    waiting: list[Quotation] = []
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(marked.strip().split("\n")):
        begin = len(text)
        sources, waiting = [], []
        for character in line.strip():
            if character in "{<":
                opened.append(len(text))
            elif character == "}":
                sources.append(Span(opened.pop(), len(text)))
            elif character == ">":
                start = opened.pop()
                kind = "direct" if text[start - 1 : start] == "“" else "indirect"
                waiting.append(Quotation(start, len(text), kind, None, None, number, number))
            else:
                text += character
        for quotation in waiting:
            near = min(
                sources, key=lambda s: min(abs(s.start - quotation.end), abs(quotation.start - s.end)), default=None
            )
            if near is not None:
                sources.remove(near)
            cue = re.compile(r"\b(said|told|asked|says)\b").search(text, begin)
            reported = Cue(*cue.span(), cue.group(), _CUES[cue.group()]) if cue and near else None
            quotations.append(Quotation(quotation.start, quotation.end, quotation.type, reported, near, number, number))
        sentences = tuple(Span(m.start(), m.end()) for m in _SENTENCE.finditer(text, begin) if m.group().strip())
        paragraphs.append(Paragraph(begin, len(text), "body", sentences))
        text += "\n\n"
    return Document(Article("a", text), tuple(paragraphs), "news"), quotations


def credit(marked: str) -> tuple[tuple[Quote, ...], People]:
    document, quotations = read(marked)
    people = find_people(document, quotations)
    return attribute(document, quotations, people), people


def speakers(marked: str) -> list[str]:
    quotes, people = credit(marked)
    return [people.name_of(q.attribution.entity) if q.attribution.entity else "" for q in quotes]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        pytest.param("Mayor Lena Orsk came. {Orsk} said <it rained>.", ["Lena Orsk"], id="surname"),
        pytest.param("{Singer Ilya Baron Kessel} said <it rained>.", ["Ilya Baron Kessel"], id="an honorific as a middle name"),
        pytest.param("Lena Orsk, a nurse, came late. {She} said <it rained>.", ["Lena Orsk"], id="pronoun"),
        pytest.param("{Spokeswoman Lena Orsk} said <it rained>.", ["Lena Orsk"], id="title before the name"),
        pytest.param("{the director of the Harbour Book Centre Lena Orsk} said <it rained>.", ["Lena Orsk"], id="long title"),
        pytest.param("{The Larian Minister of Culture Lena Orsk} said <it rained>.", ["Lena Orsk"], id="portfolio"),
        pytest.param("{Lena Orsk, 49, a nurse,} said <it rained>.", ["Lena Orsk"], id="apposition"),
        pytest.param("Minister Lena Orsk met Tom Hale, a farmer. {The minister} said <it rained>.", ["Lena Orsk"], id="role"),
        pytest.param("Mikhal Gusan spoke. Later Mikhal Guzan left. {Guzan} said <it rained>.", ["Mikhal Gusan"], id="spelling"),
        pytest.param("Anar Rezai and Gunda Rezaia came. {Rezai} said <it rained>.", ["Anar Rezai"], id="surname plus a vowel is another"),
        pytest.param("The Larian Press Agency (LPA) stayed. {LPA} said <it rained>.", ["Larian Press Agency"], id="acronym"),
        pytest.param("The Larian Press Agency reported on it. {The agency} said <it rained>.", ["Larian Press Agency"], id="organisation noun"),
        pytest.param("{Lena Orsk and Tom Hale} said <it rained>.", ["Lena Orsk and Tom Hale"], id="joint"),
        pytest.param("Minister Lena Orsk met minister Tom Hale. {The foreign ministers} said <it rained>.", ["foreign ministers"], id="plural role"),
        pytest.param("{Officials} said <it rained>.", ["Officials"], id="unnamed"),
        pytest.param("{A spokesman for Lena Orsk} said <it rained>.", ["spokesman for Lena Orsk"], id="spokesman is not the boss"),
        pytest.param("Mr. Hale met Mrs. Orsk. {She} said <it rained>.", ["Orsk"], id="honorific"),
        pytest.param("{Lena Orsk} said <it rained>. “<It did.>”", ["Lena Orsk", "Lena Orsk"], id="same paragraph"),
        pytest.param("{Lena Orsk} said <it rained>.\n“<It did.>”", ["Lena Orsk", "Lena Orsk"], id="previous paragraph"),
        pytest.param("“<It did.>” The hall was silent. “<Indeed,>” {Lena Orsk} said.", ["Lena Orsk", "Lena Orsk"], id="next quote"),
        pytest.param("{A neighbour} said <it rained>.\n{She} said <it was late>.", ["neighbour", "neighbour"], id="unnamed speaker before"),
        pytest.param(
            "{Lena Orsk} said <it rained>.\n“<I am no doctor,>” {the mother of three} said.", ["Lena Orsk", "Lena Orsk"], id="description"
        ),
        pytest.param(
            "Shares of Harbour Energy Corp. fell. Harbour Energy Corp. left. {The company} said <it rained>.",
            ["Harbour Energy Corp"], id="the company",
        ),
        pytest.param(
            "Harbour Motors closed a plant in Oakville. In Oakville was grief. {The automaker} said <it rained>.",
            ["Harbour Motors"], id="the automaker",
        ),
        pytest.param(
            "Sen. Lena Orsk left. {The Harbour Centre senator} said <it rained>.", ["Lena Orsk"], id="role spelled out"
        ),
        pytest.param("{Its director} said <it rained>.\nLena Orsk, the director, left.", ["Lena Orsk"], id="owned role"),
        pytest.param("It heard from residents {who} said <it rained>.", ["residents"], id="who, unnamed"),
        pytest.param("Lena Orsk left. {She and her colleagues} said <it rained>.", ["She and her colleagues"], id="joint with a pronoun"),
        pytest.param(
            "Tom Orsk died in March. His mother, Lena Orsk, said it was late. A road was shut.\n{Orsk} said <it rained>.",
            ["Lena Orsk"], id="of namesakes the one who speaks",
        ),
        pytest.param("Lena Orsk put it bluntly: “<It did.>”", ["Lena Orsk"], id="named before"),
        pytest.param(
            "“<Was it the goat?>” {Lena Orsk} asked.\n“<It was,>” {Tom Hale} said.\n“<And the fence?>”",
            ["Lena Orsk", "Tom Hale", "Lena Orsk"],
            id="dialogue",
        ),
    ],
)  # fmt: skip
def test_the_speaker_is_led_to_the_fullest_name(marked: str, names: list[str]) -> None:
    assert speakers(marked) == names


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param(
            "It went well. The Moncton, N.B., man said that it rained.",
            "The Moncton, N.B., man",
            id="town and province",
        ),
        pytest.param(
            "A news report published Wednesday said the dam would hold.", "A news report", id="a day never speaks"
        ),
        pytest.param(
            "Insisting that it was safe, Mayor Tom Hale left.",
            "Mayor Tom Hale",
            id="subject behind its clause",
        ),
        pytest.param(
            "Talks ended, with former mayor Tom Hale calling the plan a waste.",
            "former mayor Tom Hale",
            id="with somebody calling",
        ),
        pytest.param(
            "It went to the Board of Elections, which ruled that he might stand.", "the Board of Elections", id="which"
        ),
        pytest.param("“Have I begun to write it, my last speech?” Hale replied.", "Hale", id="tag behind a question"),
        pytest.param("“I hope that you find the letters.” Hale said.", "Hale", id="tag behind a stop"),
        pytest.param(
            "According to the branch, the dam would hold until May.", "the branch", id="according to any noun"
        ),
        pytest.param(
            "REGINA - The family of a man who died in a cell is calling for the warden to resign.",
            "The family of a man",
            id="no dateline",
        ),
    ],
)
def test_the_words_in_the_speakers_place(text: str, written: str) -> None:
    document = split(
        Article("a", f"Some first paragraph stands here, so that what follows is no headline of it.\n\n{text}")
    )
    quotations = find_quotations(document)
    quotes = attribute(document, quotations, find_people(document, quotations))
    assert [quote.attribution.as_written for quote in quotes] == [written]


def test_kinds_tell_people_from_organisations_and_unnamed() -> None:
    quotes, people = credit(
        "{Lena Orsk} said <it rained>.\n{The Larian Press Agency} said <it rained>.\n{Officials} said <it rained>."
    )
    assert [people.kind_of(q.attribution.entity or "") for q in quotes] == ["person", "organisation", "unnamed"]
    assert [e.quotes for e in people.entities(quotes) if e.quotes] == [1, 1, 1]


def test_the_role_is_the_one_given_nearest_before() -> None:
    quotes, _ = credit("Doctor Lena Orsk came. {Orsk} said <it rained>.\n{Mayor Lena Orsk} said <it rained>.")
    assert [q.attribution.role for q in quotes] == ["Doctor", "Mayor"]


def test_whoever_is_told_does_not_speak() -> None:
    quotes, people = credit("“<It rained,>” {Lena Orsk} told Harbour News.")
    assert people.name_of(quotes[0].attribution.entity or "") == "Lena Orsk"
    assert people.name_of(quotes[0].attribution.addressee or "") == "Harbour News"


def test_whoever_passes_it_on_does_not_speak() -> None:
    quotes, people = credit("{Lena Orsk} said <it rained>, as reported by Harbour News.")
    assert people.name_of(quotes[0].attribution.entity or "") == "Lena Orsk"
    assert people.name_of(quotes[0].attribution.relayed_by or "") == "Harbour News"


@pytest.mark.parametrize(
    "text",
    [
        "{Lena Orsk} said <it rained>, according to Harbour News.",
        "{Lena Orsk} said that <it rained>, Harbour News reported.",
        "<It rained>, {Lena Orsk} said, as reported by Harbour News.",
    ],
)
def test_whoever_passes_it_on_is_no_part_of_it(text: str) -> None:
    said = text[text.index("<") + 1 : text.index(">")]
    extraction = extract(Article("a", OPENING + re.sub(r"[<>{}]", "", text)), tagger())
    names = {entity.key: entity.name for entity in extraction.entities}
    assert [
        (extraction.document.text[q.quotation.start : q.quotation.end], names.get(q.attribution.entity or ""))
        for q in extraction.quotes
    ] == [(said, "Lena Orsk")]
    assert names.get(extraction.quotes[0].attribution.relayed_by or "") == "Harbour News"


def test_the_chain_to_the_name_is_kept() -> None:
    quotes, _ = credit("Lena Orsk, a nurse, came late. {She} said <it rained>. “<It did.>”")
    own, next_one = (q.attribution for q in quotes)
    assert (own.as_written, own.rule) == ("She", "own speaker; pronoun: subject of the sentence before")
    assert own.links == ("“She” is Lena Orsk, subject of the sentence before",)
    assert next_one.rule.startswith("same paragraph")
    assert len(next_one.links) == 2


_PIECES = st.sampled_from(
    ["Lena Orsk", "Tom", "the ", "Mayor ", "of ", "said ", "she ", "he ", ", ", ". ", "“", "”", "'s ", "{", "}", "<", ">", "\n", "U.S. ",
     "Ministry ", "and ", "(", ")", "&", "von ", "É", "İ", "ß", "中", "\u0301", "1", "-", "’", " ", "Sen. ", "it "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_is_survived_and_every_offset_holds(text: str) -> None:
    plain = text.replace("\n", " ")
    half = len(plain) // 2
    document = Document(
        Article("a", plain), (Paragraph(0, len(plain), "body", (Span(0, half), Span(half, len(plain)))),), "news"
    )
    quotations = (
        [Quotation(half, len(plain), "direct", None, Span(0, half) if half else None, 0, 0)]
        if half < len(plain)
        else []
    )
    people = find_people(document, quotations)
    quotes = attribute(document, quotations, people)
    entities = {entity.key: entity for entity in people.entities(quotes)}
    for mention in people.mentions:
        assert 0 <= mention.start < mention.end <= len(plain)
        assert mention.entity in entities
    for quote in quotes:
        a = quote.attribution
        assert a.as_written == ("" if a.start is None else plain[a.start : a.end])
        assert a.entity is None or a.entity in entities
        assert 0 <= a.confidence <= 1
    for entity in entities.values():
        assert entity.kind in ("person", "organisation", "unnamed")
        assert entity.name
