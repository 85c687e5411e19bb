//! The three grounds of the promise.

crate::choice! {
    /// One of the three grounds on which anything may leave the house. Source: domain, section 1.
    Ground {
        /// Voluntary: a necessity test.
        RightsOrProperty = "rights_or_property", "Rights or property";
        /// Voluntary: a necessity test, time-boxed.
        Emergency = "emergency", "Emergency";
        /// Compulsory: a validity test.
        LegalDirective = "legal_directive", "Legal directive";
    }
}

impl Ground {
    /// The ground in one sentence, as the promise has it.
    pub const fn promise(self) -> &'static str {
        match self {
            Self::RightsOrProperty => {
                "Disclosure is reasonably necessary to protect the company's rights or property."
            }
            Self::Emergency => "An emergency puts an individual's safety at risk.",
            Self::LegalDirective => {
                "A legal directive, such as a court order, requires disclosure."
            }
        }
    }

    /// What the gate of this ground tests.
    pub const fn test(self) -> &'static str {
        match self {
            Self::RightsOrProperty => "Voluntary: the necessity of the disclosure is tested.",
            Self::Emergency => {
                "Voluntary and time-boxed: necessity is tested, the requester is called back, and a second manager reviews within 48 hours."
            }
            Self::LegalDirective => "Compulsory: the validity of the instrument is tested.",
        }
    }
}
