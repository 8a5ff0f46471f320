//! Finds types of document that their issuer has no power to issue.
//!
//! ## Why
//!
//! The law says who issues what: decrees are the Government's alone, circulars are for ministers and the heads of the
//! high courts, a People's Council passes resolutions. A symbol against these rules names no document; type or issuer
//! is wrong. A decision of a People's Council without a year may be an internal paper and is only a warning.
//!
//! ## Example
//!
//! ```text
//! Nghị định 18/2022/NĐ-BTC
//!           ^^^^^^^^^^^^^^ only the Government issues decrees
//! ```
//!
//! ## Fix
//!
//! Offered where the word in front and the issuer leave one reading: `QĐ-CP` is the Prime Minister's (`QĐ-TTg`), the
//! Council of Justices (HĐTP) issues resolutions only. Elsewhere none: whether type or issuer is wrong is not clear.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, TypeRefusal};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/type-not-allowed",
    severity: Severity::Error,
    summary: "the issuer may not issue documents of that type",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::TypeNotAllowed, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    let DecreeFault::TypeNotAllowed(refusal) = &fault.kind else {
        return format!("the issuer of `{written}` may not issue documents of that type");
    };
    let reason = match refusal {
        TypeRefusal::DecreeNotByGovernment => "only the Government (CP) issues decrees (NĐ)",
        TypeRefusal::OrdinanceNotByStandingCommittee => {
            "only the Standing Committee of the National Assembly (UBTVQH) issues ordinances (PL)"
        }
        TypeRefusal::CircularByGovernment => "the Government (CP) issues decrees and resolutions, not circulars (TT)",
        TypeRefusal::CircularByPrimeMinister => "the Prime Minister (TTg) has issued no circulars (TT) since 1996",
        TypeRefusal::CircularByCouncil => "a People's Council (HĐND) issues resolutions (NQ), not circulars (TT)",
        TypeRefusal::CircularByLocalBody => "local bodies have issued no circulars (TT) since 2004",
        TypeRefusal::CircularByOther => {
            "circulars (TT) are issued by ministers, the courts, the procuracy and the audit"
        }
        TypeRefusal::ResolutionByPrimeMinister => {
            "the Prime Minister (TTg) issues decisions, directives and telegrams, not resolutions (NQ)"
        }
        TypeRefusal::ResolutionByMinistry => "a ministry issues circulars and decisions, not resolutions (NQ)",
        TypeRefusal::ResolutionByPresident => "the President (CTN) issues orders and decisions, not resolutions (NQ)",
        TypeRefusal::ResolutionByCommittee => {
            "a People's Committee (UBND) issues decisions, not normative resolutions (NQ)"
        }
        TypeRefusal::ResolutionByAudit => "the State Audit issues decisions and circulars, not resolutions (NQ)",
        TypeRefusal::DecisionByGovernment => {
            "the Government (CP) issues decrees and resolutions; decisions (QĐ) are the Prime Minister's (TTg)"
        }
        TypeRefusal::DecisionByCouncil { .. } => {
            "a People's Council (HĐND) issues resolutions (NQ); a decision (QĐ) of it can only be an internal paper"
        }
        TypeRefusal::DecisionByJustices | TypeRefusal::DirectiveByJustices => {
            "the Council of Justices (HĐTP) issues resolutions (NQ) only"
        }
        TypeRefusal::DecisionByAssembly => "the National Assembly issues laws and resolutions, not decisions (QĐ)",
        TypeRefusal::DirectiveByGovernment => {
            "the Government (CP) issues decrees and resolutions; directives (CT) are the Prime Minister's (TTg)"
        }
        TypeRefusal::DirectiveByCouncil => "a People's Council (HĐND) issues resolutions (NQ), not directives (CT)",
        TypeRefusal::TelegramByOther => {
            "telegrams (CĐ) are sent by the Prime Minister, ministries, People's Committees and steering committees"
        }
        TypeRefusal::OrderByOther => "only the President (CTN) issues orders (L) of promulgation",
        TypeRefusal::Configured { kind, issuers } => {
            return format!("`{written}`: scholiast.toml lists who issues {kind}: {}", issuers.join(", "));
        }
    };
    format!("`{written}`: {reason}")
}

/// The severity of one such fault: a decision of a People's Council without a year may be an internal paper.
pub(super) const fn severity(refusal: &TypeRefusal) -> Severity {
    match refusal {
        TypeRefusal::DecisionByCouncil { may_be_internal: true } => Severity::Warning,
        _ => RULE.severity,
    }
}
