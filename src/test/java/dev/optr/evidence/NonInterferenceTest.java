package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.git.Edit;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.isolation.Isolation;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.Samples;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NonInterferenceTest {
  private static final String GONE = "0123456789012345678901234567890123456789";
  private static final Edit TOUCHES_A = new Edit.Rewrite("a.txt", "mine\n", null);
  private static final Redactor REDACTOR = new Redactor(List.of());

  @TempDir Path directory;
  private TempRepo work;
  private GitRepository repository;
  private TreeStore trees;
  private String root = "";
  private String frozen = "";

  @BeforeEach
  void begin() {
    work = TempRepo.create(directory.resolve("work"));
    root = work.commit("root", Map.of("a.txt", "one\n", "b.txt", "one\n", "c.txt", "one\n"));
    frozen = work.commit("frozen", Map.of("c.txt", "frozen\n"));
    repository = GitRepository.open(work.directory(), Checkpoint.NONE);
    trees = TreeStore.open(repository, directory.resolve("temporary"));
  }

  @AfterEach
  void end() {
    trees.close();
    repository.close();
    work.close();
  }

  private String other(String file, String text) {
    work.checkout(root);
    return work.commit("other", Map.of(file, text));
  }

  private static OtherHeads.Head head(@Nullable Long number, String branch, String commit) {
    return new OtherHeads.Head(number, branch, commit, false, null);
  }

  private Examined examine(OtherHeads others, Edit... edits) throws InterruptedException {
    return examiner(() -> others).examine(candidate(edits));
  }

  private Candidate candidate(Edit... edits) {
    return new DataLake(trees, repository.frozenTree(frozen), REDACTOR)
        .capture(SamplePolicy.lane("claude", null), SampleAnswer.proposed(edits));
  }

  private Examiner examiner(OtherHeads.Source others) {
    return new Examiner(
        SamplePolicy.defaults().workflow(),
        Samples.intent(),
        List.of(),
        repository.frozenTree(frozen),
        trees,
        new Verification.Here(
            new CommandPolicy.Run(),
            new CommandRunner(
                trees,
                Map.of(),
                directory.resolve("homes"),
                REDACTOR,
                System::nanoTime,
                2,
                Isolation.none("no test of isolation"))),
        Optional.of(new Interference(trees.mergeTrials(frozen, 2), others)),
        new Reviewing.ByBench(NoJudges.bench()),
        REDACTOR,
        System::nanoTime);
  }

  private static Check check(Examined examined) {
    return examined.checks().stream()
        .filter(check -> check.id().equals("non-interference"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Check.Merge> merges(Examined examined) {
    Check.Evidence evidence = check(examined).evidence();
    assertThat(evidence).isInstanceOf(Check.Merges.class);
    return evidence instanceof Check.Merges(List<Check.Merge> merges) ? merges : List.of();
  }

  @Test
  void holdsWhereNothingElseIsOpen() throws Exception {
    Examined examined = examine(new OtherHeads.Listed(List.of()), TOUCHES_A);
    assertThat(check(examined).held()).isTrue();
    assertThat(merges(examined)).isEmpty();
    assertThat(examined.admissible()).isTrue();
  }

  @Test
  void namesThePullRequestAndTheFilesThatAPathBreaks() throws Exception {
    String clashing = other("a.txt", "theirs\n");
    String quiet = other("b.txt", "theirs\n");
    Examined examined =
        examine(
            new OtherHeads.Listed(List.of(head(4L, "clash", clashing), head(5L, "quiet", quiet))),
            TOUCHES_A);
    assertThat(check(examined).result()).isEqualTo(Check.Result.BROKEN);
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.NON_INTERFERENCE_VIOLATION,
                "non-interference",
                "#4 ('clash') merged cleanly before; with this path it conflicts in 'a.txt'",
                "clash at " + clashing));
    assertThat(merges(examined))
        .containsExactly(
            new Check.Merge(4L, "clash", clashing, false, true, false, List.of("a.txt"), null),
            new Check.Merge(5L, "quiet", quiet, false, true, true, List.of(), null));
    assertThat(examined.admissible()).isFalse();
  }

  @Test
  void aMergeThatHadConflictsBeforeDecidesNothing() throws Exception {
    String already = other("c.txt", "theirs\n");
    Examined examined =
        examine(
            new OtherHeads.Listed(List.of(head(4L, "already", already))),
            new Edit.Rewrite("c.txt", "mine\n", null));
    assertThat(check(examined).held()).isTrue();
    assertThat(merges(examined))
        .containsExactly(
            new Check.Merge(4L, "already", already, false, false, false, List.of("c.txt"), null));
  }

  @Test
  void showsForksWithoutMergingThem() throws Exception {
    OtherHeads.Head fork = new OtherHeads.Head(6L, "patch-1", GONE, true, null);
    Examined examined = examine(new OtherHeads.Listed(List.of(fork)), TOUCHES_A);
    assertThat(check(examined).held()).isTrue();
    assertThat(merges(examined))
        .containsExactly(
            new Check.Merge(
                6L,
                "patch-1",
                GONE,
                true,
                null,
                null,
                List.of(),
                "its branch is in another repository"));
  }

  @Test
  void isUnknownWhereOneHeadIsNotHere() throws Exception {
    List<OtherHeads.Head> heads =
        IntStream.rangeClosed(1, 7)
            .mapToObj(
                number ->
                    new OtherHeads.Head((long) number, "b", GONE, false, "its branch is gone"))
            .toList();
    Examined examined = examine(new OtherHeads.Listed(heads), TOUCHES_A);
    assertThat(check(examined).result()).isEqualTo(Check.Result.UNKNOWN);
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.MISSING_CANON_PREREQS,
                "non-interference",
                "cannot tell whether the path still merges with #1 ('b'), #2 ('b'), #3 ('b'),"
                    + " #4 ('b'), #5 ('b') and 2 more: its branch is gone",
                ""));
  }

  @Test
  void saysWhatIsBrokenAndWhatIsUnknownWhereBothAre() throws Exception {
    String clashing = other("a.txt", "theirs\n");
    Examined examined =
        examine(
            new OtherHeads.Listed(List.of(head(null, "clash", clashing), head(null, "lost", GONE))),
            TOUCHES_A);
    assertThat(check(examined).result()).isEqualTo(Check.Result.BROKEN);
    assertThat(examined.whyNot())
        .extracting(WhyNot::code)
        .containsExactly(WhyNot.Code.NON_INTERFERENCE_VIOLATION, WhyNot.Code.MISSING_CANON_PREREQS);
    assertThat(check(examined).because())
        .containsExactly(
            "branch 'clash' merged cleanly before; with this path it conflicts in 'a.txt'",
            "cannot tell whether the path still merges with branch 'lost': the object "
                + GONE
                + " is not here");
  }

  @Test
  void aBranchWithoutACommonCommitDecidesNothing() throws Exception {
    String alone;
    try (TempRepo elsewhere = TempRepo.create(directory.resolve("elsewhere"))) {
      alone = elsewhere.commit("alone", Map.of("a.txt", "theirs\n"));
      repository.fetch(
          dev.optr.base.Network.direct(),
          elsewhere.directory().toUri(),
          Optional.empty(),
          List.of("+refs/heads/main:refs/heads/alone"));
    }
    Examined examined =
        examine(new OtherHeads.Listed(List.of(head(4L, "alone", alone))), TOUCHES_A);
    assertThat(check(examined).held()).isTrue();
    assertThat(merges(examined).getFirst().notCompared()).contains("no commit in common");
  }

  @Test
  void isUnknownWhereNobodyKnowsWhatIsOpen() throws Exception {
    Examined examined =
        examine(new OtherHeads.Unlisted("could not list the open pull requests"), TOUCHES_A);
    assertThat(check(examined).result()).isEqualTo(Check.Result.UNKNOWN);
    assertThat(examined.whyNot())
        .containsExactly(
            new WhyNot(
                WhyNot.Code.MISSING_CANON_PREREQS,
                "non-interference",
                "could not list the open pull requests",
                ""));
  }

  @Test
  void examinesATreeOnceAndNoPathWithoutOne() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Examiner examiner =
        examiner(
            () -> {
              asked.incrementAndGet();
              return new OtherHeads.Listed(List.of());
            });
    examiner.examine(candidate(TOUCHES_A));
    examiner.examine(candidate(TOUCHES_A));
    assertThat(asked).hasValue(1);
    Examined noTree = examiner.examine(candidate(new Edit.Delete("not-there.txt")));
    assertThat(check(noTree).result()).isEqualTo(Check.Result.NOT_RUN);
    assertThat(asked).hasValue(1);
  }

  @Test
  void saysNothingOfTheFrozenCommit() throws Exception {
    assertThat(examiner(() -> new OtherHeads.Unlisted("never asked")).examineHead().checks())
        .noneMatch(check -> check.id().equals("non-interference"));
  }
}
