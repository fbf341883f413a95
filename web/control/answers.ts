/** What the server tells of claims, parsed; each query's key begins with the topic of its live events. */
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { requestParts } from '../../src/claims/incomplete.ts';
import { instant, type Instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { clauseWords } from '../clauses.ts';
import { serverSays } from '../server-clock.ts';

const at = z.string().transform((text): Instant => instant(text));
const outcome = z.enum(['keep', 'reassign']);
export type Outcome = z.infer<typeof outcome>;

export const claimStates = [
  'returned',
  'waiting',
  'open',
  'asked',
  'proposed',
  'ruled',
  'appealed',
  'closed',
] as const;

const common = {
  id: z.string(),
  number: z.number(),
  lead: z.string(),
  leadHolder: z.string().nullable(),
  name: z.string().nullable(),
  requester: z.string(),
  requestedAt: at,
  state: z.enum(claimStates),
  missing: z.array(z.enum(requestParts)),
  holder: z.string().nullable(),
  handler: z.string().nullable(),
  askedAt: at.nullable(),
  evidenceDueAt: at.nullable(),
  exceptedUntil: at.nullable(),
  rulingDueAt: at.nullable(),
  rulingMissedAt: at.nullable(),
  outcome: outcome.nullable(),
  line: z.number().nullable(),
  ruledAt: at.nullable(),
  ruledOutcome: outcome.nullable(),
  ruledBy: z.string().nullable(),
  otherwise: z.boolean(),
  releasedAt: at.nullable(),
  appealedAt: at.nullable(),
  appealDueAt: at.nullable(),
  appealOutcome: outcome.nullable(),
  closedAt: at.nullable(),
  closedWhy: z.enum(['withdrawn', 'requester-left', 'requester-holds']).nullable(),
};
const claimRow = z.object(common);
export type ClaimRow = z.infer<typeof claimRow>;

const claims = z.object({
  now: at,
  me: z.string(),
  may: z.object({ request: z.boolean(), rule: z.boolean() }),
  rows: z.array(claimRow),
  people: z.record(z.string(), z.string()),
  rulings: z.array(
    z.object({ line: z.number().nullable(), outcome, otherwise: z.boolean(), count: z.number() }),
  ),
});
export type Claims = z.infer<typeof claims>;

export const claimsQuery = (open: boolean) =>
  queryOptions({
    queryKey: ['claims', 'list', open],
    queryFn: async ({ signal }) => {
      const answer = await ask(`/api/claims?open=${String(open)}`, claims, { signal });
      serverSays(answer.now);
      return answer;
    },
  });

const image = z.object({
  id: z.string(),
  sha256: z.string(),
  mediaType: z.string(),
  fileName: z.string(),
  takenAt: z.string().nullable(),
  uploadedBy: z.string(),
  uploadedAt: at,
});
export const keptImage = image;
export type KeptImage = z.infer<typeof image>;

export const whyNots = [
  'undated',
  'not-verifiable',
  'after-notification',
  'before-holding',
  'of-somebody-else',
] as const;

const judged = z.object({
  interaction: z.object({
    id: z.string(),
    at: at.nullable(),
    by: z.string().nullable(),
    direction: z.enum(['out', 'in']),
    channel: z.string(),
    answered: z.boolean().nullable(),
    recorded: z.boolean(),
  }),
  counts: z.boolean(),
  followUp: z.boolean(),
  sign: z.boolean(),
  whyNot: z.enum(whyNots).nullable(),
  clauses: z.array(z.string()),
});
export type Judged = z.infer<typeof judged>;

const oneCase = z.object({
  now: at,
  zone: z.string(),
  me: z.string(),
  claim: z.object({
    ...common,
    phone: z.string().nullable(),
    email: z.string().nullable(),
    source: z.string().nullable(),
    imageDatedOn: z.string().nullable(),
    image: z.string().nullable(),
    imageSha256: z.string().nullable(),
    firstContactShown: z.boolean(),
    waitsFor: z.string().nullable(),
    completedAt: at.nullable(),
    evidence: z.array(z.object({ number: z.number(), image: z.string().nullable() })),
    signatures: z.array(z.object({ person: z.string(), holder: z.string(), at })),
    because: z.array(z.string()),
    unmet: z.array(z.string()),
    proposedAt: at.nullable(),
    reasons: z.string().nullable(),
    appealedBy: z.string().nullable(),
    appealReasons: z.string().nullable(),
    appealRuledAt: at.nullable(),
    appealRuledBy: z.string().nullable(),
    appealRuling: z.string().nullable(),
  }),
  people: z.record(z.string(), z.string()),
  ruling: z
    .object({
      outcome,
      line: z.number(),
      clauses: z.array(z.string()),
      unmet: z.array(z.string()),
      terms: z.object({
        firstContactDueAt: at.nullable(),
        extensionFrom: at.nullable(),
        extensionEndsAt: at.nullable(),
        followedUpAt: at.nullable(),
        followUpDueOn: z.string().nullable(),
        protectedUntilOn: z.string().nullable(),
      }),
      gap: z.object({ from: at, to: at, days: z.number(), open: z.boolean() }).nullable(),
    })
    .nullable(),
  judged: z.array(judged),
  heldFrom: at.nullable(),
  notifiedAt: at.nullable(),
  registeredAt: at,
  incubations: z.array(z.object({ at, nextContactOn: z.string(), evidence: z.boolean() })),
  others: z.array(z.object({ id: z.string(), state: z.enum(claimStates), requestedAt: at })),
  edits: z.array(
    z.object({
      id: z.string(),
      at,
      by: z.string(),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      flags: z.array(z.enum(['under-claim', 'before-claim', 'of-the-staff', 'source'])),
    }),
  ),
  images: z.array(image),
  clauses: z.array(clauseWords),
  acts: z.object({
    resend: z.boolean(),
    withdraw: z.boolean(),
    askStatus: z.boolean(),
    showEvidence: z.boolean(),
    sign: z.boolean(),
    confirm: z.boolean(),
    appeal: z.boolean(),
    ruleOnAppeal: z.boolean(),
    reportBreach: z.boolean(),
  }),
});
export type Case = z.infer<typeof oneCase>;

export const caseQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ['claims', 'one', id, language],
    queryFn: async ({ signal }) => {
      const answer = await ask(`/api/claims/${encodeURIComponent(id)}`, oneCase, { signal });
      serverSays(answer.now);
      return answer;
    },
  });

const requested = z.object({ claim: z.string(), missing: z.array(z.enum(requestParts)) });

export interface RequestForm {
  lead: string | null;
  name: string;
  phone: string;
  email: string;
  source: string;
  image: string | null;
  imageDatedOn: string | null;
  firstContactShown: boolean;
}

/** `claim`: one that came back, sent again. */
export function sendRequest(form: RequestForm, claim: string | null): Promise<z.infer<typeof requested>> {
  const path = claim === null ? '/api/claims' : `/api/claims/${encodeURIComponent(claim)}/request`;
  const { lead, ...rest } = form;
  return ask(path, requested, { method: 'POST', body: { lead, ...rest } });
}

/** One act on a claim; what it answers is of no use, the live event brings what follows. */
export function actOn(claim: string, act: string, body: object = {}): Promise<unknown> {
  return ask(`/api/claims/${encodeURIComponent(claim)}/${act}`, z.unknown(), { method: 'POST', body });
}

const protection = z.object({
  now: at,
  term: z.enum(['R4', 'R5', 'R6', 'R8']).nullable(),
  dueAt: at.nullable(),
  missed: z.string().nullable(),
  frozen: z.object({ claim: z.string(), since: at }).nullable(),
  claims: z.array(z.string()),
  ruling: z.object({ outcome, line: z.number(), clauses: z.array(z.string()) }).nullable(),
});

export const protectionQuery = (lead: string) =>
  queryOptions({
    queryKey: ['leads', 'one', lead, 'protection'],
    queryFn: ({ signal }) => ask(`/api/leads/${encodeURIComponent(lead)}/protection`, protection, { signal }),
  });
