//! What was decided, verified, reviewed and disclosed: each act with who, when and why.

use casework::{
    decision::{Decision, Refused, Review},
    disclosure::{Closing, Disclosure},
    emergency::Span,
    member::Signed,
    scope::Category,
    verification::Verification,
};
use leptos::prelude::*;

use crate::parts::{badge, time};

/// A manager's decision.
pub fn decision(signed: &Signed<Decision>, standing: bool) -> AnyView {
    let body = match &signed.what {
        Decision::Approve { remarks, span, .. } => {
            view! { {days(span.as_ref())} {words(remarks.as_ref())} }.into_any()
        }
        Decision::ApproveInPart {
            granted,
            refused,
            remarks,
            span,
            ..
        } => {
            let granted = granted
                .iter()
                .map(|category| view! { <li>{category.word()}</li> }.into_any());
            let refused = refused
                .iter()
                .map(|(category, why)| refused_one(*category, why));
            view! {
                {days(span.as_ref())}
                <h4>"Granted"</h4>
                <ul>{granted.collect_view()}</ul>
                <h4>"Refused"</h4>
                <ul>{refused.collect_view()}</ul>
                {words(remarks.as_ref())}
            }
            .into_any()
        }
        Decision::Deny(refused) => view! {
            <p class="reason-code">{refused.says().to_owned()}</p>
            <blockquote>{refused.reasons.to_string()}</blockquote>
        }
        .into_any(),
        Decision::Return { needs } => {
            view! { <blockquote>{needs.to_string()}</blockquote> }.into_any()
        }
    };
    let told = match signed.what.verdict() {
        casework::decision::Verdict::Approve => "Approved",
        casework::decision::Verdict::ApproveInPart => "Approved in part",
        casework::decision::Verdict::Deny => "Denied",
        casework::decision::Verdict::Return => "Returned for information",
    };
    act(told, (!standing).then_some("earlier"), signed, body)
}

/// A test of the requester's identity.
pub fn verification(signed: &Signed<Verification>) -> AnyView {
    let what = &signed.what;
    let body = view! {
        <dl class="facts">
            <div><dt>"How"</dt><dd>{what.method.word()}</dd></div>
            <div><dt>"Contact used"</dt><dd>{what.contact.to_string()}</dd></div>
            <div><dt>"Found in"</dt><dd>{what.source.to_string()}</dd></div>
            <div><dt>"Who answered"</dt><dd>{what.answered_by.to_string()}</dd></div>
            <div><dt>"When"</dt><dd>{time::zoned(&what.at)}</dd></div>
        </dl>
        {words(what.remarks.as_ref())}
    }
    .into_any();
    let told = match what.finding {
        casework::verification::Finding::Confirmed => "Requester confirmed",
        casework::verification::Finding::NotConfirmed => "Requester not confirmed",
    };
    act(told, None, signed, body)
}

/// A second manager's review.
pub fn review(signed: &Signed<Review>) -> AnyView {
    let body = view! { <blockquote>{signed.what.reasons.to_string()}</blockquote> }.into_any();
    act(signed.what.finding.word(), None, signed, body)
}

/// What left the house.
pub fn disclosure(signed: &Signed<Disclosure>) -> AnyView {
    let what = &signed.what;
    let answers = what.answers.iter().map(|(category, answer)| {
        view! { <div><dt>{category.word()}</dt><dd>{answer.word()}</dd></div> }
    });
    let sha256 = what.sha256.as_ref().map(|sha256| {
        view! { <div><dt>"SHA-256 of what was sent"</dt><dd>{badge::digest(sha256)}</dd></div> }
    });
    let body = view! {
        <dl class="facts">
            {answers.collect_view()}
            <div><dt>"Recipient"</dt><dd>{what.recipient.to_string()}</dd></div>
            <div><dt>"Means"</dt><dd>{what.means.word()}</dd></div>
            <div><dt>"Sent"</dt><dd>{time::zoned(&what.sent)}</dd></div>
            {sha256}
        </dl>
        <blockquote>{what.what.to_string()}</blockquote>
    }
    .into_any();
    let told = if what.produced().next().is_some() {
        "Disclosed"
    } else {
        "Answered; nothing produced"
    };
    act(told, None, signed, body)
}

/// How a case was closed.
pub fn closing(signed: &Signed<Closing>) -> AnyView {
    let until = signed
        .what
        .gagged_until
        .map(|day| view! { <p>"Until " {time::day(day)} "."</p> });
    let body = view! {
        <p>"The subject: " {signed.what.notice.word()} "."</p>
        {until}
        {words(signed.what.words.as_ref())}
    }
    .into_any();
    act("Closed", None, signed, body)
}

/// Words that stand alone: why a case was withdrawn or reopened.
pub fn said(told: &'static str, signed: &Signed<casework::case::Said>) -> AnyView {
    act(
        told,
        None,
        signed,
        view! { <blockquote>{signed.what.reasons.to_string()}</blockquote> }.into_any(),
    )
}

fn act<T>(
    told: &'static str,
    mark: Option<&'static str>,
    signed: &Signed<T>,
    body: AnyView,
) -> AnyView {
    view! {
        <article class="act" data-mark=mark>
            <h3>{told} {mark.map(|mark| view! { " " <span class="mark">{mark}</span> })}</h3>
            <p class="signed">
                {signed.by.name.to_string()} ", " {signed.by.role.word()} ", " {time::moment(signed.at)}
            </p>
            {body}
        </article>
    }
    .into_any()
}

fn words(remarks: Option<&casework::words::Prose>) -> AnyView {
    remarks
        .map(|remarks| view! { <blockquote>{remarks.to_string()}</blockquote> })
        .into_any()
}

/// The days of data that an emergency release covers.
fn days(span: Option<&Span>) -> Option<AnyView> {
    span.map(|span| {
        view! { <p>"Data of " {time::day(span.from)} " to " {time::day(span.until)} " only."</p> }
            .into_any()
    })
}

fn refused_one(category: Category, why: &Refused) -> AnyView {
    view! {
        <li>
            {category.word()} ": " {why.says().to_owned()} ". " <q>{why.reasons.to_string()}</q>
        </li>
    }
    .into_any()
}
