//! The sights of a person at a terminal: questions, a cleared screen, links. A pseudoterminal stands in.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::test_folder::TestFolder;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// Long enough for a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program at a terminal.
struct Session {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    seen: String,
}

impl Session {
    fn start(folder: &TestFolder, words: &[&str], environment: &[(&str, &str)]) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudoterminal");
        grantpt(&terminal).expect("it is ours");
        unlockpt(&terminal).expect("it opens");
        let name = ptsname(&terminal, Vec::new()).expect("it has a name").into_string().expect("UTF-8");
        let side = || Stdio::from(OwnedFd::from(File::options().read(true).write(true).open(&name).expect("it opens")));
        let child = Command::new(env!("CARGO_BIN_EXE_scholiast"))
            .args(words)
            .current_dir(folder.path(""))
            .stdin(side())
            .stdout(side())
            .stderr(side())
            .env("XDG_CACHE_HOME", folder.path(".cache"))
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .env_remove("CI")
            .env_remove("TERM_PROGRAM")
            .env_remove("VTE_VERSION")
            .env_remove("WT_SESSION")
            .env_remove("KITTY_WINDOW_ID")
            .envs(environment.iter().copied())
            .spawn()
            .expect("the program runs");
        let keyboard = File::from(terminal);
        let mut reader = keyboard.try_clone().expect("a second end");
        let (tell, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Reading fails once nobody has the other side.
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                if tell.send(bytes[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, keyboard, screen, seen: String::new() }
    }

    /// Waits until something is on the screen that was not when last waited for; returns all up to it.
    fn wait_for(&mut self, wanted: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(wanted) {
                let rest = self.seen.split_off(at + wanted.len());
                return std::mem::replace(&mut self.seen, rest);
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(error) => panic!("{wanted:?} does not come ({error}): {:?}", self.seen),
            }
        }
    }

    fn type_in(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).expect("it is written");
    }

    /// Waits for the end: what else was on the screen, and the status.
    fn end(mut self) -> (String, Option<i32>) {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                break status.code();
            }
            assert!(Instant::now() < end, "it does not end: {:?}", self.seen);
            while let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(20)) {
                self.seen.push_str(&String::from_utf8_lossy(&bytes));
            }
        };
        while let Ok(bytes) = self.screen.recv_timeout(Duration::from_millis(200)) {
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        (std::mem::take(&mut self.seen), status)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn fixes_are_asked_for_one_by_one() {
    let folder = TestFolder::new(&[("a.txt", "Quyết định 1/QD-TTg\nQuyết định 2/QD-TTg\nQuyết định 3/QD-TTg\n")]);
    let mut session = Session::start(&folder, &["check", "--fix", "--interactive", "--color", "never"], &[]);
    let first = session.wait_for("[y,n,a,q,?] ");
    assert!(first.contains("a.txt:1:12") && first.contains("+ Quyết định 1/QĐ-TTg"), "{first}");
    session.type_in("n\n");
    assert!(session.wait_for("[y,n,a,q,?] ").contains("a.txt:2:12"));
    session.type_in("?\n");
    assert!(session.wait_for("[y,n,a,q,?] ").contains("make this and all later ones of this rule"));
    assert_eq!(folder.read("a.txt").matches("QD").count(), 3, "nothing is written before the last question");
    session.type_in("y\n");
    assert!(session.wait_for("[y,n,a,q,?] ").contains("a.txt:3:12"));
    session.type_in("q\n");
    let (rest, status) = session.end();
    assert!(rest.contains("Fixed 1 finding in 1 file"), "{rest}");
    assert_eq!(status, Some(0), "what is left is no warning");
    assert_eq!(folder.read("a.txt"), "Quyết định 1/QD-TTg\nQuyết định 2/QĐ-TTg\nQuyết định 3/QD-TTg\n");
}

#[test]
fn nothing_is_written_when_the_terminal_is_left() {
    let text = "Quyết định 1/QD-TTg\nQuyết định 2/QD-TTg\n";
    let folder = TestFolder::new(&[("a.txt", text)]);
    let mut session = Session::start(&folder, &["check", "--fix", "--interactive"], &[]);
    session.wait_for("[y,n,a,q,?] ");
    session.type_in("y\n");
    session.wait_for("[y,n,a,q,?] ");
    session.child.kill().expect("it is ended");
    drop(session);
    assert_eq!(folder.read("a.txt"), text);
}

#[test]
fn a_watched_terminal_is_cleared_and_shows_differences() {
    let folder = TestFolder::new(&[("a.txt", "ngày 31/4/2023\n")]);
    let mut session = Session::start(&folder, &["check", "--watch", "--color", "never"], &[]);
    let first = session.wait_for("watching");
    assert!(first.contains("1 | ngày 31/4/2023") && !first.contains("\u{1b}[2J"), "{first:?}");
    folder.write("a.txt", "ngày 30/4/2023\n");
    let second = session.wait_for("watching");
    assert!(second.contains("\u{1b}[2J") && second.contains("- a.txt:1:6: error[date/impossible-day]"), "{second:?}");
}

#[test]
fn rules_are_links_where_the_terminal_is_known_to_open_them() {
    let folder = TestFolder::new(&[("a.txt", "ngày 31/4/2023\n")]);
    let screen = |environment: &[(&str, &str)]| Session::start(&folder, &["check"], environment).end().0;
    assert!(!screen(&[]).contains("\u{1b}]8;;"));
    // The package says where its pages are, or there is nothing to link to.
    let pages = !env!("CARGO_PKG_HOMEPAGE").is_empty();
    assert_eq!(screen(&[("VTE_VERSION", "7600")]).contains("\u{1b}]8;;http"), pages);
}
