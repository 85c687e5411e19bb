//! How many pages a PDF has, where it tells so plainly.

/// The pages of a file whose page tree lies open, and None for all others: one whose objects are
/// packed, one mended by appending, one that is no PDF. A number that might be wrong is not told.
pub(super) fn counted(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"%PDF-") || times(bytes, b"/ObjStm") > 0 || times(bytes, b"%%EOF") != 1 {
        return None;
    }
    let mut pages = 0;
    let mut most = 0;
    for place in places(bytes, b"/Type") {
        let rest = bytes[place + 5..].trim_ascii_start();
        if let Some(after) = rest.strip_prefix(b"/Page") {
            pages += usize::from(!after.first().is_some_and(u8::is_ascii_alphanumeric));
        }
    }
    for place in places(bytes, b"/Count") {
        let rest = bytes[place + 6..].trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let count = std::str::from_utf8(&rest[..digits]).ok()?.parse();
        most = most.max(count.unwrap_or(0));
    }
    (pages > 0 && pages == most).then_some(pages)
}

fn times(bytes: &[u8], wanted: &[u8]) -> usize {
    places(bytes, wanted).count()
}

fn places<'b>(bytes: &'b [u8], wanted: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    (0..bytes.len()).filter(move |place| bytes[*place..].starts_with(wanted))
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn pages_are_told_only_where_leaves_and_tree_agree() {
        let tree = "<</Type /Pages /Count 2>> <</Type/Page>> <</Type /Page /A 1>> %%EOF";
        assert_eq!(counted(format!("%PDF-1.4 {tree}").as_bytes()), Some(2));
        assert_eq!(counted(format!("%PDF-1.4 {tree} {tree}").as_bytes()), None);
        assert_eq!(counted(b"%PDF-1.7 <</Type /ObjStm>> /Count 2 %%EOF"), None);
        assert_eq!(counted(tree.as_bytes()), None);
    }
}
