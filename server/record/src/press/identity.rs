//! What the file says of itself, twice: in its information dictionary and in its metadata.
//! Source: ISO 19005-3, 6.6.2.3: the two must agree.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf_writer::writers::DocumentInfo;
use pdf_writer::{Date, Name, Ref, TextStr};

use super::Objects;
use crate::sheet::Sheets;

const CREATOR: &str = "Disclosure Desk";
const PRODUCER: &str = "pdf-writer";

pub(super) fn info(info: &mut DocumentInfo<'_>, sheets: &Sheets) {
    let written = date(sheets.written);
    info.title(TextStr(sheets.title.as_str()))
        .author(TextStr(sheets.author.as_str()))
        .subject(TextStr(sheets.subject.as_str()))
        .creator(TextStr(CREATOR))
        .producer(TextStr(PRODUCER))
        .creation_date(written)
        .modified_date(written);
}

pub(super) fn metadata(objects: &mut impl Objects, sheets: &Sheets, object: Ref) {
    let packet = packet(sheets);
    // Never compressed, so that tools which know no PDF find it.
    let mut stream = objects.begin(object).stream(object, packet.as_bytes());
    stream.pair(Name(b"Type"), Name(b"Metadata"));
    stream.pair(Name(b"Subtype"), Name(b"XML"));
}

/// A moment as PDF writes it, in UTC.
pub(super) fn date(moment: Timestamp) -> Date {
    let civil = TimeZone::UTC.to_datetime(moment);
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    Date::new(u16::try_from(civil.year()).unwrap_or(0))
        .month(part(civil.month()))
        .day(part(civil.day()))
        .hour(part(civil.hour()))
        .minute(part(civil.minute()))
        .second(part(civil.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// The schema of `pdfuaid` is described inside, because PDF/A knows only its own.
fn packet(sheets: &Sheets) -> String {
    let title = escape(sheets.title.as_str());
    let subject = escape(sheets.subject.as_str());
    let author = escape(sheets.author.as_str());
    let language = escape(&sheets.language);
    let written = sheets.written.strftime("%Y-%m-%dT%H:%M:%S+00:00");
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<xmp:CreateDate>{written}</xmp:CreateDate>
<xmp:ModifyDate>{written}</xmp:ModifyDate>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}',
    )
}

/// Plain text holds no controls, so these five are all that XML minds.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
