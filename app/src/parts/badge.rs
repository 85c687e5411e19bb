//! Small marks: the stage of a case, a digest, a size. A mark always has its word.

use casework::{case::Stage, order::Digest, scope::Tier};
use leptos::prelude::*;

/// Where a case is.
pub fn stage(stage: Stage) -> AnyView {
    view! { <span class="stage" data-stage=stage.code()>{stage.word()}</span> }.into_any()
}

/// That a case is an authority's test.
pub fn test(test: bool) -> Option<AnyView> {
    test.then(|| view! { <span class="test">"Test order"</span> }.into_any())
}

/// How deep a category lies, by the terms of its case.
pub fn tier(tier: Tier) -> AnyView {
    view! { <span class="tier" data-tier=tier.code()>{tier.word()}</span> }.into_any()
}

/// A SHA-256 in groups of eight, which wrap and can be read aloud. Copied, it has no spaces.
pub fn digest(digest: &Digest) -> AnyView {
    hex(&digest.to_string())
}

/// Any hexadecimal number, printed as a digest is.
pub fn hex(digits: &str) -> AnyView {
    let groups: Vec<String> = digits
        .as_bytes()
        .chunks(8)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    view! {
        <code class="digest">
            {groups.into_iter().map(|group| view! { <span>{group}</span><wbr/> }).collect_view()}
        </code>
    }
    .into_any()
}

/// A key as others write it, on one piece: selected whole, to be copied.
pub fn key(vkey: &str) -> AnyView {
    view! { <code class="key">{vkey.to_owned()}</code> }.into_any()
}

/// A size in bytes, with the unit people know.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes & 0xf_ffff) * 10) >> 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_people_know() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(2049), "3 KiB");
        assert_eq!(size(5 * 1_048_576 + 524_288), "5.5 MiB");
    }
}
