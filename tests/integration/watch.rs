//! `check --watch` in a pipe: lines follow each other, nothing is cleared.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::test_folder::TestFolder;

/// Long enough for a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &TestFolder, words: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_scholiast"))
            .args(["check", "--watch"])
            .args(words)
            .current_dir(folder.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env("XDG_CACHE_HOME", folder.path(".cache"))
            .spawn()
            .expect("the program runs");
        let (tell, lines) = channel();
        let out = child.stdout.take().expect("a pipe");
        let err = child.stderr.take().expect("a pipe");
        let tell_too = tell.clone();
        std::thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
        });
        std::thread::spawn(move || {
            BufReader::new(err).lines().map_while(Result::ok).try_for_each(|line| tell_too.send(line))
        });
        Self { child, lines }
    }

    /// The lines up to the one that says that it watches; standard output and standard error may come in any order.
    fn round(&self, lines: usize) -> Vec<String> {
        let mut round: Vec<String> = (0..=lines).map(|_| self.lines.recv_timeout(PATIENCE).expect("a line")).collect();
        round.sort();
        round
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Puts a file in its place as a whole: on a machine that has much else to do, a round may fall between the two steps
/// of writing into a file, and would tell of an empty one.
fn save(folder: &TestFolder, name: &str, text: &str) {
    folder.write(".saving", text);
    std::fs::rename(folder.path(".saving"), folder.path(name)).expect("one folder");
}

#[test]
fn differences_follow_each_other() {
    let folder = TestFolder::new(&[("a.txt", "ngày 31/4/2023\n"), ("b.txt", "ngày 31/6/2023\n")]);
    let watching = Watching::start(&folder, &[]);
    let first = watching.round(2);
    assert_eq!(first[0], "2 findings; watching");
    assert!(first[1].starts_with("a.txt:1:6: error[date/impossible-day]"), "{first:?}");
    // A line that moves is no difference; a file of another kind is none either.
    folder.write("notes.md", "ngày 31/4/2023\n");
    save(&folder, "a.txt", "\n\nngày 31/4/2023\nngày 31/9/2023\n");
    let second = watching.round(1);
    assert!(second[0].starts_with("+ a.txt:4:6: error[date/impossible-day] `31/9/2023`"), "{second:?}");
    assert_eq!(second[1], "3 findings; watching");
    std::fs::remove_file(folder.path("b.txt")).expect("it is there");
    let third = watching.round(1);
    assert!(third[0].starts_with("- b.txt:1:6: error[date/impossible-day]"), "{third:?}");
    save(&folder, "scholiast.toml", "[rules]\n\"date/*\" = \"off\"\n");
    assert_eq!(watching.round(2)[0..2].iter().filter(|line| line.starts_with("- a.txt")).count(), 2);
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = TestFolder::new(&[]);
    for (words, said) in [
        (&["check", "--watch", "-"][..], "standard input cannot be used with --watch"),
        (&["check", "--watch", "--fix"], "cannot be used with"),
        (&["check", "--interactive"], "use it with --fix or --unsafe-fixes"),
        (&["check", "--fix", "--interactive"], "--interactive asks questions and needs a terminal"),
    ] {
        let ran = folder.run(words);
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.err.contains(said), "{ran:?}");
    }
}
