//! What a letter may not say of an account.

use casework::{
    case::{Case, Stage},
    instrument::Instrument,
    letter::LetterKind,
    template::{FIELDS, Shape, confirms_nothing},
};
use letters::delivered;

use crate::scene::{filled, template};

fn identifiers(case: &Case) -> Vec<String> {
    let all = &case.request().unwrap().identifiers;
    all.iter().map(|one| one.value.to_string()).collect()
}

#[test]
fn no_letter_on_a_foreign_direct_request_names_an_identifier() {
    let case = scenes::under(7, Instrument::ForeignDirect).case;
    assert!(confirms_nothing(&case));
    for template in delivered() {
        let letter = filled(&template, &case).unwrap();
        for value in identifiers(&case) {
            assert!(!letter.body.contains(&value) && !letter.subject.contains(&value));
        }
    }
}

#[test]
fn nor_does_any_template_that_could_be_written() {
    let case = scenes::under(7, Instrument::ForeignDirect).case;
    let named = identifiers(&case);
    for kind in LetterKind::ALL {
        for field in FIELDS.iter().filter(|field| field.of.contains(kind)) {
            let body = match field.shape {
                Shape::Words => format!(
                    "{{% for one in {} %}}{{{{ one }}}}{{% endfor %}}.",
                    field.name
                ),
                Shape::Items(parts) => {
                    let told = |(part, _, _): &(&str, &str, &str)| {
                        format!(
                            "{{% for one in {} %}}{{{{ one.{part} }}}}{{% endfor %}}.",
                            field.name
                        )
                    };
                    parts.iter().map(told).collect::<Vec<_>>().concat()
                }
                _ => format!("{{% if {0} %}}{{{{ {0} }}}}{{% endif %}}.", field.name),
            };
            let letter = filled(&template(*kind, &body), &case).unwrap();
            assert!(
                named.iter().all(|value| !letter.body.contains(value)),
                "{} tells {}",
                field.name,
                letter.body
            );
        }
    }
}

#[test]
fn before_the_instrument_is_known_nobody_is_named() {
    let case = scenes::at(9, Stage::Filed).case;
    let body = "{% for one in identifiers %}{{ one }}{% endfor %}.";
    let letter = filled(&template(LetterKind::Information, body), &case).unwrap();
    let unclassified = case.classification().is_none();
    assert_eq!(letter.body == ".", unclassified);
}

#[test]
fn a_list_that_is_withheld_cannot_be_told_only_asked_for() {
    let case = scenes::under(7, Instrument::ForeignDirect).case;
    let told = template(LetterKind::Information, "About {{ identifiers | listed }}.");
    let faults = filled(&told, &case).unwrap_err();
    assert!(
        faults.of("body").is_some_and(|says| says.contains("{% if")),
        "{faults:?}"
    );
}
