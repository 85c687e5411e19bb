//! What a growing desk costs: opening cases, pages of the list and of the ledger, searches, and
//! verifying it all. On `SQLite`; on `PostgreSQL` too where `BENCH_POSTGRES_URL` names an empty
//! database.
#![expect(clippy::unwrap_used, reason = "a bench that fails may stop")]

use std::time::{Duration, Instant};

use casework::{
    case::{Awaits, Case, CaseId, Stage, Step},
    form::Fields,
    instrument::Instrument,
    list::{Ask, DueWithin, Sort},
    member::{Member, MemberId, Role},
    words::Line,
};
use jiff::{SignedDuration, Timestamp};
use store::{LedgerAsk, NewMember, Store};
use uuid::Uuid;

const CASES: u32 = 20_000;
const IN_ONE_COMMIT: u32 = 500;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
    runtime.block_on(measure("SQLite", &url));
    if let Ok(url) = std::env::var("BENCH_POSTGRES_URL") {
        runtime.block_on(measure("PostgreSQL", &url));
    }
}

async fn measure(name: &str, url: &str) {
    let store = Store::open_for_tests(url).await.unwrap();
    let anna = Member {
        id: MemberId(Uuid::from_u128(1)),
        name: Line::parse("Anna Berg").unwrap(),
        role: Role::Staff,
    };
    let mut writing = store.begin().await.unwrap();
    let new = NewMember {
        member: anna.clone(),
        sign_in: "anna".into(),
        password_hash: String::new(),
        must_change_password: false,
    };
    writing.add_member(moment(0), None, &new).await.unwrap();
    writing.commit().await.unwrap();
    open_many(&store, name, &anna).await;
    seal_one_by_one(&store, name, &anna).await;
    turn_pages(&store, name).await;
    let began = Instant::now();
    let findings = store.verify(&[], |_| {}).await.unwrap();
    let took = began.elapsed();
    assert!(findings.holds());
    println!(
        "{name}: to verify {} entries and {} cases takes {took:?}",
        findings.head.size, findings.cases
    );
}

async fn open_many(store: &Store, name: &str, anna: &Member) {
    let (mut first, mut last) = (Duration::ZERO, Duration::ZERO);
    for start in (0..CASES).step_by(IN_ONE_COMMIT as usize) {
        let began = Instant::now();
        let mut writing = store.begin().await.unwrap();
        for count in start..start + IN_ONE_COMMIT {
            let case = Case::new(
                CaseId(Uuid::from_u128(u128::from(count))),
                writing.next_number(2026).await.unwrap(),
            );
            let event = case
                .take(
                    Step::Draft {
                        fields: fields(count),
                    },
                    anna,
                    moment(count),
                )
                .unwrap();
            writing.keep(&case.after(&event), event).await.unwrap();
        }
        writing.commit().await.unwrap();
        last = began.elapsed() / IN_ONE_COMMIT;
        if start == 0 {
            first = last;
        }
    }
    println!("{name}: to open a case takes {first:?} at first and {last:?} after {CASES}");
}

async fn seal_one_by_one(store: &Store, name: &str, anna: &Member) {
    let mut one = Vec::new();
    for _ in 0..50 {
        let began = Instant::now();
        let mut writing = store.begin().await.unwrap();
        let entry = casework::ledger::Entry::CaseRead {
            case: CaseId(Uuid::from_u128(1)),
        };
        writing
            .seal(moment(1), Some(anna.id), &entry)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        one.push(began.elapsed());
    }
    println!(
        "{name}: to seal and commit one entry takes {:?}",
        median(one)
    );
}

async fn turn_pages(store: &Store, name: &str) {
    let none = Ask::default();
    for (what, ask) in [
        ("what is due first", none.clone()),
        (
            "the last changed",
            Ask {
                sort: Some(Sort::Changed),
                ..none.clone()
            },
        ),
        (
            "drafts, newest",
            Ask {
                stage: Some(Stage::Draft),
                sort: Some(Sort::Newest),
                ..none.clone()
            },
        ),
        (
            "what waits for staff",
            Ask {
                awaits: Some(Awaits::Staff),
                ..none.clone()
            },
        ),
        (
            "what is late",
            Ask {
                due: Some(DueWithin::Late),
                ..none.clone()
            },
        ),
        (
            "drafts by subpoena, of which there are none",
            Ask {
                stage: Some(Stage::Draft),
                instrument: Some(Instrument::Subpoena),
                ..none.clone()
            },
        ),
        (
            "what waits for staff and is late, newest, of which there is nothing",
            Ask {
                awaits: Some(Awaits::Staff),
                due: Some(DueWithin::Late),
                sort: Some(Sort::Newest),
                ..none.clone()
            },
        ),
        (
            "a word of one case",
            Ask {
                text: "ref-12345".into(),
                ..none.clone()
            },
        ),
        (
            "a word of every case",
            Ask {
                text: "lakeside".into(),
                ..none.clone()
            },
        ),
        (
            "two words of every case and a beginning",
            Ask {
                text: "lakeside police dep".into(),
                ..none.clone()
            },
        ),
    ] {
        let mut took = Vec::new();
        for _ in 0..20 {
            let began = Instant::now();
            store
                .list(&ask, moment(0), &jiff::tz::TimeZone::UTC)
                .await
                .unwrap();
            took.push(began.elapsed());
        }
        println!("{name}: a page of {what} takes {:?}", median(took));
    }
    let began = Instant::now();
    let ask = LedgerAsk {
        action: Some("case.draft".into()),
        before: Some(u64::from(CASES / 2)),
        ..LedgerAsk::default()
    };
    store.ledger(&ask, 50).await.unwrap();
    println!("{name}: a page of the ledger takes {:?}", began.elapsed());
}

fn moment(count: u32) -> Timestamp {
    let monday: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    monday + SignedDuration::from_secs(count.into())
}

fn fields(count: u32) -> Fields {
    [
        ("authority", "Lakeside Police Department".to_owned()),
        ("reference", format!("REF-{count:05}")),
        (
            "asks",
            "Subscriber data and sign-in history of one account.".into(),
        ),
        ("identifier_value", format!("subject{count}@mail.example")),
    ]
    .into_iter()
    .collect()
}

fn median(mut took: Vec<Duration>) -> Duration {
    took.sort_unstable();
    took[took.len() / 2]
}
