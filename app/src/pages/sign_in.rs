//! Signing in. It needs no desk: it is the page of those who are not at it yet.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    parts::{Form, address, form::hidden},
    returned::Stalled,
};

/// The form, and what was stalled by a session that ended.
pub fn page() -> AnyView {
    let form = Form::blank();
    let next = match form.fields().get("next") {
        "" => address::query().get("next").to_owned(),
        next => next.to_owned(),
    };
    view! {
        <Title text="Sign in · Disclosure Desk"/>
        <article class="sign-in">
            <h1>"Sign in"</h1>
            <form method="post" action="/sign-in" novalidate=true>
                {form.summary()}
                {stalled()}
                {hidden("next", &next)}
                {form.line("sign_in", "Sign-in name").fill("username")}
                {form.password("password", "Password").fill("current-password")}
                <p class="send"><button class="primary">"Sign in"</button></p>
            </form>
            <p class="hint">"No account, or the password is lost? Your administrator adds members and resets passwords."</p>
            <p class="hint">"Do you hold a record? " <a href="/verify">"Verify it here"</a> ", without an account."</p>
        </article>
    }
    .into_any()
}

/// What was typed before the session ended goes along, so that nothing of it is lost.
fn stalled() -> Option<AnyView> {
    let Stalled { path, fields } = use_context()?;
    let fields: Vec<_> = fields
        .pairs()
        .map(|(name, value)| hidden(&format!("stalled.{name}"), value))
        .collect();
    Some(
        view! {
            <p class="notice" role="status">
                "Your session ended before this form was sent. What you typed is kept here and is taken up where you left it, once you sign in."
            </p>
            {hidden("stalled_path", &path)}
            {fields}
        }
        .into_any(),
    )
}
