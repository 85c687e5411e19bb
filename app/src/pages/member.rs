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
        form::hidden,
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
        {rename(me, row)}
        {role(me, row)}
        {reset(me, row)}
        {enable(me, row)}
    }
    .into_any()
}

/// One of the page's forms: only what it sent itself comes back to it.
fn form(
    me: &Me,
    row: &MemberRow,
    does: &'static str,
    title: &'static str,
    button: &'static str,
    fields: impl FnOnce(&Form) -> AnyView,
) -> AnyView {
    let given = Fields::new()
        .with("name", row.member.name.as_str())
        .with("role", row.member.role.code());
    let form = Form::mine(given, |sent| sent.get("do") == does);
    // Several password fields on one page need names of their own for those who hear them.
    view! {
        <section>
            <h2>{title}</h2>
            <form method="post" action=address::member(row.member.id) class="step" novalidate=true>
                {form.summary()}
                {hidden("do", does)}
                {fields(&form)}
                {proof::ask(&form, me)}
                <p class="send"><button>{button}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn rename(me: &Me, row: &MemberRow) -> AnyView {
    form(me, row, "rename", "Name", "Rename", |form| {
        view! { {form.line("name", "Name").hint("What was signed before keeps the name it was signed with.")} }.into_any()
    })
}

fn role(me: &Me, row: &MemberRow) -> AnyView {
    form(me, row, "role", "Role", "Change the role", |form| {
        view! { {form.select::<Role>("role", "Role")} }.into_any()
    })
}

fn reset(me: &Me, row: &MemberRow) -> AnyView {
    form(me, row, "reset", "Password", "Reset the password", |_| {
        view! { <p>"Makes a one-time password and ends every session of this member."</p> }
            .into_any()
    })
}

fn enable(me: &Me, row: &MemberRow) -> AnyView {
    let (does, button, says) = if row.disabled {
        ("enable", "Enable", "Lets this member sign in again.")
    } else {
        (
            "disable",
            "Disable",
            "Ends every session of this member and refuses their sign-in. What they did stays.",
        )
    };
    form(me, row, does, "Access", button, |_| {
        view! { <p>{says}</p> }.into_any()
    })
}
