export { hearingDueAt, judgesOf, whyNotRule } from './hearing.ts';
export { loadMoney, moneyFeature } from './money.feature.ts';
export {
  creditSale,
  type Crediting,
  type SaleCanceled,
  type SaleCorrected,
  type SaleCredited,
} from './sale-acts.ts';
export { salesOfLead, type Sale } from './sale.ts';
export {
  openSanction,
  type BreachReported,
  type Opening,
  type SanctionAnswered,
  type SanctionRevoked,
  type SanctionRuled,
} from './sanction-acts.ts';
