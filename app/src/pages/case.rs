//! The case file: a document read from top to bottom, with the next step always in sight.

use casework::{case::Case, member::Duty};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::CaseFile,
    pages::search,
    parts::{
        address, badge, beside, case_head, decided, gate,
        load::{load, refuse},
        mails, order, scope, signals,
    },
};

mod classified;
mod next;
mod request;
mod timeline;

/// The request, for pages that show it beside a form.
pub fn request(file: &CaseFile) -> AnyView {
    request::view(&file.case)
}

/// The classification with its clause, for pages that show it beside a form.
pub fn classified(file: &CaseFile) -> AnyView {
    classified::view(file)
}

/// A case with all that happened to it.
pub fn page() -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.case(id).await },
        |file: CaseFile| view(&file),
    )
}

fn view(file: &CaseFile) -> AnyView {
    let case = &file.case;
    let number = case.number().to_string();
    let record = file.me.member.role.may(Duty::ReadRecords).then(|| {
        view! {
            <a class="button" href=address::record(case.id()) rel="external" download="">
                "Download the record (PDF)"
            </a>
            <a href=address::records(case.id())>"All records of this case"</a>
        }
    });
    view! {
        <Title text=format!("{number} · Disclosure Desk")/>
        <div class="case-file">
            <header class="page-head">
                <p class="way"><a href="/cases">"Cases"</a></p>
                <h1>{number} " " <span class="h1-who">{case_head::who_asks(case)}</span></h1>
                <p class="marks">
                    {badge::stage(case.stage())}
                    {badge::test(case.fields().has("test", "yes"))}
                    <span>{standing(case)}</span>
                </p>
            </header>
            <aside class="next" aria-label="Next step">{next::panel(file)} {record}</aside>
            <div class="document">
                {case.preserves_only().then(|| beside_stage(file))}
                {section("request", "The request", request::view(case))}
                {signals::panel(file)}
                {section("orders", "Orders", order::list(file))}
                {section("classification", "Ground and instrument", classified::view(file))}
                {section("gate", "The gate", gate::list(&file.gate))}
                {section("verification", "Who the requester is", verifications(case))}
                {section("scope", "Scope", view! { {scope::matrix(case)} {search::looked(file)} }.into_any())}
                {decisions(case)}
                {disclosures(case)}
                {(!case.preserves_only()).then(|| beside_stage(file))}
                {ends(case)}
                {section("mail", "Mail", mails::of_case(file))}
                {section("timeline", "What happened", timeline::view(&file.timeline))}
            </div>
        </div>
    }
    .into_any()
}

/// Ground and instrument, and what the case has come to, in one line.
fn standing(case: &Case) -> String {
    let ground = case
        .ground()
        .map_or("Not classified yet", casework::ground::Ground::word);
    match case.classification() {
        Some(classification) => format!("{ground}: {}", classification.instrument),
        None => ground.into(),
    }
}

fn section(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    let head = format!("{id}-head");
    view! {
        <section id=id aria-labelledby=head.clone()>
            <h2 id=head.clone()>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What lives beside the stage; where an instrument only preserves, it is what the case is about.
fn beside_stage(file: &CaseFile) -> Option<AnyView> {
    let all = beside::all(file);
    (!all.is_empty()).then(|| {
        let title = if file.case.preserves_only() {
            "The hold, and what else runs"
        } else {
            "Beside the decision"
        };
        section(
            "beside",
            title,
            view! { <div class="beside-stage">{all}</div> }.into_any(),
        )
    })
}

fn verifications(case: &Case) -> AnyView {
    if case.verifications().is_empty() {
        return view! { <p class="none">"Nobody has tested the requester's identity yet."</p> }
            .into_any();
    }
    case.verifications()
        .iter()
        .map(decided::verification)
        .collect_view()
        .into_any()
}

/// The newest decision first; earlier ones and their reasons never vanish.
fn decisions(case: &Case) -> Option<AnyView> {
    let all = case.decisions();
    (!all.is_empty()).then(|| {
        let last = all.len() - 1;
        let each: Vec<_> = all
            .iter()
            .enumerate()
            .rev()
            .map(|(place, one)| decided::decision(one, place == last))
            .collect();
        let reviews = case
            .reviews()
            .iter()
            .rev()
            .map(decided::review)
            .collect_view();
        section(
            "decisions",
            "Decisions",
            view! { {each} {reviews} }.into_any(),
        )
    })
}

fn disclosures(case: &Case) -> Option<AnyView> {
    let all = case.disclosures();
    (!all.is_empty()).then(|| {
        let each = all
            .iter()
            .rev()
            .map(decided::disclosure)
            .collect_view()
            .into_any();
        section("disclosures", "Disclosures", each)
    })
}

fn ends(case: &Case) -> Option<AnyView> {
    let closed = case.closing().map(decided::closing);
    let withdrawn: Vec<_> = case
        .withdrawals()
        .iter()
        .map(|one| decided::said("Withdrawn", one))
        .collect();
    let reopened: Vec<_> = case
        .reopenings()
        .iter()
        .map(|one| decided::said("Reopened", one))
        .collect();
    let any = closed.is_some() || !withdrawn.is_empty() || !reopened.is_empty();
    any.then(|| {
        let outcome = view! {
            <p>"The case has come to: " <strong>{case.outcome().word()}</strong> "."</p>
        };
        section(
            "ends",
            "How it ended",
            view! { {outcome} {closed} {withdrawn} {reopened} }.into_any(),
        )
    })
}
