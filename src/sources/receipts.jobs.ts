import { isUnavailable } from '../platform/database.ts';
import { MINUTE, plus, SECOND, type Instant } from '../platform/time.ts';
import { sourceFault } from './faults.ts';
import { firstWatermark } from './meta-backfill.ts';
import { backfillForm, fetchMetaLead, type GraphAccess } from './meta-graph.adapter.ts';
import type { GraphRefusal } from './meta-graph-faults.ts';
import {
  claimReceipts,
  failReceipt,
  fetchedBody,
  nextReceiptDue,
  postponeReceipt,
  receiptById,
  type Receipt,
} from './receipts.store.ts';
import { secretsOf, setTrouble, allSources } from './sources.store.ts';
import { settleReceipt, takeIn, type IntakeParts } from './take-in.ts';
import { claimForms, formRead, keepForms } from './watermarks.store.ts';
import { recordOf } from '../platform/exact-json.ts';

/** A worker that has not come back by then is taken for dead: somebody waits for a lead, and only Meta may be slow. */
const LEASE = 30 * SECOND;
const FETCH_LEASE = 2 * MINUTE;
const CLAIMED_MAX = 50;
/** Tries of a body that ought to work; each waits twice as long as the one before. */
export const TRIES_MAX = 10;
const FIRST_RETRY = 15 * SECOND;
const RETRY_MAX = 30 * MINUTE;
/** Meta keeps leads for 90 days; an access that is not repaired within this is given up, and can be processed again by hand. */
const FETCH_TRIES_MAX = 500;
/** Somebody has to repair the access first. */
const TROUBLE_RETRY = 15 * MINUTE;
/** Each form is read again this often, for what no notification told of. */
const BACKFILL_EVERY = 60 * MINUTE;

export interface ReceiptJobParts extends IntakeParts {
  readonly fetch: typeof fetch;
  /** Meta's Graph API, or a fake of it. */
  readonly graphUrl: string;
}

export const GRAPH_VERSION = 'v25.0';

/**
 * Bodies that were stored and not decided: after a crash between the two, or because their lead has to be fetched.
 * Gives how many it took on, and when the next is due.
 */
export async function settleWaiting(
  parts: ReceiptJobParts,
): Promise<{ taken: number; next: Instant | null }> {
  const now = parts.clock.now();
  const claimed = await parts.database.acrossOrganizations((tx) =>
    claimReceipts(tx, now, { decided: plus(now, LEASE), fetched: plus(now, FETCH_LEASE) }, CLAIMED_MAX),
  );
  const toFetch = claimed.filter(({ route }) => route === 'meta.lead');
  const toDecide = claimed.filter(({ route }) => route !== 'meta.lead');
  await Promise.all(toDecide.map((receipt) => settleOne(parts, receipt.organizationId, receipt)));
  for (const receipt of toFetch) await settleOne(parts, receipt.organizationId, receipt);
  const next = await parts.database.acrossOrganizations(nextReceiptDue);
  return { taken: claimed.length, next };
}

async function settleOne(parts: ReceiptJobParts, organization: string, receipt: Receipt): Promise<void> {
  const { database, clock, log } = parts;
  try {
    const whole = receipt.route === 'meta.lead' ? await fetched(parts, organization, receipt) : receipt;
    if (whole !== null) await settleReceipt(parts, organization, whole);
  } catch (error) {
    log.error('receipt-not-settled', { receipt: receipt.id, tries: receipt.tries, error });
    if (isUnavailable(error)) return;
    const fault = sourceFault('not-settled', undefined, String(receipt.tries));
    const wait = Math.min(RETRY_MAX, FIRST_RETRY * 2 ** receipt.tries);
    await database.inOrganization(organization, (tx) =>
      receipt.tries >= TRIES_MAX
        ? failReceipt(tx, receipt.id, fault)
        : postponeReceipt(tx, receipt.id, plus(clock.now(), wait), fault),
    );
  }
}

/** The receipt with the lead that Meta gave for it, stored before it is read; null when it did not, now. */
async function fetched(
  parts: ReceiptJobParts,
  organization: string,
  receipt: Receipt,
): Promise<Receipt | null> {
  if (receipt.headers['fetched'] === 'yes') return receipt;
  const access = await graphAccess(parts, organization, receipt.source);
  const got = access === null ? NO_TOKEN : await fetchMetaLead(access, receipt.sourceId ?? '');
  return parts.database.inOrganization(organization, async (tx) => {
    const now = parts.clock.now();
    if ('lead' in got) {
      await fetchedBody(tx, receipt.id, Buffer.from(JSON.stringify(got.lead)));
      await setTrouble(tx, organization, receipt.source, null, now);
      return receiptById(tx, receipt.id);
    }
    const fault = { ...sourceFault('not-fetched', undefined, got.detail), remedy: got.remedy };
    const given = 'refused' in got && got.refused === 'not-found';
    const again = given ? receipt.tries < TRIES_MAX : receipt.tries < FETCH_TRIES_MAX;
    if (!again) await failReceipt(tx, receipt.id, fault);
    else await postponeReceipt(tx, receipt.id, plus(now, waitFor(got, receipt.tries)), fault);
    await setTrouble(tx, organization, receipt.source, troubleOf(got), now);
    return null;
  });
}

const NO_TOKEN: GraphRefusal = {
  refused: 'token-invalid',
  detail: '-',
  remedy: { es: 'Conecte la página de Meta en Fuentes.', en: 'Connect the Meta page in Sources.' },
};

function waitFor(got: GraphRefusal, tries: number): number {
  if ('retry' in got) return got.afterMs;
  return got.refused === 'not-found' ? Math.min(RETRY_MAX, FIRST_RETRY * 2 ** tries) : TROUBLE_RETRY;
}

/** Shown beside the source until a fetch works again. A single lead that is gone is no trouble of the source. */
function troubleOf(got: GraphRefusal): { code: string; remedy: GraphRefusal['remedy'] } | null {
  if ('retry' in got) return { code: got.retry, remedy: got.remedy };
  return got.refused === 'not-found' ? null : { code: got.refused, remedy: got.remedy };
}

/** How to reach Meta for a source; null while it has no token. */
export async function graphAccess(
  parts: ReceiptJobParts,
  organization: string,
  source: string,
): Promise<GraphAccess | null> {
  return parts.database.inOrganization(organization, async (tx) => {
    const secrets = await secretsOf(tx, organization, source, parts.keys.seal);
    const settings = (await allSources(tx)).find(({ key }) => key === source)?.settings;
    const [pageToken] = secrets.get('page-token') ?? [];
    const [appSecret] = secrets.get('app-secret') ?? [];
    if (pageToken === undefined) return null;
    return {
      baseUrl: parts.graphUrl,
      version: settings?.graphVersion ?? GRAPH_VERSION,
      pageToken,
      ...(appSecret === undefined ? {} : { appSecret }),
      fetch: parts.fetch,
    };
  });
}

/** Reads Meta's forms again for leads that no notification told of. Gives how many forms were read. */
export async function backfillDue(parts: ReceiptJobParts): Promise<number> {
  const now = parts.clock.now();
  const forms = await parts.database.acrossOrganizations((tx) =>
    claimForms(tx, now, plus(now, FETCH_LEASE), CLAIMED_MAX),
  );
  for (const { organizationId, source, form, watermark } of forms) {
    const access = await graphAccess(parts, organizationId, source);
    const read =
      access === null
        ? { watermark, stopped: NO_TOKEN }
        : await backfillForm(access, form, watermark, (lead) =>
            takeListed(parts, organizationId, source, lead),
          );
    const at = parts.clock.now();
    const stopped = read.stopped !== null && !('stopped' in read.stopped) ? read.stopped : null;
    const wait = stopped !== null && 'retry' in stopped ? stopped.afterMs : BACKFILL_EVERY;
    await parts.database.inOrganization(organizationId, async (tx) => {
      await formRead(tx, { source, form, watermark: read.watermark, at, dueAt: plus(at, wait) });
      await setTrouble(tx, organizationId, source, stopped === null ? null : troubleOf(stopped), at);
    });
  }
  return forms.length;
}

/** A lead of a list, stored as it came like any other; true also when it was there already. */
async function takeListed(
  parts: ReceiptJobParts,
  organization: string,
  source: string,
  lead: unknown,
): Promise<boolean> {
  try {
    const taken = await takeIn(parts, organization, {
      route: 'meta.lead',
      source,
      headers: { fetched: 'yes', by: 'backfill' },
      body: Buffer.from(JSON.stringify(lead)),
    });
    if (!('taken' in taken) || taken.taken !== 'new' || taken.fact === null) return true;
    await parts.house.submit(organization, taken.fact, { bulk: true });
    return true;
  } catch (error) {
    parts.log.error('lead-not-taken', { source, lead: recordOf(lead)?.['id'], error });
    return false;
  }
}

/** Forms to be read from now on, from as far back as Meta keeps leads. */
export async function watchForms(
  parts: Pick<IntakeParts, 'database' | 'clock'>,
  organization: string,
  source: string,
  forms: readonly string[],
): Promise<void> {
  const now = parts.clock.now();
  await parts.database.inOrganization(organization, (tx) =>
    keepForms(tx, organization, source, forms, firstWatermark(now), now),
  );
}
