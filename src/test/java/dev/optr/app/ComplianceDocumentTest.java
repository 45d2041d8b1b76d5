package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/compliance.md and docs/in-toto.md name is there. */
final class ComplianceDocumentTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)\\)");
  private static final Pattern FILE =
      Pattern.compile("[a-z./-]+\\.(json|jsonl|yaml)|agent-outputs/|datalake/ledger\\.d/");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"compliance.md", "in-toto.md"})
  void everyCommandAndOptionIsThere(String page) throws IOException {
    List<String> commands = code(page).filter(code -> code.startsWith("optr ")).distinct().toList();
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
      List<String> call =
          words.stream().skip(1).takeWhile(word -> word.matches("[a-z][a-z-]+")).toList();
      List<String> arguments = new ArrayList<>(call);
      arguments.add("--help");
      Invocation help = Invocation.of(directory, Map.of(), arguments.toArray(String[]::new));
      assertThat(help.exit()).as(command).isZero();
      assertThat(help.out()).as(command).startsWith("Usage: optr " + String.join(" ", call));
      assertThat(words.stream().filter(word -> word.startsWith("--")))
          .allSatisfy(option -> assertThat(help.out()).as(command).contains(option));
    }
  }

  @Test
  void everyFileIsWrittenByARun() throws IOException {
    try (LocalSite site =
        LocalSite.withTwoGoodAgents(directory).settings("compliance: [in-toto]")) {
      assertThat(site.run().exit()).isZero();
      List<String> files =
          code("compliance.md").filter(code -> FILE.matcher(code).matches()).distinct().toList();
      assertThat(files).hasSizeGreaterThan(5).contains("decision.intoto.json");
      for (String file : files) {
        boolean there = site.has(file) || site.has("datalake/workflows/wish/" + file);
        // Files of pull requests, which a run on a branch does not write.
        assertThat(there || file.equals("datalake/ledger.d/")).as(file).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compliance.md", "in-toto.md"})
  void everyLinkLeadsToAPage(String page) throws IOException {
    List<String> links =
        LINK.matcher(text(page)).results().map((MatchResult link) -> link.group(1)).toList();
    assertThat(links).isNotEmpty();
    assertThat(links).allSatisfy(link -> assertThat(Path.of("docs", link)).isRegularFile());
  }

  @Test
  void namesEveryControlThatIsAskedFor() throws IOException {
    assertThat(text("compliance.md"))
        .contains(
            List.of("CC6.1", "CC7.2", "CC8.1", "AC-3", "AU-2", "AU-9", "AU-10", "SA-11", "8.32"));
  }

  @Test
  void documentsEveryMemberOfThePredicate() throws IOException {
    String page = text("in-toto.md");
    assertThat(
            Schemas.read("decision-statement")
                .object("properties")
                .object("predicate")
                .object("properties")
                .members()
                .keySet())
        .allSatisfy(member -> assertThat(page).contains("`" + member + "`"));
  }

  private static Stream<String> code(String page) throws IOException {
    return CODE.matcher(text(page)).results().map((MatchResult code) -> code.group(1));
  }

  private static String text(String page) throws IOException {
    return Files.readString(Path.of("docs", page));
  }
}
