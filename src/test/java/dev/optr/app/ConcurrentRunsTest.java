package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.HaltingMain;
import dev.optr.testing.ProgramProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs on one repository at the same time, as processes: a lock on a file knows no threads. */
final class ConcurrentRunsTest {
  @TempDir Path directory;

  @Test
  void waitsForTheOtherRunAndBuildsOnWhatItHasLeft() throws Exception {
    try (LocalSite site =
            LocalSite.make(directory)
                .agent("anna", Recordings.rewrite("a.txt", "two\n", 1500))
                .settings("invariants: [{id: ok, run: 'true'}]");
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      String frozen = site.repository().head();
      String[] one = site.arguments("--json", "--intent", "The one wish");
      String[] other = site.arguments("--json", "--intent", "The other wish");

      Future<ProgramProcess.Result> first = both.submit(() -> run(site, one));
      Future<ProgramProcess.Result> second = both.submit(() -> run(site, other));

      List<ProgramProcess.Result> results = List.of(first.get(), second.get());
      assertThat(results).allSatisfy(run -> assertThat(run.exit()).as(run.log()).isZero());
      assertThat(results)
          .filteredOn(run -> run.err().contains("waiting for another run on this repository"))
          .hasSize(1);
      assertChain(site, frozen, results);
      assertThat(site.repository().uncommitted()).isEmpty();
      Invocation verified = site.verify("--json");
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().integer("entries")).isEqualTo(3);
      assertThat(verified.document().array("heads")).hasSize(1);
    }
  }

  /** Both anchors are on the branch, one upon the other. */
  private static void assertChain(
      LocalSite site, String frozen, List<ProgramProcess.Result> results) {
    List<String> anchors =
        results.stream()
            .map(run -> Invocation.text(Invocation.document(run.out()), "anchor"))
            .toList();
    try (var git = site.repository().repository()) {
      String head = site.repository().head();
      String before = git.parents(head).getFirst();
      assertThat(anchors).containsExactlyInAnyOrder(head, before);
      assertThat(git.parents(before)).containsExactly(frozen);
    }
  }

  private static ProgramProcess.Result run(LocalSite site, String[] arguments) {
    return ProgramProcess.runClass(
        HaltingMain.class, site.home(), site.environment(), List.of(), arguments);
  }
}
