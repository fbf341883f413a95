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
export { moneyErrors } from './errors.ts';
export { actOn, leadNames, reasonsText, within, type MoneyRouteParts } from './money.routes.ts';
export { moneyRoutes } from './money.routes.ts';
export { statementFileRoutes } from './statement-file.routes.ts';
export { sanctionRoutes } from './sanctions.routes.ts';
