import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { accessErrors, actorOf, scopeFor, type Access } from './access/index.ts';
import { administrationRoutes, staffErrors } from './administration/index.ts';
import { auditRoutes } from './audits/index.ts';
import { keptCalls } from './calls/index.ts';
import { claimErrors, claimRoutes, keptClaims } from './claims/index.ts';
import { contactErrors, contactRoutes, keptContacts, keptJournal } from './contacts/index.ts';
import type { House } from './decisions/index.ts';
import { followUpErrors, followUpRoutes } from './follow-up/index.ts';
import { keptHolds } from './gate/index.ts';
import {
  boardRoutes,
  contactsHeldBy,
  keptLeads,
  leadErrors,
  leadRoutes,
  leadsOfPeople,
  sourceReportRoutes,
  type LeadRouteParts,
} from './leads/index.ts';
import { moneyErrors, moneyRoutes, sanctionRoutes, statementFileRoutes } from './money/index.ts';
import { draftRoutes, mailboxErrors, mailboxSettingsRoutes } from './mailbox/index.ts';
import { keptMessages, messageErrors, type Messaging } from './messages/index.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { errorCatalog } from './platform/errors.ts';
import { createHttp, httpErrors, type Http } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import type { Live } from './platform/live.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { requestRate } from './platform/request-rate.ts';
import type { Clock } from './platform/time.ts';
import type { WorkWatch } from './platform/work-watch.ts';
import { becauseRoutes } from './gate/index.ts';
import { clauseTable, type CoverageRow, type Pack } from './procedures/index.ts';
import { organizationRoutes, procedureErrors, procedureRoutes, stateRoutes } from './settings/index.ts';
import { intakeRoutes, sourceErrors, type ReceiptJobParts } from './sources/index.ts';
import { pbxRoutes, type PbxRouteParts } from './switchboard/index.ts';
import type { RulesFor } from './staff/index.ts';
import { reportErrors, resultsRoutes } from './reports/index.ts';
import { whatIfErrors, whatIfRoutes } from './what-if/index.ts';

const ROOT = join(import.meta.dirname, '..');

export type DialerOf = LeadRouteParts['dialerOf'];

interface HttpParts {
  readonly packs: readonly Pack[];
  readonly config: Config;
  readonly database: Database;
  readonly house: House;
  readonly access: Access;
  readonly live: Live;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly intake: ReceiptJobParts;
  readonly rulesFor: RulesFor;
  readonly messaging: Messaging;
  readonly dialerOf: DialerOf;
  /** `keyFor(secret, 'channels')` */
  readonly channelsKey: Buffer;
  readonly pbx: { readonly key: Buffer; readonly dialerOf: PbxRouteParts['dialerOf'] };
  readonly watch: WorkWatch;
  /** Somebody asked what would have been. */
  readonly wakeWhatIfs: () => void;
}

/** The product's, in /healthz and on the state screen. */
const VERSION = '0.1.0';

/** Every door of the product, with what stands behind each. */
export async function openHttp({
  packs,
  rulesFor,
  config,
  database,
  house,
  access,
  live,
  clock,
  log,
  metrics,
  intake,
  messaging,
  dialerOf,
  channelsKey,
  pbx,
  watch,
  wakeWhatIfs,
}: HttpParts): Promise<Http> {
  const errors = errorCatalog({
    http: httpErrors,
    access: accessErrors,
    contacts: contactErrors,
    leads: leadErrors,
    claims: claimErrors,
    'follow-up': followUpErrors,
    procedures: procedureErrors,
    sources: sourceErrors,
    staff: staffErrors,
    messages: messageErrors,
    reports: reportErrors,
    whatIf: whatIfErrors,
    money: moneyErrors,
    mailbox: mailboxErrors,
  });
  const health = [
    { name: 'database', ready: async () => (await database.pool.query('select 1')).rowCount === 1 },
    { name: 'live', ready: () => live.isUp() },
  ];
  const screensFolder = join(ROOT, 'web', 'dist');
  const http = await createHttp({
    log,
    metrics,
    errors,
    publicUrl: config.publicUrl,
    version: VERSION,
    health,
    screensFolder,
    admit: access.admit,
  });
  access.routes(http.app);
  const { signedIn } = access;
  const seat = { database, house, clock, newId, rulesFor, signedIn };
  const rate = requestRate(() => performance.now());
  leadRoutes(http.app, { ...seat, packs, dialerOf, rate });
  claimRoutes(http.app, { ...seat, packs });
  followUpRoutes(http.app, seat);
  sourceReportRoutes(http.app, seat);
  boardRoutes(http.app, seat);
  moneyRoutes(http.app, seat);
  sanctionRoutes(http.app, { ...seat, packs });
  auditRoutes(http.app, seat);
  statementFileRoutes(http.app, { ...seat, packs });
  administrationRoutes(http.app, { ...seat, packs });
  becauseRoutes(http.app, { database, clock, packs, signedIn });
  intakeRoutes(http.app, {
    ...intake,
    whoIs: (request) => {
      const who = access.caller(request);
      const masked = who.kind === 'user' && scopeFor(who, 'leads.see') === 'all-without-personal-data';
      return { organization: who.organization.id, actor: actorOf(who), source: null, masked };
    },
    rate,
    publicUrl: config.publicUrl,
    newDoor: () => randomBytes(32).toString('base64url'),
  });
  messaging.routes(http.app);
  draftRoutes(http.app, { database, house, signedIn, leadsOfPeople });
  mailboxSettingsRoutes(http.app, { database, clock, key: channelsKey, signedIn });
  pbxRoutes(http.app, { ...pbx, database, house, clock, signedIn });
  contactRoutes(http.app, {
    database,
    house,
    clock,
    signedIn,
    leadsOfPeople,
    contactsHeldBy,
    keptBy: [keptContacts, keptLeads, keptCalls, keptMessages, keptHolds, keptClaims, keptJournal],
  });
  organizationRoutes(http.app, { database, house, signedIn });
  stateRoutes(http.app, {
    database,
    clock,
    signedIn,
    watch,
    health,
    version: VERSION,
    startedAt: clock.now(),
    dataDir: config.dataDir,
    parts: config.parts,
  });
  let coverage: Promise<readonly CoverageRow[]> | null = null;
  procedureRoutes(http.app, {
    database,
    house,
    clock,
    newId,
    packs,
    signedIn,
    coverage: () => (coverage ??= readCoverage()),
  });
  resultsRoutes(http.app, { database, clock, rulesFor, signedIn });
  whatIfRoutes(http.app, { database, clock, newId, packs, signedIn, wake: wakeWhatIfs });
  return http;
}

/** Which rule and which tests stand behind each clause, from the source that runs. */
async function readCoverage(): Promise<readonly CoverageRow[]> {
  const table = await clauseTable(ROOT);
  return 'rows' in table ? table.rows : [];
}
