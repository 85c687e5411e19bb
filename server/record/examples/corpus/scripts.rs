//! The same case in many scripts.

use casework::case::Step;
use casework::decision::{Decision, Refused};
use casework::policy::PolicyVersion;
use casework::reason::ReasonCode;
use casework::verification::{Finding, Verification};
use scenes::{Scene, anna, bruno, call, line, mira, order, prose, request_fields, warrant};

pub const SCRIPTS: [(&str, &str); 14] = [
    (
        "latin",
        "Tribunal de première instance, Košice: ordonnance n° 4711, « à communiquer »",
    ),
    (
        "vietnamese",
        "Tòa án nhân dân: lệnh số 4711, không tiết lộ thông tin cho bất kỳ ai",
    ),
    (
        "greek",
        "Εισαγγελία Πρωτοδικών Αθηνών: διάταξη αριθ. 4711, ᾿Αθῆναι",
    ),
    (
        "cyrillic",
        "Следственный отдел: постановление № 4711, ґанок, ѣздокъ",
    ),
    (
        "arabic",
        "النيابة العامة: أمر المحكمة رقم ٤٧١١/٢٠٢٦ بتاريخ 2026-11-23 (نسخة)",
    ),
    (
        "persian",
        "دادسرای تهران: حکم شماره ۴۷۱۱، مگر در سه مورد استثنا",
    ),
    ("urdu", "عدالت کا حکم نمبر 4711: معلومات فراہم کی جائیں"),
    ("hebrew", "בית המשפט המחוזי: צו מספר 4711/26, שָׁלוֹם (העתק)"),
    (
        "mixed",
        "The order of القاضي أحمد of 2026-11-23, served on דוד כהן at 14:05, № 7",
    ),
    (
        "chinese",
        "人民法院：第4711号命令，除三种情形外不披露信息。",
    ),
    (
        "japanese",
        "東京地方裁判所：令状第4711号、ガギグゲゴ、三つの場合を除く。",
    ),
    (
        "korean",
        "서울중앙지방법원: 영장 제4711호, 세 가지 경우를 제외하고",
    ),
    ("devanagari", "उच्च न्यायालय: आदेश संख्या 4711"),
    (
        "signs",
        "😀 👩‍👩‍👧 🇺🇳 → ≤ ½ ₪ № ✓ ☎ a\u{202e}b\u{200b}c \u{e000} e\u{301}\u{300} \u{fffd} \u{1d54f}",
    ),
];

/// A case whose every text is this one, denied and open to be reopened.
pub fn scene(count: u32, text: &str) -> Scene {
    let mut scene = Scene::numbered(count, "2026-11-02T18:00:00Z");
    scene.organisation = format!("{text} Ltd");
    let mut fields = request_fields();
    for name in [
        "authority",
        "unit",
        "country",
        "person",
        "title",
        "reference",
        "served_entity",
        "deliver_to",
        "asks",
        "legal_basis",
    ] {
        fields = fields.with(name, text);
    }
    let mut attached = order(7, "x");
    attached.name = line(text);
    let mut classified = warrant();
    for answer in classified
        .answers
        .values_mut()
        .filter(|answer| answer.len() > 10)
    {
        text.clone_into(answer);
    }
    let long = [text; 12].join(" ");
    let verified = Verification {
        contact: line(text),
        source: line(text),
        answered_by: line(text),
        remarks: Some(prose(&long)),
        ..call(Finding::Confirmed)
    };
    let mut staff = anna();
    staff.name = line(text);
    scene
        .does(&staff, Step::Draft { fields })
        .does(&staff, Step::Attach(attached))
        .does(
            &staff,
            Step::File {
                policy: PolicyVersion(3),
            },
        )
        .does(&staff, Step::Classify(classified))
        .does(&bruno(), Step::Verify(verified))
        .does(&staff, Step::SUBMIT)
        .does(
            &mira(),
            Step::Decide(Decision::Deny(Refused {
                code: ReasonCode::VAGUE,
                word: None,
                reasons: prose(&long),
            })),
        );
    scene
}
