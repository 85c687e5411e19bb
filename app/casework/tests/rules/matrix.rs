//! `authorization.txt` against the rules: role × step × relation × stage, every combination.

use std::collections::BTreeSet;

use casework::{
    case::{Stage, Step, StepKind},
    decision::ReviewFinding,
    form::Fields,
    instrument::Instrument,
    matrix::{Matrix, StepRule},
    member::{Member, Role},
    policy::PolicyVersion,
};

use crate::beside;
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

/// What stands beside the stage of the case asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Nothing,
    Hold,
    Gag,
    Pause,
    Objection,
}

const STANDINGS: [Standing; 5] = [
    Standing::Nothing,
    Standing::Hold,
    Standing::Gag,
    Standing::Pause,
    Standing::Objection,
];

impl Standing {
    fn step(self) -> Option<Step> {
        Some(match self {
            Self::Nothing => return None,
            Self::Hold => beside::hold(),
            Self::Gag => beside::gag(),
            Self::Pause => beside::pause(),
            Self::Objection => beside::objection(),
        })
    }
}

/// The kinds of case that the rules tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    instrument: Instrument,
    contents: bool,
    /// The request itself demands confidentiality.
    muted: bool,
}

const KINDS: [Kind; 5] = [
    Kind::of(Instrument::OtherCourtOrder),
    Kind::of(Instrument::EmergencyRequest),
    Kind::of(Instrument::PreservationRequest),
    Kind {
        contents: true,
        ..Kind::of(Instrument::SearchWarrant)
    },
    Kind {
        muted: true,
        ..Kind::of(Instrument::CivilSubpoena)
    },
];

impl Kind {
    const fn of(instrument: Instrument) -> Self {
        Self {
            instrument,
            contents: false,
            muted: false,
        }
    }

    fn request(self) -> Fields {
        let mut fields = request();
        if self.instrument == Instrument::CivilSubpoena {
            // It reaches subscriber data only, and all of it is granted here.
            fields = fields.with("categories", "email_address");
            fields.push("categories", "session_times");
        }
        if self.contents {
            fields.push("categories", "recorded_communications");
        }
        if self.muted {
            fields = fields
                .with("confidential", "yes")
                .with("confidential_basis", "the letter's own demand");
        }
        fields
    }
}

struct World {
    scene: Scene,
    relation: Relation,
    kind: Kind,
    standing: Standing,
}

/// Every stage that a case can be in, for each relation of one member to it.
fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for kind in KINDS {
        for relation in RELATIONS {
            for scene in stages(kind, relation) {
                for standing in STANDINGS {
                    let mut scene = scene.clone();
                    let stands = standing
                        .step()
                        .is_none_or(|step| scene.attempt(step, &anna()).is_ok());
                    if stands {
                        worlds.push(World {
                            scene,
                            relation,
                            kind,
                            standing,
                        });
                    }
                }
            }
        }
    }
    worlds
}

fn stages(kind: Kind, relation: Relation) -> Vec<Scene> {
    let instrument = kind.instrument;
    let staff = |when: Relation, otherwise: Member| {
        if relation == when {
            them(Role::Staff)
        } else {
            otherwise
        }
    };
    let draft = Scene::new().step(
        Step::Draft {
            fields: kind.request(),
        },
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
    let in_review = ready.clone().step(Step::SUBMIT, &anna());
    let manager = if relation == Relation::Released {
        them(Role::Manager)
    } else {
        carla()
    };
    let after = |step: Step| in_review.clone().step(step, &manager);
    // A relation is only there from the stage on in which it came to be.
    let mut scenes = match relation {
        Relation::Stranger | Relation::Edited => {
            let nothing = draft.clone().step(Step::Withdraw(said()), &anna());
            vec![draft, nothing, filed, classified, ready, in_review.clone()]
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
        let kept = approved
            .step(beside::hold(), &anna())
            .step(beside::released(true), &anna());
        scenes.push(kept.step(close(), &anna()));
        return scenes;
    }
    if kind.contents {
        // A second manager agrees before anything leaves the house.
        let agreed = approved.clone().step(review(ReviewFinding::Upheld), &dev());
        scenes.push(approved.step(review(ReviewFinding::NotUpheld), &dev()));
        scenes.extend([agreed.clone(), agreed.disclosed(&anna())]);
        return scenes;
    }
    if kind.muted {
        scenes.push(approved.disclosed(&anna()));
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
    let beside = world.standing;
    let emergency = world.kind.instrument == Instrument::EmergencyRequest;
    let preserving = world.kind.instrument == Instrument::PreservationRequest;
    // Ground and instrument are known to the rule once the case is classified.
    let classified = world.scene.case.classification().is_some();
    let narrowed = |word: &str| match word {
        "unreviewed" => world.scene.case.awaits_review(),
        "reviewed" => !world.scene.case.awaits_review(),
        "filed" => world.scene.case.filed().is_some(),
        "agreed" => emergency || !world.scene.case.awaits_review(),
        "preserving" => preserving,
        "producing" => !preserving,
        "emergency" => emergency && classified,
        "paused" => beside == Standing::Pause,
        "held" => beside == Standing::Hold,
        "unheld" => beside != Standing::Hold,
        "gagged" => beside == Standing::Gag,
        "ungagged" => beside != Standing::Gag,
        "muted" => beside == Standing::Gag || world.kind.muted,
        "objected" => beside == Standing::Objection,
        "unobjected" => beside != Standing::Objection,
        other => panic!("authorization.txt narrows by {other:?}, which nobody knows"),
    };
    let said = |entry: &String, word: &str| {
        let mut parts = entry.split(':');
        parts.next() == Some(word) && parts.all(narrowed)
    };
    line.roles.iter().any(|one| one == role.code())
        && line.stages.iter().any(|one| said(one, stage))
        && !line
            .refused
            .iter()
            .any(|one| said(one, world.relation.word()) && (classified || !one.contains(':')))
        && (line.needs.is_empty() || line.needs.iter().any(|word| narrowed(word)))
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
                    wrong.push(
                        format!(
                            "{} as {role}, who {} a case that is {}: {answered:?}",
                            step.code(),
                            world.relation.word(),
                            world.scene.case.stage()
                        ) + &format!(" ({:?}, {:?})", world.kind, world.standing),
                    );
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
        combinations > 40_000,
        "only {combinations} combinations were tried"
    );
}

#[test]
fn every_stage_has_a_way_on() {
    for stage in Stage::ALL {
        assert!(stage.ways_on().next().is_some(), "{stage} is a trap");
    }
}
