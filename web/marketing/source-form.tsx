import { Button, Group, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { SourceKind, SourceSettings } from '../../src/sources/source.ts';
import { ask } from '../api.ts';
import { faultOf, Field, FormFault, SecretField } from '../kit/index.ts';
import { useSession } from '../session.ts';
import { useWords } from '../words.ts';
import type { Source } from './answers.ts';
import { usualForm, type FormSettings } from './form-settings.ts';
import { KIND_ICONS, KINDS, keyFor, SECRETS } from './kinds.ts';
import classes from './marketing.module.css';
import { WebFormFields } from './web-form-fields.tsx';

interface Props {
  /** Absent: a new one. */
  source?: Source;
  taken: readonly string[];
  /** Of the floor, for a form whose leads belong to one. */
  zones: readonly string[];
  saved: (key: string) => void;
  cancel: () => void;
}

/** A source's settings. A new one begins with its kind, which does not change afterwards. */
export function SourceForm(props: Props): ReactNode {
  const t = useWords();
  const [kind, setKind] = useState<SourceKind | null>(props.source?.kind ?? null);
  if (kind !== null)
    return <SettingsForm {...props} kind={kind} {...(props.source ? {} : { back: () => setKind(null) })} />;
  return (
    <div className={classes['kinds']}>
      <p className={classes['help']}>{t('marketing.kind-ask')}</p>
      {KINDS.map((one) => {
        const Mark = KIND_ICONS[one];
        return (
          <button key={one} type="button" className={classes['kindChoice']} onClick={() => setKind(one)}>
            <Mark size={22} aria-hidden />
            <strong>{t(`marketing.kind.${one}`)}</strong>
            <span>{t(`marketing.kind-help.${one}`)}</span>
          </button>
        );
      })}
    </div>
  );
}

function SettingsForm({
  source,
  taken,
  zones,
  saved,
  cancel,
  kind,
  back,
}: Props & { kind: SourceKind; back?: () => void }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { organization } = useSession();
  const [name, setName] = useState(source?.name ?? '');
  const [cost, setCost] = useState(source?.settings.monthlyCost ?? '');
  const [lines, setLines] = useState(source?.settings.companyLines?.join(', ') ?? '');
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [form, setForm] = useState<FormSettings>(
    source?.settings.form ?? usualForm(t, organization.locale, organization.name),
  );
  const [newAddress, setNewAddress] = useState(false);
  const saving = useMutation({
    mutationFn: async () => {
      const key = source?.key ?? keyFor(name, taken);
      const { monthlyCost: _, companyLines: __, ...kept } = source?.settings ?? {};
      const numbers = lines
        .split(',')
        .map((line) => line.replaceAll(/[^\d+]/g, ''))
        .filter((line) => line !== '');
      const settings: SourceSettings = {
        ...kept,
        ...(cost.trim() === '' ? {} : { monthlyCost: cost.trim().replace(',', '.') }),
        ...(numbers.length === 0 ? {} : { companyLines: numbers }),
        ...(kind === 'web-form' ? { form } : {}),
      };
      const given = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''));
      const body = {
        kind,
        name: name.trim(),
        zone: source?.zone ?? null,
        settings,
        enabled: source?.enabled ?? true,
        secrets: given,
        ...(newAddress ? { newAddress } : {}),
      };
      await ask(`/api/sources/${key}`, z.unknown(), { method: 'PUT', body });
      return key;
    },
    onSuccess: async (key) => {
      await client.invalidateQueries({ queryKey: ['sources'] });
      saved(key);
    },
  });
  const hasAddress = source?.address != null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack gap="sm">
        {back === undefined ? null : (
          <Button
            className={classes['fit'] ?? ''}
            size="compact-sm"
            variant="subtle"
            leftSection={<IconArrowLeft size={14} aria-hidden />}
            onClick={back}
          >
            {t(`marketing.kind.${kind}`)}
          </Button>
        )}
        <p className={classes['help']}>{t(`marketing.kind-help.${kind}`)}</p>
        <Field
          label={t('marketing.name')}
          description={t('marketing.name-help')}
          required
          maxLength={200}
          data-autofocus
          value={name}
          error={faultOf(saving.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {(SECRETS[kind] ?? []).map((secret) => (
          <SecretField
            key={secret}
            label={t(`marketing.secret.${secret}`)}
            description={t(`marketing.secret-help.${secret}`)}
            autoComplete="off"
            placeholder={source?.secretsSet.includes(secret) ? t('marketing.secret-kept') : undefined}
            value={secrets[secret] ?? ''}
            error={faultOf(saving.error, `secrets.${secret}`)}
            onChange={(event) => setSecrets({ ...secrets, [secret]: event.currentTarget.value })}
          />
        ))}
        {kind === 'web-form' ? (
          <WebFormFields form={form} zones={zones} change={setForm} error={saving.error} />
        ) : null}
        {kind === 'pbx' || kind === 'whatsapp' ? (
          <Field
            label={t('marketing.lines')}
            description={t('marketing.lines-help')}
            value={lines}
            error={faultOf(saving.error, 'settings.companyLines')}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        ) : null}
        <Field
          label={t('marketing.cost')}
          description={t('marketing.cost-help')}
          inputMode="decimal"
          value={cost}
          error={faultOf(saving.error, 'settings.monthlyCost')}
          onChange={(event) => setCost(event.currentTarget.value)}
        />
        {hasAddress ? (
          <Radio.Group
            label={t('marketing.address-change')}
            value={newAddress ? 'new' : 'same'}
            onChange={(value) => setNewAddress(value === 'new')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="same" label={t('marketing.address-same')} />
              <Radio
                value="new"
                label={t('marketing.address-new')}
                description={t('marketing.address-new-help')}
              />
            </Stack>
          </Radio.Group>
        ) : null}
        <FormFault error={saving.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            {t('marketing.cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {t(source === undefined ? 'marketing.create' : 'marketing.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
