"""Short names of organisations led back to the full one: "CDC", "the Society", "Orsk Energy" as "Orsk", "RCMP"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from indexer.name_index import NameIndex
from indexer.name_keys import Key, core_of
from indexer.name_tokens import Tokens
from indexer.people_words import W, lexicon
from indexer.spots import Spot

_PAPERS = frozenset(
    "star sun globe post times herald gazette citizen journal tribune province record chronicle examiner telegraph telegram guardian "
    "observer mail courier spectator leader".split()
)
"""Last words of papers' names, by which they are called: "the Star"."""
_PAPERS_COMPARED = 50
_MANY = 1000
_GENERIC = W.COLLECTIVE | W.ORG_HEAD
_FORMS = frozenset("company corporation incorporated limited inc corp co ltd plc llc".split())


class OrganisationLinks:
    """Finds the organisation that a short name means.

    Args:
        tokens: Of the article.
        index: The names found so far.
    """

    def __init__(self, tokens: Tokens, index: NameIndex) -> None:
        self._tokens = tokens
        self._index = index
        self._acronyms: dict[str, int] = {}
        self._bracketed: set[str] = set()

    def define_acronyms(self, spots: Sequence[Spot], keys: Sequence[Key], owner: Sequence[int]) -> None:
        """Tie "UN" to "United Nations": by initials, and by a bracket right behind the name.

        An "and" and what stands behind it may be left out: "CDC" for "Centers for Disease Control and Prevention".
        """
        for name in self._index.names:
            spot = name.spots[0]
            if spot.kind == "person" and len(name.full) < 3:
                continue
            initials = _initials(spot.words)
            if name.full[0] == "us" and len(name.full) > 2:
                initials = "us" + initials[1 + (spot.words[0] == "United") :]
            if len(initials) > 1:
                self._acronyms.setdefault(initials, name.number)
            if "and" in spot.words:
                shorter = _initials(spot.words[: spot.words.index("and")])
                if len(shorter) > 2:
                    self._acronyms.setdefault(shorter, name.number)
            if len(initials) > 2 and name.full[-1] in _FORMS:
                self._acronyms.setdefault(initials[:-1], name.number)  # "G&T" for "Gull and Tern Company"
        words = self._tokens.words
        for index, spot in enumerate(spots):
            bracketed = len(spot.words) == 1 and spot.first > 1 and words[spot.first - 1] == "("
            if not bracketed or not index or owner[index] >= 0:
                continue
            before = spots[index - 1]
            letters = before.words[0] + "".join([word[0] for word in before.words])
            if before.last == spot.first - 2 and owner[index - 1] >= 0 and spot.words[0][0] in letters:
                self._acronyms[keys[index][0]] = owner[index - 1]
                self._bracketed.add(keys[index][0])

    def acronym(self, word: str, capitals: bool) -> int | None:
        """The name that an acronym, folded, stands for; one that is not written in capitals where a bracket gave it: "(Larvolcs)"."""
        return self._acronyms.get(word) if capitals or word in self._bracketed else None

    def by_one_word(self, spot: Spot, word: str) -> int | None:
        """The only organisation whose name begins with a word, or ends with it in capitals or the plural; a paper by its last word.

        "Borealis" is Borealis Mines, "the RCMP" the Orsk RCMP, "the Wolves" the Orsk Wolves, "the Star" the Orsk Star.
        """
        index = self._index
        heads = [n for n in index.holding(word) if not index.personal(n) and core_of(index.names[n].full)[0] == word]
        if len(heads) == 1 and index.names[heads[0]].spots[0].kind == "organisation" and not lexicon().get(word, 0):
            return heads[0]
        if spot.words[0].isupper() or (word.endswith("s") and not self._index.by_last.get(word[:-1])):
            ends = [n for n in index.ending(word) if not index.personal(n)]
            if len(ends) == 1 and len(index.names[ends[0]].full) > 1:
                return ends[0]
        if spot.after_the and word in _PAPERS:
            known = [index.names[n] for n in islice(index.holding(word), _PAPERS_COMPARED)]
            named = [n for n in known if word in (n.full[0], n.full[-1])]
            papers = {n.number for n in named if len(n.full) > 1 and n.spots and n.spots[0].kind == "organisation"}
            if len(papers) == 1:
                return papers.pop()
        return None

    def is_noun(self, word: str) -> bool:
        """Whether a lone word is a noun that a name must be found for: "the Commission", and "Police" where several forces are named."""
        if word == "police" and len(self._forces()) > 1:
            return True
        return bool(lexicon().get(word, 0) & _GENERIC)

    def holding(self, spot: Spot, word: str) -> int | None:
        """The organisation before this place whose name holds a word: "the Society" for "Royal Harbour Society"."""
        if word == "police" and len(self._forces()) > 1:
            return None
        names = self._index.names
        found = [
            (max(s.first for s in names[n].spots[-_MANY:] if s.first < spot.first), n)
            for n in self._index.holding(word)
            if not self._index.personal(n) and any(s.first < spot.first for s in names[n].spots[-_MANY:])
        ]
        return max(found, default=(0, None))[1]

    def _forces(self) -> set[int]:
        """The police forces that the article names in full."""
        index = self._index
        return {n for word in ("police", "rcmp") for n in index.holding(word) if not index.personal(n)}


def _initials(words: Sequence[str]) -> str:
    return "".join([word[0] for word in words if word[0].isupper()]).lower()
