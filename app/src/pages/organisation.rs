//! The organisation's name, as it stands on every page and every record.

use casework::form::Fields;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::Me,
    parts::{Form, load::load, proof},
};

/// The name, and the form that changes it.
pub fn page() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.organisation())) },
        |(me, name): (Me, String)| {
            let form = Form::filled(Fields::new().with("name", name));
            view! {
                <Title text="Organisation · Disclosure Desk"/>
                <header class="page-head"><h1>"Organisation"</h1></header>
                <form method="post" action="/organisation" class="step" novalidate=true>
                    {form.summary()}
                    {form
                        .line("name", "Name")
                        .hint("It stands at the head of every page and of every record made from now on.")}
                    {proof::ask(&form, &me)}
                    <p class="send"><button class="primary">"Name the organisation"</button></p>
                </form>
            }
            .into_any()
        },
    )
}
