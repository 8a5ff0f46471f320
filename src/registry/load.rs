//! From the text of one piece of a registry file to entities and faults.
//!
//! An entity with a fault in one field stays in force as far as it is intact. References are only noted here;
//! the [`Registry`](super::Registry) knows whom they mean once all files are read.

use compact_str::{CompactString, format_compact};

use super::entity::{
    Alias, AliasList, Entity, EntityDetail, EntityIx, EntityKind, IdReference, NameScript, PlacedDate, Provenance,
    Successor, Tenure,
};
use super::fault::RegistryFaultKind;
use super::keys;
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::toml_tree::{Spanned, TableReader, TomlFault, TomlFaultKind, TomlTable, TomlValue, quoted};

/// A fault in a piece of a file; places count from the start of the piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PieceFault {
    /// The fault.
    pub kind: RegistryFaultKind,
    /// The place to underline.
    pub at: Span,
    /// The edit that puts it right.
    pub correction: Option<TextEdit>,
}

impl From<TomlFault> for PieceFault {
    fn from(fault: TomlFault) -> Self {
        let kind = match fault.kind {
            TomlFaultKind::UnknownKey { key, table } => RegistryFaultKind::UnknownKey { key, table },
            TomlFaultKind::InvalidValue { reason } => RegistryFaultKind::InvalidValue { reason },
        };
        Self { kind, at: fault.span, correction: fault.correction }
    }
}

/// Returns whether a file is something else than a registry: it has tables or keys, none of them a registry's, and not
/// `version = 1`. What is empty may become a registry, and so may what cannot be read yet.
pub fn is_foreign(text: &str) -> bool {
    let mut has_others = false;
    let mut in_table = false;
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim_start) {
        let is_header = line.starts_with('[');
        if line.is_empty() || line.starts_with('#') || in_table && !is_header {
            continue;
        }
        in_table = is_header;
        let word = line.trim_start_matches(['[', ' ', '\t']).trim_start_matches(['"', '\'']);
        let word = &word[..word.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(word.len())];
        if keys::ROOT.contains(&word) && (is_header || word != "version" || is_version(line)) {
            return false;
        }
        // A header that somebody is typing may become one of a registry's.
        if is_header && !line.contains(']') && keys::ROOT.iter().any(|key| key.starts_with(word)) {
            return false;
        }
        has_others = true;
    }
    has_others
}

/// Returns whether a line is `version = 1`.
fn is_version(line: &str) -> bool {
    let value = line.split_once('=').map(|(_, value)| value.split('#').next().unwrap_or_default().trim());
    value.is_some_and(|value| value.parse::<i64>().is_ok())
}

/// Reads the tables of a piece; entities come in its order and have no number yet.
pub(super) fn load(root: &TomlTable) -> (Vec<Entity>, Vec<PieceFault>) {
    let mut of_toml = Vec::new();
    let mut loader = PieceLoader { start: 0, faults: Vec::new(), entities: Vec::new() };
    loader.root(root, &mut of_toml);
    let PieceLoader { mut entities, mut faults, .. } = loader;
    faults.extend(of_toml.into_iter().map(PieceFault::from));
    entities.sort_by_key(|entity| entity.start);
    (entities, faults)
}

struct PieceLoader {
    /// The start of the entity that is being read.
    start: u32,
    faults: Vec<PieceFault>,
    entities: Vec<Entity>,
}

impl PieceLoader {
    fn root(&mut self, root: &TomlTable, faults: &mut Vec<TomlFault>) {
        let mut reader = TableReader::new(root, "a registry", keys::ROOT, faults);
        if let Some(version) = reader.any("version")
            && version.value != TomlValue::Integer(1)
        {
            reader.refuse(version.span, "unknown version of the registry format; write `version = 1`", None);
        }
        for kind in
            [EntityKind::Person, EntityKind::Organization, EntityKind::Office, EntityKind::Place, EntityKind::Decree]
        {
            for Spanned { value: table, span: whole } in reader.tables(kind.table()) {
                self.entity(kind, table, whole, reader.faults());
            }
        }
    }

    fn entity(&mut self, kind: EntityKind, table: &TomlTable, whole: Span, faults: &mut Vec<TomlFault>) {
        self.start = whole.start;
        let header = format_compact!("[[{}]]", kind.table());
        let mut reader = TableReader::new(table, &header, keys::of(kind), faults);
        let id = reader.string("id");
        let names = if kind == EntityKind::Decree { Box::default() } else { self.names(&mut reader) };
        let abbreviations = self.name_list("abbreviations", &mut reader);
        let country = country(&mut reader);
        let links = links(&mut reader);
        let basis = basis(&mut reader);
        let detail = self.detail(kind, &mut reader);
        let kind = match &detail {
            EntityDetail::Person { offices, .. } if !offices.is_empty() => EntityKind::Official,
            _ => kind,
        };
        let Some(id) = id.filter(|id| !id.value.trim().is_empty()) else {
            let at = table.get("id").map_or(table.head, |id| id.span);
            return self.missing(&["id"], at, kind);
        };
        match kind {
            EntityKind::Official | EntityKind::Person | EntityKind::Place if names.is_empty() => {
                self.missing(&["names"], id.span, kind);
            }
            EntityKind::Organization if names.is_empty() && abbreviations.is_empty() => {
                self.missing(&["names", "abbreviations"], id.span, kind);
            }
            _ => {}
        }
        self.entities.push(Entity {
            ix: EntityIx::UNNUMBERED,
            id: id.value,
            id_at: self.at(id.span),
            kind,
            names,
            abbreviations,
            country,
            links,
            basis,
            detail,
            len: whole.len(),
            start: whole.start,
        });
    }

    fn detail(&self, kind: EntityKind, reader: &mut TableReader<'_>) -> EntityDetail {
        match kind {
            EntityKind::Official | EntityKind::Person => EntityDetail::Person {
                offices: self.tenures(reader),
                occupation: reader.string("occupation").map(|text| text.value),
            },
            EntityKind::Organization => EntityDetail::Organization {
                sort: reader.string("sort").map(|text| text.value),
                successor: self.successor(reader),
            },
            EntityKind::Office => EntityDetail::Office { organization: self.reference("organization", reader) },
            EntityKind::Place => EntityDetail::Place,
            EntityKind::Decree => EntityDetail::Decree {
                date: self.date("date", reader),
                titles: self.titles(reader),
                url: reader.string("url").and_then(|url| web_address(url, reader)),
            },
        }
    }

    fn names(&self, reader: &mut TableReader<'_>) -> Box<[AliasList]> {
        let Some(Spanned { value: table, .. }) = reader.table("names") else { return Box::default() };
        let mut lists = Vec::new();
        for (tag, item) in &table.entries {
            check_tag(tag, reader);
            let strings = reader.strings_of(&tag.value, item);
            if strings.is_empty() && matches!(&item.value, TomlValue::Array(items) if items.is_empty()) {
                let why = format_compact!("`names.{}` contains no name", tag.value);
                reader.refuse(item.span, why, None);
            }
            let names: Box<[Alias]> = strings.into_iter().filter_map(|text| self.name(text, reader)).collect();
            if !names.is_empty() {
                lists.push(AliasList { tag: tag.value.clone(), names });
            }
        }
        lists.into()
    }

    fn name_list(&self, key: &str, reader: &mut TableReader<'_>) -> Box<[Alias]> {
        let strings = reader.strings(key).unwrap_or_default();
        strings.into_iter().filter_map(|text| self.name(text, reader)).collect()
    }

    fn titles(&self, reader: &mut TableReader<'_>) -> Box<[(CompactString, Alias)]> {
        let Some(Spanned { value: table, .. }) = reader.table("title") else { return Box::default() };
        let mut titles = Vec::new();
        for (tag, item) in &table.entries {
            check_tag(tag, reader);
            match &item.value {
                TomlValue::String(text) => {
                    let text = Spanned { value: text.clone(), span: item.span };
                    titles.extend(self.name(text, reader).map(|title| (tag.value.clone(), title)));
                }
                other => {
                    let why = format_compact!("`title.{}` is {}; write a string", tag.value, other.kind());
                    reader.refuse(item.span, why, None);
                }
            }
        }
        titles.into()
    }

    /// A name that can be used, without outer white space.
    fn name(&self, text: Spanned<CompactString>, reader: &mut TableReader<'_>) -> Option<Alias> {
        let trimmed = text.value.trim();
        if trimmed.is_empty() {
            reader.refuse(text.span, "a name is empty", None);
            return None;
        }
        if let Some(letter) = trimmed.chars().find(|&letter| is_unprintable(letter)) {
            let why = format_compact!("the name contains the invisible character U+{:04X}", letter as u32);
            let clean: String = trimmed.chars().filter(|&letter| !is_unprintable(letter)).collect();
            let correction = TextEdit::replace(text.span, quoted(&clean));
            reader.refuse(text.span, why, (!clean.is_empty()).then_some(correction));
            return None;
        }
        let at = self.at(text.span);
        if trimmed.len() == text.value.len() {
            return Some(Alias { text: text.value, at });
        }
        let correction = TextEdit::replace(text.span, quoted(trimmed));
        reader.refuse(text.span, "the name has white space around it", Some(correction));
        Some(Alias { text: trimmed.into(), at })
    }

    fn tenures(&self, reader: &mut TableReader<'_>) -> Box<[Tenure]> {
        let mut tenures = Vec::new();
        for Spanned { value: table, span: whole } in reader.tables("offices") {
            let mut inner = TableReader::new(table, "`offices`", keys::TENURE, reader.faults());
            let (since, until) = self.period(&mut inner);
            let basis = basis(&mut inner);
            match self.reference("office", &mut inner) {
                Some(office) => tenures.push(Tenure { office, since, until, basis, whole: self.at(whole) }),
                None if table.get("office").is_none() => {
                    inner.refuse(whole, "an entry of `offices` has no `office`", None);
                }
                None => {}
            }
        }
        tenures.into()
    }

    /// First and last day; neither where the last comes before the first.
    fn period(&self, reader: &mut TableReader<'_>) -> (Option<PlacedDate>, Option<PlacedDate>) {
        match (self.date("since", reader), self.date("until", reader)) {
            (Some(since), Some(until)) if until.date < since.date => {
                let why = format_compact!("`until` ({}) comes before `since` ({})", until.date, since.date);
                reader.refuse(until.at.shift(self.start), why, None);
                (None, None)
            }
            period => period,
        }
    }

    fn successor(&self, reader: &mut TableReader<'_>) -> Option<Successor> {
        if let Some(item) = reader.any("successor")
            && let TomlValue::String(id) = &item.value
        {
            let correction = TextEdit::replace(item.span, format_compact!("{{ id = {} }}", quoted(id)));
            reader.refuse(item.span, "`successor` is a string; write a table with `id`", Some(correction));
            let organization = IdReference { id: id.clone(), at: self.at(item.span), to: EntityIx::UNNUMBERED };
            return Some(Successor { organization, since: None });
        }
        let Spanned { value: table, span: whole } = reader.table("successor")?;
        let mut inner = TableReader::new(table, "`successor`", keys::SUCCESSOR, reader.faults());
        let since = self.date("since", &mut inner);
        let organization = self.reference("id", &mut inner);
        if organization.is_none() && table.get("id").is_none() {
            inner.refuse(whole, "`successor` has no `id`", None);
        }
        Some(Successor { organization: organization?, since })
    }

    fn reference(&self, key: &str, reader: &mut TableReader<'_>) -> Option<IdReference> {
        let id = reader.string(key)?;
        Some(IdReference { id: id.value, at: self.at(id.span), to: EntityIx::UNNUMBERED })
    }

    fn date(&self, key: &str, reader: &mut TableReader<'_>) -> Option<PlacedDate> {
        let date = reader.date(key)?;
        Some(PlacedDate { date: date.value, at: self.at(date.span) })
    }

    fn missing(&mut self, keys: &'static [&'static str], span: Span, of: EntityKind) {
        self.faults.push(PieceFault { kind: RegistryFaultKind::MissingField { keys, of }, at: span, correction: None });
    }

    /// A place counted from the start of the entity: nothing of a table stands before its head.
    const fn at(&self, span: Span) -> Span {
        Span::new(span.start.saturating_sub(self.start), span.end.saturating_sub(self.start))
    }
}

fn country(reader: &mut TableReader<'_>) -> Option<CompactString> {
    let code = reader.string("country")?;
    let shape = |code: &str| (2..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_uppercase());
    if !shape(&code.value) {
        let upper = code.value.to_ascii_uppercase();
        let correction = shape(&upper).then(|| TextEdit::replace(code.span, quoted(&upper)));
        let why = format_compact!("`{}` is not an ISO 3166-1 code like VN", code.value);
        reader.refuse(code.span, why, correction);
        return None;
    }
    Some(code.value)
}

fn links(reader: &mut TableReader<'_>) -> Box<[(CompactString, CompactString)]> {
    let Some(Spanned { value: table, .. }) = reader.table("links") else { return Box::default() };
    let mut links = Vec::new();
    for (site, item) in &table.entries {
        match &item.value {
            TomlValue::String(target) => {
                let target = Spanned { value: target.clone(), span: item.span };
                links.extend(web_address(target, reader).map(|target| (site.value.clone(), target)));
            }
            other => {
                let why = format_compact!("`links.{}` is {}; write a string", site.value, other.kind());
                reader.refuse(item.span, why, None);
            }
        }
    }
    links.into()
}

/// An address that an editor may open, or a word that is no address, like the id of a Wikidata item. Other schemes
/// (`command:`, `file:`, `javascript:`) would let a registry run programs, and are refused.
fn web_address(text: Spanned<CompactString>, reader: &mut TableReader<'_>) -> Option<CompactString> {
    let Some((scheme, _)) = text.value.split_once(':') else { return Some(text.value) };
    let is_allowed = ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
    if !is_allowed {
        let reason = format_compact!("`{scheme}:` is no address of the web; write https:, http: or mailto:");
        reader.refuse(text.span, reason, None);
        return None;
    }
    Some(text.value)
}

fn basis(reader: &mut TableReader<'_>) -> Provenance {
    let source = match reader.any("source") {
        // One source needs no brackets.
        Some(Spanned { value: TomlValue::String(one), .. }) => vec![one.clone()].into(),
        _ => reader.strings("source").unwrap_or_default().into_iter().map(|text| text.value).collect(),
    };
    let unverified = match reader.any("unverified") {
        Some(Spanned { value: TomlValue::String(what), .. }) => Some(what.clone()),
        _ => reader.boolean("unverified").filter(|all| all.value).map(|_| CompactString::default()),
    };
    Provenance { source, unverified, note: reader.string("note").map(|text| text.value) }
}

fn check_tag(tag: &Spanned<CompactString>, reader: &mut TableReader<'_>) {
    if !is_language_tag(&tag.value) {
        let why = format_compact!("`{}` is not a language tag like vi or lo-Latn", tag.value);
        reader.refuse(tag.span, why, None);
    }
}

/// Returns whether the text has the shape of a BCP 47 tag: a language of two to eight letters, then subtags.
pub(super) fn is_language_tag(text: &str) -> bool {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|letter| letter.is_ascii_alphabetic())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}

/// Control characters, direction marks and zero-width spaces; the joiners that some scripts need are none.
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl AliasList {
    /// The script of the preferred name.
    pub fn script(&self) -> NameScript {
        self.names.first().map_or(NameScript::Other, Alias::script)
    }
}
