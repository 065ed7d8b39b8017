"""Words that open a sentence and end like an adverb or a participle: "Sadly", "Citing" are none, "Emily", "Fleming" are names."""

from __future__ import annotations

from functools import lru_cache

from indexer.ordinary_words import ordinary_words
from indexer.people_words import lexicon
from indexer.verbs import verb_form

_LONGEST = 9
"""Letters of a first name; longer words are adverbs that the list of ordinary words does not hold."""

_NAMES = frozenset("bailly billy carly everly harding ling milly ming polly shelly sterling tilly willy".split())
"""Names of which an ordinary word is left."""

_ADVERBS = frozenset("duly jolly truly wholly".split())


@lru_cache(maxsize=1 << 14)
def ends_as_name(word: str) -> bool:
    """Whether a lower-case word in -ly or -ing is rather a name: nothing that news writes small is left without its ending.

    *Emily* Orsk said it held; *Fleming* Hale said so.  Not: *Sadly* Ann Lee lost; *Citing* Harbour News, he left.

    >>> [ends_as_name(word) for word in ("emily", "fleming", "sadly", "tragically", "citing", "stopping")]
    [True, True, False, False, False, False]
    """
    if word in _NAMES:
        return True
    if _ordinary(word) or len(word) > _LONGEST or word in _ADVERBS:
        return False
    stem = word[:-2] if word.endswith("ly") else word[:-3]
    if word.endswith("ing"):
        return not any(_ordinary(form) or verb_form(form) for form in (stem, f"{stem}e", stem[:-1]) if len(form) > 1)
    if stem.endswith("i"):  # "happily"
        return not _ordinary(f"{stem[:-1]}y")
    ends = (f"{stem}l",) if stem.endswith("l") else (f"{stem}e", f"{stem}le")  # "fully"; "truly", "simply"
    return not any(_ordinary(form) for form in (stem, stem.removesuffix("al"), *ends) if len(form) > 2)


def _ordinary(word: str) -> bool:
    return word in ordinary_words() or word in lexicon()
