/** What a file is by its first bytes: its name and what a browser says of it prove nothing. Null: none that is taken. */
export function fileType(bytes: Uint8Array): string | null {
  const begins = (...values: readonly number[]): boolean =>
    values.every((value, place) => bytes[place] === value);
  const says = (text: string, at: number): boolean =>
    Array.from(text).every((letter, place) => bytes[at + place] === letter.charCodeAt(0));
  if (says('%PDF-', 0)) return 'application/pdf';
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (says('RIFF', 0) && says('WEBP', 8)) return 'image/webp';
  return null;
}
