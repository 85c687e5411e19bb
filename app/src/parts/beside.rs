//! What lives beside the stage of a case, each panel with what stands, what follows and the ways
//! on: the hold, what forbids a notice, notices, objections, pauses, formal process, letters.

use casework::{
    case::{GagOnCase, HoldOnCase, ObjectionOnCase, PauseOnCase, StepKind},
    clock::{self, ClockKind},
    emergency::Process,
    hold::Renewal,
    instrument::Instrument,
    letter::Letter,
    mail::State,
    member::Signed,
    notice::{Notice, NoticeMeans, Untold},
};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{address, badge, mails, time},
};

/// Every panel that has something to tell.
pub fn all(file: &CaseFile) -> Vec<AnyView> {
    [
        hold(file),
        gag(file),
        notices(file),
        objections(file),
        processes(file),
        pauses(file),
        letters(file),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The head of an aside that holds some of it: for those who go from heading to heading.
pub fn head() -> AnyView {
    view! { <h2 class="unseen">"On this case"</h2> }.into_any()
}

/// Data kept from deletion: the newest hold, and those before it.
pub fn hold(file: &CaseFile) -> Option<AnyView> {
    let holds = &file.case.beside().holds;
    if holds.is_empty() {
        // What only preserves is about nothing else.
        let european = file.case.is_under_terms()
            && file.case.classification().map(|one| one.instrument) == Some(Instrument::Epoc)
            && file
                .clocks
                .iter()
                .any(|clock| clock.kind == ClockKind::Preserve && !clock.stopped);
        let wanted = european || (file.case.preserves_only() && file.case.stage().is_approved());
        return wanted.then(|| {
            panel(
                "Preservation hold",
                "open",
                view! { <p class="state">"Nobody holds the data yet."</p> }.into_any(),
                ways(file, &[StepKind::Hold]),
            )
        });
    }
    let each = holds.iter().rev().map(|hold| one_hold(file, hold));
    let state = if file.case.beside().hold().is_some() {
        "runs"
    } else {
        "done"
    };
    Some(panel(
        "Preservation hold",
        state,
        each.collect_view().into_any(),
        ways(
            file,
            &[
                StepKind::Renew,
                StepKind::Convert,
                StepKind::Release,
                StepKind::Hold,
            ],
        ),
    ))
}

fn one_hold(file: &CaseFile, hold: &HoldOnCase) -> AnyView {
    let given = &hold.given.what;
    let state = match (&hold.released, &hold.converted) {
        (Some(released), _) => {
            view! { "Released " {day(released.at)} " by " {released.by.name.to_string()} "." }
                .into_any()
        }
        (None, Some(converted)) => view! {
            "Converted " {day(converted.at)} ": kept as long as "
            {converted.what.production.to_string()} " needs it."
        }
        .into_any(),
        (None, None) => view! { "Kept" {ends(file, ClockKind::Preserve)} "." }.into_any(),
    };
    let renewals = (!hold.renewals.is_empty()).then(|| {
        let each = hold.renewals.iter().map(renewal);
        view! { <div><dt>"Renewed"</dt><dd><ul class="plain">{each.collect_view()}</ul></dd></div> }
    });
    let proof = hold.released.as_ref().map(|released| {
        let deleted = released.what.deleted.as_ref().map(|deleted| {
            view! {
                <div>
                    <dt>"Deleted"</dt>
                    <dd>
                        {time::zoned(&deleted.at)} ", " {deleted.by.to_string()} ": "
                        <q>{deleted.what.to_string()}</q>
                    </dd>
                </div>
            }
        });
        view! { <div><dt>"Why it ended"</dt><dd><q>{released.what.reasons.to_string()}</q></dd></div> {deleted} }
    });
    view! {
        <div class="one" data-ended=hold.released.as_ref().map(|_| "")>
            <p class="state">{state}</p>
            <dl class="facts">
                <div><dt>"Owner"</dt><dd>{given.owner.to_string()}</dd></div>
                <div><dt>"Lies in"</dt><dd>{given.kept_in.to_string()}</dd></div>
                <div><dt>"What is kept"</dt><dd><q>{given.what.to_string()}</q></dd></div>
                <div><dt>"Given"</dt><dd>{day(hold.given.at)} " by " {hold.given.by.name.to_string()}</dd></div>
                {renewals}
                {proof}
            </dl>
        </div>
    }
    .into_any()
}

/// What forbids telling the subject, and until when.
pub fn gag(file: &CaseFile) -> Option<AnyView> {
    let gag = file.case.gag()?;
    let runs = file.case.gag_runs(file.now).is_some();
    let until = gag.until;
    let state = match (runs, until) {
        (true, Some(until)) => {
            view! { "The subject may not be told until the end of " {time::day(until)} "." }
                .into_any()
        }
        (true, None) => view! { "The subject may not be told, and no end is stated." }.into_any(),
        (false, Some(until)) => {
            view! { "It bound until the end of " {time::day(until)} ". The subject may be told." }
                .into_any()
        }
        (false, None) => view! { "It no longer binds. The subject may be told." }.into_any(),
    };
    let open_ended = (runs && until.is_none())
        .then(|| view! { <p class="warn">"An open-ended order is unusual: ask for its end."</p> });
    let basis = if gag.demanded {
        format!(
            "{}, demanded by the request; no order was recorded.",
            gag.basis
        )
    } else {
        gag.basis.to_string()
    };
    let last = file.case.beside().gags.last();
    let lifted =
        last.and_then(|gag| gag.lifted.as_ref())
            .or(file.case.beside().demand_lifted.as_ref());
    let lifted = lifted.map(|lifted| {
        view! { <div><dt>"Ended by"</dt><dd><q>{lifted.what.reasons.to_string()}</q></dd></div> }
    });
    let body = view! {
        <p class="state">{state}</p>
        {open_ended}
        <dl class="facts">
            <div><dt>"Basis"</dt><dd>{basis}</dd></div>
            {gag.from.map(|from| view! { <div><dt>"First day"</dt><dd>{time::day(from)}</dd></div> })}
            {last.and_then(renewed)}
            {lifted}
        </dl>
    };
    Some(panel(
        "Nondisclosure",
        if runs { "runs" } else { "done" },
        body.into_any(),
        ways(file, &[StepKind::Gag, StepKind::Renew, StepKind::Lift]),
    ))
}

fn renewed(gag: &GagOnCase) -> Option<AnyView> {
    (!gag.renewals.is_empty()).then(|| {
        let each = gag.renewals.iter().map(renewal);
        view! { <div><dt>"Renewed"</dt><dd><ul class="plain">{each.collect_view()}</ul></dd></div> }
            .into_any()
    })
}

fn renewal(renewal: &Signed<Renewal>) -> AnyView {
    let until = renewal
        .what
        .until
        .map(|until| view! { ", until " {time::day(until)} });
    view! { <li>{day(renewal.at)} ": " {renewal.what.reference.to_string()} {until}</li> }
        .into_any()
}

/// Whether the subject was told; where not and nothing forbids it, that a notice is due.
pub fn notices(file: &CaseFile) -> Option<AnyView> {
    let sent = &file.case.beside().notices;
    let due = file
        .clocks
        .iter()
        .find(|clock| clock.kind == ClockKind::Notice && !clock.stopped);
    let untold = &file.case.beside().untold;
    if sent.is_empty() && due.is_none() && untold.is_empty() {
        return None;
    }
    let owed = due.and_then(|due| due.ends).map(|ends| {
        view! {
            <p class="state">
                "A notice to the subject is due " {day(ends)} ", "
                {time::until(ends, file.now)} "."
            </p>
        }
    });
    let each = sent.iter().rev().map(notice);
    let unsent = mails::not_told(file);
    let why = untold.iter().rev().map(not_told);
    let never = file.case.never_told().is_some();
    let state = if (sent.is_empty() && !never) || unsent.is_some() {
        "open"
    } else {
        "done"
    };
    let window = window(file).map(|ends| {
        let told = if ends < file.now {
            "The subject could object until "
        } else {
            "The subject may object until "
        };
        view! { <p>{told} {time::moment(ends)} "."</p> }
    });
    Some(panel(
        "Notice to the subject",
        state,
        view! { {owed} {unsent} {window} {each.collect_view()} {why.collect_view()} }.into_any(),
        ways(
            file,
            &[StepKind::Notify, StepKind::Untold, StepKind::Object],
        ),
    ))
}

/// Until when the subject may object: counted from when a notice by mail really left, and not at all
/// before it has.
pub fn window(file: &CaseFile) -> Option<Timestamp> {
    let stated = clock::window_ends(&file.case)?;
    let last = file.case.beside().notices.last()?;
    let Some(mail) = file.notice_mail() else {
        return Some(stated);
    };
    if mail.state != State::Sent {
        return None;
    }
    let left = mail
        .changed_at
        .to_zoned_datetime(last.what.sent.time_zone().clone());
    let counted = clock::window_opens(&file.case, &left);
    Some(counted.map_or(stated, |ends| ends.max(stated)))
}

fn not_told(untold: &Signed<Untold>) -> AnyView {
    let what = &untold.what;
    let state = match what.until {
        Some(until) => view! { "Put off until the end of " {time::day(until)} "." }.into_any(),
        None => view! { {what.why.word()} "." }.into_any(),
    };
    view! {
        <div class="one">
            <p class="state">{state}</p>
            <p>{untold.by.name.to_string()} ", " {time::moment(untold.at)} ": " <q>{what.reasons.to_string()}</q></p>
        </div>
    }
    .into_any()
}

fn notice(notice: &Signed<Notice>) -> AnyView {
    let told = match notice.what.how {
        NoticeMeans::Outbox => "Posted ",
        NoticeMeans::Elsewhere => "Told ",
    };
    view! {
        <div class="one">
            <p class="state">{told} {time::zoned(&notice.what.sent)} "."</p>
            <p>{notice.what.how.word()} ", to " {notice.what.to.to_string()} ", by " {notice.by.name.to_string()} "."</p>
            <details><summary>"What they were told"</summary><blockquote>{notice.what.what.to_string()}</blockquote></details>
        </div>
    }
    .into_any()
}

/// What the subject says against it, and what became of that.
pub fn objections(file: &CaseFile) -> Option<AnyView> {
    let all = &file.case.beside().objections;
    let open = file.case.beside().objection().is_some();
    (!all.is_empty()).then(|| {
        let each = all.iter().rev().map(objection);
        panel(
            "Objections",
            if open { "open" } else { "done" },
            each.collect_view().into_any(),
            ways(file, &[StepKind::Settle, StepKind::Object]),
        )
    })
}

fn objection(objection: &ObjectionOnCase) -> AnyView {
    let raised = &objection.raised.what;
    let settled = match &objection.settled {
        None => view! { <p class="state">"Not settled yet."</p> }.into_any(),
        Some(settled) => view! {
            <p class="state">{settled.what.finding.word()} "."</p>
            <p>{settled.by.name.to_string()} ", " {time::moment(settled.at)} ": " <q>{settled.what.reasons.to_string()}</q></p>
        }
        .into_any(),
    };
    view! {
        <div class="one">
            {settled}
            <p>{raised.by.to_string()} ", " {time::zoned(&raised.at)} ":"</p>
            <blockquote>{raised.what.to_string()}</blockquote>
        </div>
    }
    .into_any()
}

/// Whether formal process followed an emergency release.
pub fn processes(file: &CaseFile) -> Option<AnyView> {
    let all = &file.case.beside().processes;
    let asked = file
        .clocks
        .iter()
        .any(|clock| clock.kind == ClockKind::Process);
    if all.is_empty() && !asked {
        return None;
    }
    let each = all.iter().rev().map(process);
    let open = all.is_empty().then(|| {
        view! { <p class="state">"Not recorded yet" {ends(file, ClockKind::Process)} "."</p> }
    });
    let arrived = all.last().is_some_and(|process| process.what.arrived);
    Some(panel(
        "Formal process",
        if arrived { "done" } else { "open" },
        view! { {open} {each.collect_view()} }.into_any(),
        ways(file, &[StepKind::Process]),
    ))
}

fn process(process: &Signed<Process>) -> AnyView {
    let told = if process.what.arrived {
        "Formal process arrived."
    } else {
        "Formal process did not arrive."
    };
    view! {
        <div class="one">
            <p class="state">{told}</p>
            <p>{process.by.name.to_string()} ", " {time::moment(process.at)} ": " <q>{process.what.reasons.to_string()}</q></p>
        </div>
    }
    .into_any()
}

/// Clocks that stand still, or stood still.
pub fn pauses(file: &CaseFile) -> Option<AnyView> {
    let all = &file.case.beside().pauses;
    let any = file.case.beside().any_paused();
    (!all.is_empty()).then(|| {
        let each = all.iter().rev().map(pause);
        panel(
            "Pauses",
            if any { "runs" } else { "done" },
            view! { <ul class="plain">{each.collect_view()}</ul> }.into_any(),
            ways(file, &[StepKind::Resume]),
        )
    })
}

fn pause(pause: &PauseOnCase) -> AnyView {
    let paused = &pause.paused;
    let resumed = match &pause.resumed {
        None => view! { <strong>"stands still"</strong> }.into_any(),
        Some(resumed) => view! {
            "ran again " {time::moment(resumed.at)} " (" {resumed.by.name.to_string()} "): "
            <q>{resumed.what.reasons.to_string()}</q>
        }
        .into_any(),
    };
    view! {
        <li>
            {paused.what.clock.word()} ", paused " {time::moment(paused.at)} " ("
            {paused.by.name.to_string()} "): " <q>{paused.what.reasons.to_string()}</q> "; " {resumed}
        </li>
    }
    .into_any()
}

/// What was written to whom.
pub fn letters(file: &CaseFile) -> Option<AnyView> {
    let all = &file.case.beside().letters;
    (!all.is_empty()).then(|| {
        let each = all.iter().rev().map(|one| letter(file, one));
        panel(
            "Letters",
            "done",
            view! { <ul class="plain">{each.collect_view()}</ul> }.into_any(),
            ways(file, &[StepKind::Letter]),
        )
    })
}

fn letter(file: &CaseFile, letter: &Signed<Letter>) -> AnyView {
    let what = &letter.what;
    let href = address::letter(file.case.id(), what.id);
    view! {
        <li>
            <a href=href rel="external" download="">{what.letter.word()}</a> " (" {what.language.to_string()} ") to " {what.recipient.to_string()} ", " {time::moment(letter.at)}
            ", " {letter.by.name.to_string()} ", " {badge::size(what.size)} " "
            <span class="under">{badge::digest(&what.sha256)}</span>
        </li>
    }
    .into_any()
}

/// Steps that lead on from here, as far as they are open to the member.
pub fn ways(file: &CaseFile, steps: &[StepKind]) -> Option<AnyView> {
    let open: Vec<_> = steps
        .iter()
        .filter(|step| file.case.may(**step, &file.me.member).is_ok() && useful(file, **step))
        .map(|step| {
            view! { <a href=address::step(file.case.id(), *step)>{step.word()}</a> }
        })
        .collect();
    (!open.is_empty()).then(|| view! { <p class="besides-ways">{open}</p> }.into_any())
}

/// Whether there is anything for a step to do. A rule would refuse it, so the page need not offer
/// what is not there.
pub fn useful(file: &CaseFile, step: StepKind) -> bool {
    let case = &file.case;
    let beside = case.beside();
    let hold = beside.hold();
    let converted = hold.is_some_and(|hold| hold.converted.is_some());
    match step {
        StepKind::Strike => case.standing_orders().next().is_some(),
        StepKind::Pause => file.clocks.iter().any(|clock| case.may_pause(clock.kind)),
        StepKind::Notify => case.gag_runs(file.now).is_none(),
        StepKind::Renew => beside.gag_order().is_some() || !converted,
        StepKind::Convert => !converted,
        StepKind::Close => hold.is_none(),
        _ => true,
    }
}

fn panel(
    title: &'static str,
    state: &'static str,
    body: AnyView,
    ways: Option<AnyView>,
) -> AnyView {
    view! {
        <article class="besides" data-state=state>
            <h3>{title}</h3>
            {body}
            {ways}
        </article>
    }
    .into_any()
}

/// Until when a running clock of this kind runs, as the end of a sentence.
fn ends(file: &CaseFile, kind: ClockKind) -> Option<AnyView> {
    let clock = file
        .clocks
        .iter()
        .find(|clock| clock.kind == kind && !clock.stopped)?;
    let told = if kind == ClockKind::Process {
        "; asked "
    } else {
        " until "
    };
    let ends = clock.ends?;
    Some(view! { {told} {day(ends)} ", " {time::until(ends, file.now)} }.into_any())
}

/// The day of a moment; the exact moment stands on the timeline.
fn day(at: Timestamp) -> AnyView {
    time::day(clock::day(at))
}
