//! Of the template language, what is let in: `{{ field }}`, `{{ list | listed }}`, `{% if %}` with
//! `and`, `or`, `not`, `==` and `!=`, `{% for item in list %}`, `{# a remark #}`.
//!
//! The rest is kept out by looking at the tags alone, letter by letter: no brackets (calls, lists,
//! slices), no operators that make longer texts, no statements that define. What is looked at is
//! more than what the language's own reader will find, never less, since it takes each opening brace
//! pair for a tag wherever it stands.

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
    inner
        .split_whitespace()
        .any(|word| word == "recursive")
        .then(|| "a list cannot be gone through in circles.".to_owned())
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
    let holds = |line: &str| {
        line.split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name)
    };
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
    fn the_line_of_a_fault_is_told() {
        let told = faults("one\ntwo {{ person }}\n{{ a + b }}");
        assert!(told[0].starts_with("Line 3: "), "{told:?}");
        assert_eq!(line_of("a\n{{ bogus }}", "bogus"), "Line 2");
    }
}
