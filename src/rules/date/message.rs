//! The common shape of messages about dates.

use crate::recognise::date::DateFault;
use crate::recognise::fault::Fault;

/// The message that names the fault of a surface, and the correction where that is decided.
pub(super) fn with_correction(fault: &Fault<DateFault>, what: &str) -> String {
    match fault.correction.as_ref().and_then(|correction| correction.corrected(fault)) {
        Some(right) => format!("`{}`: {what}; write `{right}`", fault.surface),
        None => format!("`{}`: {what}", fault.surface),
    }
}
