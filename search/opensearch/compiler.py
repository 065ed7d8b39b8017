"""The query tree to the cluster's query DSL: the same matches as the embedded engine, scored by the cluster's BM25.

What selects without scoring stands under ``filter``, which adds nothing to a score. A phrase scores as the sum of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from search import query as q
from search.analysis import fold
from search.highlight import fold_pattern
from search.opensearch.words import stem_of, words_of
from search.records import FIELD, FieldType

Clause = dict[str, Any]
NameResolver = Callable[[str, Sequence[str], bool], Sequence[str]]
"""Field, words and ``prefix`` of a FieldMatch to the ids that match (speakers or topics)."""

NOTHING: Clause = {"match_none": {}}
MOST_TERMS = 1024


def compile_query(node: q.Node, resolve: NameResolver) -> Clause:
    """Translate a tree.

    Args:
        node: The query.
        resolve: Looks up names of speakers and topics.
    """
    match node:
        case q.MatchAll():
            return _select({"match_all": {}})
        case q.MatchNone():
            return NOTHING
        case q.Word(text, typed):
            return _word(words_of(text), typed)
        case q.Phrase(words, slop):
            return _phrase([word for part in words for word in words_of(part)], slop)
        case q.Prefix(text):
            return _constant({"prefix": {"text_words": {"value": fold(text)}}})
        case q.Wildcard(pattern):
            return _constant({"wildcard": {"text_words": {"value": fold_pattern(pattern).replace("\\", "\\\\")}}})
        case q.Fuzzy(text, distance):
            return _constant({"fuzzy": {"text_words": {
                "value": fold(text), "fuzziness": distance, "transpositions": True,
                "max_expansions": MOST_TERMS, "rewrite": f"top_terms_{MOST_TERMS}"}}})  # fmt: skip
        case q.FieldMatch(field, words, prefix):
            return _select(_field(field, words, prefix, resolve))
        case q.And(children):
            wanted = [compile_query(child, resolve) for child in children if not isinstance(child, q.Not)]
            barred = [compile_query(child.child, resolve) for child in children if isinstance(child, q.Not)]
            return {"bool": {"must": wanted or [_select({"match_all": {}})], "must_not": barred}}
        case q.Or(children):
            either = [compile_query(child, resolve) for child in children]
            return {"bool": {"should": either, "minimum_should_match": 1}} if either else NOTHING
        case q.Not(child):
            return {"bool": {"filter": [{"match_all": {}}], "must_not": [compile_query(child, resolve)]}}
        case q.Unscored(child):
            return _select(compile_query(child, resolve))


def _word(words: list[str], typed: bool) -> Clause:
    if len(words) != 1:
        return _phrase(words, 0)
    stem = stem_of(words[0])
    more: list[Clause] = [{"term": {"title_stems": stem}}]
    if typed:
        more.append({"term": {"text_words": {"value": words[0], "boost": q.TYPED_WEIGHT}}})
    return {"bool": {"must": [{"term": {"text_stems": stem}}], "should": more}}


def _phrase(words: list[str], slop: int) -> Clause:
    if not words:
        return NOTHING
    terms = [{"term": {"text_words": word}} for word in words]
    if len(words) == 1:
        return terms[0]
    if slop == 0:
        stands: Clause = {"match_phrase": {"text_words": " ".join(words)}}
    else:
        spans = [{"span_term": {"text_words": word}} for word in words]
        stands = {"span_near": {"clauses": spans, "slop": slop, "in_order": True}}
    return {"bool": {"filter": [stands], "must": terms}}


def _field(name: str, words: tuple[str, ...], prefix: bool, resolve: NameResolver) -> Clause:
    if FIELD[name].type in (FieldType.IDENTITY, FieldType.TOPIC):
        ids = resolve(name, words, prefix)
        return {"terms": {name: list(ids)}} if ids else NOTHING
    folded = [word for part in words for word in words_of(part)]
    if not folded:
        return NOTHING
    field = f"{name}_words"
    if FIELD[name].type is FieldType.TEXT:  # only stems of headlines are kept
        field, folded = f"{name}_stems", [*map(stem_of, folded[:-1]), folded[-1] if prefix else stem_of(folded[-1])]
    *whole, last = folded
    clauses: list[Clause] = [{"term": {field: word}} for word in whole]
    clauses.append({"prefix": {field: {"value": last}}} if prefix else {"term": {field: last}})
    return {"bool": {"filter": clauses}}


def _select(clause: Clause) -> Clause:
    return {"bool": {"filter": [clause]}}


def _constant(clause: Clause) -> Clause:
    return {"constant_score": {"filter": clause, "boost": 1.0}}
