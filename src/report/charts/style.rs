//! Colours and sizes of every chart. Colours are those of Okabe and Ito, lightened where they fill, so that each pair
//! that meets differs in lightness too: a grey print and a colour-blind reader lose nothing.

pub(super) use plotters::style::RGBColor as Colour;

use super::canvas::Dash;

/// Behind everything.
pub(super) const PAPER: Colour = Colour(0xff, 0xff, 0xff);
/// Titles and goals.
pub(super) const INK: Colour = Colour(0x1a, 0x1a, 0x1a);
/// Labels, captions and axes.
pub(super) const PENCIL: Colour = Colour(0x55, 0x55, 0x55);
/// Grid lines.
pub(super) const GRID: Colour = Colour(0xe4, 0xe4, 0xe4);
/// The main series.
pub(super) const MAIN: Colour = Colour(0x00, 0x72, 0xb2);
/// The main series' band, and what is as it should be.
pub(super) const MAIN_LIGHT: Colour = Colour(0xa9, 0xd3, 0xec);
/// The second series, and what is not as it should be.
pub(super) const SECOND: Colour = Colour(0xb8, 0x4a, 0x00);
/// Volumes, behind a series.
pub(super) const QUIET: Colour = Colour(0xd2, 0xd2, 0xd2);

/// From "as it should be" to "far from it": each step darker than the one before, blue for good and brown for bad.
pub(super) const HEAT: [Colour; 4] =
    [Colour(0xdc, 0xec, 0xf7), Colour(0xf6, 0xc4, 0x90), Colour(0xd9, 0x74, 0x26), Colour(0x85, 0x35, 0x00)];

/// Width and height of a chart, in SVG pixels.
pub(super) const SIZE: (f64, f64) = (1000.0, 560.0);
/// From the edge of the sheet to whatever is drawn.
pub(super) const MARGIN: f64 = 28.0;

/// Size of the title, px.
pub(super) const TITLE: f64 = 21.0;
/// Size of the line below it.
pub(super) const SUBTITLE: f64 = 14.5;
/// Size of labels on axes and in keys.
pub(super) const LABEL: f64 = 13.5;
/// Size of the caption.
pub(super) const CAPTION: f64 = 12.5;

/// Dashes of a goal: on, off, in px.
pub(super) const GOAL_DASH: Dash = (8.0, 5.0);
/// Dashes of a second line.
pub(super) const FINE_DASH: Dash = (2.5, 3.5);
/// Behind what the eye should find.
pub(super) const SPOT: Colour = Colour(0xf3, 0xf3, 0xf3);
/// Where a halo shows around letters: eight copies in the colour of the ground, this far off, px.
pub(super) const HALO: [(f64, f64); 8] =
    [(1.8, 0.0), (1.3, 1.3), (0.0, 1.8), (-1.3, 1.3), (-1.8, 0.0), (-1.3, -1.3), (0.0, -1.8), (1.3, -1.3)];
