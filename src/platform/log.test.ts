import { describe, expect, it } from 'vitest';
import { createLog, maskEmail, maskPhone, type LogLevel } from './log.ts';

function captured(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ level, destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  return { log, lines };
}

describe('createLog', () => {
  it('writes a named event with its fields and those of its parent', () => {
    const { log, lines } = captured();
    log.with({ organization: 'o1' }).info('lead-assigned', { lead: 'l1' });
    expect(lines).toEqual([
      {
        level: 'info',
        at: expect.stringMatching(/Z$/),
        event: 'lead-assigned',
        organization: 'o1',
        lead: 'l1',
      },
    ]);
  });

  it('hides secrets and personal data by name, at any usual depth', () => {
    const { log, lines } = captured();
    log.info('odd', { phone: '+525512345678', lead: { email: 'a@example.com', headers: { cookie: 'c' } } });
    expect(lines[0]).toMatchObject({
      phone: '[hidden]',
      lead: { email: '[hidden]', headers: { cookie: '[hidden]' } },
    });
  });

  it('gives the message of an error, and keeps quiet below its level', () => {
    const { log, lines } = captured('warn');
    log.info('not-this');
    log.error('it-failed', { error: new TypeError('why') });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ error: { name: 'TypeError', message: 'why' } });
  });
});

describe('masks', () => {
  const phones = [
    { phone: '+525512345678', masked: '+52••••••5678' },
    { phone: '55 1234 5678', masked: '••••••5678' },
    { phone: '123', masked: '•••' },
    { phone: '', masked: '' },
  ];
  it.each(phones)('$phone → $masked', ({ phone, masked }) => expect(maskPhone(phone)).toBe(masked));

  const emails = [
    { email: 'laura.mendez@example.com', masked: 'l•••@example.com' },
    { email: '@example.com', masked: '•••' },
    { email: 'nothing', masked: '•••' },
  ];
  it.each(emails)('$email → $masked', ({ email, masked }) => expect(maskEmail(email)).toBe(masked));
});
