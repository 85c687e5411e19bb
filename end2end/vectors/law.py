"""Makes the vectors of the law: telephone numbers, ends of periods, and whole lives of cases.

    python end2end/vectors/law.py

What must come out is written here by hand, from the desk's domain, `authorization.txt` and FORMAT.md,
parts 7 and 8. Nothing is shared with a verifier.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lives as lived

HERE = Path(__file__).parent


def numbers():
    same = [
        ("+1 555 014 2000", "(555) 014-2000"),
        ("+44 (0)20 7946 0000", "020 7946 0000"),
        ("+44 20 7946 0000", "0044 20 7946 0000"),
        ("011 44 20 7946 0000", "+442079460000"),
        ("+39 06 1234567", "06 1234567"),
        ("+1 555 0142", "+1.555.0142"),
        ("+1 555 0142 ext. 12", "+1 555 0142"),
        ("Duty desk: +1 555 0142 (nights)", "+1 555 0142"),
        ("+1 555 0143 / +1 555 0142", "+1 555 0142"),
        ("+1 555 0143 +1 555 014 2000", "+1 555 014 2000"),
        ("555 014 2000 2026-03-02 10:15", "+1 555 014 2000"),
        ("1-800-CALL-NOW", "1 800 225 5669"),
        ("+1 555 01\u200b42", "+1 555 0142"),
        ("\uff0b1 555 0142", "+1 555 0142"),
        ("\u0661\u0660\u0660 \u0665\u0665\u0665 \u0660\u0661", "10055501"),
        ("112", "112"),
        ("0664 1234567", "+43 664 1234567"),
        ("+49 89 5550112 Durchwahl 7", "+49 89 5550112"),
        ("+1\u2011555\u2011014\u20112000", "+1 (555) 014 2000"),
        ("+44 020 7946 0000", "+44 20 7946 0000"),
        ("+44 20 7946 0000", "0044 020 7946 0000"),
        ("+44 (0)20 7946 0000", "+44 020 7946 0000"),
        ("+353 01 555 0142", "00353 1 555 0142"),
        ("+7 0495 123456", "+7 495 123456"),
        ("+39 06 1234567", "+39 6 1234567"),
        ("+43 01 2345", "+43 1 2345"),
        ("text us: +1 555 014 2000 ext. 1234567", "+1 555 014 2000"),
        ("\u0130 +1 555 014 2000 EXT 12", "+1 555 014 2000"),
        ("\U0001e951\U0001e952\U0001e953 \U0001e954\U0001e955\U0001e956\U0001e957", "1234567"),
    ]
    other = [
        ("+1 555 0142", "+1 555 0143"),
        ("+44 20 7946 0000", "+1 20 7946 0000"),
        ("112", "+49 89 555 0112"),
        ("0142", "+1 555 0142"),
        ("the county's own register", "+1 555 0142"),
        ("", ""),
        ("12", "12"),
        ("#4711", "+1 555 0142"),
        ("+44 0020 7946 0000", "+44 20 7946 0000"),
        ("+44 2709 460000", "+44 279 460000"),
        ("+4402079460000", "+442079460001"),
        ("text us: +1 555 014 2000 ext. 1234567", "1234567"),
    ]
    pairs = [(one, two, True) for one, two in same] + [(one, two, False) for one, two in other]
    return [{"name": f"{one!a} and {two!a}", "one": one, "other": two, "same": holds} for one, two, holds in pairs]


def periods():
    vienna = {"AT": {"name": "Austria", "weekend": ["saturday", "sunday"], "holidays": {"2026-04-06": "Easter Monday", "2026-05-01": "Labour Day"}}}
    idle = {"ZZ": {"name": "Nobody works", "weekend": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], "holidays": {}}}
    cases = []

    def add(name, start, count, unit, ends, calendar=None, calendars={}, pauses=()):
        length = {"count": count, "unit": unit} | ({"calendar": calendar} if calendar else {})
        told = [{"from": begun, "until": ended} if ended else {"from": begun} for begun, ended in pauses]
        cases.append({"name": name, "start": start, "length": length, "calendars": calendars, "pauses": told, "ends": ends})

    add("a day in hours", "2026-11-02T14:40:00-05:00[America/New_York]", 24, "hours", "2026-11-03T19:40:00Z")
    add("hours over a night of twenty-three", "2026-03-28T20:00:00+01:00[Europe/Vienna]", 24, "hours", "2026-03-29T19:00:00Z")
    add("hours keep the fraction", "2026-03-02T08:30:00.25+00:00[UTC]", 48, "hours", "2026-03-04T08:30:00.25Z")
    add("days end with the last one", "2026-03-02T08:30:00+00:00[UTC]", 7, "days", "2026-03-09T23:59:59Z")
    add("no day at all ends with the first", "2026-03-02T08:30:00+00:00[UTC]", 0, "days", "2026-03-02T23:59:59Z")
    add("the day of the start is the zone's", "2026-03-02T23:30:00-05:00[America/New_York]", 1, "days", "2026-03-04T04:59:59Z")
    add("days over a change of clocks", "2026-03-25T10:00:00+01:00[Europe/Vienna]", 7, "days", "2026-04-01T21:59:59Z")
    add("a fixed offset", "2026-03-25T10:00:00+05:30[+05:30]", 1, "days", "2026-03-26T18:29:59Z")
    add("over the leap day", "2028-02-27T10:00:00+00:00[UTC]", 2, "days", "2028-02-29T23:59:59Z")
    add("where midnight is skipped", "2026-03-06T10:00:00-05:00[America/Havana]", 1, "days", "2026-03-08T04:59:59Z")
    add("where midnight comes twice", "2026-10-30T10:00:00-04:00[America/Havana]", 1, "days", "2026-11-01T03:59:59Z")
    add("where the last hour comes twice", "2018-02-16T10:00:00-02:00[America/Sao_Paulo]", 1, "days", "2018-02-18T02:59:59Z")
    add("a day that never was", "2011-12-28T10:00:00-10:00[Pacific/Apia]", 3, "days", "2012-01-01T09:59:59Z")
    add("working days skip the weekend", "2026-03-06T10:00:00+01:00[Europe/Vienna]", 1, "working_days", "2026-03-09T22:59:59Z", "AT", vienna)
    add("working days skip holidays", "2026-04-02T10:00:00+02:00[Europe/Vienna]", 3, "working_days", "2026-04-08T21:59:59Z", "AT", vienna)
    add("working days without a calendar", "2026-03-06T10:00:00+01:00[Europe/Vienna]", 1, "working_days", "2026-03-07T22:59:59Z")
    add("working days of a calendar that is not told", "2026-03-06T10:00:00+01:00[Europe/Vienna]", 1, "working_days", "2026-03-07T22:59:59Z", "DE", vienna)
    add("calendar days know no holidays", "2026-04-03T10:00:00+02:00[Europe/Vienna]", 3, "days", "2026-04-06T21:59:59Z", "AT", vienna)
    forty = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=40_001, seconds=-1)
    add("where nobody ever works, forty thousand days are looked at", "2026-03-02T08:30:00+00:00[UTC]", 1, "working_days", forty.strftime("%Y-%m-%dT%H:%M:%SZ"), "ZZ", idle)
    pause = ("2026-03-04T10:00:00Z", "2026-03-06T09:00:00Z")
    add("days that a pause touched do not count", "2026-03-02T08:30:00+00:00[UTC]", 7, "days", "2026-03-12T23:59:59Z", pauses=[pause])
    add("a pause within one day takes that day", "2026-03-02T08:30:00+00:00[UTC]", 7, "days", "2026-03-10T23:59:59Z", pauses=[("2026-03-04T10:00:00Z", "2026-03-04T10:05:00Z")])
    add("a pause after the end moves nothing", "2026-03-02T08:30:00+00:00[UTC]", 1, "days", "2026-03-03T23:59:59Z", pauses=[pause])
    add("what is paused now has no end", "2026-03-02T08:30:00+00:00[UTC]", 7, "days", None, pauses=[("2026-03-04T10:00:00Z", None)])
    return cases


def lives():
    return lived.cases()


def main():
    for made in (numbers, periods, lives):
        cases = made()
        assert len({case["name"] for case in cases}) == len(cases), made.__name__
        lines = ",\n".join(json.dumps(case, ensure_ascii=True, separators=(",", ":")) for case in cases)
        (HERE / f"{made.__name__}.json").write_text(f'{{"cases":[\n{lines}\n]}}\n')
        print(f"{made.__name__}.json: {len(cases)} cases")


if __name__ == "__main__":
    main()
