//! Mails: how far each has come, and the form that settles what is uncertain.

use casework::{form::Fields, mail::State};
use jiff::Timestamp;
use leptos::prelude::*;

use crate::{
    desk::{CaseFile, MailRow, Me},
    parts::{Form, address, proof, time},
};

/// The mails of a case on its page: what is uncertain first in sight.
pub fn of_case(file: &CaseFile) -> AnyView {
    if file.mails.is_empty() {
        return view! { <p class="none">"No mail was posted about this case."</p> }.into_any();
    }
    let page = address::mails(file.case.id());
    let unknown = count(&file.mails, State::Unknown);
    let warn = (unknown > 0).then(|| {
        let says = if unknown == 1 {
            "The fate of one mail is unknown. Look, and settle it:".to_owned()
        } else {
            format!("The fate of {unknown} mails is unknown. Look, and settle them:")
        };
        view! { <p class="warn">{says} " " <a href=page.clone()>"Mail of this case"</a></p> }
    });
    let states = State::ALL
        .iter()
        .map(|state| (*state, count(&file.mails, *state)))
        .filter(|(_, mails)| *mails > 0)
        .map(|(state, mails)| view! { <li>{format!("{state}: {mails}")}</li> });
    view! {
        {warn}
        <ul>{states.collect_view()}</ul>
        <p><a href=page>"Every mail of this case"</a></p>
    }
    .into_any()
}

/// That the last notice has not reached the subject, as far as the desk knows: until it has, nobody was
/// told and no time to object runs.
pub fn not_told(file: &CaseFile) -> Option<AnyView> {
    let says = match file.notice_mail()?.state {
        State::Sent => return None,
        State::Refused => "The last notice was refused: the subject was not told.",
        State::Unknown => "Whether the last notice left is unknown: settle it first.",
        State::Waiting | State::Claimed | State::HandingOver if file.sends_mail => {
            "The last notice has not left yet."
        }
        State::Waiting | State::Claimed | State::HandingOver => {
            "The last notice has not left yet, and no mail server is configured that would take it."
        }
    };
    let page = address::mails(file.case.id());
    Some(
        view! { <p class="warn">{says} " " <a href=page>"See what became of it"</a></p> }
            .into_any(),
    )
}

fn count(mails: &[MailRow], state: State) -> usize {
    mails.iter().filter(|mail| mail.state == state).count()
}

/// A list of mails under a caption.
pub fn table(caption: &str, mails: &[MailRow], now: Timestamp) -> AnyView {
    if mails.is_empty() {
        return view! { <p class="none">"None."</p> }.into_any();
    }
    let rows = mails.iter().map(|mail| row(mail, now)).collect_view();
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">{caption.to_owned()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mail"</th>
                        <th scope="col">"To"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Posted"</th>
                        <th scope="col">"The server said last"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(mail: &MailRow, now: Timestamp) -> AnyView {
    let to = mail.to.clone().map_or_else(
        || view! { <span class="under">"withheld"</span> }.into_any(),
        IntoAny::into_any,
    );
    let next = (mail.state == State::Waiting && mail.attempt > 0).then(|| {
        view! { ", tried " {mail.attempt} " times, again " {time::moment(mail.due_at)} }
    });
    let settled = mail.settled.as_ref().map(|(who, at, arrived)| {
        let who = who
            .as_ref()
            .map_or_else(|| "A member".to_owned(), ToString::to_string);
        let does = if *arrived {
            " found that it arrived, "
        } else {
            " had it sent again, "
        };
        view! { <span class="under">{who} {does} {time::moment(*at)}</span> }
    });
    view! {
        <tr>
            <th scope="row">{called(mail)}</th>
            <td data-label="To">{to}</td>
            <td data-label="State">
                {mail.state.word()} ", " {time::since(mail.changed_at, now)} {next} " " {settled}
            </td>
            <td data-label="Posted">{time::moment(mail.posted_at)}</td>
            <td data-label="The server said last">{mail.reply.clone().unwrap_or_else(|| "nothing yet".into())}</td>
        </tr>
    }
    .into_any()
}

fn called(mail: &MailRow) -> String {
    match mail.case {
        Some((_, number)) => format!("{}, {number}", mail.kind),
        None => mail.kind.to_string(),
    }
}

/// The form that settles one of these mails, and whatever else its page does with a proof: one form,
/// so that the password is asked once. None where there is nothing to do. The page's address may name
/// a mail in its query.
pub fn form<'a>(
    action: &str,
    me: &Me,
    mails: impl Iterator<Item = &'a MailRow>,
    also: Option<AnyView>,
) -> Option<AnyView> {
    let open: Vec<&MailRow> = mails
        .filter(|mail| {
            mail.state.may_have_arrived() || (mail.state.may_be_sent_again() && mail.kept)
        })
        .collect();
    let form = Form::filled(Fields::new().with("mail", address::query().get("mail")));
    if open.is_empty() && also.is_none() {
        // A form that came back still tells why.
        return form.summary();
    }
    let settle = (!open.is_empty()).then(|| settle(&form, &open));
    Some(
        view! {
            <form method="post" action=action.to_owned() class="step" novalidate=true>
                {form.summary()}
                {proof::ask(&form, me)}
                {settle}
                {also}
            </form>
        }
        .into_any(),
    )
}

fn settle(form: &Form, open: &[&MailRow]) -> AnyView {
    let choices = open
        .iter()
        .map(|mail| {
            let to = mail.to.as_deref().unwrap_or("recipient withheld");
            let posted = mail.posted_at.strftime("%Y-%m-%d %H:%M UTC");
            let state = mail.state.word();
            let called = format!("{}, to {to}, posted {posted}: {state}", called(mail));
            (mail.id.to_string(), called)
        })
        .collect();
    view! {
        <fieldset class="section">
            <legend><h2>"Settle one"</h2></legend>
            <p>
                "Ask whoever it went to, or look into the server's log for the Message-ID. If it is sent again, it is the same message; a mailbox that has it already may show it twice."
            </p>
            {form.select_of("mail", "Which mail", choices)}
            <p class="send">
                <button name="do" value="arrived">"It arrived"</button>
                <button name="do" value="again">"Send it again"</button>
            </p>
        </fieldset>
    }
    .into_any()
}
