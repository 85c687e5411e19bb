//! The list of authorities, by name, a page at a time.

use std::collections::BTreeSet;

use casework::{
    directory::{Ask, Card, Known, PAGE, Page, folded},
    search::{QUERY_WORDS_MOST, words},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{Found, read};
use crate::{
    Error, Store,
    rows::{authority, authority_trace},
};

/// Most entries with one word that a search looks at; the page says so when there were more.
const MATCHES_MOST: u64 = 500;

impl Store {
    /// A page of the directory: those that have every word of the text, the last one by its
    /// beginning; all of them, where it has none.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn authorities(&self, ask: &Ask) -> Result<Page, Error> {
        let db = self.readers();
        let after = ask.after.as_deref().and_then(place);
        let asked: Vec<String> = words(&ask.text).take(QUERY_WORDS_MOST).collect();
        let (mut found, cut) = if asked.is_empty() {
            (along(db, after.as_ref()).await?, false)
        } else {
            among(db, &asked, after.as_ref()).await?
        };
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = found.len() > page;
        found.truncate(page);
        let next = found.last().filter(|_| more).map(|last| {
            let (name, id) = key(last);
            format!("{id} {name}")
        });
        Ok(Page {
            cards: found
                .iter()
                .map(|known| Card::of(&known.authority))
                .collect(),
            next,
            cut,
        })
    }
}

/// Where a page ended: a folded name, and the id that breaks ties.
type Place = (String, Uuid);

fn place(raw: &str) -> Option<Place> {
    let (id, name) = raw.split_once(' ')?;
    Some((folded(name), id.parse().ok()?))
}

fn key(known: &Known) -> Place {
    (folded(known.authority.name.as_str()), known.authority.id.0)
}

async fn along(db: &impl ConnectionTrait, after: Option<&Place>) -> Result<Vec<Known>, Error> {
    use authority::Column::{Folded, Id, Listed};
    let mut rows = authority::Entity::find()
        .filter(Listed.eq(true))
        .order_by_asc(Folded)
        .order_by_asc(Id)
        .limit(PAGE + 1);
    if let Some((name, id)) = after {
        let here = Expr::tuple([Expr::col(Folded), Expr::col(Id)]);
        rows = rows.filter(here.gt(Expr::tuple([Expr::val(name.as_str()), Expr::val(*id)])));
    }
    rows.all(db).await?.iter().map(read).collect()
}

async fn among(
    db: &impl ConnectionTrait,
    asked: &[String],
    after: Option<&Place>,
) -> Result<(Vec<Known>, bool), Error> {
    let mut found: Option<BTreeSet<Uuid>> = None;
    let mut cut = false;
    for (at, word) in asked.iter().enumerate() {
        let (ids, more) = with_word(db, word, at + 1 == asked.len()).await?;
        cut |= more;
        found = Some(match found {
            None => ids,
            Some(found) => found.intersection(&ids).copied().collect(),
        });
    }
    let mut all = super::listed(db, found.unwrap_or_default().into_iter().collect()).await?;
    all.sort_by_cached_key(key);
    all.retain(|known| after.is_none_or(|after| key(known) > *after));
    Ok((all, cut))
}

/// The entries with a word, or with one that begins like it.
async fn with_word(
    db: &impl ConnectionTrait,
    word: &str,
    beginning: bool,
) -> Result<(BTreeSet<Uuid>, bool), Error> {
    use authority_trace::Column::{AuthorityId, Kind, Trace};
    let rows = authority_trace::Entity::find()
        .select_only()
        .column(AuthorityId)
        .filter(Kind.eq(Found::Word.code()))
        .limit(MATCHES_MOST + 1);
    let rows = if beginning {
        // What begins like it lies between it and it followed by the last of all letters.
        rows.filter(Trace.gte(word))
            .filter(Trace.lt(format!("{word}\u{10ffff}")))
    } else {
        rows.filter(Trace.eq(word))
    };
    let ids: Vec<Uuid> = rows.into_tuple().all(db).await?;
    let more = ids.len() as u64 > MATCHES_MOST;
    Ok((ids.into_iter().collect(), more))
}
