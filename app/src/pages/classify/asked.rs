//! What instruments ask and reach.

use std::collections::BTreeSet;

use casework::{
    case::Case,
    gate::questions::{Kind, Question, questions as asked_by},
    ground::Ground,
    instrument::{Ceiling, Instrument},
    scope::{self, Category},
    tables::Tables,
};
use leptos::prelude::*;

use crate::parts::{Form, badge, form::id, scope as matrix};

/// The instruments, grouped under the ground that each stands under.
pub fn instruments(form: &Form, tables: &Tables) -> AnyView {
    let chosen = form.fields().get("instrument").to_owned();
    let groups = Ground::ALL.iter().map(|ground| {
        let each = Instrument::under(*ground).map(|one| {
            view! { <option value=one.code() selected=chosen == one.code()>{one.word()}</option> }
        });
        view! { <optgroup label=ground.word() data-ground=ground.code()>{each.collect_view()}</optgroup> }
    });
    let reaches = Instrument::ALL.iter().map(|one| {
        view! { <p class="hint" data-for=one.code()>{tables.ceiling(*one).reach()}</p> }
    });
    view! {
        <div class="field" data-faulty=form.faulty("instrument")>
            <label for=id("instrument")>"Instrument"</label>
            {form.told("instrument")}
            <select
                id=id("instrument")
                name="instrument"
                aria-describedby=form.described("instrument")
                aria-invalid=form.faulty("instrument").map(|_| "true")
            >
                <option value="">"Choose"</option>
                {groups.collect_view()}
            </select>
            {reaches.collect_view()}
        </div>
    }
    .into_any()
}

/// For each requested category, the sentence where an instrument does not reach it. What an
/// instrument's own text names is chosen on this page, so those say nothing yet.
pub fn reach(case: &Case, tables: &Tables) -> AnyView {
    let asked = matrix::asked(case);
    let of_one = |instrument: Instrument| {
        let terms = tables.terms(instrument);
        if terms.ceiling == Ceiling::AsOrdered {
            return None;
        }
        let beyond: Vec<_> = asked
            .iter()
            .filter_map(|category| {
                scope::reaches(instrument, &terms, &BTreeSet::new(), *category).err()
            })
            .map(|refusal| view! { <li>{refusal.to_string()}</li> })
            .collect();
        (!beyond.is_empty()).then(|| {
            view! {
                <div class="beyond" data-for=instrument.code()>
                    <p>"Not everything that is asked for is within its reach:"</p>
                    <ul>{beyond}</ul>
                </div>
            }
        })
    };
    Instrument::ALL
        .iter()
        .copied()
        .filter_map(of_one)
        .collect_view()
        .into_any()
}

/// The categories that the instrument's own text names.
pub fn ordered(form: &Form, tables: &Tables) -> AnyView {
    let codes = of(Instrument::ALL
        .iter()
        .copied()
        .filter(|one| tables.ceiling(*one) == Ceiling::AsOrdered));
    let boxes = Category::ALL.iter().enumerate().map(|(place, category)| {
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    id=(place == 0).then(|| id("ordered"))
                    name="ordered"
                    value=category.code()
                    checked=form.fields().has("ordered", category.code())
                />
                <span>{category.word()} " " {badge::tier(tables.tiers.get(category).copied().unwrap_or_else(|| category.tier()))}</span>
            </label>
        }
    });
    view! {
        <fieldset
            class="field"
            data-for=codes
            data-faulty=form.faulty("ordered")
            aria-describedby=form.described("ordered")
        >
            <legend>"Categories that its text names"</legend>
            <p class="hint">"It reaches these and no other."</p>
            {form.told("ordered")}
            <div class="choices">{boxes.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// Every question once, with the instruments that ask it.
pub fn questions(form: &Form) -> AnyView {
    let each: Vec<_> = every()
        .into_iter()
        .map(|(question, instruments)| {
            let codes = of(instruments.into_iter());
            let field = match question.kind {
                Kind::Line => form.line(question.key, question.asks),
                Kind::Prose => form.prose(question.key, question.asks).rows(3),
                Kind::Date => form.date(question.key, question.asks),
                Kind::Affirm | Kind::YesNo => form.yes_no(question.key, question.asks),
            };
            let field = if question.required {
                field
            } else {
                field.optional()
            };
            field.hint(question.hint).asked_of(codes).into_render()
        })
        .collect();
    view! {
        <fieldset class="section questions">
            <legend><h2>"What must be answered"</h2></legend>
            <p class="choose-first none">"Choose an instrument; its questions appear here."</p>
            <div class="grid">{each}</div>
        </fieldset>
    }
    .into_any()
}

/// Every question that any instrument asks, once, in the order of the tables.
fn every() -> Vec<(&'static Question, Vec<Instrument>)> {
    let mut all: Vec<(&'static Question, Vec<Instrument>)> = Vec::new();
    for instrument in Instrument::ALL.iter().copied() {
        for question in asked_by(instrument) {
            match all.iter_mut().find(|(known, _)| known.key == question.key) {
                Some((_, instruments)) => instruments.push(instrument),
                None => all.push((question, vec![instrument])),
            }
        }
    }
    all
}

/// Codes as the style sheet matches them: separated by spaces.
fn of(instruments: impl Iterator<Item = Instrument>) -> String {
    instruments
        .map(Instrument::code)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = include_str!("../../../../style/asked.css");

    #[test]
    fn the_style_sheet_knows_every_instrument() {
        for instrument in Instrument::ALL {
            let code = instrument.code();
            let rule = format!(":has(option[value=\"{code}\"]:checked) [data-for~=\"{code}\"]");
            assert!(
                SHEET.contains(&rule),
                "style/asked.css does not show what {code} asks"
            );
        }
        for ground in Ground::ALL {
            assert!(
                SHEET.contains(&format!("[value=\"{}\"]:checked", ground.code())),
                "{ground}"
            );
        }
    }

    #[test]
    fn a_key_stands_on_the_page_once_and_asks_the_same_of_all() {
        let all = every();
        for instrument in Instrument::ALL {
            for question in asked_by(*instrument) {
                let (shown, instruments) =
                    all.iter().find(|(one, _)| one.key == question.key).unwrap();
                assert_eq!(
                    *shown, question,
                    "{instrument} asks {} in other words",
                    question.key
                );
                assert!(instruments.contains(instrument));
            }
        }
    }
}
