//! The tables of `src/recognise/data/decree/` as constants: types, issuers, legislatures, words around symbols.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use toml::{Table, Value};

use crate::word_list;

/// Writes `decree.rs` into `out`.
pub fn generate(data: &Path, out: &Path) -> io::Result<()> {
    let data = data.join("decree");
    let decrees = DataFile::read(&data.join("decrees.toml"))?;
    let words = DataFile::read(&data.join("type_words.toml"))?;
    let mut letters = BTreeSet::from(["LETTER".to_owned()]);
    let mut code = String::from("/// The types of documents.\npub static TYPES: &[StaticType] = &[\n");
    for entry in decrees.entries("decrees.type")? {
        if !letters.insert(entry.text("abbr")?) {
            return Err(entry.fault("the type stands twice"));
        }
        code += &type_row(&entry)?;
    }
    code += "];\n/// The issuers, one row for each of their periods.\npub static AGENCIES: &[StaticAgency] = &[\n";
    let agencies = decrees.entries("decrees.agency")?;
    let mut periods = BTreeSet::new();
    for entry in &agencies {
        if !periods.insert((entry.text("abbr")?, entry.day("from")?)) {
            return Err(entry.fault("the agency stands twice with the same first day"));
        }
        code += &agency_row(entry)?;
    }
    for entry in &agencies {
        let successor = entry.optional("successor");
        if !successor.is_empty() && !periods.iter().any(|(abbr, _)| *abbr == successor) {
            return Err(entry.fault("the successor is no agency of the table"));
        }
    }
    code += "];\n/// The legislatures of the National Assembly.\npub static LEGISLATURES: &[Legislature] = &[\n";
    for entry in decrees.entries("legislature")? {
        let [number, first, last] = [entry.number("number")?, entry.number("first-year")?, entry.number("last-year")?];
        code += &format!("    Legislature {{ number: {number}, first_year: {first}, last_year: {last} }},\n");
    }
    code += "];\n";
    let common = words.root.get("common-names").and_then(strings);
    let common = common.ok_or_else(|| words.fault("common-names", "must be a list of different words"))?;
    code += &word_list::constant("Names of types that are common words as well.", "COMMON_NAMES", &common);
    code += &type_words(&words, &letters)?;
    for section in word_list::read(&data.join("symbol_words.txt"))? {
        let doc = format!("`[{}]` of `symbol_words.txt`.", section.name);
        code += &word_list::constant(&doc, &section.name.to_uppercase().replace(' ', "_"), &section.words);
    }
    fs::write(out.join("decree.rs"), code)
}

fn type_words(words: &DataFile, letters: &BTreeSet<String>) -> io::Result<String> {
    let mut code = String::from(
        "/// Words that name types, beyond the names of the types.\npub static TYPE_WORDS: &[StaticTypeWord] = &[\n",
    );
    for (section, language) in [("vietnamese", "Vietnamese"), ("english", "English"), ("thai", "Thai")] {
        for (list, is_common) in [("words", false), ("common-words", true)] {
            for (word, types) in words.table(section, list)? {
                let types = strings(types).ok_or_else(|| words.fault(word, "must be a list of different letters"))?;
                if let Some(unknown) = types.iter().find(|kind| !letters.contains(*kind)) {
                    return Err(words.fault(word, &format!("no type has the letters {unknown}")));
                }
                code += &format!(
                    "    StaticTypeWord {{ text: {word:?}, types: &{types:?}, is_common: {is_common}, \
                     language: Language::{language} }},\n"
                );
            }
        }
    }
    Ok(code + "];\n")
}

fn type_row(entry: &Entry<'_>) -> io::Result<String> {
    let year = match &*entry.text("year-in-number")? {
        "none" => "None",
        "year" => "Year",
        "assembly" => "Assembly",
        "both" => "Both",
        _ => return Err(entry.fault("`year-in-number` must be none, year, assembly or both")),
    };
    Ok(format!(
        "    StaticType {{ abbr: {:?}, vi: {:?}, en: {:?}, th: &{:?}, th_seen: &{:?}, th_wrong: &{:?}, \
         issuers: &{:?}, year: YearInNumber::{year}, source: {:?} }},\n",
        entry.text("abbr")?,
        entry.text("vi")?,
        entry.text("en")?,
        entry.text("th")?.split(" / ").collect::<Vec<_>>(),
        entry.list("th-seen")?,
        entry.list("th-wrong")?,
        entry.list("issuers")?,
        entry.text("note")?,
    ))
}

fn agency_row(entry: &Entry<'_>) -> io::Result<String> {
    let kind = match &*entry.text("kind")? {
        "assembly" => "Assembly",
        "mass-organisation" => "Mass",
        "president" => "President",
        "government" => "Government",
        "ministry" => "Ministry",
        "agency" => "Agency",
        "judiciary" => "Judiciary",
        "audit" => "Audit",
        "province" => "Province",
        "party" => "Party",
        "committee" => "Committee",
        _ => return Err(entry.fault("unknown `kind`")),
    };
    Ok(format!(
        "    StaticAgency {{ abbr: {:?}, variants: &{:?}, vi: {:?}, en: {:?}, th: {:?}, kind: AgencyKind::{kind}, \
         from: {}, until: {}, successor: {:?}, source: {:?} }},\n",
        entry.text("abbr")?,
        entry.list("variants")?,
        entry.text("vi")?,
        entry.text("en")?,
        entry.text("th")?,
        entry.day("from")?,
        entry.day("until")?,
        entry.optional("successor"),
        entry.text("note")?,
    ))
}

/// A data file in TOML.
struct DataFile {
    name: String,
    root: Table,
}

impl DataFile {
    fn read(path: &Path) -> io::Result<Self> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)?;
        if !text.starts_with('#') || !text.contains("# Source: ") {
            return Err(io::Error::other(format!("{name}: the header must be a comment with `Source: …`")));
        }
        let root = text.parse().map_err(|error| io::Error::other(format!("{name}: {error}")))?;
        Ok(Self { name, root })
    }

    fn fault(&self, at: &str, what: &str) -> io::Error {
        io::Error::other(format!("{}: `{at}`: {what}", self.name))
    }

    /// The table `section.list`.
    fn table(&self, section: &str, list: &str) -> io::Result<&Table> {
        let table = self.root.get(section).and_then(|section| section.get(list)).and_then(Value::as_table);
        table.ok_or_else(|| self.fault(&format!("{section}.{list}"), "no such table"))
    }

    /// The tables of an array of tables with this dotted key.
    fn entries(&self, key: &str) -> io::Result<Vec<Entry<'_>>> {
        let mut list = Some(&self.root);
        let mut parts = key.split('.').peekable();
        let mut found = None;
        while let (Some(table), Some(part)) = (list, parts.next()) {
            let value = table.get(part);
            if parts.peek().is_none() {
                found = value.and_then(Value::as_array);
            }
            list = value.and_then(Value::as_table);
        }
        let tables = found.into_iter().flatten().filter_map(Value::as_table);
        let entries: Vec<Entry<'_>> = tables.map(|table| Entry { file: self, table }).collect();
        if entries.is_empty() { Err(self.fault(key, "no such entries")) } else { Ok(entries) }
    }
}

/// A table of a data file.
struct Entry<'f> {
    file: &'f DataFile,
    table: &'f Table,
}

impl Entry<'_> {
    fn fault(&self, what: &str) -> io::Error {
        self.file.fault(&self.optional("abbr"), what)
    }

    fn optional(&self, key: &str) -> String {
        self.table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    fn text(&self, key: &str) -> io::Result<String> {
        let text = self.optional(key);
        if text.is_empty() || text.trim() != text || text.chars().any(char::is_control) {
            return Err(self.fault(&format!("`{key}` is missing, padded or has a control character")));
        }
        Ok(text)
    }

    fn list(&self, key: &str) -> io::Result<Vec<String>> {
        let Some(value) = self.table.get(key) else { return Ok(Vec::new()) };
        strings(value).ok_or_else(|| self.fault(&format!("`{key}` must be a list of different words")))
    }

    fn number(&self, key: &str) -> io::Result<i64> {
        let number = self.table.get(key).and_then(Value::as_integer);
        number.ok_or_else(|| self.fault(&format!("`{key}` must be a number")))
    }

    /// A date, a month in quotes or a year, as `Some(PartialDay { … })`.
    fn day(&self, key: &str) -> io::Result<String> {
        let text = match self.table.get(key) {
            None => return Ok("None".to_owned()),
            Some(Value::String(month)) => month.clone(),
            Some(other) => other.to_string(),
        };
        let mut parts = text.split('-').map(str::parse::<u16>);
        let mut part = || parts.next().unwrap_or(Ok(0)).map_err(|_| self.fault(&format!("`{key}` is no date")));
        Ok(format!("Some(PartialDay {{ year: {}, month: {}, day: {} }})", part()?, part()?, part()?))
    }
}

/// The words of a list, if it is one and holds none twice.
fn strings(value: &Value) -> Option<Vec<String>> {
    let words: Vec<String> =
        value.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    let is_sound = |word: &String| !word.is_empty() && word.trim() == word && !word.chars().any(char::is_control);
    let different: BTreeSet<&String> = words.iter().collect();
    (different.len() == words.len() && words.iter().all(is_sound)).then_some(words)
}
