//! Mail on private lines: who vouches for a server, and a password that nobody else hears.

use std::{path::Path, time::Duration};

use casework::mail::{Address, Kind, MailId, State};
use mailin::AuthMechanism;
use post::{Login, Relay, Settings, Tls};
use store::Posted;
use zeroize::Zeroizing;

use crate::house::{Act, Authority, Desk, Known, Manner, Point, PostOffice, Turn, house, logged};

/// Where the server of these tests is.
const HERE: &str = "127.0.0.1";
const USER: &str = "desk@desk.example";
const SECRET: &str = "herring-lantern-41";
const WRONG: &str = "herring-lantern-42";

impl PostOffice {
    /// The first words of what was said to it, on private lines or on others.
    fn words(&self, private: bool) -> Vec<String> {
        let heard = self.heard().into_iter();
        let heard = heard.filter(|heard| heard.private == private);
        let first = |words: &str| words.split(' ').next().unwrap_or_default().to_owned();
        heard.map(|heard| first(&heard.words)).collect()
    }

    fn vouched(&self, tls: Tls, authority: &Authority) -> Settings {
        Settings {
            authority: Some(authority.file().into()),
            ..self.settings(tls)
        }
    }

    fn signing_in(&self, authority: &Authority, password: &str) -> Settings {
        Settings {
            login: Some(Login {
                user: USER.into(),
                password: Zeroizing::new(password.into()),
            }),
            ..self.vouched(Tls::StartTls, authority)
        }
    }
}

impl Desk {
    /// Posts a mail and tries to send it: what became of it.
    async fn sends(&self, settings: Settings) -> Posted {
        let desk = self.mailing_through(Relay::new(settings).unwrap()).await;
        let id = desk.posts_a_test().await;
        desk.office.send_mail().await.unwrap();
        desk.store.mail(id).await.unwrap().unwrap()
    }

    async fn posts_a_test(&self) -> MailId {
        let to = Address::parse("anna@example.org").unwrap();
        let key = format!("private/{}", uuid::Uuid::now_v7());
        let mail = self.office.mail(Kind::Test, key, to, "A test", "Nothing.");
        let mail = mail.unwrap();
        let mut writing = self.store.begin().await.unwrap();
        assert!(writing.post(self.now(), &mail).await.unwrap());
        writing.commit().await.unwrap();
        mail.id
    }
}

fn waits(mail: &Posted, why: &str) {
    assert_eq!(mail.state, State::Waiting, "{mail:?}");
    let reply = mail.reply.as_deref().unwrap_or_default();
    assert!(reply.contains(why), "{reply}");
}

fn known(said: AuthMechanism) -> Known {
    Known {
        user: USER,
        password: SECRET,
        said,
    }
}

#[tokio::test]
async fn behind_starttls_all_is_private() {
    let authority = Authority::found("An authority");
    let office = PostOffice::open_with(Manner {
        turn: Turn::StartTls(authority.vouches_for(HERE)),
        ..Manner::default()
    });
    let settings = office.vouched(Tls::StartTls, &authority);
    let mail = house().await.sends(settings).await;
    assert_eq!(mail.state, State::Sent);
    assert_eq!(office.received().len(), 1);
    assert_eq!(office.words(false), ["EHLO", "STARTTLS"]);
    assert_eq!(office.words(true)[..4], ["EHLO", "MAIL", "RCPT", "DATA"]);
}

#[tokio::test]
async fn a_line_may_be_private_from_its_first_byte() {
    let authority = Authority::found("An authority");
    let office = PostOffice::open_with(Manner {
        turn: Turn::AtOnce(authority.vouches_for(HERE)),
        ..Manner::default()
    });
    let settings = office.vouched(Tls::Implicit, &authority);
    let mail = house().await.sends(settings).await;
    assert_eq!(mail.state, State::Sent);
    assert_eq!(office.received().len(), 1);
    assert!(office.words(false).is_empty());
    assert_eq!(office.words(true)[..4], ["EHLO", "MAIL", "RCPT", "DATA"]);
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing_until_somebody_does() {
    let (known, other) = (
        Authority::found("An authority"),
        Authority::found("Another"),
    );
    let desk = house().await;
    for tls in [Tls::StartTls, Tls::Implicit] {
        let papers = known.vouches_for(HERE);
        let office = PostOffice::open_with(Manner {
            turn: match tls {
                Tls::StartTls => Turn::StartTls(papers),
                _ => Turn::AtOnce(papers),
            },
            ..Manner::default()
        });
        for settings in [office.settings(tls), office.vouched(tls, &other)] {
            waits(&desk.sends(settings).await, "UnknownIssuer");
        }
        assert!(office.words(true).is_empty(), "{tls:?}");
        assert!(office.received().is_empty(), "{tls:?}");
        // Two that waited and one that is new.
        desk.hours_pass(1);
        let mail = desk.sends(office.vouched(tls, &known)).await;
        assert_eq!(mail.state, State::Sent, "{tls:?}");
        assert_eq!(office.received().len(), 3, "{tls:?}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_none() {
    let authority = Authority::found("An authority");
    let desk = house().await;
    for (tls, turn) in [
        (Tls::StartTls, Turn::StartTls as fn(_) -> _),
        (Tls::Implicit, Turn::AtOnce),
    ] {
        let office = PostOffice::open_with(Manner {
            turn: turn(authority.vouches_for("mail.example")),
            ..Manner::default()
        });
        let mail = desk.sends(office.vouched(tls, &authority)).await;
        waits(&mail, "not valid for name");
        assert!(office.words(true).is_empty(), "{tls:?}");
        assert!(office.received().is_empty(), "{tls:?}");
    }
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_will_not_turn_private() {
    let office = PostOffice::open();
    let mail = house().await.sends(office.settings(Tls::StartTls)).await;
    waits(&mail, "STARTTLS");
    assert!(!office.words(false).contains(&"MAIL".to_owned()));
    assert!(office.received().is_empty());
}

#[tokio::test]
async fn what_was_said_before_the_line_turned_private_is_not_believed() {
    const FORGED: &str =
        "250-mail.example\r\n250 8BITMIME\r\n250 OK\r\n250 OK\r\n354 Go on\r\n250 OK\r\n";
    let authority = Authority::found("An authority");
    let office = PostOffice::open_with(Manner {
        turn: Turn::StartTls(authority.vouches_for(HERE)),
        ..Manner::default()
    });
    office.plans(|point| match point {
        Point::StartTls => Act::Add(FORGED),
        // Whoever wrote that lets nothing through behind it, and breaks nothing off either.
        Point::Mail => {
            std::thread::sleep(Duration::from_secs(1));
            Act::Break
        }
        _ => Act::GoOn,
    });
    let settings = office.vouched(Tls::StartTls, &authority);
    let mail = house().await.sends(settings).await;
    waits(&mail, "Connection error");
    assert!(office.received().is_empty());
}

#[tokio::test]
async fn who_has_to_sign_in_does_so_before_anything_else() {
    let authority = Authority::found("An authority");
    let desk = house().await;
    for said in [AuthMechanism::Plain, AuthMechanism::Login] {
        let office = PostOffice::open_with(Manner {
            turn: Turn::StartTls(authority.vouches_for(HERE)),
            login: Some(known(said.clone())),
            ..Manner::default()
        });
        let mail = desk.sends(office.vouched(Tls::StartTls, &authority)).await;
        waits(&mail, "503");
        assert!(office.received().is_empty(), "{said:?}");
        let mail = desk.sends(office.signing_in(&authority, SECRET)).await;
        assert_eq!(mail.state, State::Sent, "{said:?}");
        let words = office.words(true);
        let place = |word: &str| words.iter().rposition(|said| said == word);
        assert!(place("AUTH") < place("MAIL"), "{words:?}");
        assert!(!office.words(false).contains(&"AUTH".to_owned()));
    }
}

#[tokio::test]
async fn a_wrong_password_sends_nothing_and_is_told_nowhere() {
    let authority = Authority::found("An authority");
    let desk = house().await;
    let office = PostOffice::open_with(Manner {
        turn: Turn::StartTls(authority.vouches_for(HERE)),
        login: Some(known(AuthMechanism::Plain)),
        ..Manner::default()
    });
    let wrong = office.signing_in(&authority, WRONG);
    let mail = desk.sends(wrong.clone()).await;
    waits(&mail, "535 Invalid credentials");
    // A server that repeats what it heard.
    let echoes = [
        "5.7.8 herring-lantern-42 is wrong",
        "5.7.8 what is AGRlc2tAZGVzay5leGFtcGxlAGhlcnJpbmctbGFudGVybi00Mg==",
    ];
    for echo in echoes {
        office.plans(move |point| match point {
            Point::Auth => Act::Say(535, echo),
            _ => Act::GoOn,
        });
        let mail = desk.sends(wrong.clone()).await;
        assert_eq!(mail.reply.as_deref(), Some("535"), "{mail:?}");
    }
    assert!(office.received().is_empty());
    assert!(!office.words(true).contains(&"MAIL".to_owned()));
    let heard = office.heard();
    let auth = heard
        .iter()
        .find_map(|heard| heard.words.strip_prefix("AUTH PLAIN "));
    let log = logged();
    for secret in [WRONG, auth.unwrap()] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_password_is_said_on_private_lines_only() {
    let authority = Authority::found("An authority");
    let office = PostOffice::open_with(Manner {
        login: Some(known(AuthMechanism::Plain)),
        careless: true,
        ..Manner::default()
    });
    let settings = office.signing_in(&authority, SECRET);
    let mail = house().await.sends(settings).await;
    waits(&mail, "STARTTLS");
    assert_eq!(office.words(false)[0], "EHLO");
    assert!(!office.words(false).contains(&"AUTH".to_owned()));
    // Nor where the desk is told to speak in the clear.
    let settings = Settings {
        tls: Tls::Plain,
        ..office.signing_in(&authority, SECRET)
    };
    let unfit = Relay::new(settings).err().unwrap().to_string();
    assert!(unfit.contains("on an encrypted line only"), "{unfit}");
}

#[tokio::test]
async fn a_desk_reads_from_its_environment_how_mail_leaves() {
    let authority = Authority::found("An authority");
    let office = PostOffice::open_with(Manner {
        turn: Turn::StartTls(authority.vouches_for("localhost")),
        login: Some(known(AuthMechanism::Plain)),
        ..Manner::default()
    });
    let desk = house().await;
    desk.posts_a_test().await;
    let (log, password) = (desk.folder().join("log"), desk.folder().join("password"));
    std::fs::write(&password, format!("{SECRET}\r\n")).unwrap();
    let mut process = tokio::process::Command::new(env!("CARGO_BIN_EXE_disclosure-desk"))
        .arg("serve")
        .env("DESK_DATA", desk.folder())
        .env("DESK_SITE", desk.folder())
        .env("DESK_LISTEN", "127.0.0.1:0")
        .env("DESK_LOG", "trace")
        .env("DESK_MAIL_HOST", "localhost")
        .env("DESK_MAIL_PORT", office.port.to_string())
        .env("DESK_MAIL_FROM", USER)
        .env("DESK_MAIL_USER", USER)
        .env("DESK_MAIL_PASSWORD_FILE", &password)
        .env("DESK_MAIL_CA_FILE", authority.file())
        .stdout(std::process::Stdio::null())
        .stderr(std::fs::File::create(&log).unwrap())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    for _ in 0..600 {
        if !office.received().is_empty() {
            break;
        }
        assert!(process.try_wait().unwrap().is_none(), "{}", read(&log));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    process.kill().await.unwrap();
    let log = read(&log);
    assert_eq!(office.received().len(), 1, "{log}");
    assert_eq!(office.words(false), ["EHLO", "STARTTLS"]);
    let heard = office.heard();
    let auth = heard
        .iter()
        .find_map(|heard| heard.words.strip_prefix("AUTH PLAIN "));
    for secret in [SECRET, auth.unwrap()] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_desk_that_is_told_half_of_how_to_sign_in_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let password = folder.path().join("password");
    std::fs::write(&password, SECRET).unwrap();
    let whole = server::config::MailConfig {
        host: Some("mail.example".into()),
        from: Some(USER.into()),
        user: Some(USER.into()),
        password_file: Some(password.clone()),
        ..server::config::MailConfig::default()
    };
    assert!(whole.relay().unwrap().is_some());
    for (odd, says) in [
        (
            server::config::MailConfig {
                user: None,
                ..whole.clone()
            },
            "belong together",
        ),
        (
            server::config::MailConfig {
                password_file: None,
                ..whole.clone()
            },
            "belong together",
        ),
        (
            server::config::MailConfig {
                password_file: Some(folder.path().join("not there")),
                ..whole.clone()
            },
            "not there",
        ),
        (
            server::config::MailConfig {
                ca_file: Some(password),
                ..whole.clone()
            },
            "cannot be read",
        ),
    ] {
        let error = format!("{:#}", odd.relay().err().unwrap());
        assert!(error.contains(says), "{error}");
        assert!(!error.contains(SECRET), "{error}");
    }
}
