/** Correcting what is known of a person: one datum at a time, and every change there was, with who made it. */
import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconFlag, IconPencil } from '@tabler/icons-react';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { asApiError } from '../api.ts';
import { ChoiceField, faultOf, Field, FormFault, Shortcut, showNotice, useKeys, When } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import classes from './acts.module.css';
import { nameOf } from './acts.tsx';
import { sourceNamesQuery, type LeadRow } from './data.ts';
import { dataQuery, editFields, editLead, type EditField, type LeadData } from './edits-data.ts';
import view from './lead-view.module.css';
import { fieldText, sourceText } from './words-of.ts';

/** Our own ways of coming in, besides the organization's sources. */
const OWN_SOURCES = ['walk-in', 'phone-call', 'referral', 'own'] as const;

export function Edits({ lead }: { lead: LeadRow }): ReactNode {
  const t = useWords();
  const { data } = useQuery(dataQuery(lead.id));
  const [open, setOpen] = useState(false);
  const may = data?.may === true;
  useKeys([{ keys: 'e', label: t('leads.edit.open'), run: () => setOpen(true), when: () => may }]);
  if (data === undefined) return null;
  return (
    <>
      {may ? (
        <Button
          size="compact-sm"
          variant="light"
          className={view['edit']}
          leftSection={<IconPencil size={15} aria-hidden />}
          rightSection={<Shortcut keys="e" />}
          onClick={() => setOpen(true)}
        >
          {t('leads.edit.open')}
        </Button>
      ) : null}
      {data.edits.length === 0 ? null : <History data={data} />}
      {open ? <EditForm lead={lead} data={data} close={() => setOpen(false)} /> : null}
    </>
  );
}

function History({ data: { edits, people } }: { data: LeadData }): ReactNode {
  const t = useWords();
  return (
    <details className={view['received']}>
      <summary>{t('leads.edit.history', { count: String(edits.length) })}</summary>
      <ol className={view['edits']}>
        {edits.map(({ id, at, by, field, before, after, flags }) => (
          <li key={id}>
            {t('leads.said.edited', { by: people[by] ?? by, field: fieldText(t, field) })}
            {before === null && after === null ? null : (
              <span className={view['change']}>
                <del>{shownAs(t, field, before)}</del> → <ins>{shownAs(t, field, after)}</ins>
              </span>
            )}
            <small className={view['soft']}>
              <When at={at} as="moment" />
            </small>
            {flags.length === 0 ? null : (
              <small className={view['flag']}>
                <IconFlag size={13} aria-hidden />{' '}
                {t('leads.edit.flagged', {
                  why: flags.map((flag) => t(`leads.edit.flag.${flag}`)).join(', '),
                })}
              </small>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function shownAs(t: Say, field: string, value: string | null): string {
  if (value === null) return '—';
  return field === 'source' ? sourceText(t, value) : value;
}

function EditForm({ lead, data, close }: { lead: LeadRow; data: LeadData; close: () => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [field, setField] = useState<EditField>('phone');
  const [value, setValue] = useState('');
  const [asked, setAsked] = useState(false);
  const stands = data.values[field] ?? null;
  const save = useMutation({
    mutationFn: () => editLead(lead.id, field, value.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['leads'] });
      showNotice({ text: t('leads.edit.saved', { field: fieldText(t, field), name: nameOf(lead) }) });
      close();
    },
  });
  const wrong = value.trim() === '' ? 'missing' : value.trim() === stands ? 'same' : null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(true);
    if (wrong === null && !save.isPending) save.mutate();
  };
  const fault = wrong !== null && asked ? t(`leads.edit.${wrong}`) : faultOf(save.error, 'value');
  const inField = save.error !== null && asApiError(save.error).field === 'value';
  return (
    <Modal
      opened
      onClose={close}
      title={t('leads.edit.title', { name: nameOf(lead) })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form className={classes['form']} onSubmit={submit} noValidate>
        <p className={classes['help']}>{t('leads.edit.help')}</p>
        <ChoiceField
          label={t('leads.edit.which')}
          value={field}
          data={editFields.map((each) => ({ value: each, label: t(FIELD_NAMES[each]) }))}
          onChange={(event) => {
            setField(editFields.find((each) => each === event.currentTarget.value) ?? 'phone');
            setValue('');
            setAsked(false);
            save.reset();
          }}
        />
        <ValueField
          field={field}
          stands={stands}
          value={value}
          set={(text) => (setValue(text), save.reset())}
          fault={fault}
        />
        {inField ? null : <FormFault error={save.error} />}
        <div className={classes['buttons']}>
          <Button variant="subtle" onClick={close}>
            {t('leads.act.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('leads.edit.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const FIELD_NAMES = {
  name: 'leads.reg.name',
  phone: 'leads.page.phone',
  email: 'leads.page.email',
  source: 'leads.page.source',
} as const;
const TYPES = { name: 'text', phone: 'tel', email: 'email' } as const;

interface ValueProps {
  field: EditField;
  stands: string | null;
  value: string;
  set: (value: string) => void;
  fault: string | undefined;
}

function ValueField({ field, stands, value, set, fault }: ValueProps): ReactNode {
  const t = useWords();
  const { data } = useQuery({ ...sourceNamesQuery, enabled: field === 'source' });
  const props = {
    'data-autofocus': true,
    label: t(`leads.edit.${field}`),
    description:
      stands === null ? t('leads.edit.now-none') : t('leads.edit.now', { value: shownAs(t, field, stands) }),
    value,
    error: fault,
  };
  if (field !== 'source')
    return (
      <Field
        {...props}
        type={TYPES[field]}
        maxLength={254}
        autoComplete="off"
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  const own = OWN_SOURCES.map((key) => ({ value: key, label: sourceText(t, key) }));
  const named = (data?.sources ?? []).map(({ key, name }) => ({ value: key, label: name }));
  const taken = new Set(named.map((each) => each.value));
  return (
    <ChoiceField
      {...props}
      data={[{ value: '', label: '—' }, ...named, ...own.filter((each) => !taken.has(each.value))]}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}
