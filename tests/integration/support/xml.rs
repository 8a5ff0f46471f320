//! As much of XML as our formats write: a tree of elements, or a panic where a text is not well-formed.

/// An element.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The root element of a document with an XML declaration.
pub fn parse(document: &str) -> Element {
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let mut rest = document.strip_prefix(declaration).expect("an XML declaration");
    let legal = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
    assert!(rest.chars().all(legal), "a control character that XML cannot hold");
    let root = element(&mut rest);
    assert_eq!(rest.trim(), "", "text behind the root element");
    root
}

fn element(rest: &mut &str) -> Element {
    *rest = rest.strip_prefix('<').expect("an element");
    let (mut tag, after) = rest.split_once('>').expect("the end of a tag");
    *rest = after;
    let empty = tag.ends_with('/');
    tag = tag.trim_end_matches('/');
    let (name, mut list) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !list.trim().is_empty() {
        let (key, after) = list.trim_start().split_once("=\"").expect("an attribute");
        let (value, after) = after.split_once('"').expect("the end of an attribute");
        assert!(!value.contains('<') && attributes.iter().all(|(name, _)| name != key), "{key}");
        attributes.push((key.to_owned(), unescaped(value)));
        list = after;
    }
    let mut element = Element { name: name.to_owned(), attributes, children: Vec::new(), text: String::new() };
    if empty {
        return element;
    }
    loop {
        let (text, _) = rest.split_once('<').expect("an end tag");
        element.text.push_str(&unescaped(text));
        *rest = &rest[text.len()..];
        if let Some(after) = rest.strip_prefix("</") {
            let (end, after) = after.split_once('>').expect("the end of an end tag");
            assert_eq!(end, name);
            *rest = after;
            return element;
        }
        element.children.push(self::element(rest));
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut pieces = text.split('&');
    plain.push_str(pieces.next().unwrap());
    for piece in pieces {
        let (entity, after) = piece.split_once(';').expect("an entity");
        plain.push_str(match entity {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#9" => "\t",
            "#10" => "\n",
            "#13" => "\r",
            other => panic!("the entity {other}"),
        });
        plain.push_str(after);
    }
    plain
}
