"""The sample corpus, read by the whole pipeline: who said what, phenomenon by phenomenon."""

import gc
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from indexer.article import Article
from indexer.document import Extraction
from indexer.pipeline import extract
from indexer.readers.dispatch import read
from indexer.topics import TopicTagger


@cache
def extractions() -> dict[str, Extraction]:
    """Every article of the corpus by its title (or its file, where it has none)."""
    tagger = TopicTagger()
    found: dict[str, Extraction] = {}
    with as_file(files("corpus")) as folder:
        for path in sorted(Path(folder).iterdir()):
            if path.suffix in (".txt", ".html", ".jsonl"):
                for article in read(path):
                    assert isinstance(article, Article), article
                    found[article.title or path.name] = extract(article, tagger)
    return found


def of(title: str) -> Extraction:
    (found,) = (extraction for name, extraction in extractions().items() if title in name)
    return found


def speaker(extraction: Extraction, words: str) -> tuple[str, str]:
    """Type and speaker's name of the one quote that holds ``words``."""
    text = extraction.document.text
    quotes = [q for q in extraction.quotes if words in text[q.quotation.start : q.quotation.end]]
    assert len(quotes) == 1, f"{len(quotes)} quotes hold {words!r}"
    names = {entity.key: entity.name for entity in extraction.entities}
    return quotes[0].quotation.type, names.get(quotes[0].attribution.entity or "", "")


EXPECTED = [
    # the marks, titles and names of the forum article
    ("culture-forum", "This is an open house", "direct", "Daria Voltan"),
    ("culture-forum", "Everyone feels at home in Tarnholm", "direct", "Anton Kuzmi"),
    ("culture-forum", "adds its bucket to this well", "direct", "Yanna Rezai"),
    ("culture-forum", "shared culture has become the ground floor", "indirect", "Daria Voltan"),
    ("culture-forum", "three hundred years of letters", "indirect", "Anton Kuzmi"),
    ("culture-forum", "such a meeting was held for the first time", "indirect", "Orfeo Garran"),
    ("culture-forum", "the River Process", "indirect", "Orfeo Garran"),
    ("culture-forum", "a good example of how neighbours", "indirect", "Gunda Rezaieva"),
    # split quotes, one surname and two people, unnamed speakers
    ("Ferry crews vow", "working life jackets since spring", "direct", "Tom Hale"),
    ("Ferry crews vow", "We are asking for cork", "direct", "Tom Hale"),
    ("Ferry crews vow", "crews would not return until", "indirect", "Tom Hale"),
    ("Ferry crews vow", "luck is not a safety plan", "direct", "Tom Hale"),
    ("Ferry crews vow", "Nobody at this company", "direct", "Marit Hale"),
    ("Ferry crews vow", "talks would resume on Friday", "indirect", "Marit Hale"),
    ("Aldmoor ferry strike", "working life jackets since spring", "direct", "Tom Hale"),
    ("Aldmoor ferry strike", "A strike by ferry crews stranded", "indirect", "union and the company"),
    # a quote over several paragraphs; a minister with a title
    ("finance minister promises", "the most boring budget", "direct", "Helena Quist"),
    ("finance minister promises", "We have had enough excitement", "direct", "Helena Quist"),
    ("finance minister promises", "ten quiet years", "direct", "Helena Quist"),
    ("finance minister promises", "the deficit would fall", "indirect", "Helena Quist"),
    ("finance minister promises", "a magician's hat", "direct", "Bram Castellan"),
    ("finance minister promises", "Not while I sit in this chair", "direct", "Helena Quist"),
    # pronouns
    ("Kestrel Vale counts", "I heard the wall go", "direct", "Osei Marwick"),
    ("Kestrel Vale counts", "the oven floated past me", "direct", "Osei Marwick"),
    ("Kestrel Vale counts", "the wrong box of photographs", "direct", "Teodora"),
    ("Kestrel Vale counts", "The ground is full", "direct", "Wen Zhao"),
    # single-quote style, a quote inside a quote
    ("Cup final", "I didn't think", "direct", "Benedikt Asare"),
    ("Cup final", "I'd have stayed at home in my goal", "direct", "Benedikt Asare"),
    ("Cup final", "We have a rule about it", "direct", "Mirela Stancu"),
    ("Cup final", "I may have to look at the rule", "direct", "Mirela Stancu"),
    # guillemets and low marks
    ("rehearse for the big one", "we will be less unready", "direct", "Tekla Roos"),
    ("rehearse for the big one", "The dogs were excellent", "direct", "Tekla Roos"),
    ("rehearse for the big one", "It is aimed at a fault line", "direct", "Tekla Roos"),
    # edited quotes, nested quotes, a former minister
    ("Town backs teacher", "I read it at fourteen", "direct", "Orfeo Garran"),
    ("Town backs teacher", "were more grown-up about this", "direct", "Emil Castellan"),
    ("Town backs teacher", "I had no answer to that", "direct", "Emil Castellan"),
    # plain news
    ("Harbour fraud trial", "I saw one book", "direct", "Greta Malmqvist"),
    ("Harbour fraud trial", "Half of this town has them", "direct", "Greta Malmqvist"),
    ("Harbour fraud trial", "They needed somebody who kept a tidy desk", "direct", "Salome Achterberg"),
    ("Mountain telescope", "We thought it was dirt on the mirror", "direct", "Ximena Duarte-Okafor"),
    ("Mountain telescope", "It is a census problem", "direct", "Lars Wen"),
    ("Mountain telescope", "the textbooks need a new page", "direct", "Hiroko Blanchet"),
    ("last coal plant", "The sea does not wait", "direct", "Yusuf Hallam"),
    ("last coal plant", "I have heard three ministers", "direct", "Agnes Thorne"),
    ("last coal plant", "a grown man may change with them", "direct", "Bram Castellan"),
    ("second flood", "Words are boats, too", "direct", "Adaeze Winter"),
    ("second flood", "I was talking about numbers", "direct", "Rufus Lindqvist"),
    ("holds rates", "We are closer to the shore", "direct", "Ines Dahlgren-Roy"),
    ("Church inquiry", "I want no softer ones", "direct", "Adaeze Winter"),
    ("Church inquiry", "Two of my clients are dead", "direct", "Salome Achterberg"),
    ("times his loaves", "The tide is never wrong", "direct", "Osei Marwick"),
    ("times his loaves", "We sell the smell", "direct", "Teodora Marwick"),
    ("Two soldiers killed", "They knew the road", "direct", "Ilya Korin"),
    ("Two soldiers killed", "One night does not end a peace", "direct", "Daria Voltan"),
    ("Nurses accept", "We met in the corridor", "direct", "Helena Quist"),
    # a dialogue without names
    ("Village wedding", "It was our goat", "direct", "Konrad Vey"),
    ("Village wedding", "It was on our side of the wall", "direct", "Birgit Oram"),
    # turns
    ("should phones be banned", "what a corridor sounds like", "turn", "Philippa Noor"),
    ("should phones be banned", "That is not a luxury", "turn", "Jonas Thale"),
    ("Noor Haddadi", "From my grandmother, who cheated", "turn", "Noor Haddadi"),
    ("Noor Haddadi", "Then I lost more slowly", "turn", "Noor Haddadi"),
    ("Amara Solheim on a year", "I sleep on trams", "turn", "Amara Solheim"),
]


@pytest.mark.parametrize(("article", "words", "kind", "name"), EXPECTED)
def test_who_said_it(article: str, words: str, kind: str, name: str) -> None:
    found_kind, found = speaker(of(article), words)
    assert found_kind == kind
    assert name in found


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("culture-forum", "Formula of Salt"),
        ("culture-forum", "Formula of Light"),
        ("culture-forum", "Ilse Marrant is the Courier"),
        ("culture-forum", "@tarnholmcourier"),
        ("Odile Farro", "Grey Harbour Songs"),
        ("Odile Farro", "One Last Winter"),
        ("Kestrel Vale counts", "Volunteers fill sandbags"),
    ],
)
def test_titles_captions_and_footers_are_no_quotes(article: str, words: str) -> None:
    extraction = of(article)
    text = extraction.document.text
    assert words in text
    assert not [q for q in extraction.quotes if words == text[q.quotation.start : q.quotation.end].strip("“”\"'")]
    if words not in ("Formula of Salt", "Formula of Light", "Grey Harbour Songs", "One Last Winter"):
        assert not [q for q in extraction.quotes if words in text[q.quotation.start : q.quotation.end]]


def test_one_man_spelled_two_ways_is_one_with_both_spellings() -> None:
    (man,) = (entity for entity in of("culture-forum").entities if "Kuzmi" in entity.name)
    assert {"Anton Kuzmich", "Anton Kuzmitch"} <= {man.name, *man.aliases}


def test_two_people_with_one_surname_stay_two() -> None:
    names = [entity.name for entity in of("Ferry crews vow").entities if entity.kind == "person"]
    assert any("Tom Hale" in name for name in names)
    assert any("Marit Hale" in name for name in names)
    rezai = [entity for entity in of("culture-forum").entities if entity.name.startswith(("Yanna", "Gunda"))]
    assert len(rezai) == 2


def test_nothing_of_an_article_holds_itself() -> None:
    tagger = TopicTagger()
    articles = [extraction.document.article for extraction in extractions().values()]
    for article in articles:
        extract(article, tagger)
    gc.collect()
    gc.disable()  # what is not in a ring goes by itself
    try:
        for article in articles:
            extract(article, tagger)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_every_quote_is_exact_and_none_overlap() -> None:
    for extraction in extractions().values():
        at = 0
        for quote in extraction.quotes:
            assert at <= quote.quotation.start < quote.quotation.end <= len(extraction.document.text)
            at = quote.quotation.end


@pytest.mark.parametrize(
    ("article", "genre"),
    [
        ("malaria vaccine", "press-release"),
        ("should phones be banned", "transcript"),
        ("Noor Haddadi", "interview"),
        ("Amara Solheim on a year", "interview"),
        ("In praise of the queue", "opinion"),
        ("last coal plant", "news"),
    ],
)
def test_genres(article: str, genre: str) -> None:
    assert of(article).document.genre == genre


@pytest.mark.parametrize(
    ("article", "topic"),
    [
        ("culture-forum", "medtop:01000000"),
        ("Harbour fraud trial", "medtop:02000000"),
        ("Aldmoor ferry strike", "medtop:09000000"),
        ("Ferry crews vow", "medtop:09000000"),
        ("Two soldiers killed", "medtop:16000000"),
        ("holds rates", "medtop:04000000"),
        ("Cup final", "medtop:15000000"),
        ("Mountain telescope", "medtop:13000000"),
    ],
)
def test_main_topics(article: str, topic: str) -> None:
    assert of(article).topics[0].id == topic
