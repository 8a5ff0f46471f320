//! The rules that are applied, and fixed: `--select`, `--ignore`, `--severity`, `--preset`.

use anyhow::bail;
use compact_str::{CompactString, format_compact};

use super::args;
use crate::config::{Config, FixLevel, FixSetting, Preset, RuleLevel, RuleSetting, covers};
use crate::diagnostic::Severity;
use crate::rules::RULES;
use crate::text::Span;
use crate::text::nearest::nearest;
use crate::toml_tree::Spanned;

/// The arguments about rules, checked.
#[derive(Debug, Default)]
pub struct RuleSelection {
    select: Vec<CompactString>,
    ignore: Vec<CompactString>,
    overrides: Vec<RuleSetting>,
    preset: Option<Preset>,
    short_mentions: bool,
    fixes: Vec<FixSetting>,
}

impl RuleSelection {
    /// Checks what was said.
    ///
    /// # Errors
    /// When a rule or severity does not exist, with the one that was probably meant.
    pub fn new(args: &args::RuleArgs) -> anyhow::Result<Self> {
        let rules = |given: &[String]| given.iter().map(|given| rule(given)).collect::<anyhow::Result<Vec<_>>>();
        let mut overrides = args.severity.iter().map(|given| setting(given)).collect::<anyhow::Result<Vec<_>>>()?;
        // As in the configuration, the more exact is the stronger, in whatever order they stand.
        overrides.sort_by_key(|setting| rank(&setting.rule.value));
        Ok(Self {
            select: rules(&args.select)?,
            ignore: rules(&args.ignore)?,
            overrides,
            preset: args.preset,
            short_mentions: args.short_mentions,
            fixes: Vec::new(),
        })
    }

    /// The same with the rules whose findings may be fixed: those that are named, a matter of style among them, and no
    /// others; all, where none is named.
    ///
    /// # Errors
    /// When a rule does not exist, with the one that was probably meant.
    pub fn fixing(self, fixable: &[String], unfixable: &[String]) -> anyhow::Result<Self> {
        let setting = |rule: CompactString, level: FixLevel| {
            let rule = Spanned { value: rule, span: Span::default() };
            FixSetting { rule, level }
        };
        let mut fixes = Vec::new();
        if !fixable.is_empty() && !fixable.iter().any(|given| given == "*") {
            fixes.push(setting("*".into(), FixLevel::Off));
        }
        for (all, level) in [(fixable, FixLevel::Safe), (unfixable, FixLevel::Off)] {
            for given in all {
                fixes.push(setting(rule(given)?, level));
            }
        }
        Ok(Self { fixes, ..self })
    }

    /// Puts what was chosen into a configuration.
    pub fn configure(&self, config: &mut Config) {
        config.overrides.extend(self.overrides.iter().cloned());
        config.preset = self.preset.unwrap_or(config.preset);
        config.short_mentions = self.short_mentions;
        config.fix_overrides.extend(self.fixes.iter().cloned());
    }

    /// Tells whether findings of a rule are wanted.
    pub fn wants(&self, code: &str) -> bool {
        is_chosen(code, &self.select, &self.ignore)
    }
}

/// Tells whether a rule is among those that are chosen (all, where none is named) and not left out: the more exact
/// wins.
fn is_chosen(code: &str, chosen: &[CompactString], left_out: &[CompactString]) -> bool {
    let best =
        |given: &[CompactString]| given.iter().filter(|given| covers(given, code)).map(|given| rank(given)).max();
    let is_chosen = if chosen.is_empty() { Some(0) } else { best(chosen) };
    match (is_chosen, best(left_out)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(chosen), Some(left_out)) => chosen > left_out,
    }
}

/// The exactness of a code: all, a family, a rule.
fn rank(code: &str) -> u8 {
    match code {
        "*" => 0,
        family if family.ends_with("/*") => 1,
        _ => 2,
    }
}

/// A rule's code, `family/*` or `*`.
fn rule(given: &str) -> anyhow::Result<CompactString> {
    let whole_family = format_compact!("{given}/*");
    let exists = |code: &str| code == "*" || RULES.iter().any(|rule| covers(code, rule.code));
    if exists(given) {
        return Ok(given.into());
    }
    if !given.contains('/') && exists(&whole_family) {
        return Ok(whole_family);
    }
    let known = RULES.iter().flat_map(|rule| [rule.code, rule.family()]);
    match nearest(given, known) {
        Some(meant) => bail!("there is no rule '{given}'; did you mean '{meant}'?"),
        None => bail!("there is no rule '{given}'; 'scholiast explain' lists them"),
    }
}

fn setting(given: &str) -> anyhow::Result<RuleSetting> {
    let Some((code, word)) = given.split_once('=') else {
        bail!("--severity needs RULE=SEVERITY, not '{given}'");
    };
    let levels = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];
    let level = match levels.into_iter().find(|level| level.as_str() == word) {
        Some(severity) => RuleLevel::At(severity),
        None if word == "off" => RuleLevel::Off,
        None => bail!("unknown severity '{word}'; use error, warning, info, hint or off"),
    };
    let rule = Spanned { value: rule(code)?, span: Span::default() };
    Ok(RuleSetting { rule, level: Some(level), options: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(select: &[&str], ignore: &[&str], severity: &[&str]) -> anyhow::Result<RuleSelection> {
        let owned = |given: &[&str]| given.iter().map(|given| (*given).to_owned()).collect();
        let (select, ignore, severity) = (owned(select), owned(ignore), owned(severity));
        RuleSelection::new(&args::RuleArgs { select, ignore, severity, preset: None, short_mentions: false })
    }

    #[test]
    fn the_more_exact_wins() {
        let cases: &[(&[&str], &[&str], bool)] = &[
            (&[], &[], true),
            (&["date"], &[], true),
            (&["decree/*"], &[], false),
            (&["date"], &["date/era-clash"], false),
            (&["date/era-clash"], &["date"], true),
            (&[], &["*"], false),
            (&["date/*"], &["*"], true),
            (&["date/era-clash"], &["date/era-clash"], false),
        ];
        for (select, ignore, wanted) in cases {
            assert_eq!(choice(select, ignore, &[]).unwrap().wants("date/era-clash"), *wanted, "{select:?} {ignore:?}");
        }
    }

    #[test]
    fn what_does_not_exist_is_named_with_what_was_meant() {
        let error = |select: &[&str], severity: &[&str]| choice(select, &[], severity).unwrap_err().to_string();
        assert_eq!(error(&["date/era-clsh"], &[]), "there is no rule 'date/era-clsh'; did you mean 'date/era-clash'?");
        assert_eq!(error(&["datte"], &[]), "there is no rule 'datte'; did you mean 'date'?");
        assert_eq!(error(&["ruff"], &[]), "there is no rule 'ruff'; 'scholiast explain' lists them");
        assert_eq!(error(&[], &["date"]), "--severity needs RULE=SEVERITY, not 'date'");
        assert!(error(&[], &["date=loud"]).starts_with("unknown severity 'loud'; use "));
    }

    #[test]
    fn severities_of_rules_are_stronger_than_those_of_families() {
        let mut config = Config::default();
        choice(&[], &[], &["date/era-clash=hint", "date=off"]).unwrap().configure(&mut config);
        assert_eq!(config.severity("date/era-clash", Severity::Error, "a.txt"), Some(Severity::Hint));
        assert_eq!(config.severity("date/reversed-range", Severity::Error, "a.txt"), None);
    }
}
