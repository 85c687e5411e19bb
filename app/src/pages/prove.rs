//! Confirming the password before what needs a fresh proof.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::parts::{Form, address, form::hidden};

/// The password, and where to go on.
pub fn page() -> AnyView {
    let form = Form::blank();
    let next = match form.fields().get("next") {
        "" => address::query().get("next").to_owned(),
        next => next.to_owned(),
    };
    view! {
        <Title text="Confirm your password · Disclosure Desk"/>
        <article class="sign-in">
            <h1>"Confirm your password"</h1>
            <p>"What comes next needs a proof of the last five minutes that it is you."</p>
            <form method="post" action="/prove" novalidate=true>
                {form.summary()}
                {hidden("next", &next)}
                {form.password("password", "Password").fill("current-password")}
                <p class="send"><button class="primary">"Go on"</button></p>
            </form>
        </article>
    }
    .into_any()
}
