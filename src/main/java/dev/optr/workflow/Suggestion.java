package dev.optr.workflow;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant, by edit distance (optimal string alignment). */
final class Suggestion {
  // Longer words are no typing errors, and the distance takes time with the product of lengths.
  private static final int LONGEST = 64;

  private Suggestion() {}

  /** {@code , did you mean 'x'?}, or nothing where no allowed word is near. */
  static String near(String found, Collection<String> allowed) {
    return nearest(found, allowed).map(word -> ", did you mean '" + word + "'?").orElse("");
  }

  private static Optional<String> nearest(String found, Collection<String> allowed) {
    if (found.isEmpty() || found.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = plain(found);
    return allowed.stream()
        .filter(word -> distance(plain, plain(word)) <= tolerance(word))
        .min(
            Comparator.comparingInt((String word) -> distance(plain, plain(word)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int tolerance(String word) {
    return Math.max(1, word.length() / 3);
  }

  // Case, dashes and underscores are what people mix up most.
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, left, right, i, j);
      }
    }
    return cost[left.length()][right.length()];
  }

  private static int cheapest(int[][] cost, String left, String right, int i, int j) {
    int substitution = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(cost[i - 1][j - 1] + substitution, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
