import { readPhone, type HeldFacts } from '../contacts/index.ts';
import type { Fact } from '../decisions/index.ts';
import type { Fault } from '../platform/fault.ts';
import { callKey } from '../switchboard/index.ts';
import { arrivalOf, type Arrival, type LeadReceived } from './arrival.ts';
import { sourceFault } from './faults.ts';
import type { HeardCall, Read, ReadingContext } from './read-body.ts';
import type { Receipt } from './receipts.store.ts';

/** The fact that a body tells; null for what has to be fetched first, or was a mere notification. */
export function factOf(
  read: Read,
  receipt: Pick<Receipt, 'id' | 'lead' | 'source' | 'route' | 'headers'>,
  context: ReadingContext,
): Fact | null {
  const door = {
    lead: receipt.lead ?? receipt.id,
    receipt: receipt.id,
    country: context.country,
    companyLines: context.companyLines,
    now: context.now,
  };
  if (read.kind === 'call') return callFact(read.call, receipt, context, door.lead);
  if (read.kind !== 'lead') return null;
  const arrival = arrivalOf(read.intake, door);
  return unlessOpen(received(receipt.source, arrival), receipt.route === 'whatsapp');
}

function unlessOpen(fact: LeadReceived, asks: boolean): LeadReceived {
  return asks ? { ...fact, unlessOpen: true } : fact;
}

function received(actor: string, arrival: Omit<Arrival, 'fact' | 'actor'>): LeadReceived {
  return { fact: 'lead.received', actor, ...arrival };
}

function callFact(
  call: HeardCall,
  receipt: Pick<Receipt, 'id' | 'source'>,
  context: ReadingContext,
  lead: string,
): Fact {
  const { report } = call;
  const { country, companyLines, now } = context;
  const phone = report.otherParty === null ? null : readPhone(report.otherParty, country, { companyLines });
  const origin = `${receipt.source}:${callKey(report)}`;
  const phones = phone === null || 'refused' in phone ? [] : [{ value: phone.e164, origin, raw: phone.raw }];
  const identity: HeldFacts = { names: [], phones, emails: [], documents: [], whatsappIds: [] };
  const arrival =
    call.intake === null || phones.length === 0
      ? null
      : {
          fact: 'lead.received',
          actor: receipt.source,
          ...arrivalOf(call.intake, { lead, receipt: receipt.id, country, companyLines, now }),
        };
  return {
    fact: 'call.reported',
    actor: receipt.source,
    call: callKey(report),
    pbxCall: report.callId,
    by: call.by,
    lead: null,
    identity,
    arrival,
    direction: report.direction,
    startedAt: report.startedAt,
    answered: report.answered,
    talkSeconds: report.talkSeconds,
    ringSeconds: report.ringSeconds,
    recordings: report.recordings,
    receipt: receipt.id,
    note: noteOf(call, phones.length > 0),
  } as Fact;
}

function noteOf(call: HeardCall, hasNumber: boolean): Fault | null {
  if (call.advisorSeen !== null)
    return sourceFault('unknown-advisor', 'answered_by', call.advisorSeen || '—');
  return hasNumber ? null : sourceFault('unknown-number', 'caller_id');
}
