"""Verbs: whether words hold one that can be finite, which tells a clause from a noun phrase.

the nation needs a plan        a clause
voters want change             a clause
victory in the vote            none
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from indexer.clauses import Word

_CONTRACTED = frozenset(
    "he's she's it's they're we're you're i'm i've we've they've you've there's that's he'd she'd they'd we'd i'd he'll she'll they'll it'll "
    "we'll i'll you'll you'd it'd there'll there'd what's who's here's everyone's nobody's someone's".split()
)
_AUXILIARIES = _CONTRACTED | frozenset(
    "is are was were has have had will would can could may might must shall should does did do cannot been be "
    "isn't aren't wasn't weren't won't wouldn't can't couldn't hasn't haven't hadn't doesn't didn't don't shouldn't".split()
)
_SUBJECT_PRONOUNS = frozenset("i you we they he she it there who people".split())
_PLURALS = _SUBJECT_PRONOUNS | frozenset("women men children police media data staff crew".split())
_PARTING = frozenset(". ? ! ; : , — – -- …".split())
_BEFORE_NOUN = frozenset(
    "the a an this that these those his her its their our my your no any some all many most more several of to for in on at by with from "
    "about and or two three four five six seven eight nine ten new other own such few both public past current".split()
)
_BEFORE_PARTICIPLE = frozenset("the a an his her its their our my your of with for".split())
_ADJECTIVES = ("al", "ive", "ous", "ful", "ic", "ish", "less", "able", "ary", "'s", "s'")
_OBJECT_BEGINS = frozenset(
    "the a an this these his her its their our my your no any some all many most more several to that how what whether up down out off back "
    "him them it us me".split()
)
_RELATIVE = frozenset("who which whose whom that where when".split())


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """The sections of the list of verbs: past forms not in -ed, base forms, and those that are as often nouns."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in files("indexer").joinpath("data/verbs.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(section, []).extend(line.split())
    return {name: frozenset(words) for name, words in found.items()}


@lru_cache(maxsize=1 << 15)
def verb_form(word: str) -> str:
    """``finite`` whatever stands before; ``base`` or ``third`` person, with ``?`` where it is as often a noun; empty for no verb.

    Most words are none: whoever goes through many asks this first.
    """
    lists = _lists()
    if word in _AUXILIARIES or word in lists["past"] or (word.endswith("ed") and len(word) > 4):
        return "finite"
    for section, doubt in (("base", ""), ("either", "?")):
        base = lists[section]
        if word in base:
            return "base" + doubt
        if word.endswith("s") and (
            word[:-1] in base
            or (word.endswith("es") and word[:-2] in base)
            or (word.endswith("ies") and f"{word[:-3]}y" in base)
        ):
            return "third" + doubt
    return ""


def is_finite(words: Sequence[Word], at: int) -> bool:
    """Whether a word can be the finite verb of a clause whose subject stands before it.

    The form *lists* 1,130 posts; officials *plan* to stay. Not: two *lists* of posts; the city's *plan* to stay; a *heated* vote.
    """
    form = verb_form(words[at].lower)
    if not form:
        return False  # most words
    if words[at].text == "May" and at:
        return False  # the month
    if form == "finite":
        word = words[at].lower
        return not (at and word.endswith("ed") and words[at - 1].lower in _BEFORE_PARTICIPLE and len(word) > 4)
    if words[at].text[0].isupper() and at:
        return False  # "Silver Springs"
    before = words[at - 1].lower if at else ""
    if form[-1] == "?" and not _leads_on(words, at + 1):
        return False
    if form[0] == "b":
        return before in _PLURALS or (before.endswith("s") and not before.endswith(("ss", "'s", "us")))
    if form[-1] == "?" and (before in _BEFORE_NOUN or before.endswith(_ADJECTIVES)):
        return False
    return bool(before) and before[0].isalnum() and not before.endswith(("'s", "ed"))


def is_auxiliary(word: str) -> bool:
    """Whether a word in lower case is a form of "be", "have", "do" or a modal."""
    return word in _AUXILIARIES


def is_past(word: Word) -> bool:
    """Whether a word is a past form that does not end in -ed: "spoke"."""
    lists = _lists()
    return word.lower in lists["past"] and word.lower not in lists["base"] and word.lower not in lists["either"]


def may_be_verb(word: Word) -> bool:
    """Whether a word has a verb's form, whatever stands around it."""
    return bool(verb_form(word.lower))


def _leads_on(words: Sequence[Word], at: int) -> bool:
    """Whether an object, an infinitive or an adverb may begin with a word, so that the one before is rather a verb."""
    if at >= len(words):
        return False
    word = words[at]
    return word.lower in _OBJECT_BEGINS or word.text[0].isdigit() or word.text[0] in "$£€" or word.lower.endswith("ly")


def contracted(word: Word) -> bool:
    """Whether a word is a subject and its verb in one: "she'll", "there's"."""
    return word.lower in _CONTRACTED


def clause_verb(words: Sequence[Word], at: int, reach: int = 16) -> bool:
    """Whether a clause begins at ``at``: a finite verb follows before the words part, relative clauses passed over.

    The subject takes at least one word: "had been told" alone is no clause.
    """
    if at < len(words) and words[at].lower in _CONTRACTED:
        return True
    for number in range(at + 1, min(at + reach, len(words))):
        word = words[number]
        if word.text in _PARTING:
            return False
        if verb_form(word.lower) and is_finite(words, number) and words[number - 1].lower not in _RELATIVE:
            return True
    return False
