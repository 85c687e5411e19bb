//! What must be done now, by whom, and by when: the largest thing on the page.

use casework::{
    case::{Awaits, Stage, StepKind},
    decision::Decision,
    refusal::Kind,
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{address, clock, gate},
};

/// The next step, the clocks, and what else is open to this member.
pub fn panel(file: &CaseFile) -> AnyView {
    view! {
        {step(file)}
        {needs(file)}
        {clock::list(&file.clocks, file.now, &file.zone)}
        {others(file)}
    }
    .into_any()
}

fn step(file: &CaseFile) -> AnyView {
    let case = &file.case;
    match case.next_step(&file.me.member) {
        Some(StepKind::Submit) if !gate::open(&file.gate).is_empty() => open_first(file),
        Some(step) => view! {
            <p class="turn">"Your turn"</p>
            <a class="button primary large" href=address::step(case.id(), step)>{does(step)}</a>
        }
        .into_any(),
        None => view! {
            <p class="turn">"Awaits"</p>
            <p class="awaits">{case.awaits().word()}</p>
            {not_yours(file).map(|why| view! { <p class="why">{why}</p> })}
        }
        .into_any(),
    }
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
    }
    .into_any()
}

/// Where it is their role's turn and yet not theirs, the rule says why.
fn not_yours(file: &CaseFile) -> Option<String> {
    [StepKind::Decide, StepKind::Review]
        .into_iter()
        .find_map(|step| {
            let member = &file.me.member;
            let refusal = file.case.may(step, member).err()?;
            let personal = step.roles().contains(&member.role) && refusal.kind() == Kind::Forbidden;
            (personal && file.case.awaits() != Awaits::Nobody).then(|| refusal.to_string())
        })
}

fn others(file: &CaseFile) -> Option<AnyView> {
    let case = &file.case;
    let next = case.next_step(&file.me.member);
    let open: Vec<_> = case
        .steps_open_to(&file.me.member)
        .into_iter()
        // A rule refuses to strike what is not there; the page need not offer it.
        .filter(|step| *step != StepKind::Strike || case.standing_orders().next().is_some())
        // Filing and keeping the draft share a page.
        .filter(|step| {
            Some(*step) != next && !(*step == StepKind::Draft && next == Some(StepKind::File))
        })
        .map(|step| view! { <li><a href=address::step(case.id(), step)>{step.word()}</a></li> })
        .collect();
    (!open.is_empty()).then(|| {
        view! {
            <nav aria-label="Other steps" class="others">
                <h2>"Also open to you"</h2>
                <ul>{open}</ul>
            </nav>
        }
        .into_any()
    })
}

/// The step, said as what one is about to do.
const fn does(step: StepKind) -> &'static str {
    match step {
        StepKind::File => "Complete and file",
        StepKind::Review => "Review the release",
        StepKind::Close => "Close the case",
        other => other.word(),
    }
}
