//! The browser files: hashed names, kept for good by whoever fetched them once.

use std::{
    collections::HashMap,
    path::{Path as FilePath, PathBuf},
};

use anyhow::Context as _;
use app::shell::Assets;
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::router::House;

/// A built set of browser files, as `manifest.json` lists it.
pub struct Site {
    assets: Assets,
    /// Hashed name to what is sent: nothing else in the folder is served.
    files: HashMap<String, File>,
}

/// What the bundle writes beside its files.
#[derive(serde::Deserialize)]
struct Manifest {
    /// Logical name to hashed name under `pkg/`.
    files: HashMap<String, String>,
}

struct File {
    kind: &'static str,
    plain: bytes::Bytes,
    brotli: Option<bytes::Bytes>,
    gzip: Option<bytes::Bytes>,
}

impl Site {
    /// Reads a bundle. It is small and asked for often: it stays in memory.
    ///
    /// # Errors
    /// Where the bundle is not there or lacks a file.
    pub fn open(folder: &FilePath) -> anyhow::Result<Self> {
        let manifest = folder.join("manifest.json");
        let text = std::fs::read_to_string(&manifest).with_context(|| {
            format!(
                "{} is not there; build the browser files first",
                manifest.display()
            )
        })?;
        let Manifest { files: names } = serde_json::from_str(&text).context("manifest.json")?;
        let mut files = HashMap::new();
        for hashed in names.values() {
            let path = folder.join("pkg").join(hashed);
            let read = |ending: &str| -> Option<bytes::Bytes> {
                let mut name = path.clone().into_os_string();
                name.push(ending);
                std::fs::read(PathBuf::from(name)).ok().map(Into::into)
            };
            let plain = std::fs::read(&path)
                .with_context(|| path.display().to_string())?
                .into();
            let file = File {
                kind: kind(hashed),
                plain,
                brotli: read(".br"),
                gzip: read(".gz"),
            };
            files.insert(hashed.clone(), file);
        }
        let assets = Assets::find(|name| names.get(name).map(|hashed| format!("/pkg/{hashed}")))
            .context("the bundle lacks the style sheet or the scripts")?;
        Ok(Self { assets, files })
    }

    /// Where the browser finds them.
    pub fn assets(&self) -> Assets {
        self.assets.clone()
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// One of them.
pub async fn file(
    State(house): State<House>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = house.site.files.get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let (encoding, bytes) = match (&file.brotli, &file.gzip) {
        (Some(bytes), _) if accepts.contains("br") => (Some("br"), bytes),
        (_, Some(bytes)) if accepts.contains("gzip") => (Some("gzip"), bytes),
        _ => (None, &file.plain),
    };
    let mut response = Response::new(Body::from(bytes.clone()));
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    answer.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
