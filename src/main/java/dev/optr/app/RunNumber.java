package dev.optr.app;

import dev.optr.base.UserException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --run}, by which the phases of one run know each other outside of GitHub. */
final class RunNumber {
  private static final long LARGEST = (1L << 53) - 1;

  @Option(
      names = "--run",
      paramLabel = "N",
      description =
          "number of the run that its phases share, for example the build's; default: any")
  private @Nullable Long number;

  /** Empty where none was given. */
  OptionalLong given() {
    if (number == null) {
      return OptionalLong.empty();
    }
    if (number < 1 || number > LARGEST) {
      throw new UserException("--run: expected a whole number from 1 to 2^53-1, found " + number);
    }
    return OptionalLong.of(number);
  }
}
