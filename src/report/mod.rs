//! A corpus as it looks: tables of its people, legal documents, dates, annotations and findings, and one page that
//! shows them.
//!
//! [`gather`] makes plain tables of what was recognised, [`page`] writes them as one file of HTML, [`text`] as Markdown
//! and CSV. Deliberately absent: reading the corpus and judging it, which the command does.

pub mod gather;
pub mod page;
pub mod tables;
pub mod text;

pub use gather::{DocumentSource, DocumentStatement, ReportBuilder, document_facts};
pub use tables::{Report, ReportAgreement, ReportAgreementRow};
