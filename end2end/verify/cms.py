"""The seal itself: a CMS signature with its certificate, and the timestamp where there is one.

Sources: RFC 5652, 5; RFC 5035, 3 to 5; RFC 3161, 2.4; ETSI EN 319 122-1 and EN 319 142-1.
"""

import datetime
import hashlib
import re
import warnings
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from der import INTEGER, NULL, OCTETS, OID, SEQUENCE, SET, TIME, Fields, Node, first, oid, whole
from fault import Altered, need

SIGNED_DATA = oid("1.2.840.113549.1.7.2")
DATA = oid("1.2.840.113549.1.7.1")
TST_INFO = oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
CERTIFICATE_V1 = oid("1.2.840.113549.1.9.16.2.12")
CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47")
TIMESTAMP = oid("1.2.840.113549.1.9.16.2.14")
RSA_PLAIN = oid("1.2.840.113549.1.1.1")
DIGESTS = {
    oid("2.16.840.1.101.3.4.2.1"): "sha256",
    oid("2.16.840.1.101.3.4.2.2"): "sha384",
    oid("2.16.840.1.101.3.4.2.3"): "sha512",
}
ECDSA = {
    oid("1.2.840.10045.4.3.2"): "sha256",
    oid("1.2.840.10045.4.3.3"): "sha384",
    oid("1.2.840.10045.4.3.4"): "sha512",
}
RSA = {
    oid("1.2.840.113549.1.1.11"): "sha256",
    oid("1.2.840.113549.1.1.12"): "sha384",
    oid("1.2.840.113549.1.1.13"): "sha512",
}
HASHES = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
# Half the order of P-256. Source: SEC 2, 2.4.2.
P256_HALF = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551 // 2
STAMPING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8")


class Certificate:
    """A certificate as it is embedded, with the two parts that a signer is found by."""

    def __init__(self, raw: bytes, what: str):
        self.raw, self.sha256 = raw, hashlib.sha256(raw).hexdigest()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.x509 = x509.load_der_x509_certificate(raw)
            self.key = self.x509.public_key()
            self.name = self.x509.subject.rfc4514_string()
            self.is_root = self.x509.issuer == self.x509.subject
        # The library fails in many ways on damaged names, versions and keys; all mean the same.
        except Exception as error:  # noqa: BLE001
            raise Altered(f"{what} has a certificate that cannot be read.") from error
        told = Fields(whole(raw, SEQUENCE, what), what).inner(SEQUENCE)
        told.maybe(0xA0)
        self.serial = told.take(INTEGER).raw
        told.take(SEQUENCE)
        self.issuer = told.take(SEQUENCE).raw

    def issued_by(self, other: "Certificate") -> bool:
        try:
            self.x509.verify_directly_issued_by(other.x509)
        except Exception:  # noqa: BLE001: as above.
            return False
        return True

    def names_an_issuer(self) -> bool:
        """Whether it says that another key issued it.

        Source: RFC 5280, 4.2.1.1: only what is self-signed may leave its issuer's key out. Without
        this, a root whose issuer was renamed would pass for a certificate whose issuer is absent.
        """
        try:
            issuer = self.x509.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
            own = self.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
        except Exception:  # noqa: BLE001: as above; having no such extension among it.
            return False
        return issuer is not None and issuer != own

    def is_for_stamping(self) -> bool:
        try:
            uses = self.x509.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        except Exception:  # noqa: BLE001: as above; having no such extension among it.
            return False
        return uses.critical and list(uses.value) == [STAMPING]


@dataclass
class Signed:
    """One signature that holds, and what it was made with."""

    signer: Certificate
    value: bytes
    content: bytes | None
    unsigned: Node | None
    rootless: bool


@dataclass
class Seal:
    name: str
    sha256: str
    stamped_at: str | None
    stamped_by: str | None
    rootless: bool


def seal(contents: bytes, digest: bytes) -> Seal:
    """Checks a seal over bytes of this SHA-256; `contents` is the seal with its padding."""
    node, padding_bytes = first(contents, "The seal")
    need(not padding_bytes.strip(b"\0"), "Something stands in the room after the seal.")
    signed = check(node.raw, "The seal", DATA, digest, stamp=False)
    at = by = None
    if signed.unsigned:
        attributes = Fields(signed.unsigned, "The seal")
        one = attributes.inner(SEQUENCE)
        attributes.end()
        need(one.take(OID).body == TIMESTAMP, "The seal carries something unsigned that is no timestamp.")
        values = one.inner(SET)
        one.end()
        token = values.only(SEQUENCE)
        at, by = timestamp(token.raw, signed.value)
    return Seal(signed.signer.name, signed.signer.sha256, at, by, signed.rootless)


def timestamp(raw: bytes, signature: bytes) -> tuple[str, str]:
    """When, and by whom, this signature was seen."""
    what = "The timestamp"
    signed = check(raw, what, TST_INFO, None, stamp=True)
    info = Fields(whole(signed.content, SEQUENCE, what), what)
    need(info.integer() == 1, f"{what} is of another version.")
    info.take(OID)
    imprint = info.inner(SEQUENCE)
    need(algorithm(imprint.take(SEQUENCE), what) == "sha256", f"{what} was not made over a SHA-256.")
    need(imprint.only(OCTETS).body == hashlib.sha256(signature).digest(), f"{what} belongs to another seal.")
    info.integer()
    moment = info.take(TIME).body
    found = re.fullmatch(rb"(\d{14})(\.\d*[1-9])?Z", moment)
    need(found, f"{what} tells no moment.")
    try:
        read = datetime.datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S")
    except ValueError as error:
        raise Altered(f"{what} tells no moment.") from error
    for tag in (SEQUENCE, 0x01, INTEGER, 0xA0, 0xA1):
        info.maybe(tag)
    info.end()
    need(signed.signer.is_for_stamping(), f"{what} was signed with a certificate that is not for timestamps.")
    return read.isoformat() + (found[2] or b"").decode() + "Z", signed.signer.name


def check(raw: bytes, what: str, content_type: bytes, digest: bytes | None, stamp: bool) -> Signed:
    outer = Fields(whole(raw, SEQUENCE, what), what)
    need(outer.take(OID).body == SIGNED_DATA, f"{what} is no signature.")
    wrapped = outer.inner(0xA0)
    outer.end()
    data = Fields(wrapped.only(SEQUENCE), what)
    need(data.integer() == (3 if stamp else 1), f"{what} is of another version.")
    digests = [algorithm(one, what) for one in data.inner(SET).sorted().parts]
    content = encapsulated(data.inner(SEQUENCE), what, content_type)
    bag = data.inner(0xA0)
    need(stamp or bag.sorted(), f"{what} has certificates out of order.")
    certificates = [Certificate(one.raw, what) for one in bag.parts if one.tag == SEQUENCE]
    need(len(certificates) == len(bag.parts), f"{what} has certificates of a kind that does not belong there.")
    signers = data.inner(SET)
    data.end()
    signer_info = Fields(signers.only(SEQUENCE), what)

    need(signer_info.integer() == 1, f"{what} is of another version.")
    who = signer_info.inner(SEQUENCE)
    issuer, serial = who.take(SEQUENCE).raw, who.only(INTEGER).raw
    mine = [one for one in certificates if (one.issuer, one.serial) == (issuer, serial)]
    need(len(mine) == 1, f"{what} does not carry the certificate it was made with.")
    signer = mine[0]
    name = algorithm(signer_info.take(SEQUENCE), what)
    need(digests == [name] and (stamp or name == "sha256"), f"{what} is made over another kind of digest.")
    attributes = signer_info.take(0xA0)
    told = attributes_of(attributes, what)
    scheme = signer_info.take(SEQUENCE)
    value = signer_info.take(OCTETS).body
    unsigned = signer_info.maybe(0xA1)
    signer_info.end()
    need(not (stamp and unsigned), f"{what} carries something that nobody signed.")

    # A timestamp authority may sign more than this; the sealer signs exactly this.
    known = {CONTENT_TYPE, MESSAGE_DIGEST, CERTIFICATE_V2}
    need(stamp or set(told) == known, f"{what} has other signed attributes than a seal has.")
    need({CONTENT_TYPE, MESSAGE_DIGEST} <= told.keys(), f"{what} lacks a signed attribute.")
    need(whole(told[CONTENT_TYPE], OID, what).body == content_type, f"{what} is made over another kind of content.")
    expected = digest if content is None else hashlib.new(name, content).digest()
    stands = whole(told[MESSAGE_DIGEST], OCTETS, what).body
    need(stands == expected, "The file's bytes are not those that were sealed." if not stamp else f"{what} does not fit its content.")
    listed = named_certificates(told, signer, certificates, what, stamp)

    message = bytes([SET]) + attributes.raw[1:]
    need(verifies(signer.key, scheme, name, value, message, stamp, what), f"{what}'s signature does not verify.")
    return Signed(signer, value, content, unsigned, chained(signer, certificates, what, listed))


def algorithm(node: Node, what: str) -> str:
    need(node.tag == SEQUENCE, f"{what} names a digest in a way that is not DER.")
    parts = Fields(node, what)
    name = DIGESTS.get(parts.take(OID).body)
    nothing = parts.maybe(NULL)
    parts.end()
    need(name and not (nothing and nothing.body), f"{what} names a digest that is not accepted.")
    return name


def encapsulated(parts: Fields, what: str, content_type: bytes) -> bytes | None:
    need(parts.take(OID).body == content_type, f"{what} is made over another kind of content.")
    inner = parts.maybe(0xA0)
    parts.end()
    if content_type == DATA:
        need(inner is None, f"{what} carries content of its own.")
        return None
    need(inner, f"{what} carries no content.")
    return Fields(inner, what).only(OCTETS).body


def attributes_of(node: Node, what: str) -> dict[bytes, bytes]:
    told = {}
    for one in Fields(node, what).sorted().parts:
        parts = Fields(one, what)
        name = parts.take(OID).body
        values = parts.inner(SET)
        parts.end()
        need(one.tag == SEQUENCE and name not in told and len(values.parts) == 1, f"{what} has a signed attribute that is malformed.")
        told[name] = values.parts[0].raw
    return told


def named_certificates(
    told: dict[bytes, bytes], signer: Certificate, certificates: list[Certificate], what: str, stamp: bool
) -> set[str]:
    """The signed word on which certificates the signature was made with, the signer's first."""
    newer = told.get(CERTIFICATE_V2)
    raw = newer or told.get(CERTIFICATE_V1)
    need(raw, f"{what} does not say which certificate it was made with.")
    parts = Fields(whole(raw, SEQUENCE, what), what)
    entries = parts.inner(SEQUENCE).parts
    parts.maybe(SEQUENCE)
    parts.end()
    need(entries and (stamp or len(entries) == 1), f"{what} names no certificate, or several.")
    found: set[str] = set()
    for at, entry in enumerate(entries):
        one = Fields(entry, what)
        name = "sha256" if newer else "sha1"
        if newer and (given := one.maybe(SEQUENCE)):
            name = algorithm(given, what)
            # DER leaves out what is the default.
            need(stamp or name != "sha256", f"{what} names its certificate in a way that is not DER.")
        digest = one.take(OCTETS).body
        fits = [each for each in certificates if hashlib.new(name, each.raw).digest() == digest]
        need(fits and (at or fits[0] is signer), f"{what} was made with another certificate.")
        if issuer_serial := one.maybe(SEQUENCE):
            pair = Fields(issuer_serial, what)
            issuer, serial = pair.inner(SEQUENCE).only(0xA4).body, pair.only(INTEGER).raw
            need((issuer, serial) == (fits[0].issuer, fits[0].serial), f"{what} was made with another certificate.")
        one.end()
        found.add(fits[0].sha256)
    return found


def verifies(key, scheme: Node, name: str, value: bytes, message: bytes, stamp: bool, what: str) -> bool:
    parts = Fields(scheme, what)
    way = parts.take(OID).body
    nothing = parts.maybe(NULL)
    parts.end()
    need(not (nothing and nothing.body), f"{what} names a signature scheme that is not accepted.")
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            fits = ECDSA.get(way) == name and nothing is None
            need(fits and (stamp or key.curve.name == "secp256r1"), f"{what} is made in a way that is not accepted.")
            # Of the two signatures that verify, s and n - s, a seal is the one with the smaller s:
            # otherwise anybody could turn one into the other.
            need(stamp or decode_dss_signature(value)[1] <= P256_HALF, f"{what}'s signature is spelled otherwise than a seal's.")
            key.verify(value, message, ec.ECDSA(HASHES[name]()))
            return True
        need(isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048, f"{what} is made with a key that is not accepted.")
        need((RSA.get(way) == name or way == RSA_PLAIN) and nothing, f"{what} is made in a way that is not accepted.")
        key.verify(value, message, padding.PKCS1v15(), HASHES[name]())
        return True
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        return False


def chained(signer: Certificate, certificates: list[Certificate], what: str, listed: set[str]) -> bool:
    """Every certificate beside the signer's own issued the one before it.

    Answers whether the last one's issuer is absent: then nothing vouches for that one's bytes.
    """
    last, others = signer, [one for one in certificates if one is not signer]
    while others:
        issuers = [one for one in others if last.issued_by(one)]
        need(issuers, f"{what} carries a certificate that has nothing to do with it.")
        last = issuers[0]
        others.remove(last)
    if last.is_root:
        need(last.issued_by(last), f"{what} carries a root certificate whose own signature does not verify.")
        return False
    if last is signer or last.sha256 in listed:
        return False
    need(last.names_an_issuer(), f"{what} carries a certificate that nobody issued.")
    return True
