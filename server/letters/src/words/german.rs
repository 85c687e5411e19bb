//! German words for the codes of the domain, in the domain's order.

type Words = &'static [(&'static str, &'static str)];

pub const CATEGORIES: Words = &[
    ("contact_information", "Kontaktdaten"),
    ("email_address", "E-Mail-Adresse"),
    ("payment_information", "Zahlungsdaten"),
    (
        "ip_at_one_time",
        "IP-Adresse bei der Anmeldung oder zu einem genannten Zeitpunkt",
    ),
    ("session_times", "Tage und Zeiten von Sitzungen"),
    ("ip_history", "IP-Verlauf"),
    ("visit_logs", "Besuchsprotokolle"),
    ("browser_and_system", "Browser und Betriebssystem"),
    ("usage_patterns", "Nutzungsmuster"),
    ("support_calendar", "Kalender der Supportkontakte"),
    (
        "service_delivery",
        "sonstige Angaben zur Leistungserbringung",
    ),
    ("recorded_communications", "aufgezeichnete Kommunikation"),
    ("support_text", "Freitext von Supportkontakten"),
];

pub const INSTRUMENTS: Words = &[
    ("subpoena", "Subpoena (US-Recht)"),
    ("court_order_2703d", "Gerichtsbeschluss nach 18 USC 2703(d)"),
    ("search_warrant", "Durchsuchungsbeschluss"),
    ("other_court_order", "anderer Gerichtsbeschluss"),
    (
        "national_security_letter",
        "National Security Letter (US-Recht)",
    ),
    (
        "preservation_request",
        "Sicherungsersuchen nach 18 USC 2703(f)",
    ),
    ("civil_subpoena", "zivilrechtliche Subpoena (US-Recht)"),
    ("epoc", "Europäische Herausgabeanordnung (EPOC)"),
    ("epoc_pr", "Europäische Sicherungsanordnung (EPOC-PR)"),
    ("mutual_legal_assistance", "Rechtshilfeersuchen"),
    ("foreign_direct", "unmittelbares ausländisches Ersuchen"),
    (
        "emergency_request",
        "Ersuchen um Offenlegung in einem Notfall",
    ),
    ("own_claim", "eigener Anspruch des Unternehmens"),
];

pub const ROLES: Words = &[
    ("staff", "Rechtsabteilung"),
    ("manager", "Leitung"),
    ("auditor", "Prüfung"),
    ("administrator", "Verwaltung"),
];

pub const IDENTIFIERS: Words = &[
    ("email", "E-Mail-Adresse"),
    ("account", "Kontoname oder -nummer"),
    ("name", "Name"),
    ("ip", "IP-Adresse"),
    ("phone", "Telefonnummer"),
    ("address", "Postanschrift"),
    ("payment", "Zahlungsreferenz"),
    ("url", "Webadresse"),
    ("other", "Sonstiges"),
];

pub const ANSWERS: Words = &[
    ("produced", "herausgegeben"),
    ("not_held", "nicht vorhanden"),
    ("already_deleted", "bereits gelöscht"),
    ("public_or_not_ours", "öffentlich oder nicht bei uns"),
    ("redirected_to_controller", "an unseren Kunden verwiesen"),
];

pub const MEANS: Words = &[
    ("portal", "Portal der Behörde"),
    ("encrypted_mail", "verschlüsselte E-Mail"),
    ("secure_transfer", "gesicherte Dateiübertragung"),
    ("courier", "Bote, versiegelter Datenträger"),
    ("post", "eingeschriebener Brief"),
    ("in_person", "persönliche Übergabe"),
    ("telephone", "Telefon, an die geprüfte Nummer"),
];

pub const REASONS: Words = &[
    ("no_legal_process", "Kein rechtliches Verfahren"),
    ("informal_request", "Formloses Ersuchen"),
    ("wrong_entity", "An die falsche Gesellschaft gerichtet"),
    (
        "no_jurisdiction",
        "Keine Zuständigkeit, oder hier nicht vollstreckbar",
    ),
    ("foreign", "Ausländisch: Weg der Rechtshilfe"),
    ("unsigned_or_unsealed", "Ohne Unterschrift oder Siegel"),
    ("expired_instrument", "Anordnung abgelaufen"),
    ("suspect_authenticity", "Zweifel an der Echtheit"),
    ("requester_unverified", "Ersuchende Stelle nicht bestätigt"),
    ("incomplete_identifiers", "Unvollständige Kennungen"),
    ("vague", "Unbestimmt"),
    ("overbroad", "Zu weit gefasst"),
    (
        "instrument_insufficient",
        "Anordnung reicht für diese Datenart nicht aus",
    ),
    ("not_necessary", "Nicht angemessen erforderlich"),
    ("data_not_held", "Daten nicht vorhanden"),
    ("already_deleted", "Bereits gelöscht"),
    ("account_not_found", "Konto nicht gefunden"),
    ("duplicate", "Doppelt"),
    ("already_public", "Bereits öffentlich"),
    ("redirect_to_controller", "An unseren Kunden verwiesen"),
    ("impossible", "Unmöglich"),
    ("manifest_error", "Offensichtlicher Fehler"),
    ("conflict_of_laws", "Widerstreit von Rechtsordnungen"),
    (
        "immunity_privilege_press",
        "Immunität, Vorrecht oder Presse",
    ),
    (
        "fundamental_rights",
        "Offensichtliche Verletzung von Grundrechten",
    ),
    (
        "emergency_not_met",
        "Voraussetzungen eines Notfalls nicht erfüllt",
    ),
    (
        "gag_missing",
        "Verschwiegenheitsanordnung fehlt oder ist unbefristet",
    ),
    ("shield_law", "Quellenschutz"),
    (
        "withdrawn_by_requester",
        "Von der ersuchenden Stelle zurückgezogen",
    ),
    (
        "challenge_pending",
        "Einwand der betroffenen Person anhängig",
    ),
    ("language_not_accepted", "Sprache nicht zugelassen"),
    ("fee_unpaid", "Gebühr nicht bezahlt"),
];
