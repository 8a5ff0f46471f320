//! Edits of registry files that keep comments, order and layout.
//!
//! They work on the text of one file, which may be newer than the registry in force. An edit that the file does not
//! allow is refused, never guessed.

use jiff::civil::Date;

use super::entity::EntityKind;
use super::load::{is_language_tag, is_unprintable};
use crate::text::Span;
use crate::text::edit::TextEdit;
use crate::toml_tree::edit::{NewFields, NewValue, add_entry, append_table, checked, push, read, restring};
use crate::toml_tree::{Spanned, TomlTable, TomlValue, quoted};

pub use crate::toml_tree::edit::EditRefusal;

/// An entry to be written. What is empty is left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEntity {
    /// The kind; a person with `offices` is an official.
    pub kind: EntityKind,
    /// The id, which the file must not have yet.
    pub id: String,
    /// Spellings by BCP 47 tag, preferred first.
    pub names: Vec<(String, Vec<String>)>,
    /// Short forms.
    pub abbreviations: Vec<String>,
    /// Offices held; persons only.
    pub offices: Vec<NewTenure>,
    /// The organisation; offices only.
    pub organization: Option<String>,
    /// ISO 3166-1 code.
    pub country: Option<String>,
    /// A note for people.
    pub note: Option<String>,
}

impl NewEntity {
    /// An entry with nothing but an id.
    pub fn new(kind: EntityKind, id: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
            names: Vec::new(),
            abbreviations: Vec::new(),
            offices: Vec::new(),
            organization: None,
            country: None,
            note: None,
        }
    }
}

/// An office to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewTenure {
    /// The id of the office.
    pub office: String,
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// Adds a spelling to an entity's list of a language, behind those that are there; the list is begun where there is
/// none. No edits where the list has the spelling.
///
/// # Errors
/// When the file is not TOML, has no such entity, the tag or the name cannot be used, or the layout does not allow it.
pub fn add_spelling(text: &str, id: &str, tag: &str, name: &str) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    if !is_language_tag(tag) {
        return Err(EditRefusal::Unusable(tag.into()));
    }
    usable(name)?;
    let entity = entity(&root, id).ok_or_else(|| EditRefusal::NoSuchId(id.into()))?;
    let list = format!("[{}]", quoted(name));
    let edits = match entity.get("names") {
        None => {
            let id = entity.get("id").ok_or(EditRefusal::Layout)?;
            vec![add_entry(text, entity, id.span, &format!("names.{tag}"), &list)]
        }
        Some(Spanned { value: TomlValue::Table(names), .. }) => {
            let known = names.entries.iter().find(|(key, _)| key.value.eq_ignore_ascii_case(tag));
            match known {
                Some((_, Spanned { value: TomlValue::Array(items), span })) => {
                    if items.iter().any(|item| item.value.as_string().is_some_and(|known| known == name)) {
                        return Ok(Vec::new());
                    }
                    push(text, *span, items, &quoted(name))
                }
                Some(_) => return Err(EditRefusal::Layout),
                None => vec![add_list(text, entity, names, tag, &list)],
            }
        }
        Some(_) => return Err(EditRefusal::Layout),
    };
    checked(text, edits)
}

/// The edit that begins a list in `names`, in the form that its other lists have.
fn add_list(text: &str, entity: &TomlTable, names: &TomlTable, tag: &str, list: &str) -> TextEdit {
    let form = &text[names.head.start as usize..];
    match names.entries.last() {
        None if form.starts_with('{') => TextEdit::insert(names.head.start + 1, format!(" {tag} = {list} ")),
        None => add_entry(text, names, names.head, tag, list),
        Some((_, last)) if form.starts_with(['{', '[']) => add_entry(text, names, last.span, tag, list),
        // `names.vi = […]`: the table is implied, its lists stand among the entity's own keys.
        Some((_, last)) => add_entry(text, entity, last.span, &format!("names.{tag}"), list),
    }
}

/// Appends an entity.
///
/// # Errors
/// When the file is not TOML or has the id, something in the entry cannot be used, or the layout does not allow it.
pub fn append_entity(text: &str, new: &NewEntity) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    usable(&new.id)?;
    if entity(&root, &new.id).is_some() {
        return Err(EditRefusal::Taken(new.id.clone()));
    }
    for (tag, names) in &new.names {
        if !is_language_tag(tag) {
            return Err(EditRefusal::Unusable(tag.clone()));
        }
        names.iter().try_for_each(|name| usable(name))?;
    }
    new.abbreviations.iter().try_for_each(|name| usable(name))?;
    let mut edits = append_table(text, &root, new.kind.table(), &fields(new));
    if text.trim_start_matches('\u{feff}').trim().is_empty()
        && let [edit] = &mut edits[..]
    {
        edit.text = format!("version = 1\n\n{}", edit.text.trim_start()).into();
    }
    checked(text, edits)
}

fn fields(new: &NewEntity) -> NewFields {
    let list = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        NewValue::Value(format!("[{}]", names.join(", ")))
    };
    let mut fields: NewFields = vec![("id".into(), NewValue::string(&new.id))];
    fields.extend(new.organization.as_ref().map(|id| ("organization".into(), NewValue::string(id))));
    let lists = new.names.iter().filter(|(_, names)| !names.is_empty());
    fields.extend(lists.map(|(tag, names)| (format!("names.{tag}"), list(names))));
    if !new.abbreviations.is_empty() {
        fields.push(("abbreviations".into(), list(&new.abbreviations)));
    }
    if !new.offices.is_empty() {
        fields.push(("offices".into(), NewValue::Elements(new.offices.iter().map(tenure).collect())));
    }
    fields.extend(new.country.as_ref().map(|code| ("country".into(), NewValue::string(code))));
    fields.extend(new.note.as_ref().map(|note| ("note".into(), NewValue::string(note))));
    fields
}

fn tenure(new: &NewTenure) -> String {
    let since = new.since.map(|day| format!(", since = {day}")).unwrap_or_default();
    let until = new.until.map(|day| format!(", until = {day}")).unwrap_or_default();
    format!("{{ office = {}{since}{until} }}", quoted(&new.office))
}

/// Renames an id wherever the file defines it or refers to it; no edits where it does neither. Give every registry
/// file of the corpus in turn.
///
/// # Errors
/// When the file is not TOML, or the new id is empty or defined in it.
pub fn rename_id(text: &str, old: &str, new: &str) -> Result<Vec<TextEdit>, EditRefusal> {
    let root = read(text)?;
    usable(new)?;
    if old != new && entity(&root, new).is_some() {
        return Err(EditRefusal::Taken(new.into()));
    }
    let mut places: Vec<Span> = Vec::new();
    let mut note = |item: Option<&Spanned<TomlValue>>| match item {
        Some(Spanned { value: TomlValue::String(id), span }) if id == old => places.push(*span),
        _ => {}
    };
    for entity in entities(&root) {
        note(entity.get("id"));
        note(entity.get("organization"));
        let successor = entity.get("successor");
        note(successor);
        note(successor.and_then(|item| item.value.as_table()?.get("id")));
        for office in items(entity.get("offices")) {
            note(office.get("office"));
        }
    }
    places.sort_unstable();
    checked(text, places.into_iter().map(|place| restring(text, place, new)).collect())
}

/// Every entry of a file.
fn entities(root: &TomlTable) -> impl Iterator<Item = &TomlTable> {
    root.entries
        .iter()
        .filter(|(key, _)| super::keys::ROOT.contains(&key.value.as_str()))
        .flat_map(|(_, item)| items(Some(item)))
}

/// The first entry with this id.
fn entity<'t>(root: &'t TomlTable, id: &str) -> Option<&'t TomlTable> {
    entities(root)
        .filter(|entity| entity.get("id").and_then(|item| item.value.as_string()).is_some_and(|known| known == id))
        .min_by_key(|entity| entity.head)
}

/// The tables of an array of tables; a single table is an array of one.
fn items(item: Option<&Spanned<TomlValue>>) -> impl Iterator<Item = &TomlTable> {
    let one = std::slice::from_ref;
    let items = match item {
        Some(Spanned { value: TomlValue::Array(items), .. }) => &items[..],
        Some(single) => one(single),
        None => &[],
    };
    items.iter().filter_map(|item| item.value.as_table())
}

/// Returns whether the word can stand in a registry: not empty, no outer white space, nothing invisible.
fn usable(word: &str) -> Result<(), EditRefusal> {
    if word.is_empty() || word.trim() != word || word.contains(is_unprintable) {
        return Err(EditRefusal::Unusable(word.into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Registry, RegistrySource};
    use super::*;
    use crate::text::FileId;
    use crate::text::edit::apply;

    fn load(text: &str) -> Registry {
        Registry::load(&[RegistrySource { file: FileId(0), text }])
    }

    fn spelt(text: &str, id: &str, tag: &str, name: &str) -> String {
        apply(text, &add_spelling(text, id, tag, name).unwrap())
    }

    #[test]
    fn spellings_follow_the_form_that_stands_there() {
        for (before, after) in [
            ("names.vi = [\"A\"] # c\n", "names.vi = [\"A\", \"N\"] # c\n"),
            ("names.vi = [\"A\",]\n", "names.vi = [\"A\", \"N\",]\n"),
            ("names.vi = []\n", "names.vi = [\"N\"]\n"),
            ("names.vi = [ # c\n]\n", "names.vi = [\"N\" # c\n]\n"),
            (
                "names.vi = [\n  \"A\", # a\n  \"B\", # b\n]\n",
                "names.vi = [\n  \"A\", # a\n  \"B\", # b\n  \"N\",\n]\n",
            ),
            ("names.vi = [\n  \"A\", # a\n  \"B\" # b\n]\n", "names.vi = [\n  \"A\", # a\n  \"B\", # b\n  \"N\"\n]\n"),
            ("names.vi = [\r\n\t\"A\"\r\n]\r\n", "names.vi = [\r\n\t\"A\",\r\n\t\"N\"\r\n]\r\n"),
            ("names.vi = [\n  \"A\"]\n", "names.vi = [\n  \"A\",\n  \"N\"]\n"),
            ("names.VI = [\"A\"]\n", "names.VI = [\"A\", \"N\"]\n"),
            ("names.th = [\"A\"] # c\nnote = \"n\"\n", "names.th = [\"A\"] # c\nnames.vi = [\"N\"]\nnote = \"n\"\n"),
            ("names = { th = [\"A\"] } # c\n", "names = { th = [\"A\"], vi = [\"N\"] } # c\n"),
            ("names = {}\n", "names = { vi = [\"N\"] }\n"),
            ("[person.names] # c\n", "[person.names] # c\nvi = [\"N\"]\n"),
            ("[person.names]\n  th = [\"A\"] # c", "[person.names]\n  th = [\"A\"] # c\n  vi = [\"N\"]"),
            ("names.vi = [\"N\"]\n", "names.vi = [\"N\"]\n"),
        ] {
            let head =
                if before.contains('\r') { "[[person]]\r\nid = 'p'\r\n" } else { "# top\n[[person]]\nid = 'p'\n" };
            assert_eq!(spelt(&format!("{head}{before}"), "p", "vi", "N"), format!("{head}{after}"));
        }
    }

    #[test]
    fn spellings_of_entities_without_names_or_header() {
        assert_eq!(
            spelt("[[office]]\nid = 'o' # c\n[[office]]\nid = 'x'", "o", "vi", "N"),
            "[[office]]\nid = 'o' # c\nnames.vi = [\"N\"]\n[[office]]\nid = 'x'"
        );
        assert_eq!(
            spelt("office = [{ id = 'o' }, { id = 'x', names.th = ['ก'] }]", "x", "vi", "N"),
            "office = [{ id = 'o' }, { id = 'x', names.th = ['ก'], names.vi = [\"N\"] }]"
        );
        assert_eq!(spelt("office = [{ id = 'o' }]", "o", "vi", "N"), "office = [{ id = 'o', names.vi = [\"N\"] }]");
    }

    #[test]
    fn refuses_what_cannot_be_done() {
        let text = "[[person]]\nid = 'p'\nnames = 3\n";
        assert_eq!(add_spelling(text, "p", "vi", "N"), Err(EditRefusal::Layout));
        assert_eq!(add_spelling(text, "q", "vi", "N"), Err(EditRefusal::NoSuchId("q".into())));
        assert_eq!(add_spelling(text, "p", "v!", "N"), Err(EditRefusal::Unusable("v!".into())));
        assert_eq!(add_spelling(text, "p", "vi", " "), Err(EditRefusal::Unusable(" ".into())));
        assert_eq!(add_spelling(text, "p", "vi", "N\u{7}"), Err(EditRefusal::Unusable("N\u{7}".into())));
        assert!(matches!(add_spelling("[[", "p", "vi", "N"), Err(EditRefusal::Syntax(_))));
        assert_eq!(append_entity(text, &NewEntity::new(EntityKind::Place, "p")), Err(EditRefusal::Taken("p".into())));
        assert_eq!(
            append_entity("[person]\nid='x'", &NewEntity::new(EntityKind::Person, "p")),
            Err(EditRefusal::Layout)
        );
        assert_eq!(rename_id("[[office]]\nid='a'\n[[office]]\nid='b'", "a", "b"), Err(EditRefusal::Taken("b".into())));
    }

    fn official() -> NewEntity {
        let tenure = |office: &str, since| NewTenure { office: office.into(), since, until: None };
        NewEntity {
            names: vec![("vi".into(), vec!["Lê \"Ba\"".into()]), ("th".into(), vec![])],
            offices: vec![tenure("o", Some(jiff::civil::date(2020, 1, 2))), tenure("o2", None)],
            note: Some("two\nlines".into()),
            ..NewEntity::new(EntityKind::Person, "ba")
        }
    }

    #[test]
    fn entities_go_to_the_end() {
        let table = "[[person]]\nid = \"ba\"\nnames.vi = [\"Lê \\\"Ba\\\"\"]\noffices = [\n  { office = \"o\", since = 2020-01-02 },\n  { office = \"o2\" },\n]\nnote = \"two\\nlines\"\n";
        for (before, between) in [("", "version = 1\n\n"), ("# c", "\n\n"), ("# c\n", "\n"), ("# c\n\n", "")] {
            let edits = append_entity(before, &official()).unwrap();
            assert_eq!(apply(before, &edits), format!("{before}{between}{table}"));
        }
        let crlf = "version = 1\r\n";
        let after = apply(crlf, &append_entity(crlf, &official()).unwrap());
        assert_eq!(after, format!("{crlf}\r\n{}", table.replace('\n', "\r\n")));
        let inline = "person = [\n  { id = 'a' }, # c\n]\n";
        let after = apply(inline, &append_entity(inline, &official()).unwrap());
        assert_eq!(
            after,
            "person = [\n  { id = 'a' }, # c\n  { id = \"ba\", names.vi = [\"Lê \\\"Ba\\\"\"], offices = [{ office = \"o\", since = 2020-01-02 }, { office = \"o2\" }], note = \"two\\nlines\" },\n]\n"
        );
    }

    #[test]
    fn renames_every_reference_and_nothing_else() {
        let text = "# moh\n[[organization]]\nid = 'moh' # moh\nabbreviations = ['moh']\nsuccessor = { id = \"moh\" }\n\
                    [[office]]\nid = 'moh/minister'\norganization = \"\"\"moh\"\"\"\n\
                    [[person]]\nid = 'p'\noffices = [{ office = 'moh' }]\n";
        let after = apply(text, &rename_id(text, "moh", "bộ-y-tế").unwrap());
        assert_eq!(
            after,
            "# moh\n[[organization]]\nid = 'bộ-y-tế' # moh\nabbreviations = ['moh']\nsuccessor = { id = \"bộ-y-tế\" }\n\
             [[office]]\nid = 'moh/minister'\norganization = \"bộ-y-tế\"\n\
             [[person]]\nid = 'p'\noffices = [{ office = 'bộ-y-tế' }]\n"
        );
        assert_eq!(rename_id(text, "nobody", "x"), Ok(Vec::new()));
        assert_eq!(apply("a = 'b'", &[restring("a = 'b'", Span::new(4, 7), "it's")]), "a = \"it's\"");
    }

    /// A registry of people in random layouts, each line with a comment of its own.
    fn layouts() -> impl Strategy<Value = String> {
        let list = prop_oneof![
            Just("[]"),
            Just("['A']"),
            Just("[ 'A', 'B', ] # l"),
            Just("[\n 'A', # l1\n # l2\n 'B' # l3\n # l4\n]"),
            Just("[\n'A',\n'B',]"),
        ];
        let form = prop_oneof![Just("names.vi = "), Just("[person.names]\nvi = "), Just("names.th = ")];
        let person = (form, list).prop_map(|(form, list)| format!("{form}{list}\n"));
        proptest::collection::vec(person, 1..5).prop_map(|people| {
            let table = |(number, names): (usize, String)| {
                format!("[[person]] # h{number}\nid = 'p{number}' # i{number}\n{names}# e{number}\n\n")
            };
            people.into_iter().enumerate().map(table).collect()
        })
    }

    fn names(registry: &Registry, id: &str) -> Vec<(String, Vec<String>)> {
        let list = |list: &super::super::AliasList| {
            (list.tag.to_string(), list.names.iter().map(|name| name.text.to_string()).collect())
        };
        registry.by_id(id).unwrap().names.iter().map(list).collect()
    }

    proptest! {
        #[test]
        fn a_spelling_is_added_and_nothing_else_changes(text in layouts(), name in "[A-Zก-ฮ\"'\\\\]{1,5}", tag in "vi|th|lo-Latn") {
            let edits = add_spelling(&text, "p0", &tag, &name).unwrap();
            prop_assert!(edits.iter().all(|edit| edit.span.is_empty()), "only insertions: all comments stay");
            let (before, after) = (load(&text), load(&apply(&text, &edits)));
            let mut wanted = names(&before, "p0");
            match wanted.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, list)) if list.contains(&name) => {}
                Some((_, list)) => list.push(name),
                None => wanted.push((tag, vec![name])),
            }
            prop_assert_eq!(names(&after, "p0"), wanted);
            prop_assert_eq!(before.len(), after.len());
            for entity in before.entities().skip(1) {
                prop_assert_eq!(names(&before, &entity.id), names(&after, &entity.id));
            }
        }

        #[test]
        fn an_entity_is_appended_and_read_back(text in layouts(), id in "[a-z\"]{1,6}", spelling in "[A-Zก-ฮ\"]{1,5}") {
            let new = NewEntity {
                names: vec![("vi".into(), vec![spelling.clone()])],
                ..NewEntity::new(EntityKind::Place, id.clone())
            };
            let after = apply(&text, &append_entity(&text, &new).unwrap());
            prop_assert!(after.starts_with(&text));
            prop_assert_eq!(names(&load(&after), &id), vec![("vi".to_owned(), vec![spelling])]);
            prop_assert_eq!(load(&after).len(), load(&text).len() + 1);
        }
    }
}
