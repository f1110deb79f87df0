//! A line at a time comes to the same as a byte at a time.

use super::*;
use proptest::prelude::*;

/// Everything that is made of these bytes, and where a quote was left open: as read in pieces
/// of so many bytes.
fn made(text: &[u8], piece: usize) -> (Vec<u8>, Option<u64>) {
    let mut lines = BlankLines::new(text);
    lines.read = vec![0; piece];
    let mut made = Vec::new();
    lines.read_to_end(&mut made).unwrap();
    (made, lines.left_open)
}

proptest! {
    /// Taking a line at a time comes to the same as taking a byte at a time.
    #[test]
    fn lines_are_taken_as_their_bytes_are(text in "[a, \"\r\n]{0,40}", piece in 1usize..9) {
        let mut slow = BlankLines::new(text.as_bytes());
        text.bytes().for_each(|byte| BlankLines::take(&mut slow, byte));
        if slow.position == Position::Quoted {
            slow.note_left_open();
        }
        let expected = (slow.ready, slow.left_open);
        prop_assert_eq!(made(text.as_bytes(), piece), expected.clone());
        prop_assert_eq!(made(text.as_bytes(), 1 << 16), expected);
    }
}
