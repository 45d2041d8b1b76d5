package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class WorkflowCommandsTest {
  // As the runner finds commands: after trimming at the start of a line, or anywhere in it.
  private static final Pattern COMMAND = Pattern.compile("^[\\s\\p{Z}\\p{C}]*::|##\\[");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WorkflowCommands commands =
      new WorkflowCommands(new PrintStream(bytes, true, UTF_8), () -> "t0ken");

  private String log() {
    return bytes.toString(UTF_8);
  }

  private List<String> lines() {
    return log().lines().toList();
  }

  @Example
  void escapesDataSoThatOneMessageStaysOneLine() {
    commands.error("50% of\r\n::set-output name=outcome::selected");

    assertThat(log()).isEqualTo("::error::50%25 of%0D%0A::set-output name=outcome::selected\n");
  }

  @Example
  void escapesTitlesFurther() {
    commands.error("a: b, c%\n", "text: with, both");

    assertThat(log()).isEqualTo("::error title=a%3A b%2C c%25%0A::text: with, both\n");
  }

  @Example
  void opensAndClosesGroups() {
    commands.group("agents: 4\nlanes");
    commands.notice("n");
    commands.warning("w");
    commands.endGroup();

    assertThat(lines())
        .containsExactly(
            "::group::agents: 4%0Alanes", "::notice::n", "::warning::w", "::endgroup::");
  }

  @Example
  void masksEveryFormOfACredential() {
    String pem = "-----BEGIN \"KEY\"-----\nMC4CAQAwBQYDK2VwBCIEIA\n=\n-----END KEY-----";
    commands.mask(Secret.of(pem));

    assertThat(lines())
        .containsExactly(
            "::add-mask::" + pem.replace("\n", "%0A"),
            "::add-mask::-----BEGIN \"KEY\"-----",
            "::add-mask::MC4CAQAwBQYDK2VwBCIEIA",
            "::add-mask::-----END KEY-----",
            "::add-mask::" + pem.replace("\"", "\\\"").replace("\n", "\\n"),
            "::add-mask::" + Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)),
            "::add-mask::"
                + Base64.getEncoder().withoutPadding().encodeToString(pem.getBytes(UTF_8)));
  }

  @Example
  void doesNotMaskWhatWouldBlankOutTheLog() {
    commands.mask(Secret.of("ab"));

    assertThat(log()).isEmpty();
  }

  @Example
  void switchesCommandsOffAroundForeignText() {
    commands.foreign("::set-output name=outcome::selected\nbla ##[set-output name=outcome]x");

    assertThat(lines())
        .containsExactly(
            "::stop-commands::t0ken",
            ": :set-output name=outcome::selected",
            "bla # #[set-output name=outcome]x",
            "::t0ken::");
  }

  @Example
  void breaksCommandsThatHideBehindBlanksReturnsAndControls() {
    commands.foreign(
        "a\r::add-mask::e\r\n\t ::warning::x\n\u00A0\u2003::error::y\n\u001B::debug::z\n"
            + "##\u0000[group]\n##\u200B[group]\n:\u200D:notice::\n:::group::\n###[[group]");

    List<String> foreign = lines().subList(1, lines().size() - 1);
    assertThat(foreign).hasSize(10).noneMatch(line -> COMMAND.matcher(line).find());
  }

  @Example
  void neverTrustsAnyForeignTextWithItsOwnToken() {
    WorkflowCommands real =
        new WorkflowCommands(new PrintStream(bytes, true, UTF_8), Tokens.from(new SecureRandom()));
    real.foreign("x");
    real.foreign("x");

    assertThat(lines().get(0)).isNotEqualTo(lines().get(3));
    assertThat(lines().get(0)).matches("::stop-commands::optr[0-9a-f]{32}");
  }

  @Example
  void printsNoCommandForALineOfOurs() {
    commands.line("agents: 3 proposed\n::error::not one");

    assertThat(lines()).containsExactly("agents: 3 proposed", ": :error::not one");
  }

  @Property(tries = 500)
  void printsNoForeignTextAsACommand(@ForAll("hostile") String text) {
    commands.foreign(text);

    List<String> foreign = log().lines().filter(line -> !line.contains("t0ken")).toList();
    assertThat(foreign).noneMatch(line -> COMMAND.matcher(line).find());
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            ":",
            "::",
            "#",
            "##[",
            "[",
            "]",
            " ",
            "\t",
            "\r",
            "\n",
            "%0A",
            "\u0085",
            "\u2028",
            "\u00A0",
            "\u200B",
            "\u0000",
            "error",
            "=x",
            "\uD83D\uDE80")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
