/** The kinds of source as marketing sees them, and what each asks for. */
import {
  IconBrandGoogle,
  IconBrandMeta,
  IconBrandWhatsapp,
  IconCode,
  IconFileSpreadsheet,
  IconForms,
  IconPhoneIncoming,
  IconWalk,
  type Icon,
} from '@tabler/icons-react';
import type { SourceKind } from '../../src/sources/source.ts';

export const KIND_ICONS: Record<SourceKind, Icon> = {
  'web-form': IconForms,
  meta: IconBrandMeta,
  google: IconBrandGoogle,
  api: IconCode,
  file: IconFileSpreadsheet,
  pbx: IconPhoneIncoming,
  whatsapp: IconBrandWhatsapp,
  'walk-in': IconWalk,
};

/** In the order in which they are offered. */
export const KINDS = Object.keys(KIND_ICONS) as SourceKind[];

export const SECRETS: Partial<
  Record<SourceKind, readonly ('app-secret' | 'verify-token' | 'page-token' | 'key')[]>
> = {
  meta: ['verify-token', 'app-secret', 'page-token'],
  google: ['key'],
};

/** "Página de Verano" → "pagina-de-verano", not one of those taken. */
export function keyFor(name: string, taken: readonly string[]): string {
  const base =
    name
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'fuente';
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(key)) return key;
  }
}
