import { Button, Group, Stack } from '@mantine/core';
import { IconArrowRight, IconCalendarEvent } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { faultOf, Field, FormFault, showNotice } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { publishedSchema, type Clause, type Procedure, type Reading } from './answers.ts';
import {
  after,
  changesOf,
  dayAfter,
  restsOn,
  valuesOn,
  versionOf,
  type Change,
  type Draft,
} from './draft.ts';
import classes from './procedures.module.css';
import { proposalsQuery } from './what-if-answers.ts';
import { WhatIfPart } from './what-if.tsx';
import { FigureField, ReadingField } from './value-field.tsx';
import { figureName, figureText, readingText } from './words-of.ts';

interface Props {
  procedure: Procedure;
  clause: Clause;
  readings: readonly Reading[];
  today: string;
  close: () => void;
}

/** One version a day: where one begins on that day already, the next day without one. */
function firstFreeDay(versions: readonly { readonly effectiveOn: string }[], from: string): string {
  let day = from;
  while (versions.some(({ effectiveOn }) => effectiveOn === day)) day = dayAfter(day);
  return day;
}

/** A new version of the procedure, from tomorrow or later: what changes is shown before it is published. */
export function PublishForm({ procedure, clause, readings, today, close }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const tomorrow = dayAfter(today);
  const [effectiveOn, setEffectiveOn] = useState(() => firstFreeDay(procedure.versions, tomorrow));
  const base = restsOn(procedure.versions, effectiveOn);
  const before = valuesOn(base, clause, readings);
  const [touched, setTouched] = useState<Draft>({ readings: {}, figures: {} });
  const draft: Draft = {
    readings: { ...before.readings, ...touched.readings },
    figures: { ...before.figures, ...touched.figures },
  };
  const changes = changesOf(draft, before, clause, readings);
  const later = after(procedure.versions, effectiveOn);
  const publishing = useMutation({
    mutationFn: () => {
      const {
        version,
        readings: read,
        parameters,
      } = versionOf(procedure, clause, base, changes, effectiveOn);
      return ask(`/api/procedures/${encodeURIComponent(procedure.name)}/versions`, publishedSchema, {
        method: 'POST',
        body: { version, effectiveOn, readings: read, parameters },
      });
    },
    onSuccess: async (published) => {
      await client.invalidateQueries({ queryKey: ['settings'] });
      if (!published.published)
        showNotice({
          title: t('procedures.proposed'),
          text: t('procedures.proposed-help', { others: others.join(', ') }),
        });
      else
        showNotice({
          title: t('procedures.published'),
          text: t('procedures.published-help', {
            procedure: procedure.title,
            date: figures.day(published.effectiveOn),
          }),
        });
      close();
    },
  });
  const { data: proposals } = useQuery(proposalsQuery);
  const others = proposals?.others ?? [];
  const needsAnother = proposals?.fourEyes === true && others.length > 0;
  const alone = proposals?.fourEyes === true && others.length === 0;
  const nothing = changes.length === 0 && procedure.inForce !== null;
  const faulty = publishing.error;
  return (
    <form
      className={classes['publish']}
      aria-label={t('procedures.change')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!nothing) publishing.mutate();
      }}
    >
      <Stack gap="md">
        {readings.map((reading) => (
          <ReadingField
            key={reading.token}
            reading={reading}
            value={draft.readings[reading.token]}
            change={(value) =>
              setTouched({ ...touched, readings: { ...touched.readings, [reading.token]: value } })
            }
            error={faultOf(faulty, `readings.${reading.token}`)}
          />
        ))}
        {Object.keys(before.figures).length > 0 ? (
          <div className={classes['figureFields']}>
            {Object.keys(before.figures).map((name) => (
              <FigureField
                key={name}
                name={name}
                value={draft.figures[name]}
                change={(value) => setTouched({ ...touched, figures: { ...touched.figures, [name]: value } })}
                error={faultOf(faulty, `parameters.${clause.id}.${name}`)}
              />
            ))}
          </div>
        ) : null}
        <Field
          label={t('procedures.effective-on')}
          description={t('procedures.effective-help')}
          type="date"
          required
          className={classes['date'] ?? ''}
          min={tomorrow}
          value={effectiveOn}
          error={faultOf(faulty, 'effectiveOn')}
          onChange={(event) => setEffectiveOn(event.currentTarget.value || tomorrow)}
        />
        <section className={classes['changes']} aria-live="polite">
          <h3>{t('procedures.what-changes')}</h3>
          {changes.length === 0 ? (
            <p className={classes['soft']}>
              {t(procedure.inForce === null ? 'procedures.adopt-help' : 'procedures.nothing-changes')}
            </p>
          ) : (
            <ul>
              {changes.map((change) => (
                <li key={change.field}>
                  <ChangeLine change={change} />
                </li>
              ))}
            </ul>
          )}
          {later.map((version) => (
            <p key={version.effectiveOn} className={classes['later']}>
              <IconCalendarEvent size={15} aria-hidden />
              {t('procedures.later', { date: figures.day(version.effectiveOn) })}
            </p>
          ))}
        </section>
        <WhatIfPart
          procedure={procedure.name}
          draft={versionOf(procedure, clause, base, changes, effectiveOn)}
          idle={nothing}
        />
        {needsAnother || alone ? (
          <p className={classes['soft']}>
            {alone
              ? t('procedures.published-alone')
              : t('procedures.needs-another', { others: others.join(', ') })}
          </p>
        ) : null}
        <FormFault error={faulty} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('procedures.cancel')}
          </Button>
          <Button type="submit" disabled={nothing} loading={publishing.isPending}>
            {t(needsAnother ? 'procedures.propose' : 'procedures.publish', {
              date: figures.day(effectiveOn),
            })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangeLine({ change }: { change: Change }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { reading, name } = change;
  const text = (value: unknown): string =>
    reading === null ? figureText(t, figures, name, value) : readingText(t, figures, reading, value);
  return (
    <>
      {reading === null ? <span className={classes['soft']}>{figureName(t, name)}</span> : null}
      <span className={classes['was']}>{text(change.before)}</span>
      <IconArrowRight size={15} aria-label={t('procedures.becomes')} role="img" />
      <strong>{text(change.after)}</strong>
    </>
  );
}
