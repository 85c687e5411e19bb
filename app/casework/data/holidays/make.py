"""Writes the kept holidays, one file for each calendar.

    python3 -m venv v && v/bin/pip install holidays==0.109
    v/bin/python app/casework/data/holidays/make.py

Source: the Python package `holidays` (https://pypi.org/project/holidays, MIT, by the Vacanza team).
What is written is data: dates and the days' English names, and nothing of the package itself. A
calendar names what holds in the whole country; a canton's, a state's or a town's own days are the
administrator's to add.

A line is a name and its dates: most names come back every year, and the browser is sent them once.
"""

import pathlib
import sys

import holidays

VERSION = "0.109"
YEARS = range(2024, 2033)
# code, name, country and part of it in the package, days of the weekend
KEPT = [
    ("AT", "Austria", ("AT", None)),
    ("CH", "Switzerland, days of the whole country", ("CH", None)),
    ("DE", "Germany, days of the whole country", ("DE", None)),
    ("ES", "Spain, days of the whole country", ("ES", None)),
    ("FR", "France", ("FR", None)),
    ("GB-EAW", "England and Wales", ("GB", "ENG")),
    ("IE", "Ireland", ("IE", None)),
    ("IT", "Italy", ("IT", None)),
    ("NL", "The Netherlands", ("NL", None)),
    ("US", "United States, federal holidays", ("US", None)),
]


def main():
    if holidays.__version__ != VERSION:
        sys.exit(f"this needs holidays {VERSION}, and finds {holidays.__version__}")
    here = pathlib.Path(__file__).parent
    for code, name, (country, part) in KEPT:
        kept = holidays.country_holidays(country, subdiv=part, years=YEARS, language="en_US")
        dates = {}
        for day in sorted(kept):
            if day.year in YEARS:
                # Two holidays that fall on one day are one day nobody works.
                dates.setdefault(kept[day].replace("; ", " and "), []).append(day.isoformat())
        lines = [
            f"# {name}",
            f"# Source: Python package holidays {VERSION} (MIT), {country}{'-' + part if part else ''}",
            f"# Years: {YEARS.start} to {YEARS.stop - 1}; made by make.py",
        ]
        lines += [f"{title}: {' '.join(days)}" for title, days in dates.items()]
        (here / f"{code}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
