//! What about a request deserves a second look: counted in sight, each explained on asking.

use casework::{
    directory::Known,
    signals::{Bond, Signal},
};
use leptos::prelude::*;

use crate::{desk::CaseFile, parts::address};

/// The panel of a case: how many, then each with what was compared, why it may matter, what to do.
/// It stands there too when there is none, so that its absence is no answer.
pub fn panel(file: &CaseFile) -> AnyView {
    let count = file.signals.len();
    let head = match count {
        0 => "No signals".to_owned(),
        1 => "1 signal".to_owned(),
        count => format!("{count} signals"),
    };
    let said = if count == 0 {
        "Nothing that the desk compares stands out. That proves nothing: the requester is verified all the same."
    } else {
        "Signals are no verdicts. Real requests have them, and forged ones may have none."
    };
    view! {
        <section id="signals" class="signals" aria-labelledby="signals-head" data-count=count.to_string()>
            <h2 id="signals-head">{head}</h2>
            <p class="hint">{said}</p>
            <ul>{file.signals.iter().map(one).collect_view()}</ul>
            {requester(file)}
        </section>
    }
    .into_any()
}

fn one(signal: &Signal) -> AnyView {
    let cases = signal.cases.iter().map(|(id, number)| {
        view! { " " <a href=address::case(*id)>{number.to_string()}</a> }
    });
    let cases =
        (!signal.cases.is_empty()).then(|| view! { <p>"Look at" {cases.collect_view()} "."</p> });
    view! {
        <li data-signal=signal.kind.code()>
            <details>
                <summary><span class="signal-kind">{signal.kind.word()}</span> " " {signal.says.clone()}</summary>
                <p>{signal.because.clone()}</p>
                <p>{signal.kind.matters()}</p>
                <p><strong>{signal.kind.advice()}</strong></p>
                {cases}
            </details>
        </li>
    }
    .into_any()
}

/// The directory's entry, or the way to make one.
fn requester(file: &CaseFile) -> Option<AnyView> {
    let may_keep = file
        .me
        .member
        .role
        .may(casework::member::Duty::KeepDirectory);
    if let Some((known, bond)) = &file.authority {
        return Some(entry(known, *bond));
    }
    let typed = file.case.fields();
    let theirs = !typed.get("authority").trim().is_empty()
        && typed.get("requester_kind") != casework::request::RequesterKind::OurCompany.code();
    (theirs && may_keep).then(|| {
        let href = format!("/requesters/new?case={}", file.case.id());
        view! {
            <p>
                "This requester is not linked to the directory. "
                <a href=href>"Add to the directory"</a>
            </p>
        }
        .into_any()
    })
}

fn entry(known: &Known, bond: Bond) -> AnyView {
    let link = view! { <a href=address::requester(known.authority.id)>{known.authority.name.to_string()}</a> };
    match bond {
        Bond::Linked => view! { <p>"In the directory: " {link} "."</p> }.into_any(),
        Bond::Guessed => view! {
            <p>"Not linked to the directory. By name or domain it may be " {link} "."</p>
        }
        .into_any(),
    }
}
