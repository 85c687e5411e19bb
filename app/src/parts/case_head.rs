//! The head of a page about one case: where one is, and the form's frame that all steps share.

use casework::case::{Case, StepKind};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::CaseFile,
    parts::{
        Form, address, badge, field,
        load::{load, refuse},
    },
};

/// The page of a step: the case as this step needs it, and the form made from it.
pub fn step_page(step: StepKind, page: fn(&CaseFile) -> AnyView) -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.case_for(id, step).await },
        move |file: CaseFile| {
            view! {
                {head(&file.case, title(step))}
                {page(&file)}
                {field::zones()}
            }
            .into_any()
        },
    )
}

/// What a step's page is called: what stands on it, or what is done on it.
const fn title(step: StepKind) -> &'static str {
    match step {
        StepKind::Draft => "Draft of the request",
        other => other.word(),
    }
}

/// The title, the way back, and what the page is for.
pub fn head(case: &Case, title: &str) -> AnyView {
    let number = case.number().to_string();
    view! {
        <Title text=format!("{number} · {title} · Disclosure Desk")/>
        <header class="page-head">
            <p class="way">
                <a href="/cases">"Cases"</a>
                " / "
                <a href=address::case(case.id())>{number}</a>
            </p>
            <h1>{title.to_owned()}</h1>
            <p class="marks">
                {badge::stage(case.stage())}
                {badge::test(case.fields().has("test", "yes"))}
                <span class="who-asks">{who_asks(case)}</span>
            </p>
        </header>
    }
    .into_any()
}

/// Who asks, as far as it was typed.
pub fn who_asks(case: &Case) -> String {
    let typed = |name: &str| Some(case.fields().get(name).trim()).filter(|text| !text.is_empty());
    match (typed("authority"), typed("reference")) {
        (Some(who), Some(reference)) => format!("{who}, {reference}"),
        (Some(who), None) => who.to_owned(),
        (None, _) => "The requester is not named yet".into(),
    }
}

/// What a step does, and what follows, in a sentence or two under its title.
pub fn purpose(says: &'static str) -> AnyView {
    view! { <p class="lead">{says}</p> }.into_any()
}

/// The way back, where there is nothing to send.
pub fn back(file: &CaseFile) -> AnyView {
    view! { <p class="send"><a href=address::case(file.case.id())>"Back to the case"</a></p> }
        .into_any()
}

/// A step's form around its fields: posts to its own page, tells which state it was made from.
pub fn step_form(
    file: &CaseFile,
    step: StepKind,
    form: &Form,
    class: &'static str,
    fields: AnyView,
) -> AnyView {
    view! {
        <form method="post" action=address::step(file.case.id(), step) class=format!("step {class}") novalidate=true>
            {form.summary()}
            {Form::seen(file.case.version())}
            {fields}
        </form>
    }
    .into_any()
}

/// The end of a step's form: what is done by it, and the way back.
pub fn send(file: &CaseFile, does: &str) -> AnyView {
    view! {
        <p class="send">
            <button class="primary">{does.to_owned()}</button>
            <a href=address::case(file.case.id())>"Back to the case"</a>
        </p>
    }
    .into_any()
}
