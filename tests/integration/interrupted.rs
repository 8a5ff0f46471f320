//! Runs of `check --fix` that are killed at random moments, and editors that save meanwhile: nothing is lost or torn.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::program;
use crate::support::test_folder::TestFolder;

/// The ending that an editor adds.
const SAVED: &str = "Bổ sung.\n";

/// A text that has a safe fix, and its annotations, which the fix changes.
fn pair(number: usize) -> [(String, String); 2] {
    let text = format!("Bài {number}: Quyết định số 752/QD-TTg, ông Bảy ở Huế.\n");
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        format!("{start} {}\t{words}", start + words.chars().count())
    };
    let annotations = format!("T1\tLaw {}\nT2\tPlace {}\n", at("752/QD-TTg"), at("Huế"));
    [(format!("{number}.txt"), text), (format!("{number}.ann"), annotations)]
}

/// A folder with so many pairs.
fn folder(pairs: usize) -> TestFolder {
    let files: Vec<(String, String)> = (0..pairs).flat_map(pair).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = TestFolder::new(&files);
    folder.write("scholiast.toml", "");
    folder
}

fn start(folder: &TestFolder) -> Child {
    Command::new(program())
        .args(["check", "--fix", "--no-cache", "--quiet"])
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Numbers as good as random ones.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}

fn names(folder: &TestFolder) -> BTreeSet<String> {
    let listed = std::fs::read_dir(folder.path("")).unwrap();
    listed.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Kills so many runs, each at a moment of its own; after each the next run finishes what was begun.
fn kill(runs: usize, pairs: usize) {
    let whole = folder(pairs);
    let files = names(&whole);
    let before: Vec<(String, String)> = (0..pairs).flat_map(pair).collect();
    let clock = Instant::now();
    assert!(start(&whole).wait().unwrap().success());
    let whole_run = clock.elapsed();
    let after: Vec<String> = before.iter().map(|(name, _)| whole.read(name)).collect();
    assert!(before.iter().zip(&after).all(|((_, before), after)| before != after), "every file is fixed");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for run in 0..runs {
        let folder = folder(pairs);
        let mut child = start(&folder);
        // A sixth is over before it is killed; the writing comes late in the run.
        let moment = dice.below(whole_run.as_micros() as u64 * 6 / 5);
        std::thread::sleep(Duration::from_micros(moment));
        drop(child.kill());
        child.wait().unwrap();
        for ((name, before), after) in before.iter().zip(&after) {
            let now = folder.read(name);
            assert!(now == *before || now == *after, "run {run}: {name} is torn: {now:?}");
        }
        let next = folder.run(&["check", "--fix", "--no-cache"]);
        assert_eq!((next.status, next.out.as_str()), (0, ""), "run {run}: {next:?}");
        for ((name, _), after) in before.iter().zip(&after) {
            assert_eq!(&folder.read(name), after, "run {run}: {name} after the next run");
        }
        let mut left = names(&folder);
        left.remove(".cache");
        assert_eq!(left, files, "run {run}: nothing else is left");
    }
}

#[test]
fn a_killed_run_loses_and_tears_nothing() {
    kill(8, 30);
}

/// As the ordinary test, 200 times: `cargo test --test integration -- --ignored interrupted --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn soak_of_killed_runs() {
    kill(200, 25);
}

/// An editor saves every text once while `check --fix` runs: what it has saved is there afterwards, and an annotation
/// file is as it was or as its text was fixed.
fn save_meanwhile(runs: usize, pairs: usize) {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let clock = Instant::now();
    let whole = folder(pairs);
    assert!(start(&whole).wait().unwrap().success());
    let whole_run = clock.elapsed().as_micros() as u64;
    for run in 0..runs {
        let folder = folder(pairs);
        let mut saves: Vec<(u64, usize)> = (0..pairs).map(|number| (dice.below(whole_run), number)).collect();
        saves.sort_unstable();
        let clock = Instant::now();
        let mut child = start(&folder);
        for (moment, number) in saves {
            let moment = Duration::from_micros(moment);
            std::thread::sleep(moment.saturating_sub(clock.elapsed()));
            let [(name, text), _] = pair(number);
            let text = text + SAVED;
            // Some editors write into the file, others put a new one in its place.
            if number % 2 == 0 {
                std::fs::write(folder.path(&name), text).unwrap();
            } else {
                std::fs::write(folder.path(".saving"), text).unwrap();
                std::fs::rename(folder.path(".saving"), folder.path(&name)).unwrap();
            }
        }
        child.wait().unwrap();
        for number in 0..pairs {
            let [(name, text), (annotations, marked)] = pair(number);
            // What is saved before the run reads it is fixed.
            let (now, saved, fixed) = (folder.read(&name), text + SAVED, whole.read(&name) + SAVED);
            assert!(now == saved || now == fixed, "run {run}: {name} is not as it was saved: {now:?}");
            let now = folder.read(&annotations);
            assert!(now == marked || now == whole.read(&annotations), "run {run}: {annotations} is torn: {now:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_an_editor_saves_meanwhile_is_kept() {
    save_meanwhile(3, 40);
}

/// As the ordinary test, 100 times.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes"]
fn soak_of_saving_meanwhile() {
    save_meanwhile(100, 25);
}
