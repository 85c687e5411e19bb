//! What a request costs, at 10,000 and at 100,000 cases: nothing on its path may grow with them.
//!
//! `make bench`, or `cargo bench -p server --bench desk [-- SIZE SIZE]`. The numbers of one run are
//! compared with each other and with a plain axum page, for machines differ and are noisy.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Html,
    routing::get,
};
use casework::{
    case::{Case, CaseId, Step},
    form::Fields,
    gate::{
        Classification,
        questions::{Kind, questions},
    },
    instrument::Instrument,
    ledger::Entry,
    member::{Member, Role},
    policy::{Clauses, Policy, PolicyVersion},
    words::{Line, Prose},
};
use jiff::{Timestamp, ToSpan};
use server::{
    access::password::Passwords,
    config::Config,
    http::{House, Site, router},
    keys::Keys,
    office::Office,
};
use store::Store;
use tower::ServiceExt;
use vault::{MasterKey, Vault};

/// Requests of each kind that are measured.
const TIMES: usize = 400;
/// Cases kept in one transaction while a desk is being filled.
const BATCH: u32 = 250;
const PASSWORD: &str = "gravel violin tuesday onion";

fn main() -> anyhow::Result<()> {
    let sizes: Vec<u32> = std::env::args()
        .filter_map(|size| size.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10_000, 100_000]
    } else {
        sizes
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut columns = Vec::new();
        for size in sizes {
            let folder = tempfile::tempdir()?;
            let desk = Desk::filled(folder.path(), size).await?;
            columns.push((size, desk.measured().await?));
        }
        print(&columns);
        anyhow::Ok(())
    })
}

struct Desk {
    router: Router,
    office: Arc<Office>,
    cases: Vec<CaseId>,
}

/// A kind of request with how long each took.
type Measured = Vec<(&'static str, Vec<Duration>)>;

impl Desk {
    async fn filled(folder: &Path, size: u32) -> anyhow::Result<Self> {
        let began = Instant::now();
        let store = Store::open(&format!(
            "sqlite://{}?mode=rwc",
            folder.join("desk.db").display()
        ))
        .await?;
        let cases = fill(&store, size).await?;
        let vault = Vault::open(&folder.join("orders"), MasterKey::random()?)?;
        let faces = record::FontBook::load(None)?;
        let office = Arc::new(
            Office::open(
                store,
                vault,
                Passwords::feeble()?,
                Keys::open(&Config::in_folder(folder.into()), Timestamp::now())?,
                faces,
                Arc::new(Timestamp::now),
            )
            .await?,
        );
        for (name, role) in [("Anna Berg", "staff"), ("Eve Lind", "auditor")] {
            let fields: Fields = [("name", name), ("sign_in", role), ("role", role)]
                .into_iter()
                .collect();
            let (_, once) = office
                .add_member(&fields, None, office.now())
                .await
                .map_err(|fault| anyhow::anyhow!("{fault}"))?;
            // The one-time password is changed, as a member would.
            let signed_in = office
                .sign_in(role, once.clone(), "bench")
                .await
                .map_err(|_| anyhow::anyhow!("sign-in"))?;
            let session = office
                .session(&signed_in.token)
                .await
                .map_err(|fault| anyhow::anyhow!("{fault}"))?;
            let new = || zeroize::Zeroizing::new(PASSWORD.to_owned());
            office
                .at(session)
                .change_password(once, new(), new())
                .await
                .map_err(|fault| anyhow::anyhow!("{fault}"))?;
        }
        let bundle = Site::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site"))?;
        let router = router(House::new(Arc::clone(&office), bundle));
        println!("filled a desk with {size} cases in {:.0?}", began.elapsed());
        Ok(Self {
            router,
            office,
            cases,
        })
    }

    async fn measured(&self) -> anyhow::Result<Measured> {
        let staff = self.cookie("staff").await?;
        let auditor = self.cookie("auditor").await?;
        let plain = Router::new().route(
            "/",
            get(async || Html("<!doctype html><title>Plain</title><h1>Plain</h1>")),
        );
        let mut all: Measured = [
            "plain axum page",
            "list",
            "open",
            "search",
            "file",
            "record",
            "form with signals",
            "day in calendar",
            "promise and done",
        ]
        .map(|name| (name, Vec::new()))
        .into();
        let form = filing(7, Timestamp::now())?;
        let body: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form.pairs())
            .append_pair("do", "file")
            .finish();
        let today = Timestamp::now()
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date();
        // In turns, so that what the machine does meanwhile falls on all alike.
        for turn in 0..TIMES {
            let case = self.cases[(turn * 7_919) % self.cases.len()];
            let get = |path: String, cookie: &str| {
                Request::get(path)
                    .header(header::COOKIE, cookie)
                    .body(Body::empty())
            };
            all[0].1.push(
                timed(
                    &plain,
                    Request::get("/").body(Body::empty())?,
                    StatusCode::OK,
                )
                .await?,
            );
            all[1].1.push(
                timed(
                    &self.router,
                    get("/cases?awaits=staff&sort=due".into(), &staff)?,
                    StatusCode::OK,
                )
                .await?,
            );
            all[2].1.push(
                timed(
                    &self.router,
                    get(format!("/cases/{case}"), &staff)?,
                    StatusCode::OK,
                )
                .await?,
            );
            let sought = format!("/cases?q=subject{}", (turn * 7_919) % self.cases.len());
            all[3]
                .1
                .push(timed(&self.router, get(sought, &staff)?, StatusCode::OK).await?);
            let filed = Request::post("/cases/new")
                .header(header::COOKIE, &staff)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body.clone()))?;
            all[4]
                .1
                .push(timed(&self.router, filed, StatusCode::SEE_OTHER).await?);
            let pages = [
                // What the request has in common with others is looked up: the text is in every case.
                format!("/cases/{case}/verify"),
                format!("/calendar?day={today}"),
                "/policy/1".to_owned(),
            ];
            for (place, page) in pages.into_iter().enumerate() {
                all[6 + place]
                    .1
                    .push(timed(&self.router, get(page, &staff)?, StatusCode::OK).await?);
            }
            if turn % 4 == 0 {
                all[5].1.push(
                    timed(
                        &self.router,
                        get(format!("/cases/{case}/record.pdf"), &auditor)?,
                        StatusCode::OK,
                    )
                    .await?,
                );
            }
        }
        Ok(all)
    }

    async fn cookie(&self, who: &str) -> anyhow::Result<String> {
        let password = zeroize::Zeroizing::new(PASSWORD.to_owned());
        let signed_in = self
            .office
            .sign_in(who, password, "bench")
            .await
            .map_err(|_| anyhow::anyhow!("sign-in"))?;
        Ok(format!(
            "{}={}",
            server::access::session::COOKIE,
            *signed_in.token
        ))
    }
}

async fn timed(
    router: &Router,
    request: Request<Body>,
    wanted: StatusCode,
) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let response = router.clone().oneshot(request).await?;
    let status = response.status();
    // The whole answer counts, not only its head.
    axum::body::to_bytes(response.into_body(), usize::MAX).await?;
    anyhow::ensure!(status == wanted, "{status} instead of {wanted}");
    Ok(began.elapsed())
}

/// Keeps so many cases: all are filed, most are classified, some wait for a manager.
async fn fill(store: &Store, size: u32) -> anyhow::Result<Vec<CaseId>> {
    let anna = Member {
        id: casework::member::MemberId(uuid::Uuid::now_v7()),
        name: Line::parse("Anna")?,
        role: Role::Staff,
    };
    let mut now = Timestamp::from_millisecond(Timestamp::now().as_millisecond())?
        .checked_sub((24 * 400).hours())?;
    let text = || Prose::parse("We disclose nothing, except where the law requires it.");
    let clauses = Clauses {
        promise: text()?,
        rights_or_property: text()?,
        emergency: text()?,
        legal_directive: text()?,
    };
    let policy = Policy {
        version: PolicyVersion(1),
        in_force_from: jiff::civil::date(2020, 1, 1),
        clauses,
    };
    let mut writing = store.begin().await?;
    writing.publish_policy(now, None, &policy).await?;
    let mut cases = Vec::new();
    for count in 1..=size {
        now = now.checked_add(4.minutes())?;
        let number = writing.next_number(2025).await?;
        let mut case = Case::new(CaseId(uuid::Uuid::now_v7()), number);
        let mut steps = vec![
            Step::Draft {
                fields: filing(count, now)?,
            },
            Step::File {
                policy: PolicyVersion(1),
            },
        ];
        if count % 4 != 0 {
            steps.push(Step::Classify(classified(count)?));
        }
        for step in steps {
            let event = case.take(step, &anna, now)?;
            case = case.after(&event);
            writing.keep(&case, event).await?;
        }
        writing
            .seal(now, None, &Entry::CaseRead { case: case.id() })
            .await?;
        cases.push(case.id());
        if count % BATCH == 0 {
            writing.commit().await?;
            writing = store.begin().await?;
        }
    }
    writing.commit().await?;
    Ok(cases)
}

fn filing(count: u32, now: Timestamp) -> anyhow::Result<Fields> {
    let received = now
        .checked_sub(2.hours())?
        .to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let due = received
        .date()
        .checked_add(i64::from(count % 40 + 1).days())?;
    let subject = format!("subject{count}@mail{}.example", count % 97);
    let authority = format!("Police Department of District {}", count % 211);
    Ok([
        ("requester_kind", "police".to_owned()),
        ("authority", authority),
        ("country", "United States".into()),
        ("person", format!("Officer {}", count % 1_009)),
        ("reference", format!("REF-{count:06}")),
        ("channel", "email".into()),
        ("received", received.strftime("%Y-%m-%dT%H:%M").to_string()),
        ("received_zone", "UTC".into()),
        ("served_entity", "Example Web Ltd.".into()),
        (
            "asks",
            "Subscriber data and sign-in history of one account, for the month before the request."
                .into(),
        ),
        ("identifier_kind", "email".into()),
        ("identifier_value", subject),
        ("categories", "email_address".into()),
        ("categories", "ip_history".into()),
        ("legal_basis", "18 U.S.C. § 2703".into()),
        ("due", due.to_string()),
    ]
    .into_iter()
    .collect())
}

fn classified(count: u32) -> anyhow::Result<Classification> {
    let kinds: Vec<Instrument> =
        Instrument::under(casework::ground::Ground::LegalDirective).collect();
    let instrument = kinds[count as usize % kinds.len()];
    let mut fields = Fields::new()
        .with("ground", "legal_directive")
        .with("instrument", instrument.code());
    for question in questions(instrument) {
        let answer = match question.kind {
            Kind::Date => "2025-06-30",
            Kind::Affirm | Kind::YesNo => "yes",
            _ => "as the order states",
        };
        fields.push(question.key, answer);
    }
    Classification::parse(&fields, &casework::tables::Tables::delivered())
        .map_err(|faults| anyhow::anyhow!("{faults:?}"))
}

fn at(sorted: &[Duration], share: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into a few hundred"
    )]
    let place = ((sorted.len() - 1) as f64 * share).round() as usize;
    sorted[place]
}

fn print(columns: &[(u32, Measured)]) {
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    print!("\n{:<18}", "microseconds");
    for (size, _) in columns {
        print!("{:>16} {:>10}", format!("{size} median"), "p99");
    }
    println!("{:>12} {:>14}", "ratio", "over plain");
    let Some((_, first)) = columns.first() else {
        return;
    };
    for row in 0..first.len() {
        print!("{:<18}", first[row].0);
        let mut medians = Vec::new();
        for (_, measured) in columns {
            let mut times = measured[row].1.clone();
            times.sort_unstable();
            medians.push((micros(at(&times, 0.5)), at_plain(measured)));
            print!(
                "{:>16.0} {:>10.0}",
                micros(at(&times, 0.5)),
                micros(at(&times, 0.99))
            );
        }
        if let (Some((small, _)), Some((large, plain))) = (medians.first(), medians.last()) {
            print!("{:>12.2} {:>14.1}", large / small, large / plain);
        }
        println!();
    }
    println!("\nratio: the median at the largest size over the one at the smallest.");
}

fn at_plain(measured: &Measured) -> f64 {
    let mut times = measured[0].1.clone();
    times.sort_unstable();
    at(&times, 0.5).as_secs_f64() * 1e6
}
