package dev.optr.agents;

import org.jspecify.annotations.Nullable;

/**
 * Tokens of one turn, or of several, counted alike for all providers; null = the provider did not
 * say.
 *
 * @param input all input: what was read from and written to the cache is part of it
 * @param output all output: reasoning is part of it
 * @param cached of the input, read from the cache
 * @param cacheWritten of the input, written to the cache
 * @param reasoning of the output
 */
public record TokenUse(
    @Nullable Long input,
    @Nullable Long output,
    @Nullable Long cached,
    @Nullable Long cacheWritten,
    @Nullable Long reasoning) {
  // No turn and no lane takes as many. A count beyond it, or below 0, is none: believed, it would
  // pay budgets back, or overflow their sums.
  private static final long MOST = 1_000_000_000_000L;

  public static final TokenUse NONE = new TokenUse(0L, 0L, 0L, 0L, 0L);
  public static final TokenUse UNKNOWN = new TokenUse(null, null, null, null, null);

  public TokenUse {
    input = counted(input);
    output = counted(output);
    cached = counted(cached);
    cacheWritten = counted(cacheWritten);
    reasoning = counted(reasoning);
  }

  /** The sum; what one of them does not say, the sum does not say either. */
  public TokenUse plus(TokenUse other) {
    return new TokenUse(
        sum(input, other.input),
        sum(output, other.output),
        sum(cached, other.cached),
        sum(cacheWritten, other.cacheWritten),
        sum(reasoning, other.reasoning));
  }

  /** Input and output; what was not said counts as nothing. */
  public long known() {
    return (input == null ? 0 : input) + (output == null ? 0 : output);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : Long.valueOf(one + other);
  }

  private static @Nullable Long counted(@Nullable Long said) {
    return said == null || said < 0 || said > MOST ? null : said;
  }
}
