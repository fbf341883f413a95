/**
 * Holds on a person: a freeze (one for each claim: lead-reassignment L4) and opt-outs (by channel or all). The gate owns
 * them; claims, messages and the screens place and lift them through here, and each act leaves its entry.
 *
 *     freeze   none ── place(claim) ──▶ held ── lift(claim) ──▶ none        other claims' freezes stay
 *     opt-out  none ── place(channel | all) ──▶ held ── lift(channel | all) ──▶ none
 *                      lifting one channel from under 'all' leaves the others held
 */
import type { Instant } from '../platform/time.ts';
import { contactChannels, type ContactChannel, type Freeze, type OptOut } from './request.ts';

export interface Holds {
  freezes: readonly Freeze[];
  optOuts: readonly OptOut[];
}

export const noHolds: Holds = { freezes: [], optOuts: [] };

export type Hold =
  | { hold: 'freeze'; claim: string; exceptHolderUntil?: Instant }
  | { hold: 'opt-out'; channel: ContactChannel | 'all' };

export interface HoldCommand {
  act: 'place' | 'lift';
  contact: string;
  hold: Hold;
  /** In words or a token; for lifting an opt-out, where the person's new yes stands. Never empty. */
  reason: string;
}

/** As it stands in the journal. A freeze covers every channel, so its `channel` is 'all'. */
export interface HoldEntry {
  at: Instant;
  entry: 'gate.held' | 'gate.lifted';
  contact: string;
  hold: 'freeze' | 'opt-out';
  channel: ContactChannel | 'all';
  reason: string;
  /** Freezes only. */
  claim?: string;
  exceptHolderUntil?: Instant;
}

/** `already-held`: nothing to do, the hold stands (a repeated "STOP" is harmless). */
export type HoldRefusal = 'already-held' | 'not-held' | 'reason-missing';

export function decideHold(
  holds: Holds,
  command: HoldCommand,
  now: Instant,
): { entry: HoldEntry } | { refused: HoldRefusal } {
  if (command.reason.trim() === '') return { refused: 'reason-missing' };
  const held = isHeld(holds, command.hold);
  if (command.act === 'place' && held) return { refused: 'already-held' };
  if (command.act === 'lift' && !held) return { refused: 'not-held' };
  return { entry: entryOf(command, now) };
}

function entryOf({ act, contact, hold, reason }: HoldCommand, at: Instant): HoldEntry {
  const entry = act === 'place' ? 'gate.held' : 'gate.lifted';
  if (hold.hold === 'opt-out') return { at, entry, contact, hold: 'opt-out', channel: hold.channel, reason };
  const { claim, exceptHolderUntil } = hold;
  const frozen: HoldEntry = { at, entry, contact, hold: 'freeze', channel: 'all', reason, claim };
  return exceptHolderUntil === undefined || act === 'lift' ? frozen : { ...frozen, exceptHolderUntil };
}

function isHeld(holds: Holds, hold: Hold): boolean {
  if (hold.hold === 'freeze') return holds.freezes.some((f) => f.claim === hold.claim);
  return isOptedOut(holds.optOuts, hold.channel);
}

/** 'all' is held only as such: seven channels one by one leave the eighth, whenever it comes, open. */
function isOptedOut(optOuts: readonly OptOut[], channel: ContactChannel | 'all'): boolean {
  return optOuts.some((o) => o.channel === 'all' || o.channel === channel);
}

/** The one function that changes holds; from entries alone, so that the journal gives the same holds again. */
export function applyHold(holds: Holds, entry: HoldEntry): Holds {
  return entry.hold === 'freeze'
    ? { ...holds, freezes: applyFreeze(holds.freezes, entry) }
    : { ...holds, optOuts: applyOptOut(holds.optOuts, entry) };
}

function applyFreeze(freezes: readonly Freeze[], entry: HoldEntry): Freeze[] {
  const { claim = '', exceptHolderUntil } = entry;
  const others = freezes.filter((f) => f.claim !== claim);
  if (entry.entry === 'gate.lifted') return others;
  const freeze: Freeze = { claim, since: entry.at };
  return [...others, exceptHolderUntil === undefined ? freeze : { ...freeze, exceptHolderUntil }];
}

function applyOptOut(optOuts: readonly OptOut[], { entry, channel, at }: HoldEntry): OptOut[] {
  if (entry === 'gate.held') {
    return channel === 'all'
      ? [{ channel, at }]
      : [...optOuts.filter((o) => o.channel !== channel), { channel, at }];
  }
  if (channel === 'all') return [];
  return optOuts.flatMap((o) => {
    if (o.channel !== 'all') return o.channel === channel ? [] : [o];
    return contactChannels.filter((c) => c !== channel).map((c) => ({ channel: c, at: o.at }));
  });
}

/**
 * What the gate is to be told as `frozen`: of several freezes one that binds everybody goes before one that excepts the
 * holder, since contact waits for every claim; then the earliest.
 */
export function freezeInForce(holds: Holds): Freeze | null {
  const [first = null] = holds.freezes.toSorted((a, b) => {
    const [untilA, untilB] = [a.exceptHolderUntil ?? '', b.exceptHolderUntil ?? ''];
    if (untilA !== untilB) return untilA < untilB ? -1 : 1;
    return a.since < b.since ? -1 : 1;
  });
  return first;
}
