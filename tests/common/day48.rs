//! The day of 48 half-hours of the reference cases: 10,821 calls, most of them about noon.

/// Expected calls by half-hour, as a scenario writes them.
pub(crate) const CALLS: &str = "[20, 20, 20, 20, 20, 21, 22, 24, 27, 34, 44, 60, 84, 117, 160, 212, 271, 332, 389, 438, 474, 495, \
                         500, 494, 480, 464, 449, 437, 428, 419, 409, 394, 373, 349, 322, 296, 273, 253, 234, 213, 187, \
                         156, 123, 92, 65, 46, 34, 27]";
