//! The fast lane: an emergency is opened, filed and classified in one transaction.

use app::fault::Fault;
use casework::{
    Refusal,
    case::{Case, CaseId, Step},
    emergency,
    form::Fields,
};

use super::{AtDesk, incident};

impl AtDesk {
    /// Files an emergency from its short form.
    ///
    /// # Errors
    /// Every fault of the form; [`Refusal::NoPolicy`]; what the rules say.
    pub async fn file_emergency(&self, typed: &Fields) -> Result<Case, Fault> {
        let member = self.session()?.member.clone();
        let store = &self.office.store;
        // Read before anybody has to wait for it. The terms are those that stand when it is sealed.
        let tables = store.tables().await.map_err(incident::store)?;
        let mut filed = emergency::parse(typed, &self.office.organisation(), self.now, &tables)
            .map_err(Refusal::from)?;
        let mut writing = store.begin().await.map_err(incident::store)?;
        let tables = writing.tables().await.map_err(incident::store)?;
        filed.classification.terms = Some(tables.terms(filed.classification.instrument));
        let year = self.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year();
        let number = writing.next_number(year).await.map_err(incident::store)?;
        let mut case = Case::new(CaseId(uuid::Uuid::now_v7()), number);
        let draft = Step::Draft {
            fields: filed.fields,
        };
        case = self.taken(&mut writing, case, draft, &member).await??;
        let kept = self.filed(&mut writing, case, &member).await?;
        if let Some(refusal) = kept.refused {
            // Nothing was committed: the form comes back whole.
            return Err(refusal.into());
        }
        let classify = Step::Classify(filed.classification);
        case = self
            .taken(&mut writing, kept.case, classify, &member)
            .await??;
        writing.commit().await.map_err(incident::store)?;
        Ok(case)
    }
}
