//! A drawing as PNG: drawn several times as large, then every pixel is the mean of those it stands for, because plotters
//! leaves the edges of most shapes rough.

use plotters::backend::{BitMapBackend, RGBPixel};
use plotters::drawing::IntoDrawingArea;

use super::canvas::Drawing;
use super::paint::{Medium, paint};

/// A PNG has this many pixels for every pixel of the drawing.
const SCALE: usize = 2;
/// Each of them is the mean of so many in a row and so many rows.
const OVER: usize = 3;
/// Bytes of a pixel.
const RGB: usize = 3;

/// The drawing as a PNG file; empty if it could not be drawn or encoded.
pub(super) fn png(drawing: &Drawing) -> Vec<u8> {
    let (width, height) = (drawing.width as usize * SCALE, drawing.height as usize * SCALE);
    let pixels = painted(drawing, width * OVER, height * OVER).map(|fine| shrunk(&fine, width));
    pixels.and_then(|pixels| encoded(&pixels, width, height).ok()).unwrap_or_default()
}

fn painted(drawing: &Drawing, width: usize, height: usize) -> Option<Vec<u8>> {
    let mut pixels = vec![0; width * height * RGB];
    let size = (width as u32, height as u32);
    let area = BitMapBackend::<RGBPixel>::with_buffer_and_format(&mut pixels, size).ok()?.into_drawing_area();
    paint(&area, drawing, Medium::Pixels).ok()?;
    drop(area);
    Some(pixels)
}

/// The means of squares of `OVER` × `OVER` pixels.
fn shrunk(fine: &[u8], width: usize) -> Vec<u8> {
    let mut coarse = Vec::with_capacity(fine.len() / (OVER * OVER));
    let mut sums = vec![0u16; width * OVER * RGB];
    for rows in fine.chunks_exact(sums.len() * OVER) {
        sums.fill(0);
        for row in rows.chunks_exact(sums.len()) {
            sums.iter_mut().zip(row).for_each(|(sum, part)| *sum += u16::from(*part));
        }
        for square in sums.chunks_exact(OVER * RGB) {
            let count = (OVER * OVER) as u16;
            let mean =
                |colour: usize| (square[colour..].iter().step_by(RGB).sum::<u16>() + count / 2) / count;
            coarse.extend((0..RGB).map(|colour| mean(colour) as u8));
        }
    }
    coarse
}

fn encoded(pixels: &[u8], width: usize, height: usize) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat colours repeat byte by byte; filters would only break them up.
    encoder.set_filter(png::FilterType::NoFilter);
    encoder.set_compression(png::Compression::Default);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(bytes)
}
