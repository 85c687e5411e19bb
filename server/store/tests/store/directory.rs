//! The directory: kept, merged, found along an index, and compared with the ledger.

use casework::{
    case::{CaseId, Step},
    directory::{Ask, Authority, AuthorityId, Domain, Phone, PhoneId},
    form::Fields,
    ledger::Entry,
    request::RequesterKind,
    signals::domain_keys_like,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use crate::{
    scene::{Scene, anna, carla, line, monday, on_both, request},
    verifying::forge,
};

fn authority(number: u128, name: &str, domain: &str) -> Authority {
    Authority {
        id: AuthorityId(Uuid::from_u128(number)),
        kind: RequesterKind::Police,
        name: line(name),
        also: Vec::new(),
        country: line("United States"),
        units: vec![line("Fraud Unit")],
        domains: vec![Domain::parse(domain).unwrap()],
        phones: vec![Phone {
            id: PhoneId(Uuid::from_u128(number)),
            number: line("+1 555 014 2000"),
            label: None,
            source: line("the county's own directory"),
            checked_on: "2026-02-01".parse().unwrap(),
        }],
        people: Vec::new(),
        remarks: None,
        retired: None,
        merged_into: None,
    }
}

async fn entered(scene: &Scene, all: &[Authority]) {
    let mut writing = scene.store.begin().await.unwrap();
    for one in all {
        writing
            .enter_authority(monday(), Some(anna().id), one)
            .await
            .unwrap();
    }
    writing.commit().await.unwrap();
}

async fn merged(scene: &Scene, one: u128, other: u128) {
    let mut writing = scene.store.begin().await.unwrap();
    let [one, other] = [one, other].map(|number| AuthorityId(Uuid::from_u128(number)));
    let left = writing.authority(one).await.unwrap().unwrap().authority;
    let right = writing.authority(other).await.unwrap().unwrap().authority;
    let both = left.merge(&right).unwrap();
    let from = if both.id == one { other } else { one };
    writing
        .merge_authorities(monday(), Some(anna().id), from, &both)
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

fn asked_by(authority: u128, agency: &str) -> Fields {
    request()
        .with("authority_id", Uuid::from_u128(authority).to_string())
        .with("authority", agency)
        .with("phone", "(555) 014-2000")
        .with(
            "asks",
            "All records of the account named below, with its sign-in history.",
        )
}

async fn names(scene: &Scene, text: &str) -> Vec<String> {
    let ask = Ask {
        text: text.into(),
        after: None,
    };
    let page = scene.store.authorities(&ask).await.unwrap();
    page.cards
        .iter()
        .map(|card| card.name.to_string())
        .collect()
}

on_both! {
    async fn authorities_are_found_by_name_country_domain_and_the_beginning_of_a_word(scene: &Scene) {
        entered(scene, &[
            authority(1, "Lakeside Police Department", "police.lakeside.example"),
            authority(2, "Häfen-Polizei", "hafen.example"),
        ]).await;
        for text in ["lake", "LAKESIDE pol", "police.lakeside.example", "fraud lakeside"] {
            assert_eq!(names(scene, text).await, ["Lakeside Police Department"], "{text}");
        }
        assert_eq!(names(scene, "hafen").await, ["Häfen-Polizei"]);
        assert_eq!(names(scene, "united").await, ["Häfen-Polizei", "Lakeside Police Department"]);
        assert_eq!(names(scene, "").await.len(), 2);
        assert!(names(scene, "riverside").await.is_empty());
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn the_list_is_read_a_page_at_a_time(scene: &Scene) {
        let all: Vec<_> = (1..=120)
            .map(|number| authority(number, &format!("Agency {:03}", 200 - number), &format!("agency{number}.example")))
            .collect();
        entered(scene, &all).await;
        for text in ["", "agency"] {
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let ask = Ask { text: text.into(), after };
                let page = scene.store.authorities(&ask).await.unwrap();
                assert!(page.cards.len() <= 50);
                found.extend(page.cards.into_iter().map(|card| card.name.to_string()));
                after = page.next;
                if after.is_none() { break }
            }
            let sorted = found.is_sorted();
            assert!(found.len() == 120 && sorted, "{text:?}: {found:?}");
        }
    }

    async fn a_domain_like_an_official_one_finds_it(scene: &Scene) {
        entered(scene, &[
            authority(1, "Lakeside Police Department", "police.lakeside.example"),
            authority(2, "Harbor", "harbor.example"),
        ]).await;
        for suspect in ["police-lakeside.example", "police.lakes1de.example", "police.lakeside.example", "mail.police.lakeside.example"] {
            let suspect = Domain::parse(suspect).unwrap();
            let near = scene.store.officials(domain_keys_like(&suspect)).await.unwrap();
            let found: Vec<_> = near.iter().map(|official| official.domain.as_str()).collect();
            assert_eq!(found, ["police.lakeside.example"], "{suspect}");
        }
    }

    async fn merging_moves_what_it_is_found_by_and_its_requests(scene: &Scene) {
        entered(scene, &[
            authority(1, "Lakeside Police Department", "police.lakeside.example"),
            authority(2, "Lakeside PD", "lakesidepd.example"),
            authority(3, "LPD", "lpd.example"),
        ]).await;
        let one = scene.open(asked_by(3, "LPD"), monday()).await;
        let other = scene.open(asked_by(1, "Lakeside Police Department"), monday()).await;
        merged(scene, 3, 2).await;
        merged(scene, 2, 1).await;
        let stands = AuthorityId(Uuid::from_u128(1));
        let known = scene.store.authority_standing_for(AuthorityId(Uuid::from_u128(3))).await.unwrap().unwrap();
        assert_eq!(known.authority.id, stands);
        assert!(known.authority.is_called("lpd") && known.authority.domains.len() == 3);
        assert_eq!(names(scene, "lpd").await, ["Lakeside Police Department"]);
        let history = scene.store.requests_of(stands, None).await.unwrap();
        let cases: Vec<CaseId> = history.requests.iter().map(|request| request.card.id).collect();
        assert_eq!(cases, [other, one]);
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn who_was_merged_is_not_changed_or_merged_again(scene: &Scene) {
        let all = [authority(1, "A", "a.example"), authority(2, "B", "b.example"), authority(3, "C", "c.example")];
        entered(scene, &all).await;
        merged(scene, 1, 2).await;
        let mut writing = scene.store.begin().await.unwrap();
        assert!(writing.amend_authority(monday(), Some(anna().id), &all[1]).await.is_err());
        drop(writing);
        let mut writing = scene.store.begin().await.unwrap();
        let both = all[2].merge(&all[0]).unwrap();
        assert!(writing.merge_authorities(monday(), Some(anna().id), all[1].id, &both).await.is_err());
    }

    async fn a_history_is_read_a_page_at_a_time(scene: &Scene) {
        entered(scene, &[authority(1, "Lakeside", "lakeside.example")]).await;
        for _ in 0..45 {
            scene.open(asked_by(1, "Lakeside"), monday()).await;
        }
        let (mut count, mut before) = (0, None);
        loop {
            let page = scene.store.requests_of(AuthorityId(Uuid::from_u128(1)), before).await.unwrap();
            assert!(page.requests.len() <= 20);
            count += page.requests.len();
            before = page.next;
            if before.is_none() { break }
        }
        assert_eq!(count, 45);
    }

    async fn one_number_and_one_wording_are_met_once_for_each_agency(scene: &Scene) {
        entered(scene, &[authority(1, "Lakeside", "lakeside.example")]).await;
        for _ in 0..30 {
            scene.open(asked_by(1, "Lakeside"), monday()).await;
        }
        let harbor = scene.open(asked_by(9, "Harbor DA").with("phone", "+1 555 014 2000"), monday()).await;
        let own = scene.open(asked_by(1, "Lakeside"), monday()).await;
        let case = scene.case(own).await;
        let phones = scene.store.phones_met(&case).await.unwrap();
        let told: Vec<_> = phones.iter().map(|met| (met.name.as_str(), met.case.is_some())).collect();
        assert_eq!(told, [("Lakeside", false), ("Harbor DA", true), ("Lakeside", true)]);
        let texts = scene.store.texts_met(&case).await.unwrap();
        let met: Vec<_> = texts.iter().filter(|met| met.name.as_str() == "Harbor DA").collect();
        assert_eq!(met[0].case.unwrap().0, harbor);
        assert_eq!(texts.len(), 2);
    }

    async fn of_many_numbers_the_first_ones_are_looked_for(scene: &Scene) {
        let numbers: Vec<String> = (0..9).map(|n| format!("+1 555 014 {n}000")).collect();
        for (place, number) in numbers.iter().enumerate() {
            scene.open(asked_by(9, &format!("Agency {place}")).with("phone", number.as_str()), monday()).await;
        }
        let own = scene.open(asked_by(1, "Lakeside").with("phone", numbers.join(" / ")), monday()).await;
        let met = scene.store.phones_met(&scene.case(own).await).await.unwrap();
        let told: Vec<_> = met.iter().map(|met| (met.name.as_str(), met.number.as_str())).collect();
        assert_eq!(told, [("Agency 0", "+15550140000"), ("Agency 1", "+15550141000"), ("Agency 2", "+15550142000")]);
    }

    async fn of_many_agencies_some_are_met(scene: &Scene) {
        for place in 0..20 {
            scene.open(asked_by(9, &format!("Agency {place:02}")), monday()).await;
        }
        let own = scene.open(asked_by(1, "Lakeside").with("phone", ""), monday()).await;
        let case = scene.case(own).await;
        assert!(scene.store.phones_met(&case).await.unwrap().is_empty());
        let met = scene.store.texts_met(&case).await.unwrap();
        assert_eq!(met.len(), 12);
        assert!(met.iter().all(|met| met.number.is_empty() && met.authority.is_none()));
    }

    async fn cases_from_before_are_given_what_they_are_found_by(scene: &Scene) {
        scene.open(asked_by(1, "Lakeside"), monday()).await;
        for table in ["case_trace", "case_authority", "cases_traced"] {
            scene.force(&format!("DELETE FROM {table}")).await.unwrap();
        }
        let found = scene.found().await;
        assert_eq!(found, ["What DD-2026-00001 is found by in the directory was edited."]);
        store::Store::open_for_tests(&scene.url).await.unwrap();
        assert_eq!(scene.found().await, [""; 0]);
    }

    async fn an_edited_directory_is_found(scene: &Scene) {
        entered(scene, &[authority(1, "Lakeside", "lakeside.example"), authority(2, "Harbor", "harbor.example")]).await;
        let told = format!("Authority {} of the directory was edited, removed or never entered.", Uuid::from_u128(1));
        scene.force("UPDATE authority SET body = replace(body, '2000', '6666') WHERE folded = 'lakeside'").await.unwrap();
        assert_eq!(scene.found().await, std::slice::from_ref(&told));
        scene.force("UPDATE authority SET body = replace(body, '6666', '2000') WHERE folded = 'lakeside'").await.unwrap();
        assert_eq!(scene.found().await, [""; 0]);
        scene.force("DELETE FROM authority_trace WHERE kind = 'near' AND trace = 'lakeside.example'").await.unwrap();
        scene.force("DELETE FROM authority_trace WHERE kind = 'name' AND trace = 'lakeside'").await.unwrap();
        assert_eq!(scene.found().await, [told]);
    }

    async fn an_entry_by_one_who_does_not_keep_the_directory_is_found(scene: &Scene) {
        let ada = crate::scene::ada();
        let mut writing = scene.store.begin().await.unwrap();
        writing.enter_authority(monday(), Some(ada.id), &authority(1, "Lakeside", "lakeside.example")).await.unwrap();
        writing.commit().await.unwrap();
        let found = scene.found().await;
        assert!(found.len() == 1 && found[0].contains("only legal staff and managers keep the directory"), "{found:?}");
    }

    async fn a_merger_that_lost_something_is_found(scene: &Scene) {
        let (one, other) = (authority(1, "A", "a.example"), authority(2, "B", "b.example"));
        entered(scene, &[one.clone(), other.clone()]).await;
        // Without B's domain.
        let into = Authority { also: vec![line("B")], ..one };
        forge(scene, &Entry::AuthoritiesMerged { from: other.id, into }, &anna()).await;
        let found = scene.found().await;
        assert!(found.iter().any(|says| says.contains("what came of it is not both in one")), "{found:?}");
    }

    async fn a_confirmation_counts_from_when_it_was_made_until_one_fails(scene: &Scene) {
        entered(scene, &[authority(1, "Lakeside", "lakeside.example")]).await;
        let id = AuthorityId(Uuid::from_u128(1));
        let case = scene.open(asked_by(1, "Lakeside"), monday()).await;
        let file = Step::File { policy: casework::policy::PolicyVersion(1) };
        scene.take(case, file, &anna(), monday()).await.unwrap();
        assert_eq!(scene.store.confirmed_at(id).await.unwrap(), None);
        let verification = crate::scene::verification();
        let at: Timestamp = verification.at.timestamp();
        scene.take(case, Step::Verify(verification.clone()), &carla(), monday()).await.unwrap();
        assert_eq!(scene.store.confirmed_at(id).await.unwrap(), Some(at));
        assert_eq!(scene.store.confirmations_of(id).await.unwrap().len(), 1);
        let failed = casework::verification::Verification {
            finding: casework::verification::Finding::NotConfirmed,
            ..verification
        };
        let later = monday().checked_add(1.hours()).unwrap();
        scene.take(case, Step::Verify(failed), &carla(), later).await.unwrap();
        assert_eq!(scene.store.confirmed_at(id).await.unwrap(), None);
        assert_eq!(scene.found().await, [""; 0]);
    }
}
