import { maskPhone } from '../contacts/index.ts';
import type { Fault } from '../platform/fault.ts';
import type { Caller } from './caller.ts';
import { sourceFault } from './faults.ts';
import type { Import } from './imports.store.ts';

/**
 * Whether the caller may be shown what stands in a file's rows. Who sees leads without personal data is shown the rows of
 * a file of their own, which they hold anyway, and must correct; of a file that another uploaded only its shape.
 */
export function seesRows(
  { masked = false, actor }: Caller,
  { createdBy }: Pick<Import, 'createdBy'>,
): boolean {
  return !masked || createdBy === actor;
}

/** A row of a preview: its cells, and what would come in of it. */
export interface PreviewRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly sentAt: string | null;
}

const HIDDEN = '••••';

/** The same row without what tells who it is: which cells are filled in, and whether the person could be reached. */
export function hiddenRow({ cells, name, phones, emails, ...row }: PreviewRow): PreviewRow {
  return {
    ...row,
    cells: cells.map((cell) => (cell.trim() === '' ? '' : HIDDEN)),
    name: name === null ? null : HIDDEN,
    phones: phones.map(maskPhone),
    emails: emails.map(() => HIDDEN),
  };
}

/** Faults that repeat what stands in the cell. */
const REPEATING = ['phone-unreadable', 'phone-damaged', 'holder-unknown'] as const;

/** The fault without what it repeats of the row. */
export function withoutValue(fault: Fault): Fault {
  const code = REPEATING.find((one) => one === fault.code);
  return code === undefined ? fault : sourceFault(code, fault.field, HIDDEN);
}
