//! The directory's laws: what an entry takes, and what merging keeps.

use std::collections::BTreeSet;

use casework::{
    directory::{
        Authority, AuthorityId, Domain, Person, PersonId, Phone, PhoneId, Unmergeable, folded,
    },
    form::Fields,
    phone,
    request::RequesterKind,
    words::{Line, Prose},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::scene::line;

const TODAY: Date = date(2026, 3, 2);

fn form() -> Fields {
    [
        ("kind", "police"),
        ("name", "Lakeside Police Department"),
        ("country", "United States"),
        ("also", "LPD\nlakeside  POLICE department"),
        ("units", "Fraud Unit\n\nCybercrime"),
        (
            "domains",
            "Police.Lakeside.EXAMPLE\nmünchen.example\npolice.lakeside.example.",
        ),
        ("phone_id", ""),
        ("phone_number", "+1 555 0199"),
        ("phone_label", "duty desk"),
        ("phone_source", "the county's own directory"),
        ("phone_checked", "2026-02-01"),
        ("phone_id", ""),
        ("phone_number", ""),
        ("phone_label", ""),
        ("phone_source", ""),
        ("phone_checked", ""),
        ("person_name", "Det. Maria Lopez"),
        ("person_badge", "4711"),
    ]
    .into_iter()
    .collect()
}

fn read(fields: &Fields, before: Option<&Authority>) -> Result<Authority, casework::form::Faults> {
    let mut next = 100;
    Authority::parse(
        fields,
        AuthorityId(Uuid::from_u128(7)),
        before,
        TODAY,
        || {
            next += 1;
            Uuid::from_u128(next)
        },
    )
}

#[test]
fn an_entry_is_read_from_its_form_and_fills_it_again() {
    let authority = read(&form(), None).unwrap();
    assert_eq!(authority.also, [line("LPD")]);
    assert_eq!(authority.units, [line("Fraud Unit"), line("Cybercrime")]);
    let domains: Vec<_> = authority.domains.iter().map(Domain::as_str).collect();
    assert_eq!(
        domains,
        ["police.lakeside.example", "xn--mnchen-3ya.example"]
    );
    assert_eq!(authority.phones.len(), 1);
    assert_eq!(authority.people[0].badge, Some(line("4711")));
    assert_eq!(read(&authority.fields(), Some(&authority)), Ok(authority));
}

#[test]
fn every_fault_of_an_entry_is_told_beside_its_row() {
    let mut fields = form()
        .with("name", "")
        .with("kind", "our_company")
        .with("domains", "police.example\nhttp://x\ngmail.com\nco.uk")
        .with("retired", "yes");
    for (name, value) in [
        ("phone_number", "nothing"),
        ("phone_label", ""),
        ("phone_source", "their letter"),
        ("phone_checked", "2026-03-03"),
        ("person_name", ""),
        ("person_badge", "12"),
    ] {
        fields.push(name, value);
    }
    let faults = read(&fields, None).unwrap_err();
    for field in [
        "name",
        "kind",
        "domains",
        "retired_why",
        "phone.2",
        "person.1",
    ] {
        assert!(faults.of(field).is_some(), "{field}: {faults:?}");
    }
    let domains: Vec<_> = faults
        .0
        .iter()
        .filter(|fault| fault.field == "domains")
        .collect();
    assert_eq!(domains.len(), 3, "{domains:?}");
}

#[test]
fn what_is_pasted_beyond_the_most_is_told_once_and_read_no_further() {
    let many = |text: &str| {
        let lines: Vec<String> = (0..30_000).map(|n| format!("{text}{n}")).collect();
        lines.join("\n")
    };
    let wrong = "\u{202e}\n".repeat(20_000);
    let long = form()
        .with("also", many("a"))
        .with("units", wrong)
        .with("domains", many("police.lakeside.example"));
    let faults = read(&long, None).unwrap_err();
    for field in ["also", "units", "domains"] {
        let told = faults.of(field).unwrap();
        assert!(told.starts_with("There are more than fit"), "{told}");
    }
    assert!(faults.0.len() < 600, "{}", faults.0.len());

    let mut rows = form();
    for count in 0..5_000 {
        rows.push("phone_number", format!("+1 555 {count:04}"));
        rows.push("person_title", "Detective");
    }
    let faults = read(&rows, None).unwrap_err();
    let told: Vec<_> = faults.0.iter().filter(|one| one.field == "name").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(faults.0.len() < 900, "{}", faults.0.len());
}

#[test]
fn as_many_names_as_fit_are_read_each_once() {
    let names: Vec<String> = (0..200).map(|n| format!("Unit {}", n % 150)).collect();
    let read = read(&form().with("units", names.join("\n")), None).unwrap();
    assert_eq!(read.units.len(), 150);
}

#[test]
fn a_row_takes_no_id_that_the_entry_never_gave() {
    let stolen = Uuid::from_u128(9_999);
    let mut fields = form().without("phone_id");
    fields.push("phone_id", stolen.to_string());
    assert_ne!(read(&fields, None).unwrap().phones[0].id, PhoneId(stolen));
}

#[test]
fn a_number_that_nobody_looked_up_for_a_year_is_stale() {
    let mut phone = read(&form(), None).unwrap().phones.remove(0);
    assert!(!phone.is_stale(TODAY));
    phone.checked_on = date(2025, 3, 1);
    assert!(phone.is_stale(TODAY));
}

#[test]
fn merging_refuses_an_entry_with_itself_and_one_that_was_merged() {
    let one = read(&form(), None).unwrap();
    assert_eq!(one.merge(&one), Err(Unmergeable::Same));
    let other = Authority {
        id: AuthorityId(Uuid::from_u128(9)),
        ..one.clone()
    }
    .pointing_to(one.id);
    assert_eq!(
        one.merge(&other),
        Err(Unmergeable::MergedBefore(other.name.clone()))
    );
}

fn word() -> impl Strategy<Value = Line> {
    prop::sample::select(vec![
        "Lakeside",
        "lakeside",
        "LÁKESIDE",
        "Harbor",
        "harbor ",
        "Fraud",
        "***",
    ])
    .prop_map(line)
}

fn some_phone() -> impl Strategy<Value = Phone> {
    let number = prop::sample::select(vec!["+1 555 0142", "+1-555-0142", "+1 555 0143", "112"]);
    (
        Just(0_u128),
        number,
        prop::option::of(word()),
        word(),
        1..28_i8,
    )
        .prop_map(|(id, number, label, source, day)| Phone {
            id: PhoneId(Uuid::from_u128(id)),
            number: line(number),
            label,
            source,
            checked_on: date(2026, 1, day),
        })
}

fn some_person() -> impl Strategy<Value = Person> {
    (
        Just(0_u128),
        word(),
        prop::option::of(word()),
        prop::option::of(word()),
    )
        .prop_map(|(id, name, title, unit)| Person {
            id: PersonId(Uuid::from_u128(id)),
            name,
            title,
            badge: None,
            email: None,
            phone: None,
            unit,
        })
}

fn some_domain() -> impl Strategy<Value = Domain> {
    prop::sample::select(vec!["a.example", "b.example", "c.example"])
        .prop_map(|raw| Domain::parse(raw).unwrap())
}

fn some_authority(id: u128) -> impl Strategy<Value = Authority> {
    (
        word(),
        prop::collection::vec(word(), 0..3),
        prop::collection::vec(word(), 0..3),
        prop::collection::vec(some_domain(), 0..3),
        prop::collection::vec(some_phone(), 0..4),
        prop::collection::vec(some_person(), 0..4),
        prop::option::of(prop::sample::select(vec!["One.", "Two.", "One.\n\nThree."])),
        any::<bool>(),
    )
        .prop_map(
            move |(name, also, units, domains, mut phones, mut people, remarks, retired)| {
                // No two rows of a directory have one id.
                for (at, phone) in (0..).zip(&mut phones) {
                    phone.id = PhoneId(Uuid::from_u128(id * 100 + at));
                }
                for (at, person) in (0..).zip(&mut people) {
                    person.id = PersonId(Uuid::from_u128(id * 100 + at));
                }
                Authority {
                    id: AuthorityId(Uuid::from_u128(id)),
                    kind: RequesterKind::Police,
                    name,
                    also,
                    country: line("Nowhere"),
                    units,
                    domains,
                    phones,
                    people,
                    remarks: remarks.map(|text| Prose::parse(text).unwrap()),
                    retired: retired.then(|| line("Dissolved")),
                    merged_into: None,
                }
            },
        )
}

/// An entry without what follows the order of merging: the order of its paragraphs, and which
/// spelling of a name that one of them bears stands for it.
fn settled(mut authority: Authority) -> (Authority, BTreeSet<String>, BTreeSet<String>) {
    let remarks = authority
        .remarks
        .take()
        .map(String::from)
        .unwrap_or_default();
    let paragraphs = remarks
        .split("\n\n")
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    let also = std::mem::take(&mut authority.also);
    let names = also.iter().map(|name| folded(name.as_str())).collect();
    (authority, names, paragraphs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn in_whatever_order_entries_are_merged_the_same_comes_out(
        a in some_authority(1),
        b in some_authority(2),
        c in some_authority(3),
    ) {
        let left = a.merge(&b).unwrap().merge(&c).unwrap();
        let right = a.merge(&b.merge(&c).unwrap()).unwrap();
        let across = c.merge(&a).unwrap().merge(&b).unwrap();
        prop_assert_eq!(settled(left.clone()), settled(right));
        prop_assert_eq!(settled(left), settled(across));
    }

    #[test]
    fn merging_keeps_everything_of_both_and_nothing_twice(
        a in some_authority(1),
        b in some_authority(2),
    ) {
        let merged = b.merge(&a).unwrap();
        prop_assert_eq!(merged.id, a.id);
        prop_assert_eq!(&merged.name, &a.name);
        for one in [&a, &b] {
            prop_assert!(one.also.iter().chain([&one.name]).all(|name| merged.is_called(name.as_str())));
            prop_assert!(one.domains.iter().all(|domain| merged.domains.contains(domain)));
            let fold = |line: &Line| folded(line.as_str());
            prop_assert!(one.units.iter().all(|unit| merged.units.iter().any(|kept| fold(kept) == fold(unit))));
            for phone in &one.phones {
                let kept = merged.phones.iter().any(|kept| {
                    phone::plain(kept.number.as_str()) == phone::plain(phone.number.as_str())
                        && kept.label.as_ref().map(fold) == phone.label.as_ref().map(fold)
                        && fold(&kept.source) == fold(&phone.source)
                        && kept.checked_on >= phone.checked_on
                });
                prop_assert!(kept);
            }
            for person in &one.people {
                prop_assert!(merged.people.iter().any(|kept| fold(&kept.name) == fold(&person.name)
                    && kept.title.as_ref().map(fold) == person.title.as_ref().map(fold)
                    && kept.unit.as_ref().map(fold) == person.unit.as_ref().map(fold)));
            }
        }
        // Merging what was merged adds nothing.
        let again = Authority { id: b.id, ..merged.clone() };
        prop_assert_eq!(settled(merged.merge(&again).unwrap()), settled(merged));
    }
}
