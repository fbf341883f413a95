import { Alert, Button, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { CopyText, Facts, FormFault, SidePanel, When } from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useLanguage, useWords } from '../words.ts';
import type { Source, Sources } from './answers.ts';
import { curlFor } from './curl.ts';
import { ExtensionMap } from './extension-map.tsx';
import { KindMark, SourceState } from './marks.tsx';
import classes from './marketing.module.css';
import { MetaTools } from './meta-tools.tsx';
import { Receipts } from './receipts.tsx';
import { SourceForm } from './source-form.tsx';

interface Props {
  source: Source;
  people: Sources['people'];
  zones: Sources['zones'];
  close: () => void;
}

/** One source: whether it works, how to connect it, its settings, and what it sent. */
export function SourcePanel({ source, people, zones, close }: Props): ReactNode {
  const t = useWords();
  const language = useLanguage() === 'en' ? 'en' : 'es';
  const manages = useMay('sources.manage');
  const [editing, setEditing] = useState(false);
  const trouble = source.state?.trouble ?? null;
  const last = source.state?.lastReceivedAt ?? null;
  return (
    <SidePanel
      title={source.name}
      label={source.name}
      close={close}
      actions={
        manages && !editing ? (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('marketing.change')}
          </Button>
        ) : undefined
      }
    >
      {editing ? (
        <SourceForm
          source={source}
          taken={[]}
          zones={zones}
          saved={() => setEditing(false)}
          cancel={() => setEditing(false)}
        />
      ) : (
        <div className={classes['panel']}>
          <div className={classes['panelHead']}>
            <KindMark kind={source.kind} />
            <SourceState source={source} />
          </div>
          {trouble === null ? null : (
            <Alert
              color="red"
              variant="light"
              icon={<IconAlertTriangle size={18} aria-hidden />}
              title={t('marketing.state.trouble')}
            >
              {trouble.remedy[language]}
            </Alert>
          )}
          <Facts>
            <dt>{t('marketing.key')}</dt>
            <dd>
              <code translate="no">{source.key}</code>
            </dd>
            <dt>{t('marketing.last-received')}</dt>
            <dd>{last === null ? t('marketing.never') : <When at={last} as="moment" />}</dd>
            <dt>{t('marketing.today')}</dt>
            <dd>
              {t('marketing.today-counts', {
                received: String(source.today?.received ?? 0),
                faulty: String(source.today?.faulty ?? 0),
              })}
            </dd>
          </Facts>
          {manages ? <Enabled source={source} /> : null}
          <Connect source={source} />
          {source.kind === 'meta' && manages ? <MetaTools source={source} /> : null}
          {source.kind === 'pbx' && manages ? <ExtensionMap source={source} people={people} /> : null}
          {manages ? <Receipts source={source} /> : null}
        </div>
      )}
    </SidePanel>
  );
}

function Enabled({ source }: { source: Source }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const switching = useMutation({
    mutationFn: (enabled: boolean) => {
      const { key, kind, name, zone, settings } = source;
      return ask(`/api/sources/${key}`, z.unknown(), {
        method: 'PUT',
        body: { kind, name, zone, settings, enabled },
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
  return (
    <>
      <Switch
        label={t('marketing.enabled')}
        description={t('marketing.enabled-help')}
        checked={switching.isPending ? switching.variables : source.enabled}
        onChange={(event) => switching.mutate(event.currentTarget.checked)}
      />
      <FormFault error={switching.error} />
    </>
  );
}

/** What is to be done at the other side for this kind, with everything to copy. */
function Connect({ source }: { source: Source }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const manages = useMay('sources.manage');
  const keys = useMay('keys.manage');
  const [preview, setPreview] = useState(false);
  const { kind, address, snippet } = source;
  return (
    <section className={classes['part']}>
      <h3>{t('marketing.connect')}</h3>
      <p className={classes['help']}>{t(`marketing.connect-help.${kind}`)}</p>
      {kind === 'api' ? (
        <>
          <CopyText
            label={t('marketing.curl')}
            text={curlFor(source.key, figures.place.figures, t('marketing.your-key'))}
          />
          {keys ? (
            <Button size="compact-sm" variant="light" onClick={() => void navigate({ to: '/settings/keys' })}>
              {t('marketing.make-key')}
            </Button>
          ) : (
            <p className={classes['help']}>{t('marketing.ask-key')}</p>
          )}
        </>
      ) : null}
      {address === null || !manages ? null : (
        <CopyText label={t(kind === 'web-form' ? 'marketing.page' : 'marketing.address')} text={address} />
      )}
      {snippet === null ? null : <CopyText label={t('marketing.snippet')} text={snippet} />}
      {kind === 'web-form' && address !== null ? (
        <>
          <Button
            size="compact-sm"
            variant="light"
            aria-expanded={preview}
            onClick={() => setPreview(!preview)}
          >
            {t(preview ? 'marketing.preview-hide' : 'marketing.preview')}
          </Button>
          {preview ? (
            // Its own path on this very server, however the server is called from outside.
            <iframe
              sandbox="allow-forms"
              className={classes['preview']}
              title={source.name}
              src={new URL(address).pathname}
            />
          ) : null}
        </>
      ) : null}
      {kind === 'file' ? (
        <Button size="compact-sm" variant="light" onClick={() => void navigate({ to: '/import' })}>
          {t('marketing.import')}
        </Button>
      ) : null}
    </section>
  );
}
