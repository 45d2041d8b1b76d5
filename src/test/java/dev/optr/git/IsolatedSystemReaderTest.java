package dev.optr.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Checkpoint;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IsolatedSystemReaderTest {
  @TempDir Path directory;

  @Test
  void answersTheQuestionForTimeStampsInsteadOfMeasuring() {
    GitRepository.initBare(directory.resolve("bare.git"), Checkpoint.NONE).close();
    FS.FileStoreAttributes attributes = FS.getFileStoreAttributes(directory);
    assertThat(attributes.getFsTimestampResolution()).isEqualTo(Duration.ofMillis(100));
    assertThat(attributes.getMinimalRacyInterval()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void readsAndWritesNothingInTheHomeDirectory() throws IOException, InterruptedException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Files.writeString(home.resolve(".gitconfig"), "[broken");
    try (TempRepo repository = TempRepo.create(directory.resolve("repository"))) {
      repository.commit("first", Map.of("a", "a"));
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            FreshHome.class.getName(),
            directory.resolve("repository").toString(),
            directory.resolve("tmp").toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("false main\n");
    assertThat(home.toFile().list()).containsExactly(".gitconfig");
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }
}
