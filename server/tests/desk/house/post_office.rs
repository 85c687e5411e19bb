//! A mail server: its commands and states are the `mailin` crate's; the line to it is ours, so that
//! it can stop, break or answer otherwise at any point of a conversation.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use mailin::{Action, Handler, Response, SessionBuilder};
use post::{Relay, Settings, Tls};

/// A point of a conversation, each before the server answers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Connected,
    Ehlo,
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
    /// Breaks the line off.
    Break,
}

type Plan = Box<dyn FnMut(Point) -> Act + Send>;

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
    received: Arc<Mutex<Vec<Received>>>,
    plan: Arc<Mutex<Plan>>,
}

impl PostOffice {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let office = Self {
            port: listener.local_addr().unwrap().port(),
            received: Arc::default(),
            plan: Arc::new(Mutex::new(Box::new(|_| Act::GoOn))),
        };
        let serves = office.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let serves = serves.clone();
                // A line that breaks is what many tests are about.
                std::thread::spawn(move || drop(serves.talk(&line)));
            }
        });
        office
    }

    /// The server as a desk is told of it.
    pub fn relay(&self) -> Relay {
        self.relay_with(Tls::Plain)
    }

    pub fn relay_with(&self, tls: Tls) -> Relay {
        let settings = Settings {
            host: "127.0.0.1".into(),
            port: self.port,
            from: "Example Web Ltd. <desk@desk.example>".into(),
            tls,
            login: None,
            authority: None,
        };
        Relay::new(settings).unwrap()
    }

    /// From here on, the server does this.
    pub fn plans(&self, plan: impl FnMut(Point) -> Act + Send + 'static) {
        *self.plan.lock().unwrap() = Box::new(plan);
    }

    /// The server does its work again.
    pub fn behaves(&self) {
        self.plans(|_| Act::GoOn);
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
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

    fn talk(&self, line: &TcpStream) -> std::io::Result<()> {
        let from = line.peer_addr()?.ip();
        let mut reader = BufReader::new(line.try_clone()?);
        let mut writer = line.try_clone()?;
        let desk = Counter::default();
        let mut session = SessionBuilder::new("mail.example").build(from, desk.clone());
        let mut says = |what: &Response| writer.write_all(&what.buffer()?);
        match self.act(Point::Connected) {
            Act::GoOn => says(&session.greeting())?,
            Act::Say(code, words) => return says(&Response::custom(code, words.into())),
            Act::Break => return Ok(()),
        }
        let mut in_text = 0_usize;
        loop {
            let mut command = Vec::new();
            if reader.read_until(b'\n', &mut command)? == 0 {
                return Ok(());
            }
            let word = String::from_utf8_lossy(&command).to_ascii_uppercase();
            let point = match (in_text, word.split_whitespace().next()) {
                (0, Some("EHLO")) => Some(Point::Ehlo),
                (0, Some("MAIL")) => Some(Point::Mail),
                (0, Some("RCPT")) => Some(Point::Rcpt),
                (0, Some("DATA")) => Some(Point::Data),
                (0, Some("QUIT")) => Some(Point::Quit),
                (1, _) => Some(Point::Text),
                (_, Some(".")) => Some(Point::End),
                _ => None,
            };
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
                says(&answer)?;
            }
            if point == Some(Point::End) && self.act(Point::Answered) == Act::Break {
                return Ok(());
            }
            if answer.action == Action::Close {
                return Ok(());
            }
        }
    }
}

/// Writes down what is said on one line.
#[derive(Clone, Default)]
struct Counter(Arc<Mutex<(String, String, Vec<u8>)>>);

impl Counter {
    fn taken(&self) -> Received {
        let written = self.0.lock().unwrap();
        Received {
            from: written.0.clone(),
            to: written.1.clone(),
            message: String::from_utf8(written.2.clone()).unwrap(),
        }
    }
}

impl Handler for Counter {
    fn mail(&mut self, _: std::net::IpAddr, _: &str, from: &str) -> Response {
        from.clone_into(&mut self.0.lock().unwrap().0);
        mailin::response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        to.clone_into(&mut self.0.lock().unwrap().1);
        mailin::response::OK
    }

    fn data_start(&mut self, _: &str, _: &str, _: bool, _: &[String]) -> Response {
        self.0.lock().unwrap().2.clear();
        mailin::response::START_DATA
    }

    fn data(&mut self, piece: &[u8]) -> std::io::Result<()> {
        self.0.lock().unwrap().2.extend_from_slice(piece);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        mailin::response::OK
    }
}
