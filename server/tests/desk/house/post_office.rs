//! A mail server: its commands and states are the `mailin` crate's; the line to it is ours, so that
//! it can stop, break, turn private or answer otherwise at any point of a conversation.

mod counter;
mod line;
mod papers;

use std::{
    io,
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use mailin::{Action, AuthMechanism, Response, SessionBuilder};
use post::{Relay, Settings, Tls};
use rustls::ServerConfig;

use counter::Counter;
use line::Line;
pub use papers::Authority;

/// A point of a conversation, each before the server answers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Connected,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The first line of the text came.
    Text,
    /// The whole text came, and the server took it.
    End,
    /// The server said that it took it.
    Answered,
    Quit,
}

/// What the server does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    GoOn,
    /// Answers this instead. At the end of a text, it did not take it.
    Say(u16, &'static str),
    /// Answers as it would, and says this behind it.
    Add(&'static str),
    /// Breaks the line off.
    Break,
}

type Plan = Box<dyn FnMut(Point) -> Act + Send>;

/// How a server lets others speak with it.
#[derive(Clone, Default)]
pub struct Manner {
    pub turn: Turn,
    pub login: Option<Known>,
    /// A password is asked for on any line.
    pub careless: bool,
}

/// Who may send mail, by what password, and how they say it.
#[derive(Clone)]
pub struct Known {
    pub user: &'static str,
    pub password: &'static str,
    pub said: AuthMechanism,
}

/// How a line turns private.
#[derive(Clone, Default)]
pub enum Turn {
    #[default]
    Never,
    StartTls(Arc<ServerConfig>),
    AtOnce(Arc<ServerConfig>),
}

/// A line that the server heard.
#[derive(Clone, Debug)]
pub struct Heard {
    pub private: bool,
    pub words: String,
}

/// A message that the server took.
#[derive(Clone, Debug)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub message: String,
}

impl Received {
    /// A header, as it was sent.
    pub fn header(&self, name: &str) -> &str {
        let start = format!("{name}: ");
        let mut lines = self.message.lines();
        lines
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or_default()
    }
}

/// The server; it runs until the test ends.
#[derive(Clone)]
pub struct PostOffice {
    pub port: u16,
    manner: Manner,
    heard: Arc<Mutex<Vec<Heard>>>,
    received: Arc<Mutex<Vec<Received>>>,
    plan: Arc<Mutex<Plan>>,
}

impl PostOffice {
    pub fn open() -> Self {
        Self::open_with(Manner::default())
    }

    pub fn open_with(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let office = Self {
            port: listener.local_addr().unwrap().port(),
            manner,
            heard: Arc::default(),
            received: Arc::default(),
            plan: Arc::new(Mutex::new(Box::new(|_| Act::GoOn))),
        };
        let serves = office.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let serves = serves.clone();
                // A line that breaks is what many tests are about.
                std::thread::spawn(move || drop(serves.talk(line)));
            }
        });
        office
    }

    /// The server as a desk is told of it.
    pub fn relay(&self) -> Relay {
        Relay::new(self.settings(Tls::Plain)).unwrap()
    }

    pub fn settings(&self, tls: Tls) -> Settings {
        Settings {
            host: "127.0.0.1".into(),
            port: self.port,
            from: "Example Web Ltd. <desk@desk.example>".into(),
            tls,
            login: None,
            authority: None,
        }
    }

    /// From here on, the server does this.
    pub fn plans(&self, plan: impl FnMut(Point) -> Act + Send + 'static) {
        *self.plan.lock().unwrap() = Box::new(plan);
    }

    /// From here on, the server breaks the line off at a point.
    pub fn breaks_off_at(&self, point: Point) {
        self.plans(move |here| if here == point { Act::Break } else { Act::GoOn });
    }

    /// The server does its work again.
    pub fn behaves(&self) {
        self.plans(|_| Act::GoOn);
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// Everything that was said to the server, on all lines.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// How often the server took the message of this id.
    pub fn times(&self, message_id: &str) -> usize {
        let id = format!("<{message_id}>");
        let received = self.received.lock().unwrap();
        let same = received.iter().filter(|one| one.header("Message-ID") == id);
        same.count()
    }

    fn act(&self, point: Point) -> Act {
        (self.plan.lock().unwrap())(point)
    }

    fn talk(&self, stream: TcpStream) -> io::Result<()> {
        let desk = Counter::new(self.manner.login.clone());
        let mut session = self.session().build(stream.peer_addr()?.ip(), desk.clone());
        let mut line = Line::open(stream);
        if let Turn::AtOnce(papers) = &self.manner.turn {
            line.turn_private(papers)?;
            session.tls_active();
        }
        match self.act(Point::Connected) {
            Act::GoOn | Act::Add(_) => line.say(&session.greeting().buffer()?)?,
            Act::Say(code, words) => {
                return line.say(&Response::custom(code, words.into()).buffer()?);
            }
            Act::Break => return Ok(()),
        }
        let mut in_text = 0_usize;
        loop {
            let command = line.hear()?;
            if command.is_empty() {
                return Ok(());
            }
            let point = self.listens(&command, in_text, line.is_private());
            let act = point.map_or(Act::GoOn, |point| self.act(point));
            if act == Act::Break {
                return Ok(());
            }
            let mut answer = session.process(&command);
            if let Act::Say(code, words) = act {
                answer = Response::custom(code, words.into());
            } else if point == Some(Point::End) {
                self.received.lock().unwrap().push(desk.taken());
            }
            in_text = match (point, answer.code) {
                (Some(Point::Data), 354) => 1,
                (Some(Point::End), _) => 0,
                _ if in_text > 0 => in_text + 1,
                _ => 0,
            };
            if answer.action != Action::NoReply {
                let mut says = answer.buffer()?;
                if let Act::Add(words) = act {
                    says.extend_from_slice(words.as_bytes());
                }
                line.say(&says)?;
            }
            if point == Some(Point::End) && self.act(Point::Answered) == Act::Break {
                return Ok(());
            }
            match (answer.action, &self.manner.turn) {
                (Action::Close, _) => return Ok(()),
                (Action::UpgradeTls, Turn::StartTls(papers)) => {
                    line.turn_private(papers)?;
                    session.tls_active();
                }
                _ => {}
            }
        }
    }

    /// What the server offers.
    fn session(&self) -> SessionBuilder {
        let mut session = SessionBuilder::new("mail.example");
        if matches!(self.manner.turn, Turn::StartTls(_)) {
            session.enable_start_tls();
        }
        if let Some(known) = &self.manner.login {
            session.enable_auth(known.said.clone());
        }
        if self.manner.careless {
            session.insecure_enable_plaintext_auth();
        }
        session
    }

    /// Writes down what it heard, and tells what that was.
    fn listens(&self, command: &[u8], in_text: usize, private: bool) -> Option<Point> {
        let words = String::from_utf8_lossy(command).trim_end().to_owned();
        let word = words.split_whitespace().next().map(str::to_ascii_uppercase);
        self.heard.lock().unwrap().push(Heard { private, words });
        match (in_text, word.as_deref()) {
            (0, Some("EHLO")) => Some(Point::Ehlo),
            (0, Some("STARTTLS")) => Some(Point::StartTls),
            (0, Some("AUTH")) => Some(Point::Auth),
            (0, Some("MAIL")) => Some(Point::Mail),
            (0, Some("RCPT")) => Some(Point::Rcpt),
            (0, Some("DATA")) => Some(Point::Data),
            (0, Some("QUIT")) => Some(Point::Quit),
            (1, _) => Some(Point::Text),
            (_, Some(".")) => Some(Point::End),
            _ => None,
        }
    }
}
