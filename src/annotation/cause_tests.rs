//! Causes of wrong offsets over many generated pairs: named, and repaired to the truth.

use super::check::Against;
use super::fault::{AnnotationFaultKind, Mismatch};
use super::standoff::Standoff;
use crate::text::edit::{TextEdit, applied};
use unicode_normalization::UnicodeNormalization as _;

/// Words of sentences that nobody wrote.
const WORDS: [&str; 28] = [
    "Lâm",
    "gặp",
    "Hoa",
    "ở",
    "Huế",
    "rồi",
    "Bình",
    "về",
    "nhà",
    "Nguyễn",
    "Thị",
    "Mai",
    "สมชาย",
    "เดินทาง",
    "ไป",
    "เชียงใหม่",
    "พบ",
    "น้ำ",
    "ທ້າວ",
    "ວຽງຈັນ",
    "Anna",
    "met",
    "Tom",
    "in",
    "Vinh",
    "yesterday",
    "đường",
    "số",
];

/// A small generator of numbers, the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
        for _ in 0..4 {
            dice.roll(2);
        }
        dice
    }

    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }
}

/// The features of a generated text.
#[derive(Clone, Copy, Default)]
struct TextShape {
    crlf: bool,
    mark: bool,
    emoji: bool,
    decomposed: bool,
    tabs: bool,
    trailing: bool,
    double: bool,
}

/// A text with the byte spans of its words that are annotated.
struct GeneratedPair {
    text: String,
    spans: Vec<(usize, usize)>,
}

fn generate(seed: u64, shape: TextShape) -> GeneratedPair {
    let mut dice = Dice::new(seed);
    let mut text = String::from(if shape.mark { "\u{feff}" } else { "" });
    let mut spans = Vec::new();
    let lines = 6 + dice.roll(20);
    for line in 0..lines {
        for number in 0..3 + dice.roll(9) {
            if number > 0 {
                match dice.roll(12) {
                    0 if shape.tabs => text.push('\t'),
                    1 if shape.double => text.push_str("  "),
                    2 if shape.emoji => text.push_str(" 😀 "),
                    _ => text.push(' '),
                }
            }
            let two = dice.roll(5) == 0;
            let start = text.len();
            text.push_str(WORDS[dice.roll(WORDS.len())]);
            // Most words of a real text are rare.
            if dice.roll(10) < 7 {
                text.push_str(WORDS[dice.roll(WORDS.len())]);
            }
            if two {
                text.push(if shape.tabs && dice.roll(2) == 0 { '\t' } else { ' ' });
                text.push_str(WORDS[dice.roll(WORDS.len())]);
            }
            if dice.roll(4) == 0 {
                spans.push((start, text.len()));
            }
        }
        text.push('.');
        if shape.emoji && (line == 0 || dice.roll(5) == 0) {
            text.push('😀');
        }
        if shape.trailing && (line == 0 || dice.roll(3) == 0) {
            text.push(' ');
        }
        text.push_str(if shape.crlf { "\r\n" } else { "\n" });
    }
    if shape.decomposed {
        let mut nfd = String::new();
        let mut at = 0;
        for span in &mut spans {
            nfd.extend(text[at..span.0].nfd());
            let start = nfd.len();
            nfd.extend(text[span.0..span.1].nfd());
            at = span.1;
            *span = (start, nfd.len());
        }
        nfd.extend(text[at..].nfd());
        text = nfd;
    }
    GeneratedPair { text, spans }
}

/// A way of writing the wrong file: the offset that a byte of the text has, and the recorded text of a span.
struct Damage {
    name: &'static str,
    shape: TextShape,
    offset: fn(&str, usize) -> i64,
    /// Code points that the end is short by.
    short: i64,
    record: fn(&str) -> String,
    is_named: fn(Mismatch) -> bool,
}

fn chars(text: &str) -> i64 {
    text.chars().count() as i64
}

fn utf16(text: &str) -> i64 {
    text.encode_utf16().count() as i64
}

fn as_is(text: &str) -> String {
    text.to_owned()
}

fn is_counting(why: Mismatch) -> bool {
    matches!(why, Mismatch::Counting(_))
}

fn is_shift(why: Mismatch) -> bool {
    matches!(why, Mismatch::Shifted { .. } | Mismatch::Counting(_))
}

/// Letters on the first lines that are gone: five.
fn gone(text: &str, at: usize) -> i64 {
    let line = text[..at].matches('\n').count();
    if line >= 3 { 5 } else { 0 }
}

const PLAIN: TextShape = TextShape {
    crlf: false,
    mark: false,
    emoji: false,
    decomposed: false,
    tabs: false,
    trailing: false,
    double: false,
};

fn plain(
    name: &'static str,
    shape: TextShape,
    offset: fn(&str, usize) -> i64,
    is_named: fn(Mismatch) -> bool,
) -> Damage {
    Damage { name, shape, offset, short: 0, record: as_is, is_named }
}

fn damages() -> Vec<Damage> {
    let emoji = TextShape { emoji: true, ..PLAIN };
    let crlf = TextShape { crlf: true, ..PLAIN };
    let mark = TextShape { mark: true, ..PLAIN };
    let nfd = TextShape { decomposed: true, ..PLAIN };
    vec![
        plain("UTF-16", emoji, |text, at| utf16(&text[..at]), is_counting),
        plain("bytes", PLAIN, |_, at| at as i64, is_counting),
        plain(
            "CRLF as one",
            crlf,
            |text, at| chars(&text[..at]) - text[..at].matches('\r').count() as i64,
            is_counting,
        ),
        plain("LF as two", PLAIN, |text, at| chars(&text[..at]) + text[..at].matches('\n').count() as i64, is_counting),
        plain("mark left out", mark, |text, at| chars(&text[..at]) - 1, is_counting),
        plain("mark gone", PLAIN, |text, at| chars(&text[..at]) + 1, is_counting),
        Damage {
            name: "inclusive ends",
            shape: PLAIN,
            offset: |text, at| chars(&text[..at]),
            short: 1,
            record: as_is,
            is_named: is_counting,
        },
        Damage {
            name: "from one, inclusive",
            shape: PLAIN,
            offset: |text, at| chars(&text[..at]) + 1,
            short: 1,
            record: as_is,
            is_named: is_counting,
        },
        plain("NFD offsets", PLAIN, |text, at| text[..at].nfd().count() as i64, is_counting),
        Damage {
            record: |text| text.nfd().collect(),
            ..plain("NFD offsets and records", PLAIN, |text, at| text[..at].nfd().count() as i64, is_counting)
        },
        plain("NFC offsets", nfd, |text, at| text[..at].nfc().count() as i64, is_counting),
        Damage {
            record: |text| text.nfc().collect(),
            ..plain("NFC offsets and records", nfd, |text, at| text[..at].nfc().count() as i64, is_counting)
        },
        plain(
            "mark left out, CRLF as one",
            TextShape { mark: true, ..crlf },
            |text, at| chars(&text[..at]) - 1 - text[..at].matches('\r').count() as i64,
            is_counting,
        ),
        plain(
            "UTF-16, CRLF as one",
            TextShape { emoji: true, ..crlf },
            |text, at| utf16(&text[..at]) - text[..at].matches('\r').count() as i64,
            is_counting,
        ),
        plain(
            "UTF-16, mark left out",
            TextShape { emoji: true, ..mark },
            |text, at| utf16(&text[..at]) - 1,
            is_counting,
        ),
        plain(
            "UTF-16, mark left out, CRLF as one",
            TextShape { emoji: true, mark: true, ..crlf },
            |text, at| utf16(&text[..at]) - 1 - text[..at].matches('\r').count() as i64,
            is_counting,
        ),
        plain("bytes, CRLF as one", crlf, |text, at| at as i64 - text[..at].matches('\r').count() as i64, is_counting),
        plain("bytes, mark left out", mark, |_, at| at as i64 - 3, is_counting),
        plain("UTF-16, from one", emoji, |text, at| utf16(&text[..at]) + 1, is_counting),
        plain(
            "UTF-16, NFD",
            emoji,
            |text, at| text[..at].nfd().map(char::len_utf16).sum::<usize>() as i64,
            is_counting,
        ),
        plain(
            "LF as two, mark gone",
            PLAIN,
            |text, at| chars(&text[..at]) + 1 + text[..at].matches('\n').count() as i64,
            is_counting,
        ),
        plain("shifted from a line on", PLAIN, |text, at| chars(&text[..at]) - gone(text, at), is_shift),
        plain("shifted everywhere", PLAIN, |text, at| chars(&text[..at]) + 17, is_shift),
        Damage {
            record: |text| text.replace('\t', " "),
            ..plain(
                "TAB as space",
                TextShape { tabs: true, ..PLAIN },
                |text, at| chars(&text[..at]),
                |why| why == Mismatch::WhiteSpace,
            )
        },
        Damage {
            record: |text| text.replace(' ', "\u{a0}"),
            ..plain(
                "space as no-break space",
                PLAIN,
                |text, at| chars(&text[..at]),
                |why| why == Mismatch::NoBreakSpace,
            )
        },
        Damage {
            record: |text| text.nfd().collect(),
            ..plain("records in form D", PLAIN, |text, at| chars(&text[..at]), |why| why == Mismatch::Normalization)
        },
        Damage {
            short: -1,
            ..plain(
                "space taken in",
                PLAIN,
                |text, at| chars(&text[..at]),
                |why| matches!(why, Mismatch::Padding | Mismatch::End { .. } | Mismatch::Counting(_)),
            )
        },
        plain(
            "trailing spaces left out",
            TextShape { trailing: true, ..PLAIN },
            |text, at| {
                let lines: i64 = text[..at]
                    .split_inclusive('\n')
                    .map(|line| match line.strip_suffix('\n') {
                        Some(line) => chars(line.trim_end_matches(' ')) + 1,
                        None => chars(line),
                    })
                    .sum();
                lines
            },
            is_counting,
        ),
        plain(
            "several spaces as one",
            TextShape { double: true, ..PLAIN },
            |text, at| chars(&text[..at].replace("  ", " ")),
            is_counting,
        ),
    ]
}

/// The numbers of a damage over all pairs.
#[derive(Default)]
struct CauseCounts {
    wrong: usize,
    named: usize,
    repaired: usize,
    unique: usize,
    moved_elsewhere: usize,
    findings: usize,
    files: usize,
}

#[test]
fn causes_are_named_and_repaired() {
    let mut table = String::new();
    let mut failed = false;
    for damage in damages() {
        let mut counts = CauseCounts::default();
        for seed in 0..8 {
            judge(&damage, &generate(seed, damage.shape), &mut counts);
        }
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (named, repaired) = (share(counts.named, counts.wrong), share(counts.repaired, counts.unique));
        table += &format!(
            "{:36} {:5} wrong, named {named:5.1} %, repaired {repaired:5.1} % of {}, elsewhere {}, findings {:.1} a file\n",
            damage.name,
            counts.wrong,
            counts.unique,
            counts.moved_elsewhere,
            counts.findings as f64 / counts.files.max(1) as f64,
        );
        failed |= named < 95.0 || repaired < 97.5 || counts.moved_elsewhere > 0 || counts.wrong == 0;
    }
    assert!(!failed, "\n{table}");
}

fn judge(damage: &Damage, pair: &GeneratedPair, counts: &mut CauseCounts) {
    let GeneratedPair { text, spans } = pair;
    let line = |number: usize, start: i64, end: i64, record: &str| format!("T{number}\tX {start} {end}\t{record}\n");
    let file: String = spans
        .iter()
        .enumerate()
        .map(|(number, (start, end))| {
            let (from, to) = ((damage.offset)(text, *start), (damage.offset)(text, *end) - damage.short);
            line(number, from.max(0), to.max(0), &(damage.record)(&text[*start..*end]))
        })
        .collect();
    let standoff = Standoff::parse(file.as_str());
    let faults = standoff.faults(Against { text, given: None, configuration: None });
    let mut wrong = 0;
    for fault in &faults {
        let AnnotationFaultKind::Mismatch { why, others, .. } = fault.problem else { continue };
        wrong += others + 1;
        counts.findings += 1;
        counts.named += if (damage.is_named)(why) { others + 1 } else { 0 };
    }
    counts.wrong += wrong;
    counts.files += usize::from(wrong > 0);
    let repairs = |file: &str, safe: bool| {
        let faults = Standoff::parse(file).faults(Against { text, given: None, configuration: None });
        let mut edits: Vec<TextEdit> = faults
            .into_iter()
            .filter(|fault| matches!(fault.problem, AnnotationFaultKind::Mismatch { .. }))
            .filter_map(|fault| fault.repair.filter(|repair| repair.safe || !safe))
            .flat_map(|repair| repair.edits)
            .collect();
        edits.sort();
        applied(file, &edits).unwrap()
    };
    let place = |line: &str| -> Option<(i64, i64)> {
        let mut words = line.split('\t').nth(1)?.split(' ').skip(1);
        Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    };
    let safe = (0..4).fold(file.clone(), |file, _| repairs(&file, true));
    let all = (0..4).fold(safe.clone(), |file, _| repairs(&file, false));
    for (((before, safe), all), (start, end)) in file.lines().zip(safe.lines()).zip(all.lines()).zip(spans) {
        let truth = Some((chars(&text[..*start]), chars(&text[..*end])));
        // A safe repair that moves an annotation elsewhere is the worst that can happen.
        counts.moved_elsewhere += usize::from(safe != before && place(safe) != truth);
        if before == safe && place(before) == truth && before == all {
            continue;
        }
        counts.unique += 1;
        counts.repaired += usize::from(place(all) == truth && all.ends_with(&text[*start..*end]));
    }
}
