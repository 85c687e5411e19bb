//! The ground a case stands on, with the clause it relies on beside the answers.

use casework::gate::questions::Kind;
use leptos::prelude::*;

use crate::{desk::CaseFile, parts::time};

/// Ground, instrument, reach and answers; the clause of the policy version in force on the day
/// of receipt beside them.
pub fn view(file: &CaseFile) -> AnyView {
    let Some(classification) = file.case.classification() else {
        return view! { <p class="none">"The case is not classified yet."</p> }.into_any();
    };
    let (brief, long): (Vec<_>, Vec<_>) = classification
        .asked()
        .partition(|(question, _)| question.kind != Kind::Prose);
    let brief = brief.into_iter().map(|(question, answer)| {
        let answer = match answer {
            Some("yes") if question.kind != Kind::Line => "Yes".to_owned(),
            Some("no") if question.kind != Kind::Line => "No".to_owned(),
            Some(answer) => answer.to_owned(),
            None => "\u{2014}".to_owned(),
        };
        view! { <div><dt>{question.asks}</dt><dd>{answer}</dd></div> }
    });
    let long = long.into_iter().filter_map(|(question, answer)| {
        let answer = answer?.to_owned();
        Some(view! { <h3>{question.asks}</h3><blockquote>{answer}</blockquote> })
    });
    let ordered = (!classification.ordered.is_empty()).then(|| {
        let words: Vec<_> = classification
            .ordered
            .iter()
            .map(|category| category.word())
            .collect();
        view! { <div><dt>"Categories it names"</dt><dd>{words.join("; ")}</dd></div> }
    });
    view! {
        <div class="beside">
            <div>
                <p class="lead">
                    <strong>{classification.ground.word()}</strong> ", " {classification.instrument.word()} ". "
                    {classification.terms().ceiling.reach()}
                </p>
                {long.collect_view()}
                <dl class="facts">{brief.collect_view()} {ordered}</dl>
            </div>
            {clause(file)}
        </div>
    }
    .into_any()
}

fn clause(file: &CaseFile) -> Option<AnyView> {
    let ground = file.case.ground()?;
    let policy = file.policy.as_ref()?;
    Some(
        view! {
            <aside class="clause" aria-label="The clause relied on">
                <h3>"The clause relied on"</h3>
                <blockquote>{policy.clauses.of(ground).to_string()}</blockquote>
                <p class="hint">
                    "Policy " {policy.version.to_string()} ", in force from " {time::day(policy.in_force_from)}
                </p>
            </aside>
        }
        .into_any(),
    )
}
