//! The numbers that the directory has for the requester, and adding the one that was called.

use casework::{clock, signals::Bond};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, address, form::id, time},
};

/// The authority's numbers as choices, each with where it was found and when.
pub fn choose(file: &CaseFile, form: &Form) -> Option<AnyView> {
    let (known, bond) = file.authority.as_ref()?;
    let authority = &known.authority;
    let today = clock::day(file.now);
    let chosen = form.fields().get("number").to_owned();
    let each = authority.phones.iter().enumerate().map(|(at, phone)| {
        let stale = phone
            .is_stale(today)
            .then(|| view! { " " <strong class="warn">"not looked up for over a year"</strong> });
        let label = phone.label.as_ref().map(|label| format!(", {label}"));
        let value = phone.id.to_string();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="number"
                    id=(at == 0).then(|| id("number"))
                    checked=chosen == value
                    value=value
                    aria-describedby=form.described("number")
                />
                <span>
                    {phone.number.to_string()} {label} " "
                    <span class="mark">"found in " {phone.source.to_string()} ", looked up " {time::day(phone.checked_on)}</span>
                    {stale}
                </span>
            </label>
        }
    });
    let each = each.collect_view();
    let whose = match bond {
        Bond::Linked => "The directory's entry that this case is linked to.",
        Bond::Guessed => {
            "The entry that fits by name or domain; nobody has said that it is the same authority."
        }
    };
    Some(
        view! {
            <fieldset class="field" data-faulty=form.faulty("number")>
                <legend>
                    "Number called, from the directory: "
                    <a href=address::requester(authority.id)>{authority.name.to_string()}</a>
                </legend>
                <p class="hint">{whose} " Choosing one fills in contact and source."</p>
                {form.told("number")}
                <div class="choices">
                    {each}
                    <label class="choice">
                        <input type="radio" name="number" value="other" checked=chosen.is_empty() || chosen == "other"/>
                        <span>"Another contact, given below"</span>
                    </label>
                </div>
            </fieldset>
        }
        .into_any(),
    )
}

/// The box that adds a number typed here to the directory, in the same act.
pub fn keep(file: &CaseFile, form: &Form) -> Option<AnyView> {
    let linked = matches!(file.authority, Some((_, Bond::Linked)));
    linked.then(|| {
        form.tick(
            "keep_number",
            "Add this number to the directory, with its source and this day",
        )
        .hint("Only where the call-back confirmed the requester, and not the number that the request gave.")
        .into_render()
    })
}
