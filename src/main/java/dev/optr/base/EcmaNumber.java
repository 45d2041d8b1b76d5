package dev.optr.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as ECMAScript's Number::toString writes them (RFC 8785, section 3.2.2.3). */
final class EcmaNumber {
  private EcmaNumber() {}

  static String format(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    if (value == 0) {
      return "0";
    }
    if (value < 0) {
      return "-" + format(-value);
    }
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (digits.length() <= point && point <= 21) {
      return digits + "0".repeat(point - digits.length());
    }
    if (0 < point && point <= 21) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return scientific(digits, point - 1);
  }

  /** Since JDK 19 Double.toString gives the shortest decimal that reads back, but for one digit. */
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    // The JDK never gives fewer than two digits and takes the closest two; ECMAScript takes one
    // where one is enough: 5e-324, not 4.9e-324.
    BigDecimal oneDigit = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return oneDigit.doubleValue() == value ? oneDigit.stripTrailingZeros() : decimal;
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }
}
