//! Making a redacted edition: choosing what it leaves out.

use leptos::prelude::*;

use crate::{
    desk::TextsFile,
    parts::{
        Form, address, case_head,
        load::{load, refuse},
        proof, texts,
    },
};

/// What a redacted edition is, and every text that it may leave out.
pub fn page() -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.texts(id).await },
        |file: TextsFile| view(&file),
    )
}

fn view(file: &TextsFile) -> AnyView {
    view! {
        {case_head::head(&file.case, "Redacted edition")}
        <p class="lead">
            "The texts that you tick are not in the file at all: where each stood, the page says [left out], and the data inside keeps a salted hash of it and nothing else. So the rest still verifies as it was sealed, and a text that is shown later can be checked against its hash. The orders are never inside."
        </p>
        {form(file)}
    }
    .into_any()
}

fn form(file: &TextsFile) -> AnyView {
    let form = Form::blank();
    let at = address::redact(file.case.id());
    if file.texts.is_empty() {
        return view! { <p class="none">"This case holds no text that could be left out."</p> }
            .into_any();
    }
    // Somebody may only say that they have looked once there is something to look at.
    let repeats = form.blames(|field| file.texts.iter().any(|text| text.place == field));
    let even_so = (repeats || form.fields().has("even_so", "yes")).then(|| {
        form.tick(
            "even_so",
            "I have looked at each repetition; release it all the same",
        )
        .hint("A text that is left out in one place and stands in another is not left out.")
    });
    view! {
        <form method="post" action=at.clone() class="step redact" novalidate=true>
            {Form::seen(file.case.version())}
            {form.summary()}
            {texts::choose(&form, &file.texts, "mask", Some(&at))}
            {even_so.map(IntoRender::into_render)}
            {proof::ask(&form, &file.me)}
            <p class="send">
                <button class="primary">"Issue the redacted edition"</button>
                <a href=address::records(file.case.id())>"Back to the records"</a>
            </p>
        </form>
    }
    .into_any()
}
