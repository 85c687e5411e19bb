"""One entry of the ledger: its leaf, what the leaf commits to, and the texts that were opened.

Source: FORMAT.md of the record, part 2.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime

from fault import need
from note import Malformed, unbase64
from tree import leaf_hash, root_of

MASK = "\u2588" * 5
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
LEAF = re.compile(
    r"disclosure-desk/leaf/v1\n"
    r"seq (?P<seq>0|[1-9][0-9]{0,18})\n"
    r"at (?P<at>[0-9TZ:.-]+)\n"
    rf"actor (?P<actor>-|{UUID})\n"
    r"action (?P<action>[a-z][a-z_-]*\.[a-z][a-z_-]*)\n"
    rf"case (?P<case>-|{UUID})\n"
    r"object (?P<object>[^\x00-\x20\x7f]+(?: [^\x00-\x20\x7f]+)*)\n"
    r"commitment (?P<commitment>[0-9a-f]{64})\n"
)
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z")
SIZE_DEPTH = 200


def moment(text: object) -> tuple[datetime, int]:
    """A moment as it sorts: to the second, and the nanoseconds after it."""
    found = MOMENT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise Malformed("A moment is not written as RFC 3339 in UTC.")
    try:
        second = datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S")
    except ValueError as error:
        raise Malformed("A moment is on no calendar.") from error
    return second, int((found[2] or "").ljust(9, "0"))


def leaf_of(text: str) -> dict:
    """The lines of a leaf."""
    found = LEAF.fullmatch(text)
    if not found:
        raise Malformed("A leaf is malformed.")
    moment(found["at"])
    return {**found.groupdict(), "seq": int(found["seq"])}


def strict_json(text: str):
    """JSON in which no key stands twice and every text is one that UTF-8 can write."""

    def once(pairs):
        told = dict(pairs)
        if len(told) != len(pairs):
            raise Malformed("A key stands twice in the same object.")
        return told

    def never(word):
        raise Malformed(f"{word} is not JSON.")

    try:
        value = json.loads(text, object_pairs_hook=once, parse_constant=never)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed("Something is not JSON.") from error
    return value


@dataclass
class Entry:
    """An entry whose leaf, payload and openings fit each other."""

    seq: int
    leaf: dict
    hash: bytes
    proof: list[bytes]
    payload: dict
    opened: int = 0
    masked: list[str] = field(default_factory=list)
    # Where nothing was opened: the place, and the hash that an opening has to meet.
    closed: list[tuple[str, str]] = field(default_factory=list)

    def stands_in(self, size: int, root: bytes) -> bool:
        return root_of(self.seq, size, self.hash, self.proof) == root


def digest_of(salt: bytes, value: str) -> str:
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def entry(told: dict) -> Entry:
    """Reads an entry whose shape was checked, and holds its parts against each other."""
    where = f"Entry {told['seq']}"
    try:
        leaf = leaf_of(told["leaf"])
        salt = unbase64(told["salt"], 32)
        proof = [unbase64(one, 32) for one in told["proof"]]
        payload = strict_json(told["payload"])
        openings = {digest_of(unbase64(one["salt"], 16), one["value"]): one["value"] for one in told["openings"]}
    except Malformed as error:
        need(False, f"{where}: {error}")
    need(leaf["seq"] == told["seq"], f"{where}: its leaf stands at another place.")
    need(digest_of(salt, told["payload"]) == leaf["commitment"], f"{where}: what it tells is not what its leaf commits to.")
    need(isinstance(payload, dict), f"{where}: it tells nothing.")
    made = Entry(told["seq"], leaf, leaf_hash(told["leaf"].encode()), proof, payload)
    used = set()

    def opened(value, path):
        need(len(path) < SIZE_DEPTH, f"{where}: it is nested too deeply.")
        if isinstance(value, list):
            return [opened(one, (*path, str(at))) for at, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if "sealed" not in value:
            return {key: opened(one, (*path, key)) for key, one in value.items()}
        digest = value["sealed"]
        plain = len(value) == 1 and isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{64}", digest)
        need(plain, f"{where}: a sealed text is malformed.")
        if digest in openings:
            used.add(digest)
            made.opened += 1
            return openings[digest]
        made.masked.append(place(payload, made.seq, path))
        made.closed.append((made.masked[-1], digest))
        return MASK

    made.payload = opened(payload, ())
    need(used == set(openings), f"{where}: a text fits nothing that was sealed.")
    return made


def place(payload: dict, seq: int, path: tuple[str, ...]) -> str:
    """What a record calls the place of a text, so that one name covers all entries that repeat it."""
    event = payload.get("event")
    if path[:2] == ("event", "by") and isinstance(event.get("by"), dict):
        return f"by/{event['by'].get('id')}"
    if path[:2] == ("event", "step"):
        inner = path[2:]
        if inner[:1] in (("fields",), ("answers",)):
            return "/".join(inner)
        if inner[:1] == ("refused",) and inner[-1:] == ("reasons",):
            inner = inner[:-1]
        return f"v{event.get('version')}/" + "/".join(inner)
    return f"s{seq}/" + "/".join(path)
