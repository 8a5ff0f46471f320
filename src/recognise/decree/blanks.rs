//! Blanks inside a chain: a separator left out, a space inside a part, or the end of the symbol.

use compact_str::format_compact;

use super::fault::DecreeFault;
use super::letters::{chamber, is_same_case};
use super::lex::JoinKind;
use super::parse::{ChainPart, SymbolDraft};

/// The role of a blank inside a chain.
enum BlankRole {
    /// A separator left out.
    Is(JoinKind),
    /// A space inside one part.
    Inside,
    /// The end of the symbol.
    End,
}

impl SymbolDraft<'_> {
    /// Decides which blanks stand in the place of a separator; the first one that does not ends the symbol.
    pub(super) fn heal_blanks(&mut self) {
        let mut at = 1;
        while at < self.parts.len() {
            if self.parts[at].join.kind != JoinKind::Blank {
                at += 1;
                continue;
            }
            match self.blank(at) {
                BlankRole::Is(kind) => self.parts[at].join.kind = kind,
                BlankRole::Inside => {
                    let rest = self.parts.remove(at);
                    let part = &mut self.parts[at - 1];
                    part.text.push_str(&rest.text);
                    part.to = rest.to;
                    self.spaces_are_around_slashes = false;
                    self.fault(DecreeFault::InnerSpace { is_style: false });
                }
                BlankRole::End => self.parts.truncate(at),
            }
        }
    }

    /// The role of the blank before part `at`.
    fn blank(&self, at: usize) -> BlankRole {
        let (before, here) = (&self.parts[at - 1], &self.parts[at]);
        let next = self.parts.get(at + 1);
        let next_kind = next.map(|next| next.join.kind);
        let is_kind = |part: &ChainPart| {
            self.table.kind(&part.text).is_some_and(|(letters, _)| is_same_case(letters, &part.text))
        };
        let is_agency = |part: &ChainPart| {
            self.table.agency(&part.text).is_some_and(|(letters, _)| is_same_case(letters, &part.text))
        };
        let is_digits = |part: &ChainPart| part.text.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        let before_letters =
            |part: &ChainPart| is_kind(part) || chamber(&part.text).is_some_and(|found| found.number.is_some());
        let joined = || format_compact!("{}{}", before.text, here.text);
        if !self.lead.announces() {
            return BlankRole::End;
        }
        if is_digits(before) {
            return match next {
                // `752 QĐ-TTg`, `57 KL/TW`
                Some(next) if is_kind(here) && next.join.is_bar() && is_agency(next) => {
                    BlankRole::Is(if next_kind == Some(JoinKind::Slash) { JoinKind::Hyphen } else { JoinKind::Slash })
                }
                // `30 2020/NĐ-CP`
                Some(next) if is_year(&here.text) && next_kind == Some(JoinKind::Slash) && before_letters(next) => {
                    BlankRole::Is(JoinKind::Slash)
                }
                // `30/20 20/NĐ-CP`
                Some(next) if at >= 2 && is_digits(here) && is_year(&joined()) && before_letters(next) => {
                    BlankRole::Inside
                }
                // `80/2015 QH13`
                _ if is_year(&before.text) && chamber(&here.text).is_some_and(|found| found.number.is_some()) => {
                    BlankRole::Is(JoinKind::Slash)
                }
                _ => BlankRole::End,
            };
        }
        let bar_before = at >= 2 && before.join.is_bar();
        if bar_before && is_kind(before) && is_agency(here) {
            // `QĐ TTg`, `KL TW`
            return BlankRole::Is(if before.join.kind == JoinKind::Slash { JoinKind::Hyphen } else { JoinKind::Slash });
        }
        if bar_before && matches!(&*before.text, "QH" | "UBTVQH") && is_digits(here) && here.text.len() <= 2 {
            return BlankRole::Inside;
        }
        let is_one_agency = || self.table.agency(&joined()).is_some() && self.table.agency(&before.text).is_none();
        if bar_before && is_one_agency() { BlankRole::Inside } else { BlankRole::End }
    }
}
