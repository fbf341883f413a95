import type { SignedIn } from '../access/index.ts';
import { mayDo } from '../access/index.ts';
import { currentOrganization, type Fact } from '../decisions/index.ts';
import { becauseWords, type BecauseWords } from '../gate/index.ts';
import { lead as leadOf } from '../leads/index.ts';
import type { AnswerLanguage } from '../platform/http.ts';
import type { Instant } from '../platform/time.ts';
import { everybody } from '../staff/index.ts';
import { caseThen } from './case-of.ts';
import { isPending, type Claim } from './claim.ts';
import { claim as claimOf, claimsOnPerson, incubationsOfLead } from './claims-slice.ts';
import type { ClaimRow } from './claims-views.store.ts';
import { cited } from './clauses.ts';
import { mayRuleOnAppeal } from './confirm.ts';
import { editsOfLead, type LeadEdit } from './edits.ts';
import { imagesOfLead, type ImageAbout } from './images.store.ts';
import type { ClaimRouteParts } from './routes.ts';
import { rule, type Ruling } from './ruling.ts';
import type { Judged } from './what-counts.ts';

/** What this one may do with the claim now. */
export interface ClaimActs {
  readonly resend: boolean;
  readonly withdraw: boolean;
  readonly askStatus: boolean;
  readonly showEvidence: boolean;
  readonly sign: boolean;
  readonly confirm: boolean;
  readonly appeal: boolean;
  readonly ruleOnAppeal: boolean;
  readonly reportBreach: boolean;
}

export interface CaseView {
  readonly now: Instant;
  readonly zone: string;
  readonly me: string;
  readonly claim: Claim & Pick<ClaimRow, 'number' | 'leadHolder'>;
  readonly people: Readonly<Record<string, string>>;
  /** As the ruling would be now, or was judged: what counts, the terms, the gap. */
  readonly ruling: Pick<Ruling, 'outcome' | 'line' | 'clauses' | 'unmet' | 'terms' | 'gap'> | null;
  readonly judged: readonly Judged[];
  readonly heldFrom: Instant | null;
  readonly notifiedAt: Instant | null;
  readonly registeredAt: Instant;
  readonly incubations: readonly {
    readonly at: Instant;
    readonly nextContactOn: string;
    readonly evidence: boolean;
  }[];
  readonly others: readonly { readonly id: string; readonly state: string; readonly requestedAt: Instant }[];
  readonly edits: readonly LeadEdit[];
  readonly images: readonly ImageAbout[];
  readonly clauses: readonly BecauseWords[];
  readonly acts: ClaimActs;
}

/** One case as a page shows it: the rule itself is asked, with what it would have. */
export async function caseView(
  { database, house, packs }: ClaimRouteParts,
  who: SignedIn,
  row: ClaimRow,
  language: AnswerLanguage,
): Promise<CaseView> {
  const images = await database.inOrganization(who.organization.id, (tx) => imagesOfLead(tx, row.lead));
  const about = { fact: 'claim.confirmed', actor: who.person.id, claim: row.id } as Fact;
  return house.look(who.organization.id, [about], (decider): CaseView => {
    const { world, now, rulesAt } = decider;
    const claim = claimOf(world, row.id);
    const lead = leadOf(world, row.lead);
    if (claim === undefined || lead === undefined) throw new Error(`claim ${row.id} without its lead`);
    const organization = currentOrganization(world);
    const given = caseThen({ world, organization, rulesAt, now }, claim, lead);
    const holder = isPending(claim) ? given.holder : (claim.holder ?? given.holder);
    const ruling = claim.state === 'returned' ? null : rule({ ...given, holder });
    const seesAll = mayDo(who, 'claims.rule') || mayDo(who, 'claims.hear');
    const mine = who.person.id === claim.holder || who.person.id === lead.holder;
    // Whoever asks sees the other's follow-up once it is ruled on: before, it would tell what to answer.
    const seesEvidence = seesAll || mine || claim.ruledAt !== null;
    const refs = new Set([
      ...claim.because,
      ...cited(
        rulesAt(claim.requestedAt),
        'lead-reassignment',
        ...(ruling?.clauses ?? []),
        ...(ruling?.unmet ?? []),
      ),
      ...cited(
        rulesAt(claim.requestedAt),
        'lead-reassignment',
        'L3',
        'L4',
        'L5a',
        'L5c',
        'L5d',
        'L6a',
        'L7',
        'R9',
        'R10',
      ),
    ]);
    return {
      now,
      zone: organization.zone,
      me: who.person.id,
      claim: { ...claim, number: row.number, leadHolder: lead.holder },
      people: Object.fromEntries(everybody(world).map(({ id, name }) => [id, name])),
      ruling: seesEvidence ? ruling : null,
      judged: seesEvidence ? (ruling?.judged ?? []) : [],
      heldFrom: given.heldFrom,
      notifiedAt: claim.askedAt,
      registeredAt: lead.receivedAt,
      incubations: incubationsOfLead(world, lead.id),
      others: claimsOnPerson(world, lead.contact, lead.id)
        .filter(({ id }) => id !== claim.id)
        .map(({ id, state, requestedAt }) => ({ id, state, requestedAt })),
      edits: seesAll ? editsOfLead(world, lead.id) : [],
      images: images.filter(
        ({ id, uploadedBy }) => id === claim.image || seesEvidence || uploadedBy === who.person.id,
      ),
      clauses: [...refs].map((ref) =>
        becauseWords(ref, { packs, adoptions: organization.adoptions, language }),
      ),
      acts: actsOf(who, claim, lead.holder, { world, now }),
    };
  });
}

function actsOf(
  who: SignedIn,
  claim: Claim,
  leadHolder: string | null,
  { world, now }: { readonly world: Parameters<typeof mayRuleOnAppeal>[0]['world']; readonly now: Instant },
): ClaimActs {
  const me = who.person.id;
  const isRequester = me === claim.requester;
  const isHolder = me === (isPending(claim) ? (leadHolder ?? claim.holder) : claim.holder);
  const rules = mayDo(who, 'claims.rule');
  const inTime = claim.evidenceDueAt !== null && now <= claim.evidenceDueAt;
  return {
    resend: isRequester && claim.state === 'returned',
    withdraw: isRequester && isPending(claim),
    askStatus: rules && claim.state === 'open',
    showEvidence: me === claim.holder && claim.state === 'asked' && inTime,
    sign: (isRequester || isHolder) && isPending(claim),
    confirm: rules && claim.state === 'proposed',
    appeal:
      (isRequester || isHolder) &&
      claim.state === 'ruled' &&
      claim.appealedAt === null &&
      !(claim.line === 3 && !claim.otherwise),
    ruleOnAppeal:
      mayDo(who, 'claims.hear') &&
      claim.state === 'appealed' &&
      mayRuleOnAppeal({ world }, me, claim.ruledBy ?? 'clock'),
    reportBreach: rules,
  };
}
