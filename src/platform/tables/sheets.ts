import { readXlsx } from 'hucre/xlsx';

/** The workbook's sheets in order, without reading any of them; null when it cannot be opened. The zip's limits were checked before. */
export async function sheetNames(bytes: Uint8Array): Promise<string[] | null> {
  const names: string[] = [];
  try {
    await readXlsx(bytes, {
      sheets: (info) => {
        names.push(info.name);
        return false;
      },
    });
    return names;
  } catch {
    // Whatever the library throws on a file, the file is at fault: nothing of ours runs inside.
    return null;
  }
}
