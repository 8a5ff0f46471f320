//! Compiles the data files of `src/recognise/data/` into constants, one module a family under `build/`, and gives every
//! state of the source a name, so that what one build has cached is never read by another.

#[path = "build/date.rs"]
mod date;
#[path = "build/decree.rs"]
mod decree;
#[path = "build/name.rs"]
mod name;
#[path = "build/syllables.rs"]
mod syllables;
#[path = "build/word_list.rs"]
mod word_list;

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut hash = DefaultHasher::new();
    for name in ["Cargo.toml", "Cargo.lock", "build.rs", "build", "src"] {
        println!("cargo:rerun-if-changed={name}");
        take_in(&mut hash, Path::new(name))?;
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    date::generate(Path::new("src/recognise/data"), Path::new(&out))?;
    decree::generate(Path::new("src/recognise/data"), Path::new(&out))?;
    name::generate(Path::new("src/recognise/data"), Path::new(&out))?;
    syllables::generate(Path::new(&out))?;
    println!("cargo:rustc-env=SCHOLIAST_BUILD={:016x}", hash.finish());
    Ok(())
}

/// Takes in a file, or all files of a folder in the order of their names. What is not there counts for nothing.
fn take_in(hash: &mut DefaultHasher, path: &Path) -> io::Result<()> {
    if path.is_dir() {
        let mut below = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        below.sort();
        return below.iter().try_for_each(|path| take_in(hash, path));
    }
    if path.is_file() {
        hash.write(path.to_string_lossy().as_bytes());
        hash.write(&fs::read(path)?);
    }
    Ok(())
}
