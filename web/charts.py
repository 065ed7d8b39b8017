"""Charts drawn on the server as SVG without any inline style: colours come from the page's style sheet by class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from web.dates import month_label

_HEIGHT = 64
_MOST_BARS = 60  # beyond five years of months, years are shown
_LEAST_BARS = 12  # months of one year stand in their year, a few across New Year with the months before them


@dataclass(frozen=True, slots=True)
class Bar:
    """One period with its count. ``period`` is ``2024-03`` or ``2024``."""

    period: str
    count: int
    href: str = ""
    chosen: bool = False


def periods(months: Sequence[tuple[str, int]], most: int = _MOST_BARS) -> list[tuple[str, int]]:
    """Counts by month without gaps, or by year where that would be more than ``most`` months.

    Args:
        months: ``(YYYY-MM, count)``; any order.
        most: Greatest number of months to draw.
    """
    counts = {month: count for month, count in months if len(month) == 7}
    if not counts:
        return []
    first, last = (_number(month) for month in (min(counts), max(counts)))
    if last - first < most:
        if first // 12 == last // 12:
            first, last = first // 12 * 12, first // 12 * 12 + 11
        first = min(first, last + 1 - _LEAST_BARS)
        return [(_month(n), counts.get(_month(n), 0)) for n in range(first, last + 1)]
    years: dict[str, int] = {str(year): 0 for year in range(first // 12, last // 12 + 1)}
    for month, count in counts.items():
        years[str(int(month[:4]))] += count
    return [(year.zfill(4), count) for year, count in years.items()]


def histogram(bars: Sequence[Bar], label: str, unit: str = "records") -> Markup:
    """Bars over time; each is a link where it has an ``href``. One stop of the Tab key, arrows move on (app.js).

    Args:
        bars: In time order.
        label: What the chart shows, for people who hear the page.
        unit: What is counted.
    """
    if not bars:
        return Markup("")
    linked = any(bar.href for bar in bars)
    width, peak = 10 * len(bars), max(max(bar.count for bar in bars), 1)
    parts, reached = [], False
    for place, bar in enumerate(bars):
        height = 0 if not bar.count else max(2.0, bar.count / peak * (_HEIGHT - 2))
        name = f"{month_label(bar.period)}: {bar.count:,} {unit if bar.count != 1 else unit.removesuffix('s')}"
        css = "bar chosen" if bar.chosen else "bar"
        name += ", chosen" if bar.chosen else ""
        drawn = (
            f"<title>{escape(name)}</title>"
            f'<rect class="reach" x="{10 * place}" y="0" width="10" height="{_HEIGHT}"/>'
            f'<rect class="{css}" x="{10 * place + 1}" y="{_HEIGHT - height:.1f}" width="8" height="{height:.1f}"/>'
        )
        if bar.href:
            stop, reached = ("-1", True) if reached else ("0", True)
            parts.append(
                f'<a href="{escape(bar.href)}" tabindex="{stop}" aria-label="{escape(name)}"'
                f' data-period="{escape(bar.period)}">{drawn}</a>'
            )
        else:
            parts.append(f'<g data-period="{escape(bar.period)}">{drawn}</g>')
    role = "group" if linked else "img"
    return Markup(  # noqa: S704 - everything from outside is escaped above
        f'<svg class="histogram" role="{role}" aria-label="{escape(label)}" viewBox="0 0 {width} {_HEIGHT}"'
        f' preserveAspectRatio="none" focusable="false">{"".join(parts)}</svg>'
    )


def share_bar(count: int, most: int) -> Markup:
    """A horizontal bar of ``count`` out of ``most``, for lists; the number beside it says the same in words."""
    share = 100 * count / most if most else 0
    return Markup(  # noqa: S704 - only numbers
        f'<svg class="share" aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none">'
        f'<rect class="bar" x="0" y="0" width="{share:.1f}" height="6"/></svg>'
    )


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
