//! What one redacted record leaves out, and showing some of it to somebody who holds the record.

use casework::order::Digest;
use leptos::prelude::*;

use crate::{
    desk::TextsFile,
    parts::{
        Form, address, badge, case_head,
        load::{load, refuse},
        proof, texts,
    },
};

/// The texts that this record leaves out.
pub fn page() -> AnyView {
    let here = address::case_here().and_then(|id| Ok((id, address::record_here()?)));
    let (id, record) = match here {
        Ok(here) => here,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { Ok((record, desk.left_out(id, record).await?)) },
        |(record, file): (Digest, TextsFile)| view(&record, &file),
    )
}

fn view(record: &Digest, file: &TextsFile) -> AnyView {
    let form = Form::blank();
    let at = address::left_out(file.case.id(), record);
    view! {
        {case_head::head(&file.case, "What a record leaves out")}
        <p class="lead">
            "Tick what somebody who holds this record shall see. They get a file with these texts and their salts; held against the record, it shows that just these texts were sealed and left out. That you showed them is told in the ledger."
        </p>
        <dl class="facts">
            <div><dt>"Record"</dt><dd>{badge::digest(record)}</dd></div>
        </dl>
        <form method="post" action=at class="step redact" novalidate=true>
            {form.summary()}
            {texts::choose(&form, &file.texts, "show", None)}
            {proof::ask(&form, &file.me)}
            <p class="send">
                <button class="primary">"Download the ticked texts (JSON)"</button>
                <a href=address::records(file.case.id())>"Back to the records"</a>
            </p>
        </form>
        <p class="hint">
            "They verify it with " <code>"disclosure-desk verify record.pdf --opening unmasking.json"</code> "."
        </p>
    }
    .into_any()
}
