//! Steps beside the stage, as a desk takes them.

use std::collections::BTreeMap;

use casework::case::{CaseNumber, Step};
use casework::clock::ClockKind;
use casework::emergency::Process;
use casework::gate::Classification;
use casework::held::{Holding, Search};
use casework::hold::{Conversion, Deletion, Hold, HoldRelease, Renewal, Renews};
use casework::instrument::Instrument;
use casework::letter::{Letter, LetterId, LetterKind};
use casework::notice::{Gag, Lift, Notice, NoticeMeans, Objection, Settlement, SettlementFinding};
use casework::pause::Pause;
use casework::scope::Category;
use casework::tables::Tables;
use uuid::Uuid;

use crate::{answered, digest, line, prose};

/// A classification under the tables as delivered, with every question answered.
pub fn under_terms(instrument: Instrument) -> Step {
    Step::Classify(Classification {
        terms: Some(Tables::delivered().terms(instrument)),
        ..answered(instrument)
    })
}

pub fn looked(answers: &[(Category, Holding)], remarks: &str) -> Step {
    Step::Search(Search {
        answers: answers.iter().copied().collect::<BTreeMap<_, _>>(),
        remarks: Some(prose(remarks)),
    })
}

pub fn paused(clock: ClockKind, reasons: &str) -> Step {
    Step::Pause(Pause {
        clock,
        reasons: prose(reasons),
    })
}

pub fn resumed(clock: ClockKind, reasons: &str) -> Step {
    Step::Resume(Pause {
        clock,
        reasons: prose(reasons),
    })
}

pub fn hold() -> Step {
    Step::Hold(Hold {
        owner: line("Ines Baumann, storage operations"),
        what: prose(
            "The account client-77120 with its profile, its sign-in history and the conversations of \
             visitor 9f3c, 1 to 30 September 2026.",
        ),
        kept_in: line("Cold copy 2026-114, cluster Frankfurt 2"),
    })
}

pub fn renewed(of: Renews, reference: &str, until: Option<&str>) -> Step {
    Step::Renew(Renewal {
        of,
        reference: line(reference),
        until: until.map(|day| day.parse().unwrap()),
    })
}

pub fn converted(count: u32) -> Step {
    Step::Convert(Conversion {
        production: CaseNumber { year: 2026, count },
    })
}

/// The hold ends; where it was not converted, at this moment the data was deleted.
pub fn released(reasons: &str, deleted: Option<&str>) -> Step {
    Step::Release(HoldRelease {
        reasons: prose(reasons),
        deleted: deleted.map(|at| Deletion {
            by: line("Ines Baumann, storage operations"),
            at: at.parse().unwrap(),
            what: prose(
                "Cold copy 2026-114, whole; deletion log of cluster Frankfurt 2, entry 4711.",
            ),
        }),
    })
}

pub fn gag(until: Option<&str>) -> Step {
    Step::Gag(Gag {
        basis: line("18 U.S.C. § 2705(b), order 3:26-mj-00418 of 2026-10-30"),
        from: "2026-10-30".parse().unwrap(),
        until: until.map(|day| day.parse().unwrap()),
    })
}

pub fn lifted(on: &str, reasons: &str) -> Step {
    Step::Lift(Lift {
        on: on.parse().unwrap(),
        reasons: prose(reasons),
    })
}

pub fn notice(how: NoticeMeans, sent: &str) -> Step {
    Step::Notify(Notice {
        how,
        to: line("j.doe@mail.example"),
        sent: sent.parse().unwrap(),
        what: prose(
            "We were asked by legal process to disclose data about your account client-77120. You may \
             ask a court to quash or narrow it, and tell us so; this message comes with a copy of the \
             paper as far as the law lets us send it.",
        ),
    })
}

pub fn objection(at: &str) -> Step {
    Step::Object(Objection {
        by: line("Priya Raman, counsel for the subject"),
        at: at.parse().unwrap(),
        what: prose(
            "The subpoena names an account that my client gave up in 2024. A motion to quash was filed \
             today under docket 26-CV-2291.",
        ),
    })
}

pub fn settled(finding: SettlementFinding, reasons: &str) -> Step {
    Step::Settle(Settlement {
        finding,
        reasons: prose(reasons),
    })
}

pub fn letter(seed: u8, kind: LetterKind, recipient: &str) -> Step {
    Step::Letter(Letter {
        id: LetterId(Uuid::from_u128(0x1e77_0000 + u128::from(seed))),
        letter: kind,
        language: line("en"),
        template: 0,
        recipient: line(recipient),
        name: line(&format!(
            "{} of 2026-11-{:02}.pdf",
            kind.word(),
            seed % 28 + 1
        )),
        size: 31_204 + u64::from(seed),
        sha256: digest(seed),
    })
}

pub fn process(arrived: bool, reasons: &str) -> Step {
    Step::Process(Process {
        arrived,
        reasons: prose(reasons),
    })
}
