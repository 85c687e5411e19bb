//! Who works the desk in a scene.

use casework::member::{Member, MemberId, Role};
use casework::words::{Line, Prose};
use uuid::Uuid;

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

pub fn prose(text: &str) -> Prose {
    Prose::parse(text).unwrap()
}

fn member(id: u128, name: &str, role: Role) -> Member {
    Member {
        id: MemberId(Uuid::from_u128(id)),
        name: line(name),
        role,
    }
}

pub fn anna() -> Member {
    member(1, "Anna Lindqvist", Role::Staff)
}

pub fn bruno() -> Member {
    member(2, "Bruno Keller", Role::Staff)
}

pub fn mira() -> Member {
    member(3, "Mira Okafor", Role::Manager)
}

pub fn noor() -> Member {
    member(4, "Noor van Dijk", Role::Manager)
}
