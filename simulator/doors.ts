import type { Program } from '../src/main.ts';
import { systemClock } from '../src/platform/time.ts';
import { arrivalFact } from './arrival-fact.ts';
import {
  startCallpicker,
  type CallpickerServer,
  type EventShape,
  type FakeCall,
} from './fakes/callpicker-server.ts';
import type { LeadBody } from './lead-bodies.ts';
import type { SampleOrganization } from './sample-organization.ts';

/** How the pretend world reaches the product: by the same addresses as everybody else. */
export interface Doors {
  /** The status answered. */
  lead(body: LeadBody): Promise<number>;
  call(call: FakeCall, lead: string): Promise<void>;
  close(): Promise<void>;
}

export interface DoorParts {
  readonly program: Pick<Program, 'address' | 'house' | 'http'>;
  readonly organization: string;
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
    seed,
  });
  if (!program.http.app.hasRoute({ method: 'POST', url: '/api/leads' }))
    return throughTheHouse(parts, callpicker);
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
      // Both generations of the PBX's events, each in both ways of sending.
      const shape = SHAPES[(events += 1) % SHAPES.length] ?? 'v2-json';
      await callpicker.sendCall(`${program.address}/hooks/callpicker/${pbx}`, call, shape);
    },
    close: () => callpicker.close(),
  };
}

const SHAPES: readonly EventShape[] = ['v2-json', 'old-form', 'v2-form', 'old-json'];

/** Until the intake's routes are there: the facts that they would submit. To be deleted with them landed. */
function throughTheHouse({ program, organization, sample }: DoorParts, callpicker: CallpickerServer): Doors {
  const submit = (fact: { readonly fact: string; readonly actor: string }) =>
    program.house.submit(organization, fact);
  let calls = 0;
  return {
    lead: async (body) => {
      await submit(arrivalFact(body, sample, { lead: crypto.randomUUID(), now: systemClock.now() }));
      return 201;
    },
    call: async (call, lead) => {
      const { direction, ringSeconds, talkSeconds } = call;
      const by = sample.staff.find(({ name }) => name === call.advisor)?.id ?? null;
      const times = {
        startedAt: new Date(call.startedAt).toISOString(),
        answered: talkSeconds > 0,
        ringSeconds,
        talkSeconds,
      };
      const id = `${process.pid}-${call.startedAt}-${(calls += 1)}`;
      await submit({
        fact: 'call.reported',
        actor: 'pbx',
        call: id,
        by,
        lead,
        direction,
        ...times,
      } as Parameters<typeof submit>[0]);
    },
    close: () => callpicker.close(),
  };
}
