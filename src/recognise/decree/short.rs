//! References in short: the word for a type with a number, as `Nghị định 181`, `Thông tư 14/2025`, `Decree 181`.
//!
//! Such words name a document only where another place tells the rest of its symbol: which one that is, the document as
//! a whole decides (`corpus::short_references`). Deliberately absent: words that name no type in particular (`văn bản`)
//! or serve as common words.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::fact::DecreeFact;
use super::near;
use super::symbol::DecreeSymbol;
use super::table::DecreeTable;
use crate::recognise::date::DateFact;
use crate::recognise::profile::DocumentProfile;
use crate::text::Span;
use crate::text::byte_map::{ByteClass, ByteMap};

/// Digits of a number, at most: the longest in use.
const DIGITS: usize = 5;
/// Bytes between a number and a date that says the year of the document: `181 năm 2025`, `181 ngày 1/7/2025`.
const TO_DATE: u32 = 12;

/// A reference in short.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShortReference {
    /// The number with its year, in bytes of the segment.
    pub core: Span,
    /// With the words before it.
    pub extent: Span,
    /// The number.
    pub number: CompactString,
    /// The year that is written with it.
    pub year: Option<i16>,
    /// Letters of the types that the word before it may name.
    pub types: SmallVec<[CompactString; 2]>,
}

impl ShortReference {
    /// The number as the numbers of all references are compared.
    pub fn key(&self) -> &str {
        key(&self.number)
    }

    /// Returns whether a full reference may be meant; `types` are those that the word before the full one names.
    pub fn is_of(&self, full: &DecreeSymbol, types: &[CompactString]) -> bool {
        self.key() == key(&full.number)
            && (self.year.is_none() || full.year.is_none() || self.year == full.year)
            && match &full.kind {
                Some(kind) => self.types.contains(kind),
                None => types.iter().any(|kind| self.types.contains(kind)),
            }
    }
}

/// A number without its leading zeros.
pub fn key(number: &str) -> &str {
    number.trim_start_matches('0')
}

/// Finds the references in short of a segment, of which `map` is the map; what stands in one of `decrees` or `dates` is
/// none.
pub fn find_short(
    text: &str,
    map: &ByteMap,
    decrees: &[DecreeFact],
    dates: &[DateFact],
    table: &DecreeTable,
) -> Vec<ShortReference> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = map.next(ByteClass::Digit, at) {
        let digits = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + digits;
        if digits > DIGITS || !is_apart(text, start) || !near::may_be_led(text, start, table) {
            continue;
        }
        let (end, year) = with_year(bytes, at);
        let core = Span::of(start, end);
        let is_taken = decrees.iter().any(|decree| decree.extent.overlaps(core))
            || dates.iter().any(|date| date.core.overlaps(core));
        if is_taken || goes_on(&text[end..]) {
            continue;
        }
        let lead = near::lead(text, start, table);
        let Some(word) = lead.type_word.filter(|_| !lead.weak && !lead.other_thing) else { continue };
        if word.types.is_empty() || word.types.iter().any(|kind| kind == "LETTER") {
            continue;
        }
        found.push(ShortReference {
            core,
            extent: Span::new(lead.start.min(start) as u32, core.end),
            number: text[start..start + digits].into(),
            year: year.or_else(|| year_behind(core, dates)),
            types: word.types,
        });
        at = end;
    }
    found
}

/// Returns whether no word stands against the number at `start`.
fn is_apart(text: &str, start: usize) -> bool {
    !text[..start].ends_with(|ch: char| ch.is_ascii_alphanumeric())
}

/// The end of the year behind a number that ends at `at`, and the year: `/2025`.
fn with_year(bytes: &[u8], at: usize) -> (usize, Option<i16>) {
    let Some(rest) = bytes[at..].strip_prefix(b"/") else { return (at, None) };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let year = rest[..digits].iter().fold(0_i32, |year, digit| year.saturating_mul(10) + i32::from(digit - b'0'));
    match i16::try_from(year) {
        Ok(year) if digits == 4 && (1945..2100).contains(&year) => (at + 1 + digits, Some(year)),
        _ => (at, None),
    }
}

/// Returns whether what follows a number belongs to it: it is the number of something else, or the beginning of more.
fn goes_on(behind: &str) -> bool {
    let mut letters = behind.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some('/' | '-' | '–' | '%' | '\\' | '_' | '+') => true,
        Some('.' | ',' | ':') => second.is_some_and(|ch| ch.is_ascii_digit()),
        Some(letter) => letter.is_ascii_alphanumeric(),
        None => false,
    }
}

/// The year of the date directly behind a number.
fn year_behind(core: Span, dates: &[DateFact]) -> Option<i16> {
    let next = dates.iter().find(|date| date.core.start >= core.end)?;
    let is_near = next.extent.start <= core.end + TO_DATE;
    let value = next.reading(&DocumentProfile::default()).value.filter(|_| is_near)?;
    Some(value.first_day()?.year())
}

#[cfg(test)]
mod tests {
    use super::super::find::find;
    use super::*;
    use crate::recognise::date;

    fn short(text: &str) -> Vec<String> {
        let table = DecreeTable::builtin(2026);
        let decrees = find(text, &table);
        let cores: Vec<Span> = decrees.iter().map(|decree| decree.core).collect();
        let found = find_short(text, &ByteMap::of(text), &decrees, &date::find(text, &cores), &table);
        let show = |short: &ShortReference| match short.year {
            Some(year) => format!("{} ({year})", short.core.slice(text)),
            None => short.core.slice(text).to_owned(),
        };
        found.iter().map(show).collect()
    }

    #[test]
    fn a_type_and_a_number_are_a_reference_in_short() {
        for (text, wanted) in [
            ("Theo Nghị định 181, mức thuế là 5%.", &["181"][..]),
            ("theo nghị định số 181 và Thông tư 14/2025.", &["181", "14/2025 (2025)"]),
            ("Nghị định 181 năm 2025 nêu", &["181 (2025)"]),
            ("Nghị quyết 18 ngày 25/10/2017 nêu", &["18 (2017)"]),
            ("Decree 181 says, Decree No. 181 too", &["181", "181"]),
            ("ตามกฤษฎีกา 181 และกฤษฎีกาที่ 181 กำหนด", &["181", "181"]),
            // A full reference, a part of something else, a count, a date, another thing.
            ("Nghị định 181/2025/NĐ-CP và 181", &[]),
            ("Nghị định 181/NĐ quy định", &[]),
            ("Quyết định 3.5 tỷ; Nghị định 12%; Nghị định 123456", &[]),
            ("Điều 181, khoản 2, ngày 18, văn bản 181", &[]),
        ] {
            assert_eq!(short(text), wanted, "{text}");
        }
    }
}
