//! The document around every page, and the table of pages.
//!
//! # What the server stands in the context of each request
//! | context | when | for |
//! |---|---|---|
//! | `Arc<dyn Desk>` | always | all that a page may ask ([`crate::desk`]) |
//! | [`crate::fault::StatusSetter`] | always | the response status follows the fault |
//! | [`crate::returned::Returned`] | a form was refused | the form comes back as typed |
//! | [`crate::returned::Stalled`] | the session ended under a form | sign-in carries it along |
//! | [`crate::fault::Fault`] | an address has no page to tell it on | the fallback page tells it |
//! | [`crate::returned::Previewed`] | a letter was to be looked at | it stands beside its form |
//! | [`crate::returned::Once`] | a password or a feed's address was made | it is shown this once |
//! | `leptos::nonce::Nonce` | always (`leptos_axum` provides it) | the one inline script |

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{pages, parts::frame};

/// Where the browser finds what the bundle made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    css: String,
    js: String,
    wasm: String,
    /// Faces that every page shows at once.
    fonts: Vec<String>,
    icon: Option<String>,
    /// Script and WASM of the checker, for the one page that loads it.
    checker: Option<(String, String)>,
}

impl Assets {
    /// Looks each file up by its logical name; `address` answers with where it is served.
    /// `None` where the style sheet or the scripts are missing.
    pub fn find(address: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let fonts = [
            "assets/fonts/desk-sans.woff2",
            "assets/fonts/desk-serif.woff2",
        ];
        Some(Self {
            css: address("disclosure-desk.css")?,
            js: address("disclosure-desk.js")?,
            wasm: address("disclosure-desk.wasm")?,
            fonts: fonts.into_iter().filter_map(&address).collect(),
            icon: address("assets/icon.svg"),
            checker: address("disclosure-desk-checker.js")
                .zip(address("disclosure-desk-checker.wasm")),
        })
    }

    /// Where the checker's script and its WASM are, where the bundle has them.
    pub fn checker(&self) -> Option<(String, String)> {
        self.checker.clone()
    }
}

/// The whole document.
pub fn shell(assets: Assets) -> impl IntoView {
    let wake = wake(&assets);
    // For the page that loads more than every page does.
    provide_context(assets.clone());
    let Assets {
        css, fonts, icon, ..
    } = assets;
    let fonts: Vec<_> = fonts
        .into_iter()
        .map(|href| {
            view! { <link rel="preload" href=href r#as="font" type="font/woff2" crossorigin="anonymous"/> }
        })
        .collect();
    let icon = icon.map(|href| view! { <link rel="icon" type="image/svg+xml" href=href/> });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=css/>
                {fonts}
                {icon}
                {wake}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Loads the islands and wakes them, then marks the page as awake.
///
/// Ours and not leptos' own `HydrationScripts`: that one copies the nonce into `crossorigin` of
/// two links. No island holds another's children, so finding them needs no walk of the tree.
fn wake(assets: &Assets) -> impl IntoView + use<> {
    let nonce = use_nonce();
    // `{:?}` of a Rust string is not always a JavaScript string; these are hashed file names.
    let script = format!(
        "import({js:?}).then(async islands => {{\
           await islands.default({{ module_or_path: {wasm:?} }});\
           islands.hydrate();\
           for (const island of document.querySelectorAll('leptos-island')) \
             await islands[island.dataset.component]?.(island);\
           document.body.dataset.awake = '1';\
         }});",
        js = assets.js,
        wasm = assets.wasm,
    );
    // With 'strict-dynamic' a module preload needs the nonce as well. The wasm is not preloaded: who
    // reads without script would fetch it for nothing.
    view! {
        <link rel="modulepreload" href=assets.js.clone() nonce=nonce.clone()/>
        <script type="module" nonce=nonce inner_html=script></script>
    }
}

/// Every page under its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text="Disclosure Desk"/>
        <Router>
            <a class="skip" href="#main">
                "Skip to the content"
            </a>
            {frame::head}
            <main id="main" tabindex="-1">
                {frame::done}
                // Without script a page must come whole: the default mode streams parts that a
                // script moves into place.
                <FlatRoutes fallback=pages::not_found::page>
                    <Route path=path!("/sign-in") view=pages::sign_in::page ssr=SsrMode::Async/>
                    <Route path=path!("/prove") view=pages::prove::page ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=pages::account::page ssr=SsrMode::Async/>
                    <Route path=path!("/calendar") view=pages::calendar::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases") view=pages::cases::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/new") view=pages::draft::new ssr=SsrMode::Async/>
                    <Route path=path!("/emergency") view=pages::emergency::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case") view=pages::case::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/draft") view=pages::draft::draft ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/edit") view=pages::draft::edit ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/classify") view=pages::classify::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/attach") view=pages::attach::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/strike") view=pages::strike::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/verify") view=pages::verify::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/submit") view=pages::submit::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/decide") view=pages::decide::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/review") view=pages::review::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/disclose") view=pages::disclose::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/close") view=pages::close::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/withdraw") view=pages::said::withdraw ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/reopen") view=pages::said::reopen ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/search") view=pages::search::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/pause") view=pages::pause::pause ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/resume") view=pages::pause::resume ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/hold") view=pages::hold::give ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/renew") view=pages::hold::renew ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/convert") view=pages::hold::convert ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/release") view=pages::hold::release ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/gag") view=pages::gag::record ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/lift") view=pages::gag::lift ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/notify") view=pages::notice::notify ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/object") view=pages::notice::object ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/settle") view=pages::notice::settle ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/untold") view=pages::notice::untold ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/process") view=pages::process::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/letter") view=pages::letter::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/mail") view=pages::mail::of_case ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/records") view=pages::records::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/records/:record/left-out") view=pages::left_out::page ssr=SsrMode::Async/>
                    <Route path=path!("/cases/:case/redact") view=pages::redact::page ssr=SsrMode::Async/>
                    <Route path=path!("/requesters") view=pages::requesters::page ssr=SsrMode::Async/>
                    <Route path=path!("/requesters/new") view=pages::requester::new ssr=SsrMode::Async/>
                    <Route path=path!("/requesters/:authority") view=pages::requester::page ssr=SsrMode::Async/>
                    <Route path=path!("/requesters/:authority/edit") view=pages::requester::edit ssr=SsrMode::Async/>
                    <Route path=path!("/requesters/:authority/merge") view=pages::requester::merge ssr=SsrMode::Async/>
                    <Route path=path!("/verify") view=pages::verify_record::page ssr=SsrMode::Async/>
                    <Route path=path!("/witnesses") view=pages::witnesses::page ssr=SsrMode::Async/>
                    <Route path=path!("/ledger") view=pages::ledger::page ssr=SsrMode::Async/>
                    <Route path=path!("/mail") view=pages::mail::page ssr=SsrMode::Async/>
                    <Route path=path!("/members") view=pages::members::page ssr=SsrMode::Async/>
                    <Route path=path!("/members/:member") view=pages::member::page ssr=SsrMode::Async/>
                    <Route path=path!("/policy") view=pages::policy::page ssr=SsrMode::Async/>
                    <Route path=path!("/policy/:version") view=pages::promised::page ssr=SsrMode::Async/>
                    <Route path=path!("/tables") view=pages::tables::page ssr=SsrMode::Async/>
                    <Route path=path!("/letters") view=pages::templates::all ssr=SsrMode::Async/>
                    <Route path=path!("/letters/:kind/:language") view=pages::templates::one ssr=SsrMode::Async/>
                    <Route path=path!("/organisation") view=pages::organisation::page ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
        </Router>
    }
}
