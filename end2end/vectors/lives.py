"""Lives of cases, step by step, and the steps in them that the rules refuse.

A life is a list of `(member, step)`; a number between them lets so many hours pass. Each step is taken
twenty minutes after the one before. `broken` are the versions of the case that the rules refuse.
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


def classify(instrument, told="own", **other):
    ordered = other.pop("ordered", ["email_address", "ip_history"] if instrument == "other_court_order" else [])
    step = {"kind": "classify", "ground": GROUNDS.get(instrument, "legal_directive"), "instrument": instrument, "ordered": ordered, "answers": ANSWERS[instrument]}
    return ANNA, step | ({"terms": terms(instrument, **other)} if told else {})


FILE = ANNA, {"kind": "file", "policy": 3}
ORDER = ANNA, {"kind": "attach", "id": "00000000-0000-0000-0000-000000000007", "name": "order.pdf", "media_type": "application/pdf", "size": 9, "sha256": "ab" * 32}
SUBMIT = ANNA, {"kind": "submit"}
SPAN = {"from": "2026-03-01", "until": "2026-03-02"}


def verify(by=BEN, at="2026-03-02T08:30:00+00:00[UTC]", contact="+1 555 014 9000", finding="confirmed"):
    return by, {"kind": "verify", "method": "call_back", "contact": contact, "source": "the county's own directory", "answered_by": "Sgt. Holt", "at": at, "finding": finding, "remarks": None}


def approve(by=CARLA, span=None):
    return by, {"kind": "decide", "verdict": "approve", "remarks": None, "not_claiming": False} | ({"span": span} if span else {})


def in_part(granted, refused):
    why = {"code": "overbroad", "word": "Overbroad", "reasons": "One evening was asked for."}
    return CARLA, {"kind": "decide", "verdict": "approve_in_part", "granted": granted, "refused": dict.fromkeys(refused, why), "remarks": None, "not_claiming": False}


DENY = CARLA, {"kind": "decide", "verdict": "deny", "code": "house_rule_7", "word": "By our house rule", "reasons": "It is not ours to answer."}

ELSEWHERE = CARLA, {"kind": "decide", "verdict": "deny", "code": "redirect_to_controller", "word": "Redirect to the client", "reasons": "Please serve our client."}


def review(by=DEV, finding="upheld"):
    return by, {"kind": "review", "finding": finding, "reasons": "It was needed."}


def disclose(**answers):
    told = {"kind": "disclose", "answers": answers, "recipient": "Det. Maria Lopez", "means": "portal", "sent": "2026-03-02T09:00:00+00:00[UTC]", "what": "One file."}
    return ANNA, told | {"sha256": "cd" * 32 if "produced" in answers.values() else None}


def close(notice="notified_after", until=None):
    return ANNA, {"kind": "close", "notice": notice, "gagged_until": until, "words": "As told."}


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


def objects(at="2026-03-02T09:00:00+00:00[UTC]"):
    return ANNA, {"kind": "object", "by": "Counsel", "at": at, "what": "Another account is meant."}


def settle(finding="overruled", by=DEV):
    return by, {"kind": "settle", "finding": finding, "reasons": "It names this account."}


def letter(by=ANNA, kind="acknowledgement"):
    return by, {"kind": "letter", "id": "00000000-0000-0000-0000-000000000009", "letter": kind, "language": "en", "template": 0, "recipient": "Det. Lopez", "name": "letter.pdf", "size": 9, "sha256": "ef" * 32}


def process(arrived=True):
    return ANNA, {"kind": "process", "arrived": arrived, "reasons": "Warrant 26-418."}


# ---- beginnings


def filed(instrument, categories=("email_address", "ip_history"), told="own", request={}, **other):
    order = [ORDER] if instrument not in GROUNDS else []
    return [draft(*categories, **request), FILE, *order, classify(instrument, told, **other)]


def reviewed(instrument, categories=("email_address", "ip_history"), told="own", **other):
    return [*filed(instrument, categories, told, **other), verify(), SUBMIT]


def approved(instrument, categories=("email_address", "ip_history"), told="own", **other):
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
    yield "an emergency released, used on the last day of data and reviewed", [*EMERGENCY, disclose(**BOTH), review(), process(False), process(), close("exigent_delay"), process()]
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
    yield "an emergency confirmed so before it was called one", [draft("email_address", "ip_history"), FILE, verify(contact="(555) 014-2000"), classify("emergency_request"), verify(finding="not_confirmed"), SUBMIT, approve(span=SPAN)]
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


def told(life):
    at, events = datetime(2026, 3, 2, 9, 0), []
    for one in life:
        if isinstance(one, (int, float)):
            at += timedelta(hours=one)
            continue
        at += timedelta(minutes=20)
        by, step = one
        events.append({"case": CASE, "number": NUMBER, "version": len(events) + 1, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": by, "step": step})
    return events


def cases():
    made = [(name, told(life), False) for name, life in good()]
    made += [(name, told(life), True) for name, life in bad()]
    return [{"name": name, "broken": [len(events)] if broken else [], "events": events} for name, events, broken in made]
