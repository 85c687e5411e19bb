"""What the rules read of each step, and of what kind it must be; anything else is left to `compare`.

Source: record-v2.schema.json of the record.
"""

STRINGS = [str]
HOLDINGS = {"held", "not_held", "already_deleted", "public_or_not_ours", "redirected_to_controller"}
CLOCKS = set("due statutory preserve review gag release process objection notice our_objection".split())
CEILINGS = {"subscriber", "traffic", "contents", "as_ordered", "as_needed", "preserve", "nothing"}
TIERS = {"subscriber", "traffic", "contents"}
NOTICES = set("notified_before notified_after gagged exigent_delay no_contact issuing_authority_notifies not_required".split())
WHYS = set("exigent_delay no_contact issuing_authority_notifies not_required".split())
LETTERS = set("acknowledgement information narrowing refusal production notice preservation".split())
# A pair is what may be absent, or null.
NONE = type(None)
LENGTH = {"count": int, "unit": {"hours", "days", "working_days"}, "calendar": (str, NONE)}
CALENDAR = {"weekend": STRINGS, "holidays": {str: str}}
TERMS = {
    "tables": int,
    "ceiling": CEILINGS,
    "tiers": {str: TIERS},
    "periods": {str: LENGTH},
    "calendars": ({str: CALENDAR}, NONE),
    "zone": str,
    "two_for_contents": bool,
    "objection_stops": bool,
}
CARRIES = {
    "draft": {"fields": {str: STRINGS}},
    "edit": {"fields": {str: STRINGS}, "policy": (int, NONE)},
    "file": {"policy": int},
    "classify": {"ground": str, "instrument": str, "ordered": STRINGS, "answers": {str: str}, "terms": (TERMS, NONE)},
    "attach": {"id": str, "sha256": str},
    "strike": {"order": str},
    "verify": {"method": str, "finding": str, "contact": str, "at": str},
    "submit": {"reasons": (str, NONE)},
    "decide": {"verdict": {"approve", "approve_in_part", "deny", "return"}, "code": (str, NONE), "span": ({"from": str, "until": str}, NONE)},
    "review": {"finding": str},
    "disclose": {"answers": {str: str}, "sent": str},
    "close": {"notice": NOTICES, "gagged_until": (str, NONE), "delayed_until": (str, NONE), "words": (str, NONE)},
    "search": {"answers": {str: HOLDINGS}},
    "pause": {"clock": CLOCKS},
    "resume": {"clock": CLOCKS},
    "renew": {"of": {"hold", "gag"}, "until": (str, NONE)},
    "convert": {"production": str},
    "release": {"deleted": ({"at": str}, NONE)},
    "gag": {"from": str, "until": (str, NONE)},
    "lift": {"on": str},
    "notify": {"how": {"outbox", "elsewhere"}, "sent": str},
    "untold": {"why": WHYS, "until": (str, NONE), "reasons": str},
    "object": {"at": str},
    "settle": {"finding": {"sustained", "overruled", "withdrawn"}},
    "letter": {"id": str, "sha256": str, "letter": LETTERS},
    "process": {"arrived": bool},
}
PART = {"granted": STRINGS, "refused": {str: {"code": str}}}
EVENT = {"case": str, "number": str, "version": int, "at": str, "by": {"id": str, "name": str, "role": str}, "step": dict}


def readable(event: object, known) -> bool:
    """Whether an event has all that the rules read, each of its kind; `known` are the kinds of step."""
    if not _is(event, EVENT) or event.keys() - EVENT.keys():
        return False
    step = event["step"]
    kind = step.get("kind")
    if not isinstance(kind, str) or kind not in known or not _is(step, CARRIES.get(kind, {})):
        return False
    return step.get("verdict") != "approve_in_part" or _is(step, PART)


def _is(value: object, wanted: object) -> bool:
    if isinstance(wanted, tuple):
        return value is None or _is(value, wanted[0])
    if isinstance(wanted, set):
        return isinstance(value, str) and value in wanted
    if isinstance(wanted, list):
        return isinstance(value, list) and all(_is(one, wanted[0]) for one in value)
    if isinstance(wanted, dict):
        if not isinstance(value, dict):
            return False
        if str in wanted:
            return all(_is(one, wanted[str]) for one in value.values())
        return all(_is(value.get(key), inner) for key, inner in wanted.items())
    return type(value) is wanted
