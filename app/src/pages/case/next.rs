//! What must be done now, by whom, and by when: the largest thing on the page.

use casework::{
    case::{Awaits, Stage, StepKind},
    clock::{self, release_lapses},
    decision::Decision,
    refusal::Kind,
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{address, beside, clock as clocks, gate, mails, time},
};

/// The next step, the clocks, and what else is open to this member.
pub fn panel(file: &CaseFile) -> AnyView {
    view! {
        {step(file)}
        {needs(file)}
        {clocks::list(&file.clocks, file.now, &file.zone)}
        {others(file)}
    }
    .into_any()
}

fn step(file: &CaseFile) -> AnyView {
    let case = &file.case;
    let member = &file.me.member;
    // What is owed to the subject, or asked after an emergency, comes once nothing else does.
    let owed = clock::owed(case, file.now);
    let next = case
        .next_step(member)
        .or_else(|| owed.filter(|step| case.may(*step, member).is_ok()));
    match next {
        Some(StepKind::Submit) if !gate::open(&file.gate).is_empty() => open_first(file),
        Some(step) => view! {
            <p class="turn">"Your turn"</p>
            <a class="button primary large" href=address::step(case.id(), step)>{does(step)}</a>
            {stops(file, step)}
            {(step == StepKind::Classify).then(|| as_it_stands(file))}
        }
        .into_any(),
        None => view! {
            <p class="turn">"Awaits"</p>
            <p class="awaits">{awaits(case.awaits(), owed)}</p>
            {not_yours(file).map(|why| view! { <p class="why">{why}</p> })}
        }
        .into_any(),
    }
}

/// Whose turn it is; a case that has ended may still owe something.
const fn awaits(awaits: Awaits, owed: Option<StepKind>) -> &'static str {
    match (awaits, owed) {
        (Awaits::Nobody, Some(_)) => Awaits::Staff.word(),
        (awaits, _) => awaits.word(),
    }
}

/// What still stands in the way of the step: the page says so before somebody fills in a form.
fn stops(file: &CaseFile, step: StepKind) -> Option<AnyView> {
    if step == StepKind::Disclose
        && let Some(lapsed) = release_lapses(&file.case).filter(|lapsed| *lapsed < file.now)
    {
        return Some(
            view! {
                <p class="why">
                    "The release lapsed " {time::moment(lapsed)} ": record what was sent before then. To send anything now, withdraw and reopen the case and have it decided anew."
                </p>
            }
            .into_any(),
        );
    }
    let stops = step == StepKind::Disclose
        && file.case.is_under_terms()
        && file.case.terms().objection_stops;
    if !stops {
        return None;
    }
    mails::not_told(file).or_else(|| {
        let ends = beside::window(file).filter(|ends| file.now <= *ends)?;
        let why = view! { <p class="why">"The subject may object until " {time::moment(ends)} "; nothing is produced before."</p> };
        Some(why.into_any())
    })
}

/// What a manager returned the case for: it is what must be mended now.
fn needs(file: &CaseFile) -> Option<AnyView> {
    let last = file
        .case
        .decisions()
        .last()
        .filter(|_| file.case.stage() == Stage::Returned)?;
    let Decision::Return { needs } = &last.what else {
        return None;
    };
    Some(
        view! {
            <div class="needs">
                <p>{last.by.name.to_string()} " returned it for information:"</p>
                <blockquote>{needs.to_string()}</blockquote>
            </div>
        }
        .into_any(),
    )
}

/// While something is open, putting the case before a manager would only be refused: the page
/// leads to what closes it.
fn open_first(file: &CaseFile) -> AnyView {
    let id = file.case.id();
    let open = gate::open(&file.gate);
    let count = open.len();
    let ways = [StepKind::Classify, StepKind::Attach, StepKind::Verify]
        .into_iter()
        .filter(|step| file.case.may(*step, &file.me.member).is_ok())
        .map(|step| view! { <a class="button" href=address::step(id, step)>{step.word()}</a> });
    view! {
        <p class="turn">"Your turn"</p>
        <p class="awaits">
            {if count == 1 { "1 thing is open".to_owned() } else { format!("{count} things are open") }}
            <span class="awaits-then">" before this goes to a manager"</span>
        </p>
        <ul class="open">{open.into_iter().map(|what| view! { <li>{what}</li> }).collect_view()}</ul>
        <p class="ways">{ways.collect_view()}</p>
        {as_it_stands(file)}
        {somebody_else(file)}
    }
    .into_any()
}

/// What names no legal process needs none made up.
fn as_it_stands(file: &CaseFile) -> AnyView {
    let href = address::step(file.case.id(), StepKind::Submit);
    view! {
        <p class="why">
            "Nothing to weigh here? " <a href=href>"Put it before a manager for refusal"</a>
        </p>
    }
    .into_any()
}

/// Whoever filed an emergency cannot call back; the page says who can.
fn somebody_else(file: &CaseFile) -> Option<AnyView> {
    let refusal = file.case.may(StepKind::Verify, &file.me.member).err()?;
    let wanted = refusal.kind() == Kind::Forbidden && file.case.verifications().is_empty();
    wanted.then(|| view! { <p class="why">{refusal.to_string()}</p> }.into_any())
}

/// Where it is their role's turn and yet not theirs, the rule says why.
fn not_yours(file: &CaseFile) -> Option<String> {
    [StepKind::Decide, StepKind::Review, StepKind::Settle]
        .into_iter()
        .find_map(|step| {
            let member = &file.me.member;
            let refusal = file.case.may(step, member).err()?;
            let personal = step.roles().contains(&member.role) && refusal.kind() == Kind::Forbidden;
            (personal && file.case.awaits() != Awaits::Nobody).then(|| refusal.to_string())
        })
}

/// What a step is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Request,
    Data,
    Decision,
    Clocks,
    Hold,
    Notice,
    Letters,
    End,
}

impl Subject {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Request, "Request"),
        (Self::Data, "Data"),
        (Self::Decision, "Decision"),
        (Self::Clocks, "Clocks"),
        (Self::Hold, "Hold"),
        (Self::Notice, "Notice"),
        (Self::Letters, "Letters"),
        (Self::End, "End"),
    ];

    const fn of(step: StepKind) -> Self {
        match step {
            StepKind::Draft
            | StepKind::File
            | StepKind::Edit
            | StepKind::Classify
            | StepKind::Attach
            | StepKind::Strike
            | StepKind::Verify => Self::Request,
            StepKind::Search | StepKind::Disclose => Self::Data,
            StepKind::Submit | StepKind::Decide | StepKind::Review | StepKind::Process => {
                Self::Decision
            }
            StepKind::Pause | StepKind::Resume => Self::Clocks,
            StepKind::Hold | StepKind::Renew | StepKind::Convert | StepKind::Release => Self::Hold,
            StepKind::Gag
            | StepKind::Lift
            | StepKind::Notify
            | StepKind::Untold
            | StepKind::Object
            | StepKind::Settle => Self::Notice,
            StepKind::Letter => Self::Letters,
            StepKind::Close | StepKind::Withdraw | StepKind::Reopen => Self::End,
        }
    }
}

/// Every other step that is open to this member, by what it is about.
fn others(file: &CaseFile) -> Option<AnyView> {
    let case = &file.case;
    let next = case.next_step(&file.me.member);
    let open: Vec<StepKind> = case
        .steps_open_to(&file.me.member)
        .into_iter()
        .filter(|step| beside::useful(file, *step))
        // Filing and keeping the draft share a page.
        .filter(|step| {
            Some(*step) != next && !(*step == StepKind::Draft && next == Some(StepKind::File))
        })
        .collect();
    let groups: Vec<_> = Subject::ALL
        .into_iter()
        .filter_map(|(subject, word)| {
            let each: Vec<_> = open
                .iter()
                .filter(|step| Subject::of(**step) == subject)
                .map(|step| {
                    view! { <li><a href=address::step(case.id(), *step)>{step.word()}</a></li> }
                })
                .collect();
            (!each.is_empty()).then(|| view! { <div><dt>{word}</dt><dd><ul>{each}</ul></dd></div> })
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! {
            <nav aria-label="More steps" class="others">
                <details open=true>
                    <summary><h2>"More steps"</h2></summary>
                    <dl>{groups}</dl>
                </details>
            </nav>
        }
        .into_any()
    })
}

/// The step, said as what one is about to do.
const fn does(step: StepKind) -> &'static str {
    match step {
        StepKind::File => "Complete and file",
        StepKind::Close => "Close the case",
        other => other.word(),
    }
}
