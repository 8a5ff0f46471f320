//! Re-anchoring over many generated pairs: after twenty kinds of changes annotations are where their words are.

use unicode_normalization::UnicodeNormalization as _;

use super::cause_tests::Dice;
use super::difference::AnchorFate;
use super::line::AnnotationBody;
use super::standoff::Standoff;
use crate::text::edit::applied;

/// Words of sentences that nobody wrote.
const WORDS: [&str; 26] = [
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
    "พบ",
    "น้ำ",
    "ວຽງຈັນ",
    "Anna",
    "met",
    "Tom",
    "in",
    "Vinh",
    "đường",
    "số",
    "2024",
];

/// A part of a changed text.
#[derive(Clone)]
enum TextPart {
    /// The text at these bytes.
    Kept(usize, usize),
    /// Something else in the place of these bytes.
    Changed(usize, usize, String),
}

/// A text with the spans of its words that are annotated.
struct GeneratedText {
    text: String,
    spans: Vec<(usize, usize)>,
}

fn generate(seed: u64, line_end: &str) -> GeneratedText {
    let mut dice = Dice::new(seed);
    let (mut text, mut spans) = (String::new(), Vec::new());
    for _ in 0..12 + dice.roll(30) {
        for number in 0..4 + dice.roll(8) {
            if number > 0 {
                text.push_str([" ", " ", " ", " ", "  ", "\t", "\u{a0}"][dice.roll(7)]);
            }
            let is_quoted = dice.roll(9) == 0;
            text.push_str(if is_quoted { "\"" } else { "" });
            let start = text.len();
            text.push_str(WORDS[dice.roll(WORDS.len())]);
            if dice.roll(10) < 6 {
                text.push_str(WORDS[dice.roll(WORDS.len())]);
            }
            if dice.roll(5) == 0 {
                text.push(' ');
                text.push_str(WORDS[dice.roll(WORDS.len())]);
            }
            if dice.roll(4) == 0 {
                spans.push((start, text.len()));
            }
            text.push_str(if is_quoted { "\"" } else { "" });
        }
        text.push('.');
        text.push_str(if dice.roll(4) == 0 { "  " } else { "" });
        text.push_str(line_end);
    }
    GeneratedText { text, spans }
}

/// The parts of a text in which each piece that `change` names is changed: it gets the rest of the text and returns the
/// length of a piece at its start and what stands there instead.
fn changed(text: &str, mut change: impl FnMut(usize, &str) -> Option<(usize, String)>) -> Vec<TextPart> {
    let (mut parts, mut at, mut kept) = (Vec::new(), 0, 0);
    while at < text.len() {
        let Some((length, new)) = change(at, &text[at..]) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if kept < at {
            parts.push(TextPart::Kept(kept, at));
        }
        parts.push(TextPart::Changed(at, at + length, new));
        if length == 0 {
            let letter = text[at..].chars().next().map_or(1, char::len_utf8);
            parts.push(TextPart::Kept(at, at + letter));
            at += letter;
        } else {
            at += length;
        }
        kept = at;
    }
    if kept < text.len() {
        parts.push(TextPart::Kept(kept, text.len()));
    }
    parts
}

/// Each time one text stands somewhere, another one.
fn replaced(text: &str, from: &str, to: &str) -> Vec<TextPart> {
    changed(text, |_, rest| rest.starts_with(from).then(|| (from.len(), to.to_owned())))
}

/// Each letter as `to` writes it with its marks.
fn rewritten(text: &str, to: fn(&str) -> String) -> Vec<TextPart> {
    changed(text, |_, rest| {
        let length = crate::text::cluster::around(rest, 0).1.max(rest.chars().next().map_or(1, char::len_utf8));
        let new = to(&rest[..length]);
        (new != rest[..length]).then_some((length, new))
    })
}

fn line_starts(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| *at < text.len()).collect()
}

/// The new text, and the place of a span in it; `None` where it is gone.
#[expect(clippy::type_complexity, reason = "a closure in a tuple has no shorter name")]
fn built(text: &str, parts: &[TextPart]) -> (String, impl Fn((usize, usize)) -> Option<(usize, usize)>) {
    let mut new = String::new();
    let mut places: Vec<(usize, usize, usize, usize, bool)> = Vec::new();
    for part in parts {
        let start = new.len();
        match part {
            TextPart::Kept(from, to) => {
                new.push_str(&text[*from..*to]);
                places.push((*from, *to, start, new.len(), true));
            }
            TextPart::Changed(from, to, with) => {
                new.push_str(with);
                places.push((*from, *to, start, new.len(), false));
            }
        }
    }
    let place = move |(start, end): (usize, usize)| {
        let from = places.iter().find(|(from, to, ..)| *from <= start && start < *to)?;
        let to = places.iter().find(|(from, to, ..)| *from < end && end <= *to)?;
        let at = match from {
            (from, _, new, _, true) => new + start - from,
            (from, _, new, ..) => (*from == start).then_some(*new)?,
        };
        let until = match to {
            (from, _, new, _, true) => new + end - from,
            (_, to, _, new, _) => (*to == end).then_some(*new)?,
        };
        (at < until).then_some((at, until))
    };
    (new, place)
}

type Change = fn(&GeneratedText, &mut Dice) -> Vec<TextPart>;

/// A kind of change of texts with these line ends.
struct ChangeKind {
    name: &'static str,
    line_end: &'static str,
    change: Change,
}

fn kind(name: &'static str, line_end: &'static str, change: Change) -> ChangeKind {
    ChangeKind { name, line_end, change }
}

fn changes() -> Vec<ChangeKind> {
    vec![
        kind("line at the top", "\n", |it, _| {
            vec![TextPart::Changed(0, 0, "Một dòng mới.\n".into()), TextPart::Kept(0, it.text.len())]
        }),
        kind("line in the middle", "\n", |it, dice| {
            let starts = line_starts(&it.text);
            let at = starts[dice.roll(starts.len())];
            let new = TextPart::Changed(at, at, "Lâm gặp Hoa ở Huế.\n".into());
            vec![TextPart::Kept(0, at), new, TextPart::Kept(at, it.text.len())]
        }),
        kind("line deleted", "\n", |it, dice| {
            let starts = line_starts(&it.text);
            let number = dice.roll(starts.len() - 1);
            let (from, to) = (starts[number], starts[number + 1]);
            vec![TextPart::Kept(0, from), TextPart::Changed(from, to, String::new()), TextPart::Kept(to, it.text.len())]
        }),
        kind("LF to CRLF", "\n", |it, _| replaced(&it.text, "\n", "\r\n")),
        kind("CRLF to LF", "\r\n", |it, _| replaced(&it.text, "\r\n", "\n")),
        kind("mark added", "\n", |it, _| {
            vec![TextPart::Changed(0, 0, "\u{feff}".into()), TextPart::Kept(0, it.text.len())]
        }),
        kind("form C to D", "\n", |it, _| rewritten(&it.text, |letter| letter.nfd().collect())),
        kind("no-break space to space", "\n", |it, _| replaced(&it.text, "\u{a0}", " ")),
        kind("TAB to spaces", "\n", |it, _| replaced(&it.text, "\t", "    ")),
        kind("double spaces", "\n", |it, _| replaced(&it.text, "  ", " ")),
        kind("trailing spaces", "\n", |it, _| replaced(&it.text, "  \n", "\n")),
        kind("lines joined", "\n", |it, _| replaced(&it.text, "\n", " ")),
        kind("lines broken", "\n", |it, dice| {
            let mut dice = Dice::new(dice.roll(1000) as u64);
            changed(&it.text, move |_, rest| (rest.starts_with(' ') && dice.roll(4) == 0).then(|| (1, "\n".to_owned())))
        }),
        kind("quotes", "\n", |it, _| {
            let mut open = false;
            changed(&it.text, move |_, rest| {
                rest.starts_with('"').then(|| {
                    open = !open;
                    (1, if open { "“" } else { "”" }.to_owned())
                })
            })
        }),
        kind("lines in another order", "\n", |it, dice| {
            let mut starts = vec![0];
            starts.extend(line_starts(&it.text));
            starts.push(it.text.len());
            let mut parts: Vec<TextPart> = starts.windows(2).map(|pair| TextPart::Kept(pair[0], pair[1])).collect();
            let (from, to) = (dice.roll(parts.len()), dice.roll(parts.len()));
            let moved = parts.remove(from);
            parts.insert(to, moved);
            parts
        }),
        kind("slips in other words", "\n", |it, dice| {
            let mut dice = Dice::new(dice.roll(1000) as u64);
            let spans = it.spans.clone();
            changed(&it.text, move |at, rest| {
                let is_outside = spans.iter().all(|(start, end)| at + 1 < *start || at > *end);
                let letter = rest.chars().next()?;
                (is_outside && letter.is_ascii_lowercase() && dice.roll(6) == 0).then(|| (1, "x".to_owned()))
            })
        }),
        kind("a word replaced", "\n", |it, _| replaced(&it.text, "2024", "2025 (mới)")),
        kind("zero-width spaces", "\n", |it, dice| {
            let mut dice = Dice::new(dice.roll(1000) as u64);
            changed(&it.text, move |_, rest| {
                (rest.starts_with(' ') && dice.roll(3) == 0).then(|| (1, " \u{200b}".to_owned()))
            })
        }),
        kind("stops to commas", "\n", |it, _| replaced(&it.text, ".", ",")),
        kind("numbered lines", "\n", |it, _| {
            let mut parts = Vec::new();
            let mut starts = vec![0];
            starts.extend(line_starts(&it.text));
            starts.push(it.text.len());
            for (number, pair) in starts.windows(2).enumerate() {
                parts.push(TextPart::Changed(pair[0], pair[0], format!("{}. ", number + 1)));
                parts.push(TextPart::Kept(pair[0], pair[1]));
            }
            parts
        }),
        kind("halves exchanged", "\n", |it, _| {
            let starts = line_starts(&it.text);
            let middle = starts[starts.len() / 2];
            vec![TextPart::Kept(middle, it.text.len()), TextPart::Kept(0, middle)]
        }),
    ]
}

#[test]
fn annotations_are_where_their_words_are() {
    let mut table = String::new();
    let mut failed = false;
    for ChangeKind { name, line_end, change } in changes() {
        let (mut all, mut right, mut elsewhere, mut lost) = (0_u32, 0_u32, 0_u32, 0_u32);
        for seed in 0..16 {
            let pair = generate(seed, line_end);
            let parts = change(&pair, &mut Dice::new(seed + 1000));
            let (new, place) = built(&pair.text, &parts);
            let chars = |text: &str| text.chars().count();
            let file = pair
                .spans
                .iter()
                .enumerate()
                .map(|(number, (start, end))| {
                    let (from, to) = (chars(&pair.text[..*start]), chars(&pair.text[..*end]));
                    format!("T{number}\tX {from} {to}\t{}\n", &pair.text[*start..*end])
                })
                .collect::<Vec<_>>()
                .concat();
            let standoff = Standoff::parse(file.as_str());
            let done = standoff.reanchor_by_difference(&pair.text, &new);
            let after = Standoff::parse(applied(&file, &done.edits).unwrap());
            for ((line, fate), span) in after.lines().iter().zip(&done.lines).zip(&pair.spans) {
                let AnnotationBody::Text { fragments, .. } = &line.body else { panic!("a piece of text") };
                let is_lost = matches!(fate.fate, AnchorFate::Lost { .. });
                let Some((start, end)) = place(*span) else {
                    // What is gone must not be put anywhere else.
                    elsewhere += u32::from(!is_lost && !matches!(fate.fate, AnchorFate::Changed(_)));
                    continue;
                };
                all += 1;
                let truth = (chars(&new[..start]) as u32, chars(&new[..end]) as u32);
                let found = (fragments[0].start, fragments[fragments.len() - 1].end);
                lost += u32::from(is_lost);
                right += u32::from(found == truth && !is_lost);
                elsewhere += u32::from(found != truth && !is_lost);
            }
        }
        let share = 100.0 * f64::from(right) / f64::from(all.max(1));
        table += &format!("{name:26} {all:5} annotations, right {share:6.2} %, elsewhere {elsewhere}, lost {lost}\n");
        failed |= share < 99.0 || elsewhere > all / 500;
    }
    assert!(!failed, "\n{table}");
}
