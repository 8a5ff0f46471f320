//! The requests, one family a file: from the client's words to a question of the corpus, and its answer back.

pub mod diagnostics;
