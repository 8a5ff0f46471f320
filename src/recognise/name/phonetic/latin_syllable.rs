//! Reading a name in Latin letters as syllables: Vietnamese with or without its marks, and romanised Lao, which is
//! built alike (onset, glide, vowel, coda).
//!
//! A syllable of unmarked letters stands for every marked one that folds to it, so it keeps sets (of onsets, of
//! rimes) where a marked syllable has one member of each.
//! Deliberately absent: Thai letters and costs, and words that have no such syllables: they are compared by their
//! letters alone ([`spelling_distance`](super::spelling_distance)).

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use super::sounds::{Coda, Nucleus, Onset, Rime, Tone};

/// One syllable as its letters tell it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub(super) struct LatinSyllable {
    /// The onsets it may have; never empty.
    pub onsets: OnsetSet,
    /// The rimes it may have; never empty.
    pub rimes: SmallVec<[Rime; 4]>,
}

/// A syllable in its place in a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedSyllable {
    /// The sounds of the syllable.
    pub syllable: LatinSyllable,
    /// The tone; `None` where the letters do not tell (a name without any marks).
    pub tone: Option<Tone>,
    /// The letters, lower case, composed, for the alignment shown to people.
    pub letters: String,
    /// True if it begins a word.
    pub starts_word: bool,
}

/// A letter of the toneless alphabet: `a ă â e ê …`, lower case.
fn letters_of(word: &str) -> (Vec<char>, Option<Tone>) {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    let mut tone = None;
    for ch in word.nfd().flat_map(char::to_lowercase) {
        match ch {
            '\u{300}' => tone = Some(Tone::Huyen),
            '\u{301}' => tone = Some(Tone::Sac),
            '\u{303}' => tone = Some(Tone::Nga),
            '\u{309}' => tone = Some(Tone::Hoi),
            '\u{323}' => tone = Some(Tone::Nang),
            '\u{302}' | '\u{306}' | '\u{31B}' => {
                if let Some(last) = letters.last_mut() {
                    *last = qualify(*last, ch);
                }
            }
            _ if ch.is_alphabetic() => letters.push(ch),
            _ => {}
        }
    }
    (letters, tone)
}

/// A vowel letter with its quality mark.
fn qualify(letter: char, mark: char) -> char {
    match (letter, mark) {
        ('a', '\u{302}') => 'â',
        ('a', '\u{306}') => 'ă',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31B}') => 'ơ',
        ('u', '\u{31B}') => 'ư',
        _ => letter,
    }
}

/// Returns true if the end of a syllable goes with its vowel and tone.
pub(super) fn is_well_formed(word: &str, marked: bool) -> bool {
    let (letters, tone) = letters_of(word);
    let vowels = letters.iter().rposition(|letter| is_vowel(*letter)).map_or(0, |last| last + 1);
    let (open, end) = letters.split_at(vowels);
    let last = open.last().copied().unwrap_or(' ');
    let diphthong = matches!(open, [.., 'i' | 'y', 'ê' | 'e']);
    let fits = match end {
        ['n', 'g'] | ['c'] => diphthong || !matches!(last, 'i' | 'y' | 'ê'),
        ['n' | 'c', 'h'] => !diphthong && matches!(last, 'a' | 'e' | 'ê' | 'i' | 'y'),
        // Half of `ng`, `nh` or `ch`, or a letter typed twice. Other ends are those of names of the peoples of the
        // highlands: `Đắk`, `Ksor`.
        ['g' | 'h'] => false,
        [one, other, ..] => one != other,
        _ => true,
    };
    let stopped = matches!(end, ['c' | 'p' | 't'] | ['c', 'h']);
    fits && (!marked || !stopped || matches!(tone, Some(Tone::Sac | Tone::Nang)))
}

/// Returns true if a name bears any mark that unmarked writing would drop.
pub(super) fn is_marked(name: &str) -> bool {
    !name.is_ascii() && name.chars().any(|ch| !ch.is_ascii() && (ch.is_alphabetic() || is_combining(ch)))
}

const fn is_combining(ch: char) -> bool {
    matches!(ch, '\u{300}'..='\u{36F}')
}

/// The words of a name in Latin letters, as they are written.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|ch: char| !ch.is_alphabetic() && !is_combining(ch)).filter(|word| !word.is_empty())
}

/// The syllables of a name in Latin letters; none where some word cannot be read so.
pub(super) fn heard(name: &str) -> Vec<PlacedSyllable> {
    let marked = is_marked(name);
    let mut out = Vec::new();
    for word in words(name) {
        if word_heard(word, marked, &mut out).is_none() {
            return Vec::new();
        }
    }
    out
}

/// Adds the syllables of a word, or returns `None` where it cannot be read so; `marked` says that letters of the
/// name without a mark are meant so.
pub(super) fn word_heard(word: &str, marked: bool, out: &mut Vec<PlacedSyllable>) -> Option<()> {
    let (letters, tone) = letters_of(word);
    let Some(syllable) = syllable(&letters, marked) else { return split(&letters, out) };
    let tone = marked.then(|| tone.unwrap_or(Tone::Ngang));
    out.push(PlacedSyllable { syllable, tone, letters: lowered(word), starts_word: true });
    Some(())
}

fn lowered(word: &str) -> String {
    word.nfc().flat_map(char::to_lowercase).collect()
}

/// A word of several syllables written together (`Hanoi`, `Keomanivong`): cut before the last consonants that can
/// begin a syllable, as both languages do.
fn split(letters: &[char], out: &mut Vec<PlacedSyllable>) -> Option<()> {
    const LONGEST: usize = 40; // letters; a longer "word" is no name
    if letters.len() > LONGEST {
        return None;
    }
    // `reach[i]`: where the syllable before letter `i` begins, and how good the best way there is.
    let mut reach: Vec<Option<(usize, u32)>> = vec![None; letters.len() + 1];
    reach[0] = Some((0, 0));
    for start in 0..letters.len() {
        let Some((_, so_far)) = reach[start] else { continue };
        // A consonant that begins no syllable (`Kđăm`, English clusters) may be passed over.
        if !is_vowel(letters[start]) && reach[start + 1].is_none_or(|(_, other)| so_far + 8 < other) {
            reach[start + 1] = Some((start, so_far + 8));
        }
        for end in start + 1..=letters.len().min(start + 7) {
            if syllable(&letters[start..end], false).is_none() {
                continue;
            }
            // Each cut costs; a cut before a vowel costs more.
            let hiatus = start > 0 && is_vowel(letters[start]);
            let cost = so_far + 2 + if hiatus { 3 } else { 0 };
            if reach[end].is_none_or(|(_, other)| cost < other) {
                reach[end] = Some((start, cost));
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = letters.len();
    while end > 0 {
        let (start, _) = reach[end]?;
        cuts.push((start, end));
        end = start;
    }
    for (start, end) in cuts.into_iter().rev() {
        let part = &letters[start..end];
        let Some(syllable) = syllable(part, false) else { continue };
        out.push(PlacedSyllable { syllable, tone: None, letters: part.iter().collect(), starts_word: start == 0 });
    }
    Some(())
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y')
}

/// Reads one syllable; `marked` says that a letter without a mark is meant so.
fn syllable(letters: &[char], marked: bool) -> Option<LatinSyllable> {
    let (mut onsets, rest, labial) = onset(letters, marked)?;
    let mut rimes = rime(rest, marked, labial);
    match *letters {
        // The letter by its name, as Thai writers say it: `Y Thanh` วาย ถั่น.
        ['y'] => {
            onsets.push(Onset::V);
            rimes.push(Rime { glide: false, nucleus: Nucleus::A, coda: Coda::Y });
        }
        // `yên` is heard with a consonant, too.
        ['y', 'ê' | 'e', ..] => onsets.push(Onset::Y),
        // `Giang` read letter by letter: เกียง.
        ['g', 'i', 'a', ..] => {
            onsets.push(Onset::G);
            let wide: RimeSet = rimes
                .iter()
                .filter(|rime| !rime.glide && rime.nucleus == Nucleus::A && rime.coda != Coda::None)
                .map(|&rime| Rime { nucleus: Nucleus::Iê, ..rime })
                .collect();
            rimes.extend(wide);
        }
        _ => {}
    }
    if rimes.is_empty() {
        return None;
    }
    rimes.sort_unstable();
    rimes.dedup();
    Some(LatinSyllable { onsets, rimes })
}

type OnsetSet = SmallVec<[Onset; 2]>;

/// The onset, what is left, and whether `qu` brought a glide.
fn onset(letters: &[char], marked: bool) -> Option<(OnsetSet, &[char], bool)> {
    use Onset as O;
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let one = |onset: Onset, len: usize| Some((SmallVec::from_slice(&[onset]), &letters[len..], false));
    match (at(0), at(1), at(2)) {
        ('n', 'g', 'h') => one(O::Ng, 3),
        ('n', 'g', _) => one(O::Ng, 2),
        ('n', 'h', _) => one(O::Nh, 2),
        ('n', 'y', next) if is_vowel(next) => one(O::Nh, 2),
        ('g', 'h', _) => one(O::G, 2),
        // `gì`, `gìn`: the i is the vowel as well.
        ('g', 'i', next) if is_vowel(next) => {
            // `giê-` keeps its i: `giêng`.
            one(O::Gi, if next == 'ê' || (next == 'e' && !marked) { 1 } else { 2 })
        }
        ('g', 'i', _) => one(O::Gi, 1),
        ('k', 'h', _) => one(O::Kh, 2),
        ('p', 'h', _) => one(O::Ph, 2),
        ('t', 'h', _) => one(O::Th, 2),
        ('t', 'r', _) => one(O::Tr, 2),
        ('c', 'h', _) => one(O::Ch, 2),
        ('q', 'u', next) if is_vowel(next) => Some((SmallVec::from_slice(&[O::C]), &letters[2..], true)),
        ('c' | 'k' | 'q', ..) => one(O::C, 1),
        ('b', ..) => one(O::B, 1),
        ('d', ..) if marked => one(O::D, 1),
        ('d', ..) => Some((SmallVec::from_slice(&[O::D, O::Dd]), &letters[1..], false)),
        ('đ', ..) => one(O::Dd, 1),
        ('f', ..) => one(O::Ph, 1),
        ('g', ..) => one(O::G, 1),
        ('h', ..) => one(O::H, 1),
        ('j', ..) => one(O::Ch, 1),
        ('l', ..) => one(O::L, 1),
        ('m', ..) => one(O::M, 1),
        ('n', ..) => one(O::N, 1),
        ('p', ..) => one(O::P, 1),
        ('r', ..) => one(O::R, 1),
        ('s' | 'z', ..) => one(O::S, 1),
        ('t', ..) => one(O::T, 1),
        ('v' | 'w', ..) => one(O::V, 1),
        ('x', ..) => one(O::X, 1),
        // Lao `ya`; Vietnamese `yên` has its own vowel letter.
        ('y', 'a' | 'o' | 'u', _) => one(O::Y, 1),
        (first, ..) if is_vowel(first) => one(O::None, 0),
        _ => None,
    }
}

type RimeSet = SmallVec<[Rime; 4]>;

/// The rimes a string of letters may be.
fn rime(letters: &[char], marked: bool, labial: bool) -> RimeSet {
    let vowels = letters.iter().take_while(|&&letter| is_vowel(letter)).count();
    let (vowels, end) = letters.split_at(vowels);
    let mut rimes = RimeSet::new();
    let Some(coda) = coda(end) else { return rimes };
    let key: String = vowels.iter().collect();
    if marked {
        read(&key, coda, labial, &mut rimes);
    } else {
        // Every marked spelling that folds to these letters.
        each_marking(vowels, &mut String::new(), &mut |spelling| read(spelling, coda, labial, &mut rimes));
        lao(&key, coda, &mut rimes);
    }
    rimes
}

fn coda(letters: &[char]) -> Option<Coda> {
    Some(match *letters {
        [] => Coda::None,
        ['c' | 'k' | 'g'] => Coda::C,
        ['c', 'h'] => Coda::Ch,
        ['m'] => Coda::M,
        ['n' | 'l' | 'r'] | ['n', 'e'] => Coda::N,
        ['n', 'g'] => Coda::Ng,
        ['n', 'h'] => Coda::Nh,
        ['p' | 'b'] => Coda::P,
        ['t' | 'd' | 's'] | ['t', 'h'] => Coda::T,
        _ => return None,
    })
}

/// Calls `each` with every way to put quality marks on the vowels.
fn each_marking(vowels: &[char], so_far: &mut String, each: &mut dyn FnMut(&str)) {
    let Some((&first, rest)) = vowels.split_first() else {
        each(so_far);
        return;
    };
    if vowels.len() > 4 {
        return;
    }
    let ways: &[char] = match first {
        'a' => &['a', 'ă', 'â'],
        'e' => &['e', 'ê'],
        'o' => &['o', 'ô', 'ơ'],
        'u' => &['u', 'ư'],
        'i' => &['i'],
        'y' => &['y'],
        _ => std::slice::from_ref(&vowels[0]),
    };
    for &way in ways {
        so_far.push(way);
        each_marking(rest, so_far, each);
        so_far.pop();
    }
}

/// Reads marked vowel letters before a coda.
fn read(vowels: &str, coda: Coda, labial: bool, out: &mut RimeSet) {
    use Coda as C;
    use Nucleus as V;
    let mut add = |glide: bool, nucleus: Nucleus, coda: Coda| {
        out.push(Rime { glide, nucleus, coda });
    };
    if labial {
        // What follows `qu`; the letters of `quốc` are q and uô.
        match single(vowels) {
            Some(V::Ô) => return add(false, V::Uô, coda),
            Some(nucleus) => return add(true, nucleus, coda),
            None => {}
        }
        match (vowels, coda) {
            ("ai", C::None) => add(true, V::A, C::Y),
            ("ay", C::None) => add(true, V::Ă, C::Y),
            ("ây", C::None) => add(true, V::Â, C::Y),
            ("ao", C::None) => add(true, V::A, C::W),
            ("au", C::None) => add(true, V::Ă, C::W),
            ("eo", C::None) => add(true, V::E, C::W),
            ("êu", C::None) => add(true, V::Ê, C::W),
            ("yê" | "iê", _) => add(true, V::Iê, coda),
            _ => {}
        }
        return;
    }
    if let Some(nucleus) = single(vowels) {
        add(false, nucleus, coda);
        return;
    }
    match (vowels, coda) {
        ("ai", C::None) => add(false, V::A, C::Y),
        ("ay", C::None) => add(false, V::Ă, C::Y),
        ("ây", C::None) => add(false, V::Â, C::Y),
        ("ao", C::None) => add(false, V::A, C::W),
        ("au", C::None) => add(false, V::Ă, C::W),
        ("âu", C::None) => add(false, V::Â, C::W),
        ("eo", C::None) => add(false, V::E, C::W),
        ("êu", C::None) => add(false, V::Ê, C::W),
        ("iu", C::None) => add(false, V::I, C::W),
        ("iêu" | "yêu", C::None) => add(false, V::Iê, C::W),
        ("oi", C::None) => add(false, V::O, C::Y),
        ("ôi", C::None) => add(false, V::Ô, C::Y),
        ("ơi", C::None) => add(false, V::Ơ, C::Y),
        ("ui", C::None) => add(false, V::U, C::Y),
        ("ưi", C::None) => add(false, V::Ư, C::Y),
        ("uôi", C::None) => add(false, V::Uô, C::Y),
        ("ươi", C::None) => add(false, V::Ươ, C::Y),
        ("ưu", C::None) => add(false, V::Ư, C::W),
        ("ươu", C::None) => add(false, V::Ươ, C::W),
        ("ia" | "ya", C::None) => add(false, V::Iê, C::None),
        ("iê" | "yê", _) => add(false, V::Iê, coda),
        ("ua", C::None) => add(false, V::Uô, C::None),
        ("uô", _) => add(false, V::Uô, coda),
        ("ưa", C::None) => add(false, V::Ươ, C::None),
        ("ươ", _) => add(false, V::Ươ, coda),
        ("oa", _) => add(true, V::A, coda),
        ("oă", _) => add(true, V::Ă, coda),
        ("oe", _) => add(true, V::E, coda),
        ("uâ", _) => add(true, V::Â, coda),
        ("uê", _) => add(true, V::Ê, coda),
        ("uơ", _) => add(true, V::Ơ, coda),
        ("uy", _) => add(true, V::I, coda),
        ("uyê" | "uya", _) => add(true, V::Iê, coda),
        ("oai", C::None) => add(true, V::A, C::Y),
        ("oay", C::None) => add(true, V::Ă, C::Y),
        ("uây", C::None) => add(true, V::Â, C::Y),
        ("oao", C::None) => add(true, V::A, C::W),
        ("oeo", C::None) => add(true, V::E, C::W),
        ("uyu", C::None) => add(true, V::I, C::W),
        ("oo", _) => add(false, V::O, coda),
        ("ôô", _) => add(false, V::Ô, coda),
        _ => {}
    }
}

fn single(vowels: &str) -> Option<Nucleus> {
    use Nucleus as V;
    Some(match vowels {
        "a" => V::A,
        "ă" => V::Ă,
        "â" => V::Â,
        "e" => V::E,
        "ê" => V::Ê,
        "i" | "y" => V::I,
        "o" => V::O,
        "ô" => V::Ô,
        "ơ" => V::Ơ,
        "u" => V::U,
        "ư" => V::Ư,
        _ => return None,
    })
}

/// Spellings of Lao vowels in its romanisations (after the French ones) that Vietnamese does not have.
fn lao(vowels: &str, coda: Coda, out: &mut RimeSet) {
    use Coda as C;
    use Nucleus as V;
    let mut add = |glide: bool, nucleus: Nucleus, coda: Coda| {
        out.push(Rime { glide, nucleus, coda });
    };
    match (vowels, coda) {
        ("ou" | "oo" | "uu", _) => add(false, V::U, coda),
        ("oua", _) => {
            add(false, V::Uô, coda);
            add(true, V::A, coda);
        }
        ("ouay" | "ouai", C::None) => {
            add(false, V::Uô, C::Y);
            add(true, V::A, C::Y);
        }
        ("eu", _) => {
            add(false, V::Ư, coda);
            add(false, V::Ơ, coda);
        }
        ("eua", _) => add(false, V::Ươ, coda),
        ("eui" | "euy", C::None) => add(false, V::Ơ, C::Y),
        ("ae", _) => add(false, V::E, coda),
        ("aa", _) => add(false, V::A, coda),
        ("ee" | "ii", _) => add(false, V::I, coda),
        ("ia", _) => add(false, V::Iê, coda),
        ("ua", _) => add(false, V::Uô, coda),
        ("ay" | "ai", _) => add(false, V::Ă, C::Y),
        ("oy", C::None) => add(false, V::O, C::Y),
        ("iaw" | "iao" | "ieo", C::None) => add(false, V::Iê, C::W),
        _ => {}
    }
}
