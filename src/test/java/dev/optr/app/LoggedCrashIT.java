package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.HaltingMain;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that writes the anchor log is killed after every commit that it makes, after the refs have
 * moved and after everything that follows; the next run ends as if there had been one alone.
 */
final class LoggedCrashIT {
  private static final String LOG = "refs/heads/optr-log";

  @TempDir static Path root;

  @BeforeAll
  static void makeATemplate() throws IOException {
    assumeTrue(RealGit.isPresent(), "git looks at what is left");
    try (TempRepo template = TempRepo.create(root.resolve("template"))) {
      template.commit("Start", Map.of("a.txt", "one\n"));
    }
    Files.createDirectories(root.resolve("outside"));
    Files.writeString(
        root.resolve("outside/optr.yaml"),
        """
        workflow: crash
        agents:
          - {name: anna, type: recorded, file: anna.json}
        isolation: best-effort
        ledger: {mode: enabled, log: branch}
        """);
    Files.writeString(root.resolve("outside/anna.json"), Recordings.rewrite("a.txt", "anna\n"));
  }

  @TestFactory
  Stream<DynamicTest> neverPartsBranchAndLog() {
    ProgramProcess.Result whole = site("whole").run(Integer.MAX_VALUE);
    assertThat(whole.exit()).as(whole.log()).isZero();
    List<String> checkpoints =
        whole.err().lines().filter(line -> line.startsWith("checkpoint ")).toList();
    int first =
        checkpoints.indexOf(
            checkpoints.stream()
                .filter(line -> line.contains(": wrote commit "))
                .findFirst()
                .orElseThrow());
    assertThat(checkpoints)
        .anyMatch(line -> line.endsWith(": moved refs/heads/main and " + LOG))
        .noneMatch(line -> line.endsWith(": moved refs/heads/main"));
    return Stream.iterate(first + 1, n -> n <= checkpoints.size(), n -> n + 1)
        .map(n -> DynamicTest.dynamicTest(checkpoints.get(n - 1), () -> killAndRunAgain(n)));
  }

  private static void killAndRunAgain(int checkpoint) {
    CrashSite site = site("halted-" + checkpoint);
    assertThat(site.run(checkpoint).exit()).isEqualTo(HaltingMain.HALTED);
    RealGit git = RealGit.in(site.repository());
    boolean moved = site.commits().size() == 2;
    assertThat(git.text("for-each-ref", LOG).isEmpty()).isEqualTo(!moved);

    Invocation second = site.runAgain();

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(site.commits()).hasSize(2);
    assertThat(git.text("log", "-1", "--format=%P", LOG).strip()).isEqualTo(site.head());
    assertThat(git.text("status", "--porcelain")).isEmpty();
    assertThat(site.leftovers()).isEmpty();
    Invocation verified = Invocation.of(site.repository(), Map.of(), "verify", "--json");
    assertThat(verified.exit()).as(verified.out()).isZero();
  }

  private static CrashSite site(String name) {
    return CrashSite.make(root.resolve(name), root.resolve("template"), "key-of-the-site-" + name);
  }
}
