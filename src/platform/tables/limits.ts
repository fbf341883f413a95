/** One place for every limit of the table readers, so that no file, however made, takes more than this. */

/** A base of a million rows is about 100 MB. */
export const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** All entries of a workbook together, unpacked. Sheets wait in memory while a slow reader works through them. */
export const UNZIPPED_BYTES_MAX = 768 * 1024 * 1024;
/** Sheets pack well, about 10 to 20 times; DEFLATE's own limit is 1,032. */
export const UNZIPPED_RATIO_MAX = 120;
/** Below this size the ratio says nothing: an empty sheet repeats itself. */
export const UNZIPPED_RATIO_FROM_BYTES = 8 * 1024 * 1024;
export const ZIP_ENTRIES_MAX = 2_000;

/** Excel's own. */
export const ROWS_MAX = 1_048_576;
export const COLUMNS_MAX = 200;
/** A sheet whose rows reach further, even blank, is given up: each such row costs memory whoever made it. */
export const SHEET_COLUMNS_MAX = 2_048;
/** Excel's own. */
export const CELL_CHARACTERS_MAX = 32_767;
/** Bytes csv-parse may gather before it must have seen the end of a record: a quote left open would take the rest of the file. */
export const RECORD_BYTES_MAX = 256 * 1024;
/** Each fault of structure means reading the file's text again from there. */
export const FAULTS_MAX = 50;
/** Of a faulty row, kept for the person who repairs it. */
export const FAULT_RAW_CHARACTERS_MAX = 500;

/** A title, a date, a logo: the header is not further down. */
export const HEADER_SEARCH_ROWS = 20;
/** Blank rows above the header, then among the rows: a file of line ends only is not read to its end. */
export const BLANK_ROWS_ABOVE_MAX = 10_000;
export const BLANK_ROWS_MAX = ROWS_MAX;
export const SAMPLE_BYTES = 256 * 1024;
