//! The head of the ledger: what it is held to, who watches it from outside, and how anyone can.

use casework::member::{Duty, Role};
use jiff::{Timestamp, ToSpan};
use leptos::prelude::*;

use crate::{
    desk::{LedgerPage, Watch, WitnessRow},
    parts::{Form, badge, time},
};

/// Everything above the leaves.
pub fn head(page: &LedgerPage, role: Role, now: Timestamp) -> AnyView {
    let watch = &page.watch;
    view! {
        <section class="panel ledger-head" aria-label="Head of the ledger">
            <div class="columns">
                <dl class="facts">
                    <div><dt>"Leaves"</dt><dd>{page.size.to_string()}</dd></div>
                    <div><dt>"Root"</dt><dd>{badge::hex(&page.root)}</dd></div>
                    <div><dt>"Last checkpoint"</dt><dd>{last(watch.last, now)}</dd></div>
                </dl>
                <dl class="facts">
                    <div><dt>"Origin"</dt><dd>{watch.origin.clone()}</dd></div>
                    <div><dt>"Ledger key"</dt><dd>{badge::key(&watch.key)}</dd></div>
                </dl>
            </div>
            {watched(watch, role, now)}
            {keeping(watch)}
            {seal(watch, now)}
        </section>
    }
    .into_any()
}

/// A checkpoint by its size and moment.
fn last(last: Option<(u64, Timestamp)>, now: Timestamp) -> AnyView {
    match last {
        Some((size, at)) => view! {
            {format!("{size} leaves, ")} {time::moment(at)} {format!(" ({})", time::since(at, now))}
        }
        .into_any(),
        None => "none yet".into_any(),
    }
}

fn watched(watch: &Watch, role: Role, now: Timestamp) -> AnyView {
    let way = role.may(Duty::Administer).then(|| {
        view! { <p><a href="/witnesses">"Name a witness"</a></p> }
    });
    let open = if watch.open {
        "The ledger's leaves and hashes are served to everybody at /log."
    } else {
        "The ledger is not served to the public."
    };
    let who = if watch.witnesses.is_empty() {
        view! {
            <p class="warn">
                "Nobody watches this ledger from outside. Whoever holds the database and the key could replace the whole of it, and only records and checkpoints that left the desk before would tell."
            </p>
        }
        .into_any()
    } else {
        witnesses(&watch.witnesses, now)
    };
    view! {
        <h2>"Watched from outside"</h2>
        {who}
        <p>{open}</p>
        {way}
    }
    .into_any()
}

/// The witnesses with what each saw last.
pub fn witnesses(rows: &[WitnessRow], now: Timestamp) -> AnyView {
    let each = rows.iter().map(|row| {
        let saw = match row.last {
            None => "has cosigned nothing yet".into_any(),
            seen => view! { "last cosigned " {last(seen, now)} }.into_any(),
        };
        view! { <li><strong>{row.name.clone()}</strong> " " {saw} <br/> {badge::key(&row.key)}</li> }
    });
    view! { <ul class="witnesses">{each.collect_view()}</ul> }.into_any()
}

/// How a reader holds the ledger to what it said: a checkpoint kept, a proof asked for later.
fn keeping(watch: &Watch) -> AnyView {
    let verify = format!(
        "disclosure-desk verify record.pdf --key '{}' --checkpoint kept.txt",
        watch.key
    );
    let form = Form::blank();
    let from = form
        .line("from", "Size of the checkpoint you kept")
        .hint("The number on its second line.");
    let to = form
        .line("to", "Size that the record tells")
        .optional()
        .hint("In its foot. Without it, the proof leads to the last checkpoint.");
    let open = form.blames(|_| true);
    view! {
        <details open=open>
            <summary>"Keep a checkpoint yourself, and hold the desk to it"</summary>
            <p>
                <a href="/ledger/checkpoint" rel="external" download="">"Download the checkpoint"</a>
                " and keep it elsewhere. While you hold it, no leaf under it can be changed, left out or replaced without it being found."
            </p>
            <p>
                "Any record is held to it on the " <a href="/verify">"verifying page"</a>
                ", or without this desk by"
            </p>
            <p><code class="command">{verify}</code></p>
            <p>
                "A record that was issued later than your checkpoint, or before it, is connected with it by a proof. Give it to the verifier beside the checkpoint."
            </p>
            <form method="get" action="/ledger/consistency">
                {form.summary()}
                {from}
                {to}
                <p><button>"Download the proof"</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn seal(watch: &Watch, now: Timestamp) -> AnyView {
    let ends = watch.certificate_ends;
    let soon = now
        .checked_add((30 * 24).hours())
        .is_ok_and(|soon| ends < soon);
    let ends = if soon {
        view! { <strong class="warn">{time::moment(ends)} ", " {time::until(ends, now)}</strong> }
            .into_any()
    } else {
        time::moment(ends)
    };
    let stamped = if watch.timestamps {
        "A timestamp authority outside says when each record was sealed."
    } else {
        "No timestamp authority is named: when a record was sealed, the desk alone says."
    };
    view! {
        <details>
            <summary>"The seal of records"</summary>
            <dl class="facts">
                <div><dt>"Sealed by"</dt><dd>{watch.sealed_by.clone()}</dd></div>
                <div><dt>"Certificate, SHA-256"</dt><dd>{badge::digest(&watch.certificate)}</dd></div>
                <div><dt>"Valid until"</dt><dd>{ends}</dd></div>
                <div><dt>"Timestamps"</dt><dd>{stamped}</dd></div>
            </dl>
        </details>
    }
    .into_any()
}
