//! The requesters' directory: entering, changing and merging, and filling a form in from it.

use app::{
    desk::{AuthorityFile, Me, Merger},
    fault::Fault,
    returned::{Found, Match},
};
use casework::{
    Refusal,
    case::{CaseId, Step, StepKind},
    clock,
    directory::{Ask, Authority, AuthorityId, Card, Known, Page, PersonId, folded},
    form::{Faults, Fields},
    member::Duty,
    signals::{domain_keys_like, likeness},
};
use store::Writing;
use uuid::Uuid;

use super::{AtDesk, incident};

/// Most matches that a form offers to be filled in with.
const MATCHES_MOST: usize = 20;

impl AtDesk {
    pub(super) async fn authorities_page(&self, ask: Ask) -> Result<Page, Fault> {
        self.on_duty(Duty::ReadCases)?;
        self.office
            .store
            .authorities(&ask)
            .await
            .map_err(incident::store)
    }

    /// An entry with its history; unknown ids are answered as forbidden ones are.
    pub(super) async fn authority_file(
        &self,
        id: AuthorityId,
        before: Option<i64>,
    ) -> Result<AuthorityFile, Fault> {
        self.on_duty(Duty::ReadCases)?;
        let store = &self.office.store;
        let known = self.known(id).await?;
        let stands = match known.authority.merged_into {
            Some(_) => store
                .authority_standing_for(id)
                .await
                .map_err(incident::store)?,
            None => None,
        };
        let history = store
            .requests_of(id, before)
            .await
            .map_err(incident::store)?;
        let tables = store.tables().await.map_err(incident::store)?;
        let acts = store.confirmations_of(id).await.map_err(incident::store)?;
        let keys = known.authority.domains.iter().flat_map(domain_keys_like);
        let near = store.officials(keys).await.map_err(incident::store)?;
        let others = near.into_iter().filter(|official| official.authority != id);
        let alike = others
            .flat_map(|official| {
                let own = known.authority.domains.iter();
                own.filter_map(|own| {
                    Some((
                        own.clone(),
                        official.clone(),
                        likeness(own, &official.domain)?,
                    ))
                })
                .collect::<Vec<_>>()
            })
            .collect();
        Ok(AuthorityFile {
            me: self.who()?,
            stands: stands.map(|known| (known.authority.id, known.authority.name)),
            requests: history
                .requests
                .into_iter()
                .map(|request| (request.card, request.outcome))
                .collect(),
            next: history.next,
            acts: acts
                .into_iter()
                .map(|act| {
                    let until = act.until(&tables);
                    (act, until)
                })
                .collect(),
            alike,
            now: self.now,
            known,
        })
    }

    pub(super) async fn authority_to_change(&self, id: AuthorityId) -> Result<(Me, Known), Fault> {
        self.on_duty(Duty::KeepDirectory)?;
        let known = self.known(id).await?;
        if known.authority.merged_into.is_some() {
            return Err(merged_meanwhile().into());
        }
        Ok((self.who()?, known))
    }

    /// What the request of a case says of its sender. Its number and its domain are left out: an
    /// entry holds what was found independently.
    pub(super) async fn authority_from(&self, case: Option<CaseId>) -> Result<Fields, Fault> {
        self.on_duty(Duty::KeepDirectory)?;
        let Some(case) = case else {
            return Ok(Fields::new());
        };
        let case = self.readable(case).await?;
        self.leave_trace(case.id()).await?;
        let typed = case.fields();
        Ok([
            ("kind", "requester_kind"),
            ("name", "authority"),
            ("country", "country"),
            ("units", "unit"),
            ("person_name", "person"),
            ("person_title", "title"),
            ("person_badge", "badge"),
        ]
        .into_iter()
        .map(|(to, from)| (to, typed.get(from).to_owned()))
        .collect())
    }

    pub(super) async fn merger_of(
        &self,
        id: AuthorityId,
        with: Option<AuthorityId>,
        text: String,
    ) -> Result<Merger, Fault> {
        let (me, known) = self.authority_to_change(id).await?;
        let with = match with {
            None => None,
            Some(other) => {
                let other = self.known(other).await?;
                let both = known.authority.merge(&other.authority);
                Some((other, both.map_err(|why| why.to_string())))
            }
        };
        // Without a word to search for, those with the same first word of the name.
        let first = folded(known.authority.name.as_str());
        let wanted = match text.trim() {
            "" => first.split(' ').next().unwrap_or_default().to_owned(),
            typed => typed.to_owned(),
        };
        let ask = Ask {
            text: wanted,
            after: None,
        };
        let page = self
            .office
            .store
            .authorities(&ask)
            .await
            .map_err(incident::store)?;
        let candidates: Vec<Card> = page
            .cards
            .into_iter()
            .filter(|card| card.id != id)
            .take(MATCHES_MOST)
            .collect();
        Ok(Merger {
            me,
            known,
            with,
            candidates,
            text,
        })
    }

    async fn known(&self, id: AuthorityId) -> Result<Known, Fault> {
        let found = self
            .office
            .store
            .authority(id)
            .await
            .map_err(incident::store)?;
        found.ok_or(Fault::NotFound)
    }

    /// Enters an authority.
    ///
    /// # Errors
    /// Faults of the form.
    pub async fn enter_authority(&self, fields: &Fields) -> Result<AuthorityId, Fault> {
        let by = self.on_duty(Duty::KeepDirectory)?.id;
        let id = AuthorityId(Uuid::now_v7());
        let new = Authority::parse(fields, id, None, clock::day(self.now), Uuid::now_v7)
            .map_err(Refusal::from)?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        stands_alone(&mut writing, &new).await?;
        writing
            .enter_authority(self.now, Some(by), &new)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(id)
    }

    /// Links the request that a new entry was begun from, where the member may still mend it and nobody
    /// has linked it; answers which case that was.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn link_from(
        &self,
        fields: &Fields,
        id: AuthorityId,
    ) -> Result<Option<CaseId>, Fault> {
        let Ok(case) = fields.get("case").parse::<CaseId>() else {
            return Ok(None);
        };
        let case = match self.readable(case).await {
            Err(Fault::NotFound) => return Ok(None),
            case => case?,
        };
        let linked = !case.fields().get("authority_id").trim().is_empty();
        if linked || case.may(StepKind::Edit, &self.session()?.member).is_err() {
            return Ok(None);
        }
        let mended = Step::Edit {
            fields: case.fields().clone().with("authority_id", id.to_string()),
            policy: None,
        };
        match self.take_step(case.id(), case.version(), mended).await {
            Ok(case) => Ok(Some(case.id())),
            // The entry stands all the same; somebody links it by hand.
            Err(Fault::Refused(_)) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Changes an authority, if it is still as the form saw it.
    ///
    /// # Errors
    /// Faults of the form; that somebody else changed it meanwhile.
    pub async fn amend_authority(&self, id: AuthorityId, fields: &Fields) -> Result<(), Fault> {
        let by = self.on_duty(Duty::KeepDirectory)?.id;
        let seen = fields.get("seen_entry");
        let before = still_as_seen(self.known(id).await?, seen)?;
        // Read before anybody has to wait for it; that the entry is still this one is asked again.
        let today = clock::day(self.now);
        let changed = Authority::parse(fields, id, Some(&before.authority), today, Uuid::now_v7)
            .map_err(Refusal::from)?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let before = as_seen(&mut writing, id, seen).await?;
        if changed != before.authority {
            stands_alone(&mut writing, &changed).await?;
            writing
                .amend_authority(self.now, Some(by), &changed)
                .await
                .map_err(incident::store)?;
        }
        writing.commit().await.map_err(incident::store)
    }

    /// Makes two entries one; answers which stands.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn merge_authorities(
        &self,
        id: AuthorityId,
        fields: &Fields,
    ) -> Result<AuthorityId, Fault> {
        let by = self.on_duty_and_proven(Duty::KeepDirectory)?.id;
        let with = fields.get("with").parse().map_err(|_| {
            Refusal::from(Faults::one(
                "with",
                "Choose the entry that is the same authority.",
            ))
        })?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let one = as_seen(&mut writing, id, fields.get("seen_entry")).await?;
        let other = as_seen(&mut writing, with, fields.get("seen_with")).await?;
        let both = one
            .authority
            .merge(&other.authority)
            .map_err(|why| Refusal::from(Faults::one("with", why.to_string())))?;
        let from = if both.id == one.authority.id {
            with
        } else {
            id
        };
        writing
            .merge_authorities(self.now, Some(by), from, &both)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        Ok(both.id)
    }

    /// The form of a request, filled in with what the directory has; where that is not one entry,
    /// those to choose from.
    ///
    /// # Errors
    /// Where the records cannot be reached.
    pub async fn fill_in(&self, typed: Fields) -> Result<(Fields, Found), Fault> {
        self.on_duty(Duty::WorkCases)?;
        let linked = typed.get("authority_id").to_owned();
        let pick = typed.get("pick").to_owned();
        let plain = typed.clone().without("pick");
        let mut parts = pick.split('/');
        let picked: Option<AuthorityId> = parts.next().and_then(|id| id.parse().ok());
        let person: Option<PersonId> = parts.next().and_then(|id| id.parse().ok());
        if let Some(id) = picked
            && let Some(known) = self
                .office
                .store
                .authority_standing_for(id)
                .await
                .map_err(incident::store)?
            && known.authority.stands()
        {
            let fields = filled(plain.without("find"), &known.authority, person);
            let matches = if person.is_none() {
                people_of(&known.authority)
            } else {
                Vec::new()
            };
            return Ok((
                fields,
                Found {
                    matches,
                    cut: false,
                },
            ));
        }
        let text = match typed.get("find").trim() {
            "" if linked.is_empty() => typed.get("authority").to_owned(),
            text => text.to_owned(),
        };
        let page = if text.trim().is_empty() {
            Page {
                cards: Vec::new(),
                next: None,
                cut: false,
            }
        } else {
            let ask = Ask { text, after: None };
            self.office
                .store
                .authorities(&ask)
                .await
                .map_err(incident::store)?
        };
        let cards: Vec<Card> = page
            .cards
            .into_iter()
            .filter(|card| !card.retired)
            .collect();
        if let [only] = cards.as_slice() {
            let known = self.known(only.id).await?;
            let fields = filled(plain.without("find"), &known.authority, None);
            let matches = people_of(&known.authority);
            return Ok((
                fields,
                Found {
                    matches,
                    cut: false,
                },
            ));
        }
        let cut = cards.len() > MATCHES_MOST || page.cut;
        let matches = cards
            .into_iter()
            .take(MATCHES_MOST)
            .map(|card| Match {
                pick: card.id.to_string(),
                told: format!("{}, {}", card.name, card.country),
                about: card.domains.join(", "),
            })
            .collect();
        Ok((plain, Found { matches, cut }))
    }

    /// Whether what a form links to is an entry that may be linked to.
    ///
    /// # Errors
    /// A fault beside `authority_id`.
    pub(super) async fn links_to_somebody(&self, fields: &Fields) -> Result<(), Fault> {
        let Ok(id) = fields.get("authority_id").trim().parse::<AuthorityId>() else {
            return Ok(());
        };
        let found = self
            .office
            .store
            .authority(id)
            .await
            .map_err(incident::store)?;
        if found.is_some() {
            return Ok(());
        }
        let says = "The directory has no such entry; choose one again, or unlink it.";
        Err(Refusal::from(Faults::one("authority_id", says)).into())
    }
}

/// The entry inside the transaction, if it is still as the form saw it.
async fn as_seen(writing: &mut Writing, id: AuthorityId, seen: &str) -> Result<Known, Fault> {
    let known = writing
        .authority(id)
        .await
        .map_err(incident::store)?
        .ok_or(Fault::NotFound)?;
    still_as_seen(known, seen).map_err(Fault::from)
}

fn still_as_seen(known: Known, seen: &str) -> Result<Known, Refusal> {
    if known.authority.merged_into.is_some() || known.seen().to_string() != seen {
        return Err(merged_meanwhile());
    }
    Ok(known)
}

fn merged_meanwhile() -> Refusal {
    Refusal::Changed(vec![
        "Somebody changed or merged this entry of the directory meanwhile.".into(),
    ])
}

/// One authority has one entry: a second one of this name and country would only be merged again.
async fn stands_alone(writing: &mut Writing, new: &Authority) -> Result<(), Fault> {
    let namesakes = writing
        .authorities_called(new.name.as_str())
        .await
        .map_err(incident::store)?;
    let country = folded(new.country.as_str());
    let taken = namesakes.iter().any(|known| {
        known.authority.id != new.id && folded(known.authority.country.as_str()) == country
    });
    if taken {
        let says =
            "The directory has an authority of this name and country; change that entry instead.";
        return Err(Refusal::from(Faults::one("name", says)).into());
    }
    Ok(())
}

/// A request's form with what the directory tells. What it does not tell is left as typed.
fn filled(fields: Fields, authority: &Authority, person: Option<PersonId>) -> Fields {
    let mut fields = fields
        .with("authority_id", authority.id.to_string())
        .with("requester_kind", authority.kind.code())
        .with("authority", authority.name.as_str())
        .with("country", authority.country.as_str());
    if let [unit] = authority.units.as_slice()
        && fields.get("unit").trim().is_empty()
    {
        fields = fields.with("unit", unit.as_str());
    }
    let Some(person) = authority.people.iter().find(|one| Some(one.id) == person) else {
        return fields;
    };
    fields = fields.with("person", person.name.as_str());
    for (name, told) in [
        ("title", &person.title),
        ("badge", &person.badge),
        ("unit", &person.unit),
    ] {
        if let Some(told) = told {
            fields = fields.with(name, told.as_str());
        }
    }
    // Neither number nor address: those fields say what the request gives, and signals compare it.
    fields
}

fn people_of(authority: &Authority) -> Vec<Match> {
    authority
        .people
        .iter()
        .take(MATCHES_MOST)
        .map(|person| Match {
            pick: format!("{}/{}", authority.id, person.id),
            told: person.name.to_string(),
            about: person
                .title
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        })
        .collect()
}
