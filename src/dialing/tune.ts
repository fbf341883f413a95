export const TUNE: Record<string, number> = { caution: 0.5, cancel: 8, cancelAbs: 0, early: 1e9, spread: 0.01, m3: 600, step: 0.06, connect: 0, vari: 0 };
for (const pair of (process.env['TUNE'] ?? '').split(',').filter(Boolean)) { const [k, v] = pair.split('='); TUNE[k!] = Number(v); }
