//! The periods of the law, each with the length it is delivered with. Source: domain, section 4.

use crate::calendar::Length;

crate::choice! {
    /// What a period is for.
    Period {
        EpocAnswer = "epoc_answer", "Answer a European Production Order";
        EpocEmergency = "epoc_emergency", "Answer a European Production Order marked as an emergency";
        EuPreservation = "eu_preservation", "Preserve under a European Preservation Order";
        EuPreservationRenewal = "eu_preservation_renewal", "Renewal of a European preservation";
        UsPreservation = "us_preservation", "Preserve under 18 USC 2703(f)";
        UsPreservationRenewal = "us_preservation_renewal", "Renewal of a preservation under 18 USC 2703(f)";
        DelayedNotice = "delayed_notice", "Delay of a notice under 18 USC 2705(a), at most";
        GagMost = "gag_most", "A nondisclosure order longer than this is flagged";
        EmergencyRelease = "emergency_release", "An emergency release may be used";
        EmergencyReview = "emergency_review", "Second review of an emergency release";
        FormalProcess = "formal_process", "Ask whether formal process arrived after an emergency release";
        Objection = "objection", "The subject's window to object";
        PreservationNotice = "preservation_notice", "A preservation stays confidential";
        CourtOrderAnswer = "court_order_answer", "Answer a court order that states no date";
        CivilObjection = "civil_objection", "Our time to object to a civil subpoena";
        VerificationHolds = "verification_holds", "A confirmation of the requester counts";
    }
}

impl Period {
    /// The length the desk is delivered with.
    pub const fn delivered(self) -> Length {
        match self {
            Self::EpocAnswer => Length::days(10),
            Self::EpocEmergency => Length::hours(8),
            Self::EuPreservation => Length::days(60),
            Self::EuPreservationRenewal | Self::FormalProcess | Self::VerificationHolds => {
                Length::days(30)
            }
            Self::UsPreservation | Self::UsPreservationRenewal | Self::DelayedNotice => {
                Length::days(90)
            }
            Self::GagMost => Length::days(365),
            Self::EmergencyRelease => Length::hours(24),
            Self::EmergencyReview => Length::hours(48),
            Self::Objection | Self::CourtOrderAnswer => Length::days(7),
            Self::PreservationNotice => Length::days(45),
            Self::CivilObjection => Length::days(14),
        }
    }

    /// Where the delivered length comes from.
    pub const fn source(self) -> &'static str {
        match self {
            Self::EpocAnswer => "Regulation (EU) 2023/1543, Article 10(2)",
            Self::EpocEmergency => "Regulation (EU) 2023/1543, Article 10(4)",
            Self::EuPreservation | Self::EuPreservationRenewal => {
                "Regulation (EU) 2023/1543, Article 11(1)"
            }
            Self::UsPreservation => "18 USC 2703(f)(2)",
            Self::UsPreservationRenewal => "18 USC 2703(f)(2); ask counsel about renewals",
            Self::DelayedNotice => "18 USC 2705(a)",
            Self::GagMost => "18 USC 2705(b); guidance expects one year at most",
            Self::EmergencyReview => {
                "our own rule, after the 48 hours of Regulation (EU) 2023/1543"
            }
            Self::EmergencyRelease
            | Self::FormalProcess
            | Self::CourtOrderAnswer
            | Self::VerificationHolds => "our own rule",
            Self::Objection | Self::PreservationNotice => {
                "our own rule, after published provider policies"
            }
            Self::CivilObjection => "commonly stated; ask counsel",
        }
    }
}
