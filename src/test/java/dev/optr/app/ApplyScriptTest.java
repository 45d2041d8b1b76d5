package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The composite action's script, run as its action runs it. */
final class ApplyScriptTest implements ApplyContract, ApplyRefusals {
  @TempDir private Path directory;

  @BeforeEach
  void gitIsThere() {
    assumeTrue(RealGit.isPresent());
  }

  @Override
  public ApplySite site() {
    return new ApplySite(directory);
  }

  @Override
  public Applied apply(String digest, String row) {
    return new ApplyScript(directory).apply(digest, row);
  }

  @Test
  void refusesARowOnAnotherCommit() {
    ApplySite site = site();
    site.write("a", "one\n");
    site.freeze();
    site.write("a", "between\n");
    site.row("other");
    RealGit.in(site.author()).text("reset", "-q", "--hard", "refs/optr/rows/other");
    site.write("a", "two\n");
    site.row(ApplySite.ROW);
    String digest = site.pack();
    site.checkOut(site.frozen());

    Applied applied = apply(digest, ApplySite.ROW);

    assertThat(applied.exit()).isEqualTo(2);
    assertThat(applied.said()).contains("not built on the commit " + site.frozen());
  }

  @Test
  void saysWhatIsWrongInTheRunnersWayAndInOneLine() {
    ApplySite site = site();
    site.write("a", "one\n");
    site.freeze();
    site.write("in\n::set-output name=x::y", "new\n");
    site.row(ApplySite.ROW);
    String digest = site.pack();
    site.checkOut(site.frozen());
    ApplySite.write(site.workspace(), "in\n::set-output name=x::y", "mine\n");

    Applied applied =
        new ApplyScript(directory).apply(digest, ApplySite.ROW, Map.of("GITHUB_ACTIONS", "true"));

    assertThat(applied.exit()).isEqualTo(2);
    assertThat(applied.said().lines()).hasSize(1);
    assertThat(applied.said()).startsWith("::error::path: 'in%0A::set-output name=x::y' is in");
  }

  @Test
  void writesWhatTheUsersOwnFilterMakesOfAFile() {
    filtered();
    String digest = site().pack();
    site().checkOut(site().frozen());
    site().workspaceGit().text("config", "filter.loud.smudge", "tr a-z A-Z");
    site().workspaceGit().text("config", "filter.loud.clean", "tr A-Z a-z");

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();
    assertThat(site().workspace().resolve("a.loud")).hasContent("TWO\n");
    assertThat(apply(digest, ApplySite.ROW).exit()).as("again").isZero();
  }

  private void filtered() {
    site().write(".gitattributes", "*.loud filter=loud\n");
    site().write("a.loud", "one\n");
    site().freeze();
    site().write("a.loud", "two\n");
    site().row(ApplySite.ROW);
  }

  @Test
  void leavesNothingBehind() throws IOException {
    filtered();
    String digest = site().pack();
    site().checkOut(site().frozen());

    assertThat(apply(digest, ApplySite.ROW).exit()).isZero();
    assertThat(apply(digest, "claude").exit()).isEqualTo(2);

    try (Stream<Path> left = Files.list(site().workspace().resolve(".git"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("optr"));
    }
  }

  @Test
  void needsNoOtherProgramsThanGitAndTheUsualOnes() throws IOException {
    assertThat(Files.readString(ApplyScript.FILE))
        .doesNotContainPattern("\\b(jq|python|node|java|curl|eval)\\b")
        .doesNotContainPattern("declare -A|mapfile|readarray|\\$\\{[a-z]+,,\\}|\\$\\{[a-z]+@");
  }

  @Test
  void theActionHandsItsInputsOverAsVariables() throws IOException {
    String action = Files.readString(Path.of("apply", "action.yml"));

    assertThat(action.lines().filter(line -> line.contains("run:")))
        .containsExactly("      run: bash \"${OPTR_ACTION//\\\\//}/apply\"");
    assertThat(action).contains("OPTR_ROW: ${{ inputs.row }}", "shell: bash");
    assertThat(Files.isExecutable(ApplyScript.FILE)).isTrue();
  }
}
