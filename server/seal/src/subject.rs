//! A distinguished name as people read it: `CN=Example Ltd, O=Example Ltd, C=GB`.

use der::asn1::{BmpString, TeletexStringRef};
use der::{Tag, Tagged as _};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;

use crate::oids::COMMON_NAME;

/// The parts of a name, what is most particular first; the common name before all.
pub(crate) fn readable(name: &Name) -> String {
    let mut parts: Vec<&AttributeTypeAndValue> = name.iter().collect();
    parts.reverse();
    parts.sort_by_key(|part| part.oid != COMMON_NAME);
    let told: Vec<String> = parts
        .into_iter()
        .map(|part| format!("{}={}", label(part), value(part)))
        .collect();
    told.join(", ")
}

/// The common name alone, for where a signer is named; the whole name where there is none.
pub(crate) fn signer(name: &Name) -> String {
    name.iter()
        .find(|part| part.oid == COMMON_NAME)
        .map_or_else(|| readable(name), value)
}

/// Source: RFC 4514, 3, and RFC 4519; others by their numbers.
fn label(part: &AttributeTypeAndValue) -> String {
    let oid = part.oid.to_string();
    let short = match oid.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.42" => "GN",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return oid,
    };
    short.to_owned()
}

fn value(part: &AttributeTypeAndValue) -> String {
    let any = &part.value;
    let text = match any.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => {
            String::from_utf8_lossy(any.value()).into_owned()
        }
        Tag::BmpString => any
            .decode_as::<BmpString>()
            .map(|text| text.to_string())
            .unwrap_or_default(),
        // In practice Latin-1.
        Tag::TeletexString => any
            .decode_as::<TeletexStringRef<'_>>()
            .map(|_| any.value().iter().copied().map(char::from).collect())
            .unwrap_or_default(),
        _ => format!("#{}", hex::encode(any.value())),
    };
    text.replace(char::is_control, "\u{fffd}")
}
