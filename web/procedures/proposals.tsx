import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconEye, IconHistoryToggle } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { FormFault, LongField, showDone, StatusBadge, When } from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { publishedSchema, type Procedure } from './answers.ts';
import { restsOn } from './draft.ts';
import { proposalsQuery, type Proposal, type Proposals } from './what-if-answers.ts';
import { WhatIfPart } from './what-if.tsx';
import { figureName, figureText, readingText, same } from './words-of.ts';
import classes from './what-if.module.css';

/** Versions that wait for a second pair of eyes: what each changes, what it would have made of a month, and the answer. */
export function ProposalsToSee({ procedures }: { procedures: readonly Procedure[] }): ReactNode {
  const t = useWords();
  const { data } = useQuery(proposalsQuery);
  const open = data?.proposals.filter(({ state }) => state === 'open') ?? [];
  if (data === undefined || open.length === 0) return null;
  return (
    <section className={classes['proposals']} aria-label={t('procedures.proposals')}>
      {open.map((proposal) => {
        const procedure = procedures.find(({ name }) => name === proposal.procedure);
        return procedure === undefined ? null : (
          <Card key={proposal.id} proposal={proposal} procedure={procedure} all={data} />
        );
      })}
    </section>
  );
}

function Card({
  proposal,
  procedure,
  all,
}: {
  proposal: Proposal;
  procedure: Procedure;
  all: Proposals;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const mayPublish = useMay('procedures.publish');
  const [looking, setLooking] = useState(false);
  const own = proposal.proposedBy === all.me;
  const { adoption } = proposal;
  return (
    <article className={classes['proposal']}>
      <header className={classes['head']}>
        <h3>
          {t('procedures.proposal.title', {
            procedure: procedure.title,
            date: figures.day(adoption.effectiveOn),
          })}
        </h3>
        <StatusBadge tone="soon" icon={IconEye}>
          {t('procedures.proposal.open')}
        </StatusBadge>
      </header>
      <p className={classes['soft']}>
        {t('procedures.proposal.by', { who: proposal.proposedByName ?? proposal.proposedBy })}{' '}
        <When at={proposal.proposedAt} as="moment" />
      </p>
      <Changes proposal={proposal} procedure={procedure} />
      {proposal.outdated ? <p>{t('procedures.proposal.outdated')}</p> : null}
      {mayPublish ? (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            justify="flex-start"
            aria-expanded={looking}
            leftSection={<IconHistoryToggle size={16} aria-hidden />}
            onClick={() => setLooking(!looking)}
          >
            {t(looking ? 'procedures.proposal.hide' : 'procedures.proposal.see')}
          </Button>
          {looking ? <WhatIfPart procedure={proposal.procedure} draft={adoption} /> : null}
          <Answer proposal={proposal} own={own && all.fourEyes && all.others.length > 0} all={all} />
        </>
      ) : null}
    </article>
  );
}

/** Against the version that would hold on that day without it. */
function Changes({ proposal, procedure }: { proposal: Proposal; procedure: Procedure }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { adoption } = proposal;
  const base = restsOn(procedure.versions, adoption.effectiveOn);
  const tokens = new Set([...Object.keys(base?.readings ?? {}), ...Object.keys(adoption.readings)]);
  const readings = [...tokens].flatMap((token) => {
    const reading = procedure.readings.find((each) => each.token === token);
    if (reading === undefined) return [];
    const [was, is] = [base?.readings[token] ?? reading.default, adoption.readings[token] ?? reading.default];
    if (same(was, is)) return [];
    const text = (value: unknown): string => readingText(t, figures, reading, value);
    return [{ key: token, name: reading.clauses.join(', '), was: text(was), is: text(is) }];
  });
  const counted = procedure.clauses.flatMap(({ id, written }) =>
    Object.entries(written).flatMap(([name, document]) => {
      const was = base?.parameters[id]?.[name] ?? document;
      const is = adoption.parameters[id]?.[name] ?? document;
      if (same(was, is)) return [];
      const text = (value: unknown): string => figureText(t, figures, name, value);
      return [{ key: `${id} ${name}`, name: `${id} · ${figureName(t, name)}`, was: text(was), is: text(is) }];
    }),
  );
  return (
    <ul className={classes['changes']}>
      {[...readings, ...counted].map(({ key, name, was, is }) => (
        <li key={key}>
          <span className={classes['soft']}>{name}: </span>
          {was} → <strong>{is}</strong>
        </li>
      ))}
    </ul>
  );
}

function Answer({ proposal, own, all }: { proposal: Proposal; own: boolean; all: Proposals }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const [rejecting, setRejecting] = useState(false);
  const [reasons, setReasons] = useState('');
  const path = `/api/procedures/proposals/${encodeURIComponent(proposal.id)}`;
  const answering = useMutation({
    mutationFn: (act: 'publish' | 'reject' | 'withdraw') =>
      ask(`${path}/${act}`, act === 'publish' ? publishedSchema : z.unknown(), {
        method: 'POST',
        ...(act === 'reject' ? { body: { reasons } } : {}),
      }),
    onSuccess: async (_answer, act) => {
      await client.invalidateQueries({ queryKey: ['settings'] });
      if (act === 'publish') showDone(t('procedures.published'));
      else showDone(t(act === 'reject' ? 'procedures.proposal.rejected' : 'procedures.proposal.withdrawn'));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    answering.mutate('reject');
  };
  const isAuthor = proposal.proposedBy === all.me;
  return (
    <>
      {own ? (
        <p className={classes['soft']}>{t('procedures.proposal.own', { others: all.others.join(', ') })}</p>
      ) : null}
      {isAuthor && !own && all.fourEyes ? (
        <p className={classes['soft']}>{t('procedures.published-alone')}</p>
      ) : null}
      {rejecting ? (
        <form onSubmit={submit}>
          <LongField
            label={t('procedures.proposal.reasons')}
            description={t('procedures.proposal.reasons-help')}
            required
            autoFocus
            value={reasons}
            onChange={(event) => setReasons(event.currentTarget.value)}
          />
          <div className={classes['acts']}>
            <Button variant="default" onClick={() => setRejecting(false)}>
              {t('procedures.cancel')}
            </Button>
            <Button type="submit" color="red" disabled={reasons.trim() === ''} loading={answering.isPending}>
              {t('procedures.proposal.reject')}
            </Button>
          </div>
        </form>
      ) : null}
      <FormFault error={answering.error} />
      {rejecting ? null : (
        <div className={classes['acts']}>
          {isAuthor ? (
            <Button
              variant="default"
              loading={answering.isPending && answering.variables === 'withdraw'}
              onClick={() => answering.mutate('withdraw')}
            >
              {t('procedures.proposal.withdraw')}
            </Button>
          ) : (
            <Button variant="default" onClick={() => setRejecting(true)}>
              {t('procedures.proposal.reject')}
            </Button>
          )}
          {own || proposal.outdated ? null : (
            <Button
              loading={answering.isPending && answering.variables === 'publish'}
              onClick={() => answering.mutate('publish')}
            >
              {t('procedures.publish', { date: figures.day(proposal.adoption.effectiveOn) })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** Of a version in the list: who proposed it, who published it, and whether alone. */
export function whoLooked(
  proposals: readonly Proposal[],
  procedure: string,
  version: { readonly effectiveOn: string; readonly version: string | null },
): Proposal | undefined {
  return proposals.find(
    ({ state, adoption }) =>
      state === 'adopted' &&
      adoption.procedure === procedure &&
      adoption.effectiveOn === version.effectiveOn &&
      adoption.version === version.version,
  );
}
