//! Records as they were issued; and texts that were sealed, edited.

use std::collections::BTreeSet;

use casework::{
    case::CaseId,
    dossier::Edition,
    ledger::{Entry, sealed::Opening},
    order::Digest,
};
use store::{Error, Issued, Kept, KeptWhat, RecordId};
use uuid::Uuid;

use crate::{
    scene::{Scene, anna, monday, on_both, rand},
    verifying::forge,
};

fn record(case: CaseId) -> Issued {
    let id = Uuid::from_u128(rand());
    Issued {
        id: RecordId(id),
        case,
        version: 6,
        edition: Edition::Redacted,
        enclosed: true,
        masked: BTreeSet::from(["fields/person/0".to_owned(), "v7/reasons".to_owned()]),
        sha256: Digest([9; 32]),
        size: 190_000,
        under: 11,
        blob: id.simple().to_string(),
        wrapped_key: vec![7; 72],
        at: monday(),
        by: anna().id,
    }
}

/// Issues a record of a case.
pub async fn issue(scene: &Scene, case: CaseId) -> Issued {
    let issued = record(case);
    keep(scene, &issued).await.unwrap();
    issued
}

async fn keep(scene: &Scene, issued: &Issued) -> Result<u64, Error> {
    let mut writing = scene.store.begin().await?;
    let seq = writing.keep_issued(issued).await?;
    writing.commit().await?;
    Ok(seq)
}

/// The texts of an entry, written anew.
async fn reopen(scene: &Scene, seq: u64, how: impl FnOnce(&mut Vec<Opening>)) {
    let size = scene.store.head().await.unwrap().size;
    let mut sealed = scene.store.evidence(&[seq], size).await.unwrap();
    how(&mut sealed[0].openings);
    let json = serde_json::to_vec(&sealed[0].openings).unwrap();
    overwrite(scene, seq, Some(json)).await;
}

async fn overwrite(scene: &Scene, seq: u64, json: Option<Vec<u8>>) {
    let seq = i64::try_from(seq).unwrap();
    scene
        .put(
            "UPDATE ledger_payload SET openings = $1 WHERE seq = $2",
            vec![json.into(), seq.into()],
        )
        .await;
}

on_both! {
    async fn a_record_comes_back_as_it_was_issued(scene: &Scene) {
        let id = scene.in_review().await;
        let issued = issue(scene, id).await;
        let later = Issued { at: monday() + jiff::SignedDuration::from_secs(1), sha256: Digest([8; 32]), edition: Edition::Full, masked: BTreeSet::new(), enclosed: false, ..record(id) };
        let seq = keep(scene, &later).await.unwrap();
        assert_eq!(scene.store.issued(id).await.unwrap(), [issued.clone(), later.clone()]);
        assert_eq!(scene.store.issued_with(id, Digest([8; 32])).await.unwrap(), Some(later));
        assert_eq!(scene.store.issued_with(id, Digest([7; 32])).await.unwrap(), None);
        let row = scene.store.timeline(id, 1).await.unwrap().pop().unwrap();
        assert_eq!((row.leaf.seq, row.leaf.action.as_str(), row.actor), (seq, "record.issue", Some(anna().name)));
        assert!(matches!(row.entry, Some(Entry::RecordIssued { under: 11, .. })));
        let mut records = Vec::new();
        let findings = scene.store.verify(&[], |kept| if let Kept::Bytes(bytes) = kept { records.push(bytes) }).await.unwrap();
        assert!(findings.holds() && findings.records == 2, "{:?}", findings.findings);
        let handed_over: Vec<_> = records.iter().filter(|bytes| matches!(bytes.what, KeptWhat::Record(_))).collect();
        assert_eq!(handed_over.len(), 2);
        assert_eq!((handed_over[0].what, handed_over[0].sha256, handed_over[0].blob.as_str()), (KeptWhat::Record(issued.id), issued.sha256, issued.blob.as_str()));
    }

    async fn a_blob_is_referred_to_by_what_lies_in_it(scene: &Scene) {
        let case = scene.in_review().await;
        let issued = issue(scene, case).await;
        let order = scene.store.blobs(None, 1).await.unwrap().remove(0);
        let letter = store::LetterBlob {
            letter: casework::letter::LetterId(Uuid::from_u128(rand())),
            case,
            blob: "1e77e4".into(),
            wrapped_key: vec![7; 72],
        };
        let mut writing = scene.store.begin().await.unwrap();
        assert!(!writing.refers_to(&letter.blob).await.unwrap());
        writing.keep_letter(&letter).await.unwrap();
        for blob in [&issued.blob, &order.blob, &letter.blob] {
            assert!(writing.refers_to(blob).await.unwrap(), "{blob}");
        }
    }

    async fn a_record_is_issued_once_and_of_a_case_that_is(scene: &Scene) {
        let id = scene.in_review().await;
        let issued = issue(scene, id).await;
        for twice in [issued.clone(), Issued { blob: "another".into(), ..issued.clone() }, Issued { id: RecordId(Uuid::nil()), ..issued.clone() }] {
            assert!(matches!(keep(scene, &twice).await, Err(Error::Conflict(_))));
        }
        let of_nothing = keep(scene, &record(CaseId(Uuid::nil()))).await;
        assert!(matches!(of_nothing, Err(Error::Missing(_))), "{of_nothing:?}");
        let mut writing = scene.store.begin().await.unwrap();
        let entry = Entry::RecordIssued { case: id, version: 6, edition: Edition::Full, sha256: issued.sha256, size: 1, under: 1, enclosed: false, masked: [].into() };
        let odd = writing.seal(monday(), Some(anna().id), &entry).await;
        assert!(matches!(odd, Err(Error::Misused(_))), "{odd:?}");
    }

    async fn an_edited_record_is_found(scene: &Scene) {
        let id = scene.in_review().await;
        let issued = issue(scene, id).await;
        scene.unguard().await;
        let edited = format!("Record {} of DD-2026-00001 was edited, or never issued.", issued.id);
        let missing = format!("A record of DD-2026-00001 was issued and is not on record as it was; its SHA-256 is {}.", issued.sha256);
        for (edit, back) in [
            ("size = 1", "size = 190000"),
            ("version = 5", "version = 6"),
            ("edition = 'full'", "edition = 'redacted'"),
            ("edition = 'third'", "edition = 'redacted'"),
            ("issued_at = issued_at + 1", "issued_at = issued_at - 1"),
            ("masked = 'x'", r#"masked = '["fields/person/0","v7/reasons"]'"#),
            ("masked = '[]'", r#"masked = '["fields/person/0","v7/reasons"]'"#),
            ("enclosed = (1 = 0)", "enclosed = (1 = 1)"),
        ] {
            scene.force(&format!("UPDATE issued_record SET {edit}")).await.unwrap();
            let mut found = scene.found().await;
            found.sort();
            assert_eq!(found, [missing.clone(), edited.clone()], "{edit}");
            scene.force(&format!("UPDATE issued_record SET {back}")).await.unwrap();
            assert_eq!(scene.found().await, [""; 0], "{back}");
        }
        scene.force("DELETE FROM issued_record").await.unwrap();
        assert_eq!(scene.found().await, [missing]);
    }

    async fn a_record_of_no_case_is_found(scene: &Scene) {
        let nowhere = CaseId(Uuid::from_u128(77));
        let entry = Entry::RecordIssued { case: nowhere, version: 1, edition: Edition::Full, sha256: Digest([9; 32]), size: 1, under: 1, enclosed: false, masked: [].into() };
        forge(scene, &entry, &anna()).await;
        assert_eq!(scene.found().await, ["Records were issued, or are on record, of cases that are not."]);
    }

    async fn an_edited_or_missing_text_is_found(scene: &Scene) {
        scene.in_review().await;
        scene.unguard().await;
        let edited = "The texts of entry 5 of the ledger were edited: they are not the ones the entry commits to.".to_owned();
        let unreadable = |why| format!("DD-2026-00001 cannot be derived from the ledger: the payload of entry 5 of the ledger: {why}.");
        let size = scene.store.head().await.unwrap().size;
        let honest = scene.store.evidence(&[5], size).await.unwrap().pop().unwrap().openings;
        reopen(scene, 5, |openings| openings[0].value.push('!')).await;
        assert!(scene.found().await.contains(&edited));
        let says = scene.store.timeline(CaseId(scene.uuid("SELECT id FROM case_file").await), 9).await.unwrap_err().to_string();
        assert!(!says.contains(&honest[0].value), "what failed is logged, and a text is not: {says}");
        reopen(scene, 5, |openings| openings.clone_from(&honest)).await;
        assert_eq!(scene.found().await, [""; 0]);
        reopen(scene, 5, |openings| openings.truncate(1)).await;
        let missing = "A text of entry 5 of the ledger is missing.".to_owned();
        assert!(scene.found().await.contains(&missing));
        overwrite(scene, 5, None).await;
        assert_eq!(scene.found().await, [missing, unreadable("a text is missing")]);
        let twice: Vec<Opening> = honest.iter().chain(&honest).cloned().collect();
        reopen(scene, 5, |openings| *openings = twice).await;
        assert_eq!(scene.found().await, std::slice::from_ref(&edited));
        overwrite(scene, 5, Some(serde_json::to_vec_pretty(&honest).unwrap())).await;
        assert_eq!(scene.found().await, std::slice::from_ref(&edited));
        overwrite(scene, 5, Some(b"x".to_vec())).await;
        assert!(scene.found().await.contains(&edited));
    }
}
