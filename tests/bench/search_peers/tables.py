"""The tables that the search bench prints."""

from __future__ import annotations

from typing import Any


def report(search: dict[str, Any], build: dict[str, Any]) -> None:
    """Print the tables."""
    for mode in ("faceted", "top"):
        kinds = list(dict.fromkeys(kind for engine in search.values() for kind in engine[mode]))
        print(f"\n{mode}: median / p95 of process CPU, ms (ratio to Tantivy)")
        print(f"{'type':12}{'hits':>9}" + "".join(f"{name:>30}" for name in search))
        for kind in kinds:
            cells = []
            for engine in search.values():
                if kind not in engine[mode]:
                    cells.append(f"{'-':>30}")
                    continue
                cell, base = engine[mode][kind], search.get("tantivy", {}).get(mode, {}).get(kind)
                ratio = (
                    f" ({cell['median_ms'] / base['median_ms']:.2f} {cell['p95_ms'] / base['p95_ms']:.2f})"
                    if base
                    else ""
                )
                cells.append(f"{cell['median_ms']:>9.2f} /{cell['p95_ms']:>8.2f}{ratio:>11}")
            hits = next(
                (int(engine["faceted"][kind]["hits"]) for engine in search.values() if kind in engine["faceted"]), 0
            )
            print(f"{kind:12}{hits:>9}" + "".join(cells))
    print("\nbuild")
    for name, figures in build.items():
        print(f"{name:12}" + "  ".join(f"{what} {value:,.1f}" for what, value in figures.items()))
