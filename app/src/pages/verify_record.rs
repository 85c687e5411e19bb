//! Verifying a record: for whoever holds one, signed in or not.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::Title;

use crate::{
    islands::{RecordCheck, check::PROMISED},
    shell::Assets,
};

/// What a verdict means and what a command ends with.
const ANSWERS: [(u8, &str, &str); 8] = [
    (
        0,
        "Intact",
        "It is what was sealed, byte for byte, and a key that you gave vouches for it.",
    ),
    (1, "Altered", "Something in it is not as it was sealed."),
    (2, "Unreadable", "It is not a record, or it cannot be read."),
    (
        3,
        "Signature unknown",
        "It holds in itself; no key that you gave vouches for it. Give the ledger key of the company.",
    ),
    (
        4,
        "Older",
        "You hold a checkpoint that is newer, and nothing shows that it continues this record's ledger. Ask for a newer record.",
    ),
    (
        5,
        "Diverged",
        "The ledger was another when you kept your checkpoint: its history was rewritten.",
    ),
    (
        6,
        "Rules broken",
        "It is signed, but tells a step that the rules refuse.",
    ),
    (
        7,
        "Not connected",
        "Nothing shows that this record's ledger continues the checkpoint that you hold. Ask for a proof of consistency.",
    ),
];

/// The place to drop a record, and the same by the command line.
pub fn page() -> AnyView {
    view! {
        <Title text="Verify a record · Disclosure Desk"/>
        {checker()}
        <header class="page-head">
            <h1>"Verify a record"</h1>
            <p class="lead with-script">
                "Your browser checks the record, by itself: nothing you choose here leaves your machine. Once this page is open you may unplug the network."
            </p>
        </header>
        <div class="beside verifying">
            <div>
                <RecordCheck/>
                // The style sheet shows it where no script may run.
                <p class="notice no-script">
                    "Checking inside the page needs JavaScript. Without it, use the command line."
                </p>
            </div>
            <aside>{answers()} {command()}</aside>
        </div>
    }
    .into_any()
}

/// Loads the checker as soon as the page opens. A script of the page and not of the island: only
/// here are the hashed names known.
fn checker() -> Option<AnyView> {
    let assets: Assets = use_context()?;
    let (js, wasm) = assets.checker()?;
    // `{:?}` of a Rust string is not always a JavaScript string; these are hashed file names.
    let script = format!(
        "window[{PROMISED:?}]=import({js:?}).then(async module=>{{\
           await module.default({{module_or_path:{wasm:?}}});\
           return module.check;\
         }});"
    );
    Some(view! { <script nonce=use_nonce() inner_html=script></script> }.into_any())
}

fn answers() -> AnyView {
    let rows = ANSWERS.map(|(code, word, means)| {
        view! {
            <div>
                <dt>{word} <span class="under">{format!("exit code {code}")}</span></dt>
                <dd>{means}</dd>
            </div>
        }
    });
    view! {
        <section aria-labelledby="answers-head">
            <h2 id="answers-head">"What it answers"</h2>
            <dl class="facts answers">{rows.into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn command() -> AnyView {
    view! {
        <section aria-labelledby="command-head">
            <h2 id="command-head">"By the command line"</h2>
            <p>"The program of the desk verifies as well, on any machine and without a network:"</p>
            <p><code class="command">"disclosure-desk verify record.pdf --key 'name+number+key'"</code></p>
            <dl class="facts">
                <div><dt><code>"--checkpoint"</code></dt><dd>"a checkpoint or an older record that you kept"</dd></div>
                <div><dt><code>"--consistency"</code></dt><dd>"a proof that one checkpoint continues another"</dd></div>
                <div><dt><code>"--opening"</code></dt><dd>"texts of a redacted record that were shown to you"</dd></div>
                <div><dt><code>"--json"</code></dt><dd>"the same answer for programs"</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use verifier::Verdict;

    use super::*;

    #[test]
    fn every_verdict_is_explained_under_its_code() {
        let all = [
            Verdict::Intact,
            Verdict::Altered,
            Verdict::Unreadable,
            Verdict::SignatureUnknown,
            Verdict::Older,
            Verdict::Diverged,
            Verdict::RulesBroken,
            Verdict::NotConnected,
        ];
        for ((code, word, _), verdict) in ANSWERS.iter().zip(all) {
            assert_eq!(*code, verdict.code());
            let word = word.to_lowercase().replace(' ', "-");
            assert_eq!(word, verdict.word());
        }
    }
}
