export { call, callsOfLead, type Call } from './call.ts';
export {
  intentOf,
  mayIntend,
  type AnsweringCall,
  type CallDialed,
  type CallIntent,
  type DialedAs,
} from './call-intent.ts';
export { callsFeature, loadCallsOfLeads } from './calls.feature.ts';
export { leadsCalledBetween } from './between.store.ts';
export { keptCalls } from './kept.store.ts';
