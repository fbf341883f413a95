/** How many calls may still be abandoned, and how much risk that allows each new call. */
export interface Budget {
  answered: number;
  abandoned: number;
  /** Natural logarithm of the risk per call at which the target share came out, learned from what happened. */
  logRisk: number;
  /** Answers per second, with forgetting: how many more the day will bring. */
  rate: number;
  rateSeconds: number;
}

export interface BudgetLimits {
  readonly abandonedShareMax: number;
  readonly daySeconds: number;
  readonly history?: { readonly answered: number; readonly abandoned: number };
}

/** The target stays this share of the limit: what is in the air when the day ends must still fit. */
const TARGET = 0.97;
/** The hard stop stands this far below the limit: calls in the air when it comes may still be abandoned. */
const STOP = 0.985;
const RISK_FIRST = 0.03;
const RISK_LEAST = 0.002;
const RISK_MOST = 0.3;
/** How far one answered call moves the learned risk. */
const STEP = 0.06;
/** A debt or credit against the target is worked off over so many answers, fewer as the day ends. */
const COURSE_ANSWERS = 300;
const COURSE_ANSWERS_LEAST = 12;
/** Only this share of the answers still forecast counts as sure. */
const SURE = 0.7;
/** Of the target: below it the budget is what limits. */
const TIGHT = 0.7;
const RATE_MEMORY_SECONDS = 1200;

/** Before answers come: one for each agent in so many seconds, supposed for so long. */
const FIRST_SECONDS_PER_ANSWER = 240;
const FIRST_WORTH_SECONDS = 300;

export function newBudget(agents: number): Budget {
  return {
    answered: 0,
    abandoned: 0,
    logRisk: Math.log(RISK_FIRST),
    rate: (agents / FIRST_SECONDS_PER_ANSWER) * FIRST_WORTH_SECONDS,
    rateSeconds: FIRST_WORTH_SECONDS,
  };
}

export interface Allowance {
  /** Abandoned share the next answers may have. */
  readonly share: number;
  /** The largest risk of a call placed now. */
  readonly risk: number;
  /** One more abandoned call would pass the day's budget. */
  readonly hardStop: boolean;
  /** Less than the target is allowed now, because more than that was abandoned. */
  readonly tight: boolean;
  /** Abandoned calls the day can still bear. */
  readonly left: number;
}

export function allowance(budget: Budget, limits: BudgetLimits, at: number, waiting: number): Allowance {
  const { answered, abandoned } = budget;
  const rest = Math.max(0, limits.daySeconds - at) * answerRate(budget);
  const sure = SURE * rest;
  let left = STOP * limits.abandonedShareMax * (answered + sure) - abandoned;
  let target = limits.abandonedShareMax * TARGET;
  if (limits.history !== undefined) {
    const { history } = limits;
    const month =
      STOP * limits.abandonedShareMax * (history.answered + answered + sure) - history.abandoned - abandoned;
    left = Math.min(left, month);
    const day = answered + rest + 1;
    target = Math.max(
      0,
      Math.min(
        target,
        (TARGET * (limits.abandonedShareMax * (history.answered + day) - history.abandoned)) / day,
      ),
    );
  }
  const over = Math.max(COURSE_ANSWERS_LEAST, Math.min(COURSE_ANSWERS, rest));
  const share = Math.max(
    0,
    Math.min(2 * limits.abandonedShareMax, target + (target * answered - abandoned) / over),
  );
  const risk = Math.exp(budget.logRisk) * (share / (limits.abandonedShareMax * TARGET)) ** 1.3;
  return {
    share,
    risk: Math.min(RISK_MOST, risk),
    hardStop: left < 1 + waiting,
    tight: share < TIGHT * target,
    left,
  };
}

function answerRate({ rate, rateSeconds }: Budget): number {
  return rate / Math.max(1, rateSeconds);
}

/** A tick of so many seconds, with answers and what became of them; `share` is what was allowed for them. */
export function learnBudget(
  budget: Budget,
  seconds: number,
  happened: { answered: number; connected: number; abandoned: number },
  share: number,
): void {
  budget.answered += happened.answered;
  budget.abandoned += happened.abandoned;
  const kept = Math.exp(-seconds / RATE_MEMORY_SECONDS);
  budget.rate = budget.rate * kept + happened.answered;
  budget.rateSeconds = budget.rateSeconds * kept + seconds;
  const moved = budget.logRisk + STEP * (share * happened.connected - (1 - share) * happened.abandoned);
  budget.logRisk = Math.min(Math.log(RISK_MOST), Math.max(Math.log(RISK_LEAST), moved));
}
