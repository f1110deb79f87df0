use super::{day, long, short};

#[test]
fn long_numbers_are_as_a_spreadsheet_shows_them() {
    for (bits, text) in [
        (0x407F_8000_0000_0000, "504"),
        (0xC049_0000_0000_0000, "-50"),
        (0x4052_E000_0000_0000, "75.5"),
        (0x3FB9_9999_9999_999A, "0.1"),
        (0, "0"),
        (1 << 63, "0"),
        (0x40E6_5820_0000_0000, "45761"),
        (0x7FF0_0000_0000_0000, "#NUM!"),
    ] {
        assert_eq!(long(bits), text, "{bits:x}");
    }
}

/// Whole numbers and hundredths are marked in the last two bits.
#[test]
fn short_numbers_may_be_whole_or_hundredths() {
    assert_eq!(short((504 << 2) | 2), "504");
    assert_eq!(short((9995 << 2) | 3), "99.95");
    assert_eq!(short((-5000_i32 << 2).cast_unsigned() | 3), "-50");
    assert_eq!(short(0x407F_8000), "504");
    assert_eq!(short(0x407F_8001), "5.04");
}

#[test]
fn days_count_from_1900_or_1904() {
    assert_eq!(day("45761", false), "2025-04-14");
    assert_eq!(day("45761.5", false), "2025-04-14");
    assert_eq!(day("44299", true), "2025-04-14");
    assert_eq!(day("59", false), "1900-02-28");
    assert_eq!(day("0.5", false), "0.5");
    assert_eq!(day("-5", false), "-5");
}
