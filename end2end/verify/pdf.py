"""A strict reader of exactly one shape of PDF: one printed revision, one seal after it.

Nothing is repaired and nothing is searched for: each object lies where the table says, the
objects tile the file, and whatever else there is makes the file an altered one.
Source: ISO 32000-1, 7.2 to 7.5 and 12.8; FORMAT.md of the record, part 1.
"""

import hashlib
import re
import zlib
from typing import NamedTuple

from fault import Altered, Unusable, need

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
INFLATE_MOST = 256 * 1024 * 1024
DEPTH_MOST = 64

BLANK = re.compile(rb"[\x00\t\n\x0c\r ]*")
WORD = re.compile(
    rb"(?P<name>/[^\x00-\x20()<>\[\]{}/%\x7f-\xff]*)"
    rb"|(?P<ref>(\d{1,10}) 0 R(?![A-Za-z0-9]))"
    rb"|(?P<real>[+-]?(?:\d{1,20}\.\d{0,20}|\.\d{1,20}))"
    rb"|(?P<whole>[+-]?\d{1,15})"
    rb"|(?P<open><<)|(?P<list>\[)"
    rb"|(?P<hex><[0-9A-Fa-f\x00\t\n\x0c\r ]*>)"
    rb"|(?P<text>\()"
    rb"|(?P<other>true|false|null)(?![A-Za-z0-9])"
)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Name(str):
    pass


class Ref(NamedTuple):
    number: int


class Dict(dict):
    """A dictionary that knows where each value stands in the file."""

    def __init__(self):
        super().__init__()
        self.spans = {}


class Stream(NamedTuple):
    told: Dict
    start: int
    length: int


class Text:
    """Reads values from bytes."""

    def __init__(self, data: bytes, at: int):
        self.data, self.at = data, at

    def blank(self) -> None:
        self.at = BLANK.match(self.data, self.at).end()

    def literal(self, word: bytes) -> bool:
        if self.data.startswith(word, self.at):
            self.at += len(word)
            return True
        return False

    def need(self, word: bytes) -> None:
        need(self.literal(word), f"The file's structure is damaged at byte {self.at}: {word!r} is missing.")

    def value(self, depth: int = 0):
        need(depth < DEPTH_MOST, "The file's structure is nested too deeply.")
        self.blank()
        found = WORD.match(self.data, self.at)
        need(found, f"The file's structure is damaged at byte {self.at}.")
        self.at = found.end()
        kind, raw = found.lastgroup, found.group()
        if found.group("ref"):
            return Ref(int(raw.split()[0]))
        if kind == "name":
            return Name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda one: bytes([int(one[1], 16)]), raw[1:]).decode("latin-1"))
        if kind == "real":
            return float(raw)
        if kind == "whole":
            return int(raw)
        if kind == "hex":
            digits = re.sub(rb"[\x00\t\n\x0c\r ]", b"", raw[1:-1])
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if kind == "text":
            return self.string()
        if kind == "other":
            return {b"true": True, b"false": False, b"null": None}[raw]
        if kind == "list":
            return self.items(depth)
        return self.pairs(depth)

    def items(self, depth: int) -> list:
        items = []
        while True:
            self.blank()
            if self.literal(b"]"):
                return items
            items.append(self.value(depth + 1))

    def pairs(self, depth: int) -> Dict:
        told = Dict()
        while True:
            self.blank()
            if self.literal(b">>"):
                return told
            key = self.value(depth + 1)
            need(isinstance(key, Name), f"A dictionary before byte {self.at} has a key that is no name.")
            need(key not in told, f"A dictionary before byte {self.at} tells /{key} twice.")
            self.blank()
            start = self.at
            told[key] = self.value(depth + 1)
            told.spans[key] = (start, self.at)

    def string(self) -> bytes:
        out, open_ones = bytearray(), 1
        while True:
            found = re.compile(rb"[^()\\]*").match(self.data, self.at)
            out += found.group()
            self.at = found.end() + 1
            mark = self.data[self.at - 1 : self.at]
            need(mark, "The file ends inside a text.")
            if mark == b"\\":
                octal = re.compile(rb"[0-7]{1,3}").match(self.data, self.at)
                if octal:
                    out.append(int(octal.group(), 8) & 255)
                    self.at = octal.end()
                    continue
                escaped = self.data[self.at : self.at + 1]
                out += ESCAPES.get(escaped, b"" if escaped in (b"\n", b"\r") else escaped)
                self.at += 1
                continue
            open_ones += {b"(": 1, b")": -1}[mark]
            if not open_ones:
                return bytes(out)
            out += mark


class Table(NamedTuple):
    at: int
    places: dict
    trailer: Dict
    end: int


class Pdf:
    """A sealed file, taken apart. `signature` is the dictionary of the one seal."""

    def __init__(self, data: bytes):
        self.data = data
        if not data.startswith(b"%PDF-"):
            raise Unusable("This is not a PDF, so it is no record.")
        if b"(case.json)" not in data:
            raise Unusable("This PDF carries no case.json, so it is no record of a disclosure desk.")
        need(data.startswith(HEADER), "The file does not begin as the press prints it.")
        tail = re.compile(rb"startxref\n(\d{1,12})\n%%EOF\n?\Z").search(data, max(0, len(data) - 64))
        need(tail, "The file does not end where the seal ends.")
        seal = self.table(int(tail[1]))
        need(seal.end == tail.end(), "Something stands between the seal's table and the end of the file.")
        before = seal.trailer.get("Prev")
        need(isinstance(before, int), "The file is not sealed: it has one revision only.")
        printed = self.table(before)
        need("Prev" not in printed.trailer, "The file has more than two revisions.")
        need(printed.end <= seal.at, "The revisions of the file overlap.")
        for trailer in (printed.trailer, seal.trailer):
            need(not {"XRefStm", "Encrypt"} & set(trailer), "The file has a cross-reference stream or is encrypted.")
        self.printed = self.tile(len(HEADER), printed)
        self.added = self.tile(printed.end, seal)
        self.standing = {**self.printed, **self.added}
        need(printed.trailer.get("Root") == seal.trailer.get("Root"), "The seal gives the file another root.")
        self.root_ref = seal.trailer.get("Root")
        self.first_size = printed.trailer.get("Size")
        self.sealed_form()

    # ---- reading

    def table(self, at: int) -> Table:
        text = Text(self.data, at)
        text.need(b"xref\n")
        places = {}
        row = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)")
        head = re.compile(rb"(\d{1,10}) (\d{1,10})\n")
        while found := head.match(self.data, text.at):
            text.at = found.end()
            for number in range(int(found[1]), int(found[1]) + int(found[2])):
                one = row.match(self.data, text.at)
                need(one, f"The cross-reference table is damaged at byte {text.at}.")
                text.at = one.end()
                need(number not in places, f"The cross-reference table tells object {number} twice.")
                if one[3] == b"n":
                    need(one[2] == b"00000", f"Object {number} has a generation.")
                    places[number] = int(one[1])
        text.need(b"trailer")
        trailer = text.value()
        need(isinstance(trailer, Dict), "The trailer is damaged.")
        text.blank()
        text.need(b"startxref\n%d\n%%%%EOF" % at)
        text.literal(b"\n")
        return Table(at, places, trailer, text.at)

    def tile(self, start: int, table: Table) -> dict:
        """The objects of one revision. Between them there is nothing but white space."""
        objects, at = {}, start
        for number, place in sorted(table.places.items(), key=lambda one: one[1]):
            need(BLANK.fullmatch(self.data, at, place) and place >= at, f"Bytes {at} to {place} belong to no object.")
            text = Text(self.data, place)
            text.need(b"%d 0 obj" % number)
            value = text.value()
            text.blank()
            if text.literal(b"stream"):
                value = self.stream(text, value, number)
                text.blank()
            text.need(b"endobj")
            objects[number], at = value, text.at
        need(at <= table.at and BLANK.fullmatch(self.data, at, table.at), f"Bytes {at} to {table.at} belong to no object.")
        return objects

    def stream(self, text: Text, told: object, number: int) -> Stream:
        need(isinstance(told, Dict) and isinstance(told.get("Length"), int), f"Stream {number} tells no length.")
        need(told.get("Type") not in ("ObjStm", "XRef"), f"Object {number} hides other objects.")
        need(text.literal(b"\n") or text.literal(b"\r\n"), f"Stream {number} is damaged.")
        start, length = text.at, told["Length"]
        need(0 <= length <= len(self.data) - start, f"Stream {number} is longer than the file.")
        text.at = start + length
        text.literal(b"\r")
        text.literal(b"\n")
        text.need(b"endstream")
        return Stream(told, start, length)

    def get(self, value, kind=Dict, printed: bool = False):
        """What a reference leads to."""
        if isinstance(value, Ref):
            there = self.printed if printed else self.standing
            need(value.number in there, f"Object {value.number} is missing.")
            value = there[value.number]
        need(isinstance(value, kind), "An object is not of the kind that its place asks for.")
        return value

    def inflated(self, stream: Stream) -> bytes:
        raw = self.data[stream.start : stream.start + stream.length]
        way = stream.told.get("Filter")
        if way is None:
            return raw
        need(way == "FlateDecode" and "DecodeParms" not in stream.told, "An attached file is packed in a way of its own.")
        unpack = zlib.decompressobj()
        try:
            out = unpack.decompress(raw, INFLATE_MOST + 1)
        except zlib.error as error:
            raise Altered("An attached file cannot be unpacked.") from error
        need(len(out) <= INFLATE_MOST, "An attached file is too large to unpack.")
        need(unpack.eof and not unpack.unused_data, "An attached file does not end where it says.")
        return out

    # ---- the seal

    def sealed_form(self) -> None:
        catalog, before = self.get(self.root_ref), self.get(self.root_ref, printed=True)
        page_ref = self.first_page(before)
        page, page_before = self.get(page_ref), self.get(page_ref, printed=True)
        need(isinstance(self.first_size, int), "The printed revision tells no size.")
        for number in self.added:
            new = number >= self.first_size
            need(new or Ref(number) in (self.root_ref, page_ref), f"The seal's revision rewrites object {number}.")
        need(not {"AcroForm", "Perms"} & set(before), "What was printed already has a form.")
        same = {key: value for key, value in catalog.items() if key not in ("AcroForm", "Perms")}
        need(same == before, "The seal's revision changes the document's root beyond its own field.")
        kept = {key: value for key, value in page_before.items() if key != "Annots"}
        need({key: value for key, value in page.items() if key != "Annots"} == kept, "The seal's revision changes the first page.")
        form = self.get(catalog.get("AcroForm"))
        fields = form.get("Fields")
        need(isinstance(fields, list) and len(fields) == 1, "The file does not have exactly one signature field.")
        notes, notes_before = self.get(page.get("Annots"), list), self.get(page_before.get("Annots", []), list)
        need(notes == [*notes_before, fields[0]], "The seal's revision changes what stands on the first page.")
        field = self.get(fields[0])
        need(field.get("FT") == "Sig" and isinstance(field.get("V"), Ref), "The signature field is empty.")
        permission = self.get(catalog.get("Perms")).get("DocMDP")
        need(permission == field["V"], "The seal does not certify the document.")
        self.signature = self.get(field["V"])
        signatures = sum(_signatures(value) for there in (self.printed, self.added) for value in there.values())
        need(signatures == 1, f"The file has {signatures} signatures instead of one.")
        told = self.signature
        need(told.get("Type") == "Sig" and told.get("Filter") == "Adobe.PPKLite", "The signature dictionary is not a seal's.")
        need(told.get("SubFilter") == "ETSI.CAdES.detached", "The seal is not of the kind PAdES asks for.")
        references = told.get("Reference")
        need(isinstance(references, list) and len(references) == 1, "The seal does not certify the document.")
        rule = self.get(references[0])
        allowed = self.get(rule.get("TransformParams")).get("P")
        need(rule.get("TransformMethod") == "DocMDP" and allowed == 1, "The seal allows changes to the document.")

    def first_page(self, catalog: Dict) -> Ref:
        ref = catalog.get("Pages")
        for _ in range(DEPTH_MOST):
            node = self.get(ref, printed=True)
            if node.get("Type") == "Page":
                return ref
            kids = self.get(node.get("Kids"), list, printed=True)
            need(kids and isinstance(kids[0], Ref), "The document has no first page.")
            ref = kids[0]
        raise Altered("The document has no first page.")

    def ranges(self) -> tuple[bytes, bytes]:
        """The SHA-256 of all that the seal covers, and the seal's own bytes with their padding."""
        told, size = self.signature, len(self.data)
        parts = told.get("ByteRange")
        need(isinstance(parts, list) and len(parts) == 4 and all(type(one) is int for one in parts), "The seal does not say what it covers.")
        begin, first, second, rest = parts
        need(begin == 0 and 0 < first < second and second + rest == size, "The seal does not cover the whole file.")
        need(told.spans.get("Contents") == (first, second), "The seal leaves out more than itself.")
        room = self.data[first:second]
        need(re.fullmatch(rb"<(?:[0-9a-f]{2})+>", room), "The seal's own bytes are not written as the sealer writes them.")
        covered = hashlib.sha256(self.data[:first])
        covered.update(self.data[second:])
        return covered.digest(), bytes.fromhex(room[1:-1].decode())

    # ---- what is attached

    def attached(self) -> tuple[bytes, list[tuple[str, str]]]:
        """`case.json`, and the name and SHA-256 of each embedded order."""
        catalog = self.get(self.root_ref)
        listed = self.get(catalog.get("AF"), list)
        tree = self.get(self.get(catalog.get("Names")).get("EmbeddedFiles"))
        named = self.leaves(tree)
        need(all(isinstance(one, Ref) for one in listed + named) and sorted(listed) == sorted(named), "The two lists of attached files differ.")
        need(len(set(listed)) == len(listed), "A file is attached twice.")
        case, orders = [], []
        for ref in listed:
            need(ref.number in self.printed and ref.number not in self.added, "An attached file came after printing.")
            spec = self.get(ref)
            name, relation = spec.get("F"), spec.get("AFRelationship")
            files = self.get(spec.get("EF"))
            need(isinstance(name, bytes) and isinstance(files.get("F"), Ref), "An attached file has no name or no bytes.")
            need(files.get("UF", files["F"]) == files["F"], "An attached file is two files.")
            body = self.get(files["F"], Stream)
            need(body.told.get("Type") == "EmbeddedFile", "An attached file is not stored as one.")
            if name == b"case.json":
                need(relation == "Source" and spec.get("UF", name) == name, "case.json is not attached as the record's source.")
                case.append(body)
                continue
            need(relation == "Supplement", "A file is attached that is neither the case nor an order.")
            orders.append((name.decode("latin-1"), hashlib.sha256(self.inflated(body)).hexdigest()))
        need(len(case) == 1, "The file does not have exactly one case.json.")
        content = self.inflated(case[0])
        told = case[0].told.get("Params")
        size = self.get(told).get("Size") if told is not None else None
        need(size in (None, len(content)), "case.json has another length than the file says.")
        return content, orders

    def leaves(self, node: Dict, depth: int = 0) -> list:
        need(depth < 8, "The list of attached files is nested too deeply.")
        pairs = self.get(node.get("Names", []), list)
        found = list(pairs[1::2])
        for kid in self.get(node.get("Kids", []), list):
            found += self.leaves(self.get(kid), depth + 1)
        return found


def _signatures(value) -> int:
    if isinstance(value, Stream):
        value = value.told
    if isinstance(value, dict):
        own = "ByteRange" in value or value.get("Type") in ("Sig", "DocTimeStamp")
        return own + sum(_signatures(one) for one in value.values())
    if isinstance(value, list):
        return sum(_signatures(one) for one in value)
    return 0
