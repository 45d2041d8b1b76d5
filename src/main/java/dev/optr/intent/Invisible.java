package dev.optr.intent;

/**
 * Characters that a reader of a pull request does not see, but a model does. The ranges are
 * Unicode's Default_Ignorable_Code_Point, controls, interlinear annotations, lone surrogates and
 * noncharacters.
 */
final class Invisible {
  // First and last code point of each range of Default_Ignorable_Code_Point
  // (DerivedCoreProperties.txt), written out because the JDK's tables have no such property.
  private static final int[][] IGNORABLE = {
    {0x00AD, 0x00AD},
    {0x034F, 0x034F},
    {0x061C, 0x061C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
  };

  private Invisible() {}

  /** The bidirectional formatting characters of UAX 9. */
  static boolean isBidi(int codePoint) {
    return codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (0x202A <= codePoint && codePoint <= 0x202E)
        || (0x2066 <= codePoint && codePoint <= 0x2069);
  }

  /** Everything else that is not seen; line feed and tab are not among it. */
  static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint != '\n' && codePoint != '\t';
      case Character.SURROGATE -> true;
      default -> isNoncharacter(codePoint) || isIgnorable(codePoint);
    };
  }

  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xFFFE) == 0xFFFE || (0xFDD0 <= codePoint && codePoint <= 0xFDEF);
  }

  private static boolean isIgnorable(int codePoint) {
    for (int[] range : IGNORABLE) {
      if (range[0] <= codePoint && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
