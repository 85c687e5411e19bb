//! The tables that cases are judged by: their versions, and publishing the next.

use std::{collections::BTreeMap, sync::Arc};

use app::{desk::TablesRow, fault::Fault};
use casework::{Refusal, form::Fields, member::Duty, tables::Tables};
use store::Error;

use super::{AtDesk, incident};

impl AtDesk {
    pub(super) async fn all_tables(&self) -> Result<Vec<TablesRow>, Fault> {
        self.session()?;
        let store = &self.office.store;
        let names: BTreeMap<_, _> = store
            .members()
            .await
            .map_err(incident::store)?
            .into_iter()
            .map(|row| (row.member.id, row.member.name))
            .collect();
        let mut rows: Vec<TablesRow> = store
            .every_tables()
            .await
            .map_err(incident::store)?
            .into_iter()
            .map(|row| TablesRow {
                tables: Arc::new(row.tables),
                published: Some((row.at, row.by.and_then(|by| names.get(&by).cloned()))),
            })
            .collect();
        rows.push(TablesRow {
            tables: Arc::new(Tables::delivered()),
            published: None,
        });
        Ok(rows)
    }

    /// Publishes the version that the form makes of the newest one.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn publish_tables(&self, fields: &Fields) -> Result<(), Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.id;
        let store = &self.office.store;
        // Read before anybody has to wait for it, from the version that stands now.
        let before = store.tables().await.map_err(incident::store)?;
        let next = before.parse(fields).map_err(Refusal::from)?;
        let mut writing = store.begin().await.map_err(incident::store)?;
        let newest = writing.tables().await.map_err(incident::store)?;
        let seen = fields.get("version").parse().ok();
        if newest.version != before.version || seen != Some(newest.version.0) {
            let changed = format!("{} of the tables was published meanwhile.", newest.version);
            return Err(Refusal::Changed(vec![changed]).into());
        }
        match writing.publish_tables(self.now, Some(by), &next).await {
            Err(Error::Conflict(_)) => {
                Err(
                    Refusal::Changed(vec!["Another version was published meanwhile.".into()])
                        .into(),
                )
            }
            published => {
                published.map_err(incident::store)?;
                writing.commit().await.map_err(incident::store)?;
                self.office.is_in(&next);
                Ok(())
            }
        }
    }
}
