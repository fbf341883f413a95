import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconBell,
  IconCircleCheck,
  IconCircleDashed,
  IconPlugOff,
  IconSend,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { ErrorState, FormFault, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { EmailForm } from './email-form.tsx';
import { MailboxCard } from './mailbox-card.tsx';
import { PbxCard } from './pbx-card.tsx';
import { Card, SettingsPage } from './settings-tabs.tsx';
import classes from './settings.module.css';
import { TelegramForm } from './telegram-form.tsx';
import { Templates } from './templates.tsx';
import { WhatsAppForm } from './whatsapp-form.tsx';

const remedies = [
  'token',
  'permission',
  'billing',
  'account',
  'spam',
  'address',
  'password',
  'sender',
  'bot',
  'group',
] as const;
const channelSchema = z.object({
  kind: z.enum(['whatsapp', 'email', 'telegram']),
  state: z.enum(['ok', 'stopped', 'not-set-up']),
  settings: z.record(z.string(), z.unknown()).nullable(),
  reason: z.string().nullable(),
  remedy: z.enum(remedies).nullable(),
  updatedAt: z
    .string()
    .transform((text) => instant(text))
    .nullable(),
});
export type Channel = z.infer<typeof channelSchema>;
const channelsSchema = z.object({
  channels: z.array(channelSchema),
  webhookUrl: z.string(),
  whatsappPeopleToday: z.number(),
});
/** What the forms show beside a channel's own settings. */
export type Around = Omit<z.infer<typeof channelsSchema>, 'channels'>;

/** Canales: how people of the floor and prospects are reached outside the product, and whether it works. */
export default function Channels(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'channels'],
    queryFn: () => ask('/api/channels', channelsSchema),
  });
  return (
    <SettingsPage at="/settings/channels" lead={t('settings.channels.lead')}>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={6} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <div className={classes['cards']}>
          {data.channels.map((channel) => (
            <ChannelCard key={channel.kind} channel={channel} around={data} />
          ))}
          <MailboxCard />
          <PbxCard />
          <PushCard />
        </div>
      )}
    </SettingsPage>
  );
}

function ChannelCard({ channel, around }: { channel: Channel; around: Around }): ReactNode {
  const t = useWords();
  const { kind, state, reason, remedy, updatedAt } = channel;
  return (
    <Card
      title={t(`settings.channel.${kind}`)}
      aside={<ChannelState state={state} />}
      help={t(`settings.channel-help.${kind}`)}
    >
      {state === 'stopped' ? (
        <Alert
          color="red"
          variant="light"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={t('settings.channel-stopped', { reason: reason ?? '' })}
        >
          {remedy === null ? null : t(`settings.remedy.${remedy}`)}
        </Alert>
      ) : null}
      {kind === 'whatsapp' ? <WhatsAppForm channel={channel} around={around} /> : null}
      {kind === 'email' ? <EmailForm channel={channel} /> : null}
      {kind === 'telegram' ? <TelegramForm channel={channel} /> : null}
      {state === 'not-set-up' ? null : <Try kind={kind} />}
      {updatedAt === null ? null : (
        <p className={classes['soft']}>
          {t('settings.channel-saved')} <When at={updatedAt} as="moment" />
        </p>
      )}
      {kind === 'whatsapp' ? <Templates /> : null}
    </Card>
  );
}

function ChannelState({ state }: Pick<Channel, 'state'>): ReactNode {
  const t = useWords();
  const marks = {
    ok: { tone: 'good', icon: IconCircleCheck },
    stopped: { tone: 'late', icon: IconPlugOff },
    'not-set-up': { tone: 'quiet', icon: IconCircleDashed },
  } as const;
  return <StatusBadge {...marks[state]}>{t(`settings.channel-state.${state}`)}</StatusBadge>;
}

const sentSchema = z.object({ message: z.string().nullable() });
const testSchema = z.object({ state: z.string(), code: z.string().nullable() });
const ON_ITS_WAY = new Set(['queued', 'sending']);
const LOOK_EVERY_MILLISECONDS = 1_500;

/** A message to oneself, through all that any message goes through; how it went is followed to the end. */
function Try({ kind }: Pick<Channel, 'kind'>): ReactNode {
  const t = useWords();
  const [message, setMessage] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: () => ask(`/api/channels/${kind}/test`, sentSchema, { method: 'POST', body: {} }),
    onSuccess: (sent) => setMessage(sent.message),
  });
  const outcome = useQuery({
    queryKey: ['settings', 'channel-test', message],
    queryFn: () => ask(`/api/channels/tests/${message ?? ''}`, testSchema),
    enabled: message !== null,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data === undefined || ON_ITS_WAY.has(state.data.state) ? LOOK_EVERY_MILLISECONDS : false,
  });
  const went = outcome.data;
  const bad = went !== undefined && ['refused', 'failed', 'unknown'].includes(went.state);
  return (
    <div className={classes['trouble']}>
      <Group gap="sm">
        <Button
          variant="light"
          leftSection={<IconSend size={16} aria-hidden />}
          loading={sending.isPending}
          onClick={() => sending.mutate()}
        >
          {t('settings.try')}
        </Button>
        <span role="status" className={classes['soft']}>
          {message === null
            ? null
            : went === undefined || ON_ITS_WAY.has(went.state)
              ? t('settings.try-under-way')
              : bad
                ? t('settings.try-failed', { code: went.code ?? went.state })
                : t('settings.try-done')}
        </span>
      </Group>
      <FormFault error={sending.error} />
    </div>
  );
}

/** Push needs no setting of the organization: each person switches it on for each device. */
function PushCard(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  return (
    <Card title={t('settings.channel.push')} help={t('settings.channel-help.push')}>
      <Button
        variant="light"
        leftSection={<IconBell size={16} aria-hidden />}
        onClick={() => void navigate({ to: '/account' })}
      >
        {t('settings.push-own')}
      </Button>
    </Card>
  );
}
