//! A desk with members, a policy and an empty database.

use std::{io::Write as _, sync::Once};

use casework::{
    case::{Case, CaseId, CaseNumber, Step},
    decision::Decision,
    emergency::Span,
    form::Fields,
    gate::{
        Classification,
        questions::{Kind, questions},
    },
    instrument::Instrument,
    ledger::Entry,
    member::{Member, MemberId, Role},
    policy::{Clauses, Policy, PolicyVersion},
    verification::{Finding, Method, Verification},
    words::{Line, Prose},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use store::{Error, NewMember, Store, Writing};
use uuid::Uuid;

/// Tells one fact of both databases.
macro_rules! on_both {
    ($(async fn $fact:ident($scene:ident: &Scene) $body:block)+) => { $(
        async fn $fact($scene: &crate::scene::Scene) $body

        mod $fact {
            #[tokio::test]
            async fn on_sqlite() {
                let scene = crate::scene::Scene::sqlite().await;
                super::$fact(&scene).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                let Some(scene) = crate::scene::Scene::postgres().await else { return };
                super::$fact(&scene).await;
                scene.clear().await;
            }
        }
    )+ };
}
pub(crate) use on_both;

/// Begins to write after however many writers: each alone is quick, but the last of many may wait
/// longer than the store lets one wait at a time.
pub async fn begun(store: &Store) -> Writing {
    for _ in 0..60 {
        match store.begin().await {
            Err(error) if error.is_gone() => {}
            begun => return begun.unwrap(),
        }
    }
    panic!("the writers before do not come to an end");
}

pub struct Scene {
    pub store: Store,
    pub url: String,
    /// The database by the back door: what somebody with the file or the password can do.
    pub raw: DatabaseConnection,
    server: Option<(DatabaseConnection, String)>,
    _folder: Option<tempfile::TempDir>,
}

impl Scene {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/desk.db?mode=rwc", folder.path().display());
        Self::at(url, None, Some(folder)).await
    }

    pub async fn postgres() -> Option<Self> {
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
        let name = format!("desk_{}", Uuid::from_u128(rand()).simple());
        let admin = Database::connect(&server).await.unwrap();
        admin
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        let url = format!("{base}/{name}");
        Some(Self::at(url, Some((admin, name)), None).await)
    }

    async fn at(
        url: String,
        server: Option<(DatabaseConnection, String)>,
        folder: Option<tempfile::TempDir>,
    ) -> Self {
        let store = Store::open_for_tests(&url).await.unwrap();
        let raw = Database::connect(&url).await.unwrap();
        let scene = Self {
            store,
            url,
            raw,
            server,
            _folder: folder,
        };
        scene.furnish().await;
        scene
    }

    async fn furnish(&self) {
        let mut writing = self.store.begin().await.unwrap();
        for (by, who) in [
            (None, ada()),
            (Some(ada().id), anna()),
            (Some(ada().id), carla()),
            (Some(ada().id), dev()),
        ] {
            let new = NewMember {
                sign_in: who.name.as_str().replace(' ', "."),
                member: who,
                password_hash: "$argon2id$".into(),
                must_change_password: false,
            };
            writing.add_member(founding(), by, &new).await.unwrap();
        }
        writing
            .publish_policy(founding(), Some(ada().id), &policy(1, "2020-01-01"))
            .await
            .unwrap();
        writing.commit().await.unwrap();
    }

    pub async fn clear(self) {
        if let Some((admin, name)) = self.server {
            admin
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await
                .unwrap();
        }
    }

    /// Opens a case as Anna would.
    pub async fn open(&self, fields: Fields, at: Timestamp) -> CaseId {
        let id = CaseId(Uuid::from_u128(rand()));
        let mut writing = self.store.begin().await.unwrap();
        let number = writing.next_number(2026).await.unwrap();
        let case = Case::new(id, number);
        let event = case.take(Step::Draft { fields }, &anna(), at).unwrap();
        writing.keep(&case.after(&event), event).await.unwrap();
        writing.commit().await.unwrap();
        id
    }

    /// Takes a step as the office does: load, ask the rules, keep, commit.
    pub async fn take(
        &self,
        id: CaseId,
        step: Step,
        by: &Member,
        at: Timestamp,
    ) -> Result<(), String> {
        let mut writing = self.store.begin().await.map_err(|err| err.to_string())?;
        let case = writing.case(id).await.unwrap().unwrap();
        let event = case
            .take(step, by, at)
            .map_err(|refusal| refusal.to_string())?;
        writing
            .keep(&case.after(&event), event)
            .await
            .map_err(|err| err.to_string())?;
        writing.commit().await.map_err(|err| err.to_string())
    }

    /// A case that waits for a manager.
    pub async fn in_review(&self) -> CaseId {
        let id = Box::pin(self.open(request(), monday())).await;
        let order = attached();
        let mut writing = self.store.begin().await.unwrap();
        let blob = Uuid::from_u128(rand()).simple().to_string();
        writing
            .keep_blob(order.id, id, &blob, &[7; 72])
            .await
            .unwrap();
        let case = writing.case(id).await.unwrap().unwrap();
        let event = case.take(Step::Attach(order), &anna(), monday()).unwrap();
        Box::pin(writing.keep(&case.after(&event), event))
            .await
            .unwrap();
        writing.commit().await.unwrap();
        for step in [
            Step::File {
                policy: PolicyVersion(1),
            },
            Step::Classify(classification(Instrument::SearchWarrant)),
            Step::Verify(verification()),
            Step::SUBMIT,
        ] {
            Box::pin(self.take(id, step, &anna(), monday()))
                .await
                .unwrap();
        }
        id
    }

    pub async fn case(&self, id: CaseId) -> Case {
        self.store.case(id).await.unwrap().unwrap()
    }

    /// Does something by the back door.
    pub async fn force(&self, sql: &str) -> Result<(), Error> {
        Ok(self.raw.execute_unprepared(sql).await.map(drop)?)
    }

    pub async fn number(&self, sql: &str) -> i64 {
        let asked = Statement::from_string(self.raw.get_database_backend(), sql);
        self.raw
            .query_one_raw(asked)
            .await
            .unwrap()
            .unwrap()
            .try_get_by_index(0)
            .unwrap()
    }

    pub async fn uuid(&self, sql: &str) -> Uuid {
        let asked = Statement::from_string(self.raw.get_database_backend(), sql);
        let row = self.raw.query_one_raw(asked).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    pub fn is_sqlite(&self) -> bool {
        self.raw.get_database_backend() == DbBackend::Sqlite
    }

    /// Takes the guards off the ledger first, as somebody who holds the file can.
    pub async fn unguard(&self) {
        let is_sqlite = self.is_sqlite();
        for table in [
            "ledger_leaf",
            "ledger_payload",
            "ledger_node",
            "ledger_checkpoint",
            "ledger_cosignature",
            "issued_record",
        ] {
            if is_sqlite {
                for guard in ["no_update", "no_delete", "in_order"] {
                    self.force(&format!("DROP TRIGGER {table}_{guard}"))
                        .await
                        .unwrap();
                }
            } else {
                self.force(&format!("ALTER TABLE {table} DISABLE TRIGGER ALL"))
                    .await
                    .unwrap();
            }
        }
        if is_sqlite {
            self.force("PRAGMA foreign_keys = OFF").await.unwrap();
        }
    }

    /// Seals that somebody read something, so many times.
    pub async fn seal_reads(&self, times: u64) {
        let mut writing = self.store.begin().await.unwrap();
        for _ in 0..times {
            let entry = read(CaseId(Uuid::nil()));
            writing.seal(monday(), None, &entry).await.unwrap();
        }
        writing.commit().await.unwrap();
    }

    /// By the back door, with values.
    pub async fn put(&self, sql: &str, values: Vec<sea_orm::Value>) {
        let backend = self.raw.get_database_backend();
        self.raw
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await
            .unwrap();
    }

    /// What verifying finds, in sentences.
    pub async fn found(&self) -> Vec<String> {
        let findings = self.store.verify(&[], |_| {}).await.unwrap();
        findings.findings.iter().map(ToString::to_string).collect()
    }
}

pub fn rand() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).unwrap();
    u128::from_le_bytes(bytes)
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

fn member(number: u128, name: &str, role: Role) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(number)),
        name: line(name),
        role,
    }
}

pub fn anna() -> Member {
    member(1, "Anna Berg", Role::Staff)
}
pub fn carla() -> Member {
    member(3, "Carla Ruiz", Role::Manager)
}
pub fn dev() -> Member {
    member(4, "Dev Patel", Role::Manager)
}
pub fn ada() -> Member {
    member(5, "Ada Admin", Role::Administrator)
}

/// Monday, 2 March 2026, nine in the morning, UTC.
pub fn monday() -> Timestamp {
    "2026-03-02T09:00:00.123Z".parse().unwrap()
}

fn founding() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

pub fn policy(version: u32, from: &str) -> Policy {
    Policy {
        version: PolicyVersion(version),
        in_force_from: from.parse().unwrap(),
        clauses: Clauses {
            promise: prose("We disclose nothing, except:"),
            rights_or_property: prose("to protect rights or property"),
            emergency: prose("in an emergency"),
            legal_directive: prose("under a legal directive"),
        },
    }
}

pub fn request() -> Fields {
    [
        ("requester_kind", "police"),
        ("authority", "Lakeside Police Department"),
        ("country", "United States"),
        ("person", "Det. Maria Lopez"),
        ("email", "mlopez@police.lakeside.example"),
        ("reference", "LPD-26-0417"),
        ("channel", "email"),
        ("received", "2026-03-01T16:20"),
        ("received_zone", "America/New_York"),
        ("served_entity", "Example Web Ltd."),
        (
            "asks",
            "Subscriber data and sign-in history of one account.",
        ),
        ("identifier_kind", "email"),
        ("identifier_value", "sam.müller@subject.example"),
        ("categories", "email_address"),
        ("categories", "ip_history"),
        ("legal_basis", "18 U.S.C. § 2703"),
        ("due", "2026-03-10"),
    ]
    .into_iter()
    .collect()
}

pub fn classification(instrument: Instrument) -> Classification {
    let mut fields = Fields::new()
        .with("ground", instrument.ground().code())
        .with("instrument", instrument.code());
    for question in questions(instrument) {
        let answer = match (question.kind, question.key) {
            (_, "issued_on") => "2026-02-20",
            (Kind::Date, _) => "2026-06-30",
            (Kind::Affirm | Kind::YesNo, _) => "yes",
            _ => "as the order states",
        };
        fields.push(question.key, answer);
    }
    Classification::parse(&fields, &casework::tables::Tables::delivered()).unwrap()
}

pub fn attached() -> casework::order::Order {
    casework::order::Order {
        id: casework::order::OrderId(Uuid::from_u128(rand())),
        name: line("warrant.pdf"),
        media_type: line("application/pdf"),
        size: 19_208,
        sha256: casework::order::Digest([0xab; 32]),
        mail: None,
    }
}

pub fn verification() -> Verification {
    Verification {
        method: Method::CallBack,
        contact: line("+1 555 0199"),
        source: line("the county's own directory"),
        answered_by: line("Sgt. Holt, duty desk"),
        at: "2026-03-02T08:30:00+00:00[UTC]".parse().unwrap(),
        finding: Finding::Confirmed,
        remarks: None,
    }
}

pub fn approve() -> Step {
    Step::Decide(Decision::Approve {
        remarks: None,
        not_claiming: true,
        span: Some(Span {
            from: "2026-02-28".parse().unwrap(),
            until: "2026-03-01".parse().unwrap(),
        }),
    })
}

pub fn read(case: CaseId) -> Entry {
    Entry::CaseRead { case }
}

pub fn number(count: u32) -> CaseNumber {
    CaseNumber { year: 2026, count }
}
