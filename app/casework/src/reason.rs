//! Reason codes for rejecting or narrowing.
//!
//! Under e-Evidence a provider reports impossibility or concern; only the enforcing authority
//! raises Article 12 grounds. Those are deliberately absent: they are not the company's to decide.

crate::choice! {
    /// Why a request was rejected or narrowed. Source: domain, section 5.
    ReasonCode {
        NoLegalProcess = "no_legal_process", "No legal process";
        InformalRequest = "informal_request", "Informal request";
        WrongEntity = "wrong_entity", "Wrong entity served";
        NoJurisdiction = "no_jurisdiction", "No jurisdiction, or not domesticated";
        Foreign = "foreign", "Foreign: use mutual legal assistance";
        UnsignedOrUnsealed = "unsigned_or_unsealed", "Unsigned or unsealed";
        ExpiredInstrument = "expired_instrument", "Expired instrument";
        SuspectAuthenticity = "suspect_authenticity", "Suspect authenticity";
        RequesterUnverified = "requester_unverified", "Requester unverified";
        IncompleteIdentifiers = "incomplete_identifiers", "Incomplete identifiers";
        Vague = "vague", "Vague";
        Overbroad = "overbroad", "Overbroad";
        InstrumentInsufficient = "instrument_insufficient", "Instrument insufficient for category";
        NotNecessary = "not_necessary", "Not reasonably necessary";
        DataNotHeld = "data_not_held", "Data not held";
        AlreadyDeleted = "already_deleted", "Already deleted";
        AccountNotFound = "account_not_found", "Account not found";
        Duplicate = "duplicate", "Duplicate";
        AlreadyPublic = "already_public", "Already public";
        RedirectToController = "redirect_to_controller", "Redirect to the client";
        Impossible = "impossible", "Impossible";
        ManifestError = "manifest_error", "Manifest error";
        ConflictOfLaws = "conflict_of_laws", "Conflict of laws";
        ImmunityPrivilegePress = "immunity_privilege_press", "Immunity, privilege or press";
        FundamentalRights = "fundamental_rights", "Manifest breach of fundamental rights";
        EmergencyNotMet = "emergency_not_met", "Emergency threshold not met";
        GagMissing = "gag_missing", "Gag missing or open-ended";
        ShieldLaw = "shield_law", "Shield law";
        WithdrawnByRequester = "withdrawn_by_requester", "Withdrawn by requester";
        ChallengePending = "challenge_pending", "Challenge by the subject pending";
        LanguageNotAccepted = "language_not_accepted", "Language not accepted";
        FeeUnpaid = "fee_unpaid", "Fee unpaid";
    }
}
