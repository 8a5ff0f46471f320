//! The rules on the judged sample of `examples/rules_eval`: no figure may fall below its floor.

#[path = "../../examples/rules_eval/sample.rs"]
mod sample;

/// Rules of which the sample shows faults that they do not report, with the recall that they have.
const BELOW: &[(&str, f64)] = &[("date/inner-space", 0.5)];

#[test]
fn the_rules_report_what_was_judged_a_fault_and_nothing_else() {
    let evaluation = sample::evaluate();
    let differences = evaluation.differences.join("\n");
    for (rule, figures) in &evaluation.rules {
        let floor = BELOW.iter().find(|(below, _)| below == rule).map_or(1.0, |(_, floor)| *floor);
        assert!(figures.precision() >= 1.0, "{rule}: {figures:?}\n{differences}");
        assert!(figures.recall() >= floor, "{rule}: {figures:?}\n{differences}");
    }
    assert_eq!(evaluation.safe_fixes.1, 0, "{differences}");
    let all = evaluation.all();
    assert!(all.faults + all.traps >= 160, "{all:?}");
    assert!(sample::texts().iter().all(|text| !text.places.is_empty()), "a text without a judgement");
}
