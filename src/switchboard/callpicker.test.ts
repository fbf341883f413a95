import { describe, expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { callKey, readCallBody, readCallEvent, type CallReport, type PbxDoor } from './callpicker.ts';
import { outcomeOf } from './callpicker-status.ts';

const door: PbxDoor = { zone: 'America/Merida', now: instant('2026-07-15T16:00:00Z') };

/** The second generation, as public consumers show it; people and numbers invented. */
const v2 = {
  api_version: 2,
  created: 1784128770638,
  event: 'outbound_call_completed',
  call_id: 'o-700000001',
  call_attempt: 1,
  call_type: 'outbound',
  call_status: 'Redirected',
  call_source: 'api',
  date: '2026-7-15 9:18:39',
  callpicker_number: '525511112222',
  callpicker_description: 'Ventas',
  callpicker_destination_name: 'Ana Ruiz',
  callee_number: '9991234567',
  callee_city: 'MERIDA',
  wait_time: 2,
  duration: 1,
  duration_sec: 41,
  records: '["https://recordings.example.com/a"]',
};
const old = {
  request_id: '991',
  call_type: 'inbound',
  call_status: 'Redirected',
  date: '2026-07-15 09:18:39',
  caller_id: '9991234567',
  duration: '2',
  callpicker_number: '525511112222',
  dialed_number: '525511112222',
  answered_by: 'Ana Ruiz',
  dialed_by: '',
  city: 'MERIDA',
  records: ['https://recordings.example.com/a'],
  record_keys: ['k1'],
};
const report = (body: unknown, at = door): CallReport => {
  const read = readCallEvent(body, at);
  if ('fault' in read) throw new Error(read.fault.code);
  return read.report;
};

describe('an event of the PBX', () => {
  test('second generation', () => {
    const { raw, ...rest } = report(v2);
    expect(raw).toEqual(v2);
    expect(rest).toEqual({
      callId: 'o-700000001',
      attempt: 1,
      direction: 'out',
      startedAt: '2026-07-15T15:18:39.000Z',
      startedAtFrom: 'date',
      endedAt: '2026-07-15T15:19:22.000Z',
      answered: true,
      outcome: 'connected',
      status: 'Redirected',
      ringSeconds: 2,
      talkSeconds: 41,
      otherParty: '9991234567',
      companyLine: '525511112222',
      advisor: { name: 'Ana Ruiz' },
      recordings: ['https://recordings.example.com/a'],
      recordKeys: [],
      city: 'MERIDA',
      doubts: [],
    });
  });

  test('older generation: the ring time is missing and stays missing, minutes prove only what they must', () => {
    expect(report(old)).toMatchObject({
      callId: '991',
      direction: 'in',
      startedAtFrom: 'date',
      ringSeconds: null,
      talkSeconds: 61,
      answered: true,
      otherParty: '9991234567',
      recordKeys: ['k1'],
      doubts: ['ring-unknown', 'talk-from-minutes', 'end-estimated'],
    });
  });

  test.each([
    ['JSON', JSON.stringify(v2)],
    ['form', new URLSearchParams(Object.entries(v2).map(([k, v]) => [k, String(v)])).toString()],
    ['JSON wrapped in a list', JSON.stringify([v2])],
  ])('the same call as %s', (_name, body) => {
    const read = readCallBody(new TextEncoder().encode(body), door);
    expect(read).toMatchObject({
      report: {
        callId: 'o-700000001',
        startedAt: '2026-07-15T15:18:39.000Z',
        talkSeconds: 41,
        ringSeconds: 2,
      },
    });
    expect(read).toMatchObject({ report: { recordings: ['https://recordings.example.com/a'] } });
  });

  test('the call began at date, not when it was told of (created), which is 51.6 s later', () => {
    expect(report(v2).startedAt < instant(v2.created)).toBe(true);
  });

  test('without date the start is counted back from created', () => {
    expect(report({ ...v2, date: '' })).toMatchObject({
      startedAt: '2026-07-15T15:18:47.638Z',
      startedAtFrom: 'created',
      doubts: ['start-estimated'],
    });
  });

  test('a PBX in another zone: created has no zone to be wrong about', () => {
    expect(report({ ...v2, date: '2026-7-15 10:18:39' })).toMatchObject({
      startedAt: '2026-07-15T15:18:47.638Z',
      startedAtFrom: 'created',
      doubts: ['zone-differs'],
    });
  });

  test('the company’s own line is never the lead', () => {
    expect(report({ ...v2, callee_number: '5511112222', dialed_number: '9991234567' }).otherParty).toBe(
      '9991234567',
    );
    expect(report({ ...v2, callee_number: '+52 55 1111 2222' })).toMatchObject({
      otherParty: null,
      doubts: ['number-withheld'],
    });
  });

  test.each([
    ['blank', ''],
    ['anonymous', 'anonymous'],
    ['null', null],
  ])('a withheld number (%s) is nobody’s', (_name, caller_id) => {
    expect(report({ ...old, caller_id }).otherParty).toBeNull();
  });

  test.each([
    ['Redirected', 41, 'connected', true],
    ['Redirected', 0, 'connected', false],
    ['Answered', 5, 'connected', true],
    ['Lost', 0, 'unanswered', false],
    ['Lost_by_agent', 0, 'unanswered', false],
    ['No contestada', 0, 'unanswered', false],
    ['Voicemail', 30, 'voicemail', false],
    ['Buzón de voz', 30, 'voicemail', false],
    ['Self-service', 30, 'menu', false],
    ['Self_service', 30, 'menu', false],
    ['Teletransported', 300, 'unknown', false],
    ['', 300, 'unknown', false],
  ])('status %j with %d s is %s, answered %j', (call_status, duration_sec, outcome, answered) => {
    const told = report({ ...v2, created: undefined, call_status, duration_sec });
    expect(told).toMatchObject({ outcome, answered, status: call_status });
    expect(told.doubts.includes('unknown-status')).toBe(outcome === 'unknown');
  });

  test.each([
    ['a name', 'Ana Ruiz', { name: 'Ana Ruiz' }],
    ['an extension', '101', { extension: '101' }],
    ['both', 'Ana Ruiz (101)', { name: 'Ana Ruiz', extension: '101' }],
    ['both, other order', 'Ext. 101 - Ana Ruiz', { name: 'Ana Ruiz', extension: '101' }],
    ['nobody', 'NULL', {}],
  ])('advisor: %s', (_name, callpicker_destination_name, advisor) => {
    expect(report({ ...v2, callpicker_destination_name }).advisor).toEqual(advisor);
  });

  test.each([
    ['a list', ['https://r.example.com/1', 'https://r.example.com/1'], ['https://r.example.com/1']],
    [
      'text with a list',
      '["https://r.example.com/1","https://r.example.com/2"]',
      ['https://r.example.com/1', 'https://r.example.com/2'],
    ],
    [
      'text with commas',
      'https://r.example.com/1,https://r.example.com/2',
      ['https://r.example.com/1', 'https://r.example.com/2'],
    ],
    ['empty text', '', []],
    ['empty list as text', '[]', []],
    ['an object as text', '{"a":1}', []],
    ['not an address', 'javascript:alert(1)', []],
    ['nothing', undefined, []],
  ])('recordings: %s', (_name, records, expected) =>
    expect(report({ ...v2, records }).recordings).toEqual(expected),
  );

  test('a repeat has the same key, another attempt another', () => {
    expect(callKey(report(v2))).toBe(callKey(report({ ...v2, created: undefined })));
    expect(callKey(report({ ...v2, call_attempt: 2 }))).toBe('o-700000001#2');
    expect(callKey(report({ ...v2, call_id: 9007199254740991 }))).toBe('9007199254740991#1');
  });

  test.each([
    ['no id', { ...v2, call_id: '' }, 'pbx-call-id-missing'],
    [
      'no direction',
      { ...v2, call_id: '1', call_type: '', event: '', callee_number: '' },
      'pbx-direction-unknown',
    ],
    ['no time: when it arrived is not when it was', { ...v2, date: '', created: '' }, 'pbx-time-missing'],
    ['from the future', { ...v2, created: undefined, date: '2026-7-15 10:06:00' }, 'pbx-time-in-future'],
    ['8 days old', { ...v2, created: undefined, date: '2026-7-7 9:18:39' }, 'pbx-time-too-old'],
    ['began after it ended', { ...v2, date: '2026-7-15 9:31:00' }, 'pbx-start-after-end'],
    ['a list of two', [v2, v2], 'pbx-not-readable'],
    ['text', 'hola', 'pbx-not-readable'],
  ])('%s', (_name, body, code) => expect(readCallEvent(body, door)).toMatchObject({ fault: { code } }));

  test.each([
    ['to the instant: 5 minutes ahead', '2026-7-15 10:05:00'],
    ['to the instant: 7 days old', '2026-7-8 10:00:00'],
  ])('%s still counts', (_name, date) => {
    expect(readCallEvent({ ...v2, created: undefined, date }, door)).toHaveProperty('report');
  });

  test.each(['', 'hola', '{"call_id":', '<xml/>'])('the body %j is not readable', (body) => {
    expect(readCallBody(body, door)).toMatchObject({ fault: { code: 'pbx-not-readable' } });
  });
});

test('a status in any spelling', () => {
  expect(['REDIRECTED', 'redirected ', 'Lost by agent', 'SELF SERVICE'].map(outcomeOf)).toEqual([
    'connected',
    'connected',
    'unanswered',
    'menu',
  ]);
});
