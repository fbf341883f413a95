import { describe, expect, it } from 'vitest';
import { describeFaults, parseConfig } from './config.ts';

function configOf(env: Record<string, string>, argv: string[] = []) {
  const parsed = parseConfig(env, argv);
  if ('faults' in parsed) throw new Error(describeFaults(parsed.faults, 'en'));
  return parsed.config;
}

function settingsAtFault(env: Record<string, string>, argv: string[] = []): string[] {
  const parsed = parseConfig(env, argv);
  return 'faults' in parsed ? parsed.faults.map(({ setting }) => setting) : [];
}

describe('parseConfig', () => {
  it('needs nothing given', () => {
    expect(configOf({ PATH: '/bin', PORT: '' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      publicUrl: 'http://127.0.0.1:8080',
      logLevel: 'info',
      language: 'es-MX',
      terminalLanguage: 'es',
      secret: null,
      parts: new Set(['web', 'clock', 'dialer']),
    });
  });

  const flags = [
    { argv: ['--only', 'web'], parts: ['web'] },
    { argv: ['--only', 'web,clock'], parts: ['web', 'clock'] },
    { argv: ['--only=web', '--only', 'dialer'], parts: ['web', 'dialer'] },
  ];
  it.each(flags)('$argv', ({ argv, parts }) => expect(configOf({}, argv).parts).toEqual(new Set(parts)));

  const urls = [
    { env: { PAUTA_PUBLIC_URL: 'https://pauta.example.com/' }, url: 'https://pauta.example.com' },
    { env: { HOST: '0.0.0.0', PORT: '9000' }, url: 'http://127.0.0.1:9000' },
    { env: { HOST: '::1' }, url: 'http://[::1]:8080' },
  ];
  it.each(urls)('is opened at $url with $env', ({ env, url }) => expect(configOf(env).publicUrl).toBe(url));

  const faulty = [
    { env: { PORT: '70000' }, at: ['PORT'] },
    { env: { PORT: '80 80' }, at: ['PORT'] },
    { env: { PORT: '-1' }, at: ['PORT'] },
    { env: { HOST: 'http://x' }, at: ['HOST'] },
    { env: { DATABASE_URL: 'mysql://a/b' }, at: ['DATABASE_URL'] },
    { env: { PAUTA_PUBLIC_URL: 'pauta.example.com' }, at: ['PAUTA_PUBLIC_URL'] },
    { env: { PAUTA_PUBLIC_URL: 'https://example.com/pauta' }, at: ['PAUTA_PUBLIC_URL'] },
    { env: { PAUTA_LOG_LEVEL: 'loud' }, at: ['PAUTA_LOG_LEVEL'] },
    { env: { PAUTA_LANGUAGE: 'fr' }, at: ['PAUTA_LANGUAGE'] },
    { env: { PAUTA_SECRET: 'short' }, at: ['PAUTA_SECRET'] },
    { env: { PAUTA_DATE: './data' }, at: ['PAUTA_DATE'] },
    { env: { PAUTA_TEST_DATABASE_URL: 'x' }, at: [] },
    {
      env: { PORT: 'x', PAUTA_LANGUAGE: 'fr', PAUTA_OTHER: '1' },
      at: ['PORT', 'PAUTA_LANGUAGE', 'PAUTA_OTHER'],
    },
  ];
  it.each(faulty)('finds $at in $env', ({ env, at }) => {
    expect(settingsAtFault(env as Record<string, string>)).toEqual(at);
  });

  it('finds an unknown part, flag or word on the command line', () => {
    expect(settingsAtFault({}, ['--only', 'web,phone'])).toEqual(['--only']);
    expect(settingsAtFault({}, ['--onyl', 'web'])).toEqual(['--onyl', 'web']);
  });
});

describe('describeFaults', () => {
  it('lists all of them with name, value and what is expected, and shows no secret', () => {
    const env = {
      PORT: 'x',
      PAUTA_SECRET: 'hunter2',
      DATABASE_URL: 'mysql://u:hunter2@h/b',
      PAUTA_LANGUAGE: 'en',
    };
    const parsed = parseConfig(env, []);
    if ('config' in parsed) throw new Error('it has faults');
    expect(parsed.language).toBe('en');
    const text = describeFaults(parsed.faults, 'en');
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toContain('PORT = «x»: expected a port number');
    expect(text).not.toContain('hunter2');
    expect(describeFaults(parsed.faults, 'es')).toContain('PORT = «x»: se espera un número de puerto');
  });
});
