//! Notices to subjects that go by mail: each that an event tells is in the outbox as it was posted, and
//! no other is.

use std::collections::BTreeMap;

use casework::{
    case::{CaseId, CaseNumber, Event, Step},
    ledger::sealed::is_mask,
    mail::{Address, Kind, MailId},
    notice::{Notice, NoticeMeans},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
};

use super::{Finding, Findings};
use crate::{
    Error,
    rows::outbox::{self, Column},
};

/// How many notices were met in cases.
#[derive(Default)]
pub(super) struct Notices {
    rows: u64,
}

impl Notices {
    /// Compares the notices of one case with its events.
    pub async fn compare(
        &mut self,
        db: &impl ConnectionTrait,
        case: CaseId,
        number: CaseNumber,
        events: &[(u64, Event)],
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut told: BTreeMap<String, (&Event, &Notice)> = events
            .iter()
            .filter_map(|(_, event)| match &event.step {
                Step::Notify(notice) if notice.how == NoticeMeans::Outbox => {
                    let key = format!("notice/{}/{}", event.case, event.version);
                    Some((key, (event, notice)))
                }
                _ => None,
            })
            .collect();
        let rows = of(case).order_by_asc(Column::Id).all(db).await?;
        self.rows += rows.len() as u64;
        for row in rows {
            let Some((event, notice)) = told.remove(&row.post_key) else {
                let mail = MailId(row.id);
                findings.tell(Finding::NoticeUntold { number, mail });
                continue;
            };
            let what = differing(&row, event, notice);
            if !what.is_empty() {
                findings.tell(Finding::NoticeEdited {
                    number,
                    version: event.version,
                    what: what.join(", "),
                });
            }
        }
        for (event, _) in told.into_values() {
            findings.tell(Finding::NoticeMissing {
                number,
                version: event.version,
            });
        }
        Ok(())
    }

    /// A case that cannot be derived is told once, and accuses none of its notices beside.
    pub async fn take_as_they_stand(
        &mut self,
        db: &impl ConnectionTrait,
        case: CaseId,
    ) -> Result<(), Error> {
        self.rows += of(case).count(db).await?;
        Ok(())
    }

    /// Whether every notice belongs to a case that there is.
    pub async fn ended(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        if all().count(db).await? > self.rows {
            findings.tell(Finding::NoticesStray);
        }
        Ok(())
    }
}

fn all() -> Select<outbox::Entity> {
    outbox::Entity::find().filter(Column::Kind.eq(Kind::ServiceNotice.code()))
}

fn of(case: CaseId) -> Select<outbox::Entity> {
    all().filter(Column::CaseId.eq(case.0))
}

/// What of a mail is not what its event tells. A text that was wiped is gone for good; one that is
/// missing from the ledger was told when that was walked.
fn differing(row: &outbox::Model, event: &Event, notice: &Notice) -> Vec<&'static str> {
    let (to, what) = (notice.to.as_str(), notice.what.as_str());
    let goes_to =
        is_mask(to) || Address::parse(to).is_some_and(|address| address.as_str() == row.recipient);
    let says = is_mask(what) || row.body.as_deref().is_none_or(|body| body == what);
    let columns = [
        ("whom it goes to", goes_to),
        ("its text", says),
        (
            "when it was posted",
            row.posted_at == event.at.as_millisecond(),
        ),
    ];
    columns
        .into_iter()
        .filter(|(_, same)| !same)
        .map(|(name, _)| name)
        .collect()
}
