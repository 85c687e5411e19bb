//! The kinds of signals: why each may matter, and what to do.

crate::choice! {
    /// What a signal is about.
    SignalKind {
        LookAlike = "look_alike", "A domain that looks like an official one";
        OtherScript = "other_script", "A domain in other letters";
        OutsideDomains = "outside_domains", "Not one of the authority's domains";
        FreeMail = "free_mail", "Free mail";
        ReplyElsewhere = "reply_elsewhere", "Answers go elsewhere";
        SentElsewhere = "sent_elsewhere", "Not sent from the address given";
        NewInDirectory = "new_in_directory", "New in the directory";
        Retired = "retired", "No longer used";
        SharedPhone = "shared_phone", "One number, two agencies";
        SharedText = "shared_text", "One wording, two agencies";
        DatedAfter = "dated_after", "Dated after it came in";
        VerificationExpired = "verification_expired", "Confirmed too long ago";
        CalledTheirNumber = "called_their_number", "Called back on their own number";
    }
}

impl SignalKind {
    /// Why it may matter.
    pub const fn matters(self) -> &'static str {
        match self {
            Self::LookAlike => {
                "Impostors register a domain that a hurried reader takes for the real one."
            }
            Self::OtherScript => {
                "Letters of another script can look like Latin ones, and honest names use them too."
            }
            Self::OutsideDomains => {
                "The directory holds the domains that were found independently. This one may be missing there, or may not be theirs."
            }
            Self::FreeMail => "Anybody can have such an address. Some real offices do use them.",
            Self::ReplyElsewhere => {
                "A forged message shows one sender and collects the answers somewhere else."
            }
            Self::SentElsewhere => {
                "What the message says of itself and what the request says do not agree."
            }
            Self::NewInDirectory => {
                "An impostor's agency is entered first and asks soon after. So is every agency that asks for the first time."
            }
            Self::Retired => "A dissolved or replaced office asks for nothing any more.",
            Self::SharedPhone => {
                "Forged requests for several agencies come from one place. So do requests through a shared switchboard."
            }
            Self::SharedText => {
                "Forged requests are copied. So are forms that several agencies use."
            }
            Self::DatedAfter => {
                "A paper cannot arrive before it was made; a mistyped date is more likely than a forged one."
            }
            Self::VerificationExpired => "Numbers and people change, and so does who answers them.",
            Self::CalledTheirNumber => {
                "Whoever wrote the request also chose who answers this number: such a call proves nothing."
            }
        }
    }

    /// What to do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::LookAlike | Self::OtherScript | Self::ReplyElsewhere | Self::SentElsewhere => {
                "Do not answer to this address. Call the authority on a number from the directory and ask whether they sent this."
            }
            Self::OutsideDomains => {
                "Call them on a number from the directory. If the domain is theirs, add it there, with what you learnt."
            }
            Self::FreeMail => {
                "Verify the requester by telephone, and ask them to send it from an official address."
            }
            Self::NewInDirectory => {
                "Look at who entered it and where its numbers come from before you rely on it."
            }
            Self::Retired => "Find out who took over its duties, and ask them.",
            Self::SharedPhone | Self::SharedText => {
                "Look at the other requests beside this one. Call each agency on a number of its own."
            }
            Self::DatedAfter => "Look at the paper again, and mend whichever date is wrong.",
            Self::VerificationExpired => {
                "Test the requester's identity again before you rely on it."
            }
            Self::CalledTheirNumber => {
                "Call again, on a number that was found independently of the request."
            }
        }
    }
}
