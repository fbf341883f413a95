import { useMemo, type ReactNode } from 'react';
import classes from './account.module.css';
import { qrModules } from './qr.ts';

/** The standard's quiet margin, in modules. */
const MARGIN = 4;

/** A QR code, black on white in both color schemes: cameras want it so. Nothing for a text too long. */
export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  const modules = useMemo(() => qrModules(text), [text]);
  if (modules === undefined) return null;
  const size = modules.length + 2 * MARGIN;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className={classes['qr']}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
