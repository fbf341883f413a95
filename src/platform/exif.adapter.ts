import exifReader from 'exifreader';

// A CommonJS module: its names are only on the default export, whatever its types say.
// eslint-disable-next-line import/no-named-as-default-member
const { load } = exifReader;

const TAKEN = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/;

/**
 * When the camera says the image was taken, local to it ('2024-07-01T10:00:00'); null where it says nothing that can be
 * read. A help for whoever compares: a screenshot has none, and a camera's clock may be wrong.
 */
export function takenAt(bytes: Uint8Array): string | null {
  try {
    const tags = load(Buffer.from(bytes));
    const said = tags['DateTimeOriginal']?.description ?? tags['DateTime']?.description ?? '';
    const [, year, month, day, time] = TAKEN.exec(said) ?? [];
    return year === undefined ? null : `${year}-${month}-${day}T${time}`;
  } catch {
    // Damaged or absent tags: the image itself is kept all the same.
    return null;
  }
}
