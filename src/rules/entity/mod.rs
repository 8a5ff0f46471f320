//! Rules about people, organisations and offices in the text.

mod ambiguous;
mod glued_name;
mod inner_space;
mod misspelt_name;
mod organization_variants;
mod rank_variants;
mod spelling_variants;
pub mod spelling_variants_corpus;
mod title_mismatch;

use super::rule::Rule;

/// The rules of this family.
pub const RULES: &[Rule] = &[
    ambiguous::RULE,
    glued_name::RULE,
    inner_space::RULE,
    misspelt_name::RULE,
    organization_variants::RULE,
    rank_variants::RULE,
    spelling_variants::RULE,
    spelling_variants_corpus::RULE,
    title_mismatch::RULE,
];

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8Path;
    use jiff::civil::date;

    use crate::config::Config;
    use crate::corpus::{LoadedFile, World};
    use crate::rules::check_file;

    const REGISTRY: &str = r#"
[[person]]
id = "vinh"
names.vi = ["Trần Quang Vinh"]
offices = [
  { office = "mof/deputy", since = 2020-01-01, until = 2023-12-31 },
  { office = "mof/minister", since = 2024-01-01 },
]
[[person]]
id = "ba"
names.vi = ["Lê Văn Ba"]
offices = [{ office = "mof/deputy" }]
[[organization]]
id = "mof"
names.vi = ["Bộ Tài chính"]
names.en = ["Ministry of Finance"]
names.th = ["กระทรวงการคลัง", "กระทรวงคลัง"]
abbreviations = ["MOF"]
[[office]]
id = "mof/minister"
organization = "mof"
names.vi = ["Bộ trưởng Bộ Tài chính"]
names.th = ["รัฐมนตรีว่าการกระทรวงการคลัง", "หัวหน้ากระทรวงการคลัง"]
[[office]]
id = "mof/deputy"
organization = "mof"
names.vi = ["Thứ trưởng Bộ Tài chính"]
names.th = ["รองรัฐมนตรีว่าการกระทรวงการคลัง", "รองรัฐมนตรี", "รองปลัดกระทรวง"]
"#;

    /// The findings of these codes in a text, as `code surface`.
    fn found(text: &str, codes: &[&str]) -> Vec<String> {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        world.set_registry([("r.toml".into(), Some(Arc::from(REGISTRY)), false)]);
        let ctx = world.snapshot().ctx().clone();
        world.load(Utf8Path::new("a.txt"), LoadedFile::new(&ctx, text.as_bytes()));
        let snapshot = world.snapshot();
        let file = snapshot.files_by_path()[0].clone();
        let report = check_file(&snapshot, &file);
        let wanted = report.diagnostics.iter().filter(|finding| codes.contains(&finding.code.as_str()));
        wanted
            .map(|finding| {
                let (start, end) = (finding.place.start.byte as usize, finding.place.end.byte as usize);
                format!("{} {}", &finding.code["entity/".len()..], &text[start..end])
            })
            .collect()
    }

    #[test]
    fn titles_are_held_against_the_registry() {
        let codes = ["entity/title-mismatch", "entity/rank-variants"];
        for (text, wanted) in [
            ("รองรัฐมนตรี Lê Văn Ba กล่าว", &[][..]),
            ("รองปลัดกระทรวง Lê Văn Ba กล่าว", &["title-mismatch รองปลัดกระทรวง"]),
            ("รองรัฐมนตรี กล่าว รองปลัดกระทรวงกล่าว", &[]),
            (
                "รองรัฐมนตรี Lê Văn Ba และรองปลัดกระทรวง Lê Văn Ba",
                &["rank-variants รองปลัดกระทรวง", "title-mismatch รองปลัดกระทรวง"],
            ),
            // A title that the registry does not list.
            ("ปลัดกระทรวงการคลัง Lê Văn Ba กล่าว", &["title-mismatch ปลัดกระทรวงการคลัง"]),
            ("Deputy Minister of Finance Lê Văn Ba said", &[]),
            ("25/05/2024\nDeputy Minister of Finance Trần Quang Vinh", &["title-mismatch Deputy Minister of Finance"]),
            ("25/05/2024\nTrần Quang Vinh, Thứ trưởng Bộ Tài chính, nói", &["title-mismatch Thứ trưởng Bộ Tài chính"]),
            ("25/05/2024\nMinister of Finance Trần Quang Vinh; Minister Trần Quang Vinh", &[]),
            // Another wording of the same office.
            ("หัวหน้ากระทรวงการคลัง Trần Quang Vinh กล่าว", &[]),
            // The office of the day.
            ("25/05/2024\nThứ trưởng Bộ Tài chính Trần Quang Vinh", &["title-mismatch Thứ trưởng Bộ Tài chính"]),
            ("25/05/2024\nBộ trưởng Bộ Tài chính Trần Quang Vinh", &[]),
            ("25/05/2021\nThứ trưởng Bộ Tài chính Trần Quang Vinh", &[]),
            // Not yet, no more, and said to be no more.
            ("25/05/2019\nThứ trưởng Bộ Tài chính Trần Quang Vinh", &["title-mismatch Thứ trưởng Bộ Tài chính"]),
            ("25/05/2024\nnguyên Thứ trưởng Bộ Tài chính Trần Quang Vinh", &[]),
            ("25/05/2024\nอดีตรองรัฐมนตรีว่าการกระทรวงการคลัง Trần Quang Vinh", &[]),
            // Nothing is known of the day, or of the tenure.
            ("Thứ trưởng Bộ Tài chính Trần Quang Vinh", &[]),
            ("25/05/2024\nBộ trưởng Bộ Tài chính Lê Văn Ba", &[]),
        ] {
            assert_eq!(found(text, &codes), wanted, "{text}");
        }
    }

    #[test]
    fn organisations_have_one_name_in_one_language() {
        for (text, wanted) in [
            ("กระทรวงการคลัง และกระทรวงคลัง", &["organization-variants กระทรวงคลัง"][..]),
            ("กระทรวงการคลัง (MOF) Bộ Tài chính, Ministry of Finance, BỘ TÀI CHÍNH", &[]),
            ("กระทรวงคลัง", &[]),
        ] {
            assert_eq!(found(text, &["entity/organization-variants"]), wanted, "{text}");
        }
    }
}
