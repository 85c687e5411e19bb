//! A test of the requester's identity: on a number from the directory, or on one that is added to
//! it in the same act.

use app::fault::Fault;
use casework::{
    Refusal,
    case::{Case, CaseId, Step},
    directory::{Authority, Known, Phone, PhoneId},
    form::{Faults, Fields},
    member::{Duty, Member},
    phone::{plain, same_number, stands_in},
    signals::Bond,
    verification::{Finding, Method, Verification},
};
use store::Writing;
use uuid::Uuid;

use super::{AtDesk, incident};

impl AtDesk {
    /// The form of a verification with the number that was chosen from the directory written out.
    ///
    /// # Errors
    /// A fault beside `number`.
    pub(super) async fn with_number(&self, case: &Case, typed: &Fields) -> Result<Fields, Fault> {
        let chosen = typed.get("number").trim();
        if chosen.is_empty() || chosen == "other" {
            return Ok(typed.clone());
        }
        let (found, _) = self.looked_at(case).await?;
        let phone = chosen.parse().ok().and_then(|id: PhoneId| {
            let (known, _) = found?;
            known
                .authority
                .phones
                .into_iter()
                .find(|phone| phone.id == id)
        });
        let Some(phone) = phone else {
            let says = "The directory no longer has this number; choose again.";
            return Err(Refusal::from(Faults::one("number", says)).into());
        };
        let source = format!(
            "{} (the directory; looked up there on {})",
            phone.source, phone.checked_on
        );
        Ok(typed.clone().with("contact", phone.number.as_str()).with(
            "source",
            source
                .chars()
                .take(casework::words::LINE_MOST)
                .collect::<String>(),
        ))
    }

    /// The entry that a number typed here is to be added to, if that was asked.
    ///
    /// # Errors
    /// A fault beside `keep_number`.
    pub(super) async fn number_to_keep(
        &self,
        case: &Case,
        typed: &Fields,
        step: &Step,
    ) -> Result<Option<Authority>, Fault> {
        let Step::Verify(verification) = step else {
            return Ok(None);
        };
        if !typed.has("keep_number", "yes") || !matches!(typed.get("number"), "" | "other") {
            return Ok(None);
        }
        self.on_duty(Duty::KeepDirectory)?;
        let refuse = |says: &str| Err(Refusal::from(Faults::one("keep_number", says)).into());
        if verification.method != Method::CallBack || verification.finding != Finding::Confirmed {
            return refuse(
                "Only a number on which a call-back confirmed the requester is added to the directory.",
            );
        }
        if plain(verification.contact.as_str()).is_none() {
            return refuse("The contact that was used is no telephone number.");
        }
        let from_request = ["phone", "asks", "legal_basis", "deliver_to"]
            .iter()
            .any(|field| stands_in(verification.contact.as_str(), case.fields().get(field)));
        if from_request {
            return refuse(
                "This number stands in the request, so it is not added to the directory.",
            );
        }
        match self.looked_at(case).await?.0 {
            Some((known, Bond::Linked)) => Ok(Some(known.authority)),
            _ => refuse("This case is not linked to an entry of the directory; link it first."),
        }
    }

    /// Adds the number that was called to an entry, in the transaction of the verification.
    pub(super) async fn keep_number(
        &self,
        writing: &mut Writing,
        entry: &Authority,
        verification: &Verification,
        by: &Member,
    ) -> Result<(), Fault> {
        let Some(Known { mut authority, .. }) =
            writing.authority(entry.id).await.map_err(incident::store)?
        else {
            return Ok(());
        };
        let called = verification.contact.as_str();
        let known = authority
            .phones
            .iter()
            .any(|phone| same_number(phone.number.as_str(), called));
        if known || authority.merged_into.is_some() {
            return Ok(());
        }
        authority.phones.push(Phone {
            id: PhoneId(Uuid::now_v7()),
            number: verification.contact.clone(),
            label: None,
            source: verification.source.clone(),
            checked_on: verification.at.date(),
        });
        writing
            .amend_authority(self.now, Some(by.id), &authority)
            .await
            .map_err(incident::store)
    }

    /// Takes a verification, and keeps its number where that was asked: both or neither.
    pub(super) async fn take_verification(
        &self,
        id: CaseId,
        seen: u32,
        step: Step,
        entry: &Authority,
    ) -> Result<Case, Fault> {
        let member = self.session()?.member.clone();
        let Step::Verify(verification) = step.clone() else {
            return Err(Fault::NotFound);
        };
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let case = super::cases::as_seen(&mut writing, &member, id, seen, step.kind()).await?;
        let taken = self.taken(&mut writing, case, step, &member).await?;
        if taken.is_ok() {
            self.keep_number(&mut writing, entry, &verification, &member)
                .await?;
        }
        writing.commit().await.map_err(incident::store)?;
        taken.map_err(Fault::from)
    }
}
