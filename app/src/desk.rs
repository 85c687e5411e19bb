//! The door: all that a page may ask of the desk, on behalf of the member who is signed in. It only
//! reads: steps are taken by forms, which the server answers.
//!
//! The trait is the product's table of contents. It is implemented once, in `server::office`; one
//! `Arc<dyn Desk>` stands in the context of each request.

use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc};

use casework::{
    case::{Case, CaseId, CaseNumber, StepKind},
    clock::{Clock, ClockKind, Urgency},
    directory::{self, Act, Authority, AuthorityId, Known},
    disclosure::Outcome,
    dossier::Edition,
    form::Fields,
    gate::Item,
    ground::Ground,
    letter::LetterKind,
    list,
    mail::{self, MailId},
    member::{Member, MemberId, Role},
    notice::NoticeMeans,
    order::Digest,
    policy::{
        Policy,
        made::{self, Counted, Made},
    },
    redaction::Text,
    signals::{Bond, Likeness, Official, Signal},
    tables::Tables,
    template::{Language, Template},
    words::Line,
};
use jiff::{Timestamp, civil, tz::TimeZone};
use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// An answer that comes when it comes.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// What is owed beside the cases' own next steps, also by cases that have ended: how many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glares {
    /// Emergency releases that no second manager has reviewed.
    pub unreviewed: u64,
    /// Subjects who may be told by now, and were not.
    pub notices: u64,
    /// Emergencies of which nobody said whether formal process arrived.
    pub processes: u64,
}

impl Glares {
    /// Counted up to this; more are told as more than one less.
    pub const MOST: u64 = 100;
}

/// All that a page may ask.
pub trait Desk: Send + Sync {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Fault::SignedOut`].
    fn me(&self) -> Result<Me, Fault>;
    /// The organisation's name, for the head of every page.
    fn organisation(&self) -> String;
    /// The moment this request is answered at.
    fn now(&self) -> Timestamp;
    /// The desk's own time zone: what "today" means here.
    fn zone(&self) -> TimeZone;

    /// A page of the list of cases.
    fn cases(&self, ask: list::Ask) -> Answer<'_, list::Page>;
    /// A case with all that happened to it. Opening it leaves a trace.
    fn case(&self, id: CaseId) -> Answer<'_, CaseFile>;
    /// What falls due from one day to another, both included, in the desk's time zone.
    fn calendar(&self, from: civil::Date, until: civil::Date) -> Answer<'_, CalendarPage>;
    /// What is to be seen wherever work is looked for.
    fn glares(&self) -> Answer<'_, Glares>;
    /// When the member's own calendar feed was opened, if it is.
    fn feed(&self) -> Answer<'_, Option<Timestamp>>;
    /// A case for the form of a step; refused where the step is not open to the member.
    fn case_for(&self, id: CaseId, step: StepKind) -> Answer<'_, CaseFile>;

    /// Every record that was issued of a case.
    fn records(&self, id: CaseId) -> Answer<'_, RecordsFile>;
    /// The form of a letter on a case; refused where the member may not file one.
    fn letter(&self, id: CaseId, ask: LetterAsk) -> Answer<'_, LetterFile>;
    /// The texts of a case that a redacted edition may leave out.
    fn texts(&self, id: CaseId) -> Answer<'_, TextsFile>;
    /// The texts that one redacted record leaves out.
    fn left_out(&self, id: CaseId, record: Digest) -> Answer<'_, TextsFile>;

    /// A page of the ledger, newest first.
    fn ledger(&self, ask: LedgerAsk) -> Answer<'_, LedgerPage>;
    /// Who watches the ledger from outside, and what they saw last.
    fn watch(&self) -> Answer<'_, Watch>;
    /// Everyone who works the desk.
    fn members(&self) -> Answer<'_, Vec<MemberRow>>;
    /// The outbox as an administrator sees it: nothing of what a notice or a letter says, or to whom.
    fn outbox(&self) -> Answer<'_, Outbox>;
    /// The mails of a case.
    fn mails(&self, id: CaseId) -> Answer<'_, MailsFile>;
    /// Every policy version, newest first, with what is counted under it.
    fn policies(&self) -> Answer<'_, Vec<PolicyRow>>;
    /// One version, with what was done under it for those who read cases.
    fn under(&self, ask: made::Ask) -> Answer<'_, Under>;
    /// Every version of the tables, newest first, with who published it and when.
    fn tables(&self) -> Answer<'_, Vec<TablesRow>>;
    /// A page of the requesters' directory.
    fn authorities(&self, ask: directory::Ask) -> Answer<'_, directory::Page>;
    /// An entry of the directory with what its authority asked for; `before` is where the page of
    /// its history before ended.
    fn authority(&self, id: AuthorityId, before: Option<i64>) -> Answer<'_, AuthorityFile>;
    /// What a new entry may be begun with: what the request of this case says of itself.
    fn authority_of(&self, case: Option<CaseId>) -> Answer<'_, Fields>;
    /// An entry for the form that changes it; refused to those who do not keep the directory.
    fn authority_for(&self, id: AuthorityId) -> Answer<'_, (Me, Known)>;
    /// Two entries and what would come of merging them; without a second, those like the first.
    fn merger(
        &self,
        id: AuthorityId,
        with: Option<AuthorityId>,
        text: String,
    ) -> Answer<'_, Merger>;
    /// The newest version of every template of letters.
    fn templates(&self) -> Answer<'_, Vec<TemplateRow>>;
    /// Every version of one of them.
    fn template(&self, kind: LetterKind, language: Language) -> Answer<'_, TemplateFile>;
    /// The member's own sessions.
    fn sessions(&self) -> Answer<'_, Vec<SessionRow>>;
}

/// The desk of this request.
///
/// # Errors
/// [`Fault::Broken`] where none stands in the context: a fault of wiring, not of a person.
pub fn desk() -> Result<Arc<dyn Desk>, Fault> {
    use_context().ok_or_else(|| Fault::Broken {
        incident: "no-desk".into(),
    })
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub member: Member,
    /// What they sign in with.
    pub sign_in: String,
    /// Whether the password was confirmed within the last five minutes: else it is asked beside
    /// what needs a fresh proof.
    pub proof_is_fresh: bool,
    /// Whether the password was set by an administrator and must be changed first.
    pub must_change_password: bool,
    /// When the session ends if nothing is done.
    pub idles_out_at: Timestamp,
}

/// A case as its page shows it.
#[derive(Clone, Debug)]
pub struct CaseFile {
    pub case: Case,
    pub me: Me,
    /// The policy version the case is pinned to; before it is filed, the one in force today.
    pub policy: Option<Policy>,
    pub gate: Vec<Item>,
    pub clocks: Vec<Clock>,
    /// The directory's entry for the requester, and how it came to be that.
    pub authority: Option<(Known, Bond)>,
    /// What deserves a second look; empty too on pages of steps where nobody weighs that.
    pub signals: Vec<Signal>,
    /// The mails of the case, newest first.
    pub mails: Vec<MailRow>,
    /// The tables in force today; what the case is judged under stands in the case.
    pub tables: Arc<Tables>,
    /// What the subject could be told, drafted from the case.
    pub notice_texts: Vec<(Language, String)>,
    /// Whether a server takes the desk's mail; without one, what is posted waits.
    pub sends_mail: bool,
    /// Everything that ever happened, oldest first: steps, and reads.
    pub timeline: Vec<Happening>,
    pub now: Timestamp,
    /// The desk's own time zone.
    pub zone: TimeZone,
}

impl CaseFile {
    /// The mail that the last notice to the subject went by, if it went by mail.
    pub fn notice_mail(&self) -> Option<&MailRow> {
        let last = self.case.beside().notices.last()?;
        let mut mails = self.mails.iter();
        // The newest is the first.
        mails
            .find(|mail| mail.kind == mail::Kind::ServiceNotice)
            .filter(|_| last.what.how == NoticeMeans::Outbox)
    }
}

/// What falls due in a span of days.
#[derive(Clone, Debug)]
pub struct CalendarPage {
    /// What ends in the span, the earliest first; also what was done by then.
    pub ends: Vec<Ends>,
    /// What was late before the span began, the longest first.
    pub late: Vec<Ends>,
    /// There is more than is shown.
    pub more: bool,
    /// How many dates tell how they were computed, where more are shown than do.
    pub explained: Option<usize>,
    /// Emergency releases that await their second review.
    pub unreviewed: Vec<Ends>,
    /// Holidays of the calendars that the desk's periods name, or of all where they name none.
    pub holidays: BTreeMap<civil::Date, Vec<String>>,
    pub today: civil::Date,
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// A clock that ends, with what a list shows of its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub card: list::Card,
    pub kind: ClockKind,
    pub at: Timestamp,
    pub urgency: Urgency,
    /// How the end was computed; only where one day is shown, and of so many.
    pub how: Vec<String>,
}

/// An entry of the directory as its page shows it.
#[derive(Clone, Debug)]
pub struct AuthorityFile {
    pub me: Me,
    pub known: Known,
    /// The entry that stands for it, where it was merged.
    pub stands: Option<(AuthorityId, Line)>,
    /// Its requests, newest first.
    pub requests: Vec<(list::Card, Outcome)>,
    /// Where the page of the history that follows begins; none on the last.
    pub next: Option<i64>,
    /// The acts that last confirmed it, each with until when it is told as standing.
    pub acts: Vec<(Act, Timestamp)>,
    /// Official domains of others that one of its own looks like.
    pub alike: Vec<(directory::Domain, Official, Likeness)>,
    pub now: Timestamp,
}

/// Two entries that may be one.
#[derive(Clone, Debug)]
pub struct Merger {
    pub me: Me,
    pub known: Known,
    /// The other one, and both in one, or why they cannot be.
    pub with: Option<(Known, Result<Authority, String>)>,
    /// Entries to choose the other one from.
    pub candidates: Vec<directory::Card>,
    /// What was searched for.
    pub text: String,
}

/// A mail as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailRow {
    pub id: MailId,
    pub kind: mail::Kind,
    pub state: mail::State,
    pub case: Option<(CaseId, CaseNumber)>,
    /// Whom it is for: a member's name, or an address; none where it is withheld.
    pub to: Option<String>,
    pub posted_at: Timestamp,
    pub changed_at: Timestamp,
    /// When it is tried next, while it waits.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempt: u32,
    /// What the server, or the line to it, said last; only its number where the words are withheld.
    pub reply: Option<String>,
    /// Who settled it last, and whether they found that it arrived.
    pub settled: Option<(Option<Line>, Timestamp, bool)>,
    /// What it says is still kept, so that it could be sent again.
    pub kept: bool,
}

/// The mails of a case, newest first.
#[derive(Clone, Debug)]
pub struct MailsFile {
    pub case: Case,
    pub me: Me,
    pub mails: Vec<MailRow>,
    pub now: Timestamp,
}

/// The outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    pub me: Me,
    /// Who writes, and through which server; none where mail stays here.
    pub writes_as: Option<String>,
    /// The desk's own address, that mail leads back to.
    pub address: Option<String>,
    /// Whether the member who asks could be sent a mail.
    pub reaches_me: bool,
    /// Members who work cases and sign in with a name that is no e-mail address.
    pub unreached: Vec<Line>,
    /// Each newest first, and only so many.
    pub unknown: Vec<MailRow>,
    pub refused: Vec<MailRow>,
    pub waiting: Vec<MailRow>,
    pub sent: Vec<MailRow>,
    pub now: Timestamp,
}

/// One line of a timeline or of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The leaf's place in the ledger.
    pub seq: u64,
    pub at: Timestamp,
    /// None: the desk itself.
    pub who: Option<Line>,
    pub role: Option<Role>,
    /// The action's code: `case.decide`.
    pub action: String,
    /// What was done, in words: "approved in part: 2 granted, 1 refused".
    pub told: String,
    /// The words given with it; only on a case's own timeline.
    pub words: Option<String>,
    /// Whether something was only read.
    pub reading: bool,
    pub case: Option<(CaseId, CaseNumber)>,
}

/// What is asked of the ledger; everything left out does not narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerAsk {
    /// Only leaves before this one.
    pub before: Option<u64>,
    /// Beginning of the action: `case.`, `session.`, `case.decide`.
    pub action: Option<String>,
    pub actor: Option<MemberId>,
    pub case: Option<CaseId>,
}

/// The records of a case.
#[derive(Clone, Debug)]
pub struct RecordsFile {
    pub case: Case,
    pub me: Me,
    /// Newest first.
    pub issued: Vec<IssuedRow>,
}

/// A record that was issued: its bytes are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedRow {
    pub sha256: Digest,
    /// Bytes.
    pub size: u64,
    pub edition: Edition,
    /// Whether the orders are inside.
    pub enclosed: bool,
    /// How many texts it leaves out.
    pub left_out: usize,
    /// The case's version that it tells of; it may have moved on.
    pub version: u32,
    /// How many leaves the checkpoint in it covers.
    pub under: u64,
    pub at: Timestamp,
    pub by: Option<Line>,
}

/// Texts of a case to choose from.
#[derive(Clone, Debug)]
pub struct TextsFile {
    pub case: Case,
    pub me: Me,
    pub texts: Vec<Text>,
}

/// How the ledger is watched from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    pub origin: String,
    /// The public half of the key that signs checkpoints.
    pub key: String,
    pub size: u64,
    /// Size and moment of the last signed checkpoint.
    pub last: Option<(u64, Timestamp)>,
    /// Whether leaves and hashes are served to everybody.
    pub open: bool,
    pub witnesses: Vec<WitnessRow>,
    /// Who seals records, and the SHA-256 of the certificate.
    pub sealed_by: String,
    pub certificate: Digest,
    pub certificate_ends: Timestamp,
    /// Whether a timestamp authority is configured.
    pub timestamps: bool,
}

/// A witness, and what it cosigned last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessRow {
    pub key: String,
    pub name: String,
    /// Size of the checkpoint, and when it says that it saw it.
    pub last: Option<(u64, Timestamp)>,
}

/// A page of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPage {
    pub happenings: Vec<Happening>,
    /// What to ask `before` for the page that follows; none on the last.
    pub next: Option<u64>,
    /// How many leaves there are, and the root over them, in hexadecimal.
    pub size: u64,
    pub root: String,
    pub watch: Watch,
    /// Everyone, for the filter by member.
    pub members: Vec<(MemberId, Line)>,
}

/// A version of the tables; none published it where the desk was delivered with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablesRow {
    pub tables: Arc<Tables>,
    pub published: Option<(Timestamp, Option<Line>)>,
}

/// What letter is asked for; what is left out follows from the stage and the requester's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LetterAsk {
    pub kind: Option<LetterKind>,
    pub language: Option<Language>,
}

/// A letter before it is filed.
#[derive(Clone, Debug)]
pub struct LetterFile {
    pub file: CaseFile,
    pub kind: LetterKind,
    pub language: Language,
    /// The kinds that may be filed now, the one the stage calls for first.
    pub kinds: Vec<LetterKind>,
    /// The languages there is a template of this kind in.
    pub languages: Vec<Language>,
    /// The form as the template fills it.
    pub fields: Fields,
    /// Why a letter of this kind cannot be filed, or was not filled.
    pub says: Option<String>,
}

/// A version of a template; none published it where the desk was delivered with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    pub template: Template,
    pub published: Option<(Timestamp, Option<Line>)>,
}

/// A template with its history.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    pub me: Me,
    pub kind: LetterKind,
    pub language: Language,
    /// Newest first; empty for a language nobody has written in yet.
    pub versions: Vec<TemplateRow>,
    /// What the form begins from.
    pub start: Template,
}

/// A member as the administrator sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    pub member: Member,
    pub sign_in: String,
    pub disabled: bool,
    pub must_change_password: bool,
    pub added_at: Timestamp,
}

/// A version of the promise, and how much stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRow {
    pub policy: Policy,
    /// Cases pinned to it.
    pub cases: u64,
    /// Disclosures made under it, on all three grounds.
    pub disclosures: u64,
    /// Of those, the ones of which something does not sit well.
    pub ill: u64,
}

/// A version of the promise beside what was done under it.
#[derive(Clone, Debug)]
pub struct Under {
    pub ask: made::Ask,
    pub me: Me,
    pub row: PolicyRow,
    /// The first day on which it was no longer in force.
    pub until: Option<civil::Date>,
    /// The three grounds, or the one that was asked for; none for those who read no cases.
    pub grounds: Vec<UnderGround>,
    pub now: Timestamp,
}

/// A clause beside what was done on its ground.
#[derive(Clone, Debug)]
pub struct UnderGround {
    pub ground: Ground,
    pub counts: BTreeMap<Counted, u64>,
    /// The last recorded first.
    pub made: Vec<Made>,
    /// Where the page that follows goes on; none on the last.
    pub next: Option<u64>,
}

/// One of the member's own sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Names the session in a form; it is not the token.
    pub handle: String,
    /// Browser and system, as the browser told them.
    pub agent: String,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    pub current: bool,
}
