//! Where else a number or a wording was met.

use casework::{
    case::{Case, CaseId, CaseNumber},
    directory::AuthorityId,
    phone,
    signals::{Met, Trace, number_in, shared_by},
    words::Line,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    Statement, Value,
};
use uuid::Uuid;

use super::Found;
use crate::{Error, Store, rows::case_file};

/// Most agencies that are walked for one number or wording.
const AGENCIES_MOST: usize = 12;
/// Most numbers of a case that are looked for elsewhere: the first ones of its field.
const NUMBERS_MOST: usize = 3;
/// No case has it.
const NONE: i64 = -1;

impl Store {
    /// Where else the telephone number of a case may have been met: in the directory, and once for
    /// each agency in its newest case.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn phones_met(&self, case: &Case) -> Result<Vec<Met>, Error> {
        let db = self.readers();
        let keys = phone::keys(case.fields().get("phone"));
        let keys = keys.into_iter().take(NUMBERS_MOST);
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
        let shared = shared_by(case).into_iter().filter(|(one, _)| *one == kind);
        let prefixes: Vec<String> = shared
            .map(|(_, prefix)| prefix)
            .take(NUMBERS_MOST)
            .collect();
        if prefixes.is_empty() {
            return Ok(Vec::new());
        }
        let db = self.readers();
        let own = serial_of(db, case.id()).await?.unwrap_or(NONE);
        let asked = Statement::from_sql_and_values(
            db.get_database_backend(),
            walking(prefixes.len()),
            values(kind, own, prefixes),
        );
        let rows = Row::find_by_statement(asked).all(db).await?;
        Ok(rows.into_iter().filter_map(|row| row.met(kind)).collect())
    }
}

/// The newest case, other than one's own, that has each trace that begins like one of `prefixes`:
/// from one trace to the next along the index, however many cases share one.
fn walking(prefixes: usize) -> String {
    let asked: Vec<String> = (0..prefixes)
        .map(|at| format!("(${}, ${})", 3 + 2 * at, 4 + 2 * at))
        .collect();
    let next = |after: &str| {
        format!(
            "(SELECT t.trace FROM case_trace t WHERE t.kind = $1 AND t.trace {after} ORDER BY t.trace LIMIT 1)"
        )
    };
    format!(
        "WITH RECURSIVE asked (start, stop) AS (VALUES {}), \
         walk (stop, trace, agencies) AS (\
         SELECT asked.stop, {}, 1 FROM asked \
         UNION ALL \
         SELECT walk.stop, {}, walk.agencies + 1 FROM walk \
         WHERE walk.trace IS NOT NULL AND walk.agencies < {AGENCIES_MOST}), \
         newest (trace, serial) AS MATERIALIZED (SELECT walk.trace, \
         (SELECT t.serial FROM case_trace t WHERE t.kind = $1 AND t.trace = walk.trace \
         AND t.serial <> $2 ORDER BY t.serial DESC LIMIT 1) FROM walk) \
         SELECT newest.trace, f.id, f.number_year, f.number_count, f.authority AS name, a.stands_for \
         FROM newest JOIN case_file f ON f.serial = newest.serial \
         LEFT JOIN case_authority c ON c.serial = f.serial \
         LEFT JOIN authority a ON a.id = c.authority_id \
         ORDER BY newest.trace",
        asked.join(", "),
        next(">= asked.start AND t.trace < asked.stop"),
        next("> walk.trace AND t.trace < walk.stop"),
    )
}

fn values(kind: Trace, own: i64, prefixes: Vec<String>) -> Vec<Value> {
    let spans = prefixes.into_iter().flat_map(|prefix| {
        let stop = format!("{prefix}\u{10ffff}");
        [prefix.into(), stop.into()]
    });
    [kind.code().into(), own.into()]
        .into_iter()
        .chain(spans)
        .collect()
}

/// A case that was met, and the entry of the directory that stands for who asked.
#[derive(FromQueryResult)]
struct Row {
    trace: String,
    id: Uuid,
    number_year: i32,
    number_count: i64,
    name: Option<String>,
    stands_for: Option<Uuid>,
}

impl Row {
    fn met(self, kind: Trace) -> Option<Met> {
        let number = CaseNumber {
            year: self.number_year.try_into().ok()?,
            count: self.number_count.try_into().ok()?,
        };
        Some(Met {
            name: Line::parse(&self.name?).ok()?,
            authority: self.stands_for.map(AuthorityId),
            number: match kind {
                Trace::Phone => number_in(&self.trace).to_owned(),
                Trace::Text => String::new(),
            },
            case: Some((CaseId(self.id), number)),
        })
    }
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
