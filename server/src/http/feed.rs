//! Calendar feeds: opened and closed on one's account, read by a calendar program that knows the
//! address and has no session.
//!
//! A feed tells as little as a deadline can: a case's number, the clock's name, when it ends. No
//! name and nothing of a case leaves by it.

use app::{fault::Fault, returned::Once};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Trigger};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    context::Here,
    entrance::with_fresh_proof,
    form::{Posted, see_other},
    page::{self, Extra},
    problem,
    router::House,
};

const CALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");
/// Kept by the one program that asked, and asked for anew each time.
const KEEP: HeaderValue = HeaderValue::from_static("private, no-cache");
/// How long a calendar program should wait before it asks again.
const AGAIN: chrono::Duration = chrono::Duration::hours(1);
/// How long before an end its alarm goes off.
const ALARM_BEFORE: chrono::Duration = chrono::Duration::days(1);

/// Opens the member's own feed, and shows its address this once; or closes it.
pub async fn change(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    if posted.form.fields.get("do") == "close" {
        return match here.0.close_feed().await {
            Ok(()) => see_other("/account?done=feed-closed"),
            Err(fault) => problem::answer(&house, &here, &fault, false, "/account").await,
        };
    }
    let base = base(&headers);
    with_fresh_proof(&house, here, posted, "/account", async |here, _| {
        let token = here.0.open_feed().await?;
        let extra = Extra {
            status: 200,
            once: Some(Once(format!("{base}/calendar/{}.ics", token.as_str()))),
            ..Extra::default()
        };
        Ok(page::at(&house, here, "/account?done=feed-opened", extra).await)
    })
    .await
}

/// The address this desk was reached by: without TLS only on the machine itself.
fn base(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let scheme = if matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
        "http"
    } else {
        "https"
    };
    format!("{scheme}://{host}")
}

/// A feed, to whoever knows its address. Everything else is answered alike.
pub async fn read(here: Here, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let token = name.strip_suffix(".ics").filter(|token| token.len() == 64);
    let ends = match token {
        Some(token) => here.0.feed_of(token).await,
        None => Err(Fault::NotFound),
    };
    match ends {
        Ok(ends) => answer(&calendar(&ends), &headers),
        Err(fault) => {
            let status = StatusCode::from_u16(fault.status());
            let mut response = status
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response();
            if response.status() == StatusCode::SERVICE_UNAVAILABLE {
                let again = HeaderValue::from_static(super::headers::RETRY_AFTER);
                response.headers_mut().insert(header::RETRY_AFTER, again);
            }
            response
        }
    }
}

/// The calendar, or that the program has it already.
fn answer(calendar: &str, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(calendar)[..16]));
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        calendar.to_owned().into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, CALENDAR);
    headers.insert(header::CACHE_CONTROL, KEEP);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The clocks as a calendar (RFC 5545, with the names of RFC 7986). The same clocks make the same
/// bytes, so that a program can be told that nothing changed.
fn calendar(ends: &[store::Ends]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Disclosure Desk//Calendar//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"))
        .name("Disclosure Desk")
        .ttl(&AGAIN);
    for one in ends {
        calendar.push(event(one));
    }
    calendar.to_string()
}

fn event(one: &store::Ends) -> Event {
    let what = format!("{}: {}", one.card.number, one.kind.word());
    let uid = format!("{}.{}@disclosure-desk", one.card.id, one.kind.code());
    // Of the case's last change, not of this answer: the bytes stay the same while nothing does.
    let stamp = Property::new("DTSTAMP", utc(one.card.changed_at));
    let mut alarm = Alarm::display(&what, Trigger::before_start(ALARM_BEFORE));
    alarm
        .uid(&format!("alarm.{uid}"))
        .append_property(stamp.clone());
    let mut event = Event::new();
    event
        .uid(&uid)
        .summary(&what)
        .append_property(Property::new("DTSTART", utc(one.at)))
        .append_property(stamp)
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .class(Class::Confidential)
        .alarm(alarm);
    event.done()
}

/// A moment as calendars write it: `20260302T091500Z`.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
