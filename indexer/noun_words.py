"""Closed classes of words around a speaker's noun phrase: what opens it, links its parts, ends it, or is none of it."""

from __future__ import annotations

from indexer.people_words import W

SKIPPED = frozenset(
    "has have had also then later often again once would could will may might must did does do is was were are be been being to not never "
    "only just always repeatedly recently previously publicly reportedly simply even still further himself herself themselves itself "
    "first since now soon instead thus long too nonetheless nevertheless however both all who that which".split()
)
"""Auxiliaries, adverbs and pronouns that can stand between a subject and its cue."""

PRONOUNS = frozenset("he she they it i we who others some many several both one someone somebody".split())
DETERMINERS = frozenset(
    "the a an his her their its our this that these those another some many several most other both all no one two three".split()
)
STOPS = frozenset(', ; : . ? ! " “ ” ( ) — – « » „'.split())
LINKS = frozenset("of for at from with in to".split())
"""Prepositions that join two parts of one noun phrase."""

OPENERS = frozenset(
    "and but that when as while because if although though after before since until where , ; : — – \" “ ” ' ’".split()
)
"""What a clause can begin behind."""

PREPOSITIONS = frozenset(
    "of to for with by from about against on in at like than between into over near under including told asked".split()
)
VERBS = frozenset(
    "said says told tells was is has had have will would did does made went took put got came gave spoke wrote thinks thought knew led left "
    "met ran won lost held kept began became sought fell stood saw heard brought built felt found could can may might must should are were".split()
)
"""Verbs in their finite forms; further ones are told by their ending."""

BE = frozenset("is was are were been be am".split())
NOUN = W.ROLE | W.COLLECTIVE | W.PLURAL | W.REPORT
"""Classes of nouns that can speak."""


def tells_age(word: str) -> bool:
    """Whether a word tells a person by age.

    >>> tells_age("46-year-old")
    True
    """
    return word.endswith("-year-old") or word.endswith("-year-olds")


def plural_noun(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun.

    >>> plural_noun("sailors"), plural_noun("harbour"), plural_noun("famous")
    (True, False, False)
    """
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))


def is_verb(word: str) -> bool:
    """Whether a lower-case word is a verb by the looks of it.

    >>> is_verb("was"), is_verb("warned"), is_verb("harbour")
    (True, True, False)
    """
    return word in VERBS or (word.endswith("ed") and word.isalpha())


_LY_NOUNS = frozenset("family ally italy assembly reply supply july rally bully monopoly anomaly fly jelly".split())


def is_adverb(word: str) -> bool:
    """Whether a lower-case word is an adverb by its ending.

    >>> is_adverb("quietly"), is_adverb("family")
    (True, False)
    """
    return word.endswith("ly") and word not in _LY_NOUNS
