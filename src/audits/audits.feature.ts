import { localMonth, nextMonth, type Month } from '../calendar/index.ts';
import { on, wordsAside, type Fact, type Feature, type Loading } from '../decisions/index.ts';
import { loadLeadsOf } from '../leads/index.ts';
import type { Instant } from '../platform/time.ts';
import { loadFigures } from '../staff/index.ts';
import { audit as auditOf, auditsSlice, evolveAudits } from './audit.ts';
import {
  answerAudit,
  AUDIT_SUBJECT,
  auditHearingOver,
  recordAudit,
  ruleAudit,
  type AuditAnswered,
  type AuditRecorded,
  type AuditRuled,
} from './audit-acts.ts';
import { allAudits, loadAudits, saveAudits } from './audits.store.ts';

type Named = Fact & { readonly audit?: string; readonly person?: string; readonly finding?: string };

function monthsBetween(since: readonly Instant[], { now, organization }: Loading): Month[] {
  const months = new Set<Month>();
  const last = localMonth(now, organization.zone);
  for (const at of since)
    for (let month = localMonth(at, organization.zone); month <= last; month = nextMonth(month))
      months.add(month);
  return [...months];
}

/** Audits of how people attend to clients, and what follows from them. */
export const auditsFeature: Feature = {
  name: 'audits',
  loads: 'in-turn',
  load: async (tx, facts, due, loading) => {
    const { world } = loading;
    const named = (facts as readonly Named[]).filter(({ fact }) => fact.startsWith('audit.'));
    const dueIds = due
      .filter(({ subject }) => subject.startsWith(AUDIT_SUBJECT))
      .map(({ subject }) => subject.slice(AUDIT_SUBJECT.length));
    const ids = [...named.flatMap(({ audit }) => audit ?? []), ...dueIds];
    await loadAudits(tx, world, { ids, worded: facts.some(({ fact }) => fact === 'contact.erased') });
    // What goes on by turn, or comes back.
    const holders = named.flatMap(({ finding, person }) => (finding === 'bad-care' ? (person ?? []) : []));
    const ruled = named.flatMap(({ fact, audit }) => (fact === 'audit.ruled' ? (audit ?? []) : []));
    const given = ruled.flatMap((id) => auditOf(world, id)?.handedOver.map(({ lead }) => lead) ?? []);
    if (holders.length + given.length > 0) await loadLeadsOf(tx, world, { holders, ids: given });
    // What comes back counts no more in the months in which it was given.
    const since = ruled.flatMap((id) => auditOf(world, id)?.auditedAt ?? []);
    await loadFigures(tx, world, monthsBetween(since, loading));
  },
  facts: new Map([
    on<AuditRecorded>('audit.recorded', recordAudit),
    on<AuditAnswered>('audit.answered', answerAudit),
    on<AuditRuled>('audit.ruled', ruleAudit),
  ]),
  deadlines: new Map([['audit.hearing', auditHearingOver]]),
  recall: new Map([
    ['audit.recorded', wordsAside('note')],
    ['audit.answered', wordsAside('reasons')],
    ['audit.ruled', wordsAside('reasons')],
  ]),
  evolve: evolveAudits,
  save: saveAudits,
  changedSubjects: (world) =>
    world
      .get(auditsSlice)
      .audits.changed()
      .map(([id]) => AUDIT_SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(AUDIT_SUBJECT)) return null;
    const known = auditOf(world, subject.slice(AUDIT_SUBJECT.length));
    if (known?.state !== 'opened' || known.hearingDueAt === null) return known === undefined ? null : [];
    return [{ kind: 'audit.hearing', dueAt: known.hearingDueAt }];
  },
  tables: [
    {
      table: 'audits',
      key: ['id'],
      derived: (world) =>
        world
          .get(auditsSlice)
          .audits.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allAudits(tx)).map((row) => ({ ...row })),
    },
  ],
};
