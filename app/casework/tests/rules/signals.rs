//! What is signalled, what is not, and that each signal explains itself.

use casework::case::Step;
use casework::{
    calendar::Length,
    case::{Case, CaseId, CaseNumber},
    directory::{Authority, AuthorityId, Domain, Known, Phone, PhoneId, holds_until},
    form::Fields,
    instrument::Instrument,
    order::Mail,
    request::RequesterKind,
    signals::{Bond, Look, Met, Official, Signal, SignalKind, signals},
    tables::{Period, Tables},
    verification::Finding,
};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use crate::scene::{self, anna, ben, classification, line, monday, order, verification};

fn id(number: u128) -> AuthorityId {
    AuthorityId(Uuid::from_u128(number))
}

fn lakeside() -> Known {
    let long_ago: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    Known {
        authority: Authority {
            id: id(1),
            kind: RequesterKind::Police,
            name: line("Lakeside Police Department"),
            also: Vec::new(),
            country: line("United States"),
            units: Vec::new(),
            domains: vec![Domain::parse("police.lakeside.example").unwrap()],
            phones: Vec::new(),
            people: Vec::new(),
            remarks: None,
            retired: None,
            merged_into: None,
        },
        entered_at: long_ago,
        changed_at: long_ago,
    }
}

fn officials() -> Vec<Official> {
    vec![Official {
        authority: id(1),
        name: line("Lakeside Police Department"),
        domain: Domain::parse("police.lakeside.example").unwrap(),
    }]
}

/// A draft of this request, with steps after it.
fn case(fields: Fields, steps: Vec<Step>) -> Case {
    let number = CaseNumber {
        year: 2026,
        count: 1,
    };
    let steps = std::iter::once(Step::Draft { fields }).chain(steps);
    steps.fold(
        Case::new(CaseId(Uuid::from_u128(77)), number),
        |case, step| {
            let by = if matches!(step, Step::Verify(_)) {
                ben()
            } else {
                anna()
            };
            let event = case.take(step, &by, monday()).unwrap();
            case.after(&event)
        },
    )
}

fn look<'a>(case: &'a Case, known: Option<&'a Known>, near: &'a [Official]) -> Look<'a> {
    Look {
        case,
        authority: known.map(|known| (known, Bond::Linked)),
        near,
        phones: &[],
        texts: &[],
        confirmed: None,
        now: monday(),
    }
}

fn kinds(found: &[Signal]) -> Vec<SignalKind> {
    found.iter().map(|signal| signal.kind).collect()
}

fn from(email: &str) -> Case {
    case(scene::request().with("email", email), Vec::new())
}

#[test]
fn an_ordinary_request_of_a_known_authority_has_no_signal() {
    let (known, near) = (lakeside(), officials());
    for email in [
        "mlopez@police.lakeside.example",
        "mlopez@mail.police.lakeside.example",
    ] {
        let case = from(email);
        assert_eq!(signals(&look(&case, Some(&known), &near)), [], "{email}");
        assert_eq!(signals(&look(&case, None, &near)), [], "{email}");
    }
}

#[test]
fn a_look_alike_is_shown_as_it_reads_and_as_dns_has_it() {
    let (known, near) = (lakeside(), officials());
    let case = from("mlopez@p\u{043e}lice-lakeside.example");
    let found = signals(&look(&case, Some(&known), &near));
    assert_eq!(
        kinds(&found),
        [
            SignalKind::LookAlike,
            SignalKind::OtherScript,
            SignalKind::OutsideDomains
        ]
    );
    assert!(
        found[0].says.contains("p\u{043e}lice-lakeside.example"),
        "{}",
        found[0].says
    );
    assert!(found[0].says.contains("xn--"), "{}", found[0].says);
    assert!(
        found[0]
            .says
            .contains("official domain of Lakeside Police Department")
    );
}

#[test]
fn free_mail_is_told_and_not_also_as_a_foreign_domain() {
    let known = lakeside();
    let case = from("lakeside.police@gmail.com");
    assert_eq!(
        kinds(&signals(&look(&case, Some(&known), &[]))),
        [SignalKind::FreeMail]
    );
}

#[test]
fn an_official_domain_of_somebody_else_is_no_look_alike() {
    let mut other = lakeside();
    other.authority.id = id(2);
    other.authority.name = line("Riverside Court");
    other.authority.domains = vec![Domain::parse("courts.riverside.example").unwrap()];
    let near = officials();
    let case = from("mlopez@police.lakeside.example");
    let found = signals(&look(&case, Some(&other), &near));
    assert_eq!(kinds(&found), [SignalKind::OutsideDomains]);
    assert!(
        found[0].says.contains("official domain of Lakeside"),
        "{}",
        found[0].says
    );
}

#[test]
fn what_an_attached_message_says_of_its_way_is_compared() {
    let known = lakeside();
    let mut attached = order(5);
    attached.mail = Some(Mail {
        from: Some(line("police.lakeside.example")),
        reply_to: Some(line("cases.test")),
        return_path: Some(line("police.lakeside.example")),
        message_id: None,
    });
    let case = case(scene::request(), vec![Step::Attach(attached)]);
    let found = signals(&look(&case, Some(&known), &officials()));
    assert!(
        kinds(&found).contains(&SignalKind::ReplyElsewhere),
        "{found:?}"
    );
    let mut honest = order(6);
    honest.mail = Some(Mail {
        from: Some(line("police.lakeside.example")),
        reply_to: Some(line("desk.police.lakeside.example")),
        return_path: Some(line("bounces.lakeside.example")),
        message_id: None,
    });
    let case = self::case(scene::request(), vec![Step::Attach(honest)]);
    assert_eq!(signals(&look(&case, Some(&known), &officials())), []);
}

#[test]
fn an_agency_is_new_for_thirty_days() {
    let mut known = lakeside();
    let case = from("mlopez@police.lakeside.example");
    for (hours, new) in [(0, true), (3 * 24, true), (30 * 24, true), (31 * 24, false)] {
        known.entered_at = monday().checked_sub(hours.hours()).unwrap();
        let found = signals(&look(&case, Some(&known), &[]));
        assert_eq!(
            kinds(&found).contains(&SignalKind::NewInDirectory),
            new,
            "{hours} hours"
        );
    }
}

#[test]
fn one_number_or_wording_is_told_only_under_two_agencies() {
    let known = lakeside();
    let case = from("mlopez@police.lakeside.example");
    let met = |name: &str, authority: Option<AuthorityId>, number: &str, count: u32| Met {
        name: line(name),
        authority,
        number: number.into(),
        case: Some((
            CaseId(Uuid::from_u128(count.into())),
            CaseNumber { year: 2026, count },
        )),
    };
    let same = [
        met("LAKESIDE police department", None, "+1 555 0100", 2),
        met("Lakeside PD, Fraud", Some(id(1)), "+1 555 0100", 3),
        // The same end, another number.
        met("Harbor DA", None, "+44 555 0100", 4),
    ];
    let mut look = look(&case, Some(&known), &[]);
    look.phones = &same;
    look.texts = &same[..2];
    assert_eq!(signals(&look), []);
    let others = [
        met("Harbor DA", None, "(1) 555-0100", 4),
        met("Harbor DA", Some(id(9)), "+1 555 0100", 5),
    ];
    look.phones = &others;
    look.texts = &others;
    let found = signals(&look);
    assert_eq!(
        kinds(&found),
        [SignalKind::SharedPhone, SignalKind::SharedText]
    );
    assert_eq!(found[0].cases.len(), 2);
    assert_eq!(
        found[0].says,
        "The same telephone number was met under Harbor DA."
    );
}

#[test]
fn a_paper_dated_after_it_came_in_is_told() {
    let known = lakeside();
    let dated = case(scene::request().with("issued", "2026-03-02"), Vec::new());
    assert_eq!(
        kinds(&signals(&look(&dated, Some(&known), &[]))),
        [SignalKind::DatedAfter]
    );
    let same_day = case(scene::request().with("issued", "2026-03-01"), Vec::new());
    assert_eq!(signals(&look(&same_day, Some(&known), &[])), []);
}

#[test]
fn a_confirmation_that_is_too_old_is_told_as_such() {
    let known = lakeside();
    let case = from("mlopez@police.lakeside.example");
    let mut look = look(&case, Some(&known), &[]);
    let at: Timestamp = "2026-01-15T10:00:00Z".parse().unwrap();
    let mut tables = Tables::delivered();
    tables
        .periods
        .insert(Period::VerificationHolds, Length::days(60));
    look.confirmed = Some((at, holds_until(at, &tables)));
    assert_eq!(signals(&look), []);
    tables
        .periods
        .insert(Period::VerificationHolds, Length::days(30));
    look.confirmed = Some((at, holds_until(at, &tables)));
    let found = signals(&look);
    assert_eq!(kinds(&found), [SignalKind::VerificationExpired]);
    assert!(found[0].says.contains("46 days ago"), "{}", found[0].says);
}

#[test]
fn a_call_to_the_requests_own_number_is_told_unless_the_directory_has_it() {
    let mut known = lakeside();
    let mut called = verification(Finding::Confirmed);
    called.contact = line("(555) 0100");
    let steps = vec![
        Step::File {
            policy: casework::policy::PolicyVersion(1),
        },
        Step::Classify(classification(Instrument::SearchWarrant)),
        Step::Verify(called),
    ];
    let case = case(scene::request(), steps);
    assert_eq!(
        kinds(&signals(&look(&case, Some(&known), &[]))),
        [SignalKind::CalledTheirNumber]
    );
    known.authority.phones.push(Phone {
        id: PhoneId(Uuid::from_u128(1)),
        number: line("+1 555 0100"),
        label: None,
        source: line("the county's own directory"),
        checked_on: "2026-01-01".parse().unwrap(),
    });
    assert_eq!(signals(&look(&case, Some(&known), &[])), []);
}

#[test]
fn our_own_company_sends_no_forged_mail_to_itself() {
    let case = case(
        scene::request()
            .with("requester_kind", "our_company")
            .with("email", "x@gmail.com"),
        Vec::new(),
    );
    assert_eq!(signals(&look(&case, None, &[])), []);
}

#[test]
fn every_kind_of_signal_says_why_it_matters_and_what_to_do() {
    for kind in SignalKind::ALL {
        assert!(
            kind.matters().ends_with('.') && kind.advice().ends_with('.'),
            "{kind:?}"
        );
    }
}

proptest! {
    #[test]
    fn nothing_typed_breaks_the_look(
        email in ".{0,60}", phone in ".{0,60}", asks in ".{0,80}", received in ".{0,20}",
    ) {
        let fields = scene::request().with("email", email).with("phone", phone.clone())
            .with("asks", asks).with("received", received);
        let case = case(fields, Vec::new());
        let known = lakeside();
        let met = [Met { name: line("X"), authority: None, number: phone, case: None }];
        let near = officials();
        let mut look = look(&case, Some(&known), &near);
        look.phones = &met;
        signals(&look);
        casework::signals::traces_of(&case);
        for domain in casework::signals::domains_of(&case) {
            casework::signals::domain_keys_like(&domain);
        }
    }

    #[test]
    fn one_slip_of_the_keyboard_is_always_found(
        name in "[a-z]{9,20}", at in 0..9_usize, with in "[a-z]",
    ) {
        let official = Domain::parse(&format!("{name}.example")).unwrap();
        let mut slipped = name.clone();
        slipped.replace_range(at..=at, &with);
        let suspect = Domain::parse(&format!("{slipped}.test")).unwrap();
        let found = casework::signals::likeness(&suspect, &official);
        let common = casework::signals::domain_keys(&official)
            .intersection(&casework::signals::domain_keys_like(&suspect))
            .count();
        prop_assert!(found.is_some(), "{suspect} for {official}");
        prop_assert!(common > 0, "{suspect} for {official}");
    }
}
