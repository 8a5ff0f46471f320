//! The report as Markdown for people, and as CSV for spreadsheets.

use std::fmt::Write as _;

use super::tables::Report;

/// Rows of a table of Markdown: whoever wants all of them takes CSV or JSON.
const ROWS: usize = 50;

/// Writes the tables as Markdown.
pub fn markdown(report: &Report, title: &str, lead: &str) -> String {
    let mut out = format!("# {}\n\n{}\n", cell(title), cell(lead));
    let mut table = |heading: &str, heads: &[&str], rows: Vec<Vec<String>>, of: usize| {
        if rows.is_empty() {
            return;
        }
        let _ = write!(out, "\n## {heading}\n\n| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
        for row in &rows {
            let cells: Vec<String> = row.iter().map(|text| cell(text)).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        if rows.len() < of {
            let _ = writeln!(out, "\n{} of {of} shown.", rows.len());
        }
    };
    let t = &report.totals;
    let totals = [
        ("documents", t.documents),
        ("people", t.people),
        ("organisations", t.organizations),
        ("places", t.places),
        ("mentions", t.mentions),
        ("legal documents", t.laws),
        ("annotations", t.annotations),
        ("findings", t.findings),
    ];
    let rows = totals.iter().map(|(name, count)| vec![(*name).to_owned(), count.to_string()]).collect();
    table("Numbers", &["", "number"], rows, totals.len());
    for (group, heading) in [("people", "People"), ("organizations", "Organisations"), ("places", "Places")] {
        let of_group: Vec<_> = report.entities.iter().filter(|entity| entity.group == group).collect();
        let rows = of_group.iter().take(ROWS).map(|entity| {
            let spellings: Vec<String> =
                entity.spellings.iter().take(6).map(|one| format!("{} ({})", one.text, one.count)).collect();
            vec![
                entity.name.clone(),
                entity.id.clone(),
                entity.mentions.to_string(),
                entity.documents.to_string(),
                spellings.join(", "),
            ]
        });
        table(heading, &["name", "id", "mentions", "documents", "spellings"], rows.collect(), of_group.len());
    }
    let pairs =
        report.pairs.iter().take(ROWS).map(|(one, two, count)| vec![one.clone(), two.clone(), count.to_string()]);
    table("Who appears with whom", &["person", "with", "documents"], pairs.collect(), report.pairs.len());
    let laws = report.laws.iter().take(ROWS).map(|law| {
        let dates: Vec<String> = law.dates.iter().map(|(date, count)| format!("{date} ({count})")).collect();
        vec![law.reference.clone(), law.count.to_string(), law.documents.to_string(), dates.join(", ")]
    });
    table(
        "Legal documents",
        &["reference", "citations", "documents", "dates given"],
        laws.collect(),
        report.laws.len(),
    );
    let dates = report.dates.iter().take(ROWS).map(|(era, year, count)| {
        vec![era.clone(), year.map_or_else(|| "-".to_owned(), |year| year.to_string()), count.to_string()]
    });
    table("Dates", &["era", "year", "dates"], dates.collect(), report.dates.len());
    let marks = report.annotations.iter().take(ROWS).map(|(label, who, count)| {
        vec![label.clone(), if who.is_empty() { "-".to_owned() } else { who.clone() }, count.to_string()]
    });
    table("Annotations", &["type", "annotator", "number"], marks.collect(), report.annotations.len());
    let shown = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
    for agreement in &report.agreement {
        let rows = agreement.types.iter().map(|row| {
            let name = if row.name.is_empty() { "all" } else { &row.name };
            let counts = [row.same, row.other_type, row.overlap, row.only_here, row.only_there];
            let figures = [row.f1, row.f1_overlap, row.kappa, row.alpha_u].map(shown);
            let counts = counts.iter().map(u64::to_string);
            std::iter::once(name.to_owned()).chain(counts).chain(figures).collect()
        });
        let heads =
            ["type", "same", "other type", "overlap", "only here", "only there", "F1", "F1 overlap", "κ", "α_u"];
        table(&format!("Agreement with {}", cell(&agreement.with)), &heads, rows.collect(), agreement.types.len());
    }
    let rules = report.rules.iter().map(|rule| {
        let before = rule.before.map_or_else(|| "-".to_owned(), |before| before.to_string());
        vec![rule.code.clone(), rule.severity.to_owned(), rule.count.to_string(), before, rule.summary.clone()]
    });
    let states = report.states.iter().map(|(state, count)| vec![(*state).to_owned(), count.to_string()]);
    table("Documents by state", &["state", "documents"], states.collect(), report.states.len());
    table(
        "Findings",
        &["rule", "severity", "findings", "in the baseline", "summary"],
        rules.collect(),
        report.rules.len(),
    );
    out
}

/// A text as a cell of a table: on one line, and without what Markdown or HTML would take for its own.
fn cell(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ").replace('\\', "\\\\").replace('|', "\\|");
    text.replace('<', "&lt;").replace('`', "\\`").replace('[', "\\[").replace('*', "\\*")
}

/// Writes the tables as one table of CSV: `table,id,name,item,document,date,count`.
pub fn csv(report: &Report) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut row = |cells: [&str; 7]| {
        // Writing into memory does not fail, and all rows have as many fields.
        let _ = table.write_record(cells.map(guarded));
    };
    row(["table", "id", "name", "item", "document", "date", "count"]);
    for entity in &report.entities {
        let name = entity.name.as_str();
        for spelling in &entity.spellings {
            row([entity.group, &entity.id, name, &spelling.text, "", "", &spelling.count.to_string()]);
        }
        for (month, count) in &entity.months {
            row(["mentions-by-month", &entity.id, name, "", "", month, &count.to_string()]);
        }
        for title in &entity.titles {
            let first = title.first.as_deref().unwrap_or_default();
            row(["titles", &entity.id, name, &title.text, "", first, &title.count.to_string()]);
        }
    }
    for (one, two, count) in &report.pairs {
        row(["together", one, "", two, "", "", &count.to_string()]);
    }
    for law in &report.laws {
        row(["laws", &law.reference, law.title.as_deref().unwrap_or_default(), "", "", "", &law.count.to_string()]);
        for (date, count) in &law.dates {
            row(["law-dates", &law.reference, "", "", "", date, &count.to_string()]);
        }
    }
    for (era, year, count) in &report.dates {
        let year = year.map_or_else(String::new, |year| year.to_string());
        row(["dates", "", "", era, "", &year, &count.to_string()]);
    }
    for (label, annotator, count) in &report.annotations {
        row(["annotations", "", annotator, label, "", "", &count.to_string()]);
    }
    for agreement in &report.agreement {
        for one in &agreement.types {
            let counts = [
                ("agreement-same", one.same),
                ("agreement-other-type", one.other_type),
                ("agreement-overlap", one.overlap),
                ("agreement-only-here", one.only_here),
                ("agreement-only-there", one.only_there),
            ];
            for (table, count) in counts {
                row([table, &one.name, &agreement.with, "", "", "", &count.to_string()]);
            }
        }
    }
    if !report.states.is_empty() {
        for document in &report.documents {
            let state = document.state.as_ref();
            let [is, by, when] = state.map_or(["new", "", ""], |state| [state.is, &state.by, &state.when]);
            row(["states", "", by, is, &document.path, when, "1"]);
        }
    }
    for (path, code, count) in &report.files {
        row(["findings", "", "", code, path, "", &count.to_string()]);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that a spreadsheet does not take for a formula.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '@', '-', '\t']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::tables::{ReportEntity, ReportSpelling};
    use super::*;

    #[test]
    fn names_break_no_table() {
        let spelling = |text: &str| ReportSpelling { text: text.to_owned(), count: 2, lines: Vec::new() };
        let report = Report {
            entities: vec![ReportEntity {
                id: "lan".to_owned(),
                group: "people",
                name: "Lan|<b>\nAnh".to_owned(),
                mentions: 4,
                documents: 1,
                spellings: vec![spelling("=cmd()"), spelling("Lan, \"Anh\"")],
                ..ReportEntity::default()
            }],
            ..Report::default()
        };
        let shown = markdown(&report, "A", "b");
        assert!(shown.contains("| Lan\\|&lt;b> Anh | lan | 4 | 1 | =cmd() (2), Lan, \"Anh\" (2) |"), "{shown}");
        assert_eq!(
            csv(&report),
            "table,id,name,item,document,date,count\npeople,lan,\"Lan|<b>\nAnh\",'=cmd(),,,2\n\
             people,lan,\"Lan|<b>\nAnh\",\"Lan, \"\"Anh\"\"\",,,2\n"
        );
    }
}
