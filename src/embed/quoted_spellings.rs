//! The spellings of people in documents that are not at hand, as the rule about them sees them.

use camino::Utf8Path;

use super::statement::{Said, SpeltVariant, Statement};
use crate::corpus::World;
use crate::corpus::counts::SpelledForm;
use crate::corpus::quoted::{QuotedSpellings, QuotedVariant};
use crate::registry::EntityIx;

/// The spellings that statements tell of, in the order in which the rule finds them where all texts are at hand.
pub fn quoted(world: &mut World, said: &[Statement]) -> Vec<QuotedSpellings> {
    let mut spelt: Vec<(EntityIx, &SpelledForm, QuotedSpellings)> = Vec::new();
    for statement in said {
        let Said::Spelt { person, script, language, texts, variants } = &statement.said else { continue };
        let Some(person) = world.current().registry.by_id(person).map(|person| person.ix) else { continue };
        let Some(first) = variants.values().map(|variant| &variant.form).min() else { continue };
        let variants = variants.values().map(|variant| quoted_variant(world, variant)).collect();
        let quoted = QuotedSpellings { person, script: *script, language: *language, texts: *texts, variants };
        spelt.push((person, first, quoted));
    }
    spelt.sort_by_key(|(person, first, _)| (*person, *first));
    spelt.into_iter().map(|(.., quoted)| quoted).collect()
}

fn quoted_variant(world: &mut World, variant: &SpeltVariant) -> QuotedVariant {
    let surface = variant.form.surface.clone();
    let place = variant.places.get(&surface);
    let first = place.map(|place| (world.id(Utf8Path::new(&variant.path)), *place));
    QuotedVariant { surface, mentions: variant.mentions, texts: variant.texts, first }
}
