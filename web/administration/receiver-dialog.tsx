import { Button, Group, Modal, Radio, ScrollArea, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { folded } from '../figures.ts';
import { Field, FormFault, showDone } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Board, LeadRow } from './board-answers.ts';
import { whyText } from './floor-words.ts';
import classes from './now.module.css';
import { usePlacing } from './placing.ts';

export interface ReceiverDialogProps {
  row: LeadRow;
  people: Board['people'];
  close: () => void;
  done: () => void;
}

/** To whom, and why: the reason stands in the journal. */
export function ReceiverDialog({ row, people, close, done }: ReceiverDialogProps): ReactNode {
  const t = useWords();
  const { give } = usePlacing(done);
  const candidates = people.filter(({ id }) => id !== row.holder);
  const [to, setTo] = useState(candidates.find(({ why }) => why === null)?.id ?? '');
  const [search, setSearch] = useState('');
  const [reason, setReason] = useState('');
  const giving = useMutation({
    mutationFn: () => give(row, to, reason.trim()),
    onSuccess: () => {
      const name = people.find(({ id }) => id === to)?.name ?? to;
      showDone(t('administration.act.given', { lead: row.name ?? `#${row.number}`, name }));
      close();
    },
  });
  const shown = candidates.filter(({ name }) => folded(name).includes(folded(search)));
  return (
    <Modal
      opened
      onClose={close}
      title={t('administration.give.title', { name: row.name ?? `#${row.number}` })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          giving.mutate();
        }}
      >
        <Stack gap="sm">
          <Field
            label={t('administration.give.search')}
            value={search}
            data-autofocus
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Radio.Group value={to} onChange={setTo} label={t('administration.give.to')}>
            <ScrollArea.Autosize mah={260} type="auto" className={classes['receivers']}>
              {shown.map(({ id, name, why }) => (
                <Radio
                  key={id}
                  value={id}
                  label={name}
                  description={
                    why === null
                      ? t('administration.give.on-duty')
                      : t('administration.give.off-duty', { why: whyText(t, why) })
                  }
                />
              ))}
            </ScrollArea.Autosize>
          </Radio.Group>
          <Field
            label={t('administration.give.reason')}
            description={t('administration.give.reason-help')}
            value={reason}
            required
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormFault error={giving.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('administration.cancel')}
            </Button>
            <Button type="submit" loading={giving.isPending} disabled={to === '' || reason.trim() === ''}>
              {t('administration.act.give')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
