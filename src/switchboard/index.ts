/** The PBX: what it tells of calls, and how it is asked to make one. */
export {
  callKey,
  readCallBody,
  readCallEvent,
  type CallDoubt,
  type CallEvent,
  type CallReport,
  type PbxDoor,
} from './callpicker.ts';
export { outcomeOf, type CallOutcome } from './callpicker-status.ts';
export { PBX_FAULTS, pbxFault, type PbxFaultCode } from './callpicker-faults.ts';
export { advisorOf, type AdvisorFound, type ExtensionEntry } from './extension-map.ts';
export {
  callpickerDialer,
  nationalTen,
  type CallpickerAccess,
  type CallpickerDialer,
  type Dialer,
  type DialOutcome,
} from './callpicker-dial.adapter.ts';
export { CALLPICKER, dialersOf } from './dialers.adapter.ts';
export { pbxRoutes, type PbxRouteParts } from './pbx.routes.ts';
