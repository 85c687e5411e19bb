//! What is listed and counted under a version of the promise follows every step, and is found where
//! somebody else wrote it.

use casework::{
    case::{CaseId, Said, Step},
    decision::{Review, ReviewFinding},
    disclosure::{Answer, Disclosure, Means},
    ground::Ground,
    instrument::Instrument,
    member::{Member, MemberId, Role},
    order::Digest,
    policy::{PolicyVersion, made::Counted},
};
use sea_orm::{DbBackend, Statement};
use store::{NewMember, Store};

use crate::scene::{
    Scene, ada, anna, approve, carla, classification, dev, line, monday, on_both, prose,
    verification,
};

const ONE: PolicyVersion = PolicyVersion(1);

async fn disclosed(scene: &Scene) -> CaseId {
    let id = scene.in_review().await;
    scene.take(id, approve(), &carla(), monday()).await.unwrap();
    disclose(scene, id).await;
    id
}

async fn disclose(scene: &Scene, id: CaseId) {
    let granted = scene.case(id).await.granted().clone();
    let disclosure = Disclosure {
        answers: granted
            .into_iter()
            .map(|one| (one, Answer::Produced))
            .collect(),
        recipient: line("Det. Maria Lopez"),
        means: Means::Portal,
        sent: "2026-03-02T09:00:00+00:00[UTC]".parse().unwrap(),
        what: prose("One file."),
        sha256: Some(Digest([9; 32])),
    };
    scene
        .take(id, Step::Disclose(disclosure), &anna(), monday())
        .await
        .unwrap();
}

/// Takes a case up again and discloses under an emergency what was disclosed under a warrant.
async fn again_under_an_emergency(scene: &Scene, id: CaseId) {
    let ben = Member {
        id: MemberId(uuid::Uuid::from_u128(2)),
        name: line("Ben Okafor"),
        role: Role::Staff,
    };
    let mut writing = scene.store.begin().await.unwrap();
    let new = NewMember {
        sign_in: "ben".into(),
        member: ben.clone(),
        password_hash: "$argon2id$".into(),
        must_change_password: false,
    };
    writing
        .add_member(monday(), Some(ada().id), &new)
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let reasons = prose("It is urgent now.");
    for (step, by) in [
        (
            Step::Withdraw(Said {
                reasons: reasons.clone(),
            }),
            anna(),
        ),
        (Step::Reopen(Said { reasons }), anna()),
        (
            Step::Classify(classification(Instrument::EmergencyRequest)),
            anna(),
        ),
        (Step::Verify(verification()), ben),
        (Step::SUBMIT, anna()),
        (approve(), carla()),
    ] {
        scene.take(id, step, &by, monday()).await.unwrap();
    }
    disclose(scene, id).await;
}

async fn counted(scene: &Scene, ground: Option<Ground>, what: Counted) -> i64 {
    let all = scene.store.counted().await.unwrap();
    all.get(&(ONE, ground, what)).copied().unwrap_or_default()
}

on_both! {
    async fn cases_and_disclosures_are_counted_as_they_come(scene: &Scene) {
        scene.in_review().await;
        let id = disclosed(scene).await;
        assert_eq!(counted(scene, None, Counted::Cases).await, 2);
        assert_eq!(counted(scene, Some(Ground::LegalDirective), Counted::Disclosures).await, 1);
        assert_eq!(counted(scene, Some(Ground::Emergency), Counted::Disclosures).await, 0);
        let made = scene.store.made_under(ONE, Ground::LegalDirective, false, None, 9).await.unwrap();
        assert_eq!(made.iter().map(|(_, made)| made.case).collect::<Vec<_>>(), [id]);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_disclosure_stays_under_the_ground_it_was_made_on(scene: &Scene) {
        let id = disclosed(scene).await;
        again_under_an_emergency(scene, id).await;
        let grounds = |ground| scene.store.made_under(ONE, ground, false, None, 9);
        assert_eq!(grounds(Ground::LegalDirective).await.unwrap().len(), 1);
        assert_eq!(grounds(Ground::Emergency).await.unwrap().len(), 1);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn what_sits_ill_is_found_until_it_is_mended(scene: &Scene) {
        let id = disclosed(scene).await;
        again_under_an_emergency(scene, id).await;
        let ill = || scene.store.made_under(ONE, Ground::Emergency, true, None, 9);
        assert_eq!(ill().await.unwrap().len(), 1);
        assert_eq!(counted(scene, Some(Ground::Emergency), Counted::Unreviewed).await, 1);
        let review = Step::Review(Review { finding: ReviewFinding::Upheld, reasons: prose("It was right.") });
        scene.take(id, review, &dev(), monday()).await.unwrap();
        assert!(ill().await.unwrap().is_empty());
        assert_eq!(counted(scene, Some(Ground::Emergency), Counted::Unreviewed).await, 0);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn pages_of_disclosures_meet_without_a_gap(scene: &Scene) {
        for _ in 0..5 {
            disclosed(scene).await;
        }
        let page = |before| scene.store.made_under(ONE, Ground::LegalDirective, false, before, 2);
        let (mut before, mut numbers) = (None, Vec::new());
        loop {
            let made = page(before).await.unwrap();
            let Some((seq, _)) = made.last() else { break };
            before = Some(*seq);
            numbers.extend(made.iter().map(|(_, made)| made.number.count));
        }
        assert_eq!(numbers, [5, 4, 3, 2, 1]);
    }

    async fn an_older_desk_is_filled_when_it_opens(scene: &Scene) {
        let id = disclosed(scene).await;
        again_under_an_emergency(scene, id).await;
        let before = scene.store.counted().await.unwrap();
        for sql in ["DELETE FROM case_disclosure", "DELETE FROM policy_tally", "DELETE FROM derivation"] {
            scene.force(sql).await.unwrap();
        }
        let store = Store::open_for_tests(&scene.url).await.unwrap();
        assert_eq!(store.counted().await.unwrap(), before);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn a_disclosure_taken_off_the_list_is_found(scene: &Scene) {
        disclosed(scene).await;
        scene.force("DELETE FROM case_disclosure").await.unwrap();
        assert_eq!(scene.found().await, ["What is listed of DD-2026-00001 under its policy was edited."]);
    }

    async fn a_disclosure_moved_to_another_ground_is_found(scene: &Scene) {
        disclosed(scene).await;
        scene.force("UPDATE case_disclosure SET ground = 'emergency'").await.unwrap();
        assert_eq!(scene.found().await, ["What is listed of DD-2026-00001 under its policy was edited."]);
    }

    async fn a_count_that_was_bettered_is_found(scene: &Scene) {
        disclosed(scene).await;
        scene.force("UPDATE policy_tally SET number = 0 WHERE counted = 'disclosures'").await.unwrap();
        assert_eq!(scene.found().await, ["What is counted under policy version 1 was edited."]);
        scene.force("UPDATE policy_tally SET counted = 'nonsense' WHERE counted = 'disclosures'").await.unwrap();
        assert_eq!(scene.found().await, ["What is counted under policy version 1 was edited."]);
    }
}

#[tokio::test]
async fn disclosures_under_a_version_are_found_along_an_index() {
    let scene = Scene::sqlite().await;
    for (sql, index) in [
        (
            "SELECT * FROM case_disclosure WHERE policy = 1 AND ground = 'emergency' AND seq < 9 ORDER BY seq DESC LIMIT 9",
            "INDEX case_disclosure_policy ",
        ),
        (
            "SELECT * FROM case_disclosure WHERE policy = 1 AND ground = 'emergency' AND ill = 1 AND seq < 9 ORDER BY seq DESC LIMIT 9",
            "INDEX case_disclosure_ill ",
        ),
        (
            "SELECT * FROM case_disclosure WHERE case_serial = 1 ORDER BY place",
            "INDEX sqlite_autoindex_case_disclosure_1 ",
        ),
    ] {
        use sea_orm::ConnectionTrait;
        let plan = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
        let plan = scene.raw.query_all_raw(plan).await.unwrap();
        let steps: Vec<String> = plan
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .collect();
        assert!(
            steps
                .iter()
                .all(|step| step.starts_with("SEARCH") && step.contains(index)),
            "{sql}: {steps:?}"
        );
    }
}
