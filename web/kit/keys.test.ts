import { describe, expect, test } from 'vitest';
import { makeKeyRegistry, notation, type KeyAct, type Press } from './keys.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const act = (keys: string, label = keys, more: Partial<KeyAct> = {}): KeyAct => ({
  keys,
  label,
  run: () => undefined,
  ...more,
});
const free = { typing: false, singleKeysOn: true };

test.each([
  ['a letter', press('c'), 'c'],
  ['with caps lock', press('C'), 'c'],
  ['with shift', press('C', { shiftKey: true }), 'shift+c'],
  ['a sign made with shift is itself', press('?', { shiftKey: true }), '?'],
  ['Ctrl', press('k', { ctrlKey: true }), 'mod+k'],
  ['⌘', press('k', { metaKey: true }), 'mod+k'],
  ['an arrow', press('ArrowDown'), 'ArrowDown'],
  ['an arrow with shift', press('ArrowDown', { shiftKey: true }), 'shift+ArrowDown'],
])('notation: %s', (_, given, text) => expect(notation(given)).toBe(text));

describe('what a key does', () => {
  test('the newest registration wins; taken back, the older is in force again', () => {
    const keys = makeKeyRegistry();
    keys.register([act('Escape', 'list')]);
    const back = keys.register([act('Escape', 'panel')]);
    expect(keys.find(press('Escape'), free)?.label).toBe('panel');
    back();
    expect(keys.find(press('Escape'), free)?.label).toBe('list');
  });
  test('single letters: not while typing, not when switched off', () => {
    const keys = makeKeyRegistry();
    keys.register([act('c')]);
    expect(keys.find(press('c'), free)?.label).toBe('c');
    expect(keys.find(press('c'), { ...free, typing: true })).toBeUndefined();
    expect(keys.find(press('c'), { ...free, singleKeysOn: false })).toBeUndefined();
  });
  test('combinations stay on when single letters are off, and while typing if they say so', () => {
    const keys = makeKeyRegistry();
    keys.register([act('mod+k', 'find', { whileTyping: true }), act('alt+1')]);
    expect(keys.find(press('k', { ctrlKey: true }), { typing: true, singleKeysOn: false })?.label).toBe(
      'find',
    );
    expect(keys.find(press('1', { altKey: true }), { typing: true, singleKeysOn: true })).toBeUndefined();
  });
  test('one that says «not now» leaves the key alone', () => {
    const keys = makeKeyRegistry();
    keys.register([act('Enter', 'open', { when: () => false })]);
    expect(keys.find(press('Enter'), free)).toBeUndefined();
  });
  test('the cheat sheet lists each key once, newest first', () => {
    const keys = makeKeyRegistry();
    keys.register([act('?', 'keys'), act('c', 'old')]);
    keys.register([act('c', 'call')]);
    expect(keys.inForce().map(({ label }) => label)).toEqual(['call', 'keys']);
  });
});
