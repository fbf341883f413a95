/** The small forms of follow-up: what comes next, a meeting, a reservation, a closing, the incubator, a loss. */
import { Button, Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { actionKinds, lostReasons } from '../../src/follow-up/statuses.ts';
import { ChoiceField, Field, FormFault, LongField } from '../kit/index.ts';
import { useWords } from '../words.ts';
import classes from './acts.module.css';
import type { FollowAct } from './follow-data.ts';

export type FormName = 'next' | 'book' | 'reserve' | 'close' | 'incubate' | 'lose';

export interface FormParts {
  readonly name: string;
  readonly close: () => void;
  readonly submit: (act: FollowAct) => void;
  readonly busy: boolean;
  readonly error: unknown;
  /** The organization's wall clock now, «2024-07-01T10:00». */
  readonly now: string;
}

const MONEY = /^\d{1,12}(\.\d{1,2})?$/;
/** «1,850,000.50» as people write it, as the server takes it. */
const plain = (money: string): string | null =>
  money.trim() === '' ? null : money.replaceAll(/[\s,$]/g, '');

export function FollowForm({ form, ...parts }: FormParts & { readonly form: FormName }): ReactNode {
  if (form === 'next') return <NextForm {...parts} />;
  if (form === 'book') return <BookForm {...parts} />;
  if (form === 'reserve') return <ReserveForm {...parts} />;
  if (form === 'close') return <CloseForm {...parts} />;
  return form === 'incubate' ? <IncubateForm {...parts} /> : <LoseForm {...parts} />;
}

function Shape({
  title,
  save,
  parts,
  send,
  children,
}: {
  title: string;
  save: string;
  parts: FormParts;
  /** Null: something is missing, and the field says what. */
  send: () => FollowAct | null;
  children: ReactNode;
}): ReactNode {
  const t = useWords();
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const act = send();
    if (act !== null && !parts.busy) parts.submit(act);
  };
  return (
    <Modal opened onClose={parts.close} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form className={classes['form']} onSubmit={onSubmit}>
        {children}
        <FormFault error={parts.error} />
        <div className={classes['buttons']}>
          <Button variant="subtle" onClick={parts.close}>
            {t('follow.cancel')}
          </Button>
          <Button type="submit" loading={parts.busy}>
            {save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Days from today, at a time of day: what is asked for most is one press away. */
function later(now: string, days: number, time: string): string {
  const date = new Date(`${now.slice(0, 10)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return `${date.toISOString().slice(0, 10)}T${time}`;
}

function WhenField({
  label,
  value,
  set,
  now,
  time,
  missing,
}: {
  label: string;
  value: string;
  set: (value: string) => void;
  now: string;
  time: string;
  missing: boolean;
}): ReactNode {
  const t = useWords();
  const quick = [
    { label: t('follow.when.tomorrow'), value: later(now, 1, time) },
    { label: t('follow.when.two-days'), value: later(now, 2, time) },
    { label: t('follow.when.week'), value: later(now, 7, time) },
  ];
  return (
    <div className={classes['form']}>
      <Field
        type="datetime-local"
        label={label}
        value={value}
        min={now}
        error={missing && value === '' ? t('follow.when-missing') : undefined}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <div className={classes['quick']}>
        {quick.map((each) => (
          <Button key={each.label} size="compact-sm" variant="default" onClick={() => set(each.value)}>
            {each.label}
          </Button>
        ))}
      </div>
    </div>
  );
}

const seconds = (local: string): string => (local.length === 16 ? `${local}:00` : local);

function NextForm(parts: FormParts): ReactNode {
  const t = useWords();
  const [kind, setKind] = useState<string>('call');
  const [text, setText] = useState('');
  const [when, setWhen] = useState(later(parts.now, 1, '10:00'));
  const [missing, setMissing] = useState(false);
  return (
    <Shape
      title={t('follow.next-title', { name: parts.name })}
      save={t('follow.next-save')}
      parts={parts}
      send={() => {
        setMissing(true);
        if (when === '') return null;
        const action = text.trim() === '' ? t(`follow.kind.${kind as 'call'}`) : text.trim();
        return { act: 'next-action.set', action, kind, dueAt: seconds(when) };
      }}
    >
      <ChoiceField
        data-autofocus
        label={t('follow.next-kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={actionKinds.map((value) => ({ value, label: t(`follow.kind.${value}`) }))}
      />
      <Field
        label={t('follow.next-text')}
        description={t('follow.next-text-help')}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <WhenField
        label={t('follow.next-when')}
        value={when}
        set={setWhen}
        now={parts.now}
        time="10:00"
        missing={missing}
      />
    </Shape>
  );
}

function BookForm(parts: FormParts): ReactNode {
  const t = useWords();
  const [when, setWhen] = useState(later(parts.now, 1, '11:00'));
  const [minutes, setMinutes] = useState('60');
  const [place, setPlace] = useState('');
  const [missing, setMissing] = useState(false);
  const [appointment] = useState(() => crypto.randomUUID());
  return (
    <Shape
      title={t('follow.book-title', { name: parts.name })}
      save={t('follow.book-save')}
      parts={parts}
      send={() => {
        setMissing(true);
        if (when === '') return null;
        const where = place.trim() === '' ? null : place.trim();
        return {
          act: 'appointment.booked',
          appointment,
          startsAt: seconds(when),
          minutes: Number(minutes),
          place: where,
        };
      }}
    >
      <WhenField
        label={t('follow.book-when')}
        value={when}
        set={setWhen}
        now={parts.now}
        time="11:00"
        missing={missing}
      />
      <SegmentedControl
        aria-label={t('follow.book-length')}
        value={minutes}
        onChange={setMinutes}
        data={['30', '60', '90', '120'].map((value) => ({
          value,
          label: t('follow.minutes', { minutes: value }),
        }))}
      />
      <Field
        label={t('follow.book-place')}
        description={t('follow.book-place-help')}
        value={place}
        maxLength={500}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
    </Shape>
  );
}

function MoneyField({
  label,
  help,
  value,
  set,
  tried,
}: {
  label: string;
  help?: string;
  value: string;
  set: (value: string) => void;
  tried: boolean;
}): ReactNode {
  const t = useWords();
  const money = plain(value);
  const wrong = money !== null && !MONEY.test(money);
  return (
    <Field
      label={label}
      description={help}
      inputMode="decimal"
      value={value}
      error={tried && wrong ? t('follow.money-wrong') : undefined}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

const isMoney = (value: string): boolean => {
  const money = plain(value);
  return money === null || MONEY.test(money);
};

function ReserveForm(parts: FormParts): ReactNode {
  const t = useWords();
  const [price, setPrice] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <Shape
      title={t('follow.reserve-title', { name: parts.name })}
      save={t('follow.reserve-save')}
      parts={parts}
      send={() => {
        setTried(true);
        return isMoney(price) ? { act: 'reservation.made', price: plain(price) } : null;
      }}
    >
      <MoneyField
        label={t('follow.price')}
        help={t('follow.price-help')}
        value={price}
        set={setPrice}
        tried={tried}
      />
    </Shape>
  );
}

function CloseForm(parts: FormParts): ReactNode {
  const t = useWords();
  const [price, setPrice] = useState('');
  const [advisor, setAdvisor] = useState('');
  const [manager, setManager] = useState('');
  const [tried, setTried] = useState(false);
  const [sale] = useState(() => crypto.randomUUID());
  return (
    <Shape
      title={t('follow.close-title', { name: parts.name })}
      save={t('follow.close-save')}
      parts={parts}
      send={() => {
        setTried(true);
        if (![price, advisor, manager].every(isMoney)) return null;
        return {
          act: 'sale.closed',
          sale,
          price: plain(price),
          advisorCommission: plain(advisor),
          managerCommission: plain(manager),
        };
      }}
    >
      <p className={classes['help']}>{t('follow.close-help')}</p>
      <MoneyField label={t('follow.price')} value={price} set={setPrice} tried={tried} />
      <MoneyField label={t('follow.advisor-commission')} value={advisor} set={setAdvisor} tried={tried} />
      <MoneyField label={t('follow.manager-commission')} value={manager} set={setManager} tried={tried} />
    </Shape>
  );
}

function IncubateForm(parts: FormParts): ReactNode {
  const t = useWords();
  const today = parts.now.slice(0, 10);
  const [on, setOn] = useState(later(parts.now, 30, '00:00').slice(0, 10));
  const [evidence, setEvidence] = useState(false);
  const [missing, setMissing] = useState(false);
  return (
    <Shape
      title={t('follow.incubate-title', { name: parts.name })}
      save={t('follow.incubate-save')}
      parts={parts}
      send={() => {
        setMissing(true);
        return on === '' ? null : { act: 'lead.incubated', nextContactOn: on, evidence };
      }}
    >
      <p className={classes['help']}>{t('follow.incubate-help')}</p>
      <Field
        type="date"
        label={t('follow.incubate-on')}
        value={on}
        min={today}
        error={missing && on === '' ? t('follow.when-missing') : undefined}
        onChange={(event) => setOn(event.currentTarget.value)}
      />
      <Checkbox
        label={t('follow.incubate-evidence')}
        checked={evidence}
        onChange={(event) => setEvidence(event.currentTarget.checked)}
      />
    </Shape>
  );
}

function LoseForm(parts: FormParts): ReactNode {
  const t = useWords();
  const [reason, setReason] = useState<string>('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const needsText = reason === 'other' && text.trim() === '';
  return (
    <Shape
      title={t('follow.lose-title', { name: parts.name })}
      save={t('follow.lose-save')}
      parts={parts}
      send={() => {
        setTried(true);
        if (reason === '' || needsText) return null;
        return { act: 'lead.lost', reason, text: text.trim() === '' ? null : text.trim() };
      }}
    >
      <ChoiceField
        data-autofocus
        label={t('follow.lose-reason')}
        value={reason}
        error={tried && reason === '' ? t('follow.lose-reason-missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
        data={[
          { value: '', label: t('follow.choose') },
          ...lostReasons.map((value) => ({ value, label: t(`follow.lost.${value}`) })),
        ]}
      />
      <LongField
        label={t('follow.lose-text')}
        value={text}
        maxLength={500}
        error={tried && needsText ? t('follow.lose-text-missing') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Shape>
  );
}
