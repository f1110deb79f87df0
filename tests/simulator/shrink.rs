//! The shortest part of a plan that still fails.

/// Leaves out ever smaller parts of a list as long as the rest still fails.
pub(super) fn shrink<T: Clone>(all: Vec<T>, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut kept = all;
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        let (mut start, before) = (0, kept.len());
        while start < kept.len() {
            let end = (start + size).min(kept.len());
            let rest = [&kept[..start], &kept[end..]].concat();
            if !rest.is_empty() && fails(&rest) {
                kept = rest;
            } else {
                start = end;
            }
        }
        if size == 1 && kept.len() == before {
            break;
        }
        size = if size > 1 { size / 2 } else { 1 };
    }
    kept
}

#[test]
fn what_is_left_fails_and_nothing_else_can_be_left_out() {
    let needed = |part: &[u32]| [3, 50, 51, 97].iter().all(|number| part.contains(number));
    let kept = shrink((0..100).collect(), needed);
    assert_eq!(kept, [3, 50, 51, 97]);
}
