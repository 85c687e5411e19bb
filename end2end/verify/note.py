"""Signed notes: a checkpoint, who signed it, and who witnessed it.

Sources: C2SP signed-note, tlog-checkpoint and tlog-cosignature.
"""

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIZE_MOST = 2**63 - 1
SIGNATURES_MOST = 100
ED25519, COSIGNATURE = 1, 4


class Malformed(Exception):
    """A note, a key or a proof is not written as its standard asks."""


def unbase64(text: str, length: int | None = None) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("Something is not base64.") from error
    if base64.b64encode(raw).decode() != text or length not in (None, len(raw)):
        raise Malformed("Something in base64 has another length or form than it must have.")
    return raw


@dataclass(frozen=True)
class Key:
    """A key as a `vkey` tells it."""

    name: str
    id: bytes
    kind: int
    public: bytes
    text: str

    @staticmethod
    def read(text: str) -> "Key":
        found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)", text)
        if not found:
            raise Malformed("A key is not written as name, identity and key.")
        raw, given = unbase64(found[3], 33), bytes.fromhex(found[2])
        if raw[0] not in (ED25519, COSIGNATURE):
            raise Malformed("A key is of a kind that is not known here.")
        if hashlib.sha256(found[1].encode() + b"\n" + raw).digest()[:4] != given:
            raise Malformed("A key's identity does not fit the key.")
        return Key(found[1], given, raw[0], raw[1:], text)


@dataclass(frozen=True)
class Signature:
    name: str
    id: bytes
    blob: bytes


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    text: str
    signatures: tuple[Signature, ...]
    note: str

    @staticmethod
    def read(note: str) -> "Checkpoint":
        if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", note):
            raise Malformed("A checkpoint holds a character that does not belong there.")
        body, between, lines = note.rpartition("\n\n")
        text = body + "\n"
        if not between or not lines.endswith("\n"):
            raise Malformed("A checkpoint does not end in signatures.")
        signatures = []
        for line in lines[:-1].split("\n"):
            found = re.fullmatch(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)", line)
            if not found or len(signatures) == SIGNATURES_MOST:
                raise Malformed("A checkpoint has a signature line that is malformed.")
            raw = unbase64(found[2])
            if len(raw) < 5:
                raise Malformed("A checkpoint has a signature line that is malformed.")
            signatures.append(Signature(found[1], raw[:4], raw[4:]))
        found = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]+=*)\n", text)
        if not found or int(found[2]) > SIZE_MOST:
            raise Malformed("A checkpoint does not tell origin, size and root in three lines.")
        root = unbase64(found[3], 32)
        return Checkpoint(found[1], int(found[2]), root, text, tuple(signatures), note)

    def by(self, key: Key) -> bool | None:
        """Whether this key's signature holds; none where it did not sign."""
        mine = [one for one in self.signatures if (one.name, one.id) == (key.name, key.id)]
        if not mine:
            return None
        return all(self._holds(key, one.blob) for one in mine)

    def _holds(self, key: Key, blob: bytes) -> bool:
        message = self.text.encode()
        if key.kind == COSIGNATURE:
            if len(blob) != 72:
                return False
            (seconds,) = struct.unpack(">Q", blob[:8])
            message, blob = f"cosignature/v1\ntime {seconds}\n".encode() + message, blob[8:]
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(blob, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def witnesses(self) -> list[Signature]:
        """Signature lines that have the shape of a witness's."""
        return [one for one in self.signatures if len(one.blob) == 72]


@dataclass(frozen=True)
class Growth:
    """A consistency proof as a file tells it."""

    origin: str
    old: int
    new: int
    proof: tuple[bytes, ...]


GROWTH = "disclosure-desk/consistency/v1\n"


def bundle(text: str) -> tuple[list[Checkpoint], list[Growth]]:
    """A file of notes and consistency proofs, one after the other."""
    notes, growths, rest = [], [], text.replace("\r\n", "\n").lstrip("\n")
    if rest and not rest.endswith("\n"):
        rest += "\n"
    while rest:
        if rest.startswith(GROWTH):
            found = re.match(r"[^\n]+\norigin ([^\n]+)\nfrom (\d{1,19})\nto (\d{1,19})\n((?:[A-Za-z0-9+/]{43}=\n)*)", rest)
            if not found:
                raise Malformed("A consistency proof is malformed.")
            proof = tuple(unbase64(one, 32) for one in found[4].split())
            growths.append(Growth(found[1], int(found[2]), int(found[3]), proof))
        else:
            found = re.match(r"(?:[^\n]+\n){3}\n(?:\u2014 [^\n]+\n)+", rest)
            if not found:
                raise Malformed("The file holds something that is neither a checkpoint nor a consistency proof.")
            notes.append(Checkpoint.read(found.group().rstrip("\n") + "\n"))
        rest = rest[found.end() :].lstrip("\n")
    return notes, growths
