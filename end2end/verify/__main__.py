"""Verifies a disclosure record offline, without any code of the desk.

    python end2end/verify RECORD.pdf [--checkpoint FILE]... [--key VKEY]... [--opening FILE]...
                                     [--consistency FILE]... [--json]

Exit codes: 0 intact; 1 altered; 2 no record, or it cannot be read; 3 signature unknown; 4 older than
a checkpoint you hold; 5 diverged from a checkpoint you kept; 6 rules broken; 7 not connected to the
checkpoint you kept.
"""

import argparse
import json
import sys
from pathlib import Path

import kept
from fault import CODES, UNUSABLE, Altered, Unusable
from judge import Beside, Judgement, judge
from note import Key, Malformed, unbase64
from record import OPENING, shape
from sealed import strict_json

FILE_MOST = 512 * 1024 * 1024
ASIDE_MOST = 64 * 1024 * 1024
UNMASKING = {"format": str, "openings": [{"seq": int, "place": str, **OPENING}]}
TELLS = ("number", "edition", "organisation", "origin", "size", "root", "as_of", "sealed_by", "certificate_sha256", "timestamp", "keys", "cosigned_by", "sha256")


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("record", metavar="RECORD.pdf")
    asked.add_argument("--checkpoint", metavar="FILE", action="append", default=[], help="a checkpoint that you kept, a bundle of them, or another record")
    asked.add_argument("--consistency", metavar="FILE", action="append", default=[], help="a proof that one checkpoint grew out of another")
    asked.add_argument("--key", metavar="VKEY", action="append", default=[], help="a key that you trust, or a file of them")
    asked.add_argument("--opening", metavar="FILE", action="append", default=[], help="texts of a redacted record that were shown to you")
    asked.add_argument("--json", action="store_true", help="answer in JSON")
    options = asked.parse_args(arguments)
    its = None
    try:
        beside = Beside(keys(options.key))
        for name in options.checkpoint:
            beside.kept.append(kept.read(name, content(name, FILE_MOST)))
        for name in options.consistency:
            beside.growths += kept.read(name, content(name, ASIDE_MOST)).growths
        for name in options.opening:
            beside.shown += shown(name)
        its = judge(content(options.record, FILE_MOST), beside)
        verdict, says = its.verdict()
        code = CODES[verdict]
    except Unusable as error:
        verdict, says, code = UNUSABLE, str(error), 2
    except Exception as error:  # noqa: BLE001: whatever a hostile file brings about is an answer.
        verdict, says, code = "altered", f"The file is damaged in a way that ends reading it ({type(error).__name__}).", 1
    (tell_json if options.json else tell)(verdict, code, says, its)
    return code


def content(name: str, most: int) -> bytes:
    try:
        with Path(name).open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise Unusable(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if len(data) > most:
        raise Unusable(f"{name} is larger than {most // 1024 // 1024} MiB.")
    return data


def keys(given: list[str]) -> list[Key]:
    found = []
    for one in given:
        try:
            lines = [one] if "+" in one else content(one, ASIDE_MOST).decode("utf-8").split()
            found += [Key.read(line) for line in lines]
        except (Malformed, UnicodeDecodeError) as error:
            raise Unusable(f"--key {one[:80]}: {error}") from error
    return found


def shown(name: str) -> list[tuple[int, str, bytes, str]]:
    try:
        told = strict_json(content(name, ASIDE_MOST).decode("utf-8"))
        shape(told, UNMASKING, name)
        if told["format"] != "disclosure-desk/unmasking/v1":
            raise Malformed("It is no file of shown texts.")
        return [(one["seq"], one["place"], unbase64(one["salt"], 16), one["value"]) for one in told["openings"]]
    except (Altered, Malformed, UnicodeDecodeError) as error:
        raise Unusable(f"{name}: {error}") from error


def tell(verdict: str, code: int, says: str, its: Judgement | None) -> None:
    lines = [f"{verdict.upper()}: {says}"]
    if its:
        marks = {True: "holds", False: "FAILS", None: "open"}
        lines += [f"  {marks[one['holds']]:<6} {one['check']:<10} {one['says']}" for one in its.checks]
        lines += [f"  {name}: {its.record[name]}" for name in TELLS if its.record.get(name) not in (None, [])]
    # A record's texts are not to steer somebody's terminal.
    safe = "\n".join("".join(one if one.isprintable() else "\ufffd" for one in line) for line in lines)
    print(safe.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))


def tell_json(verdict: str, code: int, says: str, its: Judgement | None) -> None:
    record = {name: its.record.get(name) for name in TELLS} if its else None
    print(json.dumps({"verdict": "unreadable" if verdict == UNUSABLE else verdict.replace(" ", "-"), "code": code, "says": says, "checks": its.checks if its else [], "record": record}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
