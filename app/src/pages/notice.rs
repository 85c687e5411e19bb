//! Telling the subject; what they say against it; and what becomes of that.

use casework::{
    case::StepKind,
    form::Fields,
    notice::{NoticeMeans, SettlementFinding, WhyUntold},
    request::IdentifierKind,
};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    pages::{case, decide},
    parts::{Form, address, beside, case_head, clock, decided, proof},
};

/// A notice; while a gag runs, until when there is none.
pub fn notify() -> AnyView {
    case_head::step_page(StepKind::Notify, |file: &CaseFile| {
        let purpose = case_head::purpose(
            "Tells the person whose data is asked for. It is a service notice, which nobody can opt out of; from its day their time to object runs.",
        );
        let aside = view! { <aside>{beside::head()} {beside::gag(file)} {beside::notices(file)} {clock::list(&file.clocks, file.now, &file.zone)}</aside> };
        let form = if let Err(refusal) = file.case.may_be_told(file.now) {
            view! {
                <div class="refused">
                    <p>{refusal.to_string()}</p>
                    {beside::ways(file, &[StepKind::Lift])}
                    {case_head::back(file)}
                </div>
            }
            .into_any()
        } else {
            notice_form(file)
        };
        view! { {purpose} <div class="beside"><div>{form}</div>{aside}</div> }.into_any()
    })
}

fn notice_form(file: &CaseFile) -> AnyView {
    // A case tells no language of the subject: whoever tells them knows it.
    let asked = address::query().get("language").to_owned();
    let chosen = file
        .notice_texts
        .iter()
        .find(|(language, _)| language.as_str() == asked)
        .or(file.notice_texts.first());
    let form = Form::filled(drafted(file, chosen.map_or("", |(_, text)| text)));
    let languages = (file.notice_texts.len() > 1).then(|| {
        let here = address::step(file.case.id(), StepKind::Notify);
        let each = file.notice_texts.iter().map(|(language, _)| {
            let current = chosen.is_some_and(|(chosen, _)| chosen == language);
            let href = format!("{here}?language={language}");
            view! { " " <a href=href aria-current=current.then_some("true")>{language.to_string()}</a> }
        });
        view! { <p class="hint">"Begin the text in another language:" {each.collect_view()}</p> }
    });
    let waits = if file.sends_mail {
        ""
    } else {
        "No mail server is configured: a notice by e-mail from this desk waits in the outbox until one is."
    };
    let fields = view! {
        {form.radios::<NoticeMeans>("how", "How").hint(waits)}
        {form.line("to", "Address it goes to")}
        <div class="grid" data-for=NoticeMeans::Elsewhere.code()>
            {form.moment("sent", "Sent")}
            {form.zone("zone")}
        </div>
        {languages}
        {form
            .prose("what", "What the subject is told")
            .rows(12)
            .hint("Word for word. It is sealed with the case as it is sent.")}
        {case_head::send(file, "Tell the subject")}
    }
    .into_any();
    case_head::step_form(file, StepKind::Notify, &form, "notifying", fields)
}

/// The subject's own address, where the request names one, and the text as drafted.
fn drafted(file: &CaseFile, text: &str) -> Fields {
    let to = file
        .case
        .request()
        .and_then(|request| {
            let email = |one: &&casework::request::Identifier| one.kind == IdentifierKind::Email;
            request.identifiers.iter().find(email)
        })
        .map(|identifier| identifier.value.to_string());
    Fields::new()
        .with("how", NoticeMeans::Outbox.code())
        .with("to", to.unwrap_or_default())
        .with("zone", file.case.fields().get("received_zone"))
        .with("what", text)
}

/// Why nobody is told: it ends the duty, or puts it off.
pub fn untold() -> AnyView {
    case_head::step_page(StepKind::Untold, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form.radios::<WhyUntold>("why", "Why the subject is not told")}
            {form
                .date("until", "Put off until")
                .hint("Its last day. The day after, a notice falls due.")
                .asked_of(WhyUntold::ExigentDelay.code().into())}
            {form
                .prose("reasons", "What speaks against telling them")
                .hint("Where was looked for an address, which authority tells them and when, whom it would endanger.")}
            {case_head::send(file, "Record it")}
        }
        .into_any();
        view! {
            {case_head::purpose("Records why nobody tells the subject. A delay puts the notice off; any other reason ends the duty, and stands in the record.")}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Untold, &form, "untelling", fields)}</div>
                <aside>{beside::head()} {beside::gag(file)} {beside::notices(file)} {clock::list(&file.clocks, file.now, &file.zone)}</aside>
            </div>
        }
        .into_any()
    })
}

/// What the subject says against it.
pub fn object() -> AnyView {
    case_head::step_page(StepKind::Object, |file: &CaseFile| {
        let zone = file.case.fields().get("received_zone").to_owned();
        let form = Form::filled(Fields::new().with("zone", zone));
        let fields = view! {
            {form.line("by", "Who objects").hint("The subject, or their counsel.")}
            <div class="grid">
                {form.moment("at", "Reached us")}
                {form.zone("zone")}
            </div>
            {form.prose("what", "What they say").hint("In their own words. Attach what they sent as an order of the case.")}
            {case_head::send(file, "Record the objection")}
        }
        .into_any();
        let stops = if file.case.terms().objection_stops {
            "Makes an objection part of the case. Nothing is produced before a manager has settled it."
        } else {
            "Makes an objection part of the case, for a manager to settle. The tables let production go on meanwhile."
        };
        view! {
            {case_head::purpose(stops)}
            <div class="beside">
                <div>{case_head::step_form(file, StepKind::Object, &form, "", fields)}</div>
                <aside>{beside::head()} {beside::notices(file)} {clock::list(&file.clocks, file.now, &file.zone)}</aside>
            </div>
        }
        .into_any()
    })
}

/// A manager says what becomes of it.
pub fn settle() -> AnyView {
    case_head::step_page(StepKind::Settle, |file: &CaseFile| {
        let form = Form::blank();
        let fields = view! {
            {form.radios::<SettlementFinding>("finding", "What becomes of the objection")}
            {form.prose("reasons", "Why").hint("A court's order is named here.")}
            {proof::ask(&form, &file.me)}
            {case_head::send(file, "Settle the objection")}
        }
        .into_any();
        let standing = file.case.decisions().last();
        view! {
            {case_head::purpose("Decides whether the subject's objection changes anything. Sustained, the decision falls and the case goes back to legal staff; overruled or withdrawn, it stands and production may go on.")}
            <div class="beside deciding">
                <div>
                    {decide::part("The objection", beside::objections(file).into_any())}
                    {standing.map(|one| decide::part("The decision", decided::decision(one, true)))}
                    {decide::part("The request", case::request(file))}
                    <a class="button primary jump" href="#yours">"Your answer"</a>
                </div>
                <aside id="yours" aria-label="Your answer">
                    {clock::list(&file.clocks, file.now, &file.zone)}
                    {case_head::step_form(file, StepKind::Settle, &form, "", fields)}
                </aside>
            </div>
        }
        .into_any()
    })
}
