package dev.optr.ledger;

/** Days of the Gregorian calendar, counted without allocating anything. */
final class Calendar {
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int[] BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

  private Calendar() {}

  static int daysOf(int year, int month) {
    return DAYS[month - 1] + (month == 2 && isLeap(year) ? 1 : 0);
  }

  /** Days from 1970-01-01 to a date in 1970 or later. */
  static long daysBefore(int year, int month, int day) {
    int past = year - 1;
    int leapDays = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
    int thisYear = BEFORE[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
    return (year - 1970) * 365L + leapDays + thisYear;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
