package dev.optr.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedDirectoryTest {
  @TempDir private Path parent;

  @Test
  void sweepsTheOwnerFileOfAProcessThatDiedBeforeItMadeTheDirectory() throws IOException {
    Path orphan = Files.createFile(parent.resolve("optr-tmp-1-2-abc.owner"));
    Path other = Files.createFile(parent.resolve("somebody-elses.owner"));

    OwnedDirectory.sweep(parent);

    assertThat(orphan).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void leavesOwnDirectoriesAloneWhileTheyAreOpen() {
    try (OwnedDirectory mine = OwnedDirectory.create(parent)) {
      OwnedDirectory.sweep(parent);

      assertThat(mine.content()).isDirectory();
    }
    assertThat(parent).isEmptyDirectory();
  }
}
