//! Payloads of links: `<codec><envelope>.<base64url>.<crc>`, plain (`j`) or deflated (`z`).

use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::error::{LinkError, clip};
use crate::limits;

/// The version of the envelope: of everything in a payload but the document.
const ENVELOPE: u32 = 1;

/// The slowest and smallest: links are short, so it takes no time either.
const COMPRESSION: u8 = 10;

/// Packs a text, plain or deflated, whichever is shorter.
pub(crate) fn encode(text: &str) -> String {
    let plain = seal('j', text.as_bytes());
    let deflated = seal('z', &compress_to_vec(text.as_bytes(), COMPRESSION));
    if deflated.len() < plain.len() { deflated } else { plain }
}

fn seal(codec: char, bytes: &[u8]) -> String {
    let payload = Base64UrlUnpadded::encode_string(bytes);
    let crc = crc32(payload.as_bytes());
    format!("{codec}{ENVELOPE}.{payload}.{crc:08x}")
}

/// Unpacks what [`encode`] packed, or says what happened to it on the way.
pub(crate) fn decode(sealed: &str) -> Result<String, LinkError> {
    let (head, rest) = sealed.split_once('.').ok_or(LinkError::Truncated)?;
    let codec = open_head(head)?;
    let (payload, crc) = rest.split_once('.').ok_or(LinkError::Truncated)?;
    check_crc(payload, crc)?;
    let bytes = Base64UrlUnpadded::decode_vec(payload)
        .map_err(|_| LinkError::NotPacked("its payload is not base64url"))?;
    let bytes = match codec {
        Codec::Plain => bytes,
        Codec::Deflated => inflate(&bytes)?,
    };
    String::from_utf8(bytes).map_err(|_| LinkError::NotPacked("what it unpacks to is not text"))
}

/// CRC-32 as of zip files, bit by bit: a table weighs 16 kB, and payloads are short.
fn crc32(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (POLYNOMIAL * (crc & 1)))
    })
}

enum Codec {
    Plain,
    Deflated,
}

/// A newer envelope may have codecs unknown here, so its number is judged first.
fn open_head(head: &str) -> Result<Codec, LinkError> {
    let start = head.find(|letter: char| letter.is_ascii_digit()).unwrap_or(head.len());
    let (codec, envelope) = head.split_at(start);
    match envelope.parse::<u32>() {
        Ok(ENVELOPE) => {}
        Ok(newer) if newer > ENVELOPE => return Err(LinkError::NewerEnvelope(newer)),
        _ => return Err(LinkError::UnknownCodec(clip(head))),
    }
    match codec {
        "j" => Ok(Codec::Plain),
        "z" => Ok(Codec::Deflated),
        _ => Err(LinkError::UnknownCodec(clip(head))),
    }
}

fn check_crc(payload: &str, crc: &str) -> Result<(), LinkError> {
    if crc.len() < 8 {
        return Err(LinkError::Truncated);
    }
    if crc == format!("{:08x}", crc32(payload.as_bytes())) { Ok(()) } else { Err(LinkError::Corrupt) }
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, LinkError> {
    decompress_to_vec_with_limit(bytes, limits::DOCUMENT_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge(limits::DOCUMENT_BYTES),
        _ => LinkError::NotPacked("its deflated bytes are damaged"),
    })
}
