"""Which of the clauses that the rules propose are reported speech: a logistic model over closed-class words and shapes.

The mayor would not say whether the dam would hold.      reports nothing
Both sides claimed victory in the first round.           a noun phrase
The mayor claimed the dam would hold.                    a clause

Weights, the threshold and their provenance are in data/clause_weights.json.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from operator import attrgetter

from indexer.adjuncts import PREPOSITIONS
from indexer.clause_ends import shape
from indexer.clauses import Clause, Word
from indexer.feature_groups import Group, score_of
from indexer.verbs import clause_verb, contracted, is_auxiliary, is_finite

_NEGATIONS = frozenset(
    "not n't never no nobody none without refused declined don't didn't doesn't won't wouldn't can't couldn't isn't wasn't".split()
)
_PASSIVE = frozenset("is are was were been being be".split())
_RARE = frozenset(("find", "hear"))
_QUOTED = attrgetter("quoted")
_MODALS = frozenset("would will could can may might must should shall".split())
_NOMINATIVES = frozenset("he she they it we i there".split())
_NO_SUBJECTS = PREPOSITIONS | frozenset(
    "when if while although though because how what who which whether where so".split()
)
_PARTING = frozenset("and or who which that whose when where , ; : . ( ) — – -".split())
_OBJECT_BEGINS = frozenset(
    "the a an this these his her its their our my your no any some all many most more several".split()
)
_NOT_SUBJECTS = frozenset("of the what which even not by as a an to".split())
_ADVERBS = frozenset("also never now then still even once first".split())
_LONGEST_SUBJECT = 9


def reported_by(words: Sequence[Word], clauses: Iterable[Clause]) -> list[tuple[float, Clause]]:
    """The clauses that the model takes for reported speech, each with how far it is above the threshold.

    "The court heard", "the study found", "police are asking people to", "the union is calling for" are too rare to be learned and pass; so does what is
    surely a clause.
    """
    score_of_clause, threshold = _model()
    found = []
    for clause in clauses:
        score = score_of_clause(features(words, clause)) - threshold
        if score < 0 and _is_rare(words, clause):
            score = 0.0
        if score >= 0 or _surely(words, clause):
            found.append((max(score, 0.0), clause))
    return found


def _is_rare(words: Sequence[Word], clause: Clause) -> bool:
    if clause.rule == "clause before" and clause.cue.cue.lemma == "show":
        return True  # "half of the boats leak, figures show": only evidence shows
    if clause.rule in ("clause before", "clause without that"):
        return clause.cue.cue.lemma in _RARE
    before = words[clause.cue.first - 1].lower if clause.cue.first else ""
    if clause.rule == "call for":
        return before in ("is", "are")  # "the group is calling for an inquiry"
    if clause.rule == "judgement" and words[clause.first].quoted >= 0:
        return before in _PASSIVE  # "was described as “unsafe” by Hale"
    return clause.rule == "object and infinitive" and clause.cue.cue.lemma == "ask" and before in ("is", "are")


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def _surely(words: Sequence[Word], clause: Clause) -> bool:
    """Whether a verb right behind a cue tells that its clause is one, though "that" is missing and the cue is a rare one.

    The ministry stated *they would appeal*; the clerk attested *the seals were whole*; he swore *the crew left the boat*.
    Insisting that *it was safe*, the mayor left. Not: the board announced *a sale of boats moored in the bay*.
    """
    cue, first = clause.cue, clause.first
    form = words[cue.first].lower
    if clause.rule == "that clause" and cue.begin == 0 and form.endswith("ing") and cue.cue.frame in ("say", "that"):
        return clause_verb(words[first : clause.last + 1], 0)
    before = words[cue.begin - 1] if cue.begin else None
    if clause.rule != "clause without that" or cue.cue.frame not in ("say", "that", "object") or first != cue.last + 1:
        return False
    if before is None or words[first].lower in _NO_SUBJECTS:
        return False
    cited = before.lower == "as" and form.endswith("ing")  # "quoted the clerk as stating"
    if not cited and (form.endswith("ing") or before.lower in _NOT_SUBJECTS):
        return False
    if (
        not cited
        and not form.endswith("ed")
        and not (
            before.lower in _NOMINATIVES
            or before.lower in ("and", "who")
            or (form.endswith("s") and before.text[0].isupper() and not before.lower.endswith("s"))
        )
    ):
        return False  # "the states", "hostile comments"
    if contracted(words[first]):
        return True
    if words[first].lower in _NOMINATIVES:
        return any(is_finite(words, at) for at in range(first + 1, min(first + 3, len(words))) if words[at].quoted < 0)
    for at in range(first + 1, min(first + _LONGEST_SUBJECT, len(words) - 1)):
        word = words[at]
        if word.quoted >= 0 or word.lower in _PARTING:
            return False
        if is_auxiliary(word.lower) or (
            is_finite(words, at) and (words[at + 1].lower in _OBJECT_BEGINS or _is_adverb(words[at - 1].lower))
        ):
            return True
        if word.lower.endswith(("ed", "ing")):
            return False
    return False


def features(words: Sequence[Word], clause: Clause) -> list[Group]:
    """What the model sees of a clause: features that hold, in groups."""
    cue, first, last = clause.cue, clause.first, clause.last
    rule, lemma = clause.rule, cue.cue.lemma
    form = words[cue.first].lower
    ending = (
        "-ing" if form.endswith("ing") else "-s" if form.endswith("s") else "-ed" if form.endswith("ed") else "other"
    )
    before = shape(words, cue.begin - 1) if cue.begin else "start"
    helpers = [word.lower for word in words[max(cue.begin - 3, 0) : cue.first]]
    size = last - first + 1
    length = "2-3" if size < 4 else "4-6" if size < 7 else "7-12" if size < 13 else "13-24" if size < 25 else "25"
    inside = max(map(_QUOTED, words[first : last + 1]), default=-1) >= 0
    share = "none" if not inside else "first" if words[first].quoted >= 0 else "some"
    opening = shape(words, first)
    verb = int(clause_verb(words[first : last + 1], 0))
    found: list[Group] = [
        (_cue, rule, lemma), (_form, rule, ending, before), (_opening, rule, opening), (_size, rule, length, share, verb),
        (_place, rule, last >= len(words) - 2, words[cue.first].text[0].isupper(), cue.begin == 0), (_verb, form, verb, lemma),
    ]  # fmt: skip
    if not _NEGATIONS.isdisjoint(helpers):
        found.append((_negated, rule, opening))
    if not _MODALS.isdisjoint(helpers):
        found.append((_modal, rule))
    if first > cue.last + 1:
        found.append((_apart, rule, verb, opening))
    return found


def _cue(rule: str, lemma: str) -> list[str]:
    return ["bias", f"rule {rule}", f"cue {lemma}", f"{rule} cue {lemma}"]


def _form(rule: str, ending: str, before: str) -> list[str]:
    return [f"form {ending}", f"{rule} form {ending}", f"before {before}", f"{ending} before {before}"]


def _opening(rule: str, opening: str) -> list[str]:
    return [f"opening {opening}", f"{rule} opening {opening}"]


def _size(rule: str, length: str, share: str, verb: int) -> list[str]:
    return [f"length {length}", f"{rule} length {length}", f"quoted {share}", f"verb {verb}", f"{rule} verb {verb}"]


def _place(rule: str, ends_sentence: bool, capital: bool, leads: bool) -> list[str]:
    return [
        f"ends sentence {ends_sentence}", f"{rule} ends sentence {ends_sentence}", f"capital cue {capital}",
        f"cue leads {leads}",
    ]  # fmt: skip


def _verb(form: str, verb: int, lemma: str) -> list[str]:
    return [f"word {form}", f"verb {verb} cue {lemma}"]


def _negated(rule: str, opening: str) -> list[str]:
    return ["negated", f"negated {rule}", f"negated opening {opening}"]


def _modal(rule: str) -> list[str]:
    return ["modal", f"modal {rule}"]


def _apart(rule: str, verb: int, opening: str) -> list[str]:
    return [f"{rule} apart", f"{rule} apart verb {verb}", f"{rule} apart opening {opening}"]


@cache
def _model() -> tuple[Callable[[Sequence[Group]], float], float]:
    """What scores features, and the threshold."""
    weights = json.loads(files("indexer").joinpath("data/clause_weights.json").read_text("utf-8"))["weights"]
    return score_of(weights), weights["threshold"]
