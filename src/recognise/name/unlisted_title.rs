//! Titles that name an organisation: `Bộ trưởng Bộ Công Thương Nguyễn Hồng Diên`, `รัฐมนตรีว่าการกระทรวงคมนาคม`.
//!
//! Where a name of an organisation ends, only what follows tells. So a title is read between its word of office and the
//! person it is said of, or behind that person up to the comma or space that ends it. What is found is a proposal for a
//! curator: a doubtful title is left out. Deliberately absent: which organisations are registered (`corpus`).

use super::honorific;
use super::phonetic::boundary::{self, Boundary};
use super::word_lists::{
    LATIN_OFFICES, ORGANIZATION_ENGLISH, ORGANIZATION_THAI, ORGANIZATION_VIETNAMESE, THAI_OFFICES, TITLE_CONNECTORS,
};
use crate::text::Span;

/// A title with the organisation that it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnlistedTitle {
    /// The whole title, in bytes of the line.
    pub span: Span,
    /// The organisation in it.
    pub organization: Span,
}

/// The longest title that is looked for, in bytes.
const LONGEST: usize = 200;
/// Words of an organisation's name in Latin letters, at most.
const WORDS: usize = 10;
/// Letters and signs of an organisation's name in Thai letters behind the word for it, at least.
const THAI_LETTERS: usize = 4;

/// The titles beside these people of a line, sorted and apart from each other.
pub fn find(line: &str, people: &[Span]) -> Vec<UnlistedTitle> {
    let mut found: Vec<UnlistedTitle> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        let floor = at.checked_sub(1).map_or(0, |before| people[before].end as usize);
        let ceiling = people.get(at + 1).map_or(line.len(), |next| next.start as usize);
        let beside = before(line, floor, *person).or_else(|| behind(line, *person, ceiling));
        if let Some(title) = beside
            && found.last().is_none_or(|last| last.span.end <= title.span.start)
        {
            found.push(title);
        }
    }
    found
}

/// The title that ends directly before a person, not before `floor`.
fn before(line: &str, floor: usize, person: Span) -> Option<UnlistedTitle> {
    let end = honorific::start_before(line, person.start as usize);
    let end = line.get(floor..end)?.trim_end().len() + floor;
    let mut start = end.saturating_sub(LONGEST).max(floor);
    while !line.is_char_boundary(start) {
        start += 1;
    }
    title_in(line, start, end, true)
}

/// The title that begins directly behind a person, not beyond `ceiling`.
fn behind(line: &str, person: Span, ceiling: usize) -> Option<UnlistedTitle> {
    let from = person.end as usize;
    let rest = line.get(from..ceiling)?;
    if let Some(apposed) = rest.strip_prefix(", ") {
        let start = from + ", ".len();
        // The comma behind it ends it; the ministry of culture has one inside.
        let ends = apposed.match_indices(',').map(|(at, _)| at).take(3).filter(|at| *at <= LONGEST);
        let closed = ends.filter(|at| !apposed[*at..].starts_with(", Thể thao"));
        return closed.into_iter().find_map(|at| title_in(line, start, start + at, false));
    }
    let thai = rest.strip_prefix(' ').unwrap_or(rest);
    let start = line.len() - line[from..].len() + (rest.len() - thai.len());
    let run = thai.char_indices().find(|(_, ch)| !is_thai(*ch)).map_or(thai.len(), |(at, _)| at);
    (run <= LONGEST).then(|| title_in(line, start, start + run, false)).flatten()
}

/// Reads `start..end` of a line as a title; where the line may go on before it, the last word of office begins it.
fn title_in(line: &str, start: usize, end: usize, may_go_on: bool) -> Option<UnlistedTitle> {
    let text = line.get(start..end)?;
    let title = match text.chars().next_back() {
        Some(last) if is_thai(last) => thai(text, may_go_on),
        Some(_) => latin(text, may_go_on),
        None => None,
    };
    let (title, organization) = title?;
    let shift = |at: usize| (start + at) as u32;
    Some(UnlistedTitle {
        span: Span::new(shift(title), end as u32),
        organization: Span::new(shift(organization), end as u32),
    })
}

/// The starts of a title and of its organisation in Latin letters.
fn latin(text: &str, may_go_on: bool) -> Option<(usize, usize)> {
    let lower = text.to_lowercase();
    // Lower case must not move anything.
    if lower.len() != text.len() {
        return None;
    }
    let is_start = |at: usize| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let mut best: Option<(usize, usize)> = None;
    for word in LATIN_OFFICES {
        for (at, _) in lower.match_indices(word).filter(|(at, _)| is_start(*at) && (may_go_on || *at == 0)) {
            let Some(rest) = text[at + word.len()..].strip_prefix(' ') else { continue };
            let behind = at + word.len() + 1;
            let organization = vietnamese_organization(rest).or_else(|| english_organization(rest));
            if let Some(skipped) = organization {
                best = Some(closer(best, (at, behind + skipped)));
            }
        }
    }
    best
}

/// Of two readings of a title, each with the starts of title and organisation, the one whose organisation begins later:
/// what stands before it is another title. Of one organisation the longer title is meant.
fn closer(known: Option<(usize, usize)>, new: (usize, usize)) -> (usize, usize) {
    match known {
        Some(known) if (known.1, std::cmp::Reverse(known.0)) >= (new.1, std::cmp::Reverse(new.0)) => known,
        _ => new,
    }
}

/// Returns how many bytes stand before the organisation, where `text` is one in Vietnamese to its end.
fn vietnamese_organization(text: &str) -> Option<usize> {
    let head = ORGANIZATION_VIETNAMESE.iter().filter(|head| text.starts_with(**head)).max_by_key(|head| head.len())?;
    let name = text[head.len()..].strip_prefix(' ')?;
    let words: Vec<&str> = name.split(' ').collect();
    let is_plain = name.chars().all(|ch| ch.is_alphabetic() || matches!(ch, ' ' | ',' | '-'));
    let begins = name.starts_with(char::is_uppercase);
    let ends = words.last().is_some_and(|last| !TITLE_CONNECTORS.contains(last));
    (is_plain && begins && ends && words.len() <= WORDS && !words.contains(&"")).then_some(0)
}

/// The same in English: `Department of Energy` behind `Director of the`.
fn english_organization(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("of ")?;
    let name = rest.strip_prefix("the ").unwrap_or(rest);
    let head = ORGANIZATION_ENGLISH.iter().find(|head| name.starts_with(**head))?;
    let name_behind = name[head.len()..].strip_prefix(' ')?;
    let words: Vec<&str> = name_behind.split(' ').collect();
    let is_word = |word: &&str| {
        let word = word.trim_end_matches(',');
        word.starts_with(char::is_uppercase) && word.chars().all(|ch| ch.is_alphabetic() || ch == '-')
            || matches!(word, "of" | "and" | "for" | "the" | "&")
    };
    let ends = words.last().is_some_and(|last| last.starts_with(char::is_uppercase));
    (words.len() <= WORDS && ends && words.iter().all(is_word)).then(|| text.len() - name.len())
}

/// The starts of a title and of its organisation in Thai letters.
fn thai(text: &str, may_go_on: bool) -> Option<(usize, usize)> {
    let run = text.rsplit(|ch: char| !is_thai(ch)).next()?;
    let from = text.len() - run.len();
    let mut best: Option<(usize, usize)> = None;
    for word in THAI_OFFICES {
        for (at, _) in run.match_indices(word) {
            let is_start = at == 0 || may_go_on && boundary::before(&run[..at]) >= Boundary::Word;
            let rest = run[at + word.len()..].strip_prefix("ว่าการ").unwrap_or(&run[at + word.len()..]);
            let head = ORGANIZATION_THAI.iter().find(|head| rest.starts_with(**head));
            let Some(head) = head.filter(|_| is_start) else { continue };
            let letters = rest[head.len()..].chars().count();
            let organization = run.len() - rest.len();
            if letters >= THAI_LETTERS {
                best = Some(closer(best, (at, organization)));
            }
        }
    }
    best.map(|(title, organization)| (from + title, from + organization))
}

const fn is_thai(ch: char) -> bool {
    matches!(ch, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_beside_somebody_names_an_organisation() {
        let mut wrong = Vec::new();
        for (marked, wanted) in [
            ("Bộ trưởng Bộ Công Thương «Lê Văn An» nói", Some(("Bộ trưởng Bộ Công Thương", "Bộ Công Thương"))),
            (
                "Theo Thứ trưởng Bộ Tài nguyên và Môi trường «Lê Văn An», mưa nhiều",
                Some(("Thứ trưởng Bộ Tài nguyên và Môi trường", "Bộ Tài nguyên và Môi trường")),
            ),
            ("«Lê Văn An», Giám đốc Sở Y tế Cần Thơ, cho biết", Some(("Giám đốc Sở Y tế Cần Thơ", "Sở Y tế Cần Thơ"))),
            (
                "«John Smith», Director of the Department of Energy, said",
                Some(("Director of the Department of Energy", "Department of Energy")),
            ),
            ("นาย«สมชาย ใจดี» อธิบดีกรมทางหลวง กล่าวว่า", Some(("อธิบดีกรมทางหลวง", "กรมทางหลวง"))),
            ("รัฐมนตรีว่าการกระทรวงคมนาคม นาย«สมชาย ใจดี» กล่าว", Some(("รัฐมนตรีว่าการกระทรวงคมนาคม", "กระทรวงคมนาคม"))),
            // Nobody beside it, no organisation, a clause between.
            ("Bộ trưởng Bộ Công Thương nói với ông «Lê Văn An»", None),
            ("Bộ trưởng «Lê Văn An» nói", None),
            ("Giám đốc Sở Y tế gặp «Lê Văn An»", None),
            ("«Lê Văn An», Giám đốc Sở Y tế Cần Thơ cho biết", None),
            ("รัฐมนตรี นาย«สมชาย ใจดี» กล่าว", None),
        ] {
            let start = marked.find('«').expect("a mark");
            let end = marked.find('»').expect("a mark") - "«".len();
            let line = marked.replace(['«', '»'], "");
            let found = find(&line, &[Span::of(start, end)]);
            let found = found.first().map(|title| (title.span.slice(&line), title.organization.slice(&line)));
            if found != wanted {
                wrong.push(format!("{marked}: {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
