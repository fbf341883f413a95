/** What a holder does with a lead: «Llamar», «Anotar», «Calificar», «Pasar», each with its key, wherever the lead is shown. */
import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { FormFault, LongField, offerUndo, showNotice, useKeys } from '../kit/index.ts';
import { asApiError } from '../api.ts';
import { say, useWords } from '../words.ts';
import classes from './acts.module.css';
import { CallAnswer } from './call-answer.tsx';
import { callLead, gradeLead, noteOn, passLead, type Called, type LeadRow } from './data.ts';

export type ActName = 'call' | 'note' | 'grade' | 'pass';
export type ActLead = Pick<LeadRow, 'id' | 'name' | 'dueAt' | 'grade'>;

export interface LeadActs {
  /** Begins an act on a lead: calling at once, the others with their form. */
  start: (act: ActName, lead: ActLead, phone?: string) => void;
  /** The call that is being asked for now. */
  calling: string | undefined;
  /** Passed on and still within the five seconds in which that can be taken back. */
  passing: ReadonlySet<string>;
  /** To be drawn once on the screen. */
  dialogs: ReactNode;
}

interface Begun {
  act: Exclude<ActName, 'call'>;
  lead: ActLead;
}

const UNDER_WAY: ReadonlySet<string> = new Set(['intended', 'dialing', 'made']);

export function useLeadActs(): LeadActs {
  const t = useWords();
  const client = useQueryClient();
  const [begun, setBegun] = useState<Begun>();
  const [answered, setAnswered] = useState<{ lead: ActLead; called?: Called; error?: unknown }>();
  const [passing, setPassing] = useState<ReadonlySet<string>>(new Set());
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['leads'] }), [client]);
  const call = useMutation({
    mutationFn: ({ lead, intent, phone }: { lead: ActLead; intent: string; phone?: string | undefined }) =>
      callLead(lead.id, intent, phone),
    onSuccess: (called, { lead }) => {
      refresh();
      if (called.way === 'pbx' && UNDER_WAY.has(called.state))
        showNotice({ text: t('leads.call.pbx', { name: nameOf(lead) }), news: true });
      else setAnswered({ lead, called });
      if (called.way === 'tel') window.location.assign(called.href);
    },
    onError: (error, { lead }) => setAnswered({ lead, error }),
  });
  const start = (act: ActName, lead: ActLead, phone?: string): void => {
    if (act !== 'call') setBegun({ act, lead });
    else if (!call.isPending) call.mutate({ lead, phone, intent: crypto.randomUUID() });
  };
  const close = (): void => setBegun(undefined);
  const pass = (lead: ActLead, reason: string): void => {
    close();
    setPassing((before) => new Set(before).add(lead.id));
    const back = (): void => setPassing((before) => new Set([...before].filter((id) => id !== lead.id)));
    offerUndo({
      text: say('leads.act.passed', { name: nameOf(lead) }),
      undo: () => {
        back();
        showNotice({ text: say('leads.act.pass-undone', { name: nameOf(lead) }) });
      },
      done: () => void sendPass(lead, reason).finally(() => (back(), refresh())),
    });
  };
  const done = (words: string): void => {
    close();
    refresh();
    showNotice({ text: words });
  };
  return {
    start,
    passing,
    calling: call.isPending ? call.variables.lead.id : undefined,
    dialogs: (
      <>
        {begun?.act === 'note' ? <NoteForm lead={begun.lead} close={close} done={done} /> : null}
        {begun?.act === 'grade' ? <GradeForm lead={begun.lead} close={close} done={done} /> : null}
        {begun?.act === 'pass' ? <PassForm lead={begun.lead} close={close} pass={pass} /> : null}
        {answered ? <CallAnswer {...answered} close={() => setAnswered(undefined)} /> : null}
      </>
    ),
  };
}

export function nameOf({ name }: Pick<ActLead, 'name'>): string {
  return name ?? say('leads.page.unnamed');
}

async function sendPass(lead: ActLead, reason: string): Promise<void> {
  try {
    await passLead(lead.id, reason);
  } catch (fault) {
    showNotice({
      title: say('leads.act.pass-failed', { name: nameOf(lead) }),
      text: asApiError(fault).message,
      late: true,
      news: true,
    });
  }
}

/** L, N, C, P act on `lead` while the caller is on screen; a panel over its list takes them over. */
export function useActKeys(acts: LeadActs, lead: ActLead | undefined): void {
  const t = useWords();
  const latest = useRef(lead);
  useEffect(() => {
    latest.current = lead;
  });
  const run = (act: ActName) => () => {
    if (latest.current !== undefined) acts.start(act, latest.current);
  };
  const when = (): boolean => latest.current !== undefined;
  useKeys([
    { keys: 'l', label: t('leads.day.call'), run: run('call'), when },
    { keys: 'n', label: t('leads.day.note'), run: run('note'), when },
    { keys: 'c', label: t('leads.day.grade'), run: run('grade'), when },
    { keys: 'p', label: t('leads.day.pass'), run: run('pass'), when },
  ]);
}

interface FormProps {
  lead: ActLead;
  close: () => void;
}

/** One small form over the screen: Esc leaves it, Ctrl+Enter sends it. */
function ActForm({
  title,
  save,
  close,
  submit,
  busy,
  error,
  children,
}: {
  title: string;
  save: string;
  close: () => void;
  submit: () => void;
  busy?: boolean;
  error?: unknown;
  children: ReactNode;
}): ReactNode {
  const t = useWords();
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    submit();
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        className={classes['form']}
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event as never);
        }}
      >
        {children}
        <FormFault error={error} />
        <div className={classes['buttons']}>
          <Button variant="subtle" onClick={close}>
            {t('leads.act.cancel')}
          </Button>
          <Button type="submit" loading={busy ?? false}>
            {save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function NoteForm({ lead, close, done }: FormProps & { done: (words: string) => void }): ReactNode {
  const t = useWords();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const save = useMutation({
    mutationFn: () => noteOn(lead.id, text),
    onSuccess: () => done(t('leads.act.note-saved')),
  });
  return (
    <ActForm
      title={t('leads.act.note-title', { name: nameOf(lead) })}
      save={t('leads.act.note-save')}
      close={close}
      submit={() => (text.trim() === '' ? setMissing(true) : save.mutate())}
      busy={save.isPending}
      error={save.error}
    >
      <LongField
        data-autofocus
        label={t('leads.act.note-text')}
        description={lead.dueAt === null ? undefined : t('leads.act.note-clock')}
        minRows={3}
        value={text}
        error={missing && text.trim() === '' ? t('leads.act.text-missing') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActForm>
  );
}

const GRADES = [
  { grade: 'A', help: 'leads.act.grade-a' },
  { grade: 'AA', help: 'leads.act.grade-aa' },
  { grade: 'AAA', help: 'leads.act.grade-aaa' },
] as const;

function GradeForm({ lead, close, done }: FormProps & { done: (words: string) => void }): ReactNode {
  const t = useWords();
  const [grade, setGrade] = useState<string>(lead.grade ?? 'A');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const save = useMutation({
    mutationFn: () => gradeLead(lead.id, grade, reason),
    onSuccess: () => done(t('leads.act.grade-saved', { grade })),
  });
  return (
    <ActForm
      title={t('leads.act.grade-title', { name: nameOf(lead) })}
      save={t('leads.act.grade-save')}
      close={close}
      submit={() => (reason.trim() === '' ? setMissing(true) : save.mutate())}
      busy={save.isPending}
      error={save.error}
    >
      <SegmentedControl
        data-autofocus
        fullWidth
        aria-label={t('leads.page.grade')}
        value={grade}
        onChange={setGrade}
        data={GRADES.map(({ grade: value, help }) => ({
          value,
          label: (
            <span className={classes['grade']}>
              <strong>{value}</strong>
              <span>{t(help)}</span>
            </span>
          ),
        }))}
      />
      <LongField
        label={t('leads.act.reason')}
        description={t('leads.act.grade-reason')}
        value={reason}
        error={missing && reason.trim() === '' ? t('leads.act.reason-missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}

function PassForm({
  lead,
  close,
  pass,
}: FormProps & { pass: (lead: ActLead, reason: string) => void }): ReactNode {
  const t = useWords();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <ActForm
      title={t('leads.act.pass-title', { name: nameOf(lead) })}
      save={t('leads.act.pass-save')}
      close={close}
      submit={() => (reason.trim() === '' ? setMissing(true) : pass(lead, reason))}
    >
      <p className={classes['help']}>{t('leads.act.pass-help')}</p>
      <LongField
        data-autofocus
        label={t('leads.act.pass-reason')}
        value={reason}
        error={missing && reason.trim() === '' ? t('leads.act.reason-missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
