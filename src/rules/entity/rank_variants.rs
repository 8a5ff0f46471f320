//! One person has two ranks in one document.
//!
//! ## Why
//! Somebody who is deputy minister in one sentence and deputy permanent secretary in the next looks like two people.
//! Whichever is right, one of the two is not. Ranks that somebody may hold together (deputy prime minister and
//! minister) are none of this.
//!
//! ## Example
//! ```text
//! รองรัฐมนตรี เจิ่น วัน ลัม กล่าว … ต่อมารองปลัดกระทรวง เจิ่น วัน ลัม ยืนยัน
//! ```
//!
//! With the registry
//! ```toml
//! [[person]]
//! id = "lam"
//! names.th = ["เจิ่น วัน ลัม"]
//! ```
//!
//! ## Fix
//! Write the same rank everywhere in the document.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Related, Severity};
use crate::recognise::name::rank::{Rank, ranks};
use crate::registry::{EntityIx, EntityKind};
use crate::rule_source;
use crate::rules::finding::{FileContext, Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::Place;

/// The rule.
pub const RULE: Rule = Rule {
    code: "entity/rank-variants",
    severity: Severity::Info,
    summary: "one person has two ranks in one document",
    source: rule_source!(),
    check: RuleCheck::File(check),
};

fn check(context: &FileContext<'_>, sink: &mut FindingSink<'_>) {
    // The ranks of each person, with where each stands first.
    let mut seen: FxHashMap<EntityIx, Vec<(Rank, Place)>> = FxHashMap::default();
    // A rank counts where it stands first, and so does a title.
    for group in context.names.iter().filter(|group| group.key.kind == EntityKind::Office && !group.key.former) {
        let Some(holder) = group.key.holder else { continue };
        let before = seen.entry(holder).or_default();
        for rank in ranks(&group.key.surface) {
            if before.iter().any(|(known, _)| *known == rank) {
                continue;
            }
            let Some(place) = context.overview.first(group) else { continue };
            if let Some((other, first)) = before.iter().find(|(known, _)| known.excludes(rank)) {
                let name = context.snapshot.registry.get(holder).display_name();
                sink.report(Finding {
                    place,
                    surface: group.key.surface.clone(),
                    message: format!("{name} is {} here and {} before", rank.name(), other.name()),
                    related: vec![Related {
                        file: context.file.id,
                        place: *first,
                        message: format!("{} here", other.name()),
                    }],
                    fix: None,
                });
            }
            before.push((rank, place));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const REGISTRY: &str = "
//- registry.toml
[[person]]
id = \"smith\"
names.en = [\"Ann Smith\"]
";

    #[test]
    fn the_title_of_the_next_person_in_a_list_is_not_the_one_of_the_last() {
        let text = "//- a.txt\nPresident Ann Smith, Vice President JD Moore, and others met President Ann Smith.";
        check("entity/rank-variants", &format!("{text}{REGISTRY}"));
        let text = "//- a.txt\nPresident Ann Smith spoke. Ann Smith, «Vice President» of the Republic, left.";
        check("entity/rank-variants", &format!("{text}{REGISTRY}"));
    }
}
