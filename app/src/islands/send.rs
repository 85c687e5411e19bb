//! Asking the desk from the browser, and reading its short answers.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FormData, UrlSearchParams, XmlHttpRequest, js_sys};

/// What came back: the status (0 where nothing did) and the JSON, if it was any.
pub struct Answer {
    pub status: u16,
    body: JsValue,
}

impl Answer {
    /// Whether it was done.
    pub fn done(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// A member of the JSON object, as text.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = js_sys::Reflect::get(&self.body, &name.into()).ok()?;
        value
            .as_string()
            .or_else(|| value.as_f64().map(|number| number.to_string()))
    }

    /// Why it was not done, in the words of the problem document.
    pub fn trouble(&self) -> String {
        self.text("detail")
            .or_else(|| self.text("title"))
            .unwrap_or_else(|| "The desk could not be reached.".into())
    }
}

/// What is sent along.
pub enum Body {
    Nothing,
    Files(FormData),
    Fields(UrlSearchParams),
}

/// Sends a request. `then` is called once, whatever happened; `prepare` sees the request before
/// it leaves.
pub fn send(
    url: &str,
    body: &Body,
    prepare: impl FnOnce(&XmlHttpRequest),
    then: impl Fn(Answer) + 'static,
) -> Option<()> {
    let request = XmlHttpRequest::new().ok()?;
    let method = if matches!(body, Body::Nothing) {
        "GET"
    } else {
        "POST"
    };
    request.open(method, url).ok()?;
    request
        .set_request_header("Accept", "application/json")
        .ok()?;
    let answering = request.clone();
    let ended = Closure::<dyn Fn()>::new(move || {
        let body = answering.response_text().ok().flatten().unwrap_or_default();
        then(Answer {
            status: answering.status().unwrap_or_default(),
            body: js_sys::JSON::parse(&body).unwrap_or(JsValue::UNDEFINED),
        });
    });
    request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
    // The browser calls it after this function has returned, so it must outlive it.
    ended.forget();
    prepare(&request);
    match body {
        Body::Nothing => request.send(),
        Body::Files(files) => request.send_with_opt_form_data(Some(files)),
        Body::Fields(fields) => request.send_with_opt_url_search_params(Some(fields)),
    }
    .ok()
}
