//! The authorization matrix, read from `authorization.txt`.
//!
//! For routes it *is* the rule: the router asks [`Matrix::admits`] on every request, and what is
//! not in the file is refused. For steps it is an independent statement: [`crate::case::Case::may`]
//! is the rule, and the tests hold one against the other in every combination.

use std::collections::BTreeMap;

use crate::member::Role;

/// The file itself.
const FILE: &str = include_str!("../authorization.txt");

/// Who a route is open to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admits {
    /// Nobody has to be signed in.
    Anyone,
    /// These roles.
    Roles(Vec<Role>),
}

impl Admits {
    /// Whether somebody with this role, or without a session, comes in.
    pub fn lets_in(&self, role: Option<Role>) -> bool {
        match self {
            Self::Anyone => true,
            Self::Roles(roles) => role.is_some_and(|role| roles.contains(&role)),
        }
    }
}

/// The statement about one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRule {
    pub step: String,
    pub roles: Vec<String>,
    pub stages: Vec<String>,
    pub refused: Vec<String>,
    /// What the case must have beside its stage: one of these, where any is named.
    pub needs: Vec<String>,
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// In the order of the file.
    pub steps: Vec<StepRule>,
    /// Method and path to who it admits.
    pub routes: BTreeMap<(String, String), Admits>,
}

impl Matrix {
    /// Reads the file this was built with.
    ///
    /// # Panics
    /// Where the file has a fault; the tests read it, so a desk that was tested never panics.
    pub fn read() -> Self {
        Self::parse(FILE).unwrap_or_else(|line| panic!("authorization.txt: cannot read {line:?}"))
    }

    /// Who a route admits; nobody, where the file does not have it.
    pub fn admits(&self, method: &str, path: &str) -> Option<&Admits> {
        self.routes.get(&(method.to_owned(), path.to_owned()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut matrix = Self::default();
        let mut part = "";
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let columns: Vec<Vec<String>> = line
                .split('|')
                .map(|column| column.split_whitespace().map(str::to_owned).collect())
                .collect();
            let fault = || line.to_owned();
            match (part, columns.as_slice()) {
                (_, [only]) if line.starts_with('[') && only.len() == 1 => part = line,
                ("[steps]", [step, roles, stages, refused, needs @ ..]) if needs.len() < 2 => {
                    matrix.steps.push(StepRule {
                        step: step.first().cloned().ok_or_else(fault)?,
                        roles: roles.clone(),
                        stages: stages.clone(),
                        refused: refused.iter().filter(|one| *one != "-").cloned().collect(),
                        needs: needs.iter().flatten().cloned().collect(),
                    });
                }
                ("[routes]", [route, who]) => {
                    let [method, path] = route.as_slice() else {
                        return Err(fault());
                    };
                    let admits = admits(who).ok_or_else(fault)?;
                    if matrix
                        .routes
                        .insert((method.clone(), path.clone()), admits)
                        .is_some()
                    {
                        return Err(fault());
                    }
                }
                _ => return Err(fault()),
            }
        }
        Ok(matrix)
    }
}

fn admits(who: &[String]) -> Option<Admits> {
    match who {
        [anyone] if anyone == "anyone" => Some(Admits::Anyone),
        [member] if member == "member" => Some(Admits::Roles(Role::ALL.to_vec())),
        roles => roles
            .iter()
            .map(|role| Role::from_code(role))
            .collect::<Option<_>>()
            .map(Admits::Roles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_reads_and_names_every_step_once() {
        let matrix = Matrix::read();
        let named: Vec<_> = matrix.steps.iter().map(|rule| rule.step.as_str()).collect();
        let all: Vec<_> = crate::case::StepKind::ALL
            .iter()
            .map(|step| step.code())
            .collect();
        assert_eq!(named, all);
    }

    #[test]
    fn what_is_not_in_the_file_is_refused() {
        assert_eq!(Matrix::read().admits("GET", "/cases/{case}/delete"), None);
        assert!(Matrix::parse("[routes]\nGET /x | everybody").is_err());
        assert!(Matrix::parse("[routes]\nGET /x | staff\nGET /x | manager").is_err());
    }
}
