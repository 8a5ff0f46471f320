//! `suggest --interactive`: goes through the proposals and asks what becomes of each.
//!
//! An accepted proposal is written into the registry, a refused one into `[suggest] reject`; one that is left is
//! proposed again next time. Nothing is written before the last question. Deliberately absent: which terminal this is,
//! so that it can be tried without one, and the writing.

use std::io::{self, BufRead, Write};

use crate::corpus::proposal::Suggestions;

/// The answers to a question.
const HELP: &str = "  y  write it into the registry\n  n  refuse it: it is not proposed again\n  s  leave it for another time\n  \
                    a  write this and all later ones\n  q  ask no more; what was answered before holds";

/// Somebody who is asked about proposals.
pub struct ProposalQuestions<R, W> {
    input: R,
    out: W,
    /// Set where the rest is decided without asking.
    rest: Option<ProposalAnswer>,
}

/// The fate of a proposal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProposalAnswer {
    /// It is written into the registry.
    Write,
    /// It is not proposed again.
    Refuse,
    /// It is proposed again.
    Leave,
}

/// Proposals with what becomes of them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AnsweredProposals {
    /// Those that are written.
    pub accepted: Suggestions,
    /// The first spellings of those that are refused.
    pub refused: Vec<compact_str::CompactString>,
}

impl<R: BufRead, W: Write> ProposalQuestions<R, W> {
    /// Reads answers from `input` and asks on `out`.
    pub const fn new(input: R, out: W) -> Self {
        Self { input, out, rest: None }
    }

    /// Asks about each proposal, which `show` writes.
    ///
    /// # Errors
    /// When a question could not be asked or an answer not be read: then nothing should be written.
    pub fn ask(
        &mut self,
        proposed: &Suggestions,
        show: &dyn Fn(&Suggestions, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<AnsweredProposals> {
        let mut answered = AnsweredProposals::default();
        for one in proposed.each() {
            match self.answer(&one, show)? {
                ProposalAnswer::Write => answered.accepted.take(one),
                ProposalAnswer::Refuse => answered.refused.extend(one.first_spelling()),
                ProposalAnswer::Leave => {}
            }
        }
        Ok(answered)
    }

    fn answer(
        &mut self,
        one: &Suggestions,
        show: &dyn Fn(&Suggestions, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<ProposalAnswer> {
        if let Some(rest) = self.rest {
            return Ok(rest);
        }
        show(one, &mut self.out)?;
        loop {
            write!(self.out, "Write it into the registry? [y,n,s,a,q,?] ")?;
            self.out.flush()?;
            let mut line = String::new();
            let read = self.input.read_line(&mut line)?;
            match line.trim() {
                "y" | "Y" | "yes" => return Ok(ProposalAnswer::Write),
                "n" | "N" | "no" => return Ok(ProposalAnswer::Refuse),
                "s" | "S" | "skip" => return Ok(ProposalAnswer::Leave),
                "a" | "A" | "all" => return Ok(*self.rest.insert(ProposalAnswer::Write)),
                "q" | "Q" | "quit" => return Ok(*self.rest.insert(ProposalAnswer::Leave)),
                _ if read == 0 => {
                    writeln!(self.out)?;
                    return Ok(*self.rest.insert(ProposalAnswer::Leave));
                }
                _ => writeln!(self.out, "{HELP}")?,
            }
        }
    }
}

/// Asks a question that is answered with no unless somebody says yes.
///
/// # Errors
/// When it could not be asked or the answer not be read.
pub fn is_confirmed(question: &str, input: &mut impl BufRead, out: &mut impl Write) -> io::Result<bool> {
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::proposal::{NewPerson, SeenSpelling};
    use crate::recognise::name::unlisted::NameEvidence;

    fn proposals(names: &[&str]) -> Suggestions {
        let person = |name: &&str| NewPerson {
            id: name.to_lowercase(),
            spellings: vec![SeenSpelling::new(name)],
            evidence: NameEvidence::Title,
        };
        Suggestions { people: names.iter().map(person).collect(), ..Suggestions::default() }
    }

    /// The people that are written, and those that are refused, after these answers.
    fn answered(input: &str) -> (Vec<String>, Vec<String>) {
        let mut out = Vec::new();
        let mut questions = ProposalQuestions::new(input.as_bytes(), &mut out);
        let show = |one: &Suggestions, out: &mut dyn Write| writeln!(out, "{}", one.people[0].id);
        let answered = questions.ask(&proposals(&["An", "Ba", "Ca", "Da"]), &show).expect("answers");
        let accepted = answered.accepted.people.iter().map(|person| person.id.clone());
        (accepted.collect(), answered.refused.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn only_a_yes_confirms() {
        for (input, confirmed) in [("y\n", true), ("yes\n", true), ("n\n", false), ("\n", false), ("", false)] {
            let mut out = Vec::new();
            let said = is_confirmed("Sure? ", &mut input.as_bytes(), &mut out).expect("an answer");
            assert_eq!((said, &*out), (confirmed, &b"Sure? "[..]), "{input:?}");
        }
    }

    #[test]
    fn each_proposal_is_written_refused_or_left() {
        for (input, accepted, refused) in [
            ("y\nn\ns\ny\n", &["an", "da"][..], &["Ba"][..]),
            ("?\nn\na\n", &["ba", "ca", "da"], &["An"]),
            ("y\nq\n", &["an"], &[]),
            ("", &[], &[]),
            ("what\n\ny\n", &["an"], &[]),
        ] {
            let (written, left_out) = answered(input);
            assert_eq!(
                (written, left_out),
                (accepted.iter().map(ToString::to_string).collect(), refused.iter().map(ToString::to_string).collect()),
                "{input:?}"
            );
        }
    }
}
