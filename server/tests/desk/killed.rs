//! The desk as a process, killed at every point of sending mail: nothing is lost, nothing is sent
//! twice. What cannot be known stands as unknown, and is settled by a member. On `PostgreSQL` the
//! database lives on while the desk dies: it may finish what the desk had begun to say.

use std::{
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use casework::mail::{Address, Kind, Mail, MailId, State};
use jiff::Timestamp;
use store::{Posted, Writing};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::house::{Act, Desk, Point, PostOffice, house, house_on_postgres};

/// Mails under way while the desk is killed at some moment.
const AT_ONCE: usize = 4;
/// Moments drawn by lot: most on the database that costs least.
const BY_LOT: u64 = 24;
const BY_LOT_ON_POSTGRES: u64 = 8;
/// Longest that anything may take, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// The process, as long as it lives.
#[derive(Clone, Default)]
struct Process(Arc<Mutex<Option<Child>>>);

impl Process {
    fn start(&self, desk: &Desk, office: &PostOffice) {
        // Held while it starts: whoever kills it at its first word finds it here.
        let mut alive = self.0.lock().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_disclosure-desk"))
            .arg("serve")
            .args(["--listen", "127.0.0.1:0", "--mail-host", "127.0.0.1"])
            .args(["--mail-tls", "plain", "--mail-from", "desk@desk.example"])
            .args(["--mail-port", &office.port.to_string()])
            .arg("--data")
            .arg(desk.folder())
            .arg("--site")
            .arg(desk.folder())
            .env("DATABASE_URL", &desk.url)
            .env("DESK_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        *alive = Some(child);
    }

    /// At once and without a word: SIGKILL.
    fn kill(&self) {
        if let Some(mut child) = self.0.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// As whoever looks after a machine asks it to end: SIGTERM.
    fn ask_to_end(&self) {
        let child = self.0.lock().unwrap();
        let pid = child.as_ref().unwrap().id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.unwrap().success());
    }

    fn is_gone(&self) -> bool {
        let mut child = self.0.lock().unwrap();
        child
            .as_mut()
            .is_none_or(|child| child.try_wait().unwrap().is_some())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The last one lets no process live on after a test that failed.
        if Arc::strong_count(&self.0) == 1 {
            self.kill();
        }
    }
}

async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < PATIENCE, "still not: {what}");
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
}

fn now() -> Timestamp {
    Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap()
}

/// One desk, its server, and every mail that was ever posted.
struct Trial {
    desk: Desk,
    office: PostOffice,
    process: Process,
    posted: Vec<MailId>,
    kills: u32,
}

impl Trial {
    fn of(desk: Desk) -> Self {
        Self {
            office: PostOffice::open(),
            process: Process::default(),
            posted: Vec::new(),
            kills: 0,
            desk,
        }
    }

    async fn posts(&mut self, mails: usize) -> Vec<MailId> {
        let mut new = Vec::new();
        let mut writing = self.desk.store.begin().await.unwrap();
        for _ in 0..mails {
            let id = MailId(Uuid::now_v7());
            let to = Address::parse("anna@example.org").unwrap();
            let text = "The answer to 2026-0007 is due today.\n".repeat(40);
            let key = format!("trial/{id}");
            let (kind, subject) = (Kind::Test, "Due today: 2026-0007");
            let mail = Mail::new(id, "desk.example", key, kind, to, subject, &text).unwrap();
            assert!(writing.post(now(), &mail).await.unwrap());
            new.push(id);
        }
        writing.commit().await.unwrap();
        self.posted.extend(&new);
        new
    }

    async fn mail(&self, id: MailId) -> Posted {
        self.desk.store.mail(id).await.unwrap().unwrap()
    }

    async fn is(&self, id: MailId, state: State) -> bool {
        self.mail(id).await.state == state
    }

    /// The process runs on a server that behaves until nothing waits, and what a desk that was killed
    /// left is put right.
    async fn runs_until_all_is_told(&self) {
        self.office.behaves();
        self.process.kill();
        self.process.start(&self.desk, &self.office);
        until("every mail is told of", async || {
            let mut told = true;
            for id in &self.posted {
                let state = self.mail(*id).await.state;
                told &= matches!(state, State::Sent | State::Unknown);
            }
            told
        })
        .await;
        self.process.kill();
    }

    /// The promise, for every mail that was ever posted.
    async fn holds(&self, at: &str) {
        for id in &self.posted {
            let mail = self.mail(*id).await;
            let times = self.office.times(&mail.message_id);
            match mail.state {
                State::Sent => assert_eq!(times, 1, "{at}: {mail:?}"),
                State::Unknown => assert!(times <= 1, "{at}: {mail:?}"),
                _ => panic!("{at}: {mail:?}"),
            }
        }
    }

    /// The process is killed by the server at a point of the conversation.
    async fn killed_at(&mut self, point: Point, then: Act) -> MailId {
        let id = self.posts(1).await[0];
        let (process, done) = (self.process.clone(), Arc::new(AtomicBool::new(false)));
        let killed = Arc::clone(&done);
        self.office.plans(move |here| {
            if here != point {
                return Act::GoOn;
            }
            process.kill();
            killed.store(true, Ordering::SeqCst);
            then
        });
        self.process.start(&self.desk, &self.office);
        until("the process is killed", async || {
            done.load(Ordering::SeqCst)
        })
        .await;
        self.kills += 1;
        id
    }

    /// The same, while nobody can write: what the desk would write next, it never does.
    async fn killed_unwritten(&mut self, point: Point) -> MailId {
        let id = self.posts(1).await[0];
        let (store, handle) = (self.desk.store.clone(), Handle::current());
        let held: Arc<Mutex<Option<Writing>>> = Arc::default();
        let holds = Arc::clone(&held);
        self.office.plans(move |here| {
            if here == point {
                let taken = handle.block_on(store.begin()).unwrap();
                *holds.lock().unwrap() = Some(taken);
            }
            Act::GoOn
        });
        self.process.start(&self.desk, &self.office);
        until("nobody can write", async || held.lock().unwrap().is_some()).await;
        // Time for the server's answer to come, and for the desk to begin what it cannot finish.
        tokio::time::sleep(Duration::from_millis(150)).await;
        self.process.kill();
        self.kills += 1;
        // Nothing was written: dropped, it lets the next one in.
        held.lock().unwrap().take();
        id
    }

    /// A member settles what is unknown as they find it, and then all was sent once.
    async fn is_settled(&mut self) -> (u32, u32) {
        let anna = self.desk.member("anna").await.id;
        let (mut arrived, mut again) = (0, 0);
        for id in self.posted.clone() {
            let mail = self.mail(id).await;
            if mail.state == State::Unknown {
                let sent = self.office.times(&mail.message_id) == 1;
                *(if sent { &mut arrived } else { &mut again }) += 1;
                let mut writing = self.desk.store.begin().await.unwrap();
                writing.settle_mail(now(), anna, id, sent).await.unwrap();
                writing.commit().await.unwrap();
            }
        }
        self.runs_until_all_is_told().await;
        for id in &self.posted {
            let mail = self.mail(*id).await;
            assert_eq!(mail.state, State::Sent, "{mail:?}");
            assert_eq!(self.office.times(&mail.message_id), 1, "{mail:?}");
        }
        (arrived, again)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_point_of_sending_it_loses_nothing_and_sends_nothing_twice() {
    killed_at_every_point(house().await, BY_LOT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_point_of_sending_on_postgres_it_keeps_the_same_promise() {
    let Some(desk) = house_on_postgres().await else {
        return;
    };
    killed_at_every_point(desk, BY_LOT_ON_POSTGRES)
        .await
        .clear()
        .await;
}

async fn killed_at_every_point(desk: Desk, moments: u64) -> Desk {
    let begun = Instant::now();
    let mut trial = Trial::of(desk);

    // Where the desk had only taken a mail up, it goes out by itself, once.
    for point in [
        Point::Connected,
        Point::Ehlo,
        Point::Mail,
        Point::Rcpt,
        Point::Data,
    ] {
        let id = trial.killed_at(point, Act::GoOn).await;
        assert!(trial.is(id, State::Claimed).await, "{point:?}");
        trial.runs_until_all_is_told().await;
        assert!(trial.is(id, State::Sent).await, "{point:?}");
        trial.holds(&format!("{point:?}")).await;
    }
    let id = trial.killed_unwritten(Point::Data).await;
    assert!(trial.is(id, State::Claimed).await, "the 354 was not told");
    trial.runs_until_all_is_told().await;
    assert!(trial.is(id, State::Sent).await);
    trial.holds("the 354 was read").await;

    // From the first byte of the text until the answer is written down, nobody can know.
    for (point, then, times) in [
        (Point::Text, Act::Break, Some(0)),
        // How much of the text had left the desk is chance: its end may have, or not.
        (Point::Text, Act::GoOn, None),
        (Point::End, Act::Break, Some(0)),
        (Point::End, Act::GoOn, Some(1)),
    ] {
        let at = format!("{point:?}, {then:?}");
        let id = trial.killed_at(point, then).await;
        assert!(trial.is(id, State::HandingOver).await, "{at}");
        trial.runs_until_all_is_told().await;
        let mail = trial.mail(id).await;
        assert_eq!(mail.state, State::Unknown, "{at}");
        if let Some(times) = times {
            assert_eq!(trial.office.times(&mail.message_id), times, "{at}");
        }
        trial.holds(&at).await;
    }
    let id = trial.killed_unwritten(Point::End).await;
    assert!(
        trial.is(id, State::HandingOver).await,
        "the 250 was not told"
    );
    trial.runs_until_all_is_told().await;
    assert!(trial.is(id, State::Unknown).await);
    trial.holds("the 250 was read").await;

    // Once the answer is written down, all is known.
    let id = trial.posts(1).await[0];
    trial.office.behaves();
    trial.process.start(&trial.desk, &trial.office);
    until("it was sent", async || trial.is(id, State::Sent).await).await;
    trial.process.kill();
    trial.kills += 1;
    trial.runs_until_all_is_told().await;
    trial.holds("it was written down").await;
    let points = trial.kills;

    by_lot(&mut trial, moments).await;
    let (arrived, again) = trial.is_settled().await;
    trial.desk.holds().await;
    println!(
        "killed at {points} points and at {moments} moments drawn by lot, {} mails: each was received \
         once or stood as unknown; {arrived} of those had arrived, {again} were sent again; {:.0?}",
        trial.posted.len(),
        begun.elapsed()
    );
    trial.desk
}

/// The process is killed at moments that nobody chose, with several mails under way; what one left,
/// the next one goes on with.
async fn by_lot(trial: &mut Trial, moments: u64) {
    let lot = Arc::new(AtomicU64::new(
        u64::try_from(now().as_millisecond()).unwrap(),
    ));
    let draw = move |lot: &AtomicU64, most: u64| {
        let next = |seed: u64| {
            seed.wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407)
        };
        let drawn = lot.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |seed| Some(next(seed)));
        (drawn.unwrap() >> 33) % most
    };
    for round in 0..moments {
        trial.posts(AT_ONCE).await;
        let (slow, began) = (Arc::clone(&lot), Arc::new(AtomicBool::new(false)));
        let begins = Arc::clone(&began);
        trial.office.plans(move |_| {
            begins.store(true, Ordering::SeqCst);
            std::thread::sleep(Duration::from_micros(draw(&slow, 2_000)));
            Act::GoOn
        });
        trial.process.start(&trial.desk, &trial.office);
        until("it sends", async || began.load(Ordering::SeqCst)).await;
        tokio::time::sleep(Duration::from_micros(draw(&lot, 60_000))).await;
        trial.process.kill();
        trial.kills += 1;
        if round % 6 == 5 {
            trial.runs_until_all_is_told().await;
            trial.holds(&format!("moment {round}")).await;
        }
    }
    trial.runs_until_all_is_told().await;
    trial.holds("the last moment").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_end_it_lets_the_mail_through_that_it_hands_over() {
    let mut trial = Trial::of(house().await);
    let ids = trial.posts(2).await;
    let asked = Arc::new(AtomicBool::new(false));
    let (process, asks) = (trial.process.clone(), Arc::clone(&asked));
    trial.office.plans(move |point| {
        if point == Point::Text && !asks.swap(true, Ordering::SeqCst) {
            process.ask_to_end();
            // Long enough for a slow desk to have heard it before its mail is through.
            std::thread::sleep(Duration::from_secs(3));
        }
        Act::GoOn
    });
    trial.process.start(&trial.desk, &trial.office);
    until("it ends", async || {
        asked.load(Ordering::SeqCst) && trial.process.is_gone()
    })
    .await;
    assert!(trial.is(ids[0], State::Sent).await);
    assert!(trial.is(ids[1], State::Waiting).await, "it begins no other");
    trial.runs_until_all_is_told().await;
    trial.holds("asked to end").await;
}
