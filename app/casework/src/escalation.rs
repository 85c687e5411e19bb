//! Who is reminded of a clock by mail, and when.
//!
//! Each level is told once per clock and end: soon to those who work the case, today to managers as
//! well, late to all who could do something about it. What it says names the case and the clock and
//! nobody else: mail lies in mailboxes that no rule of this desk protects.

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};

use crate::{
    case::{Case, CaseNumber, StepKind},
    clock::{ClockKind, SOON},
    member::{Member, Role},
};

crate::choice! {
    /// How near an end is.
    Level {
        /// Within the next three days.
        Soon = "soon", "Due soon";
        /// On this day, at the desk.
        Today = "today", "Due today";
        Late = "late", "Late";
    }
}

impl Level {
    /// Clocks that end before this moment have come to this level, at a desk in this time zone. As
    /// [`crate::clock::urgency`] has it, so that mail and pages say the same.
    pub fn before(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let days = match self {
            Self::Soon => SOON + 1,
            Self::Today => 1,
            Self::Late => return now + SignedDuration::from_millis(1),
        };
        let today = now.to_zoned_datetime(zone.clone()).date();
        today
            .checked_add(days.days())
            .and_then(|day| day.to_zoned_datetime(zone.clone()))
            .map_or(now, |day| day.timestamp())
    }
}

/// Whether a member is told of a clock at this level.
pub fn is_told(case: &Case, kind: ClockKind, level: Level, member: &Member) -> bool {
    // Only who may review can do anything about a review; and it weighs enough to tell them at once.
    if kind == ClockKind::Review {
        return case.may(StepKind::Review, member).is_ok();
    }
    match member.role {
        Role::Staff => level == Level::Late || works_it(case, member),
        Role::Manager => level != Level::Soon,
        Role::Auditor | Role::Administrator => false,
    }
}

/// Whether somebody of the staff works a case: whoever had a hand in it. Which of them are still here,
/// the caller knows; see [`nobody_works_it`].
fn works_it(case: &Case, member: &Member) -> bool {
    case.hand(member.id).is_some()
}

/// Whether none of these members works the case: then all of the staff are told in their place.
pub fn nobody_works_it<'a>(case: &Case, members: impl IntoIterator<Item = &'a Member>) -> bool {
    !members
        .into_iter()
        .any(|member| member.role == Role::Staff && works_it(case, member))
}

/// What the mail is about: the number of the case and the name of the clock.
pub fn subject(number: CaseNumber, kind: ClockKind, level: Level) -> String {
    format!("{level}: {number}, {}", in_a_sentence(kind))
}

/// What the mail says, to people at a desk in this time zone. `page` is the address of the case, where
/// the desk knows its own.
pub fn text(
    number: CaseNumber,
    kind: ClockKind,
    level: Level,
    ends: Timestamp,
    zone: &TimeZone,
    page: Option<&str>,
) -> String {
    let ends = ends.to_zoned_datetime(zone.clone());
    let named = zone
        .iana_name()
        .map_or_else(|| ends.offset().to_string(), str::to_owned);
    let ends = format!("{} {named}", ends.strftime("%Y-%m-%d %H:%M"));
    let stands = match level {
        Level::Soon => format!("ends within three days, on {ends}"),
        Level::Today => format!("ends today, on {ends}"),
        Level::Late => format!("ended on {ends}, and what it waits for is not done"),
    };
    let way = page.map_or_else(
        || format!("Look up {number} at the desk."),
        |page| format!("The case, and how this date was computed:\n{page}"),
    );
    format!(
        "A clock of case {number} {stands}.\n\nClock: {}.\n\n{way}\n\nThe desk sends this once for each end. It names nobody on purpose; please do not add names when you forward it.",
        kind.word()
    )
}

fn in_a_sentence(kind: ClockKind) -> String {
    let word = kind.word();
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: CaseNumber = CaseNumber {
        year: 2026,
        count: 7,
    };

    #[test]
    fn a_subject_fits_on_one_line_whatever_the_clock() {
        for kind in ClockKind::ALL {
            for level in Level::ALL {
                let subject = subject(NUMBER, *kind, *level);
                assert!(subject.len() <= 78, "{subject}");
            }
        }
        let due = subject(NUMBER, ClockKind::Due, Level::Today);
        assert_eq!(due, format!("Due today: {NUMBER}, answer due"));
    }

    #[test]
    fn a_text_says_when_the_clock_ends_and_where_the_case_is() {
        let text = text(
            NUMBER,
            ClockKind::Statutory,
            Level::Late,
            Timestamp::UNIX_EPOCH,
            &TimeZone::UTC,
            Some("https://desk.example/cases/x"),
        );
        assert!(text.contains("ended on 1970-01-01 00:00 UTC"), "{text}");
        assert!(text.contains("Answer due by law"), "{text}");
        assert!(text.contains("\nhttps://desk.example/cases/x\n"), "{text}");
    }

    #[test]
    fn the_levels_are_those_of_the_pages() {
        use crate::clock::{Urgency, urgency};
        let second = SignedDuration::from_secs(1);
        for zone in ["UTC", "America/New_York", "Pacific/Auckland"] {
            let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
            // Around the hour that New York skips, and at an ordinary noon.
            for now in ["2026-03-08T06:30:00Z", "2026-07-01T12:00:00Z"] {
                let now: Timestamp = now.parse().unwrap_or_default();
                for (level, last, next) in [
                    (Level::Soon, Urgency::Soon, Urgency::Later),
                    (Level::Today, Urgency::Today, Urgency::Soon),
                ] {
                    let before = level.before(now, &zone);
                    assert_eq!(urgency(before - second, now, &zone), last);
                    assert_eq!(urgency(before, now, &zone), next);
                }
                assert_eq!(urgency(now, now, &zone), Urgency::Late);
                assert!(now < Level::Late.before(now, &zone));
            }
        }
    }
}
