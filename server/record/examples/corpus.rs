use casework::case::Stage;
use casework::instrument::Instrument;
use record::{FontBook, Job, Sealer};
use scenes::*;
use std::path::Path;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("into which folder?")?;
    let cjk = arguments.next();
    let book = FontBook::load(cjk.as_deref().map(Path::new))?;
    std::fs::create_dir_all(&folder)?;
    let mut all = vec![
        ("closed".to_owned(), closed()),
        ("emergency".into(), emergency()),
        ("denied".into(), denied_twice()),
        ("begun".into(), begun()),
        ("long".into(), long(200)),
    ];
    for (n, i) in Instrument::ALL.iter().enumerate() {
        all.push((format!("under-{}", i.code()), under(100 + n as u32, *i)));
    }
    for (n, i) in Stage::ALL.iter().enumerate() {
        all.push((format!("at-{}", i.code()), at(200 + n as u32, *i)));
    }
    for (name, mut scene) in all {
        scene.ledger.witnessed(2);
        scene.elsewhere();
        let dossier = scene.dossier();
        let sealer = Sealer {
            name: "CN=Example Conversations Ltd",
            fingerprint: digest(3),
            timestamped: true,
        };
        let pdf = record::print(
            &book,
            &Job {
                dossier: &dossier,
                sealer: Some(sealer),
                orders: &[],
            },
        )
        .map_err(|flaws| format!("{flaws:#?}"))?;
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), pdf)?;
        if name == "closed" {
            let mask = [
                "fields/person/0".to_owned(),
                "fields/identifier_value/0".into(),
                format!("by/{}", anna().id),
                "fields/asks/0".into(),
            ]
            .into();
            let dossier = dossier.redacted(&mask)?;
            let pdf = record::print(
                &book,
                &Job {
                    dossier: &dossier,
                    sealer: Some(sealer),
                    orders: &[],
                },
            )
            .map_err(|flaws| format!("{flaws:#?}"))?;
            std::fs::write(Path::new(&folder).join("redacted.pdf"), pdf)?;
        }
    }
    Ok(())
}
