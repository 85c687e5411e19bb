//! Where else a number or a wording was met.

use casework::{
    case::{Case, CaseId, CaseNumber},
    directory::AuthorityId,
    phone,
    signals::{Met, Trace, number_in, shared_by},
    words::Line,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Found;
use crate::{
    Error, Store,
    rows::{authority, case_authority, case_file, case_trace},
};

/// Most agencies that are walked for one number or wording.
const AGENCIES_MOST: usize = 12;

impl Store {
    /// Where else the telephone number of a case may have been met: in the directory, and once for
    /// each agency in its newest case.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn phones_met(&self, case: &Case) -> Result<Vec<Met>, Error> {
        let db = self.readers();
        let keys = phone::keys(case.fields().get("phone"));
        let ids = super::traced(db, Found::Phone, keys).await?;
        let mut met = Vec::new();
        for known in super::listed(db, ids).await? {
            let authority = known.authority;
            let theirs = authority
                .people
                .iter()
                .filter_map(|person| person.phone.as_ref());
            let numbers = authority
                .phones
                .iter()
                .map(|phone| &phone.number)
                .chain(theirs);
            met.extend(numbers.map(|number| Met {
                name: authority.name.clone(),
                authority: Some(authority.id),
                number: number.to_string(),
                case: None,
            }));
        }
        met.extend(self.in_cases(case, Trace::Phone).await?);
        Ok(met)
    }

    /// Where else the wording of a case was met, once for each agency, in its newest case.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn texts_met(&self, case: &Case) -> Result<Vec<Met>, Error> {
        self.in_cases(case, Trace::Text).await
    }

    async fn in_cases(&self, case: &Case, kind: Trace) -> Result<Vec<Met>, Error> {
        let db = self.readers();
        let own = serial_of(db, case.id()).await?;
        let mut met = Vec::new();
        for (_, prefix) in shared_by(case).into_iter().filter(|(one, _)| *one == kind) {
            for (trace, serial) in walk(db, kind, &prefix, own).await? {
                let number = match kind {
                    Trace::Phone => number_in(&trace).to_owned(),
                    Trace::Text => String::new(),
                };
                met.extend(met_in(db, serial, number).await?);
            }
        }
        Ok(met)
    }
}

/// Each trace that begins like this, once, with the newest case that has it and is not this one:
/// from one to the next along the index, however many cases share one.
async fn walk(
    db: &impl ConnectionTrait,
    kind: Trace,
    prefix: &str,
    own: Option<i64>,
) -> Result<Vec<(String, i64)>, Error> {
    use case_trace::Column::{Kind, Serial, Trace};
    let end = format!("{prefix}\u{10ffff}");
    let mut last = prefix.to_owned();
    let mut found = Vec::new();
    for _ in 0..AGENCIES_MOST {
        let next: Option<String> = case_trace::Entity::find()
            .select_only()
            .column(Trace)
            .filter(Kind.eq(kind.code()))
            .filter(if last == prefix {
                Trace.gte(&last)
            } else {
                Trace.gt(&last)
            })
            .filter(Trace.lt(&end))
            .order_by_asc(Trace)
            .limit(1)
            .into_tuple()
            .one(db)
            .await?;
        let Some(next) = next else { break };
        let serials: Vec<i64> = case_trace::Entity::find()
            .select_only()
            .column(Serial)
            .filter(Kind.eq(kind.code()))
            .filter(Trace.eq(&next))
            .order_by_desc(Serial)
            .limit(2)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(
            serials
                .into_iter()
                .find(|serial| Some(*serial) != own)
                .map(|serial| (next.clone(), serial)),
        );
        last = next;
    }
    Ok(found)
}

async fn serial_of(db: &impl ConnectionTrait, id: CaseId) -> Result<Option<i64>, Error> {
    Ok(case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Serial)
        .filter(case_file::Column::Id.eq(id.0))
        .into_tuple()
        .one(db)
        .await?)
}

async fn met_in(
    db: &impl ConnectionTrait,
    serial: i64,
    number: String,
) -> Result<Option<Met>, Error> {
    use case_file::Column::{Authority, Id, NumberCount, NumberYear, Serial};
    let row: Option<(Uuid, i32, i64, Option<String>)> = case_file::Entity::find()
        .select_only()
        .columns([Id, NumberYear, NumberCount, Authority])
        .filter(Serial.eq(serial))
        .into_tuple()
        .one(db)
        .await?;
    let named = case_authority::Entity::find_by_id(serial).one(db).await?;
    let stands = match named {
        Some(named) => {
            authority::Entity::find_by_id(named.authority_id)
                .one(db)
                .await?
        }
        None => None,
    };
    Ok(row.and_then(|(id, year, count, name)| {
        Some(Met {
            name: Line::parse(&name?).ok()?,
            authority: stands.map(|row| AuthorityId(row.stands_for)),
            number,
            case: Some((
                CaseId(id),
                CaseNumber {
                    year: year.try_into().ok()?,
                    count: count.try_into().ok()?,
                },
            )),
        })
    }))
}
