//! Mentions of different kinds may nest and never cross: of two that do, the longer one stays.
//!
//! Only what a pattern is involved in is decided here: the built-in recognisers see to it that theirs do not cross. Of
//! two of one length the built-in one stays, then the first.

use std::cmp::Reverse;

use super::fact::PatternFact;
use crate::recognise::date::DateFact;
use crate::recognise::decree::DecreeFact;
use crate::recognise::name::NameFact;
use crate::text::Span;

/// A mention of any kind.
#[derive(Clone, Copy)]
struct NestedMention {
    span: Span,
    of: Recogniser,
    number: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Recogniser {
    Name,
    Date,
    Decree,
    Pattern,
}

/// Takes out what crosses a longer mention of another kind.
pub fn nest(
    patterns: &mut Vec<PatternFact>,
    names: &mut Vec<NameFact>,
    dates: &mut Vec<DateFact>,
    decrees: &mut Vec<DecreeFact>,
) {
    let mut items: Vec<NestedMention> = Vec::new();
    let mut add = |of: Recogniser, number: usize, span: Span| items.push(NestedMention { span, of, number });
    names.iter().enumerate().for_each(|(number, name)| add(Recogniser::Name, number, name.span));
    let mentioned = dates.iter().enumerate().filter(|(_, date)| date.is_mention());
    mentioned.for_each(|(number, date)| add(Recogniser::Date, number, date.core));
    let mentioned = decrees.iter().enumerate().filter(|(_, decree)| decree.is_mention());
    mentioned.for_each(|(number, decree)| add(Recogniser::Decree, number, decree.core));
    patterns.iter().enumerate().for_each(|(number, pattern)| add(Recogniser::Pattern, number, pattern.span));
    items.sort_by_key(|item| (item.span.start, Reverse(item.span.end)));
    let mut gone: Vec<NestedMention> = Vec::new();
    let mut open: Vec<NestedMention> = Vec::new();
    for item in items {
        open.retain(|outer| outer.span.end > item.span.start);
        let crosses = |outer: &NestedMention| {
            let either = outer.of == Recogniser::Pattern || item.of == Recogniser::Pattern;
            either && outer.span.start < item.span.start && outer.span.end < item.span.end
        };
        let loses = |one: &NestedMention, other: &NestedMention| {
            let rank = |item: &NestedMention| (item.span.len(), item.of != Recogniser::Pattern);
            rank(one) < rank(other)
        };
        if open.iter().any(|outer| crosses(outer) && !loses(outer, &item)) {
            gone.push(item);
            continue;
        }
        gone.extend(open.iter().filter(|outer| crosses(outer)));
        open.retain(|outer| !crosses(outer));
        open.push(item);
    }
    if gone.is_empty() {
        return;
    }
    let numbers = |of: Recogniser| {
        let mut numbers: Vec<usize> = gone.iter().filter(|item| item.of == of).map(|item| item.number).collect();
        numbers.sort_unstable();
        numbers
    };
    without(patterns, &numbers(Recogniser::Pattern));
    without(names, &numbers(Recogniser::Name));
    without(dates, &numbers(Recogniser::Date));
    without(decrees, &numbers(Recogniser::Decree));
}

/// Takes out the items with these numbers, which are sorted.
fn without<T>(items: &mut Vec<T>, numbers: &[usize]) {
    let mut number = 0;
    items.retain(|_| {
        number += 1;
        numbers.binary_search(&(number - 1)).is_err()
    });
}
