//! Writes a corpus of generated prose into a folder, for trying and measuring.
//!
//! ```text
//! cargo run --release --example prose -- FOLDER LANGUAGES BYTES FILES FINDINGS PEOPLE
//! cargo run --release --example prose -- /tmp/prose th,vi,en 1000000 1 1000 100
//! ```
//!
//! BYTES and FINDINGS are those of each file.

#[path = "../benches/prose/mod.rs"]
mod prose;

use std::path::Path;

use anyhow::Context as _;
use prose::ProseLanguage;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, languages, bytes, files, findings, people] = &arguments[..] else {
        anyhow::bail!("six words are wanted: FOLDER LANGUAGES BYTES FILES FINDINGS PEOPLE");
    };
    let languages = languages.split(',').map(ProseLanguage::of_code).collect::<Option<Vec<_>>>();
    let languages = languages.context("LANGUAGES are some of th, vi, en, with commas between them")?;
    let (bytes, files, findings): (usize, usize, usize) = (bytes.parse()?, files.parse()?, findings.parse()?);
    let people = prose::people(people.parse()?);
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("scholiast.toml"), "[corpus]\n")?;
    if !people.is_empty() {
        std::fs::write(folder.join("people.toml"), prose::registry(&people))?;
    }
    for number in 0..files {
        let text = prose::text(&languages, bytes, findings, &people, 1 + number as u64 * 16);
        std::fs::write(folder.join(format!("{number:05}.txt")), text)?;
    }
    Ok(())
}
