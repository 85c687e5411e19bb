//! Everyone who works the desk, and adding one more.

use casework::member::Role;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, MemberRow},
    parts::{Form, address, load::load, proof, time},
    returned::Once,
};

/// The members, and the form for a new one.
pub fn page() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.members().await?)) },
        |(me, members): (Me, Vec<MemberRow>)| {
            view! {
                <Title text="Members · Disclosure Desk"/>
                <header class="page-head"><h1>"Members"</h1></header>
                {once()}
                {list(&members)}
                {add(&me)}
            }
            .into_any()
        },
    )
}

/// A password that was just made: shown here and never again.
pub fn once() -> Option<AnyView> {
    let Once(password) = use_context()?;
    Some(
        view! {
            <div class="notice once" role="status">
                <h2>"One-time password"</h2>
                <p><code class="password">{password}</code></p>
                <p>
                    "It is shown here once and kept nowhere. Hand it over in person or by telephone; at the first sign-in it must be changed."
                </p>
            </div>
        }
        .into_any(),
    )
}

fn list(members: &[MemberRow]) -> AnyView {
    let rows = members.iter().map(|row| {
        let state = match (row.disabled, row.must_change_password) {
            (true, _) => "Disabled",
            (false, true) => "Has not signed in with the new password yet",
            (false, false) => "Active",
        };
        view! {
            <tr data-disabled=row.disabled.then_some("")>
                <th scope="row"><a href=address::member(row.member.id)>{row.member.name.to_string()}</a></th>
                <td data-label="Signs in as">{row.sign_in.clone()}</td>
                <td data-label="Role">{row.member.role.word()}</td>
                <td data-label="State">{state}</td>
                <td data-label="Added">{time::moment(row.added_at)}</td>
            </tr>
        }
    });
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"Members of the desk"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Signs in as"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Added"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn add(me: &Me) -> AnyView {
    let form = Form::blank();
    view! {
        <section aria-labelledby="add-head">
            <h2 id="add-head">"Add a member"</h2>
            <form method="post" action="/members" class="step" novalidate=true>
                {form.summary()}
                {form.line("name", "Name").hint("As it stands on records.")}
                {form.line("sign_in", "Sign-in name")}
                {form.select::<Role>("role", "Role")}
                {proof::ask(&form, me)}
                <p class="send"><button class="primary">"Add the member"</button></p>
            </form>
        </section>
    }
    .into_any()
}
