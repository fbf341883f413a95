import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { conversationRig, type ConversationRig } from '../../tests/conversation-rig.ts';
import { openRigs } from '../../tests/delivery-rig.ts';
import { HOUR, MINUTE } from '../platform/time.ts';
import { matchAnswer, readAnswer, type Asked } from './answers.ts';
import { confirmPayload } from './confirm-button.ts';

describe('what an answer in words says', () => {
  test.each([
    ['Sí', 'yes'],
    ['si confirmo', 'yes'],
    ['CONFIRMO', 'yes'],
    ['Confirmado, gracias', 'yes'],
    ['Hola, buen día. Confirmo.', 'yes'],
    ['Ok', 'yes'],
    ['de acuerdo 👍', 'yes'],
    ['👍', 'yes'],
    ['enterada', 'yes'],
    ['No', 'no'],
    ['no puedo ese día', 'no'],
    ['No, gracias', 'no'],
    ['👎', 'no'],
    ['Sí, pero el martes no puedo', 'unclear'],
    ['¿cuándo es?', 'unclear'],
    ['ok, ¿y mi cambio?', 'unclear'],
    ['buenos días', 'unclear'],
    ['', 'unclear'],
    ['siempre', 'unclear'],
    ['yes', 'yes'],
  ] as const)('«%s»: %s', (text, meaning) => {
    expect(readAnswer(text)).toBe(meaning);
  });
});

const answer = (given: Partial<Parameters<typeof matchAnswer>[0]>) => ({
  payloadMonth: null,
  quotes: null,
  text: 'sí',
  ...given,
});
const told = async (rig: ConversationRig, kind: string) =>
  (await rig.entries('told')).filter(({ about }) => about === kind);

describe('which question it belongs to', () => {
  const july: Asked = { message: 'm7', providerId: 'w7', month: '2024-07', open: true };
  const august: Asked = { message: 'm8', providerId: 'w8', month: '2024-08', open: true };

  test('the button says so itself, whatever is open', () => {
    const payloadMonth = '2024-07';
    expect(matchAnswer(answer({ payloadMonth }), [august])).toEqual({ month: '2024-07', meaning: 'yes' });
  });
  test('the quoted one, though another is open', () => {
    expect(matchAnswer(answer({ quotes: 'w7' }), [july, august])).toEqual({
      month: '2024-07',
      meaning: 'yes',
    });
  });
  test('else the only open one', () => {
    const settled = { ...august, open: false };
    expect(matchAnswer(answer({}), [july, settled])).toEqual({ month: '2024-07', meaning: 'yes' });
  });
  test('of a month asked twice there is one question', () => {
    const again = { ...july, message: 'again', providerId: 'w9' };
    expect(matchAnswer(answer({}), [july, again])).toEqual({ month: '2024-07', meaning: 'yes' });
  });
  test('with several open it belongs to none', () => {
    expect(matchAnswer(answer({}), [july, august])).toBe('several');
  });
  test('with none open, or the quoted one settled, there is nothing to answer', () => {
    expect(matchAnswer(answer({}), [])).toBe('none');
    expect(matchAnswer(answer({ quotes: 'w7' }), [{ ...july, open: false }, august])).toBe('none');
  });
});

describe('the roster is confirmed by answering (contact-center-policy L1)', () => {
  let rigs: Awaited<ReturnType<typeof openRigs>>;
  const opened: ConversationRig[] = [];
  beforeAll(async () => {
    rigs = await openRigs();
  });
  afterEach(async () => {
    for (const rig of opened.splice(0)) await rig.stop();
  });
  afterAll(() => rigs.close());

  const ANA = '525550000004';

  /** The month's roster has been sent: July's messages went out. */
  async function asked(): Promise<ConversationRig> {
    const rig = await conversationRig((given) => rigs.rig(given), {
      start: '2024-06-30T18:00:00.000Z',
      staffChannel: 'whatsapp',
    });
    opened.push(rig);
    for (let hour = 0; hour < 30; hour += 1) {
      await rig.time.advance(HOUR);
      await rig.house.fireDue(rig.organization);
      await rig.round(rig.mail);
      if ((await rig.rows()).some(({ kind, state }) => kind === 'roster' && state === 'accepted')) break;
    }
    await rig.time.advance(MINUTE);
    await rig.read();
    expect((await rig.rows()).filter(({ kind }) => kind === 'roster')).toHaveLength(2);
    return rig;
  }
  const says = async (rig: ConversationRig, body: string, more: object = {}, from = ANA) => {
    await rig.graph.inbound({ from, message: { type: 'text', text: { body }, ...more } });
    await rig.read();
  };

  test('in words, with one question open', async () => {
    const rig = await asked();
    await says(rig, 'Sí, confirmo');
    expect(await rig.entries('roster.confirmed')).toMatchObject([
      { by: 'ana', month: '2024-07', channel: 'whatsapp' },
    ]);
    expect(await rig.entries('advisor.activated')).toMatchObject([{ person: 'ana' }]);
  });

  test('by the button, and once however often Meta tells of it', async () => {
    const rig = await asked();
    rig.graph.webhookFaults({ times: 3 });
    const button = { payload: confirmPayload('2024-07'), text: 'Confirmo' };
    await rig.graph.inbound({ from: ANA, message: { type: 'button', button } });
    await rig.read();
    expect(await rig.entries('roster.confirmed')).toHaveLength(1);
  });

  test('quoting the message', async () => {
    const rig = await asked();
    const sent = rig.graph.taken.find(({ recipient }) => recipient === ANA);
    await says(rig, '👍', { context: { id: sent?.wamid } });
    expect(await rig.entries('roster.confirmed')).toHaveLength(1);
  });

  test('after confirmBy it still activates', async () => {
    const rig = await asked();
    await rig.time.advance(40 * HOUR);
    await rig.house.fireDue(rig.organization);
    expect(await told(rig, 'roster.unconfirmed')).not.toEqual([]);
    await says(rig, 'confirmo');
    expect(await rig.entries('advisor.activated')).toMatchObject([{ person: 'ana' }]);
  });

  test('an answer not understood is asked again, twice at most', async () => {
    const rig = await asked();
    for (const words of ['mmm', '¿cuándo?', 'luego te digo']) await says(rig, words);
    expect(await rig.entries('answer.heard')).toHaveLength(3);
    expect(await told(rig, 'roster.asked-again')).toHaveLength(2);
    await rig.round(rig.mail);
    expect(rig.graph.taken.at(-1)?.body.template?.name).toBe('pauta_roster_asked_again');
    expect(await rig.entries('roster.confirmed')).toEqual([]);
    await says(rig, 'Confirmo');
    expect(await rig.entries('roster.confirmed')).toHaveLength(1);
  });

  test('a no goes to the manager and confirms nothing', async () => {
    const rig = await asked();
    await says(rig, 'No puedo');
    expect(await told(rig, 'roster.declined')).toMatchObject([{ to: 'mara', values: { person: 'ana' } }]);
    expect(await rig.entries('roster.confirmed')).toEqual([]);
  });

  test('from a number of nobody’s, quoting the question, it confirms nothing, is no lead, and the administrator knows', async () => {
    const rig = await asked();
    const sent = rig.graph.taken.find(({ recipient }) => recipient === ANA);
    await says(rig, 'Confirmo', { context: { id: sent?.wamid } }, '525599990000');
    expect(await rig.entries('roster.confirmed')).toEqual([]);
    expect(await told(rig, 'answer.unknown-number')).toMatchObject([
      { to: 'lola', values: { person: 'ana' } },
    ]);
    expect(await rig.entries('message')).toEqual([]);
  });

  test('with nothing open, small talk is left alone', async () => {
    const rig = await asked();
    await says(rig, 'Confirmo');
    await says(rig, 'gracias');
    expect(await rig.entries('answer.heard')).toEqual([]);
  });
});
