//! The rules of a disclosure desk, and its glossary.
//!
//! # Architecture invariants
//! - **No I/O and no clock.** Nothing here reads a file, a database, a socket, the time or chance;
//!   they arrive as arguments. A page therefore asks the same rule as the server does.
//! - **A stage changes only through [`case::Case::take`]**, which answers an [`case::Event`] or a
//!   [`Refusal`]. [`case::Case::after`] is the only way from one state of a case to the next, and
//!   replaying a case's events through both is how the ledger is verified.
//! - **Lateness is computed, never stored** ([`clock`]).
//! - **Default deny**: [`case::Case::may`] names what is allowed; all else is refused.
//!
//! # Glossary (one word per thing)
//! | word | meaning | avoid |
//! |---|---|---|
//! | **member** | works the desk; has one role | user, officer, agent |
//! | **requester** | the authority or private party that asks | client, customer |
//! | **directory** | the authorities as they were found independently of any request | contacts, address book |
//! | **signal** | what about a request deserves a second look; never a verdict | alert, risk score |
//! | **subject** | the person whose data is asked for | target, user |
//! | **order** | the attached legal document | file, document |
//! | **record** | the PDF of a case | report, export |
//! | **edition** | a record for the house (full) or for outside (redacted) | version, copy |
//! | **seal** | the electronic signature on a record | stamp, certificate |
//! | **ledger** | the tamper-evident log | audit log, history |
//! | **checkpoint** | the ledger's size and root, signed | snapshot, tree head |
//! | **witness** | another's machine that cosigns checkpoints | monitor, auditor |
//! | **verifier** | the program that checks a record, offline | validator |
//! | **step** | what a member does | action, transition |
//! | **event** | what happened | log entry |
//! | **ground** | one of the three promises' exceptions | reason, basis |
//! | **instrument** | the kind of legal paper | document type |
//! | **category** | a kind of data held | data type |
//! | **ceiling** | the highest tier an instrument reaches | limit |
//! | **gate** | what must be true before anyone may approve | checklist |
//! | **clock** | a period with a start, an end and a reason | timer, SLA |
//! | **notice** | telling the subject | notification |
//! | **gag** | an order not to tell the subject | confidentiality flag |
//! | **hold** | data kept from deletion, by a named owner | freeze |
//! | **tables** | what cases are judged by, in versions | settings |
//! | **terms** | the slice of the tables one case keeps | configuration |
//! | **letter** | what the desk writes to the requester or the subject | document |

pub mod calendar;
pub mod case;
pub mod clock;
pub mod compare;
pub mod decision;
pub mod directory;
pub mod disclosure;
pub mod dossier;
pub mod emergency;
pub mod escalation;
pub mod form;
pub mod gate;
pub mod ground;
pub mod held;
pub mod hold;
pub mod instrument;
pub mod ledger;
pub mod letter;
pub mod list;
pub mod mail;
pub mod matrix;
pub mod member;
pub mod notice;
pub mod order;
pub mod pause;
pub mod phone;
pub mod policy;
pub mod reason;
pub mod redaction;
pub mod refusal;
pub mod request;
pub mod scope;
pub mod search;
pub mod signals;
pub mod tables;
pub mod template;
pub mod verification;
pub mod words;

pub use refusal::Refusal;

/// A choice with a stable code (stored, sent by forms) and a word a person reads.
///
/// One macro, so that every closed list of the domain can be listed, parsed and printed alike.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $word:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// Every choice, in the order the domain lists them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code: stored, and sent by forms and addresses.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The word a person reads.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The choice that has this code, if any has.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl crate::form::Choice for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn code(self) -> &'static str { self.code() }
            fn word(self) -> &'static str { self.word() }
        }
    };
}
pub(crate) use choice;

/// A typed identifier: never a bare number or string.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    };
}
pub(crate) use id;
