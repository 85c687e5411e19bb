//! What a case holds, as templates may tell it: in the template's language, and without what the
//! letter may not say.

use casework::{
    case::Case,
    clock::{ClockKind, clocks, window_opens},
    decision::{Decision, Refused},
    disclosure::Answer,
    letter::LetterKind,
    member::Member,
    policy::Policy,
    scope::Category,
    template::{Template, confirms_nothing, known, names_nobody, tells_of_holdings},
};
use jiff::{Timestamp, civil, tz::TimeZone};
use minijinja::Value;

use super::{Facts, language, words};

/// What a letter is about, and who writes it when.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub case: &'a Case,
    pub organisation: &'a str,
    /// The version the case is pinned to.
    pub policy: Option<&'a Policy>,
    pub member: &'a Member,
    pub now: Timestamp,
    /// The desk's own zone, as IANA names it.
    pub zone: &'a str,
}

impl About<'_> {
    /// The day the letter is written, where the desk is.
    pub fn today(&self) -> civil::Date {
        self.day_of(self.now)
    }

    fn day_of(&self, at: Timestamp) -> civil::Date {
        let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
        at.to_zoned_datetime(zone).date()
    }
}

/// Facts as they are gathered, in one language.
struct Teller<'a> {
    about: &'a About<'a>,
    kind: LetterKind,
    tag: &'a str,
    facts: Facts,
}

/// Everything that this kind of letter may tell of the case.
pub fn of(template: &Template, about: &About<'_>) -> Facts {
    let mut teller = Teller {
        about,
        kind: template.kind,
        tag: template.language.as_str(),
        facts: Facts::new(),
    };
    teller.of_the_desk();
    teller.of_the_request();
    teller.of_the_answer();
    teller.of_the_sending();
    teller.of_what_is_beside();
    teller.facts
}

impl Teller<'_> {
    /// Only what the kind may tell goes in.
    fn tell(&mut self, name: &'static str, value: impl Into<Value>) {
        if known(self.kind, name).is_some() {
            self.facts.insert(name, value.into());
        }
    }

    fn maybe(&mut self, name: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.tell(name, value);
        }
    }

    fn day(&self, day: civil::Date) -> String {
        language::day(self.tag, day)
    }

    fn names(&self, all: impl IntoIterator<Item = Category>) -> Value {
        all.into_iter()
            .map(|category| Value::from(words::category(self.tag, category)))
            .collect()
    }

    fn of_the_desk(&mut self) {
        let about = self.about;
        self.tell("number", about.case.number().to_string());
        self.tell("organisation", about.organisation);
        self.tell("date", self.day(about.today()));
        self.tell("member", about.member.name.as_str());
        self.tell("role", words::role(self.tag, about.member.role));
        self.tell("confirms_nothing", confirms_nothing(about.case));
        let clause = about.policy.zip(about.case.ground());
        self.maybe(
            "clause",
            clause.map(|(policy, ground)| passage(policy.clauses.of(ground).as_str())),
        );
        let version = about.case.policy();
        self.maybe("policy_version", version.map(|version| version.0));
    }

    fn of_the_request(&mut self) {
        let case = self.about.case;
        let instrument = case.classification().map(|one| one.instrument);
        self.maybe(
            "instrument",
            instrument.map(|one| words::instrument(self.tag, one)),
        );
        let due = clocks(case)
            .into_iter()
            .find(|clock| matches!(clock.kind, ClockKind::Due | ClockKind::Statutory))
            .and_then(|clock| clock.ends);
        self.maybe("due", due.map(|ends| self.day(self.about.day_of(ends))));
        let Some(request) = case.request() else {
            return;
        };
        let requester = &request.requester;
        self.tell("authority", requester.authority.as_str());
        self.tell("country", requester.country.as_str());
        self.tell("person", requester.person.as_str());
        self.maybe("title", requester.title.as_ref().map(AsRef::<str>::as_ref));
        self.maybe("unit", requester.unit.as_ref().map(AsRef::<str>::as_ref));
        let reference = requester.reference.as_ref();
        self.maybe("reference", reference.map(AsRef::<str>::as_ref));
        self.tell("received", self.day(request.received.date()));
        self.tell("served_entity", request.served_entity.as_str());
        self.maybe("from", request.from.map(|day| self.day(day)));
        self.maybe("until", request.until.map(|day| self.day(day)));
        self.tell("requested", self.names(case.requested()));
        let identifiers = request.identifiers.iter().map(|one| {
            let kind = words::identifier(self.tag, one.kind);
            Value::from(format!("{kind} {}", one.value))
        });
        // What is withheld is not there to be told.
        let named: Value = if names_nobody(case) {
            Vec::<Value>::new().into()
        } else {
            identifiers.collect()
        };
        self.tell("identifiers", named);
    }

    fn of_the_answer(&mut self) {
        let case = self.about.case;
        let withheld = confirms_nothing(case);
        let classified = case.classification().is_some();
        let reach = |category: &Category| case.permits(*category).is_ok();
        let within = case.requested().into_iter().filter(reach);
        let within: Vec<_> = within.filter(|_| classified && !withheld).collect();
        self.tell("within", self.names(within));
        let beyond: Value = case
            .requested()
            .into_iter()
            .filter(|_| classified)
            .filter_map(|category| {
                let why = case.permits(category).err()?.to_string();
                Some(item([
                    ("category", words::category(self.tag, category)),
                    ("why", why),
                ]))
            })
            .collect();
        self.tell("beyond", beyond);
        let granted = case.granted().iter().copied().filter(|_| !withheld);
        self.tell("granted", self.names(granted));
        // "Not found" and "not held" say as much of an account as "here it is".
        let told = |why: &Refused| !(withheld && tells_of_holdings(&why.code));
        let decided = case.decisions().last().map(|one| &one.what);
        let refused: Value = match (case.not_upheld(), decided) {
            // What a second manager did not uphold is refused, whatever the first one granted.
            (Some(review), _) => vec![item([
                ("category", String::new()),
                ("code", "not_upheld".to_owned()),
                ("reason", words::not_upheld(self.tag)),
                ("words", passage(review.what.reasons.as_str())),
            ])]
            .into(),
            (None, Some(Decision::Deny(why))) => Some(why)
                .filter(|why| told(why))
                .map(|why| self.refused(None, why))
                .into_iter()
                .collect(),
            (None, Some(Decision::ApproveInPart { refused, .. })) => refused
                .iter()
                .filter(|(_, why)| told(why))
                .map(|(category, why)| self.refused(Some(*category), why))
                .collect(),
            _ => Vec::<Value>::new().into(),
        };
        self.tell("refused", refused);
        let needs = match decided {
            Some(Decision::Return { needs }) => Some(passage(needs.as_str())),
            _ => None,
        };
        self.maybe("needs", needs);
    }

    fn refused(&self, category: Option<Category>, why: &Refused) -> Value {
        item([
            (
                "category",
                category.map_or_else(String::new, |one| words::category(self.tag, one)),
            ),
            ("code", why.code.code().to_owned()),
            ("reason", words::reason(self.tag, why)),
            ("words", passage(why.reasons.as_str())),
        ])
    }

    fn of_the_sending(&mut self) {
        let case = self.about.case;
        let withheld = confirms_nothing(case);
        let all = || case.disclosures().iter().filter(|_| !withheld);
        let produced = case.produced().into_iter().filter(|_| !withheld);
        self.tell("produced", self.names(produced));
        let answered: Value = all()
            .flat_map(|disclosure| &disclosure.what.answers)
            .filter(|(_, answer)| **answer != Answer::Produced)
            .map(|(category, answer)| {
                item([
                    ("category", words::category(self.tag, *category)),
                    ("answer", words::answer(self.tag, *answer)),
                ])
            })
            .collect();
        self.tell("answered", answered);
        let sent: Value = all()
            .map(|disclosure| {
                let sent = &disclosure.what;
                item([
                    ("what", passage(sent.what.as_str())),
                    ("at", self.day(sent.sent.date())),
                    ("recipient", sent.recipient.to_string()),
                    ("means", words::means(self.tag, sent.means)),
                    (
                        "sha256",
                        sent.sha256.map_or_else(String::new, |one| one.to_string()),
                    ),
                ])
            })
            .collect();
        self.tell("sent", sent);
    }

    fn of_what_is_beside(&mut self) {
        let case = self.about.case;
        let ends = |kind: ClockKind| {
            let clock = clocks(case).into_iter().find(|clock| clock.kind == kind)?;
            Some(self.day(self.about.day_of(clock.ends?)))
        };
        let preserved = ends(ClockKind::Preserve);
        // A notice tells the window that it opens itself; any other letter, the one that runs.
        let objection = if self.kind == LetterKind::Notice {
            let zone = TimeZone::get(self.about.zone).unwrap_or(TimeZone::UTC);
            window_opens(case, &self.about.now.to_zoned_datetime(zone))
                .map(|ends| self.day(self.about.day_of(ends)))
        } else {
            ends(ClockKind::Objection)
        };
        let gagged = case
            .gag()
            .and_then(|gag| gag.until)
            .map(|day| self.day(day));
        if let Some(hold) = case.beside().hold().filter(|_| !confirms_nothing(case)) {
            let hold = &hold.given.what;
            self.tell("hold_owner", hold.owner.as_str());
            self.tell("hold_what", passage(hold.what.as_str()));
            self.maybe("hold_until", preserved);
        }
        self.maybe("objection_until", objection);
        self.maybe("gag_until", gagged);
    }
}

/// An item of a list.
fn item<const N: usize>(parts: [(&'static str, String); N]) -> Value {
    parts
        .into_iter()
        .map(|(name, text)| (name, Value::from(text)))
        .collect()
}

/// A passage as one paragraph: a line of it that began like a list or a heading would become one.
fn passage(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
