/**
 * Records of a ZIP file as a bundle has them: entries stored as they are, with one time and one mode, so that nothing but names
 * and bytes makes a difference. Source: APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16.
 */

export interface StoredEntry {
  /** With the bundle's folder. */
  name: string;
  crc: number;
  bytes: number;
}

export interface PlacedEntry extends StoredEntry {
  /** Where its local header begins, in bytes from the file's beginning. */
  offset: number;
}

/** As many entries as the record of 1989 can count; more need the one of ZIP64. */
const CLASSIC_ENTRIES_MAX = 65_534;
/** Bytes of a bundle: places are 32 bits wide. */
export const ARCHIVE_BYTES_MAX = 0xffff_fffe;

const STORED = 0;
/** 1 January 1980, midnight: where DOS time begins, written as its own fields, so that no time zone has a say. */
const DOS_DATE = 0x0021;
const VERSION = 20;
const MADE_BY = 0x031e;
const REGULAR_FILE = (0o100644 << 16) >>> 0;

/** The header before an entry's bytes. */
export function localHeader({ name, crc, bytes }: StoredEntry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(STORED, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(bytes, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name, "latin1")]);
}

/** The entry's record in the directory. */
export function directoryRecord({ name, crc, bytes, offset }: PlacedEntry): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(VERSION, 6);
  record.writeUInt16LE(STORED, 10);
  record.writeUInt16LE(DOS_DATE, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(bytes, 20);
  record.writeUInt32LE(bytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt32LE(REGULAR_FILE, 38);
  record.writeUInt32LE(offset, 42);
  return Buffer.concat([record, Buffer.from(name, "latin1")]);
}

function wideEnd(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(entries), 24);
  end.writeBigUInt64LE(BigInt(entries), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}

/** What ends the file up to its comment; the comment follows. */
export function endRecords(directory: { entries: number; size: number; offset: number }, commentBytes: number): Buffer {
  const { entries, size, offset } = directory;
  const isWide = entries > CLASSIC_ENTRIES_MAX;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isWide ? 0xffff : entries, 8);
  end.writeUInt16LE(isWide ? 0xffff : entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(commentBytes, 20);
  return isWide ? Buffer.concat([wideEnd(entries, size, offset), end]) : end;
}
