//! Seals a printed file with a key of one's own or one that was given, to be looked at.
//!
//! `cargo run -p seal --example seal -- printed.pdf out.pdf [key file] [address of an authority]`

use std::time::{Duration, Instant};

use seal::{OverHttp, Sealer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let printed = std::fs::read(arguments.next().ok_or("which file?")?)?;
    let out = arguments.next().ok_or("where to write?")?;
    let as_of = "2026-11-23T18:02:01Z".parse()?;
    let sealer = match arguments.next() {
        Some(key) => Sealer::read(&std::fs::read(key)?, None)?,
        None => Sealer::make("Example Ltd", as_of, 10)?.0,
    };
    let from = Instant::now();
    let bytes = match arguments.next() {
        Some(url) => {
            let authority = OverHttp::new(&url, Duration::from_secs(10))?;
            sealer.seal_and_stamp(&printed, as_of, &authority)?
        }
        None => sealer.seal(&printed, as_of)?,
    };
    println!("{} sealed in {:?}", sealer.subject(), from.elapsed());
    Ok(std::fs::write(out, bytes)?)
}
