//! The comparison of annotations with the text they stand beside, with each other and with the configuration.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::configuration::Configuration;
use super::fault::{AnnotationFault, AnnotationFaultKind, Malformed, Mismatch, Repair, SpanFault};
use super::fragment::Fragment;
use super::line::{AnnotationBody, Argument, CONFLICT_NOTE};
use super::places::{TextPlaces, written};
use super::recorded::{FormDifference, agrees, difference};
use super::shifts::Placed;
use super::standoff::{AnnotationLine, Standoff};
use super::verdict::{Explained, explain};
use crate::text::Span;
use crate::text::cluster::{around, is_boundary};
use crate::text::edit::TextEdit;
use crate::text::position::BYTE_ORDER_MARK;

/// The text and files that an annotation file is compared with.
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
    /// All faults, in the order of lines.
    pub fn faults(&self, against: Against<'_>) -> Vec<AnnotationFault> {
        let mut check =
            StandoffCheck { file: self, against, places: TextPlaces::new(against.text), faults: Vec::new() };
        let events = self.events_by_trigger();
        check.byte_order_mark();
        for line in self.lines() {
            check.form(line);
            check.references(line, &events);
            check.unsettled(line);
        }
        check.circles();
        check.configuration(&events);
        check.recorded_texts();
        check.odd_spans();
        // Those of one place stay as they are: form, references, configuration, text.
        check.faults.sort_by_key(|fault| fault.span.start);
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

pub(super) struct StandoffCheck<'a> {
    pub(super) file: &'a Standoff,
    pub(super) against: Against<'a>,
    places: TextPlaces<'a>,
    faults: Vec<AnnotationFault>,
}

/// A line whose recorded text is not at its offsets.
struct WrongRecord<'a> {
    number: usize,
    line: &'a AnnotationLine,
    found: Option<String>,
    why: Mismatch,
    edits: Option<Vec<TextEdit>>,
    certain: bool,
}

impl StandoffCheck<'_> {
    pub(super) fn report(&mut self, span: Span, problem: AnnotationFaultKind, repair: Option<Repair>) {
        self.faults.push(AnnotationFault { problem, span, repair });
    }

    /// A note of a merge that nobody has settled.
    fn unsettled(&mut self, line: &AnnotationLine) {
        let AnnotationBody::Note { kind, target, text } = line.body else { return };
        if self.file.slice(kind) != CONFLICT_NOTE {
            return;
        }
        let target = self.file.slice(target).to_owned();
        let side = text.map_or("", |text| self.file.slice(text)).to_owned();
        self.report(line.span, AnnotationFaultKind::MergeConflict { target, side }, None);
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

    /// The mismatches between recorded texts and the words at their offsets, those of one cause together.
    fn recorded_texts(&mut self) {
        let mut wrong: Vec<WrongRecord<'_>> = Vec::new();
        let mut placed: Vec<(usize, Placed<'_>)> = Vec::new();
        for (number, line) in self.file.lines().iter().enumerate() {
            let AnnotationBody::Text { ref fragments, text, .. } = line.body else { continue };
            let recorded = text.map(|text| self.file.slice(text));
            let of_line = |why| WrongRecord { number, line, found: None, why, edits: None, certain: true };
            if let Some(found) = self.oversized(fragments, recorded.unwrap_or_default()) {
                wrong.push(WrongRecord { found: Some(found), ..of_line(Mismatch::Unknown) });
                continue;
            }
            let found = self.places.words(fragments);
            if let (Some(recorded), Some(found)) = (recorded, &found)
                && agrees(found, recorded)
            {
                placed.push((number, Placed { fragments, recorded, right: true }));
                continue;
            }
            let found = found.map(Cow::into_owned);
            let Some(recorded) = recorded else {
                let edits = found.as_ref().filter(|found| !found.contains('\n')).map(|found| {
                    vec![TextEdit::replace(Span::new(line.span.end, line.span.end), format!("\t{found}"))]
                });
                wrong.push(WrongRecord { found, edits, ..of_line(Mismatch::NotRecorded) });
                continue;
            };
            if let Some(found) = &found {
                if let Some(edits) = self.across_lines(number, line, fragments, found, recorded) {
                    let found = Some(found.clone());
                    wrong.push(WrongRecord { found, edits: Some(edits), ..of_line(Mismatch::LineBreak) });
                    continue;
                }
                let why = difference(found, recorded).and_then(|difference| match difference {
                    FormDifference::Normalization => Some(Mismatch::Normalization),
                    FormDifference::NoBreakSpace => Some(Mismatch::NoBreakSpace),
                    FormDifference::WhiteSpace => Some(Mismatch::WhiteSpace),
                    // White space around the words may be a miscount as well: the other lines decide.
                    FormDifference::Padding => None,
                });
                if let Some(why) = why {
                    let edits = self.places.spans(fragments).and_then(|spans| self.at(line, &spans));
                    wrong.push(WrongRecord { found: Some(found.clone()), edits, ..of_line(why) });
                    placed.push((number, Placed { fragments, recorded, right: true }));
                    continue;
                }
            }
            placed.push((number, Placed { fragments, recorded, right: false }));
        }
        if placed.iter().all(|(_, placed)| placed.right) {
            return self.report_mismatches(wrong);
        }
        placed.sort_by_key(|(_, placed)| placed.fragments.iter().map(|fragment| fragment.start).min());
        let all: Vec<Placed<'_>> = placed.iter().map(|(_, placed)| *placed).collect();
        for ((number, placed), explained) in placed.iter().zip(explain(&self.places, &all)) {
            let Some(mut explained) = explained else { continue };
            let line = &self.file.lines()[*number];
            let found = self.places.joined(placed.fragments);
            if !explained.certain
                && let Some(spans) = self.padded(placed.fragments, found.as_deref(), placed.recorded)
            {
                // A miscount by one looks the same where the words stand side by side more than once.
                explained = Explained { why: Mismatch::Padding, spans: Some(spans), certain: false };
            }
            let edits = explained.spans.and_then(|spans| self.at(line, &spans));
            let (why, certain) = (explained.why, explained.certain);
            wrong.push(WrongRecord { number: *number, line, found, why, edits, certain });
        }
        wrong.sort_by_key(|wrong| wrong.number);
        self.report_mismatches(wrong);
    }

    /// One fault for each cause; what nothing explains is a fault for each line.
    fn report_mismatches(&mut self, wrong: Vec<WrongRecord<'_>>) {
        let mut causes: FxHashMap<(Mismatch, bool, bool), usize> = FxHashMap::default();
        let mut groups: Vec<Vec<WrongRecord<'_>>> = Vec::new();
        for record in wrong {
            let key = (record.why, record.certain, record.edits.is_some());
            let group = match record.why {
                Mismatch::Unknown | Mismatch::Ambiguous { .. } => groups.len(),
                _ => *causes.entry(key).or_insert(groups.len()),
            };
            match groups.get_mut(group) {
                Some(group) => group.push(record),
                None => groups.push(vec![record]),
            }
        }
        for mut group in groups {
            let others = group.len() - 1;
            let mut edits: Vec<TextEdit> =
                group.iter_mut().filter_map(|record| record.edits.take()).flatten().collect();
            edits.sort();
            let WrongRecord { line, ref found, why, certain, .. } = group[0];
            let AnnotationBody::Text { offsets, text, .. } = line.body else { continue };
            let title = title_of(why, others, found.as_deref());
            let repair = (!edits.is_empty()).then_some(Repair { title, safe: certain, edits });
            let id = self.file.slice(line.id).to_owned();
            let problem = AnnotationFaultKind::Mismatch { id, found: found.clone(), why, others };
            self.report(text.unwrap_or(offsets), problem, repair);
        }
    }

    /// The beginning of what stands at the offsets, where they span so much more than was recorded that nothing
    /// explains it.
    fn oversized(&self, fragments: &[Fragment], recorded: &str) -> Option<String> {
        let spanned: u64 = fragments.iter().map(|fragment| u64::from(fragment.end - fragment.start)).sum();
        // Nobody marks pages; comparing them with a word costs what it tells nobody.
        if spanned < 4096 + 4 * recorded.len() as u64 {
            return None;
        }
        let spans = self.places.spans(fragments)?;
        let start = spans.first()?.start as usize;
        Some(self.against.text[start..].chars().take(80).chain(['…']).collect())
    }

    /// The span without the white space around it, where the rest is what was recorded.
    fn padded(&self, fragments: &[Fragment], found: Option<&str>, recorded: &str) -> Option<Vec<Span>> {
        if difference(found?, recorded) != Some(FormDifference::Padding) {
            return None;
        }
        let spans = self.places.spans(fragments)?;
        let [span] = spans[..] else { return None };
        let text = span.slice(self.against.text);
        let start = span.start + (text.len() - text.trim_start().len()) as u32;
        Some(vec![Span::new(start, start + text.trim().len() as u32)])
    }

    /// The edits that put a line at spans of the text and record the words there; `None` where no words are.
    fn at(&self, line: &AnnotationLine, spans: &[Span]) -> Option<Vec<TextEdit>> {
        let AnnotationBody::Text { offsets, ref fragments, text: Some(recorded), .. } = line.body else { return None };
        let placed = self.places.fragments(spans);
        if placed.is_empty() {
            return None;
        }
        let words = self.places.joined(&placed)?;
        let mut edits = Vec::new();
        if placed != *fragments {
            edits.push(TextEdit::replace(offsets, written(&placed)));
        }
        if !agrees(&words, self.file.slice(recorded)) {
            edits.push(TextEdit::replace(recorded, words));
        }
        Some(edits)
    }

    /// The repair of a span across line breaks whose text was recorded with a space, or with a real line break that
    /// tore the line of the annotation file apart.
    fn across_lines(
        &self,
        number: usize,
        line: &AnnotationLine,
        fragments: &[Fragment],
        found: &str,
        recorded: &str,
    ) -> Option<Vec<TextEdit>> {
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
        // A span of line breaks alone has no words that could be recorded.
        if split.is_empty() {
            return None;
        }
        let AnnotationBody::Text { offsets, .. } = line.body else { return None };
        let text = self.places.joined(&split)?;
        Some(vec![TextEdit::replace(Span::new(offsets.start, end), format!("{}\t{text}", written(&split)))])
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

    /// Spans whose words are right and that nobody means.
    fn odd_spans(&mut self) {
        let file = self.file;
        let mut first: FxHashMap<(&str, &[Fragment]), &str> = FxHashMap::default();
        for line in file.lines() {
            let AnnotationBody::Text { kind, offsets, ref fragments, text: Some(recorded) } = line.body else {
                continue;
            };
            let Some(found) = self.places.words(fragments) else { continue };
            if !agrees(&found, file.slice(recorded)) {
                continue;
            }
            let id = file.slice(line.id);
            let earlier = *first.entry((file.slice(kind), fragments)).or_insert(id);
            if earlier != id {
                let problem = SpanFault::Repeats { first: earlier.to_owned() };
                self.report(offsets, AnnotationFaultKind::Span(problem), None);
            } else if let Some(spans) = self.places.spans(fragments)
                && let Some((problem, meant)) = odd_span(self.against.text, &spans, &found)
            {
                let repair = meant.and_then(|meant| self.at(line, &meant)).map(|edits| Repair {
                    title: format!(
                        "mark {}",
                        if problem == SpanFault::Padded { "the words alone" } else { "the whole letters" }
                    ),
                    safe: false,
                    edits,
                });
                self.report(offsets, AnnotationFaultKind::Span(problem), repair);
            }
        }
    }
}

/// The oddity of a span that names its words, and the spans that are probably meant.
fn odd_span(text: &str, spans: &[Span], found: &str) -> Option<(SpanFault, Option<Vec<Span>>)> {
    let is_blank =
        |letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    if found.is_empty() {
        return Some((SpanFault::Empty, None));
    }
    let piece = |span: &Span| span.slice(text);
    if spans.iter().any(|span| piece(span).starts_with(is_blank) || piece(span).ends_with(is_blank)) {
        let trimmed = spans.iter().filter_map(|span| {
            let words = piece(span).trim_start_matches(is_blank);
            let start = span.end - words.len() as u32;
            let words = words.trim_end_matches(is_blank);
            (!words.is_empty()).then(|| Span::new(start, start + words.len() as u32))
        });
        return Some((SpanFault::Padded, Some(trimmed.collect())));
    }
    let is_whole = |at: u32| is_boundary(text, at as usize);
    if spans.iter().all(|span| is_whole(span.start) && is_whole(span.end)) {
        return None;
    }
    let whole = spans.iter().map(|span| {
        let end = if is_whole(span.end) { span.end } else { around(text, span.end as usize).1 as u32 };
        Span::new(around(text, span.start as usize).0 as u32, end)
    });
    Some((SpanFault::SplitCluster, Some(whole.collect())))
}

/// The title of the repair of a cause.
fn title_of(why: Mismatch, others: usize, found: Option<&str>) -> String {
    match why {
        Mismatch::NotRecorded if others > 0 => "record the texts".to_owned(),
        Mismatch::NotRecorded => format!("record the text `{}`", found.unwrap_or_default()),
        Mismatch::Counting(_) => "count the offsets in code points".to_owned(),
        Mismatch::Normalization | Mismatch::NoBreakSpace | Mismatch::WhiteSpace => {
            "record the text as the document has it".to_owned()
        }
        Mismatch::LineBreak => "split the span at the line break".to_owned(),
        Mismatch::Padding => "leave the white space out of the span".to_owned(),
        Mismatch::End { .. } => "end the span where the recorded text ends".to_owned(),
        Mismatch::Shifted { .. } | Mismatch::Ambiguous { .. } | Mismatch::Unknown => {
            "move the offsets to where the text stands".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::counting::{
        CountedForm, CountedLineEnds, CountedMark, CountedSpaces, CountedUnit, Counting, CountingIndex,
    };
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
        ] {
            assert_eq!(check(text, file), [], "{file}");
        }
    }

    const PLAIN: Counting = Counting {
        unit: CountedUnit::CodePoints,
        mark: CountedMark::AsIs,
        line_ends: CountedLineEnds::AsIs,
        form: CountedForm::AsIs,
        spaces: CountedSpaces::AsIs,
        from_one: false,
        inclusive: false,
    };

    #[test]
    fn the_way_of_counting_is_named_and_the_offsets_counted_anew() {
        let utf16 = Counting { unit: CountedUnit::Utf16, ..PLAIN };
        let marked = Counting { mark: CountedMark::LeftOut, ..PLAIN };
        let crlf = Counting { line_ends: CountedLineEnds::CrlfAsOne, ..PLAIN };
        let cases = [
            ("😀😀 Trần Văn", "T1\tPer 5 9\tTrần", utf16, "T1\tPer 3 7\tTrần"),
            ("ก Trần Văn", "T1\tPer 4 10\tTrần", Counting { unit: CountedUnit::Bytes, ..PLAIN }, "T1\tPer 2 6\tTrần"),
            ("\u{feff}Trần Văn", "T1\tPer 0 4\tTrần", marked, "T1\tPer 1 5\tTrần"),
            ("a\r\nb\r\nTrần Văn", "T1\tPer 4 8\tTrần", crlf, "T1\tPer 6 10\tTrần"),
            (
                "a\nb\nTrần Văn",
                "T1\tPer 6 10\tTrần",
                Counting { line_ends: CountedLineEnds::LfAsTwo, ..PLAIN },
                "T1\tPer 4 8\tTrần",
            ),
            (
                "e\u{301}e\u{301} abc",
                "T1\tPer 3 6\tabc",
                Counting { form: CountedForm::Nfc, ..PLAIN },
                "T1\tPer 5 8\tabc",
            ),
            ("é😀é abc", "T1\tPer 6 9\tabc", Counting { form: CountedForm::Nfd, ..PLAIN }, "T1\tPer 4 7\tabc"),
            ("😀 ab 😀 cd", "T1\tPer 3 5;9 11\tab cd", utf16, "T1\tPer 2 4;7 9\tab cd"),
            ("x Trần", "T1\tPer 3 7\tTrần", Counting { mark: CountedMark::Gone, ..PLAIN }, "T1\tPer 2 6\tTrần"),
            ("x Trần", "T1\tPer 2 5\tTrần", Counting { inclusive: true, ..PLAIN }, "T1\tPer 2 6\tTrần"),
            (
                "x Trần",
                "T1\tPer 3 6\tTrần",
                Counting { mark: CountedMark::Gone, inclusive: true, ..PLAIN },
                "T1\tPer 2 6\tTrần",
            ),
            (
                "\u{feff}a\r\nb\r\nTrần",
                "T1\tPer 4 8\tTrần",
                Counting { mark: CountedMark::LeftOut, line_ends: CountedLineEnds::CrlfAsOne, ..PLAIN },
                "T1\tPer 7 11\tTrần",
            ),
            (
                "😀\r\n\r\n Trần",
                "T1\tPer 5 9\tTrần",
                Counting { line_ends: CountedLineEnds::CrlfAsOne, unit: CountedUnit::Utf16, ..PLAIN },
                "T1\tPer 6 10\tTrần",
            ),
        ];
        for (text, file, counting, repaired) in cases {
            assert_eq!(mismatch(text, file), (Mismatch::Counting(counting), Some(repaired.into())), "{text}");
        }
    }

    #[test]
    fn one_cause_of_many_lines_is_one_fault_with_one_repair() {
        let text = "😀 Lâm gặp Hoa ở Huế, rồi Bình về.";
        let file = "T1\tPer 3 6\tLâm\nT2\tPer 11 14\tHoa\nT3\tPlace 17 20\tHuế\nT4\tPer 26 30\tBình\n";
        let faults = check(text, file);
        let [AnnotationFault { problem: AnnotationFaultKind::Mismatch { id, why, others, .. }, repair, .. }] =
            &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!((id.as_str(), *others), ("T1", 3), "{faults:?}");
        assert_eq!(*why, Mismatch::Counting(Counting { unit: CountedUnit::Utf16, ..PLAIN }));
        let repair = repair.as_ref().unwrap();
        assert!(repair.safe);
        let after = applied(file, &repair.edits).unwrap();
        assert_eq!(check(text, &after), []);
    }

    #[test]
    fn other_explanations() {
        use Mismatch::{
            Ambiguous, End, LineBreak, NoBreakSpace, Normalization, NotRecorded, Padding, Shifted, Unknown, WhiteSpace,
        };
        let cases = [
            ("Trần Văn", "T1\tPer 0 4", NotRecorded, Some("T1\tPer 0 4\tTrần")),
            ("éa", "T1\tPer 0 2\te\u{301}a", Normalization, Some("T1\tPer 0 2\téa")),
            ("a\u{a0}b", "T1\tPer 0 3\ta b", NoBreakSpace, Some("T1\tPer 0 3\ta\u{a0}b")),
            ("a\tb", "T1\tPer 0 3\ta b", WhiteSpace, Some("T1\tPer 0 3\ta\tb")),
            ("x ab y", "T1\tPer 1 5\tab", Padding, Some("T1\tPer 2 4\tab")),
            ("ab\ncd", "T1\tPer 0 5\tab cd", LineBreak, Some("T1\tPer 0 2;3 5\tab cd")),
            ("ab\r\ncd", "T1\tPer 0 6\tab cd", LineBreak, Some("T1\tPer 0 2;4 6\tab cd")),
            ("ab\n\ncd\n", "T1\tGap 2 4", NotRecorded, None),
            ("ab\n\ncd\n", "T1\tGap 2 4\t  ", Unknown, None),
            ("ab\n\ncd\n", "T1\tGap 2 4\t", Unknown, None),
            (
                "ab\ncd",
                "T1\tPer 0 5\tab\ncd\nT2\tPer 0 1\ta\n",
                LineBreak,
                Some("T1\tPer 0 2;3 5\tab cd\nT2\tPer 0 1\ta\n"),
            ),
            ("xx yy สม", "T1\tPer 0 2\tสม", Shifted { by: 6 }, Some("T1\tPer 6 8\tสม")),
            ("xx yy ab cd", "T1\tPer 0 2;3 5\tab cd", Shifted { by: 6 }, Some("T1\tPer 6 8;9 11\tab cd")),
            ("xx abcde", "T1\tPer 3 9\tabc", End { by: -3 }, Some("T1\tPer 3 6\tabc")),
            ("xx yy ab ab", "T1\tPer 0 2\tab", Ambiguous { places: 2 }, None),
            ("xx", "T1\tPer 0 2\tab", Unknown, None),
            ("xx", "T1\tPer 0 9\tab", Unknown, None),
        ];
        for (text, file, why, repaired) in cases {
            assert_eq!(mismatch(text, file), (why, repaired.map(str::to_owned)), "{text:?} {file:?}");
        }
    }

    #[test]
    fn a_lone_witness_is_certain_of_words_alone_that_stand_once() {
        let safe = |text, file| check(text, file).iter().all(|fault| fault.repair.as_ref().is_some_and(|it| it.safe));
        assert!(safe("😀 Tom", "T1\tPer 3 6\tTom\n"));
        assert!(!safe("éé ..Tom Tom", "T2\tPer 7 10\tTom\n"), "in bytes the first, but perhaps the second was meant");
        assert!(!safe("éé ..Tom Tim", "T1\tPer 9 12\tTim\nT2\tPer 7 10\tTom\n"), "another one counts code points");
    }

    #[test]
    fn a_text_that_grew_has_moved_what_follows() {
        let text = "Mới thêm. An gặp Bình. Chi về Huế.\n";
        let file = "T1\tPer 0 2\tAn\nT2\tPer 7 11\tBình\nT3\tPer 13 16\tChi\nT4\tPlace 20 23\tHuế\n";
        let faults = check(text, file);
        let [
            AnnotationFault {
                problem: AnnotationFaultKind::Mismatch { why, others: 3, .. }, repair: Some(repair), ..
            },
        ] = &faults[..]
        else {
            panic!("{faults:?}");
        };
        assert_eq!((*why, repair.safe), (Mismatch::Shifted { by: 10 }, true));
        assert_eq!(check(text, &applied(file, &repair.edits).unwrap()), []);
    }

    #[test]
    fn what_is_right_stays_before_a_shift() {
        let text = "An ở đây. Mới. Bình gặp Chi và Dung.\n";
        let file = "T1\tPer 0 2\tAn\nT2\tPer 10 14\tBình\nT3\tPer 19 22\tChi\nT4\tPer 26 30\tDung\n";
        let faults = check(text, file);
        assert_eq!(faults.len(), 1, "{faults:?}");
        let repair = faults[0].repair.as_ref().unwrap();
        let after = applied(file, &repair.edits).unwrap();
        assert!(after.starts_with("T1\tPer 0 2\tAn\n") && repair.safe);
        assert_eq!(check(text, &after), []);
    }

    proptest! {
        /// Every cause: the repairs put right what they touch, break nothing, and are done after one round.
        #[test]
        fn repairs_are_right(
            words in prop::collection::vec("[ab😀ệe\u{301}ก]{1,4}", 1..9),
            gaps in prop::collection::vec(prop::sample::select(vec![" ", "\r\n", "\n", "  ", "\t", " 😀 "]), 9),
            mark in any::<bool>(),
            number in any::<prop::sample::Index>(),
        ) {
            let mut text = String::from(if mark { "\u{feff}" } else { "" });
            let mut spans = Vec::new();
            for (word, gap) in words.iter().zip(&gaps) {
                spans.push((text.len(), text.len() + word.len()));
                text.push_str(word);
                text.push_str(gap);
            }
            let countings = Counting::applicable(&text);
            let counting = countings[number.index(countings.len())];
            let index = CountingIndex::of(&text, counting.measure());
            let gone = match (counting.mark, counting.unit) {
                (CountedMark::Gone, CountedUnit::Bytes) => 3,
                (CountedMark::Gone, _) => 1,
                _ => 0,
            } + u32::from(counting.from_one);
            let lines = spans.iter().enumerate().map(|(number, (start, end))| {
                let end_of = index.units(*end) + gone - u32::from(counting.inclusive);
                format!("T{number}\tPer {} {}\t{}\n", index.units(*start) + gone, end_of, &text[*start..*end])
            });
            let file: String = lines.collect();
            let right = |file: &str| -> Vec<bool> {
                let places = TextPlaces::new(&text);
                let parsed = Standoff::parse(file);
                parsed.lines().iter().map(|line| match &line.body {
                    AnnotationBody::Text { fragments, text: Some(recorded), .. } => {
                        places.joined(fragments).as_deref() == Some(parsed.slice(*recorded))
                    }
                    _ => false,
                }).collect()
            };
            let before = right(&file);
            let safe = |file: &str| {
                let mut edits: Vec<TextEdit> = check(&text, file)
                    .into_iter()
                    .filter_map(|fault| fault.repair.filter(|repair| repair.safe))
                    .flat_map(|repair| repair.edits)
                    .collect();
                edits.sort();
                applied(file, &edits).unwrap()
            };
            // As in the command: what one round has repaired may bear witness in the next.
            let after = (0..6).fold(file.clone(), |file, _| safe(&file));
            for (before, after) in before.iter().zip(right(&after)) {
                prop_assert!(after || !before, "{:?} {} {}", counting, file, safe(&file));
            }
            // Whatever is moved safely is moved to where it was.
            let places = TextPlaces::new(&text);
            let (old, new) = (Standoff::parse(file.as_str()), Standoff::parse(after.as_str()));
            for ((old, new), (start, _)) in old.lines().iter().zip(new.lines()).zip(&spans) {
                if let (AnnotationBody::Text { fragments: old, .. }, AnnotationBody::Text { fragments: new, .. }) =
                    (&old.body, &new.body)
                    && old != new
                {
                    prop_assert_eq!(new[0].start, places.code_points(*start), "{:?} {}", counting, file);
                }
            }
            prop_assert_eq!(safe(&after), after);
        }
    }

    #[test]
    fn odd_spans() {
        let faults = |text: &str, file: &str| -> Vec<(String, Option<String>)> {
            let faults = check(text, file).into_iter().map(|fault| {
                let AnnotationFaultKind::Span(problem) = &fault.problem else { panic!("{fault:?}") };
                let after = fault.repair.as_ref().and_then(|repair| applied(file, &repair.edits));
                (format!("{problem:?}").split(' ').next().unwrap().to_owned(), after)
            });
            faults.collect()
        };
        let one = |name: &str, after: Option<&str>| vec![(name.to_owned(), after.map(str::to_owned))];
        assert_eq!(faults("ab cd", "T1\tPer 2 2\t"), one("Empty", None));
        assert_eq!(faults("ab cd ", "T1\tPer 2 6\t cd "), one("Padded", Some("T1\tPer 3 5\tcd")));
        assert_eq!(faults("ที่ดิน", "T1\tPer 0 2\tที"), one("SplitCluster", Some("T1\tPer 0 3\tที่")));
        assert_eq!(faults("ab", "T1\tPer 0 2\tab\nT2\tPer 0 2\tab\nT3\tOrg 0 2\tab\n"), one("Repeats", None));
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
            AnnotationFaultKind::AttributeValue { value, .. } => ("value", value.as_deref().unwrap_or_default(), None),
            problem => panic!("{problem:?}"),
        });
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                ("entity type", "Persn", Some("Person")),
                ("relation type", "Same", None),
                ("value", "soon", None),
                ("attribute", "Sure", None),
            ]
        );
    }
}
