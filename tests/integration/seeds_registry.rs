//! The demonstration corpus: its registry and configuration are in order.

use scholiast::config::Config;
use scholiast::registry::{EntityKind, Registry, RegistryFaultKind, RegistrySource};
use scholiast::text::FileId;

const OFFICIALS: &str = include_str!("../../seeds/officials.toml");
const CONFIG: &str = include_str!("../../seeds/scholiast.toml");

#[test]
fn the_registry_has_no_faults_but_names_that_are_truly_shared() {
    let registry = Registry::load(&[RegistrySource { file: FileId(0), text: OFFICIALS }]);
    let mut shared: Vec<_> = registry
        .faults()
        .iter()
        .map(|fault| {
            let RegistryFaultKind::SharedSpelling { spelling, other, namesakes } = &fault.kind else {
                panic!("{fault:?}");
            };
            assert!(!namesakes, "no two people share a name: {fault:?}");
            (spelling.as_str(), other.as_str())
        })
        .collect();
    shared.sort_unstable();
    shared.dedup();
    assert_eq!(
        shared,
        [
            ("กรมสารนิเทศ", "afis-vn"),
            ("กระทรวงการต่างประเทศ", "mofa-vn"),
            ("กระทรวงต่างประเทศ", "mofa-vn"),
            ("รองปลัดกระทรวง", "mic-vn/deputy-minister"),
            ("รองรัฐมนตรี", "mic-vn/deputy-minister"),
            ("รัฐมนตรีต่างประเทศ", "mofa-vn/minister"),
            ("รัฐมนตรีว่าการกระทรวงการต่างประเทศ", "mofa-vn/minister"),
            ("รัฐมนตรีว่าการกระทรวงต่างประเทศ", "mofa-vn/minister"),
        ]
    );
    assert_eq!(registry.of_kind(EntityKind::Official).count(), 9);
    assert_eq!(registry.of_kind(EntityKind::Person).count(), 3);
    assert_eq!(registry.of_kind(EntityKind::Place).count(), 7);
}

#[test]
fn the_configuration_has_no_faults() {
    let (config, faults) = Config::parse(CONFIG).unwrap();
    assert_eq!(faults, []);
    assert!(config.is_registry("officials.toml"));
    assert!(config.suppress.is_empty() && config.rules.is_empty(), "nothing is switched off");
    let date = config.for_file("001_25a7b5f8fcc804d9.txt").document_date();
    assert_eq!(date, Some(jiff::civil::date(2024, 11, 28)));
}
