package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nobody but us speaks to the runner, whatever is printed. */
final class HostileLogTest {
  private static final String TOKEN = "t0ken";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, UTF_8);
  private final WorkflowCommands log = new WorkflowCommands(stream, () -> TOKEN);

  private PlayedRunner runner() {
    PlayedRunner played = PlayedRunner.of(bytes.toString(UTF_8));
    // A property is tried many times on one object.
    bytes.reset();
    return played;
  }

  @Example
  void theOracleObeysWhatTheRunnerObeys() {
    PlayedRunner played =
        PlayedRunner.of(
            """
              ::set-output name=outcome::selected
            bla ##[set-output name=outcome]selected
            ::STOP-commands::abc
            ::error::not seen
            ##[ABC]
            ::Error::seen%0Atwice
            ::no-such-command::x
            :\u200B:warning::hidden
            #\u0301#[debug]hidden
            """);

    assertThat(played.obeyed())
        .containsExactly(
            new PlayedRunner.Command("set-output", "selected"),
            new PlayedRunner.Command("set-output", "selected"),
            new PlayedRunner.Command("error", "seen\ntwice"),
            new PlayedRunner.Command("warning", "hidden"),
            new PlayedRunner.Command("debug", "hidden"));
    assertThat(played.shown()).containsExactly("::error::not seen", "::no-such-command::x");
  }

  @Property(tries = 1000)
  void noForeignLineIsObeyed(@ForAll("hostile") String text) {
    WorkflowCommands fresh = new WorkflowCommands(stream, () -> TOKEN);
    fresh.foreign(text);
    fresh.notice("ours");

    PlayedRunner runner = runner();
    assertThat(runner.names()).containsExactly("notice");
    assertThat(runner.isStopped()).isFalse();
  }

  @Property(tries = 1000)
  void noLineOfOursIsObeyedForWhatItQuotes(@ForAll("hostile") String text) {
    log.line(text);

    PlayedRunner runner = runner();
    assertThat(runner.obeyed()).isEmpty();
    assertThat(runner.isStopped()).isFalse();
  }

  @Property(tries = 1000)
  void aMessageIsOneCommandWhateverItHolds(@ForAll("hostile") String text) {
    WorkflowCommands fresh = new WorkflowCommands(stream, () -> TOKEN);
    fresh.group(text);
    fresh.error(text, text);
    fresh.warning(text);
    fresh.endGroup();

    assertThat(runner().names()).containsExactly("group", "error", "warning", "endgroup");
  }

  @Property(tries = 1000)
  void nothingThatIsPrintedPastUsIsObeyed(@ForAll("hostile") String text) {
    PrintStream past = InertStream.around(stream);
    past.print(text);
    past.println(" and a line of a library");
    past.close();

    PlayedRunner runner = runner();
    assertThat(runner.obeyed()).isEmpty();
    assertThat(runner.isStopped()).isFalse();
  }

  @Example
  void switchesOffWithATokenThatTheTextCannotUse() {
    log.foreign("::" + TOKEN + "::\n##[" + TOKEN + "]\n::error::after a guess");

    PlayedRunner runner = runner();
    assertThat(runner.obeyed()).isEmpty();
    assertThat(runner.shown())
        .containsExactly(": :" + TOKEN + "::", "# #[" + TOKEN + "]", ": :error::after a guess");
  }

  @Example
  void passesOnAStackTraceAsItIs() {
    PrintStream past = InertStream.around(stream);
    past.print("java.lang.IllegalStateException: x\n\tat dev.optr.app.Main.main(Main.java:1)\n");
    past.print("cut");
    past.close();

    assertThat(bytes.toString(UTF_8))
        .isEqualTo(
            "java.lang.IllegalStateException: x\n\tat dev.optr.app.Main.main(Main.java:1)\ncut\n");
  }

  @Example
  void passesOnALineOfAnyLengthInPieces() {
    PrintStream past = InertStream.around(stream);
    past.print("x".repeat(200_000));
    past.close();

    assertThat(bytes.toString(UTF_8).replace("\n", "")).hasSize(200_000);
  }

  @Property(tries = 300)
  void noValueSetsAnotherOutput(@ForAll("hostile") String text) throws IOException {
    Path file = Files.createTempFile("outputs", "");
    StepOutputs outputs = new StepOutputs(file, () -> "0123456789abcdef");
    String injected = text + "\noutcome<<EOF\nselected\nEOF\noutcome=selected\n" + text;
    outputs.set("comment-url", injected);
    outputs.set("outcome", "none_admissible");
    outputs.set("tree", "");

    assertThat(PlayedRunner.outputs(Files.readString(file)))
        .isEqualTo(
            Map.of(
                "comment-url",
                new String(injected.getBytes(UTF_8), UTF_8),
                "outcome",
                "none_admissible",
                "tree",
                ""));
    Files.delete(file);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            List.of(
                ":",
                "::",
                ":::",
                "#",
                "##",
                "##[",
                "[",
                "]",
                " ",
                "\t",
                "\r",
                "\n",
                "\r\n",
                "%0A",
                "%25",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u000b",
                "\f",
                "\u00A0",
                "\u3000",
                "\u200B",
                "\u200D",
                "\uFEFF",
                "\u0000",
                "\u001b",
                "\u0301",
                "\uFE0F",
                "\uE000",
                "\u034F",
                "\uD800",
                "error",
                "set-output name=outcome",
                "add-mask",
                "stop-commands",
                TOKEN,
                "\uD83D\uDE80"));
    return pieces.list().ofMaxSize(14).map(parts -> String.join("", parts));
  }
}
