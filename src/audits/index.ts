export type { AuditAnswered, AuditRecorded, AuditRuled } from './audit-acts.ts';
export { auditsFeature } from './audits.feature.ts';
