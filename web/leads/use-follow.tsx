/** Doing and undoing the acts of follow-up: each can be taken back for five seconds by its counter-entry. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { localDateTime } from '../../src/calendar/zones.ts';
import { asApiError } from '../api.ts';
import { offerUndo, showNotice } from '../kit/index.ts';
import { serverNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { say, useWords, type WordId } from '../words.ts';
import { doAct, type FollowAct } from './follow-data.ts';
import { FollowForm, type FormName } from './follow-forms.tsx';

export interface FollowLead {
  readonly id: string;
  readonly name: string;
}

export interface Follow {
  readonly open: (form: FormName, lead: FollowLead) => void;
  readonly act: (lead: FollowLead, act: FollowAct) => void;
  /** A closing on its way: it goes when the time to take it back is over. */
  readonly closing: string | undefined;
  /** To be drawn once on the screen. */
  readonly dialogs: ReactNode;
}

/** What takes an act back; an act that is not named here stands. */
function counterOf({ act, appointment }: FollowAct, held: string | null): FollowAct | null {
  const meeting = held ?? (typeof appointment === 'string' ? appointment : null);
  switch (act) {
    case 'next-action.set':
      return { act: 'next-action.done' };
    case 'opportunity.opened':
      return { act: 'opportunity.canceled' };
    case 'reservation.made':
      return { act: 'reservation.canceled' };
    case 'lead.lost':
    case 'lead.incubated':
      return { act: 'lead.reopened' };
    case 'appointment.booked':
      return meeting === null ? null : { act: 'appointment.canceled', appointment: meeting };
    case 'appointment.held':
    case 'appointment.missed':
    case 'appointment.canceled':
      return meeting === null ? null : { act: 'appointment.reopened', appointment: meeting };
    default:
      return null;
  }
}

const DONE: Readonly<Record<string, WordId>> = {
  'next-action.set': 'follow.done.next',
  'next-action.done': 'follow.done.next-done',
  'appointment.booked': 'follow.done.booked',
  'appointment.held': 'follow.done.held',
  'appointment.missed': 'follow.done.missed',
  'appointment.canceled': 'follow.done.canceled',
  'opportunity.opened': 'follow.done.opportunity',
  'opportunity.canceled': 'follow.done.opportunity-canceled',
  'reservation.made': 'follow.done.reserved',
  'reservation.canceled': 'follow.done.reservation-canceled',
  'sale.closed': 'follow.done.closed',
  'lead.incubated': 'follow.done.incubated',
  'lead.lost': 'follow.done.lost',
  'lead.reopened': 'follow.done.reopened',
};

function doneText(act: string, name: string): string {
  return say(DONE[act] ?? 'follow.done.noted', { name });
}

export function useFollow(): Follow {
  const t = useWords();
  const client = useQueryClient();
  const { place } = useFigures();
  const [begun, setBegun] = useState<{ form: FormName; lead: FollowLead }>();
  const [closing, setClosing] = useState<string>();
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['leads'] });
  const send = useMutation({
    mutationFn: ({ lead, act }: { lead: FollowLead; act: FollowAct }) => doAct(lead.id, act),
    onSuccess: ({ appointment }, { lead, act }) => {
      setBegun(undefined);
      refresh();
      const text = doneText(act.act, lead.name);
      const counter = counterOf(act, appointment);
      if (counter === null) showNotice({ text });
      else
        offerUndo({
          text,
          undo: async () => {
            await attempt(lead, counter);
            refresh();
          },
        });
    },
    onError: (fault, { lead }) => {
      // With a form open the form says it.
      if (begun === undefined) failed(lead, fault);
    },
  });
  /** Told to team and group at once, so that it waits for the time in which it can be thought better of. */
  const close = (lead: FollowLead, act: FollowAct): void => {
    setBegun(undefined);
    setClosing(lead.id);
    offerUndo({
      text: doneText(act.act, lead.name),
      undo: () => {
        setClosing(undefined);
        showNotice({ text: t('follow.close-undone', { name: lead.name }) });
      },
      done: () => void attempt(lead, act).finally(() => (setClosing(undefined), refresh())),
    });
  };
  const act = (lead: FollowLead, what: FollowAct): void =>
    what.act === 'sale.closed' ? close(lead, what) : send.mutate({ lead, act: what });
  return {
    open: (form, lead) => {
      send.reset();
      setBegun({ form, lead });
    },
    act,
    closing,
    dialogs:
      begun === undefined ? null : (
        <FollowForm
          form={begun.form}
          name={begun.lead.name}
          now={localDateTime(serverNow(), place.zone).slice(0, 16)}
          close={() => setBegun(undefined)}
          submit={(what) => act(begun.lead, what)}
          busy={send.isPending}
          error={send.error}
        />
      ),
  };
}

async function attempt(lead: FollowLead, act: FollowAct): Promise<void> {
  try {
    await doAct(lead.id, act);
  } catch (fault) {
    failed(lead, fault);
  }
}

function failed(lead: FollowLead, fault: unknown): void {
  showNotice({
    title: say('follow.failed', { name: lead.name }),
    text: asApiError(fault).message,
    late: true,
    news: true,
  });
}
