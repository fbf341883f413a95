import type { Program } from '../src/main.ts';
import { systemClock } from '../src/platform/time.ts';
import { startCallpicker, type EventShape, type FakeCall } from './fakes/callpicker-server.ts';
import type { LeadBody } from './lead-bodies.ts';
import type { SampleOrganization } from './sample-organization.ts';

/** How the pretend world reaches the product: by the same addresses as everybody else. */
export interface Doors {
  /** The status answered. */
  lead(body: LeadBody): Promise<number>;
  call(call: FakeCall): Promise<void>;
  close(): Promise<void>;
}

export interface DoorParts {
  readonly program: Pick<Program, 'address'>;
  readonly sample: SampleOrganization;
  readonly apiKey: string;
  /** The end of the PBX's address. */
  readonly pbx: string;
  readonly seed: number;
}

const REQUEST_MILLISECONDS_MAX = 10_000;

export async function openDoors(parts: DoorParts): Promise<Doors> {
  const { program, sample, apiKey, pbx, seed } = parts;
  const callpicker = await startCallpicker({
    clientId: 'demo',
    clientSecret: 'demo',
    zone: sample.zone,
    companyLine: sample.companyLine.slice(1),
    nowMs: () => Date.parse(systemClock.now()),
    // Ids of calls are the PBX's own for ever: those of this seed were used by the start before.
    seed: seed ^ Date.parse(systemClock.now()),
  });
  let events = 0;
  return {
    lead: async (body) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
      const answer = await fetch(`${program.address}/api/leads`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(REQUEST_MILLISECONDS_MAX),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    call: async (call) => {
      // Both generations of the PBX's events, each in both ways of sending. The old one does not say how long it rang, so
      // that an unanswered call in it proves nothing: rare, for the administrator to have one to look at.
      events += 1;
      const isOld = call.talkSeconds > 0 ? events % 2 === 0 : events % UNCLEAR_EVERY === 0;
      const sent = events % 4 < 2 ? 'json' : 'form';
      const shape: EventShape = `${isOld ? 'old' : 'v2'}-${sent}`;
      await callpicker.sendCall(`${program.address}/hooks/callpicker/${pbx}`, call, shape);
    },
    close: () => callpicker.close(),
  };
}

const UNCLEAR_EVERY = 12;
