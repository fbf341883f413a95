import { Checkbox, Group, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { weekdayName } from '../figures.ts';
import { ChoiceField, Field } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Reading } from './answers.ts';
import classes from './procedures.module.css';
import { figureName, same, wordOr } from './words-of.ts';

interface ReadingFieldProps {
  reading: Reading;
  value: unknown;
  change: (value: unknown) => void;
  error: string | undefined;
}

/** One reading: its alternatives to choose from, or the figure or moment that the organization writes itself. */
export function ReadingField({ reading, value, change, error }: ReadingFieldProps): ReactNode {
  const t = useWords();
  const ways = reading.alternatives.filter((each) => 'value' in each);
  const at = ways.findIndex((each) => same(each.value, value));
  if (ways.length > 1 && reading.type !== 'split')
    return (
      <Radio.Group
        label={reading.question}
        value={String(at)}
        error={error}
        onChange={(chosen) => change(ways[Number(chosen)]?.value)}
      >
        <Stack gap={6} mt={6}>
          {ways.map((way, index) => (
            <Radio key={JSON.stringify(way.value)} value={String(index)} label={way.label} />
          ))}
        </Stack>
      </Radio.Group>
    );
  if (reading.type === 'moment')
    return <MomentField reading={reading} value={value} change={change} error={error} />;
  if (reading.type === 'count')
    return (
      <Field
        label={reading.question}
        type="number"
        className={classes['short'] ?? ''}
        value={String(value)}
        error={error}
        onChange={(event) => change(numberOr(event.currentTarget.value))}
      />
    );
  return (
    <Field
      label={reading.question}
      description={reading.alternatives.map(({ label }) => label).join(' · ')}
      error={error}
      placeholder={t('procedures.written-example', { example: exampleOf(reading) })}
      defaultValue={textOf(value)}
      onChange={(event) => change(valueOf(event.currentTarget.value, reading))}
    />
  );
}

/** "25T18:00": a day of the month and a local time. */
function MomentField({ reading, value, change, error }: ReadingFieldProps): ReactNode {
  const t = useWords();
  const [day = '01', time = '00:00'] = String(value).split('T');
  return (
    <fieldset className={classes['moment']}>
      <legend>{reading.question}</legend>
      <Group gap="sm" align="flex-end">
        <Field
          label={t('procedures.day-of-month')}
          type="number"
          min={1}
          max={31}
          className={classes['short'] ?? ''}
          value={String(Number(day))}
          error={error}
          onChange={(event) => change(`${event.currentTarget.value.padStart(2, '0')}T${time}`)}
        />
        <Field
          label={t('procedures.hour')}
          type="time"
          value={time.slice(0, 5)}
          onChange={(event) => change(`${day}T${event.currentTarget.value}`)}
        />
      </Group>
    </fieldset>
  );
}

interface FigureFieldProps {
  name: string;
  value: unknown;
  change: (value: unknown) => void;
  error: string | undefined;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const EVERY = ['day', 'week', 'fortnight', 'half-year'];

/** One figure of a clause. Percentages that make money travel as decimal text and stay text here. */
export function FigureField({ name, value, change, error }: FigureFieldProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const label = figureName(t, name);
  if (name === 'weekdays' && Array.isArray(value)) {
    const days = value.map(Number);
    return (
      <Checkbox.Group
        label={label}
        value={days.map(String)}
        error={error}
        onChange={(chosen) => change(chosen.map(Number).toSorted((a, b) => a - b))}
      >
        <Group gap="sm" mt={6}>
          {WEEK.map((day) => (
            <Checkbox key={day} value={String(day)} label={weekdayName(figures, day)} />
          ))}
        </Group>
      </Checkbox.Group>
    );
  }
  if (name === 'weekday')
    return (
      <ChoiceField
        label={label}
        value={String(value)}
        error={error}
        data={WEEK.map((day) => ({ value: String(day), label: weekdayName(figures, day) }))}
        onChange={(event) => change(Number(event.currentTarget.value))}
      />
    );
  if (name === 'every')
    return (
      <ChoiceField
        label={label}
        value={String(value)}
        error={error}
        data={EVERY.map((each) => ({ value: each, label: wordOr(t, 'procedures.every', each) }))}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  const isTime = typeof value === 'string' && /^\d\d:\d\d$/.test(value);
  return (
    <Field
      label={label}
      className={classes['short'] ?? ''}
      type={isTime ? 'time' : typeof value === 'number' ? 'number' : 'text'}
      {...(typeof value === 'string' && !isTime ? { inputMode: 'decimal' as const } : {})}
      value={String(value)}
      error={error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        change(typeof value === 'number' ? numberOr(text) : text);
      }}
    />
  );
}

/** What is no number is sent as written: the server says what it expects there. */
function numberOr(text: string): number {
  return text.trim() === '' ? 0 : Number(text);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, part]) => `${name}: ${String(part)}`)
        .join(', ')
    : String(value);
}

function exampleOf(reading: Reading): string {
  const example = reading.alternatives.find((each) => 'example' in each)?.example;
  return textOf(example ?? reading.default);
}

/** "ines: 2, raul: 1" → parts by name; "8, 9" → a list; a word alone stays one. */
function valueOf(text: string, reading: Reading): unknown {
  const pieces = text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  if (reading.type === 'list') return pieces.map((piece) => (/^\d+$/.test(piece) ? Number(piece) : piece));
  if (!text.includes(':')) return text.trim();
  return Object.fromEntries(
    pieces.map((piece) => {
      const [name = '', part = ''] = piece.split(':');
      return [name.trim(), Number(part)];
    }),
  );
}
