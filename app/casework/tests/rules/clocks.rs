//! Clocks end when a person with a calendar says they end.

use casework::{
    clock::{self, ClockKind, Urgency},
    instrument::Instrument,
};
use jiff::{Timestamp, ToSpan};

use crate::scene::{Scene, anna, approve, carla};

fn ends(scene: &Scene, kind: ClockKind) -> Option<String> {
    clock::clocks(&scene.case)
        .into_iter()
        .find(|clock| clock.kind == kind)
        .map(|clock| clock.ends.to_string())
}

#[test]
fn a_stated_day_runs_to_its_end_in_the_zone_of_receipt() {
    // Summer time begins in New York on 8 March 2026, before the tenth.
    let scene = Scene::drafted(&anna()).filed(&anna());
    assert_eq!(
        ends(&scene, ClockKind::Due).as_deref(),
        Some("2026-03-11T03:59:59Z")
    );
}

#[test]
fn a_european_production_order_is_due_ten_days_after_receipt() {
    let scene = Scene::drafted(&anna()).filed(&anna());
    let mut usual = crate::scene::classification(Instrument::Epoc);
    usual.answers.insert("emergency_flag".into(), "no".into());
    let scene = scene.step(casework::case::Step::Classify(usual), &anna());
    assert_eq!(
        ends(&scene, ClockKind::Statutory).as_deref(),
        Some("2026-03-12T03:59:59Z")
    );
}

#[test]
fn a_european_production_order_in_an_emergency_is_due_in_eight_hours_nights_included() {
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::Epoc, &anna());
    assert_eq!(
        ends(&scene, ClockKind::Statutory).as_deref(),
        Some("2026-03-02T05:20:00Z")
    );
}

#[test]
fn preservation_runs_ninety_days_here_and_sixty_in_europe() {
    let filed = || Scene::drafted(&anna()).filed(&anna());
    let us = filed().classified(Instrument::PreservationRequest, &anna());
    assert_eq!(
        ends(&us, ClockKind::Preserve).as_deref(),
        Some("2026-05-31T03:59:59Z")
    );
    let eu = filed().classified(Instrument::EpocPr, &anna());
    assert_eq!(
        ends(&eu, ClockKind::Preserve).as_deref(),
        Some("2026-05-01T03:59:59Z")
    );
}

#[test]
fn a_release_is_reviewed_within_48_hours() {
    let scene = Scene::in_review(Instrument::EmergencyRequest).step(approve(), &carla());
    assert_eq!(
        ends(&scene, ClockKind::Review).as_deref(),
        Some("2026-03-04T09:00:00Z")
    );
    assert_eq!(
        clock::next(&scene.case).map(|clock| clock.kind),
        Some(ClockKind::Review)
    );
}

#[test]
fn lateness_is_a_matter_of_the_moment() {
    let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    let at = |hours: i64| clock::urgency(now.checked_add(hours.hours()).unwrap(), now);
    assert_eq!(at(0), Urgency::Late);
    assert_eq!(at(-1), Urgency::Late);
    assert_eq!(at(23), Urgency::Today);
    assert_eq!(at(24), Urgency::Soon);
    assert_eq!(at(72), Urgency::Later);
}
