//! Pausing a clock, and letting it run again.

use casework::{
    case::StepKind,
    clock::{Clock, ClockKind},
    form::Fields,
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, clock},
};

/// A running clock stands still, with a reason.
pub fn pause() -> AnyView {
    case_head::step_page(StepKind::Pause, |file: &CaseFile| {
        let running: Vec<ClockKind> = file
            .clocks
            .iter()
            .filter(|clock| file.case.may_pause(clock.kind))
            .map(|clock| clock.kind)
            .collect();
        view(
            file,
            StepKind::Pause,
            &running,
            "Stops a clock while we wait for somebody else. Its end moves on by as long as it stands still; the reason stays on the case.",
            "Pause the clock",
        )
    })
}

/// A paused clock runs again.
pub fn resume() -> AnyView {
    case_head::step_page(StepKind::Resume, |file: &CaseFile| {
        let paused: Vec<ClockKind> = ClockKind::ALL
            .iter()
            .copied()
            .filter(|kind| file.case.beside().is_paused(*kind))
            .collect();
        view(
            file,
            StepKind::Resume,
            &paused,
            "Lets a paused clock run again from now on. The time it stood still is added to its end.",
            "Let it run again",
        )
    })
}

fn view(
    file: &CaseFile,
    step: StepKind,
    clocks: &[ClockKind],
    purpose: &'static str,
    does: &str,
) -> AnyView {
    if clocks.is_empty() {
        return view! {
            {case_head::purpose(purpose)}
            <p class="none">"No clock of this case that we owe an answer by is running."</p>
            {case_head::back(file)}
        }
        .into_any();
    }
    // With one clock there is nothing to choose.
    let only = match clocks {
        [one] => one.code(),
        _ => "",
    };
    let form = Form::filled(Fields::new().with("clock", only));
    let choices = clocks
        .iter()
        .map(|kind| (kind.code().to_owned(), word(file, *kind)))
        .collect();
    let fields = view! {
        {form.radios_of("clock", "Which clock", choices)}
        {form.prose("reasons", "Why").hint("The requester may ask.")}
        {case_head::send(file, does)}
    }
    .into_any();
    view! {
        {case_head::purpose(purpose)}
        <div class="beside">
            <div>{case_head::step_form(file, step, &form, "", fields)}</div>
            <aside>{clock::list(&file.clocks, file.now, &file.zone)}</aside>
        </div>
    }
    .into_any()
}

/// The clock with its end, so that two are told apart.
fn word(file: &CaseFile, kind: ClockKind) -> String {
    let ends = |clock: &Clock| {
        clock.ends.map_or_else(
            || "paused now".to_owned(),
            |ends| casework::clock::day(ends).to_string(),
        )
    };
    let clock = file.clocks.iter().find(|clock| clock.kind == kind);
    clock.map_or_else(
        || kind.word().to_owned(),
        |clock| format!("{}, {}", kind.word(), ends(clock)),
    )
}
