"""The address of a search: its parameters in order, and the addresses one step away from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

_PLACE = ("page", "cursor")  # where one is in a list; any other change starts at the top again


@dataclass(frozen=True, slots=True)
class Address:
    """Parameters of a search as they stand in its URL: pairs, a name may come again. Immutable."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Address:
        """Keep what says something: pairs without a value are dropped, and so are repetitions."""
        return cls(tuple(dict.fromkeys((name, value) for name, value in pairs if value.strip())))

    def get(self, name: str) -> str:
        """The first value of a parameter, or empty."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(value for key, value in self.pairs if key == name)

    def top(self) -> Address:
        """The same search from its first page."""
        return Address(tuple(pair for pair in self.pairs if pair[0] not in _PLACE))

    def having(self, name: str, value: str) -> Address:
        """With one value more."""
        return Address(tuple(dict.fromkeys((*self.top().pairs, (name, value)))))

    def lacking(self, name: str, value: str | None = None) -> Address:
        """Without one value of a parameter, or without any."""
        return Address(
            tuple((key, held) for key, held in self.top().pairs if key != name or (value is not None and held != value))
        )

    def setting(self, name: str, *values: str) -> Address:
        """With exactly these values of a parameter; an empty one means none."""
        return Address((*self.lacking(name).pairs, *((name, value) for value in values if value)))

    def at_page(self, page: int) -> Address:
        """Another page of the same results."""
        return self.setting("page", str(page) if page > 1 else "")

    def query(self) -> str:
        """The parameters, percent-encoded, without the question mark."""
        return urlencode(self.pairs)

    def href(self, path: str = "/") -> str:
        """The address below a path."""
        return f"{path}?{self.query()}" if self.pairs else path


def segment(text: str) -> str:
    """An id as one piece of a path: slashes and all else that means something in an address are escaped."""
    return quote(text, safe="")
