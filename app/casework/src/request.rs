//! Who asks for what: the common fields of a request, read from the guided form.

use std::{collections::BTreeSet, net::IpAddr};

use jiff::{ZonedDateTime, civil};
use serde::{Deserialize, Serialize};

use crate::{
    directory::AuthorityId,
    form::{Faults, Fields, Reader},
    ledger::sealed::is_mask,
    scope::Category,
    words::{Line, Prose},
};

crate::choice! {
    /// What kind of requester asks. Source: domain, section 2.
    RequesterKind {
        Police = "police", "Police";
        Prosecutor = "prosecutor", "Prosecutor";
        Court = "court", "Court";
        Regulator = "regulator", "Regulator";
        EmergencyService = "emergency_service", "Emergency service";
        OtherAuthority = "other_authority", "Other authority";
        Attorney = "attorney", "Attorney";
        Litigant = "litigant", "Litigant";
        OurCompany = "our_company", "Our own company";
    }
}

crate::choice! {
    /// How the request came in.
    Channel {
        Portal = "portal", "Requests portal";
        Email = "email", "E-mail";
        Post = "post", "Post";
        Service = "service", "Served in person";
        Agent = "agent", "Registered agent";
        Telephone = "telephone", "Telephone";
        Fax = "fax", "Fax";
        EuPlatform = "eu_platform", "EU decentralised IT system";
        Internal = "internal", "From within the company";
    }
}

crate::choice! {
    /// What kind of thing identifies the subject.
    IdentifierKind {
        Email = "email", "E-mail address";
        Account = "account", "Account name or number";
        Name = "name", "Name";
        Ip = "ip", "IP address";
        Phone = "phone", "Telephone number";
        Address = "address", "Postal address";
        Payment = "payment", "Payment reference";
        Url = "url", "Web address";
        Other = "other", "Other";
    }
}

/// Something that identifies the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    pub kind: IdentifierKind,
    pub value: Line,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    pub kind: RequesterKind,
    /// The authority, firm or company.
    pub authority: Line,
    pub unit: Option<Line>,
    pub country: Line,
    /// The person who signed or called.
    pub person: Line,
    pub title: Option<Line>,
    /// Badge or identity number.
    pub badge: Option<Line>,
    pub email: Option<Line>,
    pub phone: Option<Line>,
    /// Their own reference.
    pub reference: Option<Line>,
}

impl Requester {
    /// Whether somebody else asks than before: another authority or person, or other ways to reach
    /// them. A text that is left out is not therefore another.
    pub fn is_another_than(&self, before: &Self) -> bool {
        let words = |line: Option<&Line>| line.map_or("", Line::as_str).trim().to_lowercase();
        let told = |one: &Self| {
            let Self {
                authority,
                country,
                person,
                email,
                phone,
                ..
            } = one;
            [
                Some(authority),
                Some(country),
                Some(person),
                email.as_ref(),
                phone.as_ref(),
            ]
            .map(words)
        };
        told(self)
            .iter()
            .zip(&told(before))
            .any(|(now, then)| !is_mask(now) && !is_mask(then) && now != then)
    }
}

/// A demand not to tell the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confidentiality {
    /// The provision or order it rests on.
    pub basis: Line,
    pub from: Option<civil::Date>,
    /// None: open-ended, which is flagged.
    pub until: Option<civil::Date>,
}

/// A request that is complete. Source of the fields: domain, section 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub requester: Requester,
    /// The directory's entry that somebody chose for the requester.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority_id: Option<AuthorityId>,
    pub channel: Channel,
    /// When it came in, with its time zone.
    pub received: ZonedDateTime,
    /// Which of our legal entities it is addressed to.
    pub served_entity: Line,
    /// At which address it was served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_at: Option<Line>,
    /// What they ask for, in their own words.
    pub asks: Prose,
    pub identifiers: Vec<Identifier>,
    /// First day of the data asked for.
    pub from: Option<civil::Date>,
    /// Last day of the data asked for.
    pub until: Option<civil::Date>,
    pub categories: BTreeSet<Category>,
    /// Verbatim.
    pub legal_basis: Prose,
    pub issued: Option<civil::Date>,
    /// The day on which it was complete, where that was later than receipt: clocks that run from a
    /// complete request begin then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete_on: Option<civil::Date>,
    /// The deadline the request itself states.
    pub due: Option<civil::Date>,
    /// Its time of day, in the zone of receipt; none means to the end of the day.
    pub due_time: Option<civil::Time>,
    pub confidentiality: Option<Confidentiality>,
    pub deliver_to: Option<Line>,
    pub language: Option<Line>,
    /// Authorities send test orders.
    pub test: bool,
}

/// The names of the fields of the request's form. Whatever else a form sends is not kept.
pub const FIELDS: &[&str] = &[
    "requester_kind",
    "authority",
    "unit",
    "country",
    "person",
    "title",
    "badge",
    "email",
    "phone",
    "reference",
    "channel",
    "received",
    "received_zone",
    "served_entity",
    "served_at",
    "asks",
    "identifier_kind",
    "identifier_value",
    "from",
    "until",
    "categories",
    "legal_basis",
    "issued",
    "complete_on",
    "due",
    "due_time",
    "confidential",
    "confidential_basis",
    "confidential_from",
    "confidential_until",
    "deliver_to",
    "language",
    "test",
    "authority_id",
];

/// Most identifiers one request names; more are a list, and lists are attached.
pub const IDENTIFIERS_MOST: usize = 50;

impl Request {
    /// Reads a complete request; `now` is when it is filed.
    ///
    /// # Errors
    /// Every fault, each beside its field.
    pub fn parse(fields: &Fields, now: jiff::Timestamp) -> Result<Self, Faults> {
        let mut reader = Reader::new(fields);
        let requester = requester(&mut reader);
        let authority_id = authority_id(&mut reader);
        let channel = reader.choice("channel", "Say how the request came in.");
        let received = reader.moment("received", "received_zone", "Say when the request came in.");
        if received
            .as_ref()
            .is_some_and(|received| received.timestamp() > now)
        {
            reader.blame(
                "received",
                "This lies in the future; give the moment the request came in.",
            );
        }
        let served_entity = reader.line(
            "served_entity",
            "Say which of our legal entities it is addressed to.",
        );
        let served_at = reader.maybe_line("served_at");
        let asks = reader.prose("asks", "Say what they ask for, in their own words.");
        let identifiers = identifiers(&mut reader);
        let (from, until) = span(&mut reader, "from", "until");
        let categories = reader.choices("categories");
        if categories.is_empty() {
            reader.blame("categories", "Tick at least one category of data.");
        }
        let legal_basis = reader.prose(
            "legal_basis",
            "Quote the legal basis they cite, verbatim; write \"none cited\" if there is none.",
        );
        let issued = reader.maybe_date("issued");
        let complete_on = reader.maybe_date("complete_on");
        if let (Some(complete), Some(received)) = (complete_on, &received)
            && complete < received.date()
        {
            reader.blame(
                "complete_on",
                "This lies before the day the request came in; check both.",
            );
        }
        let due = reader.maybe_date("due");
        let due_time = reader.maybe_time("due_time");
        if due_time.is_some() && due.is_none() {
            reader.blame("due", "A time of day needs its date.");
        }
        if let (Some(due), Some(received)) = (due, &received)
            && due < received.date()
        {
            reader.blame(
                "due",
                "This lies before the day the request came in; check both.",
            );
        }
        let confidentiality = confidentiality(&mut reader);
        let deliver_to = reader.maybe_line("deliver_to");
        let language = reader.maybe_line("language");
        let test = reader.ticked("test");
        let made = (|| {
            Some(Self {
                requester: requester?,
                authority_id,
                channel: channel?,
                received: received?,
                served_entity: served_entity?,
                served_at,
                asks: asks?,
                identifiers: identifiers?,
                from,
                until,
                categories,
                legal_basis: legal_basis?,
                issued,
                complete_on,
                due,
                due_time,
                confidentiality,
                deliver_to,
                language,
                test,
            })
        })();
        reader.done(made)
    }
}

fn requester(reader: &mut Reader<'_>) -> Option<Requester> {
    let kind = reader.choice("requester_kind", "Say what kind of requester asks.");
    let authority = reader.line("authority", "Name the authority, firm or company.");
    let unit = reader.maybe_line("unit");
    let country = reader.line("country", "Name the requester's country.");
    let person = reader.line("person", "Name the person who asks.");
    let title = reader.maybe_line("title");
    let badge = reader.maybe_line("badge");
    let email = reader.maybe_line("email");
    if email
        .as_ref()
        .is_some_and(|email| !looks_like_email(email.as_str()))
    {
        reader.blame("email", "This is not an e-mail address.");
    }
    let phone = reader.maybe_line("phone");
    let reference = reader.maybe_line("reference");
    Some(Requester {
        kind: kind?,
        authority: authority?,
        unit,
        country: country?,
        person: person?,
        title,
        badge,
        email,
        phone,
        reference,
    })
}

/// The directory's entry that was chosen, if one was.
fn authority_id(reader: &mut Reader<'_>) -> Option<AuthorityId> {
    let raw = reader.fields().get("authority_id").trim();
    if raw.is_empty() {
        return None;
    }
    let id = raw.parse().ok();
    if id.is_none() {
        reader.blame(
            "authority_id",
            "This names no entry of the directory; choose one again, or leave it blank.",
        );
    }
    id
}

/// The rows of identifiers; blank rows are passed over, faults name their row: `identifier.2`.
fn identifiers(reader: &mut Reader<'_>) -> Option<Vec<Identifier>> {
    let fields = reader.fields();
    let mut kinds = fields.all("identifier_kind");
    let mut found = Vec::new();
    let before = fields
        .all("identifier_value")
        .filter(|value| !value.trim().is_empty())
        .count();
    for (row, value) in fields.all("identifier_value").enumerate() {
        let kind = kinds
            .next()
            .and_then(IdentifierKind::from_code)
            .unwrap_or(IdentifierKind::Other);
        if value.trim().is_empty() {
            continue;
        }
        let field = format!("identifier.{row}");
        match Line::parse(value) {
            Err(blame) => reader.blame(&field, blame),
            Ok(value) => match misfit(kind, value.as_str()) {
                Some(says) => reader.blame(&field, says),
                None => found.push(Identifier { kind, value }),
            },
        }
    }
    if before == 0 {
        reader.blame(
            "identifier.0",
            "Give at least one thing that identifies the subject.",
        );
    }
    if before > IDENTIFIERS_MOST {
        reader.blame(
            "identifier.0",
            format!(
                "At most {IDENTIFIERS_MOST} identifiers fit; attach a longer list as an order."
            ),
        );
    }
    (!found.is_empty()).then_some(found)
}

fn misfit(kind: IdentifierKind, value: &str) -> Option<&'static str> {
    match kind {
        // A history with texts left out replays by the same rules.
        _ if is_mask(value) => None,
        IdentifierKind::Email if !looks_like_email(value) => Some("This is not an e-mail address."),
        IdentifierKind::Ip if value.parse::<IpAddr>().is_err() => {
            Some("This is not an IP address; write one like 192.0.2.7 or 2001:db8::7.")
        }
        _ => None,
    }
}

/// A shape only: whether the mailbox exists is not ours to find out.
pub(crate) fn looks_like_email(value: &str) -> bool {
    is_mask(value)
        || value.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !value.contains(char::is_whitespace)
        })
}

fn confidentiality(reader: &mut Reader<'_>) -> Option<Confidentiality> {
    if !reader.ticked("confidential") {
        return None;
    }
    let basis = reader.line(
        "confidential_basis",
        "Say which provision or order demands confidentiality.",
    );
    let (from, until) = span(reader, "confidential_from", "confidential_until");
    Some(Confidentiality {
        basis: basis?,
        from,
        until,
    })
}

fn span(
    reader: &mut Reader<'_>,
    first: &str,
    last: &str,
) -> (Option<civil::Date>, Option<civil::Date>) {
    let span = (reader.maybe_date(first), reader.maybe_date(last));
    if let (Some(from), Some(until)) = span
        && until < from
    {
        reader.blame(last, "The last day lies before the first.");
    }
    span
}
