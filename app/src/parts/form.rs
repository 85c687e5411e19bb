//! A form: filled with what was typed, else with what the case holds; its faults at the top and
//! beside their fields.

use casework::form::{Choice, Fields};
use leptos::prelude::*;

use crate::{
    parts::field::{Choices, Field, Kind},
    returned::Returned,
};

/// The form of a page.
#[derive(Clone, Debug)]
pub struct Form {
    fields: Fields,
    returned: Option<Returned>,
}

impl Form {
    /// As it came back, if this page answers one; else filled with these.
    pub fn filled(fields: Fields) -> Self {
        let returned = Returned::here();
        let fields = returned
            .as_ref()
            .map_or(fields, |returned| returned.fields.clone());
        Self { fields, returned }
    }

    /// Nothing filled in, unless it came back.
    pub fn blank() -> Self {
        Self::filled(Fields::new())
    }

    /// What is filled in.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What is wrong with a field.
    pub fn fault(&self, name: &str) -> Option<String> {
        self.returned.as_ref()?.fault(name)
    }

    /// Whether something is wrong with a field that this is true of.
    pub fn blames(&self, field: impl Fn(&str) -> bool) -> bool {
        self.returned
            .as_ref()
            .is_some_and(|returned| returned.all().iter().any(|fault| field(&fault.field)))
    }

    /// Marks a control that is made by hand as faulty, where it is.
    pub fn faulty(&self, name: &str) -> Option<&'static str> {
        self.fault(name).map(|_| "")
    }

    /// The fault beside a control that is made by hand.
    pub fn told(&self, name: &str) -> Option<AnyView> {
        let says = self.fault(name)?;
        Some(view! { <p class="fault" id=format!("{}-fault", id(name))>{says}</p> }.into_any())
    }

    /// What a control that is made by hand is described by: its fault, if it has one.
    pub fn described(&self, name: &str) -> Option<String> {
        self.fault(name).map(|_| format!("{}-fault", id(name)))
    }

    /// Every fault at the top, each with a link to its field; what changed meanwhile; what is
    /// wrong with the form as a whole.
    pub fn summary(&self) -> Option<AnyView> {
        let returned = self.returned.clone()?;
        if returned.says.is_none() && returned.all().is_empty() && returned.changed.is_empty() {
            return None;
        }
        let faults = returned.all().to_vec();
        let count = faults.len();
        let head = match (&returned.says, count) {
            _ if !returned.changed.is_empty() => "The case changed while you worked on it.".into(),
            (Some(says), _) => says.clone(),
            (None, 1) => "One thing needs mending.".into(),
            (None, 0) => "Nothing was changed.".into(),
            (None, _) => format!("{count} things need mending."),
        };
        let changed = (!returned.changed.is_empty()).then(|| {
            view! {
                <h3>"What changed meanwhile"</h3>
                <ul>{returned.changed.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                <p>"What you typed is kept below. Look at the case as it is now, then send it again."</p>
            }
        });
        let list = (count > 0).then(|| {
            view! {
                <ul>
                    {faults
                        .into_iter()
                        .map(|fault| view! { <li><a href=format!("#{}", id(&fault.field))>{fault.says}</a></li> })
                        .collect_view()}
                </ul>
            }
        });
        Some(
            view! {
                <div class="faults" role="alert" tabindex="-1" autofocus=true>
                    <h2>{head}</h2>
                    {list}
                    {changed}
                </div>
            }
            .into_any(),
        )
    }

    /// Which state of the case this form was made from. A form that came back was made from the
    /// state it was just shown beside, so it tells the new one.
    pub fn seen(version: u32) -> AnyView {
        hidden("seen", &version.to_string())
    }

    /// One line of text.
    pub fn line(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Line)
    }

    /// A passage of text.
    pub fn prose(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Prose)
    }

    /// A day.
    pub fn date(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Date)
    }

    /// A time of day.
    pub fn time(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Time)
    }

    /// A local date and time; its zone is a field of its own.
    pub fn moment(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Moment)
    }

    /// A time zone by its name.
    pub fn zone(&self, name: &str) -> Field {
        self.field(name, "Time zone", Kind::Zone)
            .hint("By its name: Europe/Vienna, America/New_York, UTC.")
    }

    /// A password; never filled in.
    pub fn password(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Password)
    }

    /// One of a closed list, from a menu.
    pub fn select<C: Choice>(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Select(choices(C::all().iter().copied())))
    }

    /// One of a list that the desk keeps, from a menu: codes and words.
    pub fn select_of(&self, name: &str, label: &str, choices: Choices) -> Field {
        self.field(name, label, Kind::Select(choices))
    }

    /// One of these, all in sight: codes and words.
    pub fn radios_of(&self, name: &str, label: &str, choices: Choices) -> Field {
        self.field(name, label, Kind::Radios(choices))
    }

    /// One of a closed list, all in sight.
    pub fn radios<C: Choice>(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Radios(choices(C::all().iter().copied())))
    }

    /// Yes or no; unanswered until it is.
    pub fn yes_no(&self, name: &str, label: &str) -> Field {
        let both = vec![
            ("yes".to_owned(), "Yes".to_owned()),
            ("no".to_owned(), "No".to_owned()),
        ];
        self.field(name, label, Kind::Radios(both)).in_a_row()
    }

    /// A box to tick.
    pub fn tick(&self, name: &str, label: &str) -> Field {
        self.field(name, label, Kind::Tick)
    }

    /// Any other control.
    pub fn field(&self, name: &str, label: &str, kind: Kind) -> Field {
        Field::new(name, label, kind, self.fields.get(name), self.fault(name))
    }
}

/// The codes and words of a closed list.
pub fn choices<C: Choice>(all: impl Iterator<Item = C>) -> Choices {
    all.map(|one| (one.code().to_owned(), one.word().to_owned()))
        .collect()
}

/// A field nobody sees.
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }.into_any()
}

/// What a field is called in the page, so that a fault can point to it.
pub fn id(name: &str) -> String {
    format!("f-{}", name.replace(['.', '/'], "-"))
}
