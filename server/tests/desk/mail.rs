//! Mail as people meet it: reminders, what a server says, and who settles what.

use casework::{
    case::{CaseId, StepKind},
    instrument::Instrument,
    mail::{Address, Kind, MailId, State},
    member::{Member, MemberId, Role},
    words::Line,
};
use store::{MailBox, NewMember, Posted};
use uuid::Uuid;

use crate::house::{Act, Desk, PASSWORD, Point, PostOffice, REQUEST, house, on_both};

/// What no mail may name: who asks, and about whom.
const NAMES: [&str; 4] = ["Lakeside", "Lopez", "sam.m", "LPD-26-0417"];

impl Desk {
    /// A member who signs in with an e-mail address, and with Anna's password.
    async fn joins(&self, sign_in: &str, role: Role) -> MemberId {
        let anna = self.store.member_by_sign_in("anna").await.unwrap().unwrap();
        let id = MemberId(Uuid::now_v7());
        let new = NewMember {
            member: Member {
                id,
                name: Line::parse(&format!("The one at {sign_in}")).unwrap(),
                role,
            },
            sign_in: sign_in.into(),
            password_hash: anna.password_hash,
            must_change_password: false,
        };
        let finn = self.member("finn").await.id;
        let mut writing = self.store.begin().await.unwrap();
        writing
            .add_member(self.now(), Some(finn), &new)
            .await
            .unwrap();
        writing.commit().await.unwrap();
        id
    }

    async fn mails(&self, state: State) -> Vec<Posted> {
        self.store.mails(MailBox::State(state), 99).await.unwrap()
    }

    /// Who is reminded now, each with the first word of the subject.
    async fn reminds(&self) -> Vec<(String, String)> {
        let before = self.mails(State::Waiting).await;
        self.office.remind().await.unwrap();
        let after = self.mails(State::Waiting).await.into_iter();
        let new = after.filter(|mail| before.iter().all(|known| known.id != mail.id));
        let mut told: Vec<_> = new
            .map(|mail| {
                let (level, _) = mail.subject.split_once(':').unwrap();
                (mail.to.to_string(), level.to_owned())
            })
            .collect();
        told.sort();
        told
    }

    /// Anna tells the subject of a case by mail.
    pub async fn notifies(&self, case: CaseId) -> MailId {
        let anna = self.signed_in("anna").await;
        let told = [
            ("how", "outbox"),
            ("to", "sam.m@subject.example"),
            ("what", "We disclosed your e-mail address."),
        ];
        anna.takes(case, StepKind::Notify, &told)
            .await
            .goes_to("/cases/");
        let mails = self.store.mails(MailBox::Case(case), 1).await.unwrap();
        assert_eq!(mails[0].kind, Kind::ServiceNotice);
        mails[0].id
    }

    pub async fn state(&self, id: MailId) -> State {
        self.store.mail(id).await.unwrap().unwrap().state
    }
}

fn told(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let told = all.iter();
    told.map(|(to, level)| ((*to).into(), (*level).into()))
        .collect()
}

async fn a_clock_is_told_at_each_level_once_and_to_whom_it_concerns(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    desk.joins("greta@desk.example", Role::Staff).await;
    desk.joins("hugo@desk.example", Role::Staff).await;
    desk.joins("ines@desk.example", Role::Manager).await;
    desk.joins("jan@desk.example", Role::Auditor).await;
    desk.joins("kim@desk.example", Role::Administrator).await;
    let greta = desk.signed_in("greta@desk.example").await;
    // Due at the end of 10 March in New York: at this desk, which is in UTC, on the 11th at 03:59.
    let case = greta.files(REQUEST).await;
    assert_eq!(desk.reminds().await, told(&[]), "eight days are not soon");
    desk.hours_pass(7 * 24);
    assert_eq!(
        desk.reminds().await,
        told(&[("greta@desk.example", "Due soon")])
    );
    assert_eq!(desk.reminds().await, told(&[]), "once");
    desk.hours_pass(41);
    let today = told(&[
        ("greta@desk.example", "Due today"),
        ("ines@desk.example", "Due today"),
    ]);
    assert_eq!(desk.reminds().await, today);
    desk.hours_pass(24);
    let late = told(&[
        ("greta@desk.example", "Late"),
        ("hugo@desk.example", "Late"),
        ("ines@desk.example", "Late"),
    ]);
    assert_eq!(desk.reminds().await, late);
    assert_eq!(desk.reminds().await, told(&[]), "once");
    let number = desk.case(case).await.number().to_string();
    for mail in desk.mails(State::Waiting).await {
        let text = mail.text.unwrap();
        assert!(mail.subject.contains(&number), "{}", mail.subject);
        assert!(
            text.contains(&format!("https://desk.example/cases/{case}")),
            "{text}"
        );
        for name in NAMES {
            assert!(
                !mail.subject.contains(name) && !text.contains(name),
                "{name}: {text}"
            );
        }
    }
    desk.holds().await;
}

async fn what_was_late_before_anybody_looked_is_told_as_late_only(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    desk.joins("ines@desk.example", Role::Manager).await;
    let anna = desk.signed_in("anna").await;
    anna.files(REQUEST).await;
    desk.hours_pass(24 * 30);
    assert_eq!(desk.reminds().await, told(&[("ines@desk.example", "Late")]));
}

async fn nobody_is_reminded_while_no_server_takes_mail(desk: &Desk) {
    desk.joins("ines@desk.example", Role::Manager).await;
    let anna = desk.signed_in("anna").await;
    let long_over = anna.files(REQUEST).await;
    desk.hours_pass(24 * 60);
    assert_eq!(desk.reminds().await, told(&[]));
    let anna = desk.signed_in("anna").await;
    let withdrawn = [("reasons", "They took it back.")];
    anna.takes(long_over, StepKind::Withdraw, &withdrawn)
        .await
        .goes_to("/cases/");
    let late = anna.files(REQUEST).await;
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    // What is late now is told; what was late meanwhile is not.
    assert_eq!(desk.reminds().await, told(&[("ines@desk.example", "Late")]));
    let mails = desk.mails(State::Waiting).await;
    assert!(mails.iter().all(|mail| mail.case == Some(late)));
}

async fn a_reminder_that_waited_for_a_day_is_not_sent(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    desk.joins("ines@desk.example", Role::Manager).await;
    let anna = desk.signed_in("anna").await;
    let case = anna.files(REQUEST).await;
    desk.hours_pass(24 * 30);
    desk.reminds().await;
    let notice = desk.notifies(case).await;
    let reminder = desk.mails(State::Waiting).await;
    let reminder = reminder.iter().find(|mail| mail.id != notice).unwrap().id;
    office.plans(|point| {
        if point == Point::Mail {
            Act::Say(451, "4.3.0 not now")
        } else {
            Act::GoOn
        }
    });
    desk.office.send_mail().await.unwrap();
    desk.hours_pass(24);
    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(reminder).await, State::Waiting, "a day is a day");
    desk.hours_pass(1);
    office.behaves();
    desk.office.send_mail().await.unwrap();
    let passed = desk.store.mail(reminder).await.unwrap().unwrap();
    assert_eq!(passed.state, State::Refused);
    let reply = passed.reply.unwrap();
    assert_eq!(reply, "It was about a day that has passed.");
    assert_eq!(desk.state(notice).await, State::Sent);
    assert_eq!(office.received().len(), 1);
    let finn = desk.signed_in("finn").await;
    let again = [("mail", reminder.to_string()), ("do", "again".into())];
    let again = again
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    finn.post("/mail", &again).await.shows(422).says(&reply);
    desk.holds().await;
}

async fn a_new_end_is_told_anew_and_the_staff_in_place_of_who_left(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    desk.joins("hugo@desk.example", Role::Staff).await;
    let greta = desk.joins("greta@desk.example", Role::Staff).await;
    let case = desk
        .signed_in("greta@desk.example")
        .await
        .files(REQUEST)
        .await;
    desk.hours_pass(7 * 24);
    assert_eq!(
        desk.reminds().await,
        told(&[("greta@desk.example", "Due soon")])
    );
    let finn = desk.member("finn").await.id;
    let mut writing = desk.store.begin().await.unwrap();
    writing
        .set_disabled(desk.now(), finn, greta, true)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let anna = desk.signed_in("hugo@desk.example").await;
    let page = format!("/cases/{case}/edit");
    anna.fills(&page, &page, &[("due", "2026-03-11")])
        .await
        .goes_to("/cases/");
    assert_eq!(
        desk.reminds().await,
        told(&[("hugo@desk.example", "Due soon")])
    );
}

async fn what_a_server_says_decides_what_becomes_of_a_mail(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.in_review(Instrument::SearchWarrant).await;
    for (place, point, act, state) in [
        (
            0,
            Point::Connected,
            Act::Say(554, "5.3.2 no service"),
            State::Waiting,
        ),
        (
            1,
            Point::Mail,
            Act::Say(550, "5.7.1 not you"),
            State::Waiting,
        ),
        (
            2,
            Point::Rcpt,
            Act::Say(450, "4.2.1 not now"),
            State::Waiting,
        ),
        (
            3,
            Point::Rcpt,
            Act::Say(550, "5.1.1 no such user"),
            State::Refused,
        ),
        (4, Point::Data, Act::Say(250, "odd"), State::Waiting),
        (5, Point::End, Act::Say(451, "4.3.0 full"), State::Waiting),
        (
            6,
            Point::End,
            Act::Say(552, "5.2.3 too large"),
            State::Refused,
        ),
        (7, Point::Text, Act::Break, State::Unknown),
        (8, Point::End, Act::Break, State::Unknown),
        (9, Point::End, Act::Say(354, "odd"), State::Unknown),
        (10, Point::End, Act::GoOn, State::Sent),
    ] {
        let to = Address::parse("anna@example.org").unwrap();
        let key = format!("said/{case}/{place}");
        let mail = desk.office.mail(Kind::Test, key, to, "A test", "Nothing.");
        let mail = mail.unwrap();
        let mut writing = desk.store.begin().await.unwrap();
        writing.post(desk.now(), &mail).await.unwrap();
        writing.commit().await.unwrap();
        office.plans(move |here| if here == point { act } else { Act::GoOn });
        assert_eq!(
            desk.office.send_mail().await.unwrap(),
            1,
            "{point:?} {act:?}"
        );
        assert_eq!(desk.state(mail.id).await, state, "{point:?} {act:?}");
        let taken = usize::from(state == State::Sent);
        assert_eq!(office.times(&mail.message_id), taken, "{point:?} {act:?}");
    }
    let received = office.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].to, "anna@example.org");
    assert_eq!(received[0].from, "desk@desk.example");
    assert_eq!(received[0].header("Auto-Submitted"), "auto-generated");
}

async fn what_is_uncertain_is_settled_by_those_who_work_the_case(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.in_review(Instrument::SearchWarrant).await;
    let notice = desk.notifies(case).await;
    office.breaks_off_at(Point::Text);
    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(notice).await, State::Unknown);

    let eve = desk.signed_in("eve").await;
    let page = format!("/cases/{case}/mail");
    eve.get(&format!("/cases/{case}"))
        .await
        .shows(200)
        .says("The fate of one mail is unknown.");
    eve.get(&page).await.shows(200).lacks("Send it again");
    let id = notice.to_string();
    let again = [("mail", id.as_str()), ("do", "again")];
    eve.post(&page, &again).await.shows(403);

    let anna = desk.signed_in("anna").await;
    anna.get(&page)
        .await
        .shows(200)
        .says("sam.m@subject.example");
    let other = desk.in_review(Instrument::SearchWarrant).await;
    let elsewhere = format!("/cases/{other}/mail");
    anna.post(&elsewhere, &again)
        .await
        .shows(422)
        .says("Choose the mail.");
    anna.post(&page, &again).await.goes_to(&page);
    assert_eq!(desk.state(notice).await, State::Waiting);
    anna.post(&page, &again)
        .await
        .shows(422)
        .says("it is under way, or it was sent");
    office.behaves();
    desk.office.send_mail().await.unwrap();
    assert_eq!(desk.state(notice).await, State::Sent);
    assert_eq!(desk.times("mail.settle").await, 1);
    let told = desk.actions(case).await;
    assert!(told.contains(&"mail.settle"), "{told:?}");
    desk.holds().await;
}

async fn administrators_see_how_mail_goes_and_nothing_of_the_case(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.in_review(Instrument::SearchWarrant).await;
    let notice = desk.notifies(case).await;
    let words = "5.1.1 <sam.m@subject.example> is unknown here";
    office.plans(move |point| {
        if point == Point::Rcpt {
            Act::Say(550, words)
        } else {
            Act::GoOn
        }
    });
    desk.office.send_mail().await.unwrap();

    let finn = desk.signed_in("finn").await;
    let shown = finn.get("/mail").await.shows(200);
    let shown = shown
        .says("Service notice")
        .says("withheld")
        .says("550 5.1.1");
    shown
        .lacks("sam.m")
        .lacks("We disclosed")
        .lacks("unknown here");
    let id = notice.to_string();
    finn.post("/mail", &[("mail", &id), ("do", "arrived")])
        .await
        .shows(422)
        .says("its fate is known");
    finn.post("/mail", &[("mail", &id), ("do", "again")])
        .await
        .goes_to("/mail?done=mail-again");
    assert_eq!(desk.state(notice).await, State::Waiting);
    finn.get(&format!("/cases/{case}/mail")).await.shows(403);
    desk.holds().await;
}

async fn settling_asks_for_a_fresh_proof(desk: &Desk) {
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let case = desk.in_review(Instrument::SearchWarrant).await;
    let notice = desk.notifies(case).await;
    office.breaks_off_at(Point::Text);
    desk.office.send_mail().await.unwrap();
    let id = notice.to_string();
    let typed = [("mail", id.as_str()), ("do", "again")];
    for (who, page) in [
        ("finn", "/mail".to_owned()),
        ("anna", format!("/cases/{case}/mail")),
    ] {
        let person = desk.signed_in(who).await;
        desk.minutes_pass(6);
        person
            .post(&page, &typed)
            .await
            .shows(422)
            .faults("proof", "Give your password once more");
        let wrong = [typed[0], typed[1], ("proof", "not the password at all")];
        person
            .post(&page, &wrong)
            .await
            .shows(422)
            .faults("proof", "This is not your password.");
        assert_eq!(desk.state(notice).await, State::Unknown, "{who}");
    }
    let anna = desk.signed_in("anna").await;
    desk.minutes_pass(6);
    let proven = [typed[0], typed[1], ("proof", PASSWORD)];
    let page = format!("/cases/{case}/mail");
    anna.post(&page, &proven).await.goes_to(&page);
    assert_eq!(desk.state(notice).await, State::Waiting);
}

async fn an_administrator_tries_the_server_with_a_mail_to_themselves(desk: &Desk) {
    desk.joins("kim@desk.example", Role::Administrator).await;
    let finn = desk.signed_in("finn").await;
    finn.get("/mail")
        .await
        .shows(200)
        .says("No mail server is configured")
        .lacks("Send a test mail");
    let office = PostOffice::open();
    let desk = desk.mailing_through(office.relay()).await;
    let kim = desk.signed_in("kim@desk.example").await;
    kim.get("/mail").await.shows(200).says("Send a test mail");
    kim.post("/mail", &[("do", "test")])
        .await
        .goes_to("/mail?done=mail-test");
    assert_eq!(desk.office.send_mail().await.unwrap(), 1);
    assert_eq!(office.received()[0].to, "kim@desk.example");
}

on_both!(
    a_clock_is_told_at_each_level_once_and_to_whom_it_concerns,
    what_was_late_before_anybody_looked_is_told_as_late_only,
    nobody_is_reminded_while_no_server_takes_mail,
    a_reminder_that_waited_for_a_day_is_not_sent,
    a_new_end_is_told_anew_and_the_staff_in_place_of_who_left,
    what_a_server_says_decides_what_becomes_of_a_mail,
    what_is_uncertain_is_settled_by_those_who_work_the_case,
    administrators_see_how_mail_goes_and_nothing_of_the_case,
    settling_asks_for_a_fresh_proof,
    an_administrator_tries_the_server_with_a_mail_to_themselves,
);

#[tokio::test]
async fn two_desks_that_share_a_database_send_a_mail_once() {
    let desk = house().await;
    let office = PostOffice::open();
    let one = desk.mailing_through(office.relay()).await;
    let two = desk.mailing_through(office.relay()).await;
    let case = one.in_review(Instrument::SearchWarrant).await;
    let notice = one.notifies(case).await;
    let (first, second) = tokio::join!(one.office.send_mail(), two.office.send_mail());
    assert_eq!(first.unwrap() + second.unwrap(), 1);
    let mail = one.store.mail(notice).await.unwrap().unwrap();
    assert_eq!(mail.state, State::Sent);
    assert_eq!(office.times(&mail.message_id), 1);
}
