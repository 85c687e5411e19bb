//! The records of a case: the one it has now, and every one that was ever issued.

use casework::{case::Case, dossier::Edition, member::Duty};
use leptos::prelude::*;

use crate::{
    desk::{IssuedRow, Me, RecordsFile},
    parts::{
        Form, address, badge, case_head,
        load::{load, refuse},
        proof, time,
    },
};

/// The record as the case stands, what was issued, and issuing anew.
pub fn page() -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.records(id).await },
        |file: RecordsFile| view(&file),
    )
}

fn view(file: &RecordsFile) -> AnyView {
    let case = &file.case;
    view! {
        {case_head::head(case, "Records")}
        <div class="beside">
            <div>
                {now(case)}
            </div>
            <aside class="panel" aria-label="Issue a record">{issue(file)}</aside>
        </div>
        <section aria-labelledby="issued-head">
            <h2 id="issued-head">"Issued records"</h2>
            {issued(file)}
        </section>
    }
    .into_any()
}

fn now(case: &Case) -> AnyView {
    let draft = (!case.stage().is_end()).then(|| {
        view! { <p class="warn">"The case has not ended: its record says on every page that it is a draft."</p> }
    });
    view! {
        <p class="lead">
            "A signed PDF of the case: what was asked, decided and disclosed, with the proof of every step inside. Whoever holds it can verify it without this desk and without a network."
        </p>
        {draft}
        <p class="send">
            <a class="button primary large" href=address::record(case.id()) rel="external" download="">
                "Download the record (PDF)"
            </a>
            <a href="/verify">"Verify a record"</a>
        </p>
        <p class="hint">
            "It is issued at the first download. Later downloads are the same bytes, until the case moves on."
        </p>
    }
    .into_any()
}

fn issue(file: &RecordsFile) -> AnyView {
    let form = Form::blank();
    let case = file.case.id();
    let redact = file.me.member.role.may(Duty::ReleaseOutside).then(|| {
        view! {
            <p>
                <a href=address::redact(case)>"Make a redacted edition"</a>
                " that leaves chosen texts out, for release outside."
            </p>
        }
    });
    view! {
        <form method="post" action=address::records(case) class="step" novalidate=true>
            <h2>"Issue another"</h2>
            {form.summary()}
            {form
                .tick("enclose", "Put the orders inside")
                .hint("The attached orders travel in the PDF, each with its SHA-256.")}
            {proof::ask(&form, &file.me)}
            <p class="send"><button>"Issue a record now"</button></p>
        </form>
        {redact}
    }
    .into_any()
}

fn issued(file: &RecordsFile) -> AnyView {
    if file.issued.is_empty() {
        return view! { <p class="none">"No record was issued of this case yet."</p> }.into_any();
    }
    let rows: Vec<_> = file
        .issued
        .iter()
        .map(|one| row(&file.case, &file.me, one))
        .collect();
    view! {
        <div class="wide">
            <table class="issued">
                <caption>"Newest first. The bytes of each are kept; a download gives just these."</caption>
                <thead>
                    <tr>
                        <th scope="col">"Edition"</th>
                        <th scope="col">"Tells of"</th>
                        <th scope="col">"Issued"</th>
                        <th scope="col">"SHA-256"</th>
                        <th scope="col">"File"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(case: &Case, me: &Me, one: &IssuedRow) -> AnyView {
    let by = one.by.as_ref().map_or_else(
        || "the desk".to_owned(),
        |name| format!("by {}", name.as_str()),
    );
    let stands = if one.version == case.version() {
        view! { <span class="under">"as the case stands"</span> }.into_any()
    } else {
        view! { <span class="under warn">"the case has moved on since"</span> }.into_any()
    };
    let left_out = (one.edition == Edition::Redacted
        && me.member.role.may(Duty::ReleaseOutside))
    .then(|| {
        view! { <a class="under" href=address::left_out(case.id(), &one.sha256)>"What it leaves out"</a> }
    });
    let name = format!(
        "Download the {} issued at {}",
        one.edition.word().to_lowercase(),
        one.at
    );
    view! {
        <tr>
            <th scope="row">
                {one.edition.word()}
                {inside(one).map(|inside| view! { <span class="under">{inside}</span> })}
            </th>
            <td data-label="Tells of">
                {format!("version {}", one.version)} " " {stands}
                " " <span class="under">{format!("ledger of {} leaves", one.under)}</span>
            </td>
            <td data-label="Issued">{time::moment(one.at)} " " <span class="under">{by}</span></td>
            <td data-label="SHA-256">{badge::digest(&one.sha256)}</td>
            <td data-label="File">
                <a href=address::issued(case.id(), &one.sha256) rel="external" download="" aria-label=name>"Download"</a>
                " " <span class="under">{badge::size(one.size)}</span> " " {left_out}
            </td>
        </tr>
    }
    .into_any()
}

/// What is in the file beside the case, and what is not.
fn inside(one: &IssuedRow) -> Option<String> {
    let orders = one.enclosed.then(|| "orders inside".to_owned());
    let texts = match one.left_out {
        0 => None,
        1 => Some("1 text left out".to_owned()),
        many => Some(format!("{many} texts left out")),
    };
    let both: Vec<String> = orders.into_iter().chain(texts).collect();
    (!both.is_empty()).then(|| both.join(", "))
}
