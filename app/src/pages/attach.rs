//! Attaching orders.

use casework::case::StepKind;
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    islands::OrderUpload,
    parts::{Form, address, case_head, form::id, order},
};

/// What is attached, and the form for more. It works without script; with it, it tells how far
/// the sending is.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Attach, |file: &CaseFile| {
        let form = Form::blank();
        let at = address::step(file.case.id(), StepKind::Attach);
        view! {
            <form method="post" action=at enctype="multipart/form-data" class="step upload" novalidate=true>
                {form.summary()}
                {Form::seen(file.case.version())}
                <div class="field" data-faulty=form.faulty("orders")>
                    <label for=id("orders")>"Orders"</label>
                    <p class="hint">
                        "The order as it came: PDF, PNG, JPEG, TIFF, EML, TXT or DOCX. Several may be chosen at once. Each is kept as it is, encrypted, with its SHA-256 sealed into the ledger."
                    </p>
                    {form.told("orders")}
                    <input
                        type="file"
                        id=id("orders")
                        name="orders"
                        multiple=true
                        aria-describedby=form.described("orders")
                        aria-invalid=form.faulty("orders").map(|_| "true")
                    />
                </div>
                <OrderUpload/>
                {case_head::send(file, "Attach")}
            </form>
            <section aria-labelledby="attached-head">
                <h2 id="attached-head">"Attached so far"</h2>
                {order::list(file)}
            </section>
        }
        .into_any()
    })
}
