//! The fast lane: an emergency, filed from one short form while the caller is on the telephone.

use casework::{
    emergency::REQUIRED,
    form::Fields,
    request::{Channel, IdentifierKind, RequesterKind},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::Me,
    pages::draft::fields::categories,
    parts::{
        Form,
        field::{self, options},
        form::{choices, id},
        load::load,
    },
};

/// What must be known, in the order in which one asks it; the rest folded below.
pub fn page() -> AnyView {
    load(
        |desk| async move { desk.me() },
        |_: Me| {
            let form = Form::filled(Fields::new().with("identifier_kind", "email"));
            view! {
                <Title text="Emergency · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Emergency"</h1>
                    <p class="lead">
                        {format!("Somebody's safety is at risk and the requester cannot wait for an order. {} answers file it; everything else can follow.", REQUIRED.len())}
                    </p>
                </header>
                <div class="beside">
                    <div>{lane(&form)}</div>
                    <aside class="panel" aria-labelledby="then-head">{then()}</aside>
                </div>
                {field::zones()}
            }
            .into_any()
        },
    )
}

fn lane(form: &Form) -> AnyView {
    let more = form.blames(|field| !REQUIRED.contains(&field) && !field.starts_with("identifier"));
    view! {
        <form method="post" action="/emergency" class="step lane" novalidate=true>
            {form.summary()}
            <fieldset class="section">
                <legend><h2>"Who asks"</h2></legend>
                <div class="grid">
                    {form.line("authority", "Authority").first()}
                    {form.line("person", "Person")}
                    {form.line("phone", "Telephone they gave")}
                </div>
            </fieldset>
            <fieldset class="section">
                <legend><h2>"The danger"</h2></legend>
                <div class="grid">
                    {form.line("who", "Who is in danger")}
                    {form.line("by_when", "By when: \u{201c}now\u{201d} if it is now")}
                </div>
                {form.prose("danger", "Of what, and how it is known").rows(2)}
            </fieldset>
            <fieldset class="section">
                <legend><h2>"What they need"</h2></legend>
                {identifier(form)}
                {categories(form)}
            </fieldset>
            <details class="more" open=more>
                <summary>"More, if you know it: it can also follow before a manager decides"</summary>
                <div class="grid">
                    {form.prose("averts", "How this data averts the danger").rows(2).optional()}
                    {form.prose("too_slow", "Why ordinary process is too slow").rows(2).optional()}
                    {form.select::<RequesterKind>("requester_kind", "Kind of requester").hint("Police, unless you choose another.").optional()}
                    {form.line("country", "Country").optional()}
                    {form.line("email", "Official e-mail address").optional()}
                    {form.line("reference", "Their reference").optional()}
                    {form.select::<Channel>("channel", "How it came in").hint("By telephone, unless you choose another.").optional()}
                    {form.moment("received", "Received").hint("Just now, unless you say when.").optional()}
                    {form.zone("received_zone").optional()}
                </div>
            </details>
            <p class="send"><button class="primary large">"File the emergency"</button></p>
        </form>
    }
    .into_any()
}

/// One row: what a caller can spell out. More can be added to the request afterwards.
fn identifier(form: &Form) -> AnyView {
    let name = "identifier.0";
    // The row's own faults, and those of the field when nothing was given at all.
    let fault = form.fault(name).or_else(|| form.fault("identifier_value"));
    let invalid = fault.is_some().then_some("true");
    let described = fault.is_some().then(|| format!("{}-fault", id(name)));
    let kinds = choices(IdentifierKind::ALL.iter().copied());
    view! {
        <div class="field" data-faulty=invalid.map(|_| "")>
            <label for=id(name)>"Account they ask about"</label>
            <div class="identifier">
                <select name="identifier_kind" aria-label="Kind of identifier">
                    {options(&kinds, form.fields().get("identifier_kind"))}
                </select>
                <input
                    type="text"
                    id=id(name)
                    name="identifier_value"
                    value=form.fields().get("identifier_value").to_owned()
                    aria-invalid=invalid
                    aria-describedby=described.clone()
                    autocomplete="off"
                />
            </div>
            {fault.map(|says| view! { <p class="fault" id=described>{says}</p> })}
        </div>
    }
    .into_any()
}

/// What follows, and who does it.
fn then() -> AnyView {
    view! {
        <h2 id="then-head">"What happens next"</h2>
        <ol class="then">
            <li><strong>"You file it."</strong> " It gets its number, and the clock starts."</li>
            <li>
                <strong>"Somebody else calls back,"</strong>
                " at a number found independently of this request: the authority's own switchboard, never the number they gave."
            </li>
            <li>
                <strong>"One manager decides,"</strong>
                " for stated days of data, for a limited time. Nobody who filed or called decides."
            </li>
            <li><strong>"A second manager reviews"</strong> " the release afterwards; the clock on the case says by when."</li>
            <li><strong>"We ask for the order"</strong> " that should follow, and record whether it came."</li>
        </ol>
        <p class="hint">"Nothing leaves the house before the call back is confirmed, however urgent it sounds: that is what impostors count on."</p>
    }
    .into_any()
}
