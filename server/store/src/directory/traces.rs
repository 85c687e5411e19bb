//! What an authority, and a case, is found by.

use std::collections::BTreeSet;

use casework::{
    case::Case,
    directory::{Act, Authority, AuthorityId, folded},
    phone,
    signals::{domain_keys, traces_of},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    Error,
    rows::{authority_trace, case_authority, case_trace},
};

/// Rows written at once: `SQLite` binds 32,766 values at most.
const ROWS_MOST: usize = 5_000;

/// What kind of trace finds an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// A word of it.
    Word,
    /// One of its names, folded.
    Name,
    /// The end of one of its numbers.
    Phone,
    /// A key that a domain like one of its own shares.
    Near,
}

impl Found {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Near => "near",
        }
    }
}

/// Everything that an authority is found by. One that was merged is found by nothing: the entry
/// that stands for it is.
pub(crate) fn found_by(authority: &Authority) -> BTreeSet<(Found, String)> {
    if authority.merged_into.is_some() {
        return BTreeSet::new();
    }
    let words = authority
        .words()
        .into_iter()
        .map(|word| (Found::Word, word));
    let names = std::iter::once(&authority.name)
        .chain(&authority.also)
        .map(|name| (Found::Name, folded(name.as_str())));
    let own = authority.phones.iter().map(|phone| &phone.number);
    let theirs = authority
        .people
        .iter()
        .filter_map(|person| person.phone.as_ref());
    let phones = own
        .chain(theirs)
        .flat_map(|number| phone::keys(number.as_str()))
        .map(|key| (Found::Phone, key));
    let near = authority
        .domains
        .iter()
        .flat_map(domain_keys)
        .map(|key| (Found::Near, key));
    words
        .chain(names)
        .chain(phones)
        .chain(near)
        .filter(|(_, trace)| !trace.is_empty())
        .collect()
}

pub(super) async fn keep(db: &impl ConnectionTrait, authority: &Authority) -> Result<(), Error> {
    let rows: Vec<_> = found_by(authority)
        .into_iter()
        .map(|(kind, trace)| authority_trace::ActiveModel {
            kind: Set(kind.code().into()),
            trace: Set(trace),
            authority_id: Set(authority.id.0),
        })
        .collect();
    for rows in rows.chunks(ROWS_MOST) {
        authority_trace::Entity::insert_many(rows.to_vec())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

pub(super) async fn clear(db: &impl ConnectionTrait, id: AuthorityId) -> Result<(), Error> {
    authority_trace::Entity::delete_many()
        .filter(authority_trace::Column::AuthorityId.eq(id.0))
        .exec(db)
        .await?;
    Ok(())
}

/// What the directory's tables hold of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OfCase {
    /// The entry that it names, and when the requester was last confirmed on it.
    pub authority: Option<(uuid::Uuid, Option<i64>)>,
    pub traces: BTreeSet<(String, String)>,
}

impl OfCase {
    /// What they should hold.
    pub fn of(case: &Case) -> Self {
        let named = case.fields().get("authority_id").trim().parse().ok();
        Self {
            authority: named
                .map(|AuthorityId(id)| (id, Act::of(case).map(|act| act.at().as_millisecond()))),
            traces: traces_of(case)
                .into_iter()
                .map(|(kind, trace)| (kind.code().to_owned(), trace))
                .collect(),
        }
    }

    /// What they hold.
    pub async fn kept(db: &impl ConnectionTrait, serial: i64) -> Result<Self, Error> {
        let authority = case_authority::Entity::find_by_id(serial).one(db).await?;
        let traces = case_trace::Entity::find()
            .filter(case_trace::Column::Serial.eq(serial))
            .all(db)
            .await?;
        Ok(Self {
            authority: authority.map(|row| (row.authority_id, row.confirmed_at)),
            traces: traces
                .into_iter()
                .map(|row| (row.kind, row.trace))
                .collect(),
        })
    }

    /// Writes what changed.
    pub async fn keep(
        &self,
        db: &impl ConnectionTrait,
        serial: i64,
        before: &Self,
    ) -> Result<(), Error> {
        if self.authority != before.authority {
            case_authority::Entity::delete_by_id(serial)
                .exec(db)
                .await?;
            if let Some((authority_id, confirmed_at)) = self.authority {
                let row = case_authority::ActiveModel {
                    serial: Set(serial),
                    authority_id: Set(authority_id),
                    confirmed_at: Set(confirmed_at),
                };
                case_authority::Entity::insert(row)
                    .exec_without_returning(db)
                    .await?;
            }
        }
        if self.traces != before.traces {
            case_trace::Entity::delete_many()
                .filter(case_trace::Column::Serial.eq(serial))
                .exec(db)
                .await?;
            let rows: Vec<_> = self
                .traces
                .iter()
                .map(|(kind, trace)| case_trace::ActiveModel {
                    kind: Set(kind.clone()),
                    trace: Set(trace.clone()),
                    serial: Set(serial),
                })
                .collect();
            if !rows.is_empty() {
                case_trace::Entity::insert_many(rows)
                    .exec_without_returning(db)
                    .await?;
            }
        }
        Ok(())
    }
}
