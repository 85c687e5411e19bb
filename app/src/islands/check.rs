//! Verifying a record inside the page. The checker is a WASM module of its own, which the page of
//! this island loads as soon as it opens: from then on nothing is asked of anybody, and nothing
//! that is checked leaves the machine.

use std::sync::Arc;

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DragEvent, Event, File, HtmlInputElement};

mod module;
mod told;
mod verdict;

pub use module::PROMISED;
use module::{Checker, Evidence};
use told::Told;

/// Where the check stands.
#[derive(Clone)]
enum Stage {
    Loading,
    /// The checker or a file could not be read; says why.
    Stuck(String),
    Ready,
    Checking(String),
    Checked(String, Arc<Told>),
}

impl Stage {
    fn says(&self) -> String {
        match self {
            Self::Loading => "Loading the checker.".into(),
            Self::Stuck(why) => why.clone(),
            Self::Ready => "Ready. From here on this page needs no network.".into(),
            Self::Checking(name) => format!("Checking {name}."),
            Self::Checked(name, _) => format!("{name} was checked."),
        }
    }
}

/// What the page holds: the record, and what it is held against.
#[derive(Clone, Copy)]
struct Held {
    checker: RwSignal<Option<Checker>, LocalStorage>,
    record: RwSignal<Option<File>, LocalStorage>,
    kept: RwSignal<Vec<File>, LocalStorage>,
    keys: RwSignal<String>,
    stage: RwSignal<Stage>,
    verdict: NodeRef<html::H2>,
    /// Each check replaces the one before, also where that one ends later.
    round: RwSignal<u32>,
}

impl Held {
    fn new() -> Self {
        Self {
            checker: RwSignal::new_local(None),
            record: RwSignal::new_local(None),
            kept: RwSignal::new_local(Vec::new()),
            keys: RwSignal::new(String::new()),
            stage: RwSignal::new(Stage::Loading),
            verdict: NodeRef::new(),
            round: RwSignal::new(0),
        }
    }

    fn load(self) {
        spawn_local(async move {
            if let Some(checker) = Checker::load().await {
                self.checker.set(Some(checker));
                self.stage.set(Stage::Ready);
                // It may have been chosen while the checker was on its way.
                self.check(true);
            } else {
                self.stage.set(Stage::Stuck(
                    "The checker could not be loaded. Load the page again, or use the command line."
                        .into(),
                ));
            }
        });
    }

    fn take(self, record: Option<File>) {
        if record.is_some() {
            self.record.set(record);
            self.check(true);
        }
    }

    /// Checks what is there; with `go`, leads the reader to the verdict.
    fn check(self, go: bool) {
        let (Some(record), Some(checker)) =
            (self.record.get_untracked(), self.checker.get_untracked())
        else {
            return;
        };
        let name = record.name();
        let mine = self.round.get_untracked() + 1;
        self.round.set(mine);
        self.stage.set(Stage::Checking(name.clone()));
        let (kept, keys) = (self.kept.get_untracked(), self.keys.get_untracked());
        spawn_local(async move {
            let told = match Evidence::read(&record, &kept, keys).await {
                Some(evidence) => checker.check(&evidence),
                None => Err("A file could not be read. Choose it again.".into()),
            };
            if self.round.get_untracked() != mine {
                return;
            }
            match told {
                Ok(told) => {
                    self.stage.set(Stage::Checked(name, Arc::new(told)));
                    if go {
                        self.lead_there();
                    }
                }
                Err(why) => self.stage.set(Stage::Stuck(why)),
            }
        });
    }

    /// The verdict stands on the page after the next frame.
    fn lead_there(self) {
        request_animation_frame(move || {
            let focused = self.verdict.get_untracked().map(|verdict| verdict.focus());
            debug_assert!(
                focused.is_none_or(|focused| focused.is_ok()),
                "the heading takes the focus"
            );
        });
    }
}

/// Takes a record and what it is held against, and says what it is worth.
#[island]
pub fn RecordCheck() -> impl IntoView {
    let held = Held::new();
    let over = RwSignal::new(false);
    Effect::new(move |_| {
        held.load();
        drop_anywhere(held, over);
    });
    let record = move |event: Event| held.take(chosen(&event).into_iter().next());
    let kept = move |event: Event| {
        held.kept.set(chosen(&event));
        held.check(false);
    };
    let keys = move |event: Event| {
        held.keys.set(event_target_value(&event));
        held.check(false);
    };
    let shown = move || match held.stage.get() {
        Stage::Checked(_, told) => Some(verdict::view(&told, held.verdict)),
        _ => None,
    };
    let stuck = move || matches!(held.stage.get(), Stage::Stuck(_));
    view! {
        <div class="check">
            <div class="drop" data-over=move || over.get().then_some("")>
                <label for="record">"The record"</label>
                <input
                    type="file"
                    id="record"
                    accept=".pdf,application/pdf"
                    aria-describedby="record-hint"
                    on:change=record
                />
                <p class="hint" id="record-hint">
                    "Choose the PDF, or drop it anywhere on this page. It is checked at once, and you are led to the verdict."
                </p>
                <p class="drop-says" class:fault=stuck role="status">{move || held.stage.get().says()}</p>
            </div>
            {held_against(keys, kept)}
            <div class="verdict-place" aria-live="polite">{shown}</div>
        </div>
    }
}

/// The fields of what a record is held against.
fn held_against(keys: impl FnMut(Event) + 'static, kept: impl FnMut(Event) + 'static) -> AnyView {
    view! {
        <fieldset class="held">
            <legend class="unseen">"What you hold it against"</legend>
            <div class="field">
                <label for="keys">"Ledger key of the company" <span class="optional">" optional"</span></label>
                <p class="hint" id="keys-hint">
                    "As the company published it or gave it to you, not as the record tells it. Several stand on lines of their own."
                </p>
                <textarea
                    id="keys"
                    class="mono"
                    rows="2"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="keys-hint"
                    on:change=keys
                ></textarea>
            </div>
            <div class="field">
                <label for="kept">"What you kept" <span class="optional">" optional"</span></label>
                <p class="hint" id="kept-hint">
                    "A checkpoint, an older record of the same desk, a consistency proof, or texts that were shown to you: the ledger must still agree with each."
                </p>
                <input type="file" id="kept" multiple=true aria-describedby="kept-hint" on:change=kept/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// A file that misses the zone would make the browser leave the page and open it.
fn drop_anywhere(held: Held, over: RwSignal<bool>) {
    let hover = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    });
    let leave = Closure::<dyn Fn(DragEvent)>::new(move |_| over.set(false));
    let drop = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|carried| carried.files());
        held.take(files.and_then(|files| files.get(0)));
    });
    let page = window();
    let heard = [
        page.add_event_listener_with_callback("dragover", hover.as_ref().unchecked_ref()),
        page.add_event_listener_with_callback("dragleave", leave.as_ref().unchecked_ref()),
        page.add_event_listener_with_callback("drop", drop.as_ref().unchecked_ref()),
    ];
    debug_assert!(heard.iter().all(Result::is_ok), "a window takes listeners");
    hover.forget();
    leave.forget();
    drop.forget();
}

/// The files that a control holds now.
fn chosen(event: &Event) -> Vec<File> {
    let files = event_target::<HtmlInputElement>(event).files();
    files.map_or_else(Vec::new, |files| {
        (0..files.length())
            .filter_map(|place| files.get(place))
            .collect()
    })
}
