//! The file in a form that was sent as `multipart/form-data`.

/// A file that was sent. Its name is only shown: no file of this computer is opened by it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SentFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The first file of a form, unless it is empty.
pub(crate) fn file(content_type: &str, body: &[u8]) -> Option<SentFile> {
    let (kind, parameters) = content_type.split_once(';')?;
    let boundary = parameters
        .trim()
        .strip_prefix("boundary=")?
        .trim_matches('"');
    if kind.trim() != "multipart/form-data" || boundary.is_empty() {
        return None;
    }
    let mark = format!("--{boundary}");
    let mut rest = after(body, mark.as_bytes())?;
    let end = format!("\r\n{mark}");
    loop {
        let part = rest.strip_prefix(b"\r\n")?;
        let head_end = position(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..head_end]);
        let content = &part[head_end + 4..];
        let length = position(content, end.as_bytes())?;
        let file_name = head.split_once("filename=\"");
        if let Some((name, _)) = file_name.and_then(|(_, name)| name.split_once('"')) {
            let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
            let bytes = content[..length].to_vec();
            return (!bytes.is_empty()).then(|| SentFile {
                name: name.to_owned(),
                bytes,
            });
        }
        rest = &content[length + end.len()..];
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn after<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    position(bytes, wanted).map(|at| &bytes[at + wanted.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(body: &str) -> Option<SentFile> {
        file("multipart/form-data; boundary=xx", body.as_bytes())
    }

    #[test]
    fn the_file_is_found_among_the_parts() {
        let body = "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
                    --xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\x\\led.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\nDate,Amount\r\n--x\r\n--xx--\r\n";
        let file = sent(body).unwrap();
        assert_eq!(file.name, "led.csv");
        assert_eq!(file.bytes, b"Date,Amount\r\n--x");
    }

    #[test]
    fn what_is_no_file_is_none() {
        let empty = "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--xx--\r\n";
        for body in [
            "",
            "--xx",
            "--xx--\r\n",
            "--xx\r\n\r\n",
            "--xx\r\nfilename=\"a\"\r\n\r\nb",
            empty,
        ] {
            assert_eq!(sent(body), None, "{body:?}");
        }
        assert_eq!(file("text/plain; boundary=xx", b""), None);
        assert_eq!(file("multipart/form-data", b""), None);
    }
}
