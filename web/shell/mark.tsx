import type { ReactNode } from 'react';

/** The product's mark: a guideline over a ruler. */
export function Mark({ size = 26 }: { size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden style={{ flex: 'none' }}>
      <rect width="64" height="64" rx="14" fill="#0f5563" />
      <g fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round">
        <path d="M14 44h36" />
        <path d="M16 44v-9M24 44v-5M32 44v-9M40 44v-5M48 44v-9" />
      </g>
      <path d="M14 24h25" stroke="#f2b35b" strokeWidth="4" strokeLinecap="round" />
      <circle cx="46" cy="24" r="5" fill="#f2b35b" />
    </svg>
  );
}
