"""Every check of a record, in the order of FORMAT.md, and the verdict they come to.

Source: server/record/schema/FORMAT.md, parts 4 and 5.
"""

import hashlib
from dataclasses import dataclass, field

import cms
import kept as keeping
import record
import rules
import sealed
import steps
from fault import CODES, Altered, need
from note import ED25519, Checkpoint, Key, Malformed
from pdf import Pdf
from sealed import moment
from tree import grew


@dataclass
class Beside:
    """What is laid beside the record."""

    keys: list[Key] = field(default_factory=list)
    kept: list[keeping.Kept] = field(default_factory=list)
    growths: list = field(default_factory=list)
    # Texts of a redacted edition that were shown to somebody: entry, place, salt, text.
    shown: list[tuple[int, str, bytes, str]] = field(default_factory=list)


class Judgement:
    """The checks so far. Each tells whether it holds; none where it cannot be told."""

    def __init__(self):
        self.checks, self.verdicts, self.record = [], [], {}

    def tell(self, check: str, holds: bool | None, says: str, verdict: str | None = None) -> None:
        self.checks.append({"check": check, "holds": holds, "says": says})
        if verdict:
            self.verdicts.append((verdict, says))

    def trying(self, check: str, act, *with_these):
        """Runs a check that fails by raising; answers what it answers."""
        try:
            return act(*with_these)
        except (Altered, Malformed) as error:
            self.tell(check, False, str(error), "altered")
            return None

    def verdict(self) -> tuple[str, str]:
        for word in CODES:
            for verdict, says in self.verdicts:
                if verdict == word:
                    return word, says
        return "intact", "The record holds, and a key that you hold vouches for its ledger."


def judge(data: bytes, beside: Beside) -> Judgement:
    """Checks a record. Raises `Unusable` where there is none."""
    its = Judgement()
    its.record = {"sha256": hashlib.sha256(data).hexdigest()}
    pdf = its.trying("file", Pdf, data)
    if pdf is None:
        return its
    its.tell("file", True, "The file is one printed revision and one seal.")
    seal = its.trying("seal", lambda: cms.seal(*reversed(pdf.ranges())))
    if seal:
        its.record |= {"sealed_by": seal.name, "certificate_sha256": seal.sha256, "timestamp": seal.stamped_at}
        its.tell("seal", True, _sealed_by(seal))
    read = its.trying("case", lambda: _read(pdf))
    if read is None:
        return its
    told, orders = read
    ledger = told["ledger"]
    its.record |= {
        "number": told["case"].get("number"),
        "edition": told["edition"],
        "organisation": told["organisation"],
        "as_of": told["as_of"],
        "origin": ledger["origin"],
        "keys": ledger["keys"],
    }
    its.tell("case", True, "case.json reads as its format asks.")
    if seal and its.trying("moment", _moment, pdf, told):
        its.tell("moment", True, f"It tells what the ledger held as of {told['as_of']}.")
    proven = its.trying("ledger", _ledger, told)
    if proven is None:
        return its
    checkpoint, keys, found, before = proven
    its.record |= {"size": checkpoint.size, "root": checkpoint.root.hex()}
    its.tell("ledger", True, f"The checkpoint of size {checkpoint.size} is signed, and every entry stands under it.")
    events = its.trying("entries", _entries, told, found)
    if events is not None:
        its.tell("entries", True, f"{len(events)} steps, with no gap, each as its leaf tells it.")
        its.trying("texts", _texts, its, told, found, beside)
        its.trying("rules", _rules, its, told, events, found)
        its.trying("orders", _orders, its, events, orders)
    its.trying("signer", _signer, its, found, seal)
    its.trying("keys", _keys, its, ledger, checkpoint, keys, found, beside)
    _witnesses(its, [checkpoint, *(one for one, _ in before)], beside)
    _kept(its, checkpoint, before, keys, beside)
    return its


def _sealed_by(seal: cms.Seal) -> str:
    says = f"Sealed by {seal.name}; the seal covers the whole file."
    if seal.stamped_at:
        says += f" A timestamp by {seal.stamped_by} shows that it stood at {seal.stamped_at}."
    if seal.rootless:
        says += " The issuer of the last certificate in the seal is absent, so its own signature is not checked."
    return says


def _read(pdf: Pdf) -> tuple[dict, list[tuple[str, str]]]:
    content, orders = pdf.attached()
    return record.read(content), orders


def _moment(pdf: Pdf, told: dict) -> bool:
    """The moment that the seal tells is the record's own."""
    second, _ = moment(told["as_of"])
    stands = pdf.signature.get("M")
    plain = second.strftime("D:%Y%m%d%H%M%S").encode()
    need(stands in (plain + b"Z", plain + b"+00'00'", plain + b"+00'00", plain + b"Z00'00'"), "The seal tells another moment than the record.")
    return True


# ---- the ledger: item 4


@dataclass
class Found:
    entries: list[sealed.Entry]
    policy: sealed.Entry | None
    seal: sealed.Entry | None
    successions: list[tuple[Checkpoint, sealed.Entry]]


def _ledger(told: dict):
    ledger = told["ledger"]
    checkpoint = Checkpoint.read(ledger["checkpoint"])
    keys = [Key.read(one) for one in ledger["keys"]]
    need(checkpoint.origin == ledger["origin"], "The checkpoint is of another ledger than the record says.")
    need(keys and len(set(keys)) == len(keys), "The record names no key of its ledger, or one twice.")
    for key in keys:
        need(key.kind == ED25519 and key.name == checkpoint.origin, "The record names a key that is not its ledger's.")
        need(checkpoint.by(key), "The checkpoint is not signed by a key that the record names.")
    signers = {(one.name, one.id) for one in checkpoint.signatures if len(one.blob) == 64}
    need(signers == {(key.name, key.id) for key in keys}, "The checkpoint is signed by a key that the record does not name.")

    found = Found([sealed.entry(one) for one in ledger["entries"]], None, None, [])
    for name in ("policy", "seal"):
        if ledger[name] is not None:
            setattr(found, name, sealed.entry(ledger[name]))
    for one in [*found.entries, *(each for each in (found.policy, found.seal) if each)]:
        need(one.stands_in(checkpoint.size, checkpoint.root), f"Entry {one.seq} does not stand under the checkpoint.")
    seqs = [one.seq for one in found.entries]
    need(seqs and seqs == sorted(set(seqs)), "The entries are not in the order of the ledger.")
    for one in ledger["successions"]:
        note, new = Checkpoint.read(one["checkpoint"]), sealed.entry(one["entry"])
        need(note.origin == checkpoint.origin, "A change of key is told by another ledger.")
        need(new.stands_in(note.size, note.root), f"Entry {new.seq} does not stand under the checkpoint that tells a change of key.")
        found.successions.append((note, new))

    before = keeping.earlier(ledger, checkpoint)
    for note, growth in before:
        need(note.origin == checkpoint.origin, "An earlier checkpoint is of another ledger.")
        need(note.size <= checkpoint.size, "An earlier checkpoint is longer than the record's own.")
        fits = grew(note.size, checkpoint.size, note.root, checkpoint.root, list(growth.proof))
        need(fits, f"The ledger did not grow out of the earlier checkpoint of size {note.size}.")
        need(all(note.by(key) is not False for key in keys), f"The earlier checkpoint of size {note.size} is badly signed.")
    return checkpoint, keys, found, before


# ---- what the entries tell: items 5 and 6


def _entries(told: dict, found: Found) -> list[dict]:
    case, events = told["case"], []
    for one in found.entries:
        where, payload, leaf = f"Entry {one.seq}", one.payload, one.leaf
        kind = payload.get("entry")
        if kind == "refused":
            need(payload.keys() == {"entry", "case", "step", "says"}, f"{where}: it is malformed.")
            need(payload["case"] == case.get("id"), f"{where}: it is of another case.")
            _fits(one, "case.refused", payload["case"], payload["step"])
            continue
        need(kind == "step" and payload.keys() == {"entry", "event"}, f"{where}: it is neither a step nor a refusal.")
        event = payload["event"]
        need(steps.readable(event, rules.STEPS), f"{where}: the step it tells is malformed.")
        need(event["case"] == case.get("id") and event["number"] == case.get("number"), f"{where}: it is of another case.")
        need(event["version"] == len(events) + 1, f"{where}: version {event['version']} follows version {len(events)}.")
        need(leaf["actor"] == event["by"]["id"], f"{where}: its leaf names another member.")
        need(leaf["at"] == event["at"], f"{where}: its leaf tells another moment.")
        _fits(one, f"case.{event['step']['kind']}", event["case"], f"version-{event['version']}")
        events.append(event)
    need(events, "The record tells no step of its case.")
    if found.policy:
        payload = found.policy.payload
        version = payload["policy"].get("version") if isinstance(payload.get("policy"), dict) else None
        need(payload.get("entry") == "policy_published" and type(version) is int, "The entry of the policy tells no policy.")
        _fits(found.policy, "policy.publish", "-", str(version))
    if found.seal:
        payload = found.seal.payload
        need(payload.get("entry") == "seal_named" and isinstance(payload.get("sha256"), str), "The entry of the seal names no certificate.")
        _fits(found.seal, "seal.name", "-", payload["sha256"])
    for _, one in found.successions:
        need(one.payload.get("entry") == "ledger_key_named", "The entry of a change of key names no key.")
        _fits(one, "ledger-key.name", "-", _named_key(one))
    return events


def _named_key(one: sealed.Entry) -> str:
    """The key that such an entry names."""
    text = one.payload.get("key")
    need(isinstance(text, str) and len(one.payload) == 2, "A change of key names no key.")
    return text


def _fits(one: sealed.Entry, action: str, case: str, about: str) -> None:
    leaf = one.leaf
    need(leaf["action"] == action, f"Entry {one.seq}: its leaf tells another act.")
    need(leaf["case"] == case, f"Entry {one.seq}: its leaf is of another case.")
    need(leaf["object"] == about, f"Entry {one.seq}: its leaf is about something else.")


def _texts(its: Judgement, told: dict, found: Found, beside: Beside) -> None:
    """What is left out is what the record says it leaves out, and no more."""
    everything = [*found.entries, *(one for one in (found.policy, found.seal) if one), *(one for _, one in found.successions)]
    refusals = [one for one in found.entries if one.payload["entry"] == "refused"]
    closed = {place for one in everything if one.payload["entry"] != "refused" for place in one.masked}
    # What a refusal's text is called is not for its reader to know: only that one is left out.
    refused = any(one.masked for one in refusals)
    masked = told["masked"]
    need(len(set(masked)) == len(masked), "The record tells twice that it leaves something out.")
    if told["edition"] == "full":
        need(not closed and not refused and not masked, "The record is a full edition and yet leaves something out.")
    need(masked or told["edition"] == "full", "The record is a redacted edition that leaves nothing out.")
    others = set(masked) - closed
    need(closed <= set(masked) and bool(others) == refused, "What the record leaves out is not what it says it leaves out.")
    its.tell("texts", True, f"{len(masked)} texts are left out, as the record says." if masked else "Every text is opened and fits what was sealed.")
    for seq, place, salt, value in beside.shown:
        digest = sealed.digest_of(salt, value)
        closed_there = {hash for one in found.entries if one.seq == seq for _, hash in one.closed}
        fits = digest in closed_there and place in masked
        if fits:
            its.tell("shown", True, f"What is left out at {place} of entry {seq} is \u201c{value}\u201d.")
        else:
            need(False, f"The text shown for {place} of entry {seq} is not what the record leaves out there.")


def _rules(its: Judgement, told: dict, events: list[dict], found: Found) -> None:
    case, broken = rules.replay(told["case"]["id"], told["case"]["number"], events)
    for says in broken:
        its.tell("rules", False, says, "rules broken")
    case.compare(told["case"])
    policy = found.policy.payload["policy"] if found.policy else None
    need(told["policy"] == policy, "The policy that the record quotes is not the one that was published.")
    need((policy or {}).get("version") == case.policy, "The policy that the record quotes is not the one that the case is judged by.")
    last = moment(told["as_of"])
    others = [one for one in (found.policy, found.seal) if one] + [one for _, one in found.successions]
    for one in [*found.entries, *others]:
        need(moment(one.leaf["at"]) <= last, f"Entry {one.seq} is younger than the record says that it is.")
    if not broken:
        its.tell("rules", True, "Every step was allowed when it was taken, and the case is what the steps amount to.")


def _orders(its: Judgement, events: list[dict], embedded: list[tuple[str, str]]) -> None:
    on_case = {one["step"]["sha256"] for one in events if one["step"]["kind"] == "attach"}
    for name, sha256 in embedded:
        need(sha256 in on_case, f"The embedded file \u201c{name}\u201d is no order of this case.")
    if embedded:
        its.tell("orders", True, f"{len(embedded)} embedded orders are those that were attached to the case.")


# ---- who vouches: items 7 and 8


def _signer(its: Judgement, found: Found, seal: cms.Seal | None) -> None:
    if found.seal is None:
        # A seal that its ledger does not name is anybody's: who made it could have left the last
        # entries out, and every proof would still fit.
        says = "The record holds in itself, but its ledger does not say which certificate seals its records."
        its.tell("signer", None, says, "signature unknown")
    elif seal:
        need(found.seal.payload.get("sha256") == seal.sha256, "The record is sealed with another certificate than its ledger names.")
        its.tell("signer", True, "The certificate of the seal is the one that the ledger names.")


def _keys(its: Judgement, ledger: dict, checkpoint: Checkpoint, keys: list[Key], found: Found, beside: Beside) -> None:
    held = [one for one in beside.keys if one.kind == ED25519]
    named: Key | None = None
    for note, one in found.successions:
        new = Key.read(_named_key(one))
        need(new.kind == ED25519 and new.name == checkpoint.origin, "A change of key names no key of this ledger.")
        # Each change after the first is signed by the key that the one before it named.
        need(named is None or note.by(named), "A change of key is not signed by the key before it.")
        need(all(note.by(key) is not False for key in held), "A change of key is badly signed.")
        if any(note.by(key) for key in held):
            held.append(new)
        named = new
    need(named is None or named in keys, "The last change of key does not lead to the key of the checkpoint.")
    if any(key in held for key in keys):
        given = any(key in beside.keys for key in keys)
        its.tell("keys", True, "A key that you hold signed the checkpoint." if given else "A key that you hold named, in the ledger, the key that signed the checkpoint.")
        return
    says = "No key that you hold signed the checkpoint." if beside.keys else "You gave no key, so nothing tells whose ledger this is."
    its.tell("keys", None, "The record holds in itself. " + says, "signature unknown")


def _witnesses(its: Judgement, checkpoints: list[Checkpoint], beside: Beside) -> None:
    """Who else signed: believed only of keys that are held."""
    names, unknown = [], set()
    for one in checkpoints:
        known = {(key.name, key.id) for key in beside.keys}
        unknown |= {line.name for line in one.witnesses() if (line.name, line.id) not in known}
        for key in beside.keys:
            holds = one.by(key)
            if holds is False:
                its.tell("witnesses", False, f"The signature of {key.name} on the checkpoint of size {one.size} does not verify.", "altered")
            elif holds and key.name != one.origin and key.name not in names:
                names.append(key.name)
    its.record["cosigned_by"] = sorted(names)
    if names:
        its.tell("witnesses", True, f"Witnessed by {', '.join(sorted(names))}.")
    if unknown:
        its.tell("witnesses", None, f"Said to be witnessed by {', '.join(sorted(unknown))}, whose keys you did not give.")


# ---- what somebody kept: item 9


def _kept(its: Judgement, checkpoint: Checkpoint, before: list, keys: list[Key], beside: Beside) -> None:
    growths = [growth for _, growth in before] + beside.growths
    growths += [growth for one in beside.kept for growth in one.growths]
    known = {*keys, *beside.keys}
    for file in beside.kept:
        for one in file.checkpoints:
            verdict, says = keeping.compare(checkpoint, [note for note, _ in before], one, growths)
            foreign = one.origin != checkpoint.origin
            if not foreign and not any(one.by(key) for key in known):
                says += " Its signature is by no key at hand."
            its.tell("kept", None if foreign else verdict is None, f"{file.name}: {says}", verdict)
