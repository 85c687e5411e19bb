//! One field of a form: label, hint, fault and control, tied together for those who cannot see
//! that they stand together.

use leptos::prelude::*;

mod shown;

/// Codes and words of a closed list, in order.
pub type Choices = Vec<(String, String)>;

/// What kind of control it is.
#[derive(Clone, Debug)]
pub enum Kind {
    Line,
    Prose,
    Date,
    Time,
    Moment,
    Zone,
    Password,
    Select(Choices),
    Radios(Choices),
    Tick,
}

/// A field, as told so far; a view shows it by naming it.
#[derive(Clone, Debug)]
pub struct Field {
    name: String,
    label: String,
    kind: Kind,
    value: String,
    fault: Option<String>,
    hint: Option<String>,
    optional: bool,
    rows: u8,
    fill: Option<&'static str>,
    asked_of: Option<String>,
    in_a_row: bool,
    first: bool,
}

impl Field {
    pub(super) fn new(
        name: &str,
        label: &str,
        kind: Kind,
        value: &str,
        fault: Option<String>,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            value: value.into(),
            fault,
            hint: None,
            optional: false,
            rows: 4,
            fill: None,
            asked_of: None,
            in_a_row: false,
            first: false,
        }
    }

    /// A word of help; a blank one is none.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = (!hint.is_empty()).then(|| hint.to_owned());
        self
    }

    /// May be left out. What may not is not marked: most may not.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// How many lines a passage shows at first.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// What the browser may fill in, in its own terms.
    #[must_use]
    pub fn fill(mut self, fill: &'static str) -> Self {
        self.fill = Some(fill);
        self
    }

    /// What is filled in where nothing was typed.
    #[must_use]
    pub fn or(mut self, value: &str) -> Self {
        if self.value.is_empty() {
            value.clone_into(&mut self.value);
        }
        self
    }

    /// Only asked where one of these, by their codes, is chosen; the style sheet hides it else.
    #[must_use]
    pub fn asked_of(mut self, codes: String) -> Self {
        self.asked_of = Some(codes);
        self
    }

    /// Typing begins here as soon as the page is there, unless a fault summary asks for attention.
    #[must_use]
    pub fn first(mut self) -> Self {
        self.first = true;
        self
    }

    /// Short choices stand beside each other.
    #[must_use]
    pub fn in_a_row(mut self) -> Self {
        self.in_a_row = true;
        self
    }
}

/// The options of a menu, one of them chosen.
pub fn options(choices: &Choices, chosen: &str) -> AnyView {
    choices
        .iter()
        .map(|(code, word)| {
            view! { <option value=code.clone() selected=code == chosen>{word.clone()}</option> }
        })
        .collect_view()
        .into_any()
}

/// The names of time zones that the zone fields of a page suggest; any other is taken too.
pub fn zones() -> AnyView {
    const COMMON: &[&str] = &[
        "UTC",
        "Europe/Vienna",
        "Europe/Berlin",
        "Europe/Paris",
        "Europe/London",
        "Europe/Dublin",
        "Europe/Madrid",
        "Europe/Rome",
        "Europe/Warsaw",
        "Europe/Athens",
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Sao_Paulo",
        "America/Toronto",
        "Asia/Dubai",
        "Asia/Kolkata",
        "Asia/Singapore",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Pacific/Auckland",
    ];
    view! {
        <datalist id="zones">
            {COMMON.iter().map(|name| view! { <option value=*name></option> }).collect_view()}
        </datalist>
    }
    .into_any()
}
