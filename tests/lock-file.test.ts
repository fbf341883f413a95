import { describe, expect, it } from 'vitest';
import { checkLockFile, completeLock, missingFromLock } from './lock-file.ts';

const lock = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/tool': {
      dev: true,
      optionalDependencies: {
        '@tool/linux-x64-gnu': '1.2.0',
        '@tool/darwin-arm64': '1.2.0',
        '@tool/linux-arm-musleabihf': '^1.2.0',
      },
    },
    'node_modules/@tool/linux-x64-gnu': { version: '1.2.0' },
  },
};

describe('the lock file', () => {
  it('is whole', () => expect(checkLockFile({ write: false })).toBeNull());
});

describe('completeLock', () => {
  it('adds what is missing, for the system in its name, and then nothing is', () => {
    expect(missingFromLock(lock).map(({ name }) => name)).toEqual([
      '@tool/darwin-arm64',
      '@tool/linux-arm-musleabihf',
    ]);
    const whole = completeLock(lock);
    expect(whole.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.2.0',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['darwin'],
    });
    expect(whole.packages['node_modules/@tool/linux-arm-musleabihf']).toMatchObject({
      version: '1.2.0',
      cpu: ['arm'],
      os: ['linux'],
      libc: ['musl'],
    });
    expect(Object.keys(whole.packages)[0]).toBe('');
    expect(missingFromLock(whole)).toEqual([]);
  });
});
