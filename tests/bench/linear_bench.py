#!/usr/bin/env python3
"""Whether the cost of extraction grows with the length of an article and no faster: linear_bench.py [--sizes MB,MB,...] [--only PATTERN] [--json OUT]

Articles are made of one hostile pattern each, in every size. Prints seconds of process CPU a megabyte: a linear extractor prints like
numbers in each line, a quadratic one numbers that grow with the size.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from indexer.article import Article
from indexer.extracting import tagger
from indexer.pipeline import extract

PATTERNS = {
    "news": "The dam will hold, Mayor Tom Hale said on Monday. “We built it well,” he told Harbour News. Ann Lee disagreed.\n\n",
    "quotation marks": '” “ " ',
    "opening marks": "“ ",
    "single marks": "' ‘ ’ ",
    "brackets": "[ ( ] ) ",
    "capitals": "Tom Hale Ann Lee ",
    "new names": None,
    "said": "said ",
    "he said that": "he said that the dam would hold and ",
    "no sentence end": "the dam will hold, said the mayor of the town, and the ",
    "one long quote": "we built it well and it will hold ",
    "pronouns": "He said she said. ",
    "turns": "HALE: It holds.\n\nQ: Does it?\n\n",
    "lines": "a\n",
    "stops": ". ",
    "one word": "x",
    "colons": "Hale: ",
}


def text(pattern: str, size: int) -> str:
    """About ``size`` characters of a pattern."""
    if pattern == "new names":
        letters = "abcdefghijklmnopqrstuvwxyz"
        made = (
            f"{letters[n % 26].upper()}{letters[n // 26 % 26]}{letters[n // 676 % 26]}o Ha{letters[n // 17576 % 26]}e said. "
            for n in range(size // 15)
        )
        return "".join(made)
    unit = PATTERNS[pattern] or ""
    whole = unit * (size // len(unit))
    return f"“{whole}" if pattern == "one long quote" else whole


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0.625,1.25,2.5,5", help="megabytes")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", help="one pattern")
    options = parser.parse_args()
    sizes = [float(size) for size in options.sizes.split(",")]
    extract(Article(id="a", text=text("news", 50_000), title=""), tagger())  # loads models and lexicons
    print(f"{'seconds a megabyte':<18}" + "".join(f"{size:>9.2f} MB" for size in sizes) + "   last/first")
    table: dict[str, list[float]] = {}
    for pattern in PATTERNS:
        if options.only and pattern != options.only:
            continue
        row = []
        for size in sizes:
            article = Article(id="a", text=text(pattern, int(size * 1e6)), title="")
            since = time.process_time()
            extract(article, tagger())
            row.append((time.process_time() - since) / size)
        table[pattern] = row
        print(f"{pattern:<18}" + "".join(f"{value:>12.2f}" for value in row) + f"{row[-1] / row[0]:>12.2f}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(table, indent=2), "utf-8")


if __name__ == "__main__":
    main()
