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
    const COUNT: u16 = (OVER * OVER) as u16;
    let mut coarse = vec![0; fine.len() / (OVER * OVER)];
    let mut sums = vec![0_u16; width * OVER * RGB];
    let lines = fine.chunks_exact(sums.len() * OVER).zip(coarse.chunks_exact_mut(width * RGB));
    for (rows, line) in lines {
        sums.fill(0);
        for row in rows.chunks_exact(sums.len()) {
            sums.iter_mut().zip(row).for_each(|(sum, part)| *sum += u16::from(*part));
        }
        for (pixel, square) in line.chunks_exact_mut(RGB).zip(sums.chunks_exact(OVER * RGB)) {
            for (colour, mean) in pixel.iter_mut().enumerate() {
                let sum: u16 = (0..OVER).map(|part| square[part * RGB + colour]).sum();
                *mean = ((sum + COUNT / 2) / COUNT) as u8;
            }
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
