//! What was done beside what was promised.

use casework::{
    case::Step,
    decision::ReviewFinding,
    ground::Ground,
    instrument::Instrument,
    policy::{
        PolicyVersion,
        made::{Counted, Made, Notice, counts, difference},
    },
};

use crate::scene::{Scene, anna, approve, ben, carla, close, dev, review, said};

fn released() -> Scene {
    Scene::in_review(Instrument::EmergencyRequest)
        .step(approve(), &carla())
        .disclosed(&ben())
}

fn ill(scene: &Scene, place: usize) -> Vec<Counted> {
    let made = Made::of(&scene.case, place, Ground::Emergency).unwrap();
    made.ill().collect()
}

#[test]
fn an_emergency_disclosed_and_not_reviewed_sits_ill_until_a_second_manager_upholds_it() {
    assert_eq!(ill(&released(), 0), [Counted::Unreviewed]);
    let upheld = released().step(review(ReviewFinding::Upheld), &dev());
    assert_eq!(ill(&upheld, 0), []);
    let not_upheld = released().step(review(ReviewFinding::NotUpheld), &dev());
    assert_eq!(ill(&not_upheld, 0), [Counted::NotUpheld]);
}

#[test]
fn a_directive_needs_no_second_manager() {
    let scene = Scene::in_review(Instrument::SearchWarrant)
        .step(approve(), &carla())
        .disclosed(&anna());
    let made = Made::of(&scene.case, 0, Ground::LegalDirective).unwrap();
    assert_eq!(made.ill().count(), 0);
    assert_eq!(made.notice, Notice::NotYet);
    assert!(made.found.contains(&Counted::NotTold));
    assert_eq!(Made::of(&scene.case, 1, Ground::LegalDirective), None);
}

#[test]
fn whom_a_closing_says_was_told_counts_as_told() {
    let scene = Scene::in_review(Instrument::SearchWarrant)
        .step(approve(), &carla())
        .disclosed(&anna());
    let key = |one| (PolicyVersion(1), Some(Ground::LegalDirective), one);
    let made = [(0, Ground::LegalDirective)];
    let before = counts(&scene.case, made);
    let scene = scene.step(close(), &anna());
    let change = difference(&before, &counts(&scene.case, made));
    assert_eq!(
        change.into_iter().collect::<Vec<_>>(),
        [(key(Counted::Told), 1), (key(Counted::NotTold), -1)]
    );
}

#[test]
fn a_case_is_counted_once_under_the_version_it_is_pinned_to_and_never_before() {
    let scene = Scene::in_review(Instrument::Subpoena);
    let counted = counts(&scene.case, []);
    assert_eq!(
        counted.into_iter().collect::<Vec<_>>(),
        [((PolicyVersion(1), None, Counted::Cases), 1)]
    );
    let draft = casework::case::Case::new(scene.case.id(), scene.case.number());
    assert!(counts(&draft, []).is_empty());
    let again = scene.step(Step::Withdraw(said()), &anna());
    assert_eq!(counts(&again.case, []).len(), 1);
}
