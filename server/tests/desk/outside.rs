//! What those outside hold against the desk: checkpoints, proofs, tiles and a witness.

use std::sync::Arc;

use casework::{
    instrument::Instrument,
    ledger::{SignedNote, SigningKey, VerifyingKey, includes, leaf_hash, note::Use},
};
use server::{
    http::{House, Site, router},
    witness::{Look, Options, Witness},
};
use verifier::{Held, Verdict};

use crate::{
    house::{APPROVE, Desk, house, on_both},
    records::record,
};

on_both!(
    what_weighs_is_signed_at_once,
    an_auditor_keeps_a_checkpoint_and_proves_that_the_ledger_continues_it,
    the_ledger_is_shut_until_an_administrator_opens_it,
    a_witness_is_named_once_and_dismissed,
    a_cosignature_of_nobody_is_turned_away,
);

fn held(desk: &Desk) -> Held {
    Held {
        keys: vec![desk.ledger_key()],
        ..Held::default()
    }
}

async fn last(desk: &Desk) -> SignedNote {
    desk.store.last_checkpoint().await.unwrap().unwrap().note
}

async fn opened(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    finn.post("/witnesses", &[("do", "open")])
        .await
        .goes_to("/witnesses?done=");
}

async fn what_weighs_is_signed_at_once(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let before = last(desk).await.checkpoint().size;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let decided = last(desk).await;
    assert!(decided.checkpoint().size > before);
    assert!(decided.is_signed_by(&desk.ledger_key()));
    let anna = desk.signed_in("anna").await;
    anna.discloses(
        id,
        &[
            ("answer.email_address", "produced"),
            ("answer.ip_history", "not_held"),
        ],
    )
    .await
    .goes_to("/cases/");
    assert!(last(desk).await.checkpoint().size > decided.checkpoint().size);
    // What does not weigh is signed by the minute, and nothing is signed twice.
    let eve = desk.signed_in("eve").await;
    eve.get(&format!("/cases/{id}")).await.shows(200);
    let size = desk.store.head().await.unwrap().size;
    assert!(last(desk).await.checkpoint().size < size);
    desk.office.checkpoint_if_grown().await.unwrap();
    assert_eq!(last(desk).await.checkpoint().size, size);
    desk.office.checkpoint_if_grown().await.unwrap();
    desk.holds().await;
}

async fn an_auditor_keeps_a_checkpoint_and_proves_that_the_ledger_continues_it(desk: &Desk) {
    let id = desk.in_review(Instrument::SearchWarrant).await;
    desk.office.checkpoint_if_grown().await.unwrap();
    let eve = desk.signed_in("eve").await;
    let kept = eve.get("/ledger/checkpoint").await.shows(200).raw();
    let note: SignedNote = kept.parse().unwrap();
    let size = note.checkpoint().size;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let pdf = record(&eve, id).await;
    let mut alone = held(desk);
    alone.read_kept(kept.as_bytes()).unwrap();
    let report = verifier::verify(&pdf, &alone);
    assert_eq!(report.verdict, Verdict::NotConnected, "{report:#?}");
    let issued = desk.store.issued(id).await.unwrap().pop().unwrap();
    let mut connected = alone;
    let asked = format!("/ledger/consistency?from={size}&to={}", issued.under);
    let bundle = eve.get(&asked).await.shows(200);
    connected.read_kept(&bundle.bytes).unwrap();
    let report = verifier::verify(&pdf, &connected);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    for bad in ["0", "", "many", "99999999"] {
        let answer = eve.get(&format!("/ledger/consistency?from={bad}")).await;
        answer.shows(422).faults("from", "Give the size");
    }
}

async fn the_ledger_is_shut_until_an_administrator_opens_it(desk: &Desk) {
    desk.in_review(Instrument::SearchWarrant).await;
    desk.office.checkpoint_if_grown().await.unwrap();
    let nobody = desk.nobody();
    for shut in [
        "/log/checkpoint",
        "/log/tile/0/000.p/1",
        "/log/tile/entries/000.p/1",
    ] {
        nobody.get(shut).await.shows(404);
    }
    opened(desk).await;
    let note: SignedNote = nobody
        .get("/log/checkpoint")
        .await
        .shows(200)
        .raw()
        .parse()
        .unwrap();
    assert!(note.is_signed_by(&desk.ledger_key()));
    let (size, root) = (note.checkpoint().size, note.checkpoint().root);
    let tile = nobody
        .get(&format!("/log/tile/0/000.p/{size}"))
        .await
        .shows(200);
    assert_eq!(tile.bytes.len() as u64, size * 32);
    assert!(tile.header("cache-control").contains("immutable"));
    let entries = nobody
        .get(&format!("/log/tile/entries/000.p/{size}"))
        .await
        .shows(200);
    let length = usize::from(u16::from_be_bytes([entries.bytes[0], entries.bytes[1]]));
    let hash = leaf_hash(&entries.bytes[2..2 + length]);
    assert_eq!(hash, tile.bytes[..32]);
    let proof = desk
        .store
        .evidence(&[0], size)
        .await
        .unwrap()
        .pop()
        .unwrap()
        .proof;
    assert!(includes(&hash, 0, size, &proof, &root));
    // What is not signed yet is not shown, and what is no tile is not there.
    for bad in [
        format!("/log/tile/0/000.p/{}", size + 1),
        "/log/tile/0/000".into(),
        "/log/tile/1/000.p/1".into(),
        "/log/tile/0/x000/000".into(),
        "/log/tile/..%2f..%2fkey".into(),
    ] {
        nobody.get(&bad).await.shows(404);
    }
    let finn = desk.signed_in("finn").await;
    finn.post("/witnesses", &[("do", "shut")])
        .await
        .goes_to("/witnesses?done=");
    nobody.get("/log/checkpoint").await.shows(404);
    desk.holds().await;
}

fn a_witness(seed: u8) -> SigningKey {
    SigningKey::make("witness.example", Use::Witness, &[seed; 32]).unwrap()
}

async fn a_witness_is_named_once_and_dismissed(desk: &Desk) {
    let finn = desk.signed_in("finn").await;
    let key = a_witness(1).verifying().to_string();
    let name = [("do", "name"), ("key", key.as_str())];
    finn.post("/witnesses", &name)
        .await
        .goes_to("/witnesses?done=");
    finn.post("/witnesses", &name)
        .await
        .shows(422)
        .faults("key", "named already");
    let logs = desk.ledger_key().to_string();
    for bad in ["", "what", logs.as_str()] {
        let typed = [("do", "name"), ("key", bad)];
        finn.post("/witnesses", &typed)
            .await
            .shows(422)
            .faults("key", "not a witness's key");
    }
    finn.get("/witnesses")
        .await
        .shows(200)
        .says("witness.example");
    let eve = desk.signed_in("eve").await;
    eve.get("/ledger").await.shows(200).says("witness.example");
    let dismiss = [("do", "dismiss"), ("key", key.as_str())];
    finn.post("/witnesses", &dismiss)
        .await
        .goes_to("/witnesses?done=");
    assert!(desk.store.witnesses().await.unwrap().is_empty());
    assert_eq!(
        (
            desk.times("witness.name").await,
            desk.times("witness.dismiss").await
        ),
        (1, 1)
    );
    desk.holds().await;
}

async fn a_cosignature_of_nobody_is_turned_away(desk: &Desk) {
    desk.office.checkpoint_if_grown().await.unwrap();
    let (ours, stranger) = (a_witness(1), a_witness(2));
    let finn = desk.signed_in("finn").await;
    let key = ours.verifying().to_string();
    finn.post("/witnesses", &[("do", "name"), ("key", key.as_str())])
        .await
        .goes_to("/witnesses");
    desk.office.checkpoint_if_grown().await.unwrap();
    let note = last(desk).await;
    let another = SignedNote::of(casework::ledger::Checkpoint {
        root: [7; 32],
        ..note.checkpoint().clone()
    });
    for (bad, says) in [
        ("what".to_owned(), "not a signed checkpoint"),
        (
            note.clone().signed_by(&stranger, desk.now()).to_string(),
            "No witness",
        ),
        (
            another.signed_by(&ours, desk.now()).to_string(),
            "signed no such",
        ),
    ] {
        let request = axum::http::Request::post("/log/cosignatures");
        let answer = desk.nobody().send(request.body(bad.into()).unwrap()).await;
        assert!(answer.shows(422).raw().contains(says));
    }
    let good = note.signed_by(&ours, desk.now()).to_string();
    for _ in 0..2 {
        let request = axum::http::Request::post("/log/cosignatures");
        desk.nobody()
            .send(request.body(good.clone().into()).unwrap())
            .await
            .shows(204);
    }
    assert_eq!(
        last(desk).await.cosigned_by(ours.verifying()),
        Some(desk.now())
    );
    desk.holds().await;
}

/// Serves a desk on a port of this machine.
async fn served(desk: &Desk) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let site = Site::open(&desk.folder()).unwrap();
    let house = House::new(Arc::clone(&desk.office), site);
    tokio::spawn(async move { axum::serve(listener, router(house)).await });
    format!("http://{address}/log")
}

fn watching(url: &str, key: VerifyingKey, folder: &std::path::Path) -> Options {
    Options {
        desk: url.into(),
        key: vec![key],
        data: folder.into(),
        name: Some("witness.example".into()),
        every: 1,
        once: true,
    }
}

/// Looks as the witness does, off the threads that serve.
async fn looks(options: &Options, now: jiff::Timestamp) -> anyhow::Result<Look> {
    let options = options.clone();
    tokio::task::spawn_blocking(move || Witness::open(&options)?.look(now))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_follows_a_growing_ledger_and_its_cosignature_is_printed() {
    let desk = house().await;
    opened(&desk).await;
    let folder = tempfile::tempdir().unwrap();
    let options = watching(&served(&desk).await, desk.ledger_key(), folder.path());
    let key = Witness::open(&options).unwrap().key().clone();
    let finn = desk.signed_in("finn").await;
    finn.post("/witnesses", &[("do", "name"), ("key", &key.to_string())])
        .await
        .goes_to("/witnesses");
    desk.office.checkpoint_if_grown().await.unwrap();
    let look = looks(&options, desk.now()).await.unwrap();
    assert!(matches!(look, Look::Cosigned { from: 0, .. }), "{look}");
    let look = looks(&options, desk.now()).await.unwrap();
    assert!(matches!(look, Look::Same { .. }), "{look}");
    // Past the first tile, so that hashes of two levels are asked for.
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let carla = desk.signed_in("carla").await;
    for _ in 0..3 {
        for _ in 0..100 {
            carla.get(&format!("/cases/{id}")).await.shows(200);
            let mut writing = desk.store.begin().await.unwrap();
            let entry = casework::ledger::Entry::CaseRead { case: id };
            writing.seal(desk.now(), None, &entry).await.unwrap();
            writing.commit().await.unwrap();
        }
        desk.office.checkpoint_if_grown().await.unwrap();
        let look = looks(&options, desk.now()).await.unwrap();
        assert!(matches!(look, Look::Cosigned { from: 1.., .. }), "{look}");
    }
    assert_eq!(last(&desk).await.cosigned_by(&key), Some(desk.now()));
    let pdf = record(&carla, id).await;
    let mut held = held(&desk);
    held.keys.push(key);
    let report = verifier::verify(&pdf, &held);
    assert_eq!(report.verdict, Verdict::Intact, "{report:#?}");
    let told = serde_json::to_string(&report).unwrap();
    assert!(told.contains("witness.example"), "{told}");
    desk.holds().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_refuses_another_history_and_keeps_the_evidence() {
    let desk = house().await;
    opened(&desk).await;
    let old = desk.copied().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    desk.office.checkpoint_if_grown().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let seen = watching(&served(&desk).await, desk.ledger_key(), folder.path());
    looks(&seen, desk.now()).await.unwrap();
    // The backup is shorter, and once it has grown as long it tells something else.
    old.office.checkpoint_if_grown().await.unwrap();
    let other = watching(&served(&old).await, desk.ledger_key(), folder.path());
    let look = looks(&other, desk.now()).await.unwrap();
    assert!(look.to_string().contains("and now has"), "{look}");
    old.in_review(Instrument::Subpoena).await;
    old.in_review(Instrument::Subpoena).await;
    old.office.checkpoint_if_grown().await.unwrap();
    let look = looks(&other, desk.now()).await.unwrap();
    let Look::Rewritten { says, evidence } = look else {
        panic!("{look}");
    };
    assert!(says.contains("does not continue"), "{says}");
    let kept = |name: &str| std::fs::read_to_string(evidence.join(name)).unwrap();
    assert_eq!(kept("shown.txt"), last(&old).await.to_string());
    // What it keeps is evidence by itself: both notes are signed by the desk, and do not agree.
    let carla = desk.signed_in("carla").await;
    let pdf = record(&carla, id).await;
    let mut against = held(&desk);
    against.read_kept(kept("shown.txt").as_bytes()).unwrap();
    assert_ne!(verifier::verify(&pdf, &against).verdict, Verdict::Intact);
    // And the honest desk goes on being cosigned.
    desk.office.checkpoint_if_grown().await.unwrap();
    let look = looks(&seen, desk.now()).await.unwrap();
    assert!(matches!(look, Look::Cosigned { from: 1.., .. }), "{look}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_witness_that_was_given_another_key_signs_nothing() {
    let desk = house().await;
    opened(&desk).await;
    desk.office.checkpoint_if_grown().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let another = SigningKey::make("another", Use::Log, &[9; 32]).unwrap();
    let options = watching(
        &served(&desk).await,
        another.verifying().clone(),
        folder.path(),
    );
    let error = looks(&options, desk.now()).await.unwrap_err().to_string();
    assert!(error.contains("none of the keys"), "{error}");
    assert!(!folder.path().join("seen.txt").exists());
}

/// An auditor keeps a checkpoint; the ledger is then put back, cut short or written anew by somebody
/// who has every key. Given the checkpoint, the record tells.
#[tokio::test]
async fn an_old_backup_a_cut_ledger_and_a_rewritten_one_are_found_by_a_kept_checkpoint() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let backup = desk.copied().await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let eve = desk.signed_in("eve").await;
    let kept = eve.get("/ledger/checkpoint").await.shows(200).raw();
    let had = kept.parse::<SignedNote>().unwrap().checkpoint().size;

    // The backup, restored: shorter than what was kept.
    let mut against = held(&desk);
    against.read_kept(kept.as_bytes()).unwrap();
    let person = backup.signed_in("eve").await;
    let early = record(&person, id).await;
    assert_eq!(
        verifier::verify(&early, &held(&desk)).verdict,
        Verdict::Intact,
        "alone it tells nothing"
    );
    let report = verifier::verify(&early, &against);
    assert_eq!(report.verdict, Verdict::Older, "{report:#?}");

    // Grown past it with another history, each step honestly signed: its own proof convicts it.
    let dev = backup.signed_in("dev").await;
    dev.decides(id, crate::house::DENY).await.goes_to("/cases/");
    while backup.store.head().await.unwrap().size <= had {
        person.get(&format!("/cases/{id}")).await.shows(200);
        backup.minutes_pass(20);
        let again = backup.signed_in("eve").await;
        again.get(&format!("/cases/{id}")).await.shows(200);
    }
    let person = backup.signed_in("eve").await;
    let late = record(&person, id).await;
    let under = backup.store.issued(id).await.unwrap().pop().unwrap().under;
    let asked = format!("/ledger/consistency?from={had}&to={under}");
    let bundle = person.get(&asked).await.shows(200);
    against.read_kept(&bundle.bytes).unwrap();
    let report = verifier::verify(&late, &against);
    assert_eq!(report.verdict, Verdict::Diverged, "{report:#?}");
}

#[tokio::test]
async fn a_key_that_was_changed_is_vouched_for_by_the_old_one() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let old_key = desk.ledger_key();
    let eve = desk.signed_in("eve").await;
    let before = record(&eve, id).await;
    let path = desk.folder().join("ledger.key");
    let old = SigningKey::from_secret(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let next = server::keys::successor(&path, &old).unwrap();
    desk.office.succeed(&next).await.unwrap();
    server::keys::succeed(&path).unwrap();
    let desk = desk.started_again().await;
    assert_ne!(desk.ledger_key(), old_key);
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let after = record(&carla, id).await;
    let knowing = |key: &VerifyingKey| Held {
        keys: vec![key.clone()],
        ..Held::default()
    };
    for (pdf, key, verdict) in [
        (&before, &old_key, Verdict::Intact),
        (&after, &old_key, Verdict::Intact),
        (&after, &desk.ledger_key(), Verdict::Intact),
        // Nobody told the first record of a key that came later.
        (&before, &desk.ledger_key(), Verdict::SignatureUnknown),
    ] {
        let report = verifier::verify(pdf, &knowing(key));
        assert_eq!(report.verdict, verdict, "{report:#?}");
    }
    desk.holds().await;
}

#[tokio::test]
async fn a_key_that_was_lost_is_replaced_and_nothing_vouches_for_the_new_one() {
    let desk = house().await;
    let id = desk.in_review(Instrument::SearchWarrant).await;
    let old_key = desk.ledger_key();
    let before = record(&desk.signed_in("eve").await, id).await;
    // The file is gone, and a start made another, in a name of chance.
    let path = desk.folder().join("ledger.key");
    std::fs::remove_file(&path).unwrap();
    let chance = server::keys::make_key(&path, "by/chance", Use::Log).unwrap();
    let named = server::office::named_key(&desk.store).await.unwrap();
    let new = server::keys::of_ledger(&path, chance, named).unwrap();
    assert_eq!(new.verifying().name(), old_key.name());
    server::office::replace_lost_key(&desk.store, &new, desk.now())
        .await
        .unwrap();
    let twice = server::office::replace_lost_key(&desk.store, &new, desk.now()).await;
    assert!(twice.unwrap_err().to_string().contains("nothing is lost"));
    let desk = desk.started_again().await;
    let carla = desk.signed_in("carla").await;
    carla.decides(id, APPROVE).await.goes_to("/cases/");
    let after = record(&carla, id).await;
    for (pdf, key, verdict) in [
        (&before, &old_key, Verdict::Intact),
        (&after, new.verifying(), Verdict::Intact),
        (&after, &old_key, Verdict::SignatureUnknown),
    ] {
        let known = Held {
            keys: vec![key.clone()],
            ..Held::default()
        };
        let report = verifier::verify(pdf, &known);
        assert_eq!(report.verdict, verdict, "{report:#?}");
    }
    desk.holds().await;
}
