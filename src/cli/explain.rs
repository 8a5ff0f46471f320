//! `scholiast explain`: what a rule finds, why, and what to do about it.

use std::io::{self, Write};

use anyhow::bail;

use super::args;
use super::exit_status::CLEAN;
use super::output::Output;
use crate::rules::{self, RULES, Rule};

/// Runs the command.
///
/// # Errors
/// When there is no such rule, or output cannot be written.
pub fn run(args: &args::ExplainArgs) -> anyhow::Result<u8> {
    let mut out = Output::default().sink(None)?;
    match &args.rule {
        None if args.all => write!(out, "{}", document())?,
        None => list(&mut *out, RULES.iter().copied())?,
        Some(family) if RULES.iter().any(|rule| rule.family() == family) => {
            list(&mut *out, RULES.iter().copied().filter(|rule| rule.family() == family))?;
        }
        Some(code) => match rules::named(code) {
            Ok(rule) => writeln!(out, "{}", rule.page())?,
            Err(Some(near)) => bail!("there is no rule '{code}'; did you mean '{near}'?"),
            Err(None) => bail!("there is no rule '{code}'; 'scholiast explain' lists them"),
        },
    }
    out.flush()?;
    Ok(CLEAN)
}

/// Rules in columns: code, severity, what it finds.
fn list(out: &mut dyn Write, rules: impl Iterator<Item = &'static Rule> + Clone) -> io::Result<()> {
    let width = rules.clone().map(|rule| rule.code.len()).max().unwrap_or(0);
    for rule in rules {
        writeln!(out, "{:width$}  {:7}  {}", rule.code, rule.severity, rule.summary)?;
    }
    Ok(())
}

/// The pages of all rules: `docs/rules.md`.
pub fn document() -> String {
    let mut parts = vec![String::from(
        "# Rules\n\nEvery rule has a code that never changes its meaning, a severity and a page, which \
         `scholiast explain CODE` prints as well.\n\n\
         Severities are set in `scholiast.toml`, for all files or for some; single findings are silenced there with a \
         reason:\n\n\
         ```toml\n[rules]\n\"date/era-clash\" = \"off\"   # error, warning, info, hint, off\n\n\
         [[suppress]]\npath = \"file.txt\"\nrule = \"date/era-clash\"\ntext = \"…\"                # what is underlined; optional\n\
         reason = \"…\"\n```\n",
    )];
    let mut family = "";
    for rule in RULES.iter() {
        if rule.family() != family {
            family = rule.family();
            parts.push(format!("\n## {family}\n\n| code | severity | finds |\n| --- | --- | --- |\n"));
            for rule in RULES.iter().filter(|rule| rule.family() == family) {
                let link = rule.code.replace('/', "");
                parts.push(format!(
                    "| [`{}`](#{link}) | {} | {} |\n",
                    rule.code,
                    rule.severity,
                    rule.summary.replace('|', "\\|")
                ));
            }
        }
        parts.push(format!("\n### {}\n\n{}\n", rule.code, lowered(&rule.documentation())));
    }
    parts.concat()
}

/// A page's headings two levels down, below that of its rule. What is fenced stays as it is.
fn lowered(page: &str) -> String {
    let mut fenced = false;
    let lines = page.trim_end().lines().map(|line| {
        fenced ^= line.trim_start().starts_with("```");
        if line.starts_with('#') && !fenced { format!("##{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}
