//! UIMA's XMI (OMG XMI 2.0 as Apache UIMA writes it): one element a feature structure, features as attributes.
//!
//! The type system is a file of its own, `TypeSystem.xml`. The view `_InitialView` is read, else the first one.

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use super::cas::{self, CasObject, CasValue, CasView, TYPES};
use super::error::ExchangeError;
use super::file::ImportFile;
use super::loss::{LossKind, LossList};
use super::xml_tree::{self, XmlElement, escaped, is_forbidden};
use crate::annotation::AnnotatedDocument;

const INITIAL_VIEW: &str = "_InitialView";

/// Prefixes of the packages that are written.
const PREFIXES: [(&str, &str); 5] = [
    ("de.tudarmstadt.ukp.dkpro.core.api.metadata.type", "metadata"),
    ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type", "segmentation"),
    ("de.tudarmstadt.ukp.dkpro.core.api.ner.type", "ner"),
    ("webanno.custom", "custom"),
    ("scholiast.type", "scholiast"),
];

/// Writes a document.
pub(super) fn write(document: &AnnotatedDocument, losses: &mut LossList) -> String {
    let objects = cas::objects(document);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"");
    out.push_str(" xmlns:cas=\"http:///uima/cas.ecore\"");
    for (package, prefix) in PREFIXES {
        let _ = write!(out, " xmlns:{prefix}=\"http:///{}.ecore\"", package.replace('.', "/"));
    }
    out.push_str(" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n");
    for object in &objects {
        let (package, name) = object.kind.rsplit_once('.').unwrap_or(("", &object.kind));
        let prefix = PREFIXES.iter().find(|(known, _)| *known == package).map_or("cas", |(_, prefix)| prefix);
        let _ = write!(out, "  <{prefix}:{name} xmi:id=\"{}\" sofa=\"1\"", object.id);
        if let Some((begin, end)) = object.place {
            let _ = write!(out, " begin=\"{begin}\" end=\"{end}\"");
        }
        for (feature, value) in &object.features {
            let _ = match value {
                CasValue::Text(text) => {
                    text.chars()
                        .filter(|letter| is_forbidden(*letter))
                        .for_each(|_| losses.add(&document.name, "", LossKind::Character));
                    write!(out, " {feature}=\"{}\"", escaped(text))
                }
                CasValue::Reference(id) => write!(out, " {feature}=\"{id}\""),
            };
        }
        out.push_str("/>\n");
    }
    document
        .text
        .chars()
        .filter(|letter| is_forbidden(*letter))
        .for_each(|_| losses.add(&document.name, "", LossKind::Character));
    let _ = writeln!(
        out,
        "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"{INITIAL_VIEW}\" mimeType=\"text\" sofaString=\"{}\"/>",
        escaped(&document.text)
    );
    let members: Vec<String> = objects.iter().map(|object| object.id.to_string()).collect();
    let _ = writeln!(out, "  <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>", members.join(" "));
    out
}

/// Returns the description of all types that are written.
pub(super) fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for kind in TYPES {
        let _ = write!(
            out,
            "    <typeDescription>\n      <name>{}</name>\n      <description/>\n      \
             <supertypeName>{}</supertypeName>\n      <features>\n",
            kind.name, kind.supertype
        );
        for (name, range) in kind.features {
            let _ = write!(
                out,
                "        <featureDescription>\n          <name>{name}</name>\n          <description/>\n          \
                 <rangeTypeName>{range}</rangeTypeName>\n        </featureDescription>\n"
            );
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}

/// Reads a document.
pub(super) fn read(file: ImportFile<'_>, losses: &mut LossList) -> Result<AnnotatedDocument, ExchangeError> {
    let root = xml_tree::parse(file.text)?;
    if root.name != "XMI" {
        return Err(ExchangeError::new(root.line, format!("the element is `{}`; `xmi:XMI` is wanted", root.name)));
    }
    let sofas: Vec<&XmlElement> = root.elements().filter(|element| element.name == "Sofa").collect();
    let sofa = sofas.iter().find(|sofa| sofa.attribute("sofaID") == Some(INITIAL_VIEW)).or(sofas.first());
    let sofa = sofa.ok_or_else(|| ExchangeError::new(root.line, "there is no `cas:Sofa`, which holds the text"))?;
    let text =
        sofa.attribute("sofaString").ok_or_else(|| ExchangeError::new(sofa.line, "the Sofa has no `sofaString`"))?;
    let sofa_id = sofa.attribute("xmi:id").unwrap_or_default();
    let mut ids: FxHashSet<u32> = FxHashSet::default();
    let mut view = CasView { text: text.to_owned(), objects: Vec::new() };
    let mut has_other_view = false;
    for element in root.elements() {
        if matches!(element.name.as_str(), "NULL" | "Sofa" | "View") && &*element.namespace == "http:///uima/cas.ecore"
        {
            continue;
        }
        if element.attribute("sofa").is_some_and(|other| other != sofa_id) {
            has_other_view = true;
            continue;
        }
        let object = object(element)?;
        if !ids.insert(object.id) {
            return Err(ExchangeError::new(element.line, format!("the id {} is there twice", object.id)));
        }
        view.objects.push(object);
    }
    if has_other_view {
        losses.add(file.name, "another view", LossKind::OtherLayer);
    }
    cas::document(view, file.name, losses)
}

fn object(element: &XmlElement) -> Result<CasObject, ExchangeError> {
    let number = |name: &str| -> Result<Option<u32>, ExchangeError> {
        let Some(value) = element.attribute(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| {
            ExchangeError::new(element.line, format!("`{name}` of `{}` is `{value}`; a number is wanted", element.name))
        })
    };
    let id = number("xmi:id")?
        .ok_or_else(|| ExchangeError::new(element.line, format!("`{}` has no `xmi:id`", element.name)))?;
    // `http:///de/tudarmstadt/….ecore` is the package `de.tudarmstadt.…`.
    let package = element.namespace.trim_start_matches("http:///").trim_end_matches(".ecore").replace('/', ".");
    let kind = if package.is_empty() || package == "uima.noNamespace" {
        element.name.clone()
    } else {
        format!("{package}.{}", element.name)
    };
    let place = number("begin")?.zip(number("end")?);
    let attributes = element
        .attributes
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "xmi:id" | "sofa" | "begin" | "end") && !name.starts_with("xmi:"));
    let mut features: Vec<(String, CasValue)> =
        attributes.map(|(name, value)| (name.clone(), CasValue::Text(value.clone()))).collect();
    // Strings of an array are elements of their own.
    features.extend(element.elements().map(|child| (child.name.clone(), CasValue::Text(child.text()))));
    Ok(CasObject { id, kind, place, features, line: element.line })
}
