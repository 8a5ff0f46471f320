//! Everything that must hold of a run of `--fix`, tried on texts and annotations put together at random.
//!
//! A text is a row of pieces, some of them annotated, with all that goes wrong in real files between and inside them.
//! The annotations are written by tools that count in every wrong way. In front of each annotated piece stands a word
//! of its own (`k3`), by which its place is known afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::fix;
use crate::annotation::{AnchoredText, OnDeletion, Standoff};
use crate::cli::args::{CacheArgs, PathArgs};
use crate::cli::findings::find;
use crate::cli::read::{LoadedRun, read_quietly};
use crate::cli::rule_selection::RuleSelection;
use crate::config::Config;
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{MentionKind, mentions};
use crate::disk::files::Files;
use crate::disk::walk::WalkedFiles;
use crate::fix::Allowed;
use crate::text::Span;
use crate::text::edit::TextEdit;

const REGISTRY: &str = "version = 1\n[[person]]\nid = \"lam\"\nnames.vi = [\"Trần Văn Lâm\"]\nnames.th = [\"เจิ่น วัน ลัม\"]\n\
                        [[person]]\nid = \"mai\"\nnames.vi = [\"Lê Thị Mai\"]\n[[place]]\nid = \"hue\"\nnames.vi = [\"Huế\"]\n";
const ROOT: &str = "/corpus";

/// A corpus that is in memory alone: file names and their contents.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CorpusInMemory(BTreeMap<String, String>);

impl Files for CorpusInMemory {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        let text = path.strip_prefix(ROOT).ok().and_then(|name| self.0.get(name.as_str()));
        text.map(|text| text.as_bytes().to_vec()).ok_or_else(|| "no such file".to_owned())
    }

    fn is_file(&self, path: &Utf8Path) -> bool {
        self.read(path).is_ok()
    }

    fn is_folder(&self, path: &Utf8Path) -> bool {
        path == ROOT
    }

    fn locate(&self, _: &Path, _: &Utf8Path) -> Result<Utf8PathBuf, String> {
        Ok(ROOT.into())
    }

    fn walk(&self, _: &Utf8Path, _: &Config) -> WalkedFiles {
        let with = |ending: &str| {
            self.0.keys().filter(|name| name.ends_with(ending)).map(Utf8PathBuf::from).collect::<Vec<_>>()
        };
        let registries = vec!["registry.toml".into()];
        WalkedFiles { texts: with(".txt"), annotations: with(".ann"), registries, ..WalkedFiles::default() }
    }
}

impl CorpusInMemory {
    fn new(text: &str, annotations: &str) -> Self {
        let files = [("scholiast.toml", ""), ("registry.toml", REGISTRY), ("a.txt", text), ("a.ann", annotations)];
        Self(files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
    }

    fn load(&self) -> LoadedRun {
        let paths = PathArgs {
            paths: vec![".".into()],
            stdin_filename: None,
            config: None,
            isolated: false,
            exclude: Vec::new(),
            quiet: true,
            cache: CacheArgs { cache_dir: None, no_cache: true },
        };
        read_quietly(Arc::new(self.clone()), &paths, &|_| ()).unwrap()
    }

    /// The corpus after `check --fix`.
    fn fixed(&self) -> Self {
        let mut run = self.load();
        assert!(run.loaded.problems.is_empty(), "{:?}", run.loaded.problems);
        let choice = RuleSelection::default();
        let fixed = fix(&mut run, Allowed::Safe, &choice, &|run| find(run, &choice), &mut |_, _| true);
        let mut after = self.clone();
        for (name, text) in fixed.texts() {
            after.0.insert(name.to_owned(), text.to_owned());
        }
        after
    }

    /// The values of dates and references in the text, and the entities that are named, each with its count.
    fn values(&self) -> BTreeMap<String, usize> {
        let run = self.load();
        let snapshot = run.loaded.corpora[0].world.current();
        let file = snapshot.files_by_path()[0].unpacked();
        let profile = snapshot.profile(&file);
        let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: false };
        let mut values = BTreeMap::new();
        for mention in mentions(&file, &profile, links) {
            let value = match &mention.what {
                MentionKind::Name(name) => name.one().map(|one| snapshot.registry.get(one).id.to_string()),
                MentionKind::Date { reading, .. } => reading.value.as_ref().map(ToString::to_string),
                MentionKind::Decree { fact, .. } => Some(fact.symbol.reference.to_string()),
                MentionKind::Pattern(_) => None,
            };
            *values.entry(value.unwrap_or_default()).or_default() += 1;
        }
        values.remove("");
        values
    }

    fn text(&self) -> &str {
        &self.0["a.txt"]
    }

    fn annotations(&self) -> &str {
        &self.0["a.ann"]
    }
}

/// Words that are annotated, each between the words before and behind it.
const MARKED: &[(&str, &str, &str)] = &[
    ("ông ", "Trần Văn Lâm", ""),
    ("", "Trần\u{200b}Văn Lâm", ""),
    ("", "Trần  Văn Lâm", ""),
    ("bà", "Lê Thị Mai", ""),
    ("นาย", "เจิ่น\u{200b} วัน ลัม", ""),
    ("", "Huế", "!"),
    ("", "Hue\u{302}\u{301}", " "),
    ("😀 ", "ngày 31/2/2023", ""),
    ("", "ngày 17/ 5/2023", ""),
    ("เมื่อ", "17 พ.ค. 2566", ""),
    ("", "17พค.66", ""),
    ("วันที ", "7 สิงหาคม 2567", ""),
    ("ngày ", "1O/4/2023", ""),
    ("Nghị định số ", "30/2020/NĐ-CP", ""),
    ("Quyết định số ", "752/QD-TTg", ""),
    ("Chỉ thị ", "24 /CT-TTg", ""),
    ("Nghị định số", "98/2020/NĐ-CP", ""),
    ("", "752/QĐ\u{200b}-TTg", ""),
    ("𝒳 ", "น้ํา", ""),
    ("", "เเก้ว", ""),
    ("", "o\u{302}\u{323}i", ""),
    ("2024-05-25T08:30:00Z ", "báo\u{ad}cáo", ""),
];

/// Words that stand between.
const PLAIN: &[&str] = &[
    "và",
    "ข่าว",
    "the",
    "Trang một\u{c}Trang hai",
    "a\u{1f}b",
    "\u{feff}",
    "\u{2028}",
    "\u{ad}",
    "e\u{301}",
    "😀😀",
    "ngày 31/4/2023",
    "Nghị quyết57-NQ/TW",
    "https://tin.example/a-\u{ad}b",
    "lan\u{ad}@mail.example.vn",
    "31-12-2023.pdf",
    "`31/2/2023`",
    "ông Trần\u{200b} Văn  Lâm",
    "Chỉ thị 15/CT-TTg",
];

/// A way in which annotations have gone wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cause {
    Right,
    Utf16,
    Bytes,
    WithoutMark,
    CrlfAsOne,
    Nfc,
    Nfd,
    FromOne,
    Inclusive,
    /// From this annotation on all are so far off.
    Shifted(usize, u8),
}

impl Cause {
    /// The offset of a byte of the text as it counts it.
    fn count(self, text: &str, byte: usize) -> usize {
        let before = &text[..byte];
        match self {
            Self::Utf16 => before.encode_utf16().count(),
            Self::Bytes => byte,
            Self::WithoutMark => before.trim_start_matches('\u{feff}').chars().count(),
            Self::CrlfAsOne => before.replace("\r\n", "\n").chars().count(),
            Self::Nfc => before.nfc().count(),
            Self::Nfd => before.nfd().count(),
            Self::FromOne => before.chars().count() + 1,
            Self::Right | Self::Inclusive | Self::Shifted(..) => before.chars().count(),
        }
    }

    /// The offsets of the `number`th annotation as it counts them.
    fn offsets(self, text: &str, span: Span, number: usize) -> (usize, usize) {
        let (start, end) = (self.count(text, span.start as usize), self.count(text, span.end as usize));
        match self {
            Self::Inclusive => (start, end - 1),
            Self::Shifted(from, by) if number >= from => (start + usize::from(by), end + usize::from(by)),
            _ => (start, end),
        }
    }
}

/// The normal form of recorded texts.
#[derive(Clone, Copy, Debug)]
enum RecordedForm {
    AsIs,
    Nfc,
    Nfd,
}

/// A text, the spans that are marked in it, and how they are written down.
#[derive(Clone, Debug)]
struct AnnotatedCase {
    text: String,
    marked: Vec<Span>,
    cause: Cause,
    form: RecordedForm,
}

impl AnnotatedCase {
    fn recorded(&self, span: Span) -> String {
        let words = span.slice(&self.text);
        match self.form {
            RecordedForm::AsIs => words.to_owned(),
            RecordedForm::Nfc => words.nfc().collect(),
            RecordedForm::Nfd => words.nfd().collect(),
        }
    }

    fn annotations(&self) -> String {
        let lines = self.marked.iter().enumerate().map(|(number, span)| {
            let (start, end) = self.cause.offsets(&self.text, *span, number);
            format!("T{}\tThing {start} {end}\t{}\n", number + 1, self.recorded(*span))
        });
        lines.chain(self.marked.first().map(|_| "#1\tAnnotatorNotes T1\tseen\n".to_owned())).collect()
    }

    /// Tells whether the offsets of an annotation are those of its words.
    fn is_right(&self, number: usize) -> bool {
        let span = self.marked[number];
        self.cause.offsets(&self.text, span, number) == Cause::Right.offsets(&self.text, span, number)
    }

    /// Tells whether the annotations bear witness to their cause together: it is one way of counting, several are
    /// wrong by it, and the words of each stand once in the text. A distance may look like a way of counting from some
    /// line on, and then the few before are left to a person.
    fn has_one_way(&self) -> bool {
        let wrong = (0..self.marked.len()).filter(|number| !self.is_right(*number)).count();
        let text: String = self.text.nfc().collect();
        let once = self.marked.iter().all(|span| {
            let words: String = span.slice(&self.text).nfc().collect();
            text.matches(&words).count() == 1
        });
        wrong >= 3 && once && !matches!(self.cause, Cause::Shifted(..))
    }
}

fn cases() -> impl Strategy<Value = AnnotatedCase> {
    let gap = || prop::sample::select(vec![" ", " ", " ", "", "\n", "\n", "\r\n", "  "]);
    let plain = prop::collection::vec((prop::sample::select(PLAIN), gap()), 0..3);
    let marked = prop::sample::subsequence(MARKED, 0..9).prop_shuffle();
    let marked = marked.prop_flat_map(move |marked| {
        let count = marked.len();
        (Just(marked), prop::collection::vec((plain.clone(), gap()), count + 1))
    });
    let cause = prop_oneof![
        2 => Just(Cause::Right),
        2 => Just(Cause::Utf16),
        2 => Just(Cause::Bytes),
        2 => Just(Cause::WithoutMark),
        2 => Just(Cause::CrlfAsOne),
        1 => Just(Cause::Nfc),
        1 => Just(Cause::Nfd),
        1 => Just(Cause::FromOne),
        1 => Just(Cause::Inclusive),
        2 => (0..4usize, 1..9u8).prop_map(|(from, by)| Cause::Shifted(from, by)),
    ];
    let form = prop_oneof![3 => Just(RecordedForm::AsIs), 1 => Just(RecordedForm::Nfc), 1 => Just(RecordedForm::Nfd)];
    let all = (marked, any::<bool>(), any::<bool>(), cause, form);
    all.prop_map(|((marked, between), has_mark, has_crlf, cause, form)| {
        let mut text = String::new();
        let mut spans = Vec::new();
        let line_end =
            |gap: &str| if has_crlf { gap.replace("\r\n", "\n").replace('\n', "\r\n") } else { gap.to_owned() };
        if has_mark {
            text.push('\u{feff}');
        }
        for (number, (plain, gap)) in between.into_iter().enumerate() {
            for (plain, gap) in plain {
                text.push_str(plain);
                text.push_str(&line_end(gap));
            }
            if let Some((before, words, after)) = marked.get(number) {
                text.push_str(&format!(" k{number} {before}"));
                spans.push(Span::of(text.len(), text.len() + words.len()));
                text.push_str(words);
                text.push_str(after);
            }
            text.push_str(&line_end(gap));
        }
        AnnotatedCase { text, marked: spans, cause, form }
    })
}

/// The words without all that a fix may change: signs, spaces, marks, letters for digits.
fn skeleton(words: &str) -> String {
    let letters = words.replace("เเ", "แ").nfd().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let letters = letters.to_lowercase().replace('đ', "d").replace('o', "0").replace('\u{e33}', "\u{e32}");
    letters
        .chars()
        .filter(|letter| !matches!(letter, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'))
        .collect()
}

/// The span that an annotation names, in bytes, and the words that it records.
fn read_annotation<'a>(text: &str, annotations: &'a str, number: usize) -> Option<(Span, &'a str)> {
    let line = annotations.lines().find_map(|line| line.strip_prefix(&format!("T{}\tThing ", number + 1)))?;
    let (offsets, recorded) = line.split_once('\t')?;
    let (start, end) = offsets.split_once(' ')?;
    let byte = |offset: &str| {
        let offset: usize = offset.parse().ok()?;
        text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(offset)
    };
    Some((Span::of(byte(start)?, byte(end)?.max(byte(start)?)), recorded))
}

/// Tells whether an annotation names its own words: they stand at its offsets, behind the word that was put before
/// them.
fn is_at_home(case: &AnnotatedCase, after: &CorpusInMemory, number: usize) -> bool {
    let text = after.text();
    let Some((span, recorded)) = read_annotation(text, after.annotations(), number) else { return false };
    let words = span.slice(text);
    let key = |number: usize| text.find(&format!(" k{number} ")).unwrap_or(text.len()) as u32;
    words.nfc().eq(recorded.nfc())
        && skeleton(words) == skeleton(case.marked[number].slice(&case.text))
        && key(number) < span.start
        && span.end <= key(number + 1)
}

/// Judges a run of `--fix` over a case.
fn judge(case: &AnnotatedCase) -> Result<(), TestCaseError> {
    let before = CorpusInMemory::new(&case.text, &case.annotations());
    let after = before.fixed();
    let told = || {
        format!("{case:?}\n{:?}\n{}\n{:?}\n{}", before.text(), before.annotations(), after.text(), after.annotations())
    };
    for number in 0..case.marked.len() {
        let is_at_home = is_at_home(case, &after, number);
        if case.is_right(number) {
            prop_assert!(is_at_home, "T{} was right and is not: {}", number + 1, told());
        } else if case.has_one_way() {
            prop_assert!(is_at_home, "T{} has one right place and is not there: {}", number + 1, told());
        } else if !is_at_home {
            let line = |annotations: &str| annotations.lines().nth(number).map(str::to_owned);
            let same = line(before.annotations()) == line(after.annotations());
            prop_assert!(same, "T{} was wrong and is wrong in another way: {}", number + 1, told());
        }
    }
    let again = after.fixed();
    prop_assert_eq!(&again, &after, "a second run changes something: {}", told());
    let (old, new) = (before.values(), after.values());
    let lost: BTreeSet<&String> = old
        .iter()
        .filter(|(value, count)| new.get(*value).is_none_or(|new| new < count))
        .map(|(value, _)| value)
        .collect();
    prop_assert!(lost.is_empty(), "{lost:?} got lost: {}", told());
    let count = |text: &str, part: &str| text.matches(part).count();
    for part in ["https://tin.example/a-\u{ad}b", "lan\u{ad}@mail.example.vn", "2024-05-25T08:30:00Z", "31-12-2023.pdf"]
    {
        prop_assert_eq!(count(before.text(), part), count(after.text(), part), "{:?} was touched: {}", part, told());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn annotations_keep_their_words_and_a_second_run_changes_nothing(case in cases()) {
        judge(&case)?;
    }
}

/// The same for as many seconds as `SCHOLIAST_FUZZ_SECONDS` says; all that fails is shown at the end.
#[test]
#[ignore = "takes as long as it is told to"]
fn soak() {
    let seconds = std::env::var("SCHOLIAST_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let (mut failed, mut rounds) = (BTreeMap::new(), 0);
    while std::time::Instant::now() < end {
        let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
        let tried = proptest::test_runner::TestRunner::new(config).run(&cases(), |case| judge(&case));
        rounds += 1;
        if let Err(error) = tried {
            let text = error.to_string();
            failed.entry(text.chars().take(90).collect::<String>()).or_insert(text);
        }
    }
    assert!(failed.is_empty(), "{rounds} rounds: {}", failed.into_values().collect::<Vec<_>>().join("\n\n"));
}

/// A file with very many annotations, and very many edits: each annotation is looked at as often as edits touch it.
#[test]
fn many_annotations_bear_many_edits() {
    let line = "Ông An ở Huế.\n";
    let text = line.repeat(20_000);
    let (points, bytes) = (line.chars().count(), line.len());
    let line_of = |number: usize| format!("T{number}\tPlace {} {}\tHuế\n", number * points + 9, number * points + 12);
    let annotations = (0..20_000).map(line_of).collect::<Vec<_>>().concat();
    let standoff = Standoff::parse(annotations);
    let anchored = AnchoredText::new(&standoff, &text);
    let at = line.find("An").unwrap();
    let edit = |number: usize| {
        let start = number * bytes + at;
        TextEdit::replace(Span::of(start, start + 2), "Anh")
    };
    let edits: Vec<TextEdit> = (0..20_000).map(edit).collect();
    assert!(edits.iter().all(|edit| anchored.bear(std::slice::from_ref(edit)).is_ok()));
    let changes = anchored.reanchor(&edits, OnDeletion::Refuse).unwrap();
    assert_eq!(changes.len(), 20_000);
    assert_eq!(changes[1].text, "25 28");
    let cut = |number: usize| {
        let start = number * bytes + line.find("Huế").unwrap();
        TextEdit::replace(Span::of(start, start + "Huế".len()), "")
    };
    assert!(anchored.bear(&[cut(7)]).is_err());
}
