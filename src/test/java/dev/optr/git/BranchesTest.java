package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BranchesTest {
  @TempDir Path directory;

  @Test
  void findsOwnAndFetchedBranchesByPattern() {
    try (TempRepo work = TempRepo.create(directory);
        GitRepository repository = work.repository()) {
      String commit = work.commit("first", Map.of("a", "1\n"));
      for (String ref :
          List.of(
              "refs/heads/feature/a",
              "refs/heads/feature/a.b/c",
              "refs/heads/other",
              "refs/remotes/origin/feature/b",
              "refs/remotes/origin/main",
              "refs/tags/feature/tag")) {
        work.ref(ref, commit);
      }
      Branches branches = new Branches(repository);
      assertThat(branches.matching(List.of("feature/*"), "main"))
          .containsExactly(Map.entry("feature/a", commit));
      assertThat(branches.matching(List.of("feature/**", "origin/**"), "main").keySet())
          .containsExactly("feature/a", "feature/a.b/c", "origin/feature/b");
      assertThat(branches.matching(List.of("**"), "other").keySet())
          .containsExactly("feature/a", "feature/a.b/c", "main", "origin/feature/b", "origin/main");
      assertThat(branches.matching(List.of("none"), "main")).isEmpty();
    }
  }
}
