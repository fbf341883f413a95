import { recordOf } from '../platform/exact-json.ts';
import { sourceFault } from './faults.ts';
import { gathered, type Answer } from './gather.ts';
import { reachable, type Campaign, type Door, type Parsed } from './intake.ts';
import { idOf } from './meta-notification.ts';
import { PERSONAL_TARGETS, targetOf, type Mapping } from './targets.ts';
import { FIELDS_MAX, MESSAGE_CHARACTERS_MAX, textOf } from './text.ts';

/** What an organization saved about one Meta form: what its custom questions mean, and the consent its people read. */
export interface MetaForm {
  fields: Mapping;
  consentText?: string;
}

/** What Meta's testing tool fills in; there is no flag on the lead, and a missing ad id also means an organic lead. */
const DUMMY = /^<?\s*test lead\s*:/i;
const TEST_EMAILS = new Set(['test@meta.com', 'test@fb.com']);

/**
 * A lead as the Graph API gave it: `id`, `created_time`, `field_data: [{name, values}]` and ids of ad and form. An empty
 * list of values is a question left open, not an error. `created_time` is the person's own contact: the clock starts
 * there; when it was received stands beside it.
 */
export function readMetaLead(lead: unknown, door: Door, form: MetaForm = { fields: {} }): Parsed {
  const told = recordOf(lead);
  const leadId = idOf(told?.['id']);
  if (told === null || leadId === null) return { fault: sourceFault('lead-id-missing', 'id') };
  const given = answersOf(told['field_data'], form.fields);
  const test =
    given.some(({ value }) => DUMMY.test(value)) ||
    given.some(({ value }) => TEST_EMAILS.has(value.toLowerCase()));
  const intake = gathered(
    [...given, { name: 'created_time', target: 'sentAt', value: textOf(told['created_time']) }],
    door,
  );
  intake.sourceId = leadId;
  intake.test = test;
  intake.campaign = { ...intake.campaign, ...campaignOf(told) };
  if (agreed(told['custom_disclaimer_responses'], form)) {
    intake.consent = {
      text: form.consentText ?? disclaimersOf(told['custom_disclaimer_responses']),
      at: intake.sentAt,
    };
  }
  return reachable(intake) || intake.test
    ? { intake }
    : { fault: sourceFault('no-way-to-reach', 'field_data') };
}

function answersOf(fieldData: unknown, mapping: Mapping): Answer[] {
  if (!Array.isArray(fieldData)) return [];
  return fieldData.slice(0, FIELDS_MAX).flatMap((item: unknown) => {
    const field = recordOf(item);
    const name = textOf(field?.['name']);
    const values: unknown = field?.['values'];
    if (name === '' || !Array.isArray(values)) return [];
    const value = values
      .map((one: unknown) => textOf(one, MESSAGE_CHARACTERS_MAX))
      .filter(Boolean)
      .join(', ');
    return value === '' ? [] : [{ name, target: meant(name, mapping), value }];
  });
}

/** Answers are personal data of the form; a question called "id" or "platform" is not the lead's id or platform. */
function meant(name: string, mapping: Mapping): Answer['target'] {
  const target = targetOf(name, mapping);
  return Object.hasOwn(mapping, name) || PERSONAL_TARGETS.has(target) ? target : 'keep';
}
const CAMPAIGN = {
  campaign_id: 'campaignId',
  campaign_name: 'campaignName',
  adset_id: 'adGroupId',
  adset_name: 'adGroupName',
  ad_id: 'adId',
  ad_name: 'adName',
  form_id: 'formId',
  platform: 'platform',
} as const satisfies Record<string, keyof Campaign>;

function campaignOf(told: Record<string, unknown>): Campaign {
  const campaign: Campaign = {};
  for (const [name, key] of Object.entries(CAMPAIGN)) {
    const value = textOf(told[name]);
    if (value !== '') campaign[key] = value;
  }
  if (told['is_organic'] === true) campaign.medium = 'organic';
  return campaign;
}

/** With no optional boxes, sending the form was the consent, if the organization saved what its people read there. */
function agreed(disclaimers: unknown, form: MetaForm): boolean {
  if (!Array.isArray(disclaimers) || disclaimers.length === 0) return form.consentText !== undefined;
  return disclaimers.some(isTicked);
}

function disclaimersOf(disclaimers: unknown): string {
  const ticked = Array.isArray(disclaimers) ? disclaimers.filter(isTicked) : [];
  return ticked.map((item: unknown) => textOf(recordOf(item)?.['checkbox_key'])).join(', ');
}

function isTicked(item: unknown): boolean {
  return /^(1|true|on)$/i.test(textOf(recordOf(item)?.['is_checked']));
}
