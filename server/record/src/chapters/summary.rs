//! The first page: what a judge can read in one minute.

use casework::case::Case;
use casework::clock;
use casework::decision::Decision;
use casework::disclosure::{NoticeOutcome, Outcome};
use casework::dossier::Edition;
use casework::scope::Category;
use casework::verification::Finding;

use super::beside::{self, kept};
use super::phrases::{brief, counted, known, last, local, member, moment, words};
use super::{Story, decisions};
use crate::plain::LEFT_OUT;
use crate::setting::{Cell, Compositor};
use crate::sheet::Tags;

pub(super) fn set(page: &mut Compositor<'_>, story: &Story<'_>, title: &str) {
    let case = story.case;
    page.title(title);
    page.remark(
        Tags::ROOT,
        &format!(
            "{} · as of {} · {}",
            story.dossier.edition,
            moment(story.dossier.as_of),
            story.dossier.organisation,
        ),
    );
    if story.dossier.edition == Edition::Redacted {
        let texts = counted(story.dossier.masked.len(), "text is", "texts are");
        page.strong(
            Tags::ROOT,
            &format!(
                "This is a redacted edition: {texts} left out, and {LEFT_OUT} stands in place of each. \
                 Each is committed to by a salted hash in the ledger, by which it can be proven later."
            ),
        );
    }
    let section = page.section("Summary");
    page.strong(section, &headline(case));
    let mut facts: Vec<(&str, Cell)> = Vec::new();
    let mut say =
        |name, said: Option<String>| facts.extend(said.map(|said| (name, Cell::text(said))));
    say("Who asked", who(case));
    say(
        "Received",
        case.request()
            .map(|request| format!("{}; channel: {}", local(&request.received), request.channel)),
    );
    say(
        "For which data",
        case.request().map(|request| list(&request.categories)),
    );
    say("About whom", about(case));
    say("Ground", ground(case));
    say("Clause relied on", clause(story));
    say("Requester verified", verified(case));
    say("Who decided", Some(decided(case)));
    say("Days of data released", released(case));
    say("What left the house", Some(left(case)));
    say("To whom, how, when", sent(case));
    say("Formal process", process(case));
    say("Data kept", case.beside().holds.last().map(kept::in_a_line));
    say("Nondisclosure order", forbidden(case));
    say("Was the subject told", Some(brief(&told(case), 320)));
    say("Objections", objected(case));
    say("State of the case", Some(state(case)));
    page.facts(section, "The case in brief", &facts);
    document(page, story);
}

/// What this document is, and what vouches for it.
fn document(page: &mut Compositor<'_>, story: &Story<'_>) {
    let section = page.section("This document");
    let checkpoint = story.dossier.ledger.checkpoint.checkpoint();
    let mut facts = vec![("Edition", Cell::text(edition(story)))];
    match story.job.sealer {
        Some(sealer) => {
            let time = if sealer.timestamped {
                "; an authority's timestamp attests when"
            } else {
                ""
            };
            facts.push((
                "Seal",
                Cell::text(format!("Sealed electronically by {}{time}", sealer.name)),
            ));
            facts.push((
                "SHA-256 of its certificate",
                Cell::code(sealer.fingerprint.to_string()),
            ));
        }
        None => facts.push((
            "Seal",
            Cell::text("None: this copy carries no electronic seal"),
        )),
    }
    facts.push((
        "Ledger",
        Cell::text(format!(
            "{}, {} entries; its root stands at the foot of each page",
            checkpoint.origin, checkpoint.size
        )),
    ));
    facts.push((
        "How to check it",
        Cell::text(if story.job.sealer.is_some() {
            "A PDF reader that checks signatures shows the seal; “disclosure-desk verify” checks the \
             seal, the evidence and the rules. The last chapter says how."
        } else {
            "“disclosure-desk verify” checks the evidence and the rules. The last chapter says how."
        }),
    ));
    page.facts(section, "What this document is", &facts);
}

fn edition(story: &Story<'_>) -> String {
    match story.dossier.edition {
        Edition::Full => "Full: nothing is left out".into(),
        Edition::Redacted => format!(
            "Redacted: {} left out; the chapter “What is left out” lists their salted hashes, by \
             which a text shown later is proven",
            counted(story.dossier.masked.len(), "text", "texts")
        ),
    }
}

fn headline(case: &Case) -> String {
    match case.outcome() {
        Outcome::Pending => format!(
            "No answer has been given yet: the case is {}.",
            case.stage().in_sentence()
        ),
        Outcome::ProducedInFull => "All of the data asked for was produced.".into(),
        Outcome::ProducedInPart => "Part of the data asked for was produced.".into(),
        Outcome::NoDataFound => "The request was answered; no data was produced.".into(),
        Outcome::Rejected => "The request was rejected. Nothing was disclosed.".into(),
        Outcome::Withdrawn if case.produced().is_empty() => {
            "The request was withdrawn. Nothing was disclosed.".into()
        }
        Outcome::Withdrawn => "The request was withdrawn after data had been produced.".into(),
        Outcome::PreservedOnly => "Data is kept as asked. Nothing was disclosed.".into(),
        Outcome::RedirectedToController => {
            "The requester was referred to the company's client. Nothing was disclosed.".into()
        }
    }
}

fn who(case: &Case) -> Option<String> {
    let requester = &case.request()?.requester;
    let person = known([
        Some(requester.person.to_string()),
        words(requester.title.as_ref()),
    ]);
    let office = known([
        Some(requester.authority.to_string()),
        words(requester.unit.as_ref()),
        Some(requester.country.to_string()),
    ]);
    let reference = requester
        .reference
        .as_ref()
        .map_or_else(String::new, |reference| {
            format!("; their reference {reference}")
        });
    Some(format!(
        "{person}\n{office} ({}){reference}",
        requester.kind
    ))
}

fn about(case: &Case) -> Option<String> {
    let request = case.request()?;
    let about: Vec<String> = request
        .identifiers
        .iter()
        .take(3)
        .map(|identifier| format!("{} {}", identifier.kind, identifier.value))
        .collect();
    let more = match request.identifiers.len() {
        0..=3 => String::new(),
        all => format!("\nand {} more", all - 3),
    };
    Some(format!("{}{more}", about.join("\n")))
}

fn ground(case: &Case) -> Option<String> {
    let classification = case.classification()?;
    let paper = known([
        Some(classification.instrument.to_string()),
        classification
            .answer("issuing_authority")
            .map(str::to_owned),
        classification.answer("order_reference").map(str::to_owned),
    ]);
    Some(format!("{}: {paper}", classification.ground))
}

fn clause(story: &Story<'_>) -> Option<String> {
    let policy = story.dossier.policy.as_ref()?;
    let clause = policy.clauses.of(story.case.ground()?);
    Some(format!(
        "“{}”\nPolicy {}, in force from {}",
        brief(clause.as_str(), 320),
        policy.version,
        policy.in_force_from
    ))
}

fn verified(case: &Case) -> Option<String> {
    // The last word counts, as it does at the gate.
    let Some(last) = case.verifications().last() else {
        return case.filed().map(|_| "No".into());
    };
    let yes = if last.what.finding == Finding::Confirmed {
        "Yes"
    } else {
        "Not confirmed"
    };
    Some(format!(
        "{yes}: {}, {}, by {}",
        last.what.method,
        local(&last.what.at),
        member(&last.by)
    ))
}

fn decided(case: &Case) -> String {
    let decisions = case.decisions().iter().map(|decision| {
        let verdict = match &decision.what {
            Decision::Approve { .. } => "Approved",
            Decision::ApproveInPart { .. } => "Approved in part",
            Decision::Deny(_) => "Denied",
            Decision::Return { .. } => "Returned for information",
        };
        format!(
            "{verdict} by {}, {}",
            member(&decision.by),
            moment(decision.at)
        )
    });
    let reviews = case.reviews().iter().map(|review| {
        format!(
            "{}; {}, {}",
            decisions::agreed(case, review.what.finding),
            member(&review.by),
            moment(review.at)
        )
    });
    let mut lines: Vec<String> = decisions.chain(reviews).collect();
    if case.awaits_review() {
        lines.push(decisions::awaited(case).into());
    }
    if lines.is_empty() {
        "Nobody yet".into()
    } else {
        last(&lines, 4)
    }
}

fn left(case: &Case) -> String {
    let produced = case.produced();
    if produced.is_empty() {
        "Nothing".into()
    } else {
        list(&produced)
    }
}

fn sent(case: &Case) -> Option<String> {
    let lines: Vec<String> = case
        .disclosures()
        .iter()
        .map(|disclosure| {
            let sent = &disclosure.what;
            format!("{}\n{}; {}", sent.recipient, sent.means, local(&sent.sent))
        })
        .collect();
    (!lines.is_empty()).then(|| last(&lines, 3))
}

/// The days that an emergency release covers, and until when it could be used.
fn released(case: &Case) -> Option<String> {
    let released = case.decisions().iter().rfind(|one| one.what.approves())?;
    let (Decision::Approve { span, .. } | Decision::ApproveInPart { span, .. }) = &released.what
    else {
        return None;
    };
    let span = span.as_ref()?;
    let days = format!("{} to {}", span.from, span.until);
    Some(match clock::release_lapses(case) {
        Some(lapses) => format!("{days}; to be used until {}", moment(lapses)),
        None => days,
    })
}

fn process(case: &Case) -> Option<String> {
    let last = case.beside().processes.last()?;
    let arrived = if last.what.arrived {
        "Arrived"
    } else {
        "Did not arrive"
    };
    Some(format!("{arrived}; recorded {}", moment(last.at)))
}

/// The last nondisclosure order that was recorded.
fn forbidden(case: &Case) -> Option<String> {
    let order = case.beside().gags.last()?;
    let gag = case.gag()?;
    let until = match (&order.lifted, gag.until) {
        (Some(lifted), _) => format!("lifted; bound until {}", lifted.what.on),
        (None, Some(until)) => format!("until the end of {until}"),
        (None, None) => "without an end".into(),
    };
    Some(format!("{}: {until}", gag.basis))
}

fn objected(case: &Case) -> Option<String> {
    let lines: Vec<String> = case
        .beside()
        .objections
        .iter()
        .map(|one| format!("{}: {}", one.raised.what.by, beside::finding(one)))
        .collect();
    (!lines.is_empty()).then(|| last(&lines, 2))
}

/// What is known of the notice to the subject, by the last that happened.
pub(super) fn told(case: &Case) -> String {
    let closed = case.closing().map(|closing| closing.at);
    if let Some(notice) = case.beside().notices.last() {
        // Whoever is told once a gag has ended is told after the case was closed.
        let after = closed.is_some_and(|closed| notice.at > closed);
        let after = if after {
            ", after the case was closed"
        } else {
            ""
        };
        return format!("Yes{after}. {}", beside::in_a_line(notice));
    }
    if let Some(never) = case.never_told() {
        return format!("No. {}\n{}", never.what.why, never.what.reasons);
    }
    match case.notice_stands() {
        Some((NoticeOutcome::Gagged, Some(until))) => format!("No: gagged until {until}"),
        Some((NoticeOutcome::Gagged, None)) => "No: gagged, without an end".into(),
        Some((NoticeOutcome::ExigentDelay, Some(until))) => format!("No: put off until {until}"),
        _ => at_closing(case).unwrap_or_else(|| "Not recorded yet".into()),
    }
}

/// What was recorded of it when the case was closed.
pub(super) fn at_closing(case: &Case) -> Option<String> {
    let closing = &case.closing()?.what;
    let told = match (closing.notice, closing.gagged_until) {
        (NoticeOutcome::NotifiedBefore | NoticeOutcome::NotifiedAfter, _) => {
            closing.notice.to_string()
        }
        (NoticeOutcome::Gagged, Some(until)) => format!("No: gagged until {until}"),
        (NoticeOutcome::Gagged, None) => "No: gagged, without an end".into(),
        (notice, _) => match closing.delayed_until {
            Some(until) => format!("No, until {until}. {notice}"),
            None => format!("No. {notice}"),
        },
    };
    Some(match &closing.words {
        Some(words) => format!("{told}\n{words}"),
        None => told,
    })
}

fn state(case: &Case) -> String {
    let since = case
        .changed_at()
        .map_or_else(String::new, |at| format!(" since {}", moment(at)));
    format!("{}{since}; outcome: {}", case.stage(), case.outcome())
}

fn list<'c>(categories: impl IntoIterator<Item = &'c Category>) -> String {
    let words: Vec<&str> = categories
        .into_iter()
        .map(|category| category.word())
        .collect();
    words.join("; ")
}
