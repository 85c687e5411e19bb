//! A draft that keeps itself a moment after the last keystroke.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::{html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    FormData, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent, UrlSearchParams, js_sys,
};

use super::send::{Answer, Body, send};

/// Long enough not to keep half words, short enough to lose little.
const PAUSE: Duration = Duration::from_secs(2);

/// Keeps the form that it stands in, and says when it did.
#[island]
pub fn DraftKeeper() -> impl IntoView {
    let here = NodeRef::<html::P>::new();
    let says = RwSignal::new(String::new());
    Effect::new(move |_| {
        let form = here
            .get()
            .and_then(|here| here.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            Keeper::new(form, says).watch();
        }
    });
    view! { <p class="kept" role="status" node_ref=here>{says}</p> }
}

/// What keeping a form needs to know.
struct Keeper {
    form: HtmlFormElement,
    says: RwSignal<String>,
    timer: Cell<Option<TimeoutHandle>>,
    /// A keep is on its way, and the form's `seen` is about to change.
    busy: Cell<bool>,
    /// More was typed meanwhile.
    again: Cell<bool>,
    /// The button that was pressed meanwhile: the form is sent once `seen` is right.
    pressed: RefCell<Option<HtmlElement>>,
}

impl Keeper {
    fn new(form: HtmlFormElement, says: RwSignal<String>) -> Rc<Self> {
        Rc::new(Self {
            form,
            says,
            timer: Cell::new(None),
            busy: Cell::new(false),
            again: Cell::new(false),
            pressed: RefCell::new(None),
        })
    }

    fn watch(self: Rc<Self>) {
        let typing = self.clone();
        let typed = Closure::<dyn Fn()>::new(move || typing.clone().later());
        let leaving = self.clone();
        let submitted =
            Closure::<dyn Fn(SubmitEvent)>::new(move |event: SubmitEvent| leaving.leave(&event));
        let heard = [
            self.form
                .add_event_listener_with_callback("input", typed.as_ref().unchecked_ref()),
            self.form
                .add_event_listener_with_callback("submit", submitted.as_ref().unchecked_ref()),
        ];
        debug_assert!(heard.iter().all(Result::is_ok), "a form takes listeners");
        typed.forget();
        submitted.forget();
    }

    fn later(self: Rc<Self>) {
        self.stop();
        let keeper = self.clone();
        self.timer
            .set(set_timeout_with_handle(move || keeper.keep(), PAUSE).ok());
    }

    fn stop(&self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
    }

    fn keep(self: Rc<Self>) {
        if self.busy.replace(true) {
            self.again.set(true);
            return;
        }
        let keeper = self.clone();
        let sent = self.fields().and_then(|fields| {
            send(
                &self.form.action(),
                &Body::Fields(fields),
                |_| {},
                move |answer| keeper.clone().kept(&answer),
            )
        });
        if sent.is_none() {
            self.busy.set(false);
        }
    }

    fn fields(&self) -> Option<UrlSearchParams> {
        let data = FormData::new_with_form(&self.form).ok()?;
        data.set_with_str("do", "keep").ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
    }

    fn kept(self: Rc<Self>, answer: &Answer) {
        self.busy.set(false);
        if answer.done() {
            self.follow(answer);
            let now = js_sys::Date::new_0();
            self.says.set(format!(
                "Draft kept {:02}:{:02} UTC.",
                now.get_utc_hours(),
                now.get_utc_minutes()
            ));
        } else {
            self.says
                .set(format!("The draft was not kept. {}", answer.trouble()));
        }
        if let Some(button) = self.pressed.take() {
            let sent = self.form.request_submit_with_submitter(Some(&button));
            debug_assert!(sent.is_ok(), "the button belongs to this form");
        } else if self.again.replace(false) {
            self.later();
        }
    }

    /// The form now stands on the state that was just kept; a new case has an address from its
    /// first keep on, which a reader who reloads the page must find.
    fn follow(&self, answer: &Answer) {
        if let (Some(seen), Some(input)) = (answer.text("seen"), self.seen()) {
            input.set_value(&seen);
        }
        if let Some(location) = answer.text("location") {
            self.form.set_action(&location);
            let history = window().history();
            let moved = history.and_then(|history| {
                history.replace_state_with_url(&JsValue::NULL, "", Some(&location))
            });
            debug_assert!(moved.is_ok(), "the address is one of ours");
        }
    }

    fn seen(&self) -> Option<HtmlInputElement> {
        self.form
            .query_selector("input[name=seen]")
            .ok()??
            .dyn_into()
            .ok()
    }

    /// A form that is sent while a keep is on its way would tell a state that is no longer the
    /// newest, and be refused for it.
    fn leave(&self, event: &SubmitEvent) {
        self.stop();
        self.again.set(false);
        if self.busy.get() {
            event.prevent_default();
            *self.pressed.borrow_mut() = event.submitter();
        }
    }
}
