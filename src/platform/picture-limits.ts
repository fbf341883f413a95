/** Why bytes are no picture that a person could be asked to read a date in. */
export const pictureFaults = [
  'empty',
  'too-large',
  'not-a-picture',
  'a-document',
  'cut-short',
  'broken',
  'too-many-points',
] as const;
export type PictureFault = (typeof pictureFaults)[number];

const MEGABYTE = 1024 * 1024;
/** The one limit, by screen and by mail: a photo of a good phone, unaltered. */
export const PICTURE_MEGABYTES_MAX = 15;
export const PICTURE_BYTES_MAX = PICTURE_MEGABYTES_MAX * MEGABYTE;
/** A few kilobytes may say that they are a hundred thousand points wide; whoever opens them runs out of memory. */
export const PICTURE_MEGAPOINTS_MAX = 120;
