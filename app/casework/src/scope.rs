//! What data there is, how deep it lies, and how much of it a case may reach.

use std::collections::BTreeSet;

use crate::{
    instrument::{Ceiling, Instrument},
    refusal::Refusal,
    tables::Terms,
};

crate::choice! {
    /// How deep a category lies. Source: US Stored Communications Act tiers, as large providers
    /// publish them; domain, section 3. The order is the depth.
    Tier {
        Subscriber = "subscriber", "subscriber data";
        Traffic = "traffic", "traffic data";
        Contents = "contents", "contents";
    }
}

crate::choice! {
    /// A kind of data the company holds, as its policy lists them. Source: domain, sections 1 and 3.
    Category {
        ContactInformation = "contact_information", "Contact information";
        EmailAddress = "email_address", "E-mail address";
        PaymentInformation = "payment_information", "Payment information";
        IpAtOneTime = "ip_at_one_time", "IP address at sign-up or at one stated time";
        SessionTimes = "session_times", "Session dates and times";
        IpHistory = "ip_history", "IP history";
        VisitLogs = "visit_logs", "Visit logs";
        BrowserAndSystem = "browser_and_system", "Browser and operating system";
        UsagePatterns = "usage_patterns", "Usage patterns";
        SupportCalendar = "support_calendar", "Support-interaction calendar";
        ServiceDelivery = "service_delivery", "Other service-delivery information";
        RecordedCommunications = "recorded_communications", "Recorded communications";
        SupportText = "support_text", "Free text of support interactions";
    }
}

impl Category {
    /// How deep it lies.
    pub const fn tier(self) -> Tier {
        match self {
            Self::ContactInformation
            | Self::EmailAddress
            | Self::PaymentInformation
            | Self::IpAtOneTime
            | Self::SessionTimes => Tier::Subscriber,
            // The domain's table gives service-delivery information no tier of its own: it is
            // neither who the subject is nor what was said, so it stands with the other records.
            Self::IpHistory
            | Self::VisitLogs
            | Self::BrowserAndSystem
            | Self::UsagePatterns
            | Self::SupportCalendar
            | Self::ServiceDelivery => Tier::Traffic,
            Self::RecordedCommunications | Self::SupportText => Tier::Contents,
        }
    }
}

impl Category {
    const fn is_plural(self) -> bool {
        matches!(
            self,
            Self::SessionTimes
                | Self::VisitLogs
                | Self::UsagePatterns
                | Self::RecordedCommunications
        )
    }
}

/// Whether the instrument reaches the category under these terms; `ordered` are the categories its
/// text names.
///
/// # Errors
/// [`Refusal::BeyondCeiling`], with the sentence that says why.
pub fn reaches(
    instrument: Instrument,
    terms: &Terms,
    ordered: &BTreeSet<Category>,
    category: Category,
) -> Result<(), Refusal> {
    let lies = terms.tier(category);
    let why = match terms.ceiling {
        Ceiling::AsNeeded => return Ok(()),
        Ceiling::Tier(tier) if lies <= tier => return Ok(()),
        Ceiling::AsOrdered if ordered.contains(&category) => return Ok(()),
        Ceiling::Tier(tier) => format!(
            "{} reaches {} at most; {} {} {}{}.",
            instrument.with_article(),
            if tier == Tier::Traffic {
                "traffic and subscriber data"
            } else {
                tier.word()
            },
            in_sentence(category),
            if category.is_plural() { "are" } else { "is" },
            lies,
            match lies {
                Tier::Contents => ", for which a search warrant is needed",
                _ => ", for which a court order under 18 USC 2703(d) or a search warrant is needed",
            }
        ),
        Ceiling::AsOrdered => format!(
            "{} reaches what its text names; this one does not name {}.",
            instrument.with_article(),
            in_sentence(category)
        ),
        Ceiling::Preserve => format!(
            "{} discloses nothing; {} may be preserved, not produced.",
            instrument.with_article(),
            in_sentence(category)
        ),
        Ceiling::Nothing => format!(
            "{} reaches nothing; refer the requester to mutual legal assistance, without confirming that an account exists.",
            instrument.with_article()
        ),
    };
    Err(Refusal::BeyondCeiling { category, why })
}

/// The category's name as it stands inside a sentence: `IP history`, `visit logs`.
pub fn in_sentence(category: Category) -> String {
    let word = category.word();
    match word.chars().nth(1) {
        Some(second) if second.is_uppercase() || second == '-' => match word.strip_prefix("E-mail")
        {
            Some(rest) => format!("e-mail{rest}"),
            None => word.to_owned(),
        },
        _ => {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_lowercase().chain(letters).collect()
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(
        instrument: Instrument,
        ordered: &BTreeSet<Category>,
        category: Category,
    ) -> Result<(), Refusal> {
        reaches(instrument, &Terms::before(instrument), ordered, category)
    }

    #[test]
    fn a_subpoena_reaches_no_contents_and_says_why() {
        let refused = delivered(
            Instrument::Subpoena,
            &BTreeSet::new(),
            Category::RecordedCommunications,
        )
        .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "A subpoena reaches subscriber data at most; recorded communications are contents, for which a search warrant is needed."
        );
    }

    #[test]
    fn a_civil_subpoena_never_reaches_contents() {
        for category in Category::ALL.iter().filter(|c| c.tier() == Tier::Contents) {
            assert!(
                delivered(
                    Instrument::CivilSubpoena,
                    &BTreeSet::from([*category]),
                    *category
                )
                .is_err()
            );
        }
    }

    #[test]
    fn another_court_order_reaches_exactly_what_it_names() {
        let named = BTreeSet::from([Category::IpHistory]);
        assert!(delivered(Instrument::OtherCourtOrder, &named, Category::IpHistory).is_ok());
        assert!(delivered(Instrument::OtherCourtOrder, &named, Category::EmailAddress).is_err());
    }

    #[test]
    fn preservation_and_foreign_direct_requests_disclose_nothing() {
        for instrument in [
            Instrument::PreservationRequest,
            Instrument::EpocPr,
            Instrument::ForeignDirect,
        ] {
            for category in Category::ALL {
                assert!(delivered(instrument, &BTreeSet::from([*category]), *category).is_err());
            }
        }
    }

    #[test]
    fn a_category_reads_well_inside_a_sentence() {
        assert_eq!(in_sentence(Category::IpHistory), "IP history");
        assert_eq!(in_sentence(Category::EmailAddress), "e-mail address");
        assert_eq!(in_sentence(Category::VisitLogs), "visit logs");
    }
}
