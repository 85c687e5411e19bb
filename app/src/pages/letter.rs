//! A letter on a case: begun from a template, mended by hand, looked at, filed.

use casework::{
    case::StepKind,
    letter::LetterKind,
    template::{Language, confirms_nothing},
};
use leptos::prelude::*;

use crate::{
    desk::{LetterAsk, LetterFile},
    parts::{
        Form, address, beside, case_head, field, form, letter,
        load::{load, refuse},
    },
    returned::Returned,
};

/// The letter that the address, or the form that came back, asks for.
pub fn page() -> AnyView {
    let id = match address::case_here() {
        Ok(id) => id,
        Err(fault) => return refuse(&fault),
    };
    let asked = Returned::here().map_or_else(address::query, |returned| returned.fields);
    let ask = LetterAsk {
        kind: LetterKind::from_code(asked.get("letter")),
        language: Language::parse(asked.get("language")).ok(),
    };
    load(
        move |desk| async move { desk.letter(id, ask).await },
        |file: LetterFile| view(&file),
    )
}

fn view(letter: &LetterFile) -> AnyView {
    let file = &letter.file;
    let withheld = confirms_nothing(&file.case).then(|| {
        view! {
            <p class="warn">
                "No letter of this case may confirm that an account exists: what identifies the subject is left out, and a letter that names it is not filed."
            </p>
        }
    });
    view! {
        {case_head::head(&file.case, StepKind::Letter.word())}
        {begin(letter)}
        {withheld}
        <div class="beside">
            <div id="text">{form(letter)}</div>
            <aside>{letter::preview("with this case", letter.language.as_str())} {beside::letters(file)}</aside>
        </div>
    }
    .into_any()
}

/// Which letter, in which language; another choice begins anew.
fn begin(letter: &LetterFile) -> AnyView {
    let open = &letter.kinds;
    let first = LetterKind::ALL.iter().filter(|kind| !open.contains(kind));
    let kinds: Vec<_> = open
        .iter()
        .chain(first)
        .map(|kind| (kind.code().to_owned(), kind.word().to_owned()))
        .collect();
    let languages: Vec<_> = letter
        .languages
        .iter()
        .map(|language| (language.to_string(), language.to_string()))
        .collect();
    let action = format!(
        "{}#text",
        address::step(letter.file.case.id(), StepKind::Letter)
    );
    view! {
        <form method="get" action=action class="filters">
            <label class="q">
                <span>"Kind of letter"</span>
                <select name="letter">{field::options(&kinds, letter.kind.code())}</select>
            </label>
            <label>
                <span>"Language"</span>
                <select name="language">{field::options(&languages, letter.language.as_str())}</select>
            </label>
            <p class="filter-send"><button>"Begin from the template"</button></p>
        </form>
    }
    .into_any()
}

fn form(letter: &LetterFile) -> AnyView {
    let file = &letter.file;
    let form = Form::filled(letter.fields.clone());
    let hidden =
        ["letter", "language", "template"].map(|name| form::hidden(name, form.fields().get(name)));
    let says = letter
        .says
        .clone()
        .map(|says| view! { <p class="warn" role="status">{says}</p> });
    let fields = view! {
        {hidden.collect_view()}
        {form.told("letter")}
        {form.prose("to", "To").rows(5).hint("Name and address, one under the other, as they stand on the envelope.")}
        {form.line("subject", "Subject")}
        {form
            .prose("body", "Text")
            .rows(24)
            .hint("An empty line parts paragraphs. A line that begins with \u{201c}- \u{201d} is an item of a list, with \u{201c}## \u{201d} a heading, with \u{201c}@sign \u{201d} a line to sign on; \u{201c}@manifest\u{201d} is the table of what was sent.")}
        <p class="send">
            <button name="do" value="preview">"Preview"</button>
            <button name="do" value="look">"Look at the PDF"</button>
            <button name="do" value="file" class="primary">"File the letter"</button>
            <a href=address::case(file.case.id())>"Back to the case"</a>
        </p>
        <p class="hint">"Looking files nothing. A filed letter is kept as it is, with its SHA-256 in the ledger; the desk does not send it."</p>
    }
    .into_any();
    view! { {says} {case_head::step_form(file, StepKind::Letter, &form, "", fields)} }.into_any()
}
