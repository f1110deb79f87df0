use super::Records;

#[test]
fn a_continuation_that_is_cut_short_ends_the_record() {
    // A record of one byte, one that continues it, and one that states more bytes than there are.
    let stream = [
        0xFC, 0x00, 1, 0, b'a', // the record
        0x3C, 0x00, 1, 0, b'b', // continued
        0x3C, 0x00, 9, 0, b'c', // cut short
    ];
    let mut records = Records { rest: &stream };
    let record = records.next().unwrap();
    let mut bytes = records.whole(&record);
    assert_eq!(bytes.byte().unwrap(), b'a');
    assert_eq!(bytes.byte().unwrap(), b'b');
    assert!(bytes.byte().is_err());
    assert!(records.next().is_none());
}
