//! The reader: goes over the tokens and tries the forms of dates.
//!
//! It goes once from left to right. At every token it tries the [`forms`] that may begin there; each looks a bounded
//! number of tokens ahead and back, but for runs of numbers and separators, which are swallowed whole.

use super::forms::form::{FormStart, RunPlace};
use super::forms::{self, FormStep};
use super::grammar::{DateDraft, DateParser, FormMatch};
use super::lead::LeadWords;
use super::parts::{Below, DateParts, DateShape};
use super::run::NumberRun;
use super::windows;
use crate::recognise::profile::Language;

impl DateParser<'_> {
    /// Calls `found` with everything in the tokens, in order.
    pub(super) fn run(&mut self, mut found: impl FnMut(DateDraft)) {
        let mut at = 0;
        while at < self.tokens.len() {
            match self.form_at(at) {
                FormMatch::Date(mut draft) => {
                    at = draft.next.max(at + 1);
                    // An English month in Thai text may well have a Buddhist year.
                    if draft.language == Language::English
                        && draft.years.iter().any(|at| windows::BUDDHIST.contains(&at.year.number))
                        && self.language() == Language::Thai
                    {
                        draft.language = Language::Thai;
                    }
                    self.remember(&draft, at);
                    found(*draft);
                }
                FormMatch::Skip(next) => at = next.max(at + 1),
                FormMatch::Nothing => at += 1,
            }
        }
    }

    /// Remembers what a date before token `next` says about numbers behind it.
    fn remember(&mut self, draft: &DateDraft, next: usize) {
        match &draft.shape {
            DateShape::Point(DateParts { below: Below::Year, .. }) => self.last_year = Some((next, draft.language)),
            DateShape::Point(DateParts { below: Below::Numeric(..), year: None }) => self.last_day = Some(next),
            _ => {}
        }
    }

    /// The first form that reads something from the token at `at` on.
    fn form_at(&mut self, at: usize) -> FormMatch {
        let Some(start) = FormStart::of(self.tokens[at].kind) else { return FormMatch::Nothing };
        for step in forms::steps(start) {
            let found = match step {
                FormStep::Tokens(read) => read(self, at),
                FormStep::Numbers => self.numbers_at(at),
            };
            if !matches!(found, FormMatch::Nothing) {
                return found;
            }
        }
        FormMatch::Nothing
    }

    /// Numbers with separators between them: a date, or nothing up to their end.
    fn numbers_at(&mut self, at: usize) -> FormMatch {
        let mut run = self.run_of_numbers(at);
        if run.endless {
            return FormMatch::Skip(run.next);
        }
        if run.numbers.len() < 2 {
            return FormMatch::Nothing;
        }
        let end = FormMatch::Skip(run.next);
        if self.slug_follows(run.next) {
            return end;
        }
        let lead = self.lead(at);
        if lead.meeting {
            return self.run_as(at, &run, &lead, RunPlace::BehindMeeting).map_or(end, |draft| Some(draft).into());
        }
        loop {
            if let Some(draft) = self.run_as(at, &run, &lead, RunPlace::Anywhere) {
                let draft = self.with_lead(draft, &lead);
                let lunar = self.lunar_after(draft.next);
                return Some(if lunar { draft.into_lunar() } else { draft }).into();
            }
            // What a spaced dash joins may be two things of which the first is a date.
            let Some(cut) = run.separators.iter().rposition(|separator| !separator.tight()) else { break };
            run.numbers.truncate(cut + 1);
            run.separators.truncate(cut);
            run.next = run.numbers[cut].0 + 1;
            if run.numbers.len() < 2 {
                break;
            }
        }
        FormMatch::Skip(run.next)
    }

    /// The first form of numbers that reads a run.
    fn run_as(&mut self, at: usize, run: &NumberRun, lead: &LeadWords, place: RunPlace) -> Option<DateDraft> {
        // Letters alone, however much they look like digits, are no date.
        if place == RunPlace::Anywhere && run.numbers.iter().all(|(_, number)| number.real == 0) {
            return None;
        }
        forms::of_numbers(run.numbers.len(), place).find_map(|read| read(self, at, run, lead))
    }
}
