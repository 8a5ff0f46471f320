//! The costs of hearing a Thai syllable as a Vietnamese one, worked out once from [`sounds`](super::sounds).
//!
//! Deliberately absent: what the spellings are, which is data, and how syllables follow one another.

use std::sync::LazyLock;

use smallvec::SmallVec;

use super::sounds::{
    ALL_CODAS, ALL_FINALS, ALL_INITIALS, ALL_NUCLEI, ALL_ONSETS, ALL_VOWELS, Coda, Final, GLIDELESS, Initial, Nucleus,
    OTHER, Onset, Pitch, Rime, Second, Sounds, Tone, Vowel, WHOLE, finals, initials, vowels,
};

/// Returns the distance of a Thai vowel from a nucleus that is not usually written with it.
fn far(nucleus: Nucleus, vowel: Vowel) -> f32 {
    // Height (0 close, 2 open) and backness (0 front, 2 back) tell vowels apart; diphthongs go by their first part.
    const fn of_nucleus(nucleus: Nucleus) -> (i8, i8) {
        match nucleus {
            Nucleus::A | Nucleus::Ă => (2, 1),
            Nucleus::Â | Nucleus::Ơ => (1, 1),
            Nucleus::E => (2, 0),
            Nucleus::Ê => (1, 0),
            Nucleus::I | Nucleus::Iê => (0, 0),
            Nucleus::O => (2, 2),
            Nucleus::Ô => (1, 2),
            Nucleus::U | Nucleus::Uô => (0, 2),
            Nucleus::Ư | Nucleus::Ươ => (0, 1),
        }
    }
    const fn of_vowel(vowel: Vowel) -> (i8, i8) {
        match vowel {
            Vowel::A | Vowel::Short => (2, 1),
            Vowel::Oe => (1, 1),
            Vowel::Ae => (2, 0),
            Vowel::E => (1, 0),
            Vowel::I | Vowel::Ia => (0, 0),
            Vowel::Aw => (2, 2),
            Vowel::O => (1, 2),
            Vowel::U | Vowel::Ua => (0, 2),
            Vowel::Eu | Vowel::Eua => (0, 1),
        }
    }
    let (height, back) = of_nucleus(nucleus);
    let (other_height, other_back) = of_vowel(vowel);
    let steps = height.abs_diff(other_height) + back.abs_diff(other_back);
    (0.6 + 0.15 * f32::from(steps)).min(OTHER + 0.1)
}

fn listed<T: PartialEq + Copy>(list: &[(T, f32)], what: T) -> Option<f32> {
    list.iter().find(|&&(item, _)| item == what).map(|&(_, cost)| cost)
}

struct CostTables {
    /// Vietnamese onset (with the glide of its rime) × Thai initial.
    onset: Vec<f32>,
    /// Vietnamese rime × Thai rime.
    rime: Vec<f32>,
    /// By Thai initial: the onsets it may be heard as.
    onsets_heard: Vec<Vec<OnsetCost>>,
    /// By glide of the Vietnamese rime and Thai rime: the rimes it may be heard as, with their costs.
    rimes_heard: Vec<Vec<(Rime, f32)>>,
}

/// A Vietnamese onset that a Thai initial may be heard as.
#[derive(Clone, Copy, Debug)]
struct OnsetCost {
    onset: Onset,
    /// True if the rime has a glide.
    glided: bool,
    /// True if Thai has heard the glide.
    glide: bool,
    cost: f32,
}

/// The most an onset, a rime, and both together may cost to be searched for in running text.
const ONSET_LIMIT: f32 = 0.5;
const RIME_LIMIT: f32 = 0.6;
pub(super) const SYLLABLE_LIMIT: f32 = 0.75;

/// The Thai initials, vowels and finals that a syllable may be heard in, a bit each, as [`Sounds::mask`] has them.
/// A syllable that lacks one of them is not matched; one that has all three may be.
pub(super) fn mask(onsets: &[Onset], rimes: &[Rime]) -> u64 {
    let costs = &*COSTS;
    let mut mask = 0;
    for &onset in onsets {
        for &(initial, cost) in initials(onset) {
            if cost <= ONSET_LIMIT {
                mask |= 1 << initial as u64;
            }
        }
    }
    for rime in rimes {
        if rime.glide {
            // A glide may be heard where the onset should be, and `qu` as in English.
            mask |= 1 << Initial::W as u64 | 1 << Initial::Ch as u64;
        }
        for &vowel in &ALL_VOWELS {
            for &last in &ALL_FINALS {
                for glide in [false, true] {
                    let sounds = Sounds { initial: Initial::K, second: Second::None, glide, vowel, last };
                    if costs.rime[rime.index() * Sounds::RIMES + sounds.rime_index()] <= RIME_LIMIT {
                        mask |= sounds.rime_mask();
                    }
                }
            }
        }
    }
    mask
}

/// Calls `each` with the Vietnamese onsets and rimes that a Thai syllable may well be heard as, and the cost.
pub(super) fn heard_as(sounds: Sounds, mut each: impl FnMut(Onset, Rime, f32)) {
    let costs = &*COSTS;
    for heard in &costs.onsets_heard[sounds.onset_index()] {
        let rime = Sounds { glide: heard.glide, ..sounds }.rime_index();
        for &(rime, cost) in &costs.rimes_heard[usize::from(heard.glided) * Sounds::RIMES + rime] {
            let sum = heard.cost + cost;
            if sum <= SYLLABLE_LIMIT {
                each(heard.onset, rime, sum);
            }
        }
    }
}

static COSTS: LazyLock<CostTables> = LazyLock::new(CostTables::new);

impl CostTables {
    fn new() -> Self {
        let mut onsets_heard = vec![Vec::new(); Sounds::ONSETS];
        let mut onset = vec![0.0; Onset::COUNT * 2 * Sounds::ONSETS];
        for (v, &viet) in ALL_ONSETS.iter().enumerate() {
            for glided in [false, true] {
                for &initial in &ALL_INITIALS {
                    for second in [Second::None, Second::R, Second::L] {
                        for glide in [false, true] {
                            let sounds = Sounds { initial, second, glide, vowel: Vowel::A, last: Final::None };
                            let at = (v * 2 + usize::from(glided)) * Sounds::ONSETS + sounds.onset_index();
                            let cost = onset_cost(viet, glided, sounds);
                            onset[at] = cost;
                            if cost <= ONSET_LIMIT {
                                let glide = glide || swallowed(viet, glided, sounds).is_some();
                                onsets_heard[sounds.onset_index()].push(OnsetCost { onset: viet, glided, glide, cost });
                            }
                        }
                    }
                }
            }
        }
        let mut rimes_heard = vec![Vec::new(); 2 * Sounds::RIMES];
        let mut rime = vec![0.0; Rime::COUNT * Sounds::RIMES];
        for glided in [false, true] {
            for &nucleus in &ALL_NUCLEI {
                for &coda in &ALL_CODAS {
                    let viet = Rime { glide: glided, nucleus, coda };
                    let costs = RimeCosts::of(viet);
                    for glide in [false, true] {
                        for &vowel in &ALL_VOWELS {
                            for &last in &ALL_FINALS {
                                let sounds = Sounds { initial: Initial::K, second: Second::None, glide, vowel, last };
                                let cost = costs.cost(sounds);
                                rime[viet.index() * Sounds::RIMES + sounds.rime_index()] = cost;
                                if cost <= RIME_LIMIT {
                                    rimes_heard[usize::from(glided) * Sounds::RIMES + sounds.rime_index()]
                                        .push((viet, cost));
                                }
                            }
                        }
                    }
                }
            }
        }
        Self { onset, rime, onsets_heard, rimes_heard }
    }
}

/// Returns true if the ว that Thai begins with is the glide of the Vietnamese syllable, its onset having gone: Hoàng
/// หว่าง, Huế เว้, Nguyễn เหวียน.
fn swallowed(onset: Onset, glided: bool, sounds: Sounds) -> Option<f32> {
    if !glided || sounds.initial != Initial::W || sounds.glide || sounds.second != Second::None {
        return None;
    }
    match onset {
        Onset::H => Some(0.02),
        Onset::None | Onset::Ng => Some(0.05),
        Onset::C | Onset::Kh => Some(0.35),
        _ => None,
    }
}

fn onset_cost(onset: Onset, glided: bool, sounds: Sounds) -> f32 {
    if let Some(cost) = swallowed(onset, glided, sounds) {
        return cost;
    }
    let base = match (onset, glided, sounds.initial) {
        (Onset::C, true, Initial::Ch) => 0.3, // `qu` as in English
        _ => listed(initials(onset), sounds.initial).unwrap_or(OTHER),
    };
    match (sounds.second, onset, sounds.initial) {
        (Second::None, ..) => base,
        (Second::R, Onset::Tr, Initial::T) => 0.04,
        (Second::R, Onset::Tr, Initial::Th) => 0.06,
        (Second::R, Onset::Tr, _) => base + 0.2,
        (Second::R | Second::L, ..) => base + 0.6,
    }
}

/// The costs of hearing a Vietnamese rime as each Thai one, looked up once.
struct RimeCosts {
    rime: Rime,
    /// By Thai vowel and by Thai final.
    vowels: [f32; ALL_VOWELS.len()],
    finals: [f32; ALL_FINALS.len()],
    /// The rimes that cost something else as a whole: whatever the glide, and where Thai has none.
    whole: SmallVec<[(Vowel, Final, f32); 4]>,
    glideless: SmallVec<[(Vowel, Final, f32); 4]>,
}

impl RimeCosts {
    fn of(rime: Rime) -> Self {
        let rows = |rows: &[(Nucleus, Coda, Vowel, Final, f32)]| {
            let same = rows.iter().filter(|row| (row.0, row.1) == (rime.nucleus, rime.coda));
            same.map(|&(_, _, vowel, last, cost)| (vowel, last, cost)).collect()
        };
        let (by_vowel, by_final) = (vowels(rime.nucleus), finals(rime.coda));
        Self {
            rime,
            vowels: ALL_VOWELS.map(|vowel| listed(by_vowel, vowel).unwrap_or_else(|| far(rime.nucleus, vowel))),
            finals: ALL_FINALS.map(|last| listed(by_final, last).unwrap_or(OTHER)),
            whole: rows(WHOLE),
            glideless: rows(GLIDELESS),
        }
    }

    fn cost(&self, sounds: Sounds) -> f32 {
        let (rime, vowel, last) = (self.rime, sounds.vowel, sounds.last);
        let of_row = |rows: &[(Vowel, Final, f32)]| {
            rows.iter().find(|row| (row.0, row.1) == (vowel, last)).map(|&(_, _, cost)| cost)
        };
        let by_final = self.finals[last as usize];
        let plain = of_row(&self.whole).unwrap_or_else(|| self.vowels[vowel as usize] + by_final);
        match (rime.glide, sounds.glide) {
            (true, true) | (false, false) => plain,
            (false, true) => {
                // `quốc` is q and uô: its Thai ว is both.
                plain + if rime.nucleus == Nucleus::Uô { 0.05 } else { 0.3 }
            }
            (true, false) => {
                let special = match (rime.nucleus, vowel) {
                    (Nucleus::Â, Vowel::Ua) => Some(by_final),
                    (Nucleus::A | Nucleus::Ă, Vowel::Ua) => Some(0.12 + by_final),
                    // `uyên` keeps its vowel and loses its glide: Nguyễn เหงียน.
                    (Nucleus::Iê, Vowel::Ia) => Some(0.1 + by_final),
                    (Nucleus::I, Vowel::U) => Some(0.3 + by_final),
                    _ => None,
                };
                let least = |a: f32, b: Option<f32>| b.map_or(a, |b| a.min(b));
                least(least(plain + 0.4, of_row(&self.glideless)), special)
            }
        }
    }
}

/// Returns the cost of hearing a Vietnamese onset and rime as these Thai sounds, the tone apart.
pub(super) fn cost(onsets: &[Onset], rimes: &[Rime], sounds: Sounds) -> f32 {
    let costs = &*COSTS;
    let mut best = f32::MAX;
    for rime in rimes {
        for &onset in onsets {
            let at = (onset as usize * 2 + usize::from(rime.glide)) * Sounds::ONSETS + sounds.onset_index();
            // A ว that is the glide stands where the onset should: hear it once, as the glide.
            let heard = Sounds { glide: sounds.glide || swallowed(onset, rime.glide, sounds).is_some(), ..sounds };
            let sum = costs.onset[at] + costs.rime[rime.index() * Sounds::RIMES + heard.rime_index()];
            best = best.min(sum);
        }
    }
    best
}

/// Returns the cost of a Thai tone against a Vietnamese one: weak evidence, 0 to 1, to be weighted.
///
/// The Royal Society's transcription chooses letters and marks so that the tones come close; other profile leave the
/// marks out, which makes a mid tone (or, of a stopped syllable, whatever its letters give) say little.
pub(super) fn tone_cost(tone: Option<Tone>, pitch: Pitch, marked: bool, stopped: bool) -> f32 {
    const ROWS: [[f32; 5]; 6] = [
        // mid, low, falling, high, rising
        [0.0, 0.7, 0.7, 0.8, 0.6],   // ngang
        [0.22, 0.0, 0.15, 0.7, 0.6], // huyền
        [0.22, 0.0, 0.15, 0.6, 0.4], // nặng
        [0.22, 0.6, 0.4, 0.0, 0.25], // sắc
        [0.22, 0.6, 0.5, 0.4, 0.0],  // hỏi
        [0.22, 0.6, 0.5, 0.25, 0.0], // ngã
    ];
    let Some(tone) = tone else { return 0.1 };
    let row = ROWS[tone as usize][pitch as usize];
    if stopped && !marked { row * 0.4 } else { row }
}
