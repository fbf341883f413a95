import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconHelpCircle, IconMailCheck, IconMailX, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { EmptyState, ErrorState, FormFault, RowsShape, showDone, StatusBadge, When } from '../kit/index.ts';
import { wordOr } from '../procedures/words-of.ts';
import { useWords } from '../words.ts';
import { SettingsPage } from './settings-tabs.tsx';
import classes from './settings.module.css';

const messageSchema = z.object({
  id: z.string(),
  recipient: z.string(),
  recipientName: z.string().nullable(),
  channel: z.string(),
  kind: z.string(),
  lead: z.string().nullable(),
  queuedAt: z.string().transform((text) => instant(text)),
  state: z.enum(['unknown', 'refused', 'failed']),
  code: z.string().nullable(),
});
type Message = z.infer<typeof messageSchema>;
const messagesSchema = z.object({ messages: z.array(messageSchema) });

/** Mensajes por atender: what no channel took, or of which nobody knows; a person decides whether it goes again. */
export default function OpenMessages(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['notices', 'open'],
    queryFn: () => ask('/api/messages/open', messagesSchema),
  });
  return (
    <SettingsPage at="/settings/messages" lead={t('settings.messages.lead')}>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={5} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : data.messages.length === 0 ? (
        <EmptyState icon={IconMailCheck} title={t('settings.messages.none')}>
          {t('settings.messages.none-help')}
        </EmptyState>
      ) : (
        <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('settings.tab.messages')}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th>{t('settings.messages.to')}</th>
                <th>{t('settings.messages.about')}</th>
                <th>{t('settings.messages.channel')}</th>
                <th>{t('settings.messages.when')}</th>
                <th>{t('settings.messages.outcome')}</th>
                <th aria-label={t('settings.messages.resend')} />
              </tr>
            </thead>
            <tbody>
              {data.messages.map((message) => (
                <MessageRow key={message.id} message={message} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </SettingsPage>
  );
}

function MessageRow({ message }: { message: Message }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const resending = useMutation({
    mutationFn: () =>
      ask(`/api/messages/${encodeURIComponent(message.id)}/resend`, z.unknown(), {
        method: 'POST',
        body: {},
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['notices'] });
      showDone(t('settings.messages.resent'));
    },
  });
  const { state, code } = message;
  return (
    <tr>
      <td>{message.recipientName ?? message.recipient}</td>
      <td>{wordOr(t, 'settings.about', message.kind)}</td>
      <td>{wordOr(t, 'settings.contact-channel', message.channel)}</td>
      <td>
        <When at={message.queuedAt} as="moment" />
      </td>
      <td>
        <StatusBadge
          tone={state === 'unknown' ? 'soon' : 'late'}
          icon={state === 'unknown' ? IconHelpCircle : IconMailX}
        >
          {t(`settings.message-state.${state}`)}
        </StatusBadge>
        {code === null ? null : <span className={classes['soft']}> {wordOr(t, 'settings.code', code)}</span>}
      </td>
      <td data-align="right">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconSend size={14} aria-hidden />}
          loading={resending.isPending}
          onClick={() => resending.mutate()}
        >
          {t('settings.messages.resend')}
        </Button>
        <FormFault error={resending.error} />
      </td>
    </tr>
  );
}
