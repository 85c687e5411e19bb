//! Clocks end when a person with a calendar says they end.

use casework::{
    calendar::{Length, Unit},
    case::Step,
    clock::{self, Clock, ClockKind, Urgency},
    emergency::Process,
    form::Fields,
    hold::{Conversion, Deletion, Hold, HoldRelease, Renewal, Renews},
    instrument::Instrument,
    notice::{Gag, Lift, Notice, NoticeMeans, Objection},
    pause::Pause,
    tables::{Period, Tables},
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use crate::scene::{
    Scene, anna, approve, carla, classification, deny, dev, line, prose, request, said,
};

fn clock(scene: &Scene, kind: ClockKind) -> Option<Clock> {
    clock::clocks(&scene.case)
        .into_iter()
        .find(|clock| clock.kind == kind)
}

fn ends(scene: &Scene, kind: ClockKind) -> Option<String> {
    clock(scene, kind)?.ends.map(|ends| ends.to_string())
}

fn says(scene: &Scene, kind: ClockKind, what: &str) -> bool {
    clock(scene, kind).unwrap().because().contains(what)
}

fn filed_with(changes: &[(&str, &str)]) -> Scene {
    let mut fields: Fields = request();
    for (name, value) in changes {
        fields = fields.without(name);
        if !value.is_empty() {
            fields = fields.with(*name, *value);
        }
    }
    Scene::new()
        .step(Step::Draft { fields }, &anna())
        .filed(&anna())
}

fn at(scene: Scene, now: &str) -> Scene {
    Scene {
        now: now.parse().unwrap(),
        ..scene
    }
}

fn pause(kind: ClockKind, reasons: &str) -> Step {
    Step::Pause(Pause {
        clock: kind,
        reasons: prose(reasons),
    })
}

fn resume(kind: ClockKind) -> Step {
    Step::Resume(Pause {
        clock: kind,
        reasons: prose("They answered."),
    })
}

fn hold() -> Step {
    Step::Hold(Hold {
        owner: line("Iris Vance"),
        what: prose("The mailbox as it is."),
        kept_in: line("vault-2"),
    })
}

fn renew(of: Renews, until: Option<&str>) -> Step {
    Step::Renew(Renewal {
        of,
        reference: line("Form 6 of 4 May"),
        until: until.map(|day| day.parse().unwrap()),
    })
}

fn gag(until: Option<&str>) -> Step {
    Step::Gag(Gag {
        basis: line("18 USC 2705(b), order of 1 March"),
        from: "2026-03-01".parse().unwrap(),
        until: until.map(|day| day.parse().unwrap()),
    })
}

fn notify(sent: &str) -> Step {
    Step::Notify(Notice {
        how: NoticeMeans::Elsewhere,
        to: line("sam@subject.example"),
        sent: sent.parse().unwrap(),
        what: prose("Your data was asked for."),
    })
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
    let mut usual = classification(Instrument::Epoc);
    usual.answers.insert("emergency_flag".into(), "no".into());
    let scene = scene.step(Step::Classify(usual), &anna());
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
    let at =
        |hours: i64| clock::urgency(now.checked_add(hours.hours()).unwrap(), now, &TimeZone::UTC);
    assert_eq!(at(0), Urgency::Late);
    assert_eq!(at(-1), Urgency::Late);
    assert_eq!(at(14), Urgency::Today);
    assert_eq!(at(15), Urgency::Soon);
    assert_eq!(at(3 * 24 + 14), Urgency::Soon);
    assert_eq!(at(3 * 24 + 15), Urgency::Later);
}

#[test]
fn today_is_the_day_on_the_wall_of_the_desk() {
    let now: Timestamp = "2026-03-02T20:00:00Z".parse().unwrap();
    let ends: Timestamp = "2026-03-03T02:00:00Z".parse().unwrap();
    let zone = |name| TimeZone::get(name).unwrap();
    assert_eq!(
        clock::urgency(ends, now, &zone("America/New_York")),
        Urgency::Today
    );
    assert_eq!(
        clock::urgency(ends, now, &zone("Europe/Vienna")),
        Urgency::Soon
    );
}

#[test]
fn a_window_that_shut_is_over_and_nothing_is_late() {
    let scene = at(
        filed_with(&[]).classified(Instrument::SearchWarrant, &anna()),
        "2026-03-03T10:00:00Z",
    )
    .step(notify("2026-03-03T09:00:00+00:00[UTC]"), &anna());
    let window = clock(&scene, ClockKind::Objection).unwrap();
    let after = window.ends.unwrap().checked_add(1.hour()).unwrap();
    assert_eq!(window.urgency(after, &TimeZone::UTC), Urgency::Over);
    assert_ne!(
        clock::next(&scene.case).map(|clock| clock.kind),
        Some(ClockKind::Objection)
    );
}

#[test]
fn the_subject_may_object_for_seven_days_or_until_the_answer_is_due() {
    let told = |due: &str| {
        at(
            filed_with(&[("due", due)]).classified(Instrument::SearchWarrant, &anna()),
            "2026-03-03T10:00:00Z",
        )
        .step(notify("2026-03-03T09:00:00+00:00[UTC]"), &anna())
    };
    assert_eq!(
        ends(&told("2026-03-04"), ClockKind::Objection).as_deref(),
        Some("2026-03-10T23:59:59Z")
    );
    let later = told("2026-03-20");
    assert_eq!(
        ends(&later, ClockKind::Objection),
        ends(&later, ClockKind::Due)
    );
    let objected = later.step(
        Step::Object(Objection {
            by: line("Counsel for Sam"),
            at: "2026-03-03T10:00:00+00:00[UTC]".parse().unwrap(),
            what: prose("The order is overbroad."),
        }),
        &anna(),
    );
    assert!(clock(&objected, ClockKind::Objection).unwrap().stopped);
}

#[test]
fn a_paused_clock_has_no_end_and_moves_by_the_days_of_the_pause() {
    let filed = || {
        at(
            filed_with(&[("due", "")]).classified(Instrument::OtherCourtOrder, &anna()),
            "2026-03-03T15:00:00Z",
        )
    };
    // Seven days from 1 March in New York: to the end of the eighth.
    assert_eq!(
        ends(&filed(), ClockKind::Statutory).as_deref(),
        Some("2026-03-09T03:59:59Z")
    );
    let paused = filed().step(
        pause(ClockKind::Statutory, "The order names no account."),
        &anna(),
    );
    let clock_now = clock(&paused, ClockKind::Statutory).unwrap();
    assert_eq!((clock_now.ends, clock_now.paused), (None, true));
    assert_eq!(
        clock_now.urgency(paused.now, &TimeZone::UTC),
        Urgency::Paused
    );
    assert_eq!(clock::next(&paused.case), None);
    // The third, the fourth and the fifth do not count.
    let resumed = at(paused, "2026-03-05T15:00:00Z").step(resume(ClockKind::Statutory), &anna());
    assert_eq!(
        ends(&resumed, ClockKind::Statutory).as_deref(),
        Some("2026-03-12T03:59:59Z")
    );
    assert!(says(
        &resumed,
        ClockKind::Statutory,
        "The order names no account"
    ));
}

#[test]
fn a_stated_date_moves_by_the_days_of_a_pause() {
    let paused = at(filed_with(&[]), "2026-03-03T15:00:00Z")
        .step(pause(ClockKind::Due, "They mend the order."), &anna());
    assert_eq!(ends(&paused, ClockKind::Due), None);
    let resumed = at(paused, "2026-03-04T15:00:00Z").step(resume(ClockKind::Due), &anna());
    // The tenth of March, and two days.
    assert_eq!(
        ends(&resumed, ClockKind::Due).as_deref(),
        Some("2026-03-13T03:59:59Z")
    );
    assert!(says(&resumed, ClockKind::Due, "They mend the order"));
}

#[test]
fn an_emergency_order_moves_by_the_hours_of_a_pause() {
    let paused = at(
        filed_with(&[]).classified(Instrument::Epoc, &anna()),
        "2026-03-01T23:00:00Z",
    );
    let paused = paused.step(
        pause(ClockKind::Statutory, "The file number is missing."),
        &anna(),
    );
    let resumed = at(paused, "2026-03-02T01:30:00Z").step(resume(ClockKind::Statutory), &anna());
    // 05:20 without the pause of two hours and a half.
    assert_eq!(
        ends(&resumed, ClockKind::Statutory).as_deref(),
        Some("2026-03-02T07:50:00Z")
    );
}

#[test]
fn a_clock_begins_on_the_day_the_request_was_complete() {
    let scene = at(
        filed_with(&[("due", ""), ("complete_on", "2026-03-02")]),
        "2026-03-02T09:00:00Z",
    )
    .classified(Instrument::OtherCourtOrder, &anna());
    assert_eq!(
        ends(&scene, ClockKind::Statutory).as_deref(),
        Some("2026-03-10T03:59:59Z")
    );
    assert!(says(
        &scene,
        ClockKind::Statutory,
        "was complete on 2026-03-02"
    ));
}

#[test]
fn a_court_order_that_states_its_day_has_no_other() {
    let scene = filed_with(&[]).classified(Instrument::OtherCourtOrder, &anna());
    assert_eq!(clock(&scene, ClockKind::Statutory), None);
}

#[test]
fn a_case_is_judged_by_the_periods_it_was_classified_under() {
    let mut tables = Tables::delivered();
    tables.periods.insert(
        Period::CourtOrderAnswer,
        Length {
            count: 5,
            unit: Unit::WorkingDays,
            calendar: "US".to_owned().try_into().ok(),
        },
    );
    let mut under = classification(Instrument::OtherCourtOrder);
    under.terms = Some(tables.terms(Instrument::OtherCourtOrder));
    let scene = filed_with(&[("due", "")]).step(Step::Classify(under), &anna());
    // Sunday, 1 March: Monday to Friday.
    assert_eq!(
        ends(&scene, ClockKind::Statutory).as_deref(),
        Some("2026-03-07T04:59:59Z")
    );
    assert!(says(
        &scene,
        ClockKind::Statutory,
        "delivered with 7 calendar days"
    ));
}

#[test]
fn our_objection_is_due_in_fourteen_days_or_with_the_answer() {
    let civil =
        |due: &str| filed_with(&[("due", due)]).classified(Instrument::CivilSubpoena, &anna());
    let early = civil("2026-03-10");
    assert_eq!(
        ends(&early, ClockKind::OurObjection),
        ends(&early, ClockKind::Due)
    );
    assert_eq!(
        ends(&civil("2026-03-30"), ClockKind::OurObjection).as_deref(),
        Some("2026-03-16T03:59:59Z")
    );
}

#[test]
fn each_renewal_adds_its_period_to_the_end_before_it() {
    let eu = filed_with(&[])
        .classified(Instrument::EpocPr, &anna())
        .step(hold(), &anna());
    assert_eq!(
        ends(&eu, ClockKind::Preserve).as_deref(),
        Some("2026-05-01T03:59:59Z")
    );
    let renewed = at(eu, "2026-04-20T09:00:00Z").step(renew(Renews::Hold, None), &anna());
    assert_eq!(
        ends(&renewed, ClockKind::Preserve).as_deref(),
        Some("2026-05-31T03:59:59Z")
    );
    assert!(says(&renewed, ClockKind::Preserve, "Form 6 of 4 May"));
    let converted = renewed.step(
        Step::Convert(Conversion {
            production: "DD-2026-00043".to_owned().try_into().unwrap(),
        }),
        &anna(),
    );
    let kept = clock(&converted, ClockKind::Preserve).unwrap();
    assert_eq!((kept.ends, kept.paused, kept.stopped), (None, false, false));
    assert!(kept.because().contains("DD-2026-00043"));
}

#[test]
fn a_released_hold_ends_its_clock() {
    let released = filed_with(&[])
        .classified(Instrument::PreservationRequest, &anna())
        .step(hold(), &anna())
        .step(
            Step::Release(HoldRelease {
                reasons: prose("The requester wrote that it is settled."),
                deleted: Some(Deletion {
                    by: line("Iris Vance"),
                    at: "2026-03-02T08:00:00+00:00[UTC]".parse().unwrap(),
                    what: prose("The copy of the mailbox."),
                }),
            }),
            &anna(),
        );
    assert!(clock(&released, ClockKind::Preserve).unwrap().stopped);
}

#[test]
fn a_preservation_falls_due_to_be_told_after_45_days_unless_an_order_forbids_it() {
    let kept = || {
        filed_with(&[])
            .classified(Instrument::PreservationRequest, &anna())
            .step(hold(), &anna())
    };
    let open = clock(&kept(), ClockKind::Notice).unwrap();
    assert_eq!(open.ends.unwrap().to_string(), "2026-04-16T03:59:59Z");
    assert!(!open.stopped);
    let forbidden = kept().step(gag(Some("2026-08-31")), &anna());
    assert!(clock(&forbidden, ClockKind::Notice).unwrap().stopped);
    assert!(!clock(&forbidden, ClockKind::Gag).unwrap().stopped);
    // An order that ends before is no obstacle.
    let short = kept().step(gag(Some("2026-03-31")), &anna());
    assert!(!clock(&short, ClockKind::Notice).unwrap().stopped);
}

#[test]
fn when_a_gag_ends_a_notice_falls_due_until_the_subject_is_told() {
    let gagged = filed_with(&[])
        .classified(Instrument::SearchWarrant, &anna())
        .step(gag(Some("2026-03-31")), &anna());
    assert_eq!(
        ends(&gagged, ClockKind::Gag).as_deref(),
        Some("2026-04-01T03:59:59Z")
    );
    let late = at(gagged, "2026-04-02T09:00:00Z");
    let still = clock(&late, ClockKind::Gag).unwrap();
    assert_eq!(still.urgency(late.now, &TimeZone::UTC), Urgency::Late);
    let told = late.step(notify("2026-04-02T08:00:00+00:00[UTC]"), &anna());
    assert!(clock(&told, ClockKind::Gag).unwrap().stopped);
}

#[test]
fn a_gag_ends_with_its_last_renewal_or_when_it_is_lifted() {
    let gagged = || {
        filed_with(&[])
            .classified(Instrument::SearchWarrant, &anna())
            .step(gag(Some("2026-03-31")), &anna())
    };
    let renewed = gagged().step(renew(Renews::Gag, Some("2026-06-30")), &anna());
    assert_eq!(
        ends(&renewed, ClockKind::Gag).as_deref(),
        Some("2026-07-01T03:59:59Z")
    );
    let lifted = at(gagged(), "2026-03-03T09:00:00Z").step(
        Step::Lift(Lift {
            on: "2026-03-02".parse().unwrap(),
            reasons: prose("Order of 2 March."),
        }),
        &anna(),
    );
    assert_eq!(
        ends(&lifted, ClockKind::Gag).as_deref(),
        Some("2026-03-03T04:59:59Z")
    );
}

#[test]
fn a_gag_without_an_end_is_flagged_and_comes_up_again_in_a_year() {
    let gagged = |until| {
        filed_with(&[])
            .classified(Instrument::SearchWarrant, &anna())
            .step(gag(until), &anna())
    };
    let open = clock(&gagged(None), ClockKind::Gag).unwrap();
    assert!(open.flagged && !open.stopped);
    assert_eq!(open.ends.unwrap().to_string(), "2027-03-02T04:59:59Z");
    assert!(
        clock(&gagged(Some("2028-01-01")), ClockKind::Gag)
            .unwrap()
            .flagged
    );
    assert!(
        !clock(&gagged(Some("2026-08-31")), ClockKind::Gag)
            .unwrap()
            .flagged
    );
}

#[test]
fn a_denied_request_leaves_nothing_to_tell() {
    let scene = Scene::in_review(Instrument::SearchWarrant)
        .step(gag(Some("2026-03-31")), &anna())
        .step(deny(), &carla());
    assert!(clock(&scene, ClockKind::Gag).unwrap().stopped);
}

#[test]
fn after_an_emergency_the_release_lapses_and_process_is_asked_for() {
    let scene = Scene::in_review(Instrument::EmergencyRequest).step(approve(), &carla());
    assert_eq!(
        ends(&scene, ClockKind::Release).as_deref(),
        Some("2026-03-03T09:00:00Z")
    );
    assert_eq!(
        ends(&scene, ClockKind::Process).as_deref(),
        Some("2026-04-02T03:59:59Z")
    );
    let disclosed = scene.disclosed(&anna());
    assert!(clock(&disclosed, ClockKind::Release).unwrap().stopped);
    assert!(!clock(&disclosed, ClockKind::Process).unwrap().stopped);
    let answered = disclosed.step(
        Step::Process(Process {
            arrived: true,
            reasons: prose("Warrant 26-0991 of 4 March."),
        }),
        &dev(),
    );
    assert!(clock(&answered, ClockKind::Process).unwrap().stopped);
}

#[test]
fn a_withdrawn_request_waits_for_nothing() {
    let scene =
        Scene::in_review(Instrument::EmergencyRequest).step(Step::Withdraw(said()), &anna());
    assert!(clock::clocks(&scene.case).iter().all(|clock| clock.stopped));
    assert_eq!(clock::next(&scene.case), None);
}

#[test]
fn a_case_from_before_the_tables_has_the_clocks_it_had() {
    let mut old = classification(Instrument::EmergencyRequest);
    old.terms = None;
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Classify(old), &anna())
        .step(Step::Attach(crate::scene::order(1)), &anna())
        .verified(&crate::scene::ben())
        .step(Step::SUBMIT, &anna())
        .step(approve(), &carla());
    let kinds: Vec<_> = clock::clocks(&scene.case)
        .into_iter()
        .map(|clock| clock.kind)
        .collect();
    assert_eq!(kinds, [ClockKind::Review, ClockKind::Due]);
}

#[test]
fn every_clock_says_how_its_end_was_computed() {
    for instrument in Instrument::ALL {
        let scene = filed_with(&[]).classified(*instrument, &anna());
        for clock in clock::clocks(&scene.case) {
            assert!(!clock.how.is_empty(), "{instrument:?} {:?}", clock.kind);
            assert!(
                clock.how.iter().all(|said| said.ends_with('.')),
                "{:#?}",
                clock.how
            );
        }
    }
}
