//! Sample cases in different stages. Each is played by the members of the sample desk, through
//! the same rules as real ones, on a day of its own: so the ledger tells them in order.
#![expect(
    clippy::large_futures,
    reason = "played once, before the desk serves anybody"
)]

use std::{collections::BTreeMap, sync::Arc};

use anyhow::anyhow;
use app::desk::LetterAsk;
use casework::{
    case::{Case, StepKind},
    directory::AuthorityId,
    form::Fields,
    gate::questions::{Kind, questions},
    instrument::Instrument,
    letter::LetterKind,
    member::Member,
};
use futures_util::stream;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    cast::{ANNA, BEN, CARLA},
    directory, papers,
};
use crate::office::{AtDesk, NotAttached, Office};

/// Plays every sample case.
pub async fn play(office: &Arc<Office>, cast: &[Member]) -> anyhow::Result<()> {
    let desk = Desk {
        office,
        cast,
        now: office.now(),
        directory: directory::enter(office, cast, office.now()).await?,
    };
    desk.subpoena_narrowed_and_closed(Day(8)).await?;
    desk.own_claim_denied(Day(7)).await?;
    desk.preservation_request(Day(6)).await?;
    desk.civil_subpoena_returned(Day(5)).await?;
    desk.production_order_approved(Day(4)).await?;
    desk.epoc_in_review(Day(3)).await?;
    desk.warrant_in_review(Day(2)).await?;
    desk.emergency_released(Day(1)).await?;
    desk.foreign_request_filed(Day(1)).await?;
    desk.impostor_not_confirmed(Day(1)).await?;
    desk.draft().await
}

/// Whole days before now.
#[derive(Clone, Copy)]
struct Day(i64);

struct Desk<'a> {
    office: &'a Arc<Office>,
    cast: &'a [Member],
    now: Timestamp,
    /// The entries of the directory by name.
    directory: BTreeMap<&'static str, AuthorityId>,
}

/// A case being played: which, and the moment it has come to.
struct Scene<'a> {
    desk: &'a Desk<'a>,
    case: Case,
    at: Timestamp,
}

impl Desk<'_> {
    fn stand_in(&self, who: usize, at: Timestamp) -> AtDesk {
        self.office.stand_in(&self.cast[who], at)
    }

    /// Files a request that came in on that day.
    async fn filed(&self, day: Day, typed: &[(&str, &str)]) -> anyhow::Result<Scene<'_>> {
        let received = self.now.checked_sub((day.0 * 24).hours())?;
        let local = received
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%Y-%m-%dT%H:%M")
            .to_string();
        let mut fields: Fields = typed.iter().copied().collect();
        for (name, usual) in [
            ("received", local.as_str()),
            ("received_zone", "UTC"),
            ("served_entity", "Example Web Ltd."),
            ("country", "United States"),
            ("channel", "email"),
            ("language", "English"),
        ] {
            if fields.get(name).is_empty() {
                fields.push(name, usual);
            }
        }
        if let Some(entry) = self.directory.get(fields.get("authority")) {
            fields.push("authority_id", entry.to_string());
        }
        let at = received.checked_add(20.minutes())?;
        let kept = self
            .stand_in(ANNA, at)
            .open_case(fields, true)
            .await
            .map_err(|fault| anyhow!("{fault}"))?;
        match kept.refused {
            Some(refusal) => Err(anyhow!(
                "a sample request was not filed: {refusal}: {:?}",
                refusal.faults()
            )),
            None => Ok(Scene {
                desk: self,
                case: kept.case,
                at,
            }),
        }
    }

    /// The day so many days from now, as a form takes it.
    fn date(&self, days: i64) -> anyhow::Result<String> {
        let at = self.now.checked_add((days * 24).hours())?;
        Ok(at.to_zoned_datetime(TimeZone::UTC).date().to_string())
    }

    async fn subpoena_narrowed_and_closed(&self, day: Day) -> anyhow::Result<()> {
        let until = self.date(60)?;
        let due = self.date(6)?;
        self.filed(
            day,
            &[
                ("requester_kind", "prosecutor"),
                ("authority", "District Attorney of Harbor County"),
                ("unit", "Fraud Unit"),
                ("person", "Olivia Chen"),
                ("title", "Assistant District Attorney"),
                ("email", "ochen@da.harbor.example"),
                ("phone", "+1 555 0142"),
                ("reference", "GJ-26-0317"),
                ("asks", "All records of the account behind the shop \u{201c}Blue Lantern\u{201d}, including messages with its customers."),
                ("identifier_kind", "email"),
                ("identifier_value", "owner@bluelantern.example"),
                ("identifier_kind", "account"),
                ("identifier_value", "blue-lantern"),
                ("categories", "contact_information"),
                ("categories", "email_address"),
                ("categories", "payment_information"),
                ("categories", "recorded_communications"),
                ("legal_basis", "Subpoena duces tecum of the Harbor County Grand Jury"),
                ("due", &due),
                ("confidential", "yes"),
                ("confidential_basis", "Nondisclosure order of the court, 18 USC 2705(b)"),
                ("confidential_until", &until),
                ("deliver_to", "Fraud Unit, by the county's portal"),
            ],
        )
        .await?
        .classify(Instrument::Subpoena, &[("issuing_authority", "Grand Jury of Harbor County"), ("order_reference", "GJ-26-0317"), ("statute", "Harbor County Grand Jury, Penal Code § 939.2")])
        .await?
        .attach("subpoena-GJ-26-0317.pdf", "Grand Jury of Harbor County", "Subpoena GJ-26-0317", &["To the custodian of records of Example Web Ltd.: you are commanded to produce all records of the account \u{201c}blue-lantern\u{201d}."])
        .await?
        .verify("docket", "Clerk of the Harbor County Superior Court, registry search", "the court's own site", "Entry GJ-26-0317, dated and sealed")
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(
            CARLA,
            StepKind::Decide,
            &[
                ("verdict", "approve_in_part"),
                ("grant.contact_information", "yes"),
                ("grant.email_address", "yes"),
                ("grant.payment_information", "yes"),
                ("grant.recorded_communications", "no"),
                ("recorded_communications.code", "instrument_insufficient"),
                ("recorded_communications.reasons", "A subpoena reaches no contents; a search warrant would be needed."),
            ],
        )
        .await?
        .disclose(&[("answer.contact_information", "produced"), ("answer.email_address", "produced"), ("answer.payment_information", "not_held"), ("recipient", "Olivia Chen, District Attorney of Harbor County"), ("means", "portal"), ("what", "subscriber-blue-lantern.json: name, postal address, e-mail address. No payment data is held for this account.")])
        .await?
        .step(ANNA, StepKind::Close, &[("notice", "gagged"), ("gagged_until", &until)])
        .await?;
        Ok(())
    }

    async fn own_claim_denied(&self, day: Day) -> anyhow::Result<()> {
        self.filed(
            day,
            &[
                ("requester_kind", "our_company"),
                ("authority", "Example Web Ltd."),
                ("unit", "Billing"),
                ("person", "Greta Holm"),
                ("title", "Head of billing"),
                ("channel", "internal"),
                ("country", "Ireland"),
                ("asks", "Visit logs and messages of a customer who disputes an invoice, to show a collection agency."),
                ("identifier_kind", "account"),
                ("identifier_value", "northwind-crafts"),
                ("categories", "visit_logs"),
                ("categories", "recorded_communications"),
                ("legal_basis", "none cited"),
            ],
        )
        .await?
        .classify(
            Instrument::OwnClaim,
            &[
                ("right", "Payment of invoice 2025-1187."),
                ("necessity", "The customer says that the service was not delivered."),
                ("lesser", "Not weighed yet."),
                ("recipient", "Ashford Collections"),
                ("claimant", "Greta Holm"),
                ("claim", "EUR 1,240 against Northwind Crafts, disputed, not in court."),
                ("counsel", "none instructed"),
            ],
        )
        .await?
        .verify("known", "Greta Holm, by the internal directory", "the staff directory", "Greta Holm")
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(
            CARLA,
            StepKind::Decide,
            &[
                ("verdict", "deny"),
                ("code", "not_necessary"),
                ("reasons", "Delivery can be shown by our own service logs, which name no visitor. Messages between a client and their visitors prove nothing about an invoice."),
            ],
        )
        .await?
        .letter(BEN, LetterKind::Refusal)
        .await?
        .step(BEN, StepKind::Close, &[("notice", "not_required"), ("words", "Nothing was disclosed.")])
        .await?;
        Ok(())
    }

    async fn preservation_request(&self, day: Day) -> anyhow::Result<()> {
        self.filed(
            day,
            &[
                ("requester_kind", "police"),
                ("authority", "Lakeside Police Department"),
                ("person", "Det. Maria Lopez"),
                ("badge", "4471"),
                ("email", "mlopez@police.lakeside.example"),
                ("phone", "+1 555 0100"),
                ("reference", "LPD-26-0388"),
                ("asks", "Preserve all records of the account pending a search warrant."),
                ("identifier_kind", "email"),
                ("identifier_value", "k.marsh@mailer.example"),
                ("categories", "ip_history"),
                ("categories", "recorded_communications"),
                ("legal_basis", "18 U.S.C. § 2703(f)"),
            ],
        )
        .await?
        .classify(Instrument::PreservationRequest, &[("issuing_authority", "Lakeside Police Department"), ("order_reference", "LPD-26-0388"), ("preserve", "All records of k.marsh@mailer.example, contents too.")])
        .await?
        .attach("preservation-LPD-26-0388.pdf", "Lakeside Police Department", "Preservation request LPD-26-0388", &["Pursuant to 18 U.S.C. § 2703(f), preserve all records of the account named below for 90 days."])
        .await?
        .verify("call_back", "+1 555 0111", "the city's own directory", "Sgt. Holt, duty desk")
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(CARLA, StepKind::Decide, &[("verdict", "approve"), ("remarks", "Everything that the request names.")])
        .await?
        .step(ANNA, StepKind::Hold, &[("owner", "Jo Lindqvist, storage"), ("what", "Profile, sign-in history and messages of k.marsh@mailer.example."), ("kept_in", "the cold copy of cluster two")])
        .await?;
        Ok(())
    }

    async fn civil_subpoena_returned(&self, day: Day) -> anyhow::Result<()> {
        self.filed(
            day,
            &[
                ("requester_kind", "attorney"),
                ("authority", "Pell & Strand LLP"),
                ("person", "Jonas Pell"),
                ("email", "jpell@pellstrand.example"),
                ("channel", "agent"),
                ("reference", "Strand v. Doe, 26-CV-1120"),
                ("asks", "Identity and all messages of the person who posts as \u{201c}harborwatch\u{201d}."),
                ("identifier_kind", "account"),
                ("identifier_value", "harborwatch"),
                ("categories", "contact_information"),
                ("categories", "recorded_communications"),
                ("legal_basis", "Rule 45, Federal Rules of Civil Procedure"),
            ],
        )
        .await?
        .classify(Instrument::CivilSubpoena, &[("issuing_authority", "Clerk of the District Court"), ("order_reference", "26-CV-1120"), ("court", "District Court, Harbor Division"), ("parties", "Strand v. Doe"), ("attorney", "Jonas Pell"), ("service", "Registered agent")])
        .await?
        .attach("subpoena-26-CV-1120.pdf", "District Court, Harbor Division", "Subpoena in Strand v. Doe", &["You are commanded to produce the identity and all messages of the user \u{201c}harborwatch\u{201d}."])
        .await?
        .verify("docket", "Court register, case 26-CV-1120", "the court's own site", "Docket entry 14")
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(CARLA, StepKind::Decide, &[("verdict", "return"), ("needs", "Was the subject told, and when does their window to object end? A civil subpoena never reaches messages: ask counsel to narrow it to the identity.")])
        .await?;
        Ok(())
    }

    async fn production_order_approved(&self, day: Day) -> anyhow::Result<()> {
        let due = self.date(1)?;
        self.filed(
            day,
            &[
                ("requester_kind", "police"),
                ("authority", "West Vale Constabulary"),
                ("unit", "Economic Crime"),
                ("country", "United Kingdom"),
                ("person", "DC Aisha Khan"),
                ("badge", "2290"),
                ("email", "aisha.khan@westvale.police.example"),
                ("reference", "WV/26/551"),
                ("asks", "Sign-in history of one account in January."),
                ("identifier_kind", "email"),
                ("identifier_value", "trader@lowtide.example"),
                ("categories", "email_address"),
                ("categories", "ip_history"),
                ("legal_basis", "Police and Criminal Evidence Act 1984, Schedule 1"),
                ("due", &due),
                ("due_time", "17:00"),
            ],
        )
        .await?
        .classify(Instrument::OtherCourtOrder, &[("ordered", "email_address"), ("ordered", "ip_history"), ("issuing_authority", "Crown Court at West Vale"), ("order_reference", "WV/26/551"), ("court", "Crown Court at West Vale"), ("judge", "HHJ Thornton"), ("act", "PACE 1984, Schedule 1"), ("days_to_comply", "7")])
        .await?
        .attach("production-order-WV-26-551.pdf", "Crown Court at West Vale", "Production order WV/26/551", &["Example Web Ltd. is ordered to produce, within seven days, the e-mail address and the sign-in history of the account trader@lowtide.example for January."])
        .await?
        .verify("call_back", "+44 1632 960 017", "the constabulary's published switchboard", "DC Khan, through the switchboard")
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(CARLA, StepKind::Decide, &[("verdict", "approve")])
        .await?;
        Ok(())
    }

    async fn epoc_in_review(&self, day: Day) -> anyhow::Result<()> {
        self.filed(
            day,
            &[
                ("requester_kind", "prosecutor"),
                ("authority", "Staatsanwaltschaft Nordhafen"),
                ("country", "Germany"),
                ("person", "Dr. Jörg Weiß"),
                ("title", "Staatsanwalt"),
                ("channel", "eu_platform"),
                ("email", "weiss@sta-nordhafen.example"),
                ("reference", "302 Js 4411/26"),
                (
                    "asks",
                    "Bestandsdaten und Zugriffsdaten des Kontos in der Woche vom 2. März.",
                ),
                ("identifier_kind", "email"),
                ("identifier_value", "m.sommer@postfach.example"),
                ("categories", "contact_information"),
                ("categories", "ip_at_one_time"),
                ("categories", "visit_logs"),
                ("legal_basis", "Regulation (EU) 2023/1543, Article 5"),
                ("language", "German"),
            ],
        )
        .await?
        .classify(
            Instrument::Epoc,
            &[
                ("ordered", "contact_information"),
                ("ordered", "ip_at_one_time"),
                ("emergency_flag", "no"),
                ("issuing_authority", "Staatsanwaltschaft Nordhafen"),
                ("order_reference", "302 Js 4411/26"),
                ("validating_authority", "Amtsgericht Nordhafen"),
                ("file_numbers", "302 Js 4411/26; 12 Gs 88/26"),
            ],
        )
        .await?
        .attach(
            "EPOC-302-Js-4411-26.pdf",
            "Staatsanwaltschaft Nordhafen",
            "European Production Order Certificate",
            &["Kategorien: Bestandsdaten; IP-Adresse zum genannten Zeitpunkt."],
        )
        .await?
        .verify(
            "served_in_person",
            "Decentralised IT system, message 88-2201",
            "the platform itself",
            "Message signed by the authority's certificate",
        )
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?;
        Ok(())
    }

    async fn warrant_in_review(&self, day: Day) -> anyhow::Result<()> {
        let due = self.date(5)?;
        let (ordered, gagged) = (self.date(-12)?, self.date(80)?);
        self.filed(
            day,
            &[
                ("requester_kind", "police"),
                ("authority", "Lakeside Police Department"),
                ("unit", "Major Crimes"),
                ("person", "Det. Maria Lopez"),
                ("title", "Detective"),
                ("badge", "4471"),
                ("email", "mlopez@police.lakeside.example"),
                ("phone", "+1 555 0100"),
                ("reference", "26-SW-0091"),
                ("asks", "Sign-in history and messages of one account between 1 and 14 February."),
                ("identifier_kind", "email"),
                ("identifier_value", "k.marsh@mailer.example"),
                ("identifier_kind", "ip"),
                ("identifier_value", "198.51.100.23"),
                ("from", "2026-02-01"),
                ("until", "2026-02-14"),
                ("categories", "email_address"),
                ("categories", "ip_history"),
                ("categories", "recorded_communications"),
                ("legal_basis", "18 U.S.C. § 2703(a)"),
                ("due", &due),
                ("deliver_to", "Major Crimes, secure transfer"),
            ],
        )
        .await?
        .classify(Instrument::SearchWarrant, &[("issuing_authority", "Superior Court of Lakeside"), ("order_reference", "26-SW-0091"), ("court", "Superior Court of Lakeside"), ("accounts", "k.marsh@mailer.example"), ("dates_covered", "2026-02-01 to 2026-02-14")])
        .await?
        .attach("warrant-26-SW-0091.pdf", "Superior Court of Lakeside", "Search warrant 26-SW-0091", &["Probable cause having been shown, the custodian of records of Example Web Ltd. shall produce the sign-in history and messages of k.marsh@mailer.example from 1 to 14 February 2026."])
        .await?
        .verify("docket", "Clerk of the Superior Court, +1 555 0170", "the court's own site", "Deputy clerk R. Amari, docket 26-SW-0091")
        .await?
        .step(ANNA, StepKind::Gag, &[("basis", "18 U.S.C. § 2705(b), order of the same court"), ("from", &ordered), ("until", &gagged)])
        .await?
        .step(ANNA, StepKind::Search, &[("held.email_address", "held"), ("held.ip_history", "held"), ("held.recorded_communications", "held"), ("remarks", "Looked up by the address; the account exists since 2019.")])
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?;
        Ok(())
    }

    async fn emergency_released(&self, day: Day) -> anyhow::Result<()> {
        let (yesterday, today) = (self.date(-day.0 - 1)?, self.date(-day.0)?);
        self.filed(
            day,
            &[
                ("requester_kind", "emergency_service"),
                ("authority", "Mountain Rescue Coordination Centre"),
                ("country", "Austria"),
                ("channel", "telephone"),
                ("person", "Lukas Gruber"),
                ("title", "Duty officer"),
                ("phone", "+43 1 555 0140"),
                ("reference", "MR-2217"),
                ("asks", "Last IP address of a missing hiker's account."),
                ("identifier_kind", "email"),
                ("identifier_value", "hiker.jana@trail.example"),
                ("categories", "ip_at_one_time"),
                ("categories", "session_times"),
                ("legal_basis", "none cited"),
            ],
        )
        .await?
        .classify(
            Instrument::EmergencyRequest,
            &[
                ("who", "Jana K., 34, missing since yesterday noon."),
                (
                    "danger",
                    "Exposure; temperatures below zero, light clothing.",
                ),
                ("by_when", "nightfall, 17:00 CET"),
                (
                    "averts",
                    "Her last sign-in shows which mast her telephone reached.",
                ),
                ("too_slow", "No court sits before morning."),
            ],
        )
        .await?
        .verify(
            "call_back",
            "+43 1 555 0199",
            "the ministry's list of emergency services",
            "Duty desk, then Lukas Gruber",
        )
        .await?
        .step(ANNA, StepKind::Submit, &[])
        .await?
        .step(
            CARLA,
            StepKind::Decide,
            &[
                ("verdict", "approve"),
                ("span_from", &yesterday),
                ("span_until", &today),
                ("remarks", "The last sign-in only, and its time."),
            ],
        )
        .await?
        .disclose(&[
            ("answer.ip_at_one_time", "produced"),
            ("answer.session_times", "produced"),
            (
                "recipient",
                "Lukas Gruber, Mountain Rescue Coordination Centre",
            ),
            ("means", "telephone"),
            ("what", "One line: last sign-in, time and IP address."),
        ])
        .await?;
        Ok(())
    }

    async fn foreign_request_filed(&self, day: Day) -> anyhow::Result<()> {
        self.filed(
            day,
            &[
                ("requester_kind", "police"),
                ("authority", "Polícia da Costa"),
                ("country", "Brazil"),
                ("person", "Inspetora Célia Prado"),
                ("email", "celia.prado@policia.costa.example"),
                ("reference", "IP 118/2026"),
                ("asks", "Dados cadastrais da conta indicada."),
                ("identifier_kind", "account"),
                ("identifier_value", "maré-alta"),
                ("categories", "contact_information"),
                ("legal_basis", "none cited"),
                ("language", "Portuguese"),
                ("test", "yes"),
            ],
        )
        .await?;
        Ok(())
    }

    /// Somebody who writes from a domain that is one letter off, and is in a hurry.
    async fn impostor_not_confirmed(&self, day: Day) -> anyhow::Result<()> {
        let scene = self
            .filed(
                day,
                &[
                    ("requester_kind", "prosecutor"),
                    ("authority", "District Attorney of Harbor County"),
                    ("unit", "Fraud Unit"),
                    ("person", "Olivia Chen"),
                    ("title", "Assistant District Attorney"),
                    ("email", "ochen@da.harbour.example"),
                    ("phone", "+1 555 0177"),
                    ("reference", "EDR 26-09"),
                    ("asks", "Everything you hold on this account within the hour. A life depends on it. Call my mobile, the office is closed."),
                    ("identifier_kind", "account"),
                    ("identifier_value", "paper-kites"),
                    ("categories", "contact_information"),
                    ("categories", "recorded_communications"),
                    ("legal_basis", "none cited"),
                ],
            )
            .await?
            .classify(
                Instrument::EmergencyRequest,
                &[
                    ("who", "A person in danger; no name is given."),
                    ("danger", "Not stated."),
                    ("by_when", "Within the hour."),
                    ("averts", "Not stated."),
                    ("too_slow", "Not stated."),
                ],
            )
            .await?;
        let at = scene.local();
        let call = [
            ("method", "call_back"),
            ("contact", "+1 555 0144"),
            ("source", "the county's own site"),
            (
                "answered_by",
                "Front desk, District Attorney of Harbor County",
            ),
            ("at", at.as_str()),
            ("zone", "UTC"),
            ("finding", "not_confirmed"),
            ("remarks", "Olivia Chen is on leave and sent nothing."),
        ];
        scene.step(BEN, StepKind::Verify, &call).await?;
        Ok(())
    }

    async fn draft(&self) -> anyhow::Result<()> {
        let typed: Fields = [
            ("requester_kind", "regulator"),
            ("authority", "Consumer Protection Office"),
            ("person", "Ines Duarte"),
            ("asks", "Came in by post this morning; page 2 is missing."),
        ]
        .into_iter()
        .collect();
        let at = self.now.checked_sub(10.minutes())?;
        self.stand_in(BEN, at)
            .open_case(typed, false)
            .await
            .map_err(|fault| anyhow!("{fault}"))?;
        Ok(())
    }
}

impl Scene<'_> {
    /// Somebody acts, some minutes later.
    fn later(&mut self) -> anyhow::Result<()> {
        self.at = self.at.checked_add(9.minutes())?;
        Ok(())
    }

    async fn step(
        mut self,
        who: usize,
        kind: StepKind,
        typed: &[(&str, &str)],
    ) -> anyhow::Result<Self> {
        self.later()?;
        let fields: Fields = typed.iter().copied().collect();
        let desk = self.desk.stand_in(who, self.at);
        self.case = desk
            .take_form(self.case.id(), self.case.version(), kind, &fields)
            .await
            .map_err(|fault| anyhow!("{}: {fault}", kind.code()))?;
        Ok(self)
    }

    /// Classifies under an instrument; what is not told is answered as a complete order would be.
    async fn classify(self, instrument: Instrument, told: &[(&str, &str)]) -> anyhow::Result<Self> {
        let issued = self.desk.date(-12)?;
        let later = self.desk.date(45)?;
        let mut fields: Vec<(&str, &str)> = vec![
            ("ground", instrument.ground().code()),
            ("instrument", instrument.code()),
        ];
        fields.extend(told);
        for question in questions(instrument) {
            if told.iter().all(|(key, _)| *key != question.key) {
                let answer = match (question.key, question.kind) {
                    ("issued_on", _) => issued.as_str(),
                    (_, Kind::Date) => later.as_str(),
                    (_, Kind::Affirm | Kind::YesNo) => "yes",
                    _ if question.required => "as the order states",
                    _ => continue,
                };
                fields.push((question.key, answer));
            }
        }
        self.step(ANNA, StepKind::Classify, &fields).await
    }

    async fn verify(
        self,
        method: &str,
        contact: &str,
        source: &str,
        answered_by: &str,
    ) -> anyhow::Result<Self> {
        let at = self.local();
        let fields = [
            ("method", method),
            ("contact", contact),
            ("source", source),
            ("answered_by", answered_by),
            ("at", at.as_str()),
            ("zone", "UTC"),
            ("finding", "confirmed"),
        ];
        self.step(BEN, StepKind::Verify, &fields).await
    }

    async fn disclose(self, told: &[(&str, &str)]) -> anyhow::Result<Self> {
        let at = self.local();
        let mut fields = vec![
            ("sent", at.as_str()),
            ("zone", "UTC"),
            (
                "sha256",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            ),
        ];
        fields.extend(told);
        self.step(ANNA, StepKind::Disclose, &fields).await
    }

    /// Files a letter as the delivered template fills it.
    async fn letter(mut self, who: usize, kind: LetterKind) -> anyhow::Result<Self> {
        self.later()?;
        let desk = self.desk.stand_in(who, self.at);
        let ask = LetterAsk {
            kind: Some(kind),
            language: None,
        };
        let id = self.case.id();
        let begun = desk
            .letter_file(id, ask)
            .await
            .map_err(|fault| anyhow!("{fault}"))?;
        self.case = desk
            .file_letter(id, self.case.version(), &begun.fields)
            .await
            .map_err(|fault| anyhow!("a sample letter: {fault}"))?;
        Ok(self)
    }

    async fn attach(
        mut self,
        name: &str,
        court: &str,
        title: &str,
        text: &[&str],
    ) -> anyhow::Result<Self> {
        self.later()?;
        let order = papers::order(self.desk.office.faces(), court, title, self.at, text)?;
        let desk = self.desk.stand_in(ANNA, self.at);
        let whole = stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from(order))]);
        self.case =
            desk.attach(self.case.id(), name, whole)
                .await
                .map_err(|refused| match refused {
                    NotAttached::Turned(says) => anyhow!(says),
                    NotAttached::Fault(fault) => anyhow!("{fault}"),
                })?;
        Ok(self)
    }

    /// The moment the scene has come to, as a form takes it.
    fn local(&self) -> String {
        self.at
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%Y-%m-%dT%H:%M")
            .to_string()
    }
}
