//! What is compared with what. Each comparison tells what it found, or nothing.

use jiff::civil;

use super::{Bond, Look, Met, Signal, SignalKind, is_free_mail, likeness, read};
use crate::{
    clock::day,
    directory::{Domain, NEW_DAYS, days, folded},
    order::Order,
    phone::Numbers,
    verification::Method,
};

fn tell(found: &mut Vec<Signal>, kind: SignalKind, says: String, because: String) {
    found.push(Signal {
        kind,
        says,
        because,
        cases: Vec::new(),
    });
}

/// A domain as it is read and, where that hides something, as DNS has it.
fn shown(domain: &Domain) -> String {
    if domain.is_foreign() {
        format!("{} (in DNS: {domain})", domain.shown())
    } else {
        domain.to_string()
    }
}

pub(super) fn domain(look: &Look<'_>, domain: &Domain, found: &mut Vec<Signal>) {
    let own = look
        .authority
        .is_some_and(|(known, _)| known.authority.owns(domain));
    if own {
        return;
    }
    // Official for somebody, whoever is linked, it is no look-alike of anybody's.
    let holder = look
        .near
        .iter()
        .find(|official| domain.is_within(&official.domain));
    let alike = look
        .near
        .iter()
        .filter(|_| holder.is_none())
        .find_map(|official| Some((official, likeness(domain, &official.domain)?)));
    if let Some((official, how)) = alike {
        tell(
            found,
            SignalKind::LookAlike,
            format!(
                "{} looks like {}, the official domain of {}.",
                shown(domain),
                shown(&official.domain),
                official.name
            ),
            format!(
                "The request's domain was compared with those in the directory: {}.",
                how.told()
            ),
        );
    }
    if domain.is_foreign() {
        tell(
            found,
            SignalKind::OtherScript,
            format!("{} is written in letters beyond a to z.", shown(domain)),
            "The request's domain was decoded from its form in DNS.".into(),
        );
    }
    if is_free_mail(domain) {
        tell(
            found,
            SignalKind::FreeMail,
            format!("{domain} is a free mail provider."),
            "The request's domain was looked up in the desk's list of such providers.".into(),
        );
    } else if let Some((known, bond)) = look.authority
        && !known.authority.domains.is_empty()
    {
        let names: Vec<String> = known.authority.domains.iter().map(Domain::shown).collect();
        let whose = holder.map_or_else(String::new, |official| {
            format!(" It is an official domain of {}.", official.name)
        });
        tell(
            found,
            SignalKind::OutsideDomains,
            format!(
                "{} is not an official domain of {}.{whose}",
                shown(domain),
                known.authority.name
            ),
            format!(
                "The request's domain was compared with those of {}: {}.",
                entry(bond),
                names.join(", ")
            ),
        );
    }
}

const fn entry(bond: Bond) -> &'static str {
    match bond {
        Bond::Linked => "the directory's entry",
        Bond::Guessed => "the directory's entry that fits by name or domain (nobody has chosen it)",
    }
}

pub(super) fn mail(look: &Look<'_>, order: &Order, found: &mut Vec<Signal>) {
    let Some(mail) = &order.mail else { return };
    let elsewhere = |one: &Domain, other: &Domain| one.registered() != other.registered();
    let [sender, reply_to, return_path] =
        [&mail.from, &mail.reply_to, &mail.return_path].map(|told| read(told.as_ref()));
    if let (Some(from), Some(reply_to)) = (&sender, &reply_to)
        && elsewhere(from, reply_to)
    {
        tell(
            found,
            SignalKind::ReplyElsewhere,
            format!(
                "Answers to the attached message go to {}, and it names {} as its sender.",
                shown(reply_to),
                shown(from)
            ),
            format!(
                "Reply-To and From of \u{201c}{}\u{201d} were compared.",
                order.name
            ),
        );
    }
    let typed = Domain::of_email(look.case.fields().get("email"));
    if let (Some(from), Some(typed)) = (&sender, &typed)
        && elsewhere(from, typed)
    {
        tell(
            found,
            SignalKind::SentElsewhere,
            format!(
                "The attached message comes from {}, and the request gives an address at {}.",
                shown(from),
                shown(typed)
            ),
            format!(
                "From of \u{201c}{}\u{201d} was compared with the request's e-mail address.",
                order.name
            ),
        );
    }
    if let (Some(from), Some(path)) = (&sender, &return_path)
        && elsewhere(from, path)
    {
        tell(
            found,
            SignalKind::SentElsewhere,
            format!(
                "The attached message names {} as its sender and was handed in for {}.",
                shown(from),
                shown(path)
            ),
            format!(
                "From and Return-Path of \u{201c}{}\u{201d} were compared. Mailing services are an honest reason.",
                order.name
            ),
        );
    }
}

pub(super) fn authority(look: &Look<'_>, found: &mut Vec<Signal>) {
    let Some((known, bond)) = look.authority else {
        return;
    };
    let authority = &known.authority;
    let age = days(day(known.entered_at), day(look.now));
    if age <= NEW_DAYS {
        let when = match age {
            ..=0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        tell(
            found,
            SignalKind::NewInDirectory,
            format!("{} was added to the directory {when}.", authority.name),
            format!(
                "The day it was entered was compared with today; an entry counts as new for {NEW_DAYS} days."
            ),
        );
    }
    if let Some(why) = &authority.retired {
        tell(
            found,
            SignalKind::Retired,
            format!(
                "The directory tells that {} is no longer used: {why}.",
                authority.name
            ),
            format!("The request was compared with {}.", entry(bond)),
        );
    }
    if let Some((at, until)) = look.confirmed.filter(|(_, until)| *until < look.now) {
        let (on, age) = (day(at), days(day(at), day(look.now)));
        tell(
            found,
            SignalKind::VerificationExpired,
            format!(
                "{} was last confirmed on {on}, {age} days ago.",
                authority.name
            ),
            format!(
                "The last confirmation over all its cases held until {}, by the tables' period for it.",
                day(until)
            ),
        );
    }
}

pub(super) fn shared(look: &Look<'_>, found: &mut Vec<Signal>) {
    let fields = look.case.fields();
    let own = look.authority.map(|(known, _)| known);
    let name = fields.get("authority");
    let another = |met: &&Met| {
        let same_entry = own.is_some_and(|own| met.authority == Some(own.authority.id));
        let same_name = folded(met.name.as_str()) == folded(name)
            || own.is_some_and(|own| own.authority.is_called(met.name.as_str()));
        !same_entry && !same_name && met.case.is_none_or(|(id, _)| id != look.case.id())
    };
    let given = Numbers::of(fields.get("phone"));
    let phones: Vec<&Met> = look
        .phones
        .iter()
        .filter(another)
        .filter(|met| given.stand_in(&met.number))
        .collect();
    let texts: Vec<&Met> = look.texts.iter().filter(another).collect();
    for (kind, met, what) in [
        (SignalKind::SharedPhone, phones, "telephone number"),
        (SignalKind::SharedText, texts, "wording"),
    ] {
        if met.is_empty() {
            continue;
        }
        let mut names: Vec<&str> = met.iter().map(|met| met.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let mut cases: Vec<_> = met.iter().filter_map(|met| met.case).collect();
        cases.sort_unstable();
        cases.dedup();
        let in_directory = met.iter().any(|met| met.case.is_none());
        found.push(Signal {
            kind,
            says: format!("The same {what} was met under {}.", names.join(", ")),
            because: match kind {
                SignalKind::SharedText => "What is asked was compared, word by word, with the newest other requests that say the same.".into(),
                _ if in_directory => "The request's number was compared with those in the directory and in the newest other requests.".into(),
                _ => "The request's number was compared with those in the newest other requests.".into(),
            },
            cases,
        });
    }
}

pub(super) fn dates(look: &Look<'_>, found: &mut Vec<Signal>) {
    let fields = look.case.fields();
    let received = fields.get("received").trim().parse::<civil::DateTime>();
    let Ok(received) = received.map(civil::DateTime::date) else {
        return;
    };
    let typed = fields.get("issued").trim().parse::<civil::Date>().ok();
    let answered = look
        .case
        .classification()
        .and_then(|classification| classification.answer("issued_on")?.trim().parse().ok());
    let dated = [
        ("The request is dated", typed),
        (
            "The order is dated",
            answered.filter(|day| Some(*day) != typed),
        ),
    ];
    for (what, day) in dated {
        if let Some(day) = day.filter(|day| *day > received) {
            tell(
                found,
                SignalKind::DatedAfter,
                format!("{what} {day}, and came in on {received}."),
                "Its date was compared with the day of receipt.".into(),
            );
        }
    }
}

pub(super) fn calls(look: &Look<'_>, found: &mut Vec<Signal>) {
    let given = Numbers::of(look.case.fields().get("phone"));
    let called = look.case.verifications().iter().filter(|one| {
        one.what.method == Method::CallBack && given.stand_in(one.what.contact.as_str())
    });
    for call in called {
        // The directory may have found the same number by itself: then it is theirs.
        let sourced = look.authority.and_then(|(known, _)| {
            known
                .authority
                .phones
                .iter()
                .find(|own| given.stand_in(own.number.as_str()))
        });
        if sourced.is_none() {
            tell(
                found,
                SignalKind::CalledTheirNumber,
                format!(
                    "{} called {}, which is the number that the request gave.",
                    call.by.name, call.what.contact
                ),
                "The number called back was compared, digit by digit, with the request's.".into(),
            );
        }
    }
}
