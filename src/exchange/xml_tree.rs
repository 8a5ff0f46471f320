//! XML as a tree of elements with their lines, and text escaped for it.
//!
//! Hostile input costs linear time: entities that a document type declares are not expanded, and nesting is bounded.
//! Deliberately absent: validation, and comments and processing instructions, which say nothing here.

use std::borrow::Cow;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use rustc_hash::FxHashSet;

use super::error::ExchangeError;

/// The deepest nesting that is read: documents of people nest a few dozen deep.
const DEEPEST: usize = 400;

/// The most namespaces in force at one place: a CAS declares one for each package of types.
const MOST_NAMESPACES: usize = 512;

/// An element.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct XmlElement {
    /// The address of the namespace; empty without one.
    pub namespace: Arc<str>,
    /// The name, without a prefix.
    pub name: String,
    /// Names, with a prefix where there is one, and values.
    pub attributes: Vec<(String, String)>,
    /// Elements and texts within it.
    pub children: Vec<XmlNode>,
    /// The line of its start.
    pub line: usize,
}

/// A part of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum XmlNode {
    /// An element.
    Element(XmlElement),
    /// A text.
    Text(String),
}

impl XmlElement {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements directly within this one.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns the first element of a name directly within this one.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// Returns all text within this element.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                XmlNode::Element(element) => element.add_text(text),
                XmlNode::Text(words) => text.push_str(words),
            }
        }
    }
}

/// Reads a file.
///
/// # Errors
/// At the first place that is no XML.
pub(super) fn parse(source: &str) -> Result<XmlElement, ExchangeError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mut reader = Reader::from_str(source);
    let mut tree = XmlTreeBuilder::default();
    let (mut at, mut line) = (0, 1);
    loop {
        let event = reader.read_event();
        let start = if event.is_err() { reader.error_position() } else { reader.buffer_position() } as usize;
        let place = start.clamp(at, source.len());
        // The line on which an event begins, but for white space before it, which is a text of its own.
        let line_of_event = line;
        line += memchr::memchr_iter(b'\n', &source.as_bytes()[at..place]).count();
        at = place;
        let wrong = |message: String| ExchangeError::new(line, message);
        match event.map_err(|error| wrong(format!("not well-formed XML: {error}")))? {
            Event::Start(start) => tree.open(&start, line_of_event).map_err(wrong)?,
            Event::Empty(start) => {
                tree.open(&start, line_of_event).map_err(wrong)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|error| wrong(error.to_string()))?;
                match letter {
                    Some(letter) => tree.text(letter.encode_utf8(&mut [0; 4])),
                    None => {
                        let name = reference.xml10_content();
                        let words = resolve_predefined_entity(&name).ok_or_else(|| {
                            wrong(format!("the entity `&{name};` is unknown; write the letter itself"))
                        })?;
                        tree.text(words);
                    }
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    if let Some(open) = tree.open.last() {
        return Err(ExchangeError::new(open.line, format!("the element `{}` is not closed", open.name)));
    }
    tree.root.ok_or_else(|| ExchangeError::new(1, "there is no XML element"))
}

#[derive(Default)]
struct XmlTreeBuilder {
    open: Vec<XmlElement>,
    /// Prefixes and addresses of namespaces, the innermost last; with each the depth at which it was declared.
    namespaces: Vec<(usize, String, Arc<str>)>,
    root: Option<XmlElement>,
}

impl XmlTreeBuilder {
    fn open(&mut self, start: &BytesStart<'_>, line: usize) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("elements are nested more than {DEEPEST} deep"));
        }
        let depth = self.open.len() + 1;
        let mut attributes: Vec<(String, String)> = Vec::new();
        let mut seen = FxHashSet::default();
        // Checks of the parser compare each attribute with all others: the set is faster for thousands of them.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| format!("not well-formed XML: {error}"))?;
            let name = attribute.key.as_ref().to_owned();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            if !seen.insert(name.clone()) {
                return Err(format!("the attribute `{name}` is there twice"));
            }
            match name.strip_prefix("xmlns") {
                Some("") => self.namespaces.push((depth, String::new(), value.as_ref().into())),
                Some(prefix) if prefix.starts_with(':') => {
                    self.namespaces.push((depth, prefix[1..].to_owned(), value.as_ref().into()));
                }
                _ => attributes.push((name, value.into_owned())),
            }
        }
        if self.namespaces.len() > MOST_NAMESPACES {
            return Err(format!("more than {MOST_NAMESPACES} namespaces are declared"));
        }
        let name = start.name();
        let full = name.as_ref();
        let (prefix, local) = full.split_once(':').unwrap_or(("", full));
        let namespace = self.namespaces.iter().rev().find(|(_, known, _)| known == prefix);
        let namespace = match namespace {
            Some((_, _, address)) => address.clone(),
            None if prefix.is_empty() => Arc::from(""),
            None => return Err(format!("the prefix `{prefix}` of `{full}` is not declared")),
        };
        self.open.push(XmlElement { namespace, name: local.to_owned(), attributes, children: Vec::new(), line });
        Ok(())
    }

    fn close(&mut self) {
        let depth = self.open.len();
        let Some(element) = self.open.pop() else { return };
        while self.namespaces.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.namespaces.pop();
        }
        match self.open.last_mut() {
            Some(parent) => parent.children.push(XmlNode::Element(element)),
            None => {
                self.root.get_or_insert(element);
            }
        }
    }

    fn text(&mut self, words: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(XmlNode::Text(text)) => text.push_str(words),
            _ if words.is_empty() => {}
            _ => parent.children.push(XmlNode::Text(words.to_owned())),
        }
    }
}

/// Tells whether XML 1.0 has no way to write a character.
pub(super) const fn is_forbidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as the value of an attribute or the content of an element. White space but the space is written as a
/// reference, since readers may change it; what XML forbids becomes U+FFFD.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    escape(text, |letter| matches!(letter, '\n' | '\r' | '\t'))
}

/// A text as the content of an element that keeps its white space.
pub(super) fn escaped_content(text: &str) -> Cow<'_, str> {
    escape(text, |letter| letter == '\r')
}

fn escape(text: &str, is_reference: impl Fn(char) -> bool) -> Cow<'_, str> {
    let special =
        |letter: char| matches!(letter, '<' | '>' | '&' | '"') || is_reference(letter) || is_forbidden(letter);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ if is_reference(letter) => out.push_str(&format!("&#{};", letter as u32)),
            _ if is_forbidden(letter) => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_texts() {
        let root = parse(
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- c -->\n<a xmlns=\"u:1\" xmlns:x=\"u:2\" v=\"1&#10;2\">\n  \
             <x:b>L&#x1EAF;n &amp; <![CDATA[<i>]]></x:b><c/>\n</a>\n",
        )
        .expect("XML");
        assert_eq!((&*root.namespace, root.name.as_str(), root.line), ("u:1", "a", 3));
        assert_eq!(root.attribute("v"), Some("1\n2"));
        let inner = root.child("b").expect("an element");
        assert_eq!((&*inner.namespace, inner.line, inner.text().as_str()), ("u:2", 4, "Lắn & <i>"));
        assert_eq!(root.elements().count(), 2);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let wrong = |source: &str| parse(source).expect_err(source).to_string();
        assert_eq!(wrong("<a>\n<b>\n</a>").split(':').next(), Some("line 3"));
        assert_eq!(wrong("<a>\n<b>"), "line 2: the element `b` is not closed");
        assert_eq!(wrong("<a>\n&evil;</a>"), "line 2: the entity `&evil;` is unknown; write the letter itself");
        assert_eq!(wrong("<x:a/>"), "line 1: the prefix `x` of `x:a` is not declared");
        assert_eq!(wrong("<a b=\"1\" b=\"2\"/>"), "line 1: the attribute `b` is there twice");
        assert_eq!(wrong("nothing"), "line 1: there is no XML element");
        assert!(wrong(&"<a>".repeat(500)).contains("nested more than 400 deep"));
        assert!(parse(&format!("{}{}", "<a>".repeat(300), "</a>".repeat(300))).is_ok());
    }

    #[test]
    fn what_is_escaped_is_read_again() {
        let text = "a\r\n\t<&>\"'😀 ắ";
        let root = parse(&format!("<a v=\"{}\">{}</a>", escaped(text), escaped_content(text))).expect("XML");
        assert_eq!((root.attribute("v"), root.text().as_str()), (Some(text), text));
        assert_eq!(escaped("a\u{1}b"), "a\u{fffd}b");
    }
}
