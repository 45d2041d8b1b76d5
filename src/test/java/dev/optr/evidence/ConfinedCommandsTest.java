package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.optr.base.Redactor;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.isolation.Isolation;
import dev.optr.isolation.Level;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.Invariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as this machine confines them; the attacks are in {@code dev.optr.isolation}. */
final class ConfinedCommandsTest {
  private static final boolean STRICT = "true".equals(System.getenv("CI"));

  @TempDir Path directory;
  private TempRepo repo;
  private GitRepository repository;
  private TreeStore trees;
  private String tree;
  private Isolation isolation;

  @BeforeEach
  void commitFiles() throws IOException {
    // Another user id must get to the candidate's directory.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    repo = TempRepo.create(directory.resolve("repo"));
    String commit = repo.commit("files", Map.of("a.txt", "hello\n"));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    tree = repository.frozenTree(commit).tree();
    isolation = Isolation.probe(directory, System::nanoTime);
    if (!STRICT) {
      assumeFalse(isolation.level() instanceof Level.None, "nothing can be confined here");
    }
    assertThat(isolation.level()).isNotInstanceOf(Level.None.class);
  }

  @AfterEach
  void close() {
    trees.close();
    repository.close();
    repo.close();
  }

  @Test
  void writesItsOwnDirectoryHomeAndTemporaryFilesAndNothingElse() throws Exception {
    String own = "cat a.txt && echo x > b && echo x > \"$HOME/b\" && mktemp && git status --short";
    assertThat(run(own, List.of()).succeeded()).isTrue();
    Path outside = directory.resolve("outside");
    assertThat(run("echo x > " + outside, List.of()).succeeded()).isFalse();
    assertThat(outside).doesNotExist();
  }

  @Test
  void removesWhatTheCommandLeftThoughItIsAnotherUsers() throws Exception {
    run("mkdir -p d/e \"$HOME/d\" && touch d/e/f && chmod 000 d/e d \"$HOME/d\"", List.of());
    assertThat(directory.resolve("homes")).isEmptyDirectory();
  }

  @Test
  void readsACacheAndCannotWriteIt() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("cache"));
    Files.writeString(cache.resolve("a.jar"), "jar");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> caches = List.of(cache.toString());
    assertThat(run("cat " + cache + "/a.jar", List.of()).succeeded()).isFalse();
    assertThat(run("cat " + cache + "/a.jar", caches).succeeded()).isTrue();
    assertThat(run("echo x > " + cache + "/b.jar", caches).succeeded()).isFalse();
  }

  private CommandResult.Ended run(String command, List<String> caches) throws InterruptedException {
    Invariant invariant =
        new Invariant(
            "tests",
            command,
            Duration.ofMinutes(2),
            Invariant.Must.HOLD,
            null,
            0,
            List.of(),
            List.of(),
            caches);
    CommandRunner runner =
        new CommandRunner(
            trees,
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", directory + "/none"),
            directory.resolve("homes"),
            new Redactor(List.of()),
            System::nanoTime,
            2,
            isolation);
    CommandResult result = runner.run(tree, invariant);
    return switch (result) {
      case CommandResult.Ended ended -> ended;
      case CommandResult.NotStarted _, CommandResult.Told _ ->
          throw new AssertionError(String.valueOf(result));
    };
  }
}
