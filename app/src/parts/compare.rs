//! Two versions of a text in one passage: what was removed is struck, what was added underlined,
//! and both are also told in words to those who do not see it.

use casework::compare::{Piece, compare, differs};
use leptos::prelude::*;

/// The text after, with what changed since the text before; an unchanged one stands as it is.
pub fn passage(before: &str, after: &str) -> AnyView {
    let pieces = compare(before, after);
    let changed = differs(&pieces);
    let pieces: Vec<_> = pieces.into_iter().map(piece).collect();
    view! { <blockquote class="compared" data-changed=changed.then_some("")>{pieces}</blockquote> }
        .into_any()
}

/// A few words that were, and are; where one of them is missing, the other came or went.
pub fn words(was: Option<&str>, is: Option<&str>) -> AnyView {
    let pieces: Vec<_> = [
        was.map(|was| Piece::Removed(was.to_owned())),
        is.map(|is| Piece::Added(is.to_owned())),
    ]
    .into_iter()
    .flatten()
    .map(piece)
    .collect();
    view! { <span class="compared">{pieces}</span> }.into_any()
}

/// How many passages changed, in a word for a heading.
pub fn count(changed: usize, of: usize) -> String {
    match changed {
        0 => "nothing changed".into(),
        1 => format!("1 of {of} changed"),
        many => format!("{many} of {of} changed"),
    }
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Kept(text) => text.into_any(),
        Piece::Removed(text) => view! {
            <del><span class="unseen">"[removed: "</span>{text}<span class="unseen">"] "</span></del>
        }
        .into_any(),
        // Struck and underlined words stand apart also where the space between them was shared.
        Piece::Added(text) => view! {
            <ins><span class="unseen">"[added: "</span>{text}<span class="unseen">"] "</span></ins>
        }
        .into_any(),
    }
}
