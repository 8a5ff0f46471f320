//! The findings of a document, kept from one keystroke to the next.
//!
//! What is wrong in a chunk of the segment tree is judged once: as long as the chunk keeps its digest, its findings are
//! the same and only move, so their places count from the start of the chunk. Judged anew each time are the rules that
//! look at a file as a whole, and the fixes that complete a reference from other citations. A file that is looked at
//! once, as `check` does, goes the same way with nothing kept.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::completion::CompleteForms;
use super::engine::{PendingCompletion, faults, finish_outside, short};
use super::finding::{FileContext, FileReport, FindingSink};
use super::rule::RuleCheck;
use super::table::RULES;
use super::text;
use crate::corpus::digest::Digest;
use crate::corpus::overview::{FaultyChunk, Overview};
use crate::corpus::{File, FileBody, Snapshot};
use crate::diagnostic::{Diagnostic, FileEdit, Fix};
use crate::recognise::text_fault::TextFault;
use crate::text::{FileId, Place, Position};

/// The findings of one text file.
pub fn check_file(snapshot: &Snapshot, file: &File) -> FileReport {
    LiveReport::new(snapshot, &file.unpacked(), None).into_report()
}

/// The findings of a document, those of each chunk by themselves.
#[derive(Debug, Default)]
pub struct LiveReport {
    chunks: Vec<ReportedChunk>,
    /// The findings of rules that look at the file as a whole, in the order of output.
    whole: Vec<Diagnostic>,
    /// The numbers of the suppressions that silenced something, sorted.
    used: Vec<usize>,
    /// The keys of a person's decisions that decided something, sorted.
    decided: Vec<u64>,
    /// All of it, once somebody has asked.
    all: OnceLock<Arc<FileReport>>,
}

/// A chunk of a document with its findings.
#[derive(Debug)]
struct ReportedChunk {
    start: Position,
    digest: Arc<Digest>,
    findings: Arc<ChunkFindings>,
}

/// The findings of a chunk, which hold wherever it stands.
#[derive(Clone, Debug)]
pub struct ChunkFindings {
    /// In the order of output, their places and those of their fixes counted from the start of the chunk.
    pub diagnostics: Vec<Diagnostic>,
    used: Vec<usize>,
    /// Fixes that other citations give or do not give.
    pending: Vec<PendingCompletion>,
    /// True where a line looks like one that a merge has left behind.
    has_markers: bool,
}

/// A finding of a [`LiveReport`] at its place in the file.
#[derive(Clone, Copy, Debug)]
pub struct LiveFinding<'r> {
    /// The place.
    pub place: Place,
    /// The finding; its own place counts from the start of the chunk, where it is of one.
    pub diagnostic: &'r Diagnostic,
    /// The findings of the chunk and its number among them, where it is of one.
    pub chunk: Option<(&'r Arc<ChunkFindings>, usize)>,
}

impl LiveFinding<'_> {
    fn order(&self, other: &Self) -> Ordering {
        let key = |found: &Self| (found.place.start.byte, found.place.end.byte);
        let (one, two) = (self.diagnostic, other.diagnostic);
        key(self).cmp(&key(other)).then_with(|| (&one.code, &one.message).cmp(&(&two.code, &two.message)))
    }
}

impl LiveReport {
    /// Judges a file. What chunks have in common with `before` is not judged again.
    pub fn new(snapshot: &Snapshot, file: &File, before: Option<&Self>) -> Self {
        let config = snapshot.config.for_file(file.path.as_str());
        let mut sink = FindingSink::new(snapshot, file.id, config, RULES[0]);
        if let FileBody::NotUtf8(at) = file.body {
            text::not_utf8::check(at, &mut sink);
            return Self::of(Vec::new(), sink.finish());
        }
        let profile = snapshot.profile(file);
        let overview = Overview::new(file, &snapshot.basis(profile));
        let (names, citations) = (overview.names(), overview.citations());
        let short = short(snapshot, file, &profile);
        sink.note_decided(overview.decided());
        let context = FileContext { snapshot, file, profile, overview, names, citations, short };
        let chunks = chunks(&context, before);
        for rule in RULES.iter().copied() {
            if let RuleCheck::File(check) = rule.check {
                check(&context, sink.of_rule(rule));
            }
        }
        text::invisible_character::break_hints(&context, &mut sink);
        let has_markers = chunks.iter().any(|chunk| chunk.findings.has_markers);
        let conflicts = if has_markers { text::conflict_marker::in_text(&context) } else { Vec::new() };
        if conflicts.is_empty() {
            return Self::of(chunks, sink.finish());
        }
        // What is judged depends on where the conflicts are: nothing of it is kept.
        let of_chunks = Self::of(chunks, FileReport::default()).into_report();
        sink.take(of_chunks);
        Self::of(Vec::new(), finish_outside(sink, &conflicts))
    }

    fn of(chunks: Vec<ReportedChunk>, whole: FileReport) -> Self {
        let FileReport { diagnostics: whole, mut used, decided } = whole;
        used.extend(chunks.iter().flat_map(|chunk| &chunk.findings.used));
        used.sort_unstable();
        used.dedup();
        Self { chunks, whole, used, decided, all: OnceLock::new() }
    }

    /// Returns whether nothing was found, nor silenced.
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.used.is_empty() && self.decided.is_empty()
    }

    /// The number of findings.
    pub fn len(&self) -> usize {
        let of_chunks: usize = self.chunks.iter().map(|chunk| chunk.findings.diagnostics.len()).sum();
        of_chunks + self.whole.len()
    }

    /// The first `most` findings in the order of output.
    pub fn first(&self, most: usize) -> Vec<LiveFinding<'_>> {
        let mut found: Vec<LiveFinding<'_>> = Vec::with_capacity(most.min(self.len()));
        for ReportedChunk { start, findings, .. } in &self.chunks {
            let chunk = (0..).zip(&findings.diagnostics).map(|(number, diagnostic)| LiveFinding {
                place: moved(diagnostic.place, *start),
                diagnostic,
                chunk: Some((findings, number)),
            });
            // Chunks are in order: what comes behind so many lies behind all of them.
            if found.len() > most && found.last().is_some_and(|last| last.place.start.byte < start.byte) {
                break;
            }
            found.extend(chunk);
        }
        let whole = self.whole.iter().map(|diagnostic| (diagnostic.place, diagnostic));
        found.extend(whole.map(|(place, diagnostic)| LiveFinding { place, diagnostic, chunk: None }));
        // Runs that are in order already cost a comparison each.
        found.sort_by(LiveFinding::order);
        found.truncate(most);
        found
    }

    /// All findings.
    pub fn report(&self) -> Arc<FileReport> {
        let report = || {
            let of_chunks = self.chunks.iter().flat_map(|ReportedChunk { start, findings, .. }| {
                findings.diagnostics.iter().map(|found| moved_to(found.clone(), *start))
            });
            Arc::new(in_order(
                self.whole.iter().cloned().chain(of_chunks).collect(),
                self.used.clone(),
                self.decided.clone(),
            ))
        };
        self.all.get_or_init(report).clone()
    }

    /// All findings, where nothing is kept.
    fn into_report(self) -> FileReport {
        let of_chunks = self.chunks.into_iter().flat_map(|ReportedChunk { start, findings, .. }| {
            let found = Arc::unwrap_or_clone(findings).diagnostics;
            found.into_iter().map(move |found| moved_to(found, start))
        });
        in_order(self.whole.into_iter().chain(of_chunks).collect(), self.used, self.decided)
    }
}

fn in_order(mut diagnostics: Vec<Diagnostic>, used: Vec<usize>, decided: Vec<u64>) -> FileReport {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    FileReport { diagnostics, used, decided }
}

/// The chunks of a file with their findings.
fn chunks(context: &FileContext<'_>, before: Option<&LiveReport>) -> Vec<ReportedChunk> {
    // A digest that is held keeps its address to itself.
    let known = before.iter().flat_map(|before| &before.chunks).map(|chunk| (Arc::as_ptr(&chunk.digest).addr(), chunk));
    let known: FxHashMap<usize, &ReportedChunk> = known.collect();
    let mut forms: Option<CompleteForms<'_>> = None;
    let chunk = |chunk: FaultyChunk<'_, '_>| {
        let mut findings = match known.get(&Arc::as_ptr(chunk.digest()).addr()) {
            Some(known) => known.findings.clone(),
            None => Arc::new(ChunkFindings::new(context, chunk)),
        };
        if !findings.pending.is_empty() {
            complete(context, &mut findings, forms.get_or_insert_with(|| CompleteForms::new(context)));
        }
        ReportedChunk { start: chunk.start(), digest: chunk.digest().clone(), findings }
    };
    context.overview.faulty_chunks().map(chunk).collect()
}

/// Completes references as the document and the corpus complete them now.
fn complete(context: &FileContext<'_>, findings: &mut Arc<ChunkFindings>, forms: &CompleteForms<'_>) {
    let full: Vec<_> = findings.pending.iter().map(|pending| forms.full(&pending.symbol)).collect();
    if findings.pending.iter().map(|pending| &pending.full).eq(&full) {
        return;
    }
    let config = context.snapshot.config.for_file(context.file.path.as_str());
    let mut sink = FindingSink::new(context.snapshot, context.file.id, config, RULES[0]);
    let ChunkFindings { diagnostics, pending, .. } = Arc::make_mut(findings);
    for (pending, full) in pending.iter_mut().zip(full) {
        let fix = full.as_ref().map(|full| completion(context.file.id, pending.place, full));
        diagnostics[pending.number].fix = sink.of_rule(pending.rule).fix(fix);
        pending.full = full;
    }
}

fn completion(file: FileId, place: Place, full: &str) -> Fix {
    let edits = vec![FileEdit { file, place, text: full.into() }];
    Fix { title: format!("write `{full}`"), safe: false, edits }
}

impl ChunkFindings {
    fn new(context: &FileContext<'_>, chunk: FaultyChunk<'_, '_>) -> Self {
        let config = context.snapshot.config.for_file(context.file.path.as_str());
        let mut sink = FindingSink::new(context.snapshot, context.file.id, config, RULES[0]);
        let mut pending: Vec<PendingCompletion> = Vec::new();
        let mut has_markers = false;
        for (start, facts) in chunk.faulty() {
            pending.extend(faults(context, start, facts, &mut sink));
            has_markers |= facts.text_faults.iter().any(|fault| matches!(fault.kind, TextFault::ConflictMarker(_)));
        }
        let (FileReport { diagnostics, used, .. }, numbers) = sink.finish_numbered();
        for pending in &mut pending {
            pending.number = numbers[pending.number];
        }
        Self { diagnostics, used, pending, has_markers }
    }
}

/// A place that counts from `start`, in the file.
fn moved(place: Place, start: Position) -> Place {
    Place { start: start.advance(place.start), end: start.advance(place.end) }
}

/// A finding whose places count from `start`, in the file.
fn moved_to(mut found: Diagnostic, start: Position) -> Diagnostic {
    found.place = moved(found.place, start);
    for edit in found.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.place = moved(edit.place, start);
    }
    found
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::corpus::{DocumentEdit, World};
    use crate::text::Encoding;

    const REGISTRY: &str =
        "version = 1\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Thanh Lâm\", \"Tran Thanh Lam\"]\n";
    const CONFIG: &str = "[[suppress]]\nrule = \"date/impossible-day\"\ntext = \"30/2/2023\"\nreason = \"quoted\"\n";

    fn world(text: &str) -> World {
        let config = Config::parse(CONFIG).expect("a configuration").0;
        let mut world = World::new(Arc::new(config), date(2026, 6, 1));
        world.set_registry([("people.toml".into(), Some(Arc::from(REGISTRY)), false)]);
        world.open(Utf8Path::new("a.txt"), text);
        world
    }

    fn report(world: &mut World, before: Option<&LiveReport>) -> LiveReport {
        world.settle(false);
        let snapshot = world.snapshot();
        let file = snapshot.files().next().expect("the document");
        let live = LiveReport::new(&snapshot, file, before);
        let afresh = check_file(&snapshot, file);
        assert_eq!(live.report().diagnostics, afresh.diagnostics);
        assert_eq!(live.report().used, afresh.used);
        assert_eq!(live.len(), afresh.diagnostics.len());
        for most in [0, 1, 3, 40, usize::MAX] {
            let first: Vec<(Place, &str)> =
                live.first(most).iter().map(|found| (found.place, found.diagnostic.message.as_str())).collect();
            let expected = afresh.diagnostics.iter().take(most).map(|found| (found.place, found.message.as_str()));
            assert_eq!(first, expected.collect::<Vec<_>>());
        }
        live
    }

    #[test]
    fn findings_of_chunks_that_stay_are_kept() {
        let text = format!("{}ngày 31/2/2023\n", "ngày 31/4/2023\n".repeat(1000));
        let mut world = world(&text);
        let before = report(&mut world, None);
        let edit = DocumentEdit::Range { start: (0, 0), end: (0, 0), text: "\nới ".to_owned() };
        world.change(Utf8Path::new("a.txt"), vec![edit], Encoding::Utf16);
        let after = report(&mut world, Some(&before));
        let kept = after.chunks.iter().zip(&before.chunks).filter(|(a, b)| Arc::ptr_eq(&a.findings, &b.findings));
        assert_eq!((kept.count(), after.len()), (after.chunks.len() - 1, 1001));
    }

    #[test]
    fn a_reference_is_completed_by_what_is_cited_elsewhere() {
        let mut world = world(&format!("Nghị định 30/NĐ-CP\n{}", "\n".repeat(600)));
        let before = report(&mut world, None);
        let fix = |live: &LiveReport| live.report().diagnostics[0].fix.as_ref().map(|fix| fix.title.clone());
        assert_eq!(fix(&before), None);
        let edit = |end, text: &str| DocumentEdit::Range { start: (500, 0), end, text: text.to_owned() };
        world.change(Utf8Path::new("a.txt"), vec![edit((500, 0), "Nghị định 30/2020/NĐ-CP")], Encoding::Utf16);
        let cited = report(&mut world, Some(&before));
        assert_eq!(fix(&cited).as_deref(), Some("write `30/2020/NĐ-CP`"));
        world.change(Utf8Path::new("a.txt"), vec![edit((500, 40), "")], Encoding::Utf16);
        assert_eq!(fix(&report(&mut world, Some(&cited))), None);
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            2 => Just("ngày 31/2/2023 "),
            1 => Just("ngày 30/2/2023, "),
            1 => Just("Trần Thanh Lâm "),
            1 => Just("Tran Thanh Lam, "),
            1 => Just("Trần  Thanh Lâm. "),
            1 => Just("Nghị định 30/NĐ-CP "),
            1 => Just("Nghị định 30/2020/NĐ-CP ngày 5/3/2020 "),
            1 => Just("Nghị định 30/2020/NĐ-CP ngày 6/3/2020 "),
            1 => Just("วันที่ 31 กุมภาพันธ์ 2566 "),
            1 => Just("\n<<<<<<< HEAD\n"),
            1 => Just("\n=======\n"),
            1 => Just("\n>>>>>>> other\n"),
            1 => Just("a\u{200b}b\u{ad}c "),
            12 => Just("\n"),
        ]
        .prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_kept_is_what_would_be_found(
            start in proptest::collection::vec(piece(), 0..1200),
            edits in proptest::collection::vec((any::<u16>(), 0_u32..30, piece()), 1..6),
        ) {
            let mut world = world(&start.concat());
            let mut before = report(&mut world, None);
            for (line, character, text) in edits {
                let at = (u32::from(line) % (start.len() as u32 / 2 + 1), character);
                let edit = DocumentEdit::Range { start: at, end: (at.0, character + 7), text };
                world.change(Utf8Path::new("a.txt"), vec![edit], Encoding::Utf16);
                before = report(&mut world, Some(&before));
            }
        }
    }
}
