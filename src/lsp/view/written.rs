//! Findings as they were written to the client, kept from one keystroke to the next.
//!
//! Deliberately absent: how they are written (see [`finding_list`](super::finding_list)).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::rules::ChunkFindings;

/// The findings of an open document as they were written last, but for their ranges.
#[derive(Debug, Default)]
pub struct WrittenFindings {
    /// Of chunks, by the address of their findings.
    pub chunks: FxHashMap<usize, WrittenChunk>,
    /// Of findings about the document as a whole, by the digest of what is written of them.
    pub whole: FxHashMap<u128, Vec<u8>>,
    /// The bytes of all of it, ranges too.
    pub len: usize,
}

/// The findings of a chunk as they were written, but for their ranges.
#[derive(Debug)]
pub struct WrittenChunk {
    /// The findings; held, so that no others have their address.
    findings: Arc<ChunkFindings>,
    bytes: Vec<u8>,
    /// The ends in `bytes`, by the number of the finding.
    ends: Vec<usize>,
}

impl WrittenChunk {
    /// Writes the findings of a chunk, each with `write`.
    pub fn new(findings: &Arc<ChunkFindings>, mut write: impl FnMut(&Diagnostic) -> Vec<u8>) -> Self {
        let mut chunk = Self { findings: findings.clone(), bytes: Vec::new(), ends: Vec::new() };
        for found in &findings.diagnostics {
            chunk.bytes.append(&mut write(found));
            chunk.ends.push(chunk.bytes.len());
        }
        chunk
    }

    /// Tells whether it is of these very findings.
    pub fn is_of(&self, findings: &Arc<ChunkFindings>) -> bool {
        Arc::ptr_eq(&self.findings, findings)
    }

    /// The bytes of the finding with this number.
    pub fn get(&self, number: usize) -> &[u8] {
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }
}
