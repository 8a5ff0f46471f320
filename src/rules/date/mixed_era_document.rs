//! Finds Thai documents that count some of their unmarked years in the Buddhist Era and some in the Common Era.
//!
//! ## Why
//!
//! `ปี 2566` and `ปี 2024` in one text are one year apart and look centuries apart. Translated pages are full of
//! it, since a translator converts some years and leaves others.
//!
//! Years with a mark (พ.ศ., ค.ศ.) and pairs that explain each other, `พ.ศ. 2567 (ค.ศ. 2024)`, do not count.
//!
//! ## Example
//!
//! ```text
//! ยอดขายปี 2565 สูงกว่าปี 2019             2019 is 2562
//! ```
//!
//! ## Fix
//!
//! The years of the era that fewer of the document's years are in are written in the other one. The value stays the
//! same. Reported once per document, on the first of them.
