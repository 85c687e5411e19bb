//! The door: what pages ask, answered by the office.

use app::{
    desk::{
        Answer, AuthorityFile, CalendarPage, CaseFile, Desk, Glares, LedgerAsk, LedgerPage,
        LetterAsk, LetterFile, MailsFile, Me, MemberRow, Merger, Outbox, PolicyRow, RecordsFile,
        SessionRow, TablesRow, TemplateFile, TemplateRow, TextsFile, Under, Watch,
    },
    fault::Fault,
};
use casework::{
    case::{CaseId, StepKind},
    directory::{self, AuthorityId, Known},
    form::Fields,
    letter::LetterKind,
    list,
    order::Digest,
    policy::made,
    template::Language,
};
use jiff::{Timestamp, civil, tz::TimeZone};

use super::AtDesk;

impl AtDesk {
    pub(super) fn who(&self) -> Result<Me, Fault> {
        let session = self.session()?;
        Ok(Me {
            member: session.member.clone(),
            sign_in: session.sign_in.clone(),
            proof_is_fresh: session.proof_is_fresh(self.now),
            must_change_password: session.must_change_password,
            idles_out_at: session.ends_at(),
        })
    }
}

impl Desk for AtDesk {
    fn me(&self) -> Result<Me, Fault> {
        self.who()
    }

    fn organisation(&self) -> String {
        self.office.organisation()
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn zone(&self) -> TimeZone {
        self.office.zone()
    }

    fn calendar(&self, from: civil::Date, until: civil::Date) -> Answer<'_, CalendarPage> {
        Box::pin(self.calendar_page(from, until))
    }

    fn glares(&self) -> Answer<'_, Glares> {
        Box::pin(self.count_glares())
    }

    fn feed(&self) -> Answer<'_, Option<Timestamp>> {
        Box::pin(self.my_feed())
    }

    fn cases(&self, ask: list::Ask) -> Answer<'_, list::Page> {
        Box::pin(self.list(ask))
    }

    fn case(&self, id: CaseId) -> Answer<'_, CaseFile> {
        Box::pin(self.open_file(id))
    }

    fn case_for(&self, id: CaseId, step: StepKind) -> Answer<'_, CaseFile> {
        Box::pin(self.file_for(id, step))
    }

    fn records(&self, id: CaseId) -> Answer<'_, RecordsFile> {
        Box::pin(self.records_file(id))
    }

    fn texts(&self, id: CaseId) -> Answer<'_, TextsFile> {
        Box::pin(self.texts_of(id))
    }

    fn left_out(&self, id: CaseId, record: Digest) -> Answer<'_, TextsFile> {
        Box::pin(self.left_out_of(id, record))
    }

    fn watch(&self) -> Answer<'_, Watch> {
        Box::pin(self.watch_page())
    }

    fn ledger(&self, ask: LedgerAsk) -> Answer<'_, LedgerPage> {
        Box::pin(self.ledger_page(ask))
    }

    fn letter(&self, id: CaseId, ask: LetterAsk) -> Answer<'_, LetterFile> {
        Box::pin(self.letter_file(id, ask))
    }

    fn templates(&self) -> Answer<'_, Vec<TemplateRow>> {
        Box::pin(self.all_templates())
    }

    fn template(&self, kind: LetterKind, language: Language) -> Answer<'_, TemplateFile> {
        Box::pin(self.template_file(kind, language))
    }

    fn members(&self) -> Answer<'_, Vec<MemberRow>> {
        Box::pin(self.all_members())
    }

    fn outbox(&self) -> Answer<'_, Outbox> {
        Box::pin(self.outbox_page())
    }

    fn mails(&self, id: CaseId) -> Answer<'_, MailsFile> {
        Box::pin(self.mails_file(id))
    }

    fn policies(&self) -> Answer<'_, Vec<PolicyRow>> {
        Box::pin(self.all_policies())
    }

    fn under(&self, ask: made::Ask) -> Answer<'_, Under> {
        Box::pin(self.under_policy(ask))
    }

    fn tables(&self) -> Answer<'_, Vec<TablesRow>> {
        Box::pin(self.all_tables())
    }

    fn authorities(&self, ask: directory::Ask) -> Answer<'_, directory::Page> {
        Box::pin(self.authorities_page(ask))
    }

    fn authority(&self, id: AuthorityId, before: Option<i64>) -> Answer<'_, AuthorityFile> {
        Box::pin(self.authority_file(id, before))
    }

    fn authority_of(&self, case: Option<CaseId>) -> Answer<'_, Fields> {
        Box::pin(self.authority_from(case))
    }

    fn authority_for(&self, id: AuthorityId) -> Answer<'_, (Me, Known)> {
        Box::pin(self.authority_to_change(id))
    }

    fn merger(
        &self,
        id: AuthorityId,
        with: Option<AuthorityId>,
        text: String,
    ) -> Answer<'_, Merger> {
        Box::pin(self.merger_of(id, with, text))
    }

    fn sessions(&self) -> Answer<'_, Vec<SessionRow>> {
        Box::pin(self.my_sessions())
    }
}
