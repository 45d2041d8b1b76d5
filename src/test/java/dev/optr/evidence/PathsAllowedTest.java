package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.base.Bytes;
import dev.optr.base.Glob;
import dev.optr.base.UserException;
import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.TreeDiff;
import dev.optr.testing.SamplePolicy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsAllowedTest {
  private static final Stopwatch STOPWATCH = new Stopwatch(System::nanoTime);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datalake",
        "datalake/ledger.jsonl",
        "datalake/workflows/x/intent.json",
        "workflow-optr.yaml",
        "policy/optr.yml",
        ".github/workflows/ci.yml",
        ".github/copilot-instructions.md",
        ".github/CODEOWNERS",
        "AGENTS.md",
        "services/a/AGENTS.md",
        "CLAUDE.md",
        "docs/CLAUDE.local.md",
        "GEMINI.md",
        "web/copilot-instructions.md",
        "prompts/java.instructions.md",
        ".claude/settings.json",
        "web/.claude/hooks/x.sh",
        ".codex/config.toml",
        ".gemini/settings.json",
        "a/b/.cursor/rules/x.mdc",
        ".cursorrules",
        ".mcp.json",
        "sub/.mcp.json",
        ".vscode/mcp.json",
        ".gitattributes",
        "sub/.gitattributes",
        ".gitmodules",
        ".lfsconfig",
        ".githooks/pre-commit",
        ".husky/pre-push",
        ".pre-commit-config.yaml",
        // Other spellings of the same files on forgiving file systems.
        ".GitHub/workflows/ci.yml",
        "DATALAKE/ledger.jsonl",
        "agents.MD",
        "Claude.md",
        ".g\u0131thub/workflows/ci.yml",
        ".CLAUDE/settings.json",
        "AGENTS.m\u200Dd",
        "\uFEFF.github/x",
        ".github /x",
        ".github./x",
        "agent\u017F.md",
      })
  void protectsEveryFamilyInEverySpelling(String path) {
    assertThat(examine(List.of(), path))
        .singleElement()
        .satisfies(
            whyNot -> {
              assertThat(whyNot.code()).isEqualTo(WhyNot.Code.AUTHORITY_BOUNDARY_FAIL);
              assertThat(whyNot.rule()).isEqualTo("paths-allowed");
              assertThat(whyNot.evidence()).isEqualTo(path);
              assertThat(whyNot.message()).contains("is protected by '");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/Main.java",
        "docs/agents.md.txt",
        "MY-AGENTS.md",
        "github/workflows/ci.yml",
        "sub/datalake/x.txt",
        "datalake2/x.txt",
        "src/.gitignore",
        "sub/workflow-optr.yaml.bak",
        "claude/notes.txt",
        "sub/.github/x",
      })
  void allowsWhatOnlyLooksAlike(String path) {
    assertThat(examine(List.of(), path)).isEmpty();
  }

  @Test
  void comparesComposedAndDecomposedNamesAsOne() {
    assertThat(examine(List.of("caf\u00E9/**"), "cafe\u0301/menu.txt")).hasSize(1);
    assertThat(examine(List.of("cafe\u0301/**"), "CAF\u00C9/menu.txt")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "package-lock.json, package.json",
    "web/yarn.lock, web/package.json",
    "pnpm-lock.yaml, package.json",
    "Cargo.lock, Cargo.toml",
    "poetry.lock, pyproject.toml",
    "uv.lock, pyproject.toml",
    "go.sum, go.mod",
    "Gemfile.lock, Gemfile",
    "Gemfile.lock, thing.gemspec",
    "composer.lock, composer.json",
    "src/packages.lock.json, src/App.csproj",
    ".terraform.lock.hcl, main.tf",
    "CARGO.LOCK, cargo.toml",
  })
  void allowsALockFileOnlyTogetherWithItsManifest(String lockFile, String manifest) {
    assertThat(examine(List.of(), lockFile, manifest)).isEmpty();
    assertThat(examine(List.of(), lockFile))
        .singleElement()
        .satisfies(whyNot -> assertThat(whyNot.message()).contains("without its manifest"));
  }

  @Test
  void wantsTheManifestOfTheSameDirectory() {
    assertThat(examine(List.of(), "web/package-lock.json", "package.json")).hasSize(1);
    assertThat(examine(List.of(), "package-lock.json", "web/package.json")).hasSize(1);
  }

  @Test
  void addsWhatTheWorkflowFileProtectsAndLiftsWhatItNames() {
    List<String> configured = List.of("**/CODEOWNERS", "!package-lock.json", "!**/AGENTS.md");
    assertThat(examine(configured, "docs/codeowners")).hasSize(1);
    assertThat(examine(configured, "package-lock.json")).isEmpty();
    assertThat(examine(configured, "sub/AGENTS.md")).isEmpty();
    assertThat(ProtectedPaths.of(List.of(), configured).lifted())
        .containsExactly("package-lock.json", "**/AGENTS.md");
  }

  @Test
  void refusesToLiftWhatIsNotBuiltInOrMustStay() {
    assertThatThrownBy(
            () ->
                ProtectedPaths.of(
                    List.of(), List.of("!datalake/**", "!workflow-optr.yaml", "!src/**")))
        .isInstanceOfSatisfying(
            UserException.class, error -> assertThat(error.messages()).hasSize(3))
        .hasMessageContaining("'!datalake/**' lifts nothing");
  }

  @Test
  void keepsEveryPathWithinTheScope() {
    PathsAllowed check =
        new PathsAllowed(
            ProtectedPaths.of(List.of(), List.of()), List.of(Glob.of("services/a/**")), STOPWATCH);
    assertThat(check.examine(touching("services/a/x.txt"))).isEmpty();
    assertThat(check.examine(touching("services/b/x.txt", "services/a/.mcp.json", "x/AGENTS.md")))
        .extracting(WhyNot::message)
        .containsExactly(
            "'services/a/.mcp.json' is protected by '**/.mcp.json'",
            "'services/b/x.txt' is outside of 'scope'",
            "'x/AGENTS.md' is protected by '**/AGENTS.md'",
            "'x/AGENTS.md' is outside of 'scope'");
  }

  @Test
  void countsBothEndsOfARename() {
    Change out = new Change("notes.txt", "AGENTS.md", "100644", "0".repeat(40), "utf-8", "x");
    Change in = new Change(".github/x.yml", "y.txt", "100644", "0".repeat(40), "utf-8", "x");
    assertThat(check().examine(candidate(List.of(out, in), List.of())))
        .extracting(WhyNot::evidence)
        .containsExactly(".github/x.yml", "AGENTS.md");
  }

  @Test
  void looksAtWhatDiffersEvenWhereNoRecordedChangeNamesIt() {
    TreeDiff.File file =
        new TreeDiff.File("a.txt", ".mcp.json", 1, 1, 9, false, "100644", "100644");
    assertThat(check().examine(candidate(List.of(), List.of(file))))
        .extracting(WhyNot::evidence)
        .containsExactly(".mcp.json");
  }

  private static PathsAllowed check() {
    return new PathsAllowed(ProtectedPaths.of(List.of(), List.of()), List.of(), STOPWATCH);
  }

  private static List<WhyNot> examine(List<String> configured, String... paths) {
    return new PathsAllowed(
            ProtectedPaths.of(List.of("policy/optr.yml"), configured), List.of(), STOPWATCH)
        .examine(touching(paths));
  }

  private static Candidate touching(String... paths) {
    return candidate(Arrays.stream(paths).map(path -> change(path, null)).toList(), List.of());
  }

  private static Change change(String path, @Nullable String from) {
    return new Change(path, from, "100644", "0".repeat(40), "utf-8", "x");
  }

  private static Candidate candidate(List<Change> changes, List<TreeDiff.File> files) {
    return new Candidate(
        SamplePolicy.lane("claude", null),
        new Answer.Declined("unused", Exchange.none(Instant.EPOCH)),
        "0".repeat(40),
        changes,
        List.of(),
        new TreeDiff(files, Bytes.utf8("")),
        null);
  }
}
