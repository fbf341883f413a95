import type { Instant } from '../platform/time.ts';
import type { CallReport } from './callpicker.ts';

/** Who sat at an extension, or went by a name at the PBX, from when to when. Kept dated: extensions change hands. */
export interface ExtensionEntry {
  person: string;
  extension?: string;
  /** As the PBX writes it; compared without accents, case and double blanks, for vendors' connectors break on them. */
  name?: string;
  from: Instant;
  until: Instant | null;
}

export type AdvisorFound =
  | { person: string }
  | { refused: 'unknown-advisor' | 'ambiguous-advisor'; seen: string };

/** Whose call it was, by the map as it stood at `at` (the start of the call). The extension wins over the name. */
export function advisorOf(
  report: Pick<CallReport, 'advisor'>,
  entries: readonly ExtensionEntry[],
  at: Instant,
): AdvisorFound {
  const { name, extension } = report.advisor;
  const seen = [extension, name].filter((part) => part !== undefined).join(' · ');
  const then = entries.filter((entry) => entry.from <= at && (entry.until === null || at < entry.until));
  const byExtension = extension === undefined ? [] : then.filter((entry) => entry.extension === extension);
  const byName =
    name === undefined
      ? []
      : then.filter((entry) => entry.name !== undefined && plain(entry.name) === plain(name));
  const people = new Set((byExtension.length > 0 ? byExtension : byName).map(({ person }) => person));
  const [person, another] = people;
  if (person === undefined) return { refused: 'unknown-advisor', seen };
  return another === undefined ? { person } : { refused: 'ambiguous-advisor', seen };
}

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
