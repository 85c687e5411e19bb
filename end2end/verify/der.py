"""A strict reader of DER: one way to write each thing, and no byte left over.

Source: ITU-T X.690, 8, 10 and 11.
"""

from typing import NamedTuple

from fault import need

INTEGER, OCTETS, NULL, OID, TIME, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x18, 0x30, 0x31


class Node(NamedTuple):
    tag: int
    body: bytes
    raw: bytes


def first(data: bytes, what: str) -> tuple[Node, bytes]:
    """The first value, and the bytes after it."""
    need(len(data) >= 2, f"{what} is cut short.")
    tag, length, at = data[0], data[1], 2
    need(tag & 0x1F != 0x1F and tag != 0, f"{what} has a tag that does not belong there.")
    if length & 0x80:
        count = length & 0x7F
        need(1 <= count <= 4 and len(data) >= 2 + count, f"{what} has a length that is not DER.")
        at = 2 + count
        length = int.from_bytes(data[2:at], "big")
        need(length >= 0x80 and data[2] != 0, f"{what} has a length that is not DER.")
    need(len(data) >= at + length, f"{what} is cut short.")
    end = at + length
    return Node(tag, data[at:end], data[:end]), data[end:]


def whole(data: bytes, tag: int, what: str) -> Node:
    node, rest = first(data, what)
    need(node.tag == tag and not rest, f"{what} is not what its place asks for.")
    return node


class Fields:
    """The parts of a constructed value, taken in order."""

    def __init__(self, node: Node, what: str):
        self.what, self.parts, rest = what, [], node.body
        need(node.tag & 0x20, f"{what} is not made of parts.")
        while rest:
            part, rest = first(rest, what)
            self.parts.append(part)

    def maybe(self, tag: int) -> Node | None:
        return self.parts.pop(0) if self.parts and self.parts[0].tag == tag else None

    def take(self, tag: int) -> Node:
        part = self.maybe(tag)
        need(part, f"{self.what} lacks a part or has one too many.")
        return part

    def inner(self, tag: int) -> "Fields":
        return Fields(self.take(tag), self.what)

    def only(self, tag: int) -> Node:
        part = self.take(tag)
        self.end()
        return part

    def integer(self) -> int:
        body = self.take(INTEGER).body
        need(body, f"{self.what} has a number that is not DER.")
        padded = len(body) > 1 and (body[0], body[1] >> 7) in ((0x00, 0), (0xFF, 1))
        need(not padded, f"{self.what} has a number that is not DER.")
        return int.from_bytes(body, "big", signed=True)

    def sorted(self) -> "Fields":
        raws = [part.raw for part in self.parts]
        need(raws == sorted(raws) and len(set(raws)) == len(raws), f"{self.what} has a set that is not in DER's order.")
        return self

    def end(self) -> None:
        need(not self.parts, f"{self.what} has a part too many.")


def oid(dotted: str) -> bytes:
    """The body of an object identifier."""
    numbers = [int(one) for one in dotted.split(".")]
    out = b""
    for number in [numbers[0] * 40 + numbers[1], *numbers[2:]]:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        out += bytes(reversed(groups))
    return out
