"""What a case is judged under: how far its instrument reaches, and how long its periods are.

Source: FORMAT.md of the record, part 7; the desk's domain, section 3.
"""

SUBSCRIBER = ("contact_information", "email_address", "payment_information", "ip_at_one_time", "session_times")
TRAFFIC = ("ip_history", "visit_logs", "browser_and_system", "usage_patterns", "support_calendar", "service_delivery")
CONTENTS = ("recorded_communications", "support_text")
DEPTHS = ("subscriber", "traffic", "contents")
TIERS = {category: tier for tier, all in zip(DEPTHS, (SUBSCRIBER, TRAFFIC, CONTENTS)) for category in all}
# Instrument: the ground it stands under, and how far it reaches as the desk is delivered.
INSTRUMENTS = {
    "subpoena": ("legal_directive", "subscriber"),
    "civil_subpoena": ("legal_directive", "subscriber"),
    "national_security_letter": ("legal_directive", "subscriber"),
    "court_order_2703d": ("legal_directive", "traffic"),
    "search_warrant": ("legal_directive", "contents"),
    "other_court_order": ("legal_directive", "as_ordered"),
    "epoc": ("legal_directive", "as_ordered"),
    "mutual_legal_assistance": ("legal_directive", "as_ordered"),
    "preservation_request": ("legal_directive", "preserve"),
    "epoc_pr": ("legal_directive", "preserve"),
    "foreign_direct": ("legal_directive", "nothing"),
    "emergency_request": ("emergency", "as_needed"),
    "own_claim": ("rights_or_property", "as_needed"),
}
# The periods that a rule asks for, as the desk is delivered.
PERIODS = {
    "emergency_release": {"count": 24, "unit": "hours"},
    "objection": {"count": 7, "unit": "days"},
    "verification_holds": {"count": 30, "unit": "days"},
}


class Terms:
    """The terms that a classification took, or those of before there were any."""

    def __init__(self, classification: dict | None):
        classification = classification or {}
        told = classification.get("terms")
        self.bind = told is not None
        told = told or {}
        self.instrument = classification.get("instrument")
        self.answers = classification.get("answers", {})
        self.own_ground, delivered = INSTRUMENTS.get(self.instrument, (None, "nothing"))
        self.ceiling = told.get("ceiling", delivered)
        self.ordered = set(classification.get("ordered", []))
        self.tiers = TIERS | told.get("tiers", {})
        self.periods = PERIODS | told.get("periods", {})
        self.calendars = told.get("calendars", {})
        self.two_for_contents = told.get("two_for_contents", False)
        self.objection_stops = told.get("objection_stops", False)

    @property
    def preserves(self) -> bool:
        return self.ceiling == "preserve"

    def reaches(self, category: str) -> bool:
        if self.ceiling == "as_needed":
            return True
        if self.ceiling == "as_ordered":
            return category in self.ordered
        if self.ceiling in DEPTHS:
            return DEPTHS.index(self.tiers.get(category, "contents")) <= DEPTHS.index(self.ceiling)
        return False

    def needs_two(self, granted: set) -> bool:
        """Whether a grant of these waits for a second manager."""
        return self.two_for_contents and any(self.tiers.get(one) == "contents" for one in granted)
