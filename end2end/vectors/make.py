"""Makes the vectors of this folder from the standards' own definitions.

    python end2end/vectors/make.py

The definitions here are the recursive ones (RFC 9162, 2.1.1, 2.1.3.1 and 2.1.4.1), which a verifier
does not use: a verifier that agrees with them agrees with the standard. Keys come from fixed
seeds, so the same files come out each time. Nothing here is shared with a verifier.
"""

import base64
import hashlib
import hmac
import json
import struct
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = Path(__file__).parent
ORIGIN = "disclosure-desk/3f9c2ab1"


def b64(raw):
    return base64.b64encode(raw).decode()


def sha(raw):
    return hashlib.sha256(raw).digest()


# ---- RFC 9162


def split(size):
    """The largest power of two smaller than this."""
    return 1 << (size - 1).bit_length() - 1


def mth(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    k = split(len(leaves))
    return sha(b"\1" + mth(leaves[:k]) + mth(leaves[k:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), mth(leaves[k:])]
    return [*path(index - k, leaves[k:]), mth(leaves[:k])]


def proof(old, leaves):
    return subproof(old, leaves, True)


def subproof(old, leaves, whole):
    if old == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if old <= k:
        return [*subproof(old, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(old - k, leaves[k:], False), mth(leaves[:k])]


# The leaves and roots that implementations of Certificate Transparency share.
REFERENCE = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def counted(size):
    return [f"leaf {at}".encode() for at in range(size)]


def roots():
    cases = []
    for size, root in enumerate(REFERENCE_ROOTS):
        assert mth(REFERENCE[:size]).hex() == root, size
        cases.append({"name": f"reference tree of {size}", "leaves": [one.hex() for one in REFERENCE[:size]], "root": root})
    for size in (9, 16, 31, 33):
        leaves = counted(size)
        cases.append({"name": f"counted tree of {size}", "leaves": [one.hex() for one in leaves], "root": mth(leaves).hex()})
    return cases


def flipped(raw):
    return bytes([raw[0] ^ 1]) + raw[1:]


def inclusion():
    cases = []

    def add(name, size, index, leaf, root, hashes, holds):
        cases.append({"name": name, "size": size, "index": index, "leaf": leaf.hex(), "root": root.hex(), "proof": [b64(one) for one in hashes], "holds": holds})

    trees = [REFERENCE[:size] for size in range(1, 9)] + [counted(size) for size in (9, 13, 64, 100, 257, 1000)]
    for leaves in trees:
        size, root = len(leaves), mth(leaves)
        kind = "reference" if leaves[0] == b"" else "counted"
        for index in range(size) if size < 14 else (0, 1, size // 2, size - 2, size - 1):
            add(f"{kind}, {index} of {size}", size, index, leaves[index], root, path(index, leaves), True)
    leaves = counted(13)
    root, hashes = mth(leaves), path(5, leaves)
    add("another leaf", 13, 5, leaves[6], root, hashes, False)
    add("another root", 13, 5, leaves[5], flipped(root), hashes, False)
    add("another index", 13, 4, leaves[5], root, hashes, False)
    # The last leaf's path is shorter, so here the size is what gives it away.
    add("another size", 12, 12, leaves[12], root, path(12, leaves), False)
    add("index is size", 13, 13, leaves[5], root, hashes, False)
    add("a hash too few", 13, 5, leaves[5], root, hashes[:-1], False)
    add("a hash too many", 13, 5, leaves[5], root, [*hashes, root], False)
    add("hashes in another order", 13, 5, leaves[5], root, hashes[::-1], False)
    add("a hash flipped", 13, 5, leaves[5], root, [flipped(hashes[0]), *hashes[1:]], False)
    add("no proof", 13, 5, leaves[5], root, [], False)
    add("one leaf with a hash", 1, 0, b"", mth([b""]), [root], False)
    add("the empty tree", 0, 0, b"", sha(b""), [], False)
    return cases


def consistency():
    cases = []

    def add(name, old, new, old_root, new_root, hashes, holds):
        cases.append({"name": name, "from": old, "to": new, "from_root": old_root.hex(), "to_root": new_root.hex(), "proof": [b64(one) for one in hashes], "holds": holds})

    for kind, leaves, sizes in (("reference", REFERENCE, range(1, 9)), ("counted", counted(300), (1, 2, 3, 7, 8, 64, 100, 255, 256, 257, 300))):
        for new in sizes:
            for old in (one for one in sizes if one <= new):
                add(f"{kind}, {old} to {new}", old, new, mth(leaves[:old]), mth(leaves[:new]), proof(old, leaves[:new]), True)
    leaves = counted(20)
    a, b, hashes = mth(leaves[:7]), mth(leaves), proof(7, leaves)
    add("another old root", 7, 20, flipped(a), b, hashes, False)
    add("another new root", 7, 20, a, flipped(b), hashes, False)
    add("roots exchanged", 7, 20, b, a, hashes, False)
    add("sizes exchanged", 20, 7, a, b, hashes, False)
    add("another old size", 6, 20, a, b, hashes, False)
    add("another new size", 7, 40, a, b, hashes, False)
    add("a hash too few", 7, 20, a, b, hashes[:-1], False)
    add("a hash too many", 7, 20, a, b, [*hashes, b], False)
    add("no proof", 7, 20, a, b, [], False)
    add("a rewritten leaf", 7, 20, mth([b"other", *leaves[1:7]]), b, hashes, False)
    add("same size, other root", 7, 7, a, flipped(a), [], False)
    add("same size, a hash", 7, 7, a, a, [b], False)
    add("from a power of two, old root told in the proof", 8, 20, mth(leaves[:8]), b, [mth(leaves[:8]), *proof(8, leaves)], False)
    return cases


# ---- C2SP


class Signer:
    def __init__(self, name, seed, kind=1):
        self.name, self.kind = name, kind
        self.key = Ed25519PrivateKey.from_private_bytes(sha(seed.encode()))
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + bytes([kind]) + self.public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(bytes([kind]) + self.public)}"

    def line(self, text, seconds=None):
        if self.kind == 1:
            blob = self.key.sign(text.encode())
        else:
            blob = struct.pack(">Q", seconds) + self.key.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
        return f"\u2014 {self.name} {b64(self.id + blob)}\n"


LEDGER = Signer(ORIGIN, "ledger")
OTHER = Signer(ORIGIN, "another ledger key")
WITNESS = Signer("witness1.example/log", "witness", 4)
# What Go's package sumdb/note publishes as its example.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="


def text_of(size, root, origin=ORIGIN):
    return f"{origin}\n{size}\n{b64(root)}\n"


def vkeys():
    raw = base64.b64decode(PETER.split("+")[2] + "==")[1:33]
    Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(PETER_LINE)[4:], PETER_TEXT.encode())
    cases = [
        {"name": name, "vkey": one.vkey, "holds": True, "key_name": one.name, "id": one.id.hex(), "kind": one.kind, "public": one.public.hex()}
        for name, one in (("of a ledger", LEDGER), ("of another ledger key", OTHER), ("of a witness", WITNESS))
    ]
    cases.append({"name": "of Go's sumdb/note", "vkey": PETER, "holds": True, "key_name": "PeterNeumann", "id": "c74f20a3", "kind": 1, "public": raw.hex()})
    name, ident, key = LEDGER.vkey.split("+", 2)
    bad = {
        "identity of another key": f"{name}+{OTHER.id.hex()}+{key}",
        "identity in capitals": f"{name}+{'ABCDEF01'}+{key}",
        "identity too short": f"{name}+{ident[:-1]}+{key}",
        "another name": f"disclosure-desk/00000000+{ident}+{key}",
        "no name": f"+{ident}+{key}",
        "a space in the name": f"a b+{sha(b'a b' + bytes([10, 1]) + LEDGER.public)[:4].hex()}+{key}",
        "key cut short": f"{name}+{ident}+{b64(bytes([1]) + LEDGER.public[:-1])}",
        "a kind that nobody knows": f"{name}+{sha(name.encode() + bytes([10, 9]) + LEDGER.public)[:4].hex()}+{b64(bytes([9]) + LEDGER.public)}",
        "no base64": f"{name}+{ident}+****",
        "empty": "",
    }
    return cases + [{"name": name, "vkey": vkey, "holds": False} for name, vkey in bad.items()]


def notes():
    """A note, a key, and whether it reads and the key signed it: `signed`, `unsigned`, `forged`, `malformed`."""
    root = mth(counted(20))
    text = text_of(20, root)
    good = text + "\n" + LEDGER.line(text)
    witnessed = good + WITNESS.line(text, 1763900000)
    cases = []

    def add(name, note, key, expect):
        case = {"name": name, "note": note, "vkey": key.vkey, "expect": expect}
        if expect != "malformed":
            case |= {"origin": ORIGIN, "size": 20, "root": root.hex()}
        cases.append(case)

    add("signed", good, LEDGER, "signed")
    add("signed by another key", good, OTHER, "unsigned")
    add("signed by both, the first asked", good + OTHER.line(text), LEDGER, "signed")
    add("signed by both, the second asked", good + OTHER.line(text), OTHER, "signed")
    add("witnessed, the ledger asked", witnessed, LEDGER, "signed")
    add("witnessed, the witness asked", witnessed, WITNESS, "signed")
    add("not witnessed", good, WITNESS, "unsigned")
    later = WITNESS.line(text, 1763900000)
    blob = bytearray(base64.b64decode(later.split()[2]))
    blob[11] ^= 1
    add("witnessed at another time than was signed", f"{good}\u2014 {WITNESS.name} {b64(bytes(blob))}\n", WITNESS, "forged")
    blob = bytearray(base64.b64decode(LEDGER.line(text).split()[2]))
    blob[20] ^= 1
    add("a flipped signature", f"{text}\n\u2014 {ORIGIN} {b64(bytes(blob))}\n", LEDGER, "forged")
    changed = text_of(20, flipped(root))
    cases.append({"name": "another root under the same signature", "note": changed + "\n" + LEDGER.line(text), "vkey": LEDGER.vkey, "expect": "forged", "origin": ORIGIN, "size": 20, "root": flipped(root).hex()})
    changed = text_of(21, root)
    cases.append({"name": "another size under the same signature", "note": changed + "\n" + LEDGER.line(text), "vkey": LEDGER.vkey, "expect": "forged", "origin": ORIGIN, "size": 21, "root": root.hex()})

    def malformed(name, body, line=None):
        add(name, body + "\n" + (LEDGER.line(body) if line is None else line), LEDGER, "malformed")

    add("no signature", text + "\n", LEDGER, "malformed")
    add("no blank line", text + LEDGER.line(text), LEDGER, "malformed")
    add("no line end after the signature", good[:-1], LEDGER, "malformed")
    add("something after the signatures", good + "more\n", LEDGER, "malformed")
    add("empty", "", LEDGER, "malformed")
    malformed("size with a zero in front", f"{ORIGIN}\n020\n{b64(root)}\n")
    malformed("size with a sign", f"{ORIGIN}\n+20\n{b64(root)}\n")
    malformed("size that is no number", f"{ORIGIN}\ntwenty\n{b64(root)}\n")
    malformed("size beyond 64 bits", f"{ORIGIN}\n99999999999999999999\n{b64(root)}\n")
    malformed("root too short", f"{ORIGIN}\n20\n{b64(root[:31])}\n")
    malformed("root without padding", f"{ORIGIN}\n20\n{b64(root).rstrip('=')}\n")
    malformed("two lines", f"{ORIGIN}\n20\n")
    malformed("no origin", f"\n20\n{b64(root)}\n")
    malformed("a control character", f"disclosure\tdesk\n20\n{b64(root)}\n")
    malformed("a hyphen for the dash", text, LEDGER.line(text).replace("\u2014", "-"))
    malformed("a signature that is no base64", text, f"\u2014 {ORIGIN} ***\n")
    malformed("a signature of four bytes", text, f"\u2014 {ORIGIN} {b64(LEDGER.id)}\n")
    malformed("a signature without a name", text, f"\u2014 {LEDGER.line(text).split()[2]}\n")
    return cases


def bundles():
    """Files of notes and consistency proofs."""
    leaves = counted(20)
    note = lambda size: (t := text_of(size, mth(leaves[:size]))) + "\n" + LEDGER.line(t)
    head = lambda old, new: f"disclosure-desk/consistency/v1\norigin {ORIGIN}\nfrom {old}\nto {new}\n"
    grown = head(7, 20) + "".join(b64(one) + "\n" for one in proof(7, leaves))
    good = {
        "one note": (note(20), [20], []),
        "two notes": (note(7) + "\n" + note(20), [7, 20], []),
        "a proof": (grown, [], [[7, 20]]),
        "a proof and two notes": (grown + "\n" + note(7) + "\n" + note(20), [7, 20], [[7, 20]]),
        "a note and a proof": (note(20) + "\n" + grown, [20], [[7, 20]]),
        "a proof of nothing": (head(20, 20), [], [[20, 20]]),
    }
    bad = {
        "no proof's head": grown.replace("consistency/v1", "consistency/v9"),
        "a proof without its sizes": grown.replace("from 7\n", ""),
        "a hash cut short": grown[:-6] + "\n",
        "prose": "This is a text.\n",
        "a note without its signature": text_of(20, mth(leaves)) + "\n",
    }
    cases = [{"name": name, "text": text, "holds": True, "sizes": sizes, "growths": grown} for name, (text, sizes, grown) in good.items()]
    return cases + [{"name": name, "text": text, "holds": False} for name, text in bad.items()]


def tiles():
    """Source: C2SP tlog-tiles. A width of 256 is a full tile; a level of -1 holds entries."""
    told = [
        (0, 0, 256, "tile/0/000"),
        (0, 5, 256, "tile/0/005"),
        (0, 999, 256, "tile/0/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (0, 1234067, 256, "tile/0/x001/x234/067"),
        (3, 1234067, 256, "tile/3/x001/x234/067"),
        (0, 273, 112, "tile/0/273.p/112"),
        (1, 1, 17, "tile/1/001.p/17"),
        (0, 1234067, 8, "tile/0/x001/x234/067.p/8"),
        (2, 0, 1, "tile/2/000.p/1"),
        (0, 123456789, 256, "tile/0/x123/x456/789"),
    ]
    return [{"name": path, "level": level, "index": index, "width": width, "path": path} for level, index, width, path in told]


# ---- the desk's own: leaves and openings


def leaf(**lines):
    told = {
        "seq": "7",
        "at": "2026-11-23T18:02:01.123Z",
        "actor": "00000000-0000-0000-0000-000000000001",
        "action": "case.decide",
        "case": "00000000-0000-0000-0000-d15c105e002a",
        "object": "version-12",
        "commitment": "ab" * 32,
    } | lines
    return "disclosure-desk/leaf/v1\n" + "".join(f"{key} {value}\n" for key, value in told.items())


def leaves():
    good = {
        "a step": leaf(),
        "the first entry": leaf(seq="0"),
        "by nobody, of no case": leaf(actor="-", case="-", action="policy.publish", object="3"),
        "to the second": leaf(at="2026-11-23T18:02:01Z"),
        "an act with a hyphen": leaf(actor="-", case="-", action="ledger-key.name", object=LEDGER.vkey),
        "a refusal": leaf(action="case.refused", object="decide"),
    }
    whole = leaf()
    bad = {
        "empty": "",
        "another format": whole.replace("leaf/v1", "leaf/v2"),
        "no line end": whole[:-1],
        "a line more": whole + "more 1\n",
        "a blank line more": whole + "\n",
        "a line less": whole.replace("object version-12\n", ""),
        "lines in another order": whole.replace("seq 7\nat 2026-11-23T18:02:01.123Z\n", "at 2026-11-23T18:02:01.123Z\nseq 7\n"),
        "a line twice": whole.replace("seq 7\n", "seq 7\nseq 7\n"),
        "line ends of two characters": whole.replace("\n", "\r\n"),
        "seq is no number": leaf(seq="seven"),
        "seq below nothing": leaf(seq="-1"),
        "seq is empty": leaf(seq=""),
        "no such day": leaf(at="2026-02-30T18:02:01Z"),
        "not a moment": leaf(at="yesterday"),
        "actor is no identity": leaf(actor="anna"),
        "case is no identity": leaf(case="DD-2026-00042"),
        "commitment too short": leaf(commitment="ab" * 31),
        "commitment too long": leaf(commitment="ab" * 33),
        "commitment is not hexadecimal": leaf(commitment="zz" * 32),
    }
    cases = []
    for name, text in good.items():
        lines = dict(line.split(" ", 1) for line in text.split("\n")[1:-1])
        lines["seq"] = int(lines["seq"])
        cases.append({"name": name, "leaf": text, "holds": True, "hash": sha(b"\0" + text.encode()).hex(), **lines})
    return cases + [{"name": name, "leaf": text, "holds": False} for name, text in bad.items()]


def openings():
    """Entries whose parts fit or do not: `payload` and `salt` against the leaf, `openings` against the payload."""

    def hmac_hex(key, value):
        return hmac.new(key, value, hashlib.sha256).hexdigest()

    def salt(name):
        return sha(name.encode())[:16]

    texts = {"name": "Jane Roe", "remarks": "Zeile eins\nZeile zwei \u2014 \u00e9\u4e2d\U0001f600", "empty": ""}
    told = {key: hmac_hex(salt(key), value.encode()) for key, value in texts.items()}
    payload = {
        "entry": "step",
        "event": {
            "by": {"id": "00000000-0000-0000-0000-000000000001", "name": {"sealed": told["name"]}, "role": "manager"},
            "step": {"kind": "decide", "remarks": {"sealed": told["remarks"]}, "list": [{"sealed": told["empty"]}, "plain"], "verdict": "approve"},
        },
    }
    text = json.dumps(payload, separators=(",", ":"))
    key = sha(b"salt")
    all_open = [{"salt": b64(salt(name)), "value": value} for name, value in texts.items()]
    cases = []

    def add(name, holds, payload=text, opened=all_open, committed=None, salted=key, seq=7, masked=0):
        made = leaf(commitment=hmac_hex(key, (committed or payload).encode()))
        sealed = {"seq": seq, "leaf": made, "salt": b64(salted), "payload": payload, "openings": opened, "proof": []}
        cases.append({"name": name, "sealed": sealed, "holds": holds, **({"masked": masked, "opened": len(opened)} if holds else {})})

    add("all texts opened", True)
    add("openings in another order", True, opened=all_open[::-1])
    add("one text left out", True, opened=all_open[1:], masked=1)
    add("all texts left out", True, opened=[], masked=3)
    plain = json.dumps({"entry": "step", "event": {"by": {"name": "Jane Roe"}}}, separators=(",", ":"))
    add("an old entry with plain texts", True, payload=plain, opened=[])
    twice = json.dumps({"entry": "step", "event": {"a": {"sealed": told["name"]}, "b": {"sealed": told["name"]}}}, separators=(",", ":"))
    add("one opening for two places", True, payload=twice, opened=all_open[:1])
    add("another text", False, opened=[{**all_open[0], "value": "Jane Doe"}, *all_open[1:]])
    add("another salt of a text", False, opened=[{**all_open[0], "salt": b64(salt("other"))}, *all_open[1:]])
    add("a salt of fifteen bytes", False, opened=[{**all_open[0], "salt": b64(salt("name")[:15])}, *all_open[1:]])
    add("an opening too many", False, opened=[*all_open, {"salt": b64(salt("other")), "value": "other"}])
    add("an opening for an old entry", False, payload=plain, opened=all_open[:1])
    add("a text normalised otherwise", False, opened=[all_open[0], {**all_open[1], "value": all_open[1]["value"].replace("\u00e9", "e\u0301")}, all_open[2]])
    add("another payload", False, committed=text.replace("approve", "deny"))
    add("the same payload with a space", False, payload=text.replace(",", ", ", 1), committed=text)
    add("another salt", False, salted=sha(b"other"))
    add("a salt of sixteen bytes", False, salted=key[:16])
    add("another place in the ledger", False, seq=8)
    add("a sealed text of another form", False, payload=text.replace(told["name"], told["name"][:-2]), opened=all_open[1:])
    return cases


def main():
    for made in (roots, inclusion, consistency, vkeys, notes, bundles, tiles, leaves, openings):
        cases = made()
        assert len({case["name"] for case in cases}) == len(cases), made.__name__
        (HERE / f"{made.__name__}.json").write_text(json.dumps({"cases": cases}, indent=1, ensure_ascii=True) + "\n")
        print(f"{made.__name__}.json: {len(cases)} cases")


if __name__ == "__main__":
    main()
