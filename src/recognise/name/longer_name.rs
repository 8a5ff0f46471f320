//! Registered names that are a part of something else: of a longer name, of a street, a school, a prize.
//!
//! `Trần Lâm` in `bà Trần Lâm Anh` is another person, and in `đường Trần Lâm` nobody. Asked of every spelling of a
//! person that stands in a text. Deliberately absent: names found by sound, which are weighed against the words around
//! them ([`phonetic`](super::phonetic)); only the things that bear a name are asked of both.

use super::phonetic::{self, boundary, word_frequency};
use super::word_lists::{
    FAMILIES, LATIN, LATIN_BEARERS, LATIN_BEARERS_WITHOUT_OFFICE, LATIN_BEHIND, LATIN_COMPOUNDS, LATIN_OFFICES,
    NAME_SYLLABLES, NAMESAKE_CITIES, RARE_FAMILIES, THAI_AFTER, THAI_BEARERS,
};
use crate::text::cluster::Script;
use crate::text::{Span, fold};

/// Returns true if the person's name at `span` is a part of a longer name, or the name of a thing.
pub(super) fn is_part_of_other(text: &str, span: Span) -> bool {
    let (before, name, after) = around(text, span);
    if names_thing(text, span) {
        return true;
    }
    match script_of(name) {
        Script::Latin => is_vietnamese(name) && (goes_on_behind(name, after) || began_before(name, before)),
        Script::Thai => goes_on_behind_thai(after),
        _ => false,
    }
}

/// Returns true if the person's name at `span` would be a part of something else with a space at byte `at`, an end of
/// it.
pub(super) fn is_part_of_other_set_apart(text: &str, span: Span, at: usize) -> bool {
    let (before, name, after) = around(text, span);
    // Not the whole text: a line may hold very many names, and nothing asks further than this.
    let (before, after) = (tail(before, AROUND), head(after, AROUND));
    let (space_before, space_after) = if at == span.start as usize { (" ", "") } else { ("", " ") };
    let start = before.len() + space_before.len();
    let set_apart = [before, space_before, name, space_after, after].concat();
    is_part_of_other(&set_apart, Span::of(start, start + name.len()))
}

/// Returns true if a street, a school or another thing is named so: `đường Võ Văn Kiệt`, `ถนนหวอวันเกียต`.
pub(super) fn names_thing(text: &str, span: Span) -> bool {
    let (before, name, after) = around(text, span);
    let bare = before.trim_end();
    if THAI_BEARERS.iter().any(|word| bare.ends_with(word)) {
        return true;
    }
    if script_of(name) != Script::Latin {
        return false;
    }
    // No phrase of the lists is longer.
    let lower = tail(bare, 48).to_lowercase();
    let ends_in = |words: &[&str]| words.iter().any(|word| ends_with_word(&lower, word));
    let is_city = || {
        let is_namesake = NAMESAKE_CITIES.contains(&&*fold::fold(name));
        is_namesake && (ends_in(&["thành phố", "thanh pho", "tp.", "tp"]) || begins_with_word(after, "city"))
    };
    if is_city() || LATIN_BEHIND.iter().any(|word| begins_with_word(after, word)) {
        return true;
    }
    if before.len() == bare.len() || ends_in(LATIN_COMPOUNDS) {
        return false;
    }
    ends_in(LATIN_BEARERS) || ends_in(LATIN_BEARERS_WITHOUT_OFFICE) && !has_office(bare)
}

/// Returns true if an office stands a few words before: the thing is what it is of, and a person follows.
pub(super) fn has_office(before: &str) -> bool {
    let clause = tail(before, 120).rsplit(['.', ',', ';', ':']).next().unwrap_or_default().to_lowercase();
    LATIN_OFFICES.iter().any(|office| clause.match_indices(office).any(|(at, _)| is_word(&clause, at, office.len())))
}

/// Returns true if the Vietnamese name goes on: `Trần Lâm` in `Trần Lâm Anh`.
fn goes_on_behind(name: &str, after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let mut words = rest.split(' ');
    let (next, whole) = word_at(words.next().unwrap_or_default());
    if !is_name_word(next) || !is_name_syllable(next, fold::is_unmarked(name)) {
        return false;
    }
    let second = words.next().filter(|_| whole).map_or("", |word| word_at(word).0);
    // `Chính ủy`, `Lâm Đồng`: a title or place that begins with a syllable of names.
    let lower = format!("{} {}", next.to_lowercase(), second.to_lowercase());
    if !second.is_empty()
        && LATIN
            .iter()
            .any(|(cue, _)| cue.strip_prefix(&*lower).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    {
        return false;
    }
    // The name of the next person begins there: with a family name and a given one. Names of two syllables are rare, so
    // that behind one a third and fourth are rather its own, unless a whole name of three follows.
    let third = words.next().map_or("", |word| word_at(word).0);
    let is_next =
        is_family(next) && is_name_word(second) && (name.split_whitespace().count() > 2 || is_name_word(third));
    !is_next
}

/// Returns true if the Vietnamese name began before: `Trần Văn Lâm` in `Nguyễn Trần Văn Lâm`.
fn began_before(name: &str, before: &str) -> bool {
    let Some(bare) = before.strip_suffix(' ') else { return false };
    let last = last_word(bare);
    if !is_name_word(last) || !is_family(last) || fold::fold(name).starts_with(&fold::fold(last)) {
        return false;
    }
    // In a run of capitalised words it is more likely the end of a place: `tỉnh Bình Dương Trần Văn Lâm`.
    let earlier = &bare[..bare.len() - last.len()];
    let Some(earlier) = earlier.strip_suffix(' ') else { return earlier.is_empty() || opens(earlier) };
    let previous = last_word(earlier);
    !previous.starts_with(char::is_uppercase)
        || opens(&earlier[..earlier.len() - previous.len()])
        || LATIN.iter().any(|(cue, _)| ends_with_word(&tail(earlier, 24).to_lowercase(), cue))
}

/// Bytes around a name that decide whether it is a part of something else, at most.
const AROUND: usize = 160;
/// Letters of a Thai word that joined to a name makes another of it, at most: `น้ำใจ`, `น้ำใจดี`.
const SUFFIX: usize = 4;
/// Letters of the end of a Thai name, at most.
const ENDING: usize = 12;

/// Returns true if a Thai name goes on: nothing that follows names stands behind it, and the word ends soon.
fn goes_on_behind_thai(after: &str) -> bool {
    let run = word_frequency::run_behind(after);
    let (rest, behind) = after.split_at(run);
    let letters = rest.chars().count();
    // Where the run is cut off or long, a sentence goes on.
    if rest.is_empty() || letters > ENDING || Script::of(behind.chars().next().unwrap_or(' ')) == Script::Thai {
        return false;
    }
    if boundary::after(rest) == boundary::Boundary::Word || THAI_AFTER.iter().any(|word| rest.starts_with(word)) {
        return false;
    }
    letters <= SUFFIX || !word_frequency::begins(rest)
}

/// Returns true if a word of address, of office or of a place ends directly before.
pub(super) fn calls_for_name(before: &str) -> bool {
    let Some(bare) = before.strip_suffix(' ') else { return false };
    let lower = tail(bare, 32).to_lowercase();
    LATIN.iter().any(|(cue, _)| {
        let rest = lower.strip_suffix(cue);
        rest.is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// The script of the first letter.
pub(super) fn script_of(name: &str) -> Script {
    name.chars().next().map_or(Script::None, Script::of)
}

fn around(text: &str, span: Span) -> (&str, &str, &str) {
    (&text[..span.start as usize], span.slice(text), &text[span.end as usize..])
}

/// The end of `text`, at most `bytes` long.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The beginning of `text`, at most `bytes` long.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The letters that a word begins with, and whether that is all of it.
fn word_at(word: &str) -> (&str, bool) {
    let part = |ch: char| ch.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&ch);
    let end = word.find(|ch: char| !part(ch)).unwrap_or(word.len());
    (&word[..end], end == word.len())
}

fn last_word(text: &str) -> &str {
    let word = text.rsplit(' ').next().unwrap_or_default();
    word.rsplit(|ch: char| !ch.is_alphabetic() && !('\u{300}'..='\u{36f}').contains(&ch)).next().unwrap_or_default()
}

/// Returns true if a sentence or a line opens behind this text.
fn opens(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|last| matches!(last, '.' | '!' | '?' | '"' | '“' | ':' | '|'))
}

fn ends_with_word(lower: &str, word: &str) -> bool {
    lower.strip_suffix(word).is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Returns true if a text goes on with a space and a word, whatever its case.
fn begins_with_word(text: &str, word: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let head = text.get(..word.len()).is_some_and(|head| head.to_lowercase() == word);
    head && !text[word.len()..].chars().next().is_some_and(char::is_alphanumeric)
}

fn is_word(text: &str, at: usize, len: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
        && !text[at + len..].chars().next().is_some_and(char::is_alphanumeric)
}

pub(super) fn is_name_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some()
}

/// Returns true if each word is a Vietnamese syllable, and there are not more than names have.
pub(super) fn is_vietnamese(name: &str) -> bool {
    /// Names have two to five syllables; those of princesses and nuns seven. Spellings that are nested in each other to
    /// any depth must not be weighed at every place of a text.
    const MOST_SYLLABLES: usize = 8;
    let mut words = name.split_whitespace();
    words.by_ref().take(MOST_SYLLABLES).all(phonetic::is_syllable) && words.next().is_none()
}

/// Returns true if a word is a Vietnamese family name; in text without marks, one without its marks.
pub(super) fn is_family(word: &str) -> bool {
    FAMILIES.iter().any(|family| is_same(word, family))
}

/// Returns true if a word is a Vietnamese family name that is also a common word.
pub(super) fn is_rare_family(word: &str) -> bool {
    RARE_FAMILIES.iter().any(|family| is_same(word, family))
}

/// Returns true if Vietnamese names have this syllable.
pub(super) fn is_name_syllable(word: &str, unmarked: bool) -> bool {
    let lists = [FAMILIES, RARE_FAMILIES, NAME_SYLLABLES];
    lists
        .into_iter()
        .flatten()
        .any(|known| if unmarked { is_same(word, known) } else { fold::tight(word) == fold::tight(known) })
}

fn is_same(word: &str, known: &str) -> bool {
    fold::fold(word) == fold::fold(known) && fold::same_word(word, known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks of the part between `«` and `»`.
    fn is_other(marked: &str) -> bool {
        let (before, rest) = marked.split_once('«').expect("a mark");
        let (name, after) = rest.split_once('»').expect("a mark");
        let text = [before, name, after].concat();
        is_part_of_other(&text, Span::of(before.len(), before.len() + name.len()))
    }

    /// The rows of a table that are judged otherwise.
    fn wrong<'t>(table: &[(&'t str, bool)]) -> Vec<&'t str> {
        table.iter().filter(|(text, wanted)| is_other(text) != *wanted).map(|(text, _)| *text).collect()
    }

    #[test]
    fn a_longer_name_is_another_person() {
        let table = [
            ("bà «Trần Lâm» Anh đến dự", true),
            ("gặp Nguyễn «Trần Văn Lâm» ở Huế", true),
            ("Ông Nguyễn «Trần Văn Lâm» nói", true),
            ("ba «Tran Lam» Anh", true),
            ("«Trần Văn Lâm» nói", false),
            ("«Trần Văn Lâm» Bộ trưởng Bộ Tài chính", false),
            ("«Trần Văn Lâm» Nguyễn Thị Hoa", false),
            ("«Trần Văn Lâm», Anh", false),
            ("Chủ tịch tỉnh Bình Dương «Trần Văn Lâm» nói", false),
            ("Bộ trưởng Công Thương «Trần Văn Lâm» nói", false),
            ("John «Miller Smith» said", false),
            ("«An An An» An", true),
            ("«An An An An An An An An An» An", false),
            ("«สมชาย น้ำใจ»ดี กล่าว", true),
            ("«สมชาย น้ำใจ»กล่าวว่า", false),
            ("«สมชาย น้ำใจ» กล่าว", false),
            ("«สมชาย น้ำใจ»ดำรงตำแหน่งประธานบริษัทแห่งนี้มานาน", false),
        ];
        assert_eq!(wrong(&table), [""; 0]);
    }

    #[test]
    fn a_glued_name_set_apart_may_be_a_longer_one() {
        let is_other = |text: &str, name: &str, is_behind: bool| {
            let start = text.find(name).unwrap();
            let span = Span::of(start, start + name.len());
            is_part_of_other_set_apart(text, span, if is_behind { span.end } else { span.start } as usize)
        };
        assert!(is_other("gặp ông Trần Văn LâmTrang ở Huế", "Trần Văn Lâm", true));
        assert!(is_other("gặp NguyễnTrần Văn Lâm ở Huế", "Trần Văn Lâm", false));
        assert!(!is_other("gặp ông Trần Văn LâmBộ trưởng", "Trần Văn Lâm", true));
        assert!(!is_other("Thứ trưởng BpTrần Văn Lâm", "Trần Văn Lâm", false));
        let long = "và ".repeat(100) + "BpTrần Văn Lâm" + &" và".repeat(100);
        assert!(!is_other(&long, "Trần Văn Lâm", false));
    }

    #[test]
    fn streets_schools_and_prizes_are_nobody() {
        let table = [
            ("trên đường «Võ Văn Kiệt» chiều nay", true),
            ("Trường THPT «Lê Hồng Phong» khai giảng", true),
            ("thông xe cầu «Võ Văn Kiệt»", true),
            ("hầm «Võ Văn Kiệt» đóng cửa ban đêm", true),
            ("Tòa án yêu cầu «Trần Văn Lâm» trả nợ", false),
            ("vận động viên đá cầu «Trần Văn Lâm»", false),
            ("học sinh trường «Lê Hồng Phong»", true),
            ("Hiệu trưởng trường «Lê Hồng Phong» cho biết", false),
            ("Bộ trưởng Bộ Tài nguyên và Môi trường «Trần Văn Lâm»", false),
            ("Chủ tịch thành phố «Trần Văn Lâm» nói", false),
            ("thành phố «Hồ Chí Minh»", true),
            ("Chủ tịch «Hồ Chí Minh»", false),
            ("giám đốc bệnh viện «Trần Văn Lâm» cho biết", false),
            ("quận «Phương Liên»", true),
            ("người dân xã «Lê Hồng Phong» góp đất", true),
            ("Bí thư Huyện ủy huyện «Trần Văn Lâm» nói", false),
            ("Công an xã «Trần Văn Lâm» kể lại", false),
            ("Chủ nhiệm hợp tác xã «Trần Văn Lâm»", false),
            ("Đoàn TNCS «Hồ Chí Minh»", true),
            ("Thư viện «Lê Hồng Phong» mở cửa", true),
            ("along «Vo Van Kiet» Boulevard", true),
            ("the «Ho Chi Minh» Mausoleum", true),
            ("«Vo Van Kiet» said", false),
            ("บนถนน«หวอวันเกียต»", true),
            ("ที่สี่แยก«หวอวันเกียต»", true),
            ("นาย«หวอวันเกียต»", false),
        ];
        assert_eq!(wrong(&table), [""; 0]);
    }
}
