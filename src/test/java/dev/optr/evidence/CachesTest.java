package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CachesTest {
  @TempDir Path directory;

  @Test
  void showsThoseOfOurHomeAtTheSamePlaceOfACommands() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Files.createDirectories(home.resolve(".m2/repository"));
    Files.writeString(home.resolve(".m2/repository/a.jar"), "jar");
    Path shared = Files.createDirectories(directory.resolve("shared"));
    Caches caches = new Caches(home, List.of("~/.m2/repository", shared.toString()));
    assertThat(caches.places())
        .containsExactly(home.resolve(".m2/repository").toRealPath(), shared.toRealPath());
    Path given = Files.createDirectories(directory.resolve("given"));
    caches.showIn(given);
    assertThat(given.resolve(".m2/repository/a.jar")).hasContent("jar");
    assertThat(given.resolve(".m2/settings.xml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "~/missing", "/missing/directory", "~/", "/", "~/../home"})
  void refusesWhatIsNoDirectoryOrHoldsAllOfTheHome(String name) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    assertThatThrownBy(() -> new Caches(home, List.of(name)).places())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + name + "'");
  }
}
