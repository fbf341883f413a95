import { Checkbox } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { evidenceChannels } from '../../src/claims/what-counts.ts';
import { ChoiceField, Field } from '../kit/index.ts';
import { useWords } from '../words.ts';
import type { Case, KeptImage } from './answers.ts';
import { CaseForm, type FormProps } from './case-acts.tsx';
import { ImageField } from './image-field.tsx';
import { channelText } from './words-of.ts';

/** One more piece of follow-up that the product did not record itself, with its image; or that this is all. */
export function EvidenceForm({ data, send, close }: FormProps & { data: Case }): ReactNode {
  const t = useWords();
  const [at, setAt] = useState('');
  const [direction, setDirection] = useState<'out' | 'in'>('out');
  const [channel, setChannel] = useState<string>('whatsapp');
  const [answered, setAnswered] = useState(false);
  const [image, setImage] = useState<KeptImage | null>(null);
  const [complete, setComplete] = useState(false);
  const shows = at !== '' && image !== null;
  const recorded = data.judged.filter(({ interaction }) => interaction.recorded).length;
  const interaction = { at, direction, channel, answered, image: image?.id ?? null };
  return (
    <CaseForm
      title={t('control.act.evidence')}
      help={t('control.evidence.form-help', { recorded: String(recorded) })}
      save={t(complete ? 'control.evidence.save-complete' : 'control.evidence.save')}
      ready={shows || (complete && at === '' && image === null)}
      submit={() =>
        send.mutate({
          act: 'evidence',
          body: { interactions: shows ? [interaction] : [], complete },
          said: t(complete ? 'control.said.complete' : 'control.said.evidence'),
        })
      }
      send={send}
      close={close}
    >
      <ImageField label={t('control.evidence.image-label')} image={image} changed={setImage} />
      <Field
        type="datetime-local"
        label={t('control.evidence.at')}
        description={t('control.evidence.at-help')}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <ChoiceField
        label={t('control.evidence.channel')}
        value={channel}
        data={evidenceChannels.map((value) => ({ value, label: channelText(t, value) }))}
        onChange={(event) => setChannel(event.currentTarget.value)}
      />
      <ChoiceField
        label={t('control.evidence.direction')}
        value={direction}
        data={[
          { value: 'out', label: t('control.evidence.i-sought') },
          { value: 'in', label: t('control.evidence.client-sought') },
        ]}
        onChange={(event) => setDirection(event.currentTarget.value === 'in' ? 'in' : 'out')}
      />
      <Checkbox
        label={t('control.evidence.client-answered')}
        checked={answered}
        onChange={(event) => setAnswered(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('control.evidence.complete')}
        description={t('control.evidence.complete-help')}
        checked={complete}
        onChange={(event) => setComplete(event.currentTarget.checked)}
      />
    </CaseForm>
  );
}
