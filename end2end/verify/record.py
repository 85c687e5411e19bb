"""`case.json`: exactly the fields it has, each of its kind.

Source: FORMAT.md of the record, part 2.
"""

import json

from fault import Unusable, need
from note import Malformed
from sealed import strict_json

FORMAT = "disclosure-desk/record/v2"
MAYBE = type(None)
OPENING = {"salt": str, "value": str}
# The order is the order in the file.
SEALED = {"seq": int, "leaf": str, "salt": str, "payload": str, "openings": [OPENING], "proof": [str]}
EARLIER = {"checkpoint": str, "proof": [str]}
SUCCESSION = {"checkpoint": str, "entry": SEALED}
LEDGER = {
    "origin": str,
    "keys": [str],
    "checkpoint": str,
    "entries": [SEALED],
    "policy": (SEALED, MAYBE),
    "seal": (SEALED, MAYBE),
    "successions": [SUCCESSION],
    "earlier": [EARLIER],
}
RECORD = {
    "format": str,
    "edition": str,
    "organisation": str,
    "as_of": str,
    "case": dict,
    "policy": (dict, MAYBE),
    "masked": [str],
    "ledger": LEDGER,
}


def read(raw: bytes) -> dict:
    try:
        told = strict_json(raw.decode("utf-8"))
    except (UnicodeDecodeError, Malformed) as error:
        need(False, f"case.json cannot be read: {error}")
    need(isinstance(told, dict), "case.json is no object.")
    stands = told.get("format")
    if isinstance(stands, str) and stands != FORMAT and stands.startswith("disclosure-desk/record/"):
        raise Unusable(f"This record is of the format {stands}; this verifier reads {FORMAT}.")
    shape(told, RECORD, "case.json")
    need(stands == FORMAT, "case.json does not say that it is a record.")
    need(told["edition"] in ("full", "redacted"), "case.json is of an edition that there is none of.")
    # One way to write it, so that two records of one case under one checkpoint are the same.
    written = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    need(raw == written.encode(), "case.json is spelled otherwise than the desk spells it.")
    return told


def shape(value, wanted, where: str) -> None:
    if isinstance(wanted, tuple):
        if value is not None:
            shape(value, wanted[0], where)
    elif isinstance(wanted, list):
        need(isinstance(value, list), f"{where} is no list.")
        for at, one in enumerate(value):
            shape(one, wanted[0], f"{where}/{at}")
    elif isinstance(wanted, dict):
        need(isinstance(value, dict), f"{where} is no object.")
        for key in wanted.keys() - value.keys():
            need(False, f"{where} lacks \u201c{key}\u201d.")
        for key in value.keys() - wanted.keys():
            need(False, f"{where} has \u201c{key[:40]}\u201d, which does not belong there.")
        need(list(value) == list(wanted), f"{where} tells its fields in another order than the desk does.")
        for key, inner in wanted.items():
            shape(value[key], inner, f"{where}/{key}")
    else:
        need(type(value) is wanted, f"{where} is of another kind than it must be.")
