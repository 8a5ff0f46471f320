//! Given names: what is left of a name where somebody is addressed in short.
//!
//! Vietnamese people are called by the last word of their names (`Nguyễn Mạnh Hùng`: `ông Hùng`), or the last two; Lao
//! and Thai people by the first; others by the last, which is their family's. Deliberately absent: who bears a given
//! name where (the document decides, see `corpus::short`), and names of one word, which cannot be shortened.

use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::phonetic;
use crate::registry::{AliasList, Entity, NameScript, Registry};
use crate::text::cluster;
use crate::text::fold;

/// The order in which a name's words stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum NameOrder {
    /// The given name last: Vietnamese.
    GivenLast,
    /// The given name first, and used alone: Lao, Thai.
    GivenFirst,
    /// The family name last, and used with a word of address: English.
    FamilyLast,
}

fn order(entity: &Entity, list: &AliasList, name: &str) -> NameOrder {
    let tag = list.tag.as_str();
    let is = |language: &str| tag.get(..language.len()).is_some_and(|start| start.eq_ignore_ascii_case(language));
    match entity.country.as_deref() {
        Some("VN") => NameOrder::GivenLast,
        Some("LA" | "TH") => NameOrder::GivenFirst,
        Some(_) => NameOrder::FamilyLast,
        None if is("vi") => NameOrder::GivenLast,
        None if is("lo") => NameOrder::GivenFirst,
        // A Thai list may transcribe anybody's name: the others of the entry tell whose.
        None if is("th") && entity.names.len() == 1 => NameOrder::GivenFirst,
        None if entity.names.iter().any(|list| list.tag.eq_ignore_ascii_case("vi")) => NameOrder::GivenLast,
        None if NameScript::of(name) == NameScript::Latin && name.split(' ').all(phonetic::is_syllable) => {
            NameOrder::GivenLast
        }
        None => NameOrder::FamilyLast,
    }
}

/// A name of two words with the family name where the given name is listed: Lao names in Latin letters stand in either
/// order (`Phosy Keomanivong`, `Keomanivong Phosy`). Vietnamese names turned round would be other names.
pub fn turned(entity: &Entity, name: &str) -> Option<CompactString> {
    let (first, last) = name.trim().split_once(' ')?;
    let wanted = entity.kind.is_person()
        && NameScript::of(name) == NameScript::Latin
        && !last.contains(' ')
        && !(phonetic::is_syllable(first) && phonetic::is_syllable(last));
    wanted.then(|| compact_str::format_compact!("{last} {first}"))
}

/// Returns the short forms of each of somebody's names, as written.
pub fn forms(entity: &Entity) -> impl Iterator<Item = &str> {
    entity.names.iter().flat_map(move |list| {
        list.names.iter().flat_map(move |name| {
            let name = name.text.trim();
            let order = order(entity, list, name);
            let last = name.rfind(' ').map(|at| &name[at + 1..]);
            let first = name.find(' ').map(|at| &name[..at]);
            // The last two of three words or more.
            let two = || {
                let before = name[..name.rfind(' ')?].rfind(' ')?;
                Some(&name[before + 1..])
            };
            let forms: SmallVec<[&str; 2]> = match order {
                NameOrder::GivenLast => last.into_iter().chain(two()).collect(),
                NameOrder::GivenFirst => first.into_iter().collect(),
                NameOrder::FamilyLast => last.into_iter().collect(),
            };
            forms
        })
    })
}

/// The given names of a registry, to be found behind titles, in two layers: those of everybody as of some moment, and
/// those of who changed since. Both together find what one of everybody finds.
#[derive(Clone, Debug, Default)]
pub struct GivenNames {
    base: Arc<GivenNameLayer>,
    delta: Arc<GivenNameLayer>,
    /// Those of `base` that nobody has any more who had them then; who has them now is in `delta`.
    gone: Arc<FxHashSet<CompactString>>,
}

/// Given names gathered together.
#[derive(Debug, Default)]
struct GivenNameLayer {
    /// By their folds, as written, in the order of their letters.
    written: FxHashMap<String, SmallVec<[CompactString; 1]>>,
    /// The number of names that are shortened to each form.
    counts: FxHashMap<CompactString, u32>,
    /// The lengths of the folds of those in Thai, the longest first.
    thai_lengths: Vec<usize>,
    /// Those of one Vietnamese syllable, to be heard in Thai.
    sounds: phonetic::GivenSyllables,
    heard: Vec<CompactString>,
}

/// A given name in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenNameMatch {
    /// The end, in bytes of the text that the name begins.
    pub end: usize,
    /// The names that it may be, as written in the registry; the likeliest first.
    pub forms: SmallVec<[CompactString; 1]>,
}

impl GivenNameLayer {
    fn new<'e>(people: impl Iterator<Item = &'e Entity>) -> Self {
        let counts = counts(people);
        let mut layer = Self::default();
        for form in counts.keys() {
            layer.written.entry(fold::fold(form)).or_default().push(form.clone());
        }
        layer.written.values_mut().for_each(|forms| forms.sort_unstable());
        let thai = |fold: &&String| NameScript::of(fold) == NameScript::Thai;
        layer.thai_lengths = layer.written.keys().filter(thai).map(String::len).collect();
        layer.thai_lengths.sort_unstable_by(|a, b| b.cmp(a));
        layer.thai_lengths.dedup();
        let latin = counts.keys().filter(|form| NameScript::of(form) == NameScript::Latin && !form.contains(' '));
        layer.heard = latin.cloned().collect();
        layer.heard.sort_unstable();
        layer.sounds = phonetic::GivenSyllables::new(layer.heard.iter().map(CompactString::as_str));
        layer.counts = counts;
        layer
    }
}

/// Counts the names of these people that are shortened to each form; forms of one letter do not count.
fn counts<'e>(people: impl Iterator<Item = &'e Entity>) -> FxHashMap<CompactString, u32> {
    let mut counts: FxHashMap<CompactString, u32> = FxHashMap::default();
    for person in people.filter(|entity| entity.kind.is_person()) {
        for form in forms(person).filter(|form| form.chars().nth(1).is_some()) {
            match counts.get_mut(form) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(form.into(), 1);
                }
            }
        }
    }
    counts
}

impl GivenNames {
    /// Gathers the given names of all people.
    pub fn new(registry: &Registry) -> Self {
        Self { base: Arc::new(GivenNameLayer::new(registry.entities())), ..Self::default() }
    }

    /// The same with the names of some entities, as they were when all were gathered, replaced by those they have now.
    /// Entities that were replaced before must be among them.
    #[must_use]
    pub fn with<'e>(&self, then: impl Iterator<Item = &'e Entity>, now: impl Iterator<Item = &'e Entity>) -> Self {
        let mut gone = counts(then);
        gone.retain(|form, count| self.base.counts.get(form) == Some(count));
        let gone = gone.into_keys().collect();
        Self { base: self.base.clone(), delta: Arc::new(GivenNameLayer::new(now)), gone: Arc::new(gone) }
    }

    /// Returns true if nobody has one.
    pub fn is_empty(&self) -> bool {
        self.delta.written.is_empty() && self.base.counts.len() == self.gone.len()
    }

    /// The forms with this fold, in the order of their letters.
    fn written<'g>(&'g self, fold: &str) -> SmallVec<[&'g CompactString; 2]> {
        let of_base = self.base.written.get(fold).into_iter().flatten().filter(|form| !self.gone.contains(*form));
        let mut forms: SmallVec<[&CompactString; 2]> = of_base.collect();
        if let Some(of_delta) = self.delta.written.get(fold) {
            forms.extend(of_delta);
            forms.sort_unstable();
            forms.dedup();
        }
        forms
    }

    /// Returns the forms that a whole Latin name may be: marks decide where it has them.
    pub fn latin(&self, name: &str) -> SmallVec<[CompactString; 1]> {
        let known = self.written(&fold::fold(name));
        known.into_iter().filter(|form| fold::same_word(name, form)).cloned().collect()
    }

    /// The given name that a Thai text begins with: a listed one, else one that sounds so.
    pub fn thai(&self, text: &str) -> Option<GivenNameMatch> {
        self.listed(text).or_else(|| self.heard(text))
    }

    fn heard(&self, text: &str) -> Option<GivenNameMatch> {
        let is_there = |number: u32| !self.gone.contains(&self.base.heard[number as usize]);
        let of_base = self.base.sounds.hear(text, is_there);
        let of_delta = self.delta.sounds.hear(text, |_| true);
        let end = of_base.iter().chain(&of_delta).map(|given| given.end).max()?;
        let layers = [(of_base, &self.base), (of_delta, &self.delta)];
        let mut names: Vec<(f32, &CompactString)> = layers
            .iter()
            .filter_map(|(given, layer)| Some((given.as_ref().filter(|given| given.end == end)?, layer)))
            .flat_map(|(given, layer)| given.names.iter().map(|(cost, number)| (*cost, &layer.heard[*number as usize])))
            .collect();
        names.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let mut forms: SmallVec<[CompactString; 1]> = SmallVec::new();
        for (_, name) in names {
            if forms.len() < phonetic::MOST_GIVEN_SYLLABLES && !forms.contains(name) {
                forms.push(name.clone());
            }
        }
        Some(GivenNameMatch { end, forms })
    }

    fn listed(&self, text: &str) -> Option<GivenNameMatch> {
        let lengths = [&self.base.thai_lengths, &self.delta.thai_lengths];
        let longest = *lengths.iter().filter_map(|lengths| lengths.first()).max()?;
        // The fold drops some bytes, never many.
        let mut to = text.len().min(longest + 24);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let mut folded = fold::Folded::default();
        folded.fold(&text[..to]);
        let of_length = |length: usize| {
            let known = self.written(folded.text.get(..length)?);
            if known.is_empty() {
                return None;
            }
            let (_, end) = folded.source_range(text, 0, length);
            let whole = cluster::is_boundary(text, end) && phonetic::ends_name(&text[end..]);
            whole.then(|| GivenNameMatch { end, forms: known.into_iter().cloned().collect() })
        };
        let found = lengths.map(|lengths| lengths.iter().find_map(|length| of_length(*length)));
        found.into_iter().flatten().max_by_key(|found| found.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::RegistrySource;
    use crate::text::FileId;

    #[test]
    fn names_are_shortened_as_their_languages_do() {
        let text = r#"
[[person]]
id = "v"
names.vi = ["Trịnh Công Hùng"]
names.th = ["จิ่ง กง หุ่ง"]
country = "VN"
[[person]]
id = "l"
names.en = ["Khamphao Sisavath"]
country = "LA"
[[person]]
id = "e"
names.en = ["John Miller"]
[[person]]
id = "u"
names.en = ["Trinh Van Ba"]
[[person]]
id = "one"
names.vi = ["Hùng"]
"#;
        let registry = Registry::load(&[RegistrySource { file: FileId(0), text }]);
        let of = |id: &str| forms(registry.by_id(id).expect("an entry")).collect::<Vec<_>>();
        assert_eq!(of("v"), ["Hùng", "Công Hùng", "หุ่ง", "กง หุ่ง"]);
        assert_eq!(of("l"), ["Khamphao"]);
        assert_eq!(of("e"), ["Miller"]);
        assert_eq!(of("u"), ["Ba", "Van Ba"]);
        assert_eq!(of("one"), [""; 0]);
        let givens = GivenNames::new(&registry);
        assert_eq!(givens.latin("HUNG").to_vec(), ["Hùng"]);
        assert!(givens.latin("Hưng").is_empty());
        assert_eq!(givens.thai("หุ่งกล่าว").map(|found| found.forms.to_vec()), Some(vec!["หุ่ง".into()]));
        assert_eq!(givens.thai("ฮุง กล่าว").map(|found| found.forms.to_vec()), Some(vec!["Hùng".into()]));
    }
}
