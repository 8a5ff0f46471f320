//! Drawing: an excerpt with underlines and labels, a line before and after a fix.
//!
//! Only ASCII is drawn with, because terminals disagree on the width of box-drawing characters, and a caret in the
//! wrong column is worse than a plain one. `annotate-snippets` does not serve here: it takes the column it prints from
//! the excerpt it is shown, and ours are cut.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::excerpt::{Excerpt, display_width};

/// The styles of one output; all empty without colour.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Styles {
    pub gutter: Style,
    pub strong: Style,
    pub related: Style,
    pub help: Style,
    pub note: Style,
    pub removed: Style,
    pub added: Style,
}

impl Styles {
    /// Colours that can be read on dark and on light ground.
    pub(super) const COLOR: Self = Self {
        gutter: AnsiColor::BrightBlue.on_default().bold(),
        strong: Style::new().bold(),
        related: AnsiColor::BrightBlue.on_default().bold(),
        help: AnsiColor::BrightCyan.on_default().bold(),
        note: AnsiColor::BrightGreen.on_default().bold(),
        removed: AnsiColor::BrightRed.on_default(),
        added: AnsiColor::BrightGreen.on_default(),
    };
}

/// The line under one mark of an excerpt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<'a> {
    /// `^` for what the finding is about, `-` for what belongs to it.
    pub letter: char,
    pub style: Style,
    /// The words beside the mark; may be empty.
    pub text: &'a str,
}

/// Draws with a gutter of a fixed width.
pub(super) struct Painter<'o> {
    pub out: &'o mut dyn Write,
    pub styles: Styles,
    /// Digits of the longest line number.
    pub digits: usize,
}

impl Painter<'_> {
    /// `   |`
    pub(super) fn blank(&mut self) -> io::Result<()> {
        self.gutter("", " |")?;
        writeln!(self.out)
    }

    /// ` --> path:line:column`; `arrow` is `-->` for the place of the finding, `:::` for others.
    pub(super) fn origin(&mut self, arrow: &str, place: &str) -> io::Result<()> {
        self.gutter("", arrow)?;
        writeln!(self.out, " {place}")
    }

    /// `   = text`
    pub(super) fn remark(&mut self, text: &str) -> io::Result<()> {
        self.gutter("", " =")?;
        writeln!(self.out, " {text}")
    }

    /// A line of the source and what stands under it; one label for each mark.
    pub(super) fn excerpt(&mut self, line: u32, excerpt: &Excerpt, labels: &[Label<'_>]) -> io::Result<()> {
        self.gutter(&line.to_string(), " |")?;
        writeln!(self.out, " {}", excerpt.text)?;
        let mut marks: Vec<PaintedMark<'_>> = excerpt
            .marks
            .iter()
            .zip(labels)
            .map(|(mark, &label)| PaintedMark {
                column: display_width(&excerpt.text[..mark.start]),
                width: display_width(&excerpt.text[mark.clone()]).max(1),
                label,
            })
            .collect();
        marks.sort_by_key(|mark| mark.column);

        self.gutter("", " |")?;
        write!(self.out, " ")?;
        self.underlines(&marks)?;
        // The last label stands beside its underline, the others below, each under its own.
        let beside = marks.last().map_or("", |mark| mark.label.text);
        if !beside.is_empty() {
            let style = marks[marks.len() - 1].label.style;
            write!(self.out, " {style}{beside}{style:#}")?;
            marks.pop();
        }
        writeln!(self.out)?;
        marks.retain(|mark| !mark.label.text.is_empty());
        while let Some(mark) = marks.pop() {
            self.gutter("", " |")?;
            write!(self.out, " ")?;
            let mut column = 0;
            for open in &marks {
                if open.column >= column && open.column < mark.column {
                    let style = open.label.style;
                    write!(self.out, "{:1$}{style}|{style:#}", "", open.column - column)?;
                    column = open.column + 1;
                }
            }
            let style = mark.label.style;
            writeln!(self.out, "{:1$}{style}{2}{style:#}", "", mark.column - column, mark.label.text)?;
        }
        Ok(())
    }

    /// The underlines of `marks`, which are sorted by column; where they overlap the carets win.
    fn underlines(&mut self, marks: &[PaintedMark<'_>]) -> io::Result<()> {
        let end = marks.iter().map(|mark| mark.column + mark.width).max().unwrap_or(0);
        let mut cells: Vec<Option<Label<'_>>> = vec![None; end];
        for mark in marks {
            for cell in &mut cells[mark.column..mark.column + mark.width] {
                if cell.is_none_or(|label| label.letter != '^') {
                    *cell = Some(mark.label);
                }
            }
        }
        for run in cells.chunk_by(|a, b| a.map(|label| label.letter) == b.map(|label| label.letter)) {
            match run[0] {
                Some(Label { letter, style, .. }) => {
                    write!(self.out, "{style}{}{style:#}", letter.to_string().repeat(run.len()))?;
                }
                None => write!(self.out, "{:1$}", "", run.len())?,
            }
        }
        Ok(())
    }

    /// A line before and after: each mark of the excerpt is replaced by the new text at its place.
    pub(super) fn replacement(&mut self, line: u32, excerpt: &Excerpt, new: &[String]) -> io::Result<()> {
        let line = line.to_string();
        let (removed, added) = (self.styles.removed, self.styles.added);
        self.sided(&line, "-", removed)?;
        self.pieces(excerpt, |at| (&excerpt.text[excerpt.marks[at].clone()], removed))?;
        self.sided(&line, "+", added)?;
        self.pieces(excerpt, |at| (new[at].as_str(), added))
    }

    fn pieces<'a>(&mut self, excerpt: &'a Excerpt, piece: impl Fn(usize) -> (&'a str, Style)) -> io::Result<()> {
        let mut from = 0;
        for (at, mark) in excerpt.marks.iter().enumerate() {
            let (text, style) = piece(at);
            write!(self.out, "{}{style}{text}{style:#}", &excerpt.text[from..mark.start])?;
            from = mark.end;
        }
        writeln!(self.out, "{}", &excerpt.text[from..])
    }

    fn sided(&mut self, line: &str, sign: &str, style: Style) -> io::Result<()> {
        let gutter = self.styles.gutter;
        write!(self.out, "{gutter}{line:>digits$}{gutter:#} {style}{sign}{style:#} ", digits = self.digits)
    }

    fn gutter(&mut self, line: &str, separator: &str) -> io::Result<()> {
        let style = self.styles.gutter;
        write!(self.out, "{style}{line:>digits$}{separator}{style:#}", digits = self.digits)
    }
}

struct PaintedMark<'a> {
    column: usize,
    width: usize,
    label: Label<'a>,
}
