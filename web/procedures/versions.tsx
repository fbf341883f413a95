import { useQuery } from '@tanstack/react-query';
import { IconCalendarCheck, IconCalendarEvent, IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import type { Figures } from '../figures.ts';
import type { Procedure, Version } from './answers.ts';
import { Part } from './clause-view.tsx';
import classes from './procedures.module.css';
import { whoLooked } from './proposals.tsx';
import { proposalsQuery } from './what-if-answers.ts';
import { figureName, figureText, readingText } from './words-of.ts';

/** The procedure's versions, latest first, each with all in which it differs from the document. */
export function Versions({ procedure, today }: { procedure: Procedure; today: string }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const latestFirst = procedure.versions.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? 1 : -1));
  return (
    <Part title={t('procedures.versions')}>
      {latestFirst.length === 0 ? (
        <p className={classes['soft']}>{t('procedures.no-versions')}</p>
      ) : (
        <ol className={classes['versions']}>
          {latestFirst.map((version) => (
            <li key={version.effectiveOn}>
              <span className={classes['versionDate']}>{figures.day(version.effectiveOn)}</span>
              <When version={version} procedure={procedure} today={today} />
              <ul>
                <Looked procedure={procedure.name} version={version} />
                {differences(t, figures, procedure, version).map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </Part>
  );
}

/** Who proposed it and who published it; nothing of those that came with the installation. */
function Looked({ procedure, version }: { procedure: string; version: Version }): ReactNode {
  const t = useWords();
  const { data } = useQuery(proposalsQuery);
  const own = whoLooked(data?.proposals ?? [], procedure, version);
  if (own === undefined) return null;
  const [by, who] = [own.proposedByName ?? own.proposedBy, own.decidedByName ?? own.decidedBy ?? ''];
  return (
    <li>
      {own.alone ? t('procedures.proposal.alone', { who }) : t('procedures.proposal.looked-at', { by, who })}
    </li>
  );
}

function When({
  version,
  procedure,
  today,
}: {
  version: Version;
  procedure: Procedure;
  today: string;
}): ReactNode {
  const t = useWords();
  if (version.effectiveOn > today)
    return (
      <StatusBadge tone="busy" icon={IconCalendarEvent}>
        {t('procedures.coming')}
      </StatusBadge>
    );
  return version.effectiveOn === procedure.inForce?.version ? (
    <StatusBadge tone="good" icon={IconCalendarCheck}>
      {t('procedures.holds')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="quiet" icon={IconHistory}>
      {t('procedures.before')}
    </StatusBadge>
  );
}

function differences(t: Say, figures: Figures, procedure: Procedure, version: Version): string[] {
  const readings = Object.entries(version.readings).map(([token, value]) => {
    const reading = procedure.readings.find((each) => each.token === token);
    return `${(reading?.clauses ?? []).join(', ')} · ${
      reading === undefined ? token : readingText(t, figures, reading, value)
    }`;
  });
  const changed = Object.entries(version.parameters).flatMap(([clause, values]) =>
    Object.entries(values).map(
      ([name, value]) => `${clause} · ${figureName(t, name)}: ${figureText(t, figures, name, value)}`,
    ),
  );
  const lines = [...readings, ...changed];
  return lines.length === 0 ? [t('procedures.as-document')] : lines;
}
