//! Templates of letters: every kind in every language, each with its history.

use casework::{
    letter::LetterKind,
    member::Duty,
    template::{Field, Shape, fields_of},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Me, TemplateFile, TemplateRow},
    parts::{
        Form, address, compare, form, letter,
        load::{load, refuse},
        proof, time,
    },
    returned::Returned,
};

/// Every template by kind and language, and a new language.
pub fn all() -> AnyView {
    load(
        |desk| async move { Ok((desk.me()?, desk.templates().await?)) },
        |(me, rows): (Me, Vec<TemplateRow>)| {
            let begin = me.member.role.may(Duty::Administer).then(begin);
            view! {
                <Title text="Letters · Disclosure Desk"/>
                <header class="page-head">
                    <h1>"Letters"</h1>
                    <p>
                        "What letters begin from. The desk is delivered with defaults in English and German; have counsel read them before you rely on them."
                    </p>
                </header>
                {table(&rows)}
                {begin}
            }
            .into_any()
        },
    )
}

fn table(rows: &[TemplateRow]) -> AnyView {
    let rows = rows.iter().map(|row| {
        let template = &row.template;
        let href = address::template(template.kind, &template.language);
        let version = match template.version {
            0 => "As delivered".to_owned(),
            number => format!("Version {number}"),
        };
        view! {
            <tr>
                <th scope="row"><a href=href>{template.kind.word()} " (" {template.language.to_string()} ")"</a></th>
                <td data-label="Stands">{version}</td>
                <td data-label="Published">{published(row)}</td>
            </tr>
        }
    });
    view! {
        <div class="wide">
            <table>
                <caption class="unseen">"Templates by kind and language"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Kind and language"</th>
                        <th scope="col">"Stands"</th>
                        <th scope="col">"Published"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn published(row: &TemplateRow) -> AnyView {
    match &row.published {
        None => view! { "With the desk; counsel should read it" }.into_any(),
        Some((at, by)) => {
            let by = by
                .as_ref()
                .map_or_else(|| "the desk itself".to_owned(), ToString::to_string);
            view! { {time::moment(*at)} " by " {by} }.into_any()
        }
    }
}

/// A language that nobody has written in yet.
fn begin() -> AnyView {
    let form = Form::blank();
    view! {
        <section aria-labelledby="language-head">
            <h2 id="language-head">"Write in another language"</h2>
            <form method="post" action="/letters" class="step" novalidate=true>
                {form.summary()}
                {form.select::<LetterKind>("kind", "Kind of letter")}
                {form.line("language", "Language").hint("Its tag, as BCP 47 names it: fr, pt-BR, uk.")}
                <p class="send"><button class="primary">"Begin"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// One template: the text that stands, what it may tell, and its history.
pub fn one() -> AnyView {
    let (kind, language) = match address::template_here() {
        Ok(named) => named,
        Err(fault) => return refuse(&fault),
    };
    load(
        move |desk| async move { desk.template(kind, language).await },
        |file: TemplateFile| view(&file),
    )
}

fn view(file: &TemplateFile) -> AnyView {
    let title = format!("{} ({})", file.kind.word(), file.language);
    let stands = match file.versions.first() {
        None => "Nobody has written in this language yet; the form begins from the English text.",
        Some(newest) if newest.template.version == 0 => {
            "This is the default that the desk was delivered with. Have counsel read it before you rely on it."
        }
        Some(_) => {
            "Letters begin from the newest version; those that were filed keep what they say."
        }
    };
    view! {
        <Title text=format!("{title} · Letters · Disclosure Desk")/>
        <header class="page-head">
            <p class="way"><a href="/letters">"Letters"</a></p>
            <h1>{title}</h1>
            <p>{stands}</p>
        </header>
        {if file.me.member.role.may(Duty::Administer) { work(file) } else { read(file) }}
        {fields(file.kind)}
        {history(&file.versions)}
    }
    .into_any()
}

fn work(file: &TemplateFile) -> AnyView {
    view! {
        <div class="beside">
            <div>{edit(file)}</div>
            <aside>{letter::preview("with a made-up case", file.language.as_str())}</aside>
        </div>
    }
    .into_any()
}

/// The text that stands, for whoever writes letters by it.
fn read(file: &TemplateFile) -> AnyView {
    view! {
        <section aria-labelledby="text-head">
            <h2 id="text-head">{file.start.subject.to_string()}</h2>
            <p class="letter-text">{file.start.body.to_string()}</p>
        </section>
    }
    .into_any()
}

fn edit(file: &TemplateFile) -> AnyView {
    let version = file.versions.first().map_or(0, |row| row.template.version);
    let start = &file.start;
    let filled = casework::form::Fields::new()
        .with("subject", start.subject.to_string())
        .with("body", start.body.to_string());
    let form = Form::filled(filled);
    let seen = Returned::here()
        .map(|returned| returned.fields.get("version").to_owned())
        .filter(|seen| !seen.is_empty() && !changed_meanwhile())
        .unwrap_or_else(|| version.to_string());
    view! {
        <form method="post" action=address::template(file.kind, &file.language) class="step" novalidate=true>
            {form.summary()}
            {form::hidden("version", &seen)}
            {form.line("subject", "Subject")}
            {form
                .prose("body", "Text")
                .rows(28)
                .hint("{{ field }} tells a field, {% if field %} … {% endif %} asks for it, {% for item in list %} … {% endfor %} goes through a list, {{ list | listed }} tells it in one sentence. A line that begins with \u{201c}- \u{201d} is an item, with \u{201c}## \u{201d} a heading, with \u{201c}@sign \u{201d} a line to sign on; \u{201c}@manifest what | when | digest\u{201d} is the table of what was sent.")}
            {proof::ask(&form, &file.me)}
            <p class="send">
                <button name="do" value="preview">"Preview"</button>
                <button name="do" value="publish" class="primary">"Publish"</button>
            </p>
        </form>
    }
    .into_any()
}

/// Whether the form came back because another version was published: then it is sent again as made
/// from that one.
fn changed_meanwhile() -> bool {
    Returned::here().is_some_and(|returned| !returned.changed.is_empty())
}

/// What this kind of letter may tell, with the made-up case's example.
fn fields(kind: LetterKind) -> AnyView {
    let rows: Vec<_> = fields_of(kind).map(row).collect();
    view! {
        <section aria-labelledby="fields-head">
            <h2 id="fields-head">"What this letter may tell"</h2>
            <p class="hint">
                "Examples are those of a made-up case. What a case may lack is asked for first. What identifies the subject is withheld until the case is classified, and where a letter may not confirm that an account exists."
            </p>
            <div class="wide">
                <table>
                    <caption class="unseen">"Fields, what they mean, and an example"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Field"</th>
                            <th scope="col">"What it is"</th>
                            <th scope="col">"How it is told"</th>
                            <th scope="col">"Example"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(field: &'static Field) -> AnyView {
    let (how, example) = match field.shape {
        Shape::Word => ("Every case has it", field.example.to_owned()),
        Shape::Maybe => ("Ask for it first", field.example.to_owned()),
        Shape::Flag => ("Yes or no, to ask for", field.example.to_owned()),
        Shape::Words => ("A list", field.example.to_owned()),
        Shape::Items(parts) => {
            let parts: Vec<_> = parts
                .iter()
                .map(|(name, means, example)| {
                    format!("item.{name}: {means}, as in \u{201c}{example}\u{201d}")
                })
                .collect();
            ("A list of items", parts.join("; "))
        }
    };
    view! {
        <tr>
            <th scope="row"><code>{field.name}</code></th>
            <td data-label="What it is">{field.means}</td>
            <td data-label="How it is told">{how}</td>
            <td data-label="Example">{example}</td>
        </tr>
    }
    .into_any()
}

/// Every version, newest first, each beside the one before.
fn history(versions: &[TemplateRow]) -> AnyView {
    let each: Vec<_> = versions
        .iter()
        .enumerate()
        .map(|(place, row)| version(row, versions.get(place + 1)))
        .collect();
    view! {
        <section aria-labelledby="history-head">
            <h2 id="history-head">"History"</h2>
            {each}
        </section>
    }
    .into_any()
}

fn version(row: &TemplateRow, before: Option<&TemplateRow>) -> AnyView {
    let template = &row.template;
    let shown = before.map(|before| {
        let was = &before.template;
        view! {
            <h4>"Subject"</h4>
            {compare::passage(was.subject.as_str(), template.subject.as_str())}
            <h4>"Text"</h4>
            {compare::passage(was.body.as_str(), template.body.as_str())}
        }
    });
    let title = match template.version {
        0 => "As delivered".to_owned(),
        number => format!("Version {number}"),
    };
    view! {
        <article class="act">
            <h3>{title}</h3>
            <p class="signed">{published(row)}</p>
            {shown}
        </article>
    }
    .into_any()
}
