//! The texts of a case, to choose from: what each is, and what it says, part by part.

use casework::redaction::{Part, Text};
use leptos::prelude::*;

use crate::parts::{Form, form::id};

/// Every text with a box to tick, sent as `name`. Where the form's address ticks whole parts, each
/// part has a button for that: it sends the form as it is with `all` = the part, and the page comes
/// back with that part ticked, so no script is needed.
pub fn choose(form: &Form, texts: &[Text], name: &'static str, ticks: Option<&str>) -> AnyView {
    let parts = Part::ALL.iter().copied().filter_map(|part| {
        let of: Vec<&Text> = texts.iter().filter(|text| text.part == part).collect();
        (!of.is_empty()).then(|| one_part(form, part, &of, name, ticks))
    });
    view! {
        <div id=id(name) class="texts" tabindex="-1" data-faulty=form.faulty(name)>
            {form.told(name)}
            {parts.collect_view()}
        </div>
    }
    .into_any()
}

fn one_part(
    form: &Form,
    part: Part,
    texts: &[&Text],
    name: &'static str,
    ticks: Option<&str>,
) -> AnyView {
    let ticked = |text: &Text| form.fields().has(name, &text.place);
    let some_left = texts.iter().any(|text| !ticked(text));
    let anchor = format!("part-{}", part.code());
    let all = ticks.filter(|_| texts.len() > 1 && some_left).map(|at| {
        // The fragment outlives the answer: the page comes back where it was left.
        let back = format!("{at}#{anchor}");
        view! {
            <p>
                <button class="quiet" name="all" value=part.code() formaction=back>
                    "Tick all of this part"
                </button>
            </p>
        }
    });
    let rows = texts
        .iter()
        .map(|text| row(form, text, name, ticked(text)))
        .collect_view();
    view! {
        <fieldset class="section" id=anchor>
            <legend><h2>{part.word()}</h2></legend>
            {all}
            {rows}
        </fieldset>
    }
    .into_any()
}

fn row(form: &Form, text: &Text, name: &'static str, ticked: bool) -> AnyView {
    let place = &text.place;
    let now = text.values.first().cloned().unwrap_or_default();
    let before = text.values.iter().skip(1).map(|value| {
        view! { <span class="text-before">"earlier: " <span class="text-value">{value.clone()}</span></span> }
    });
    view! {
        <div class="text" data-faulty=form.faulty(place)>
            <label class="choice">
                <input
                    type="checkbox"
                    id=id(place)
                    name=name
                    value=place.clone()
                    checked=ticked
                    aria-describedby=form.described(place)
                    aria-invalid=form.faulty(place).map(|_| "true")
                />
                <span>
                    <span class="text-what">{text.what.clone()}</span>
                    " "
                    <span class="text-value">{now}</span>
                    {before.collect_view()}
                </span>
            </label>
            {form.told(place)}
        </div>
    }
    .into_any()
}
