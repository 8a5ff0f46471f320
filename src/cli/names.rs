//! `scholiast names rank`: the linking of names, measurable from outside.
//!
//! Reads one JSON object a line, `{"query": "…", "candidates": ["…"]}`, and answers each in order with
//! `{"query": "…", "ranked": [{"name": "…", "score": 0.97}]}`, best first. Deliberately absent: the registry; what is
//! ranked comes with the question.

use std::io::{BufRead, Write};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::recognise::name::phonetic::PreparedNames;

#[derive(Deserialize)]
struct RankQuery {
    query: String,
    candidates: Vec<String>,
}

#[derive(Serialize)]
struct RankAnswer<'a> {
    query: &'a str,
    ranked: Vec<RankedName<'a>>,
}

#[derive(Serialize)]
struct RankedName<'a> {
    name: &'a str,
    score: f32,
}

/// Answers every line of `input` on `output`; blank lines are passed over.
///
/// # Errors
/// When a line is no such object (the message names it, counted from 1), or when reading or writing fails.
pub fn rank(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    // Many queries over the same candidates are the rule: take them apart once.
    let mut last: Option<(Vec<String>, PreparedNames)> = None;
    for (number, line) in input.lines().enumerate() {
        let line = line.with_context(|| format!("cannot read line {}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let question: RankQuery = serde_json::from_str(&line)
            .with_context(|| format!("line {}: expected {{\"query\": …, \"candidates\": […]}}", number + 1))?;
        let (candidates, prepared) = match last.take() {
            Some(known) if known.0 == question.candidates => known,
            _ => {
                let names: Vec<&str> = question.candidates.iter().map(String::as_str).collect();
                let prepared = PreparedNames::new(&names);
                (question.candidates, prepared)
            }
        };
        let ranked = prepared
            .rank(&question.query)
            .into_iter()
            .map(|(at, score)| RankedName { name: &candidates[at], score })
            .collect();
        serde_json::to_writer(&mut output, &RankAnswer { query: &question.query, ranked })
            .with_context(|| format!("cannot write the answer to line {}", number + 1))?;
        output.write_all(b"\n")?;
        last = Some((candidates, prepared));
    }
    output.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::rank;

    fn answer(input: &str) -> anyhow::Result<String> {
        let mut output = Vec::new();
        rank(input.as_bytes(), &mut output)?;
        Ok(String::from_utf8(output)?)
    }

    #[test]
    fn answers_in_order_best_first() {
        let out = answer(concat!(
            r#"{"query":"ฟาน วัน ขาย","candidates":["Phan Văn Khỏe","Phan Văn Khải"]}"#,
            "\n\n",
            r#"{"query":"Lê Duẩn","candidates":[]}"#,
            "\n",
        ))
        .unwrap();
        let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["query"], "ฟาน วัน ขาย");
        assert_eq!(lines[0]["ranked"][0]["name"], "Phan Văn Khải");
        assert_eq!(lines[0]["ranked"].as_array().unwrap().len(), 2);
        assert_eq!(lines[1]["ranked"].as_array().unwrap().len(), 0);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = answer("{\"query\":\"a\",\"candidates\":[]}\n{\"query\":1}\n").unwrap_err();
        assert!(error.to_string().starts_with("line 2:"), "{error}");
    }
}
