import { z } from 'zod';

import type { Instant } from '../platform/time.ts';

/** What the PBX's panel shows under Configuration, API; what an administrator copies into Settings. */
export const pbxSettings = z.strictObject({
  clientId: z.string().trim().min(1).max(200),
  clientSecret: z.string().min(1).max(2_000),
});
export type PbxSettings = z.output<typeof pbxSettings>;

export interface PbxAccess {
  readonly settings: PbxSettings;
  readonly updatedAt: Instant;
}
