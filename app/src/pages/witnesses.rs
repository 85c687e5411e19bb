//! Who watches the ledger from outside, and whether everybody may.

use casework::form::Fields;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, Watch, WitnessRow},
    parts::{Form, address, badge, load::load, proof, time},
};

/// The witnesses, and the form that names and dismisses them and opens the ledger.
pub fn page() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.watch().await?, desk.now())) },
        |(me, watch, now): (Me, Watch, Timestamp)| {
            view! {
                <Title text="Witnesses · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Witnesses"</h1>
                    <p>
                        "A witness is a program of somebody else. It keeps what it saw of this ledger and cosigns a checkpoint only if nothing that it saw before was changed."
                    </p>
                </header>
                {list(&watch, now)}
                {changes(&me, &watch)}
                {running(&watch)}
            }
            .into_any()
        },
    )
}

fn list(watch: &Watch, now: Timestamp) -> AnyView {
    if watch.witnesses.is_empty() {
        return view! { <p class="warn">"Nobody watches this ledger from outside."</p> }.into_any();
    }
    let rows = watch.witnesses.iter().map(|row| witness(row, now));
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"Witnesses of this ledger"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Key"</th>
                        <th scope="col">"Cosigned last"</th>
                        <th scope="col"><span class="unseen">"Dismiss"</span></th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn witness(row: &WitnessRow, now: Timestamp) -> AnyView {
    let last = row.last.map_or_else(
        || "nothing yet".into_any(),
        |(size, at)| {
            view! {
                {format!("{size} leaves")}
                " " <span class="under">{time::moment(at)} {format!(", {}", time::since(at, now))}</span>
            }
            .into_any()
        },
    );
    // The key goes into the form below, where dismissing is confirmed.
    let dismiss = format!("/witnesses?key={}#f-key", address::encoded(&row.key));
    view! {
        <tr>
            <th scope="row">{row.name.clone()}</th>
            <td data-label="Key">{badge::key(&row.key)}</td>
            <td data-label="Cosigned last">{last}</td>
            <td><a href=dismiss class="quiet" aria-label=format!("Dismiss {}", row.name)>"Dismiss"</a></td>
        </tr>
    }
    .into_any()
}

/// One form, so that the password is asked once; each button sends what it stands under.
fn changes(me: &Me, watch: &Watch) -> AnyView {
    let form = Form::filled(Fields::new().with("key", address::query().get("key")));
    let dismiss = (!watch.witnesses.is_empty())
        .then(|| view! { <button name="do" value="dismiss">"Dismiss this witness"</button> });
    let title = if watch.witnesses.is_empty() {
        "Name a witness"
    } else {
        "Name or dismiss a witness"
    };
    view! {
        <form method="post" action="/witnesses" class="step" novalidate=true>
            {form.summary()}
            {proof::ask(&form, me)}
            <fieldset class="section">
                <legend><h2>{title}</h2></legend>
                {form
                    .line("key", "Key of the witness")
                    .hint("As the witness prints it when it starts: name+number+key. The desk takes cosignatures of named witnesses only.")}
                <p class="send"><button name="do" value="name" class="primary">"Name the witness"</button> {dismiss}</p>
            </fieldset>
            {publicly(watch)}
        </form>
    }
    .into_any()
}

fn publicly(watch: &Watch) -> AnyView {
    let (says, does, word) = if watch.open {
        (
            "The ledger is served to everybody now, at /log. A witness reads it there.",
            "shut",
            "Stop serving the ledger",
        )
    } else {
        (
            "The ledger is not served now. A witness reads it at /log, so it can only watch once the ledger is served.",
            "open",
            "Serve the ledger to everybody",
        )
    };
    view! {
        <fieldset class="section">
            <legend><h2>"Serve the ledger to everybody"</h2></legend>
            <p>{says}</p>
            <p>"Everybody can then see:"</p>
            <ul>
                <li>"checkpoints: the ledger's size, its root and the signatures;"</li>
                <li>"hashes of the tree;"</li>
                <li>
                    "leaves: when something was done, which action it was (" <code>"case.decide"</code>
                    "), the random ids of the member and of the case, and a salted hash of what was told. So they can count cases and see at what times the desk works."
                </li>
            </ul>
            <p>"Nobody can see names, case numbers or any text: they are not in a leaf, and cannot be got from its hash."</p>
            <p class="send"><button name="do" value=does>{word}</button></p>
        </fieldset>
    }
    .into_any()
}

fn running(watch: &Watch) -> AnyView {
    let command = format!(
        "disclosure-desk witness --desk https://desk.example/log --key '{}' --data witness",
        watch.key
    );
    view! {
        <section aria-labelledby="running-head">
            <h2 id="running-head">"How to run a witness"</h2>
            <p>
                "On a machine that nobody of this desk administers, with this desk's own address in place of desk.example:"
            </p>
            <p><code class="command">{command}</code></p>
            <p>
                "It prints its key, which you name above, and then asks for each new checkpoint. What it has seen it keeps in the folder; if the ledger ever contradicts that, it says so and cosigns nothing."
            </p>
        </section>
    }
    .into_any()
}
