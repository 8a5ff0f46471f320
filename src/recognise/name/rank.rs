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
    /// Who speaks for an organisation.
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

    /// Whether somebody holds only one of the two in one ministry or body.
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

/// Words of rank. Thai `ปลัด` is the highest civil servant of a ministry; Vietnam and Laos have none, and machine
/// translation gives the word for a deputy minister.
const WORDS: &[(&str, Rank)] = &[
    ("รองนายกรัฐมนตรี", Rank::DeputyPrimeMinister),
    ("รองนายกฯ", Rank::DeputyPrimeMinister),
    ("นายกรัฐมนตรี", Rank::PrimeMinister),
    ("นายกฯ", Rank::PrimeMinister),
    ("รองรัฐมนตรี", Rank::DeputyMinister),
    ("รัฐมนตรีช่วย", Rank::DeputyMinister),
    ("รมช.", Rank::DeputyMinister),
    ("รัฐมนตรี", Rank::Minister),
    ("รมว.", Rank::Minister),
    ("รองปลัด", Rank::DeputyPermanentSecretary),
    ("ปลัดกระทรวง", Rank::PermanentSecretary),
    ("รองประธาน", Rank::ViceChair),
    ("ประธาน", Rank::Chair),
    ("รองเลขาธิการ", Rank::DeputySecretaryGeneral),
    ("เลขาธิการ", Rank::SecretaryGeneral),
    ("รองผู้ว่าการ", Rank::DeputyGovernor),
    ("รองผู้ว่าราชการ", Rank::DeputyGovernor),
    ("ผู้ว่าการ", Rank::Governor),
    ("ผู้ว่าราชการ", Rank::Governor),
    ("รองผู้อำนวยการ", Rank::DeputyDirector),
    ("ผู้อำนวยการ", Rank::Director),
    ("รองอธิบดี", Rank::DeputyDirector),
    ("อธิบดี", Rank::Director),
    ("เอกอัครราชทูต", Rank::Ambassador),
    ("โฆษก", Rank::Spokesperson),
    ("Phó Thủ tướng", Rank::DeputyPrimeMinister),
    ("Thủ tướng", Rank::PrimeMinister),
    ("Thứ trưởng", Rank::DeputyMinister),
    ("Bộ trưởng", Rank::Minister),
    ("Phó Chủ tịch", Rank::ViceChair),
    ("Phó Chủ nhiệm", Rank::ViceChair),
    ("Chủ tịch", Rank::Chair),
    ("Chủ nhiệm", Rank::Chair),
    ("Phó Tổng Bí thư", Rank::DeputySecretaryGeneral),
    ("Tổng Bí thư", Rank::SecretaryGeneral),
    ("Phó Tổng Thư ký", Rank::DeputySecretaryGeneral),
    ("Tổng Thư ký", Rank::SecretaryGeneral),
    ("Phó Cục trưởng", Rank::DeputyDirector),
    ("Cục trưởng", Rank::Director),
    ("Phó Vụ trưởng", Rank::DeputyDirector),
    ("Vụ trưởng", Rank::Director),
    ("Phó Giám đốc", Rank::DeputyDirector),
    ("Phó Tổng Giám đốc", Rank::DeputyDirector),
    ("Giám đốc", Rank::Director),
    ("Phó Thống đốc", Rank::DeputyGovernor),
    ("Thống đốc", Rank::Governor),
    ("Đại sứ", Rank::Ambassador),
    ("phát ngôn", Rank::Spokesperson),
    ("deputy prime minister", Rank::DeputyPrimeMinister),
    ("vice prime minister", Rank::DeputyPrimeMinister),
    ("prime minister", Rank::PrimeMinister),
    ("deputy permanent secretary", Rank::DeputyPermanentSecretary),
    ("permanent secretary", Rank::PermanentSecretary),
    ("deputy minister", Rank::DeputyMinister),
    ("deputy foreign minister", Rank::DeputyMinister),
    ("vice minister", Rank::DeputyMinister),
    ("minister", Rank::Minister),
    ("vice president", Rank::ViceChair),
    ("vice chair", Rank::ViceChair),
    ("deputy chair", Rank::ViceChair),
    ("president", Rank::Chair),
    ("chair", Rank::Chair),
    ("premier", Rank::PrimeMinister),
    ("deputy secretary-general", Rank::DeputySecretaryGeneral),
    ("secretary-general", Rank::SecretaryGeneral),
    ("deputy secretary general", Rank::DeputySecretaryGeneral),
    ("secretary general", Rank::SecretaryGeneral),
    ("general secretary", Rank::SecretaryGeneral),
    ("deputy director", Rank::DeputyDirector),
    ("director", Rank::Director),
    ("deputy governor", Rank::DeputyGovernor),
    ("governor", Rank::Governor),
    ("ambassador", Rank::Ambassador),
    ("spokesperson", Rank::Spokesperson),
    ("spokesman", Rank::Spokesperson),
    ("spokeswoman", Rank::Spokesperson),
];

/// [`WORDS`] folded, with their places in the table; none only if the table held a word twice.
static FOLDED: LazyLock<Option<CharwiseDoubleArrayAhoCorasick<u32>>> = LazyLock::new(|| {
    let words = WORDS.iter().zip(0..).map(|((word, _), at)| (fold::fold(word), at));
    CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build_with_values(words).ok()
});

/// Ranks of titles; a compound one names several.
pub type Ranks = SmallVec<[Rank; 2]>;

thread_local! {
    /// What titles were found to name: a corpus has few titles, each very often.
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
        let (_, rank) = WORDS[hit.value() as usize];
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
