package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.JsonObject;
import dev.optr.testing.Schemas;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local runs beside branches that count as open pull requests. */
final class NonInterferenceRunTest {
  private static final String ANNA = "datalake/workflows/wish/agent-outputs/anna.json";

  @TempDir Path directory;

  private static LocalSite site(Path directory) {
    return LocalSite.make(directory)
        .agent("anna", Recordings.rewrite("a.txt", "two\n"))
        .agent("bert", Recordings.rewrite("b.txt", "two\nthree\nfour\n"));
  }

  @Test
  void preferAPathThatAnotherBranchCanStillBeMergedWith() {
    try (LocalSite site = site(directory).settings("nonInterference: {branches: ['feature/*']}")) {
      site.repository().branch("feature/one");
      String other = site.repository().commit("Theirs", Map.of("a.txt", "theirs\n"));
      site.repository().checkout("main");

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.document().text("selected")).isEqualTo("bert");
      JsonObject anna = Invocation.objects(run.document(), "candidates").getLast();
      assertThat(Invocation.objects(anna, "whyNot"))
          .extracting(denial -> denial.text("code"), denial -> denial.text("rule"))
          .containsExactly(tuple("NON_INTERFERENCE_VIOLATION", "non-interference"));
      assertThat(site.read(ANNA))
          .contains(
              "branch 'feature/one' merged cleanly before; with this path it conflicts in 'a.txt'",
              "\"commit\": \"" + other + "\"",
              "\"cleanWith\": false")
          .satisfies(document -> Schemas.assertValid("agent-output", document));
      assertThat(site.run("--json").document().text("selected")).isEqualTo("bert");
    }
  }

  @Test
  void saysWhichBranchesPathsWereMergedWith() {
    try (LocalSite site = site(directory).settings("nonInterference: {branches: ['*']}")) {
      site.repository().branch("quiet");
      String other = site.repository().commit("Theirs", Map.of("c.txt", "theirs\n"));
      site.repository().checkout("main");

      Invocation run = site.run();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(site.read(ANNA)).contains("\"commit\": \"" + other + "\"");
    }
  }

  @Test
  void hasNoSuchCheckWithoutBranchesAndHoldsItWhereNoneMatches() {
    try (LocalSite site = site(directory.resolve("without"))) {
      assertThat(site.run("--json").exit()).isZero();
      assertThat(site.read(ANNA)).doesNotContain("non-interference");
    }
    try (LocalSite site =
        site(directory.resolve("none")).settings("nonInterference: {branches: ['none/**']}")) {
      assertThat(site.run("--json").exit()).isZero();
      assertThat(site.read(ANNA)).contains("\"non-interference\"", "\"merges\": []");
    }
  }
}
