//! Cases under the tables, with all that lives beside the stage.

mod answering;
mod keeping;
mod telling;

use casework::case::Step;
use casework::decision::{Decision, Refused, Review, ReviewFinding};
use casework::disclosure::{Answer, Closing, Disclosure, Means, NoticeOutcome};
use casework::emergency::Span;
use casework::form::Fields;
use casework::instrument::Instrument;
use casework::policy::PolicyVersion;
use casework::reason::ReasonCode;
use casework::scope::Category;
use casework::verification::Finding;

use crate::beside::under_terms;
use crate::{Scene, anna, bruno, call, digest, line, order, prose, request_fields};

pub use answering::{foreign, narrowed, own_claim, public_post, redirected, rescued};
pub use keeping::{deleted, kept, preserved};
pub use telling::{gagged, no_longer_gagged, overruled, sustained};

/// Each of them by a name, numbered from this on.
pub fn law(first: u32) -> Vec<(&'static str, Scene)> {
    type Life = fn(u32) -> Scene;
    let lives: &[(&str, Life)] = &[
        ("preserved", preserved),
        ("deleted", deleted),
        ("gagged", gagged),
        ("lifted", no_longer_gagged),
        ("overruled", overruled),
        ("sustained", sustained),
        ("process-arrived", |count| rescued(count, true)),
        ("process-never-arrived", |count| rescued(count, false)),
        ("narrowed", narrowed),
        ("foreign", foreign),
        ("redirected", redirected),
        ("public", public_post),
        ("own-claim", own_claim),
    ];
    (first..)
        .zip(lives)
        .map(|(count, (name, live))| (*name, live(count)))
        .collect()
}

const FILE: Step = Step::File {
    policy: PolicyVersion(3),
};

/// The request of every scene, for these categories, without a demand for confidentiality.
fn asking(categories: &[Category]) -> Fields {
    let mut fields = request_fields()
        .without("categories")
        .without("confidential")
        .with("due", "2026-11-20");
    for category in categories {
        fields.push("categories", category.code());
    }
    fields
}

/// Filed, classified under the tables, and its requester confirmed.
fn filed(count: u32, instrument: Instrument, fields: Fields) -> Scene {
    let mut scene = Scene::numbered(count, "2026-11-02T19:00:00Z");
    scene
        .does(&anna(), Step::Draft { fields })
        .does(&anna(), Step::Attach(order(7, "The paper.pdf")))
        .does(&anna(), FILE)
        .does(&anna(), under_terms(instrument))
        .does(&bruno(), Step::Verify(call(Finding::Confirmed)));
    scene
}

fn approve(span: Option<(&str, &str)>) -> Step {
    Step::Decide(Decision::Approve {
        remarks: None,
        not_claiming: false,
        span: span.map(|(from, until)| Span {
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        }),
    })
}

fn refused(code: ReasonCode, reasons: &str) -> Refused {
    Refused {
        word: Some(line(code.word())),
        code,
        reasons: prose(reasons),
    }
}

fn deny(code: ReasonCode, reasons: &str) -> Step {
    Step::Decide(Decision::Deny(refused(code, reasons)))
}

fn review(reasons: &str) -> Step {
    Step::Review(Review {
        finding: ReviewFinding::Upheld,
        reasons: prose(reasons),
    })
}

impl Scene {
    /// What was granted is answered so, category by category.
    fn answers(&self, answers: &[Answer]) -> Step {
        let granted = self.case.granted().iter().copied();
        Step::Disclose(Disclosure {
            answers: granted.zip(answers.iter().copied()).collect(),
            recipient: line("D.S. Helena Marsh, Metropolitan Police of Northgate"),
            means: Means::SecureTransfer,
            sent: self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC),
            what: prose("One archive, production.zip, with one table for each category."),
            sha256: Some(digest(77)),
        })
    }

    #[track_caller]
    fn sends(&mut self, answers: &[Answer]) -> &mut Self {
        let step = self.answers(answers);
        self.does(&anna(), step)
    }

    #[track_caller]
    fn tries_to_send(&mut self, answers: &[Answer]) -> &mut Self {
        let step = self.answers(answers);
        self.tries(&anna(), step)
    }
}

fn close(notice: NoticeOutcome) -> Step {
    Step::Close(Closing {
        notice,
        gagged_until: None,
        delayed_until: (notice == NoticeOutcome::ExigentDelay)
            .then(|| jiff::civil::date(2027, 5, 31)),
        words: Some(prose("As the case shows.")),
    })
}

#[cfg(test)]
mod tests {
    use super::law;

    #[test]
    fn each_of_them_could_have_happened_and_proves_itself() {
        for (name, scene) in law(700) {
            let dossier = scene.dossier();
            assert_eq!(dossier.case, scene.case, "{name}");
            assert!(scene.case.stage().is_end(), "{name}");
        }
    }
}
