import type { Fault } from '../platform/fault.ts';
import { readTable, type Table, type TableItem } from '../platform/tables/index.ts';
import type { Person } from '../staff/index.ts';
import { arrivalOf, isReachable, type Arrival, type ArrivalDoor, type LeadImported } from './arrival.ts';
import { readExistingRow, type ExistingLead } from './existing-lead.ts';
import { sourceFault } from './faults.ts';
import type { FileOptions, Import } from './imports.store.ts';
import type { Door, Intake } from './intake.ts';
import { readLeadRow, type FileMapping, type Row } from './lead-file.ts';
import { usualTarget } from './targets.ts';

/** Opens a file as the person chose to read it; what they left out is found by looking. */
export function openFile(file: Uint8Array, options: FileOptions): ReturnType<typeof readTable> {
  const { encoding, delimiter, sheet, header, repair } = options;
  return readTable(file, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(repair === undefined ? {} : { repair }),
    header: header ?? 'detect',
    isKnownHeader: (text) => usualTarget(text) !== undefined,
  });
}

/** Headers as columns are mapped by: a name that stands twice, or nowhere, gets its place added. */
export function columnNames(table: Pick<Table, 'header'>): string[] {
  const seen = new Set<string>();
  return (table.header?.names ?? []).map((name, place) => {
    const plain = name.trim();
    const unique = plain === '' || seen.has(plain) ? `${plain} ${place + 1}`.trim() : plain;
    seen.add(unique);
    return unique;
  });
}

export interface RowDoor extends Door {
  readonly import: string;
  readonly kind: Import['kind'];
  readonly mapping: FileMapping;
  readonly columns: readonly string[];
  readonly country: ArrivalDoor['country'];
  readonly companyLines: ReadonlySet<string>;
  readonly people: readonly Person[];
  readonly by: string;
}

export type FileRow =
  | { readonly row: number; readonly skipped: true }
  | { readonly row: number; readonly fault: Fault; readonly cells: readonly string[] }
  | { readonly row: number; readonly arrival: Omit<Arrival, 'lead'>; readonly cells: readonly string[] };

/** One row of a file as the fact it tells, without the lead's id; or what is wrong with it. */
export function readFileRow(item: TableItem, door: RowDoor): FileRow {
  if (item.kind === 'fault')
    return { row: item.row, fault: sourceFault('row-unreadable', undefined, item.fault), cells: [item.raw] };
  const { row, cells } = item;
  if (item.totals === true) return { row, skipped: true };
  const named: Row = {
    row,
    cells: Object.fromEntries(door.columns.map((name, at) => [name, cells[at] ?? ''])),
  };
  if (door.kind === 'existing') return existing(named, cells, door);
  const read = readLeadRow(named, door.mapping, door);
  if ('skipped' in read) return { row, skipped: true };
  if ('fault' in read) return { row, fault: read.fault, cells };
  return arrived(read.intake, row, cells, door, { fact: 'lead.received', actor: door.by });
}

function existing(named: Row, cells: readonly string[], door: RowDoor): FileRow {
  const { row } = named;
  const read = readExistingRow(named, door.mapping, door);
  if ('skipped' in read) return { row, skipped: true };
  if ('fault' in read) return { row, fault: read.fault, cells };
  const lead = read.existing;
  const holder = holderOf(lead.holder, door.people);
  if (holder === null)
    return { row, fault: sourceFault('holder-unknown', columnOf('holder', door), lead.holder), cells };
  return arrived(lead.intake, row, cells, door, {
    fact: 'lead.imported',
    actor: door.by,
    by: door.by,
    holder,
    registeredAt: lead.registeredAt,
    contactedAt: lead.firstContactAt ?? lead.lastContactAt,
    ...pastOf(lead),
  });
}

type About = (
  | Pick<Arrival, 'fact' | 'actor'>
  | Omit<LeadImported, Exclude<keyof Arrival, 'fact' | 'actor'>>
) & {
  readonly past?: Arrival['asReceived']['fields'];
};

function arrived(
  intake: Intake,
  row: number,
  cells: readonly string[],
  door: RowDoor,
  { past, ...about }: About,
): FileRow {
  const receipt = `import:${door.import}:${row}`;
  const { lead: _, ...arrival } = arrivalOf(intake, { ...door, lead: '', receipt });
  if (!intake.test && !isReachable(arrival.identity)) {
    const [way = ''] = [...intake.phones, ...intake.emails];
    return { row, fault: sourceFault('phone-unreadable', columnOf('phone', door), way), cells };
  }
  const { asReceived } = arrival;
  const fields = { ...asReceived.fields, ...past };
  return { row, cells, arrival: { ...arrival, ...about, asReceived: { ...asReceived, fields } } };
}

/** What was noted of it before, kept with what was received. */
function pastOf({ status, grade, history, lastContactAt }: ExistingLead): { past: About['past'] & {} } {
  return {
    past: {
      ...(status === undefined ? {} : { status }),
      ...(grade === undefined ? {} : { grade }),
      ...(lastContactAt === null ? {} : { lastContactAt }),
      ...(history.length === 0 ? {} : { history: history.map(({ at, text }) => ({ at, text })) }),
    },
  };
}

function columnOf(target: string, { mapping, columns }: RowDoor): string {
  return columns.find((name) => mapping.columns[name] === target) ?? target;
}

/** A holder as offices write one: key, e-mail, or whole name without regard to accents and case; two of one name are nobody. */
export function holderOf(written: string, people: readonly Person[]): string | null {
  const said = plain(written);
  const byId = people.find(({ id }) => id === written.trim());
  const byEmail = people.find(({ email }) => email !== null && plain(email) === said);
  const [named, another] = people.filter(({ name }) => plain(name) === said);
  return byId?.id ?? byEmail?.id ?? (another === undefined ? (named?.id ?? null) : null);
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
