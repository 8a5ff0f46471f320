//! From a line to chains: runs of words joined by separators, each character with what is odd about it.
//!
//! A chain is everything that could be one symbol, damaged or not: Latin letters and digits of any disguise, joined
//! by slashes, hyphens and what stands in their place, with spaces only beside a separator. What a chain means is
//! not decided here.

use compact_str::CompactString;
use smallvec::SmallVec;
use unicode_normalization::char::compose;

use super::fold::text_of;
use crate::text::Span;
use crate::text::byte_map::{ByteClass, ByteMap};

/// Most characters of one chain: the longest true symbols have about eighty.
const LONGEST: usize = 400;
/// Room for the characters of most chains.
const USUAL: usize = 48;
/// Most bytes of white space around a separator.
pub(super) const WIDEST_SPACE: usize = 8;
/// Most blanks without a separator on either side of one.
pub(super) const MOST_BLANKS: u8 = 2;

/// Oddities of a character, as bits.
pub(super) mod quirk {
    /// Thai digit.
    pub(crate) const THAI_DIGIT: u8 = 1;
    /// Something invisible stands before it.
    pub(crate) const AFTER_INVISIBLE: u8 = 2;
    /// Eth or African D.
    pub(crate) const LOOKALIKE_D: u8 = 4;
    /// Cyrillic, Greek or fullwidth.
    pub(crate) const LOOKALIKE_SCRIPT: u8 = 8;
    /// Written as an HTML entity.
    pub(crate) const MARKUP: u8 = 16;
    /// Another slash than `/`.
    pub(crate) const OTHER_SLASH: u8 = 32;
    /// Another dash than `-`.
    pub(crate) const DASH: u8 = 64;
}

/// One character as it should be, with where it stands and what is odd about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) ch: char,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quirks: u8,
}

/// The separator between two words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum JoinKind {
    /// Nothing at all: before the first word.
    None,
    Slash,
    Hyphen,
    Dot,
    Colon,
    Underscore,
    Backslash,
    Plus,
    /// A vertical bar between a digit and a capital letter.
    Pipe,
    /// A single space between digits or capitals, which may be one or no symbol.
    Blank,
    /// Several of different sorts.
    Mixed,
}

/// The join before a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordJoin {
    pub(super) kind: JoinKind,
    /// The same separator several times, or a slash and a hyphen.
    pub(super) doubled: bool,
    /// A slash and a hyphen with nothing or a row of dots between: a part was left out.
    pub(super) is_gap: bool,
    /// A dot beside a proper separator.
    pub(super) stray_dot: bool,
    pub(super) space_before: bool,
    pub(super) space_after: bool,
}

impl WordJoin {
    pub(super) fn spaced(self) -> bool {
        self.space_before || self.space_after
    }

    /// Slash or hyphen, however written.
    pub(super) fn is_bar(self) -> bool {
        matches!(self.kind, JoinKind::Slash | JoinKind::Hyphen)
    }
}

/// A word: glyphs without a separator.
#[derive(Clone, Debug)]
pub(super) struct ChainWord {
    /// Glyphs of the chain.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The characters of the word as they should be.
    pub(super) text: CompactString,
}

/// A run of joined words.
#[derive(Debug, Default)]
pub(super) struct SymbolChain {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) words: SmallVec<[ChainWord; 8]>,
    /// `joins[i]` stands before `words[i]`.
    pub(super) joins: SmallVec<[WordJoin; 8]>,
}

impl SymbolChain {
    /// The span of the glyphs `from..to` (not empty).
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.glyphs[from].start, self.glyphs[to - 1].end)
    }
}

/// Finds the chains of `text`, of which `map` is the map, that hold both a digit or a gap for one and a letter, and
/// hands them to `visit`. `passed` tells of a chain that begins at a byte where it ends, if it can hold no reference;
/// such a chain is not read. `passed_pair` tells of a separator the chain around it, if that can hold none.
pub(super) fn for_each_chain(
    text: &str,
    map: &ByteMap,
    passed_pair: impl Fn(&str, usize) -> Option<Span>,
    passed: impl Fn(&str, usize) -> Option<usize>,
    mut visit: impl FnMut(&SymbolChain),
) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut from = 0;
    let mut chain = SymbolChain::default();
    while let Some(at) = map.next(ByteClass::Bar, from) {
        if is_quotation(bytes, at) {
            from = at + 1;
            continue;
        }
        if let Some(pair) = passed_pair(text, at).filter(|pair| pair.start as usize >= done) {
            done = pair.end as usize;
            from = done;
            continue;
        }
        let start = chain_start(text, at, done);
        let (end, is_passed) = match passed(text, start) {
            Some(end) => (end, true),
            None => (read(text, start, &mut chain), false),
        };
        done = end.max(at + 1);
        while !text.is_char_boundary(done) {
            done += 1;
        }
        if !is_passed && is_promising(&chain) {
            split_words(&mut chain, text);
            visit(&chain);
        }
        from = done;
    }
}

/// Returns whether a quotation mark or the ellipsis stands at `at`, U+2018 to U+201F and U+2026: they begin as
/// look-alikes of separators do, and are in no symbol.
pub(super) fn is_quotation(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at..], [0xE2, 0x80, 0x98..=0x9F | 0xA6, ..])
}

/// A cheap look: letters there, and enough of them.
fn is_promising(chain: &SymbolChain) -> bool {
    chain.glyphs.len() >= 3 && chain.glyphs.iter().any(|glyph| glyph.ch.is_alphabetic())
}

/// The start of the chain around the separator at `at`, not before `done`.
fn chain_start(text: &str, at: usize, done: usize) -> usize {
    let floor = floor_boundary(text, at.saturating_sub(LONGEST)).max(done);
    let mut start = at;
    let mut right = '/';
    let mut blanks = 0;
    let bytes = text.as_bytes();
    loop {
        while start > floor && bytes[start - 1].is_ascii_alphanumeric() {
            start -= 1;
            right = char::from(bytes[start]);
        }
        let Some(before) = text[floor..start].chars().next_back() else { break };
        if is_space(before) {
            let trimmed = text[floor..start].trim_end_matches(is_space);
            let Some(left) = trimmed.chars().next_back() else { break };
            let width = start - floor - trimmed.len();
            if !is_inner_space(left, right, width, &mut blanks) {
                break;
            }
            start = floor + trimmed.len();
            continue;
        }
        if before == ';' {
            let Some(length) = entity_before(&text[floor..start]) else { break };
            start -= length;
            right = 'a';
            continue;
        }
        let is_pipe = before == '|' && is_pipe_inside(text[floor..start - 1].chars().next_back(), &text[start..]);
        if meaning(before).is_none() && !is_pipe {
            break;
        }
        right = before;
        start -= before.len_utf8();
    }
    start
}

/// Returns whether a vertical bar with this character before it and this text behind it stands in the place of a slash:
/// `30|NĐ-CP`, `30|2020|NĐ-CP`. Elsewhere it parts cells of a table.
fn is_pipe_inside(left: Option<char>, behind: &str) -> bool {
    let is_letter = |text: &str| text.starts_with(char::is_uppercase);
    let behind_year = || {
        let (year, rest) = behind.split_at_checked(4)?;
        let is_year = (year.starts_with("19") || year.starts_with("20")) && year.bytes().all(|b| b.is_ascii_digit());
        rest.strip_prefix('|').filter(|_| is_year)
    };
    left.is_some_and(|left| left.is_ascii_digit()) && (is_letter(behind) || behind_year().is_some_and(is_letter))
}

/// Returns whether a space of this many bytes may stand inside a symbol, between these two characters.
fn is_inner_space(left: char, right: char, width: usize, blanks: &mut u8) -> bool {
    if is_bar(left) || is_bar(right) {
        // Behind a full stop or a colon something new begins.
        return width <= WIDEST_SPACE && !matches!(left, '.' | ':');
    }
    *blanks += 1;
    width <= 2 && *blanks <= MOST_BLANKS && fits_blank(left) && fits_blank(right)
}

/// Returns whether a blank without a separator may stand beside a character, inside a symbol.
pub(super) fn fits_blank(ch: char) -> bool {
    ch.is_ascii_digit() || ch.is_uppercase() || matches!(ch, '\u{E50}'..='\u{E59}')
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Reads glyphs from `start` while they can belong to one chain; gives the byte behind the last.
fn read(text: &str, start: usize, chain: &mut SymbolChain) -> usize {
    chain.glyphs.clear();
    // Most lines have no chain that is read.
    chain.glyphs.reserve(USUAL);
    let mut at = start;
    let mut pending = 0;
    let mut blanks = 0;
    while chain.glyphs.len() < LONGEST {
        if let Some(byte) = text.as_bytes().get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            let (start, ch) = (at as u32, char::from(*byte));
            chain.glyphs.push(Glyph { ch, start, end: start + 1, quirks: std::mem::take(&mut pending) });
            at += 1;
            continue;
        }
        let Some(ch) = text[at..].chars().next() else { break };
        if is_space(ch) {
            let rest = text[at..].trim_start_matches(is_space);
            let width = text.len() - at - rest.len();
            let left = chain.glyphs.last().map_or(' ', |glyph| glyph.ch);
            let Some(right) = rest.chars().next() else { break };
            if is_bar(right) {
                blanks = 0;
            }
            if !is_inner_space(left, right, width, &mut blanks) {
                break;
            }
            chain.glyphs.push(Glyph { ch: ' ', start: at as u32, end: (at + width) as u32, quirks: 0 });
            at += width;
            continue;
        }
        let behind = &text[at + ch.len_utf8()..];
        let (meaning, length) = if ch == '|' && is_pipe_inside(chain.glyphs.last().map(|glyph| glyph.ch), behind) {
            (Some(GlyphMeaning::Is('|', 0)), 1)
        } else if ch == '&' {
            match entity(&text[at..]) {
                Some((plain, length)) => {
                    let meant = meaning(plain).unwrap_or(GlyphMeaning::Is(plain, 0));
                    (Some(meant.with(quirk::MARKUP)), length)
                }
                None => (meaning(ch), 1),
            }
        } else {
            (meaning(ch), ch.len_utf8())
        };
        match meaning {
            None => break,
            Some(GlyphMeaning::Nothing(quirks)) => pending |= quirks,
            Some(GlyphMeaning::Mark) => match chain.glyphs.last_mut() {
                Some(last) if last.ch.is_alphabetic() => {
                    last.ch = compose(last.ch, ch).unwrap_or(last.ch);
                    last.end = (at + length) as u32;
                }
                _ => break,
            },
            Some(GlyphMeaning::Is(plain, quirks)) => {
                if matches!(plain, '/' | '-') {
                    blanks = 0;
                }
                let quirks = quirks | pending;
                pending = 0;
                chain.glyphs.push(Glyph { ch: plain, start: at as u32, end: (at + length) as u32, quirks });
            }
        }
        at += length;
    }
    at
}

/// Cuts the glyphs into words and the joins before them.
fn split_words(chain: &mut SymbolChain, source: &str) {
    chain.words.clear();
    chain.joins.clear();
    let glyphs = &chain.glyphs;
    let mut at = 0;
    while at < glyphs.len() {
        let separators = at;
        while at < glyphs.len() && !is_word(glyphs[at].ch) {
            at += 1;
        }
        let from = at;
        while at < glyphs.len() && is_word(glyphs[at].ch) {
            at += 1;
        }
        if from == at {
            break;
        }
        chain.joins.push(join(&glyphs[separators..from]));
        let text = word_text(&glyphs[from..at], source);
        chain.words.push(ChainWord { from, to: at, text });
    }
}

/// The text of a word: the source's where that is as it should be.
fn word_text(glyphs: &[Glyph], source: &str) -> CompactString {
    let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { return CompactString::default() };
    let written = &source[first.start as usize..last.end as usize];
    if written.is_ascii() && written.len() == glyphs.len() && glyphs.iter().all(|glyph| glyph.quirks == 0) {
        return written.into();
    }
    text_of(glyphs.iter().map(|glyph| glyph.ch))
}

fn join(separators: &[Glyph]) -> WordJoin {
    let mut join = WordJoin {
        kind: JoinKind::None,
        doubled: false,
        is_gap: is_gap(separators),
        stray_dot: false,
        space_before: separators.first().is_some_and(|glyph| glyph.ch == ' '),
        space_after: separators.last().is_some_and(|glyph| glyph.ch == ' '),
    };
    for glyph in separators {
        let kind = match glyph.ch {
            '/' => JoinKind::Slash,
            '-' => JoinKind::Hyphen,
            '.' => JoinKind::Dot,
            ':' => JoinKind::Colon,
            '_' => JoinKind::Underscore,
            '\\' => JoinKind::Backslash,
            '+' => JoinKind::Plus,
            '|' => JoinKind::Pipe,
            _ => continue,
        };
        join.kind = match (join.kind, kind) {
            (JoinKind::None, kind) => kind,
            (old, new) if old == new => {
                join.doubled = true;
                old
            }
            (JoinKind::Slash, JoinKind::Hyphen) | (JoinKind::Hyphen, JoinKind::Slash) => {
                join.doubled = true;
                JoinKind::Slash
            }
            (JoinKind::Dot, bar @ (JoinKind::Slash | JoinKind::Hyphen))
            | (bar @ (JoinKind::Slash | JoinKind::Hyphen), JoinKind::Dot) => {
                join.stray_dot = true;
                bar
            }
            _ => JoinKind::Mixed,
        };
    }
    if join.kind == JoinKind::None && join.space_before {
        join.kind = JoinKind::Blank;
    }
    if separators.iter().filter(|glyph| glyph.ch != ' ').count() > 3 {
        join.kind = JoinKind::Mixed;
    }
    if join.is_gap {
        (join.kind, join.doubled, join.stray_dot) = (JoinKind::Slash, true, false);
    }
    join
}

/// Returns whether a slash and a hyphen, in either order, have nothing or at least two dots between.
fn is_gap(separators: &[Glyph]) -> bool {
    let [first, dots @ .., last] = separators else { return false };
    matches!((first.ch, last.ch), ('/', '-') | ('-', '/'))
        && dots.len() != 1
        && dots.iter().all(|glyph| matches!(glyph.ch, '.' | '_'))
}

fn is_word(ch: char) -> bool {
    ch.is_alphanumeric() || ch == '&'
}

pub(super) fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}')
}

/// Slash or hyphen in any guise: what may have a space beside it.
pub(super) fn is_bar(ch: char) -> bool {
    matches!(meaning(ch), Some(GlyphMeaning::Is('/' | '-' | '\\', _)))
}

#[derive(Clone, Copy)]
pub(super) enum GlyphMeaning {
    /// It stands for this character.
    Is(char, u8),
    /// A combining mark of the letter before.
    Mark,
    /// It is invisible.
    Nothing(u8),
}

impl GlyphMeaning {
    fn with(self, quirk: u8) -> Self {
        match self {
            Self::Is(ch, quirks) => Self::Is(ch, quirks | quirk),
            Self::Nothing(quirks) => Self::Nothing(quirks | quirk),
            Self::Mark => Self::Mark,
        }
    }
}

/// The meaning of a character inside a symbol; `None` where it ends the chain.
pub(super) fn meaning(ch: char) -> Option<GlyphMeaning> {
    Some(match ch {
        'A'..='Z' | 'a'..='z' | '0'..='9' | '/' | '-' | '.' | '_' | '\\' | ':' | '&' | '+' => GlyphMeaning::Is(ch, 0),
        '\u{0}'..='\u{7F}' => return None,
        'Ð' | 'Ɖ' => GlyphMeaning::Is('Đ', quirk::LOOKALIKE_D),
        'ð' | 'ɖ' => GlyphMeaning::Is('đ', quirk::LOOKALIKE_D),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {
            GlyphMeaning::Nothing(quirk::AFTER_INVISIBLE)
        }
        '\u{E50}'..='\u{E59}' => GlyphMeaning::Is(char::from(b'0' + (ch as u32 - 0xE50) as u8), quirk::THAI_DIGIT),
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' if ch.is_alphabetic() => GlyphMeaning::Is(ch, 0),
        '\u{300}'..='\u{36F}' => GlyphMeaning::Mark,
        '／' | '⁄' | '∕' => GlyphMeaning::Is('/', quirk::OTHER_SLASH),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => GlyphMeaning::Is('-', quirk::DASH),
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            GlyphMeaning::Is(char::from((ch as u32 - 0xFEE0) as u8), quirk::LOOKALIKE_SCRIPT)
        }
        _ => GlyphMeaning::Is(latin_twin(ch)?, quirk::LOOKALIKE_SCRIPT),
    })
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn latin_twin(ch: char) -> Option<char> {
    const TWINS: &[(&str, char)] = &[
        ("АΑ", 'A'),
        ("ВΒ", 'B'),
        ("СϹ", 'C'),
        ("ЕΕ", 'E'),
        ("НΗ", 'H'),
        ("ІΙӀ", 'I'),
        ("ЈͿ", 'J'),
        ("КΚ", 'K'),
        ("МΜ", 'M'),
        ("Ν", 'N'),
        ("ОΟ", 'O'),
        ("РΡ", 'P'),
        ("Ԛ", 'Q'),
        ("Ѕ", 'S'),
        ("ТΤ", 'T'),
        ("Ԝ", 'W'),
        ("ХΧ", 'X'),
        ("УΥҮ", 'Y'),
        ("Ζ", 'Z'),
        ("а", 'a'),
        ("с", 'c'),
        ("е", 'e'),
        ("ɡ", 'g'),
        ("і", 'i'),
        ("оο", 'o'),
        ("р", 'p'),
        ("ԛ", 'q'),
        ("ѕ", 's'),
        ("х", 'x'),
        ("у", 'y'),
    ];
    if !('\u{250}'..='\u{52F}').contains(&ch) {
        return None;
    }
    TWINS.iter().find(|(twins, _)| twins.contains(ch)).map(|&(_, latin)| latin)
}

/// The HTML entities met inside symbols. The last ones mean nothing visible.
static ENTITIES: &[(&str, char)] = &[
    ("&amp;", '&'),
    ("&#38;", '&'),
    ("&#x26;", '&'),
    ("&ndash;", '-'),
    ("&#8211;", '-'),
    ("&mdash;", '-'),
    ("&#8212;", '-'),
    ("&#45;", '-'),
    ("&minus;", '-'),
    ("&hyphen;", '-'),
    ("&frasl;", '/'),
    ("&sol;", '/'),
    ("&#47;", '/'),
    ("&#x2F;", '/'),
    ("&Dstrok;", 'Đ'),
    ("&#272;", 'Đ'),
    ("&#x110;", 'Đ'),
    ("&#x0110;", 'Đ'),
    ("&ETH;", 'Đ'),
    ("&#208;", 'Đ'),
    ("&dstrok;", 'đ'),
    ("&#273;", 'đ'),
    ("&#431;", 'Ư'),
    ("&shy;", '\u{AD}'),
    ("&#173;", '\u{AD}'),
    ("&#8203;", '\u{200B}'),
    ("&nbsp;", '\u{200B}'),
    ("&#160;", '\u{200B}'),
];

/// The entity at the start of `text`: what it stands for and its length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    ENTITIES.iter().find(|(name, _)| text.starts_with(name)).map(|&(name, ch)| (ch, name.len()))
}

/// The length in bytes of the entity at the end of `text`.
fn entity_before(text: &str) -> Option<usize> {
    ENTITIES.iter().find(|(name, _)| text.ends_with(name)).map(|(name, _)| name.len())
}
