//! What about a request deserves a second look: everything that is compared is looked up here, by
//! keys, and the rules compare it.

use app::fault::Fault;
use casework::{
    case::Case,
    directory::{AuthorityId, Known, holds_until},
    signals::{Bond, Look, Signal, domain_keys_like, domains_of, signals},
};

use super::{AtDesk, incident};

impl AtDesk {
    /// The directory's entry for a case's requester, and the signals about the request.
    pub(super) async fn looked_at(
        &self,
        case: &Case,
    ) -> Result<(Option<(Known, Bond)>, Vec<Signal>), Fault> {
        let store = &self.office.store;
        let fault = incident::store;
        let keys = domains_of(case)
            .iter()
            .flat_map(domain_keys_like)
            .collect::<Vec<_>>();
        let near = store.officials(keys).await.map_err(fault)?;
        let found = self.requester_of(case, &near).await?;
        let confirmed = match &found {
            Some((known, _)) => store
                .confirmed_at(known.authority.id)
                .await
                .map_err(fault)?,
            None => None,
        };
        let tables = store.tables().await.map_err(fault)?;
        let phones = store.phones_met(case).await.map_err(fault)?;
        let texts = store.texts_met(case).await.map_err(fault)?;
        let told = signals(&Look {
            case,
            authority: found.as_ref().map(|(known, bond)| (known, *bond)),
            near: &near,
            phones: &phones,
            texts: &texts,
            confirmed: confirmed.map(|at| (at, holds_until(at, &tables))),
            now: self.now,
        });
        Ok((found, told))
    }

    /// The entry that was chosen; else the one whose domain or name fits, if only one does.
    async fn requester_of(
        &self,
        case: &Case,
        near: &[casework::signals::Official],
    ) -> Result<Option<(Known, Bond)>, Fault> {
        let store = &self.office.store;
        if let Ok(id) = case
            .fields()
            .get("authority_id")
            .trim()
            .parse::<AuthorityId>()
        {
            let found = store
                .authority_standing_for(id)
                .await
                .map_err(incident::store)?;
            return Ok(found.map(|known| (known, Bond::Linked)));
        }
        let domains = domains_of(case);
        let mut fits: Vec<AuthorityId> = near
            .iter()
            .filter(|official| domains.iter().any(|own| own.is_within(&official.domain)))
            .map(|official| official.authority)
            .collect();
        fits.sort_unstable();
        fits.dedup();
        let guessed = if let [only] = fits.as_slice() {
            store.authority(*only).await.map_err(incident::store)?
        } else {
            let name = case.fields().get("authority");
            let mut called = store
                .authorities_called(name)
                .await
                .map_err(incident::store)?;
            called.pop().filter(|_| called.is_empty())
        };
        Ok(guessed.map(|known| (known, Bond::Guessed)))
    }
}
