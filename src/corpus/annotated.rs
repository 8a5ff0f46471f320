//! The annotated words of the corpus: surface → types and links, with how often and where; kept by difference.
//!
//! Deliberately absent: places in texts, which change with every edit, and what follows from two types of one surface
//! (`rules/`).

use std::sync::Arc;

use compact_str::CompactString;
use rpds::HashTrieMapSync;
use rustc_hash::{FxHashMap, FxHashSet};

use super::counts::count;
use crate::annotation::{AnnotationBody, Standoff};
use crate::text::{FileId, Span, fold};

/// The annotated words of one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnnotationCounts {
    surfaces: Vec<AnnotatedSurface>,
    links: Vec<(CompactString, u32)>,
}

/// A surface that is annotated in one way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotatedSurface {
    /// The words in normalisation form C.
    pub surface: CompactString,
    /// The types of one place, sorted, with `+` between them.
    pub labels: CompactString,
    /// The entries that the annotations of one place are linked to, sorted, with `+` between them.
    pub links: Option<CompactString>,
    /// The number of places.
    pub count: u32,
    /// The offsets of the first one in the annotation file.
    pub first: Span,
}

impl AnnotationCounts {
    /// Counts what a file says, by its recorded texts. The triggers of events are left out: words that tell of events
    /// tell of many.
    pub fn of(standoff: &Standoff) -> Self {
        let mut triggers: FxHashSet<&str> = FxHashSet::default();
        let mut links: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut linked: FxHashMap<&str, u32> = FxHashMap::default();
        for line in standoff.lines() {
            match line.body {
                AnnotationBody::Event { trigger, .. } => {
                    triggers.insert(standoff.slice(trigger));
                }
                AnnotationBody::Normalization { target, reference } => {
                    links.entry(standoff.slice(target)).or_default().push(standoff.slice(reference));
                    *linked.entry(standoff.slice(reference)).or_default() += 1;
                }
                _ => {}
            }
        }
        let mut places: FxHashMap<&str, PlaceLabels<'_>> = FxHashMap::default();
        for line in standoff.lines() {
            let AnnotationBody::Text { kind, offsets, text: Some(text), .. } = line.body else { continue };
            let id = standoff.slice(line.id);
            let surface = standoff.slice(text).trim_end();
            if triggers.contains(id) || !surface.contains(char::is_alphanumeric) {
                continue;
            }
            let place = places.entry(standoff.slice(offsets)).or_insert_with(|| PlaceLabels::new(surface, offsets));
            place.labels.push(standoff.slice(kind));
            place.links.extend(links.get(id).into_iter().flatten());
        }
        let mut places: Vec<PlaceLabels<'_>> = places.into_values().collect();
        places.sort_unstable_by_key(|place| place.offsets.start);
        let mut surfaces: Vec<AnnotatedSurface> = Vec::new();
        let mut known: FxHashMap<(CompactString, CompactString, Option<CompactString>), usize> = FxHashMap::default();
        for place in places {
            let surface = CompactString::from(fold::nfc(place.surface));
            let links = (!place.links.is_empty()).then(|| joined(place.links));
            let key = (surface, joined(place.labels), links);
            if let Some(number) = known.get(&key) {
                surfaces[*number].count += 1;
                continue;
            }
            let (surface, labels, links) = key.clone();
            known.insert(key, surfaces.len());
            surfaces.push(AnnotatedSurface { surface, labels, links, count: 1, first: place.offsets });
        }
        let mut linked: Vec<(CompactString, u32)> = linked.into_iter().map(|(to, times)| (to.into(), times)).collect();
        linked.sort_unstable();
        Self { surfaces, links: linked }
    }

    /// The entries that annotations are linked to, `DATABASE:ENTRY`, with how often; sorted.
    pub fn links(&self) -> &[(CompactString, u32)] {
        &self.links
    }

    /// The surfaces, each way of annotating one once, by their first place in the file.
    pub fn surfaces(&self) -> &[AnnotatedSurface] {
        &self.surfaces
    }
}

/// The annotations of one place.
struct PlaceLabels<'a> {
    surface: &'a str,
    offsets: Span,
    labels: Vec<&'a str>,
    links: Vec<&'a str>,
}

impl<'a> PlaceLabels<'a> {
    const fn new(surface: &'a str, offsets: Span) -> Self {
        Self { surface, offsets, labels: Vec::new(), links: Vec::new() }
    }
}

fn joined(mut words: Vec<&str>) -> CompactString {
    words.sort_unstable();
    words.dedup();
    words.join("+").into()
}

/// The ways in which one surface is annotated.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SurfaceUse {
    /// By types.
    pub labels: Vec<LabelUse>,
    /// By entries.
    pub links: Vec<LabelUse>,
}

/// One way of annotating a surface.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelUse {
    /// The types or entries, with `+` between them.
    pub label: CompactString,
    /// The number of places in the corpus.
    pub total: u32,
    /// The annotation files with the number of places in each, sorted by file.
    pub files: Vec<(FileId, u32)>,
}

/// The annotated words of the corpus. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct AnnotationIndex {
    surfaces: HashTrieMapSync<CompactString, Arc<SurfaceUse>>,
    links: HashTrieMapSync<CompactString, u32>,
    files: HashTrieMapSync<FileId, Arc<AnnotationCounts>>,
}

impl AnnotationIndex {
    /// Tells whether nothing is annotated.
    pub fn is_empty(&self) -> bool {
        self.surfaces.is_empty() && self.links.is_empty()
    }

    /// The ways in which a surface, in normalisation form C, is annotated.
    pub fn surface(&self, surface: &str) -> Option<&SurfaceUse> {
        self.surfaces.get(surface).map(|used| &**used)
    }

    /// The number of annotations that are linked to an entry, `DATABASE:ENTRY`.
    pub fn linked(&self, reference: &str) -> u32 {
        self.links.get(reference).copied().unwrap_or(0)
    }

    /// Takes in what an annotation file says now; `None` where it is gone. Returns the other annotation files of which
    /// the findings may be others.
    pub fn set(&mut self, file: FileId, now: Option<Arc<AnnotationCounts>>) -> Vec<FileId> {
        let before = self.files.get(&file).cloned();
        if before == now {
            return Vec::new();
        }
        let mut touched: FxHashSet<FileId> = FxHashSet::default();
        for (counts, sign) in before.iter().map(|before| (before, -1)).chain(now.iter().map(|now| (now, 1))) {
            self.change(file, counts, sign);
        }
        // Compared are the surfaces of both, once the index is as it will be.
        for used in before.iter().chain(&now).flat_map(|counts| &counts.surfaces) {
            let Some(all) = self.surfaces.get(&used.surface) else { continue };
            if all.labels.len() > 1 || all.links.len() > 1 || before.is_some() {
                let files = all.labels.iter().chain(&all.links).flat_map(|used| &used.files);
                touched.extend(files.map(|(file, _)| *file));
            }
        }
        match now {
            Some(now) => self.files.insert_mut(file, now),
            None => {
                self.files.remove_mut(&file);
            }
        }
        touched.remove(&file);
        let mut touched: Vec<FileId> = touched.into_iter().collect();
        touched.sort_unstable();
        touched
    }

    /// Takes in what an annotation file says that is not known yet.
    pub fn add(&mut self, file: FileId, counts: Arc<AnnotationCounts>) {
        self.change(file, &counts, 1);
        self.files.insert_mut(file, counts);
    }

    /// Takes in how a surface is annotated in files that are not at hand: types and entries, each with the number of
    /// places.
    pub fn quote<'l>(
        &mut self,
        surface: &CompactString,
        labels: impl IntoIterator<Item = (&'l CompactString, u32)>,
        links: impl IntoIterator<Item = (&'l CompactString, u32)>,
    ) {
        let mut all = self.surfaces.get(surface).map(|used| (**used).clone()).unwrap_or_default();
        labels.into_iter().for_each(|(label, times)| quote_label(&mut all.labels, label, times));
        links.into_iter().for_each(|(link, times)| quote_label(&mut all.links, link, times));
        self.surfaces.insert_mut(surface.clone(), Arc::new(all));
    }

    /// Takes in how often annotations of files that are not at hand are linked to an entry.
    pub fn quote_links(&mut self, reference: &CompactString, times: u32) {
        let times = self.linked(reference).saturating_add(times);
        self.links.insert_mut(reference.clone(), times);
    }

    fn change(&mut self, file: FileId, counts: &AnnotationCounts, sign: i64) {
        for used in &counts.surfaces {
            if !self.surfaces.contains_key(&used.surface) {
                self.surfaces.insert_mut(used.surface.clone(), Arc::default());
            }
            let Some(all) = self.surfaces.get_mut(&used.surface) else { continue };
            let all = Arc::make_mut(all);
            let by = sign * i64::from(used.count);
            change_label(&mut all.labels, &used.labels, file, by);
            if let Some(links) = &used.links {
                change_label(&mut all.links, links, file, by);
            }
            if all.labels.is_empty() && all.links.is_empty() {
                self.surfaces.remove_mut(&used.surface);
            }
        }
        for (to, times) in &counts.links {
            let now = (i64::from(self.linked(to)) + sign * i64::from(*times)).max(0) as u32;
            if now == 0 {
                self.links.remove_mut(to);
            } else {
                self.links.insert_mut(to.clone(), now);
            }
        }
    }
}

fn quote_label(uses: &mut Vec<LabelUse>, label: &CompactString, times: u32) {
    match uses.iter_mut().find(|used| used.label == *label) {
        Some(used) => used.total = used.total.saturating_add(times),
        None => uses.push(LabelUse { label: label.clone(), total: times, files: Vec::new() }),
    }
}

fn change_label(uses: &mut Vec<LabelUse>, label: &CompactString, file: FileId, by: i64) {
    let at = match uses.iter().position(|used| used.label == *label) {
        Some(at) => at,
        None => {
            uses.push(LabelUse { label: label.clone(), total: 0, files: Vec::new() });
            uses.len() - 1
        }
    };
    let used = &mut uses[at];
    used.total = (i64::from(used.total) + by).max(0) as u32;
    count(&mut used.files, file, by);
    if used.total == 0 {
        uses.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(file: &str) -> Arc<AnnotationCounts> {
        Arc::new(AnnotationCounts::of(&Standoff::parse(file)))
    }

    #[test]
    fn ways_of_annotating_a_surface() {
        let counts = counts(
            "T1\tPer 0 3\tLan\nT2\tPer 8 11\tLan\nT3\tVip 8 11\tLan\nN1\tReference T1 registry:lan\tLan\n\
             T4\tGo 4 6\tđi\nE1\tGo:T4 Who:T1\nT5\tPer 20 21\t.\n",
        );
        let found: Vec<_> = counts
            .surfaces()
            .iter()
            .map(|used| (used.surface.as_str(), used.labels.as_str(), used.links.as_deref(), used.count))
            .collect();
        assert_eq!(found, [("Lan", "Per", Some("registry:lan"), 1), ("Lan", "Per+Vip", None, 1)]);
    }

    #[test]
    fn files_with_a_surface_in_common_touch_each_other() {
        let mut index = AnnotationIndex::default();
        let (one, two, three) = (FileId(1), FileId(2), FileId(3));
        assert!(index.set(one, Some(counts("T1\tPer 0 3\tLan\n"))).is_empty());
        assert!(index.set(two, Some(counts("T1\tPer 0 3\tHoa\n"))).is_empty());
        assert_eq!(index.set(three, Some(counts("T1\tOrg 0 3\tLan\n"))), [one]);
        assert_eq!(index.surface("Lan").unwrap().labels.len(), 2);
        assert_eq!(index.set(three, None), [one]);
        assert_eq!(index.surface("Lan").unwrap().labels.len(), 1);
    }

    proptest! {
        #[test]
        fn an_index_kept_by_difference_is_the_index_made_afresh(
            steps in prop::collection::vec((0_u32..3, prop::option::of("(T1\t[AB] 0 2\t(ab|cd)\n|N1\tReference T1 registry:[xy]\ta\n){0,3}")), 0..12)
        ) {
            let mut kept = AnnotationIndex::default();
            let mut last: std::collections::BTreeMap<u32, Arc<AnnotationCounts>> = std::collections::BTreeMap::default();
            for (file, text) in steps {
                let now = text.map(|text| counts(&text));
                kept.set(FileId(file), now.clone());
                last.remove(&file);
                last.extend(now.map(|now| (file, now)));
            }
            let mut fresh = AnnotationIndex::default();
            for (file, counts) in last {
                fresh.set(FileId(file), Some(counts));
            }
            let sorted = |index: &AnnotationIndex| -> Vec<String> {
                let mut all: Vec<String> = index.surfaces.iter().map(|(surface, used)| {
                    let mut used = (**used).clone();
                    used.labels.sort_by(|one, other| one.label.cmp(&other.label));
                    used.links.sort_by(|one, other| one.label.cmp(&other.label));
                    format!("{surface} {used:?}")
                }).collect();
                all.extend(index.links.iter().map(|link| format!("{link:?}")));
                all.sort();
                all
            };
            prop_assert_eq!(sorted(&kept), sorted(&fresh));
        }
    }
}
