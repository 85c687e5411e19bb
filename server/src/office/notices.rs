//! Notices to subjects that go by mail: posted with their step, held back where an order forbids them
//! meanwhile, and waited for where production does.

use app::fault::Fault;
use casework::{
    Refusal,
    case::{Case, CaseId, Step},
    clock,
    disclosure::Disclosure,
    form::Faults,
    mail::{Address, Kind, State},
    notice::{Notice, NoticeMeans},
};
use jiff::Timestamp;
use store::{Posted, Writing};

use super::{Office, incident};

impl Office {
    /// Posts the service notice that a step tells the subject, in the step's own transaction. `case` is
    /// the case after the step. Call [`Self::has_posted`] once that is committed.
    ///
    /// # Errors
    /// A fault beside `to` where that is no address mail can be sent to.
    pub async fn post_notice(
        &self,
        writing: &mut Writing,
        case: &Case,
        notice: &Notice,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let to = Address::parse(notice.to.as_str()).ok_or_else(|| {
            Refusal::from(Faults::one("to", "This is no address mail can be sent to."))
        })?;
        let subject = format!("A notice from {}", self.organisation());
        let (key, text) = (key(case.id(), case.version()), notice.what.as_str());
        let mail = self.mail(Kind::ServiceNotice, key, to, &subject, text)?;
        writing
            .post(at, &mail.of(case.id()))
            .await
            .map(drop)
            .map_err(incident::store)
    }
}

/// What the notice of an event is posted under; verifying looks for it there.
fn key(case: CaseId, version: u32) -> String {
    format!("notice/{case}/{version}")
}

/// Whether the rules let a mail go out now. A notice that waited may be forbidden since it was posted;
/// any other mail tells no subject.
///
/// # Errors
/// Where the case cannot be read: then nobody knows that it may.
pub(super) async fn may_go_out(
    writing: &mut Writing,
    mail: &Posted,
    now: Timestamp,
) -> Result<Result<(), Refusal>, store::Error> {
    let Some(case) = mail.case.filter(|_| mail.kind == Kind::ServiceNotice) else {
        return Ok(Ok(()));
    };
    let case = writing.case(case).await?;
    let case = case.ok_or(store::Error::Missing("case"))?;
    Ok(case.may_be_told(now))
}

/// Whether the subject was really told, where what leaves the house waits for their objection: the
/// rules count from the notice, and only the outbox knows when that left, if it did.
///
/// # Errors
/// Where the records cannot be read.
pub(super) async fn has_left(
    writing: &mut Writing,
    case: &Case,
    disclosure: &Disclosure,
) -> Result<Result<(), Refusal>, store::Error> {
    let waits = case.is_under_terms()
        && case.terms().objection_stops
        && disclosure.produced().next().is_some();
    let sent = disclosure.sent.timestamp();
    // What had left before anybody was told waited for nobody.
    let notice = clock::told_before(case).filter(|notice| {
        waits && notice.what.how == NoticeMeans::Outbox && notice.what.sent.timestamp() <= sent
    });
    let Some(notice) = notice else {
        return Ok(Ok(()));
    };
    let events = writing.events_since(case.id(), 0).await?;
    let told = events
        .iter()
        .rfind(|event| event.at == notice.at && matches!(event.step, Step::Notify(_)));
    let fate = match told {
        Some(told) => writing.fate_of(&key(case.id(), told.version)).await?,
        None => None,
    };
    let Some((State::Sent, left)) = fate else {
        return Ok(Err(Refusal::NoticeNotOut));
    };
    // A server that was away for days took days off the subject's time.
    let left = left.to_zoned_datetime(notice.what.sent.time_zone().clone());
    Ok(match clock::window_opens(case, &left) {
        Some(ends) if sent <= ends => Err(Refusal::WindowRuns(ends)),
        _ => Ok(()),
    })
}
