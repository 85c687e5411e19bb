//! Name and content agree, or the file is turned away with a sentence that helps.

use vault::{FileKind, Found, Turned};

use crate::scene::{CHUNK, scene};

const MESSAGE: &[u8] = b"Return-Path: <clerk@court.example>\r\nReceived: from mx.court.example\r\n\
    \tby mail.example; Mon, 2 Mar 2026 09:00:00 +0000\r\nFrom: Clerk <clerk@court.example>\r\n\
    Date: Mon, 2 Mar 2026 09:00:00 +0000\r\nSubject: Order\r\n\r\nPlease find the order.\r\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";

/// Local headers of a ZIP archive, one for each name.
fn zip(names: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for name in names {
        bytes.extend_from_slice(b"PK\x03\x04\x14\0\0\0\x08\0");
        bytes.extend_from_slice(&[0; 16]);
        bytes.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&[0x5a; 300]);
    }
    bytes
}

fn word_document() -> Vec<u8> {
    zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
}

#[tokio::test]
async fn every_accepted_kind_is_kept_under_each_of_its_endings() {
    let scene = scene();
    let word = word_document();
    let from_libreoffice = zip(&["_rels/.rels", "word/document.xml", "[Content_Types].xml"]);
    let cases: [(&str, &[u8], FileKind); 15] = [
        ("order.pdf", b"%PDF-1.7\n1 0 obj", FileKind::Pdf),
        ("ORDER.PDF", b"%PDF-2.0", FileKind::Pdf),
        ("v1.2 signed.order.pdf", b"%PDF-1.4", FileKind::Pdf),
        ("scan.png", PNG, FileKind::Png),
        ("scan.jpg", JPEG, FileKind::Jpeg),
        ("scan.JPEG", JPEG, FileKind::Jpeg),
        ("fax.tif", b"II*\0\x08\0\0\0", FileKind::Tiff),
        ("fax.tiff", b"MM\0*\0\0\0\x08", FileKind::Tiff),
        ("mail.eml", MESSAGE, FileKind::Eml),
        (
            "note.txt",
            "Señor, 日本\r\n\tOK\x0c".as_bytes(),
            FileKind::Txt,
        ),
        ("note.txt", b"\xef\xbb\xbfwith a mark", FileKind::Txt),
        ("saved mail.txt", MESSAGE, FileKind::Txt),
        ("order.docx", &word, FileKind::Docx),
        ("order.docx", &from_libreoffice, FileKind::Docx),
        ("name with \u{202e}fdp.docx", &word, FileKind::Docx),
    ];
    for (name, bytes, kind) in cases {
        let kept = scene.receive(name, bytes).await.unwrap();
        assert_eq!(kept.kind, kind, "{name}");
        assert_eq!(FileKind::from_word(kind.word()), Some(kind));
    }
}

#[tokio::test]
async fn content_that_is_not_what_the_name_says_is_turned_away_and_leaves_nothing() {
    let scene = scene();
    let (word, archive) = (
        word_document(),
        zip(&["[Content_Types].xml", "xl/workbook.xml"]),
    );
    let cases: [(&str, &[u8], Found); 21] = [
        ("order.pdf", PNG, Found::Kind(FileKind::Png)),
        ("order.pdf", b" %PDF-1.7", Found::Kind(FileKind::Txt)),
        ("order.pdf", b"\0%PDF-1.7", Found::Not(FileKind::Pdf)),
        ("order.pdf", b"%PDF", Found::Kind(FileKind::Txt)),
        ("order.pdf", &word, Found::Other("a ZIP archive")),
        ("order.pdf", MESSAGE, Found::Kind(FileKind::Eml)),
        (
            "order.pdf",
            b"MZ\x90\0\x03",
            Found::Other("a Windows program"),
        ),
        ("scan.png", JPEG, Found::Kind(FileKind::Jpeg)),
        ("scan.jpg", PNG, Found::Kind(FileKind::Png)),
        ("scan.tif", b"II+\0\x08\0\0\0", Found::Not(FileKind::Tiff)),
        ("mail.eml", b"Dear Sir,\nhello", Found::Kind(FileKind::Txt)),
        (
            "mail.eml",
            b"From: a\nTo: b\n\n\0",
            Found::Not(FileKind::Eml),
        ),
        ("mail.eml", b"%PDF-1.7", Found::Kind(FileKind::Pdf)),
        ("note.txt", b"%PDF-1.7", Found::Kind(FileKind::Pdf)),
        ("note.txt", b"\xff\xfeh\0i\0", Found::Utf16),
        ("note.txt", b"caf\xe9", Found::Not(FileKind::Txt)),
        ("note.txt", b"bell \x07", Found::Not(FileKind::Txt)),
        ("note.txt", b"cut short \xc3", Found::Not(FileKind::Txt)),
        ("order.docx", &archive, Found::Other("a ZIP archive")),
        (
            "order.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            Found::Other("an old Office document"),
        ),
        ("order.docx", b"%PDF-1.7", Found::Kind(FileKind::Pdf)),
    ];
    for (name, bytes, expected) in cases {
        match scene.receive(name, bytes).await {
            Err(Turned::Mismatch { found, .. }) => assert_eq!(found, expected, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(scene.files().is_empty());
}

#[tokio::test]
async fn text_that_stops_being_text_in_a_later_chunk_is_turned_away() {
    let scene = scene();
    let mut bytes = "é".repeat(CHUNK).into_bytes();
    assert!(scene.receive("long.txt", &bytes).await.is_ok());
    bytes.insert(1, b'x'); // every later chunk now cuts a character in two
    bytes.remove(0);
    bytes.remove(1);
    assert!(scene.receive("long.txt", &bytes).await.is_ok());
    bytes.push(0x1b);
    let turned = scene.receive("long.txt", &bytes).await;
    assert!(matches!(turned, Err(Turned::Mismatch { .. })));
    assert_eq!(scene.files().len(), 2);
}

#[tokio::test]
async fn the_parts_of_a_word_document_are_found_across_chunks() {
    let scene = scene();
    for shift in [0, 1, 9, 17, 18, 40] {
        let mut bytes = zip(&["[Content_Types].xml"]);
        bytes.resize(CHUNK - shift, 0x5a);
        bytes.extend_from_slice(b"word/document.xml");
        bytes.extend_from_slice(&[0x5a; 100]);
        assert!(scene.receive("a.docx", &bytes).await.is_ok(), "{shift}");
    }
}

#[tokio::test]
async fn names_that_no_content_could_mend_are_turned_away() {
    let scene = scene();
    for name in ["", "order", ".", "order.", "..", "a/b"] {
        let turned = scene.receive(name, b"%PDF-1.7").await;
        assert!(matches!(turned, Err(Turned::Nameless)), "{name}");
    }
    for (name, said) in [
        ("macro.docm", ".docm"),
        ("order.pdf.exe", ".exe"),
        ("page.html", ".html"),
        ("x.a<script>alert(1)</script>", ".ascriptalert"),
    ] {
        let turned = scene.receive(name, b"%PDF-1.7").await.unwrap_err();
        assert!(matches!(turned, Turned::NotAccepted { .. }), "{name}");
        assert!(
            turned.to_string().contains(&format!("{said} are")),
            "{turned}"
        );
    }
    assert!(scene.files().is_empty());
}

#[tokio::test]
async fn the_sentence_tells_what_to_do() {
    let scene = scene();
    let mut said = Vec::new();
    for (name, bytes) in [
        ("order.pdf", PNG),
        ("note.txt", b"\xff\xfeh\0i\0"),
        ("order.docx", b"{\\rtf1"),
        ("order.pages", b"x"),
        ("order", b"x"),
        ("order.pdf", b""),
    ] {
        said.push(scene.receive(name, bytes).await.unwrap_err().to_string());
    }
    assert_eq!(
        said,
        [
            "This file is named .pdf but its content is a PNG image; rename it or attach the PDF.",
            "This file is named .txt but its content is text in UTF-16; save it as UTF-8 and \
             attach the TXT.",
            "This file is named .docx but its content is rich text (RTF); attach the DOCX.",
            "Files ending in .pages are not accepted; attach a PDF, PNG, JPEG, TIFF, EML, TXT or \
             DOCX file.",
            "This file's name has no ending that tells its type; rename it to end in .pdf, .png, \
             .jpg, .tif, .eml, .txt or .docx.",
            "This file is empty; choose the file that holds the document.",
        ]
    );
}
