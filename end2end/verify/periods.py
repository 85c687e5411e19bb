"""Moments, days in a time zone, and when a period ends.

Source: FORMAT.md of the record, part 7. Moments are whole nanoseconds since 1970, in UTC.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from fault import need
from sealed import moment

SECOND = 10**9
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = 2**80
# Most days that are looked at for one period.
DAYS_MOST = 40_000
WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
ZONED = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([+-])(\d\d):(\d\d)(?::(\d\d))?\[!?([^\]]+)\]")
FIXED = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?")


def instant(text: str) -> int:
    """A moment in UTC, as events tell it."""
    second, more = moment(text)
    return _since(second.replace(tzinfo=UTC)) + more


def zone_of(name: str):
    """A time zone by its name in the IANA database, or by its offset."""
    fixed = FIXED.fullmatch(name)
    if fixed:
        return timezone(_offset(*fixed.groups()))
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        need(False, f"No time zone has the name \u201c{name[:60]}\u201d.")


def zoned(text: object) -> tuple[int, object]:
    """A moment where it happened, and the time zone it is told in (RFC 9557)."""
    found = ZONED.fullmatch(text) if isinstance(text, str) else None
    need(found, "A moment is not written as RFC 9557 asks.")
    wall, more, sign, hours, minutes, seconds, name = found.groups()
    try:
        at = datetime.fromisoformat(wall).replace(tzinfo=timezone(_offset(sign, hours, minutes, seconds)))
        return _since(at) + int((more or "").ljust(9, "0")), zone_of(name)
    except ValueError:
        need(False, "A moment is on no calendar.")


def day_of(text: object) -> date:
    """A day as a form or a step tells it."""
    try:
        return date.fromisoformat(text.strip() if isinstance(text, str) else "")
    except ValueError:
        need(False, "A day is on no calendar.")


def day_in(at: int, zone) -> date:
    """The day of a moment on the walls of a zone."""
    return (EPOCH + timedelta(seconds=at // SECOND)).astimezone(zone).date()


def to_the_minute(at: int) -> int:
    """The moment, cut to the minute: a form tells no seconds."""
    return at - at % (60 * SECOND)


def on_wall(day: date, clock: time, zone) -> int:
    """A time of day in a zone; of an hour that came twice the first, of one that never came as much later."""
    return _since(datetime.combine(day, clock, zone))


def last_second(day: date, zone) -> int:
    """The last second of a day in a zone."""
    if day == date.max:
        return NEVER
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    # Where midnight comes twice, the second one ends the day if the minute before it still lies in it.
    late = max(_since(midnight), _since(midnight.replace(fold=1))) - SECOND
    return late if day_in(late, zone) == day else _since(midnight) - SECOND


def touched(day: date, zone, pauses: list[tuple[int, int | None]]) -> bool:
    """Whether a clock was paused on this day: the days it was paused and ran again on are both included."""
    return any(day_in(begun, zone) <= day and (ended is None or day <= day_in(ended, zone)) for begun, ended in pauses)


def ends(start: int, zone, length: dict, calendars: dict, pauses: list[tuple[int, int | None]] = ()) -> int | None:
    """The last moment of a period; none where a clock that is paused now has no end.

    Of periods in hours no clock that is paused is asked for here.
    """
    count, unit = length["count"], length["unit"]
    if unit == "hours":
        return start + count * 3600 * SECOND
    calendar = calendars.get(length.get("calendar")) if unit == "working_days" else None
    weekend, holidays = (set(calendar["weekend"]), calendar["holidays"]) if calendar else (set(), {})
    day = day_in(start, zone)
    for _ in range(DAYS_MOST):
        if not count:
            break
        if day == date.max:
            return NEVER
        day += timedelta(days=1)
        if any(ended is None and day_in(begun, zone) <= day for begun, ended in pauses):
            return None
        # A day that a zone left out never was: Samoa went from the 29th to the 31st of December 2011.
        was = day_in(last_second(day, zone), zone) == day
        worked = WEEK[day.weekday()] not in weekend and day.isoformat() not in holidays
        count -= was and worked and not touched(day, zone, pauses)
    return last_second(day, zone)


def _since(at: datetime) -> int:
    return (at - EPOCH) // timedelta(seconds=1) * SECOND


def _offset(sign: str, hours: str, minutes: str, seconds: str | None) -> timedelta:
    offset = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -offset if sign == "-" else offset
