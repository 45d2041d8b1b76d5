package dev.optr.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads action.yml as plain lines: its form is ours, and a change of it should be noticed. */
final class ActionMetadataTest {
  private static final Pattern NAME = Pattern.compile("  ([a-z-]+):");
  private static final Pattern DESCRIPTION = Pattern.compile("    description: [A-Z].*\\.");

  private List<String> lines = List.of();

  @BeforeEach
  void read() throws IOException {
    lines = Files.readAllLines(Path.of("action.yml"));
  }

  private List<String> section(String name) {
    List<String> section = new ArrayList<>();
    int start = lines.indexOf(name + ":");
    assertThat(start).as(name).isNotNegative();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (!line.isEmpty() && !line.startsWith(" ")) {
        break;
      }
      section.add(line);
    }
    return section;
  }

  private static List<String> names(List<String> section) {
    return section.stream()
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .toList();
  }

  @Test
  void declaresExactlyTheInputsThatAreRead() {
    assertThat(names(section("inputs"))).isEqualTo(ActionInput.labels());
  }

  @Test
  void declaresTheOutputs() {
    assertThat(names(section("outputs")))
        .containsExactly(
            "outcome",
            "selected-agent",
            "admissible",
            "ttv-seconds",
            "tree",
            "anchor-sha",
            "ledger-entry",
            "datalake-path",
            "comment-url",
            "mode",
            "matrix",
            "bundle-digest");
  }

  @Test
  void describesEveryInputAndOutputInASentence() {
    for (String name : List.of("inputs", "outputs")) {
      List<String> section = section(name);
      assertThat(section.stream().filter(line -> DESCRIPTION.matcher(line).matches()))
          .hasSameSizeAs(names(section));
    }
  }

  @Test
  void takesTheJobsTokenUnlessAnotherIsGiven() {
    List<String> inputs = section("inputs");

    assertThat(inputs.get(inputs.indexOf("  github-token:") + 2))
        .isEqualTo("    default: ${{ github.token }}");
  }

  @Test
  void hasDefaultsThatAreTheProgramsOwn() {
    assertThat(section("inputs"))
        .contains("    default: " + FailOn.NONE_ADMISSIBLE.label(), "    default: \"false\"");
  }

  @Test
  void runsAsAContainerWithoutAShell() throws IOException {
    assertThat(section("runs")).contains("  using: docker", "  image: Dockerfile");
    assertThat(Files.readString(Path.of("Dockerfile")))
        .contains(
            "ENTRYPOINT [\"java\", \"-Duser.home=/optr-home\", \"-XX:+UseSerialGC\", \"-XX:+ExitOnOutOfMemoryError\","
                + " \"--sun-misc-unsafe-memory-access=allow\", \"-jar\", \"/opt/optr/app.jar\", \"action\"]");
  }
}
