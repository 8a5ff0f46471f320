//! `check --fix --interactive`: asks of each fix whether it is to be made.
//!
//! Each finding is shown with its excerpt and what the fix would change. What was declined is not asked again, though
//! its place moves while others are fixed. Nothing is written before the last question. Deliberately absent: which
//! terminal this is, so that it can be tried without one.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};

use crate::diagnostic::Diagnostic;
use crate::render::{Format, RenderOptions, Renderer, Sources};

/// The answers to a question.
const HELP: &str = "  y  make this fix\n  n  leave it\n  a  make this and all later ones of this rule\n  \
                    q  make no more; what was answered before holds";

/// Somebody who is asked.
pub struct Questions<R, W> {
    input: R,
    out: W,
    options: RenderOptions,
    /// Rules of which every fix is made.
    all: BTreeSet<String>,
    /// The fixes that were declined: path, rule, message.
    declined: BTreeSet<(String, String, String)>,
    ended: bool,
    failure: Option<io::Error>,
}

impl<R: BufRead, W: Write> Questions<R, W> {
    /// Reads answers from `input` and asks on `out`.
    pub const fn new(input: R, out: W, options: RenderOptions) -> Self {
        Self { input, out, options, all: BTreeSet::new(), declined: BTreeSet::new(), ended: false, failure: None }
    }

    /// Tells whether the fix of a finding is to be made.
    pub fn wants(&mut self, finding: &Diagnostic, sources: &dyn Sources) -> bool {
        if self.ended {
            return false;
        }
        if self.all.contains(finding.code.as_str()) {
            return true;
        }
        let key = (sources.path(finding.file).to_owned(), finding.code.to_string(), finding.message.clone());
        if self.declined.contains(&key) {
            return false;
        }
        match self.ask(finding, sources) {
            Ok(FixAnswer::Yes) => true,
            Ok(FixAnswer::No) => {
                self.declined.insert(key);
                false
            }
            Ok(FixAnswer::All) => {
                self.all.insert(finding.code.to_string());
                true
            }
            Ok(FixAnswer::Quit) => {
                self.ended = true;
                false
            }
            Err(error) => {
                self.failure = Some(error);
                self.ended = true;
                false
            }
        }
    }

    /// Ends the asking.
    ///
    /// # Errors
    /// When a question could not be asked or an answer not be read: then nothing should be written.
    pub fn finish(self) -> io::Result<()> {
        self.failure.map_or(Ok(()), Err)
    }

    fn ask(&mut self, finding: &Diagnostic, sources: &dyn Sources) -> io::Result<FixAnswer> {
        let mut renderer = Renderer::new(Format::Full, self.options);
        renderer.begin(&mut self.out)?;
        renderer.finding(&mut self.out, sources, finding)?;
        renderer.finish(&mut self.out, sources)?;
        loop {
            write!(self.out, "Make this fix? [y,n,a,q,?] ")?;
            self.out.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                writeln!(self.out)?;
                return Ok(FixAnswer::Quit);
            }
            match line.trim() {
                "y" | "Y" | "yes" => return Ok(FixAnswer::Yes),
                "n" | "N" | "no" => return Ok(FixAnswer::No),
                "a" | "A" | "all" => return Ok(FixAnswer::All),
                "q" | "Q" | "quit" => return Ok(FixAnswer::Quit),
                _ => writeln!(self.out, "{HELP}")?,
            }
        }
    }
}

enum FixAnswer {
    Yes,
    No,
    All,
    Quit,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::render::RuleInfo;
    use crate::text::{FileId, LineIndex, Span};
    use std::sync::Arc;

    const TEXT: &str = "ข้อความ\n";

    struct OneText;

    impl Sources for OneText {
        fn path(&self, _: FileId) -> &'static str {
            "a.txt"
        }

        fn text(&self, _: FileId) -> Option<Arc<str>> {
            Some(TEXT.into())
        }

        fn rule(&self, _: &str) -> Option<RuleInfo> {
            None
        }
    }

    fn finding(code: &str, message: &str) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity: Severity::Warning,
            file: FileId(0),
            place: LineIndex::new(TEXT).place(TEXT, Span::of(0, 6)),
            message: message.into(),
            related: Vec::new(),
            fix: None,
            unnecessary: false,
        }
    }

    /// The answers to `input` for findings of these rules, and what was printed.
    fn answers(input: &str, findings: &[(&str, &str)]) -> (Vec<bool>, String) {
        let mut out = Vec::new();
        let mut questions = Questions::new(input.as_bytes(), &mut out, RenderOptions::default());
        let wanted =
            findings.iter().map(|(code, message)| questions.wants(&finding(code, message), &OneText)).collect();
        questions.finish().unwrap();
        (wanted, String::from_utf8(out).unwrap())
    }

    #[test]
    fn one_by_one() {
        let all = [("date/a", "1"), ("date/a", "2"), ("date/b", "3"), ("date/a", "4"), ("date/b", "5")];
        for (input, wanted) in [
            ("y\nn\nyes\nn\nY\n", [true, false, true, false, true]),
            ("a\nn\nn\n", [true, true, false, true, false]),
            ("n\na\na\n", [false, true, true, true, true]),
            ("y\nq\n", [true, false, false, false, false]),
            ("y\n", [true, false, false, false, false]),
            ("", [false; 5]),
        ] {
            assert_eq!(answers(input, &all).0, wanted, "{input:?}");
        }
    }

    #[test]
    fn what_was_declined_is_not_asked_again() {
        let (wanted, out) = answers("n\ny\n", &[("date/a", "1"), ("date/a", "1"), ("date/a", "2")]);
        assert_eq!(wanted, [false, false, true]);
        assert_eq!(out.matches("Make this fix?").count(), 2);
    }

    #[test]
    fn other_answers_are_explained() {
        let (wanted, out) = answers("?\n\nmaybe\ny\n", &[("date/a", "1")]);
        assert_eq!(wanted, [true]);
        assert_eq!(out.matches(HELP).count(), 3);
        assert!(out.starts_with("warning[date/a]: 1\n --> a.txt:1:1\n"), "{out}");
    }
}
