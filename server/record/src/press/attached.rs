//! Files inside the file.
//! Source: ISO 19005-3, 6.8 and Annex E: each with a type, a date, a description and a relationship.

use pdf_writer::types::AssociationKind;
use pdf_writer::writers::Catalog;
use pdf_writer::{Filter, Finish, Name, Pdf, Ref, Str, TextStr};

use super::{Numbers, deflate, identity};
use crate::sheet::{Relation, Sheets};

/// The attached files by key, in the order of their keys, as a name tree must be.
pub(super) type Files = Vec<(Vec<u8>, Ref)>;

pub(super) fn files(pdf: &mut Pdf, numbers: &mut Numbers, sheets: &Sheets) -> Files {
    let mut files = Files::new();
    for attachment in &sheets.attachments {
        let (spec, stream) = (numbers.next(), numbers.next());
        let packed = deflate(&attachment.bytes);
        let mut file = pdf.embedded_file(stream, &packed);
        // pdf-writer escapes the solidus of a media type itself.
        file.subtype(Name(attachment.media_type.as_bytes()));
        file.filter(Filter::FlateDecode);
        file.params()
            .size(i32::try_from(attachment.bytes.len()).unwrap_or(i32::MAX))
            .modification_date(identity::date(sheets.written));
        file.finish();

        let mut described = pdf.file_spec(spec);
        described
            .path(Str(plain(&attachment.name).as_bytes()))
            .unic_file(TextStr(&attachment.name))
            .description(TextStr(attachment.description.as_str()))
            .association_kind(match attachment.relation {
                Relation::Source => AssociationKind::Source,
                Relation::Supplement => AssociationKind::Supplement,
            });
        described.embedded_file_with_unicode(stream);
        described.finish();
        files.push((key(&attachment.name), spec));
    }
    files.sort();
    files
}

/// The name for readers that know no Unicode.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii() { c } else { '_' })
        .collect()
}

/// The name as a text string: UTF-16 where it must be.
/// Source: ISO 32000-1, 7.9.2.2.
fn key(name: &str) -> Vec<u8> {
    if name.is_ascii() {
        return name.as_bytes().to_vec();
    }
    let units = name.encode_utf16().flat_map(u16::to_be_bytes);
    [0xfe, 0xff].into_iter().chain(units).collect()
}

pub(super) fn list(catalog: &mut Catalog<'_>, files: &Files) {
    if files.is_empty() {
        return;
    }
    let mut names = catalog.names();
    let mut embedded = names.embedded_files();
    let mut listed = embedded.names();
    for (name, spec) in files {
        listed.insert(Str(name), *spec);
    }
    listed.finish();
    embedded.finish();
    names.finish();
    catalog
        .insert(Name(b"AF"))
        .array()
        .items(files.iter().map(|(_, spec)| *spec));
}
