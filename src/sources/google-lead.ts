import { readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import { sameSecret } from '../platform/signed-body.ts';
import { sourceFault } from './faults.ts';
import { gathered, type Answer } from './gather.ts';
import { reachable, type Campaign, type Door, type Intake } from './intake.ts';
import { PERSONAL_TARGETS, targetOf, usualTarget, type Mapping } from './targets.ts';
import { FIELDS_MAX, MESSAGE_CHARACTERS_MAX, textOf } from './text.ts';

/** What an organization saved about one Google lead form: meanings of its questions (by column id), the consent text. */
export interface GoogleForm {
  fields: Mapping;
  consentText?: string;
}

/**
 * What became of the body, and the answer Google gets. `authentic` is whether the key was ours: only then is the body
 * kept with its fault. 200 `{}`: taken, also when nobody can be reached by it (sending it again would not help). 403: another
 * key. 400: not readable, a sender's fault. The shell answers 503 when it could not store: of these, only 5xx is worth
 * another try by Google.
 */
export type GoogleAnswer =
  | { status: 200; authentic: true; intake: Intake }
  | { status: 200 | 400; authentic: true; fault: Fault }
  | { status: 400 | 403; authentic: false; fault: Fault };

/**
 * Google's lead form webhook. The shared key travels inside the body, so reading JSON within limits comes first and the
 * key, in constant time, before anything is looked at; two keys may live while one is changed. Unknown fields are ignored.
 */
export function readGoogleLead(
  raw: Uint8Array | string,
  keys: readonly string[],
  door: Door,
  form: GoogleForm = { fields: {} },
): GoogleAnswer {
  const json = readExactJson(raw);
  if ('refused' in json) {
    return { status: 400, authentic: false, fault: sourceFault('not-readable', undefined, json.refused) };
  }
  const body = recordOf(json.value);
  if (body === null) return { status: 400, authentic: false, fault: sourceFault('not-an-object') };
  const given = typeof body['google_key'] === 'string' ? body['google_key'] : '';
  const authentic = keys.map((key) => sameSecret(given, key)).includes(true);
  if (!authentic) return { status: 403, authentic: false, fault: sourceFault('bad-key', 'google_key') };

  const leadId = textOf(body['lead_id']);
  if (leadId === '')
    return { status: 400, authentic: true, fault: sourceFault('lead-id-missing', 'lead_id') };
  const intake = intakeOf(body, leadId, door, form);
  return reachable(intake) || intake.test
    ? { status: 200, authentic: true, intake }
    : { status: 200, authentic: true, fault: sourceFault('no-way-to-reach', 'user_column_data') };
}

function intakeOf(body: Record<string, unknown>, leadId: string, door: Door, form: GoogleForm): Intake {
  const submitted = {
    name: 'lead_submit_time',
    target: 'sentAt',
    value: textOf(body['lead_submit_time']),
  } as const;
  const intake = gathered([...answersOf(body['user_column_data'], form.fields), submitted], door);
  intake.sourceId = leadId;
  intake.test = /^(true|1)$/i.test(textOf(body['is_test']));
  intake.campaign = campaignOf(body);
  if (form.consentText !== undefined) intake.consent = { text: form.consentText, at: intake.sentAt };
  const stage = textOf(body['lead_stage']);
  if (stage !== '') intake.fields = { ...intake.fields, lead_stage: stage };
  return intake;
}

function answersOf(columns: unknown, mapping: Mapping): Answer[] {
  if (!Array.isArray(columns)) return [];
  return columns.slice(0, FIELDS_MAX).flatMap((item: unknown) => {
    const column = recordOf(item);
    const id = textOf(column?.['column_id']);
    const label = textOf(column?.['column_name']);
    const value = textOf(column?.['string_value'], MESSAGE_CHARACTERS_MAX);
    if (value === '' || (id === '' && label === '')) return [];
    return [{ name: label || id, target: meant(id, label, mapping), value }];
  });
}

/** The column id decides; a custom question has an id of its own making, and then its words may be known. */
function meant(id: string, label: string, mapping: Mapping): Answer['target'] {
  if (Object.hasOwn(mapping, id)) return targetOf(id, mapping);
  if (Object.hasOwn(mapping, label)) return targetOf(label, mapping);
  const usual = usualTarget(id) ?? usualTarget(label);
  return usual !== undefined && PERSONAL_TARGETS.has(usual) ? usual : 'keep';
}
const CAMPAIGN = {
  campaign_id: 'campaignId',
  adgroup_id: 'adGroupId',
  creative_id: 'adId',
  form_id: 'formId',
  asset_group_id: 'assetGroupId',
  gcl_id: 'clickId',
} as const satisfies Record<string, keyof Campaign>;

function campaignOf(body: Record<string, unknown>): Campaign {
  const campaign: Campaign = {};
  for (const [name, key] of Object.entries(CAMPAIGN)) {
    const value = textOf(body[name]);
    // Google writes 0 where a campaign has no ad group.
    if (value !== '' && value !== '0') campaign[key] = value;
  }
  return campaign;
}
