package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CandidateCommitTest {
  @TempDir Path directory;

  @Test
  void holdsTheCandidateOnTheFrozenCommitAndMovesNothing() {
    try (TempRepo repo = TempRepo.create(directory.resolve("r"));
        GitRepository repository = repo.repository();
        TreeStore trees = TreeStore.open(repository, directory.resolve("tmp"))) {
      String frozen =
          repo.commit("first", Map.of("a.txt", "one\n", "datalake/ledger.jsonl", "{}\n"));
      FrozenTree tree = repository.frozenTree(frozen);
      TreeResult.Applied candidate =
          (TreeResult.Applied)
              trees.apply(tree, List.of(new Edit.Create("b/run.sh", "#!/bin/sh\n", true)));

      CandidateCommit.Made made =
          (CandidateCommit.Made) build(repository, frozen, candidate.changes());

      assertThat(made.tree()).isEqualTo(candidate.tree());
      assertThat(repository.parents(made.commit())).containsExactly(frozen);
      assertThat(repository.file(made.commit(), "b/run.sh")).contains(Bytes.utf8("#!/bin/sh\n"));
      assertThat(repository.file(made.commit(), "datalake/ledger.jsonl"))
          .contains(Bytes.utf8("{}\n"));
      assertThat(repository.message(made.commit())).isEqualTo("Candidate of claude\n");
      assertThat(build(repository, frozen, candidate.changes())).isEqualTo(made);
      assertThat(repo.head()).isEqualTo(frozen);
    }
  }

  @Test
  void refusesChangesThatDoNotApplyOrTouchTheDatalake() {
    try (TempRepo repo = TempRepo.create(directory.resolve("r"));
        GitRepository repository = repo.repository()) {
      String frozen = repo.commit("first", Map.of("a.txt", "one\n"));

      assertThat(build(repository, frozen, List.of(Change.deleted("b.txt"))))
          .isInstanceOf(CandidateCommit.Rejected.class);
      assertThat(build(repository, frozen, List.of(Change.deleted("datalake/ledger.jsonl"))))
          .isEqualTo(
              new CandidateCommit.Rejected(
                  List.of("datalake/ledger.jsonl: the datalake is no candidate's")));
    }
  }

  private static CandidateCommit.Built build(
      GitRepository repository, String frozen, List<Change> changes) {
    return CandidateCommit.build(
        repository,
        frozen,
        changes,
        "Candidate of claude\n",
        "optr",
        "optr@localhost",
        Instant.parse("2026-11-22T06:00:00Z"));
  }
}
