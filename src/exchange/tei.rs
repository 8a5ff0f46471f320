//! TEI P5: the text in one `ab`, annotations beside it in `standOff`, as the guidelines' chapter on the Web Annotation
//! Data Model has them (`annotation` with a `string-range` pointer).
//!
//! The type is an `interp`, attributes are a feature structure, links are `ptr` and notes `note`; a relation is a
//! `relation` from `active` to `passive`, an equivalence a `link`. When read, inline names of TEI (`persName`,
//! `placeName`, `rs`, `date`, …) become annotations too. Deliberately absent: events, and entries of persons and
//! places, which belong into a registry.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use super::error::ExchangeError;
use super::file::ImportFile;
use super::loss::{LossKind, LossList};
use super::tei_text::{TeiName, TeiText};
use super::xml_tree::{self, XmlElement, escaped, escaped_content, is_forbidden};
use crate::annotation::{
    AnnotatedDocument, AnnotatedEquivalence, AnnotatedRelation, AnnotatedSpan, AnnotatedTarget, EntryLink, Remarks,
};

/// The id of the element that holds the text.
const TEXT_ID: &str = "text";

/// Writes a document.
pub(super) fn write(document: &AnnotatedDocument, losses: &mut LossList) -> String {
    let mut labels: BTreeMap<&str, String> = BTreeMap::new();
    for span in &document.spans {
        let number = labels.len() + 1;
        labels.entry(&span.label).or_insert_with(|| format!("type.{number}"));
    }
    let ids = ids(document);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n  <teiHeader>\n    <fileDesc>\n      \
         <titleStmt><title>{name}</title></titleStmt>\n      <publicationStmt><p>Exported by scholiast.</p></publicationStmt>\n      \
         <sourceDesc><bibl><idno type=\"path\">{name}</idno></bibl></sourceDesc>\n    </fileDesc>\n  </teiHeader>\n  <standOff>\n",
        name = escaped(&document.name)
    );
    if !labels.is_empty() {
        out.push_str("    <interpGrp type=\"annotationType\">\n");
        for (label, id) in &labels {
            let _ = writeln!(out, "      <interp xml:id=\"{id}\">{}</interp>", escaped(label));
        }
        out.push_str("    </interpGrp>\n    <listAnnotation>\n");
        let mut features = String::new();
        for (span, id) in document.spans.iter().zip(&ids.spans) {
            write_annotation(&mut out, &mut features, span, id, &labels[span.label.as_str()]);
        }
        out.push_str("    </listAnnotation>\n");
        out.push_str(&features);
    }
    write_relations(&mut out, document, &ids, losses);
    write_equivalences(&mut out, document, &ids, losses);
    for event in &document.events {
        losses.add(&document.name, &event.id, LossKind::Event);
        if !event.remarks.is_empty() {
            losses.add(&document.name, &event.id, LossKind::RemarkOnRelation);
        }
    }
    let remarks = document.spans.iter().flat_map(|span| {
        let Remarks { links, attributes, notes } = &span.remarks;
        let links = links.iter().flat_map(|link| [&link.database, &link.entry]);
        let attributes = attributes.iter().flat_map(|(name, value)| std::iter::once(name).chain(value));
        links.chain(attributes).chain(notes.iter().flat_map(|(kind, text)| [kind, text])).chain([&span.label])
    });
    for text in remarks.chain([&document.text, &document.name]) {
        let forbidden = text.chars().filter(|letter| is_forbidden(*letter));
        forbidden.for_each(|_| losses.add(&document.name, "", LossKind::Character));
    }
    let _ = write!(
        out,
        "  </standOff>\n  <text>\n    <body>\n      <ab xml:id=\"{TEXT_ID}\" xml:space=\"preserve\">{}</ab>\n    </body>\n  </text>\n</TEI>\n",
        escaped_content(&document.text)
    );
    if !document.text.ends_with('\n') {
        losses.add(&document.name, "", LossKind::WhiteSpace);
    }
    out
}

/// Ids of XML: those of the annotations where XML allows them.
struct TeiIds {
    spans: Vec<String>,
    relations: Vec<String>,
}

fn ids(document: &AnnotatedDocument) -> TeiIds {
    let mut taken: FxHashSet<String> = FxHashSet::from_iter([TEXT_ID.to_owned()]);
    let mut own = |id: &str, letter: char, number: usize| {
        let is_plain = id.starts_with(|first: char| first.is_ascii_alphabetic())
            && id.chars().all(|letter| letter.is_ascii_alphanumeric());
        let mut wanted = if is_plain { id.to_owned() } else { format!("{letter}.{number}") };
        while !taken.insert(wanted.clone()) {
            wanted.push('_');
        }
        wanted
    };
    let spans = document.spans.iter().enumerate().map(|(number, span)| own(&span.id, 'T', number)).collect();
    let relations = document.relations.iter().enumerate().map(|(number, one)| own(&one.id, 'R', number)).collect();
    TeiIds { spans, relations }
}

fn write_annotation(out: &mut String, features: &mut String, span: &AnnotatedSpan, id: &str, label_id: &str) {
    let Remarks { links, attributes, notes } = &span.remarks;
    let ranges: Vec<String> = span.fragments.iter().map(|(start, end)| format!("{start},{}", end - start)).collect();
    let motivation = if links.is_empty() { "tagging" } else { "identifying" };
    let _ = write!(
        out,
        "      <annotation xml:id=\"{id}\" motivation=\"{motivation}\" target=\"#string-range({TEXT_ID},{})\" ana=\"#{label_id}",
        ranges.join(",")
    );
    if !attributes.is_empty() {
        let _ = write!(out, " #{id}.fs");
        let _ = writeln!(features, "    <fs xml:id=\"{id}.fs\">");
        for (name, value) in attributes {
            let value = match value {
                Some(value) => format!("<string>{}</string>", escaped(value)),
                None => "<binary value=\"true\"/>".to_owned(),
            };
            let _ = writeln!(features, "      <f name=\"{}\">{value}</f>", escaped(name));
        }
        features.push_str("    </fs>\n");
    }
    if links.is_empty() && notes.is_empty() {
        out.push_str("\"/>\n");
        return;
    }
    out.push_str("\">");
    for link in links {
        let _ = write!(out, "<ptr target=\"{}\"/>", escaped(&link.to_string()));
    }
    for (kind, text) in notes {
        let _ = write!(out, "<note type=\"{}\" xml:space=\"preserve\">{}</note>", escaped(kind), escaped(text));
    }
    out.push_str("</annotation>\n");
}

fn write_relations(out: &mut String, document: &AnnotatedDocument, ids: &TeiIds, losses: &mut LossList) {
    let mut any = false;
    for (relation, id) in document.relations.iter().zip(&ids.relations) {
        let ends = relation.arguments.each_ref().map(|(_, target)| match target {
            AnnotatedTarget::Span(number) => Some(&ids.spans[*number]),
            AnnotatedTarget::Event(_) => None,
        });
        let is_plain = relation.arguments[0].0 == "Arg1" && relation.arguments[1].0 == "Arg2";
        let [Some(active), Some(passive)] = ends.map(|end| end.filter(|_| is_plain)) else {
            losses.add(&document.name, &relation.id, LossKind::Relation);
            continue;
        };
        if !relation.remarks.is_empty() {
            losses.add(&document.name, &relation.id, LossKind::RemarkOnRelation);
        }
        if !std::mem::replace(&mut any, true) {
            out.push_str("    <listRelation>\n");
        }
        let label = escaped(&relation.label);
        let _ = writeln!(
            out,
            "      <relation xml:id=\"{id}\" name=\"{label}\" active=\"#{active}\" passive=\"#{passive}\"/>"
        );
    }
    if any {
        out.push_str("    </listRelation>\n");
    }
}

fn write_equivalences(out: &mut String, document: &AnnotatedDocument, ids: &TeiIds, losses: &mut LossList) {
    // A link has two ends at least.
    let (linked, alone): (Vec<_>, Vec<_>) = document.equivalences.iter().partition(|one| one.members.len() > 1);
    alone.iter().for_each(|_| losses.add(&document.name, "*", LossKind::Equivalence));
    if linked.is_empty() {
        return;
    }
    out.push_str("    <linkGrp type=\"equivalence\">\n");
    for equivalence in linked {
        let members: Vec<String> =
            equivalence.members.iter().map(|number| format!("#{}", ids.spans[*number])).collect();
        let label = escaped(&equivalence.label);
        let _ = writeln!(out, "      <link type=\"{label}\" target=\"{}\"/>", members.join(" "));
    }
    out.push_str("    </linkGrp>\n");
}

/// Reads the documents of a file: one, or those of a `teiCorpus`.
pub(super) fn read(file: ImportFile<'_>, losses: &mut LossList) -> Result<Vec<AnnotatedDocument>, ExchangeError> {
    let root = xml_tree::parse(file.text)?;
    let documents: Vec<&XmlElement> = match root.name.as_str() {
        "TEI" | "TEI.2" => vec![&root],
        "teiCorpus" => root.elements().filter(|element| element.name == "TEI").collect(),
        other => return Err(ExchangeError::new(root.line, format!("the element is `{other}`; `TEI` is wanted"))),
    };
    let several = documents.len() > 1;
    let name = |number: usize| if several { format!("{}-{}", file.name, number + 1) } else { file.name.to_owned() };
    documents.iter().enumerate().map(|(number, document)| read_document(document, name(number), losses)).collect()
}

fn read_document(tei: &XmlElement, name: String, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
    let Some(body) = tei.child("text") else {
        return Err(ExchangeError::new(tei.line, "the document has no `text`"));
    };
    let mut document = AnnotatedDocument { name: own_name(tei).unwrap_or(name), ..AnnotatedDocument::default() };
    let text = TeiText::new(body);
    text.left_out.iter().for_each(|element| losses.add(&document.name, element, LossKind::OtherLayer));
    let mut spans: FxHashMap<&str, usize> = FxHashMap::default();
    add_names(&text.names, &mut document, &mut spans);
    for stand_off in tei.elements().filter(|element| element.name == "standOff") {
        read_stand_off(stand_off, &text, &mut document, &mut spans, losses);
    }
    document.text = text.text;
    Ok(document)
}

/// The name of a document that this program wrote.
fn own_name(tei: &XmlElement) -> Option<String> {
    let description = tei.child("teiHeader")?.child("fileDesc")?.child("sourceDesc")?.child("bibl")?;
    let idno = description.elements().find(|one| one.name == "idno" && one.attribute("type") == Some("path"))?;
    Some(idno.text()).filter(|name| !name.trim().is_empty())
}

/// Adds inline names; those that `next` joins are one annotation.
fn add_names<'x>(names: &[TeiName<'x>], document: &mut AnnotatedDocument, spans: &mut FxHashMap<&'x str, usize>) {
    let continues: FxHashSet<&str> =
        names.iter().filter_map(|name| name.element.attribute("next")?.strip_prefix('#')).collect();
    let by_id: FxHashMap<&str, &TeiName<'x>> =
        names.iter().filter_map(|name| Some((name.element.attribute("xml:id")?, name))).collect();
    for name in names {
        let element = name.element;
        let id = element.attribute("xml:id");
        if id.is_some_and(|id| continues.contains(id)) {
            continue;
        }
        let mut fragments = vec![name.place];
        let mut next = element.attribute("next");
        // A chain that returns to itself ends where all names are in it.
        while let Some(part) = next.and_then(|id| by_id.get(id.strip_prefix('#')?)) {
            if fragments.contains(&part.place) || fragments.len() > names.len() {
                break;
            }
            fragments.push(part.place);
            next = part.element.attribute("next");
        }
        fragments.sort_unstable();
        let number = document.spans.len();
        if let Some(id) = id {
            spans.insert(id, number);
        }
        document.spans.push(AnnotatedSpan {
            id: format!("T{}", number + 1),
            label: label_of(element),
            fragments,
            remarks: remarks_of(element),
        });
    }
}

fn label_of(element: &XmlElement) -> String {
    let kind = element.attribute("type").filter(|kind| !kind.is_empty());
    match element.name.as_str() {
        "persName" => "Person".to_owned(),
        "placeName" | "geogName" => "Place".to_owned(),
        "orgName" => "Organization".to_owned(),
        "date" => "Date".to_owned(),
        other => kind.unwrap_or(other).to_owned(),
    }
}

/// Links and attributes of an inline name.
fn remarks_of(element: &XmlElement) -> Remarks {
    let mut remarks = Remarks::default();
    let says_label = matches!(element.name.as_str(), "rs" | "name");
    for (name, value) in &element.attributes {
        match name.as_str() {
            "ref" => {
                remarks.links.extend(value.split_whitespace().map(|one| EntryLink::parse(one.trim_start_matches('#'))));
            }
            "key" => remarks.links.push(EntryLink::parse(value)),
            "type" if says_label => {}
            "next" | "prev" | "part" => {}
            name if name.starts_with("xml:") => {}
            _ => remarks.attributes.push((name.clone(), Some(value.clone()))),
        }
    }
    remarks
}

fn read_stand_off<'x>(
    stand_off: &'x XmlElement,
    text: &TeiText<'x>,
    document: &mut AnnotatedDocument,
    spans: &mut FxHashMap<&'x str, usize>,
    losses: &mut LossList,
) {
    let mut labels: FxHashMap<&str, String> = FxHashMap::default();
    let mut features: FxHashMap<&str, &XmlElement> = FxHashMap::default();
    let mut all: Vec<&XmlElement> = Vec::new();
    flatten(stand_off, &mut all);
    for element in &all {
        let Some(id) = element.attribute("xml:id") else { continue };
        match element.name.as_str() {
            "interp" => {
                labels.insert(id, element.text());
            }
            "fs" => {
                features.insert(id, element);
            }
            _ => {}
        }
    }
    for element in &all {
        let target = match element.name.as_str() {
            "annotation" => element.attribute("target").map(str::to_owned),
            "span" => match (element.attribute("target"), element.attribute("from"), element.attribute("to")) {
                (Some(target), _, _) => Some(target.to_owned()),
                (None, Some(from), to) => Some(format!("{from} {}", to.unwrap_or_default())),
                _ => None,
            },
            _ => continue,
        };
        let id = element.attribute("xml:id").unwrap_or_default();
        let fragments = target.as_deref().map_or(Some(Vec::new()), |target| fragments(target, element, text));
        let Some(fragments) = fragments.filter(|fragments| !fragments.is_empty()) else {
            losses.add(&document.name, id, LossKind::OutsideText);
            continue;
        };
        let mut span = AnnotatedSpan { id: id.to_owned(), fragments, ..AnnotatedSpan::default() };
        for one in element.attribute("ana").unwrap_or_default().split_whitespace() {
            let pointed = one.strip_prefix('#').unwrap_or(one);
            match (features.get(pointed), labels.get(pointed)) {
                (Some(structure), _) => span.remarks.attributes.extend(structure.elements().filter_map(feature)),
                (None, Some(label)) => label.clone_into(&mut span.label),
                (None, None) if span.label.is_empty() => pointed.clone_into(&mut span.label),
                (None, None) => {}
            }
        }
        if span.label.is_empty() {
            let said = if element.name == "span" { element.text() } else { String::new() };
            let kind = element.attribute("type").map_or(said.trim(), |kind| kind);
            if kind.is_empty() { "Annotation" } else { kind }.clone_into(&mut span.label);
        }
        for child in element.elements() {
            match child.name.as_str() {
                "ptr" | "ref" => {
                    let targets = child.attribute("target").unwrap_or_default().split_whitespace();
                    span.remarks.links.extend(targets.map(|one| EntryLink::parse(one.trim_start_matches('#'))));
                }
                "note" => {
                    let kind = child.attribute("type").unwrap_or("AnnotatorNotes").to_owned();
                    span.remarks.notes.push((kind, child.text()));
                }
                _ => {}
            }
        }
        spans.insert(element.attribute("xml:id").unwrap_or_default(), document.spans.len());
        document.spans.push(span);
    }
    for element in all {
        let pointed = |name: &str| -> Option<Vec<usize>> {
            element.attribute(name)?.split_whitespace().map(|one| spans.get(one.strip_prefix('#')?).copied()).collect()
        };
        match element.name.as_str() {
            "relation" => match (pointed("active").as_deref(), pointed("passive").as_deref()) {
                (Some(&[active]), Some(&[passive])) => {
                    let id = element.attribute("xml:id").unwrap_or_default().to_owned();
                    document.relations.push(AnnotatedRelation {
                        id,
                        label: element.attribute("name").unwrap_or("relation").to_owned(),
                        arguments: [
                            ("Arg1".to_owned(), AnnotatedTarget::Span(active)),
                            ("Arg2".to_owned(), AnnotatedTarget::Span(passive)),
                        ],
                        remarks: Remarks::default(),
                    });
                }
                // Relations of entries, not of passages, belong into a registry.
                _ => losses.add(&document.name, element.attribute("name").unwrap_or_default(), LossKind::Relation),
            },
            "link" => {
                if let Some(members) = pointed("target").filter(|members| members.len() > 1) {
                    let label = element.attribute("type").unwrap_or("Equivalence").to_owned();
                    document.equivalences.push(AnnotatedEquivalence { label, members });
                }
            }
            _ => {}
        }
    }
}

fn flatten<'x>(element: &'x XmlElement, all: &mut Vec<&'x XmlElement>) {
    for child in element.elements() {
        all.push(child);
        if !matches!(child.name.as_str(), "annotation" | "fs" | "span") {
            flatten(child, all);
        }
    }
}

fn feature(f: &XmlElement) -> Option<(String, Option<String>)> {
    let name = f.attribute("name")?.to_owned();
    let value = f.elements().next()?;
    let said = value.attribute("value");
    match value.name.as_str() {
        "binary" => (said != Some("false")).then_some((name, None)),
        "symbol" | "numeric" => Some((name, said.map(str::to_owned))),
        _ => Some((name, Some(value.text()))),
    }
}

/// The places that a pointer means: `#id`, or `#string-range(id,offset,length,…)`. Between two pointers lies all that
/// is from the first to the second in a `span`, which is why its places are joined.
fn fragments(target: &str, element: &XmlElement, text: &TeiText<'_>) -> Option<Vec<(u32, u32)>> {
    let mut places = Vec::new();
    for pointer in target.split_whitespace() {
        let pointed = pointer.split_once('#').map_or(pointer, |(_, pointed)| pointed);
        let Some(inner) = pointed.strip_prefix("string-range(").and_then(|inner| inner.strip_suffix(')')) else {
            places.push(text.place(pointed, None)?);
            continue;
        };
        let mut parts = inner.split(',');
        let base = parts.next()?.trim().trim_start_matches('#');
        let numbers: Vec<usize> = parts.map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        if numbers.is_empty() || !numbers.len().is_multiple_of(2) {
            return None;
        }
        for pair in numbers.chunks_exact(2) {
            places.push(text.place(base, Some((pair[0], pair[1])))?);
        }
    }
    places.sort_unstable();
    if element.attribute("from").is_some() {
        let end = places.iter().map(|place| place.1).max()?;
        places = vec![(places.first()?.0, end)];
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Result<(AnnotatedDocument, LossList), String> {
        let mut losses = LossList::default();
        let file = ImportFile { text, name: "a", text_of: &|_| None };
        let documents = read(file, &mut losses).map_err(|error| error.to_string())?;
        Ok((documents.into_iter().next().unwrap_or_default(), losses))
    }

    #[test]
    fn names_in_the_text_and_annotations_beside_it() {
        let (document, losses) = import(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><standOff><listAnnotation>\
             <annotation xml:id=\"a1\" target=\"#string-range(//p[1],3,3)\" motivation=\"tagging\" ana=\"#x\"/>\
             <annotation xml:id=\"a2\" target=\"#nowhere\"/></listAnnotation>\
             <spanGrp><span from=\"#n1\" to=\"#n2\">route</span></spanGrp></standOff><text><body>\
             <p>Bà <persName xml:id=\"n1\" ref=\"#lan wd:Q1\" cert=\"high\">Lan</persName> đi \
             <rs type=\"city\" xml:id=\"n2\">Huế</rs>, <date when=\"2024-05-03\">3/5</date>.</p>\
             <p><name xml:id=\"p1\" next=\"#p2\">Nam</name> và <name xml:id=\"p2\" prev=\"#p1\">Vũ</name></p></body></text></TEI>",
        )
        .expect("TEI");
        assert_eq!(document.text, "Bà Lan đi Huế, 3/5.\nNam và Vũ\n");
        let shown: Vec<String> =
            document.spans.iter().map(|span| format!("{} {:?}", span.label, span.fragments)).collect();
        assert_eq!(
            shown,
            [
                "Person [(3, 6)]",
                "city [(10, 13)]",
                "Date [(15, 18)]",
                "name [(20, 23), (27, 29)]",
                "x [(3, 6)]",
                "route [(3, 13)]"
            ]
        );
        let Remarks { links, attributes, .. } = &document.spans[0].remarks;
        assert_eq!(links.iter().map(ToString::to_string).collect::<Vec<_>>(), ["lan", "wd:Q1"]);
        assert_eq!(*attributes, [("cert".to_owned(), Some("high".to_owned()))]);
        assert_eq!(losses.counts(), [(LossKind::OutsideText, 1)]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert_eq!(import("<a/>").expect_err("no TEI"), "line 1: the element is `a`; `TEI` is wanted");
        assert_eq!(import("<TEI>\n</TEI>").expect_err("no text"), "line 1: the document has no `text`");
        assert!(import("<TEI>\n<text></TEI>").expect_err("no XML").starts_with("line 2: not well-formed XML"));
    }
}
