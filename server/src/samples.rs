//! Members and cases to try the desk with: made once, through the same office as real ones.

mod cast;
mod directory;
mod papers;
mod scenes;

use std::{fmt::Write, sync::Arc};

use casework::{
    form::Fields,
    policy::{Clauses, Policy, PolicyVersion},
    words::{Blame, Line, Prose},
};
use jiff::civil::date;
use zeroize::Zeroizing;

use crate::office::Office;

/// One password for all samples, instead of random ones: for tests of the whole desk.
const PASSWORD: &str = "DESK_TRY_PASSWORD";

/// Makes the samples where the desk has no member yet. Answers what to print: who may sign in,
/// with what, this once.
///
/// # Errors
/// Where the desk cannot keep them.
pub async fn settle(office: &Arc<Office>) -> anyhow::Result<Option<String>> {
    if office.has_members().await? {
        return Ok(None);
    }
    office.found("Example Web Ltd.", &first_policy()?).await?;
    let mut told =
        String::from("Sample members, and their passwords. They are told this once.\n\n");
    let mut cast = Vec::new();
    for sample in cast::SAMPLES {
        let password = match std::env::var(PASSWORD) {
            Ok(password) => Zeroizing::new(password),
            Err(_) => crate::access::password::one_time()?,
        };
        let fields: Fields = [
            ("name", sample.name),
            ("sign_in", sample.sign_in),
            ("role", sample.role.code()),
        ]
        .into_iter()
        .collect();
        let member = office
            .add_member_with(&fields, password.clone(), false, None, office.now())
            .await
            .map_err(|fault| anyhow::anyhow!("{fault}"))?;
        let _ = writeln!(
            told,
            "    {:<15} {:<20} {:<22} {}",
            sample.role.word(),
            sample.name,
            sample.sign_in,
            *password
        );
        cast.push(member);
    }
    Box::pin(scenes::play(office, &cast)).await?;
    Ok(Some(told))
}

/// The promise, in words of our own.
fn first_policy() -> Result<Policy, Blame> {
    Ok(Policy {
        version: PolicyVersion(1),
        in_force_from: date(2025, 1, 1),
        clauses: Clauses {
            promise: Prose::parse(
                "We share or disclose your information to nobody outside our company, except on the three grounds below. We may change this promise; each version says from which day it is in force.",
            )?,
            rights_or_property: Prose::parse(
                "We may disclose information where that is reasonably necessary to protect our rights or our property, and no lesser disclosure would do.",
            )?,
            emergency: Prose::parse(
                "We may disclose information in an emergency in which the safety of a person is at risk, as far as the information helps to avert the danger.",
            )?,
            legal_directive: Prose::parse(
                "We disclose information where a legal directive, such as a court order, requires it of us, and no more than it requires.",
            )?,
        },
    })
}

impl Office {
    async fn has_members(&self) -> Result<bool, store::Error> {
        Ok(!self.store().members().await?.is_empty())
    }

    /// Names the organisation and publishes its first policy.
    async fn found(&self, name: &str, policy: &Policy) -> anyhow::Result<()> {
        let now = self.now();
        let name = Line::parse(name)?;
        let mut writing = self.store().begin().await?;
        writing.name_organisation(now, None, &name).await?;
        writing.publish_policy(now, None, policy).await?;
        writing.commit().await?;
        self.is_called(name);
        Ok(())
    }
}
