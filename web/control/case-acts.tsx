import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Act, ChoiceField, FormFault, LongField, showNotice } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { actOn, type Case, type Outcome } from './answers.ts';
import { nameIn } from './case-view.tsx';
import classes from './control.module.css';
import { EvidenceForm } from './evidence-form.tsx';
import { outcomeText } from './words-of.ts';

type Form = 'confirm' | 'evidence' | 'sign' | 'appeal' | 'hear' | 'breach';

/** What may be done with the case now; nothing else is offered. */
export function CaseActs({ data }: { data: Case }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const { claim, acts } = data;
  const [form, setForm] = useState<Form>();
  const send = useSend(claim.id, () => setForm(undefined));
  const close = (): void => (send.reset(), setForm(undefined));
  return (
    <div className={classes['acts']}>
      {acts.askStatus ? (
        <Act
          keys="e"
          label={t('control.act.ask-status')}
          run={() => send.mutate({ act: 'status', said: t('control.said.asked') })}
          loading={send.isPending}
        />
      ) : null}
      {acts.confirm ? <Act keys="r" label={t('control.act.rule')} run={() => setForm('confirm')} /> : null}
      {acts.showEvidence ? (
        <Act keys="p" label={t('control.act.evidence')} run={() => setForm('evidence')} />
      ) : null}
      {acts.ruleOnAppeal ? <Act keys="r" label={t('control.act.hear')} run={() => setForm('hear')} /> : null}
      {acts.resend ? (
        <Button onClick={() => void router.navigate({ to: '/claims/new', search: { claim: claim.id } })}>
          {t('control.act.resend')}
        </Button>
      ) : null}
      {acts.sign ? (
        <Button variant="light" onClick={() => setForm('sign')}>
          {t('control.act.sign')}
        </Button>
      ) : null}
      {acts.appeal ? (
        <Button variant="light" onClick={() => setForm('appeal')}>
          {t('control.act.appeal')}
        </Button>
      ) : null}
      {acts.reportBreach ? (
        <Button variant="subtle" onClick={() => setForm('breach')}>
          {t('control.act.breach')}
        </Button>
      ) : null}
      {acts.withdraw ? (
        <Button
          variant="subtle"
          onClick={() => send.mutate({ act: 'withdraw', said: t('control.said.withdrawn') })}
          loading={send.isPending}
        >
          {t('control.act.withdraw')}
        </Button>
      ) : null}
      {form === undefined ? <FormFault error={send.error} /> : null}
      {form === 'confirm' ? <RuleForm data={data} send={send} close={close} act="confirm" /> : null}
      {form === 'hear' ? <RuleForm data={data} send={send} close={close} act="appeal-ruling" /> : null}
      {form === 'evidence' ? <EvidenceForm data={data} send={send} close={close} /> : null}
      {form === 'sign' ? <SignForm data={data} send={send} close={close} /> : null}
      {form === 'appeal' ? <AppealForm send={send} close={close} /> : null}
      {form === 'breach' ? <BreachForm data={data} send={send} close={close} /> : null}
    </div>
  );
}

interface Sent {
  act: string;
  body?: object;
  said: string;
}

export type Send = ReturnType<typeof useSend>;

function useSend(claim: string, done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: Sent) => actOn(claim, act, body),
    onSuccess: async (_answer, { said }) => {
      await client.invalidateQueries({ queryKey: ['claims'] });
      done();
      showNotice({ text: said });
    },
  });
}

export interface FormProps {
  send: Send;
  close: () => void;
}

export function CaseForm({
  title,
  help,
  save,
  ready,
  submit,
  send,
  close,
  children,
}: FormProps & {
  title: string;
  help: string;
  save: string;
  ready: boolean;
  submit: () => void;
  children: ReactNode;
}): ReactNode {
  const t = useWords();
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          if (ready) submit();
        }}
      >
        <p className={classes['help']}>{help}</p>
        {children}
        <FormFault error={send.error} />
        <div className={classes['buttons']}>
          <Button variant="subtle" onClick={close}>
            {t('control.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={send.isPending}>
            {save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Confirms what is proposed, or decides otherwise with reasons; the same for an appeal, where reasons are always asked. */
function RuleForm({
  data,
  send,
  close,
  act,
}: FormProps & { data: Case; act: 'confirm' | 'appeal-ruling' }): ReactNode {
  const t = useWords();
  const { claim } = data;
  const proposed = (act === 'confirm' ? claim.outcome : claim.ruledOutcome) ?? 'keep';
  const [outcome, setOutcome] = useState<Outcome>(proposed);
  const [reasons, setReasons] = useState('');
  const needsReasons = act === 'appeal-ruling' || outcome !== proposed;
  return (
    <CaseForm
      title={t(act === 'confirm' ? 'control.act.rule' : 'control.act.hear')}
      help={t(act === 'confirm' ? 'control.rule.help' : 'control.hear.help')}
      save={t(needsReasons && act === 'confirm' ? 'control.rule.otherwise' : 'control.rule.save')}
      ready={!needsReasons || reasons.trim() !== ''}
      submit={() => send.mutate({ act, body: { outcome, reasons }, said: t('control.said.ruled') })}
      send={send}
      close={close}
    >
      <SegmentedControl
        fullWidth
        orientation="vertical"
        value={outcome}
        onChange={(value) => setOutcome(value === 'keep' ? 'keep' : 'reassign')}
        data={(['keep', 'reassign'] as const).map((value) => ({
          value,
          label: `${outcomeText(t, value)}${value === proposed && act === 'confirm' ? ` · ${t('control.rule.proposed')}` : ''}`,
        }))}
      />
      <LongField
        label={t(needsReasons ? 'control.reasons' : 'control.reasons-optional')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
      />
    </CaseForm>
  );
}

function SignForm({ data, send, close }: FormProps & { data: Case }): ReactNode {
  const t = useWords();
  const { claim } = data;
  const parties = [claim.requester, claim.holder ?? claim.leadHolder].filter((each) => each !== null);
  const offered = claim.signatures.find(({ person }) => person !== data.me)?.holder;
  const [holder, setHolder] = useState(offered ?? parties[0] ?? '');
  return (
    <CaseForm
      title={t('control.act.sign')}
      help={t('control.sign.help')}
      save={t('control.sign.save')}
      ready
      submit={() => send.mutate({ act: 'sign', body: { holder }, said: t('control.said.signed') })}
      send={send}
      close={close}
    >
      <ChoiceField
        label={t('control.sign.holder')}
        value={holder}
        data={parties.map((value) => ({ value, label: nameIn(data, value) }))}
        onChange={(event) => setHolder(event.currentTarget.value)}
      />
    </CaseForm>
  );
}

function AppealForm({ send, close }: FormProps): ReactNode {
  const t = useWords();
  const [reasons, setReasons] = useState('');
  return (
    <CaseForm
      title={t('control.act.appeal')}
      help={t('control.appeal.help')}
      save={t('control.act.appeal')}
      ready={reasons.trim() !== ''}
      submit={() => send.mutate({ act: 'appeal', body: { reasons }, said: t('control.said.appealed') })}
      send={send}
      close={close}
    >
      <LongField
        data-autofocus
        label={t('control.reasons')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
      />
    </CaseForm>
  );
}

function BreachForm({ data, send, close }: FormProps & { data: Case }): ReactNode {
  const t = useWords();
  const { claim } = data;
  const parties = [claim.holder ?? claim.leadHolder, claim.requester].filter((each) => each !== null);
  const [person, setPerson] = useState(parties[0] ?? '');
  const [text, setText] = useState('');
  return (
    <CaseForm
      title={t('control.act.breach')}
      help={t('control.breach.help')}
      save={t('control.breach.save')}
      ready={text.trim() !== ''}
      submit={() => send.mutate({ act: 'breach', body: { person, text }, said: t('control.said.breach') })}
      send={send}
      close={close}
    >
      <ChoiceField
        label={t('control.breach.person')}
        value={person}
        data={parties.map((value) => ({ value, label: nameIn(data, value) }))}
        onChange={(event) => setPerson(event.currentTarget.value)}
      />
      <LongField
        label={t('control.breach.text')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </CaseForm>
  );
}
