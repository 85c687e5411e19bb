//! Of the template language, what is let in: `{{ field }}`, `{{ list | listed }}`, `{% if %}` with
//! `and`, `or`, `not`, `==` and `!=`, `{% for item in list %}`, `{# a remark #}`.
//!
//! The rest is kept out by looking at the tags alone, letter by letter: no brackets (calls, lists,
//! slices), no operators that make longer texts, no statements that define.
//!
//! A tag has to end here where the language's own reader ends it, else what follows would be looked
//! at as text and read as more of the tag. That reader passes over an end in three places: within
//! brackets, after a backslash and in a quotation. The first two are refused as letters; a tag whose
//! quotation is still open at its first end is refused as well ([`is_quoting`]). In a remark neither
//! of the two minds quotations.

/// Statements that a template may make.
const STATEMENTS: &[&str] = &["if", "elif", "else", "endif", "for", "endfor"];
/// Most statements open within one another, and most characters of one tag: the language's reader
/// goes down a step of its stack for each, and a stack that ends takes the whole process with it.
const DEPTH_MOST: usize = 12;
const TAG_MOST: usize = 200;

/// What of a source is not let in, each with its line.
pub fn faults(source: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = source;
    let mut line = 1;
    let mut open = Vec::new();
    while let Some(at) = rest.find('{') {
        line += newlines(&rest[..at]);
        rest = &rest[at..];
        let end = match rest.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                rest = &rest[1..];
                continue;
            }
        };
        let Some(length) = rest[2..].find(end) else {
            faults.push(format!(
                "Line {line}: \u{201c}{}\u{201d} is opened here and never closed.",
                &rest[..2]
            ));
            break;
        };
        let inner = &rest[2..2 + length];
        if end != "#}"
            && let Some(says) = odd(inner, end == "%}")
        {
            faults.push(format!("Line {line}: {says}"));
        }
        if end == "%}" {
            nest(&mut open, first_word(inner));
            if open.iter().sum::<usize>() > DEPTH_MOST {
                faults.push(format!(
                    "Line {line}: more than {DEPTH_MOST} of if, elif and for are open here; close some."
                ));
                break;
            }
        }
        line += newlines(inner);
        rest = &rest[2 + length + 2..];
    }
    faults
}

/// What of one tag is not let in.
fn odd(inner: &str, statement: bool) -> Option<String> {
    let strange = inner
        .chars()
        .find(|c| !(c.is_alphanumeric() || c.is_whitespace() || "_.|=!<>,'\"-".contains(*c)));
    if let Some(c) = strange {
        return Some(format!(
            "\u{201c}{c}\u{201d} has no use between the braces; a template tells fields, asks for them and goes through lists."
        ));
    }
    if is_quoting(inner) {
        return Some("a quotation is not closed before the braces are.".to_owned());
    }
    if inner.chars().count() > TAG_MOST {
        return Some(format!(
            "what stands between the braces is longer than {TAG_MOST} characters."
        ));
    }
    let first = first_word(inner);
    if statement && !STATEMENTS.contains(&first) {
        return Some(format!(
            "there is no \u{201c}{first}\u{201d} here; a template knows if, elif, else, endif, for and endfor."
        ));
    }
    names(inner)
        .any(|word| word == "recursive")
        .then(|| "a list cannot be gone through in circles.".to_owned())
}

/// Whether a quotation is open where the tag ends. Within one the other mark is a letter.
fn is_quoting(inner: &str) -> bool {
    let mut open = None;
    for mark in inner.chars().filter(|c| "'\"".contains(*c)) {
        open = match open {
            None => Some(mark),
            Some(begun) if begun == mark => None,
            within => within,
        };
    }
    open.is_some()
}

/// The words of the language in a tag, also where a sign touches them.
fn names(inner: &str) -> impl Iterator<Item = &str> {
    inner.split(|c: char| !c.is_alphanumeric() && c != '_')
}

fn first_word(inner: &str) -> &str {
    let words = inner.trim_matches(|c: char| c == '-' || c.is_whitespace());
    words.split_whitespace().next().unwrap_or("")
}

/// What is open after a statement: one for each `if` and `for`, and for each `elif` within it.
fn nest(open: &mut Vec<usize>, statement: &str) {
    match statement {
        "if" | "for" => open.push(1),
        "elif" => {
            if let Some(last) = open.last_mut() {
                *last += 1;
            }
        }
        "endif" | "endfor" => {
            open.pop();
        }
        _ => {}
    }
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

/// The first line that has this name in it.
pub fn line_of(source: &str, name: &str) -> String {
    let holds = |line: &str| names(line).any(|word| word == name);
    let place = source.lines().position(holds).unwrap_or(0);
    format!("Line {}", place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_letter_needs_is_let_in() {
        let source = "Dear {{ person }},\n{% if due and not confirms_nothing %}\nby {{ due }}\n{% endif %}\n{% for item in refused %}\n- {{ item.category }}{% if item.code == 'vague' %}!{% endif %}\n{%- endfor -%}\n{{ requested | listed }} {# braces { and [ are words here #} {single}";
        assert_eq!(faults(source), Vec::<String>::new());
    }

    #[test]
    fn what_could_grow_call_or_define_is_kept_out() {
        for hostile in [
            "{{ 'a' * 1000000 }}",
            "{{ person ~ person }}",
            "{% set x = person %}",
            "{% macro m() %}{% endmacro %}",
            "{% include 'other' %}",
            "{% for a in [person, person] %}{% endfor %}",
            "{{ range(1000000) }}",
            "{{ person | replace('a', 'b') }}",
            "{% for a in requested recursive %}{% endfor %}",
            "{% for a in requested recursive-%}{% endfor %}",
            "{%- raw %}{{ 'x' }}{% endraw %}",
            "{{ person[0] }}",
            "{{ {'a': 1} }}",
            "{{ person",
            "{% if person",
            "{# never closed",
        ] {
            assert!(!faults(hostile).is_empty(), "{hostile}");
        }
    }

    #[test]
    fn a_quotation_does_not_hide_what_follows_it() {
        for hostile in [
            "{{ 'a}}' * 25000000 }}",
            "{{ \"a}}\" * 25000000 }}",
            "{{- 'a-}}' * 9 -}}",
            "{{ '\"}}\"' * 9 }}",
            "{{ \"it's}}\" * 9 }}",
            "{% if '%}' * 9 %}x{% endif %}",
            "{%- if '-%}' * 9 -%}x{%- endif -%}",
            "{{ '}} {# ' * 9 }} #}",
            "{{ '}}{% raw %}' * 9 }}{% endraw %}",
            "{{ 'a\\'}}' * 9 }}",
            "{{ {'a}}': 9 }} }}",
        ] {
            assert!(!faults(hostile).is_empty(), "{hostile}");
        }
        let source = "{% if item.code == \"don't\" %}{# don't {{ \" #}{% endif %}it's";
        assert_eq!(faults(source), Vec::<String>::new());
    }

    #[test]
    fn what_is_let_in_makes_no_text_longer() {
        const PIECES: [&str; 22] = [
            "{{", "}}", "{%", "%}", "{#", "#}", "'", "\"", "'ab'", " * 9 ", "-", " ", "\n", "}",
            "{", "if 1", "endif", "raw", "endraw", "\\", "#", "%",
        ];
        let mut dice = scenes::Dice::thrown(4);
        let mut let_in = 0;
        for _ in 0..60_000 {
            let pieces = 4 + dice.below(10);
            let source: String = (0..pieces)
                .map(|_| PIECES[dice.below(22) as usize])
                .collect();
            if !faults(&source).is_empty() {
                continue;
            }
            let_in += 1;
            let environment = minijinja::Environment::empty();
            if let Ok(told) = environment.render_str(&source, ()) {
                assert!(told.len() <= source.len(), "{source:?} tells {told:?}");
            }
        }
        assert!(let_in > 1_000, "{let_in}");
    }

    #[test]
    fn the_line_of_a_fault_is_told() {
        let told = faults("one\ntwo {{ person }}\n{{ a + b }}");
        assert!(told[0].starts_with("Line 3: "), "{told:?}");
        assert_eq!(line_of("a\n{{ bogus }}", "bogus"), "Line 2");
    }
}
