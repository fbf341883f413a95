/** The meanings a color may carry here; each is always shown with an icon and a word. */
export type Tone = 'good' | 'busy' | 'soon' | 'late' | 'wrap' | 'quiet' | 'accent';

/** CSS for a tone: `color` for text and icons, `ground` for the soft field behind. */
export function toneStyle(tone: Tone): { color: string; backgroundColor: string } {
  return { color: `var(--${tone})`, backgroundColor: `var(--${tone}-soft)` };
}
