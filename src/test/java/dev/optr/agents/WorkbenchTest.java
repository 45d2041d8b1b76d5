package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkbenchTest {
  @TempDir Path directory;

  @Test
  void endsWithAPathThatApplies() throws InterruptedException {
    assertThat(react(submit("a.txt", "two"))).isInstanceOf(Workbench.Path.class);
  }

  @Test
  void endsWithAReasonToDoNothing() throws InterruptedException {
    assertThat(react(call("decline", "{\"reason\": \"it is fine\"}")))
        .isEqualTo(new Workbench.Nothing("it is fine"));
  }

  @Test
  void saysWhatIsWrongWithEditsThatDoNotApply() throws InterruptedException {
    Workbench.Results results = results(submit("missing.txt", "two"));

    assertThat(results.understood()).isTrue();
    assertThat(results.results().getFirst().error()).isTrue();
    assertThat(results.results().getFirst().text())
        .contains("nothing was taken over")
        .contains("missing.txt");
  }

  @Test
  void takesNoChangeThatChangesNothing() throws InterruptedException {
    Workbench workbench = workbench();

    assertThat(workbench.react(List.of(submit("a.txt", "one"))))
        .isInstanceOf(Workbench.Results.class);
    assertThat(workbench.react(List.of(submit("a.txt", "one"))))
        .isEqualTo(new Workbench.Useless(FailureCode.EMPTY, "the edits change nothing"));
  }

  @Test
  void takesNoTwoLastWords() throws InterruptedException {
    Workbench.Results results =
        results(submit("a.txt", "two"), call("decline", "{\"reason\": \"no\"}"));

    assertThat(results.understood()).isFalse();
    assertThat(results.results()).hasSize(2).allMatch(ToolResult::error);
  }

  @Test
  void answersNoMoreReadingThanOneTurnCanUse() throws InterruptedException {
    ToolCall reading = call("read_file", "{\"path\": \"a.txt\"}");
    Workbench.Results results =
        results(Collections.nCopies(1000, reading).toArray(ToolCall[]::new));

    assertThat(results.results()).hasSize(1000);
    assertThat(results.results().stream().filter(result -> !result.error())).hasSize(32);
    assertThat(results.results().getLast().text()).contains("at most 32");
  }

  @Test
  void answersEachCallOnce() throws InterruptedException {
    Workbench.Results results =
        results(
            new ToolCall("1", "run_shell", "{}"),
            new ToolCall("2", "read_file", "["),
            new ToolCall("3", "read_file", "{\"path\": \"a.txt\"}"),
            new ToolCall("4", "submit_path", "{}"));

    assertThat(results.results())
        .extracting(ToolResult::callId)
        .containsExactly("1", "2", "3", "4");
    assertThat(results.results())
        .extracting(ToolResult::error)
        .containsExactly(true, true, false, true);
    assertThat(results.results().getFirst().text()).contains("'run_shell'").contains("read_file");
  }

  private Workbench.Results results(ToolCall... calls) throws InterruptedException {
    return (Workbench.Results) react(calls);
  }

  private Workbench.Reaction react(ToolCall... calls) throws InterruptedException {
    return workbench().react(Arrays.asList(calls));
  }

  private Workbench workbench() {
    return new Workbench(LaneSamples.question(directory), () -> Instant.EPOCH);
  }

  private static ToolCall submit(String path, String replace) {
    return call(
        "submit_path",
        """
        {"summary": "s",
         "edits": [{"op": "replace", "path": "%s", "search": "one", "replace": "%s"}]}
        """
            .formatted(path, replace));
  }

  private static ToolCall call(String tool, String arguments) {
    return new ToolCall("call", tool, arguments);
  }
}
