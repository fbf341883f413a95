import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheckFilled,
  IconPencil,
  IconTargetArrow,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { entryText } from '../entry-words.ts';
import { ErrorState, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { decisionsQuery, type Clause, type ClauseDecision, type Procedure, type Reading } from './answers.ts';
import classes from './procedures.module.css';
import { PublishForm } from './publish-form.tsx';
import { effectTitle, StandingMark, standingText } from './standing.tsx';
import { Versions } from './versions.tsx';
import { figureName, figureText, readingText, same, wordOr } from './words-of.ts';

interface Props {
  procedure: Procedure;
  clause: Clause;
  today: string;
}

/** Everything behind one clause, and the way to change how it is read. */
export function ClauseView({ procedure, clause, today }: Props): ReactNode {
  const t = useWords();
  const mayPublish = useMay('procedures.publish');
  const maySee = useMay('journal.see');
  const [changing, setChanging] = useState(false);
  const readings = procedure.readings.filter(({ token }) => clause.readings.includes(token));
  const figures = Object.entries(clause.parameters);
  // One way to read it is nothing to choose.
  const toChoose = readings.filter(({ alternatives, type }) => type !== 'choice' || alternatives.length > 1);
  const changeable = toChoose.length > 0 || figures.length > 0;
  const wanted = mayPublish && !changing && (changeable || procedure.inForce === null);
  return (
    <article className={classes['clause']}>
      <header className={classes['clauseHead']}>
        <div className={classes['clauseName']}>
          <span>{procedure.title}</span>
          <h2>{t('procedures.clause', { id: clause.id })}</h2>
          <StandingMark procedure={procedure} clause={clause} />
        </div>
        {wanted ? (
          <Button
            variant="light"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setChanging(true)}
          >
            {t(procedure.inForce === null ? 'procedures.adopt' : 'procedures.change')}
          </Button>
        ) : null}
      </header>
      <blockquote className={classes['text']}>{clause.text}</blockquote>
      <p className={classes['kindHelp']}>{standingText(t, procedure, clause)}</p>
      {changing ? (
        <PublishForm
          procedure={procedure}
          clause={clause}
          readings={toChoose}
          today={today}
          close={() => setChanging(false)}
        />
      ) : null}
      <Part title={effectTitle(t, procedure, clause)}>
        <p>{clause.effect}</p>
        {clause.who.length > 0 ? (
          <p className={classes['soft']}>
            {t('procedures.who', {
              who: clause.who.map((role) => wordOr(t, 'procedures.who-is', role)).join(', '),
            })}
          </p>
        ) : null}
      </Part>
      {figures.length > 0 ? <FigureList clause={clause} /> : null}
      {readings.map((reading) => (
        <ReadingPart key={reading.token} reading={reading} />
      ))}
      <Behind clause={clause} />
      {maySee ? <Decisions procedure={procedure.name} clause={clause.id} /> : null}
      <Versions procedure={procedure} today={today} />
      {procedure.note === null ? null : (
        <Part title={t('procedures.note')}>
          <p>{procedure.note}</p>
        </Part>
      )}
    </article>
  );
}

export function Part({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={classes['part']}>
      <div className={classes['partHead']}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

function FigureList({ clause }: { clause: Clause }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <Part title={t('procedures.figures')}>
      <dl className={classes['figures']}>
        {Object.entries(clause.parameters).map(([name, value]) => (
          <div key={name}>
            <dt>{figureName(t, name)}</dt>
            <dd>
              <strong>{figureText(t, figures, name, value)}</strong>
              {same(value, clause.written[name]) ? null : (
                <span className={classes['soft']}>
                  {t('procedures.as-written', { value: figureText(t, figures, name, clause.written[name]) })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

/** The ways to read it, the one in force marked by sign and word. */
function ReadingPart({ reading }: { reading: Reading }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const ways = reading.alternatives.filter((each) => 'value' in each);
  const isOneOf = ways.some((each) => same(each.value, reading.value));
  return (
    <Part title={t('procedures.reading')} aside={<code className={classes['token']}>{reading.token}</code>}>
      <p>{reading.question}</p>
      <ul className={classes['ways']}>
        {isOneOf ? null : (
          <li data-chosen="true">
            <IconCircleCheckFilled size={17} aria-hidden />
            <span>
              {readingText(t, figures, reading, reading.value)}
              <em>{t('procedures.chosen')}</em>
              {same(reading.value, reading.default) ? <em>{t('procedures.usual')}</em> : null}
            </span>
          </li>
        )}
        {ways.map((way) => {
          const chosen = same(way.value, reading.value);
          const Mark = chosen ? IconCircleCheckFilled : IconCircle;
          return (
            <li key={JSON.stringify(way.value)} data-chosen={chosen}>
              <Mark size={17} aria-hidden />
              <span>
                {way.label}
                {chosen ? <em>{t('procedures.chosen')}</em> : null}
                {same(way.value, reading.default) ? <em>{t('procedures.usual')}</em> : null}
              </span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Behind({ clause }: { clause: Clause }): ReactNode {
  const t = useWords();
  return (
    <Part title={t('procedures.behind')}>
      <div className={classes['behind']}>
        <Places title={t('procedures.rules')} found={clause.rules} missing={t('procedures.rules-missing')} />
        <Places title={t('procedures.tests')} found={clause.tests} missing={t('procedures.tests-missing')} />
      </div>
    </Part>
  );
}

function Places({
  title,
  found,
  missing,
}: {
  title: string;
  found: readonly string[];
  missing: string;
}): ReactNode {
  return (
    <div>
      <h4>{title}</h4>
      {found.length === 0 ? (
        <StatusBadge tone="soon" icon={IconAlertTriangle}>
          {missing}
        </StatusBadge>
      ) : (
        <ul className={classes['places']}>
          {found.map((place) => (
            <li key={place}>
              <code>{place}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const DECISIONS_FIRST = 6;

function Decisions({ procedure, clause }: { procedure: string; clause: string }): ReactNode {
  const t = useWords();
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery(decisionsQuery(procedure, clause));
  const shown = data?.decisions.slice(0, all ? undefined : DECISIONS_FIRST);
  return (
    <Part title={t('procedures.decisions')}>
      {shown === undefined ? (
        error === null ? (
          <RowsShape rows={3} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : shown.length === 0 ? (
        <p className={classes['soft']}>{t('procedures.no-decisions')}</p>
      ) : (
        <>
          <ul className={classes['decisions']}>
            {shown.map((each) => (
              <li key={each.id}>
                <DecisionLine decision={each} />
              </li>
            ))}
          </ul>
          {!all && (data?.decisions.length ?? 0) > DECISIONS_FIRST ? (
            <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
              {t('procedures.more', { count: String((data?.decisions.length ?? 0) - DECISIONS_FIRST) })}
            </Button>
          ) : null}
        </>
      )}
    </Part>
  );
}

/** What was decided, of which lead and for whom; a lead opens where the person may see leads. */
function DecisionLine({ decision }: { decision: ClauseDecision }): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const maySeeLeads = useMay('leads.see');
  const { lead, leadNumber, personName, entry, at } = decision;
  const what = (
    <>
      <span>{entryText(t, entry)}</span>
      {personName === null ? null : <span className={classes['soft']}>{personName}</span>}
    </>
  );
  const path = `/leads/${lead ?? ''}`;
  return (
    <>
      <span className={classes['when']}>
        <When at={at} as="moment" />
      </span>
      <span className={classes['what']}>{what}</span>
      {lead === null || leadNumber === null ? null : maySeeLeads ? (
        <a
          className={classes['lead']}
          href={path}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            void navigate({ to: path });
          }}
        >
          <IconTargetArrow size={14} aria-hidden />
          {t('procedures.lead-number', { number: String(leadNumber) })}
        </a>
      ) : (
        <span className={classes['soft']}>{t('procedures.lead-number', { number: String(leadNumber) })}</span>
      )}
    </>
  );
}
