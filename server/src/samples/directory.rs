//! The sample directory: authorities entered long before the sample cases, through the same form as
//! real ones.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::anyhow;
use casework::{directory::AuthorityId, form::Fields, member::Member};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::cast::ANNA;
use crate::office::Office;

/// Kind, name, country, domain, number, whose it is, and where it was found.
type Entry = [&'static str; 7];

const ENTRIES: &[Entry] = &[
    [
        "prosecutor",
        "District Attorney of Harbor County",
        "United States",
        "da.harbor.example",
        "+1 555 0144",
        "switchboard",
        "the county's own site",
    ],
    [
        "police",
        "Lakeside Police Department",
        "United States",
        "police.lakeside.example",
        "+1 555 0199",
        "duty desk",
        "the state's list of law enforcement agencies",
    ],
    [
        "police",
        "West Vale Constabulary",
        "United Kingdom",
        "westvale.police.example",
        "+44 20 7946 0101",
        "data protection officer",
        "the constabulary's own site",
    ],
    [
        "prosecutor",
        "Staatsanwaltschaft Nordhafen",
        "Germany",
        "sta-nordhafen.example",
        "+49 40 555 0180",
        "Geschäftsstelle",
        "the justice ministry's directory",
    ],
    [
        "emergency_service",
        "Mountain Rescue Coordination Centre",
        "Austria",
        "bergrettung-leitstelle.example",
        "+43 1 555 0199",
        "duty desk",
        "the ministry's list of emergency services",
    ],
];

/// Enters them; answers each by its name.
pub async fn enter(
    office: &Arc<Office>,
    cast: &[Member],
    now: Timestamp,
) -> anyhow::Result<BTreeMap<&'static str, AuthorityId>> {
    let mut entered = BTreeMap::new();
    for (months, entry) in (1..).zip(ENTRIES) {
        let at = now.checked_sub((24 * 60 * months).hours())?;
        let [kind, name, country, domain, number, label, source] = *entry;
        let checked = at.to_zoned_datetime(TimeZone::UTC).date().to_string();
        let fields: Fields = [
            ("kind", kind),
            ("name", name),
            ("country", country),
            ("domains", domain),
            ("phone_number", number),
            ("phone_label", label),
            ("phone_source", source),
            ("phone_checked", checked.as_str()),
        ]
        .into_iter()
        .collect();
        let id = office
            .stand_in(&cast[ANNA], at)
            .enter_authority(&fields)
            .await
            .map_err(|fault| anyhow!("{name}: {fault}"))?;
        entered.insert(name, id);
    }
    Ok(entered)
}
