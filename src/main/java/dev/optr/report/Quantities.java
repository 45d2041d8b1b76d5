package dev.optr.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; every document has them exactly. */
public final class Quantities {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Quantities() {}

  /** Two units at most: {@code 45 s}, {@code 3 min 12 s}, {@code 5 h 20 min}, {@code 2 d 3 h}. */
  public static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  /** An expectation: no seconds where there are minutes. */
  public static String expectation(long seconds) {
    return duration(seconds < 60 ? seconds : Math.ceilDiv(seconds, 60) * 60);
  }

  public static String usd(@Nullable BigDecimal usd) {
    if (usd == null) {
      return "unknown";
    }
    boolean tiny = usd.signum() > 0 && usd.compareTo(CENT) < 0;
    return tiny ? "<$0.01" : "$" + usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /** Hours with four decimals; empty where the term was not measured. */
  static String hours(@Nullable BigDecimal hours) {
    return hours == null ? "" : hours.setScale(4, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** Hours of a difference, exactly as they are recorded. */
  static String exactHours(BigDecimal hours) {
    return hours.signum() == 0 ? "0 h" : hours.stripTrailingZeros().toPlainString() + " h";
  }

  static String files(int count) {
    return count == 1 ? "1 file" : count + " files";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String text = large + " " + largeUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }
}
