//! The guided form of a request: a new one, a draft, or a filed one to be mended.

use casework::case::StepKind;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::CaseFile,
    islands::DraftKeeper,
    parts::{Form, address, case_head, field, load::load},
};

mod directory;
pub mod fields;

/// A request nobody has typed anything of yet. The case begins when it is first kept.
pub fn new() -> AnyView {
    load(
        |desk| async move { desk.me() },
        |_| {
            let form = Form::blank();
            view! {
                <Title text="New request · Disclosure Desk"/>
                <header class="page-head">
                    <p class="way"><a href="/cases">"Cases"</a></p>
                    <h1>"New request"</h1>
                    <p>"Copy what stands on the paper. A draft may hold anything; filing asks for the whole."</p>
                </header>
                <form method="post" action="/cases/new" class="step request" novalidate=true>
                    {form.summary()}
                    {Form::seen(0)}
                    {directory::enter("keep")}
                    {fields::all(&form)}
                    {keep_or_file()}
                    <DraftKeeper/>
                </form>
                {field::zones()}
            }
            .into_any()
        },
    )
}

/// A draft, taken up again.
pub fn draft() -> AnyView {
    case_head::step_page(StepKind::Draft, |file: &CaseFile| {
        let form = Form::filled(file.case.fields().clone());
        let fields = view! {
            {directory::enter("keep")}
            {fields::all(&form)}
            {keep_or_file()}
            <DraftKeeper/>
        }
        .into_any();
        view! {
            {case_head::step_form(file, StepKind::Draft, &form, "request", fields)}
            <p class="aside-way">
                <a href=address::step(file.case.id(), StepKind::Attach)>"Attach orders"</a>
                " "
                <a href=address::case(file.case.id())>"Back to the case"</a>
            </p>
        }
        .into_any()
    })
}

/// A filed request, to be mended.
pub fn edit() -> AnyView {
    case_head::step_page(StepKind::Edit, |file: &CaseFile| {
        let form = Form::filled(file.case.fields().clone());
        let fields = view! {
            <p class="notice">"Whoever mends a request does not decide it. What it said before stays in the ledger."</p>
            {directory::enter("mend")}
            {fields::all(&form)}
            {case_head::send(file, "Mend the request")}
        }
        .into_any();
        case_head::step_form(file, StepKind::Edit, &form, "request", fields)
    })
}

/// The two ends of a draft: keep what is there, or file what is whole. Enter, in any field,
/// keeps, which is the harmless one.
fn keep_or_file() -> AnyView {
    view! {
        <p class="send">
            <button name="do" value="keep">"Keep draft"</button>
            <button name="do" value="file" class="primary">"File the request"</button>
            <span class="hint">"Filing starts the clocks. Whoever files a request does not decide it."</span>
        </p>
    }
    .into_any()
}
