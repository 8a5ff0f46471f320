//! The scale of likeness: costs of sounds and letters, and the scores from 0 to 1 that they mean.

/// Cost of the words standing in another order (family name last).
pub(super) const TURNED: f32 = 0.15;
/// Turns a cost into a score: 1 for 0, falling towards 0. `syllables` is the length of the name: longer names may
/// be off by a little more in all.
pub(super) fn score(cost: f32, syllables: usize) -> f32 {
    (-cost / room(syllables)).exp()
}

/// The cost that a score stands for: the inverse of [`score`].
pub(super) fn cost_of(score: f32, syllables: usize) -> f32 {
    -score.ln() * room(syllables)
}

fn room(syllables: usize) -> f32 {
    0.96 + 0.32 * (syllables as f32)
}
