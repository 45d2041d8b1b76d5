package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command that the program lists is one that it runs by that name. */
final class SubcommandsTest {
  private static final Pattern LISTED = Pattern.compile("(?m)^ {2}([a-z]+) {2,}\\S");

  @Test
  void areRunByTheNamesThatTheyAreListedUnder() {
    List<String> names =
        LISTED.matcher(help().out()).results().map((MatchResult it) -> it.group(1)).toList();

    assertThat(names).contains("run", "verify", "ledger", "action").doesNotHaveDuplicates();
    assertThat(names)
        .allSatisfy(name -> assertThat(help(name).out()).startsWith("Usage: optr " + name));
    assertThat(Invocation.of(Path.of(""), Map.of(), "veri").exit()).isEqualTo(2);
  }

  private static Invocation help(String... command) {
    return command.length == 0
        ? Invocation.of(Path.of(""), Map.of(), "--help")
        : Invocation.of(Path.of(""), Map.of(), command[0], "--help");
  }
}
