/** Zones, business days, holidays, opening hours. Pure: the same answer for the same arguments, whatever the clock says. */
export {
  addDays,
  DAY,
  daysBetween,
  monthOf,
  nextMonth,
  previousMonth,
  weekday,
  weekOf,
  type Month,
  type Weekday,
} from './dates.ts';
export {
  atLocal,
  localDate,
  localDateTime,
  localMonth,
  localTime,
  startOfDay,
  startOfMonth,
} from './zones.ts';
export {
  closesAt,
  everyDay,
  faultInHours,
  isOpen,
  nextOpening,
  OPENING_SEARCH_DAYS_MAX,
  type DayHours,
  type OpeningHours,
} from './opening-hours.ts';
export {
  addBusinessDays,
  addBusinessHours,
  addBusinessMilliseconds,
  businessMillisecondsBetween,
  isBusinessDay,
  type BusinessCalendar,
} from './business-time.ts';
export { isPublicHoliday, publicHolidays, type HolidayCountry } from './holidays.ts';
