//! The report as one page of HTML that needs nothing else: style, script, charts and data are in it.
//!
//! Data are JSON in a script element of their own; the page's script puts them in as text, so that no name of a corpus
//! is ever markup. The page has a policy that lets it load nothing.

use super::tables::Report;

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");
const SCRIPT: &str = include_str!("assets/page.js");
const CHARTS: &str = include_str!("assets/echarts.min.js");

/// The largest page, in bytes, unless all lines are wanted.
pub const LARGEST: usize = 5_000_000;

/// Numbers of lines a spelling that are tried, until the page is small enough.
const LINES: [usize; 10] = [60, 40, 30, 20, 12, 8, 5, 3, 2, 1];
/// Numbers of rows that are tried then.
const ROWS: [usize; 6] = [2000, 1000, 500, 250, 100, 40];

/// Lines of a spelling that a page holds at most, unless all are wanted.
pub const MOST_LINES: usize = LINES[0];

/// Writes the page. Without `full` lines and then rows are left out until it is no larger than [`LARGEST`].
pub fn write(mut report: Report, title: &str, lead: &str, full: bool) -> String {
    let room = LARGEST.saturating_sub(PAGE.len() + STYLE.len() + SCRIPT.len() + CHARTS.len() + 4 * title.len() + 4096);
    let mut data = json(&report);
    if !full {
        for most in LINES {
            if data.len() <= room {
                break;
            }
            report.keep_lines(most);
            data = json(&report);
        }
        for most in ROWS {
            if data.len() <= room {
                break;
            }
            report.keep_rows(most);
            data = json(&report);
        }
    }
    let mut out = String::with_capacity(data.len() + CHARTS.len() + 65_536);
    let mut rest = PAGE;
    // One pass, so that what stands in a title is never taken for a place of the page.
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = behind.split_once("}}").unwrap_or((behind, ""));
        match name {
            "title" => out.push_str(&escaped(title)),
            "lead" => out.push_str(&escaped(lead)),
            "version" => out.push_str(env!("CARGO_PKG_VERSION")),
            "css" => out.push_str(STYLE),
            "charts" => out.push_str(CHARTS),
            "script" => out.push_str(SCRIPT),
            "data" => out.push_str(&data),
            _ => {}
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Data as JSON that can stand in a script element: neither `</script>` nor `<!--` can be in it.
fn json(report: &Report) -> String {
    serde_json::to_string(report)
        .unwrap_or_else(|_| "{}".to_owned())
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::tables::{ReportEntity, ReportSpelling};
    use super::*;

    fn report(entities: usize, lines: usize) -> Report {
        let line = |number: usize| (0, number as u32, "ก".repeat(60), "</script><b>".to_owned(), "x".repeat(60));
        let entity = |number: usize| ReportEntity {
            id: format!("p{number}"),
            group: "people",
            spellings: vec![ReportSpelling { text: "Lan".to_owned(), count: 9, lines: (0..lines).map(line).collect() }],
            ..ReportEntity::default()
        };
        Report { entities: (0..entities).map(entity).collect(), ..Report::default() }
    }

    #[test]
    fn names_are_never_markup() {
        let page = write(report(1, 1), "</title><script>{{data}}", "a & b", false);
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;{{data}}</title>"));
        assert!(!page.contains("</script><b>"));
        assert_eq!(page.matches("</script>").count(), 3);
        // The assets themselves must not end their elements.
        for asset in [CHARTS, SCRIPT] {
            assert!(!asset.contains("</script") && !asset.contains("<!--"));
        }
        assert!(!STYLE.contains("</style"));
    }

    #[test]
    fn large_reports_hold_fewer_lines() {
        let page = write(report(3000, 30), "t", "l", false);
        assert!(page.len() <= LARGEST, "{}", page.len());
        assert!(page.len() > LARGEST / 2, "{}", page.len());
        assert!(write(report(3000, 30), "t", "l", true).len() > LARGEST);
    }
}
