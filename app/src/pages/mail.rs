//! The outbox: what was sent, what waits, and what nobody can know but by asking.

use casework::member::Duty;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{MailsFile, Outbox},
    parts::{
        address, case_head,
        load::{load, refuse},
        mails,
    },
};

/// The whole outbox, for administrators.
pub fn page() -> AnyView {
    load(
        |desk| async move { desk.outbox().await },
        |outbox: Outbox| {
            let form = mails::form(
                "/mail",
                &outbox.me,
                outbox.unknown.iter().chain(&outbox.refused),
                outbox.reaches_me.then(test),
            );
            let now = outbox.now;
            view! {
                <Title text="Mail · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Mail"</h1>
                    <p>
                        "Each mail is posted together with what it tells, and sent once. Whom notices and letters go to, and what they say, belongs to their cases and is not shown here."
                    </p>
                </header>
                {server(&outbox)}
                <section aria-labelledby="unknown-head">
                    <h2 id="unknown-head">"Fate unknown"</h2>
                    <p>
                        "The desk ended, or the line broke, while the server was taking these. Nobody here can know whether it did, so they are not sent again by themselves."
                    </p>
                    {mails::table("Mails whose fate is unknown", &outbox.unknown, now)}
                </section>
                <section aria-labelledby="refused-head">
                    <h2 id="refused-head">"Refused for good"</h2>
                    {mails::table("Mails that the server will not take", &outbox.refused, now)}
                </section>
                {form}
                <section aria-labelledby="waiting-head">
                    <h2 id="waiting-head">"Waiting"</h2>
                    {mails::table("Mails that wait to be sent", &outbox.waiting, now)}
                </section>
                <section aria-labelledby="sent-head">
                    <h2 id="sent-head">"Sent lately"</h2>
                    {mails::table("Mails that were sent lately", &outbox.sent, now)}
                </section>
            }
            .into_any()
        },
    )
}

/// The server, who is not reached, and the test.
fn server(outbox: &Outbox) -> AnyView {
    let through = outbox.writes_as.clone().map_or_else(
        || {
            view! {
                <p class="warn">
                    "No mail server is configured: mail stays in the outbox, and nobody is told. Set DESK_MAIL_HOST and DESK_MAIL_FROM and start the desk again."
                </p>
            }
            .into_any()
        },
        |through| view! { <p>"Mail is written by " {through} "."</p> }.into_any(),
    );
    let address = outbox.address.clone().map_or_else(
        || {
            view! {
                <p class="notice">
                    "Mail cannot lead back to the desk: it does not know its own address. Set DESK_ADDRESS."
                </p>
            }
            .into_any()
        },
        |address| view! { <p>"It leads back to " {address} "."</p> }.into_any(),
    );
    let unreached = (!outbox.unreached.is_empty()).then(|| {
        let names: Vec<String> = outbox.unreached.iter().map(ToString::to_string).collect();
        view! {
            <p class="notice">
                "Not reached, because they sign in with a name that is no e-mail address: "
                {names.join(", ")} "."
            </p>
        }
    });
    view! {
        <section aria-labelledby="server-head">
            <h2 id="server-head">"The mail server"</h2>
            {through}
            {address}
            {unreached}
        </section>
    }
    .into_any()
}

fn test() -> AnyView {
    view! {
        <fieldset class="section">
            <legend><h2>"Try the server"</h2></legend>
            <p class="send"><button name="do" value="test">"Send a test mail to me"</button></p>
        </fieldset>
    }
    .into_any()
}

/// The mails of one case, for those who read it.
pub fn of_case() -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.mails(id).await },
        |file: MailsFile| {
            let works = file.me.member.role.may(Duty::WorkCases);
            let form = works
                .then(|| {
                    let page = address::mails(file.case.id());
                    mails::form(&page, &file.me, file.mails.iter(), None)
                })
                .flatten();
            view! {
                {case_head::head(&file.case, "Mail")}
                {mails::table("Mails of this case", &file.mails, file.now)}
                {form}
            }
            .into_any()
        },
    )
}
