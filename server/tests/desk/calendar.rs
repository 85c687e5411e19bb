//! The calendar: what falls due, for people and for their calendar programs.

use std::io::BufReader;

use axum::http::header;
use casework::{case::StepKind, clock::ClockKind, instrument::Instrument, tables::Tables};
use ical::parser::ical::component::{IcalCalendar, IcalEvent};

use crate::house::{Answer, Desk, PASSWORD, Person, RELEASE, on_both, request_with};

on_both!(
    a_month_shows_what_ends_on_each_day,
    a_day_shows_what_is_late_first_and_how_each_date_was_computed,
    of_a_crowded_day_the_first_dates_are_explained,
    a_paused_clock_leaves_the_calendar_until_it_runs_again,
    an_address_that_names_no_day_shows_this_month,
    an_unreviewed_emergency_glares_on_the_calendar_and_the_list,
    today_is_the_day_of_the_desk,
    a_feed_tells_case_numbers_and_clocks_and_nothing_else,
    a_feed_that_was_closed_or_opened_anew_is_answered_no_more,
    a_feed_ends_with_its_member,
    a_feed_ends_with_the_password,
    a_password_that_somebody_else_knows_opens_no_feed,
    a_feed_is_opened_with_a_fresh_proof_and_each_opening_is_told,
    a_program_is_told_that_nothing_changed,
);

async fn due(desk: &Desk, day: &str) -> (casework::case::CaseId, String) {
    let anna = desk.signed_in("anna").await;
    let case = anna.files(&request_with(&[("due", day)])).await;
    (case, desk.case(case).await.number().to_string())
}

/// Where the zone of receipt is the desk's own.
async fn due_here(desk: &Desk, day: &str) -> String {
    let anna = desk.signed_in("anna").await;
    let here = [("due", day), ("received_zone", "UTC")];
    let case = anna.files(&request_with(&here)).await;
    desk.case(case).await.number().to_string()
}

async fn a_month_shows_what_ends_on_each_day(desk: &Desk) {
    let (_, number) = due(desk, "2026-03-10").await;
    let eve = desk.signed_in("eve").await;
    let march = eve.get("/calendar?month=2026-03").await.shows(200);
    march
        .says("March 2026")
        .says(&number)
        .says("Answer due")
        .holds("/calendar?month=2026-02")
        .holds("/calendar?month=2026-04");
    eve.get("/calendar?month=2026-05")
        .await
        .shows(200)
        .lacks(&number);
    // A holiday is named with the calendars that have it.
    eve.get("/calendar?month=2026-04")
        .await
        .says("Easter Monday (AT,");
}

async fn a_day_shows_what_is_late_first_and_how_each_date_was_computed(desk: &Desk) {
    let late = due_here(desk, "2026-03-03").await;
    let today = due_here(desk, "2026-03-05").await;
    let next = due_here(desk, "2026-03-07").await;
    let far = due_here(desk, "2026-03-30").await;
    desk.hours_pass(3 * 24);
    let anna = desk.signed_in("anna").await;
    let page = anna
        .get("/calendar?day=2026-03-05")
        .await
        .shows(200)
        .lacks(&far);
    let text = page.text();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    assert!(at(&late) < at("Due today") && at("Due today") < at(&today));
    assert!(at(&today) < at("The three days after") && at("The three days after") < at(&next));
    page.says("The request states 2026-03-05, read to the end of the day in the zone of receipt")
        .says("late by")
        .lacks("dates here tell how they were computed");
    // Another day's list holds only what ends then.
    anna.get("/calendar?day=2026-03-30")
        .await
        .says(&far)
        .says("Due on this day")
        .lacks(&late);
}

async fn of_a_crowded_day_the_first_dates_are_explained(desk: &Desk) {
    use sea_orm::{ConnectionTrait, DbBackend};
    due(desk, "2026-03-10").await;
    let door = desk.back_door().await;
    let id = match door.get_database_backend() {
        DbBackend::Sqlite => "randomblob(16)",
        _ => "gen_random_uuid()",
    };
    for sql in [
        format!(
            "INSERT INTO case_file (serial, id, number_year, number_count, version, stage, due_at, awaits, awaits_staff, awaits_manager, changed_at, test, body) \
             WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < 210) \
             SELECT serial + n, {id}, number_year, number_count + n, version, stage, due_at, awaits, awaits_staff, awaits_manager, changed_at, test, body FROM case_file CROSS JOIN copies"
        ),
        "INSERT INTO case_clock (case_id, kind, state, ends_at, told) \
         SELECT f.id, c.kind, c.state, c.ends_at, 0 FROM case_file f CROSS JOIN case_clock c WHERE f.id <> c.case_id AND c.kind = 'due'"
            .to_owned(),
    ] {
        door.execute_unprepared(&sql).await.unwrap();
    }
    let eve = desk.signed_in("eve").await;
    let page = eve.get("/calendar?day=2026-03-10").await.shows(200);
    let page = page.says("The first 200 dates here tell how they were computed");
    let text = page.text();
    assert_eq!(text.matches("The request states 2026-03-10").count(), 200);
    assert_eq!(text.matches("Not named yet").count(), 210);
}

async fn a_paused_clock_leaves_the_calendar_until_it_runs_again(desk: &Desk) {
    let (case, number) = due(desk, "2026-03-10").await;
    let anna = desk.signed_in("anna").await;
    let pause = |reasons: &'static str| [("clock", "due"), ("reasons", reasons)];
    anna.takes(case, StepKind::Pause, &pause("They mend the order."))
        .await
        .goes_to("/cases/");
    anna.get("/calendar?month=2026-03").await.lacks(&number);
    anna.get(&format!("/cases/{case}"))
        .await
        .says("paused")
        .says("They mend the order.");
    desk.hours_pass(24);
    let anna = desk.signed_in("anna").await;
    anna.takes(case, StepKind::Resume, &pause("The order came."))
        .await
        .goes_to("/cases/");
    // Two days were touched: the tenth became the twelfth.
    anna.get("/calendar?day=2026-03-12").await.says(&number);
    desk.holds().await;
}

async fn an_address_that_names_no_day_shows_this_month(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    for address in [
        "/calendar",
        "/calendar?month=2026-13",
        "/calendar?month=%3Cb%3E",
        "/calendar?day=2026-02-30",
    ] {
        anna.get(address).await.shows(200).says("March 2026");
    }
    // The ends of time are days too.
    for address in [
        "/calendar?day=9999-12-31",
        "/calendar?day=-9999-01-01",
        "/calendar?month=9999-12",
        "/calendar?month=0001-01",
    ] {
        anna.get(address).await.shows(200);
    }
}

async fn an_unreviewed_emergency_glares_on_the_calendar_and_the_list(desk: &Desk) {
    let eve = desk.signed_in("eve").await;
    eve.get("/cases").await.lacks("not been reviewed");
    let case = desk.in_review(Instrument::EmergencyRequest).await;
    let carla = desk.signed_in("carla").await;
    carla.decides(case, RELEASE).await.goes_to("/cases/");
    let number = desk.case(case).await.number().to_string();
    assert_eq!(
        desk.store
            .count_running(ClockKind::Review, 100)
            .await
            .unwrap(),
        1
    );
    eve.get("/cases")
        .await
        .says("1 emergency release has not been reviewed");
    eve.get("/calendar?month=2026-08")
        .await
        .says("Emergency releases that have not been reviewed")
        .says(&number);
}

async fn today_is_the_day_of_the_desk(desk: &Desk) {
    let (_, number) = due(desk, "2026-03-02").await;
    let anna = desk.signed_in("anna").await;
    // Nine in the morning, UTC: due to the end of the second of March in New York.
    anna.get("/cases?due=day").await.lacks(&number);
    let delivered = Tables::delivered().fields();
    let mut sends: Vec<(&str, &str)> = delivered
        .pairs()
        .filter(|(name, _)| *name != "zone")
        .collect();
    sends.extend([
        ("zone", "America/New_York"),
        ("why", "We moved."),
        ("version", "0"),
    ]);
    let finn = desk.signed_in("finn").await;
    finn.post("/tables", &sends).await.goes_to("/tables");
    anna.get("/cases?due=day").await.says(&number);
    anna.get("/calendar?day=2026-03-02").await.says(&number);
}

/// Opens a feed, and answers its path.
async fn opens(person: &Person<'_>) -> String {
    let page = person
        .fills("/account", "/account/feed", &[("do", "open")])
        .await
        .shows(200);
    let raw = page.raw();
    let (_, after) = raw.split_once("https://desk.example/calendar/").unwrap();
    let token = &after[..64];
    assert!(token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    format!("/calendar/{token}.ics")
}

async fn reads(desk: &Desk, path: &str) -> Answer {
    desk.nobody().get(path).await
}

/// As somebody else's program reads it.
fn parsed(answer: &Answer) -> IcalCalendar {
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "text/calendar; charset=utf-8"
    );
    let mut calendars = ical::IcalParser::new(BufReader::new(answer.bytes.as_ref()));
    let calendar = calendars.next().unwrap().unwrap();
    assert!(calendars.next().is_none());
    calendar
}

fn property(event: &IcalEvent, name: &str) -> String {
    let found = event.properties.iter().find(|one| one.name == name);
    found.and_then(|one| one.value.clone()).unwrap_or_default()
}

async fn a_feed_tells_case_numbers_and_clocks_and_nothing_else(desk: &Desk) {
    let (case, number) = due(desk, "2026-03-10").await;
    let anna = desk.signed_in("anna").await;
    let path = opens(&anna).await;
    let answer = reads(desk, &path).await.shows(200);
    let calendar = parsed(&answer);
    assert_eq!(calendar.events.len(), 1);
    let event = &calendar.events[0];
    assert_eq!(property(event, "SUMMARY"), format!("{number}: Answer due"));
    assert_eq!(property(event, "DTSTART"), "20260311T035959Z");
    assert_eq!(
        property(event, "UID"),
        format!("{case}.due@disclosure-desk")
    );
    assert!(!property(event, "DTSTAMP").is_empty());
    let alarm = &event.alarms[0];
    let trigger = alarm.properties.iter().find(|one| one.name == "TRIGGER");
    assert_eq!(trigger.unwrap().value.as_deref(), Some("-PT86400S"));
    // Lines are folded at 75 octets, as the format asks.
    assert!(answer.raw().split("\r\n").all(|line| line.len() <= 75));
    let request = request_with(&[]);
    let secrets = request.iter().filter(|(name, _)| {
        matches!(
            *name,
            "authority" | "person" | "reference" | "identifier_value" | "asks"
        )
    });
    for (_, value) in secrets {
        assert!(!answer.raw().contains(value), "{value}");
    }
    // What was answered is no longer shown.
    anna.takes(
        case,
        StepKind::Withdraw,
        &[("reasons", "They took it back.")],
    )
    .await
    .goes_to("/cases/");
    assert!(
        parsed(&reads(desk, &path).await.shows(200))
            .events
            .is_empty()
    );
}

async fn a_feed_that_was_closed_or_opened_anew_is_answered_no_more(desk: &Desk) {
    due(desk, "2026-03-10").await;
    let anna = desk.signed_in("anna").await;
    let first = opens(&anna).await;
    let second = opens(&anna).await;
    assert_ne!(first, second);
    let gone = reads(desk, &first).await.shows(404);
    reads(desk, &second).await.shows(200);
    anna.fills("/account", "/account/feed", &[("do", "close")])
        .await
        .goes_to("/account?done=feed-closed");
    let closed = reads(desk, &second).await.shows(404);
    let never = reads(desk, &format!("/calendar/{}.ics", "0".repeat(64)))
        .await
        .shows(404);
    let odd = reads(desk, "/calendar/x").await.shows(404);
    for other in [&closed, &never, &odd] {
        assert_eq!(other.bytes, gone.bytes);
        assert_eq!(other.headers.len(), gone.headers.len());
    }
    desk.holds().await;
}

async fn a_feed_ends_with_its_member(desk: &Desk) {
    due(desk, "2026-03-10").await;
    let path = opens(&desk.signed_in("ben").await).await;
    let finn = desk.signed_in("finn").await;
    let page = format!("/members/{}", desk.member("ben").await.id);
    finn.post(&page, &[("do", "disable")]).await.goes_to(&page);
    reads(desk, &path).await.shows(404);
    // Let in again, they open one anew.
    finn.post(&page, &[("do", "enable")]).await.goes_to(&page);
    reads(desk, &path).await.shows(404);
    let path = opens(&desk.signed_in("ben").await).await;
    let role = |role| [("do", "role"), ("role", role)];
    finn.post(&page, &role("auditor")).await.goes_to(&page);
    reads(desk, &path).await.shows(200);
    finn.post(&page, &role("administrator"))
        .await
        .goes_to(&page);
    reads(desk, &path).await.shows(404);
    finn.post(&page, &role("auditor")).await.goes_to(&page);
    reads(desk, &path).await.shows(404);
    assert_eq!(desk.times("feed.close").await, 2);
    desk.holds().await;
    // An administrator sees no case, and so has no feed.
    finn.post("/account/feed", &[("do", "open")])
        .await
        .shows(403);
    finn.get("/account").await.lacks("Your calendar feed");
}

/// An administrator resets somebody's password; answers the one to be used once.
async fn reset(desk: &Desk, name: &str) -> String {
    let finn = desk.signed_in("finn").await;
    let page = format!("/members/{}", desk.member(name).await.id);
    let shown = finn.post(&page, &[("do", "reset")]).await.shows(200).raw();
    let (_, once) = shown.split_once("<code class=\"password\">").unwrap();
    once.split('<').next().unwrap().to_owned()
}

async fn a_feed_ends_with_the_password(desk: &Desk) {
    due(desk, "2026-03-10").await;
    let path = opens(&desk.signed_in("ben").await).await;
    let once = reset(desk, "ben").await;
    reads(desk, &path).await.shows(404);
    let ben = desk.nobody();
    ben.signs_in("ben", &once).await.goes_to("/");
    let change = |old, new| [("current", old), ("new", new), ("again", new)];
    ben.post("/account/password", &change(once.as_str(), PASSWORD))
        .await
        .goes_to("/account");
    let path = opens(&ben).await;
    let other = "another violin on tuesday";
    ben.post("/account/password", &change(PASSWORD, other))
        .await
        .goes_to("/account?done=password");
    reads(desk, &path).await.shows(404);
    desk.holds().await;
}

async fn a_password_that_somebody_else_knows_opens_no_feed(desk: &Desk) {
    let once = reset(desk, "ben").await;
    let ben = desk.nobody();
    ben.signs_in("ben", &once).await.goes_to("/");
    ben.get("/account").await.shows(200);
    ben.get("/account/here").await.shows(204);
    for feed in ["open", "close"] {
        ben.post("/account/feed", &[("do", feed)])
            .await
            .goes_to("/account?done=change");
    }
    // Nor does the office, whoever asks it.
    let cookie = ben.cookie().unwrap();
    let (_, token) = cookie.split_once('=').unwrap();
    let session = desk.office.session(token).await.unwrap();
    assert!(desk.office.at(session).open_feed().await.is_err());
    assert_eq!(desk.times("feed.open").await, 0);
}

async fn a_feed_is_opened_with_a_fresh_proof_and_each_opening_is_told(desk: &Desk) {
    let anna = desk.signed_in("anna").await;
    desk.minutes_pass(6);
    anna.post("/account/feed", &[("do", "open")])
        .await
        .shows(422)
        .faults("proof", "fresh proof");
    anna.post("/account/feed", &[("do", "open"), ("proof", PASSWORD)])
        .await
        .shows(200);
    anna.get("/account")
        .await
        .lacks("https://desk.example/calendar/");
    assert_eq!(desk.times("feed.open").await, 1);
    // Whoever puts an address in by the back door is found.
    desk.holds().await;
    let db = desk.back_door().await;
    let sql = if desk.postgres().is_some() {
        "UPDATE calendar_feed SET token_hash = '\\x00'"
    } else {
        "UPDATE calendar_feed SET token_hash = x'00'"
    };
    sea_orm::ConnectionTrait::execute_unprepared(&db, sql)
        .await
        .unwrap();
    let found = desk.store.verify(&[], |_| {}).await.unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|one| one.to_string().contains("calendar feed"))
    );
}

async fn a_program_is_told_that_nothing_changed(desk: &Desk) {
    let (case, _) = due(desk, "2026-03-10").await;
    let anna = desk.signed_in("anna").await;
    let path = opens(&anna).await;
    let first = reads(desk, &path).await.shows(200);
    let tag = first.header(header::ETAG).to_owned();
    assert!(first.header(header::CACHE_CONTROL).contains("no-cache"));
    desk.minutes_pass(30);
    let asks = || desk.nobody().with("if-none-match", &tag);
    let again = asks().get(&path).await.shows(304);
    assert!(again.bytes.is_empty());
    let anna = desk.signed_in("anna").await;
    let due = [("due", "2026-03-12")];
    anna.takes(case, StepKind::Edit, &due)
        .await
        .goes_to("/cases/");
    asks().get(&path).await.shows(200);
}
