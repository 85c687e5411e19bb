"""Records made for the tests of the verifier, without any code of the desk.

A scene is a ledger, a key that signs it, a certificate that seals, and the steps of one case. What
it makes holds; the tests then forge it, with or without the seal's key.
"""

import base64
import datetime
import hashlib
import hmac
import json
import re
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "verify"), str(HERE / "vectors")]

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

import make
import rules
from cms import P256_HALF
from der import oid
from pdf import HEADER

CASE, NUMBER = "00000000-0000-0000-0000-d15c105e002a", "DD-2026-00042"
ANNA = {"id": "00000000-0000-0000-0000-000000000001", "name": "Anna Lindqvist", "role": "staff"}
BRUNO = {"id": "00000000-0000-0000-0000-000000000002", "name": "Bruno Keller", "role": "staff"}
MIRA = {"id": "00000000-0000-0000-0000-000000000003", "name": "Mira Okafor", "role": "manager"}
NOOR = {"id": "00000000-0000-0000-0000-000000000004", "name": "Noor Haddad", "role": "manager"}
ANNA_AS_MANAGER = {**ANNA, "role": "manager"}

FIELDS = {"categories": ["contact_information", "ip_history"], "person": ["Helena Marsh"]}
DRAFT = (ANNA, {"kind": "draft", "fields": FIELDS})
ORDER = (ANNA, {"kind": "attach", "id": "00000000-0000-0000-0000-000000000007", "name": "warrant.pdf", "media_type": "application/pdf", "size": 9, "sha256": "ab" * 32})
FILE = (ANNA, {"kind": "file", "policy": 3})
WARRANT = (ANNA, {"kind": "classify", "ground": "legal_directive", "instrument": "search_warrant", "ordered": [], "answers": {"court": "Northern District"}})
DANGER = (ANNA, {"kind": "classify", "ground": "emergency", "instrument": "emergency_request", "ordered": [], "answers": {}})
CONFIRMED = (BRUNO, {"kind": "verify", "method": "call_back", "contact": "+1 555 0100", "source": "own directory", "answered_by": "Sgt. Reyes", "at": "2026-11-02T14:20:00-05:00[America/New_York]", "finding": "confirmed", "remarks": None})
NOT_CONFIRMED = (BRUNO, {**CONFIRMED[1], "finding": "not_confirmed"})
SUBMIT = (ANNA, {"kind": "submit"})
APPROVE = (MIRA, {"kind": "decide", "verdict": "approve", "remarks": None, "not_claiming": False})
DISCLOSE = (ANNA, {"kind": "disclose", "answers": {"contact_information": "produced", "ip_history": "not_held"}, "recipient": "D.S. Marsh", "means": "portal", "sent": "2026-11-04T11:05:00+01:00[Europe/Berlin]", "what": "One archive.", "sha256": "cd" * 32})
REVIEW = (NOOR, {"kind": "review", "finding": "upheld", "reasons": "It was needed."})
CLOSE = (ANNA, {"kind": "close", "notice": "gagged", "gagged_until": "2027-01-28", "words": "An order forbids it."})

JOURNEY = [DRAFT, ORDER, FILE, WARRANT, CONFIRMED, SUBMIT, APPROVE, DISCLOSE, CLOSE]
EMERGENCY = [DRAFT, FILE, DANGER, CONFIRMED, SUBMIT, APPROVE, DISCLOSE, REVIEW, CLOSE]
SEALED = ("name", "contact", "source", "answered_by", "remarks", "reasons", "needs", "recipient", "what", "words", "court", "person", "owner", "kept_in", "reference", "basis", "to")


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class Ledger:
    """Entries, and what is sealed of them. Chance comes from a counter, so scenes repeat."""

    def __init__(self, signer=make.LEDGER):
        self.leaves, self.sealed, self.signer, self.chance = [], [], signer, 0
        self.clock = datetime.datetime(2026, 11, 2, 18, 0)

    def random(self, size: int) -> bytes:
        self.chance += 1
        return make.sha(f"chance {self.chance}".encode())[:size]

    def closed(self, value, openings: list, key: str = ""):
        """The value with its texts sealed."""
        if isinstance(value, dict):
            return {name: self.closed(one, openings, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.closed(one, openings, key) for one in value]
        if not isinstance(value, str) or key not in SEALED:
            return value
        salt = self.random(16)
        openings.append({"salt": b64(salt), "value": value})
        return {"sealed": hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()}

    def append(self, action: str, about: str, payload: dict, actor: str = "-", case: str = "-", plain: bool = False) -> dict:
        openings: list = []
        text = json.dumps(payload if plain else self.closed(payload, openings), ensure_ascii=False, separators=(",", ":"))
        salt = self.random(32)
        seq = len(self.leaves)
        commitment = hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()
        leaf = f"disclosure-desk/leaf/v1\nseq {seq}\nat {self.now()}\nactor {actor}\naction {action}\ncase {case}\nobject {about}\ncommitment {commitment}\n"
        self.leaves.append(leaf.encode())
        self.sealed.append({"seq": seq, "leaf": leaf, "salt": b64(salt), "payload": text, "openings": openings, "proof": []})
        return self.sealed[-1]

    def now(self) -> str:
        return self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")

    def tick(self) -> None:
        self.clock += datetime.timedelta(minutes=20)

    def proven(self, sealed: dict, size: int | None = None) -> dict:
        leaves = self.leaves[: size or len(self.leaves)]
        return {**sealed, "proof": [b64(one) for one in make.path(sealed["seq"], leaves)]}

    def checkpoint(self, size: int | None = None, signer=None) -> str:
        size = len(self.leaves) if size is None else size
        text = make.text_of(size, make.mth(self.leaves[:size]))
        return text + "\n" + (signer or self.signer).line(text)

    def growth(self, old: int, new: int | None = None) -> list[str]:
        return [b64(one) for one in make.proof(old, self.leaves[: new or len(self.leaves)])]

    def growth_file(self, old: int, new: int | None = None) -> str:
        new = new or len(self.leaves)
        return f"disclosure-desk/consistency/v1\norigin {make.ORIGIN}\nfrom {old}\nto {new}\n" + "".join(one + "\n" for one in self.growth(old, new))


class Certificate:
    def __init__(self, name: str = "Example Conversations Ltd"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        told = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.serial = x509.random_serial_number()
        builder = x509.CertificateBuilder().subject_name(told).issuer_name(told).public_key(self.key.public_key())
        builder = builder.serial_number(self.serial).not_valid_before(datetime.datetime(2026, 1, 1)).not_valid_after(datetime.datetime(2036, 1, 1))
        self.der = builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)
        self.name = told.public_bytes()
        self.sha256 = hashlib.sha256(self.der).hexdigest()


class Scene:
    """A case and its ledger. `dossier` is what goes into the file; change it before `pdf`."""

    def __init__(self, steps=JOURNEY, name_seal: bool = True, plain: bool = False):
        self.ledger, self.certificate = Ledger(), Certificate()
        for at in steps[0][2:]:
            self.ledger.clock = told_at(at)
        # The version that the case was filed under, or was last pinned to.
        version = [one["policy"] for _, one, *_ in steps if one.get("policy")][-1:] or [3]
        policy = {"version": version[0], "in_force_from": "2025-07-01", "promise": "p", "rights_or_property": "r", "emergency": "e", "legal_directive": "l"}
        published = self.ledger.append("policy.publish", str(policy["version"]), {"entry": "policy_published", "policy": policy}, plain=True)
        named = None
        if name_seal:
            named = self.ledger.append("seal.name", self.certificate.sha256, {"entry": "seal_named", "subject": "CN=x", "sha256": self.certificate.sha256}, plain=True)
        self.events, entries = [], []
        for version, (by, step, *at) in enumerate(steps, 1):
            self.ledger.tick()
            if at:
                self.ledger.clock = told_at(at[0])
            event = {"case": CASE, "number": NUMBER, "version": version, "at": self.ledger.now(), "by": by, "step": step}
            self.events.append(event)
            entries.append(self.ledger.append(f"case.{step['kind']}", f"version-{version}", {"entry": "step", "event": event}, by["id"], CASE, plain))
            # Other cases go on meanwhile.
            self.ledger.append("case.draft", "version-1", {"entry": "step", "event": {}}, by["id"], "00000000-0000-0000-0000-0000000000ff", True)
        case, _ = rules.replay(CASE, NUMBER, self.events)
        self.dossier = {
            "format": "disclosure-desk/record/v2",
            "edition": "full",
            "organisation": "Example Conversations Ltd",
            "as_of": self.ledger.now(),
            "case": self.amounting(self.events),
            "policy": policy if case.policy else None,
            "masked": [],
            "ledger": {
                "origin": make.ORIGIN,
                "keys": [self.ledger.signer.vkey],
                "checkpoint": self.ledger.checkpoint(),
                "entries": [self.ledger.proven(one) for one in entries],
                "policy": self.ledger.proven(published) if case.policy else None,
                "seal": self.ledger.proven(named) if named else None,
                "successions": [],
                "earlier": [],
            },
        }

    @property
    def evidence(self) -> dict:
        return self.dossier["ledger"]

    def earlier(self, size: int) -> None:
        self.evidence["earlier"].append({"checkpoint": self.ledger.checkpoint(size), "proof": self.ledger.growth(size)})

    def redact(self, *values: str) -> list[dict]:
        """Leaves these texts out, everywhere; answers what was left out, as shown to somebody."""
        import sealed

        shown = []
        for one in self.evidence["entries"]:
            out = [each for each in one["openings"] if each["value"] in values]
            one["openings"] = [each for each in one["openings"] if each["value"] not in values]
            by_digest = {sealed.digest_of(base64.b64decode(each["salt"]), each["value"]): each for each in out}
            shown += [{"seq": one["seq"], "place": place, **by_digest[digest]} for place, digest in sealed.entry(one).closed]
        self.dossier["masked"] = sorted({one["place"] for one in shown})
        self.dossier["edition"] = "redacted"
        self.dossier["case"] = self.amounting([sealed.entry(one).payload["event"] for one in self.evidence["entries"]])
        return shown

    @staticmethod
    def amounting(events: list[dict]) -> dict:
        """The case that these events amount to, as a record tells it."""
        case, _ = rules.replay(CASE, NUMBER, events)
        told = {key: sorted(value) if isinstance(value, set) else value for key, value in case.told().items() if key not in ("beside", "requester_changed") or value}
        return {**told, "request": asked(case.fields) if case.filed else None}

    def pdf(self, certificate: Certificate | None = None) -> bytes:
        text = json.dumps(self.dossier, indent=2, ensure_ascii=False) + "\n"
        return seal(printed(text.encode()), certificate or self.certificate, self.dossier["as_of"])


def told_at(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def lived(life: dict) -> Scene:
    """A record of a life of the shared vectors."""
    return Scene([(event["by"], event["step"], event["at"]) for event in life["events"]])


def asked(fields: dict) -> dict:
    """The request that a form reads as, as far as it is compared."""

    def texts(names):
        return {name: " ".join(fields[name]) for name in names if name in fields}

    identifiers = [{"kind": "other", "value": value} for value in fields.get("identifier_value", [])]
    return {"requester": texts(rules.OF_REQUESTER), **texts(rules.OF_REQUEST), "identifiers": identifiers, "categories": fields.get("categories", [])}


def printed(case: bytes) -> bytes:
    packed = zlib.compress(case)
    bodies = [
        b"<<\n  /Type /Catalog\n  /Pages 2 0 R\n  /Names <<\n    /EmbeddedFiles <<\n      /Names [(case.json) 4 0 R]\n    >>\n  >>\n  /AF [4 0 R]\n>>",
        b"<<\n  /Type /Pages\n  /Kids [3 0 R]\n  /Count 1\n>>",
        b"<<\n  /Type /Page\n  /Parent 2 0 R\n  /MediaBox [0 0 595.28 841.89]\n>>",
        b"<<\n  /Type /Filespec\n  /F (case.json)\n  /UF (case.json)\n  /AFRelationship /Source\n  /EF <<\n    /F 5 0 R\n    /UF 5 0 R\n  >>\n>>",
        b"<<\n  /Length %d\n  /Type /EmbeddedFile\n  /Subtype /application#2Fjson\n  /Filter /FlateDecode\n  /Params <<\n    /Size %d\n  >>\n>>\nstream\n%s\nendstream" % (len(packed), len(case), packed),
    ]
    out, places = bytearray(HEADER + b"\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    out += b"trailer\n<<\n  /Size %d\n  /Root 1 0 R\n>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, table)
    return bytes(out)


def seal(pdf: bytes, certificate: Certificate, as_of: str) -> bytes:
    """Appends a seal to a printed file, as FORMAT.md asks."""
    table = int(re.search(rb"startxref\n(\d+)\n", pdf[-40:])[1])
    trailer = pdf[table:]
    size, root = (int(re.search(rb"/%s (\d+)" % key, trailer)[1]) for key in (b"Size", b"Root"))
    catalog = _body(pdf, root)
    pages = _body(pdf, int(re.search(rb"/Pages (\d+)", catalog)[1]))
    page = int(re.search(rb"/Kids \[(\d+)", pages)[1])
    while b"/Kids" in _body(pdf, page):
        page = int(re.search(rb"/Kids \[(\d+)", _body(pdf, page))[1])
    room = 6000
    moment = re.sub(r"[-:T]", "", as_of.split(".")[0].rstrip("Z")).encode()
    signature = (
        b"<<\n  /Type /Sig\n  /Filter /Adobe.PPKLite\n  /SubFilter /ETSI.CAdES.detached\n  /M (D:%sZ)\n  /Name (Seal)\n"
        b"  /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]\n"
        b"  /ByteRange %s\n  /Contents <%s>\n>>" % (moment, b"[0 ".ljust(40), b"0" * room)
    )
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /TU (Seal) /V %d 0 R /P %d 0 R /Rect [-1 -1 -1 -1] /F 132 >>" % (size + 1, page)
    objects = {
        root: catalog[:-2] + b"/AcroForm << /Fields [%d 0 R] /SigFlags 3 >> /Perms << /DocMDP %d 0 R >> >>" % (size, size + 1),
        page: _body(pdf, page)[:-2] + b"/Annots [%d 0 R] >>" % size,
        size: field,
        size + 1: signature,
    }
    out, places = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    after = len(out)
    out += b"xref\n"
    for number in sorted(places):
        head = b"%d 2\n" % number if number == size else b"%d 1\n" % number if number < size else b""
        out += head + b"%010d 00000 n\r\n" % places[number]
    same = b" ".join(re.findall(rb"/Info \d+ 0 R|/ID \[[^\]]*\]", trailer))
    told = (size + 2, root, table, same, after)
    out += b"trailer\n<< /Size %d /Root %d 0 R /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n" % told
    first = out.index(b"<" + b"0" * room)
    second = first + room + 2
    told = b"/ByteRange [0 %d %d %d]" % (first, second, len(out) - second)
    at = out.index(b"/ByteRange [0 ", len(pdf))
    out[at : at + len(told)] = told
    digest = hashlib.sha256(out[:first] + out[second:]).digest()
    cms = signed(digest, certificate).hex().encode()
    out[first + 1 : first + 1 + len(cms)] = cms
    return bytes(out)


def _body(pdf: bytes, number: int) -> bytes:
    return re.search(rb"\n%d 0 obj\n(.*?)\nendobj" % number, pdf, re.DOTALL)[1].rstrip()


# ---- DER, written


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    told = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(told)]) + told + body


def number(value: int) -> bytes:
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def name(dotted: str) -> bytes:
    return tlv(6, oid(dotted))


def attribute(dotted: str, value: bytes) -> bytes:
    return tlv(0x30, name(dotted), tlv(0x31, value))


def signed(digest: bytes, certificate: Certificate, extra: list[bytes] = [], unsigned: bytes = b"", high_s: bool = False) -> bytes:
    sha256 = tlv(0x30, name("2.16.840.1.101.3.4.2.1"))
    ess = tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, hashlib.sha256(certificate.der).digest()))))
    attributes = sorted(
        [
            attribute("1.2.840.113549.1.9.3", name("1.2.840.113549.1.7.1")),
            attribute("1.2.840.113549.1.9.4", tlv(4, digest)),
            attribute("1.2.840.113549.1.9.16.2.47", ess),
            *extra,
        ]
    )
    r, s = decode_dss_signature(certificate.key.sign(tlv(0x31, *attributes), ec.ECDSA(hashes.SHA256())))
    value = encode_dss_signature(r, s if high_s == (s > P256_HALF) else 2 * P256_HALF + 1 - s)
    signer = tlv(
        0x30,
        number(1),
        tlv(0x30, certificate.name, number(certificate.serial)),
        sha256,
        tlv(0xA0, *attributes),
        tlv(0x30, name("1.2.840.10045.4.3.2")),
        tlv(4, value),
        unsigned,
    )
    content = tlv(0x30, name("1.2.840.113549.1.7.1"))
    data = tlv(0x30, number(1), tlv(0x31, sha256), content, tlv(0xA0, certificate.der), tlv(0x31, signer))
    return tlv(0x30, name("1.2.840.113549.1.7.2"), tlv(0xA0, data))


# ---- forging a record that exists


def with_case(data: bytes, change) -> bytes:
    """The file with another case.json, and everything that lies behind it found again."""
    from pdf import Pdf, Stream

    pdf = Pdf(data)
    found = [one for one in pdf.printed.values() if isinstance(one, Stream) and one.told.get("Type") == "EmbeddedFile"]
    for body in found:
        content = pdf.inflated(body)
        if content.startswith(b'{\n  "format"'):
            break
    told = json.loads(content)
    change(told)
    fresh = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    packed = zlib.compress(fresh, 9)
    start = data.rindex(b" 0 obj", 0, body.start)
    start = data.rindex(b"\n", 0, start) + 1
    end = data.index(b"endobj", body.start + body.length) + 6
    head = data[start : body.start]
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head)
    head = re.sub(rb"/Size \d+", b"/Size %d" % len(fresh), head)
    made = head + packed + b"\nendstream\nendobj"
    by = len(made) - (end - start)
    # Only digits change in what follows, never their number, so all of it moves by the same.
    printed_end = len(unsealed(data))
    after = moved(data[end:printed_end], by, start) + moved(data[printed_end:], by, start)
    assert len(after) == len(data) - end, "an offset grew by a digit"
    return data[:start] + made + after


def moved(part: bytes, by: int, start: int) -> bytes:
    """The rest of a revision with each offset in it that lies behind `start` put in order."""
    table = part.rindex(b"\nxref\n")

    def put(found):
        at = int(found[2])
        return found[1] + (b"%0*d" % (len(found[2]), at + by if at > start else at)) + found[3]

    tail = re.sub(rb"(\n)(\d{10})( 00000 n)", put, part[table:])
    tail = re.sub(rb"(/Prev |startxref\n)(\d+)()", put, tail)
    body = re.sub(rb"(/ByteRange \[0 )(\d+)( )", put, part[:table])
    return re.sub(rb"(/ByteRange \[0 \d+ )(\d+)( )", put, body) + tail


def unsealed(data: bytes) -> bytes:
    """The printed revision alone."""
    return data[: re.search(rb"startxref\n\d+\n%%EOF", data).end()]
