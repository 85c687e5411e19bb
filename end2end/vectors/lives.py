"""Lives of cases, step by step, and the steps in them that the rules refuse.

A life is a list of `(member, step)`; a number between them lets so many hours pass. Each step is taken
twenty minutes after the one before; what is disclosed was sent five minutes before that is recorded,
unless its life says otherwise. `broken` are the versions of the case that the rules refuse.
"""

from datetime import datetime, timedelta

CASE, NUMBER = "00000000-0000-0000-0000-d15c105e002a", "DD-2026-00042"


def member(number, name, role):
    return {"id": f"00000000-0000-0000-0000-{number:012}", "name": name, "role": role}


ANNA, BEN = member(1, "Anna Berg", "staff"), member(2, "Ben Okafor", "staff")
CARLA, DEV = member(3, "Carla Ruiz", "manager"), member(4, "Dev Patel", "manager")
EDA, FAY = member(5, "Eda Koch", "auditor"), member(6, "Fay Lund", "administrator")
ANNA_PROMOTED = {**ANNA, "role": "manager"}

FIELDS = {
    "requester_kind": "police",
    "authority": "Lakeside Police Department",
    "country": "United States",
    "person": "Det. Maria Lopez",
    "email": "mlopez@police.lakeside.example",
    "phone": "+1 555 014 2000",
    "reference": "LPD-26-0417",
    "channel": "email",
    "received": "2026-03-01T16:20",
    "received_zone": "America/New_York",
    "served_entity": "Example Web Ltd.",
    "asks": "Data about one account.",
    "identifier_kind": "email",
    "identifier_value": "sam@subject.example",
    "legal_basis": "18 U.S.C. 2703",
    "due": "2026-03-10",
}
DIRECTIVE = {"issuing_authority": "District Court", "order_reference": "26-417", "issued_on": "2026-02-20", "signed": "yes", "right_entity": "yes", "jurisdiction": "yes"}
ANSWERS = {
    "subpoena": DIRECTIVE | {"statute": "Grand jury", "return_date": "2026-04-01"},
    "court_order_2703d": DIRECTIVE | {"court": "District Court", "judge": "R. Adeyemi", "specific_facts": "yes", "dates_covered": "February"},
    "search_warrant": DIRECTIVE | {"court": "District Court", "judge_signed": "yes", "probable_cause": "yes", "accounts": "One.", "dates_covered": "February", "execute_by": "2026-12-31"},
    "other_court_order": DIRECTIVE | {"court": "High Court", "judge": "R. Adeyemi", "act": "PACE 1984, schedule 1", "days_to_comply": "7"},
    "civil_subpoena": DIRECTIVE | {"court": "Superior Court", "parties": "Roe v. Doe", "attorney": "A. Stone", "service": "By agent.", "subject_told": "yes"},
    "preservation_request": DIRECTIVE | {"preserve": "The account."},
    "national_security_letter": DIRECTIVE | {"letter_number": "NSL-26-1", "statute": "18 USC 2709", "certifying_official": "A director", "nondisclosure_certified": "yes"},
    "epoc": DIRECTIVE | {"file_numbers": "7 Js 1/26", "validating_authority": "issued by a court", "emergency_flag": "no"},
    "epoc_pr": DIRECTIVE | {"file_numbers": "7 Js 1/26", "validating_authority": "issued by a court"},
    "emergency_request": {"who": "A girl of fifteen.", "danger": "She announced to kill herself.", "by_when": "tonight", "averts": "It leads to her home.", "too_slow": "A warrant takes a day."},
}
GROUNDS = {"emergency_request": "emergency"}
CEILINGS = {
    "subpoena": "subscriber",
    "court_order_2703d": "traffic",
    "search_warrant": "contents",
    "other_court_order": "as_ordered",
    "civil_subpoena": "subscriber",
    "national_security_letter": "subscriber",
    "epoc": "as_ordered",
    "preservation_request": "preserve",
    "epoc_pr": "preserve",
    "emergency_request": "as_needed",
}


def days(count):
    return {"count": count, "unit": "days"}


def hours(count):
    return {"count": count, "unit": "hours"}


PERIODS = {"delayed_notice": days(90), "gag_most": days(365), "objection": days(7), "verification_holds": days(30)}
OF_EMERGENCIES = {"emergency_release": hours(24), "emergency_review": hours(48), "formal_process": days(30)}


def terms(instrument, **other):
    """The terms a classification takes; a category that they do not name lies as deep as delivered."""
    periods = PERIODS | (OF_EMERGENCIES if instrument == "emergency_request" else {}) | other.pop("periods", {})
    told = {"tables": 0, "ceiling": CEILINGS[instrument], "tiers": other.pop("tiers", {}), "periods": periods}
    return told | {"zone": "UTC", "two_for_contents": True, "objection_stops": True} | other


# ---- steps


def draft(*categories, **other):
    fields = {name: [value] for name, value in (FIELDS | other).items() if value}
    return ANNA, {"kind": "draft", "fields": fields | {"categories": list(categories)}}


def edit(*categories, policy=None, **other):
    fields = draft(*(categories or BASICS), **other)[1]["fields"]
    return ANNA, {"kind": "edit", "fields": fields} | ({"policy": policy} if policy else {})


def classify(instrument, told="own", **other):
    ordered = other.pop("ordered", ["email_address", "ip_history"] if instrument in ("other_court_order", "epoc") else [])
    answers = ANSWERS[instrument] | other.pop("answers", {})
    step = {"kind": "classify", "ground": GROUNDS.get(instrument, "legal_directive"), "instrument": instrument, "ordered": ordered, "answers": answers}
    return ANNA, step | ({"terms": terms(instrument, **other)} if told else {})


def order(number=7):
    return ANNA, {"kind": "attach", "id": f"00000000-0000-0000-0000-{number:012}", "name": "order.pdf", "media_type": "application/pdf", "size": 9, "sha256": f"{number:02}" * 32}


FILE = ANNA, {"kind": "file", "policy": 3}
ORDER = order()
SUBMIT = ANNA, {"kind": "submit"}
REFUSE = ANNA, {"kind": "submit", "reasons": "It names no account of ours."}
SPAN = {"from": "2026-03-01", "until": "2026-03-02"}


def verify(by=BEN, at="2026-03-02T08:30:00+00:00[UTC]", contact="+1 555 014 9000", finding="confirmed", method="call_back"):
    return by, {"kind": "verify", "method": method, "contact": contact, "source": "the county's own directory", "answered_by": "Sgt. Holt", "at": at, "finding": finding, "remarks": None}


def approve(by=CARLA, span=None):
    return by, {"kind": "decide", "verdict": "approve", "remarks": None, "not_claiming": False} | ({"span": span} if span else {})


def in_part(granted, refused, code="overbroad"):
    why = {"code": code, "word": "By its word", "reasons": "One evening was asked for."}
    return CARLA, {"kind": "decide", "verdict": "approve_in_part", "granted": granted, "refused": dict.fromkeys(refused, why), "remarks": None, "not_claiming": False}


def deny(code="house_rule_7"):
    return CARLA, {"kind": "decide", "verdict": "deny", "code": code, "word": "By its word", "reasons": "It is not ours to answer."}


DENY, ELSEWHERE = deny(), deny("redirect_to_controller")
RETURN = CARLA, {"kind": "decide", "verdict": "return", "needs": "Ask which account is meant."}


def review(by=DEV, finding="upheld"):
    return by, {"kind": "review", "finding": finding, "reasons": "It was needed."}


def disclose(sent=None, **answers):
    told = {"kind": "disclose", "answers": answers, "recipient": "Det. Maria Lopez", "means": "portal", "sent": sent, "what": "One file."}
    return ANNA, told | {"sha256": "cd" * 32 if "produced" in answers.values() else None}


def close(notice="notified_after", until=None, words="As told.", delayed=None):
    return ANNA, {"kind": "close", "notice": notice, "gagged_until": until} | ({"delayed_until": delayed} if delayed else {}) | {"words": words}


def said(kind):
    return ANNA, {"kind": kind, "reasons": "The requester wrote so."}


def search(by=ANNA, **answers):
    return by, {"kind": "search", "answers": answers}


def pause(clock="due", by=ANNA):
    return by, {"kind": "pause", "clock": clock, "reasons": "We asked which account."}


def resume(clock="due"):
    return ANNA, {"kind": "resume", "clock": clock, "reasons": "They answered."}


HOLD = ANNA, {"kind": "hold", "owner": "Jo Lindqvist", "what": "The account.", "kept_in": "cluster two"}


def renew(of="hold", until=None):
    return ANNA, {"kind": "renew", "of": of, "reference": "Form 3"} | ({"until": until} if until else {})


def convert(number="DD-2026-00043"):
    return ANNA, {"kind": "convert", "production": number}


def release(deleted="2026-03-02T09:00:00+00:00[UTC]"):
    proof = {"deleted": {"by": "Jo Lindqvist", "at": deleted, "what": "Log entry 4711."}} if deleted else {}
    return ANNA, {"kind": "release", "reasons": "No order came."} | proof


def gag(since="2026-02-20", until="2026-06-30"):
    return ANNA, {"kind": "gag", "basis": "18 USC 2705(b)", "from": since} | ({"until": until} if until else {})


def lift(on="2026-03-02"):
    return ANNA, {"kind": "lift", "on": on, "reasons": "The court vacated it."}


def notify(sent="2026-03-02T09:00:00+00:00[UTC]"):
    return ANNA, {"kind": "notify", "how": "elsewhere", "to": "sam@subject.example", "sent": sent, "what": "Your data was asked for."}


def untold(why="no_contact", until=None):
    return ANNA, {"kind": "untold", "why": why} | ({"until": until} if until else {}) | {"reasons": "Nobody knows where they are."}


def objects(at="2026-03-02T09:00:00+00:00[UTC]"):
    return ANNA, {"kind": "object", "by": "Counsel", "at": at, "what": "Another account is meant."}


def settle(finding="overruled", by=DEV):
    return by, {"kind": "settle", "finding": finding, "reasons": "It names this account."}


def letter(by=ANNA, kind="acknowledgement"):
    return by, {"kind": "letter", "id": "00000000-0000-0000-0000-000000000009", "letter": kind, "language": "en", "template": 0, "recipient": "Det. Lopez", "name": "letter.pdf", "size": 9, "sha256": "ef" * 32}


def process(arrived=True):
    return ANNA, {"kind": "process", "arrived": arrived, "reasons": "Warrant 26-418."}


# ---- beginnings

BASICS = ("email_address", "ip_history")


def filed(instrument, categories=BASICS, told="own", request={}, **other):
    orders = [ORDER] if instrument not in GROUNDS else []
    return [draft(*categories, **request), FILE, *orders, classify(instrument, told, **other)]


def reviewed(instrument, categories=BASICS, told="own", **other):
    return [*filed(instrument, categories, told, **other), verify(), SUBMIT]


def approved(instrument, categories=BASICS, told="own", **other):
    return [*reviewed(instrument, categories, told, **other), approve(span=SPAN if instrument in GROUNDS else None)]


BOTH = {"email_address": "produced", "ip_history": "produced"}
CONTENTS = ("email_address", "recorded_communications")
SPOKEN = {"email_address": "produced", "recorded_communications": "produced"}
CIVIL = ("email_address",)
ORDERED = approved("court_order_2703d")
EMERGENCY = approved("emergency_request")
KEPT = [*approved("epoc_pr"), HOLD]
GAGGED = [*ORDERED, gag()]
TOLD = [*approved("civil_subpoena", CIVIL), notify()]
WORKING = {"count": 2, "unit": "working_days", "calendar": "US"}
CLOSED = {"US": {"name": "US", "weekend": ["saturday", "sunday"], "holidays": {"2026-03-03": "A holiday"}}}
SHORT = [*approved("civil_subpoena", CIVIL, request={"due": ""}, periods={"objection": WORKING}, calendars=CLOSED), notify()]
OBJECTED = [*TOLD, objects()]
DEMANDED = {"confidential": "yes", "confidential_basis": "their letter"}
# Where it is a day later, or earlier, than in UTC for some hours.
TOKYO = {"received_zone": "Asia/Tokyo"}
DROPPED = [draft("email_address"), said("withdraw")]
WITHDRAWN = [*ORDERED, said("withdraw")]
CERTIFIED = approved("national_security_letter", CIVIL)
# Without a date in its form: the return date on its face is due.
RETURNABLE = approved("subpoena", CIVIL, request={"due": ""})
AGAIN = [said("reopen"), SUBMIT, approve()]
# Told, answered when the window had passed, and taken up again.
RESUMED = [*TOLD, 24 * 9, disclose(email_address="produced"), close("notified_before"), *AGAIN]
NOT_UPHELD = [*approved("search_warrant", CONTENTS), review(finding="not_upheld")]
CHANGED = {"person": "Det. Jo Marsh"}
BACK = "Call us back at (555) 014-9000."


def good():
    yield "a warrant for contents, on which two managers agree", [*approved("search_warrant", CONTENTS), review(), disclose(**SPOKEN), close()]
    yield "a second manager who does not agree ends the grant", [*approved("search_warrant", CONTENTS), review(finding="not_upheld"), close("not_required")]
    yield "a European preservation renewed twice, converted and released", [*KEPT, renew(), renew(), convert(), release(None), close("issuing_authority_notifies")]
    yield "a preservation that ends with deletion", [*approved("preservation_request"), HOLD, release(), close()]
    yield "a hold on a case that was withdrawn", [*KEPT, said("withdraw"), convert(), release(None)]
    yield "a gag that is renewed and ends", [*GAGGED, renew("gag", "2026-07-31"), disclose(**BOTH), close("gagged", "2026-07-31"), 24 * 152, notify("2026-08-01T04:10:00+00:00[UTC]")]
    yield "a gag that is lifted", [*GAGGED, lift(), notify(), search(email_address="held"), gag("2026-03-02", None)]
    yield "an open-ended gag that gets an end", [*ORDERED, gag(until=None), renew("gag", "2026-03-31"), 24 * 31, notify("2026-04-02T04:00:00+00:00[UTC]")]
    yield "a demand that does not bind", [*approved("court_order_2703d", request=DEMANDED), lift(), notify()]
    yield "a demand that runs out", [*approved("court_order_2703d", request=DEMANDED | {"confidential_until": "2026-03-04"}), 24 * 3, notify()]
    yield "closed as gagged, and told when that was over", [*ORDERED, disclose(**BOTH), close("gagged", "2026-03-04"), 24 * 3, notify()]
    yield "closed as gagged, and found not to be", [*ORDERED, disclose(**BOTH), close("gagged", "2026-06-30"), lift(), notify()]
    yield "told before, and nobody objects until the due date", [*TOLD, 24 * 9, disclose(email_address="produced"), close("notified_before")]
    yield "an objection that is overruled", [*OBJECTED, settle(), 24 * 9, disclose(email_address="produced")]
    yield "an objection that is withdrawn", [*OBJECTED, settle("withdrawn"), 24 * 9, disclose(email_address="produced")]
    yield "an objection that is sustained, and the case denied", [*OBJECTED, settle("sustained"), SUBMIT, DENY, close("notified_before")]
    yield "a second objection after the first was settled", [*OBJECTED, settle(), objects(), settle("withdrawn", CARLA)]
    yield "nothing is held, and that is answered within the window", [*TOLD, search(email_address="not_held"), disclose(email_address="not_held")]
    yield "a desk that does not wait for objections", [*approved("civil_subpoena", CIVIL, objection_stops=False), notify(), objects(), disclose(email_address="produced")]
    yield "a window in working days", [*SHORT, 24 * 4, disclose(email_address="produced")]
    yield "an emergency released, used on the last day of data and reviewed", [*EMERGENCY, disclose(**BOTH), review(), process(False), process(), close("exigent_delay", delayed="2026-04-30"), process()]
    yield "an emergency used in the last minute", [*EMERGENCY, 23.5, disclose(**BOTH)]
    yield "a release that lapsed is decided anew", [*EMERGENCY, 30, said("withdraw"), said("reopen"), SUBMIT, approve(span=SPAN), disclose(**BOTH)]
    yield "a failed call-back to their own number, then a good one", [*filed("emergency_request"), verify(contact="+1 (555) 014-2000", finding="not_confirmed"), verify(), SUBMIT, approve(span=SPAN)]
    yield "other paper may be confirmed by the number it gives", [*filed("court_order_2703d"), verify(contact="+1 555 014 2000"), SUBMIT, approve()]
    yield "pauses of two clocks", [*reviewed("other_court_order"), pause(), resume(), pause(by=CARLA), approve(), resume()]
    yield "a court order without a date has a period of its own", [*reviewed("other_court_order", request={"due": ""}), pause("statutory"), resume("statutory")]
    yield "what is held, said twice: the last word counts", [*reviewed("court_order_2703d"), search(email_address="not_held", ip_history="held"), search(email_address="held"), approve(), disclose(**BOTH)]
    yield "a part that is held", [*reviewed("court_order_2703d"), search(email_address="already_deleted"), in_part(["ip_history"], ["email_address"]), disclose(ip_history="produced")]
    yield "letters by staff and by managers, on an ended case too", [*reviewed("court_order_2703d"), letter(), DENY, close("not_required"), letter(CARLA)]
    yield "every kind of letter in its time", [*reviewed("court_order_2703d"), letter(kind="information"), letter(kind="narrowing"), in_part(["ip_history"], ["email_address"]), letter(kind="refusal"), HOLD, letter(kind="preservation"), disclose(ip_history="produced"), letter(kind="production"), letter(kind="notice")]
    yield "a refusal that refers elsewhere, and says no more", [*reviewed("court_order_2703d"), ELSEWHERE, letter(kind="refusal")]
    yield "a confirmation on its last day", [*filed("court_order_2703d"), verify(), 24 * 29, SUBMIT, approve()]
    yield "a confirmation that holds for working days", [*filed("court_order_2703d", periods={"verification_holds": WORKING}, calendars=CLOSED), verify(), 24 * 3, SUBMIT, approve()]
    yield "tables in which a subpoena reaches traffic data", [*approved("subpoena", ceiling="traffic"), disclose(**BOTH)]
    yield "tables in which two managers are not asked for", [*approved("search_warrant", CONTENTS, two_for_contents=False), disclose(**SPOKEN)]
    yield "from before: contents by one manager", [*approved("search_warrant", CONTENTS, None), disclose(**SPOKEN), close()]
    yield "from before: an emergency without days, used late", [*reviewed("emergency_request", told=None), approve(), 24 * 3, disclose(**BOTH), review(), close("exigent_delay")]
    yield "from before: a confirmation without an end", [*filed("court_order_2703d", told=None), verify(), 24 * 90, SUBMIT, approve()]
    yield "from before: told, and not waited for", [*approved("civil_subpoena", CIVIL, None), notify(), disclose(email_address="produced")]

    # Stages that were opened.
    yield "paper that comes after a case was closed", [*ORDERED, disclose(**BOTH), close(), order(8)]
    yield "paper that comes after a case was withdrawn", [*WITHDRAWN, order(8)]
    yield "paper on a draft that came to nothing", [*DROPPED, ORDER]
    yield "a withdrawn case is gagged, renewed, released and told", [*WITHDRAWN, gag(), renew("gag", "2026-07-31"), lift(), untold(), notify(), letter(kind="notice")]
    yield "an objection to a withdrawn case", [*WITHDRAWN, objects(), settle()]
    yield "a hold on a withdrawn case is renewed before it is converted", [*KEPT, said("withdraw"), renew(), convert(), release(None)]
    yield "formal process in an emergency that was withdrawn", [*EMERGENCY, said("withdraw"), process(False), process()]
    yield "from before: a withdrawn case is told", [*approved("court_order_2703d", told=None), said("withdraw"), notify(), untold(), order(8)]
    # Why nobody is told.
    yield "why nobody is told, for every reason", [*ORDERED, untold(), untold("issuing_authority_notifies"), untold("not_required"), untold("exigent_delay", "2026-06-30"), notify()]
    yield "a delay that ends today, where it was received", [*ORDERED, 14.5, untold("exigent_delay", "2026-03-02")]
    yield "why nobody is told, while a gag runs and after the end", [*GAGGED, untold(), disclose(**BOTH), close("no_contact"), untold("exigent_delay", "2026-06-30")]
    # Today is where it was received.
    yield "a gag lifted on a day that has begun where it was received", [*approved("court_order_2703d", request=TOKYO), gag(), 5, lift("2026-03-03")]
    yield "from before: a gag lifted on a day that has begun in UTC", [*approved("court_order_2703d", told=None), gag(), 14.5, lift("2026-03-03")]
    yield "a confirmation on its last day, where it was received", [*filed("court_order_2703d"), verify(), 24 * 30 + 15.5, SUBMIT, approve()]
    # Put before a manager for refusal.
    yield "what is not classified is put before a manager for refusal", [draft("email_address"), FILE, REFUSE, DENY, close("not_required")]
    yield "a gate that is open is put before a manager for refusal", [draft("email_address"), FILE, classify("court_order_2703d", answers={"signed": "no"}), REFUSE, DENY]
    yield "returned instead of refused", [draft("email_address"), FILE, REFUSE, RETURN, ORDER, classify("court_order_2703d"), verify(), SUBMIT, approve()]
    # Mended.
    yield "another day of receipt, and another promise", [*filed("court_order_2703d"), edit(policy=4, received="2026-02-27T16:20"), edit(), verify(), SUBMIT, approve()]
    yield "from before: another promise", [*filed("court_order_2703d", told=None), edit(policy=2), verify(), SUBMIT, approve()]
    yield "at which address it was served", [*filed("court_order_2703d", request={"served_at": "legal@web.example"}), edit(served_at="By its agent."), verify(), SUBMIT, approve()]
    yield "another requester, who is confirmed", [*filed("court_order_2703d"), verify(), edit(**CHANGED), verify(at="2026-03-02T11:00:00+00:00[UTC]"), SUBMIT, approve()]
    yield "the same requester, spelled otherwise", [*filed("court_order_2703d"), verify(), edit(person="  det. maria LOPEZ ", email="MLopez@Police.Lakeside.example"), SUBMIT, approve()]
    yield "the same requester, who asks for something else", [*filed("court_order_2703d"), verify(), edit("email_address", asks="The address only.", unit="Cyber", reference="LPD-26-0418"), SUBMIT, approve()]
    yield "a name that is left out is not another", [*filed("court_order_2703d"), verify(), edit(person="\u2588" * 5), edit(), SUBMIT, approve()]
    yield "from before: another requester than was confirmed", [*filed("court_order_2703d", told=None), verify(), edit(**CHANGED), SUBMIT, approve()]
    # Call-backs.
    yield "a failed call-back to a number in their text", [*filed("emergency_request", request={"asks": BACK}), verify(finding="not_confirmed"), verify(contact="+1 555 014 9111"), SUBMIT, approve(span=SPAN)]
    yield "other paper may be confirmed by a number in its text", [*filed("court_order_2703d", request={"asks": BACK}), verify(), SUBMIT, approve()]
    yield "other paper may be confirmed without a number", [*filed("court_order_2703d"), verify(contact="their own register"), SUBMIT, approve()]
    yield "an emergency whose texts are left out", [*filed("emergency_request", request={"asks": "\u2588" * 5, "phone": "\u2588" * 5}), verify(contact="\u2588" * 5), SUBMIT, approve(span=SPAN)]
    yield "an emergency looked up in a register beside the call-back", [*filed("emergency_request"), verify(contact="their own register", method="docket"), verify(), SUBMIT, approve(span=SPAN)]
    yield "from before: an emergency confirmed by a number in its text", [*filed("emergency_request", told=None, request={"asks": BACK}), verify(contact="their own register", finding="not_confirmed"), verify(), SUBMIT, approve()]
    # Grounds that are not ours.
    yield "other paper is denied on fundamental rights", [*reviewed("court_order_2703d"), deny("fundamental_rights")]
    yield "a European order is denied as overbroad, and granted in part", [*reviewed("epoc"), deny("overbroad"), said("reopen"), SUBMIT, in_part(["email_address"], ["ip_history"])]
    yield "from before: a European order denied on a privilege", [*reviewed("epoc", told=None), deny("immunity_privilege_press")]
    # When it was sent.
    yield "sent in the minute of the release", [*reviewed("court_order_2703d"), 0.005, approve(), disclose("2026-03-02T11:20:00+00:00[UTC]", **BOTH)]
    yield "sent in the minute of the agreement", [*approved("search_warrant", CONTENTS), 0.005, review(), disclose("2026-03-02T12:40:00+01:00[Europe/Vienna]", **SPOKEN)]
    yield "contents in an emergency, sent before they were reviewed", [*approved("emergency_request", CONTENTS), disclose("2026-03-02T11:05:00+00:00[UTC]", **SPOKEN), review(), close("exigent_delay", delayed="2026-04-30")]
    yield "contents in an emergency, reviewed before it was recorded that they were sent", [*approved("emergency_request", CONTENTS), review(), disclose("2026-03-02T11:05:00+00:00[UTC]", **SPOKEN)]
    yield "an emergency used in time and recorded late", [*EMERGENCY, 24 * 3, disclose("2026-03-03T11:00:00+00:00[UTC]", **BOTH)]
    yield "from before: sent before it was released", [*approved("court_order_2703d", told=None), disclose("2026-03-01T09:00:00+00:00[UTC]", **BOTH)]
    # The window to object.
    yield "told of what was sent before, and recorded first", [*ORDERED, notify("2026-03-02T11:38:00+00:00[UTC]"), disclose("2026-03-02T11:25:00+00:00[UTC]", email_address="produced")]
    yield "told anew in a case that was taken up again, and waited for", [*RESUMED, notify("2026-03-11T12:00:00+00:00[UTC]"), 24 * 8, disclose(email_address="produced")]
    yield "not told anew in a case that was taken up again", [*RESUMED, disclose(email_address="produced")]
    yield "told after the return date on its face", [*RETURNABLE, notify(), 24 * 31, disclose(email_address="produced")]
    yield "the date of its form outweighs the one on its face", [*approved("subpoena", CIVIL), notify(), 24 * 9, disclose(email_address="produced")]
    yield "of two dates on its face the return date counts", [*approved("subpoena", CIVIL, request={"due": ""}, answers={"return_date": "2026-03-10", "execute_by": "2026-12-31"}), notify(), 24 * 9, disclose(email_address="produced")]
    yield "the date on its face may be paused", [*reviewed("subpoena", CIVIL, request={"due": ""}), pause(), resume()]
    # How it was closed.
    yield "closed as gagged without an end, under an order that has none", [*ORDERED, gag(until=None), disclose(**BOTH), close("gagged")]
    yield "closed as gagged without an end, under a demand that has none", [*approved("court_order_2703d", request=DEMANDED), disclose(**BOTH), close("gagged")]
    yield "told after it was sent, and closed so", [*ORDERED, disclose(**BOTH), notify("2026-03-02T11:50:00+00:00[UTC]"), notify(), close(words=None)]
    yield "told before it was sent, recorded after, and closed so", [*ORDERED, disclose(**BOTH), notify(), close("notified_before", words=None)]
    yield "told of what was denied", [*reviewed("court_order_2703d"), notify(), DENY, close("notified_before", words=None)]
    yield "closed with a delay", [*ORDERED, disclose(**BOTH), close("exigent_delay", delayed="2026-06-30"), untold("exigent_delay", "2026-08-31"), notify()]
    yield "from before: closed without a hold", [*approved("preservation_request", told=None), close(words=None)]
    yield "from before: closed as not required, though told", [*approved("court_order_2703d", told=None), disclose(**BOTH), notify(), close("not_required")]
    yield "a preservation of which nothing is there, closed without a hold", [*approved("epoc_pr"), search(email_address="not_held", ip_history="already_deleted"), close("not_required")]
    yield "from before: closed as told before, though it was after", [*approved("court_order_2703d", told=None), disclose(**BOTH), notify("2026-03-02T11:50:00+00:00[UTC]"), close("notified_before", words=None)]
    # A letter that certifies.
    yield "a national security letter, lifted and told", [*CERTIFIED, lift(), notify()]
    yield "a national security letter, closed as gagged without an end", [*CERTIFIED, disclose(email_address="produced"), close("gagged"), 24 * 400, lift("2027-04-01"), notify()]
    yield "a national security letter that certifies nothing", [*approved("national_security_letter", CIVIL, answers={"nondisclosure_certified": "no"}), notify(), letter(kind="notice")]
    yield "a national security letter whose own demand has an end", [*approved("national_security_letter", CIVIL, request=DEMANDED | {"confidential_until": "2026-03-04"}), 24 * 3, notify()]
    yield "an order outweighs the letter's certification", [*CERTIFIED, gag(until="2026-03-04"), 24 * 3, notify()]
    yield "from before: a national security letter, told", [*approved("national_security_letter", CIVIL, None), notify()]
    # The newest gag.
    yield "the newest gag counts", [*GAGGED, lift(), gag("2026-03-02", "2026-03-04"), 24 * 3, notify()]
    yield "an order that was lifted outweighs a demand without an end", [*approved("court_order_2703d", request=DEMANDED), gag(), lift(), notify()]
    # Withdrawn after a release.
    yield "withdrawn after the second review", [*EMERGENCY, disclose(**BOTH), review(), said("withdraw")]
    yield "a release that nobody used is withdrawn without a review", [*EMERGENCY, said("withdraw"), said("reopen"), SUBMIT, DENY, close("not_required")]
    yield "from before: withdrawn without a review", [*reviewed("emergency_request", told=None), approve(), disclose(**BOTH), said("withdraw")]
    # Letters after a review.
    yield "a refusal after a second manager did not agree", [*NOT_UPHELD, letter(kind="refusal"), close("not_required"), letter(kind="refusal")]
    yield "a refusal after an emergency was not upheld", [*EMERGENCY, disclose(**BOTH), review(finding="not_upheld"), letter(kind="refusal")]


def bad():
    """The last step is refused."""
    yield "contents before a second manager agreed", [*approved("search_warrant", CONTENTS), disclose(**SPOKEN)]
    yield "contents on which one manager agrees twice", [*approved("search_warrant", CONTENTS), review(CARLA)]
    yield "contents that the tables call so", [*approved("court_order_2703d", tiers={"ip_history": "contents"}, ceiling="contents"), disclose(**BOTH)]
    yield "a review where none is due", [*ORDERED, review()]
    yield "after a review that was not upheld nothing leaves", [*approved("search_warrant", CONTENTS), review(finding="not_upheld"), disclose(**SPOKEN)]
    yield "granted beyond tables that lowered the ceiling", [*reviewed("search_warrant", CONTENTS, ceiling="traffic"), approve()]
    yield "granted beyond tables that moved a category deeper", [*reviewed("court_order_2703d", tiers={"ip_history": "contents"}), approve()]
    yield "approved under tables in which the paper reaches nothing", [*reviewed("subpoena", CIVIL, ceiling="nothing"), approve()]
    yield "disclosed under tables in which the paper preserves only", [*approved("subpoena", CIVIL, ceiling="preserve"), disclose()]
    yield "granted though not held", [*reviewed("court_order_2703d"), search(email_address="not_held"), approve()]
    yield "granted in part though deleted", [*reviewed("court_order_2703d"), search(email_address="already_deleted"), in_part(["email_address"], ["ip_history"])]
    yield "produced though public", [*ORDERED, search(email_address="public_or_not_ours"), disclose(**BOTH)]
    yield "produced though it is the client's", [*ORDERED, search(ip_history="redirected_to_controller"), disclose(**BOTH)]
    yield "looked for without being asked for", [*ORDERED, search(support_text="held")]
    yield "a manager who says what is held", [*ORDERED, search(CARLA, email_address="held")]
    yield "looked for after the end", [*ORDERED, disclose(**BOTH), search(email_address="held")]
    yield "a clock that does not run", [*reviewed("court_order_2703d", request={"due": ""}), pause()]
    yield "a clock that no law sets", [*reviewed("court_order_2703d"), pause("statutory")]
    yield "a clock that may not be paused", [*EMERGENCY, pause("review")]
    yield "a clock that is paused already", [*ORDERED, pause(), pause()]
    yield "a clock that was not paused", [*ORDERED, resume()]
    yield "another clock than the one that was paused", [*ORDERED, pause(), resume("statutory")]
    yield "a pause by an auditor", [*ORDERED, pause(by=EDA)]
    yield "a pause after the answer", [*ORDERED, disclose(**BOTH), pause()]
    yield "a hold beside a hold", [*KEPT, HOLD]
    yield "a hold after the end", [*ORDERED, disclose(**BOTH), close(), HOLD]
    yield "nothing to renew", [*ORDERED, renew()]
    yield "a renewal of a hold where only a gag stands", [*GAGGED, renew()]
    yield "a renewal of a converted hold", [*KEPT, convert(), renew()]
    yield "a renewal of a released hold", [*KEPT, release(), renew()]
    yield "a conversion where nothing is held", [*ORDERED, convert()]
    yield "a second conversion", [*KEPT, convert(), convert("DD-2026-00044")]
    yield "a conversion into the case itself", [*KEPT, convert(NUMBER)]
    yield "a release without proof of deletion", [*KEPT, release(None)]
    yield "a release of nothing", [*ORDERED, release()]
    yield "a deletion that lies in the future", [*KEPT, release("2026-03-09T09:00:00+00:00[UTC]")]
    yield "closed while a hold stands", [*KEPT, close()]
    yield "closed while a converted hold stands", [*KEPT, convert(), close()]
    yield "a second gag", [*GAGGED, gag()]
    yield "a gag that ends before it begins", [*ORDERED, gag("2026-02-20", "2026-02-19")]
    yield "a gag by a manager", [*ORDERED, (CARLA, gag()[1])]
    yield "a gag renewed to the same day", [*GAGGED, renew("gag", "2026-06-30")]
    yield "a gag renewed to an earlier day than its renewal", [*GAGGED, renew("gag", "2026-08-31"), renew("gag", "2026-07-31")]
    yield "a gag renewed without a day", [*GAGGED, renew("gag")]
    yield "a lifted gag renewed", [*GAGGED, lift(), HOLD, renew("gag", "2026-08-31")]
    yield "no gag to lift", [*ORDERED, lift()]
    yield "a gag lifted twice", [*GAGGED, lift(), lift()]
    yield "a demand lifted twice", [*approved("court_order_2703d", request=DEMANDED), lift(), lift()]
    yield "a gag lifted on a day to come", [*GAGGED, lift("2026-03-03")]
    yield "told while a gag runs", [*GAGGED, notify()]
    yield "told while a renewed gag runs", [*GAGGED, renew("gag", "2026-07-31"), 24 * 130, notify()]
    yield "told on the last evening of a gag", [*ORDERED, gag(until="2026-03-02"), 16, notify()]
    yield "told while an open-ended gag runs", [*ORDERED, gag(until=None), 24 * 900, notify()]
    yield "told against the request's demand", [*approved("court_order_2703d", request=DEMANDED), notify()]
    yield "told after the case was closed as gagged", [*ORDERED, disclose(**BOTH), close("gagged", "2026-06-30"), notify()]
    yield "a notice that lies in the future", [*ORDERED, notify("2026-03-09T09:00:00+00:00[UTC]")]
    yield "a notice by a manager", [*ORDERED, (CARLA, notify()[1])]
    yield "closed as told while a gag runs", [*GAGGED, disclose(**BOTH), close()]
    yield "closed as told before while a demand runs", [*approved("court_order_2703d", request=DEMANDED), disclose(**BOTH), close("notified_before")]
    yield "produced while the subject may object", [*TOLD, disclose(email_address="produced")]
    yield "produced on the evening of the last day, where it was received", [*TOLD, 24 * 8 + 15.5, disclose(email_address="produced")]
    yield "produced within the window, after the due date", [*approved("civil_subpoena", CIVIL), 24 * 8, notify("2026-03-10T10:30:00+00:00[UTC]"), 24 * 6, disclose(email_address="produced")]
    yield "produced within a window that a pause of the due date made longer", [*TOLD, pause(), 24 * 2, resume(), 24 * 8, disclose(email_address="produced")]
    yield "produced within a window in working days", [*SHORT, 24 * 3, disclose(email_address="produced")]
    yield "produced against an open objection", [*OBJECTED, 24 * 9, disclose(email_address="produced")]
    yield "produced against an objection that was sustained", [*OBJECTED, settle("sustained"), 24 * 9, disclose(email_address="produced")]
    yield "an objection beside an open one", [*OBJECTED, objects()]
    yield "an objection that lies in the future", [*TOLD, objects("2026-03-09T09:00:00+00:00[UTC]")]
    yield "no objection to settle", [*ORDERED, settle()]
    yield "an objection settled twice", [*OBJECTED, settle(), settle()]
    yield "an objection settled by staff", [*OBJECTED, settle(by=BEN)]
    yield "an objection settled by who filed", [*OBJECTED, settle(by=ANNA_PROMOTED)]
    yield "an emergency released without its days", [*reviewed("emergency_request"), approve()]
    yield "an emergency released for days that end before they begin", [*reviewed("emergency_request"), approve(span={"from": "2026-03-02", "until": "2026-03-01"})]
    yield "an emergency release used after it lapsed", [*EMERGENCY, 24, disclose(**BOTH)]
    yield "an emergency answered with nothing after its release lapsed", [*EMERGENCY, 24, disclose(email_address="not_held", ip_history="not_held")]
    yield "a shorter release by the tables", [*approved("emergency_request", periods={"emergency_release": hours(2)}), 2, disclose(**BOTH)]
    yield "an emergency confirmed by calling the number that it gives", [*filed("emergency_request"), verify(contact="(555) 014-2000")]
    yield "an emergency confirmed so before it was called one", [draft("email_address", "ip_history"), FILE, verify(contact="(555) 014-2000"), classify("emergency_request"), REFUSE, approve(span=SPAN)]
    yield "an emergency confirmed by who filed", [*filed("emergency_request"), verify(ANNA)]
    yield "formal process in a case that is no emergency", [*ORDERED, process()]
    yield "formal process before a release", [*reviewed("emergency_request"), process()]
    yield "a letter by an auditor", [*ORDERED, letter(EDA)]
    yield "a letter by an administrator", [*ORDERED, letter(FAY)]
    yield "a notice written while a gag runs", [*GAGGED, letter(kind="notice")]
    yield "a refusal where nothing was refused", [*ORDERED, letter(kind="refusal")]
    yield "a production letter before anything was sent", [*ORDERED, letter(kind="production")]
    yield "a preservation confirmed where no hold stands", [*ORDERED, letter(kind="preservation")]
    yield "a narrowing before the case is classified", [draft("email_address"), FILE, letter(kind="narrowing")]
    yield "a letter that confirms an account where none may", [*reviewed("court_order_2703d"), HOLD, ELSEWHERE, letter(kind="preservation")]
    yield "a letter that confirms an account, though the paper reaches nothing", [*reviewed("subpoena", CIVIL, ceiling="nothing"), letter(kind="narrowing")]
    yield "a letter on a draft", [draft("email_address"), letter()]
    yield "a confirmation a day too old", [*filed("court_order_2703d"), verify(), 24 * 31, SUBMIT, approve()]
    yield "a confirmation too old in hours", [*filed("court_order_2703d", periods={"verification_holds": hours(12)}), verify(), 24, SUBMIT, approve()]
    yield "a confirmation too old in working days", [*filed("court_order_2703d", periods={"verification_holds": WORKING}, calendars=CLOSED), verify(), 24 * 5, SUBMIT, approve()]
    yield "from before: not held all the same is not granted", [*reviewed("court_order_2703d", told=None), search(email_address="not_held"), approve()]
    yield "from before: a hold keeps the case open all the same", [*approved("preservation_request", told=None), HOLD, close()]

    # Stages that stay shut.
    for name, step in {"a letter": letter(), "a notice": notify(), "a gag": gag(), "an objection": objects(), "a reason why nobody is told": untold(), "a release": release()}.items():
        yield f"{name} on a draft that came to nothing", [*DROPPED, step]
    yield "a letter on a draft that came to nothing twice", [*DROPPED, said("reopen"), said("withdraw"), letter()]
    yield "a hold on a withdrawn case", [*WITHDRAWN, HOLD]
    yield "looked for in a withdrawn case", [*WITHDRAWN, search(email_address="held")]
    yield "an order struck on a closed case", [*ORDERED, disclose(**BOTH), close(), (ANNA, {"kind": "strike", "order": ORDER[1]["id"], "reasons": "Another case is meant."})]
    yield "a withdrawn case told while its gag runs", [*GAGGED, said("withdraw"), notify()]
    yield "formal process in a withdrawn case that is no emergency", [*WITHDRAWN, process()]
    yield "formal process in an emergency that was withdrawn before any release", [*filed("emergency_request"), said("withdraw"), process()]
    # Why nobody is told.
    yield "a delay that has ended", [*ORDERED, untold("exigent_delay", "2026-03-01")]
    yield "a delay that ended last night, where it was received", [*approved("court_order_2703d", request=TOKYO), 5, untold("exigent_delay", "2026-03-02")]
    yield "from before: a delay that ended last night in UTC", [*approved("court_order_2703d", told=None), 14.5, untold("exigent_delay", "2026-03-02")]
    yield "a delay without an end", [*ORDERED, untold("exigent_delay")]
    yield "from before: a delay without an end", [*approved("court_order_2703d", told=None), untold("exigent_delay")]
    yield "a manager who says why nobody is told", [*ORDERED, (CARLA, untold()[1])]
    yield "why nobody is told, of a draft", [draft("email_address"), untold()]
    # Today is where it was received.
    yield "a gag lifted on a day that has begun in UTC only", [*GAGGED, 14, lift("2026-03-03")]
    yield "a confirmation a day too old where it was received", [*filed("court_order_2703d", request=TOKYO), verify(), 24 * 30 + 5, SUBMIT, approve()]
    yield "a confirmation that lies in the future", [*filed("court_order_2703d"), verify(at="2026-03-02T12:00:00+00:00[UTC]")]
    # Put before a manager.
    yield "what is not classified is put before a manager", [draft("email_address"), FILE, SUBMIT]
    yield "what was put before a manager for refusal is approved", [draft("email_address"), FILE, ORDER, classify("court_order_2703d"), REFUSE, approve()]
    yield "what is not classified is approved", [draft("email_address"), FILE, REFUSE, approve()]
    # Mended.
    for name, fields in {"person": CHANGED, "authority": {"authority": "Harbour Police"}, "country": {"country": "Canada"}, "email": {"email": "lopez@mail.example"}, "phone": {"phone": ""}}.items():
        yield f"confirmed before another {name} was put in", [*filed("court_order_2703d"), verify(), edit(**fields), REFUSE, approve()]
    yield "called before another was put in, and recorded after", [*filed("court_order_2703d"), verify(), edit(**CHANGED), verify(at="2026-03-02T10:59:00+00:00[UTC]"), REFUSE, approve()]
    yield "confirmed before another was put in, and the first put back", [*filed("court_order_2703d"), verify(), edit(**CHANGED), edit(), REFUSE, approve()]
    yield "confirmed before another was put in, and classified after", [draft("email_address"), FILE, ORDER, verify(), edit("email_address", **CHANGED), classify("court_order_2703d"), REFUSE, approve()]
    yield "an emergency confirmed before another was put in", [*filed("emergency_request"), verify(), edit(**CHANGED), REFUSE, approve(span=SPAN)]
    # Call-backs.
    for name in ("asks", "legal_basis", "deliver_to"):
        yield f"an emergency confirmed by a number in its {name}", [*filed("emergency_request", request={name: BACK}), verify()]
    yield "an emergency confirmed by a number that stands on a line of its own", [*filed("emergency_request", request={"asks": "Room 12\r555-014-9000\rDet. Lopez"}), verify()]
    yield "an emergency confirmed so before it was called one, by a number in its text", [draft(*BASICS, asks=BACK), FILE, verify(), classify("emergency_request"), REFUSE, approve(span=SPAN)]
    yield "an emergency called back without a number", [*filed("emergency_request"), verify(contact="their own register")]
    yield "an emergency called back in vain without a number", [*filed("emergency_request"), verify(contact="their own register", finding="not_confirmed")]
    yield "an emergency called back without a number, before it was called one", [draft(*BASICS), FILE, verify(contact="their own register"), classify("emergency_request"), REFUSE, approve(span=SPAN)]
    # Grounds that are not ours.
    yield "a European order denied on fundamental rights", [*reviewed("epoc"), deny("fundamental_rights")]
    yield "a European preservation denied on a privilege", [*reviewed("epoc_pr"), deny("immunity_privilege_press")]
    yield "a European order granted in part, for a privilege", [*reviewed("epoc"), in_part(["email_address"], ["ip_history"], "immunity_privilege_press")]
    # When it was sent.
    yield "sent at a time that has not come", [*ORDERED, disclose("2026-03-02T12:30:00+00:00[UTC]", **BOTH)]
    yield "sent before the decision", [*ORDERED, disclose("2026-03-02T11:19:00+00:00[UTC]", **BOTH)]
    yield "nothing held, told before the decision", [*ORDERED, disclose("2026-03-02T11:19:00+00:00[UTC]", email_address="not_held", ip_history="not_held")]
    yield "sent before the agreement", [*approved("search_warrant", CONTENTS), review(), disclose("2026-03-02T11:39:00+00:00[UTC]", **SPOKEN)]
    yield "an emergency answered before its release", [*EMERGENCY, disclose("2026-03-02T10:59:00+00:00[UTC]", **BOTH)]
    yield "sent under an earlier decision than the one that stands", [*ORDERED, said("withdraw"), *AGAIN, disclose("2026-03-02T11:30:00+00:00[UTC]", **BOTH)]
    yield "an emergency used a minute after its release lapsed", [*EMERGENCY, 24 * 3, disclose("2026-03-03T11:01:00+00:00[UTC]", **BOTH)]
    # The window to object.
    yield "sent while the subject could object, recorded after", [*TOLD, 24 * 9, disclose("2026-03-05T09:00:00+00:00[UTC]", email_address="produced")]
    yield "recorded while the subject may object, as sent after", [*TOLD, disclose("2026-03-11T09:00:00+00:00[UTC]", email_address="produced")]
    yield "told anew in a case that was taken up again, and not waited for", [*RESUMED, notify("2026-03-11T12:00:00+00:00[UTC]"), disclose(email_address="produced")]
    yield "told after the first answer, and taken up again at once", [*approved("civil_subpoena", CIVIL), disclose(email_address="produced"), notify("2026-03-02T11:50:00+00:00[UTC]"), close(), *AGAIN, disclose(email_address="produced")]
    yield "produced before the return date on its face", [*RETURNABLE, notify(), 24 * 9, disclose(email_address="produced")]
    yield "produced before the day by which a warrant is carried out", [*approved("search_warrant", CIVIL, request={"due": ""}, answers={"execute_by": "2026-03-20"}), notify(), 24 * 9, disclose(email_address="produced")]
    yield "produced before a return date that a pause moved", [*RETURNABLE, notify(), pause(), 24 * 3, resume(), 24 * 27, disclose(email_address="produced")]
    yield "from before: no date on its face to pause", [*reviewed("subpoena", CIVIL, told=None, request={"due": ""}), pause()]
    # How it was closed.
    yield "from before: closed as gagged without a day", [*approved("court_order_2703d", told=None), disclose(**BOTH), close("gagged")]
    yield "closed as not required, though told", [*ORDERED, disclose(**BOTH), notify(), close("not_required")]
    yield "closed with a delay to a day that has passed", [*ORDERED, disclose(**BOTH), close("exigent_delay", delayed="2026-03-01")]
    yield "a preservation of which one thing is there, closed without a hold", [*approved("epoc_pr"), search(email_address="held", ip_history="not_held"), close("not_required")]
    yield "a preservation closed without a hold", [*approved("epoc_pr"), close("not_required")]
    yield "closed as gagged without a day, and nothing is forbidden", [*ORDERED, disclose(**BOTH), close("gagged")]
    yield "closed as gagged without the day that the order has", [*GAGGED, disclose(**BOTH), close("gagged")]
    yield "closed as gagged without the day that the demand has", [*approved("court_order_2703d", request=DEMANDED | {"confidential_until": "2026-06-30"}), disclose(**BOTH), close("gagged")]
    yield "closed as gagged without the day that a renewal gave", [*ORDERED, gag(until=None), renew("gag", "2026-08-31"), disclose(**BOTH), close("gagged")]
    yield "closed as gagged without a day after the gag was lifted", [*ORDERED, gag(until=None), disclose(**BOTH), lift(), close("gagged")]
    yield "closed as told after, though it was before", [*approved("court_order_2703d", objection_stops=False), notify(), disclose(**BOTH), close()]
    yield "closed as told before, though it was after", [*ORDERED, disclose(**BOTH), notify("2026-03-02T11:50:00+00:00[UTC]"), close("notified_before")]
    yield "closed as told before, though it was in the same minute", [*ORDERED, disclose(**BOTH), notify("2026-03-02T11:35:00+00:00[UTC]"), close("notified_before")]
    yield "closed as told after, though nothing was sent", [*reviewed("court_order_2703d"), notify(), DENY, close()]
    yield "closed with a delay that has no end", [*ORDERED, disclose(**BOTH), close("exigent_delay")]
    yield "closed as told without a word", [*ORDERED, disclose(**BOTH), close(words=None)]
    # A letter that certifies.
    yield "told against a national security letter", [*CERTIFIED, notify()]
    yield "written to against a national security letter", [*CERTIFIED, letter(kind="notice")]
    yield "told against a national security letter, after years", [*CERTIFIED, 24 * 900, notify()]
    yield "told against a letter whose form gives a day but demands nothing", [*approved("national_security_letter", CIVIL, request={"confidential_until": "2026-03-04"}), 24 * 3, notify()]
    yield "closed as told against a national security letter", [*CERTIFIED, disclose(email_address="produced"), close()]
    yield "a letter's certification lifted twice", [*CERTIFIED, lift(), lift()]
    yield "nothing to lift, for the letter certifies nothing", [*approved("national_security_letter", CIVIL, answers={"nondisclosure_certified": "no"}), lift()]
    # The newest gag.
    yield "told while the newest gag runs", [*ORDERED, gag(until="2026-03-04"), lift(), gag("2026-03-02", None), 24 * 3, notify()]
    # Withdrawn after a release.
    yield "withdrawn after a disclosure, before its second review", [*EMERGENCY, disclose(**BOTH), said("withdraw")]
    # Letters after a review.
    yield "a refusal after a second manager agreed", [*approved("search_warrant", CONTENTS), review(), letter(kind="refusal")]
    yield "a refusal after the case was approved anew", [*NOT_UPHELD, *AGAIN, letter(kind="refusal")]


def told(life):
    at, events = datetime(2026, 3, 2, 9, 0), []
    for one in life:
        if isinstance(one, (int, float)):
            at += timedelta(hours=one)
            continue
        at += timedelta(minutes=20)
        by, step = one
        if step["kind"] == "disclose" and not step["sent"]:
            step = step | {"sent": (at - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:00+00:00[UTC]")}
        events.append({"case": CASE, "number": NUMBER, "version": len(events) + 1, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": by, "step": step})
    return events


def cases():
    made = [(name, told(life), False) for name, life in good()]
    made += [(name, told(life), True) for name, life in bad()]
    return [{"name": name, "broken": [len(events)] if broken else [], "events": events} for name, events, broken in made]
