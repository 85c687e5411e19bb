//! Compares what is listed and counted under each version of the promise with the cases.

use std::collections::BTreeSet;

use casework::{
    case::Case,
    policy::made::{Counts, difference},
};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use super::{Finding, Findings};
use crate::{
    Error, cases,
    made::{self, Listed},
    rows::{case_disclosure, case_file},
};

/// What all cases come to that were met so far.
#[derive(Default)]
pub(super) struct AllMade {
    rows: u64,
    counts: Counts,
}

impl AllMade {
    /// Compares the rows of one case with its disclosures, as its events tell them.
    pub async fn compare(
        &mut self,
        db: &impl ConnectionTrait,
        serial: i64,
        case: &Case,
        made: &[Listed],
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let rows = made::of_case(db, serial).await?;
        self.rows += rows.len() as u64;
        if rows != made::to_rows(serial, case, made)? {
            findings.tell(Finding::MadeEdited {
                number: case.number(),
            });
        }
        self.count(case, made);
        Ok(())
    }

    /// A case that cannot be derived is told once, and accuses no count beside.
    pub async fn take_as_it_stands(
        &mut self,
        db: &impl ConnectionTrait,
        row: &case_file::Model,
    ) -> Result<(), Error> {
        let rows = made::of_case(db, row.serial).await?;
        self.rows += rows.len() as u64;
        let made: Vec<Listed> = rows
            .iter()
            .filter_map(|row| made::listed(row).ok())
            .collect();
        if let Ok(case) = cases::read(row) {
            self.count(&case, &made);
        }
        Ok(())
    }

    fn count(&mut self, case: &Case, made: &[Listed]) {
        for (key, number) in made::counted_of(case, made) {
            *self.counts.entry(key).or_default() += number;
        }
    }

    /// Whether every row belongs to a case that there is, and the counts are what all came to.
    pub async fn ended(
        &self,
        db: &impl ConnectionTrait,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        if case_disclosure::Entity::find().count(db).await? > self.rows {
            findings.tell(Finding::MadeStray);
        }
        let differing: BTreeSet<_> = match made::counted(db).await {
            Ok(counted) => difference(&counted, &self.counts)
                .into_keys()
                .map(|(version, _, _)| version)
                .collect(),
            // A count of what nobody counts was written by somebody else, of whatever version.
            Err(Error::Corrupt(_)) => self.counts.keys().map(|(version, _, _)| *version).collect(),
            Err(err) => return Err(err),
        };
        for version in differing {
            findings.tell(Finding::CountEdited { version });
        }
        Ok(())
    }
}
