//! Classifying: one ground, one instrument, and what the two ask.
//!
//! Every question of every instrument stands on the page once; the style sheet shows those that
//! the chosen instrument asks. The server leaves out answers to questions it does not ask.

use casework::{case::StepKind, form::Fields, gate::Classification, ground::Ground};
use leptos::prelude::*;

use crate::{
    desk::CaseFile,
    parts::{Form, case_head, form::id},
};

mod asked;

/// The three grounds as cards, each with its clause; the instruments; the questions.
pub fn page() -> AnyView {
    case_head::step_page(StepKind::Classify, |file: &CaseFile| {
        let form = Form::filled(
            file.case
                .classification()
                .map_or_else(Fields::new, Classification::fields),
        );
        let fields = view! {
            {grounds(file, &form)}
            {asked::instruments(&form, &file.tables)}
            {asked::reach(&file.case, &file.tables)}
            {asked::ordered(&form, &file.tables)}
            {asked::questions(&form)}
            {case_head::send(file, "Classify the case")}
        }
        .into_any();
        view! {
            <p class="lead">"Choose exactly one ground. Answers may stay open for now; the gate stays shut until they are given."</p>
            {case_head::step_form(file, StepKind::Classify, &form, "classify", fields)}
        }
        .into_any()
    })
}

fn grounds(file: &CaseFile, form: &Form) -> AnyView {
    let chosen = form.fields().get("ground").to_owned();
    let cards = Ground::ALL.iter().enumerate().map(|(place, ground)| {
        let clause = file
            .policy
            .as_ref()
            .map(|policy| policy.clauses.of(*ground).to_string());
        view! {
            <label class="card ground">
                <input
                    type="radio"
                    name="ground"
                    id=if place == 0 { id("ground") } else { format!("ground-{}", ground.code()) }
                    value=ground.code()
                    checked=chosen == ground.code()
                />
                <span class="card-head">{ground.word()}</span>
                <span class="card-test">{ground.test()}</span>
                {clause.map(|clause| view! { <q class="card-clause">{clause}</q> })}
            </label>
        }
    });
    let version = file.policy.as_ref().map(|policy| {
        view! { <p class="hint">"Clauses as in policy " {policy.version.to_string()} ", in force on the day of receipt."</p> }
    });
    view! {
        <fieldset class="section" data-faulty=form.faulty("ground") aria-describedby=form.described("ground")>
            <legend><h2>"Ground"</h2></legend>
            {form.told("ground")}
            <div class="cards">{cards.collect_view()}</div>
            {version}
        </fieldset>
    }
    .into_any()
}
