"""The people and organisations of one article, with what its text shows of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.names_at import NamesAt
from indexer.roles import Role
from indexer.spots import Spot

_SPOTS = 40


@dataclass(slots=True)
class LocalName:
    """One entity while an article is being read.

    Attributes:
        number: Its place in the order of first appearance.
        person: Sum of the evidence for (above 0) or against a person.
        spots: Where it is named.
        roles: Roles given to it, in text order.
        gender: Votes for ``m`` and ``f`` from the article's own words.
        full: The folded words of its fullest name.
    """

    number: int
    full: tuple[str, ...]
    person: float = 0.0
    spots: list[Spot] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: dict[str, int] = field(default_factory=lambda: {"m": 0, "f": 0})

    @property
    def is_person(self) -> bool:
        """Whether the evidence makes it a person."""
        return self.person >= 0.5

    @property
    def could_be_person(self) -> bool:
        """Whether nothing speaks against a person."""
        return self.person > 0.3

    @property
    def could_be_body(self) -> bool:
        """Whether only the verb of saying behind a lone word made it a person: "Flitter said" may be a firm's."""
        return (
            not self.roles
            and self.person < 1.5
            and not any(self.gender.values())
            and all(len(spot.words) == 1 and not spot.personal for spot in self.spots[:_SPOTS])
        )


@dataclass(slots=True)
class LocalNames:
    """All entities of an article, which of them each spot names, the title before each spot, and which spot is at a token."""

    names: list[LocalName]
    spots: list[Spot]
    owner: list[int]
    titles: list[Role | None]
    at: NamesAt = field(init=False)

    def __post_init__(self) -> None:
        self.at = NamesAt(self.spots)
