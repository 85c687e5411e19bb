use casework::{
    case::{Case, Stage},
    instrument::Instrument,
    letter::LetterKind,
    template::FIELDS,
};
use letters::{check, delivered as all_delivered, preview};

use crate::scene::{delivered, filled};

/// One of each kind of case there is, at every stage and under every instrument.
fn cases() -> Vec<Case> {
    let mut cases = vec![
        scenes::closed().case,
        scenes::emergency().case,
        scenes::reviewed().case,
        scenes::denied_twice().case,
    ];
    cases.extend(
        Instrument::ALL
            .iter()
            .map(|one| scenes::under(7, *one).case),
    );
    cases.extend(Stage::ALL.iter().map(|one| scenes::at(9, *one).case));
    cases.extend(scenes::law(700).into_iter().map(|(_, scene)| scene.case));
    cases.push(scenes::kept(720).case);
    cases.retain(|case| case.filed().is_some());
    cases
}

#[test]
fn every_kind_is_delivered_in_english_and_german() {
    assert_eq!(all_delivered().len(), LetterKind::ALL.len() * 2);
    for template in all_delivered() {
        assert_eq!(
            check(&template),
            Ok(()),
            "{:?} {}",
            template.kind,
            template.language
        );
        assert!(!preview(&template).unwrap().body.contains("{%"));
    }
}

#[test]
fn every_delivered_template_fills_with_every_case() {
    for case in cases() {
        for template in all_delivered() {
            let filled = filled(&template, &case).unwrap_or_else(|faults| {
                panic!(
                    "{:?} {} at {}: {faults:?}",
                    template.kind,
                    template.language,
                    case.stage()
                )
            });
            assert!(filled.subject.contains(&case.number().to_string()));
            for gap in [" .", " ,", "..", "()", "  ", "\n\n\n", "undefined"] {
                assert!(!filled.body.contains(gap), "{gap:?} in {}", filled.body);
            }
            assert!(
                filled.body.lines().all(|line| line.trim() != "-"),
                "{}",
                filled.body
            );
        }
    }
}

#[test]
fn a_refusal_gives_every_reason_in_its_language() {
    let case = scenes::closed().case;
    let english = filled(&delivered(LetterKind::Refusal, "en"), &case).unwrap();
    let german = filled(&delivered(LetterKind::Refusal, "de"), &case).unwrap();
    assert!(
        english.body.contains("We refuse part of it"),
        "{}",
        english.body
    );
    assert!(
        german.body.contains("Wir lehnen es zum Teil ab"),
        "{}",
        german.body
    );
}

#[test]
fn a_production_cover_certifies_and_lists_digests() {
    let case = scenes::closed().case;
    let cover = filled(&delivered(LetterKind::Production, "en"), &case).unwrap();
    assert!(cover.body.contains("@manifest"), "{}", cover.body);
    assert!(cover.body.contains("custodian of records"));
    assert!(cover.body.contains("@sign Signature"));
}

#[test]
fn days_are_told_where_the_desk_is() {
    let case = scenes::closed().case;
    let template = crate::scene::template(LetterKind::Notice, "{{ date }}");
    // The first of December begins an hour earlier in Vienna; nine in the morning is both's day.
    assert_eq!(filled(&template, &case).unwrap().body, "1 December 2026");
}

#[test]
fn every_field_has_a_meaning_and_a_kind_that_may_tell_it() {
    let mut names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FIELDS.len());
    assert!(
        FIELDS
            .iter()
            .all(|field| !field.means.is_empty() && !field.of.is_empty())
    );
}
