import { ActionIcon, Tooltip } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useWords } from '../words.ts';

const KEPT = 'pauta.sound';
const NOTES_HERTZ = [660, 880];
const NOTE_SECONDS = 0.16;
const LOUDNESS = 0.12;

function isOn(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'on';
  } catch {
    return false;
  }
}

/** Two short notes, where the person asked for them; browsers stay silent until a page has been touched. */
export function ring(): void {
  if (!isOn()) return;
  const audio = new AudioContext();
  NOTES_HERTZ.forEach((hertz, at) => {
    const begins = audio.currentTime + at * NOTE_SECONDS;
    const tone = audio.createOscillator();
    const level = audio.createGain();
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(LOUDNESS, begins);
    level.gain.exponentialRampToValueAtTime(0.001, begins + NOTE_SECONDS);
    tone.connect(level).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + NOTE_SECONDS);
  });
}

export function SoundSwitch(): ReactNode {
  const t = useWords();
  const [on, setOn] = useState(isOn);
  const change = (): void => {
    try {
      localStorage.setItem(KEPT, on ? 'off' : 'on');
    } catch {
      // A browser that keeps nothing stays silent.
    }
    setOn(!on);
    ring();
  };
  return (
    <Tooltip label={t(on ? 'leads.day.sound-on' : 'leads.day.sound-off')}>
      <ActionIcon aria-label={t('leads.day.sound')} aria-pressed={on} onClick={change}>
        {on ? <IconVolume size={18} /> : <IconVolumeOff size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
