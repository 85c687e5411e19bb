//! How a field is shown.

use jiff::civil;
use leptos::{either::EitherOf3, prelude::*};

use super::{Choices, Field, Kind, options};
use crate::parts::form::id;

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

impl Field {
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
                    {textarea(&value)}
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
                    autofocus=self.first && crate::returned::Returned::here().is_none()
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
            let id = if place == 0 {
                id.clone()
            } else {
                format!("{id}-{code}")
            };
            let checked = *code == value;
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        value=code.clone()
                        checked=checked
                        aria-invalid=invalid
                    />
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

/// The contents of a `<textarea>`, as markup. Leptos writes them unescaped, so what was typed would
/// become markup; and a browser drops a line break that comes first, so one is put before.
/// `&` and `<` are all that could be read as other than text there (HTML, RCDATA state).
fn textarea(value: &str) -> String {
    format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"))
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
