//! The fingerprint of a scenario: FNV-1a, 128 bits, the same on every machine and in every version.
//!
//! It names results ("these numbers came from that file"); it is no protection against forgery.
//! Source: Fowler, Noll, Vo, Eastlake: RFC 9923, The FNV Non-Cryptographic Hash Algorithm.

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// A fingerprint in the making.
#[derive(Clone, Debug)]
pub(super) struct Hash(u128);

impl Hash {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut hash = Self(OFFSET);
        for text in texts {
            hash.add(text);
        }
        hash
    }

    /// Adds a text and its length, so that moving a byte from one text to the next changes the hash.
    pub(super) fn add(&mut self, text: &[u8]) {
        for &byte in text.iter().chain(&(text.len() as u64).to_le_bytes()) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }

    /// The first sixteen hexadecimal digits are enough to tell scenarios apart.
    pub(super) fn hex(&self) -> String {
        format!("{:016x}", (self.0 >> 64) as u64 ^ self.0 as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_and_the_lengths() {
        let bare = b"foobar".iter().fold(OFFSET, |h, &b| (h ^ u128::from(b)).wrapping_mul(PRIME));
        assert_eq!(bare, 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
        let ab_c = Hash::of([&b"ab"[..], b"c"].into_iter()).hex();
        let a_bc = Hash::of([&b"a"[..], b"bc"].into_iter()).hex();
        assert_ne!(ab_c, a_bc);
        assert_eq!(ab_c.len(), 16);
    }
}
