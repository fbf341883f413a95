import { Alert, Button, SegmentedControl, Stack } from '@mantine/core';
import {
  IconAlertTriangle,
  IconExternalLink,
  IconPhoneIncoming,
  IconPhoneOutgoing,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import { faultOf, FormFault, LongField, RowsShape, showDone, SidePanel, When } from '../kit/index.ts';
import { clockText } from '../figures.ts';
import { useWords } from '../words.ts';
import {
  checklistItems,
  evidenceQuery,
  recordedSchema,
  type Checked,
  type Finding,
  type HeardCall,
  type SampleRow,
} from './answers.ts';
import classes from './audits.module.css';

interface Props {
  row: SampleRow;
  week: string;
  close: () => void;
  recorded: (audit: string) => void;
}

/** One lead under audit: its calls and recordings beside the checklist; bad care says what follows before it is noted. */
export function AuditForm({ row, week, close, recorded }: Props): ReactNode {
  const t = useWords();
  const title = row.leadName ?? row.lead;
  return (
    <SidePanel title={title} label={title} close={close}>
      <Stack gap="md">
        <p className={classes['help']}>{t('audits.form.of', { name: row.name ?? row.person })}</p>
        <Link to="/leads" search={{ lead: row.lead }} className={classes['link']}>
          {t('audits.form.timeline')}
        </Link>
        <Evidence row={row} />
        {row.audit === null ? (
          <Form row={row} week={week} recorded={recorded} />
        ) : (
          <Button variant="light" onClick={() => recorded(row.audit ?? '')}>
            {t('audits.form.see')}
          </Button>
        )}
      </Stack>
    </SidePanel>
  );
}

function Evidence({ row }: { row: SampleRow }): ReactNode {
  const t = useWords();
  const { data, error } = useQuery(evidenceQuery(row.person, row.lead));
  return (
    <section className={classes['part']}>
      <h3>{t('audits.evidence.title')}</h3>
      <FormFault error={error} />
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={2} />
        ) : null
      ) : data.calls.length === 0 ? (
        <p className={classes['help']}>{t('audits.evidence.none')}</p>
      ) : (
        <ul className={classes['calls']}>
          {data.calls.map((call) => (
            <CallRow key={call.call} call={call} />
          ))}
        </ul>
      )}
    </section>
  );
}

const seconds = (value: number | null): string => (value === null ? '–' : clockText(value * 1_000));

function CallRow({ call }: { call: HeardCall }): ReactNode {
  const t = useWords();
  const Mark = call.direction === 'in' ? IconPhoneIncoming : IconPhoneOutgoing;
  return (
    <li>
      <Mark
        size={16}
        aria-label={t(call.direction === 'in' ? 'audits.evidence.in' : 'audits.evidence.out')}
      />
      <When at={call.startedAt} as="moment" />
      <span className={classes['soft']}>
        {call.answered
          ? t('audits.evidence.talked', { time: seconds(call.talkSeconds) })
          : t('audits.evidence.rang', { time: seconds(call.ringSeconds) })}
      </span>
      {call.recordings.map((address) => (
        <a key={address} href={address} target="_blank" rel="noreferrer noopener" className={classes['link']}>
          {t('audits.evidence.recording')} <IconExternalLink size={13} aria-hidden />
        </a>
      ))}
      {call.recordings.length === 0 && call.answered ? (
        <span className={classes['soft']}>{t('audits.evidence.no-recording')}</span>
      ) : null}
    </li>
  );
}

function Form({ row, week, recorded }: Omit<Props, 'close'>): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [checklist, setChecklist] = useState<Readonly<Record<string, Checked>>>({});
  const [finding, setFinding] = useState<Finding | ''>('');
  const [note, setNote] = useState('');
  const recording = useMutation({
    mutationFn: () =>
      ask('/api/audits', recordedSchema, {
        method: 'POST',
        body: { person: row.person, lead: row.lead, week, checklist, finding, note },
      }),
    onSuccess: async ({ audit }) => {
      showDone(t(finding === 'bad-care' ? 'audits.form.done-bad' : 'audits.form.done'));
      await Promise.all(
        ['audits', 'leads', 'roster', 'turn'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
      recorded(audit);
    },
  });
  const whole = checklistItems.every((item) => checklist[item] !== undefined);
  const isBad = finding === 'bad-care';
  return (
    <form
      className={`${classes['part']} ${classes['form']}`}
      onSubmit={(event) => {
        event.preventDefault();
        recording.mutate();
      }}
    >
      <h3>{t('audits.form.checklist')}</h3>
      <ul className={classes['checklist']}>
        {checklistItems.map((item) => (
          <li key={item}>
            <span id={`item-${item}`}>{t(`audits.item.${item}`)}</span>
            <SegmentedControl
              size="xs"
              aria-labelledby={`item-${item}`}
              value={checklist[item] ?? ''}
              onChange={(value) => {
                if (value === 'yes' || value === 'no' || value === 'na')
                  setChecklist({ ...checklist, [item]: value });
              }}
              data={[
                { value: 'yes', label: t('audits.checked.yes') },
                { value: 'no', label: t('audits.checked.no') },
                { value: 'na', label: t('audits.checked.na') },
              ]}
            />
          </li>
        ))}
      </ul>
      <h3>{t('audits.form.finding')}</h3>
      <SegmentedControl
        aria-label={t('audits.form.finding')}
        value={finding}
        onChange={(value) => setFinding(value === 'bad-care' ? 'bad-care' : 'ok')}
        data={[
          { value: 'ok', label: t('audits.finding.ok') },
          { value: 'bad-care', label: t('audits.finding.bad-care') },
        ]}
      />
      <LongField
        label={t('audits.form.note')}
        description={t(isBad ? 'audits.form.note-bad' : 'audits.form.note-help')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={faultOf(recording.error, 'note')}
        required={isBad}
      />
      {isBad ? (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t('audits.form.follows', { name: row.name ?? row.person })}
        </Alert>
      ) : null}
      <FormFault error={recording.error} />
      <div>
        <Button
          type="submit"
          {...(isBad ? { color: 'red' } : {})}
          loading={recording.isPending}
          disabled={!whole || finding === '' || (isBad && note.trim() === '')}
        >
          {t(isBad ? 'audits.form.record-bad' : 'audits.form.record')}
        </Button>
        {whole ? null : <p className={classes['help']}>{t('audits.form.all')}</p>}
      </div>
    </form>
  );
}
