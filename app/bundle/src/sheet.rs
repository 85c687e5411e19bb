//! The style sheet: `main.css` and what it imports, in that order, as one file.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
use lightningcss::{
    dependencies::{Dependency, DependencyOptions},
    rules::{CssRule, import::ImportRule},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet},
    traits::ToCss,
};

/// Bundles and minifies. `hashed_name_of` knows the assets; a `url()` of anything else is a fault,
/// because nothing but our own files may be loaded.
pub fn bundle(main: &Path, hashed_name_of: impl Fn(&str) -> Option<String>) -> Result<String> {
    let folder = main.parent().unwrap_or(main);
    let source = fs::read_to_string(main).with_context(|| main.display().to_string())?;
    let list = parse(main, &source)?;
    let mut css = String::new();
    for rule in &list.rules.0 {
        match rule {
            CssRule::Import(import) => css += &imported(folder, import, &hashed_name_of)?,
            CssRule::LayerStatement(_) => css += &rule.to_css_string(minified())?,
            // A parser would drop an @import that comes after a rule, silently.
            _ => bail!(
                "{}: it lists layers and imports, and holds no rules of its own",
                main.display()
            ),
        }
    }
    Ok(css)
}

fn imported(
    folder: &Path,
    import: &ImportRule,
    hashed_name_of: impl Fn(&str) -> Option<String>,
) -> Result<String> {
    let from = folder.join(&*import.url);
    if !import.media.media_queries.is_empty() || import.supports.is_some() {
        bail!("{}: put the condition into the file", from.display());
    }
    let css = part(folder, &from, hashed_name_of)?;
    match &import.layer {
        None => Ok(css),
        Some(None) => bail!("{}: give its layer a name", from.display()),
        Some(Some(layer)) => Ok(format!(
            "@layer {}{{{css}}}",
            layer.to_css_string(minified())?
        )),
    }
}

/// One file, minified, with the assets under their hashed names.
fn part(
    folder: &Path,
    from: &Path,
    hashed_name_of: impl Fn(&str) -> Option<String>,
) -> Result<String> {
    let source = fs::read_to_string(from).with_context(|| from.display().to_string())?;
    let mut sheet = parse(from, &source)?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|fault| anyhow!("{fault}"))?;
    let printed = sheet.to_css(PrinterOptions {
        analyze_dependencies: Some(DependencyOptions::default()),
        ..minified()
    })?;
    let mut css = printed.code;
    for dependency in printed.dependencies.into_iter().flatten() {
        let Dependency::Url(found) = dependency else {
            bail!("{}: only main.css imports", from.display());
        };
        let name = relative_to(folder, from, &found.url);
        let name = name.as_deref().and_then(&hashed_name_of);
        let name = name.with_context(|| {
            let (file, line) = (from.display(), found.loc.start.line);
            format!(
                "{file}:{line}: url({}) is no file of style/assets",
                found.url
            )
        })?;
        let placeholder = format!("(\"{}\")", found.placeholder);
        css = css.replace(&placeholder, &format!("(\"{name}\")"));
    }
    Ok(css)
}

fn parse<'i>(from: &Path, source: &'i str) -> Result<StyleSheet<'i>> {
    let filename = from.display().to_string();
    let options = ParserOptions {
        filename,
        ..ParserOptions::default()
    };
    // The errors of lightningcss borrow from the source, so they are turned into words here.
    StyleSheet::parse(source, options).map_err(|fault| anyhow!("{fault}"))
}

fn minified() -> PrinterOptions<'static> {
    PrinterOptions {
        minify: true,
        ..PrinterOptions::default()
    }
}

/// The name, relative to `folder`, of what the sheet at `from` calls `url`.
fn relative_to(folder: &Path, from: &Path, url: &str) -> Option<String> {
    let mut path = PathBuf::new();
    for part in from
        .parent()?
        .strip_prefix(folder)
        .ok()?
        .join(url)
        .components()
    {
        match part {
            Component::Normal(part) => path.push(part),
            Component::ParentDir => path.pop().then_some(())?,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    path.to_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bundled(files: &[(&str, &str)]) -> Result<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, css) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, css).unwrap();
        }
        bundle(&folder.path().join("main.css"), |asset| {
            (asset == "assets/fonts/text.woff2").then(|| "assets/fonts/text.HASH.woff2".into())
        })
    }

    #[test]
    fn imports_come_in_their_order_and_keep_their_layers() {
        let css = bundled(&[
            (
                "main.css",
                "@layer tokens, parts;\n@import \"tokens.css\" layer(tokens);\n\
                 @import \"parts/table.css\" layer(parts);\n",
            ),
            ("tokens.css", ":root { --ink: #000; }"),
            ("parts/table.css", "table { td { color: var(--ink); } }"),
        ]);
        assert_eq!(
            css.unwrap(),
            "@layer tokens,parts;@layer tokens{:root{--ink:#000}}@layer parts{table{& td{color:var(--ink)}}}"
        );
    }

    #[test]
    fn an_asset_is_called_by_its_hashed_name_from_any_folder() {
        for (name, url) in [
            ("face.css", "assets/fonts/text.woff2"),
            ("face.css", "./assets/fonts/text.woff2"),
            ("parts/face.css", "\"../assets/fonts/text.woff2\""),
        ] {
            let css = bundled(&[
                ("main.css", &format!("@import \"{name}\";")),
                (
                    name,
                    &format!("@font-face {{ font-family: T; src: url({url}); }}"),
                ),
            ]);
            let css = css.unwrap();
            assert!(
                css.contains("url(\"assets/fonts/text.HASH.woff2\")"),
                "{css}"
            );
        }
    }

    #[test]
    fn nothing_but_our_own_files_may_be_loaded() {
        for url in [
            "https://elsewhere.example/a.woff2",
            "//elsewhere.example/a.woff2",
            "/a.woff2",
            "../../a.woff2",
            "data:font/woff2,a.woff2",
            "assets/missing.png",
        ] {
            let fault = bundled(&[
                ("main.css", "@import \"page.css\";"),
                ("page.css", &format!("p {{\n  background: url({url})\n}}")),
            ]);
            let fault = fault.unwrap_err().to_string();
            assert!(fault.contains("page.css:2"), "{url}: {fault}");
        }
        for import in ["https://elsewhere.example/a.css", "missing.css"] {
            assert!(bundled(&[("main.css", &format!("@import url({import});"))]).is_err());
        }
    }

    #[test]
    fn main_holds_nothing_but_its_list() {
        for main in [
            "p { color: red }",
            "@import \"a.css\" print;",
            "@import \"a.css\" layer;",
            "@import \"b.css\";",
        ] {
            let files = [
                ("main.css", main),
                ("a.css", ""),
                ("b.css", "@import \"a.css\";"),
            ];
            assert!(bundled(&files).is_err(), "{main}");
        }
    }

    #[test]
    fn a_fault_tells_its_file_and_line() {
        let fault = bundled(&[
            ("main.css", "@import \"page.css\";"),
            ("page.css", "p {\n  color: red;\n}\n}"),
        ]);
        let fault = fault.unwrap_err().to_string();
        assert!(fault.contains("page.css:"), "{fault}");
    }
}
