//! Names in Thai letters: no capitals, and no space between words, so that more must speak for a name.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::evidence::{NameEvidence, ThaiCue, UnlistedName, byline, thai_office};
use crate::recognise::name::phonetic::{PreparedNames, is_syllable, unknown_letters, word_frequency};
use crate::recognise::name::word_lists::{
    FAMILIES, JOINED_FAMILIES, LAO_PARTS, NO_HONORIFIC, RARE_FAMILIES, THAI_AFTER, THAI_HEADLINE_VERBS,
    THAI_HONORIFICS, THAI_NAME_GOES_ON, THAI_NO_NAME, THAI_THINGS, THAI_TITLES,
};
use crate::text::Span;

/// The least likeness in sound of a Thai syllable and a family name.
const FAMILY_SOUND: f32 = 0.84;
/// Letters of one Vietnamese syllable in Thai, with its marks.
const SYLLABLE: usize = 8;
/// Letters of one word of a Thai or Lao name.
const WORD: std::ops::RangeInclusive<usize> = 3..=18;
/// Letters of a Vietnamese name written together.
const JOINED: std::ops::RangeInclusive<usize> = 7..=24;
/// Letters of a Thai name that are no part of an ordinary word, at least.
const STRANGE: u32 = 3;
/// Words of a Vietnamese name.
const WORDS: usize = 5;

/// Family names to be heard, those that are hardly ever anything else first.
static HEARD: LazyLock<PreparedNames> = LazyLock::new(|| {
    let names: Vec<&str> = FAMILIES.iter().chain(RARE_FAMILIES).copied().collect();
    PreparedNames::new(&names)
});

thread_local! {
    /// Short words come again and again: what was heard in them.
    static KNOWN: RefCell<FxHashMap<String, Option<bool>>> = RefCell::default();
}

/// A stretch of Thai letters between spaces and other scripts.
struct ThaiChunk<'t> {
    start: usize,
    text: &'t str,
    /// True if one space is all that stands between it and the chunk before.
    follows: bool,
}

impl ThaiChunk<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

pub(super) fn find(line: &str, cues: &[ThaiCue]) -> Vec<UnlistedName> {
    let chunks = chunks(line);
    let mut found: Vec<UnlistedName> = Vec::new();
    let mut done = 0;
    for at in 0..chunks.len() {
        for (offset, evidence) in starts(line, &chunks[at], cues) {
            let start = chunks[at].start + offset;
            if start < done {
                continue;
            }
            let Some(end) = name(line, &chunks, at, offset, evidence) else { continue };
            done = end;
            let evidence = evidence.unwrap_or(NameEvidence::Family);
            found.push(UnlistedName { span: Span::new(start as u32, end as u32), evidence });
        }
    }
    found
}

fn chunks(line: &str) -> Vec<ThaiChunk<'_>> {
    let thai = |ch: char| matches!(ch, '\u{e01}'..='\u{e4e}');
    let mut chunks: Vec<ThaiChunk<'_>> = Vec::new();
    let mut rest = 0;
    while let Some(from) = line[rest..].find(thai) {
        let start = rest + from;
        let len = line[start..].find(|ch: char| !thai(ch)).unwrap_or(line.len() - start);
        let follows = chunks.last().is_some_and(|last| &line[last.end()..start] == " ");
        chunks.push(ThaiChunk { start, text: &line[start..start + len], follows });
        rest = start + len;
    }
    chunks
}

/// Returns the places in a chunk where a name may begin, in bytes of the chunk, with the evidence.
fn starts(line: &str, chunk: &ThaiChunk<'_>, cues: &[ThaiCue]) -> Vec<(usize, Option<NameEvidence>)> {
    let before = &line[..chunk.start];
    let at_start = if byline(before) { Some(NameEvidence::Byline) } else { thai_office(before, cues) };
    let mut starts = vec![(0, at_start)];
    let from = cues.partition_point(|cue| cue.end <= chunk.start);
    for cue in cues[from..].iter().take_while(|cue| cue.end < chunk.end()) {
        // นาย inside another word is none: it must begin the chunk or follow what calls for a name.
        let is_inside = cue.start >= chunk.start && !line[..cue.end].ends_with('.');
        if is_inside && (!cue.honorific || begins_word(&line[chunk.start..cue.start])) {
            starts.push((cue.end - chunk.start, Some(NameEvidence::Title)));
        }
    }
    starts.dedup_by_key(|(at, _)| *at);
    starts
}

/// Returns true if a word of address may begin after this text of the same chunk.
fn begins_word(before: &str) -> bool {
    const CALLS: &[&str] = &[
        "และ",
        "กับ",
        "ของ",
        "โดย",
        "ระหว่าง",
        "โดยมี",
        "คือ",
        "ให้",
        "แก่",
        "แด่",
        "ต่อ",
        "พบ",
        "ด้วย",
        "ว่า",
        "จาก",
        "ถึง",
        "ที่",
        "หรือ",
    ];
    before.is_empty()
        || CALLS.iter().any(|word| before.ends_with(word))
        || THAI_TITLES.iter().any(|word| before.ends_with(word))
}

/// Returns the end of the name that begins there, if there is one.
fn name(
    line: &str,
    chunks: &[ThaiChunk<'_>],
    at: usize,
    offset: usize,
    evidence: Option<NameEvidence>,
) -> Option<usize> {
    let chunk = &chunks[at];
    let first = &chunk.text[offset..];
    if THAI_THINGS.iter().any(|word| line[..chunk.start + offset].trim_end().ends_with(word)) {
        return None;
    }
    let head = line[..chunk.start + offset].trim_end();
    // `ชื่อ` is as often followed by the name of a thing.
    let honorific = THAI_HONORIFICS.iter().any(|word| head.ends_with(word)) && !head.ends_with("ชื่อ");
    if honorific && offset > 0 && NO_HONORIFIC.iter().any(|word| first.starts_with(word)) {
        return None;
    }
    vietnamese(chunks, at, first, evidence)
        .or_else(|| joined(chunk, offset, evidence))
        .or_else(|| two_words(line, chunks, at, first, evidence, honorific))
        .map(|end| hyphenated(line, end))
}

/// Syllables of most names.
const WHOLE: usize = 3;

/// `เจิ่น วัน ลัม`: a family name and one syllable a word.
fn vietnamese(chunks: &[ThaiChunk<'_>], at: usize, first: &str, evidence: Option<NameEvidence>) -> Option<usize> {
    let sure = family(first)?;
    let mut end = None;
    let mut count = 1;
    for chunk in chunks[at + 1..].iter().take(WORDS - 1).take_while(|chunk| chunk.follows) {
        if is_given(chunk.text) {
            count += 1;
            end = Some(chunk.end());
            continue;
        }
        // The last word may be written together with what follows; behind a whole name an ordinary one is none of it.
        let may_end = |len: &usize| {
            let last = &chunk.text[..*len];
            is_given(last) && (count < WHOLE || !word_frequency::is_word(last))
        };
        if let Some(len) = cut(chunk.text).filter(may_end) {
            count += 1;
            end = Some(chunk.start + len);
        }
        break;
    }
    let least = match evidence {
        Some(_) => 2,
        None if sure => 3,
        None => return None,
    };
    end.filter(|_| count >= least)
}

/// `เจิ่นวันลัม`, behind a title.
fn joined(chunk: &ThaiChunk<'_>, offset: usize, evidence: Option<NameEvidence>) -> Option<usize> {
    let text = &chunk.text[offset..];
    let family = JOINED_FAMILIES.iter().find(|family| text.starts_with(**family))?;
    evidence?;
    let rest = &text[family.len()..];
    let len = family.len() + cut(rest).unwrap_or(rest.len());
    (JOINED.contains(&text[..len].chars().count()) && len > family.len()).then_some(chunk.start + offset + len)
}

/// `สมชาย ใจดี` behind an honorific, `ทองสะหวัน พมวิหาน` and `ธีระชัย แสนดี` behind an office.
fn two_words(
    line: &str,
    chunks: &[ThaiChunk<'_>],
    at: usize,
    first: &str,
    evidence: Option<NameEvidence>,
    honorific: bool,
) -> Option<usize> {
    evidence?;
    let second = chunks.get(at + 1).filter(|chunk| chunk.follows)?;
    let len = cut(second.text).unwrap_or(second.text.len());
    let last = &second.text[..len];
    if THAI_HEADLINE_VERBS.contains(&last) || THAI_NAME_GOES_ON.contains(&last) {
        return None;
    }
    // An abbreviation: `เฉลิมชัย รมว.`
    if line[second.start + len..].starts_with('.') {
        return None;
    }
    let fits = |word: &str| {
        WORD.contains(&word.chars().count())
            && !THAI_NO_NAME.iter().any(|other| word.contains(other))
            && !begins_clause(word)
    };
    let lao = |word: &str| LAO_PARTS.iter().any(|part| word.starts_with(part) || word.ends_with(part));
    // A word of address inside a word begins the name; what stands before it is a verb: `ส่งสารถึงนาย…`.
    if [first, last]
        .iter()
        .any(|word| THAI_HONORIFICS.iter().any(|address| address.len() > 6 && word.contains(address)))
    {
        return None;
    }
    // Behind an office and a space a name is what ordinary words do not account for.
    let address = THAI_HONORIFICS.iter().any(|word| first.starts_with(word));
    let place = |word: &str| THAI_THINGS.iter().any(|thing| thing.chars().count() > 2 && word.starts_with(thing));
    // The given name must be strange, and behind an abbreviated office, which headlines have, the other word, too:
    // `รมว.เฮ้ง สั่งลงดาบ`.
    let before = line[..chunks[at].end() - first.len()].trim_end();
    let is_headline = before.ends_with(['.', 'ฯ']);
    let strange = || {
        let (first, last) = (unknown_letters(first), unknown_letters(last));
        first > 0 && (last > 0 || !is_headline) && first + last >= STRANGE
    };
    let named = first.len() == chunks[at].text.len() && !address && !place(first) && !place(last) && strange();
    let is_name = fits(first) && fits(last) && (honorific || lao(first) && lao(last) || named);
    is_name.then_some(second.start + len)
}

/// The end of a name that goes on behind a hyphen: `คิม ซัง-ชิก`.
fn hyphenated(line: &str, end: usize) -> usize {
    let thai = |ch: char| matches!(ch, '\u{e01}'..='\u{e4e}');
    let Some(rest) = line[end..].strip_prefix('-').filter(|rest| rest.starts_with(thai)) else { return end };
    let len = rest.find(|ch: char| !thai(ch)).unwrap_or(rest.len());
    end + 1 + cut(&rest[..len]).unwrap_or(len)
}

/// Returns the end of the name that a chunk begins with, before a word that follows names; `None` where none does.
fn cut(text: &str) -> Option<usize> {
    THAI_AFTER
        .iter()
        .filter(|word| word.chars().count() > 2)
        .filter_map(|word| text.find(word))
        .filter(|at| *at > 0)
        .min()
}

fn begins_clause(word: &str) -> bool {
    THAI_AFTER.iter().any(|other| word == *other || other.chars().count() > 3 && word.starts_with(other))
}

/// Returns true if a chunk may be a syllable of a given name.
fn is_given(text: &str) -> bool {
    // A single letter is an abbreviation: `ผ่าน ร่าง พ.ร.บ.`
    let short = (2..=SYLLABLE).contains(&text.chars().count());
    short && !THAI_AFTER.contains(&text) && !THAI_NO_NAME.contains(&text) && is_syllable(text)
}

/// Returns true if a chunk sounds like a Vietnamese family name, and if so whether that is hardly ever anything else.
fn family(text: &str) -> Option<bool> {
    let word = [THAI_AFTER, THAI_NO_NAME, THAI_HONORIFICS].iter().any(|words| words.contains(&text));
    if word || text.chars().count() > SYLLABLE {
        return None;
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(heard) = known.get(text) {
            return *heard;
        }
        let best = HEARD.rank(text).into_iter().next().filter(|(_, score)| *score >= FAMILY_SOUND);
        let heard = best.filter(|_| is_syllable(text)).map(|(at, _)| at < FAMILIES.len());
        known.insert(text.to_owned(), heard);
        heard
    })
}
