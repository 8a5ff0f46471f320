//! The targets that places in an annotation file point at: the text, another annotation, an entry of a database.

use super::counting::CountingIndex;
use super::line::AnnotationBody;
use super::places::spans;
use super::standoff::Standoff;
use crate::text::Span;

/// The target that a place points at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pointed<'a> {
    /// A marked piece of the text, from its first fragment to its last, in bytes of the document.
    Text(Span),
    /// An annotation, by its id; it may stand in another file, since an `.a2` refers to its `.a1`.
    Annotation(&'a str),
    /// An entry of a database, without the database's name.
    Entry(&'a str),
}

impl Standoff {
    /// The target that a byte of the file points at, and the words that do. The line of a marked piece of `text`, the
    /// document, is such wherever the byte is in it.
    pub fn pointed(&self, byte: u32, text: &str) -> Option<(Span, Pointed<'_>)> {
        let number = self.lines().partition_point(|line| line.span.start <= byte).checked_sub(1)?;
        let line = Some(&self.lines()[number]).filter(|line| line.span.touches(byte))?;
        match &line.body {
            AnnotationBody::Text { fragments, .. } => {
                let extent = spans(&CountingIndex::code_points(text), fragments)?.into_iter().reduce(Span::cover)?;
                Some((line.span, Pointed::Text(extent)))
            }
            AnnotationBody::Normalization { reference, .. } if reference.touches(byte) => {
                let (_, entry) = self.slice(*reference).split_once(':')?;
                Some((*reference, Pointed::Entry(entry)))
            }
            body => {
                let id = ids(body).into_iter().find(|id| id.touches(byte))?;
                Some((id, Pointed::Annotation(self.slice(id))))
            }
        }
    }
}

/// The ids that a line refers to.
fn ids(body: &AnnotationBody) -> Vec<Span> {
    match body {
        AnnotationBody::Event { trigger, arguments, .. } => {
            std::iter::once(*trigger).chain(arguments.iter().map(|argument| argument.target)).collect()
        }
        AnnotationBody::Relation { arguments, .. } => arguments.iter().map(|argument| argument.target).collect(),
        AnnotationBody::Equivalence { members, .. } => members.clone(),
        AnnotationBody::Attribute { target, .. }
        | AnnotationBody::Normalization { target, .. }
        | AnnotationBody::Note { target, .. } => {
            vec![*target]
        }
        AnnotationBody::Text { .. } | AnnotationBody::Malformed(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_annotations_and_entries() {
        let text = "ลุง สมชาย ไป";
        for (marked, wanted) in [
            ("T1\tPer 4 9\t$0สมชาย\n", Some(Pointed::Text(Span::new(10, 25)))),
            ("$0T1\tPer 0 3;10 12\tลุง ไป\n", Some(Pointed::Text(Span::new(0, text.len() as u32)))),
            ("T1\tPer 40 90\t$0สมชาย\n", None),
            ("N1\tReference T$01 R:somchai\tx\n", Some(Pointed::Annotation("T1"))),
            ("N1\tReference T1 R:som$0chai\tx\n", Some(Pointed::Entry("somchai"))),
            ("N1\tReference T1 R:somchai\t$0x\n", None),
            ("E1\tGo:T2 Who:$0T1\n", Some(Pointed::Annotation("T1"))),
            ("E1\tGo:T2$0 Who:T1\n", Some(Pointed::Annotation("T2"))),
            ("R1\tOf Arg1:T1 Arg2:$0T2\t\n", Some(Pointed::Annotation("T2"))),
            ("*\tSame T1 $0T2\n", Some(Pointed::Annotation("T2"))),
            ("A1\tSure E$01\n", Some(Pointed::Annotation("E1"))),
            ("#1\tNote R$01\tx\n", Some(Pointed::Annotation("R1"))),
            ("T1\tPer 4 9\tสมชาย\n\n$0", None),
            ("nothing $0else\n", None),
            ("$0", None),
        ] {
            let byte = marked.find("$0").expect("a cursor") as u32;
            let file = Standoff::parse(marked.replace("$0", ""));
            assert_eq!(file.pointed(byte, text).map(|(_, pointed)| pointed), wanted, "{marked}");
        }
    }
}
