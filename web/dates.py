"""Days and times as people read them, at the precision they were given and never finer."""

from __future__ import annotations

from calendar import monthrange

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def readable(published: str) -> str:
    """``2024-03-05T14:30+01:00`` -> ``5 March 2024, 14:30 (+01:00)``; empty stays empty.

    Args:
        published: ISO 8601 at any precision; what cannot be read is returned as it is.
    """
    day, _, time = published.partition("T")
    try:
        parts = [int(part) for part in day.split("-")]
        words = [str(parts[0])]
        if len(parts) > 1:
            words.insert(0, MONTHS[parts[1] - 1])
        if len(parts) > 2:
            words.insert(0, str(parts[2]))
    except (ValueError, IndexError):
        return published
    if not time:
        return " ".join(words)
    clock, zone = time[:5], time[5:].lstrip(":0123456789.")
    return f"{' '.join(words)}, {clock}" + (f" ({'UTC' if zone == 'Z' else zone})" if zone else "")


def month_label(month: str) -> str:
    """``2024-03`` -> ``March 2024``."""
    return readable(month)


def last_day(month: str) -> str:
    """``2024-02`` -> ``2024-02-29``; a year gives its 31 December."""
    if len(month) == 4:
        return f"{month}-12-31"
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{monthrange(year, number)[1]:02d}"


def first_day(month: str) -> str:
    """``2024-02`` -> ``2024-02-01``; a year gives its 1 January."""
    return f"{month}-01-01" if len(month) == 4 else f"{month}-01"
