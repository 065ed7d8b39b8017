"""Groups that grow by merging, kept from holding two that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Unions:
    """Union-find over numbers, with the articles that each group's members stand in.

    Two members of one article are two people; a merge that would join them is refused.
    """

    def __init__(self, article: Sequence[int]) -> None:
        self._above = list(range(len(article)))
        self._members: list[list[int]] = [[n] for n in range(len(article))]
        self._articles: list[set[int]] = [{number} for number in article]

    def root(self, n: int) -> int:
        """The number that stands for the group of ``n``."""
        while self._above[n] != n:
            self._above[n] = self._above[self._above[n]]
            n = self._above[n]
        return n

    def members(self, n: int) -> Sequence[int]:
        """Everyone in the group of ``n``."""
        return self._members[self.root(n)]

    def articles(self, n: int) -> int:
        """How many articles the group of ``n`` is in."""
        return len(self._articles[self.root(n)])

    def apart(self, a: int, b: int) -> bool:
        """Whether some article has one of each."""
        one, other = self._articles[self.root(a)], self._articles[self.root(b)]
        return not one.isdisjoint(other)

    def merge(self, a: int, b: int) -> bool:
        """Make the groups of ``a`` and ``b`` one, unless an article keeps them apart. Returns whether they are one now."""
        keep, gone = self.root(a), self.root(b)
        if keep == gone:
            return True
        if self.apart(keep, gone):
            return False
        self.join(keep, gone)
        return True

    def join(self, a: int, b: int) -> None:
        """Make the groups of ``a`` and ``b`` one, whatever articles say."""
        keep, gone = self.root(a), self.root(b)
        if keep == gone:
            return
        if len(self._members[keep]) < len(self._members[gone]):
            keep, gone = gone, keep
        self._above[gone] = keep
        self._members[keep] += self._members[gone]
        self._articles[keep] |= self._articles[gone]
        self._members[gone], self._articles[gone] = [], set()

    def groups(self, numbers: Iterable[int]) -> list[list[int]]:
        """The groups of ``numbers``, members ascending, in order of their first member."""
        roots = {self.root(n): None for n in numbers}
        return sorted(sorted(self._members[root]) for root in roots)
