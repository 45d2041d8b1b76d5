package dev.optr.datalake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.testing.SampleAnswer;
import dev.optr.testing.SamplePolicy;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLakeTest {
  private static final String KEY = "sk-test-0123456789abcdef";

  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private FrozenTree frozen;
  private DataLake dataLake;

  @BeforeEach
  void commitFiles() {
    repo = TempRepo.create(directory.resolve("repo"));
    String commit =
        repo.commit(
            "files",
            Map.of(
                "a.txt",
                "hello\n",
                "leak.txt",
                "key: " + KEY + "\nother: 1\n",
                "datalake/ledger.jsonl",
                "{}\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
    dataLake = new DataLake(trees, frozen, new Redactor(List.of(Secret.of(KEY))));
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void turnsAProposalIntoATreeThatItsRecordedChangesGiveAgain() {
    Candidate candidate =
        capture(
            SampleAnswer.proposed(
                new Edit.Replace("a.txt", "hello", "goodbye"),
                new Edit.Create("b.sh", "#!/bin/sh\n", true)));

    String tree = Objects.requireNonNull(candidate.tree());
    List<Change> changes = Objects.requireNonNull(candidate.changes());
    assertThat(tree).isNotEqualTo(frozen.tree());
    assertThat(candidate.problems()).isEmpty();
    assertThat(candidate.withheld()).isNull();
    assertThat(Objects.requireNonNull(candidate.diff()).changedLines()).isEqualTo(3);
    assertThat(trees.rebuild(frozen, changes)).isEqualTo(new TreeResult.Applied(tree, changes));
  }

  @Test
  void keepsEveryReasonWhyEditsDoNotApply() {
    Candidate candidate =
        capture(
            SampleAnswer.proposed(
                new Edit.Delete("none.txt"), new Edit.Replace("a.txt", "absent", "x")));
    assertThat(candidate.tree()).isNull();
    assertThat(candidate.changes()).isNull();
    assertThat(candidate.diff()).isNull();
    assertThat(candidate.problems()).hasSize(2);
    assertThat(candidate.answer()).isInstanceOf(Answer.Proposed.class);
  }

  @Test
  void failsALaneWhoseEditsChangeNothing() {
    assertThat(capture(SampleAnswer.proposed(new Edit.Replace("a.txt", "hello", "hello"))).answer())
        .isInstanceOfSatisfying(
            Answer.Failed.class, failed -> assertThat(failed.code()).isEqualTo(FailureCode.EMPTY));
    assertThat(capture(SampleAnswer.proposed()).answer()).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void keepsOtherAnswersAsTheyAre() {
    Candidate candidate = capture(SampleAnswer.declined());
    assertThat(candidate.answer()).isEqualTo(SampleAnswer.declined());
    assertThat(candidate.tree()).isNull();
    assertThat(candidate.agent()).isEqualTo("claude");
  }

  @Test
  void withholdsAProposalOverItsLargestSize() {
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Create("x", "y".repeat((4 << 20) + 1), false))),
        "proposal-size");
  }

  @Test
  void withholdsAnEditOfABinaryFileThatIsTooLargeOnceItIsEncoded() {
    byte[] noise = new byte[3_600_000];
    new Random(1).nextBytes(noise);
    frozen = repository.frozenTree(repo.commitBytes("binary", Map.of("big.bin", noise)));
    dataLake = new DataLake(trees, frozen, new Redactor(List.of(Secret.of(KEY))));
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Rename("big.bin", "bigger.bin"))), "proposal-size");
  }

  @Test
  void withholdsACredentialWhereverItStands() {
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Create("x", "key=" + KEY, false))), "no-secrets");
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Create("x-" + KEY, "y", false))), "no-secrets");
    assertWithheld(
        capture(
            SampleAnswer.proposed(new Edit.Create("x", "c2stdGVzdC0wMTIzNDU2Nzg5YWJjZGVm", false))),
        "no-secrets");
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Replace("a.txt", "hello " + KEY, "y"))),
        "no-secrets");
  }

  @Test
  void withholdsACredentialThatTheFrozenFileBringsAlong() {
    assertWithheld(
        capture(SampleAnswer.proposed(new Edit.Replace("leak.txt", "other: 1", "other: 2"))),
        "no-secrets");
  }

  @Test
  void withholdsACredentialThatSeveralEditsPutTogether() {
    assertWithheld(
        capture(
            SampleAnswer.proposed(
                new Edit.Create("x", "sk-test-0123HERE", false),
                new Edit.Replace("x", "HERE", "456789abcdef"))),
        "no-secrets");
  }

  private Candidate capture(Answer answer) {
    return dataLake.capture(SamplePolicy.lane("claude", null), answer);
  }

  private static void assertWithheld(Candidate candidate, String rule) {
    assertThat(candidate.withheld()).as("%s", candidate.problems()).isEqualTo(rule);
    assertThat(candidate.tree()).isNull();
    assertThat(candidate.changes()).isNull();
    assertThat(candidate.diff()).isNull();
    assertThat(candidate.problems()).hasSize(1).noneMatch(problem -> problem.contains(KEY));
  }
}
