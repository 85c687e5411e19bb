"""The rules of the desk, stated a second time, and the case that its entries amount to.

They are re-stated from the desk's domain and from `app/casework/authorization.txt`, not from the
code that obeys them. Of the gate only what weighs most is asked: who confirmed the requester, an
order on file, the reach of the instrument. The other questions of the gate, and the request as
read from its form, are not asked again.
"""

import json

import beside
import periods
from beside import Beside
from fault import RuleBroken, need
from periods import day_of, instant, zoned
from sealed import MASK
from telephone import numbers
from terms import Terms

OPEN = "draft filed in_review returned approved partly_approved denied disclosed"
# Step: roles, and the stages it may be taken in.
STEPS = {
    "draft": ("staff", "draft"),
    "file": ("staff", "draft"),
    "edit": ("staff", "filed returned"),
    "classify": ("staff", "filed returned"),
    "attach": ("staff", f"{OPEN} closed withdrawn"),
    "strike": ("staff", "draft filed returned"),
    "verify": ("staff manager", "filed in_review returned"),
    "submit": ("staff", "filed returned"),
    "decide": ("manager", "in_review"),
    "review": ("manager", "approved partly_approved disclosed"),
    "disclose": ("staff", "approved partly_approved"),
    "close": ("staff", "approved denied disclosed"),
    "withdraw": ("staff", OPEN),
    "reopen": ("staff manager", "denied closed withdrawn"),
    **beside.STEPS,
}
# What a member did on the case, by the step it comes from.
DEEDS = {
    "draft": "edited",
    "edit": "edited",
    "file": "filed",
    "classify": "classified",
    "verify": "verified",
    "decide": "decided",
    "review": "reviewed",
}
APART = ("filed", "edited", "classified", "verified")

# Fields of the form that a request repeats as they were typed.
OF_REQUESTER = ("authority", "unit", "country", "person", "title", "badge", "email", "phone", "reference")
OF_REQUEST = ("served_entity", "served_at", "asks", "legal_basis", "deliver_to", "language")
# Who asks, and how they are reached: where one of these differs, it is another requester.
WHO_ASKS = ("authority", "country", "person", "email", "phone")
# Grounds that only the enforcing authority raises against a European order.
NOT_OURS = {"immunity_privilege_press", "fundamental_rights"}
EUROPEAN = ("epoc", "epoc_pr")


def demand(holds: object, event: dict, says: str) -> None:
    if not holds:
        raise RuleBroken(f"Version {event['version']}: {says}")


class Case:
    """The case after the events so far."""

    def __init__(self, id: str, number: str):
        self.id, self.number = id, number
        self.version, self.stage = 0, "draft"
        self.fields, self.policy, self.filed, self.classification = {}, None, None, None
        self.requester_changed = None
        self.orders, self.verifications, self.decisions, self.reviews, self.disclosures = [], [], [], [], []
        self.granted, self.awaits_review = set(), False
        self.closing, self.withdrawals, self.reopenings = None, [], []
        self.hands, self.opened_at, self.changed_at = {}, None, None
        self.beside = Beside(self)

    # ---- what is asked

    def ground(self) -> str | None:
        return self.classification and self.classification.get("ground")

    def terms(self) -> Terms:
        return Terms(self.classification)

    def requested(self) -> set:
        return set(self.fields.get("categories", []))

    def produced(self) -> set:
        answers = [one["what"].get("answers", {}) for one in self.disclosures]
        return {category for one in answers for category, answer in one.items() if answer == "produced"}

    def confirmed(self, now: int | None = None) -> bool:
        """The last test of the requester that counts confirmed them, and has not expired at `now`.

        Under terms none counts that was made or recorded before the requester last changed. In an emergency
        only a call-back counts: not one by the member who filed, and none to a number that the
        request itself gives.
        """
        filer = self.filed and self.filed["by"]["id"]
        emergency = self.ground() == "emergency"
        changed = self.requester_changed if self.terms().bind else None
        counts = [
            one["what"]
            for one in self.verifications
            if (not changed or self.after(one, instant(changed)))
            and (not emergency or (one["what"]["method"] == "call_back" and one["by"]["id"] != filer and not self.nameless(one["what"]) and not self.beside.own_number(one["what"])))
        ]
        if not counts or counts[-1]["finding"] != "confirmed":
            return False
        return now is None or not self.beside.expired(counts[-1], now)

    def after(self, verification: dict, changed: int) -> bool:
        """Whether the requester was tested after a moment. When the test was made is told to the minute."""
        made, _ = zoned(verification["what"]["at"])
        return instant(verification["at"]) > changed and made >= periods.to_the_minute(changed)

    def nameless(self, verification: dict) -> bool:
        """Whether an emergency's call-back does not say which number was called."""
        binds = self.terms().bind and self.ground() == "emergency" and verification["method"] == "call_back"
        return binds and verification["contact"] != MASK and not numbers(verification["contact"])

    def released(self) -> int:
        """Since when something may leave the house, to the minute: the approval, or the agreement it waited for."""
        at = instant(self.decisions[-1]["at"])
        if self.reviews and self.ground() != "emergency" and self.terms().needs_two(self.granted):
            at = max(at, instant(self.reviews[-1]["at"]))
        return periods.to_the_minute(at)

    def not_upheld(self) -> bool:
        """Whether a second manager did not uphold the decision that stands."""
        review = self.reviews[-1] if self.reviews and self.decisions else None
        return bool(review) and review["what"]["finding"] == "not_upheld" and instant(review["at"]) >= instant(self.decisions[-1]["at"])

    # ---- what is allowed

    def ask(self, event: dict) -> None:
        """Raises `RuleBroken` where the rules refuse this step to this member now."""
        step, member = event["step"], event["by"]
        kind = step["kind"]
        roles, stages = STEPS[kind]
        demand(event["version"] > 1 or kind == "draft", event, "a case begins with its draft.")
        demand(member["role"] in roles.split(), event, f"the role {member['role']} may not take the step {kind}.")
        demand(self.stage in stages.split(), event, f"the step {kind} is not taken in the stage {self.stage}.")
        deeds = self.hands.get(member["id"], {})
        if kind in ("decide", "review", "settle"):
            did = [deed for deed in APART if deeds.get(deed)]
            demand(not did, event, f"a member who {' and '.join(did)} this case takes the step {kind}.")
        if kind == "verify":
            demand(zoned(step["at"])[0] <= instant(event["at"]), event, "a test of the requester lies in the future.")
        if kind == "verify" and self.ground() == "emergency":
            demand(not deeds.get("filed"), event, "the member who filed an emergency makes the call-back.")
            demand(not self.beside.own_number(step), event, "an emergency is confirmed by calling a number that its request gives.")
            demand(not self.nameless(step), event, "an emergency is called back without saying at which number.")
        if kind == "strike":
            standing = [one for one in self.orders if one["struck"] is None and one["attached"]["what"].get("id") == step.get("order")]
            demand(standing, event, "an order is struck that does not stand on the case.")
        if kind == "submit":
            # What should be refused as it stands need not be complete first.
            demand(self.classification or step.get("reasons"), event, "a case is put before a manager without being classified.")
        if kind == "decide":
            self.ask_decision(event, step)
        if kind == "review":
            demand(self.awaits_review, event, "a review is recorded where none is due.")
            released = [one for one in self.decisions if one["what"].get("verdict") in ("approve", "approve_in_part")]
            demand(not released or released[-1]["by"]["id"] != member["id"], event, "the manager who released an emergency reviews it too.")
        if kind == "disclose":
            self.ask_disclosure(event, step)
        if kind == "close":
            demand(not self.awaits_review, event, "an emergency is closed before its second review.")
            demand(self.stage != "approved" or self.terms().preserves, event, "a case is closed with nothing disclosed.")
            self.beside.ask_closing(event, step, lambda holds, says: demand(holds, event, says))
        if kind == "withdraw":
            waits = self.awaits_review and self.stage == "disclosed" and self.terms().bind
            demand(not waits, event, "an emergency is withdrawn after a disclosure, before its second review.")
        if kind in beside.STEPS:
            demand(self.filed or self.stage != "withdrawn", event, f"the step {kind} is taken on a draft that came to nothing.")
            self.beside.ask(event, lambda holds, says: demand(holds, event, says))

    def ask_decision(self, event: dict, step: dict) -> None:
        verdict, terms = step.get("verdict"), self.terms()
        given = {"deny": [step], "approve_in_part": step.get("refused", {}).values()}.get(verdict, [])
        if terms.bind and terms.instrument in EUROPEAN:
            others = sorted({why.get("code") for why in given} & NOT_OURS)
            demand(not others, event, f"{', '.join(others)}: given as a reason, which only the enforcing authority may.")
        if verdict in ("deny", "return"):
            return
        demand(self.classification, event, "a case is approved without being classified.")
        ground, now = self.ground(), instant(event["at"])
        demand(terms.own_ground == ground, event, f"the instrument {terms.instrument} does not stand under the ground {ground}.")
        demand(self.confirmed(), event, "a case is approved without a confirmed requester.")
        demand(self.confirmed(now), event, "a case is approved on a confirmation of the requester that no longer counts.")
        if ground == "legal_directive":
            demand(any(one["struck"] is None for one in self.orders), event, "a case is approved without its order.")
        if ground == "rights_or_property":
            demand(step.get("not_claiming") is True, event, "a claim of the company is approved by somebody who does not say that it is not theirs.")
        span = step.get("span")
        demand(span or ground != "emergency" or not terms.bind, event, "an emergency is released without its days.")
        demand(not span or day_of(span["from"]) <= day_of(span["until"]), event, "the days of a release end before they begin.")
        demand(terms.ceiling != "nothing", event, f"a {terms.instrument} is approved, which reaches nothing.")
        if terms.preserves:
            demand(verdict == "approve", event, "data is granted under an instrument that preserves only.")
            return
        requested = self.requested()
        granted = requested if verdict == "approve" else set(step.get("granted", []))
        beyond = sorted(one for one in granted if not terms.reaches(one))
        demand(not beyond, event, f"{', '.join(beyond)}: granted beyond what the instrument reaches.")
        self.beside.ask_held(granted, lambda holds, says: demand(holds, event, says))
        if verdict == "approve_in_part":
            refused = set(step.get("refused", {}))
            demand(granted and refused and not granted & refused, event, "a part is granted, but not exactly a part.")
            demand(granted | refused == requested, event, "what is granted and refused is not what was asked for.")

    def ask_disclosure(self, event: dict, step: dict) -> None:
        demand(not self.terms().preserves, event, "data is disclosed under an instrument that preserves only.")
        waits = self.awaits_review and self.ground() != "emergency"
        demand(not waits, event, "contents are disclosed before a second manager agreed.")
        answers = step.get("answers", {})
        beyond = sorted(set(answers) - self.granted)
        demand(not beyond, event, f"{', '.join(beyond)}: disclosed without being granted.")
        produced = {category for category, answer in answers.items() if answer == "produced"}
        demand(not produced or step.get("sha256"), event, "data is disclosed without its SHA-256.")
        self.beside.ask_disclosure(event, produced, lambda holds, says: demand(holds, event, says))

    # ---- what follows

    def follow(self, event: dict) -> None:
        """Folds the event into the case."""
        step, by, at = event["step"], event["by"], event["at"]
        kind = step["kind"]
        what = {key: value for key, value in step.items() if key != "kind"}
        signed = {"by": by, "at": at, "what": what}
        self.version, self.changed_at, self.opened_at = event["version"], at, self.opened_at or at
        hand = self.hands.setdefault(by["id"], {"name": by["name"], **dict.fromkeys((*APART, "decided", "reviewed"), False)})
        if kind in DEEDS:
            hand[DEEDS[kind]] = True
        if kind == "edit":
            if self.filed and _another_asks(self.fields, what["fields"]):
                self.requester_changed = at
            self.policy = what.get("policy") or self.policy
        if kind in ("draft", "edit"):
            self.fields = what.get("fields", {})
        elif kind == "file":
            self.policy, self.filed, self.stage = what.get("policy"), {**signed, "what": None}, "filed"
        elif kind == "classify":
            self.classification = what
        elif kind == "attach":
            self.orders.append({"attached": signed, "struck": None})
        elif kind == "strike":
            for one in self.orders:
                if one["attached"]["what"].get("id") == what.get("order"):
                    one["struck"] = signed
        elif kind == "verify":
            self.verifications.append(signed)
        elif kind == "submit":
            self.stage = "in_review"
        elif kind == "decide":
            self.decided(signed, what)
        elif kind == "review":
            self.awaits_review = False
            self.reviews.append(signed)
            if what.get("finding") == "not_upheld" and self.stage != "disclosed":
                self.stage, self.granted = "denied", set()
        elif kind == "disclose":
            self.disclosures.append(signed)
            self.stage = "disclosed"
        elif kind == "close":
            self.closing, self.stage = signed, "closed"
        elif kind == "withdraw":
            self.withdrawals.append(signed)
            self.stage = "withdrawn"
            self.awaits_review = self.awaits_review and not self.terms().bind
        elif kind == "reopen":
            self.reopenings.append(signed)
            self.granted, self.closing = set(), None
            self.stage = "filed" if self.filed else "draft"
        else:
            self.beside.follow(kind, signed)
            if kind == "settle" and what["finding"] == "sustained" and self.stage in ("in_review", "approved", "partly_approved"):
                # The decision is taken anew, with the objection on file.
                self.stage, self.granted, self.awaits_review = "returned", set(), False

    def decided(self, signed: dict, what: dict) -> None:
        verdict = what["verdict"]
        self.decisions.append(signed)
        self.stage = {"approve": "approved", "approve_in_part": "partly_approved", "deny": "denied", "return": "returned"}[verdict]
        self.granted = set()
        if verdict == "approve" and not self.terms().preserves:
            self.granted = self.requested()
        elif verdict == "approve_in_part":
            self.granted = set(what.get("granted", []))
        second = self.ground() == "emergency" or self.terms().needs_two(self.granted)
        self.awaits_review = self.stage in ("approved", "partly_approved") and second

    # ---- what the record says of it

    def told(self) -> dict:
        """The case by its keys in the record; what lives beside the stage only where there is any."""
        return {**vars(self), "beside": self.beside.told or None}

    def compare(self, told: dict) -> None:
        """Raises `Altered` where `case` says something else than its entries amount to."""
        mine = self.told()
        for key, ours in mine.items():
            theirs = told.get(key)
            if isinstance(ours, set):
                need(isinstance(theirs, list), f"case.json: the case's \u201c{key}\u201d is no list.")
                same = sorted(ours) == sorted(map(str, theirs))
            else:
                same = _written(theirs) == _written(ours)
            need(same, f"case.json: the case's \u201c{key}\u201d is not what its entries amount to.")
        need(not told.keys() - mine.keys() - {"request"}, "case.json: the case has something that does not belong there.")
        request = told.get("request")
        if request is not None:
            need(self.filed, "case.json: the case has a request that was never filed.")
            need(isinstance(request, dict), "case.json: the case's \u201crequest\u201d is no object.")
            self.compare_request(request)

    def compare_request(self, request: dict) -> None:
        """Holds the request's texts and categories against the form they were read from."""
        asked = request.get("categories")
        need(isinstance(asked, list) and set(map(str, asked)) == self.requested(), "case.json: the request asks for other categories than its entries do.")
        requester = request.get("requester", {})
        for told, names in ((requester, OF_REQUESTER), (request, OF_REQUEST)):
            for name in names:
                theirs = told.get(name) if isinstance(told, dict) else None
                same = _words(theirs) == _words(" ".join(self.fields.get(name, [])))
                need(same, f"case.json: the request's \u201c{name}\u201d is not what its entries amount to.")
        identifiers = request.get("identifiers", [])
        need(isinstance(identifiers, list) and all(isinstance(one, dict) for one in identifiers), "case.json: the request's identifiers are malformed.")
        theirs = [word for one in identifiers for word in _words(one.get("value"))]
        same = theirs == _words(" ".join(self.fields.get("identifier_value", [])))
        need(same, "case.json: the request's \u201cidentifiers\u201d are not what its entries amount to.")


def _another_asks(before: dict, after: dict) -> bool:
    """Whether somebody else asks than before; a text that is left out is not therefore another."""
    pairs = ([(fields.get(name) or [""])[0].strip().lower() for fields in (before, after)] for name in WHO_ASKS)
    return any(then != now and MASK not in (then, now) for then, now in pairs)


def _words(text) -> list[str]:
    """A text's words: reading a form trims what it reads."""
    return text.split() if isinstance(text, str) else [] if text is None else ["\0"]


def _written(value) -> str:
    """The value as text, for Python takes 0 and false for equal."""
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value):
    """The value without what is told as nothing: absent and null are one."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def replay(id: str, number: str, events: list[dict]) -> tuple[Case, list[str]]:
    """The case that these events amount to, and each rule that was broken on the way."""
    case, broken = Case(id, number), []
    for event in events:
        try:
            case.ask(event)
        except RuleBroken as rule:
            broken.append(str(rule))
        case.follow(event)
    return case, broken
