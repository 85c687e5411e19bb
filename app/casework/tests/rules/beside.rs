//! What lives beside the stage: what is held, pauses, holds, gags, notices, objections, and the
//! second manager for contents.

use casework::{
    Refusal,
    case::{Awaits, CaseNumber, Stage, Step, StepKind},
    clock::ClockKind,
    decision::ReviewFinding,
    disclosure::{Closing, NoticeOutcome},
    emergency::Process,
    form::Fields,
    held::{Holding, Search},
    hold::{Conversion, Deletion, Hold, HoldRelease, Renewal, Renews},
    instrument::Instrument,
    notice::{
        Gag, Lift, Notice, NoticeMeans, Objection, Settlement, SettlementFinding, Untold, WhyUntold,
    },
    pause::Pause,
    policy::PolicyVersion,
    scope::Category,
    verification::{Finding, Verification},
};
use jiff::ToSpan;

use crate::scene::{
    Scene, anna, approve, approve_in_part, ben, carla, close, dev, disclose, line, order, prose,
    request, review, verification,
};

pub fn hold() -> Step {
    Step::Hold(Hold {
        owner: line("Jo Lindqvist, storage"),
        what: prose("The account's profile and its sign-in history of February."),
        kept_in: line("the cold copy of cluster two"),
    })
}

pub fn gag() -> Step {
    Step::Gag(Gag {
        basis: line("18 USC 2705(b), order of 20 February"),
        from: "2026-02-20".parse().unwrap(),
        until: Some("2026-06-30".parse().unwrap()),
    })
}

pub fn pause() -> Step {
    Step::Pause(Pause {
        clock: ClockKind::Due,
        reasons: prose("We asked which of two accounts is meant."),
    })
}

pub fn objection() -> Step {
    Step::Object(Objection {
        by: line("Counsel for the subject"),
        at: "2026-03-02T08:00:00+00:00[UTC]".parse().unwrap(),
        what: prose("The order names another account."),
    })
}

pub fn settle(finding: SettlementFinding) -> Step {
    Step::Settle(Settlement {
        finding,
        reasons: prose("The order names this account by its number."),
    })
}

pub fn lift(on: &str) -> Step {
    Step::Lift(Lift {
        on: on.parse().unwrap(),
        reasons: prose("The court vacated the order."),
    })
}

pub fn notice(sent: &str) -> Step {
    Step::Notify(Notice {
        how: NoticeMeans::Elsewhere,
        to: line("sam@subject.example"),
        sent: sent.parse().unwrap(),
        what: prose("We were ordered to disclose data about your account."),
    })
}

pub fn released(deleted: bool) -> Step {
    Step::Release(HoldRelease {
        reasons: prose("The ninety days are over and no order came."),
        deleted: deleted.then(|| Deletion {
            by: line("Jo Lindqvist"),
            at: "2026-03-02T08:00:00+00:00[UTC]".parse().unwrap(),
            what: prose("The copy; deletion log entry 4711."),
        }),
    })
}

pub fn untold() -> Step {
    Step::Untold(Untold {
        why: WhyUntold::NoContact,
        until: None,
        reasons: prose("The account has no address that works."),
    })
}

pub fn renewal(of: Renews, until: Option<&str>) -> Step {
    Step::Renew(Renewal {
        of,
        reference: line("Form 3 of 1 March"),
        until: until.map(|until| until.parse().unwrap()),
    })
}

pub fn held(email: Holding) -> Step {
    Step::Search(Search {
        answers: [
            (Category::EmailAddress, email),
            (Category::IpHistory, Holding::Held),
        ]
        .into(),
        remarks: None,
    })
}

#[track_caller]
fn refused(scene: &Scene, step: Step, by: &casework::member::Member) -> Refusal {
    scene.case.take(step, by, scene.now).unwrap_err()
}

fn later(mut scene: Scene, hours: i64) -> Scene {
    scene.now = scene.now.checked_add(hours.hours()).unwrap();
    scene
}

fn approved(instrument: Instrument) -> Scene {
    Scene::in_review(instrument).step(approve(), &carla())
}

/// A warrant that asks for contents, and is granted them by Carla.
fn contents_granted() -> Scene {
    let mut fields = request();
    fields.push("categories", "recorded_communications");
    Scene::new()
        .step(Step::Draft { fields }, &anna())
        .filed(&anna())
        .classified(Instrument::SearchWarrant, &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben())
        .step(Step::SUBMIT, &anna())
        .step(approve(), &carla())
}

#[test]
fn contents_leave_the_house_only_when_a_second_manager_agrees() {
    let granted = contents_granted();
    assert_eq!(granted.case.awaits(), Awaits::Manager);
    assert_eq!(
        refused(&granted, disclose(&granted.case, granted.now), &anna()),
        Refusal::SecondManagerWanted
    );
    assert_eq!(
        refused(&granted, review(ReviewFinding::Upheld), &carla()),
        Refusal::SamePerson(line("Carla Ruiz"))
    );
    let agreed = granted.step(review(ReviewFinding::Upheld), &dev());
    assert_eq!(agreed.disclosed(&anna()).case.stage(), Stage::Disclosed);
}

#[test]
fn a_second_manager_who_does_not_agree_ends_the_grant() {
    let not = contents_granted().step(review(ReviewFinding::NotUpheld), &dev());
    assert_eq!(not.case.stage(), Stage::Denied);
    assert!(not.case.granted().is_empty());
}

#[test]
fn other_data_needs_one_manager() {
    assert!(!approved(Instrument::SearchWarrant).case.awaits_review());
}

#[test]
fn what_is_not_held_is_neither_granted_nor_produced() {
    let looked =
        Scene::in_review(Instrument::CourtOrder2703d).step(held(Holding::NotHeld), &anna());
    let not_held = Refusal::NotHeld {
        category: Category::EmailAddress,
        holding: Holding::NotHeld,
    };
    assert_eq!(refused(&looked, approve(), &carla()), not_held);
    assert_eq!(refused(&looked, approve_in_part(), &carla()), not_held);
    let approved =
        approved(Instrument::CourtOrder2703d).step(held(Holding::AlreadyDeleted), &anna());
    assert!(matches!(
        refused(&approved, disclose(&approved.case, approved.now), &anna()),
        Refusal::NotHeld { .. }
    ));
    // Whoever looks again has the last word.
    let found = approved.step(held(Holding::Held), &anna());
    assert_eq!(found.disclosed(&anna()).case.stage(), Stage::Disclosed);
}

#[test]
fn only_what_was_asked_for_is_looked_for() {
    let other = Step::Search(Search {
        answers: [(Category::SupportText, Holding::Held)].into(),
        remarks: None,
    });
    let scene = Scene::drafted(&anna()).filed(&anna());
    assert_eq!(
        refused(&scene, other, &anna()),
        Refusal::NotRequested(Category::SupportText)
    );
}

#[test]
fn an_emergency_is_released_for_stated_days_and_lapses() {
    let unboxed = Step::Decide(casework::decision::Decision::Approve {
        remarks: None,
        not_claiming: false,
        span: None,
    });
    let scene = Scene::in_review(Instrument::EmergencyRequest);
    let Refusal::Faulty(faults) = refused(&scene, unboxed, &carla()) else {
        panic!("released without days");
    };
    assert!(faults.of("span_from").is_some());
    let released = approved(Instrument::EmergencyRequest);
    let in_time = later(released.clone(), 24);
    assert!(
        in_time
            .case
            .take(disclose(&in_time.case, in_time.now), &anna(), in_time.now)
            .is_ok()
    );
    let late = later(released, 25);
    assert!(matches!(
        refused(&late, disclose(&late.case, late.now), &anna()),
        Refusal::ReleaseLapsed(_)
    ));
}

#[test]
fn a_call_back_to_the_number_in_the_request_proves_nothing() {
    let called = Verification {
        contact: line("+1 (555) 0100"),
        ..verification(Finding::Confirmed)
    };
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::EmergencyRequest, &anna());
    assert_eq!(
        refused(&scene, Step::Verify(called.clone()), &ben()),
        Refusal::NumberFromRequest
    );
    let failed = Verification {
        finding: Finding::NotConfirmed,
        ..called
    };
    assert!(
        scene
            .case
            .take(Step::Verify(failed), &ben(), scene.now)
            .is_ok()
    );
}

#[test]
fn nor_does_one_that_was_made_before_the_case_was_called_an_emergency() {
    let called = Verification {
        contact: line("+1 (555) 0100"),
        ..verification(Finding::Confirmed)
    };
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .step(Step::Verify(called), &ben())
        .classified(Instrument::EmergencyRequest, &anna());
    assert!(matches!(
        refused(&scene, Step::SUBMIT, &anna()),
        Refusal::GateShut(_)
    ));
}

#[test]
fn a_confirmation_counts_for_so_many_days() {
    let scene = Scene::drafted(&anna())
        .filed(&anna())
        .classified(Instrument::CourtOrder2703d, &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben());
    let stale = later(scene.clone(), 31 * 24);
    assert!(scene.case.take(Step::SUBMIT, &anna(), scene.now).is_ok());
    let submitted = stale.step(Step::SUBMIT, &anna());
    let Refusal::GateShut(says) = refused(&submitted, approve(), &carla()) else {
        panic!("approved on a stale confirmation");
    };
    assert!(
        says.iter()
            .any(|one| one.contains("counted until 2026-04-01")),
        "{says:?}"
    );
}

#[test]
fn while_a_gag_runs_nobody_is_told_and_the_refusal_says_until_when() {
    let gagged = approved(Instrument::SearchWarrant).step(gag(), &anna());
    let told = refused(&gagged, notice("2026-03-02T09:00:00+00:00[UTC]"), &anna());
    assert_eq!(
        told.to_string(),
        "The subject may not be told: 18 USC 2705(b), order of 20 February forbids it until the end of 2026-06-30."
    );
    let renewed = gagged
        .clone()
        .step(renewal(Renews::Gag, Some("2026-09-30")), &anna());
    let july = later(renewed, 24 * 122);
    assert!(
        refused(&july, notice("2026-07-01T09:00:00+00:00[UTC]"), &anna())
            .to_string()
            .contains("2026-09-30")
    );
    let over = later(gagged.clone(), 24 * 122);
    assert!(over.attempts(notice("2026-07-01T09:00:00+00:00[UTC]")));
    let lifted = gagged.step(
        Step::Lift(Lift {
            on: "2026-03-02".parse().unwrap(),
            reasons: prose("The court vacated the order."),
        }),
        &anna(),
    );
    assert!(lifted.attempts(notice("2026-03-02T09:00:00+00:00[UTC]")));
}

#[test]
fn a_mere_demand_binds_until_somebody_says_that_it_does_not() {
    let fields = request()
        .with("confidential", "yes")
        .with("confidential_basis", "the letter's own demand");
    let scene = Scene::new()
        .step(Step::Draft { fields }, &anna())
        .filed(&anna());
    assert!(matches!(
        refused(&scene, notice("2026-03-02T09:00:00+00:00[UTC]"), &anna()),
        Refusal::GagRuns { until: None, .. }
    ));
    let lifted = scene.step(
        Step::Lift(Lift {
            on: "2026-03-02".parse().unwrap(),
            reasons: prose("No order stands behind it."),
        }),
        &anna(),
    );
    assert!(lifted.attempts(notice("2026-03-02T09:00:00+00:00[UTC]")));
}

#[test]
fn a_gag_is_renewed_only_to_a_later_day() {
    let gagged = approved(Instrument::SearchWarrant).step(gag(), &anna());
    let Refusal::Faulty(faults) =
        refused(&gagged, renewal(Renews::Gag, Some("2026-06-30")), &anna())
    else {
        panic!("renewed to the same day");
    };
    assert!(faults.of("until").is_some());
}

#[test]
fn a_case_is_not_closed_as_told_while_a_gag_runs() {
    let gagged = approved(Instrument::SearchWarrant)
        .disclosed(&anna())
        .step(gag(), &anna());
    assert!(matches!(
        refused(&gagged, close(), &anna()),
        Refusal::GagRuns { .. }
    ));
    let gagged_until = Step::Close(Closing {
        notice: NoticeOutcome::Gagged,
        gagged_until: Some("2026-06-30".parse().unwrap()),
        delayed_until: None,
        words: None,
    });
    assert!(gagged.attempts(gagged_until));
}

#[test]
fn a_case_that_was_closed_as_gagged_is_gagged_until_that_day() {
    let closed = approved(Instrument::SearchWarrant).disclosed(&anna()).step(
        Step::Close(Closing {
            notice: NoticeOutcome::Gagged,
            gagged_until: Some("2026-06-30".parse().unwrap()),
            delayed_until: None,
            words: None,
        }),
        &anna(),
    );
    assert!(matches!(
        refused(&closed, notice("2026-03-02T09:00:00+00:00[UTC]"), &anna()),
        Refusal::GagRuns { .. }
    ));
    let july = later(closed.clone(), 24 * 122);
    assert!(july.attempts(notice("2026-07-01T09:00:00+00:00[UTC]")));
    let lifted = closed.step(lift("2026-03-02"), &anna());
    assert!(lifted.attempts(notice("2026-03-02T09:00:00+00:00[UTC]")));
}

#[test]
fn nothing_is_produced_while_the_subject_may_object_or_has_objected() {
    let told = approved(Instrument::OtherCourtOrder)
        .step(notice("2026-03-02T08:30:00+00:00[UTC]"), &anna());
    // Seven days from the notice end on the 9th; the request is due on the 10th, which is later.
    assert!(matches!(
        refused(&told, disclose(&told.case, told.now), &anna()),
        Refusal::WindowRuns(_)
    ));
    let objected = told.clone().step(objection(), &anna());
    let march_11 = later(objected, 24 * 9);
    assert!(matches!(
        refused(&march_11, disclose(&march_11.case, march_11.now), &anna()),
        Refusal::Objected(_)
    ));
    let overruled = march_11
        .clone()
        .step(settle(SettlementFinding::Overruled), &dev());
    assert_eq!(overruled.disclosed(&anna()).case.stage(), Stage::Disclosed);
    let sustained = march_11.step(settle(SettlementFinding::Sustained), &dev());
    assert_eq!(sustained.case.stage(), Stage::Returned);
    assert!(sustained.case.granted().is_empty());
    assert!(later(told, 24 * 9).attempts_disclosure());
}

#[test]
fn whoever_worked_on_a_case_does_not_settle_an_objection_to_it() {
    let anna_now_manager = casework::member::Member {
        role: casework::member::Role::Manager,
        ..anna()
    };
    let objected = approved(Instrument::OtherCourtOrder).step(objection(), &anna());
    assert_eq!(objected.case.awaits(), Awaits::Manager);
    assert_eq!(
        refused(
            &objected,
            settle(SettlementFinding::Overruled),
            &anna_now_manager
        ),
        Refusal::FiledByYou
    );
}

#[test]
fn a_hold_ends_with_proof_of_deletion_unless_it_was_converted() {
    let kept = approved(Instrument::EpocPr).step(hold(), &anna());
    assert_eq!(
        refused(&kept, close(), &anna()),
        Refusal::HoldStands(line("Jo Lindqvist, storage"))
    );
    assert!(matches!(
        refused(&kept, released(false), &anna()),
        Refusal::Faulty(_)
    ));
    let deleted = kept.clone().step(released(true), &anna());
    assert_eq!(deleted.step(close(), &anna()).case.stage(), Stage::Closed);
    let converted = kept.step(renewal(Renews::Hold, None), &anna()).step(
        Step::Convert(Conversion {
            production: CaseNumber {
                year: 2026,
                count: 43,
            },
        }),
        &anna(),
    );
    assert_eq!(
        refused(&converted, renewal(Renews::Hold, None), &anna()),
        Refusal::HoldConverted
    );
    assert!(converted.attempts(released(false)));
}

#[test]
fn a_hold_is_converted_once() {
    let convert = |count| {
        Step::Convert(Conversion {
            production: CaseNumber { year: 2026, count },
        })
    };
    let converted = approved(Instrument::EpocPr)
        .step(hold(), &anna())
        .step(convert(43), &anna());
    assert_eq!(
        refused(&converted, convert(44), &anna()),
        Refusal::HoldConverted
    );
}

#[test]
fn a_last_day_before_the_first_is_refused_by_the_rules_too() {
    let backwards = Step::Gag(Gag {
        basis: line("18 USC 2705(b)"),
        from: "2026-03-02".parse().unwrap(),
        until: Some("2026-03-01".parse().unwrap()),
    });
    let warrant = approved(Instrument::SearchWarrant);
    assert!(
        refused(&warrant, backwards, &anna())
            .faults()
            .of("until")
            .is_some()
    );
    let mut unboxed = approve();
    if let Step::Decide(casework::decision::Decision::Approve { span, .. }) = &mut unboxed {
        *span = Some(casework::emergency::Span {
            from: "2026-03-02".parse().unwrap(),
            until: "2026-03-01".parse().unwrap(),
        });
    }
    let emergency = Scene::in_review(Instrument::EmergencyRequest);
    let says = refused(&emergency, unboxed, &carla());
    assert!(says.faults().of("span_until").is_some());
}

#[test]
fn a_deletion_that_lies_in_the_future_proves_nothing() {
    let kept = approved(Instrument::EpocPr).step(hold(), &anna());
    let Step::Release(mut release) = released(true) else {
        panic!()
    };
    release.deleted.as_mut().unwrap().at = "2026-03-03T08:00:00+00:00[UTC]".parse().unwrap();
    let says = refused(&kept, Step::Release(release), &anna());
    assert!(says.faults().of("deleted_at").is_some());
}

#[test]
fn a_hold_is_not_converted_into_its_own_case() {
    let kept = approved(Instrument::EpocPr).step(hold(), &anna());
    let own = Step::Convert(Conversion {
        production: kept.case.number(),
    });
    assert!(matches!(refused(&kept, own, &anna()), Refusal::Faulty(_)));
}

#[test]
fn preserving_comes_first_giving_the_hold_then_releasing_it_then_closing() {
    let next = |scene: &Scene| scene.case.next_step(&anna());
    let approved = approved(Instrument::PreservationRequest);
    assert_eq!(next(&approved), Some(StepKind::Hold));
    let kept = approved.step(hold(), &anna());
    assert_eq!(
        next(&kept),
        None,
        "nothing lets go of it but a person who chooses to"
    );
    assert_eq!(
        next(&kept.step(released(true), &anna())),
        Some(StepKind::Close)
    );
}

#[test]
fn only_a_running_clock_by_which_we_owe_an_answer_is_paused() {
    let scene = Scene::drafted(&anna()).filed(&anna());
    let review_clock = Step::Pause(Pause {
        clock: ClockKind::Review,
        reasons: prose("It is late."),
    });
    assert_eq!(
        refused(&scene, review_clock, &anna()),
        Refusal::NoSuchClock(ClockKind::Review)
    );
    let paused = scene.step(pause(), &anna());
    assert_eq!(
        refused(&paused, pause(), &anna()),
        Refusal::PausedAlready(ClockKind::Due)
    );
    let resume = Step::Resume(Pause {
        clock: ClockKind::Due,
        reasons: prose("They answered."),
    });
    let again = paused.step(resume.clone(), &anna());
    assert_eq!(refused(&again, resume, &anna()), Refusal::NotPaused);
}

#[test]
fn formal_process_is_asked_after_in_emergencies_only_and_after_closing_too() {
    let asked = Step::Process(Process {
        arrived: false,
        reasons: prose("Their duty prosecutor was reminded."),
    });
    let court = approved(Instrument::OtherCourtOrder);
    assert_eq!(
        refused(&court, asked.clone(), &anna()),
        Refusal::NoEmergency
    );
    let closed = approved(Instrument::EmergencyRequest)
        .disclosed(&anna())
        .step(review(ReviewFinding::Upheld), &dev())
        .step(close(), &anna());
    assert!(closed.attempts(asked));
}

#[test]
fn a_case_from_before_the_tables_is_judged_as_it_was() {
    let mut before = crate::scene::classification(Instrument::SearchWarrant);
    before.terms = None;
    let mut fields: Fields = request();
    fields.push("categories", "recorded_communications");
    let scene = Scene::new()
        .step(Step::Draft { fields }, &anna())
        .step(
            Step::File {
                policy: PolicyVersion(1),
            },
            &anna(),
        )
        .step(Step::Classify(before), &anna())
        .step(Step::Attach(order(1)), &anna())
        .verified(&ben())
        .step(Step::SUBMIT, &anna())
        .step(approve(), &carla())
        .disclosed(&anna());
    let json = serde_json::to_string(&scene.case).unwrap();
    assert!(
        !json.contains("beside") && !json.contains("terms"),
        "{json}"
    );
}

impl Scene {
    /// Whether Anna may take this step now.
    fn attempts(&self, step: Step) -> bool {
        self.case.take(step, &anna(), self.now).is_ok()
    }

    fn attempts_disclosure(&self) -> bool {
        let mut disclosure = disclose(&self.case, self.now);
        if let Step::Disclose(one) = &mut disclosure {
            one.sent = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        }
        self.attempts(disclosure)
    }
}
