//! The forms of dates, one in each file, and the one table that drives the reader and the prefilter.
//!
//! A file says how its form begins, how it is read, and gives examples, which run as tests here. A new form is a file
//! and a row of [`FORMS`]. What several forms have in common stands outside this folder: months and the years behind
//! them, runs of numbers, the words before a date and around it.

mod blank;
mod clock_time;
mod day_and_month;
mod days_and_month;
mod days_and_number;
mod decade;
mod decade_range;
pub(super) mod form;
mod lunar_day;
mod meeting_year;
mod mistyped_abbreviation;
mod month_and_days;
mod month_and_year;
mod month_range;
mod named_month;
mod numeric_date;
mod numeric_range;
mod period;
mod short_year_range;
mod split_day;
mod split_year;
mod vietnamese_month;
mod year;
mod year_range;

use self::form::{DateForm, FormGrammar, FormStart, ReadNumbers, ReadTokens, RunPlace, Trigger};

/// The forms in the order in which they are tried at a place: the longer and the more certain first.
const FORMS: [&DateForm; 23] = [
    &clock_time::FORM,
    &days_and_month::FORM,
    &days_and_number::FORM,
    &mistyped_abbreviation::FORM,
    &vietnamese_month::FORM,
    &split_day::FORM,
    &meeting_year::FORM,
    &decade_range::FORM,
    &year_range::FORM,
    &short_year_range::FORM,
    &month_range::FORM,
    &month_and_year::FORM,
    &day_and_month::FORM,
    &numeric_range::FORM,
    &numeric_date::FORM,
    &blank::FORM,
    &decade::FORM,
    &split_year::FORM,
    &period::FORM,
    &year::FORM,
    &month_and_days::FORM,
    &named_month::FORM,
    &lunar_day::FORM,
];

/// A step of the reader at a token.
#[derive(Clone, Copy)]
pub(super) enum FormStep {
    /// Tries one form.
    Tokens(ReadTokens),
    /// Tries the forms of numbers, all together.
    Numbers,
}

/// For each kind of token the steps in the order of the table.
static STEPS: [[Option<FormStep>; FORMS.len()]; FormStart::COUNT] = {
    let mut steps = [[None; FORMS.len()]; FormStart::COUNT];
    let mut counts = [0; FormStart::COUNT];
    let mut row = 0;
    let mut numbers_end = 0;
    while row < FORMS.len() {
        match &FORMS[row].grammar {
            FormGrammar::Tokens { begins, read } => {
                let mut at = 0;
                while at < begins.len() {
                    let start = begins[at] as usize;
                    steps[start][counts[start]] = Some(FormStep::Tokens(*read));
                    counts[start] += 1;
                    at += 1;
                }
            }
            FormGrammar::Numbers { .. } => {
                let start = FormStart::Number as usize;
                if numbers_end == 0 {
                    steps[start][counts[start]] = Some(FormStep::Numbers);
                    counts[start] += 1;
                } else {
                    assert!(numbers_end == row, "the forms of numbers stand together");
                }
                numbers_end = row + 1;
            }
        }
        row += 1;
    }
    steps
};

/// The steps to take at a token that may begin a form.
pub(super) fn steps(start: FormStart) -> impl Iterator<Item = FormStep> {
    STEPS[start as usize].iter().map_while(|step| *step)
}

/// The readers of runs of this many numbers at such a place.
pub(super) fn of_numbers(count: usize, place: RunPlace) -> impl Iterator<Item = ReadNumbers> {
    FORMS.iter().filter_map(move |form| match &form.grammar {
        FormGrammar::Numbers { counts, place: its, read } if *its == place && counts.contains(&count) => Some(*read),
        _ => None,
    })
}

/// Returns whether some form has this trigger.
pub(super) const fn is_sought(trigger: Trigger) -> bool {
    let mut row = 0;
    while row < FORMS.len() {
        let triggers = FORMS[row].triggers;
        let mut at = 0;
        while at < triggers.len() {
            if triggers[at] as u8 == trigger as u8 {
                return true;
            }
            at += 1;
        }
        row += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::date::grammar::{DateParser, FormMatch};
    use crate::recognise::date::tests::{mentions, reads};
    use crate::recognise::date::{lex, scan};
    use crate::text::Span;

    /// Returns whether this form alone finds something in a text.
    fn reads_alone(form: &DateForm, text: &str) -> bool {
        let mut tokens = Vec::new();
        lex::lex(text, Span::of(0, text.len()), &[], &mut tokens);
        let mut language = None;
        let mut parser = DateParser::new(text, &tokens, &mut language);
        (0..tokens.len()).any(|at| match &form.grammar {
            FormGrammar::Tokens { begins, read } => {
                FormStart::of(tokens[at].kind).is_some_and(|start| begins.contains(&start))
                    && !matches!(read(&mut parser, at), FormMatch::Nothing)
            }
            FormGrammar::Numbers { counts, read, .. } => {
                let run = parser.run_of_numbers(at);
                let lead = parser.lead(at);
                counts.contains(&run.numbers.len()) && read(&mut parser, at, &run, &lead).is_some()
            }
        })
    }

    #[test]
    fn every_form_reads_its_examples() {
        for form in FORMS {
            assert!(form.examples.len() >= 3, "{}: three examples at least", form.name);
            for (text, dates) in form.examples {
                assert!(reads_alone(form, text), "{}: {text}", form.name);
                reads(text, dates);
            }
        }
    }

    #[test]
    fn what_only_looks_like_a_form_is_no_date() {
        for form in FORMS {
            for text in form.others {
                assert_eq!(mentions(text), [], "{}: {text}", form.name);
            }
        }
    }

    #[test]
    fn every_example_has_a_trigger_of_its_form() {
        for form in FORMS {
            for (text, _) in form.examples {
                let has = text
                    .char_indices()
                    .any(|(at, _)| form.triggers.iter().any(|trigger| scan::stands(*trigger, text, at)));
                assert!(has, "{}: {text}", form.name);
            }
        }
    }
}
