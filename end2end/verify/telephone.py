"""Whether two texts name one telephone number. Where that is in doubt, they do.

Source: FORMAT.md of the record, part 8.
"""

import re
import unicodedata

TELLING, MOST = 7, 15
INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
RUN = re.compile(rf"[0-9+()\-.\u2010-\u2015\u2212\s{INVISIBLE}]+")
EXTENSION = re.compile(r"ext|durchwahl|poste| x|#", re.ASCII | re.IGNORECASE)
COUNTRY_MOST = 3
KEYS = {letter: digit for digit, letters in zip("23456789", ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")) for letter in letters}


def same_number(one: str, other: str) -> bool:
    return any(_alike(*pair) for pair in ((a, b) for a in numbers(one) for b in numbers(other)))


def numbers(text: str) -> set[tuple[str, bool]]:
    """Each number that a text may be read as: its digits, and whether the country's are among them."""
    text = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text))
    found = set()
    for part in re.split(r"[,;/|\n\t]", text):
        part = _without_extension(part)
        for run in RUN.findall(part):
            whole = _read(run)
            if whole:
                found.add(whole)
                continue
            # Too long for one number: a date or another number follows at once.
            groups = run.split()[:40]
            spans = [groups[first:last] for first in range(len(groups)) for last in range(first + 1, min(len(groups), first + 8) + 1)]
            found |= {_read(" ".join(span)) for span in spans} - {None}
        begins = re.search(r"[0-9+]", part)
        if begins and re.search(r"[A-Z]", part):
            found |= {_read("".join(KEYS.get(sign, sign) for sign in part[begins.start() :]))} - {None}
    return found


def _read(run: str) -> tuple[str, bool] | None:
    run = re.sub(r"^[^+(0-9]+", "", run).replace("(0)", "")
    digits = "".join(re.findall(r"[0-9]", run))
    if run.lstrip("( ").startswith("+"):
        whole = True
    elif digits.startswith("011") and len(digits) > 13:
        digits, whole = digits[3:], True
    elif digits.startswith("00"):
        digits, whole = digits[2:], True
    else:
        digits, whole = digits.lstrip("0"), False
    return (digits, whole) if 3 <= len(digits) <= MOST else None


def _alike(one: tuple[str, bool], other: tuple[str, bool]) -> bool:
    (mine, whole), (theirs, theirs_whole) = one, other
    if mine == theirs:
        return True
    if whole and theirs_whole:
        return theirs in _without_trunk(mine) or mine in _without_trunk(theirs)
    if min(len(mine), len(theirs)) < TELLING:
        return False
    return mine.endswith(theirs) or theirs.endswith(mine)


def _without_trunk(digits: str) -> set[str]:
    """A whole number less a zero that may stand after the country's code: it is dialled within the country only."""
    return {digits[:at] + digits[at + 1 :] for at in range(1, COUNTRY_MOST + 1) if digits[at : at + 1] == "0"}


def _plain(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def _without_extension(part: str) -> str:
    before = re.match(rf"(?:[^0-9]*[0-9]){{{TELLING}}}", part)
    found = before and EXTENSION.search(part, before.end())
    return part[: found.start()] if found else part
