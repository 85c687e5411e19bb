//! The rules, asked again of every step; and what the steps amount to.

use casework::case::Case;
use casework::dossier::Dossier;
use casework::ledger::Entry;

use crate::checks::ledger::Proven;
use crate::report::{Findings, Verdict};
use crate::sentences::{count, sentence};

/// Replays the case: each step is taken anew by who took it, when they took it.
pub fn check(dossier: &Dossier, proven: &Proven, findings: &mut Findings) {
    let mut case = Case::new(dossier.case.id(), dossier.case.number());
    let (mut steps, mut broken) = (0, false);
    for sound in &proven.entries {
        let Entry::Step { event } = &sound.opened.entry else {
            continue;
        };
        steps += 1;
        let step = format!("step {} ({})", event.version, event.kind().code());
        match case.take(event.step.clone(), &event.by, event.at) {
            Ok(taken) if taken == *event => {}
            Ok(_) => {
                broken = true;
                findings.fails(
                    "rules",
                    Verdict::RulesBroken,
                    format!("The rules make something else of {step} than is told."),
                );
            }
            Err(refusal) => {
                broken = true;
                findings.fails(
                    "rules",
                    Verdict::RulesBroken,
                    format!(
                        "{} was sealed, but the rules refuse it to {}. What they would have said: \u{201c}{refusal}\u{201d}",
                        sentence(&step),
                        event.by.name
                    ),
                );
            }
        }
        case = case.after(event);
    }
    if !broken {
        findings.holds(
            "rules",
            format!(
                "{} replayed by the rules of the desk, and each was allowed to whom it was taken by, when it was taken.",
                count(steps, "step was", "steps were")
            ),
        );
    }
    if case == dossier.case {
        findings.holds("case", "The case as told is what its steps amount to.");
    } else {
        findings.fails(
            "case",
            Verdict::Altered,
            "The case as told (\u{201c}case\u{201d} in case.json) is not what its steps amount to.",
        );
    }
    policy(&case, dossier, proven, findings);
}

fn policy(case: &Case, dossier: &Dossier, proven: &Proven, findings: &mut Findings) {
    let published = proven.policy.as_ref().map(|sound| &sound.opened.entry);
    match (case.policy(), &dossier.policy, published) {
        (None, None, None) => findings.silent(
            "policy",
            "The case is not filed yet, so no version of the policy is pinned to it.",
        ),
        (Some(pinned), Some(told), Some(Entry::PolicyPublished { policy }))
            if policy == told && told.version == pinned =>
        {
            findings.holds(
                "policy",
                format!("The policy it is judged by is {pinned}, as the ledger published it."),
            );
        }
        _ => findings.fails(
            "policy",
            Verdict::Altered,
            "The policy as told is not the version that the case is pinned to, as the ledger published it.",
        ),
    }
}
