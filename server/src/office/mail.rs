//! The outbox as people see it, and what they say became of a mail.

use std::collections::BTreeMap;

use app::{
    desk::{MailRow, MailsFile, Outbox},
    fault::Fault,
};
use casework::{
    Refusal,
    case::{Case, CaseId, CaseNumber},
    form::{Faults, Fields},
    mail::{Address, Kind, MailId, State},
    member::{Duty, MemberId},
    words::Line,
};
use store::{MailBox, Posted};

use super::{AtDesk, incident, notices, outbox};

/// Most mails of one state on the administrators' page. What is settled makes room for the rest.
const EACH: u64 = 50;
/// Most mails of a case on its page, the newest.
const OF_A_CASE: u64 = 200;

/// Names by member, and numbers by case.
type Names = (BTreeMap<MemberId, Line>, BTreeMap<CaseId, CaseNumber>);

impl AtDesk {
    pub(super) async fn outbox_page(&self) -> Result<Outbox, Fault> {
        self.on_duty(Duty::Administer)?;
        let store = &self.office.store;
        let of = async |states: &[State]| {
            let mut mails = Vec::new();
            for state in states {
                let found = store.mails(MailBox::State(*state), EACH).await;
                mails.extend(found.map_err(incident::store)?);
            }
            Ok::<_, Fault>(mails)
        };
        let (unknown, refused) = (of(&[State::Unknown]).await?, of(&[State::Refused]).await?);
        let waiting = of(&[State::HandingOver, State::Claimed, State::Waiting]).await?;
        let sent = of(&[State::Sent]).await?;
        let all = [&unknown, &refused, &waiting, &sent];
        let cases: Vec<CaseId> = all
            .iter()
            .flat_map(|mails| mails.iter().filter_map(|mail| mail.case))
            .collect();
        let members = store.members().await.map_err(incident::store)?;
        let unreached = members
            .iter()
            .filter(|row| !row.disabled && row.member.role.may(Duty::WorkCases))
            .filter(|row| Address::parse(&row.sign_in).is_none())
            .map(|row| row.member.name.clone())
            .collect();
        let names = (
            members
                .into_iter()
                .map(|row| (row.member.id, row.member.name))
                .collect(),
            store.numbers(&cases).await.map_err(incident::store)?,
        );
        let rows = |mails: Vec<Posted>| mails.into_iter().map(|mail| row(mail, &names, true));
        let me = self.who()?;
        Ok(Outbox {
            writes_as: self.office.writes_as(),
            address: self.office.address().map(str::to_owned),
            reaches_me: Address::parse(&me.sign_in).is_some(),
            unreached,
            unknown: rows(unknown).collect(),
            refused: rows(refused).collect(),
            waiting: rows(waiting).collect(),
            sent: rows(sent).collect(),
            now: self.now,
            me,
        })
    }

    pub(super) async fn mails_file(&self, id: CaseId) -> Result<MailsFile, Fault> {
        let case = self.readable(id).await?;
        self.leave_trace(id).await?;
        Ok(MailsFile {
            mails: self.mails_on(&case).await?,
            me: self.who()?,
            now: self.now,
            case,
        })
    }

    /// The mails of a case that this member reads.
    pub(super) async fn mails_on(&self, case: &Case) -> Result<Vec<MailRow>, Fault> {
        let store = &self.office.store;
        let mails = store
            .mails(MailBox::Case(case.id()), OF_A_CASE)
            .await
            .map_err(incident::store)?;
        // Most cases have none, and then there is nobody to look up.
        if mails.is_empty() {
            return Ok(Vec::new());
        }
        let members = store.members().await.map_err(incident::store)?;
        let names = (
            members
                .into_iter()
                .map(|row| (row.member.id, row.member.name))
                .collect(),
            BTreeMap::from([(case.id(), case.number())]),
        );
        Ok(mails
            .into_iter()
            .map(|mail| row(mail, &names, false))
            .collect())
    }

    /// Keeps what a member says became of a mail; of a case's, where one is named.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn settle_mail(&self, case: Option<CaseId>, fields: &Fields) -> Result<(), Fault> {
        let duty = if case.is_some() {
            Duty::WorkCases
        } else {
            Duty::Administer
        };
        let by = self.on_duty_and_proven(duty)?.id;
        let fault = |says: &str| Fault::from(Refusal::from(Faults::one("mail", says)));
        let arrived = fields.get("do") == "arrived";
        let id: MailId = fields
            .get("mail")
            .parse()
            .map_err(|_| fault("Choose the mail."))?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let mail = writing.mail(id).await.map_err(incident::store)?;
        let mail = mail
            .filter(|mail| case.is_none() || mail.case == case)
            .ok_or_else(|| fault("Choose the mail."))?;
        if arrived && !mail.state.may_have_arrived() {
            return Err(fault(
                "Nobody could say that this mail arrived: its fate is known.",
            ));
        }
        if !arrived && !mail.state.may_be_sent_again() {
            return Err(fault(
                "This mail is not sent again: it is under way, or it was sent.",
            ));
        }
        if !arrived && mail.text.is_none() {
            return Err(fault(
                "What this mail said is no longer kept, so it cannot be sent again.",
            ));
        }
        if !arrived && mail.state == State::Refused && outbox::has_passed(&mail, self.now) {
            return Err(fault(outbox::PASSED));
        }
        if !arrived {
            let may = notices::may_go_out(&mut writing, &mail, self.now).await;
            // What forbids it belongs to the case, which administrators do not see.
            let withheld =
                "An order forbids this notice for now; those who work its case know which.";
            may.map_err(incident::store)?
                .map_err(|refusal| match case {
                    Some(_) => refusal.into(),
                    None => fault(withheld),
                })?;
        }
        writing
            .settle_mail(self.now, by, id, arrived)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        self.office.has_posted();
        Ok(())
    }

    /// Posts a test mail to whoever asks.
    ///
    /// # Errors
    /// A refusal where they sign in with a name that is no e-mail address; [`Fault::ProofWanted`].
    pub async fn post_test_mail(&self) -> Result<(), Fault> {
        let member = self.on_duty_and_proven(Duty::Administer)?.clone();
        let to = Address::parse(&self.session()?.sign_in).ok_or_else(|| {
            let says = "You sign in with a name that is no e-mail address, so no mail reaches you.";
            Fault::from(Refusal::from(Faults::one("do", says)))
        })?;
        let subject = format!("Test mail of {}", self.office.organisation());
        let key = format!("test/{}", uuid::Uuid::now_v7());
        let text = "This desk can send mail. You asked for this test on its page of the outbox.";
        let mail = self.office.mail(Kind::Test, key, to, &subject, text)?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .post(self.now, &mail.to_member(member.id))
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        self.office.has_posted();
        Ok(())
    }
}

/// A mail as a page shows it. `outside` a case nothing is shown that belongs to one: neither whom a
/// notice or a letter goes to, nor the words of a server that may repeat it.
fn row(mail: Posted, (members, numbers): &Names, outside: bool) -> MailRow {
    let withheld = outside && mail.kind.is_of_the_case();
    let name = |id: MemberId| members.get(&id).cloned();
    let to = match mail.member.and_then(name) {
        Some(name) => Some(name.to_string()),
        None => Some(mail.to.to_string()),
    };
    let reply = mail
        .reply
        .map(|reply| if withheld { numbers_of(&reply) } else { reply });
    MailRow {
        id: mail.id,
        kind: mail.kind,
        state: mail.state,
        case: mail
            .case
            .and_then(|case| numbers.get(&case).map(|number| (case, *number))),
        to: to.filter(|_| !withheld),
        posted_at: mail.posted_at,
        changed_at: mail.changed_at,
        due_at: mail.due_at,
        attempt: mail.attempt,
        reply: reply.filter(|reply| !reply.is_empty()),
        settled: mail
            .settled
            .map(|settled| (name(settled.by), settled.at, settled.sent)),
        kept: mail.text.is_some(),
    }
}

/// The numbers that a reply begins with: its code, and the finer one. Source: RFC 5321, section 4.2;
/// RFC 3463.
fn numbers_of(reply: &str) -> String {
    let number = |word: &&str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let numbers: Vec<&str> = reply
        .split_whitespace()
        .take_while(number)
        .take(2)
        .collect();
    numbers.join(" ")
}

#[cfg(test)]
mod tests {
    use super::numbers_of;

    #[test]
    fn of_a_withheld_reply_only_the_numbers_are_shown() {
        assert_eq!(
            numbers_of("550 5.1.1 <sam@subject.example>: no such user"),
            "550 5.1.1"
        );
        assert_eq!(numbers_of("Given up after five days. Last: 451"), "");
    }
}
