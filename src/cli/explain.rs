//! `scholiast explain`: what a rule finds, why, and what to do about it.

use std::io::Write as _;

use anyhow::bail;

use super::{CLEAN, args, output};
use crate::rules::{self, RULES, Rule};
use crate::text::nearest;

/// Runs the command.
///
/// # Errors
/// When there is no such rule, or output cannot be written.
pub fn run(args: &args::Explain) -> anyhow::Result<u8> {
    let mut out = output::sink(None)?;
    match &args.rule {
        None => {
            let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
            for rule in RULES.iter() {
                writeln!(out, "{:width$}  {:7}  {}", rule.code, rule.severity, rule.summary)?;
            }
        }
        Some(code) => writeln!(out, "{}", page(find(code)?))?,
    }
    out.flush()?;
    Ok(CLEAN)
}

fn find(code: &str) -> anyhow::Result<&'static Rule> {
    if let Some(rule) = rules::by_code(code) {
        return Ok(rule);
    }
    // The part behind the slash will do where it is one rule's alone.
    let mut named = RULES.iter().filter(|rule| rule.code.split('/').next_back() == Some(code));
    if let (Some(rule), None) = (named.next(), named.next()) {
        return Ok(rule);
    }
    match nearest::nearest(code, RULES.iter().map(|rule| rule.code)) {
        Some(near) => bail!("there is no rule '{code}'; did you mean '{near}'?"),
        None => bail!("there is no rule '{code}'; 'scholiast explain' lists them"),
    }
}

/// The page of a rule: its documentation and how to configure and silence it.
pub fn page(rule: &Rule) -> String {
    let Rule { code, severity, .. } = rule;
    format!(
        "# {code} ({severity})\n\n{}\n\n\
         ## Configure\n\nIn `scholiast.toml`:\n\n\
         ```toml\n[rules]\n\"{code}\" = \"off\"   # error, warning, info, hint, off\n\n\
         [[suppress]]\npath = \"file.txt\"\nrule = \"{code}\"\ntext = \"…\"       # what is underlined; optional\nreason = \"…\"\n```",
        rule.documentation().trim_end()
    )
}
