"""What lives beside the stage of a case: what is held, pauses, holds, gags, notices and why there is
none, objections, letters, and whether formal process arrived. Stated a second time, as `rules` is, and
from the same sources; FORMAT.md of the record, part 7.
"""

import re
from datetime import date, time

import periods
from periods import UTC, day_in, day_of, instant, last_second, zoned
from sealed import MASK
from telephone import same_number

LIVING = "filed in_review returned approved partly_approved"
STAYING = f"{LIVING} denied disclosed"
EVER = f"{STAYING} closed withdrawn"
# Step: roles, and the stages it may be taken in.
STEPS = {
    "search": ("staff", LIVING),
    "pause": ("staff manager", LIVING),
    "resume": ("staff manager", LIVING),
    "hold": ("staff", f"{LIVING} disclosed"),
    "renew": ("staff", EVER),
    "convert": ("staff", f"{STAYING} withdrawn"),
    "release": ("staff", f"{STAYING} withdrawn"),
    "gag": ("staff", EVER),
    "lift": ("staff", EVER),
    "notify": ("staff", EVER),
    "untold": ("staff", EVER),
    "object": ("staff", EVER),
    "settle": ("manager", EVER),
    "letter": ("staff manager", EVER),
    "process": ("staff manager", "approved partly_approved disclosed closed withdrawn"),
}
# Reasons that refer the requester elsewhere: no letter says then whether an account exists.
ELSEWHERE = ("foreign", "no_jurisdiction", "redirect_to_controller")
LISTS = {"search": "searches", "notify": "notices", "untold": "untold", "letter": "letters", "process": "processes"}
# Where a request may give the telephone number that a call-back is not made to.
GIVES_NUMBERS = ("phone", "asks", "legal_basis", "deliver_to")
# The days on the face of an order, the one that counts first, by the question they answer.
ON_ITS_FACE = ("return_date", "execute_by")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Beside:
    """What lives beside the stage of `case`; `told` is how the record tells it, without what is empty."""

    def __init__(self, case):
        self.case, self.told = case, {}

    # ---- what stands

    def _last(self, name: str, over: str) -> dict | None:
        """The last of a list, unless it is over."""
        all = self.told.get(name)
        return all[-1] if all and over not in all[-1] else None

    @property
    def hold(self) -> dict | None:
        return self._last("holds", "released")

    @property
    def gag(self) -> dict | None:
        return self._last("gags", "lifted")

    @property
    def objection(self) -> dict | None:
        return self._last("objections", "settled")

    def paused(self, clock: str | None = None) -> list[dict]:
        """The pauses that have not ended, of one clock or of all."""
        return [one for one in self.told.get("pauses", []) if "resumed" not in one and clock in (None, one["paused"]["what"]["clock"])]

    def holding(self, category: str, unknown: str = "held") -> str:
        """The last word on whether a category is held; what nobody looked for may be."""
        for one in reversed(self.told.get("searches", [])):
            if category in one["what"]["answers"]:
                return one["what"]["answers"][category]
        return unknown

    def field(self, name: str) -> str:
        return (self.case.filed and (self.case.fields.get(name) or [""])[0].strip()) or ""

    def zone(self):
        """The zone of receipt: a day of the case ends there."""
        return periods.zone_of(self.field("received_zone"))

    def today(self, now: int) -> date:
        """The day it is where the request came in; in UTC for a case from before there were terms."""
        return day_in(now, self.zone() if self.case.terms().bind else UTC)

    def asked_silence(self) -> bool:
        """Whether the request's own form demands that the subject not be told."""
        return bool(self.case.filed) and "yes" in self.case.fields.get("confidential", [])

    def demand(self) -> bool:
        """Whether the request demands it: by its form, or as a national security letter that certifies it."""
        terms = self.case.terms()
        letter = terms.bind and terms.instrument == "national_security_letter"
        return self.asked_silence() or (letter and terms.answers.get("nondisclosure_certified") == "yes")

    def silence(self, now: int) -> tuple[bool, str | None]:
        """Whether the subject may not be told, and the last day of that: the newest order outweighs a demand."""
        closing = self.case.closing
        if self.told.get("gags"):
            if not self.gag:
                return False, None
            until = _until(self.gag)
        else:
            closed = closing and closing["what"].get("gagged_until")
            if "demand_lifted" in self.told or not (self.demand() or closed):
                return False, None
            until = closed or (self.asked_silence() and self.field("confidential_until")) or None
        return until is None or now <= last_second(day_of(until), self.zone()), until

    def gagged(self, now: int) -> bool:
        """Whether the subject may not be told."""
        return self.silence(now)[0]

    def stated(self) -> tuple[date, str] | None:
        """The day that the request states, with its time of day; under terms, else the one on the order's face."""
        if self.field("due"):
            return day_of(self.field("due")), self.field("due_time")
        terms = self.case.terms()
        told = [terms.answers.get(key, "") for key in ON_ITS_FACE if terms.bind]
        days = [day for day in map(_day, told) if day]
        return (days[0], "") if days else None

    def due(self) -> int | None:
        """The deadline that is stated, moved by the days on which its clock was paused."""
        stated = self.stated()
        if not stated:
            return None
        (day, clock), zone, received = stated, self.zone(), day_of(self.field("received")[:10])
        pauses = [
            (instant(one["paused"]["at"]), instant(one["resumed"]["at"]) if "resumed" in one else None)
            for one in self.told.get("pauses", [])
            if one["paused"]["what"]["clock"] == "due"
        ]
        if pauses and day > received:
            length = {"count": (day - received).days, "unit": "days"}
            moved = periods.ends(periods.on_wall(received, time(12), zone), zone, length, {}, pauses)
            if moved is None:
                return None
            day = day_in(moved, zone)
        return periods.on_wall(day, time.fromisoformat(clock), zone) if clock else last_second(day, zone)

    def window(self, sent: int) -> int | None:
        """Until when the subject may object to what was sent at a moment; none where nobody told them by then.

        Only notices before anything left the house count; of a case that was taken up again, since then.
        """
        again = instant(self.case.reopenings[-1]["at"]) if self.case.reopenings else None
        left = [instant(one["at"]) for one in self.case.disclosures]
        first = next((at for at in left if again is None or at > again), None)
        notices = [one for one in self.told.get("notices", []) if first is None or instant(one["at"]) < first]
        notices = [one for one in notices if zoned(one["what"]["sent"])[0] <= sent]
        if not notices:
            return None
        told, zone = zoned(notices[-1]["what"]["sent"])
        terms = self.case.terms()
        return max(periods.ends(told, zone, terms.periods["objection"], terms.calendars), self.due() or 0)

    def lapses(self) -> int:
        """Until when an emergency release may be used."""
        released = [one for one in self.case.decisions if one["what"]["verdict"] in ("approve", "approve_in_part")]
        terms = self.case.terms()
        return periods.ends(instant(released[-1]["at"]), self.zone(), terms.periods["emergency_release"], terms.calendars)

    def runs(self, clock: str) -> bool:
        """Whether a clock that may be paused runs: those by which the desk owes an answer."""
        if clock == "due":
            return bool(self.stated())
        terms = self.case.terms()
        by_tables = terms.bind and terms.instrument == "other_court_order" and not self.field("due")
        return clock == "statutory" and (terms.instrument == "epoc" or by_tables)

    # ---- what is allowed

    def ask(self, event: dict, demand) -> None:
        """Raises through `demand` where the rules refuse a step beside the stage."""
        step, now = event["step"], instant(event["at"])
        kind = step["kind"]
        if kind == "search":
            other = sorted(set(step["answers"]) - self.case.requested())
            demand(not other, f"{', '.join(other)}: looked for without being asked for.")
        elif kind == "pause":
            demand(self.runs(step["clock"]), "a clock is paused that does not run, or that may not be paused.")
            demand(not self.paused(step["clock"]), "a clock is paused that is paused already.")
        elif kind == "resume":
            demand(self.paused(step["clock"]), "a clock runs again that was not paused.")
        elif kind == "hold":
            demand(not self.hold, "a hold is given while another stands.")
        elif kind == "renew":
            self.ask_renewal(step, demand)
        elif kind == "convert":
            demand(self.hold, "a hold is converted where none stands.")
            demand("converted" not in self.hold, "a hold is converted that was converted already.")
            demand(step["production"] != self.case.number, "a hold is converted into its own case.")
        elif kind == "release":
            demand(self.hold, "a hold is released where none stands.")
            deleted = step.get("deleted")
            demand(deleted or "converted" in self.hold, "a hold is released without proof of deletion.")
            demand(not deleted or zoned(deleted["at"])[0] <= now, "a deletion lies in the future.")
        elif kind == "gag":
            demand(not self.gag, "a nondisclosure order is recorded while another stands.")
            until = step.get("until")
            demand(not until or day_of(until) >= day_of(step["from"]), "a nondisclosure order ends before it begins.")
        elif kind == "lift":
            closed = self.case.closing and self.case.closing["what"].get("gagged_until")
            demanded = not self.told.get("gags") and "demand_lifted" not in self.told and (self.demand() or closed)
            demand(self.gag or demanded, "a nondisclosure order is lifted where none stands.")
            demand(day_of(step["on"]) <= self.today(now), "a nondisclosure order is lifted on a day that has not come.")
        elif kind == "notify":
            demand(zoned(step["sent"])[0] <= now, "a notice lies in the future.")
            demand(not self.gagged(now), "the subject is told while a nondisclosure order forbids it.")
        elif kind == "untold":
            until = step.get("until")
            demand(until or step["why"] != "exigent_delay", "a notice is put off without a last day.")
            demand(not until or day_of(until) >= self.today(now), "a notice is put off to a day that has passed.")
        elif kind == "object":
            demand(not self.objection, "an objection is recorded while another is open.")
            demand(zoned(step["at"])[0] <= now, "an objection lies in the future.")
        elif kind == "settle":
            demand(self.objection, "an objection is settled where none is open.")
        elif kind == "letter":
            self.ask_letter(step["letter"], now, demand)
        elif kind == "process":
            demand(self.case.ground() == "emergency", "formal process is asked after in a case that is no emergency.")
            approved = [one for one in self.case.decisions if one["what"]["verdict"] in ("approve", "approve_in_part")]
            demand(approved, "formal process is asked after in an emergency that was never released.")

    def ask_renewal(self, step: dict, demand) -> None:
        if step["of"] == "hold":
            demand(self.hold, "a hold is renewed where none stands.")
            demand("converted" not in self.hold, "a hold is renewed that was converted.")
            return
        demand(self.gag, "a nondisclosure order is renewed where none stands.")
        until, before = step.get("until"), _until(self.gag)
        demand(until, "a nondisclosure order is renewed without a last day.")
        demand(not before or day_of(until) > day_of(before), "a nondisclosure order is renewed to no later day.")

    def ask_letter(self, letter: str, now: int, demand) -> None:
        last = self.case.decisions[-1]["what"] if self.case.decisions else {}
        verdict, terms = last.get("verdict"), self.case.terms()
        elsewhere = verdict == "deny" and last.get("code") in ELSEWHERE
        silent = elsewhere or (self.case.classification and terms.ceiling == "nothing")
        if letter == "notice":
            demand(not self.gagged(now), "the subject is written to while a nondisclosure order forbids it.")
        elif letter == "refusal":
            demand(verdict in ("deny", "approve_in_part") or self.case.not_upheld(), "a refusal is written where nothing was refused.")
        elif letter not in ("acknowledgement", "information"):
            demand(not silent, "a letter confirms that an account exists, where none may.")
        if letter == "narrowing":
            demand(self.case.classification, "a narrowing is proposed before the case is classified.")
        if letter == "production":
            demand(self.case.disclosures, "a production is covered by a letter before anything was sent.")
        if letter == "preservation":
            demand(self.hold, "a preservation is confirmed where no hold stands.")

    def ask_held(self, categories, demand) -> None:
        gone = sorted(one for one in categories if self.holding(one) != "held")
        demand(not gone, f"{', '.join(gone)}: granted or disclosed, though said not to be held.")

    def ask_disclosure(self, event: dict, produced: set, demand) -> None:
        self.ask_held(produced, demand)
        terms, now = self.case.terms(), instant(event["at"])
        if not terms.bind:
            return
        # What counts is when it was sent: what left the house in time may be recorded after.
        sent, _ = zoned(event["step"]["sent"])
        demand(sent <= now, "a disclosure lies in the future.")
        demand(sent >= self.case.released(), "data is disclosed before it was released.")
        if self.case.ground() == "emergency":
            demand(sent <= self.lapses(), "data is disclosed under an emergency release that has lapsed.")
        if produced and terms.objection_stops:
            demand(not self.objection, "data is disclosed while an objection is open.")
            window = self.window(sent)
            demand(window is None or sent > window, "data is disclosed while the subject may still object.")

    def ask_closing(self, event: dict, step: dict, demand) -> None:
        demand(not self.hold, "a case is closed while a hold stands.")
        case, said, now = self.case, step["notice"], instant(event["at"])
        gagged, until = self.silence(now)
        endless = case.terms().bind and gagged and until is None
        dated = said != "gagged" or step.get("gagged_until") or endless
        demand(dated, "a case is closed as gagged without a day, though no gag runs without an end.")
        if not case.terms().bind:
            return
        # Where somebody looked and nothing is there, there is nothing to hold.
        nothing = case.requested() and all(self.holding(one, "unknown") not in ("held", "unknown") for one in case.requested())
        unkept = case.stage == "approved" and case.terms().preserves and not self.told.get("holds") and not nothing
        demand(not unkept, "a case that only preserves is closed, though no hold was ever given.")
        if said in ("notified_before", "notified_after"):
            demand(not gagged, "a case is closed as told while a nondisclosure order forbids it.")
            demand(self.notified() in (None, said), f"a case is closed as {said}, which its notice on file was not.")
            demand(self.notified() or step.get("words"), "a case is closed as told without a notice on file or a word of one.")
        if said == "exigent_delay":
            delayed = step.get("delayed_until")
            demand(delayed, "a case is closed with a delay that has no last day.")
            demand(day_of(delayed) >= self.today(now), "a case is closed with a delay to a day that has passed.")
        never = said in ("no_contact", "issuing_authority_notifies", "not_required")
        demand(not never or not self.told.get("notices"), f"a case is closed as {said}, though a notice is on file.")

    def notified(self) -> str | None:
        """Whether the first notice was sent before anything left the house, as a closing says it; none without a notice."""
        if not self.told.get("notices"):
            return None
        notice, *left = (zoned(one["what"]["sent"])[0] for one in (*self.told["notices"][:1], *self.case.disclosures[:1]))
        return "notified_before" if not left or notice < left[0] else "notified_after"

    def own_number(self, verification: dict) -> bool:
        """Whether an emergency was confirmed by calling a number that its request gives, in its field or its texts."""
        called = verification["contact"]
        given = [self.field(name).replace("\r", "\n") for name in GIVES_NUMBERS]
        binds = self.case.terms().bind and self.case.ground() == "emergency"
        confirms = verification["method"] == "call_back" and verification["finding"] == "confirmed"
        # Two texts that are left out are not therefore one number.
        return binds and confirms and called != MASK and any(one != MASK and same_number(called, one) for one in given)

    def expired(self, verification: dict, now: int) -> bool:
        """Whether a confirmation of the requester no longer counts: asked of days."""
        terms = self.case.terms()
        if not terms.bind:
            return False
        at, zone = zoned(verification["at"])
        until = periods.ends(at, zone, terms.periods["verification_holds"], terms.calendars)
        return day_in(until, zone) < self.today(now)

    # ---- what follows

    def follow(self, kind: str, signed: dict) -> None:
        told, what = self.told, signed["what"]
        if kind in LISTS:
            told.setdefault(LISTS[kind], []).append(signed)
        elif kind == "pause":
            told.setdefault("pauses", []).append({"paused": signed})
        elif kind == "resume":
            for one in self.paused(what["clock"])[:1]:
                one["resumed"] = signed
        elif kind == "hold":
            told.setdefault("holds", []).append({"given": signed})
        elif kind == "renew":
            for one in told.get("holds" if what["of"] == "hold" else "gags", [])[-1:]:
                one.setdefault("renewals", []).append(signed)
        elif kind in ("convert", "release"):
            for one in told.get("holds", [])[-1:]:
                one["converted" if kind == "convert" else "released"] = signed
        elif kind == "gag":
            told.setdefault("gags", []).append({"ordered": signed})
        elif kind == "lift":
            if told.get("gags"):
                told["gags"][-1]["lifted"] = signed
            else:
                told["demand_lifted"] = signed
        elif kind == "object":
            told.setdefault("objections", []).append({"raised": signed})
        elif kind == "settle":
            for one in told.get("objections", [])[-1:]:
                one["settled"] = signed


def _until(gag: dict) -> str | None:
    """The last day of a nondisclosure order by its newest renewal; none where it is open-ended."""
    renewed = [one["what"]["until"] for one in gag.get("renewals", []) if one["what"].get("until")]
    return renewed[-1] if renewed else gag["ordered"]["what"].get("until")


def _day(text: str) -> date | None:
    """A day that an answer tells; none where it tells something else."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
