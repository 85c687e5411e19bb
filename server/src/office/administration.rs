//! Members, policy versions, the organisation's name.

use app::{desk::MemberRow, fault::Fault};
use casework::{
    Refusal,
    form::{Faults, Fields, Reader},
    member::{Duty, Member, MemberId, Role},
    policy::{self, Policy, PolicyVersion},
};
use jiff::Timestamp;
use store::{Error, NewMember};
use zeroize::Zeroizing;

use super::{AtDesk, Office, incident};
use crate::access::password;

/// What an administrator does to a member.
#[derive(Clone, Debug)]
pub enum Change {
    Rename,
    Role,
    Disable,
    Enable,
    /// A new one-time password.
    Reset,
}

impl Change {
    /// The change that a form's button names.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "rename" => Self::Rename,
            "role" => Self::Role,
            "disable" => Self::Disable,
            "enable" => Self::Enable,
            "reset" => Self::Reset,
            _ => return None,
        })
    }
}

impl Office {
    /// Adds a member with a one-time password; `by` is the administrator, or none where it is
    /// done on the machine itself.
    ///
    /// # Errors
    /// Faults beside `name`, `sign_in` and `role`.
    pub async fn add_member(
        &self,
        fields: &Fields,
        by: Option<MemberId>,
        now: Timestamp,
    ) -> Result<(Member, Zeroizing<String>), Fault> {
        let password =
            password::one_time().map_err(|error| incident::other("no randomness", &error))?;
        let member = self
            .add_member_with(fields, password.clone(), true, by, now)
            .await?;
        Ok((member, password))
    }

    pub(crate) async fn add_member_with(
        &self,
        fields: &Fields,
        password: Zeroizing<String>,
        must_change_password: bool,
        by: Option<MemberId>,
        now: Timestamp,
    ) -> Result<Member, Fault> {
        let (name, sign_in, role) = new_member(fields).map_err(Refusal::from)?;
        let member = Member {
            id: MemberId(uuid::Uuid::now_v7()),
            name,
            role,
        };
        let password_hash = self
            .passwords
            .hash(password)
            .await
            .map_err(|error| incident::hashing(&error))?;
        let mut writing = self.store.begin().await.map_err(incident::store)?;
        let new = NewMember {
            member: member.clone(),
            sign_in,
            password_hash,
            must_change_password,
        };
        match writing.add_member(now, by, &new).await {
            Err(Error::Conflict(_)) => {
                let says = "Somebody signs in with this already; choose another.";
                Err(Refusal::from(Faults::one("sign_in", says)).into())
            }
            added => {
                added.map_err(incident::store)?;
                writing.commit().await.map_err(incident::store)?;
                Ok(member)
            }
        }
    }
}

fn new_member(fields: &Fields) -> Result<(casework::words::Line, String, Role), Faults> {
    let mut reader = Reader::new(fields);
    let name = reader.line("name", "Give the member's name.");
    let sign_in = reader.line(
        "sign_in",
        "Say what they sign in with: their e-mail address, or a short name.",
    );
    let fits = |text: &str| {
        text.chars().count() >= 3 && !text.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    if sign_in
        .as_ref()
        .is_some_and(|sign_in| !fits(sign_in.as_str()))
    {
        reader.blame("sign_in", "Use at least three characters and no spaces.");
    }
    let role = reader.choice("role", "Choose a role.");
    let made = name
        .zip(sign_in)
        .zip(role)
        .map(|((name, sign_in), role)| (name, sign_in.as_str().to_lowercase(), role));
    reader.done(made)
}

impl AtDesk {
    pub(super) async fn all_members(&self) -> Result<Vec<MemberRow>, Fault> {
        self.on_duty(Duty::Administer)?;
        let rows = self.office.store.members().await.map_err(incident::store)?;
        Ok(rows
            .into_iter()
            .map(|row| MemberRow {
                member: row.member,
                sign_in: row.sign_in,
                disabled: row.disabled,
                must_change_password: row.must_change_password,
                added_at: row.created_at,
            })
            .collect())
    }

    /// Adds a member; answers their one-time password.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn add_member(&self, fields: &Fields) -> Result<Zeroizing<String>, Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.id;
        Ok(self.office.add_member(fields, Some(by), self.now).await?.1)
    }

    /// Changes a member; a reset answers the new one-time password. Whoever is changed in more
    /// than name is signed out everywhere.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn change_member(
        &self,
        id: MemberId,
        change: &Change,
        fields: &Fields,
    ) -> Result<Option<Zeroizing<String>>, Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.clone();
        let row = self
            .office
            .store
            .member(id)
            .await
            .map_err(incident::store)?
            .ok_or(Fault::NotFound)?;
        // An administrator can neither disable nor demote themselves: so one always remains.
        if id == by.id && matches!(change, Change::Disable | Change::Role) {
            let says = "You cannot do this to yourself; another administrator can.";
            return Err(Refusal::from(Faults::one("do", says)).into());
        }
        let mut reader = Reader::new(fields);
        let now = self.now;
        let fault = incident::store;
        let mut writing = self.office.store.begin().await.map_err(fault)?;
        let mut once = None;
        match change {
            Change::Rename => {
                let name = reader.line("name", "Give the member's name.");
                let name = reader.done(name).map_err(Refusal::from)?;
                writing.rename(now, by.id, id, &name).await.map_err(fault)?;
            }
            Change::Role => {
                let role = reader.choice("role", "Choose a role.");
                let role = reader.done(role).map_err(Refusal::from)?;
                if role != row.member.role {
                    writing
                        .set_role(now, by.id, id, role)
                        .await
                        .map_err(fault)?;
                }
            }
            Change::Disable => writing
                .set_disabled(now, by.id, id, true)
                .await
                .map_err(fault)?,
            Change::Enable => writing
                .set_disabled(now, by.id, id, false)
                .await
                .map_err(fault)?,
            Change::Reset => {
                let password = password::one_time()
                    .map_err(|error| incident::other("no randomness", &error))?;
                let hash = self
                    .office
                    .passwords
                    .hash(password.clone())
                    .await
                    .map_err(|error| incident::hashing(&error))?;
                writing
                    .set_password(now, Some(by.id), id, &hash, true)
                    .await
                    .map_err(fault)?;
                once = Some(password);
            }
        }
        if matches!(change, Change::Role | Change::Disable | Change::Reset) {
            writing
                .end_sessions_of(now, Some(by.id), id, None)
                .await
                .map_err(fault)?;
        }
        writing.commit().await.map_err(fault)?;
        Ok(once)
    }

    /// Publishes a new policy version.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn publish_policy(&self, fields: &Fields) -> Result<(), Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.id;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        let all = writing.policies().await.map_err(incident::store)?;
        let newest = all.iter().max_by_key(|policy| policy.version);
        let (in_force_from, clauses) =
            policy::parse(fields, newest.map(|policy| policy.in_force_from))
                .map_err(Refusal::from)?;
        let version = PolicyVersion(newest.map_or(0, |policy| policy.version.0) + 1);
        let policy = Policy {
            version,
            in_force_from,
            clauses,
        };
        writing
            .publish_policy(self.now, Some(by), &policy)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)
    }

    /// Names the organisation.
    ///
    /// # Errors
    /// Faults of the form; [`Fault::ProofWanted`].
    pub async fn name_organisation(&self, fields: &Fields) -> Result<(), Fault> {
        let by = self.on_duty_and_proven(Duty::Administer)?.id;
        let mut reader = Reader::new(fields);
        let name = reader.line(
            "name",
            "Give the organisation's name, as records should print it.",
        );
        let name = reader.done(name).map_err(Refusal::from)?;
        let mut writing = self.office.store.begin().await.map_err(incident::store)?;
        writing
            .name_organisation(self.now, Some(by), &name)
            .await
            .map_err(incident::store)?;
        writing.commit().await.map_err(incident::store)?;
        self.office.is_called(name);
        Ok(())
    }
}
