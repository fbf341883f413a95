import { sql } from 'kysely';
import { has, OWN, type Tamper } from './tampering.ts';

/** One column of one row of a derived table. `key` gives the row's key as verification names it. */
function cell(
  table: string,
  key: string,
  name: string,
  expression: string,
  where = 'true',
): [string, Tamper] {
  return [
    `${table}.${name} = ${expression}`,
    async ({ tx, random }) => {
      const condition = sql.raw(`(${where}) and (${expression}) is distinct from ${name}`);
      const found = await sql<{ key: string; row: string }>`
        select ${sql.raw(key)} as key, ctid::text as row from ${sql.raw(table)} where ${OWN} and ${condition} order by 1`.execute(
        tx,
      );
      const row = found.rows[Math.floor(random() * found.rows.length)];
      if (row === undefined) throw new Error(`no row of ${table} where ${where}`);
      await sql`update ${sql.raw(table)} set ${sql.raw(name)} = ${sql.raw(expression)} where ctid = ${row.row}::tid`.execute(
        tx,
      );
      const words = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return { what: row.key, isNamed: has({ difference: 'column', table, key: row.key, column: words }) };
    },
  ];
}

function rowGone(table: string, key: string): [string, Tamper] {
  return [
    `a row of ${table} removed`,
    async ({ tx, random }) => {
      const found = await sql<{ key: string; row: string }>`
        select ${sql.raw(key)} as key, ctid::text as row from ${sql.raw(table)} where ${OWN} order by 1`.execute(
        tx,
      );
      const row = found.rows[Math.floor(random() * found.rows.length)];
      if (row === undefined) throw new Error(`no row of ${table}`);
      await sql`delete from ${sql.raw(table)} where ctid = ${row.row}::tid`.execute(tx);
      return { what: row.key, isNamed: has({ difference: 'row-missing', table, key: row.key }) };
    },
  ];
}

/** An instant as verification writes it in a key. */
const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const LEAD_HELD = "stage = 'assigned'";
const OF_MONTH = "month || ' ' || person";
const OF_MOVE = `lead || ' ' || kind || ' ' || person || ' ' || ${utc('at')} || ' ' || ${utc('since')}`;
const OF_LINE = "sale || ' ' || number";

/** Rows that must follow from the journal, changed by hand. */
export const tableTampers: readonly (readonly [string, Tamper])[] = [
  cell('leads', 'id', 'holder', "'advisor1'", LEAD_HELD),
  cell('leads', 'id', 'due_at', 'now()'),
  cell('leads', 'id', 'contacted_at', "coalesce(contacted_at, received_at) + interval '1 second'"),
  cell('leads', 'id', 'grade', "'AAA'"),
  cell('leads', 'id', 'number', 'number + 100000'),
  cell('leads', 'id', 'tenures', 'tenures - 0', 'jsonb_array_length(tenures) > 0'),
  cell('leads', 'id', 'source', "'walk-in'"),
  cell('rotations', "rotation || ' ' || person", 'last', 'last + 7'),
  cell('rotations', "rotation || ' ' || person", 'owed', 'owed + 1'),
  cell('procedure_proposals', 'id', 'proposed_by', "'advisor1'"),
  cell('procedure_proposals', 'id', 'state', "'adopted'", 'decided_at is not null'),
  cell('procedure_proposals', 'id', 'reasons', "'Otras'", "state = 'rejected'"),
  cell('lead_moves', OF_MOVE, 'counts', 'not counts'),
  rowGone('lead_moves', OF_MOVE),
  cell('person_months', OF_MONTH, 'received', 'received + 1'),
  cell('person_months', OF_MONTH, 'missed', '0'),
  cell('person_months', OF_MONTH, 'sales', 'sales + 1'),
  cell('roster_places', OF_MONTH, 'decision', "'excluded'"),
  cell('roster_places', OF_MONTH, 'confirmed_at', 'now()'),
  cell('roster_months', 'month', 'decided', 'not decided'),
  cell('people', 'id', 'role', "'administrator'"),
  cell('people', 'id', 'documents', "'expired'"),
  cell('people', 'id', 'phone', "'+525512345678'"),
  cell('people', 'id', 'papers', 'papers || \'{"x": null}\''),
  cell('people', 'id', 'marks', 'marks || \'{"x": null}\''),
  cell('roster_exceptions', OF_MONTH, 'clauses', "'{P6}'"),
  cell('roster_exceptions', OF_MONTH, 'withdrawn_at', "signed_at + interval '1 second'"),
  cell('shift_plans', "month || ' ' || zone", 'minimum', 'minimum + 1'),
  cell('duty_shifts', OF_MONTH, 'shifts', 'shifts - 0', 'jsonb_array_length(shifts) > 0'),
  cell('shift_swaps', 'id', 'state', "'refused'"),
  cell('absences', 'id', 'state', "'refused'"),
  cell('absences', 'id', 'until_on', "'2030-01-01'"),
  cell('document_kinds', 'id', 'from_on', "'2020-01-01'"),
  cell('person_documents', 'id', 'expires_on', "'2030-01-01'"),
  cell('exams', 'id', 'passing_mark', 'passing_mark - 1'),
  cell('exam_results', 'id', 'passed', 'not passed'),
  cell('signatures', "person || ' ' || procedure || ' ' || version", 'signed_at', 'now()'),
  rowGone('duty_shifts', OF_MONTH),
  rowGone('absences', 'id'),
  rowGone('person_documents', 'id'),
  cell('contacts', 'id', 'phones', `phones || '[{"value": "+525500000000", "origin": "x", "raw": "x"}]'`),
  cell('contacts', 'id', 'first_contact_by', "'advisor1'"),
  cell('lead_intakes', 'lead', 'message', "'otro'"),
  cell('calls', 'id', 'answered', 'not answered', 'answered is not null'),
  cell('calls', 'id', 'talk_seconds', 'talk_seconds + 0.5', 'talk_seconds is not null'),
  cell('appointments', 'id', 'state', "'held'", "state <> 'held'"),
  cell('appointments', 'id', 'starts_at', "starts_at - interval '1 hour'"),
  cell('interactions', 'id', 'at', "at - interval '1 day'"),
  cell('interactions', 'id', 'by', "'advisor1'"),
  cell('follow_ups', 'lead', 'status', "'reservation'"),
  cell('follow_ups', 'lead', 'reservation_price', 'reservation_price + 1', 'reservation_price is not null'),
  cell('follow_ups', 'lead', 'lost_text', "'otro'", 'lost_at is not null'),
  cell('person_weeks', "week || ' ' || person", 'opportunities', 'opportunities + 1'),
  cell('weeks', 'week', 'cut', 'not cut'),
  cell('weekly_reports', "week || ' ' || person || ' ' || version", 'sent_at', 'now()'),
  cell(
    'weekly_reports',
    "week || ' ' || person || ' ' || version",
    'comment',
    "'otro'",
    'sent_at is not null',
  ),
  cell('leads_behind', "week || ' ' || person", 'leads', "'[]'"),
  rowGone('interactions', 'id'),
  cell('claims', 'id', 'ruled_outcome', "'keep'", "ruled_outcome = 'reassign'"),
  cell('claims', 'id', 'reasons', "'otra cosa'", 'reasons is not null'),
  cell('claims', 'id', 'asked_at', "asked_at - interval '1 day'", 'asked_at is not null'),
  cell('claims', 'id', 'evidence', "'[]'::jsonb", "evidence <> '[]'::jsonb"),
  cell('incubations', `lead || ' ' || ${utc('at')}`, 'next_contact_on', "'2099-01-01'"),
  cell('leads', 'id', 'frozen_at', 'now()', 'frozen_at is null'),
  cell('protections', 'lead', 'due_at', "due_at + interval '1 day'", 'due_at is not null'),
  cell('lead_edits', 'id', 'after', "'otro'"),
  rowGone('claims', 'id'),
  cell('outbox', 'id', 'recipient', "'advisor1'"),
  cell('thread_messages', 'id', 'words', "'otra cosa'", 'words is not null'),
  cell('thread_messages', 'id', 'counted_at', 'null', 'counted_at is not null'),
  cell('thread_messages', 'id', 'at', "at - interval '1 day'"),
  cell('threads', 'lead', 'unread', 'unread + 1'),
  cell('threads', 'lead', 'heard_at', "heard_at + interval '1 hour'", 'heard_at is not null'),
  cell('message_media', 'id', 'sha256', "'00'", "state = 'kept'"),
  cell('claim_drafts', 'id', 'missing', "'{}'", 'cardinality(missing) > 0'),
  cell('claim_drafts', 'id', 'image_dated_on', 'image_dated_on - 1', 'image_dated_on is not null'),
  rowGone('claim_drafts', 'id'),
  rowGone('thread_messages', 'id'),
  cell('deadlines', "subject || ' ' || kind", 'due_at', "due_at + interval '1 hour'"),
  cell('deadlines', "subject || ' ' || kind", 'rank', 'rank + 1'),
  rowGone('deadlines', "subject || ' ' || kind"),
  rowGone('leads', 'id'),
  rowGone('contact_keys', "contact || ' ' || key"),
  rowGone('outbox', 'id'),
  rowGone('person_months', OF_MONTH),
  cell('sales', 'id', 'seller', "'advisor11'"),
  cell('sales', 'id', 'advisor_commission', "'99999.99'", 'canceled_at is null'),
  cell('commission_lines', OF_LINE, 'amount', "'1.00'"),
  cell('commission_lines', OF_LINE, 'person', "'advisor11'"),
  cell('sanctions', 'id', 'percent', "'0'", "state = 'decided'"),
  cell('sanctions', 'id', 'answer', "'Acepto'"),
  cell('audits', 'id', 'finding', "'ok'", "finding = 'bad-care'"),
  cell('audits', 'id', 'handed_over', "'[]'", 'removed'),
  rowGone('sales', 'id'),
  rowGone('commission_lines', OF_LINE),
  rowGone('sanctions', 'id'),
  rowGone('audits', 'id'),
  [
    'a deadline set by hand',
    async ({ tx, organization }) => {
      await sql`insert into deadlines (organization_id, subject, kind, due_at) values (${organization}, 'lead:L1', 'lead.opens', now())`.execute(
        tx,
      );
      return {
        what: 'lead:L1',
        isNamed: has({ difference: 'row-extra', table: 'deadlines', key: 'lead:L1 lead.opens' }),
      };
    },
  ],
  [
    'the settings changed',
    async ({ tx, organization }) => {
      await sql`update organizations set settings = settings || '{"staffChannel": "app"}' where id = ${organization}`.execute(
        tx,
      );
      return {
        what: organization,
        isNamed: has({ difference: 'column', table: 'organizations', column: 'settings' }),
      };
    },
  ],
];
