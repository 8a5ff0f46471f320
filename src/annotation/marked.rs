//! The marks in a text: its text-bound annotations as spans of the document, with what they are linked to.

use rustc_hash::FxHashMap;

use super::counting::CountingIndex;
use super::line::AnnotationBody;
use super::places::{joined, spans};
use super::recorded::agrees;
use super::standoff::Standoff;
use crate::text::Span;

/// A text-bound annotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextBound<'a> {
    /// The id.
    pub id: &'a str,
    /// The type.
    pub label: &'a str,
    /// The place in bytes of the document. Of an annotation in several pieces: from the first piece to the last one on
    /// the same line.
    pub core: Span,
    /// From the first piece to the last, in bytes of the document.
    pub extent: Span,
    /// The entries of databases it is linked to, without the names of the databases; sorted, each once.
    pub entries: Vec<&'a str>,
    /// True where the recorded text, if there is one, stands at the offsets.
    pub is_right: bool,
}

impl Standoff {
    /// The text-bound annotations of `text`, the document, in the order of the file. Those whose offsets do not lie in
    /// the text are left out: they are findings.
    pub fn marked(&self, text: &str) -> Vec<TextBound<'_>> {
        let links = self.links();
        let index = CountingIndex::code_points(text);
        let marked = self.lines().iter().filter_map(|line| {
            let AnnotationBody::Text { kind, fragments, text: recorded, .. } = &line.body else { return None };
            let spans = spans(&index, fragments)?;
            let extent = spans.iter().copied().reduce(Span::cover)?;
            let core = spans.iter().copied().reduce(|core, next| {
                let whole = core.cover(next);
                if whole.slice(text).contains(['\n', '\r']) { core } else { whole }
            })?;
            let id = self.slice(line.id);
            let entries = links.get(id).cloned().unwrap_or_default();
            let is_right = recorded.is_none_or(|recorded| agrees(&joined(text, &spans), self.slice(recorded)));
            Some(TextBound { id, label: self.slice(*kind), core, extent, entries, is_right })
        });
        marked.collect()
    }

    /// The links of annotations to an entry, of whichever database: the places of its name, without the database's.
    pub fn links_to<'a>(&'a self, entry: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.lines().iter().filter_map(move |line| {
            let AnnotationBody::Normalization { reference, .. } = line.body else { return None };
            let (database, name) = self.slice(reference).split_once(':')?;
            (name == entry).then(|| Span::new(reference.start + database.len() as u32 + 1, reference.end))
        })
    }

    /// The entries that annotations are linked to, by the annotation's id.
    fn links(&self) -> FxHashMap<&str, Vec<&str>> {
        let mut links: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for line in self.lines() {
            let AnnotationBody::Normalization { target, reference } = line.body else { continue };
            let Some((_, entry)) = self.slice(reference).split_once(':') else { continue };
            links.entry(self.slice(target)).or_default().push(entry);
        }
        for entries in links.values_mut() {
            entries.sort_unstable();
            entries.dedup();
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_an_entry() {
        let file = Standoff::parse(
            "T1\tPer 0 1\tx\nN1\tReference T1 Registry:an\tan\nN2\tReference T1 ก:an\t\nN3\tReference T1 R:ann\tan\n\
             N4\tReference Annotation:T1 Referent:R:an\tx\nN5\tReference T1 R:a:an\tx\n#1\tNote T1\tR:an\n",
        );
        let found: Vec<_> = file.links_to("an").map(|at| (at.start, file.slice(at))).collect();
        assert_eq!(found, [(38, "an"), (64, "an"), (131, "an")]);
        assert_eq!(file.links_to("a:an").count(), 1);
    }

    #[test]
    fn places_labels_and_links() {
        let text = "ลุง สมชาย ไป\nเรือ";
        let file = Standoff::parse(
            "T1\tPer 4 9\tสมชาย\nN1\tReference T1 Registry:somchai\tสมชาย\nT2\tPer 0 3;10 12\tลุง ไป\n\
             T3\tPer 0 3;13 17\tลุง เรือ\nT4\tPer 50 60\tx\nN2\tReference T1 Wikidata:Q1\tx\nN3\tReference T1 Other:Q1\tx\n",
        );
        let found: Vec<_> = file
            .marked(text)
            .iter()
            .map(|one| (one.label, one.core.slice(text), one.extent.slice(text), one.entries.join(" ")))
            .collect();
        assert_eq!(
            found,
            [
                ("Per", "สมชาย", "สมชาย", "Q1 somchai".to_owned()),
                ("Per", "ลุง สมชาย ไป", "ลุง สมชาย ไป", String::new()),
                ("Per", "ลุง", text, String::new()),
            ]
        );
    }
}
