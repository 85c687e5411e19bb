//! The search and the filters of the list: a form that asks for an address.

use casework::{
    case::Stage,
    form::Choice,
    ground::Ground,
    instrument::Instrument,
    list::{Ask, DueWithin, Sort},
};
use leptos::prelude::*;

use crate::parts::{field::options, form::choices};

/// Every way to narrow the list, as it is narrowed now.
pub fn view(ask: &Ask) -> AnyView {
    let clear = ask
        .narrows()
        .then(|| view! { <a href="/cases">"Clear"</a> });
    view! {
        <search>
            <form method="get" action="/cases" class="filters">
                <label class="q">
                    <span>"Search"</span>
                    <input type="search" name="q" value=ask.text.clone() autocomplete="off"/>
                </label>
                {menu("awaits", "Awaits", "Anyone", ask.awaits)}
                {menu::<Stage>("stage", "Stage", "Any", ask.stage)}
                {menu::<DueWithin>("due", "Due", "Any time", ask.due)}
                {menu::<Ground>("ground", "Ground", "Any", ask.ground)}
                {menu::<Instrument>("instrument", "Instrument", "Any", ask.instrument)}
                {menu::<Sort>("sort", "Order", "Due first", ask.sort)}
                <p class="filter-send"><button>"Show"</button> {clear}</p>
            </form>
        </search>
    }
    .into_any()
}

fn menu<C: Choice>(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    chosen: Option<C>,
) -> AnyView {
    let chosen = chosen.map(C::code).unwrap_or_default();
    // What stands for "not asked" must not be offered twice.
    let all = choices(C::all().iter().copied())
        .into_iter()
        .filter(|(_, word)| word != any)
        .collect();
    view! {
        <label>
            <span>{label}</span>
            <select name=name>
                <option value="">{any}</option>
                {options(&all, chosen)}
            </select>
        </label>
    }
    .into_any()
}
