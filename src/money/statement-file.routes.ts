import { Readable } from 'node:stream';
import { z } from 'zod';

import { localDate, localDateTime } from '../calendar/index.ts';
import { becauseWords } from '../gate/index.ts';
import { readOrganization } from '../decisions/index.ts';
import type { HttpApp } from '../platform/http.ts';
import { writeXlsx, type OutCell } from '../platform/tables/index.ts';
import type { Pack } from '../procedures/index.ts';
import { monthText, statement, type MoneyRouteParts } from './money.routes.ts';
import { printTable } from './statement-pdf.adapter.ts';
import { STATEMENT_WORDS, type StatementWords } from './statement-words.ts';

type StatementAnswer = Awaited<ReturnType<typeof statement>>;

const TOTALS = ['earned', 'received', 'deducted', 'lost', 'adjusted', 'net'] as const;

/** A person's month as a file: the same rows as on screen, each with its clause. */
export function statementFileRoutes(
  app: HttpApp,
  parts: MoneyRouteParts & { readonly packs: readonly Pack[] },
): void {
  const { database, clock, signedIn, packs } = parts;
  const asked = z.object({ month: monthText.optional(), person: z.string().min(1).max(64).optional() });
  const config = { may: 'money.see' } as const;

  app.get('/api/money/statement.xlsx', { config, schema: { querystring: asked } }, async (request, reply) => {
    const who = signedIn(request);
    const { person, month } = request.query;
    const words = STATEMENT_WORDS[request.language];
    const answer = await database.inOrganization(who.organization.id, (tx) =>
      statement(tx, who, parts, { person, month }),
    );
    // A sheet wants numbers to add up, and a statement's are far below what one holds exactly.
    const totals = TOTALS.map((name): OutCell[] => [
      words.totals[name],
      null,
      null,
      null,
      null,
      Number(answer.totals[name]),
    ]);
    const sheet = writeXlsx(
      [
        [...words.columns],
        ...rowsOf(answer, words, { zone: who.organization.zone, amountOf: Number, clauseOf: withoutVersion }),
        [],
        ...totals,
      ],
      {
        sheet: answer.month,
        freezeHeader: true,
      },
    );
    return reply
      .header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename="${fileName(answer)}.xlsx"`)
      .send(Readable.from(sheet));
  });

  app.get('/api/money/statement.pdf', { config, schema: { querystring: asked } }, async (request, reply) => {
    const who = signedIn(request);
    const { person, month } = request.query;
    const words = STATEMENT_WORDS[request.language];
    const { zone, locale, name } = who.organization;
    const { answer, adoptions } = await database.inOrganization(who.organization.id, async (tx) => ({
      answer: await statement(tx, who, parts, { person, month }),
      adoptions: (await readOrganization(tx, who.organization.id))?.adoptions ?? [],
    }));
    const cited = [...new Set(answer.sales.flatMap(({ lines }) => lines.flatMap(({ because }) => because)))];
    const worded = new Map(
      cited.map((ref) => [ref, becauseWords(ref, { packs, adoptions, language: request.language })] as const),
    );
    const notes = [...worded.values()].map((said) => {
      return `${said.name === null ? '' : `${said.name} ${said.clause} (${said.version ?? ''}): `}${said.text}`;
    });
    const at = clock.now();
    const pdf = await printTable({
      title: `${words.title} · ${answer.person.name}`,
      subtitle: `${name} · ${words.of.replace('{month}', monthName(answer.month, request.language === 'en' ? 'en-GB' : locale))}`,
      head: words.columns,
      right: [4, 5],
      rows: rowsOf(answer, words, {
        zone,
        amountOf: (amount) => moneyText(amount, locale),
        clauseOf: (ref) => worded.get(ref)?.clause || words.house,
      }).map((row) => row.map((value) => String(value ?? ''))),
      totals: TOTALS.filter((each) => each === 'net' || Number(answer.totals[each]) !== 0).map(
        (each) => [words.totals[each], moneyText(answer.totals[each], locale)] as const,
      ),
      notes: notes.length === 0 ? [] : [`${words.clauses}:`, ...notes],
      footer: words.made.replace('{at}', localDateTime(at, zone).replace('T', ' ').slice(0, 16)),
      nothing: words.nothing,
      createdAt: new Date(at),
    });
    return reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="${fileName(answer)}.pdf"`)
      .send(pdf);
  });
}

function fileName({ person, month }: StatementAnswer): string {
  return `${person.id.replaceAll(/[^\w-]/g, '')}-${month}`;
}

/** 'marzo de 2026' */
function monthName(month: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}

/** Grouped as the organization writes it, from text: no cent passes through a float. */
function moneyText(amount: string, locale: string): string {
  const exact = amount as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(exact);
}

interface RowWords {
  readonly zone: string;
  readonly amountOf: (amount: string) => OutCell;
  readonly clauseOf: (ref: string) => string;
}

function withoutVersion(ref: string): string {
  return ref.replace(/@[^#]*/, '');
}

function rowsOf(
  { sales }: StatementAnswer,
  words: StatementWords,
  { zone, amountOf, clauseOf }: RowWords,
): OutCell[][] {
  return sales.flatMap(({ sale, leadName, sellerName, closedAt, lines }) =>
    lines.map(({ part, percent, amount, at, why, because }): OutCell[] => [
      leadName ?? sellerName ?? sale,
      localDate(why === null ? closedAt : at, zone),
      sellerName,
      why === null || part === 'sanction'
        ? words.parts[part]
        : `${words.parts[part]} · ${words.changes[why]}`,
      percent,
      amountOf(amount),
      [...new Set(because.map(clauseOf))].join(', '),
    ]),
  );
}
