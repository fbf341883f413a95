import { isDeepStrictEqual } from 'node:util';

import {
  asJson,
  currentOrganization,
  tell,
  type Deciding,
  type Fact,
  type ProcedureAdopted,
  type Refusal,
} from '../decisions/index.ts';
import { houseRule, type Adoption } from '../procedures/index.ts';
import { everybody, person, type Person } from '../staff/index.ts';
import { allProposals, proposal as proposalOf, type Proposal } from './proposals.ts';

export interface ProcedureProposed extends Fact {
  readonly fact: 'procedure.proposed';
  readonly proposal: string;
  readonly by: string;
  readonly adoption: Adoption;
}

export interface ProcedureRejected extends Fact {
  readonly fact: 'procedure.rejected';
  readonly proposal: string;
  readonly by: string;
  readonly reasons: string;
}

export interface ProcedureWithdrawn extends Fact {
  readonly fact: 'procedure.withdrawn';
  readonly proposal: string;
  readonly by: string;
}

const because = [houseRule('four-eyes')];
const FACTS = [houseRule('facts')];

/** Who may publish by their place in the organization. */
function mayPublish({ role, leftAt }: Person): boolean {
  return leftAt === null && (role === 'direction' || role === 'administrator');
}

/** Who else could look at what this person proposes. */
export function othersWhoPublish(people: readonly Person[], by: string): Person[] {
  return people.filter((each) => mayPublish(each) && each.id !== by);
}

export function propose(fact: ProcedureProposed, deciding: Deciding): Refusal | void {
  const { world, organization } = deciding;
  if (person(world, fact.by) === undefined) return { refused: 'no-such-person', because: FACTS };
  if (proposalOf(world, fact.proposal) !== undefined) return { refused: 'proposal-exists', because: FACTS };
  const { procedure, effectiveOn } = fact.adoption;
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { proposal: fact.proposal, by: fact.by, adoption: asJson(fact.adoption) },
  });
  if (!organization.settings.fourEyes) return undefined;
  for (const { id } of othersWhoPublish(everybody(world), fact.by))
    tell(deciding, {
      to: id,
      about: 'procedure.proposed',
      because,
      values: { procedure, effectiveOn, by: fact.by },
    });
  return undefined;
}

/**
 * What stands against publishing: a proposal that is over or is another than was seen, and with four eyes asked for, that
 * the second pair is missing. What nobody's name stands under was adopted with the installation itself.
 */
export function mayAdopt(fact: ProcedureAdopted, deciding: Deciding): Refusal | void {
  if (fact.by === undefined) return undefined;
  const { world } = deciding;
  const asked = fact.proposal === undefined ? undefined : proposalOf(world, fact.proposal);
  if (fact.proposal !== undefined) {
    if (asked === undefined) return { refused: 'no-such-proposal', because: FACTS };
    if (asked.state !== 'open') return { refused: 'proposal-closed', because };
    if (!isDeepStrictEqual(asJson(asked.adoption), asJson(fact.adoption)))
      return { refused: 'proposal-changed', because };
    if (isOutdated(deciding, asked)) return { refused: 'proposal-outdated', because };
  }
  if (!currentOrganization(world).settings.fourEyes) return undefined;
  const author = asked?.proposedBy ?? fact.by;
  if (author !== fact.by || othersWhoPublish(everybody(world), author).length === 0) return undefined;
  return { refused: 'second-person-needed', because };
}

/** A version that was proposed before another was published says nothing of what that one changed, and would undo it. */
function isOutdated({ world }: Deciding, { procedure, id, proposedAt }: Proposal): boolean {
  return allProposals(world).some(
    (each) =>
      each.id !== id &&
      each.procedure === procedure &&
      each.state === 'adopted' &&
      (each.decidedAt ?? '') >= proposedAt,
  );
}

/** It is in force; who could not be looked at is said to have been alone, and who proposed it is told. */
export function adopted(fact: ProcedureAdopted, deciding: Deciding): void {
  const { by, proposal: id } = fact;
  if (by === undefined) return;
  const { world } = deciding;
  const asked = id === undefined ? undefined : proposalOf(world, id);
  const { procedure, effectiveOn } = fact.adoption;
  const author = asked?.proposedBy ?? by;
  const { fourEyes } = currentOrganization(world).settings;
  if (fourEyes && author === by)
    deciding.record({
      entry: 'procedure.published-alone',
      kind: 'decision',
      because,
      person: by,
      fields: { ...(id === undefined ? {} : { proposal: id }), by, procedure, effectiveOn },
    });
  if (author !== by) tellAuthor(deciding, author, { procedure, effectiveOn, by, outcome: 'adopted' });
}

export function reject(fact: ProcedureRejected, deciding: Deciding): Refusal | void {
  const asked = openProposal(deciding, fact.proposal);
  if ('refused' in asked) return asked;
  if (fact.reasons.trim() === '') return { refused: 'reasons-needed', because };
  if (asked.proposedBy === fact.by) return { refused: 'own-proposal', because };
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { proposal: fact.proposal, by: fact.by },
    personal: { reasons: fact.reasons },
  });
  const { procedure, effectiveOn } = asked.adoption;
  tellAuthor(deciding, asked.proposedBy, { procedure, effectiveOn, by: fact.by, outcome: 'rejected' });
  return undefined;
}

export function withdraw(fact: ProcedureWithdrawn, deciding: Deciding): Refusal | void {
  const asked = openProposal(deciding, fact.proposal);
  if ('refused' in asked) return asked;
  if (asked.proposedBy !== fact.by) return { refused: 'not-own-proposal', because };
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    person: fact.by,
    fields: { proposal: fact.proposal, by: fact.by },
  });
  return undefined;
}

function openProposal({ world }: Deciding, id: string): Proposal | Refusal {
  const asked = proposalOf(world, id);
  if (asked === undefined) return { refused: 'no-such-proposal', because: FACTS };
  return asked.state === 'open' ? asked : { refused: 'proposal-closed', because };
}

function tellAuthor(deciding: Deciding, to: string, values: { readonly [name: string]: string }): void {
  tell(deciding, { to, about: 'procedure.decided', because, values });
}
