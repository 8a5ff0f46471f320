//! Checks a corpus with the real binary, beside tools that merely look for its spellings, and prints what each takes.
//!
//! ```text
//! cargo build --release && cargo run --release --example check_bench           # 100 MB, 1,000 spellings
//! cargo run --release --example check_bench -- 10 100000                       # megabytes, spellings
//! cargo run --release --example check_bench -- 100 1000 dense                  # of the lines of the seed texts
//! ```
//!
//! The corpus is prose as real text has it (`benches/prose/`), a finding in each file of 10 kB, its registry made-up
//! people. With `dense` it is made of the lines of the seed texts, which mention somebody in nearly every sentence, the
//! registry of theirs and of made-up people. `rg` merely finds the spellings; it and `typos` take part where they are
//! installed. All use two threads. Each is run in turn, so that what else the machine does falls on all of them; the
//! table has the fastest run of each and its ratio to `rg`.

#![allow(clippy::print_stdout, reason = "it prints a table")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../benches/prose/mod.rs"]
mod prose;

use anyhow::Context as _;
use prose::ProseLanguage;

/// Runs of each command.
const ROUNDS: usize = 5;
/// Bytes of a file.
const FILE: usize = 10_000;
const THREADS: &str = "2";

const SEEDS: [&str; 5] = [
    include_str!("../seeds/000_c802a1af4dc9d915.txt"),
    include_str!("../seeds/001_25a7b5f8fcc804d9.txt"),
    include_str!("../seeds/002_0f625328c3ae7765.txt"),
    include_str!("../seeds/003_4ff4c6b450b448af.txt"),
    include_str!("../seeds/004_19f7ef8abd786fcf.txt"),
];
const REGISTRY: &str = include_str!("../seeds/officials.toml");

/// Syllables of names in Vietnamese and Thai.
const FAMILY: [(&str, &str); 8] = [
    ("Nguyễn", "เหงียน"),
    ("Trần", "เจิ่น"),
    ("Lê", "เล"),
    ("Phạm", "ฝั่ม"),
    ("Hoàng", "ฮว่าง"),
    ("Đặng", "ดั่ง"),
    ("Bùi", "บุ่ย"),
    ("Vũ", "หวู"),
];
const GIVEN: [(&str, &str); 24] = [
    ("Văn", "วัน"),
    ("Đức", "ดึ๊ก"),
    ("Minh", "มิญ"),
    ("Quang", "กวาง"),
    ("Xuân", "ซวน"),
    ("Thanh", "ทัญ"),
    ("Ngọc", "หง็อก"),
    ("Công", "กง"),
    ("Quốc", "ก๊วก"),
    ("Bá", "บ๊า"),
    ("Duy", "ซวี"),
    ("Tuấn", "ต๊วน"),
    ("Hải", "หาย"),
    ("Lan", "ลาน"),
    ("Phúc", "ฟุก"),
    ("Thắng", "ทั้ง"),
    ("Tiến", "เตี๊ยน"),
    ("Toàn", "ต่วน"),
    ("Vinh", "วิญ"),
    ("Bình", "บิ่ญ"),
    ("Cường", "เกื่อง"),
    ("Đạt", "ดั่ต"),
    ("Giang", "ซาง"),
    ("Kiên", "เกียน"),
];

fn main() -> anyhow::Result<()> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let is_dense = words.pop_if(|word| word == "dense").is_some();
    let mut sizes = words.iter().map(|size| size.parse::<usize>());
    let megabytes = sizes.next().transpose()?.unwrap_or(100);
    let spellings = sizes.next().transpose()?.unwrap_or(1_000);
    let here = std::env::current_exe()?;
    let target = here.ancestors().nth(2).context("the examples lie in no folder")?;
    let scholiast = target.join("scholiast");
    let folder = tempfile::tempdir()?;
    let bytes = write_corpus(folder.path(), megabytes << 20, spellings, is_dense)?;
    let commands = commands(&scholiast);

    let mut fastest = vec![Duration::MAX; commands.len()];
    for _ in 0..ROUNDS {
        for ((_, command), fastest) in commands.iter().zip(&mut fastest) {
            if let Some(time) = time(command, folder.path())? {
                *fastest = time.min(*fastest);
            }
        }
    }
    let sort = if is_dense { "the seeds' lines" } else { "prose" };
    println!(
        "\n{} MB of {sort} in files of {} kB, {spellings} spellings, {THREADS} threads\n",
        bytes >> 20,
        FILE / 1000
    );
    println!("| command | seconds | MB/s | to rg |\n| --- | ---: | ---: | ---: |");
    let rg = fastest[0];
    for ((name, _), time) in commands.iter().zip(fastest) {
        if time == Duration::MAX {
            println!("| {name} | not installed | | |");
            continue;
        }
        let seconds = time.as_secs_f64();
        let ratio = if rg == Duration::MAX { String::new() } else { format!("{:.2}", seconds / rg.as_secs_f64()) };
        println!("| {name} | {seconds:.2} | {:.0} | {ratio} |", bytes as f64 / seconds / 1e6);
    }
    Ok(())
}

/// One command to compare: a name and a shell's words.
fn commands(scholiast: &Path) -> Vec<(&'static str, Vec<String>)> {
    let ours = |words: &str| {
        let words = words.split(' ').map(str::to_owned);
        std::iter::once(scholiast.display().to_string())
            .chain(words)
            .chain(["--threads", THREADS, "corpus"].map(str::to_owned))
            .collect()
    };
    let words = |words: &str| words.split(' ').map(str::to_owned).collect();
    vec![
        ("`rg -F -f spellings -o`", words("rg --threads 2 --no-config -F -f spellings.txt -o --no-line-number corpus")),
        ("`rg -c .`, which merely reads", words("rg --threads 2 --no-config -c . corpus")),
        ("`typos`", words("typos --threads 2 --isolated corpus")),
        ("`scholiast check --no-cache`", ours("check --no-cache --format concise")),
        ("`scholiast check`, with the cache", ours("check --format concise")),
        ("`scholiast mentions --no-cache`", ours("mentions --no-cache")),
    ]
}

/// The time that a command takes; none where it is not installed.
fn time(command: &[String], folder: &Path) -> anyhow::Result<Option<Duration>> {
    let began = Instant::now();
    let run = Command::new(&command[0])
        .args(&command[1..])
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match run {
        Ok(status) if status.code().is_some_and(|code| code <= 2) => Ok(Some(began.elapsed())),
        Ok(status) => anyhow::bail!("{command:?}: {status}"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(command[0].clone()),
    }
}

/// Writes the corpus, its registry and the list of spellings, and returns the bytes of the texts.
fn write_corpus(folder: &Path, wanted: usize, spellings: usize, is_dense: bool) -> anyhow::Result<usize> {
    let corpus = folder.join("corpus");
    std::fs::create_dir(&corpus)?;
    std::fs::write(
        corpus.join("scholiast.toml"),
        "[corpus]\ninclude = [\"**/*.txt\"]\nregistry = [\"officials.toml\"]\n",
    )?;
    let people = prose::people(spellings);
    let (registry, list) = match is_dense {
        true => registry(spellings),
        false => {
            (prose::registry(&people), people.iter().fold(String::new(), |list, person| list + &person.name + "\n"))
        }
    };
    std::fs::write(corpus.join("officials.toml"), registry)?;
    std::fs::write(folder.join("spellings.txt"), list)?;

    let lines: Vec<&str> = SEEDS.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty()).collect();
    let mut state = 1u32;
    let mut bytes = 0;
    for number in 0.. {
        if bytes >= wanted {
            break;
        }
        let mut text = String::with_capacity(2 * FILE);
        while is_dense && text.len() < FILE {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(lines[(state >> 8) as usize % lines.len()]);
            text.push('\n');
        }
        if !is_dense {
            let language = ProseLanguage::ALL[number % ProseLanguage::ALL.len()];
            text = prose::text(&[language], FILE, 1, &people, number as u64);
        }
        bytes += text.len();
        let shelf = corpus.join(format!("{:03}", number / 100));
        std::fs::create_dir_all(&shelf)?;
        std::fs::write(shelf.join(format!("{number:06}.txt")), text)?;
    }
    Ok(bytes)
}

/// The seeds' registry and made-up people with a Vietnamese and a Thai spelling each, and all their spellings by line.
fn registry(spellings: usize) -> (String, String) {
    let mut registry = REGISTRY.to_owned();
    let mut list = String::new();
    let quoted = REGISTRY.lines().filter(|line| line.starts_with("names."));
    let mut count = 0;
    for name in quoted.flat_map(|line| line.split('"').skip(1).step_by(2)) {
        list.push_str(name);
        list.push('\n');
        count += 1;
    }
    let pick = |table: &'static [(&str, &str)], at: usize| table[at % table.len()];
    for at in 0.. {
        if count >= spellings {
            break;
        }
        let mut parts = vec![pick(&FAMILY, at)];
        let mut rest = at / FAMILY.len();
        while parts.len() < 3 || rest > 0 {
            parts.push(pick(&GIVEN, rest));
            rest /= GIVEN.len();
        }
        let vietnamese: Vec<&str> = parts.iter().map(|part| part.0).collect();
        let thai: Vec<&str> = parts.iter().map(|part| part.1).collect();
        let (vietnamese, thai) = (vietnamese.join(" "), thai.join(" "));
        let _ = write!(
            registry,
            "\n[[person]]\nid = \"made-up-{at}\"\nnames.vi = [\"{vietnamese}\"]\nnames.th = [\"{thai}\"]\n"
        );
        let _ = writeln!(list, "{vietnamese}\n{thai}");
        count += 2;
    }
    (registry, list)
}
