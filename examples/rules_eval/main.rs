//! The quality of the rules on `sample.tsv`: precision and recall by rule, and what differs from the judgements.
//!
//! `cargo run --example rules_eval` prints the table. Run it before and after a change of a rule: no figure may fall.

mod sample;

fn main() {
    let evaluation = sample::evaluate();
    let row = |rule: &str, figures: sample::RuleFigures| {
        anstream::println!(
            "{rule:<34} {:>6} {:>5} {:>5} {:>5}  {:.3}  {:.3}",
            figures.faults,
            figures.traps,
            figures.right,
            figures.wrong,
            figures.precision(),
            figures.recall()
        );
    };
    anstream::println!("{:<34} faults traps right wrong  prec.  recall", "rule");
    for (rule, figures) in &evaluation.rules {
        row(rule, *figures);
    }
    row("all", evaluation.all());
    let (safe, wrong) = evaluation.safe_fixes;
    anstream::println!("{safe} safe fixes, {wrong} of them wrong; {} texts", sample::texts().len());
    for difference in &evaluation.differences {
        anstream::println!("{difference}");
    }
}
