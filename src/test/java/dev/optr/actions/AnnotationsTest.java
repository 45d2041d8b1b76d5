package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnnotationsTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WorkflowCommands log =
      new WorkflowCommands(new PrintStream(bytes, true, UTF_8), () -> "t0ken");

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().toList();
  }

  @Test
  void pointsToTheLineThatAMessageNames() {
    log.error(".github/workflow-optr.yaml:12:5: 'agnets' is no key; did you mean 'agents'?");
    log.error("workflow-optr.yaml:3: x");
    log.warning("docs/a, b.yaml:3:1: x::y");

    assertThat(lines())
        .containsExactly(
            "::error file=.github/workflow-optr.yaml,line=12,col=5::'agnets' is no key; did you mean 'agents'?",
            "::error file=workflow-optr.yaml,line=3::x",
            "::warning file=docs/a%2C b.yaml,line=3,col=1::x::y");
  }

  @Test
  void pointsNowhereWhereNoPlaceOfTheRepositoryIsNamed() {
    List<String> messages =
        List.of(
            "input 'github-token' is empty",
            "/etc/passwd:1:1: x",
            "C:\\x:1:1: x",
            "https://host:443: refused",
            "a:0:1: x",
            "a:1:99999999999: x",
            "a\nb:1:1: x",
            "a:1:1:x");
    messages.forEach(log::notice);

    assertThat(lines()).hasSize(messages.size()).allMatch(line -> line.startsWith("::notice::"));
  }

  @Test
  void saysTheRestOfManyInOneLine() {
    log.errors(IntStream.rangeClosed(1, 13).mapToObj(i -> "f.yaml:" + i + ":1: wrong").toList());

    assertThat(lines()).hasSize(10);
    assertThat(lines().get(8)).isEqualTo("::error file=f.yaml,line=9,col=1::wrong");
    assertThat(lines().getLast())
        .isEqualTo(
            "::error::and 4 more:%0Af.yaml:10:1: wrong%0Af.yaml:11:1: wrong%0Af.yaml:12:1: wrong%0Af.yaml:13:1: wrong");
  }

  @Test
  void saysTenOnTheirOwn() {
    log.errors(IntStream.rangeClosed(1, 10).mapToObj(i -> "wrong " + i).toList());

    assertThat(lines()).hasSize(10).allMatch(line -> line.startsWith("::error::wrong "));
  }

  @Test
  void printsWhatTheRunsPageWouldNotShow() {
    IntStream.rangeClosed(1, 12).forEach(i -> log.warning("w" + i + "\n::error::x"));
    log.notice("n");

    assertThat(lines().subList(9, 15))
        .containsExactly(
            "::warning::w10%0A::error::x",
            "warning: w11", ": :error::x", "warning: w12", ": :error::x", "::notice::n");
  }
}
