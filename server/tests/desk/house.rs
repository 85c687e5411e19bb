//! A desk as it runs: the real router over a real database and a real vault, in a folder of its
//! own. Only the clock is the test's, and the passwords are hashed with the least effort.

use std::{
    io::Write as _,
    path::PathBuf,
    sync::{
        Arc, Once,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::Router;
use casework::{
    case::{Case, CaseId, Stage},
    ledger::Entry,
    member::{Member, MemberId, Role},
    policy::{Clauses, Policy, PolicyVersion},
    words::{Line, Prose},
};
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use server::{
    access::password::Passwords,
    config::Config,
    http::{House, Site, router},
    keys::Keys,
    office::Office,
};
use store::{NewMember, Store};
use uuid::Uuid;
use vault::{MasterKey, Vault};
use zeroize::Zeroizing;

mod answer;
mod log;
mod page;
mod person;
mod post_office;
mod scenes;

pub use answer::Answer;
pub use log::logged;
pub use page::Form;
pub use person::{Person, Sent, form_post, multipart};
pub use post_office::{Act, Authority, Known, Manner, Point, PostOffice, Turn};
pub use scenes::*;

/// Everybody's password.
pub const PASSWORD: &str = "violin gravel tuesday onion";

/// Tries each fact on both databases.
macro_rules! on_both {
    ($($fact:ident),+ $(,)?) => { $(
        mod $fact {
            #[tokio::test]
            async fn on_sqlite() {
                let desk = crate::house::house().await;
                super::$fact(&desk).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                let Some(desk) = crate::house::house_on_postgres().await else { return };
                super::$fact(&desk).await;
                desk.clear().await;
            }
        }
    )+ };
}
pub(crate) use on_both;

/// Who works it: two of each who work or decide cases, one of each who does not.
const CAST: [(&str, &str, Role); 6] = [
    ("anna", "Anna Berg", Role::Staff),
    ("ben", "Ben Okafor", Role::Staff),
    ("carla", "Carla Ruiz", Role::Manager),
    ("dev", "Dev Patel", Role::Manager),
    ("eve", "Eve Lind", Role::Auditor),
    ("finn", "Finn Moe", Role::Administrator),
];

/// A desk, and everything it stands on.
pub struct Desk {
    pub office: Arc<Office>,
    pub store: Store,
    pub url: String,
    router: Router,
    clock: Arc<AtomicI64>,
    folder: Arc<tempfile::TempDir>,
    server: Option<Server>,
}

/// The database server, where this desk's database is one of several.
struct Server {
    admin: DatabaseConnection,
    name: String,
}

/// What a desk has to do with outside.
#[derive(Default)]
struct Outside {
    authority: Option<Box<dyn seal::Authority>>,
    relay: Option<post::Relay>,
}

/// A desk on `SQLite`.
pub async fn house() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
    Desk::founded(url, folder, None).await
}

/// A desk on `PostgreSQL`, where `TEST_POSTGRES_URL` names a server and a superuser of it.
pub async fn house_on_postgres() -> Option<Desk> {
    static SAID: Once = Once::new();
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(
            std::env::var_os("CI").is_none(),
            "TEST_POSTGRES_URL is not set, and CI tries everything"
        );
        // Past the capture of the test harness: what was not tried is said aloud.
        SAID.call_once(|| {
            let _ = writeln!(
                std::io::stderr(),
                "TEST_POSTGRES_URL is not set: nothing was tried on PostgreSQL"
            );
        });
        return None;
    };
    let name = format!("desk_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    admin.execute_unprepared(&create).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let url = format!("{base}/{name}");
    let folder = tempfile::tempdir().unwrap();
    Some(Desk::founded(url, folder, Some(Server { admin, name })).await)
}

/// Monday, 2 March 2026, nine in the morning, UTC.
pub fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

impl Desk {
    async fn founded(url: String, folder: tempfile::TempDir, server: Option<Server>) -> Self {
        log::listen();
        bundle(&folder);
        MasterKey::create_file(&folder.path().join("key")).unwrap();
        let store = Store::open_for_tests(&url).await.unwrap();
        furnish(&store).await;
        let clock = Arc::new(AtomicI64::new(monday().as_millisecond()));
        Self::over(
            store,
            url,
            Arc::new(folder),
            clock,
            server,
            Outside::default(),
        )
        .await
    }

    async fn over(
        store: Store,
        url: String,
        folder: Arc<tempfile::TempDir>,
        clock: Arc<AtomicI64>,
        server: Option<Server>,
        outside: Outside,
    ) -> Self {
        let mut keys = Keys::open(&Config::in_folder(folder.path().into()), monday()).unwrap();
        keys.authority = outside.authority;
        let master = MasterKey::from_file(&folder.path().join("key")).unwrap();
        let vault = Vault::open(&folder.path().join("orders"), master).unwrap();
        let told = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(told.load(Ordering::SeqCst)).unwrap();
        let office = Office::open(
            store.clone(),
            vault,
            Passwords::feeble().unwrap(),
            keys,
            record::FontBook::load(None).unwrap(),
            Arc::new(now),
        );
        let office = office.await.unwrap();
        let address = Some("https://desk.example".to_owned());
        let office = Arc::new(office.with_mail(outside.relay, address));
        let site = Site::open(folder.path()).unwrap();
        Self {
            router: router(House::new(Arc::clone(&office), site)),
            office,
            store,
            url,
            clock,
            folder,
            server,
        }
    }

    /// The desk after its process ended and was started again.
    pub async fn started_again(&self) -> Self {
        let store = Store::open_for_tests(&self.url).await.unwrap();
        let (folder, clock) = (Arc::clone(&self.folder), Arc::clone(&self.clock));
        Self::over(
            store,
            self.url.clone(),
            folder,
            clock,
            None,
            Outside::default(),
        )
        .await
    }

    /// The desk started again with a timestamp authority.
    pub async fn stamped_by(&self, authority: Box<dyn seal::Authority>) -> Self {
        let store = Store::open_for_tests(&self.url).await.unwrap();
        let (folder, clock) = (Arc::clone(&self.folder), Arc::clone(&self.clock));
        let outside = Outside {
            authority: Some(authority),
            ..Outside::default()
        };
        Self::over(store, self.url.clone(), folder, clock, None, outside).await
    }

    /// The desk started again with a server that takes its mail.
    pub async fn mailing_through(&self, relay: post::Relay) -> Self {
        let store = Store::open_for_tests(&self.url).await.unwrap();
        let (folder, clock) = (Arc::clone(&self.folder), Arc::clone(&self.clock));
        let outside = Outside {
            relay: Some(relay),
            ..Outside::default()
        };
        Self::over(store, self.url.clone(), folder, clock, None, outside).await
    }

    /// Another desk that is this one to the last byte, keys included, on `SQLite`: a backup, or what
    /// somebody makes who stole everything. From here on each has a history of its own.
    pub async fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "key",
            "ledger.key",
            "seal.pem",
            "manifest.json",
            "pkg",
            "orders",
        ] {
            let copied = std::process::Command::new("cp")
                .arg("-r")
                .arg(self.folder().join(name))
                .arg(folder.path())
                .status();
            assert!(copied.unwrap().success(), "{name}");
        }
        let database = folder.path().join("desk.db");
        let copy = format!("VACUUM INTO '{}'", database.display());
        self.back_door()
            .await
            .execute_unprepared(&copy)
            .await
            .unwrap();
        let url = format!("sqlite://{}?mode=rwc", database.display());
        let store = Store::open_for_tests(&url).await.unwrap();
        let clock = Arc::new(AtomicI64::new(self.clock.load(Ordering::SeqCst)));
        Self::over(
            store,
            url,
            Arc::new(folder),
            clock,
            None,
            Outside::default(),
        )
        .await
    }

    /// Drops the database; a folder drops itself.
    pub async fn clear(self) {
        if let Some(Server { admin, name }) = self.server {
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            admin.execute_unprepared(&drop).await.unwrap();
        }
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.clock.load(Ordering::SeqCst)).unwrap()
    }

    /// Time passes.
    pub fn minutes_pass(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }

    /// The clock shows a time that there is not, for as long as `meanwhile` takes.
    pub async fn clock_breaks<T>(&self, meanwhile: impl Future<Output = T>) -> T {
        let right = self.clock.swap(i64::MAX, Ordering::SeqCst);
        let done = meanwhile.await;
        self.clock.store(right, Ordering::SeqCst);
        done
    }

    pub fn hours_pass(&self, hours: i64) {
        self.minutes_pass(hours * 60);
    }

    /// The moment that a form would be filled in with, in UTC: a minute ago.
    pub fn just_now(&self) -> String {
        let moment = self.now() - SignedDuration::from_mins(1);
        moment.strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// The minute that it is, in UTC: what just happened is told by it, and not before what allowed it.
    pub fn this_minute(&self) -> String {
        self.now().strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// Where the vault keeps the bytes of orders.
    pub fn vault(&self) -> PathBuf {
        self.folder.path().join("orders")
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The database by the back door: what somebody with the file or the password can do.
    pub async fn back_door(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    /// The database server's superuser, and this desk's database; none on `SQLite`.
    pub fn postgres(&self) -> Option<(&DatabaseConnection, &str)> {
        let server = self.server.as_ref()?;
        Some((&server.admin, &server.name))
    }

    pub async fn case(&self, id: CaseId) -> Case {
        self.store.case(id).await.unwrap().unwrap()
    }

    pub async fn member(&self, sign_in: &str) -> Member {
        let row = self.store.member_by_sign_in(sign_in).await.unwrap();
        row.unwrap().member
    }

    /// What the ledger tells of a case, oldest first.
    pub async fn told(&self, id: CaseId) -> Vec<Entry> {
        let rows = self.store.timeline(id, 10_000).await.unwrap();
        rows.into_iter().filter_map(|row| row.entry).collect()
    }

    /// The actions that the ledger tells of a case, without reads, oldest first.
    pub async fn actions(&self, id: CaseId) -> Vec<&'static str> {
        let told = self.told(id).await;
        let actions = told.iter().map(Entry::action);
        actions
            .filter(|action| action.rsplit('.').next() != Some("read"))
            .collect()
    }

    /// Whether the whole ledger tells of an action, and how often.
    pub async fn times(&self, action: &str) -> usize {
        let ask = store::LedgerAsk {
            action: Some(action.into()),
            ..store::LedgerAsk::default()
        };
        self.store.ledger(&ask, 10_000).await.unwrap().len()
    }

    /// The case is where it should be: in its row, in the list and on its page.
    pub async fn stands(&self, id: CaseId, stage: Stage) {
        let case = self.case(id).await;
        assert_eq!(case.stage(), stage, "{}", case.number());
        let eve = self.signed_in("eve").await;
        let mark = format!("data-stage=\"{}\"", stage.code());
        eve.get(&format!("/cases/{id}"))
            .await
            .shows(200)
            .holds(&mark);
        let row = eve.get(&format!("/cases?q={}", case.number())).await;
        row.shows(200).holds(&mark);
    }

    /// The ledger tells the truth, and all of it.
    pub async fn holds(&self) {
        let verified = self.office.verify(&[]).await.unwrap();
        assert!(verified.holds(), "{verified}");
    }
}

/// A bundle such as the browser's, with nothing in it.
fn bundle(folder: &tempfile::TempDir) {
    let pkg = folder.path().join("pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    let files = [
        ("disclosure-desk.css", "disclosure-desk.00c5.css", "body{}"),
        (
            "disclosure-desk.js",
            "disclosure-desk.00f5.js",
            "export default 0",
        ),
        ("disclosure-desk.wasm", "disclosure-desk.00a5.wasm", "\0asm"),
    ];
    let mut named = serde_json::Map::new();
    for (logical, hashed, text) in files {
        std::fs::write(pkg.join(hashed), text).unwrap();
        named.insert(logical.into(), hashed.into());
    }
    let manifest = serde_json::json!({ "files": named }).to_string();
    std::fs::write(folder.path().join("manifest.json"), manifest).unwrap();
}

async fn furnish(store: &Store) {
    let founded = "2026-01-01T00:00:00Z".parse().unwrap();
    let passwords = Passwords::feeble().unwrap();
    let hash = passwords
        .hash(Zeroizing::new(PASSWORD.into()))
        .await
        .unwrap();
    let prose = |text: &str| Prose::parse(text).unwrap();
    let policy = Policy {
        version: PolicyVersion(1),
        in_force_from: "2025-01-01".parse().unwrap(),
        clauses: Clauses {
            promise: prose("We disclose nothing, except:"),
            rights_or_property: prose("to protect our rights or property,"),
            emergency: prose("in an emergency,"),
            legal_directive: prose("under a legal directive."),
        },
    };
    let mut writing = store.begin().await.unwrap();
    let name = Line::parse("Example Web Ltd.").unwrap();
    writing
        .name_organisation(founded, None, &name)
        .await
        .unwrap();
    writing
        .publish_policy(founded, None, &policy)
        .await
        .unwrap();
    for (sign_in, name, role) in CAST {
        let member = Member {
            id: MemberId(Uuid::now_v7()),
            name: Line::parse(name).unwrap(),
            role,
        };
        let new = NewMember {
            member,
            sign_in: sign_in.into(),
            password_hash: hash.clone(),
            must_change_password: false,
        };
        writing.add_member(founded, None, &new).await.unwrap();
    }
    writing.commit().await.unwrap();
}
