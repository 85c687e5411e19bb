//! Controls that stand in the cells of a table: what they are for is told by their row, and to
//! those who do not see it by a label of their own.

use leptos::prelude::*;

use crate::parts::{
    Form,
    field::{Choices, options},
    form::id,
};

/// One line of text.
pub fn line(form: &Form, name: &str, label: String) -> AnyView {
    input(form, name, label, "text")
}

/// A whole number.
pub fn count(form: &Form, name: &str, label: String) -> AnyView {
    input(form, name, label, "numeric")
}

fn input(form: &Form, name: &str, label: String, mode: &'static str) -> AnyView {
    view! {
        <input
            type="text"
            inputmode=mode
            id=id(name)
            name=name.to_owned()
            value=form.fields().get(name).to_owned()
            aria-label=label
            aria-invalid=form.faulty(name).map(|_| "true")
            aria-describedby=form.described(name)
            autocomplete="off"
        />
        {form.told(name)}
    }
    .into_any()
}

/// One of a list; `none` is offered first where nothing may be chosen.
pub fn menu(
    form: &Form,
    name: &str,
    label: String,
    choices: &Choices,
    none: Option<&'static str>,
) -> AnyView {
    let none = none.map(|word| view! { <option value="">{word}</option> });
    view! {
        <select
            id=id(name)
            name=name.to_owned()
            aria-label=label
            aria-invalid=form.faulty(name).map(|_| "true")
            aria-describedby=form.described(name)
        >
            {none}
            {options(choices, form.fields().get(name))}
        </select>
        {form.told(name)}
    }
    .into_any()
}

/// A box to tick, with its word beside it or, where that is blank, a label only heard.
pub fn tick(form: &Form, name: &str, value: &str, word: &str, label: String) -> AnyView {
    let seen = (!word.is_empty()).then(|| view! { <span>{word.to_owned()}</span> });
    view! {
        <label class="choice">
            <input
                type="checkbox"
                name=name.to_owned()
                value=value.to_owned()
                checked=form.fields().has(name, value)
                aria-label=label
            />
            {seen}
        </label>
    }
    .into_any()
}
