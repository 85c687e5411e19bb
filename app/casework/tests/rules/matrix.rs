//! `authorization.txt` against the rules: role × step × relation × stage, every combination.

use std::collections::BTreeSet;

use casework::{
    case::{Stage, Step, StepKind},
    decision::ReviewFinding,
    instrument::Instrument,
    matrix::{Matrix, StepRule},
    member::{Member, Role},
    policy::PolicyVersion,
};

use crate::scene::{
    Scene, anna, approve, approve_in_part, ben, carla, close, deny, dev, member, order, request,
    review, said, send_back,
};

/// What the member asked about did on the case before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Stranger,
    Edited,
    Filed,
    Classified,
    Verified,
    Released,
}

const RELATIONS: [Relation; 6] = [
    Relation::Stranger,
    Relation::Edited,
    Relation::Filed,
    Relation::Classified,
    Relation::Verified,
    Relation::Released,
];

impl Relation {
    fn word(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Edited => "edited",
            Self::Filed => "filed",
            Self::Classified => "classified",
            Self::Verified => "verified",
            Self::Released => "released",
        }
    }
}

/// The member asked about; their role is changed afterwards, as happens to people.
fn them(role: Role) -> Member {
    member(99, "Eve Lind", role)
}

struct World {
    scene: Scene,
    relation: Relation,
    emergency: bool,
    preserving: bool,
}

/// Every stage that a case can be in, for each relation of one member to it.
fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for instrument in [
        Instrument::OtherCourtOrder,
        Instrument::EmergencyRequest,
        Instrument::PreservationRequest,
    ] {
        for relation in RELATIONS {
            for scene in stages(instrument, relation) {
                worlds.push(World {
                    scene,
                    relation,
                    emergency: instrument == Instrument::EmergencyRequest,
                    preserving: instrument == Instrument::PreservationRequest,
                });
            }
        }
    }
    worlds
}

fn stages(instrument: Instrument, relation: Relation) -> Vec<Scene> {
    let staff = |when: Relation, otherwise: Member| {
        if relation == when {
            them(Role::Staff)
        } else {
            otherwise
        }
    };
    let draft = Scene::new().step(
        Step::Draft { fields: request() },
        &staff(Relation::Edited, anna()),
    );
    let filed = draft.clone().step(
        Step::File {
            policy: PolicyVersion(1),
        },
        &staff(Relation::Filed, anna()),
    );
    let classified = filed
        .clone()
        .classified(instrument, &staff(Relation::Classified, anna()));
    let ready = classified
        .clone()
        .step(Step::Attach(order(1)), &anna())
        .verified(&staff(Relation::Verified, ben()));
    let in_review = ready.clone().step(Step::Submit, &anna());
    let manager = if relation == Relation::Released {
        them(Role::Manager)
    } else {
        carla()
    };
    let after = |step: Step| in_review.clone().step(step, &manager);
    // A relation is only there from the stage on in which it came to be.
    let mut scenes = match relation {
        Relation::Stranger | Relation::Edited => {
            vec![draft, filed, classified, ready, in_review.clone()]
        }
        Relation::Filed => vec![filed, classified, ready, in_review.clone()],
        Relation::Classified => vec![classified, ready, in_review.clone()],
        Relation::Verified => vec![ready, in_review.clone()],
        Relation::Released => vec![],
    };
    let approved = after(approve());
    scenes.extend([after(deny()), after(send_back()), approved.clone()]);
    scenes.push(approved.clone().step(Step::Withdraw(said()), &anna()));
    if instrument == Instrument::PreservationRequest {
        scenes.push(approved.step(close(), &anna()));
        return scenes;
    }
    let partly = after(approve_in_part());
    let disclosed = partly.clone().disclosed(&anna());
    scenes.extend([partly.clone(), disclosed.clone()]);
    if instrument == Instrument::EmergencyRequest {
        let reviewed = disclosed.step(review(ReviewFinding::Upheld), &dev());
        scenes.push(partly.step(review(ReviewFinding::Upheld), &dev()));
        scenes.extend([reviewed.clone(), reviewed.step(close(), &anna())]);
    } else {
        scenes.push(disclosed.step(close(), &anna()));
    }
    scenes
}

fn allows(line: &StepRule, world: &World, role: Role) -> bool {
    let stage = world.scene.case.stage().code();
    let narrowed = |word: &str| match word {
        "unreviewed" => world.scene.case.awaits_review(),
        "reviewed" => !world.scene.case.awaits_review(),
        "preserving" => world.preserving,
        "producing" => !world.preserving,
        "emergency" => world.emergency,
        other => panic!("authorization.txt narrows by {other:?}, which nobody knows"),
    };
    let said = |entry: &String, word: &str| match entry.split_once(':') {
        None => entry == word,
        Some((first, by)) => first == word && narrowed(by),
    };
    // Ground and instrument are known to the rule once the case is classified.
    let classified = world.scene.case.classification().is_some();
    line.roles.iter().any(|one| one == role.code())
        && line.stages.iter().any(|one| said(one, stage))
        && !line
            .refused
            .iter()
            .any(|one| said(one, world.relation.word()) && (classified || !one.contains(':')))
}

#[test]
fn every_role_step_relation_and_stage_is_decided_as_the_file_says() {
    let matrix = Matrix::read();
    let mut seen: BTreeSet<(Stage, &str)> = BTreeSet::new();
    let mut combinations = 0;
    let mut wrong = Vec::new();
    for world in worlds() {
        seen.insert((world.scene.case.stage(), world.relation.word()));
        for role in Role::ALL {
            for (step, rule) in StepKind::ALL.iter().zip(&matrix.steps) {
                combinations += 1;
                let answered = world.scene.case.may(*step, &them(*role));
                if answered.is_ok() != allows(rule, &world, *role) {
                    wrong.push(format!(
                        "{} as {role}, who {} a case that is {}: {answered:?}",
                        step.code(),
                        world.relation.word(),
                        world.scene.case.stage()
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {combinations}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    for stage in Stage::ALL {
        assert!(
            seen.contains(&(*stage, "stranger")),
            "no world shows the stage {stage}"
        );
    }
    assert!(
        combinations > 5_000,
        "only {combinations} combinations were tried"
    );
}

#[test]
fn every_stage_has_a_way_on() {
    for stage in Stage::ALL {
        assert!(stage.ways_on().next().is_some(), "{stage} is a trap");
    }
}
