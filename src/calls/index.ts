export { call, callsOfLead, type Call } from './call.ts';
export { callsFeature, loadCallsOfLeads } from './calls.feature.ts';
export { keptCalls } from './kept.store.ts';
