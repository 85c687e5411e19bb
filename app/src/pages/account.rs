//! One's own account: the password, and where one is signed in.

mod feed;

use jiff::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, SessionRow},
    parts::{Form, form::hidden, load::load, time},
};

/// The account of whoever is signed in.
pub fn page() -> AnyView {
    load(
        |desk| async move {
            Ok((
                desk.me()?,
                desk.sessions().await?,
                desk.feed().await?,
                desk.now(),
            ))
        },
        |(me, sessions, opened, now): (Me, Vec<SessionRow>, Option<Timestamp>, Timestamp)| {
            let first = me.must_change_password.then(|| {
                view! {
                    <p class="notice">
                        "Your password was set by an administrator. Choose your own before you go on."
                    </p>
                }
            });
            let role = me.member.role;
            view! {
                <Title text="Account · Disclosure Desk"/>
                <header class="page-head"><h1>"Your account"</h1></header>
                {first}
                <dl class="facts">
                    <div><dt>"Name"</dt><dd>{me.member.name.to_string()}</dd></div>
                    <div><dt>"Signs in as"</dt><dd>{me.sign_in.clone()}</dd></div>
                    <div><dt>"Role"</dt><dd>{role.word()}</dd></div>
                </dl>
                {password()}
                {(!me.must_change_password).then(|| view! { {list(&sessions, now)} {feed::view(&me, opened)} })}
            }
            .into_any()
        },
    )
}

fn password() -> AnyView {
    let form = Form::blank();
    view! {
        <section aria-labelledby="password-head">
            <h2 id="password-head">"Change the password"</h2>
            <form method="post" action="/account/password" class="step" novalidate=true>
                {form.summary()}
                {form.password("current", "Current password").fill("current-password")}
                {form
                    .password("new", "New password")
                    .hint("At least 12 characters; several words are better than one with signs in it.")
                    .fill("new-password")}
                {form.password("again", "New password, once more").fill("new-password")}
                <p class="send"><button class="primary">"Change the password"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn list(sessions: &[SessionRow], now: Timestamp) -> AnyView {
    let rows = sessions.iter().map(|session| {
        let end = (!session.current).then(|| {
            view! {
                <form method="post" action="/account/sessions">
                    {hidden("session", &session.handle)}
                    <button class="quiet">"End"</button>
                </form>
            }
        });
        let here = session
            .current
            .then(|| view! { " " <span class="mark">"this one"</span> });
        view! {
            <tr>
                <th scope="row" class="agent">{session.agent.clone()}{here}</th>
                <td data-label="Began">{time::moment(session.began_at)}</td>
                <td data-label="Last seen">{time::since(session.seen_at, now)}</td>
                <td>{end}</td>
            </tr>
        }
    });
    let all = (sessions.len() > 1).then(|| {
        view! {
            <form method="post" action="/account/sessions">
                {hidden("all", "yes")}
                <button>"End all other sessions"</button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="sessions-head">
            <h2 id="sessions-head">"Where you are signed in"</h2>
            <div class="wide">
                <table>
                    <caption>"Sessions. End any that you do not know, then change your password."</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Browser"</th>
                            <th scope="col">"Began"</th>
                            <th scope="col">"Last seen"</th>
                            <th scope="col"><span class="unseen">"End"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {all}
        </section>
    }
    .into_any()
}
