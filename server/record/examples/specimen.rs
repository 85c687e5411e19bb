//! Prints a specimen of the engine: every script, every kind of setting, as many pages as asked for.
//!
//! `cargo run -p record --example specimen -- out.pdf [rows] [cjk face]`

use std::path::Path;

use record::FontBook;
use record::setting::{Cell, Column, Compositor, Imprint, Running, Table};

const SCRIPTS: [(&str, &str); 12] = [
    (
        "English",
        "The promise: we share or disclose your information to nobody outside, except under three grounds.",
    ),
    (
        "Greek",
        "Η υπόσχεση: δεν κοινοποιούμε τα στοιχεία σας σε κανέναν, εκτός από τρεις λόγους.",
    ),
    (
        "Russian",
        "Обещание: мы никому не передаём ваши сведения, кроме трёх случаев.",
    ),
    (
        "Vietnamese",
        "Lời hứa: chúng tôi không tiết lộ thông tin của bạn cho bất kỳ ai bên ngoài.",
    ),
    (
        "Arabic",
        "الوعد: نحن لا نشارك معلوماتك مع أحد، إلا في ثلاث حالات (مثل أمر المحكمة رقم 4711/2026) وبعد التحقق من هوية الطالب بمكالمة هاتفية مستقلة.",
    ),
    (
        "Persian",
        "ما اطلاعات شما را با هیچ‌کس به اشتراک نمی‌گذاریم، مگر در سه مورد.",
    ),
    (
        "Hebrew",
        "ההבטחה: איננו מוסרים את המידע שלך לאיש, אלא בשלושה מקרים. שָׁלוֹם",
    ),
    (
        "Mixed",
        "The order of القاضي أحمد بن علي of 2026-11-23, served on דוד כהן at 14:05.",
    ),
    (
        "Japanese",
        "約束:裁判所の命令など三つの場合を除き、お客様の情報を外部に開示しません。",
    ),
    (
        "Korean",
        "약속: 법원 명령 등 세 가지 경우를 제외하고는 정보를 공개하지 않습니다.",
    ),
    ("Signs", "→ ≤ ≥ ≠ ∞ ½ € £ ₪ № ✓ ■ ☎ — “quoted” ‘quoted’ …"),
    (
        "Hostile",
        "a\u{202e}b\u{200b}c\u{7} \u{1f600} e\u{301}\u{300} z\u{335} \u{e000} AVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAVAV",
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("where to write?")?;
    let rows: usize = arguments.next().map_or(Ok(30), |rows| rows.parse())?;
    let cjk = arguments.next();
    let book = FontBook::load(cjk.as_deref().map(Path::new))?;

    let mut page = Compositor::new(
        &book,
        &Imprint {
            title: "Specimen of the record",
            subject: "Every script and every kind of setting",
            author: "Example Company",
            language: "en",
            written: "2026-11-23T15:05:00Z".parse()?,
            draft: true,
        },
    );
    page.title("Specimen of the record");
    let section = page.section("Running text");
    for (_, text) in SCRIPTS {
        page.text(section, text);
    }
    page.quote(section, SCRIPTS[0].1.repeat(4).as_str());
    page.code(section, &"0123456789abcdef".repeat(4));
    let section = page.section("Facts");
    let facts: Vec<(&str, Cell)> = SCRIPTS
        .iter()
        .map(|(name, text)| (*name, Cell::text(*text)))
        .collect();
    page.facts(section, "The same sentence in many scripts", &facts);
    let section = page.section("A long table");
    let rows = (0..rows)
        .map(|row| {
            vec![
                Cell::text(format!("2026-11-23 15:{:02}:00 UTC", row % 60)),
                Cell::text(SCRIPTS[row % SCRIPTS.len()].1),
                Cell::code("0123456789abcdef".repeat(2)),
                Cell::number((row * 37).to_string()),
            ]
        })
        .collect();
    let columns = vec![
        Column {
            head: "Time",
            share: 0.26,
        },
        Column {
            head: "What happened",
            share: 0.4,
        },
        Column {
            head: "Digest",
            share: 0.24,
        },
        Column {
            head: "Bytes",
            share: 0.1,
        },
    ];
    page.table(
        section,
        &Table {
            summary: "What happened, row by row",
            columns,
            rows,
        },
    );
    page.symbol(
        section,
        &["DD:4711"],
        "A code that holds the number 4711",
        "It holds the number 4711.",
    );
    let sheets = page.finish(&Running {
        left: "Example Company".into(),
        right: "Specimen · case 4711".into(),
        checkpoint: [
            "Ledger, size 4711".into(),
            format!("root {}", "0123456789abcdef".repeat(4)),
        ],
        symbol: "DD:4711".into(),
        state: "Specimen".into(),
        draft: Some("DRAFT — case not closed; record as of 2026-11-23 15:05:00 UTC".into()),
    });
    let pdf = record::press::press(&sheets, &book).map_err(|flaws| format!("{flaws:#?}"))?;
    std::fs::write(out, pdf)?;
    Ok(())
}
