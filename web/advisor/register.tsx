import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { ChoiceField, faultOf, Field, FormFault, LongField, showNotice } from '../kit/index.ts';
import classes from '../leads/acts.module.css';
import { registerLead, type Registered } from '../leads/data.ts';
import { Clauses } from '../leads/reasons.tsx';
import { asApiError } from '../api.ts';
import { useWords } from '../words.ts';

const SOURCES = ['walk-in', 'phone-call', 'referral', 'own'] as const;

/** Whoever stands before us or is on the phone. One who is another's already is told as such, with the way that is left. */
export function Register({
  close,
  done,
  referredBy,
}: {
  close: () => void;
  done: (lead: string) => void;
  /** Whoever recommended them: their lead (contact-center-policy L8). */
  referredBy?: { readonly id: string; readonly name: string };
}): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [lead] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState({
    name: '',
    phone: '',
    email: '',
    source: referredBy === undefined ? 'walk-in' : 'referral',
    message: '',
  });
  const [asked, setAsked] = useState(false);
  const [other, setOther] = useState<Registered>();
  const save = useMutation({
    mutationFn: () => registerLead({ lead, ...form, referredBy: referredBy?.id ?? null }),
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: ['leads'] });
      if (answer.outcome === 'of-another') return setOther(answer);
      showNotice({ text: t('leads.reg.saved', { name: form.name }) });
      return done(answer.lead);
    },
  });
  const set = (field: keyof typeof form) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [field]: value }));
  };
  const noName = form.name.trim() === '';
  const noWay = form.phone.trim() === '' && form.email.trim() === '';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (!noName && !noWay) save.mutate();
  };
  if (other !== undefined) return <OfAnother other={other} close={close} />;
  const field = save.error === null ? undefined : asApiError(save.error).field;
  return (
    <Modal
      opened
      onClose={close}
      title={t('leads.reg.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form className={classes['form']} onSubmit={submit} noValidate>
        <p className={classes['help']}>
          {referredBy === undefined
            ? t('leads.reg.help')
            : t('leads.reg.referred', { name: referredBy.name })}
        </p>
        <Field
          data-autofocus
          label={t('leads.reg.name')}
          value={form.name}
          autoComplete="off"
          error={asked && noName ? t('leads.reg.name-missing') : undefined}
          onChange={set('name')}
        />
        <Field
          label={t('leads.reg.phone')}
          description={t('leads.reg.phone-help')}
          type="tel"
          autoComplete="off"
          value={form.phone}
          error={asked && noWay ? t('leads.reg.way-missing') : faultOf(save.error, 'phone')}
          onChange={set('phone')}
        />
        <Field
          label={t('leads.reg.email')}
          type="email"
          autoComplete="off"
          value={form.email}
          error={faultOf(save.error, 'email')}
          onChange={set('email')}
        />
        {referredBy === undefined ? (
          <ChoiceField
            label={t('leads.reg.source')}
            value={form.source}
            data={SOURCES.map((value) => ({ value, label: t(`leads.source.${value}`) }))}
            onChange={set('source')}
          />
        ) : null}
        <LongField label={t('leads.reg.message')} value={form.message} onChange={set('message')} />
        {field === undefined ? <FormFault error={save.error} /> : null}
        <div className={classes['buttons']}>
          <Button variant="subtle" onClick={close}>
            {t('leads.act.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('leads.reg.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function OfAnother({ other, close }: { other: Registered; close: () => void }): ReactNode {
  const t = useWords();
  return (
    <Modal
      opened
      onClose={close}
      title={t('leads.reg.of-another', { holder: other.holder ?? t('leads.why.someone') })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={classes['form']}>
        <p>{t('leads.reg.of-another-help')}</p>
        <Clauses refs={other.because} />
        {other.way === 'claim' ? <p className={classes['help']}>{t('leads.reg.claim')}</p> : null}
        <div className={classes['buttons']}>
          <Button onClick={close} data-autofocus>
            {t('leads.reg.understood')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
