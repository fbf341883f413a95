import { chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationSecret, keyFor } from './secret.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pauta-secret-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('installationSecret', () => {
  it('is made once, kept, and closed to others', () => {
    const made = installationSecret({ given: null, dataDir });
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(installationSecret({ given: null, dataDir })).toBe(made);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secret']);
  });

  it.runIf(process.getuid?.() === 0)('made by root, belongs to whoever owns the folder', () => {
    const nobody = 65_534;
    chownSync(dataDir, nobody, nobody);
    installationSecret({ given: null, dataDir });
    expect(statSync(join(dataDir, 'secret'))).toMatchObject({ uid: nobody, gid: nobody });
  });

  it('is the one given, and then leaves no file', () => {
    expect(installationSecret({ given: 'given from outside', dataDir })).toBe('given from outside');
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is never silently replaced', () => {
    writeFileSync(join(dataDir, 'secret'), '');
    expect(() => installationSecret({ given: null, dataDir })).toThrow('secret-damaged');
  });
});

describe('keyFor', () => {
  it('differs by purpose and is the same each time', () => {
    expect(keyFor('s', 'cookies')).toEqual(keyFor('s', 'cookies'));
    expect(keyFor('s', 'cookies')).not.toEqual(keyFor('s', 'invitations'));
    expect(keyFor('s', 'cookies')).toHaveLength(32);
  });
});
