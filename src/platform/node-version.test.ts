import { describe, expect, it } from 'vitest';
import { wrongNode } from './node-version.js';

describe('wrongNode', () => {
  it.each(['20.20.2', '22.18.0', '25.0.0', '2.4.0'])('says what to do under %s', (version) => {
    expect(wrongNode(version)).toContain(`Node ${version}`);
    expect(wrongNode(version)).toContain('npm start');
  });

  it('says nothing under the one we bring', () => {
    expect(wrongNode('24.21.0')).toBeNull();
  });
});
