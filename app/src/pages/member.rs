//! One member: name, role, password, and whether they may sign in.

use casework::{form::Fields, member::Role};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, MemberRow},
    fault::Fault,
    pages::members::once,
    parts::{
        Form, address,
        load::{load, refuse},
        proof,
    },
};

/// A member's page.
pub fn page() -> AnyView {
    let id = match address::member_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move {
            let mut members = desk.members().await?.into_iter();
            let row = members
                .find(|row| row.member.id == id)
                .ok_or(Fault::NotFound)?;
            Ok((desk.me()?, row))
        },
        |(me, row): (Me, MemberRow)| view(&me, &row),
    )
}

fn view(me: &Me, row: &MemberRow) -> AnyView {
    let name = row.member.name.to_string();
    let state = if row.disabled { "Disabled" } else { "Active" };
    view! {
        <Title text=format!("{name} · Members · Disclosure Desk")/>
        <header class="page-head">
            <p class="way"><a href="/members">"Members"</a></p>
            <h1>{name.clone()}</h1>
            <p class="marks">
                <span>{row.member.role.word()}</span> <span>{row.sign_in.clone()}</span> <span>{state}</span>
            </p>
        </header>
        {once()}
        {changes(me, row)}
    }
    .into_any()
}

/// One form, so that the password is asked once; each button sends what it stands under. Enter
/// presses the first, the harmless one.
fn changes(me: &Me, row: &MemberRow) -> AnyView {
    let given = Fields::new()
        .with("name", row.member.name.as_str())
        .with("role", row.member.role.code());
    let form = Form::filled(given);
    let (access, word, says) = if row.disabled {
        ("enable", "Enable", "Lets this member sign in again.")
    } else {
        (
            "disable",
            "Disable",
            "Ends every session of this member and refuses their sign-in. What they did stays.",
        )
    };
    let name = form
        .line("name", "Name")
        .hint("What was signed before keeps the name it was signed with.");
    view! {
        <form method="post" action=address::member(row.member.id) class="step" novalidate=true>
            {form.summary()}
            {proof::ask(&form, me)}
            {change("Name", name.into_render(), "rename", "Rename")}
            {change("Role", form.select::<Role>("role", "Role").into_render(), "role", "Change the role")}
            {change(
                "Password",
                view! { <p>"Makes a one-time password and ends every session of this member."</p> }.into_any(),
                "reset",
                "Reset the password",
            )}
            {change("Access", view! { <p>{says}</p> }.into_any(), access, word)}
        </form>
    }
    .into_any()
}

fn change(title: &'static str, body: AnyView, does: &'static str, word: &'static str) -> AnyView {
    view! {
        <fieldset class="section">
            <legend><h2>{title}</h2></legend>
            {body}
            <p class="send"><button name="do" value=does>{word}</button></p>
        </fieldset>
    }
    .into_any()
}
