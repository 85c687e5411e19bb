//! What a case owes beside its own next step, and what no way around the stages escapes: the second
//! review, the notice to the subject, who it is that was confirmed.

use casework::{
    Refusal,
    case::{Awaits, Stage, Step, StepKind},
    clock::{self, Clock, ClockKind},
    decision::{Decision, Refused, ReviewFinding},
    disclosure::{Closing, NoticeOutcome, Outcome},
    emergency::Process,
    form::Fields,
    gate::Classification,
    instrument::Instrument,
    letter::LetterKind,
    notice::{Untold, WhyUntold},
    policy::PolicyVersion,
    reason::ReasonCode,
    tables::Tables,
    verification::{Finding, Verification},
};
use jiff::{ToSpan, civil};

use crate::{
    beside::{gag, hold, lift, notice, objection, released, untold},
    scene::{
        Scene, anna, approve, ben, carla, classification, close, deny, dev, disclose, line, order,
        prose, reasons, request, review, said, verification,
    },
};

fn approved(instrument: Instrument) -> Scene {
    Scene::in_review(instrument).step(approve(), &carla())
}

fn later(mut scene: Scene, hours: i64) -> Scene {
    scene.now = scene.now.checked_add(hours.hours()).unwrap();
    scene
}

#[track_caller]
fn refused(scene: &Scene, step: Step, by: &casework::member::Member) -> Refusal {
    scene.case.take(step, by, scene.now).unwrap_err()
}

#[track_caller]
fn fault(scene: &Scene, step: Step, by: &casework::member::Member, field: &str) -> String {
    match refused(scene, step, by) {
        Refusal::Faulty(faults) => faults
            .of(field)
            .unwrap_or_else(|| panic!("{faults:?}"))
            .to_owned(),
        other => panic!("{other}"),
    }
}

fn running(scene: &Scene, kind: ClockKind) -> Option<Clock> {
    clock::clocks(&scene.case)
        .into_iter()
        .find(|clock| clock.kind == kind && !clock.stopped)
}

fn day(raw: &str) -> civil::Date {
    raw.parse().unwrap()
}

fn closing(notice: NoticeOutcome) -> Closing {
    Closing {
        notice,
        gagged_until: None,
        delayed_until: None,
        words: None,
    }
}

fn classified_as(instrument: Instrument, answers: &[(&str, &str)]) -> Classification {
    let mut fields = classification(instrument).fields();
    for &(name, answer) in answers {
        fields = fields.with(name, answer);
    }
    Classification::parse(&fields, &Tables::delivered()).unwrap()
}

// ---- withdrawing

#[test]
fn a_release_that_was_used_is_not_withdrawn_before_its_second_review() {
    let used = approved(Instrument::EmergencyRequest).disclosed(&anna());
    assert_eq!(
        refused(&used, Step::Withdraw(said()), &anna()),
        Refusal::ReviewPending
    );
    let reviewed = used.step(review(ReviewFinding::Upheld), &dev());
    let withdrawn = reviewed.step(Step::Withdraw(said()), &anna());
    assert_eq!(
        withdrawn.case.outcome(),
        Outcome::ProducedInFull,
        "what left the house is not undone"
    );
}

#[test]
fn a_release_that_nobody_used_is_withdrawn_and_leaves_nothing_to_review() {
    let withdrawn = approved(Instrument::EmergencyRequest).step(Step::Withdraw(said()), &anna());
    assert!(!withdrawn.case.awaits_review());
    assert!(running(&withdrawn, ClockKind::Review).is_none());
    assert_eq!(withdrawn.case.outcome(), Outcome::Withdrawn);
}

#[test]
fn a_withdrawn_case_that_disclosed_still_owes_the_notice() {
    let withdrawn = approved(Instrument::SearchWarrant)
        .step(gag(), &anna())
        .disclosed(&anna())
        .step(Step::Withdraw(said()), &anna());
    assert!(running(&withdrawn, ClockKind::Gag).is_some());
    let july = later(withdrawn, 24 * 122);
    assert_eq!(clock::owed(&july.case, july.now), Some(StepKind::Notify));
    let told = july.step(notice("2026-07-01T09:00:00+00:00[UTC]"), &anna());
    assert_eq!(clock::owed(&told.case, told.now), None);
}

#[test]
fn a_draft_that_came_to_nothing_tells_and_keeps_nothing() {
    let nothing = Scene::drafted(&anna()).step(Step::Withdraw(said()), &anna());
    for kind in StepKind::ALL.iter().filter(|kind| kind.is_beside()) {
        let may = nothing.case.may(*kind, &anna());
        assert!(may.is_err(), "{kind}");
    }
}

// ---- who was confirmed

#[test]
fn a_confirmation_counts_for_who_asks_now() {
    let confirmed = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::CourtOrder2703d, &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben());
    let mended = |name: &str, text: &str| {
        later(confirmed.clone(), 1).step(
            Step::Edit {
                fields: request().with(name, text),
                policy: None,
            },
            &anna(),
        )
    };
    for (name, text) in [
        ("person", "Det. Marcus Lopez"),
        ("authority", "Lakeside Sheriff"),
        ("email", "m.lopez@lakeside-police.example"),
        ("phone", "+1 555 0177"),
        ("country", "Canada"),
    ] {
        let other = mended(name, text);
        let Refusal::GateShut(open) = refused(&other, Step::SUBMIT, &anna()) else {
            panic!("{name}");
        };
        assert!(open[0].contains("after they were changed"), "{open:?}");
        let anew = later(other, 1);
        let early = anew
            .clone()
            .step(Step::Verify(verification(Finding::Confirmed)), &ben());
        assert!(
            matches!(refused(&early, Step::SUBMIT, &anna()), Refusal::GateShut(_)),
            "{name}: called before the change, and recorded after it"
        );
        let called = Verification {
            at: anew.now.to_zoned_datetime(jiff::tz::TimeZone::UTC),
            ..verification(Finding::Confirmed)
        };
        let anew = anew.step(Step::Verify(called), &ben());
        assert!(
            anew.case.take(Step::SUBMIT, &anna(), anew.now).is_ok(),
            "{name}"
        );
    }
    // A word spelled otherwise, or their own number of the matter, is not another person.
    for (name, text) in [
        ("person", "det. maria lopez "),
        ("reference", "LPD-26-0418"),
        ("title", "Detective"),
    ] {
        let same = mended(name, text);
        assert!(
            same.case.take(Step::SUBMIT, &anna(), same.now).is_ok(),
            "{name}"
        );
    }
}

#[test]
fn a_number_that_stands_anywhere_in_the_request_proves_nothing() {
    let asks = request().with("asks", "Call our duty desk on +1 (555) 0199 at once.");
    let emergency = Scene::new()
        .step(Step::Draft { fields: asks }, &anna())
        .filed(&anna())
        .classified(Instrument::EmergencyRequest, &anna());
    let call = |contact: &str| {
        Step::Verify(Verification {
            contact: line(contact),
            ..verification(Finding::Confirmed)
        })
    };
    assert_eq!(
        refused(&emergency, call("1 555 0199"), &ben()),
        Refusal::NumberFromRequest
    );
    assert_eq!(
        fault(&emergency, call("the duty desk"), &ben(), "contact"),
        "Give the number that was called."
    );
    assert!(
        emergency
            .case
            .take(call("+1 555 0144"), &ben(), emergency.now)
            .is_ok()
    );
}

#[test]
fn a_request_that_came_in_on_another_day_stands_under_that_days_promise() {
    let scene = Scene::drafted(&anna()).filed(&anna());
    assert_eq!(scene.case.policy(), Some(PolicyVersion(1)));
    let mend = |policy| Step::Edit {
        fields: request().with("received", "2026-02-01T10:00"),
        policy,
    };
    let moved = scene.clone().step(mend(Some(PolicyVersion(7))), &anna());
    assert_eq!(moved.case.policy(), Some(PolicyVersion(7)));
    let kept = scene.step(mend(None), &anna());
    assert_eq!(kept.case.policy(), Some(PolicyVersion(1)));
}

// ---- refused as it stands

#[test]
fn what_names_no_legal_process_is_refused_without_making_any_up() {
    let filed = Scene::drafted(&anna()).filed(&anna());
    assert!(matches!(
        refused(&filed, Step::SUBMIT, &anna()),
        Refusal::GateShut(_)
    ));
    let proposed = filed.step(
        Step::Submit {
            reasons: Some(reasons()),
        },
        &anna(),
    );
    assert_eq!(proposed.case.awaits(), Awaits::Manager);
    assert_eq!(proposed.case.proposed().unwrap().what.reasons, reasons());
    assert!(
        matches!(
            refused(&proposed, approve(), &carla()),
            Refusal::GateShut(_)
        ),
        "approving stays shut"
    );
    let denied = proposed.step(deny(), &carla());
    assert_eq!(denied.case.stage(), Stage::Denied);
    assert_eq!(denied.case.outcome(), Outcome::Rejected);
    assert!(denied.case.proposed().is_none());
}

#[test]
fn a_release_that_was_not_upheld_is_a_refusal_and_can_be_told() {
    let refused =
        approved(Instrument::EmergencyRequest).step(review(ReviewFinding::NotUpheld), &dev());
    assert_eq!(refused.case.outcome(), Outcome::Rejected);
    assert!(
        refused
            .case
            .may_write(LetterKind::Refusal, refused.now)
            .is_ok()
    );
    // Taken up again and decided anew, the earlier review is of the earlier decision.
    let anew = later(refused, 1)
        .step(Step::Reopen(said()), &anna())
        .step(Step::SUBMIT, &anna())
        .step(approve(), &carla());
    assert!(anew.case.not_upheld().is_none());
}

#[test]
fn a_denial_because_nothing_is_there_comes_to_no_data_found() {
    let denied = |code: ReasonCode| {
        Scene::in_review(Instrument::OtherCourtOrder)
            .step(
                Step::Decide(Decision::Deny(Refused {
                    code,
                    word: None,
                    reasons: prose("We looked by the address and by the number."),
                })),
                &carla(),
            )
            .case
            .outcome()
    };
    assert_eq!(denied(ReasonCode::DATA_NOT_HELD), Outcome::NoDataFound);
    assert_eq!(denied(ReasonCode::ALREADY_DELETED), Outcome::NoDataFound);
    assert_eq!(denied(ReasonCode::ACCOUNT_NOT_FOUND), Outcome::NoDataFound);
    assert_eq!(denied(ReasonCode::OVERBROAD), Outcome::Rejected);
}

#[test]
fn only_the_enforcing_authority_raises_article_12_against_a_european_order() {
    let denies = |instrument, code: ReasonCode| {
        let scene = Scene::in_review(instrument);
        let step = Step::Decide(Decision::Deny(Refused {
            code,
            word: None,
            reasons: prose("A journalist's account."),
        }));
        scene.case.take(step, &carla(), scene.now)
    };
    for code in [
        ReasonCode::IMMUNITY_PRIVILEGE_PRESS,
        ReasonCode::FUNDAMENTAL_RIGHTS,
    ] {
        for instrument in [Instrument::Epoc, Instrument::EpocPr] {
            assert!(
                denies(instrument, code.clone()).is_err(),
                "{instrument} {code}"
            );
        }
        assert!(denies(Instrument::SearchWarrant, code).is_ok());
    }
    assert!(denies(Instrument::Epoc, ReasonCode::IMPOSSIBLE).is_ok());
}

// ---- clocks

#[test]
fn the_date_on_the_face_of_an_order_is_its_deadline_where_the_request_tells_none() {
    let ends = |instrument, answers: &[(&str, &str)], kind| {
        let fields = request().without("due");
        let scene = Scene::new()
            .step(Step::Draft { fields }, &anna())
            .filed(&anna())
            .step(Step::Classify(classified_as(instrument, answers)), &anna());
        running(&scene, kind).map(|clock| (clock.ends.unwrap().to_string(), clock.because()))
    };
    let (at, how) = ends(
        Instrument::Subpoena,
        &[("return_date", "2026-03-20")],
        ClockKind::Due,
    )
    .unwrap();
    assert_eq!(at, "2026-03-21T03:59:59Z", "the end of the day in New York");
    assert!(how.contains("return date is 2026-03-20"), "{how}");
    let (at, _) = ends(
        Instrument::SearchWarrant,
        &[("execute_by", "2026-03-12")],
        ClockKind::Due,
    )
    .unwrap();
    assert_eq!(at, "2026-03-13T03:59:59Z");
    let (at, how) = ends(
        Instrument::OtherCourtOrder,
        &[("days_to_comply", "14 days")],
        ClockKind::Statutory,
    )
    .unwrap();
    assert_eq!(
        at, "2026-03-16T03:59:59Z",
        "fourteen days after the first of March"
    );
    assert!(how.contains("The order gives 14 calendar days"), "{how}");
    let (at, _) = ends(
        Instrument::OtherCourtOrder,
        &[("days_to_comply", "as stated")],
        ClockKind::Statutory,
    )
    .unwrap();
    assert_eq!(
        at, "2026-03-09T03:59:59Z",
        "our own seven days where it gives no number"
    );
}

#[test]
fn a_european_production_order_preserves_at_once_and_while_it_is_handled() {
    let told = [("authority_notified", "yes"), ("emergency_flag", "no")];
    let scene = Scene::drafted(&anna()).filed(&anna()).step(
        Step::Classify(classified_as(Instrument::Epoc, &told)),
        &anna(),
    );
    let clock = running(&scene, ClockKind::Preserve).unwrap();
    assert!(clock.flagged && clock.ends.is_none(), "{clock:?}");
    let kept = scene.step(hold(), &anna());
    let clock = running(&kept, ClockKind::Preserve).unwrap();
    assert!(!clock.flagged && clock.ends.is_none(), "no day ends it");
    let answer = running(&kept, ClockKind::Statutory).unwrap();
    assert!(
        answer
            .because()
            .contains("transmit at the end of the period")
    );
    let let_go = kept.step(released(true), &anna());
    assert!(running(&let_go, ClockKind::Preserve).is_none());
}

#[test]
fn a_preservation_is_not_closed_before_anything_was_kept() {
    let unheld = approved(Instrument::EpocPr);
    assert_eq!(refused(&unheld, close(), &anna()), Refusal::NothingHeld);
    assert!(unheld.case.may(StepKind::Withdraw, &anna()).is_ok());
}

#[test]
fn a_certified_letter_mutes_the_desk_until_somebody_records_that_it_does_not_bind() {
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::NationalSecurityLetter, &anna());
    let told = notice("2026-03-02T08:00:00+00:00[UTC]");
    assert!(matches!(
        refused(&scene, told.clone(), &anna()),
        Refusal::GagRuns { until: None, .. }
    ));
    assert!(running(&scene, ClockKind::Gag).unwrap().flagged);
    let lifted = scene.step(lift("2026-03-02"), &anna());
    assert!(lifted.case.take(told, &anna(), lifted.now).is_ok());
}

#[test]
fn a_gag_that_is_lifted_today_is_done_with_once_the_subject_is_told_today() {
    let scene = approved(Instrument::SearchWarrant)
        .disclosed(&anna())
        .step(gag(), &anna())
        .step(lift("2026-03-02"), &anna());
    let told = later(scene, 1).step(notice("2026-03-02T10:00:00+00:00[UTC]"), &anna());
    assert!(running(&told, ClockKind::Gag).is_none());
}

#[test]
fn a_renewal_prolongs_a_gag_by_as_much_again_and_a_longer_one_is_flagged() {
    use crate::beside::renewal;
    use casework::hold::Renews;
    let gagged = approved(Instrument::SearchWarrant).step(gag(), &anna());
    let renewed = |until| {
        let scene = gagged
            .clone()
            .step(renewal(Renews::Gag, Some(until)), &anna());
        running(&scene, ClockKind::Gag).unwrap().flagged
    };
    assert!(!renewed("2027-06-30"));
    assert!(renewed("2028-06-30"));
}

#[test]
fn an_early_no_does_not_answer_whether_formal_process_arrived() {
    let asked = approved(Instrument::EmergencyRequest).disclosed(&anna());
    let answer = |arrived| {
        Step::Process(Process {
            arrived,
            reasons: prose("Their duty prosecutor was asked."),
        })
    };
    let early = asked.clone().step(answer(false), &anna());
    assert!(
        running(&early, ClockKind::Process).is_some(),
        "it may still come"
    );
    let came = early.clone().step(answer(true), &anna());
    assert!(running(&came, ClockKind::Process).is_none());
    let day_31 = later(early, 24 * 31);
    assert_eq!(
        clock::owed(&day_31.case, day_31.now),
        Some(StepKind::Process)
    );
    let late = day_31.step(answer(false), &anna());
    assert!(running(&late, ClockKind::Process).is_none());
}

#[test]
fn once_something_left_the_house_the_end_of_a_gag_is_what_is_due_next() {
    let gagged = Scene::in_review(Instrument::SearchWarrant).step(gag(), &anna());
    assert_ne!(clock::next(&gagged.case).unwrap().kind, ClockKind::Gag);
    let disclosed = gagged.step(approve(), &carla()).disclosed(&anna());
    assert_eq!(clock::next(&disclosed.case).unwrap().kind, ClockKind::Gag);
}

// ---- telling the subject, or not

#[test]
fn a_delay_has_an_end_and_then_the_notice_falls_due() {
    let unending = Untold::parse(
        &Fields::new()
            .with("why", "exigent_delay")
            .with("reasons", "She would be in danger."),
    );
    assert!(unending.unwrap_err().of("until").is_some());
    let put_off = |until: &str| {
        Step::Untold(Untold {
            why: WhyUntold::ExigentDelay,
            until: Some(day(until)),
            reasons: prose("She would be in danger."),
        })
    };
    let scene = approved(Instrument::EmergencyRequest).disclosed(&anna());
    assert!(fault(&scene, put_off("2026-03-01"), &anna(), "until").contains("past"));
    let delayed = scene.step(put_off("2026-05-31"), &anna());
    assert_eq!(
        running(&delayed, ClockKind::Notice)
            .unwrap()
            .ends
            .unwrap()
            .to_string(),
        "2026-06-01T03:59:59Z"
    );
    assert_eq!(
        delayed.case.notice_stands(),
        Some((NoticeOutcome::ExigentDelay, Some(day("2026-05-31"))))
    );
    let june = later(delayed, 24 * 92);
    assert_eq!(clock::owed(&june.case, june.now), Some(StepKind::Process));
    let told = june.step(notice("2026-06-02T08:00:00+00:00[UTC]"), &anna());
    assert!(running(&told, ClockKind::Notice).is_none());
    assert_eq!(
        told.case.notice_stands(),
        Some((NoticeOutcome::NotifiedAfter, None))
    );
}

#[test]
fn a_delay_that_was_told_at_the_closing_falls_due_all_the_same() {
    let reviewed = approved(Instrument::EmergencyRequest)
        .disclosed(&anna())
        .step(review(ReviewFinding::Upheld), &dev());
    let closed = reviewed.step(
        Step::Close(Closing {
            delayed_until: Some(day("2026-05-31")),
            words: Some(prose("The search goes on.")),
            ..closing(NoticeOutcome::ExigentDelay)
        }),
        &anna(),
    );
    assert!(running(&closed, ClockKind::Notice).is_some());
    let june = later(closed, 24 * 92);
    assert!(june.case.may(StepKind::Notify, &anna()).is_ok());
}

#[test]
fn where_nobody_can_be_told_the_duty_ends_with_its_reason() {
    let kept = approved(Instrument::EpocPr).step(hold(), &anna());
    assert!(running(&kept, ClockKind::Notice).is_some());
    let never = kept.step(untold(), &anna());
    assert!(running(&never, ClockKind::Notice).is_none());
    assert_eq!(
        never.case.notice_stands(),
        Some((NoticeOutcome::NoContact, None))
    );
    let ended_gag = approved(Instrument::SearchWarrant)
        .disclosed(&anna())
        .step(gag(), &anna());
    let july = later(ended_gag, 24 * 122);
    assert_eq!(clock::owed(&july.case, july.now), Some(StepKind::Notify));
    let never = july.step(untold(), &anna());
    assert_eq!(clock::owed(&never.case, never.now), None);
}

#[test]
fn a_case_is_closed_with_what_is_on_file_of_the_notice() {
    let open = approved(Instrument::OtherCourtOrder).disclosed(&anna());
    assert!(
        fault(
            &open,
            Step::Close(closing(NoticeOutcome::NotifiedAfter)),
            &anna(),
            "words"
        )
        .contains("No notice is on file")
    );
    let told = later(open.clone(), 1).step(notice("2026-03-02T10:00:00+00:00[UTC]"), &anna());
    assert!(
        fault(
            &told,
            Step::Close(closing(NoticeOutcome::NotifiedBefore)),
            &anna(),
            "notice"
        )
        .contains("after something had left")
    );
    assert!(
        told.case
            .take(
                Step::Close(closing(NoticeOutcome::NotifiedAfter)),
                &anna(),
                told.now
            )
            .is_ok()
    );
    // A gag without an end is invented for nobody, and none is needed where the order names none.
    let gagged = Step::Close(closing(NoticeOutcome::Gagged));
    assert!(fault(&open, gagged.clone(), &anna(), "gagged_until").contains("until when"));
    let mut endless = gag();
    if let Step::Gag(gag) = &mut endless {
        gag.until = None;
    }
    let muted = open.step(endless, &anna());
    assert!(muted.case.take(gagged, &anna(), muted.now).is_ok());
}

// ---- what left the house, and when

#[test]
fn a_disclosure_counts_from_when_it_was_sent() {
    let emergency = approved(Instrument::EmergencyRequest);
    let sent_in_time = disclose(&emergency.case, emergency.now);
    let recorded_late = later(emergency.clone(), 30);
    assert!(
        recorded_late
            .case
            .take(sent_in_time, &anna(), recorded_late.now)
            .is_ok()
    );
    let before = emergency.now.checked_sub(1.hours()).unwrap();
    assert!(
        fault(
            &emergency,
            disclose(&emergency.case, before),
            &anna(),
            "sent"
        )
        .contains("It was released on")
    );
}

#[test]
fn a_case_that_was_taken_up_again_opens_the_subjects_window_again() {
    let again = later(
        approved(Instrument::OtherCourtOrder).disclosed(&anna()),
        24 * 20,
    )
    .step(close(), &anna())
    .step(Step::Reopen(said()), &anna())
    .step(Step::SUBMIT, &anna())
    .step(approve(), &carla())
    .step(notice("2026-03-22T08:30:00+00:00[UTC]"), &anna());
    assert!(matches!(
        refused(&again, disclose(&again.case, again.now), &anna()),
        Refusal::WindowRuns(_)
    ));
    let objected = again.step(objection(), &anna());
    assert!(matches!(
        refused(&objected, disclose(&objected.case, objected.now), &anna()),
        Refusal::Objected(_)
    ));
}

#[test]
fn a_notice_tells_the_window_that_it_opens() {
    let scene = approved(Instrument::OtherCourtOrder);
    let sent = "2026-03-02T09:00:00+00:00[UTC]".parse().unwrap();
    let opens = clock::window_opens(&scene.case, &sent);
    let told = scene.step(notice("2026-03-02T09:00:00+00:00[UTC]"), &anna());
    assert_eq!(opens, clock::window_ends(&told.case));
    assert!(opens.is_some());
    let kept = approved(Instrument::EpocPr);
    assert_eq!(
        clock::window_opens(&kept.case, &sent),
        None,
        "nothing is produced"
    );
}
