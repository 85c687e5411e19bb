//! What was done under each version of the promise: its disclosures along an index, and how many
//! there are without counting them.

use casework::{
    case::{Case, Step},
    ground::Ground,
    policy::{
        PolicyVersion,
        made::{Counted, Counts, Made, counts, difference},
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr, sea_query::ExprTrait, sea_query::OnConflict,
};

use crate::{
    Error, Store, cases,
    ledger::{number, place},
    rows::{case_disclosure, case_file, derivation, policy_tally},
};

/// What the table of derivations calls these two.
const WHAT: &str = "policy";
/// The rules that fill them; whoever changes what is counted, or what sits ill, counts this on, and
/// every desk fills its tables anew when it next starts.
const RULES: i64 = 1;
/// Cases read at once while filling.
const BATCH: u64 = 200;

/// Where a disclosure stands: among those of its case, in the ledger, and under which ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub place: usize,
    pub seq: u64,
    pub ground: Ground,
}

impl Store {
    /// Everything that is counted under every version, where it is not nought.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn counted(&self) -> Result<Counts, Error> {
        counted(self.readers()).await
    }

    /// Disclosures under a version and a ground, the last recorded first, each with its place in
    /// the ledger: those before `before`, or the newest. With `ill`, only those that do not sit
    /// well.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn made_under(
        &self,
        version: PolicyVersion,
        ground: Ground,
        ill: bool,
        before: Option<u64>,
        most: u64,
    ) -> Result<Vec<(u64, Made)>, Error> {
        use case_disclosure::Column;
        let mut rows = case_disclosure::Entity::find()
            .filter(Column::Policy.eq(version.0))
            .filter(Column::Ground.eq(ground.code()))
            .order_by_desc(Column::Seq)
            .limit(most);
        if ill {
            rows = rows.filter(Column::Ill.eq(true));
        }
        if let Some(before) = before {
            rows = rows.filter(Column::Seq.lt(number(before)?));
        }
        let db = self.readers();
        let rows = rows.all(db).await?;
        let serials = rows.iter().map(|row| row.case_serial);
        let of_serial: std::collections::BTreeMap<i64, Case> = case_file::Entity::find()
            .filter(case_file::Column::Serial.is_in(serials))
            .all(db)
            .await?
            .iter()
            .map(|row| Ok((row.serial, cases::read(row)?)))
            .collect::<Result<_, Error>>()?;
        rows.iter()
            .map(|row| {
                let listed = listed(row)?;
                let made = of_serial
                    .get(&row.case_serial)
                    .and_then(|case| Made::of(case, listed.place, listed.ground))
                    .ok_or_else(|| Error::Corrupt(format!("disclosure {}", row.seq)))?;
                Ok((listed.seq, made))
            })
            .collect()
    }
}

/// Follows a step of a case; `seq` is the place of its entry in the ledger.
pub(crate) async fn follow(
    db: &impl ConnectionTrait,
    serial: i64,
    before: &Case,
    after: &Case,
    step: &Step,
    seq: u64,
) -> Result<(), Error> {
    if after.policy().is_none() {
        return Ok(());
    }
    let rows = if before.disclosures().is_empty() {
        Vec::new()
    } else {
        of_case(db, serial).await?
    };
    let was: Vec<Listed> = rows.iter().map(listed).collect::<Result<_, _>>()?;
    let mut is = was.clone();
    is.extend(disclosed(step, seq, after));
    add(
        db,
        &difference(&counted_of(before, &was), &counted_of(after, &is)),
    )
    .await?;
    for row in to_rows(serial, after, &is)? {
        match rows.iter().find(|stood| stood.seq == row.seq) {
            Some(stood) if *stood == row => {}
            Some(_) => {
                let change = case_disclosure::ActiveModel {
                    seq: Set(row.seq),
                    ill: Set(row.ill),
                    ..Default::default()
                };
                case_disclosure::Entity::update(change).exec(db).await?;
            }
            None => {
                case_disclosure::Entity::insert(row.into_active_model())
                    .exec_without_returning(db)
                    .await?;
            }
        }
    }
    Ok(())
}

/// The disclosure that a step recorded, and where.
pub(crate) fn disclosed(step: &Step, seq: u64, after: &Case) -> Option<Listed> {
    let place = after.disclosures().len().checked_sub(1)?;
    let ground = after.ground()?;
    matches!(step, Step::Disclose(_)).then_some(Listed { place, seq, ground })
}

/// What a case with these disclosures adds to the counts.
pub(crate) fn counted_of(case: &Case, made: &[Listed]) -> Counts {
    counts(case, made.iter().map(|one| (one.place, one.ground)))
}

/// The rows of a case's disclosures; verifying compares what stands there with these.
pub(crate) fn to_rows(
    serial: i64,
    case: &Case,
    made: &[Listed],
) -> Result<Vec<case_disclosure::Model>, Error> {
    made.iter()
        .filter_map(|one| Some((one, Made::of(case, one.place, one.ground)?)))
        .map(|(one, made)| {
            Ok(case_disclosure::Model {
                seq: number(one.seq)?,
                case_serial: serial,
                place: i64::try_from(one.place).unwrap_or(i64::MAX),
                policy: made.version.0.into(),
                ground: one.ground.code().into(),
                ill: made.ill().next().is_some(),
            })
        })
        .collect()
}

/// The rows of one case, in the order they were recorded.
pub(crate) async fn of_case(
    db: &impl ConnectionTrait,
    serial: i64,
) -> Result<Vec<case_disclosure::Model>, Error> {
    Ok(case_disclosure::Entity::find()
        .filter(case_disclosure::Column::CaseSerial.eq(serial))
        .order_by_asc(case_disclosure::Column::Place)
        .all(db)
        .await?)
}

pub(crate) async fn counted(db: &impl ConnectionTrait) -> Result<Counts, Error> {
    let rows = policy_tally::Entity::find().all(db).await?;
    let read = |row: &policy_tally::Model| {
        let ground = match row.ground.as_str() {
            "" => None,
            code => Some(Ground::from_code(code)?),
        };
        let version = PolicyVersion(row.policy.try_into().ok()?);
        Some((
            (version, ground, Counted::from_code(&row.counted)?),
            row.number,
        ))
    };
    rows.iter()
        .filter(|row| row.number != 0)
        .map(|row| read(row).ok_or_else(|| Error::Corrupt(format!("a count of {}", row.counted))))
        .collect()
}

/// Fills both tables from the ledger, where they were not filled by these rules.
pub(crate) async fn derive(db: &impl ConnectionTrait) -> Result<(), Error> {
    let by = derivation::Entity::find_by_id(WHAT).one(db).await?;
    if by.is_some_and(|by| by.version == RULES) {
        return Ok(());
    }
    case_disclosure::Entity::delete_many().exec(db).await?;
    policy_tally::Entity::delete_many().exec(db).await?;
    let mut all = Counts::new();
    let mut last = i64::MIN;
    loop {
        let rows = case_file::Entity::find()
            .filter(case_file::Column::Serial.gt(last))
            .order_by_asc(case_file::Column::Serial)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(end) = rows.last() else { break };
        last = end.serial;
        for row in &rows {
            let case = cases::read(row)?;
            let made = made_of(db, &case).await?;
            for row in to_rows(row.serial, &case, &made)? {
                case_disclosure::Entity::insert(row.into_active_model())
                    .exec_without_returning(db)
                    .await?;
            }
            for (key, number) in counted_of(&case, &made) {
                *all.entry(key).or_default() += number;
            }
        }
    }
    add(db, &all).await?;
    let row = derivation::ActiveModel {
        what: Set(WHAT.into()),
        version: Set(RULES),
    };
    let anew = OnConflict::column(derivation::Column::What)
        .update_column(derivation::Column::Version)
        .to_owned();
    derivation::Entity::insert(row)
        .on_conflict(anew)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The disclosures of a case with the grounds they were made under, as its events tell.
async fn made_of(db: &impl ConnectionTrait, case: &Case) -> Result<Vec<Listed>, Error> {
    if case.disclosures().is_empty() {
        return Ok(Vec::new());
    }
    let mut stood = Case::new(case.id(), case.number());
    let mut made = Vec::new();
    for (seq, event) in cases::events(db, case.id()).await? {
        stood = stood.after(&event);
        made.extend(disclosed(&event.step, seq, &stood));
    }
    Ok(made)
}

/// Adds to the counts. There is one writer, so nobody adds between the two statements.
async fn add(db: &impl ConnectionTrait, change: &Counts) -> Result<(), Error> {
    use policy_tally::Column;
    for ((version, ground, counted), more) in change {
        let ground = ground.map_or("", Ground::code);
        let done = policy_tally::Entity::update_many()
            .col_expr(Column::Number, Expr::col(Column::Number).add(*more))
            .filter(Column::Policy.eq(version.0))
            .filter(Column::Ground.eq(ground))
            .filter(Column::Counted.eq(counted.code()))
            .exec(db)
            .await?;
        if done.rows_affected == 0 {
            let row = policy_tally::ActiveModel {
                policy: Set(version.0.into()),
                ground: Set(ground.into()),
                counted: Set(counted.code().into()),
                number: Set(*more),
            };
            policy_tally::Entity::insert(row)
                .exec_without_returning(db)
                .await?;
        }
    }
    Ok(())
}

/// Where the disclosure of a row stands.
pub(crate) fn listed(row: &case_disclosure::Model) -> Result<Listed, Error> {
    let read = || {
        Some(Listed {
            place: row.place.try_into().ok()?,
            seq: place(row.seq).ok()?,
            ground: Ground::from_code(&row.ground)?,
        })
    };
    read().ok_or_else(|| Error::Corrupt(format!("disclosure {}", row.seq)))
}
