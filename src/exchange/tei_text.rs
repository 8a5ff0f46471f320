//! The plain text of a TEI document, with the place in it of every element that has an id or is a name.
//!
//! Policy: the text is that of `text` (without lists of persons, places and the like). Blocks (`p`, `head`, `l`, …)
//! begin a line, `lb` breaks one (but for `break="no"`), white space in a row is one space unless
//! `xml:space="preserve"` says otherwise. Of `choice` and `app` the edited reading is kept (`corr`, `reg`, `expan`,
//! `lem`); notes, running heads, deletions and the other readings are left out, and named.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::xml_tree::{XmlElement, XmlNode};

/// Elements that begin a line and end one.
const BLOCKS: &[&str] = &[
    "ab",
    "argument",
    "body",
    "back",
    "byline",
    "castItem",
    "cell",
    "closer",
    "dateline",
    "div",
    "docAuthor",
    "docDate",
    "docTitle",
    "epigraph",
    "figure",
    "front",
    "group",
    "head",
    "item",
    "l",
    "label",
    "lg",
    "list",
    "opener",
    "p",
    "postscript",
    "row",
    "salute",
    "signed",
    "sp",
    "speaker",
    "stage",
    "table",
    "titlePage",
    "titlePart",
    "trailer",
];

/// Elements whose text is not that of the document.
const LEFT_OUT: &[&str] = &[
    "abbr",
    "del",
    "desc",
    "figDesc",
    "fw",
    "listBibl",
    "listEvent",
    "listOrg",
    "listPerson",
    "listPlace",
    "note",
    "noteGrp",
    "orig",
    "rdg",
    "sic",
    "teiHeader",
    "witDetail",
];

/// Readings that are left out only beside an edited one.
const IN_CHOICE: &[&str] = &["abbr", "orig", "sic"];

/// The names of persons, places and other things, and dates.
const NAMES: &[&str] = &["date", "geogName", "name", "orgName", "persName", "placeName", "rs"];

/// An element that is a name, with its place in the text in code points.
pub(super) struct TeiName<'x> {
    pub element: &'x XmlElement,
    pub place: (u32, u32),
}

/// The text of a document.
#[derive(Default)]
pub(super) struct TeiText<'x> {
    pub text: String,
    pub names: Vec<TeiName<'x>>,
    /// Names of elements whose text was left out.
    pub left_out: BTreeSet<String>,
    /// The code points of all text nodes before an element and behind it, by its id.
    by_id: FxHashMap<&'x str, (usize, usize)>,
    /// The same of elements without ids, by name, in order.
    by_name: FxHashMap<&'x str, Vec<(usize, usize)>>,
    /// The place in the text before and behind each code point of the text nodes.
    places: Vec<(u32, u32)>,
    length: u32,
    /// White space is due before the next letter.
    space: bool,
}

impl<'x> TeiText<'x> {
    /// Reads the element `text` of a document.
    pub(super) fn new(text: &'x XmlElement) -> Self {
        let mut this = Self::default();
        this.element(text, false, true);
        if !this.text.is_empty() && !this.text.ends_with('\n') {
            this.text.push('\n');
        }
        this
    }

    /// Returns the place of `length` code points of an element's own text, from `offset` on; of all of them without a
    /// range. An element is named by its id, or as `//p[2]`.
    pub(super) fn place(&self, element: &str, range: Option<(usize, usize)>) -> Option<(u32, u32)> {
        let (first, last) = match element.strip_prefix("//") {
            Some(path) => {
                let (name, number) =
                    path.split_once('[').map_or((path, "1"), |(name, rest)| (name, rest.trim_end_matches(']')));
                let number: usize = number.parse().ok()?;
                *self.by_name.get(name)?.get(number.checked_sub(1)?)?
            }
            None => *self.by_id.get(element)?,
        };
        let element_start = first;
        let (first, last) = match range {
            Some((offset, length)) => {
                let first = first.checked_add(offset)?;
                let end = first.checked_add(length)?;
                if end > last {
                    return None;
                }
                (first, end)
            }
            None => (first, last),
        };
        if first == last {
            // An empty place belongs to what stands before it: what follows may be on another line.
            let at = match first.checked_sub(1).filter(|before| *before >= element_start) {
                Some(before) => self.places.get(before)?.1,
                None => self.places.get(first).map_or(self.length, |(before, _)| *before),
            };
            return Some((at, at));
        }
        let (start, end) = (self.places.get(first)?.0, self.places.get(last - 1)?.1);
        Some((start, end.max(start)))
    }

    fn element(&mut self, element: &'x XmlElement, preserve: bool, is_kept: bool) {
        let name = element.name.as_str();
        let preserve = match element.attribute("xml:space") {
            Some("preserve") => true,
            Some("default") => false,
            _ => preserve,
        };
        let first = self.places.len();
        let is_block = BLOCKS.contains(&name);
        if is_kept && (is_block || (name == "lb" && element.attribute("break") != Some("no"))) {
            self.new_line();
        } else if name == "lb" {
            self.space = false;
        }
        let start = self.length;
        // An edited reading beside it decides whether this one stays.
        let edits =
            name == "choice" && element.elements().any(|one| matches!(one.name.as_str(), "corr" | "reg" | "expan"));
        for child in &element.children {
            match child {
                XmlNode::Text(words) => self.words(words, preserve, is_kept),
                XmlNode::Element(child) => {
                    let inner = child.name.as_str();
                    let stays = !LEFT_OUT.contains(&inner) || (IN_CHOICE.contains(&inner) && !edits);
                    if !stays && is_kept {
                        self.left_out.insert(inner.to_owned());
                    }
                    self.element(child, preserve, is_kept && stays);
                }
            }
        }
        let range = (first, self.places.len());
        if let Some(id) = element.attribute("xml:id") {
            self.by_id.insert(id, range);
        }
        self.by_name.entry(name).or_default().push(range);
        if is_kept && NAMES.contains(&name) {
            // White space at its borders belongs to no name.
            let place = self.place_of(range).unwrap_or((start, start));
            self.names.push(TeiName { element, place });
        }
        if is_kept && is_block {
            self.new_line();
        }
    }

    /// The place of code points of text nodes, without white space at its borders.
    fn place_of(&self, (first, last): (usize, usize)) -> Option<(u32, u32)> {
        let mut letters = self.places.get(first..last)?.iter().filter(|(before, behind)| before < behind);
        let start = letters.next()?;
        Some((start.0, letters.next_back().unwrap_or(start).1))
    }

    fn new_line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
            self.length += 1;
        }
    }

    fn words(&mut self, words: &str, preserve: bool, is_kept: bool) {
        for letter in words.chars() {
            let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !is_kept || (is_space && !preserve) {
                self.space |= is_kept && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']);
                self.places.push((self.length, self.length));
                continue;
            }
            if std::mem::take(&mut self.space) && !preserve {
                self.text.push(' ');
                self.length += 1;
            }
            self.places.push((self.length, self.length + 1));
            self.text.push(letter);
            self.length += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml_tree;
    use super::*;

    fn shown(body: &str) -> (String, Vec<String>, Vec<String>) {
        let root = xml_tree::parse(body).expect("XML");
        let text = TeiText::new(&root);
        let letters: Vec<char> = text.text.chars().collect();
        let names =
            text.names.iter().map(|name| letters[name.place.0 as usize..name.place.1 as usize].iter().collect());
        (text.text.clone(), names.collect(), text.left_out.iter().cloned().collect())
    }

    #[test]
    fn blocks_breaks_and_readings() {
        let (text, names, left_out) = shown(
            "<text><body>\n <head>One</head>\n <p>Bà  <persName>Lan\n  <name>Anh</name></persName>, <choice><sic>o</sic>\
             <corr>ở</corr></choice> Hu<lb break=\"no\"/>ế<note>n</note>.<lb/>\n  Next</p></body></text>",
        );
        assert_eq!(text, "One\nBà Lan Anh, ở Huế.\nNext\n");
        assert_eq!(names, ["Anh", "Lan Anh"]);
        assert_eq!(left_out, ["note", "sic"]);
    }

    #[test]
    fn text_that_is_preserved_keeps_its_places() {
        let root = xml_tree::parse("<text><ab xml:id=\"t\" xml:space=\"preserve\">  a\n\tb </ab></text>").expect("XML");
        let text = TeiText::new(&root);
        assert_eq!(text.text, "  a\n\tb \n");
        assert_eq!((text.place("t", Some((2, 1))), text.place("t", None)), (Some((2, 3)), Some((0, 7))));
        assert_eq!((text.place("t", Some((7, 0))), text.place("t", Some((7, 1)))), (Some((7, 7)), None));
        assert_eq!(text.place("//ab[1]", Some((2, 1))), Some((2, 3)));
        assert_eq!(text.place("//ab[2]", None), None);
    }
}
