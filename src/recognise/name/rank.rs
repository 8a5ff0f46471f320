//! The ranks that a title names, in Thai, Vietnamese and English.
//!
//! Deliberately absent: organisations; a rank is what an office is in any of them.

use std::cell::RefCell;
use std::sync::LazyLock;

use compact_str::CompactString;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::text::fold;

/// A rank in government or at the head of a body.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub enum Rank {
    /// Head of a government.
    PrimeMinister,
    /// Deputy head of a government.
    DeputyPrimeMinister,
    /// Head of a ministry.
    Minister,
    /// Deputy head of a ministry, a politician.
    DeputyMinister,
    /// Highest civil servant of a ministry.
    PermanentSecretary,
    /// A civil servant below that.
    DeputyPermanentSecretary,
    /// Head of a state, an assembly, a committee.
    Chair,
    /// Deputy of one of these.
    ViceChair,
    /// Head of a party or of an international organisation.
    SecretaryGeneral,
    /// Deputy of one of these.
    DeputySecretaryGeneral,
    /// Head of a department, an institute, a company.
    Director,
    /// Deputy of one of these.
    DeputyDirector,
    /// Head of a province or a central bank.
    Governor,
    /// Deputy of one of these.
    DeputyGovernor,
    /// Head of an embassy.
    Ambassador,
    /// The speaker of an organisation.
    Spokesperson,
}

impl Rank {
    /// In English.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PrimeMinister => "prime minister",
            Self::DeputyPrimeMinister => "deputy prime minister",
            Self::Minister => "minister",
            Self::DeputyMinister => "deputy minister",
            Self::PermanentSecretary => "permanent secretary",
            Self::DeputyPermanentSecretary => "deputy permanent secretary",
            Self::Chair => "chair",
            Self::ViceChair => "vice chair",
            Self::SecretaryGeneral => "secretary-general",
            Self::DeputySecretaryGeneral => "deputy secretary-general",
            Self::Director => "director",
            Self::DeputyDirector => "deputy director",
            Self::Governor => "governor",
            Self::DeputyGovernor => "deputy governor",
            Self::Ambassador => "ambassador",
            Self::Spokesperson => "spokesperson",
        }
    }

    /// Returns true if somebody holds only one of the two in one ministry or body.
    pub fn excludes(self, other: Self) -> bool {
        let ladder = |rank| match rank {
            Self::PrimeMinister | Self::DeputyPrimeMinister => 0,
            Self::Minister | Self::DeputyMinister | Self::PermanentSecretary | Self::DeputyPermanentSecretary => 1,
            Self::Chair | Self::ViceChair => 2,
            Self::SecretaryGeneral | Self::DeputySecretaryGeneral => 3,
            Self::Director | Self::DeputyDirector => 4,
            Self::Governor | Self::DeputyGovernor => 5,
            Self::Ambassador => 6,
            Self::Spokesperson => 7,
        };
        self != other && ladder(self) == ladder(other)
    }
}

// The words that name a rank, `RANK_WORDS`, as `data/name/rank_words.txt` has them.
include!(concat!(env!("OUT_DIR"), "/name_ranks.rs"));

/// [`RANK_WORDS`] folded, with their places in the table; none only if the table held a word twice.
static FOLDED: LazyLock<Option<CharwiseDoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| {
    let words = RANK_WORDS.iter().zip(0..).map(|((word, _), at)| (fold::fold(word), at));
    CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build_with_values(words).ok()
});

/// Ranks of titles; a compound one names several.
pub type Ranks = SmallVec<[Rank; 2]>;

thread_local! {
    /// The ranks of titles seen before: a corpus has few titles, each very often.
    static KNOWN: RefCell<FxHashMap<CompactString, Ranks>> = RefCell::default();
}

/// Titles that are remembered, and bytes of one. Where there are more it begins anew.
const MOST_KNOWN: usize = 4096;
const LONGEST_KNOWN: usize = 512;

/// The ranks a title names, each once, in order.
pub fn ranks(title: &str) -> Ranks {
    if title.len() > LONGEST_KNOWN {
        return read(title);
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(ranks) = known.get(title) {
            return ranks.clone();
        }
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        let ranks = read(title);
        known.insert(title.into(), ranks.clone());
        ranks
    })
}

fn read(title: &str) -> Ranks {
    let mut ranks = SmallVec::new();
    let Some(words) = &*FOLDED else { return ranks };
    let folded = fold::fold(title);
    // The field may stand between: `Deputy Finance Minister`.
    if ["deputy ", "vice "].iter().any(|word| folded.starts_with(word))
        && folded.ends_with(" minister")
        && !folded.ends_with(" prime minister")
    {
        ranks.push(Rank::DeputyMinister);
        return ranks;
    }
    for hit in words.leftmost_find_iter(&folded) {
        let (_, rank) = RANK_WORDS[hit.value() as usize];
        if !ranks.contains(&rank) {
            ranks.push(rank);
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_data_file() {
        let file = include_str!("../data/name/rank_words.txt");
        let of_section = |name: &str| -> Vec<&str> {
            let lines = file.lines().skip_while(|line| *line != format!("[{name}]")).skip(1);
            lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty()).collect()
        };
        let deputies = RANK_WORDS.iter().filter(|(_, rank)| *rank == Rank::DeputyMinister).map(|(word, _)| *word);
        assert_eq!(deputies.collect::<Vec<_>>(), of_section("deputy minister"));
    }

    #[test]
    fn no_word_of_rank_stands_twice() {
        assert!(FOLDED.is_some());
    }

    #[test]
    fn titles_name_ranks() {
        for (title, wanted) in [
            ("รองรัฐมนตรีว่าการกระทรวงการคลัง", &[Rank::DeputyMinister][..]),
            ("รัฐมนตรี ช่วยว่าการกระทรวงการคลัง", &[Rank::DeputyMinister]),
            ("รองปลัดกระทรวงและรองประธานสภา", &[Rank::DeputyPermanentSecretary, Rank::ViceChair]),
            ("รองนายกรัฐมนตรีและรัฐมนตรีต่างประเทศ", &[Rank::DeputyPrimeMinister, Rank::Minister]),
            ("THỨ TRƯỞNG Bộ Tài chính", &[Rank::DeputyMinister]),
            ("Deputy Minister of Finance", &[Rank::DeputyMinister]),
            ("หัวหน้ากระทรวงการคลัง", &[]),
        ] {
            assert_eq!(ranks(title)[..], *wanted, "{title}");
        }
    }
}
