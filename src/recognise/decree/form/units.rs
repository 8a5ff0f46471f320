//! Letters behind the issuer: a unit of it, or the further issuers of a joint document.

use crate::recognise::decree::check;
use crate::recognise::decree::fault::DecreeFault;
use crate::recognise::decree::fold;
use crate::recognise::decree::letters;
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{ChainPart, SymbolDraft, SymbolLetters, WantedSeparator};

impl SymbolDraft<'_> {
    /// Adds the units behind the issuer (or the further issuers) to `letters`; gives the last part.
    pub(super) fn units(&mut self, issuer: usize, letters: &mut SymbolLetters, joint: bool) -> usize {
        let mut last = issuer;
        let mut agency = letters.agency.clone().unwrap_or_default();
        while let Some(part) = self.part(last + 1).cloned() {
            if is_repeated(&part, letters) {
                self.fault(DecreeFault::DuplicatePart { part: Some(part.text.clone()) });
                self.want(last + 1, WantedSeparator::Any);
                last += 1;
                continue;
            }
            let next_issuer = joint && self.table.agency(&part.text).is_some();
            let joined = match part.join.kind {
                JoinKind::Hyphen => true,
                JoinKind::Slash => joint,
                JoinKind::None | JoinKind::Blank | JoinKind::Plus | JoinKind::Pipe | JoinKind::Mixed => false,
                _ => next_issuer,
            };
            if !joined || part.join.stray_dot || part.join.spaced() && !next_issuer || !is_unit(&part.text) {
                break;
            }
            let known = if joint { letters::agency(&part.text, self.table) } else { None };
            let text = if let Some(known) = known {
                self.spell(last + 1, &known);
                known.canonical
            } else if let Some(length) = cut_glued(&part.text) {
                self.cut(last + 1, length);
                self.parts[last + 1].text.clone()
            } else if let Some((canonical, _)) = self.table.agency(&part.text) {
                canonical.into()
            } else if let Some(meant) = check::misspelt_joint_issuer(&part.text, self.table).filter(|_| joint) {
                self.fault(DecreeFault::UnknownAgency { written: part.text.clone(), meant: Some(meant.clone()) });
                meant
            } else {
                part.text.clone()
            };
            if joint {
                letters.issuers.push(text.clone());
            }
            let either = joint && part.join.kind == JoinKind::Slash;
            self.want(last + 1, if either { WantedSeparator::Any } else { WantedSeparator::Hyphen });
            agency.push('-');
            agency.push_str(&text);
            last += 1;
        }
        letters.agency = Some(agency);
        last
    }
}

/// Returns whether `part` is the issuer once more.
pub(super) fn is_repeated(part: &ChainPart, letters: &SymbolLetters) -> bool {
    let issuer = letters.issuers.last().map_or("", |name| name);
    let whole = letters.agency.as_deref().unwrap_or_default();
    let key = fold::key(&part.text);
    part.join.is_bar() && !part.join.spaced() && (key == fold::key(issuer) || key == fold::key(whole))
}

/// Returns whether the word can name a unit or an issuer: capitals, perhaps digits, perhaps a small letter or two.
pub(super) fn is_unit(word: &str) -> bool {
    let length = word.chars().count();
    let small = word.chars().filter(|ch| ch.is_lowercase()).count();
    let capital = word.chars().filter(|ch| ch.is_uppercase()).count();
    let cut = cut_glued(word);
    word.chars().next().is_some_and(char::is_uppercase)
        && length <= 24
        && capital > 0
        && (small * 2 <= length || cut.is_some())
}

/// The start of a word glued behind an issuer in capitals: `CCKLngày`, `CCKLHướng`.
pub(super) fn cut_glued(word: &str) -> Option<usize> {
    let capitals = word.chars().take_while(|ch| ch.is_uppercase() || ch.is_ascii_digit()).count();
    let rest = word.chars().skip(capitals);
    let is_word = capitals >= 2 && rest.clone().count() >= 3 && rest.clone().all(char::is_lowercase);
    // A vowel behind a capital is read with it: words rarely begin with one.
    let vowel = rest.clone().next().is_some_and(fold::is_vowel);
    is_word.then(|| if vowel { capitals - 1 } else { capitals }).filter(|length| *length >= 2)
}
