export type { AuditAnswered, AuditRecorded, AuditRuled } from './audit-acts.ts';
export { auditRoutes } from './audits.routes.ts';
export { auditsFeature } from './audits.feature.ts';
export { checklistItems } from './checklist.ts';
