package dev.optr.evidence;

import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.JobRun.Conclusion;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.Invariant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A frozen commit with a source and a test, and examiners whose invariants are jobs. */
final class JobsFixture implements AutoCloseable {
  static final Edit ADDS = new Edit.Create("src/c", "new\n", false);
  static final Edit CHANGES_TEST = new Edit.Rewrite("tests/b.sh", "true\n", null);
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private static final Redactor REDACTOR = new Redactor(List.of());

  final FrozenTree frozen;
  private final TempRepo repo;
  private final GitRepository repository;
  private final TreeStore trees;

  JobsFixture(Path directory) {
    repo = TempRepo.create(directory.resolve("repo"));
    repo.commit("files", Map.of("src/b", "good\n", "tests/b.sh", "grep good src/b\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(repository.resolve("HEAD").orElseThrow());
  }

  Candidate candidate(String agent, Edit... edits) {
    return new DataLake(trees, frozen, REDACTOR)
        .capture(SamplePolicy.lane(agent, null), SampleAnswer.proposed(edits));
  }

  Examiner examiner(SamplePolicy policy, Verification verification, Reviewing reviewing) {
    return new Examiner(
        policy.workflow(),
        Samples.intent(),
        List.of(),
        frozen,
        trees,
        verification,
        Optional.empty(),
        reviewing,
        REDACTOR,
        System::nanoTime);
  }

  Examiner examiner(SamplePolicy policy, Verification verification) {
    return examiner(policy, verification, new Reviewing.ByBench(NoJudges.bench()));
  }

  static Invariant tests(int retries) {
    return invariant("tests", Invariant.Must.HOLD, retries);
  }

  static Invariant invariant(String id, Invariant.Must must, int retries) {
    return new Invariant(
        id,
        "make " + id,
        Duration.ofMinutes(10),
        must,
        null,
        retries,
        List.of(),
        List.of(),
        List.of());
  }

  /** A run that took a minute. */
  static JobRun run(String row, int attempt, Conclusion conclusion) {
    return run(row, null, attempt, conclusion, 60);
  }

  static JobRun run(
      String row, @Nullable String image, int attempt, Conclusion conclusion, long seconds) {
    return new JobRun(
        row,
        "tests",
        image,
        attempt,
        conclusion,
        START,
        START.plusSeconds(seconds),
        "runner 7",
        "https://github.example/" + row + "/" + attempt,
        whole(conclusion, seconds));
  }

  /** A job that took half a minute longer than its step. */
  static JobRun.Whole whole(Conclusion conclusion, long seconds) {
    return new JobRun.Whole(conclusion, START.minusSeconds(20), START.plusSeconds(seconds + 10));
  }

  @Override
  public void close() {
    trees.close();
    repository.close();
    repo.close();
  }
}
