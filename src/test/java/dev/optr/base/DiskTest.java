package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskTest {
  @TempDir private Path directory;

  @Test
  void replacesAFileWholeAndLeavesNothingBeside() throws IOException {
    List<String> passed = new ArrayList<>();
    Disk disk = new Disk(passed::add);
    Path file = directory.resolve("a/b.txt");
    disk.write(file, "old".getBytes(UTF_8));
    disk.write(file, "new".getBytes(UTF_8));
    assertThat(file).hasContent("new");
    assertThat(directory.resolve("a")).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(directory.resolve("a"))) {
      assertThat(files).containsExactly(file);
    }
    assertThat(passed).containsExactly("wrote " + file, "wrote " + file);
  }

  @Test
  void writesPrivateFilesForTheOwnerAlone() throws IOException {
    Path file = directory.resolve("key");
    new Disk(Checkpoint.NONE).writePrivate(file, new byte[] {1});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void saysWhichFileCouldNotBeWritten() throws IOException {
    Path blocked = Files.createFile(directory.resolve("file"));
    Disk disk = new Disk(Checkpoint.NONE);
    assertThatThrownBy(() -> disk.write(blocked.resolve("below"), new byte[0]))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining(blocked.resolve("below").toString());
  }
}
