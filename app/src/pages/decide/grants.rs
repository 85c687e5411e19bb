//! Granting in part: each category yes or no, and why not.

use casework::{Refusal, form::Fields, held::Holding, reason::ReasonCode, scope::Category};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, badge, form::id, scope},
};

/// What the instrument does not reach stands refused before the manager begins, with the sentence
/// that says why; everything else is theirs to answer.
pub fn preset(file: &CaseFile) -> Fields {
    let mut fields = Fields::new();
    for category in file.case.requested() {
        let code = category.code();
        if let Err(refusal) = file.case.may_be_granted(category) {
            fields.push(format!("grant.{code}"), "no");
            fields.push(format!("{code}.code"), reason(&refusal).code());
            fields.push(format!("{code}.reasons"), refusal.to_string());
        }
    }
    fields
}

/// The reason that a rule's own refusal comes to.
fn reason(refusal: &Refusal) -> ReasonCode {
    match refusal {
        Refusal::NotHeld { holding, .. } => match holding {
            Holding::AlreadyDeleted => ReasonCode::ALREADY_DELETED,
            Holding::PublicOrNotOurs => ReasonCode::ALREADY_PUBLIC,
            Holding::RedirectedToController => ReasonCode::REDIRECT_TO_CONTROLLER,
            Holding::NotHeld | Holding::Held => ReasonCode::DATA_NOT_HELD,
        },
        _ => ReasonCode::INSTRUMENT_INSUFFICIENT,
    }
}

/// Every requested category. The page shows its answers only for an approval in part.
pub fn list(file: &CaseFile, form: &Form) -> AnyView {
    let each: Vec<_> = file
        .case
        .requested()
        .into_iter()
        .map(|category| one(file, form, category))
        .collect();
    view! { <div class="grants">{each}</div> }.into_any()
}

fn one(file: &CaseFile, form: &Form, category: Category) -> AnyView {
    let code = category.code();
    let grant = format!("grant.{code}");
    let chosen = form.fields().get(&grant).to_owned();
    let beyond = file.case.may_be_granted(category).err();
    let permitted = beyond.is_none();
    let beyond = beyond.map(|refusal| view! { <p class="beyond">{refusal.to_string()}</p> });
    let radio = |value: &'static str, word: &'static str| {
        let first = value == "yes";
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=grant.clone()
                    value=value
                    checked=chosen == value
                    disabled=first && !permitted
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset
            id=id(&grant)
            tabindex="-1"
            class="grant"
            data-faulty=form.faulty(&grant)
            aria-describedby=form.described(&grant)
        >
            <legend>{category.word()} " " {badge::tier(file.case.terms().tier(category))}</legend>
            <p class="held-line">"Held: " {scope::held(&file.case, category)}</p>
            {beyond}
            {form.told(&grant)}
            <div class="in-part">
                <div class="choices">{radio("yes", "Grant")} {radio("no", "Refuse")}</div>
                <div class="when-refused">{why(file, form, code)}</div>
            </div>
        </fieldset>
    }
    .into_any()
}

fn why(file: &CaseFile, form: &Form, code: &str) -> AnyView {
    view! {
        {form.select_of(&format!("{code}.code"), "Reason", super::reasons(file))}
        {form.prose(&format!("{code}.reasons"), "Why").rows(2)}
    }
    .into_any()
}
