package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.UserException;
import dev.optr.testing.RealGit;
import dev.optr.testing.TempRepo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnchorCommitTest {
  private static final String ARMOURED =
      "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAA\nsecondline==\n-----END SSH SIGNATURE-----\n";
  private static final Instant WHEN = Instant.parse("2026-02-03T04:05:06.789Z");

  @TempDir Path directory;
  private TempRepo user;
  private GitRepository repository;

  @BeforeEach
  void opens() {
    user = TempRepo.create(directory.resolve("repository"));
    user.commit("first", Map.of("a", "a", "datalake/old", "old", "link.d/x", "x"));
    repository = GitRepository.open(user.directory(), Checkpoint.NONE);
  }

  @AfterEach
  void closes() {
    repository.close();
    user.close();
  }

  @Test
  void addsAndReplacesFilesAndKeepsTheRest() {
    String parent = user.head();
    user.write("a", "changed, staged, and no part of the commit");
    user.stage("a");
    String commit =
        build(parent, Map.of("datalake/old", Bytes.utf8("new"), "datalake/x/y", Bytes.utf8("y")));
    assertThat(repository.parents(commit)).containsExactly(parent);
    assertThat(repository.message(commit)).isEqualTo("Anchor\n\nTrailer: x\n");
    assertThat(repository.files(commit, ""))
        .extracting(FrozenTree.File::path)
        .containsExactly("a", "datalake/old", "datalake/x/y", "link.d/x");
    assertThat(repository.file(commit, "a")).contains(Bytes.utf8("a"));
    assertThat(repository.file(commit, "datalake/old")).contains(Bytes.utf8("new"));
    assertThat(repository.treeWithoutDatalake(commit))
        .isEqualTo(repository.treeWithoutDatalake(parent));
    assertThat(user.head()).isEqualTo(parent);
  }

  @Test
  void givesTheSameIdForTheSameContent() {
    Map<String, Bytes> files = Map.of("datalake/x", Bytes.utf8("x"));
    assertThat(build(user.head(), files)).isEqualTo(build(user.head(), files));
  }

  @Test
  void carriesASignatureOverTheRestOfTheCommit() {
    assumeThat(RealGit.isPresent()).isTrue();
    List<String> signed = new ArrayList<>();
    String commit =
        AnchorCommit.build(
            repository,
            user.head(),
            Map.of("datalake/x", Bytes.utf8("x")),
            "Anchor\n",
            "optr",
            "optr@localhost",
            WHEN,
            Optional.of(
                bytes -> {
                  signed.add(Bytes.of(bytes).utf8());
                  return ARMOURED;
                }));
    String raw = RealGit.in(user.directory()).text("cat-file", "commit", commit);
    assertThat(raw)
        .contains(
            """
            gpgsig -----BEGIN SSH SIGNATURE-----
             U1NIU0lHAAAA
             secondline==
             -----END SSH SIGNATURE-----

            Anchor
            """);
    assertThat(raw.replaceAll("(?s)gpgsig .*?-----END SSH SIGNATURE-----\n", ""))
        .isEqualTo(signed.getFirst());
    assertThat(RealGit.in(user.directory()).text("fsck", "--strict")).doesNotContain("error");
  }

  @Test
  void refusesWhatIsInTheWay() {
    String parent = user.head();
    assertThatThrownBy(
            () ->
                build(
                    parent,
                    Map.of(
                        "a/b", Bytes.utf8(""),
                        "datalake", Bytes.utf8(""),
                        "Datalake/x", Bytes.utf8(""),
                        "../x", Bytes.utf8(""))))
        .isInstanceOfSatisfying(
            UserException.class, thrown -> assertThat(thrown.messages()).hasSize(4));
  }

  @Test
  void makesAFirstCommit() {
    try (GitRepository fresh = GitRepository.init(directory.resolve("fresh"), Checkpoint.NONE)) {
      Map<String, Bytes> files = Map.of("a/b", Bytes.utf8("b"));
      String commit =
          AnchorCommit.buildRoot(fresh, files, "First\n", "optr", "optr@localhost", WHEN);
      assertThat(fresh.createBranch("main", commit)).isTrue();
      assertThat(fresh.createBranch("main", commit)).isFalse();
      assertThat(fresh.currentBranch()).contains("main");
      assertThat(fresh.resolve("HEAD")).contains(commit);
      assertThat(fresh.parents(commit)).isEmpty();
      assertThat(fresh.file(commit, "a/b")).contains(Bytes.utf8("b"));
    }
  }

  private String build(String parent, Map<String, Bytes> files) {
    return AnchorCommit.build(
        repository,
        parent,
        files,
        "Anchor\n\nTrailer: x\n",
        "optr",
        "optr@localhost",
        WHEN,
        Optional.empty());
  }
}
