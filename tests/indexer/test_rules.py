"""No rule without an example: each rule that credits a quote by its example, and the list of all of them.

The rules that find quotes have theirs in ``test_quotations.py``, which these tests take in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer
from indexer.article import Article
from indexer.document import Extraction
from indexer.extracting import tagger
from indexer.feed import Silent, read_all
from indexer.pipeline import extract
from tests.indexer.nasty import NASTY
from tests.indexer.test_quotations import OPENING, PASSAGES, RULES

ROOT = Path(__file__).parents[2]
OPENS = "Mayor Lena Orsk opened the dam on Monday."
SAID = "she said the dam would hold."

FOUND_BY = {
    "goes on in its paragraph": "“We won,” said Lena Orsk. “It was late.”",
    "goes on from the paragraph before": "“We won last night.\n\n“It was very late,” said Lena Orsk.",
    "labelled turn": "HALE: It holds.\n\nQ: Will it hold?\n\nHALE: Yes it will.",
    "told, quoted part": "Lena Orsk told the paper “it will be a long time” before the dam holds.",
    "told, reported question": "Lena Orsk told Harbour News if the dam would hold.",
    "according to, clause around": "The dam, according to Lena Orsk, would hold until May.",
    "clause around the cue": "The dam, Lena Orsk said, would hold until May.",
    "headline": "Mayor: we will rebuild the dam",
}
"""Rules of :class:`~indexer.document.Quotation` that ``test_quotations.RULES`` has no single sentence for."""

CREDITED_BY = [
    ("subject of the cue; full name", "Lena Orsk said the dam would hold.", "Lena Orsk"),
    ("subject of the cue; short name", "Lena Orsk opened the dam. Orsk said it would hold.", "Lena Orsk"),
    ("subject of the cue; unnamed speaker", "Officials said the dam would hold.", "Officials"),
    ("subject of the cue; noun without a name", "The minister said the dam would hold.", "minister"),
    ("subject of the cue; several speakers", "Lena Orsk and Tom Hale said the dam would hold.", "Lena Orsk and Tom Hale"),
    ("subject of the cue; report", "A report by Harbour News said the dam would hold.", "Harbour News"),
    ("subject of the cue; role", "Lena Orsk, the mayor, left.\n\nThe mayor said the dam would hold.", "Lena Orsk"),
    ("subject of the cue; organisation noun", "The Harbour Union met. The union said the dam would hold.", "Harbour Union"),
    ("subject of the cue; owned role", "Its director said the dam would hold.\n\nLena Orsk, the director, left.", "Lena Orsk"),
    ("subject of the cue; pronoun: who, unnamed", "It heard from residents who said the dam would hold.", "residents"),
    ("subject of the cue; the company", "Senna Lines Group cut its fares. The company said it would sail.", "Senna Lines Group"),
    (
        "subject of the cue; described",
        "Lena Orsk, 46, opened the dam and looked at the gates. The 46-year-old said it would hold.",
        "Lena Orsk",
    ),
    (
        "subject of the cue; description",
        "Lena Orsk opened the dam and looked at the gates. The 46-year-old said it would hold.",
        "Lena Orsk",
    ),
    ("subject of the cue; body", "The Orlia Bureau met.\n\nThe watchdog said the dam would hold.", "Orlia Bureau"),
    ("subject of the cue; kin", "Lena Orsk came with her husband, Tom. Her husband said the dam would hold.", "Tom"),
    (
        "subject of the cue; named later",
        "A Halifax man said the dam would hold.\n\nTom Hale, 58, lives near by and often looks at it.",
        "Tom Hale",
    ),
    (
        "subject of the cue; pronoun: running speaker",
        "In a post on Friday, the Harbour Union said it shook. It added that the dam would hold.",
        "Harbour Union",
    ),
    ("subject of the cue; first person", "I said the dam would hold.", ""),
    ("subject of the cue; pronoun: nobody fits", "She said the dam would hold.", ""),
    ("subject of the cue; pronoun: who", "The prize went to Lena Orsk, who said the dam would hold.", "Lena Orsk"),
    ("subject of the cue; pronoun: noun", "The port authority met. It said the dam would hold.", "port authority"),
    ("subject of the cue; the force", "Orlia RCMP came. Police said the dam would hold.", "Orlia RCMP"),
    ("subject of the cue; pronoun: organisation", "The Harbour Union met. It said the dam would hold.", "Harbour Union"),
    ("subject of the cue; pronoun: several people", "Residents said it shook. They said the windows broke.", "Residents"),
    ("subject of the cue; pronoun: unnamed speaker", "A woman said it shook. She said the windows broke.", "woman"),
    ("subject of the cue; pronoun: subject of the same sentence", f"When Lena Orsk left the hall, {SAID}", "Lena Orsk"),
    ("subject of the cue; pronoun: subject of the sentence before", f"{OPENS} S{SAID[1:]}", "Lena Orsk"),
    ("subject of the cue; pronoun: subject of the same paragraph", f"{OPENS} Rain fell. S{SAID[1:]}", "Lena Orsk"),
    ("subject of the cue; pronoun: subject of the previous paragraph", f"{OPENS} Rain fell.\n\nS{SAID[1:]}", "Lena Orsk"),
    ("subject of the cue; pronoun: subject of earlier", f"{OPENS}\n\nRain fell.\n\nS{SAID[1:]}", "Lena Orsk"),
    (
        "subject of the cue; pronoun: named in the same sentence",
        f"Workers who cheered for Lena Orsk left when {SAID}",
        "Lena Orsk",
    ),
    (
        "subject of the cue; pronoun: named in the sentence before",
        f"The crowd cheered for Lena Orsk. S{SAID[1:]}",
        "Lena Orsk",
    ),
    (
        "subject of the cue; pronoun: named in the same paragraph",
        f"Workers cheered for Lena Orsk. The day was long. The sun set. S{SAID[1:]}",
        "Lena Orsk",
    ),
    (
        "subject of the cue; pronoun: named in the previous paragraph",
        f"Workers cheered for Lena Orsk. Nobody came.\n\nS{SAID[1:]}",
        "Lena Orsk",
    ),
    (
        "subject of the cue; pronoun: named in earlier",
        f"Workers cheered for Lena Orsk.\n\nThe day was long.\n\nThe sun set.\n\nS{SAID[1:]}",
        "Lena Orsk",
    ),
    ("own speaker; full name", "Ann Lee: It holds.\n\nQ: Will it?\n\nAnn Lee: Yes it will.", "Ann Lee"),
    ("goes on; full name", "“We won,” said Lena Orsk. “It was late.”", "Lena Orsk"),
    ("led in; full name", "Lena Orsk went further: “It has to hold for us all.”", "Lena Orsk"),
    ("tagged; full name", "“It holds,” chirped Lena Orsk.", "Lena Orsk"),
    ("beside; full name", "“It holds,” chirped Lena Orsk from the deck.", "Lena Orsk"),
    ("same sentence; full name", "“It holds,” said Lena Orsk, adding that it leaked.", "Lena Orsk"),
    ("next quote; full name", "“The dam holds well.” The hall was silent. “It has to,” said Lena Orsk.", "Lena Orsk"),
    ("same paragraph; full name", "Lena Orsk said it held. Asked again: “It has to hold for us all.”", "Lena Orsk"),
    ("previous paragraph; full name", "Lena Orsk said it held.\n\n“It has to hold for us all.”", "Lena Orsk"),
    ("named before; nearest person", "Lena Orsk walked to the edge. “It has to hold for us all.”", "Lena Orsk"),
    (
        "dialogue; full name",
        "“Was it your goat?” asked Lena Orsk.\n\n“It was,” said Tom Hale.\n\n“And the fence too?”",
        "Lena Orsk",
    ),
    ("nobody named", "It was reported that the dam would hold.", ""),
]  # fmt: skip


def read(text: str) -> Extraction:
    return extract(Article("a", text), tagger())


def credited(extraction: Extraction) -> list[tuple[str, str]]:
    """Rule and speaker's name of each quote."""
    names = {entity.key: entity.name for entity in extraction.entities}
    return [(q.attribution.rule, names.get(q.attribution.entity or "", "")) for q in extraction.quotes]


@pytest.mark.parametrize(("rule", "text"), FOUND_BY.items(), ids=list(FOUND_BY))
def test_each_rule_that_finds_a_quote(rule: str, text: str) -> None:
    opening = "" if rule == "headline" else OPENING
    closing = "\n\nThe dam was shut on Monday, and the town looked on." if rule == "headline" else ""
    assert rule in [quote.quotation.rule for quote in read(opening + text + closing).quotes]


@pytest.mark.parametrize(("rule", "text", "name"), CREDITED_BY, ids=[rule for rule, _, _ in CREDITED_BY])
def test_each_rule_that_credits_a_quote(rule: str, text: str, name: str) -> None:
    assert (rule, name) in credited(read(OPENING + text))


def everything() -> Iterator[Extraction]:
    """The sample corpus and every passage of these tests."""
    for item in read_all([str(ROOT / "corpus")], None, Silent()):
        if isinstance(item, Article):
            yield extract(item, tagger())
    passages = [text for _, text, _ in RULES] + [text for text, _ in PASSAGES] + [text for text, *_ in NASTY]
    for text in passages:
        yield read(OPENING + text)


def test_no_rule_is_without_an_example() -> None:
    finding = {rule for rule, _, _ in RULES} | set(FOUND_BY)
    finders, leads = set(), set()
    for rule, _, _ in CREDITED_BY:
        finder, _, lead = rule.partition("; ")
        finders.add(finder)
        leads.add(lead)
    for extraction in everything():
        for quote in extraction.quotes:
            assert quote.quotation.rule in finding
            finder, _, lead = quote.attribution.rule.partition("; ")
            assert finder in finders
            assert lead in leads


def test_every_rule_is_told_in_a_docstring() -> None:
    told = "\n".join(
        ast.get_docstring(node) or ""
        for path in Path(indexer.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    )
    rules = {rule for rule, _, _ in RULES} | set(FOUND_BY)
    for rule, _, _ in CREDITED_BY:
        rules |= set(rule.split("; "))
    wanted = {rule for rule in rules if "pronoun: subject of" not in rule and "pronoun: named in" not in rule}
    assert [rule for rule in sorted(wanted) if rule not in told] == []
    assert "pronoun: subject of the sentence before" in told  # one of the many places that a pronoun's rule names
