//! A small corpus in memory, and findings in it, for the tests of all formats.

use std::sync::Arc;

use super::Renderer;
use super::format::Format;
use super::layout::{RenderOptions, RuleInfo, Sources};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use crate::text::{FileId, LineIndex, Place, Span};

pub(super) struct SampleCorpus {
    pub files: Vec<(&'static str, Option<Arc<str>>)>,
}

impl Sources for SampleCorpus {
    fn path(&self, file: FileId) -> &str {
        self.files[file.0 as usize].0
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        self.files[file.0 as usize].1.clone()
    }

    fn rule(&self, code: &str) -> Option<RuleInfo> {
        code.starts_with("date/").then(|| RuleInfo {
            summary: "a day that its month does not have".into(),
            url: Some(format!("https://example.org/rules#{code}")),
            documentation: "A day that its month does not have.\n\n## Why\n\nIt cannot be sorted.\n".into(),
        })
    }
}

/// Thai, Vietnamese and an emoji; a paragraph of two thousand code points; a Windows file with a byte-order mark.
pub(super) fn corpus() -> SampleCorpus {
    let long = format!("{}วันที่ 30 กุมภาพันธ์ 2566{}\n", "ข่าวเช้า ".repeat(110), " น้ำขึ้นแล้ว".repeat(90));
    let files = [
        ("news/ก ข.txt", "😀 ประชุมวันที่ 31 เมษายน 2566\tที่เวียงจันทน์\nÔng Trần Văn Bỉ gặp ông Trần Văn Bi.\n"),
        ("news/long.txt", &long),
        ("old.txt", "\u{feff}Số 12/QD-TTg\r\nTrần Văn Bỉ\r\n"),
    ];
    SampleCorpus { files: files.into_iter().map(|(path, text)| (path, Some(Arc::from(text)))).collect() }
}

impl SampleCorpus {
    /// The place of the `nth` (from 0) occurrence of `part` in a file.
    pub fn place(&self, file: u32, part: &str, nth: usize) -> Place {
        let text = self.files[file as usize].1.as_deref().unwrap();
        let start = text.match_indices(part).nth(nth).unwrap().0;
        LineIndex::new(text).place(text, Span::of(start, start + part.len()))
    }

    fn finding(&self, file: u32, part: &str, code: &str, severity: Severity, message: &str) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity,
            file: FileId(file),
            place: self.place(file, part, 0),
            message: message.into(),
            related: Vec::new(),
            fix: None,
            unnecessary: false,
        }
    }

    /// One finding of each sort, in the order of output.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut impossible =
            self.finding(0, "31 เมษายน 2566", "date/impossible-day", Severity::Error, "April has 30 days, not 31");
        impossible.related.push(Related {
            file: FileId(0),
            place: self.place(0, "😀", 0),
            message: "the sentence starts here".into(),
        });
        let mut variant = self.finding(
            0,
            "Trần Văn Bi.",
            "entity/spelling-variants",
            Severity::Info,
            "also written Trần Văn Bỉ here",
        );
        variant.place = self.place(0, "Trần Văn Bi", 0);
        variant.related = vec![
            Related {
                file: FileId(0), place: self.place(0, "Trần Văn Bỉ", 0), message: "the other spelling".into()
            },
            Related { file: FileId(2), place: self.place(2, "Trần Văn Bỉ", 0), message: "and <there>".into() },
        ];
        variant.fix = Some(Fix {
            title: "write Trần Văn Bỉ".into(),
            safe: false,
            edits: vec![FileEdit { file: FileId(0), place: variant.place, text: "Trần Văn Bỉ".into() }],
        });
        let long = self.finding(
            1,
            "30 กุมภาพันธ์ 2566",
            "date/impossible-day",
            Severity::Error,
            "February 2023 has 28 days, not 30",
        );
        let mut mark = self.finding(
            2,
            "\u{feff}",
            "text/byte-order-mark",
            Severity::Warning,
            "the file starts with a byte-order mark",
        );
        mark.fix = Some(Fix {
            title: "remove the byte-order mark".into(),
            safe: true,
            edits: vec![FileEdit { file: FileId(2), place: mark.place, text: "".into() }],
        });
        let mut decree = self.finding(
            2,
            "QD",
            "decree/lost-diacritics",
            Severity::Hint,
            "written without its diacritics: 100%\nsure",
        );
        decree.fix = Some(Fix {
            title: "write QĐ".into(),
            safe: true,
            edits: vec![FileEdit { file: FileId(2), place: decree.place, text: "QĐ".into() }],
        });
        let mut ends = self.finding(2, "\r\n", "text/line-ends", Severity::Warning, "lines end in more than one way");
        ends.fix = Some(Fix {
            title: "end lines with LF".into(),
            safe: true,
            edits: (0..2)
                .map(|nth| FileEdit { file: FileId(2), place: self.place(2, "\r\n", nth), text: "\n".into() })
                .collect(),
        });
        vec![impossible, variant, long, mark, decree, ends]
    }

    /// The output of a renderer for `findings`.
    pub fn rendered(&self, format: Format, options: RenderOptions, findings: &[Diagnostic]) -> String {
        let mut out = Vec::new();
        let mut renderer = Renderer::new(format, options);
        renderer.begin(&mut out).unwrap();
        for finding in findings {
            renderer.finding(&mut out, self, finding).unwrap();
        }
        renderer.finish(&mut out, self).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The sample findings in one format, plain, 100 columns.
    pub fn sample(&self, format: Format) -> String {
        self.rendered(format, RenderOptions::default(), &self.findings())
    }
}
