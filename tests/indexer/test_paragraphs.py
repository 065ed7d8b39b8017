"""Paragraphs and page furniture: what is news, what is masked."""

import re
from importlib.resources import files

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.article import Article
from indexer.furniture import LONGEST_FURNITURE, furniture_kind, is_date_line, read_byline
from indexer.paragraphs import split


def parts(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(p.part, text[p.start : p.end]) for p in split(Article("a", text, title=title)).paragraphs]


def test_byline_and_footer_are_masked_and_nothing_is_cut() -> None:
    text = (
        "By Lena Orsk\n\nThe ferry sails again, the harbour said.\n\n---\n\n"
        "Lena Orsk is the Gull’s staff journalist, follow her on Twitter: @lenaorsk\n\nFollow us on Twitter @thegull"
    )
    assert [part for part, _ in parts(text)] == ["byline", "body", "boilerplate", "boilerplate", "boilerplate"]


def test_a_first_line_that_is_no_sentence_is_the_headline() -> None:
    text = "Ferry sails again\n\nThe ferry to Aldmoor sails again, the harbour said on Monday.\n\nIt is blue."
    assert [part for part, _ in parts(text)] == ["headline", "body", "body"]


def test_a_first_paragraph_that_repeats_the_title_is_the_headline() -> None:
    text = "Ferry sails again.\n\nThe ferry to Aldmoor sails again."
    assert parts(text, title="Ferry sails again")[0][0] == "headline"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ferry to Aldmoor sails again,\nthe harbour said on Monday after\na long winter in the dock.\n\nIt is blue."
    )
    assert len(parts(text)) == 2


def test_lines_are_paragraphs_where_there_are_no_blank_lines() -> None:
    text = "The ferry to Aldmoor sails again, the harbour said on Monday.\nIt is blue.\nIt is old."
    assert len(parts(text)) == 3


def test_captions_are_told() -> None:
    assert furniture_kind("Photo: Tom Hale / The Gull") == "caption"
    assert furniture_kind("A banner saying “save the dam”. Image: Harbour News.") == "caption"
    assert furniture_kind("The dam at dusk on Monday in Orlia. (Ann Lee/Harbour News)") == "caption"
    assert furniture_kind("Orsk with her boat. “It floats,” she said. (Submitted by Tom Hale)") == "caption"
    assert furniture_kind("WATCH | Why the dam leaks:") == "boilerplate"
    assert furniture_kind("She said the dam (built and/or mended in 1931) would hold.") == ""
    assert furniture_kind("Photographers said the bridge was closed.") == ""


FURNITURE = [
    line.split("\t")[1]
    for line in files("indexer").joinpath("data/furniture.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#") and line.split("\t")[2]
]


@pytest.mark.parametrize("pattern", FURNITURE)
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_openings_keep_no_pattern_of_furniture_from_matching(pattern: str, data: st.DataObject) -> None:
    anchored = re.compile(rf"\A(?:{pattern})", re.IGNORECASE)
    paragraph = data.draw(st.from_regex(anchored, alphabet=st.characters(max_codepoint=127)))
    assume(len(paragraph) <= LONGEST_FURNITURE)
    assert furniture_kind(paragraph) in ("boilerplate", "caption")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Lena Orsk", "Lena Orsk"),
        ("BY LENA ORSK", "Lena Orsk"),
        ("By Lena Orsk and Tom Hale, Harbour Wire", "Lena Orsk and Tom Hale"),
        ("By Ana de la Cruz | Staff", "Ana de la Cruz"),
        ("By winning the vote, Orsk became mayor.", ""),
        ("By contrast, Mary Hill", ""),
        ("By Thursday", ""),
    ],
)
def test_bylines(line: str, author: str) -> None:
    assert read_byline(line) == author


def test_date_lines() -> None:
    assert is_date_line("Published: 5 March 2024")
    assert not is_date_line("March 5 is the day")


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\"“”'—-:\u2028é"), max_size=200))
def test_paragraphs_cover_every_word_once_and_in_order(text: str) -> None:
    document = split(Article("a", text))
    at = 0
    for paragraph in document.paragraphs:
        assert not text[at : paragraph.start].strip()
        assert paragraph.end > paragraph.start
        assert text[paragraph.start : paragraph.end].strip() == text[paragraph.start : paragraph.end]
        at = paragraph.end
    assert not text[at:].strip()


@pytest.mark.parametrize("mark", [".", "?", ".?"])
def test_a_long_row_of_marks_is_no_work(mark: str) -> None:
    row = mark * 200_000  # looked through anew from each of them, it would take hours
    text = f"Orsk left. Hale stayed {row}x and slept. It rained."
    (paragraph,) = split(Article("a", text)).paragraphs
    first, *_, last = paragraph.sentences
    assert (text[slice(*first)], text[slice(*last)]) == ("Orsk left.", "It rained.")
