//! The few lines that wake the islands in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

// Without a name of it the linker would leave the islands out.
pub use app::islands;

/// Called once by the page's own script, before it wakes each island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
