/** What was read, set right by hand; complete, it goes on as a claim. */
import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ChoiceField, Field, FormFault, LongField, showDone } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { correct, refuse, type Correction, type OneDraft } from './data.ts';
import classes from './mailbox.module.css';

const OPEN: ReadonlySet<string> = new Set(['open']);

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

export function DraftForm({ one }: { one: OneDraft }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const { draft, words, files, leads, people } = one;
  const [refusing, setRefusing] = useState(false);
  const pictures = files.filter(({ picture }) => picture !== null);
  const form = useForm({
    initialValues: {
      name: words.name ?? '',
      phone: words.phone ?? '',
      email: words.email ?? '',
      source: words.source ?? '',
      imageDatedOn: draft.imageDatedOn ?? '',
      image: draft.image ?? '',
      firstContact: draft.firstContact,
      lead: draft.lead ?? '',
    },
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['drafts'] });
  const saving = useMutation({
    mutationFn: (given: Correction) => correct(draft.id, given),
    onSuccess: () => {
      showDone(t('mailbox.saved'));
      refresh();
    },
  });
  const isOpen = OPEN.has(draft.state);
  const save = (): void => {
    const given = form.getValues();
    saving.mutate({
      name: orNull(given.name),
      phone: orNull(given.phone),
      email: orNull(given.email),
      source: orNull(given.source),
      imageDatedOn: orNull(given.imageDatedOn),
      image: orNull(given.image),
      firstContact: given.firstContact,
      lead: orNull(given.lead),
    });
  };
  const leadChoices = leads.map(({ id, number, receivedAt, holder }) => ({
    value: id,
    label: t('mailbox.lead-choice', {
      number: String(number),
      holder: holder === null ? t('mailbox.nobody') : (people[holder] ?? holder),
      date: figures.date(receivedAt),
    }),
  }));
  return (
    <form className={classes['form']} onSubmit={form.onSubmit(save)}>
      <fieldset disabled={!isOpen} className={classes['fields']}>
        <legend>{t('mailbox.read')}</legend>
        <div className={classes['two']}>
          <Field label={t('mailbox.field.name')} maxLength={200} {...form.getInputProps('name')} />
          <Field label={t('mailbox.field.phone')} maxLength={20} {...form.getInputProps('phone')} />
          <Field label={t('mailbox.field.email')} maxLength={254} {...form.getInputProps('email')} />
          <Field label={t('mailbox.field.source')} maxLength={200} {...form.getInputProps('source')} />
          <ChoiceField
            label={t('mailbox.field.image')}
            data={[
              { value: '', label: t('mailbox.no-image') },
              ...pictures.map(({ id, name }) => ({ value: id, label: name ?? t('mailbox.file') })),
            ]}
            {...form.getInputProps('image')}
          />
          <Field label={t('mailbox.field.image-date')} type="date" {...form.getInputProps('imageDatedOn')} />
        </div>
        <ChoiceField
          label={t('mailbox.field.lead')}
          description={leads.length === 0 ? t('mailbox.no-lead') : undefined}
          data={[{ value: '', label: t('mailbox.find-lead') }, ...leadChoices]}
          {...form.getInputProps('lead')}
        />
        <Checkbox
          label={t('mailbox.field.first-contact')}
          {...form.getInputProps('firstContact', { type: 'checkbox' })}
        />
      </fieldset>
      <FormFault error={saving.error} />
      {isOpen ? (
        <Group justify="flex-end">
          <Button variant="subtle" color="red" onClick={() => setRefusing(true)}>
            {t('mailbox.refuse')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t('mailbox.save')}
          </Button>
        </Group>
      ) : null}
      {refusing ? <Refusing id={draft.id} close={() => setRefusing(false)} done={refresh} /> : null}
    </form>
  );
}

function Refusing({ id, close, done }: { id: string; close: () => void; done: () => void }): ReactNode {
  const t = useWords();
  const [reason, setReason] = useState('');
  const refusing = useMutation({
    mutationFn: () => refuse(id, reason.trim()),
    onSuccess: () => {
      close();
      showDone(t('mailbox.refused'));
      done();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t('mailbox.refuse-title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={classes['form']}>
        <LongField
          data-autofocus
          label={t('mailbox.reason')}
          description={t('mailbox.reason-help')}
          maxLength={400}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormFault error={refusing.error} />
        <Group justify="flex-end">
          <Button
            color="red"
            disabled={reason.trim() === ''}
            loading={refusing.isPending}
            onClick={() => refusing.mutate()}
          >
            {t('mailbox.refuse')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
