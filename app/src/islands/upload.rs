//! Sending orders with their progress. Without script the form sends itself.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent};

use super::send::{Answer, Body, send};

/// A file on its way.
#[derive(Clone, PartialEq)]
struct OnItsWay {
    name: String,
    size: f64,
    /// How many bytes go before it: one request carries all files, one after the other.
    before: f64,
}

/// Makes the form it stands in tell how far the sending is.
#[island]
pub fn OrderUpload() -> impl IntoView {
    let here = NodeRef::<html::Div>::new();
    let files = RwSignal::new(Vec::<OnItsWay>::new());
    let sent = RwSignal::new(0_f64);
    let says = RwSignal::new(String::new());
    let trouble = RwSignal::new(String::new());

    Effect::new(move |_| {
        let form = here
            .get()
            .and_then(|here| here.closest("form").ok().flatten());
        let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let sending = form.clone();
        let submitted = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let chosen = chosen(&sending);
            // With nothing chosen the server says what is missing, beside the field.
            let Some(data) = FormData::new_with_form(&sending)
                .ok()
                .filter(|_| !chosen.is_empty())
            else {
                return;
            };
            event.prevent_default();
            files.set(chosen);
            sent.set(0.0);
            trouble.set(String::new());
            says.set("Sending.".into());
            lock(&sending, true);
            let after = sending.clone();
            send(
                &sending.action(),
                &Body::Files(data),
                |request| {
                    let progressed =
                        Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
                            sent.set(event.loaded());
                            if event.loaded() >= event.total() {
                                says.set("Sent. The desk is checking and sealing.".into());
                            }
                        });
                    if let Ok(upload) = request.upload() {
                        upload.set_onprogress(Some(progressed.as_ref().unchecked_ref()));
                    }
                    progressed.forget();
                },
                move |answer| answered(&answer, &after, says, trouble),
            );
        });
        let heard =
            form.add_event_listener_with_callback("submit", submitted.as_ref().unchecked_ref());
        debug_assert!(heard.is_ok(), "a form takes a listener");
        submitted.forget();
    });

    let progress = move || {
        let each = files.get().into_iter().map(|file| {
            let done = move || (sent.get() - file.before).clamp(0.0, file.size);
            view! {
                <li>
                    <label>
                        <span>{file.name.clone()}</span>
                        <progress max=file.size.to_string() prop:value=done></progress>
                    </label>
                </li>
            }
        });
        each.collect_view()
    };
    view! {
        <div class="progress" node_ref=here>
            <ul>{progress}</ul>
            <p role="status">{says}</p>
            <p role="alert" class="fault">{trouble}</p>
        </div>
    }
}

/// The files that the form holds now.
fn chosen(form: &HtmlFormElement) -> Vec<OnItsWay> {
    let input = form.query_selector("input[type=file]").ok().flatten();
    let list = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()?.files());
    let Some(list) = list else { return Vec::new() };
    let mut before = 0.0;
    (0..list.length())
        .filter_map(|place| list.get(place))
        .map(|file| {
            let one = OnItsWay {
                name: file.name(),
                size: file.size(),
                before,
            };
            before += one.size;
            one
        })
        .collect()
}

fn answered(
    answer: &Answer,
    form: &HtmlFormElement,
    says: RwSignal<String>,
    trouble: RwSignal<String>,
) {
    if let Some(location) = answer.text("location").filter(|_| answer.done()) {
        says.set("Attached.".into());
        if window().location().assign(&location).is_err() {
            trouble.set("The files are attached; open the case again to see them.".into());
        }
    } else {
        lock(form, false);
        says.set("Not everything was attached.".into());
        trouble.set(answer.trouble());
    }
}

/// A form on its way is not sent twice.
fn lock(form: &HtmlFormElement, locked: bool) {
    if let Some(button) = form.query_selector("button").ok().flatten() {
        let set = if locked {
            button.set_attribute("disabled", "")
        } else {
            button.remove_attribute("disabled")
        };
        debug_assert!(set.is_ok(), "the attribute's name is valid");
    }
}
