"""Checkpoints that somebody kept, held against the record's own.

Source: FORMAT.md of the record, part 4, item 9.
"""

from dataclasses import dataclass

import record
from fault import Altered, Unusable
from note import Checkpoint, Growth, Malformed, bundle, unbase64
from pdf import Pdf
from tree import grew


@dataclass
class Kept:
    """What one file beside the record holds."""

    name: str
    checkpoints: list[Checkpoint]
    growths: list[Growth]


def read(name: str, data: bytes) -> Kept:
    """Reads a file of notes, a bundle of notes and proofs, or another record."""
    try:
        if data.startswith(b"%PDF-"):
            ledger = record.read(Pdf(data).attached()[0])["ledger"]
            checkpoint = Checkpoint.read(ledger["checkpoint"])
            return Kept(name, [checkpoint], [growth for _, growth in earlier(ledger, checkpoint)])
        notes, growths = bundle(data.decode("utf-8"))
    except (Altered, Malformed, UnicodeDecodeError) as error:
        raise Unusable(f"{name}: {error}") from error
    if not notes and not growths:
        raise Unusable(f"{name}: it holds no checkpoint.")
    return Kept(name, notes, growths)


def earlier(ledger: dict, checkpoint: Checkpoint) -> list[tuple[Checkpoint, Growth]]:
    """The earlier checkpoints that a record carries, each with its way to the record's own."""
    found = []
    for one in ledger["earlier"]:
        before = Checkpoint.read(one["checkpoint"])
        proof = tuple(unbase64(text, 32) for text in one["proof"])
        found.append((before, Growth(before.origin, before.size, checkpoint.size, proof)))
    return found


def compare(
    mine: Checkpoint,
    before: list[Checkpoint],
    kept: Checkpoint,
    growths: list[Growth],
) -> tuple[str | None, str]:
    """The verdict of one kept checkpoint, none where it speaks for the record, in a sentence.

    `before` are the record's earlier checkpoints; `growths` all proofs at hand, the record's own
    among them.
    """
    what = f"the checkpoint of size {kept.size} that you kept"
    if kept.origin != mine.origin:
        return None, f"The checkpoint that you kept is of another ledger, {kept.origin}; it is not compared."
    if kept.size == mine.size:
        if kept.root == mine.root:
            return None, f"The record stands under {what}."
        return "diverged", f"The record and {what} tell two histories of the same length."
    if any(one.size == kept.size and one.root != kept.root for one in before):
        return "diverged", f"The record carries another checkpoint of size {kept.size} than the one that you kept."
    old, new = sorted((mine, kept), key=lambda one: one.size)
    proofs = [one for one in growths if (one.origin, one.old, one.new) == (mine.origin, old.size, new.size)]
    if any(grew(old.size, new.size, old.root, new.root, list(one.proof)) for one in proofs):
        return None, f"The ledger of size {new.size} grew out of that of size {old.size}: the record and {what} agree."
    if proofs:
        return "diverged", f"The record and {what} do not grow out of one history."
    if kept.size > mine.size:
        return "older", f"The record, of size {mine.size}, is older than {what}; nothing at hand shows that one grew into the other."
    return "not connected", f"The record, of size {mine.size}, is newer than {what}; nothing at hand shows that it grew out of it."
