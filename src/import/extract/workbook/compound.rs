//! A stream of a compound file, the container of workbooks from before Excel 2007.

use crate::import::fault::WorkbookFault;

const HEADER_BYTES: usize = 512;
const MINI_BYTES: usize = 64;
/// Streams shorter than this are kept in pieces of 64 bytes within another stream.
const MINI_LIMIT: usize = 4096;
/// Numbers from here on are no sectors.
const MAX_SECTOR: u32 = 0xFFFF_FFFA;

/// A compound file: its sectors, and which follows which.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    next: Vec<u32>,
    directory: Vec<u8>,
    mini_next: Vec<u32>,
    minis: Vec<u8>,
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Compound<'a>, WorkbookFault> {
        let shift = short(bytes, 30).filter(|shift| matches!(shift, 9 | 12));
        let shift = shift.ok_or_else(|| WorkbookFault::unreadable("its header is damaged"))?;
        let mut file = Compound {
            bytes,
            sector_bytes: 1 << shift,
            next: Vec::new(),
            directory: Vec::new(),
            mini_next: Vec::new(),
            minis: Vec::new(),
        };
        for sector in file.tables()? {
            file.next.extend(longs(file.sector(sector)?));
        }
        file.directory = file.chain(long_at(bytes, 48)?)?;
        let root = file.directory.get(..128).unwrap_or_default();
        let (start, size) = (long_at(root, 116)?, index(long_at(root, 120)?));
        if start < MAX_SECTOR {
            file.minis = file.chain(start)?;
            file.minis.truncate(size);
            file.mini_next = longs(&file.chain(long_at(bytes, 60)?)?).collect();
        }
        Ok(file)
    }

    /// The stream of one of these names.
    pub(super) fn stream(&self, names: &[&str]) -> Result<Vec<u8>, WorkbookFault> {
        let entry = self.directory.chunks_exact(128).find(|entry| {
            let name: Vec<u16> = entry[..64]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .take_while(|unit| *unit != 0)
                .collect();
            let name = String::from_utf16_lossy(&name);
            entry[66] == 2 && names.iter().any(|it| it.eq_ignore_ascii_case(&name))
        });
        let entry = entry.ok_or_else(|| WorkbookFault::unreadable("it holds no workbook"))?;
        let (start, size) = (long_at(entry, 116)?, index(long_at(entry, 120)?));
        let mut stream = if size < MINI_LIMIT {
            self.mini_chain(start)?
        } else {
            self.chain(start)?
        };
        stream.truncate(size);
        Ok(stream)
    }

    /// Returns `true` if it has a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.stream(&[name]).is_ok()
    }

    fn sector(&self, number: u32) -> Result<&'a [u8], WorkbookFault> {
        let start = index(number)
            .checked_mul(self.sector_bytes)
            .and_then(|start| start.checked_add(self.sector_bytes));
        let rest = start.and_then(|start| self.bytes.get(start..));
        // The last sector may be cut short.
        let rest = rest.filter(|rest| !rest.is_empty());
        let rest = rest.ok_or_else(|| WorkbookFault::damaged("a part is missing"))?;
        Ok(&rest[..rest.len().min(self.sector_bytes)])
    }

    /// The sectors that hold the table of which sector follows which.
    fn tables(&self) -> Result<Vec<u32>, WorkbookFault> {
        let header = self.bytes.get(76..HEADER_BYTES).unwrap_or_default();
        let mut tables: Vec<u32> = longs(header).collect();
        let mut more = long_at(self.bytes, 68)?;
        let limit = self.bytes.len() / self.sector_bytes;
        for _ in 0..=limit {
            if more >= MAX_SECTOR {
                break;
            }
            tables.extend(longs(self.sector(more)?));
            more = tables.pop().unwrap_or(MAX_SECTOR);
        }
        tables.retain(|sector| *sector < MAX_SECTOR);
        if tables.len() > limit {
            return Err(WorkbookFault::damaged("its table of parts is too long"));
        }
        Ok(tables)
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, WorkbookFault> {
        follow(start, &self.next, |sector| self.sector(sector))
    }

    fn mini_chain(&self, start: u32) -> Result<Vec<u8>, WorkbookFault> {
        follow(start, &self.mini_next, |number| {
            let start = index(number).saturating_mul(MINI_BYTES);
            let rest = self.minis.get(start..).filter(|rest| !rest.is_empty());
            let rest = rest.ok_or_else(|| WorkbookFault::damaged("a part is missing"))?;
            Ok(&rest[..rest.len().min(MINI_BYTES)])
        })
    }
}

/// The sectors of a chain, joined; one that runs in a circle is damage.
fn follow<'b>(
    start: u32,
    next: &[u32],
    sector: impl Fn(u32) -> Result<&'b [u8], WorkbookFault>,
) -> Result<Vec<u8>, WorkbookFault> {
    let (mut joined, mut number) = (Vec::new(), start);
    for _ in 0..=next.len() {
        if number >= MAX_SECTOR {
            return Ok(joined);
        }
        joined.extend_from_slice(sector(number)?);
        let behind = next.get(index(number));
        number = *behind.ok_or_else(|| WorkbookFault::damaged("a part is missing"))?;
    }
    Err(WorkbookFault::damaged("its parts run in a circle"))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let it = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([it[0], it[1]]))
}

fn long_at(bytes: &[u8], at: usize) -> Result<u32, WorkbookFault> {
    let it = bytes.get(at..).and_then(|rest| longs(rest).next());
    it.ok_or_else(|| WorkbookFault::damaged("it is cut short"))
}
