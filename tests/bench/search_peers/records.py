"""The records and queries of the search bench, as every engine reads them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FACETS = ("speaker", "topic", "outlet", "month", "kind")

Question = Callable[[], tuple[int, int]]
"""Asks and answers how many records match (-1 where that is not counted) and how many ids came."""


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def yyyymmdd(day: str) -> int:
    return int(day.replace("-", ""))
