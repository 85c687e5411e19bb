//! Members: who works the desk. Every change seals its own entry.

use casework::{
    clock,
    ledger::Entry,
    member::{Duty, Member, MemberId, Role},
    words::Line,
};
use jiff::{Timestamp, civil};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    UpdateMany, prelude::Expr,
};

use crate::{
    Error, Store, Writing,
    moments::{millis, moment},
    rows::member,
};

/// A member with what signing in needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    pub member: Member,
    /// The name they sign in with: trimmed, lower case.
    pub sign_in: String,
    pub password_hash: String,
    pub disabled: bool,
    pub must_change_password: bool,
    pub created_at: Timestamp,
    /// How many passwords were wrong on the day of [`Self::wrong_at`].
    wrong_passwords: u32,
    /// When a password was last wrong.
    pub wrong_at: Option<Timestamp>,
}

impl MemberRow {
    /// How many passwords were wrong today, in UTC.
    pub fn wrong_passwords(&self, today: civil::Date) -> u32 {
        match self.wrong_at {
            Some(at) if clock::day(at) == today => self.wrong_passwords,
            _ => 0,
        }
    }
}

/// A member to add.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub member: Member,
    pub sign_in: String,
    pub password_hash: String,
    pub must_change_password: bool,
}

impl Store {
    /// Every member, by name.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn members(&self) -> Result<Vec<MemberRow>, Error> {
        let rows = member::Entity::find()
            .order_by_asc(member::Column::Name)
            .order_by_asc(member::Column::Id);
        rows.all(self.readers())
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    /// One member.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn member(&self, id: MemberId) -> Result<Option<MemberRow>, Error> {
        by_id(self.readers(), id).await
    }

    /// The member who signs in with this name, however it was capitalised.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn member_by_sign_in(&self, sign_in: &str) -> Result<Option<MemberRow>, Error> {
        let found = member::Entity::find()
            .filter(member::Column::SignIn.eq(fold(sign_in)))
            .one(self.readers())
            .await?;
        found.map(read).transpose()
    }
}

impl Writing {
    /// One member, as nobody else can change them now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn member(&mut self, id: MemberId) -> Result<Option<MemberRow>, Error> {
        by_id(self.connection(), id).await
    }

    /// Every member, as nobody else can change them now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub async fn members(&mut self) -> Result<Vec<MemberRow>, Error> {
        member::Entity::find()
            .all(self.connection())
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    /// Adds a member. The first one is added by nobody.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else signs in with this name.
    pub async fn add_member(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        new: &NewMember,
    ) -> Result<(), Error> {
        let Member { id, name, role } = &new.member;
        let row = member::ActiveModel {
            id: Set(id.0),
            sign_in: Set(fold(&new.sign_in)),
            name: Set(name.to_string()),
            role: Set(role.code().into()),
            password_hash: Set(new.password_hash.clone()),
            disabled: Set(false),
            must_change_password: Set(new.must_change_password),
            created_at: Set(millis(at)?),
            wrong_passwords: Set(0),
            wrong_at: Set(None),
        };
        member::Entity::insert(row)
            .exec_without_returning(self.connection())
            .await?;
        let entry = Entry::MemberAdded {
            member: *id,
            name: name.clone(),
            sign_in: fold(&new.sign_in),
            role: *role,
        };
        self.append(at, by, &entry).await.map(drop)
    }

    /// Changes a member's name; what they signed keeps the old one.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn rename(
        &mut self,
        at: Timestamp,
        by: MemberId,
        member: MemberId,
        name: &Line,
    ) -> Result<(), Error> {
        self.change(member, |row| {
            row.col_expr(member::Column::Name, Expr::value(name.as_str()))
        })
        .await?;
        self.append(
            at,
            Some(by),
            &Entry::MemberRenamed {
                member,
                name: name.clone(),
            },
        )
        .await
        .map(drop)
    }

    /// Changes a member's role, from their next request on. The calendar feed of who may read no case
    /// any more is closed.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn set_role(
        &mut self,
        at: Timestamp,
        by: MemberId,
        member: MemberId,
        role: Role,
    ) -> Result<(), Error> {
        self.change(member, |row| {
            row.col_expr(member::Column::Role, Expr::value(role.code()))
        })
        .await?;
        self.append(at, Some(by), &Entry::RoleChanged { member, role })
            .await?;
        if !role.may(Duty::ReadCases) {
            self.close_feed(at, Some(by), member).await?;
        }
        Ok(())
    }

    /// Shuts a member out, ending every session of theirs and closing their calendar feed, or lets
    /// them in again.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn set_disabled(
        &mut self,
        at: Timestamp,
        by: MemberId,
        member: MemberId,
        disabled: bool,
    ) -> Result<(), Error> {
        self.change(member, |row| {
            row.col_expr(member::Column::Disabled, Expr::value(disabled))
        })
        .await?;
        let entry = if disabled {
            Entry::MemberDisabled { member }
        } else {
            Entry::MemberEnabled { member }
        };
        self.append(at, Some(by), &entry).await?;
        if disabled {
            self.end_sessions_of(at, Some(by), member, None).await?;
            self.close_feed(at, Some(by), member).await?;
        }
        Ok(())
    }

    /// Sets a password: the member's own doing, or a reset by somebody else, which forgives the
    /// wrong ones. The member's sessions are the caller's to end: their own change keeps one. Their
    /// calendar feed is closed: whoever had the password may have its address.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn set_password(
        &mut self,
        at: Timestamp,
        by: Option<MemberId>,
        member: MemberId,
        password_hash: &str,
        must_change: bool,
    ) -> Result<(), Error> {
        let own = by == Some(member);
        self.change(member, |row| {
            let row = row
                .col_expr(member::Column::PasswordHash, Expr::value(password_hash))
                .col_expr(member::Column::MustChangePassword, Expr::value(must_change));
            // Who guesses gets no new tries because the member changed theirs.
            if own {
                row
            } else {
                row.col_expr(member::Column::WrongPasswords, Expr::value(0_i64))
            }
        })
        .await?;
        let entry = if own {
            Entry::PasswordChanged { member }
        } else {
            Entry::PasswordReset { member }
        };
        self.append(at, by, &entry).await?;
        self.close_feed(at, by, member).await.map(drop)
    }

    /// Keeps the same password under a costlier hash. Nothing is sealed: nothing changed.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn rehash_password(
        &mut self,
        member: MemberId,
        password_hash: &str,
    ) -> Result<(), Error> {
        self.change(member, |row| {
            row.col_expr(member::Column::PasswordHash, Expr::value(password_hash))
        })
        .await
    }

    /// Counts a wrong password and seals that sign-in was refused. Answers how many were wrong today.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is no such member.
    pub async fn count_wrong_password(
        &mut self,
        at: Timestamp,
        member: MemberId,
    ) -> Result<u32, Error> {
        let row = self.member(member).await?.ok_or(Error::Missing("member"))?;
        let count = row.wrong_passwords(clock::day(at)).saturating_add(1);
        let at_millis = millis(at)?;
        self.change(member, |row| {
            row.col_expr(
                member::Column::WrongPasswords,
                Expr::value(i64::from(count)),
            )
            .col_expr(member::Column::WrongAt, Expr::value(at_millis))
        })
        .await?;
        self.append(at, None, &Entry::SignInRefused { member })
            .await?;
        Ok(count)
    }

    async fn change(
        &mut self,
        member: MemberId,
        how: impl FnOnce(UpdateMany<member::Entity>) -> UpdateMany<member::Entity>,
    ) -> Result<(), Error> {
        let rows = how(member::Entity::update_many()).filter(member::Column::Id.eq(member.0));
        match rows.exec(self.connection()).await?.rows_affected {
            0 => Err(Error::Missing("member")),
            _ => Ok(()),
        }
    }
}

/// The name somebody signs in with, however they typed it.
fn fold(sign_in: &str) -> String {
    sign_in.trim().to_lowercase()
}

async fn by_id(db: &impl ConnectionTrait, id: MemberId) -> Result<Option<MemberRow>, Error> {
    member::Entity::find_by_id(id.0)
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// A row as the rules know a member.
pub(crate) fn rules_member(row: &member::Model) -> Result<Member, Error> {
    let odd = |what: &str| Error::Corrupt(format!("the {what} of member {}", row.id));
    Ok(Member {
        id: MemberId(row.id),
        name: Line::parse(&row.name).map_err(|_| odd("name"))?,
        role: Role::from_code(&row.role).ok_or_else(|| odd("role"))?,
    })
}

fn read(row: member::Model) -> Result<MemberRow, Error> {
    Ok(MemberRow {
        member: rules_member(&row)?,
        sign_in: row.sign_in,
        password_hash: row.password_hash,
        disabled: row.disabled,
        must_change_password: row.must_change_password,
        created_at: moment(row.created_at)?,
        wrong_passwords: u32::try_from(row.wrong_passwords).unwrap_or(u32::MAX),
        wrong_at: row.wrong_at.map(moment).transpose()?,
    })
}
