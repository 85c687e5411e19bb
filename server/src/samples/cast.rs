//! Who works the sample desk.

use casework::member::Role;

pub struct Sample {
    pub name: &'static str,
    pub sign_in: &'static str,
    pub role: Role,
}

/// Two of each who decide or work cases: an emergency needs a second one of both.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "Anna Berg",
        sign_in: "anna@desk.example",
        role: Role::Staff,
    },
    Sample {
        name: "Ben Okafor",
        sign_in: "ben@desk.example",
        role: Role::Staff,
    },
    Sample {
        name: "Carla Ruiz",
        sign_in: "carla@desk.example",
        role: Role::Manager,
    },
    Sample {
        name: "Dev Patel",
        sign_in: "dev@desk.example",
        role: Role::Manager,
    },
    Sample {
        name: "Eve Lind",
        sign_in: "eve@desk.example",
        role: Role::Auditor,
    },
    Sample {
        name: "Finn Moe",
        sign_in: "finn@desk.example",
        role: Role::Administrator,
    },
];

pub const ANNA: usize = 0;
pub const BEN: usize = 1;
pub const CARLA: usize = 2;
