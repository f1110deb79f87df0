//! [`Labels`]: words of a picture, placed so that they touch neither each other nor a line.

/// The height of a line of words in units of a picture.
pub(super) const TEXT_HEIGHT: i128 = 12;
/// The width of any letter, in a wide font.
const LETTER_WIDTH: i128 = 8;
/// The space kept free around words.
const GAP: i128 = 2;

/// A part of a picture; a line has no width or no height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i128,
    pub(super) top: i128,
    pub(super) right: i128,
    pub(super) bottom: i128,
}

/// The side of its area at which a label's words begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Words where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) class: &'static str,
    pub(super) words: String,
    pub(super) anchor: Anchor,
    pub(super) area: Area,
}

/// The lines of a picture and the labels placed so far.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) lines: Vec<Area>,
    pub(super) placed: Vec<Label>,
}

impl Area {
    /// A straight line between two points.
    pub(super) fn line((x1, y1): (i128, i128), (x2, y2): (i128, i128)) -> Area {
        Area {
            left: x1.min(x2),
            top: y1.min(y2),
            right: x1.max(x2),
            bottom: y1.max(y2),
        }
    }

    /// The area of words whose side is at `x`.
    fn of(words: &str, anchor: Anchor, x: i128, top: i128) -> Area {
        let width = width(words);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2,
            Anchor::End => x - width,
        };
        Area {
            left,
            top,
            right: left + width,
            bottom: top + TEXT_HEIGHT,
        }
    }

    pub(super) fn touches(&self, other: &Area) -> bool {
        self.left <= other.right
            && other.left <= self.right
            && self.top <= other.bottom
            && other.top <= self.bottom
    }

    fn contains(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    fn grown(self, by: i128) -> Area {
        Area {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }
}

impl Anchor {
    /// Its name in SVG.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// The width of words: at least as wide as any font writes them.
pub(super) fn width(words: &str) -> i128 {
    words.chars().map(|_| LETTER_WIDTH).sum()
}

impl Label {
    /// Where the words begin or end.
    pub(super) fn x(&self) -> i128 {
        match self.anchor {
            Anchor::Start => self.area.left,
            Anchor::Middle => (self.area.left + self.area.right) / 2,
            Anchor::End => self.area.right,
        }
    }

    /// The line on which the words stand.
    pub(super) fn y(&self) -> i128 {
        self.area.bottom - TEXT_HEIGHT / 4
    }
}

impl Labels {
    /// Places words in the first of these spots within the bounds that is free. Words for which
    /// there is no room are left out: whether they were placed.
    pub(super) fn place(
        &mut self,
        class: &'static str,
        words: &str,
        bounds: Area,
        spots: impl IntoIterator<Item = (Anchor, i128, i128)>,
    ) -> bool {
        let mut spots = spots.into_iter().map(|(anchor, x, top)| Label {
            class,
            words: words.to_owned(),
            anchor,
            area: Area::of(words, anchor, x, top),
        });
        let label = spots.find(|label| bounds.contains(&label.area) && self.is_free(label.area));
        let found = label.is_some();
        self.placed.extend(label);
        found
    }

    fn is_free(&self, area: Area) -> bool {
        let area = area.grown(GAP);
        let labels = self.placed.iter().map(|label| &label.area);
        !self
            .lines
            .iter()
            .chain(labels)
            .any(|other| area.touches(other))
    }
}
