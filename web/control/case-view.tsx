import { Anchor, Skeleton } from '@mantine/core';
import { IconFileTypePdf, IconSnowflake } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { inWordsOf } from '../clauses.ts';
import { Countdown, ErrorState, Facts, StatusBadge, When, Why, WhyBody } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useLanguage, useWords } from '../words.ts';
import { caseQuery, type Case } from './answers.ts';
import { CaseActs } from './case-acts.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import { Standing } from './cases.tsx';
import classes from './control.module.css';
import { EvidenceList } from './evidence-list.tsx';
import { dueOf, lineText, outcomeText } from './words-of.ts';

/** One case whole: where it stands, what may be done, the terms drawn, what counts and why, what was asked and changed. */
export function CaseView({ id, wide = false }: { id: string; wide?: boolean }): ReactNode {
  const answer = useQuery(caseQuery(id, useLanguage()));
  if (answer.error !== null && answer.data === undefined)
    return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={280} />;
  return <Shown data={answer.data} wide={wide} />;
}

function Shown({ data, wide }: { data: Case; wide: boolean }): ReactNode {
  const t = useWords();
  const { claim } = data;
  return (
    <div className={classes['case']} data-wide={wide}>
      <div className={classes['main']}>
        <Head data={data} />
        <CaseActs data={data} />
        <Ruled data={data} />
        {claim.state === 'returned' ? null : <CaseTimeline data={data} />}
        {claim.askedAt === null ? null : <EvidenceList data={data} />}
      </div>
      <div className={classes['aside']}>
        <Asked data={data} />
        <Signatures data={data} />
        <Edits data={data} />
        <Anchor
          className={classes['file']}
          href={`/api/claims/${encodeURIComponent(claim.id)}/file.pdf`}
          target="_blank"
        >
          <IconFileTypePdf size={16} aria-hidden /> {t('control.case.file')}
        </Anchor>
      </div>
    </div>
  );
}

function Head({ data: { claim } }: { data: Case }): ReactNode {
  const t = useWords();
  const due = dueOf(claim);
  return (
    <div className={classes['head']}>
      <Standing row={claim} />
      {claim.askedAt !== null && claim.releasedAt === null ? (
        <StatusBadge tone="busy" icon={IconSnowflake}>
          {t('control.case.frozen')}
        </StatusBadge>
      ) : null}
      {due === null ? null : (
        <span className={classes['due']}>
          {t('control.case.ruling-due')}{' '}
          <Countdown {...due} label={t('control.case.ruling-due')} own={false} />
        </span>
      )}
    </div>
  );
}

/** What is proposed, or was ruled, with its reason. */
function Ruled({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const { claim, clauses } = data;
  const outcome = claim.appealOutcome ?? claim.ruledOutcome ?? claim.outcome;
  if (claim.state === 'returned')
    return (
      <p className={classes['said']} data-tone="soon">
        {t('control.case.missing', {
          parts: claim.missing.map((part) => t(`control.missing.${part}`)).join(', '),
        })}
      </p>
    );
  if (claim.state === 'closed' && claim.closedWhy !== null)
    return <p className={classes['said']}>{t(`control.closed.${claim.closedWhy}`)}</p>;
  if (outcome === null) return null;
  const sentence = claim.otherwise ? t('control.otherwise') : lineText(t, claim.line);
  const who = claim.ruledBy === 'clock' ? t('control.by-itself') : nameIn(data, claim.ruledBy);
  return (
    <section
      className={classes['said']}
      data-tone={outcome === 'keep' ? 'good' : 'accent'}
      aria-label={t('control.col.ruling')}
    >
      <strong>{outcomeText(t, outcome)}</strong>
      <span>
        {sentence}{' '}
        <Why>
          <WhyBody
            sentence={sentence}
            because={claim.because}
            inWords={inWordsOf(t, clauses)}
            facts={data.judged
              .filter(({ counts }) => counts)
              .flatMap(({ interaction, followUp }) =>
                interaction.at === null
                  ? []
                  : [
                      {
                        at: interaction.at,
                        text: t(followUp ? 'control.fact.follow-up' : 'control.fact.client'),
                      },
                    ],
              )}
          />
        </Why>
      </span>
      <small>
        {claim.ruledAt === null ? t('control.case.proposed') : t('control.case.ruled-by', { who })}{' '}
        {claim.ruledAt === null ? null : <When at={claim.ruledAt} as="moment" />}
      </small>
      {claim.unmet.length === 0 ? null : (
        <small>{t('control.case.unmet', { clauses: claim.unmet.join(', ') })}</small>
      )}
      {claim.reasons === null ? null : <blockquote>{claim.reasons}</blockquote>}
      {claim.appealedAt === null ? null : (
        <small>
          {t('control.case.appealed', { who: nameIn(data, claim.appealedBy) })}: {claim.appealReasons}
        </small>
      )}
      {claim.appealRuledAt === null ? null : (
        <small>
          {t('control.case.appeal-ruled', { who: nameIn(data, claim.appealRuledBy) })}: {claim.appealRuling}
        </small>
      )}
    </section>
  );
}

export function nameIn({ people }: Pick<Case, 'people'>, id: string | null): string {
  return id === null ? '—' : (people[id] ?? id);
}

function Asked({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { claim, images } = data;
  const image = images.find(({ id }) => id === claim.image);
  return (
    <section className={classes['part']}>
      <h2>{t('control.case.request')}</h2>
      <Facts>
        <dt>{t('control.col.requester')}</dt>
        <dd>{nameIn(data, claim.requester)}</dd>
        <dt>{t('control.form.name')}</dt>
        <dd>{claim.name ?? '—'}</dd>
        <dt>{t('control.form.phone')}</dt>
        <dd translate="no">{claim.phone ?? '—'}</dd>
        <dt>{t('control.form.email')}</dt>
        <dd translate="no">{claim.email ?? '—'}</dd>
        <dt>{t('control.form.source')}</dt>
        <dd>{claim.source ?? '—'}</dd>
        <dt>{t('control.form.dated-on')}</dt>
        <dd>{claim.imageDatedOn === null ? '—' : figures.day(claim.imageDatedOn)}</dd>
        {image?.takenAt == null ? null : (
          <>
            <dt>{t('control.case.taken-at')}</dt>
            <dd>{image.takenAt.replace('T', ' ')}</dd>
          </>
        )}
      </Facts>
      {image === undefined ? null : (
        <a
          href={imageAddress(claim.id, image.id)}
          target="_blank"
          rel="noreferrer"
          className={classes['picture']}
        >
          {/* Phones photograph in HEIC, which most browsers do not show: it is opened with a program that does. */}
          {image.mediaType === 'image/heic' ? (
            <span>
              {t('control.case.image-of-source')} · {image.fileName}
            </span>
          ) : (
            <img
              src={imageAddress(claim.id, image.id)}
              alt={t('control.case.image-of-source')}
              loading="lazy"
            />
          )}
        </a>
      )}
      {claim.imageSha256 === null ? null : (
        <small className={classes['hash']} title={claim.imageSha256}>
          {t('control.case.sealed')} <span translate="no">SHA-256 {claim.imageSha256}</span>
        </small>
      )}
    </section>
  );
}

export function imageAddress(claim: string, image: string): string {
  return `/api/claims/${encodeURIComponent(claim)}/images/${encodeURIComponent(image)}`;
}

function Signatures({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const { signatures } = data.claim;
  if (signatures.length === 0) return null;
  return (
    <section className={classes['part']}>
      <h2>{t('control.case.agreement')}</h2>
      {signatures.map(({ person, holder, at }) => (
        <p key={person}>
          {t('control.case.signed', { who: nameIn(data, person), holder: nameIn(data, holder) })}{' '}
          <When at={at} as="moment" />
        </p>
      ))}
    </section>
  );
}

/** The history of every change to the lead's data: for the control area and those above it. */
function Edits({ data }: { data: Case }): ReactNode {
  const t = useWords();
  if (data.edits.length === 0) return null;
  return (
    <section className={classes['part']}>
      <h2>{t('control.case.edits')}</h2>
      {data.edits.map(({ id, at, by, field, before, after, flags }) => (
        <p key={id} data-flagged={flags.length > 0}>
          <strong>{fieldText(t, field)}</strong>: <s>{before ?? '—'}</s> → {after ?? '—'}
          <br />
          <small>
            {nameIn(data, by)}, <When at={at} as="moment" />
            {flags.length === 0 ? '' : ` · ${flags.map((flag) => t(`control.flag.${flag}`)).join(', ')}`}
          </small>
        </p>
      ))}
    </section>
  );
}

const FIELDS = ['name', 'phone', 'email', 'source'] as const;

function fieldText(t: ReturnType<typeof useWords>, field: string): string {
  const known = FIELDS.find((each) => each === field);
  return known === undefined ? field : t(`control.form.${known}`);
}
