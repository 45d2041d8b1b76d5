package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.optr.base.Checkpoint;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeChangesTest {
  @TempDir Path directory;
  private TempRepo source;
  private GitRepository repository;
  private TreeStore store;
  private FrozenTree frozen;

  @BeforeEach
  void opens() {
    source = TempRepo.create(directory.resolve("repository"));
    source.commit("first", Map.of("a.txt", "a\n", "b.txt", "b\n", "datalake/x", "x", "d", "d"));
    repository = source.repository();
    store = TreeStore.open(repository, directory.resolve("tmp"));
    frozen = repository.frozenTree(source.head());
  }

  @AfterEach
  void closes() {
    store.close();
    repository.close();
    source.close();
  }

  @Test
  void givesWhatAnotherCommitChanged() throws IOException {
    source.delete("less", "b.txt", "d");
    Path script = source.write("run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    source.stage("run.sh");
    String commit =
        source.commitBytes(
            "more",
            Map.of(
                "a.bin", new byte[] {0, -1},
                "d/e", "e".getBytes(StandardCharsets.UTF_8),
                "datalake/y", new byte[0]));
    TreeResult.Applied changes = (TreeResult.Applied) changesTo(commit);
    assertThat(changes.changes())
        .extracting(Change::path, Change::mode, Change::encoding, Change::content)
        .containsExactly(
            tuple("a.bin", "100644", "base64", "AP8="),
            tuple("b.txt", null, null, null),
            tuple("d", null, null, null),
            tuple("d/e", "100644", "utf-8", "e"),
            tuple("run.sh", "100755", "utf-8", "#!/bin/sh\n"));
    assertThat(store.rebuild(frozen, changes.changes())).isEqualTo(changes);
  }

  @Test
  void seesACommitThatCameAfterTheStoreWasOpened() {
    String commit = source.commit("later", Map.of("c.txt", "c"));
    try (GitRepository fetched = GitRepository.open(source.directory(), Checkpoint.NONE)) {
      assertThat(fetched.treeWithoutDatalake(commit))
          .isEqualTo(((TreeResult.Applied) changesTo(commit)).tree());
    }
  }

  @Test
  void refusesSymbolicLinksAndWhatIsTooLarge() throws IOException {
    Files.createSymbolicLink(source.directory().resolve("link"), Path.of("a.txt"));
    source.stage("link");
    String commit = source.commitBytes("more", Map.of("huge", new byte[5 << 20]));
    assertThat(changesTo(commit))
        .isEqualTo(
            new TreeResult.Rejected(
                java.util.List.of("the proposal has 5242880 bytes of files; at most 4194304")));
    String small = source.delete("less", "huge");
    assertThat(changesTo(small))
        .isEqualTo(
            new TreeResult.Rejected(
                java.util.List.of("link: it is a symbolic link, which no change may touch")));
  }

  private TreeResult changesTo(String commit) {
    return store.changes(frozen.tree(), repository.treeWithoutDatalake(commit));
  }
}
