//! Comparing annotations with the text they stand beside, with each other and with the configuration.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::configuration::{Configuration, UnknownName};
use super::fault::{AnnotationFault, AnnotationFaultKind, Malformed, Mismatch, OffsetUnit, Repair};
use super::line::{AnnotationBody, Argument, Fragment};
use super::standoff::{AnnotationLine, Standoff};
use super::units::{OffsetSide, UnitIndex};
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::text::position::{BYTE_ORDER_MARK, chars};

/// Code points to both sides in which a shifted text is looked for.
const REACH: u32 = 200;

/// What an annotation file is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The whole text of the document, a byte-order mark included.
    pub text: &'a str,
    /// Annotations given beside it, whose ids are valid targets (`.a1` for an `.a2`).
    pub given: Option<&'a Standoff>,
    /// The configuration, where there is one.
    pub configuration: Option<&'a Configuration>,
}

impl Standoff {
    /// Everything that is wrong, in the order of lines.
    pub fn faults(&self, against: Against<'_>) -> Vec<AnnotationFault> {
        let mut check =
            StandoffCheck { file: self, against, places: TextPlaces::new(against.text), faults: Vec::new() };
        let events = self.events_by_trigger();
        check.byte_order_mark();
        for (number, line) in self.lines().iter().enumerate() {
            check.form(line);
            check.recorded_text(number, line);
            check.references(line, &events);
            check.configured(line);
        }
        check.faults
    }

    /// The event each trigger belongs to.
    fn events_by_trigger(&self) -> FxHashMap<&str, &str> {
        let events = self.lines().iter().filter_map(|line| match line.body {
            AnnotationBody::Event { trigger, .. } => Some((self.slice(trigger), self.slice(line.id))),
            _ => None,
        });
        events.collect()
    }
}

struct StandoffCheck<'a> {
    file: &'a Standoff,
    against: Against<'a>,
    places: TextPlaces<'a>,
    faults: Vec<AnnotationFault>,
}

impl StandoffCheck<'_> {
    fn report(&mut self, span: Span, problem: AnnotationFaultKind, repair: Option<Repair>) {
        self.faults.push(AnnotationFault { problem, span, repair });
    }

    fn byte_order_mark(&mut self) {
        if self.file.has_byte_order_mark() {
            let span = Span::of(0, BYTE_ORDER_MARK.len());
            let edits = vec![TextEdit::replace(span, "")];
            let repair = Repair { title: "remove the byte-order mark".into(), safe: true, edits };
            self.report(span, AnnotationFaultKind::Malformed(Malformed::ByteOrderMark), Some(repair));
        }
    }

    fn form(&mut self, line: &AnnotationLine) {
        if let AnnotationBody::Malformed(malformed) = &line.body {
            self.report(line.span, AnnotationFaultKind::Malformed(malformed.clone()), None);
        } else if let Some(first) = line.repeats {
            let malformed = Malformed::DuplicateId { first_line: first as u32 + 1 };
            self.report(line.id, AnnotationFaultKind::Malformed(malformed), None);
        }
    }

    fn recorded_text(&mut self, number: usize, line: &AnnotationLine) {
        let AnnotationBody::Text { offsets, ref fragments, text, .. } = line.body else { return };
        let recorded = text.map(|text| self.file.slice(text));
        if let Some(found) = self.places.oversized(fragments, recorded.unwrap_or_default()) {
            let id = self.file.slice(line.id).to_owned();
            self.report(
                offsets,
                AnnotationFaultKind::Mismatch { id, found: Some(found), why: Mismatch::Unknown },
                None,
            );
            return;
        }
        let found = self.places.joined(fragments);
        if let (Some(found), Some(recorded)) = (&found, recorded)
            && agrees(found, recorded)
        {
            return;
        }
        let (why, repair) = self.explain(number, line, fragments, found.as_deref(), recorded);
        let id = self.file.slice(line.id).to_owned();
        self.report(text.unwrap_or(offsets), AnnotationFaultKind::Mismatch { id, found, why }, repair);
    }

    /// What explains a mismatch, most certain first, and the repair where there is one way.
    fn explain(
        &mut self,
        number: usize,
        line: &AnnotationLine,
        fragments: &[Fragment],
        found: Option<&str>,
        recorded: Option<&str>,
    ) -> (Mismatch, Option<Repair>) {
        let Some(recorded) = recorded else {
            let repair = found.filter(|found| !found.contains('\n')).map(|found| Repair {
                title: format!("record the text `{found}`"),
                safe: true,
                edits: vec![TextEdit::replace(Span::new(line.span.end, line.span.end), format!("\t{found}"))],
            });
            return (Mismatch::NotRecorded, repair);
        };
        if let Some(found) = found
            && let Some(repair) = self.across_lines(number, line, fragments, found, recorded)
        {
            return (Mismatch::LineBreak, Some(repair));
        }
        if let Some((unit, moved)) = self.places.in_another_unit(fragments, recorded) {
            let title = "count the offsets in code points".to_owned();
            return (Mismatch::Unit(unit), Some(set_offsets(line, title, true, &moved)));
        }
        if let Some(found) = found {
            let record = |why| {
                let title = "record the text as the document has it".to_owned();
                let repair = text_span(line).map(|span| Repair {
                    title,
                    safe: true,
                    edits: vec![TextEdit::replace(span, found)],
                });
                (why, repair)
            };
            if found.nfc().eq(recorded.nfc()) {
                return record(Mismatch::Normalization);
            }
            if found.chars().map(plain_space).eq(recorded.chars().map(plain_space)) {
                return record(Mismatch::NoBreakSpace);
            }
        }
        match self.places.shifts(fragments, recorded)[..] {
            [] => (Mismatch::Unknown, None),
            [by] => {
                let moved = moved(fragments, by, recorded);
                let title = "move the offsets to where the text stands".to_owned();
                (Mismatch::Shifted { by }, Some(set_offsets(line, title, false, &moved)))
            }
            ref several => (Mismatch::Ambiguous { places: several.len() }, None),
        }
    }

    /// The repair of a span across line breaks whose text was recorded with a space, or with a real line break that tore
    /// the line of the annotation file apart.
    fn across_lines(
        &self,
        number: usize,
        line: &AnnotationLine,
        fragments: &[Fragment],
        found: &str,
        recorded: &str,
    ) -> Option<Repair> {
        if !found.contains('\n') {
            return None;
        }
        let unbroken = found.replace("\r\n", " ").replace('\n', " ");
        let mut end = line.span.end;
        if unbroken != recorded {
            let (first, rest) = found.split_once('\n')?;
            if first.strip_suffix('\r').unwrap_or(first) != recorded {
                return None;
            }
            let pieces = rest.split('\n').map(|piece| piece.strip_suffix('\r').unwrap_or(piece));
            let mut lines = self.file.lines()[number + 1..].iter();
            for piece in pieces {
                let torn = lines.next().filter(|torn| self.file.slice(torn.span) == piece)?;
                end = torn.span.end;
            }
        }
        let split = self.places.split_at_line_breaks(fragments);
        let AnnotationBody::Text { offsets, .. } = line.body else { return None };
        let text = self.places.joined(&split)?;
        let line = format!("{}\t{text}", written(&split));
        Some(Repair {
            title: "split the span at the line break".into(),
            safe: true,
            edits: vec![TextEdit::replace(Span::new(offsets.start, end), line)],
        })
    }

    fn references(&mut self, line: &AnnotationLine, events: &FxHashMap<&str, &str>) {
        match &line.body {
            AnnotationBody::Event { kind, trigger, arguments } => {
                self.exists(*trigger);
                self.trigger_type(*kind, *trigger);
                self.exist(arguments);
            }
            AnnotationBody::Relation { arguments, .. } => self.exist(arguments),
            AnnotationBody::Equivalence { members, .. } => members.iter().for_each(|&member| self.exists(member)),
            AnnotationBody::Attribute { target, .. }
            | AnnotationBody::Normalization { target, .. }
            | AnnotationBody::Note { target, .. } => {
                self.exists(*target);
                if let Some(event) = events.get(self.file.slice(*target)) {
                    let malformed = Malformed::OnTrigger { event: (*event).to_owned() };
                    let title = format!("say it of the event {event}");
                    let edits = vec![TextEdit::replace(*target, *event)];
                    let repair = Repair { title, safe: false, edits };
                    self.report(*target, AnnotationFaultKind::Malformed(malformed), Some(repair));
                }
            }
            AnnotationBody::Text { .. } | AnnotationBody::Malformed(_) => {}
        }
    }

    fn exist(&mut self, arguments: &[Argument]) {
        for argument in arguments {
            self.exists(argument.target);
        }
    }

    fn exists(&mut self, target: Span) {
        let id = self.file.slice(target);
        let given = self.against.given.and_then(|given| given.line(id));
        if self.file.line(id).or(given).is_none() {
            self.report(target, AnnotationFaultKind::Dangling { target: id.to_owned() }, None);
        }
    }

    fn trigger_type(&mut self, kind: Span, trigger: Span) {
        let id = self.file.slice(trigger);
        let sources = [Some(self.file), self.against.given];
        let found = sources.into_iter().flatten().find_map(|file| Some((file, file.line(id)?)));
        if let Some((file, AnnotationLine { body: AnnotationBody::Text { kind: of_trigger, .. }, .. })) = found
            && file.slice(*of_trigger) != self.file.slice(kind)
        {
            let trigger = file.slice(*of_trigger).to_owned();
            self.report(kind, AnnotationFaultKind::Malformed(Malformed::TriggerType { trigger }), None);
        }
    }

    fn configured(&mut self, line: &AnnotationLine) {
        let Some(configuration) = self.against.configuration else { return };
        let file = self.file;
        let (span, verdict) = match line.body {
            AnnotationBody::Text { kind, .. } => (kind, configuration.text_bound(file.slice(kind))),
            AnnotationBody::Event { kind, .. } => (kind, configuration.event(file.slice(kind))),
            AnnotationBody::Relation { kind, .. } | AnnotationBody::Equivalence { kind, .. } => {
                (kind, configuration.relation(file.slice(kind)))
            }
            AnnotationBody::Attribute { name, value, .. } => match (configuration.attribute(file.slice(name)), value) {
                (Ok(()), Some(value)) => (value, configuration.value(file.slice(name), file.slice(value))),
                (verdict, _) => (name, verdict),
            },
            AnnotationBody::Normalization { .. } | AnnotationBody::Note { .. } | AnnotationBody::Malformed(_) => return,
        };
        if let Err(UnknownName { what, suggestion }) = verdict {
            let name = file.slice(span).to_owned();
            self.report(span, AnnotationFaultKind::NotConfigured { what, name, suggestion }, None);
        }
    }
}

/// Whether the recorded text is the one found, with white space behind it at most, as brat has it.
pub(super) fn agrees(found: &str, recorded: &str) -> bool {
    recorded.strip_prefix(found).is_some_and(|tail| tail.is_empty() || tail.starts_with(char::is_whitespace))
}

fn plain_space(letter: char) -> char {
    if letter == '\u{a0}' { ' ' } else { letter }
}

fn text_span(line: &AnnotationLine) -> Option<Span> {
    match line.body {
        AnnotationBody::Text { text, .. } => text,
        _ => None,
    }
}

/// The fragments moved by so many code points; a single one takes the length of the recorded text.
fn moved(fragments: &[Fragment], by: i64, recorded: &str) -> Vec<Fragment> {
    let shift = |at: u32| u32::try_from(i64::from(at) + by).unwrap_or_default();
    match fragments {
        [only] => vec![Fragment { start: shift(only.start), end: shift(only.start) + chars(recorded) }],
        several => several.iter().map(|at| Fragment { start: shift(at.start), end: shift(at.end) }).collect(),
    }
}

fn set_offsets(line: &AnnotationLine, title: String, safe: bool, fragments: &[Fragment]) -> Repair {
    let edits = match line.body {
        AnnotationBody::Text { offsets, .. } => vec![TextEdit::replace(offsets, written(fragments))],
        _ => Vec::new(),
    };
    Repair { title, safe, edits }
}

/// Fragments as brat writes them.
pub(super) fn written(fragments: &[Fragment]) -> String {
    let fragments: Vec<String> =
        fragments.iter().map(|fragment| format!("{} {}", fragment.start, fragment.end)).collect();
    fragments.join(";")
}

/// The text, and where the offsets of every unit lie in it; units other than code points are counted when first needed.
pub(super) struct TextPlaces<'t> {
    text: &'t str,
    code_points: UnitIndex<'t>,
    others: Vec<(OffsetUnit, UnitIndex<'t>)>,
    /// Searches of the whole text that may still be made: a file whose every line is wrong must not cost its square.
    searches_left: u32,
}

impl<'t> TextPlaces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, code_points: UnitIndex::code_points(text), others: Vec::new(), searches_left: MAX_SEARCHES }
    }

    /// The beginning of what stands at the offsets, where they span so much more than was recorded that nothing explains it.
    fn oversized(&self, fragments: &[Fragment], recorded: &str) -> Option<String> {
        let spanned: u64 = fragments.iter().map(|fragment| u64::from(fragment.end - fragment.start)).sum();
        if spanned < 4096 + 4 * recorded.len() as u64 {
            return None;
        }
        let start = self.code_points.byte(fragments[0].start, OffsetSide::Start)?;
        self.code_points.byte(fragments[0].end, OffsetSide::End)?;
        Some(self.text[start..].chars().take(80).chain(['…']).collect())
    }

    /// The text of the fragments joined by spaces; `None` where one lies behind the end.
    pub(super) fn joined(&self, fragments: &[Fragment]) -> Option<String> {
        joined(self.text, &self.code_points, fragments)
    }

    /// The unit in which the offsets name the recorded text, and the same place in code points.
    fn in_another_unit(&mut self, fragments: &[Fragment], recorded: &str) -> Option<(OffsetUnit, Vec<Fragment>)> {
        if self.others.is_empty() {
            let units = [
                OffsetUnit::Utf16,
                OffsetUnit::Bytes,
                OffsetUnit::NoByteOrderMark,
                OffsetUnit::NoCarriageReturns,
                OffsetUnit::Nfc,
                OffsetUnit::Nfd,
            ];
            let with_mark = self.text.starts_with(BYTE_ORDER_MARK);
            let with_returns = self.text.contains("\r\n");
            let apply = units.into_iter().filter(|unit| match unit {
                OffsetUnit::NoByteOrderMark => with_mark,
                OffsetUnit::NoCarriageReturns => with_returns,
                _ => true,
            });
            self.others = apply.map(|unit| (unit, UnitIndex::of(self.text, unit))).collect();
        }
        let (unit, index) = self
            .others
            .iter()
            .find(|(_, index)| joined(self.text, index, fragments).is_some_and(|found| agrees(&found, recorded)))?;
        let moved = fragments.iter().map(|fragment| {
            let (start, end) = bytes(index, *fragment)?;
            Some(Fragment { start: self.code_points.units(start), end: self.code_points.units(end) })
        });
        Some((*unit, moved.collect::<Option<_>>()?))
    }

    /// By how many code points the fragments can be moved so that they name the recorded text: within reach, or else
    /// anywhere where the text occurs once.
    fn shifts(&mut self, fragments: &[Fragment], recorded: &str) -> Vec<i64> {
        let Some(first) = fragments.first() else { return Vec::new() };
        let length: usize = (first.end.saturating_sub(first.start)) as usize;
        // What the first fragment should hold: so many letters of what was recorded; a single one holds it all.
        let wanted: String =
            if fragments.len() == 1 { recorded.to_owned() } else { recorded.chars().take(length).collect() };
        if wanted.is_empty() {
            return Vec::new();
        }
        let near = {
            let low = self.byte(first.start.saturating_sub(REACH));
            let high = self.byte(first.end.saturating_add(REACH));
            self.occurrences(low..high, &wanted, fragments, recorded)
        };
        if near.is_empty() && self.searches_left > 0 {
            self.searches_left -= 1;
            return self.occurrences(0..self.text.len(), &wanted, fragments, recorded);
        }
        near
    }

    fn byte(&self, code_points: u32) -> usize {
        self.code_points.byte(code_points, OffsetSide::Start).unwrap_or(self.text.len())
    }

    fn occurrences(
        &self,
        range: std::ops::Range<usize>,
        wanted: &str,
        fragments: &[Fragment],
        recorded: &str,
    ) -> Vec<i64> {
        let window = &self.text[range.clone()];
        let found = window
            .match_indices(wanted)
            .take(MAX_PLACES)
            .map(|(at, _)| i64::from(self.code_points.units(range.start + at)) - i64::from(fragments[0].start));
        let fits = |by: &i64| {
            let moved = moved(fragments, *by, recorded);
            self.joined(&moved).is_some_and(|found| agrees(&found, recorded))
        };
        found.filter(|by| fragments.len() == 1 || fits(by)).collect()
    }

    /// The fragments, cut wherever they hold a line break, which belongs to no piece.
    pub(super) fn split_at_line_breaks(&self, fragments: &[Fragment]) -> Vec<Fragment> {
        let mut split = Vec::new();
        for fragment in fragments {
            let Some((start, end)) = bytes(&self.code_points, *fragment) else { continue };
            let mut at = start;
            for line in crate::text::position::lines(&self.text[start..end]) {
                let kept = line.trim_end_matches(['\r', '\n']);
                if !kept.is_empty() {
                    let (start, end) = (self.code_points.units(at), self.code_points.units(at + kept.len()));
                    split.push(Fragment { start, end });
                }
                at += line.len();
            }
        }
        split
    }
}

/// Occurrences that are looked at: more than a few and none is the one.
const MAX_PLACES: usize = 64;
/// Searches of a whole text in one annotation file.
const MAX_SEARCHES: u32 = 200;

fn bytes(index: &UnitIndex<'_>, fragment: Fragment) -> Option<(usize, usize)> {
    let start = index.byte(fragment.start, OffsetSide::Start)?;
    let end = index.byte(fragment.end, OffsetSide::End)?;
    // Around letters that count nothing an empty fragment would end before it starts.
    Some((start.min(end), end))
}

fn joined(text: &str, index: &UnitIndex<'_>, fragments: &[Fragment]) -> Option<String> {
    let mut joined = String::new();
    for (number, &fragment) in fragments.iter().enumerate() {
        let (start, end) = bytes(index, fragment)?;
        if number > 0 {
            joined.push(' ');
        }
        joined.push_str(&text[start..end]);
    }
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::applied;

    fn check(text: &str, file: &str) -> Vec<AnnotationFault> {
        Standoff::parse(file).faults(Against { text, given: None, configuration: None })
    }

    /// The explanation of the only fault and the file after its repair.
    fn mismatch(text: &str, file: &str) -> (Mismatch, Option<String>) {
        let faults = check(text, file);
        let [AnnotationFault { problem: AnnotationFaultKind::Mismatch { why, .. }, repair, .. }, ..] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        (*why, repair.as_ref().and_then(|repair| applied(file, &repair.edits)))
    }

    #[test]
    fn what_agrees_is_no_fault() {
        let text = "นายสม ใจดี ไป\tกรุงเทพ";
        for file in [
            "T1\tPer 3 10\tสม ใจดี\n",
            "T1\tPer 3 5;6 10\tสม ใจดี\n",
            "T1\tPer 6 10;3 5\tใจดี สม\n",
            "T1\tPer 3 5\tสม \n",
            "T1\tPer 11 21\tไป\tกรุงเทพ\n",
            "T1\tPer 4 4\t\n",
        ] {
            assert_eq!(check(text, file), [], "{file}");
        }
    }

    #[test]
    fn the_unit_is_named_and_the_offsets_counted_anew() {
        let cases = [
            ("😀😀 Trần Văn", "T1\tPer 5 9\tTrần", OffsetUnit::Utf16, "T1\tPer 3 7\tTrần"),
            ("ก Trần Văn", "T1\tPer 4 10\tTrần", OffsetUnit::Bytes, "T1\tPer 2 6\tTrần"),
            ("\u{feff}Trần Văn", "T1\tPer 0 4\tTrần", OffsetUnit::NoByteOrderMark, "T1\tPer 1 5\tTrần"),
            ("a\r\nb\r\nTrần Văn", "T1\tPer 4 8\tTrần", OffsetUnit::NoCarriageReturns, "T1\tPer 6 10\tTrần"),
            ("e\u{301}e\u{301} abc", "T1\tPer 3 6\tabc", OffsetUnit::Nfc, "T1\tPer 5 8\tabc"),
            ("é😀é abc", "T1\tPer 6 9\tabc", OffsetUnit::Nfd, "T1\tPer 4 7\tabc"),
            ("😀 ab 😀 cd", "T1\tPer 3 5;9 11\tab cd", OffsetUnit::Utf16, "T1\tPer 2 4;7 9\tab cd"),
        ];
        for (text, file, unit, repaired) in cases {
            assert_eq!(mismatch(text, file), (Mismatch::Unit(unit), Some(repaired.into())), "{text}");
        }
    }

    #[test]
    fn other_explanations() {
        use Mismatch::{Ambiguous, LineBreak, NoBreakSpace, Normalization, NotRecorded, Shifted, Unknown};
        let cases = [
            ("Trần Văn", "T1\tPer 0 4", NotRecorded, Some("T1\tPer 0 4\tTrần")),
            ("éa", "T1\tPer 0 2\te\u{301}a", Normalization, Some("T1\tPer 0 2\téa")),
            ("a\u{a0}b", "T1\tPer 0 3\ta b", NoBreakSpace, Some("T1\tPer 0 3\ta\u{a0}b")),
            ("ab\ncd", "T1\tPer 0 5\tab cd", LineBreak, Some("T1\tPer 0 2;3 5\tab cd")),
            ("ab\r\ncd", "T1\tPer 0 6\tab cd", LineBreak, Some("T1\tPer 0 2;4 6\tab cd")),
            (
                "ab\ncd",
                "T1\tPer 0 5\tab\ncd\nT2\tPer 0 1\ta\n",
                LineBreak,
                Some("T1\tPer 0 2;3 5\tab cd\nT2\tPer 0 1\ta\n"),
            ),
            ("xx สม", "T1\tPer 0 2\tสม", Shifted { by: 3 }, Some("T1\tPer 3 5\tสม")),
            ("xx abc", "T1\tPer 0 2\tabc", Shifted { by: 3 }, Some("T1\tPer 3 6\tabc")),
            ("xx ab cd", "T1\tPer 0 2;3 5\tab cd", Shifted { by: 3 }, Some("T1\tPer 3 5;6 8\tab cd")),
            ("xx ab ab", "T1\tPer 0 2\tab", Ambiguous { places: 2 }, None),
            ("xx", "T1\tPer 0 2\tab", Unknown, None),
            ("xx", "T1\tPer 0 9\tab", Unknown, None),
        ];
        for (text, file, why, repaired) in cases {
            assert_eq!(mismatch(text, file), (why, repaired.map(str::to_owned)), "{text:?} {file:?}");
        }
    }

    #[test]
    fn far_off_it_must_be_the_only_place() {
        let far = format!("xx{}ab", " ".repeat(300));
        assert_eq!(mismatch(&far, "T1\tPer 0 2\tab").0, Mismatch::Shifted { by: 302 });
        let twice = format!("xx{}ab ab", " ".repeat(300));
        assert_eq!(mismatch(&twice, "T1\tPer 0 2\tab").0, Mismatch::Ambiguous { places: 2 });
        let one_near = format!("xx ab{}ab", " ".repeat(300));
        assert_eq!(mismatch(&one_near, "T1\tPer 0 2\tab").0, Mismatch::Shifted { by: 3 });
    }

    #[test]
    fn references_and_refusals() {
        let text = "ab cd ef";
        let head = "T1\tPer 0 2\tab\nT2\tMeet 3 5\tcd\nE1\tMeet:T2 Who:T1\n";
        let cases: [(&str, &[&str]); 9] = [
            ("R1\tHolds Arg1:T1 Arg2:E1\n", &[]),
            ("R1\tHolds Arg1:T1 Arg2:T7\n", &["T7: Dangling"]),
            ("*\tSame T1 T8 T9\n", &["T8: Dangling", "T9: Dangling"]),
            ("#1\tAnnotatorNotes R5\tx\n", &["R5: Dangling"]),
            ("A1\tSure T2\n", &["T2: OnTrigger"]),
            ("E2\tTalk:T2\n", &["Talk: TriggerType"]),
            ("T1\tPer 0 2\tab\n", &["T1: DuplicateId"]),
            ("\n", &[": Blank"]),
            ("Z1\tq\n", &["Z1\tq: UnknownKind"]),
        ];
        for (line, expected) in cases {
            let file = format!("{head}{line}");
            let faults = check(text, &file).into_iter().map(|fault| {
                let name = match &fault.problem {
                    AnnotationFaultKind::Malformed(malformed) => format!("{malformed:?}"),
                    problem => format!("{problem:?}"),
                };
                let name = name.split([' ', '{', '(']).next().unwrap_or_default().to_owned();
                format!("{}: {name}", fault.span.slice(&file))
            });
            assert_eq!(faults.collect::<Vec<_>>(), expected, "{line:?}");
        }
    }

    #[test]
    fn ids_given_beside_are_targets() {
        let (given, file) =
            (Standoff::parse("T1\tPer 0 2\tab\n"), Standoff::parse("R1\tHolds Arg1:T1 Arg2:T2\nT2\tPer 3 5\tcd\n"));
        let against = Against { text: "ab cd", given: Some(&given), configuration: None };
        assert_eq!(file.faults(against), []);
    }

    #[test]
    fn types_are_those_of_the_configuration() {
        let configuration =
            Configuration::parse("[entities]\nPerson\n[relations]\n[attributes]\nTense\tArg:<ANY>, Value:past|now\n");
        let file = Standoff::parse("T1\tPersn 0 2\tab\n*\tSame T1 T1\nA1\tTense T1 soon\nA2\tSure T1\n");
        let faults = file.faults(Against { text: "ab", given: None, configuration: Some(&configuration) });
        let names = faults.iter().map(|fault| match &fault.problem {
            AnnotationFaultKind::NotConfigured { what, name, suggestion } => {
                (*what, name.as_str(), suggestion.as_deref())
            }
            problem => panic!("{problem:?}"),
        });
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                ("entity type", "Persn", Some("Person")),
                ("relation type", "Same", None),
                ("value of an attribute", "soon", None),
                ("attribute", "Sure", None),
            ]
        );
    }
}
