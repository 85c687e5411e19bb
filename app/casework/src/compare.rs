//! Two versions of a text, compared so that a person can read it: what was kept, what was removed,
//! what was added.
//!
//! Sentences are compared first and words only within those that changed: a sentence that was
//! mostly rewritten stands whole, the old beside the new, and not as a mosaic of both.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, utils::diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A passage of a comparison. Kept and removed ones together are the text before, kept and added
/// ones the text after, to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", content = "text", rename_all = "snake_case")]
pub enum Piece {
    Kept(String),
    Removed(String),
    Added(String),
}

/// Of two sentences with fewer kept words than this, in hundredths, each stands whole.
const KEPT_LEAST: usize = 50;
/// Two texts are compared word by word as long as the product of their words is below this: what
/// two passages of two thousand words make. Beyond it each stands whole, so that nobody waits.
const WORDS_MOST: usize = 4_000_000;

/// Compares two texts. Equal ones make one kept piece, two empty ones none.
pub fn compare(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (sentences(before), sentences(after));
    let mut pieces = Pieces::default();
    if old.len().saturating_mul(new.len()) > WORDS_MOST {
        pieces.push(ChangeTag::Delete, before);
        pieces.push(ChangeTag::Insert, after);
        return pieces.done();
    }
    let mut removed = String::new();
    let mut added = String::new();
    for (tag, run) in diff_slices(Algorithm::Myers, &old, &new) {
        let run = run.concat();
        match tag {
            ChangeTag::Delete => removed.push_str(&run),
            ChangeTag::Insert => added.push_str(&run),
            ChangeTag::Equal => {
                within(&removed, &added, &mut pieces);
                removed.clear();
                added.clear();
                pieces.push(tag, &run);
            }
        }
    }
    within(&removed, &added, &mut pieces);
    pieces.done()
}

/// Whether a comparison found any difference.
pub fn differs(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| !matches!(piece, Piece::Kept(_)))
}

/// Sentences with the space that follows them; a line break ends one too.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive('\n')
        .flat_map(UnicodeSegmentation::split_sentence_bounds)
        .collect()
}

/// Compares changed sentences word by word, where enough of them was kept.
fn within(before: &str, after: &str, pieces: &mut Pieces) {
    let old: Vec<&str> = before.split_word_bounds().collect();
    let new: Vec<&str> = after.split_word_bounds().collect();
    let runs =
        if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > WORDS_MOST {
            Vec::new()
        } else {
            diff_slices(Algorithm::Myers, &old, &new)
        };
    let kept: usize = runs
        .iter()
        .filter(|(tag, _)| *tag == ChangeTag::Equal)
        .map(|(_, run)| words(run))
        .sum();
    if kept * 100 < KEPT_LEAST * words(&old).max(words(&new)) || kept == 0 {
        pieces.push(ChangeTag::Delete, before);
        pieces.push(ChangeTag::Insert, after);
        return;
    }
    let last = runs.len().saturating_sub(1);
    for (place, (tag, run)) in runs.iter().enumerate() {
        let text = run.concat();
        // A lone word or space between two changes is told with both, so that phrases read whole.
        let between = place > 0 && place < last && *tag == ChangeTag::Equal;
        if between && words(run) < 2 && !run.contains(&"\n") {
            pieces.push(ChangeTag::Delete, &text);
            pieces.push(ChangeTag::Insert, &text);
        } else {
            pieces.push(*tag, &text);
        }
    }
}

/// How many of these are words, and not space or punctuation.
fn words(run: &[&str]) -> usize {
    run.iter()
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .count()
}

/// Pieces as they come together: within one change all that was removed stands before all that
/// was added.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    removed: String,
    added: String,
}

impl Pieces {
    fn push(&mut self, tag: ChangeTag, text: &str) {
        match tag {
            ChangeTag::Delete => self.removed.push_str(text),
            ChangeTag::Insert => self.added.push_str(text),
            ChangeTag::Equal if text.is_empty() => {}
            ChangeTag::Equal => {
                self.settle();
                match self.done.last_mut() {
                    Some(Piece::Kept(kept)) => kept.push_str(text),
                    _ => self.done.push(Piece::Kept(text.to_owned())),
                }
            }
        }
    }

    fn settle(&mut self) {
        let (removed, added) = (
            std::mem::take(&mut self.removed),
            std::mem::take(&mut self.added),
        );
        if removed == added {
            if !removed.is_empty() {
                self.push(ChangeTag::Equal, &removed);
            }
            return;
        }
        // The space that both end with did not change.
        let space = common_space(&removed, &added).to_owned();
        for (piece, text) in [
            (Piece::Removed as fn(String) -> Piece, removed),
            (Piece::Added, added),
        ] {
            let told = &text[..text.len() - space.len()];
            if !told.is_empty() {
                self.done.push(piece(told.to_owned()));
            }
        }
        self.push(ChangeTag::Equal, &space);
    }

    fn done(mut self) -> Vec<Piece> {
        self.settle();
        self.done
    }
}

/// The white space that two texts both end with.
fn common_space<'a>(one: &'a str, other: &str) -> &'a str {
    let same: usize = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(one, other)| one == other && one.is_whitespace())
        .map(|(space, _)| space.len_utf8())
        .sum();
    &one[one.len() - same..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(text: &str) -> Piece {
        Piece::Kept(text.into())
    }
    fn removed(text: &str) -> Piece {
        Piece::Removed(text.into())
    }
    fn added(text: &str) -> Piece {
        Piece::Added(text.into())
    }

    #[test]
    fn equal_texts_are_kept_whole() {
        assert_eq!(
            compare("One. Two.\nThree.", "One. Two.\nThree."),
            [kept("One. Two.\nThree.")]
        );
        assert_eq!(compare("", ""), []);
        assert!(!differs(&compare("a", "a")));
    }

    #[test]
    fn one_word_changed_is_one_word_told() {
        assert_eq!(
            compare(
                "We disclose it when reasonably necessary to protect our rights.",
                "We disclose it when strictly necessary to protect our rights."
            ),
            [
                kept("We disclose it when "),
                removed("reasonably"),
                added("strictly"),
                kept(" necessary to protect our rights.")
            ]
        );
    }

    #[test]
    fn a_phrase_reads_whole_though_a_word_of_it_was_kept() {
        assert_eq!(
            compare(
                "In an emergency where safety is at risk we may disclose what we hold of them.",
                "In an emergency where life and safety or limb is at risk we may disclose what we hold of them."
            ),
            [
                kept("In an emergency where "),
                removed("safety"),
                added("life and safety or limb"),
                kept(" is at risk we may disclose what we hold of them.")
            ]
        );
    }

    #[test]
    fn a_sentence_rewritten_stands_whole_beside_the_old_one() {
        assert_eq!(
            compare(
                "We promise this. A court may order us to speak. That is all.",
                "We promise this. Judges compel disclosure now and then. That is all."
            ),
            [
                kept("We promise this. "),
                removed("A court may order us to speak."),
                added("Judges compel disclosure now and then."),
                kept(" That is all.")
            ]
        );
    }

    #[test]
    fn a_sentence_put_in_is_added_and_nothing_else_moves() {
        assert_eq!(
            compare(
                "One stays. Two stays.",
                "One stays. A third comes. Two stays."
            ),
            [
                kept("One stays. "),
                added("A third comes. "),
                kept("Two stays.")
            ]
        );
    }

    #[test]
    fn texts_too_long_to_compare_word_by_word_stand_whole() {
        let (before, after) = ("a ".repeat(5_000), "b ".repeat(5_000));
        assert_eq!(
            compare(&before, &after),
            [
                removed(before.trim_end()),
                added(after.trim_end()),
                kept(" ")
            ]
        );
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts_to_the_letter(
            before in "([A-Ca-cÄß ]{0,6}[ .!?\n,]){0,12}",
            after in "([A-Ca-cÄß ]{0,6}[ .!?\n,]){0,12}",
        ) {
            let (mut old, mut new) = (String::new(), String::new());
            let pieces = compare(&before, &after);
            for piece in &pieces {
                match piece {
                    Piece::Kept(text) => { old.push_str(text); new.push_str(text); }
                    Piece::Removed(text) => old.push_str(text),
                    Piece::Added(text) => new.push_str(text),
                }
            }
            prop_assert_eq!(old, before.clone());
            prop_assert_eq!(new, after.clone());
            prop_assert_eq!(differs(&pieces), before != after);
        }
    }
}
