//! One field of a form: label, hint, fault and control, tied together for those who cannot see
//! that they stand together.

use jiff::civil;
use leptos::{either::EitherOf3, prelude::*};

use crate::parts::form::id;

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

    /// Short choices stand beside each other.
    #[must_use]
    pub fn in_a_row(mut self) -> Self {
        self.in_a_row = true;
        self
    }

    fn described_by(&self) -> Option<String> {
        let id = id(&self.name);
        let hint = self.hint.is_some().then(|| format!("{id}-hint"));
        let fault = self.fault.is_some().then(|| format!("{id}-fault"));
        let both: Vec<String> = hint.into_iter().chain(fault).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn beside(&self) -> AnyView {
        let id = id(&self.name);
        let hint = self
            .hint
            .clone()
            .map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
        let fault = self
            .fault
            .clone()
            .map(|says| view! { <p class="fault" id=format!("{id}-fault")>{says}</p> });
        view! { {hint}{fault} }.into_any()
    }

    fn label(&self) -> AnyView {
        let optional = self
            .optional
            .then(|| view! { " " <span class="optional">"optional"</span> });
        view! { {self.label.clone()}{optional} }.into_any()
    }

    /// A menu, a passage or a one-line control.
    fn control(&self) -> AnyView {
        let id = id(&self.name);
        let name = self.name.clone();
        let described = self.described_by();
        let invalid = self.fault.is_some().then_some("true");
        let value = self.value.clone();
        match &self.kind {
            Kind::Prose => EitherOf3::A(view! {
                <textarea id=id name=name rows=self.rows.to_string() aria-describedby=described aria-invalid=invalid>
                    {value}
                </textarea>
            }),
            Kind::Select(choices) => EitherOf3::B(view! {
                <select id=id name=name aria-describedby=described aria-invalid=invalid>
                    <option value="">"Choose"</option>
                    {options(choices, &value)}
                </select>
            }),
            kind => EitherOf3::C(view! {
                <input
                    id=id
                    name=name
                    type=input_type(kind, &value)
                    value=value
                    list=matches!(kind, Kind::Zone).then_some("zones")
                    autocomplete=self.fill.unwrap_or("off")
                    aria-describedby=described
                    aria-invalid=invalid
                />
            }),
        }
        .into_any()
    }

    fn radios(&self, choices: &Choices) -> AnyView {
        let id = id(&self.name);
        let name = self.name.clone();
        let value = self.value.clone();
        let invalid = self.fault.is_some().then_some("true");
        let each = choices.iter().enumerate().map(|(place, (code, word))| {
            // The first carries the plain id: that is where a fault's link leads.
            let id = if place == 0 { id.clone() } else { format!("{id}-{code}") };
            let checked = *code == value;
            view! {
                <label class="choice">
                    <input type="radio" id=id name=name.clone() value=code.clone() checked=checked aria-invalid=invalid/>
                    <span>{word.clone()}</span>
                </label>
            }
        });
        view! { <div class="choices" data-row=self.in_a_row.then_some("")>{each.collect_view()}</div> }.into_any()
    }

    fn tick(&self) -> AnyView {
        let id = id(&self.name);
        let described = self.described_by();
        let invalid = self.fault.is_some().then_some("true");
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    id=id
                    name=self.name.clone()
                    value="yes"
                    checked=self.value == "yes"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <span>{self.label.clone()}</span>
            </label>
            {self.beside()}
        }
        .into_any()
    }

    fn shape(&self) -> &'static str {
        match self.kind {
            Kind::Prose => "prose",
            Kind::Date | Kind::Time => "brief",
            Kind::Moment | Kind::Zone => "medium",
            _ => "line",
        }
    }
}

impl IntoRender for Field {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        let asked_of = self.asked_of.clone();
        let faulty = self.fault.is_some().then_some("");
        match &self.kind {
            Kind::Radios(choices) => view! {
                <fieldset class="field" data-for=asked_of data-faulty=faulty aria-describedby=self.described_by()>
                    <legend>{self.label()}</legend>
                    {self.beside()}
                    {self.radios(choices)}
                </fieldset>
            }
            .into_any(),
            Kind::Tick => view! {
                <div class="field" data-for=asked_of data-faulty=faulty>{self.tick()}</div>
            }
            .into_any(),
            _ => view! {
                <div class="field" data-shape=self.shape() data-for=asked_of data-faulty=faulty>
                    <label for=id(&self.name)>{self.label()}</label>
                    {self.beside()}
                    {self.control()}
                </div>
            }
            .into_any(),
        }
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

/// What a browser cannot put into its own control is shown as text, as it was typed: an empty
/// date control would lose it.
fn input_type(kind: &Kind, value: &str) -> &'static str {
    let fits = value.is_empty()
        || match kind {
            Kind::Date => value.parse::<civil::Date>().is_ok(),
            Kind::Time => value.parse::<civil::Time>().is_ok(),
            Kind::Moment => value.parse::<civil::DateTime>().is_ok(),
            _ => true,
        };
    match kind {
        Kind::Password => "password",
        Kind::Date if fits => "date",
        Kind::Time if fits => "time",
        Kind::Moment if fits => "datetime-local",
        _ => "text",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_date_control_cannot_hold_is_kept_as_text() {
        assert_eq!(input_type(&Kind::Date, "2026-03-31"), "date");
        assert_eq!(input_type(&Kind::Date, "tomorrow"), "text");
        assert_eq!(input_type(&Kind::Moment, ""), "datetime-local");
        assert_eq!(
            input_type(&Kind::Moment, "2026-03-31T17:00"),
            "datetime-local"
        );
    }
}
