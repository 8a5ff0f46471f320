//! The title beside a name contradicts the registry.
//!
//! ## Why
//! A wrong title makes another official of somebody: `รองปลัดกระทรวง` is a deputy permanent secretary, a civil servant,
//! where `รองรัฐมนตรี` is a deputy minister. Machine translation changes one into the other within a text.
//!
//! A title is a name of an office in the registry, or a word of office with a registered organisation, or with nothing
//! but the name beside it (`Deputy Minister of Finance`, `รองรัฐมนตรี`).
//!
//! Three things are found. The title names a rank that the office does not have: ranks are those in the first name of
//! the office in each language. That the registry lists the title among the office's other names does not excuse it:
//! what is listed there is found and linked, and whether a text should say so is the question here; a name of the same
//! rank in other words is fine. The title names a rank that no office of its organisation has, where the person has
//! another rank there. And the person held none of the offices meant on the day of the document: for this the
//! document's date must be known, and the registry must say when the office begins or ended, or since when the person
//! held another one. An office of which neither beginning nor end is known excludes nothing, and a title behind `อดีต`,
//! `nguyên`, `former` is none.
//!
//! ## Example
//! ```text
//! รองปลัดกระทรวง Tran Van Lam กล่าว
//! ```
//!
//! With the registry
//! ```toml
//! [[person]]
//! id = "lam"
//! names.vi = ["Trần Văn Lâm"]
//! offices = [{ office = "mof/deputy" }]
//!
//! [[organization]]
//! id = "mof"
//! names.th = ["กระทรวงการคลัง"]
//!
//! [[office]]
//! id = "mof/deputy"
//! organization = "mof"
//! names.th = ["รองรัฐมนตรีว่าการกระทรวงการคลัง", "รองปลัดกระทรวง"]
//! ```
//!
//! ## Fix
//! Write the title of the office, or correct the registry. A title that is to stay is suppressed with its reason.

use jiff::civil::Date;

use crate::corpus::digest::NameForm;
use crate::diagnostic::Severity;
use crate::recognise::name::rank::{Rank, ranks};
use crate::recognise::name::title::ranks_of;
use crate::registry::{Entity, EntityIx, EntityKind, Registry, Tenure};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/title-mismatch",
    severity: Severity::Warning,
    summary: "the title beside a name contradicts the registry",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    let registry = &*context.snapshot.registry;
    let day = context.snapshot.document_date(context.file);
    let message = |title: &NameForm| {
        let holder = registry.get(title.holder.filter(|_| !title.former)?);
        wrong_rank(title, holder, registry)
            .or_else(|| no_such_office(title, holder, registry))
            .or_else(|| not_then(day?, title, holder, registry))
    };
    let mut report = |place, title: &NameForm, message: &str| {
        sink.report(Finding {
            place,
            surface: title.surface.clone(),
            message: message.to_owned(),
            related: Vec::new(),
            fix: None,
        });
    };
    for group in context.names.iter().filter(|group| group.key.kind == EntityKind::Office) {
        let Some(message) = message(&group.key) else { continue };
        for seen in context.overview.each_name(group) {
            report(seen.place(), &group.key, &message);
        }
    }
    for title in context.short.iter().filter(|mention| mention.name.kind == EntityKind::Office) {
        let form = NameForm::of(title);
        if let Some(message) = message(&form) {
            report(title.facts.place(title.start, title.name.span), &form, &message);
        }
    }
}

/// The title is of an office the person holds or held, and names a rank that this has not.
fn wrong_rank(title: &NameForm, holder: &Entity, registry: &Registry) -> Option<String> {
    let named = ranks(&title.surface);
    let held = title.entities.iter().filter(|office| holds(holder, **office));
    let mut first = None;
    for office in held {
        let office = registry.get(*office);
        let known: Vec<Rank> = office.names.iter().flat_map(|list| ranks(&list.names[0].text)).collect();
        let wrong = named.iter().find(|rank| !known.contains(rank) && known.iter().any(|known| known.excludes(**rank)));
        // As a name of one of the offices the title is right.
        let wrong = *wrong?;
        let right = known.into_iter().find(|known| known.excludes(wrong))?;
        first.get_or_insert((wrong, right));
    }
    let (wrong, right) = first?;
    let (surface, name) = (&title.surface, holder.display_name());
    Some(format!("`{surface}` means {}, but {name} is {} in the registry", wrong.name(), right.name()))
}

/// The title names a rank that nobody has in the organisation it names, where the person has another.
fn no_such_office(title: &NameForm, holder: &Entity, registry: &Registry) -> Option<String> {
    let named = ranks(&title.surface);
    let organizations = &title.organizations;
    if !title.entities.is_empty() || organizations.is_empty() {
        return None;
    }
    let there = holder.tenures().iter().filter_map(|tenure| registry.office(tenure)).filter(|office| {
        registry.organization(office).is_some_and(|organization| organizations.contains(&organization.ix))
    });
    let known: Vec<Rank> = there.flat_map(ranks_of).collect();
    let wrong = *named.iter().find(|rank| !known.contains(rank))?;
    let right = known.iter().find(|known| known.excludes(wrong))?;
    let (surface, name) = (&title.surface, holder.display_name());
    Some(format!("`{surface}` means {}, but {name} is {} in the registry", wrong.name(), right.name()))
}

/// The person held none of the offices meant on the day of the document, but another of a rank that excludes them.
fn not_then(day: Date, title: &NameForm, holder: &Entity, registry: &Registry) -> Option<String> {
    let meant = |office: EntityIx| title.entities.contains(&office);
    let tenures = || holder.tenures().iter().filter_map(|tenure| Some((tenure, registry.office(tenure)?.ix)));
    if tenures().any(|(tenure, office)| meant(office) && tenure.covers(day)) {
        return None;
    }
    let named = ranks(&title.surface);
    // The office held then is known to have been held then, not merely not excluded.
    let other = tenures().find(|(tenure, office)| {
        let dated = tenure.since.is_some() && tenure.covers(day);
        let known = registry.get(*office).names.iter().flat_map(|list| ranks(&list.names[0].text));
        dated && known.into_iter().any(|rank| named.iter().any(|named| *named == rank || named.excludes(rank)))
    });
    let (surface, name) = (&title.surface, holder.display_name());
    let instead = match other {
        Some((_, held)) => format!("it is {}", registry.get(held).display_name()),
        None => term(tenures().filter(|(_, office)| meant(*office)).map(|(tenure, _)| tenure), day)?,
    };
    Some(format!("`{surface}` is not what {name} was on {day}: in the registry {instead}"))
}

/// From when or until when an office is held that is not held on a day; nothing where it is never held.
fn term<'t>(tenures: impl Iterator<Item = &'t Tenure> + Clone, day: Date) -> Option<String> {
    let next =
        tenures.clone().filter_map(|tenure| tenure.since).map(|since| since.date).filter(|since| *since > day).min();
    let last = tenures.filter_map(|tenure| tenure.until).map(|until| until.date).filter(|until| *until < day).max();
    match (last, next) {
        (Some(last), _) => Some(format!("that ended on {last}")),
        (None, next) => Some(format!("that begins on {}", next?)),
    }
}

fn holds(holder: &Entity, office: EntityIx) -> bool {
    holder.tenures().iter().any(|tenure| tenure.office.to == office)
}
