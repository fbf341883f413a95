import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { z } from 'zod';
import { Field, faultOf, FormFault, Page, RowsShape, showNotice } from '../kit/index.ts';
import { useLanguage, useWords } from '../words.ts';
import { caseQuery, sendRequest, type Case, type KeptImage, type RequestForm } from './answers.ts';
import classes from './control.module.css';
import { ImageField } from './image-field.tsx';

const search = z.object({
  /** One that came back, to be sent whole. */
  claim: z.string().optional().catch(undefined),
  /** The lead that turned out another's. */
  lead: z.string().optional().catch(undefined),
});

/** Pedir un lead: whole at once, and what is missing told before it is sent. */
export default function RequestPage(): ReactNode {
  const t = useWords();
  const { claim, lead } = search.parse(useSearch({ strict: false }));
  const before = useQuery({ ...caseQuery(claim ?? '', useLanguage()), enabled: claim !== undefined });
  return (
    <Page title={t('control.new.title')} shape="narrow" lead={t('control.new.lead')}>
      {claim !== undefined && before.data === undefined ? (
        <RowsShape rows={4} />
      ) : (
        <RequestFields claim={claim ?? null} lead={lead ?? null} before={before.data?.claim ?? null} />
      )}
    </Page>
  );
}

interface Fields {
  claim: string | null;
  lead: string | null;
  before: Case['claim'] | null;
}

function RequestFields({ claim, lead, before }: Fields): ReactNode {
  const t = useWords();
  const router = useRouter();
  const client = useQueryClient();
  const [image, setImage] = useState<KeptImage | null>(null);
  const [form, setForm] = useState<RequestForm>({
    lead: before?.lead ?? lead,
    name: before?.name ?? '',
    phone: before?.phone ?? '',
    email: before?.email ?? '',
    source: before?.source ?? '',
    image: before?.image ?? null,
    imageDatedOn: before?.imageDatedOn ?? null,
    firstContactShown: before?.firstContactShown ?? false,
  });
  const [dateRead, setDateRead] = useState(before?.imageDatedOn != null);
  const whole = {
    ...form,
    image: image?.id ?? form.image,
    imageDatedOn: dateRead ? form.imageDatedOn : null,
  };
  const send = useMutation({
    mutationFn: () => sendRequest(whole, claim),
    onSuccess: async ({ claim: id, missing }) => {
      await client.invalidateQueries({ queryKey: ['claims'] });
      if (missing.length === 0) showNotice({ text: t('control.said.requested') });
      await router.navigate({ to: `/claims/${encodeURIComponent(id)}` });
    },
  });
  const set =
    (field: 'name' | 'phone' | 'email' | 'source') => (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((old) => ({ ...old, [field]: value }));
    };
  const missing = missingOf(whole);
  const found = form.lead !== null || form.phone.trim() !== '' || form.email.trim() !== '';
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        if (found) send.mutate();
      }}
    >
      <Field label={t('control.form.name')} value={form.name} onChange={set('name')} autoComplete="off" />
      <Field
        label={t('control.form.phone')}
        type="tel"
        value={form.phone}
        onChange={set('phone')}
        autoComplete="off"
        error={faultOf(send.error, 'phone')}
      />
      <Field
        label={t('control.form.email')}
        type="email"
        value={form.email}
        onChange={set('email')}
        autoComplete="off"
        error={faultOf(send.error, 'email')}
      />
      <Field
        label={t('control.form.source')}
        description={t('control.form.source-help')}
        value={form.source}
        onChange={set('source')}
      />
      <ImageField label={t('control.form.image')} image={image} changed={setImage} />
      <Field
        type="date"
        label={t('control.form.dated-on')}
        description={t('control.form.dated-help')}
        value={form.imageDatedOn ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setForm((old) => ({ ...old, imageDatedOn: value === '' ? null : value }));
        }}
      />
      <Checkbox
        label={t('control.form.date-read')}
        checked={dateRead}
        disabled={form.imageDatedOn === null}
        onChange={(event) => setDateRead(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('control.form.first-contact')}
        description={t('control.form.first-contact-help')}
        checked={form.firstContactShown}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          setForm((old) => ({ ...old, firstContactShown: checked }));
        }}
      />
      {missing.length === 0 ? null : (
        <p className={classes['said']} data-tone="soon">
          {t('control.new.missing', {
            parts: missing.map((part) => t(`control.missing.${part}`)).join(', '),
          })}
        </p>
      )}
      {faultOf(send.error, 'phone') === undefined ? <FormFault error={send.error} /> : null}
      <div className={classes['buttons']}>
        <Button variant="subtle" onClick={() => void router.navigate({ to: '/claims' })}>
          {t('control.cancel')}
        </Button>
        <Button type="submit" disabled={!found || missing.length > 0} loading={send.isPending}>
          {t('control.new.send')}
        </Button>
      </div>
    </form>
  );
}

/** The same list the server would send it back with. */
function missingOf(form: RequestForm) {
  const has = {
    name: form.name.trim() !== '',
    phone: form.phone.trim() !== '',
    email: form.email.trim() !== '',
    source: form.source.trim() !== '',
    sourceImage: form.image !== null && form.imageDatedOn !== null,
    firstContact: form.firstContactShown,
  };
  return (['name', 'phone', 'email', 'source', 'sourceImage', 'firstContact'] as const).filter(
    (part) => !has[part],
  );
}
