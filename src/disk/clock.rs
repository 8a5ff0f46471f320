//! The day it is.

use jiff::civil::Date;

/// The day it is by the clock of the machine, in UTC: whole years and expiry dates are all that depends on it.
pub fn today() -> Date {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().days((seconds / 86_400) as i64)).unwrap_or(epoch)
}
