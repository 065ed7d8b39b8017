"""A query as people mean it: what is searched together may stand in the headline, and words as typed go first.

* ``ferry strike`` finds what has both words; and of an article headlined "Ferry strike strands commuters" also what has one
  of them, for a quote seldom repeats what its article is about. Nothing is found by its headline alone: at least one of
  the words stands in the record itself.
* ``strikes`` finds "strike" too, after what has it as typed.
* A quote goes before its paragraph, which has the same words and more; and so where fields alone are asked for, by which all
  are equal (``speaker:hale``).
* A headline that is a record of its own gives way to quotes and paragraphs that match about as well: every hit of the article
  shows it, and who searches wants what stands below it.

Engines do this where :attr:`search.engine.SearchRequest.refined` is set, as every search by parameters sets it.
"""

from __future__ import annotations

from dataclasses import replace

from search.analysis import words
from search.query import And, FieldMatch, Fuzzy, MatchAll, Node, Not, Or, Phrase, Prefix, Unscored, Wildcard, Word

QUOTE_WEIGHT = 1.1
"""What the score of a quote is multiplied by."""

HEADLINE_WEIGHT = 0.9
"""What the score of a headline is multiplied by, where it is no quote. Below .9 words of headlines find their article less well
(``tests/bench/known_item_bench.py``): what is left of the headline's own match then is less than that of other articles."""


def weight_of(kind: str, part: str) -> float:
    """What the score of a record is multiplied by."""
    return QUOTE_WEIGHT if kind == "quote" else HEADLINE_WEIGHT if part == "headline" else 1.0


def by_fields_alone(node: Node) -> bool:
    """Whether a query asks for something, and nothing of it adds to a score: every record that it finds then scores 1."""
    match node:
        case FieldMatch() | Unscored() | Not():
            return True
        case And(children) | Or(children):
            return all(by_fields_alone(child) or isinstance(child, MatchAll) for child in children)
    return False


def refined(node: Node) -> Node:
    """The same query, where plain words score more as typed, and those that stand together may stand in the headline.

    Phrases, patterns and words alone, under NOT or as alternatives must stand in the record. What a headline has adds to a
    score only where the record has the word too.
    """
    match node:
        case Word():
            return replace(node, typed=True)
        case And(children):
            return _together(tuple(child if isinstance(child, Not) else refined(child) for child in children))
        case Or(children):
            return Or(tuple(refined(child) for child in children))
    return node


def _together(children: tuple[Node, ...]) -> Node:
    loose = [child for child in children if isinstance(child, Word) and len(words(child.text)) == 1]
    anchored = any(_is_of_text(child) for child in children if child not in loose)
    if not loose or (len(loose) == 1 and not anchored):
        return And(children)
    titled = [
        Or((child, FieldMatch("title", (child.text,)))) if isinstance(child, Word) and child in loose else child
        for child in children
    ]
    return And(tuple(titled) if anchored else (*titled, Unscored(Or(tuple(loose)))))


def _is_of_text(node: Node) -> bool:
    """Whether a record must have some word of its own for this."""
    match node:
        case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
            return True
        case And(children):
            return any(map(_is_of_text, children))
        case Or(children):
            return bool(children) and all(map(_is_of_text, children))
        case Unscored(child):
            return _is_of_text(child)
    return False
