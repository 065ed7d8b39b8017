"""The English stem of a word: Porter2, as NLTK's Snowball stemmer has it, to the letter.

The indexer stems every new word of a collection and each term of the topic lexicon at its start, so this is a hot path: it
takes a third of NLTK's time, and NLTK, which is slow to import, need not be loaded. Tests hold the two against each other.

The rules, and their names R1 and R2, are those of https://snowballstem.org/algorithms/english/stemmer.html: R1 is what
follows the first consonant behind a vowel, R2 the same within R1. They are kept as places in the word; an ending is in
one of them when it begins there or later.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Word: TypeAlias = tuple[str, int, int]
"""What is left of a word, with the places where its R1 and R2 begin (at or beyond its end: empty)."""

Ending: TypeAlias = tuple[str, str, int]
"""An ending, what takes its place, and how many characters are left of an R2 that holds only a part of it (-1: what is left of the word)."""

_EXCEPTIONS = {
    "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl", "gently": "gentl", "ugly": "ugli",
    "early": "earli", "only": "onli", "singly": "singl",
    **{word: word for word in "sky news howe atlas cosmos bias andes".split()},
    **{form: verb for verb in ("proceed", "exceed", "succeed") for form in (verb, f"{verb}s", f"{verb}ed", f"{verb}ing")},
    **{form: noun for noun in ("inning", "outing", "canning", "herring", "earring") for form in (noun, f"{noun}s")},
}  # fmt: skip
_LONG_BEGINNINGS = ("gener", "commun", "arsen")
"""What comes before R1 in words that begin so: "generous" and "generate" stay two."""

_BEHIND_VOWEL = re.compile(r"[aeiouy][^aeiouy]")
_VERB_ENDINGS = ("eedly", "ingly", "edly", "eed", "ing", "ed")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_SHORT_SYLLABLE = re.compile(r"[^aeiouy][aeiouy][^aeiouywxY]")


def _table(*endings: Ending) -> dict[str, list[Ending]]:
    """Endings by their last two letters, so that few are tried; the longest of those that fit decides."""
    table: dict[str, list[Ending]] = {}
    for ending in sorted(endings, key=lambda row: -len(row[0])):
        table.setdefault(ending[0][-2:], []).append(ending)
    return table


_STEP_2 = _table(
    ("tional", "tion", -1), ("enci", "ence", -1), ("anci", "ance", -1), ("abli", "able", -1), ("entli", "ent", -1), ("izer", "ize", 0),
    ("ization", "ize", 0), ("ational", "ate", 1), ("ation", "ate", 1), ("ator", "ate", 1), ("alism", "al", 0), ("aliti", "al", 0),
    ("alli", "al", 0), ("fulness", "ful", -1), ("ousli", "ous", 0), ("ousness", "ous", 0), ("iveness", "ive", 1), ("iviti", "ive", 1),
    ("biliti", "ble", 0), ("bli", "ble", 0), ("ogi", "og", -1), ("fulli", "ful", -1), ("lessli", "less", -1), ("li", "", -1),
)  # fmt: skip
_STEP_3 = _table(
    ("tional", "tion", -1), ("ational", "ate", 0), ("alize", "al", -1), ("icate", "ic", 0), ("iciti", "ic", 0), ("ical", "ic", 0),
    ("ful", "", -1), ("ness", "", -1), ("ative", "", -1),
)  # fmt: skip
_STEP_4 = _table(
    *(
        (ending, "", -1)
        for ending in "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic".split()
    )
)
_BEFORE_OGI = "l"
_BEFORE_LI = "cdeghkmnrt"
_BEFORE_ION = "st"


def porter2(word: str) -> str:
    """The stem of a folded word.

    >>> porter2("ferries"), porter2("nationalised"), porter2("generously"), porter2("tying"), porter2("hopping")
    ('ferri', 'nationalis', 'generous', 'tie', 'hop')
    """
    if len(word) < 3:
        return word
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    word = word.removeprefix("'")
    if "y" in word:
        word = _with_consonant_y(word)
    left = _without_verb_ending(_without_plural(_without_possessive(word)), *_regions(word))
    left = _replaced(_STEP_3, *_replaced(_STEP_2, *left))
    return _without_last_letter(*_without_suffix(*left)).replace("Y", "y")


def _with_consonant_y(word: str) -> str:
    """Write Y where it is a consonant: at the beginning, and behind a vowel."""
    letters = list(word)
    if letters[0] == "y":
        letters[0] = "Y"
    for at in range(1, len(letters)):
        if letters[at] == "y" and letters[at - 1] in "aeiouy":
            letters[at] = "Y"
    return "".join(letters)


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin."""
    if word.startswith(_LONG_BEGINNINGS):
        first = 6 if word[0] == "c" else 5
    elif found := _BEHIND_VOWEL.search(word):
        first = found.end()
    else:
        return len(word), len(word)
    found = _BEHIND_VOWEL.search(word, first)
    return first, found.end() if found else len(word)


def _without_possessive(word: str) -> str:
    """Step 0: Hale's, Hales'."""
    if "'" in word:
        for ending in ("'s'", "'s", "'"):
            if word.endswith(ending):
                return word.removesuffix(ending)
    return word


def _without_plural(word: str) -> str:
    """Step 1a: passes, ties, ferries, boats; not gas, this."""
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and _VOWEL.search(word, 0, len(word) - 2):
        return word[:-1]
    return word


def _without_verb_ending(word: str, first: int, second: int) -> Word:
    """Steps 1b and 1c: agreed, hoped, hopping, reportedly; happy, by which a word that ends in y and its plural become one."""
    if word.endswith(_VERB_ENDINGS):
        base = word[: -len(next(filter(word.endswith, _VERB_ENDINGS)))]
        if word.startswith("eed", len(base)):
            if first <= len(base):
                second = second if second <= len(base) else len(word)
                word = f"{base}ee"
        elif _VOWEL.search(base):
            word, first, second = _mended(base, min(first, len(base)), min(second, len(base)))
    if word.endswith(("y", "Y")) and len(word) > 2 and word[-2] not in "aeiouy":
        word = f"{word[:-1]}i"
    return word, first, second


def _mended(base: str, first: int, second: int) -> Word:
    """What a verb's ending was taken from: creat(ed), hopp(ing) and hop(ed) become create, hop and hope."""
    size = len(base)
    if base.endswith(("at", "bl", "iz")):
        return f"{base}e", first, second if size > 4 or size - first > 1 else size + 1
    if base.endswith(_DOUBLE):
        return base[:-1], first, second
    if first == size and _is_short(base):
        return f"{base}e", size + 1, size + 1
    return base, first, second


def _is_short(base: str) -> bool:
    """Whether a word without R1 ends in a short syllable: hop, us."""
    if len(base) == 2:
        return base[0] in "aeiouy" and base[1] not in "aeiouy"
    return len(base) > 2 and _SHORT_SYLLABLE.match(base, len(base) - 3) is not None


def _replaced(table: dict[str, list[Ending]], word: str, first: int, second: int) -> Word:
    """Steps 2 and 3: nationalisation's and possibly's chains of suffixes, one link at a time, where they stand in R1."""
    for ending, instead, kept in table.get(word[-2:], ()):
        if word.endswith(ending):
            size = len(word) - len(ending)
            before = word[size - 1 : size]
            if (
                first > size
                or (ending == "ogi" and before != _BEFORE_OGI)
                or (ending == "li" and before not in _BEFORE_LI)
                or (ending == "ative" and second > size)
            ):
                break
            word = word[:size] + instead
            if kept >= 0 and second > size:
                second = len(word) - kept
            break
    return word, first, second


def _without_suffix(word: str, first: int, second: int) -> Word:
    """Step 4: a last suffix goes where it stands in R2: replace(ment), commun(ism), adopt(ion)."""
    for ending, _, _ in _STEP_4.get(word[-2:], ()):
        if word.endswith(ending):
            size = len(word) - len(ending)
            if second <= size and (ending != "ion" or word[size - 1] in _BEFORE_ION):
                return word[:size], first, second
            break
    return word, first, second


def _without_last_letter(word: str, first: int, second: int) -> str:
    """Step 5: the e of create, the second l of controll; not the e of hope, behind a short syllable."""
    last = len(word) - 1
    if second <= last and word.endswith(("ll", "e")):
        return word[:last]
    if first <= last and word.endswith("e") and last > 2 and not _SHORT_SYLLABLE.match(word, last - 3):
        return word[:last]
    return word
