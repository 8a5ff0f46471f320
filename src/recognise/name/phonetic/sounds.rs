//! Vietnamese sounds in Thai letters: the sounds of both sides and what it costs to hear one as the
//! other.
//!
//! Costs are read as negative log likelihoods on a coarse scale: 0 is the spelling of the Royal Society of
//! Thailand's transcription of Vietnamese (Hanoi pronunciation), about 0.1 to 0.3 a habit seen elsewhere (the Thai
//! service of the Voice of Vietnam, the press, machine-translated news, which reads the letters as if they were
//! English), 1 another sound.
//! Deliberately absent: letters and how a syllable is cut out of them ([`latin_syllable`](super::latin_syllable),
//! [`thai_syllable`](super::thai_syllable)).

/// A Vietnamese onset; spellings of one sound (`c k q`, `ng ngh`) are one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Onset {
    None,
    B,
    C,
    Ch,
    D,
    Dd,
    G,
    Gi,
    H,
    Kh,
    L,
    M,
    N,
    Ng,
    Nh,
    P,
    Ph,
    R,
    S,
    T,
    Th,
    Tr,
    V,
    X,
    /// Not Vietnamese: Lao `y`.
    Y,
}

const ONSETS: usize = 25;

impl Onset {
    /// The number of onsets.
    pub const COUNT: usize = ONSETS;
}

/// A Vietnamese nucleus. `ay` and `au` are ă before a semivowel.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Nucleus {
    A,
    Ă,
    Â,
    E,
    Ê,
    I,
    O,
    Ô,
    Ơ,
    U,
    Ư,
    Iê,
    Uô,
    Ươ,
}

const NUCLEI: usize = 14;

/// A Vietnamese coda.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Coda {
    None,
    C,
    Ch,
    M,
    N,
    Ng,
    Nh,
    P,
    T,
    Y,
    W,
}

const CODAS: usize = 11;

/// A Vietnamese rime: an optional labial glide, a nucleus, a coda.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(super) struct Rime {
    /// True if a glide stands before the nucleus (`oa`, `uy`, `qu`).
    pub glide: bool,
    /// The nucleus.
    pub nucleus: Nucleus,
    /// The coda.
    pub coda: Coda,
}

impl Rime {
    /// The number of all rimes that can be thought of.
    pub const COUNT: usize = 2 * NUCLEI * CODAS;

    /// Returns the number of the rime, below [`Rime::COUNT`].
    pub fn index(self) -> usize {
        (usize::from(self.glide) * NUCLEI + self.nucleus as usize) * CODAS + self.coda as usize
    }
}

/// A Vietnamese tone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Tone {
    Ngang,
    Huyen,
    Nang,
    Sac,
    Hoi,
    Nga,
}

/// The sound of a Thai initial consonant; letters of one sound are one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Initial {
    K,
    Kh,
    Ng,
    C,
    Ch,
    S,
    Ny,
    Y,
    D,
    T,
    Th,
    N,
    B,
    P,
    Ph,
    F,
    M,
    R,
    L,
    W,
    H,
    /// อ, which carries a vowel and has no sound.
    Bearer,
}

const INITIALS: usize = 22;

/// The second consonant of a Thai cluster.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Second {
    None,
    R,
    L,
}

/// A Thai vowel; `Short` is the short a.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Vowel {
    A,
    Short,
    Ae,
    E,
    I,
    Eu,
    U,
    O,
    Aw,
    Oe,
    Ia,
    Eua,
    Ua,
}

const VOWELS: usize = 13;

/// A Thai final. `NyH` and `NgH` are น and ง before a silenced ห, the mark of a Vietnamese `nh`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Final {
    None,
    K,
    Ch,
    T,
    P,
    M,
    N,
    Ng,
    Ny,
    NyH,
    NgH,
    Y,
    W,
}

const FINALS: usize = 13;

/// A Thai syllable as heard, without its tone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Sounds {
    /// The initial consonant.
    pub initial: Initial,
    /// The consonant clustered with the initial.
    pub second: Second,
    /// True if ว stands as a glide before the vowel.
    pub glide: bool,
    /// The vowel.
    pub vowel: Vowel,
    /// The final.
    pub last: Final,
}

impl Sounds {
    pub const ONSETS: usize = INITIALS * 3 * 2;
    /// The number of syllables.
    pub const COUNT: usize = Self::ONSETS * Self::RIMES;
    pub const RIMES: usize = 2 * VOWELS * FINALS;

    /// The initial with its cluster and glide, counted.
    pub fn onset_index(self) -> usize {
        (self.initial as usize * 3 + self.second as usize) * 2 + usize::from(self.glide)
    }

    /// Returns the initial, vowel and final as a mask, a bit each.
    pub fn mask(self) -> u64 {
        self.rime_mask() | 1 << self.initial as u64
    }

    /// All vowels of a mask.
    pub const VOWELS: u64 = ((1 << VOWELS) - 1) << INITIALS;

    /// The bit of a vowel in a mask.
    pub const fn vowel_mask(vowel: Vowel) -> u64 {
        1 << (INITIALS + vowel as usize)
    }

    pub fn rime_mask(self) -> u64 {
        1 << (INITIALS + self.vowel as usize) | 1 << (INITIALS + VOWELS + self.last as usize)
    }

    /// The number of the syllable, below [`Sounds::COUNT`].
    pub fn index(self) -> usize {
        self.onset_index() * Self::RIMES + self.rime_index()
    }

    /// The syllable of a number.
    pub const fn of_index(index: usize) -> Self {
        let (onset, rime) = (index / Self::RIMES, index % Self::RIMES);
        Self {
            initial: ALL_INITIALS[onset / 6],
            second: [Second::None, Second::R, Second::L][onset / 2 % 3],
            glide: onset % 2 == 1,
            vowel: ALL_VOWELS[rime / FINALS % VOWELS],
            last: ALL_FINALS[rime % FINALS],
        }
    }

    /// The vowel with its glide and final, counted.
    pub fn rime_index(self) -> usize {
        (usize::from(self.glide) * VOWELS + self.vowel as usize) * FINALS + self.last as usize
    }
}

/// A Thai tone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub(super) enum Pitch {
    Mid,
    Low,
    Falling,
    High,
    Rising,
}

/// The cost of a sound that is simply another one.
pub(super) const OTHER: f32 = 1.0;

/// Initials an onset is written with, with their costs; what is not listed costs [`OTHER`].
pub(super) fn initials(onset: Onset) -> &'static [(Initial, f32)] {
    use Initial as I;
    match onset {
        Onset::None => &[(I::Bearer, 0.0), (I::Y, 0.3), (I::W, 0.6), (I::H, 0.7)],
        Onset::B => &[(I::B, 0.0), (I::P, 0.2), (I::Ph, 0.35)],
        Onset::C => &[(I::K, 0.0), (I::Kh, 0.1), (I::C, 0.7), (I::S, 0.8)],
        Onset::Ch => &[(I::C, 0.0), (I::Ch, 0.06), (I::S, 0.5), (I::T, 0.6), (I::K, 0.7)],
        Onset::D => &[(I::S, 0.0), (I::Y, 0.06), (I::D, 0.08), (I::T, 0.4), (I::R, 0.6), (I::C, 0.6), (I::Ny, 0.5)],
        Onset::Dd => &[(I::D, 0.0), (I::T, 0.2), (I::Th, 0.4), (I::B, 0.7)],
        Onset::G => &[(I::K, 0.0), (I::Ng, 0.15), (I::Kh, 0.15), (I::C, 0.6)],
        Onset::Gi => &[(I::S, 0.0), (I::Y, 0.06), (I::C, 0.15), (I::K, 0.2), (I::Ch, 0.3), (I::D, 0.5)],
        Onset::H => &[(I::H, 0.0), (I::Kh, 0.6), (I::W, 0.7)],
        Onset::Kh => &[(I::Kh, 0.0), (I::K, 0.15), (I::H, 0.5)],
        Onset::L => &[(I::L, 0.0), (I::R, 0.3), (I::N, 0.7)],
        Onset::M => &[(I::M, 0.0)],
        Onset::N => &[(I::N, 0.0), (I::L, 0.7), (I::Ny, 0.6)],
        Onset::Ng => &[(I::Ng, 0.0), (I::Ny, 0.6), (I::W, 0.6), (I::Y, 0.7), (I::N, 0.6)],
        Onset::Nh => &[(I::Ny, 0.0), (I::Y, 0.08), (I::N, 0.1), (I::Ng, 0.6)],
        Onset::P => &[(I::P, 0.0), (I::Ph, 0.2), (I::B, 0.3)],
        Onset::Ph => &[(I::F, 0.0), (I::Ph, 0.12), (I::P, 0.5)],
        Onset::R => &[(I::S, 0.05), (I::R, 0.05), (I::L, 0.35), (I::Y, 0.6), (I::Ch, 0.6)],
        Onset::S | Onset::X => &[(I::S, 0.0), (I::Ch, 0.2), (I::C, 0.6)],
        Onset::T => &[(I::T, 0.0), (I::Th, 0.12), (I::D, 0.25)],
        Onset::Th => &[(I::Th, 0.0), (I::T, 0.2), (I::D, 0.6), (I::S, 0.8)],
        Onset::Tr => &[(I::C, 0.0), (I::T, 0.25), (I::Ch, 0.15), (I::Th, 0.3), (I::S, 0.7)],
        Onset::V => &[(I::W, 0.0), (I::F, 0.3), (I::B, 0.3), (I::Y, 0.5)],
        Onset::Y => &[(I::Y, 0.0), (I::Ny, 0.1), (I::Bearer, 0.5)],
    }
}

/// Thai vowels a nucleus is written with; what is not listed costs by [`far`].
pub(super) fn vowels(nucleus: Nucleus) -> &'static [(Vowel, f32)] {
    use Nucleus as N;
    use Vowel as V;
    match nucleus {
        N::A => &[(V::A, 0.0), (V::Short, 0.1), (V::Ae, 0.5), (V::Aw, 0.7)],
        N::Ă => &[(V::Short, 0.0), (V::A, 0.08), (V::Ae, 0.3), (V::Aw, 0.5)],
        N::Â => &[(V::Oe, 0.0), (V::Short, 0.08), (V::A, 0.12), (V::Ae, 0.3), (V::Eu, 0.5), (V::Aw, 0.6)],
        N::E => &[(V::Ae, 0.0), (V::E, 0.1), (V::Ia, 0.6)],
        N::Ê => &[(V::E, 0.0), (V::Ae, 0.15), (V::Oe, 0.3), (V::I, 0.5), (V::Ia, 0.5)],
        N::I => &[(V::I, 0.0), (V::Ia, 0.5), (V::E, 0.6), (V::Eu, 0.6)],
        N::O => &[(V::Aw, 0.0), (V::O, 0.1), (V::A, 0.6), (V::U, 0.6), (V::Ua, 0.6)],
        N::Ô => &[(V::O, 0.0), (V::Aw, 0.1), (V::U, 0.6), (V::Oe, 0.6), (V::Ua, 0.6)],
        N::Ơ => &[(V::Oe, 0.0), (V::Aw, 0.12), (V::O, 0.15), (V::Eu, 0.3), (V::Eua, 0.6), (V::Short, 0.6)],
        N::U => &[(V::U, 0.0), (V::O, 0.4), (V::Ua, 0.5), (V::Short, 0.6), (V::Eu, 0.5)],
        N::Ư => &[(V::Eu, 0.0), (V::U, 0.1), (V::I, 0.5), (V::Oe, 0.4), (V::Eua, 0.5)],
        N::Iê => &[(V::Ia, 0.0), (V::E, 0.2), (V::I, 0.25), (V::Oe, 0.35), (V::Ae, 0.6)],
        N::Uô => &[(V::Ua, 0.0), (V::U, 0.2), (V::O, 0.2), (V::Aw, 0.3)],
        N::Ươ => {
            &[(V::Eua, 0.0), (V::Oe, 0.15), (V::Eu, 0.15), (V::Ua, 0.12), (V::U, 0.25), (V::Aw, 0.35), (V::O, 0.6)]
        }
    }
}

/// Thai finals a coda is written with; what is not listed costs [`OTHER`].
pub(super) fn finals(coda: Coda) -> &'static [(Final, f32)] {
    use Final as F;
    match coda {
        Coda::None => &[(F::None, 0.0), (F::W, 0.7), (F::Y, 0.7)],
        Coda::C => &[(F::K, 0.0), (F::T, 0.7), (F::Ch, 0.5)],
        Coda::Ch => &[(F::K, 0.0), (F::Ch, 0.05), (F::T, 0.4)],
        Coda::M => &[(F::M, 0.0), (F::N, 0.6)],
        Coda::N => &[(F::N, 0.0), (F::Ng, 0.4), (F::Ny, 0.4), (F::NyH, 0.35), (F::M, 0.6), (F::NgH, 0.6)],
        Coda::Ng => &[(F::Ng, 0.0), (F::N, 0.4), (F::NgH, 0.3), (F::Ny, 0.6), (F::NyH, 0.6)],
        Coda::Nh => &[(F::Ny, 0.0), (F::NyH, 0.0), (F::NgH, 0.03), (F::N, 0.12), (F::Ng, 0.12)],
        Coda::P => &[(F::P, 0.0), (F::T, 0.7), (F::K, 0.7)],
        Coda::T => &[(F::T, 0.0), (F::Ch, 0.4), (F::K, 0.7), (F::P, 0.7)],
        Coda::Y => &[(F::Y, 0.0), (F::None, 0.6)],
        Coda::W => &[(F::W, 0.0), (F::None, 0.6)],
    }
}

/// Rimes whose Thai spelling is more than the sum of its parts: nucleus and coda, the Thai vowel and final, the cost.
pub(super) const WHOLE: &[(Nucleus, Coda, Vowel, Final, f32)] = {
    use Coda as C;
    use Final as F;
    use Nucleus as N;
    use Vowel as V;
    &[
        (N::A, C::Nh, V::Short, F::Ny, 0.0),
        (N::A, C::Nh, V::Short, F::NyH, 0.03),
        (N::A, C::Nh, V::A, F::NyH, 0.05),
        (N::A, C::Nh, V::Ae, F::Ng, 0.05),
        (N::A, C::Nh, V::Ae, F::NgH, 0.03),
        (N::A, C::Nh, V::Ae, F::Ny, 0.05),
        (N::A, C::Nh, V::Ae, F::NyH, 0.2),
        (N::A, C::Nh, V::Short, F::Y, 0.3),
        (N::A, C::Ch, V::Short, F::K, 0.0),
        (N::A, C::Ch, V::Short, F::Ch, 0.05),
        (N::A, C::Ch, V::A, F::K, 0.15),
        (N::A, C::Ch, V::Ae, F::K, 0.1),
        (N::A, C::Ch, V::Ae, F::Ch, 0.2),
        (N::A, C::Y, V::Short, F::Y, 0.08),
        (N::A, C::W, V::Short, F::W, 0.12),
        (N::Â, C::W, V::O, F::None, 0.25),
        (N::Â, C::W, V::A, F::W, 0.15),
        (N::Ă, C::W, V::A, F::W, 0.1),
        (N::Ư, C::W, V::U, F::None, 0.2),
        (N::Ư, C::W, V::I, F::W, 0.12),
        (N::E, C::W, V::Ia, F::W, 0.3),
        (N::Ă, C::C, V::Aw, F::K, 0.25),
        (N::Ă, C::Ng, V::Aw, F::Ng, 0.25),
        (N::Ă, C::M, V::Aw, F::M, 0.3),
        (N::Ă, C::N, V::Aw, F::N, 0.3),
        (N::Ă, C::P, V::Aw, F::P, 0.3),
        (N::Ă, C::T, V::Aw, F::T, 0.3),
        (N::Â, C::Y, V::E, F::None, 0.3), // เบย์: what is silenced is the end of the rime
        (N::U, C::Y, V::Ua, F::Y, 0.15),
        (N::O, C::Ng, V::O, F::Ng, 0.08),
        (N::O, C::C, V::O, F::K, 0.08),
        (N::Ô, C::None, V::Aw, F::None, 0.12),
        (N::O, C::None, V::Short, F::W, 0.2), // Thọ read as `ao`: เถา for เถาะ
        (N::Ư, C::None, V::Oe, F::None, 0.25),
        (N::Ươ, C::None, V::Ua, F::None, 0.15),
        (N::U, C::C, V::Short, F::K, 0.45), // read as in English: Trúc ทรัค
        (N::Uô, C::C, V::Aw, F::K, 0.15),   // the glide of Quốc read from q: กว็อก
    ]
};

/// Rimes with a glide that Thai may write without one: nucleus, coda, vowel, final, cost.
pub(super) const GLIDELESS: &[(Nucleus, Coda, Vowel, Final, f32)] = {
    use Coda as C;
    use Final as F;
    use Nucleus as N;
    use Vowel as V;
    &[
        (N::A, C::None, V::Ua, F::None, 0.15),
        (N::A, C::None, V::O, F::None, 0.35),
        (N::A, C::Y, V::Aw, F::Y, 0.25),
        (N::A, C::Y, V::Ua, F::Y, 0.2),
        (N::A, C::N, V::Aw, F::N, 0.25),
        (N::E, C::None, V::Ae, F::W, 0.02),
        (N::E, C::None, V::Oe, F::None, 0.3),
        (N::Ê, C::None, V::E, F::W, 0.02),
        (N::I, C::None, V::U, F::Y, 0.06),
        (N::I, C::None, V::Ua, F::Y, 0.25),
        (N::I, C::Nh, V::I, F::NgH, 0.12),
        (N::I, C::Nh, V::I, F::Ny, 0.25),
        (N::I, C::Nh, V::I, F::NyH, 0.25),
        (N::Ơ, C::None, V::Oe, F::None, 0.3),
    ]
};

pub(super) const ALL_ONSETS: [Onset; ONSETS] = {
    use Onset as O;
    [
        O::None,
        O::B,
        O::C,
        O::Ch,
        O::D,
        O::Dd,
        O::G,
        O::Gi,
        O::H,
        O::Kh,
        O::L,
        O::M,
        O::N,
        O::Ng,
        O::Nh,
        O::P,
        O::Ph,
        O::R,
        O::S,
        O::T,
        O::Th,
        O::Tr,
        O::V,
        O::X,
        O::Y,
    ]
};
pub(super) const ALL_NUCLEI: [Nucleus; NUCLEI] = {
    use Nucleus as N;
    [N::A, N::Ă, N::Â, N::E, N::Ê, N::I, N::O, N::Ô, N::Ơ, N::U, N::Ư, N::Iê, N::Uô, N::Ươ]
};
pub(super) const ALL_CODAS: [Coda; CODAS] = {
    use Coda as C;
    [C::None, C::C, C::Ch, C::M, C::N, C::Ng, C::Nh, C::P, C::T, C::Y, C::W]
};
pub(super) const ALL_INITIALS: [Initial; INITIALS] = {
    use Initial as I;
    [
        I::K,
        I::Kh,
        I::Ng,
        I::C,
        I::Ch,
        I::S,
        I::Ny,
        I::Y,
        I::D,
        I::T,
        I::Th,
        I::N,
        I::B,
        I::P,
        I::Ph,
        I::F,
        I::M,
        I::R,
        I::L,
        I::W,
        I::H,
        I::Bearer,
    ]
};
pub(super) const ALL_VOWELS: [Vowel; VOWELS] = {
    use Vowel as V;
    [V::A, V::Short, V::Ae, V::E, V::I, V::Eu, V::U, V::O, V::Aw, V::Oe, V::Ia, V::Eua, V::Ua]
};
pub(super) const ALL_FINALS: [Final; FINALS] = {
    use Final as F;
    [F::None, F::K, F::Ch, F::T, F::P, F::M, F::N, F::Ng, F::Ny, F::NyH, F::NgH, F::Y, F::W]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_the_syllable() {
        for index in 0..Sounds::COUNT {
            let sounds = Sounds::of_index(index);
            // Rimes are counted with the glide, which the onset has too.
            if usize::from(sounds.glide) == index % Sounds::RIMES / (VOWELS * FINALS) {
                assert_eq!(sounds.index(), index, "{sounds:?}");
            }
        }
    }
}
