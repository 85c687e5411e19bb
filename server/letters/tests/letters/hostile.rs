//! Templates that mean harm, and fields that do.

use casework::letter::LetterKind;
use letters::{check, preview};

use crate::scene::{filled, template};

fn says(body: &str) -> String {
    let faults = check(&template(LetterKind::Information, body)).unwrap_err();
    faults.of("body").unwrap_or_default().to_owned()
}

#[test]
fn an_unknown_field_is_told_with_its_line_and_the_known_ones() {
    let told = says("Dear {{ person }},\n\n{{ password }}");
    assert!(told.starts_with("Line 3: "), "{told}");
    assert!(
        told.contains("\u{201c}password\u{201d}") && told.contains("needs"),
        "{told}"
    );
}

#[test]
fn a_field_of_another_kind_of_letter_is_unknown() {
    assert!(says("{{ produced | listed }}").contains("no field"));
}

#[test]
fn an_unknown_part_of_an_item_is_told() {
    let body = "{% for item in refused %}{{ item.bogus }}{% endfor %}";
    let faults = check(&template(LetterKind::Refusal, body)).unwrap_err();
    assert!(faults.of("body").is_some(), "{faults:?}");
}

#[test]
fn what_a_case_may_lack_must_be_asked_for() {
    assert!(says("by {{ due }}").contains("ask for it first"));
    assert!(
        check(&template(
            LetterKind::Information,
            "{% if due %}by {{ due }}{% endif %}."
        ))
        .is_ok()
    );
}

#[test]
fn lists_within_lists_end() {
    let depth = 12;
    let mut body = "{% for a in requested %}".repeat(depth);
    body.push('x');
    body.push_str(&"{% endfor %}".repeat(depth));
    assert!(
        says(&body).contains("goes through too much"),
        "{}",
        says(&body)
    );
}

#[test]
fn a_tower_of_statements_is_refused_and_nothing_falls() {
    for opening in ["{% if person %}", "{% for a in requested %}"] {
        let body = opening.repeat(9_900 / opening.len());
        assert!(check(&template(LetterKind::Information, &body)).is_err());
    }
    let elifs = format!(
        "{{% if due %}}{}{{% endif %}}",
        "{% elif due %}".repeat(690)
    );
    assert!(check(&template(LetterKind::Information, &elifs)).is_err());
    let nots = format!("{{{{ {} person }}}}", "not ".repeat(2_400));
    assert!(check(&template(LetterKind::Information, &nots)).is_err());
    let dots = format!("{{{{ person{} }}}}", ".a".repeat(4_900));
    assert!(check(&template(LetterKind::Information, &dots)).is_err());
}

#[test]
fn a_quotation_hides_no_operator() {
    for body in [
        "{{ 'a}}' * 25000000 }}",
        "{% if '%}' * 9 %}x{% endif %}",
        "{{ '}} {# ' * 9 }} #}",
    ] {
        assert!(says(body).contains("quotation is not closed"), "{body}");
        let told = preview(&template(LetterKind::Information, body));
        assert!(told.is_err(), "{body}: {told:?}");
    }
}

#[test]
fn a_text_does_not_outgrow_a_letter() {
    let long = "x".repeat(500);
    let body = format!(
        "{{% for a in requested %}}{{% for b in requested %}}{{% for c in requested %}}{{% for d in requested %}}{{% for e in requested %}}{long}{{% endfor %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}"
    );
    assert!(
        says(&body).contains("longer than a letter"),
        "{}",
        says(&body)
    );
}

#[test]
fn what_a_field_holds_is_never_a_template() {
    let mut dice = scenes::Dice::thrown(11);
    for count in 1..40 {
        let case = scenes::hostile(count, &mut dice).case;
        if case.request().is_none() {
            continue;
        }
        for template in letters::delivered() {
            filled(&template, &case).unwrap();
        }
    }
}

#[test]
fn what_is_no_template_is_a_fault_and_no_crash() {
    for odd in [
        "{{",
        "{%",
        "{% if %}",
        "{{ person",
        "{% endfor %}",
        "{{ }}",
        "{% for %}{% endfor %}",
        "{{ person | upper }}",
        "{{ person is odd }}",
        "{{ .person }}",
        "{{ 'a }}",
    ] {
        let told = preview(&template(LetterKind::Information, odd));
        assert!(told.is_err(), "{odd}: {told:?}");
    }
}
