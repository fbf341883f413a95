import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Case, Judged } from './answers.ts';
import { imageAddress, nameIn } from './case-view.tsx';
import classes from './control.module.css';
import { channelText } from './words-of.ts';

/** Everything there is of the holder's follow-up: what counts, what does not and why. */
export function EvidenceList({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const { judged, claim, acts } = data;
  const counting = judged.filter(({ counts }) => counts).length;
  return (
    <section className={classes['part']}>
      <h2>{t('control.evidence.title')}</h2>
      {data.ruling === null ? (
        <p className={classes['help']}>{t('control.evidence.hidden')}</p>
      ) : (
        <p className={classes['help']}>
          {judged.length === 0
            ? t('control.evidence.none')
            : t('control.evidence.counted', { counting: String(counting), all: String(judged.length) })}{' '}
          {acts.showEvidence && claim.evidenceDueAt !== null ? t('control.evidence.by-itself') : null}
        </p>
      )}
      {judged.map((each) => (
        <Row key={each.interaction.id} each={each} data={data} />
      ))}
    </section>
  );
}

function Row({ each, data }: { each: Judged; data: Case }): ReactNode {
  const t = useWords();
  const { interaction, counts, whyNot } = each;
  const image = imageOf(data, interaction.id);
  return (
    <div className={classes['evidence']}>
      <span className={classes['when']}>
        {interaction.at === null ? t('control.evidence.undated') : <When at={interaction.at} as="moment" />}
      </span>
      <span>
        {channelText(t, interaction.channel)} ·{' '}
        {interaction.direction === 'out'
          ? t('control.evidence.out', { who: nameIn(data, interaction.by) })
          : t('control.evidence.in')}
        {interaction.answered === true ? ` · ${t('control.evidence.answered')}` : ''}
        {interaction.answered === false ? ` · ${t('control.evidence.unanswered')}` : ''}
        <small> {t(interaction.recorded ? 'control.evidence.recorded' : 'control.evidence.sent')}</small>
        {image === null ? null : (
          <>
            {' '}
            <a href={imageAddress(data.claim.id, image)} target="_blank" rel="noreferrer">
              {t('control.evidence.image')}
            </a>
          </>
        )}
      </span>
      {counts || whyNot === null ? (
        <StatusBadge tone="good" icon={IconCircleCheck}>
          {t('control.evidence.counts')}
        </StatusBadge>
      ) : (
        <StatusBadge tone="quiet" icon={IconCircleX}>
          {t(`control.why-not.${whyNot}`)} ({each.clauses.join(', ')})
        </StatusBadge>
      )}
    </div>
  );
}

function imageOf({ claim }: Case, id: string): string | null {
  const number = id.startsWith('evidence:') ? Number(id.slice('evidence:'.length)) : null;
  return claim.evidence.find((each) => each.number === number)?.image ?? null;
}
