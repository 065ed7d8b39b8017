"""Dates as publishers write them, to ISO 8601 at their own precision: a day stays a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_DAY_FIRST = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})$", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")


def parse_published(value: object) -> str:
    """Read a publication date.

    Args:
        value: What the input gives: a string in ISO 8601, RFC 2822 or written out in English, or seconds since 1970.

    Returns:
        ``YYYY-MM-DD``, or ``YYYY-MM-DDTHH:MM:SS`` with the zone if there was one; empty when it cannot be read.
        A midnight without zone is taken as a day, because that is what systems without times write.
    """
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _from_seconds(float(value))
    text = str(value).strip()
    if len(text) > 60:
        return ""
    return _iso_time(text) or _calendar(text) or _rfc2822(text)


def _from_seconds(seconds: float) -> str:
    if not 1e8 <= seconds <= 1e10:  # 1973 to 2286: anything else is not a date in seconds
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso_time(text: str) -> str:
    found = _ISO_TIME.match(text)
    if not found or not _valid_day(found[1]):
        return ""
    day, clock, seconds, zone = found.groups()
    if clock > "23:59" or (seconds or "00") > "60":
        return ""
    if clock == "00:00" and (seconds or "00") == "00" and not zone:
        return day
    return f"{day}T{clock}:{seconds or '00'}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone or zone in ("Z", "UTC", "GMT"):
        return "Z" if zone else ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _calendar(text: str) -> str:
    if found := _ISO_DAY.match(text) or _COMPACT.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        return _day(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_FIRST.match(text):
        return _day(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return ""


def _rfc2822(text: str) -> str:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return ""
    zone = when.strftime("%z")
    return when.strftime("%Y-%m-%dT%H:%M:%S") + (f"{zone[:3]}:{zone[3:5]}" if zone else "")


def _valid_day(day: str) -> bool:
    return bool(_day(*map(int, day.split("-"))))


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
