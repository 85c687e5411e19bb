//! A letter on the page as it would be set on paper.

use casework::template::{Block, blocks};
use leptos::prelude::*;

use crate::returned::Previewed;

/// What was typed, if this page answers a wish to look at it; `of` says whose data fills it.
pub fn preview(of: &str, language: &str) -> Option<AnyView> {
    let Previewed { subject, body } = use_context()?;
    let head = format!("Preview, {of}");
    Some(
        view! {
            <section class="letter" aria-label=head.clone()>
                <p class="turn">{head.clone()}</p>
                <div lang=language.to_owned()>
                    <h2>{subject}</h2>
                    {text(&body)}
                </div>
            </section>
        }
        .into_any(),
    )
}

/// The text of a letter, part by part.
pub fn text(body: &str) -> AnyView {
    blocks(body)
        .into_iter()
        .map(block)
        .collect_view()
        .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading(title) => view! { <h3>{title}</h3> }.into_any(),
        Block::Paragraph(text) => view! { <p class="letter-text">{text}</p> }.into_any(),
        Block::List(items) => {
            let items: Vec<_> = items
                .into_iter()
                .map(|item| view! { <li>{item}</li> })
                .collect();
            view! { <ul>{items}</ul> }.into_any()
        }
        Block::Manifest([what, when, digest]) => view! {
            <p class="none">"(Table of what was sent: " {what} ", " {when} ", " {digest} ")"</p>
        }
        .into_any(),
        Block::Sign(labels) => labels
            .into_iter()
            .map(|label| view! { <p class="letter-sign">{label} ": "</p> })
            .collect_view()
            .into_any(),
    }
}
